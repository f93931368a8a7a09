//! Conditions as lists of terms: a term is tests of different variables, all of which must hold.
//!
//! The variables of a term are independent of each other, so a term is surely met when each of its tests is,
//! and can be met when each of its tests can. A condition can be met when one of its terms can; it surely
//! holds when no term of its negation can be met.

use std::borrow::Cow;

use hashbrown::{HashMap, HashSet};

use crate::cells::{CellSet, Cells, VariableIndex};
use crate::compact_sort::CompactSort;
use crate::compile::{Node, NodeId, Nodes};

/// Tests of different variables, sorted by variable; none of them always or never holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Term<'a> {
    pub(super) tests: Vec<(VariableIndex, Cow<'a, CellSet>)>,
}

/// Any of these terms.
type Terms<'a> = Vec<Term<'a>>;

/// Takes conditions apart into terms.
pub(super) struct Expander<'a> {
    cells: &'a Cells,
    nodes: &'a Nodes,
    /// The most terms that a condition may have.
    limit: usize,
    known: HashMap<(NodeId, bool), Option<Terms<'a>>>,
}

/// The most terms of a score: past it not every sum is looked at, here as in evaluation.
const MOST_POINTS: usize = 12;

impl<'a> Expander<'a> {
    pub(super) fn new(cells: &'a Cells, nodes: &'a Nodes, limit: usize) -> Self {
        Self {
            cells,
            nodes,
            limit,
            known: HashMap::new(),
        }
    }

    /// The terms of which one holds when the node does, or when it does not; none when there are too many.
    pub(super) fn terms(&mut self, node: NodeId, holds: bool) -> Option<Terms<'a>> {
        let nodes = self.nodes;
        match nodes.get(node) {
            Node::Constant(value) => Some(if *value == holds {
                vec![Term::default()]
            } else {
                Vec::new()
            }),
            Node::Literal(literal) => Some(self.literal(literal.variable, &literal.holds_in, holds)),
            Node::Not(inner) => self.terms(*inner, !holds),
            Node::All(parts) | Node::Any(parts) => {
                let together = matches!(nodes.get(node), Node::All(_)) == holds;
                // Rows of plain tests are most of a large base, and cheap: not worth remembering.
                if parts
                    .iter()
                    .all(|part| matches!(nodes.get(*part), Node::Literal(_)))
                {
                    return self.join(parts, holds, together);
                }
                if let Some(known) = self.known.get(&(node, holds)) {
                    return known.clone();
                }
                let found = self.join(parts, holds, together);
                self.known.insert((node, holds), found.clone());
                found
            }
            Node::Score { from, to, terms } => {
                if terms.len() > MOST_POINTS {
                    return None;
                }
                if let Some(known) = self.known.get(&(node, holds)) {
                    return known.clone();
                }
                let found = self.score(terms, 0, (*from, *to), holds);
                self.known.insert((node, holds), found.clone());
                found
            }
        }
    }

    /// The terms of which one holds when any of the nodes does, or when none does.
    pub(super) fn any(&mut self, nodes: &[NodeId], holds: bool) -> Option<Terms<'a>> {
        self.join(nodes, holds, !holds)
    }

    fn literal(&self, variable: VariableIndex, set: &'a CellSet, holds: bool) -> Terms<'a> {
        let count = self.cells.variable(variable).map_or(1, |variable| variable.cells);
        let set = if holds {
            Cow::Borrowed(set)
        } else {
            Cow::Owned(set.complement(count))
        };
        match set.len() {
            0 => Vec::new(),
            all if all == count => vec![Term::default()],
            _ => vec![Term {
                tests: vec![(variable, set)],
            }],
        }
    }

    fn join(&mut self, parts: &[NodeId], holds: bool, together: bool) -> Option<Terms<'a>> {
        let mut joined = if together {
            vec![Term::default()]
        } else {
            Vec::new()
        };
        for part in parts {
            let terms = self.terms(*part, holds)?;
            joined = if together {
                self.product(&joined, &terms)?
            } else {
                joined.extend(terms);
                self.shortened(joined)?
            };
        }
        Some(joined)
    }

    /// The sum of the points from here on lies between two numbers, or does not.
    fn score(
        &mut self,
        points: &[(i64, NodeId)],
        sum: i64,
        (from, to): (i64, i64),
        holds: bool,
    ) -> Option<Terms<'a>> {
        let least = sum + points.iter().map(|(points, _)| (*points).min(0)).sum::<i64>();
        let most = sum + points.iter().map(|(points, _)| (*points).max(0)).sum::<i64>();
        let surely = |yes: bool| {
            Some(if yes == holds {
                vec![Term::default()]
            } else {
                Vec::new()
            })
        };
        if least >= from && most <= to {
            return surely(true);
        }
        let Some(((first, node), rest)) = points.split_first() else {
            return surely(false);
        };
        if most < from || least > to {
            return surely(false);
        }
        let with = self.score(rest, sum + first, (from, to), holds)?;
        let without = self.score(rest, sum, (from, to), holds)?;
        let yes = self.terms(*node, true)?;
        let no = self.terms(*node, false)?;
        let mut joined = self.product(&yes, &with)?;
        joined.extend(self.product(&no, &without)?);
        self.shortened(joined)
    }

    /// Both of two conditions.
    fn product(&self, one: &Terms<'a>, other: &Terms<'a>) -> Option<Terms<'a>> {
        let mut product = Vec::new();
        for first in one {
            for second in other {
                product.extend(both(first, second));
                if product.len() > self.limit * 4 {
                    product = self.shortened(product)?;
                }
            }
        }
        self.shortened(product)
    }

    /// Without the terms that say no more than another one does.
    fn shortened(&self, terms: Terms<'a>) -> Option<Terms<'a>> {
        if terms.len() > self.limit * 8 {
            return None;
        }
        if terms.len() < 2 {
            return Some(terms);
        }
        let mut kept: Terms<'a> = Vec::with_capacity(terms.len());
        for term in terms {
            if kept.iter().any(|weaker| implies(&term, weaker)) {
                continue;
            }
            kept.retain(|stronger| !implies(stronger, &term));
            kept.push(term);
        }
        (kept.len() <= self.limit).then_some(kept)
    }

    /// Whether evaluation's exact step never stops at its limit for this condition: only then do the terms
    /// say the same as it does, rather than more.
    pub(super) fn is_exact(&self, roots: &[NodeId], boxes: usize) -> bool {
        if let [node] = roots
            && !self.nodes.repeats(*node)
        {
            return true;
        }
        let below = self.nodes.below(roots);
        let (mut parts, mut all) = (1usize, 0usize);
        for variable in self.nodes.repeated_variables(roots) {
            let sets: Vec<&CellSet> = below
                .iter()
                .filter_map(|node| match self.nodes.get(*node) {
                    Node::Literal(literal) if literal.variable == variable => Some(&literal.holds_in),
                    _ => None,
                })
                .collect();
            let count = self.cells.variable(variable).map_or(1, |variable| variable.cells);
            parts = parts.saturating_mul(classes(&sets, count));
            all = all.saturating_add(parts);
        }
        all <= boxes
    }
}

/// How many kinds of cells these sets tell apart.
fn classes(sets: &[&CellSet], count: u32) -> usize {
    // Only there can one kind follow on another; most sets are ranges with two ends.
    let mut changes = vec![0];
    for set in sets {
        match set.ends() {
            Some((first, last)) if last - first + 1 == set.len() => changes.extend([first, last + 1]),
            _ => changes.extend(set.iter().flat_map(|cell| [cell, cell + 1])),
        }
    }
    changes.retain(|cell| *cell < count);
    changes.compact_sort();
    changes.dedup();
    let kinds: HashSet<Vec<bool>> = changes
        .into_iter()
        .map(|cell| sets.iter().map(|set| set.contains(cell)).collect())
        .collect();
    kinds.len()
}

/// Whether the node has a score below it.
pub(super) fn has_score(nodes: &Nodes, node: NodeId) -> bool {
    match nodes.get(node) {
        Node::Constant(_) | Node::Literal(_) => false,
        Node::Not(inner) => has_score(nodes, *inner),
        Node::All(parts) | Node::Any(parts) => parts.iter().any(|part| has_score(nodes, *part)),
        Node::Score { .. } => true,
    }
}

/// Both terms as one; none when they exclude each other.
fn both<'a>(one: &Term<'a>, other: &Term<'a>) -> Option<Term<'a>> {
    let mut tests = Vec::with_capacity(one.tests.len() + other.tests.len());
    let (mut left, mut right) = (one.tests.iter().peekable(), other.tests.iter().peekable());
    loop {
        let next = match (left.peek(), right.peek()) {
            (None, None) => break,
            (Some(first), Some(second)) if first.0 == second.0 => {
                let set = first.1.intersection(&second.1);
                if set.len() == 0 {
                    return None;
                }
                let variable = first.0;
                left.next();
                right.next();
                tests.push((variable, Cow::Owned(set)));
                continue;
            }
            (Some(first), Some(second)) if first.0 < second.0 => left.next(),
            (Some(_), None) => left.next(),
            _ => right.next(),
        };
        tests.extend(next.cloned());
    }
    Some(Term { tests })
}

/// Whether the first is met only where the second is.
fn implies(stronger: &Term<'_>, weaker: &Term<'_>) -> bool {
    weaker.tests.iter().all(|(variable, set)| {
        stronger
            .tests
            .binary_search_by_key(variable, |(variable, _)| *variable)
            .ok()
            .and_then(|place| stronger.tests.get(place))
            .is_some_and(|(_, stronger)| stronger.is_within(set))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_cells_are_counted_at_the_ends_of_the_sets() {
        const COUNT: u32 = 7;
        for one in 0..1u32 << COUNT {
            for other in [0, 1, 0b101_0011, 0b1110, 0b111_1111, 0b100_0000] {
                let sets = [one, other].map(|bits| CellSet::of(COUNT, |cell| bits >> cell & 1 == 1));
                let [first, second] = &sets;
                let each: HashSet<[bool; 2]> = (0..COUNT)
                    .map(|cell| [first.contains(cell), second.contains(cell)])
                    .collect();
                assert_eq!(classes(&[first, second], COUNT), each.len(), "{one:b} {other:b}");
            }
        }
    }
}
