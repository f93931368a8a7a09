//! A part of a case in which conditions come out as wanted, looked for without trying them all.

use super::truth::{Truth, Truths, words_of};
use crate::compile::{Node, NodeId};
use crate::parse::DEEPEST;

/// Narrows what is possible, condition by condition, so that each comes out one way.
///
/// It takes the first way that offers itself and seldom looks back: what it does not find may be there all the
/// same.
pub(super) struct Steering<'a> {
    truths: &'a Truths<'a>,
    pub(super) possible: Vec<u64>,
    /// Words that were narrowed, and what they were before.
    narrowed: Vec<(usize, u64)>,
    steps_left: usize,
}

impl<'a> Steering<'a> {
    /// Everything that is possible of the case, and how many conditions may be looked at.
    pub(super) fn new(truths: &'a Truths<'a>, steps: usize) -> Self {
        Self {
            truths,
            possible: truths.possible.to_vec(),
            narrowed: Vec::new(),
            steps_left: steps,
        }
    }

    /// Whether every one of these nodes could be steered.
    pub(super) fn all(&mut self, nodes: &[NodeId], wanted: bool) -> bool {
        nodes.iter().all(|node| self.steer(*node, wanted, 0))
    }

    /// Whether one of these nodes could be.
    pub(super) fn one(&mut self, nodes: &[NodeId], wanted: bool) -> bool {
        nodes.iter().any(|node| self.attempt(*node, wanted, 0))
    }

    /// Takes back what a failed try has narrowed.
    fn attempt(&mut self, node: NodeId, wanted: bool, depth: usize) -> bool {
        let before = self.narrowed.len();
        let steered = self.steer(node, wanted, depth);
        if !steered {
            for (place, word) in self.narrowed.drain(before..).rev() {
                if let Some(slot) = self.possible.get_mut(place) {
                    *slot = word;
                }
            }
        }
        steered
    }

    fn steer(&mut self, node: NodeId, wanted: bool, depth: usize) -> bool {
        match self.truths.kleene(node) {
            Truth::True => return wanted,
            Truth::False => return !wanted,
            Truth::Unknown if self.steps_left == 0 || depth > DEEPEST => return false,
            Truth::Unknown => self.steps_left -= 1,
        }
        let nodes = self.truths.nodes;
        match nodes.get(node) {
            Node::Constant(constant) => *constant == wanted,
            Node::Literal(_) => self.narrow(node, wanted),
            Node::Not(inner) => self.steer(*inner, !wanted, depth + 1),
            Node::All(parts) if wanted => parts.iter().all(|part| self.steer(*part, true, depth + 1)),
            Node::Any(parts) if !wanted => parts.iter().all(|part| self.steer(*part, false, depth + 1)),
            Node::All(parts) | Node::Any(parts) => {
                parts.iter().any(|part| self.is_settled(*part, wanted))
                    || parts.iter().any(|part| self.attempt(*part, wanted, depth + 1))
            }
            // Which terms make the sum is a puzzle of its own.
            Node::Score { .. } => false,
        }
    }

    /// Whether what was narrowed already settles a literal as wanted.
    fn is_settled(&self, node: NodeId, wanted: bool) -> bool {
        let Node::Literal(literal) = self.truths.nodes.get(node) else {
            return false;
        };
        let words = words_of(self.truths.cells, &self.possible, literal.variable);
        words
            .iter()
            .zip(literal.holds_in.words())
            .all(|(possible, holds)| {
                let against = if wanted { !holds } else { *holds };
                possible & against == 0
            })
    }

    /// Leaves of a literal's variable only the cells in which it comes out as wanted; nothing when there are none.
    fn narrow(&mut self, node: NodeId, wanted: bool) -> bool {
        let Node::Literal(literal) = self.truths.nodes.get(node) else {
            return false;
        };
        let Some(variable) = self.truths.cells.variable(literal.variable) else {
            return false;
        };
        let kept = |possible: u64, holds: &u64| possible & if wanted { *holds } else { !holds };
        let words = words_of(self.truths.cells, &self.possible, literal.variable);
        let holds = literal.holds_in.words();
        if words
            .iter()
            .zip(holds)
            .all(|(possible, holds)| kept(*possible, holds) == 0)
        {
            return false;
        }
        for (place, holds) in (variable.first_word as usize..).zip(holds) {
            if let Some(slot) = self.possible.get_mut(place) {
                let narrower = kept(*slot, holds);
                if narrower != *slot {
                    self.narrowed.push((place, *slot));
                    *slot = narrower;
                }
            }
        }
        true
    }
}
