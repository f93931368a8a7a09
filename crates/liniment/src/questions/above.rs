//! Which nodes hang on a variable.

use std::rc::Rc;

use hashbrown::{HashMap, HashSet};

use crate::cells::VariableIndex;
use crate::compact_sort::CompactSort;
use crate::compile::{Node, NodeId, Nodes};

/// The nodes that hang on each variable. Where its possible cells change, only these are evaluated again.
#[derive(Debug, Default)]
pub(super) struct Above {
    literals: HashMap<VariableIndex, Vec<NodeId>>,
    parents: HashMap<NodeId, Vec<NodeId>>,
    found: HashMap<VariableIndex, Rc<[NodeId]>>,
}

impl Above {
    /// Of some of the nodes.
    pub(super) fn of(nodes: &Nodes, some: &[NodeId]) -> Self {
        let mut above = Self::default();
        for node in some {
            let made = nodes.get(*node);
            if let Node::Literal(literal) = made {
                above.literals.entry(literal.variable).or_default().push(*node);
            }
            made.each_child(|child| above.parents.entry(child).or_default().push(*node));
        }
        above
    }

    /// Children before parents.
    pub(super) fn variable(&mut self, variable: VariableIndex) -> Rc<[NodeId]> {
        if let Some(found) = self.found.get(&variable) {
            return Rc::clone(found);
        }
        let mut list: Vec<NodeId> = self.literals.get(&variable).cloned().unwrap_or_default();
        let mut seen: HashSet<NodeId> = list.iter().copied().collect();
        let mut next = 0;
        while let Some(node) = list.get(next).copied() {
            next += 1;
            let parents = self.parents.get(&node).into_iter().flatten();
            list.extend(parents.filter(|parent| seen.insert(**parent)));
        }
        // A node is made after those that it is made of.
        list.compact_sort();
        let found: Rc<[NodeId]> = list.into();
        self.found.insert(variable, Rc::clone(&found));
        found
    }
}
