//! The nodes of conditions: shared, numbered, children before parents.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashMap, HashTable};

use crate::cells::{Literal, Literals, VariableIndex};
use crate::compact_sort::CompactSort;

/// A node's position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct NodeId(pub(crate) u32);

impl NodeId {
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// One node. Its children have smaller numbers.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Node {
    Constant(bool),
    Literal(Literal),
    Not(NodeId),
    /// Two children or more, sorted.
    All(Box<[NodeId]>),
    /// Two children or more, sorted.
    Any(Box<[NodeId]>),
    /// The sum of the points of the children that hold lies between two numbers, both included.
    Score {
        from: i64,
        to: i64,
        terms: Box<[(i64, NodeId)]>,
    },
}

impl Node {
    /// The nodes that it is made of, in their order.
    pub(crate) fn each_child(&self, mut visit: impl FnMut(NodeId)) {
        match self {
            Node::Constant(_) | Node::Literal(_) => {}
            Node::Not(inner) => visit(*inner),
            Node::All(parts) | Node::Any(parts) => parts.iter().copied().for_each(visit),
            Node::Score { terms, .. } => terms.iter().for_each(|(_, child)| visit(*child)),
        }
    }
}

/// All nodes of a program; equal nodes are one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Nodes {
    nodes: Vec<Node>,
    /// Whether some variable occurs more than once below the node.
    repeats: Vec<bool>,
    /// The nodes by what they are.
    known: HashTable<NodeId>,
    hasher: DefaultHashBuilder,
}

impl Nodes {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Node> {
        self.nodes.iter()
    }

    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(crate) fn get(&self, node: NodeId) -> &Node {
        self.nodes.get(node.index()).unwrap_or(&Node::Constant(false))
    }

    /// Whether some variable occurs more than once below the node: only then can an Unknown be inexact.
    pub(crate) fn repeats(&self, node: NodeId) -> bool {
        self.repeats.get(node.index()).copied().unwrap_or(false)
    }

    fn add(&mut self, node: Node) -> NodeId {
        let Self {
            nodes, known, hasher, ..
        } = self;
        let hash = hasher.hash_one(&node);
        if let Some(known) = known.find(hash, |id| nodes.get(id.index()) == Some(&node)) {
            return *known;
        }
        let id = NodeId(u32::try_from(nodes.len()).unwrap_or(u32::MAX));
        nodes.push(node);
        known.insert_unique(hash, id, |id| {
            nodes.get(id.index()).map_or(0, |node| hasher.hash_one(node))
        });
        let repeats = self.find_repeats(id);
        self.repeats.push(repeats);
        id
    }

    pub(crate) fn constant(&mut self, value: bool) -> NodeId {
        self.add(Node::Constant(value))
    }

    pub(crate) fn literal(&mut self, literal: Literal) -> NodeId {
        self.add(Node::Literal(literal))
    }

    pub(crate) fn literals(&mut self, literals: Literals) -> NodeId {
        match literals {
            Literals::All(literals) => {
                let parts = literals
                    .into_iter()
                    .map(|literal| self.literal(literal))
                    .collect();
                self.all(parts)
            }
            Literals::Any(literals) => {
                let parts = literals
                    .into_iter()
                    .map(|literal| self.literal(literal))
                    .collect();
                self.any(parts)
            }
        }
    }

    pub(crate) fn not(&mut self, node: NodeId) -> NodeId {
        match self.get(node) {
            Node::Constant(value) => {
                let value = !value;
                self.constant(value)
            }
            Node::Not(inner) => *inner,
            _ => self.add(Node::Not(node)),
        }
    }

    pub(crate) fn all(&mut self, mut parts: Vec<NodeId>) -> NodeId {
        self.simplify(&mut parts, true);
        match parts.as_slice() {
            [] => self.constant(true),
            [one] => *one,
            _ => self.add(Node::All(parts.into_boxed_slice())),
        }
    }

    pub(crate) fn any(&mut self, mut parts: Vec<NodeId>) -> NodeId {
        self.simplify(&mut parts, false);
        match parts.as_slice() {
            [] => self.constant(false),
            [one] => *one,
            _ => self.add(Node::Any(parts.into_boxed_slice())),
        }
    }

    /// Sorts, drops twins, flattens one level, drops the neutral constant; the other constant decides alone.
    fn simplify(&mut self, parts: &mut Vec<NodeId>, all: bool) {
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts.iter() {
            match (self.get(*part), all) {
                (Node::Constant(value), _) if *value == all => {}
                (Node::All(inner), true) | (Node::Any(inner), false) => flat.extend_from_slice(inner),
                _ => flat.push(*part),
            }
        }
        flat.compact_sort();
        flat.dedup();
        if let Some(decider) = flat
            .iter()
            .copied()
            .find(|part| matches!(self.get(*part), Node::Constant(_)))
        {
            flat = vec![decider];
        }
        *parts = flat;
    }

    pub(crate) fn score(&mut self, from: i64, to: i64, mut terms: Vec<(i64, NodeId)>) -> NodeId {
        terms.compact_sort();
        self.add(Node::Score {
            from,
            to,
            terms: terms.into_boxed_slice(),
        })
    }

    /// The nodes below (and with) the given ones, children before parents.
    pub(crate) fn below(&self, roots: &[NodeId]) -> Vec<NodeId> {
        let mut found: Vec<NodeId> = Vec::new();
        let mut seen = hashbrown::HashSet::new();
        let mut open: Vec<NodeId> = roots.to_vec();
        while let Some(node) = open.pop() {
            if !seen.insert(node) {
                continue;
            }
            found.push(node);
            self.get(node).each_child(|child| open.push(child));
        }
        found.compact_sort();
        found
    }

    /// The variables that occur more than once below the nodes taken together, and how often (a
    /// definition used twice counts its facts twice).
    pub(crate) fn repeated_variables(&self, roots: &[NodeId]) -> Vec<VariableIndex> {
        let below = self.below(roots);
        let mut times: HashMap<NodeId, u32> = HashMap::with_capacity(below.len());
        for root in roots {
            *times.entry(*root).or_default() += 1;
        }
        let mut counts: HashMap<VariableIndex, u32> = HashMap::new();
        // Parents before children: each child is reached as often as its parents together.
        for node in below.iter().rev() {
            let reached = times.get(node).copied().unwrap_or(0);
            let node = self.get(*node);
            if let Node::Literal(literal) = node {
                let entry = counts.entry(literal.variable).or_default();
                *entry = entry.saturating_add(reached);
            }
            node.each_child(|child| {
                let entry = times.entry(child).or_default();
                *entry = entry.saturating_add(reached);
            });
        }
        let mut repeated: Vec<VariableIndex> = counts
            .into_iter()
            .filter(|(_, times)| *times > 1)
            .map(|(variable, _)| variable)
            .collect();
        repeated.compact_sort();
        repeated
    }

    fn find_repeats(&self, node: NodeId) -> bool {
        match self.get(node) {
            Node::Constant(_) | Node::Literal(_) => false,
            Node::Not(inner) => self.repeats(*inner),
            Node::All(parts) | Node::Any(parts) if parts.iter().any(|part| self.repeats(*part)) => true,
            Node::All(parts) | Node::Any(parts) => match self.variables_of_literals(parts) {
                Some(mut variables) => {
                    variables.compact_sort();
                    variables.windows(2).any(|pair| pair.first() == pair.last())
                }
                None => !self.repeated_variables(&[node]).is_empty(),
            },
            Node::Score { .. } => !self.repeated_variables(&[node]).is_empty(),
        }
    }

    /// The variables of nodes that are plain tests, all of them.
    fn variables_of_literals(&self, nodes: &[NodeId]) -> Option<Vec<VariableIndex>> {
        nodes
            .iter()
            .map(|node| match self.get(*node) {
                Node::Literal(literal) => Some(literal.variable),
                _ => None,
            })
            .collect()
    }

    /// The facts below the nodes, sorted.
    #[cfg(feature = "prove")]
    pub(crate) fn facts_below(
        &self,
        cells: &crate::cells::Cells,
        roots: &[NodeId],
    ) -> Vec<crate::check::base::FactIndex> {
        let mut facts: Vec<_> = self
            .below(roots)
            .into_iter()
            .filter_map(|node| match self.get(node) {
                Node::Literal(literal) => cells.variable(literal.variable).map(|variable| variable.fact),
                _ => None,
            })
            .collect();
        facts.compact_sort();
        facts.dedup();
        facts
    }
}
