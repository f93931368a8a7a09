//! Conditions in which the tests of one fact that stand together are one: what Kleene's truths lose least on.

use hashbrown::HashMap;

use crate::cells::{CellSet, Cells, Literal, VariableIndex};
use crate::compile::{Node, NodeId, Nodes};

/// Nodes with the tests of one variable joined, and what became of those asked for.
#[derive(Debug)]
pub(in super::super) struct Merged {
    pub(in super::super) nodes: Nodes,
    became: HashMap<NodeId, NodeId>,
}

impl Merged {
    pub(in super::super) fn new(cells: &Cells, nodes: &Nodes, roots: &[NodeId]) -> Self {
        let mut merged = Self {
            nodes: Nodes::new(),
            became: HashMap::new(),
        };
        // Children come before parents.
        for node in nodes.below(roots) {
            let id = match nodes.get(node) {
                Node::Constant(value) => merged.nodes.constant(*value),
                Node::Literal(literal) => merged.nodes.literal(literal.clone()),
                Node::Not(inner) => {
                    let inner = merged.of(*inner);
                    merged.nodes.not(inner)
                }
                Node::All(parts) => merged.join(cells, parts, true),
                Node::Any(parts) => merged.join(cells, parts, false),
                Node::Score { from, to, terms } => {
                    let terms = terms
                        .iter()
                        .map(|(points, node)| (*points, merged.of(*node)))
                        .collect();
                    merged.nodes.score(*from, *to, terms)
                }
            };
            merged.became.insert(node, id);
        }
        merged
    }

    /// What a node became; it must be below the roots.
    pub(in super::super) fn of(&self, node: NodeId) -> NodeId {
        self.became.get(&node).copied().unwrap_or(node)
    }

    fn join(&mut self, cells: &Cells, parts: &[NodeId], all: bool) -> NodeId {
        let mut sets: Vec<(VariableIndex, Vec<CellSet>)> = Vec::new();
        let mut others = Vec::new();
        for part in parts {
            let part = self.of(*part);
            // `Not` of a literal is the literal of the other cells.
            let (literal, yes) = match self.nodes.get(part) {
                Node::Literal(literal) => (Some(literal), true),
                Node::Not(inner) => match self.nodes.get(*inner) {
                    Node::Literal(literal) => (Some(literal), false),
                    _ => (None, true),
                },
                _ => (None, true),
            };
            match literal {
                None => others.push(part),
                Some(literal) => {
                    let count = count_of(cells, literal.variable);
                    let set = CellSet::of(count, |cell| literal.holds_in.contains(cell) == yes);
                    match sets
                        .iter_mut()
                        .find(|(variable, _)| *variable == literal.variable)
                    {
                        Some((_, list)) => list.push(set),
                        None => sets.push((literal.variable, vec![set])),
                    }
                }
            }
        }
        for (variable, sets) in sets {
            let count = count_of(cells, variable);
            let holds_in = CellSet::of(count, |cell| {
                if all {
                    sets.iter().all(|set| set.contains(cell))
                } else {
                    sets.iter().any(|set| set.contains(cell))
                }
            });
            others.push(self.nodes.literal(Literal { variable, holds_in }));
        }
        if all {
            self.nodes.all(others)
        } else {
            self.nodes.any(others)
        }
    }
}

fn count_of(cells: &Cells, variable: VariableIndex) -> u32 {
    cells.variable(variable).map_or(1, |variable| variable.cells)
}
