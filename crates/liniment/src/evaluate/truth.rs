//! Truth of conditions over what is known: Kleene's first, exact where a fact occurs twice.

#[cfg(test)]
#[path = "against_completions.rs"]
mod against_completions;

use hashbrown::HashMap;

use super::steer::Steering;
use crate::cells::{Cells, VariableIndex, has_bit};
use crate::compact_sort::distinct;
use crate::compile::{Node, NodeId, Nodes, Program};

/// True, False, or Unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Truth {
    /// No completion of the case makes it true.
    False = 0,
    /// Some completion makes it true, some does not.
    Unknown = 1,
    /// Every completion of the case makes it true.
    True = 2,
}

impl std::ops::Not for Truth {
    type Output = Truth;
    fn not(self) -> Truth {
        match self {
            Truth::False => Truth::True,
            Truth::Unknown => Truth::Unknown,
            Truth::True => Truth::False,
        }
    }
}

/// The possible cells of a case, as words; each variable has its own.
pub(crate) type Possible = [u64];

/// The words of one variable.
pub(crate) fn words_of<'a>(cells: &Cells, possible: &'a Possible, variable: VariableIndex) -> &'a [u64] {
    cells
        .variable(variable)
        .and_then(|variable| {
            possible.get(variable.first_word as usize..(variable.first_word + variable.words) as usize)
        })
        .unwrap_or(&[])
}

/// The truth of every node for one case.
#[derive(Debug)]
pub(crate) struct Truths<'a> {
    pub(crate) cells: &'a Cells,
    pub(crate) nodes: &'a Nodes,
    pub(crate) possible: &'a Possible,
    boxes: usize,
    kleene: Vec<Truth>,
}

impl<'a> Truths<'a> {
    /// Evaluates every node of a program once.
    pub(crate) fn new(program: &'a Program, possible: &'a Possible) -> Self {
        Self::over(&program.cells, &program.nodes, program.boxes, possible)
    }

    /// Evaluates every one of the nodes once; the exact step may try as many parts as `boxes`.
    pub(crate) fn over(cells: &'a Cells, nodes: &'a Nodes, boxes: usize, possible: &'a Possible) -> Self {
        let mut kleene: Vec<Truth> = Vec::with_capacity(nodes.len());
        for node in nodes.iter() {
            let truth = evaluate(node, cells, possible, |child| {
                kleene.get(child.index()).copied().unwrap_or(Truth::Unknown)
            });
            kleene.push(truth);
        }
        Self {
            cells,
            nodes,
            possible,
            boxes,
            kleene,
        }
    }

    /// Evaluates some of the nodes, sorted and complete with all below them; the others count as Unknown.
    pub(crate) fn some(
        cells: &'a Cells,
        nodes: &'a Nodes,
        boxes: usize,
        possible: &'a Possible,
        list: &[NodeId],
    ) -> Self {
        Self::after(
            cells,
            nodes,
            boxes,
            possible,
            vec![Truth::Unknown; nodes.len()],
            list,
        )
    }

    /// As [`some`](Self::some), with what is settled of the others: truths found where more was possible.
    pub(crate) fn after(
        cells: &'a Cells,
        nodes: &'a Nodes,
        boxes: usize,
        possible: &'a Possible,
        mut kleene: Vec<Truth>,
        list: &[NodeId],
    ) -> Self {
        for node in list {
            let truth = evaluate(nodes.get(*node), cells, possible, |child| {
                kleene.get(child.index()).copied().unwrap_or(Truth::Unknown)
            });
            if let Some(slot) = kleene.get_mut(node.index()) {
                *slot = truth;
            }
        }
        Self {
            cells,
            nodes,
            possible,
            boxes,
            kleene,
        }
    }

    /// Kleene's truth of every node.
    pub(crate) fn into_kleene(self) -> Vec<Truth> {
        self.kleene
    }

    pub(crate) fn all_kleene(&self) -> &[Truth] {
        &self.kleene
    }

    /// Kleene's truth: never wrong, exact unless a fact occurs twice.
    pub(crate) fn kleene(&self, node: NodeId) -> Truth {
        self.kleene.get(node.index()).copied().unwrap_or(Truth::Unknown)
    }

    /// The exact truth of a node.
    pub(crate) fn of(&self, node: NodeId) -> Truth {
        let truth = self.kleene(node);
        if truth == Truth::Unknown && self.nodes.repeats(node) {
            self.exact(&[node], Join::All)
        } else {
            truth
        }
    }

    /// The exact truth of "any of these".
    pub(crate) fn any(&self, nodes: &mut dyn Iterator<Item = NodeId>) -> Truth {
        self.join(nodes, Join::Any)
    }

    fn join(&self, nodes: &mut dyn Iterator<Item = NodeId>, join: Join) -> Truth {
        let mut open: Vec<NodeId> = Vec::new();
        for node in nodes {
            match self.of(node) {
                Truth::Unknown => open.push(node),
                truth if truth == join.decider() => return truth,
                _ => {}
            }
        }
        match open.as_slice() {
            [] => !join.decider(),
            [_] => Truth::Unknown,
            _ => self.exact(&open, join),
        }
    }

    /// Splits the case along the facts that occur more than once, as far as they are unknown, until
    /// Kleene's truth is settled in every part. Stops at the limit of `boxes` parts: then Unknown stands.
    fn exact(&self, roots: &[NodeId], join: Join) -> Truth {
        let open = self.open_below(roots);
        let split = self.repeated(&open, roots);
        if split.is_empty() {
            return Truth::Unknown;
        }
        if self.comes_out_both_ways(&open, roots, join) {
            return Truth::Unknown;
        }
        let classes: Vec<Vec<Vec<u64>>> = split
            .iter()
            .map(|variable| self.classes(&open, *variable))
            .collect();
        let mut search = Search {
            outer: self,
            roots,
            join,
            open: &open,
            split: &split,
            classes: &classes,
            parts_left: self.boxes,
        };
        search.run(self.possible.to_vec(), 0)
    }

    /// Whether a part of the case was found in which it is true, and another in which it is false: then it is
    /// Unknown, and no search is needed.
    fn comes_out_both_ways(&self, open: &[NodeId], roots: &[NodeId], join: Join) -> bool {
        [Truth::True, Truth::False].into_iter().all(|wanted| {
            let mut steering = Steering::new(self, open.len().saturating_mul(2));
            let steered = if wanted == join.decider() {
                steering.one(roots, wanted == Truth::True)
            } else {
                steering.all(roots, wanted == Truth::True)
            };
            steered && self.joined(open, roots, join, &steering.possible) == wanted
        })
    }

    /// Kleene's truth of roots taken together, where less is possible.
    fn joined(&self, open: &[NodeId], roots: &[NodeId], join: Join, possible: &Possible) -> Truth {
        let mut truths: Vec<Truth> = Vec::with_capacity(open.len());
        let of = |truths: &[Truth], node: NodeId| match open.binary_search(&node) {
            Ok(position) => truths.get(position).copied().unwrap_or(Truth::Unknown),
            Err(_) => self.kleene(node),
        };
        for node in open {
            let node = self.nodes.get(*node);
            let truth = evaluate(node, self.cells, possible, |child| of(&truths, child));
            truths.push(truth);
        }
        let of_roots = roots.iter().map(|root| of(&truths, *root));
        match join {
            Join::All => of_roots.min().unwrap_or(Truth::True),
            Join::Any => of_roots.max().unwrap_or(Truth::False),
        }
    }

    /// The nodes below (and with) the given ones that keep them Unknown, children before parents. What is
    /// settled stays so in every part of the case.
    fn open_below(&self, roots: &[NodeId]) -> Vec<NodeId> {
        let mut found: Vec<NodeId> = Vec::new();
        let mut seen = vec![0u64; self.nodes.len().div_ceil(64)];
        let mut waiting: Vec<NodeId> = roots.to_vec();
        while let Some(node) = waiting.pop() {
            let (word, bit) = (node.index() / 64, 1u64 << (node.index() % 64));
            match seen.get_mut(word) {
                Some(seen) if *seen & bit == 0 => *seen |= bit,
                _ => continue,
            }
            if self.kleene(node) != Truth::Unknown {
                continue;
            }
            found.push(node);
            self.nodes.get(node).each_child(|child| waiting.push(child));
        }
        found.sort_unstable();
        found
    }

    /// The variables that occur more than once among open nodes, sorted. A node that two others share
    /// counts twice.
    fn repeated(&self, open: &[NodeId], roots: &[NodeId]) -> Vec<VariableIndex> {
        let mut times = vec![0u32; open.len()];
        let reach = |times: &mut Vec<u32>, node: NodeId, often: u32| {
            if let Ok(position) = open.binary_search(&node)
                && let Some(slot) = times.get_mut(position)
            {
                *slot = slot.saturating_add(often);
            }
        };
        for root in roots {
            reach(&mut times, *root, 1);
        }
        let mut met: Vec<VariableIndex> = Vec::new();
        // Parents before children: each child is reached as often as its parents together.
        for (position, node) in open.iter().enumerate().rev() {
            let reached = times.get(position).copied().unwrap_or(0);
            let node = self.nodes.get(*node);
            if let Node::Literal(literal) = node {
                met.extend(std::iter::repeat_n(literal.variable, reached.min(2) as usize));
            }
            node.each_child(|child| reach(&mut times, child, reached));
        }
        met.sort_unstable();
        let mut repeated: Vec<VariableIndex> = met
            .windows(2)
            .filter_map(|pair| match pair {
                [one, other] if one == other => Some(*one),
                _ => None,
            })
            .collect();
        repeated.dedup();
        repeated
    }

    /// The possible cells of a variable, grouped: no literal among the nodes tells two of a group apart.
    fn classes(&self, below: &[NodeId], variable: VariableIndex) -> Vec<Vec<u64>> {
        let words = words_of(self.cells, self.possible, variable);
        let literals: Vec<_> = below
            .iter()
            .filter_map(|node| match self.nodes.get(*node) {
                Node::Literal(literal) if literal.variable == variable => Some(&literal.holds_in),
                _ => None,
            })
            .collect();
        let count = self.cells.variable(variable).map_or(0, |variable| variable.cells);
        let mut groups: HashMap<Vec<bool>, Vec<u64>> = HashMap::new();
        let mut order: Vec<Vec<bool>> = Vec::new();
        for cell in (0..count).filter(|cell| has_bit(words, *cell)) {
            let signature: Vec<bool> = literals.iter().map(|set| set.contains(cell)).collect();
            let group = groups.entry(signature.clone()).or_insert_with(|| {
                order.push(signature);
                vec![0; words.len()]
            });
            if let Some(word) = group.get_mut((cell / 64) as usize) {
                *word |= 1 << (cell % 64);
            }
        }
        order
            .iter()
            .filter_map(|signature| groups.remove(signature))
            .collect()
    }
}

/// How several nodes are taken together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Join {
    All,
    Any,
}

impl Join {
    /// The truth of one that settles all.
    fn decider(self) -> Truth {
        match self {
            Join::All => Truth::False,
            Join::Any => Truth::True,
        }
    }
}

struct Search<'a> {
    outer: &'a Truths<'a>,
    roots: &'a [NodeId],
    join: Join,
    open: &'a [NodeId],
    split: &'a [VariableIndex],
    classes: &'a [Vec<Vec<u64>>],
    parts_left: usize,
}

impl Search<'_> {
    // As deep as there are variables to split, each once.
    fn run(&mut self, mut possible: Vec<u64>, depth: usize) -> Truth {
        let truth = self.outer.joined(self.open, self.roots, self.join, &possible);
        if truth != Truth::Unknown {
            return truth;
        }
        let (Some(variable), Some(classes)) = (self.split.get(depth), self.classes.get(depth)) else {
            return Truth::Unknown;
        };
        let Some(variable) = self.outer.cells.variable(*variable) else {
            return Truth::Unknown;
        };
        let mut joined: Option<Truth> = None;
        for class in classes {
            if self.parts_left == 0 {
                return Truth::Unknown;
            }
            self.parts_left -= 1;
            if let Some(words) = possible
                .get_mut(variable.first_word as usize..(variable.first_word + variable.words) as usize)
            {
                words.copy_from_slice(class);
            }
            let part = self.run(possible.clone(), depth + 1);
            if part == Truth::Unknown || joined.is_some_and(|joined| joined != part) {
                return Truth::Unknown;
            }
            joined = Some(part);
        }
        joined.unwrap_or(Truth::Unknown)
    }
}

fn evaluate(node: &Node, cells: &Cells, possible: &Possible, child: impl Fn(NodeId) -> Truth) -> Truth {
    match node {
        Node::Constant(true) => Truth::True,
        Node::Constant(false) => Truth::False,
        Node::Literal(literal) => {
            let words = words_of(cells, possible, literal.variable);
            let (mut inside, mut outside) = (false, false);
            for (possible, holds) in words.iter().zip(literal.holds_in.words()) {
                inside |= possible & holds != 0;
                outside |= possible & !holds != 0;
            }
            match (inside, outside) {
                (true, true) => Truth::Unknown,
                (true, false) => Truth::True,
                (false, _) => Truth::False,
            }
        }
        Node::Not(inner) => !child(*inner),
        Node::All(parts) => parts.iter().map(|part| child(*part)).min().unwrap_or(Truth::True),
        Node::Any(parts) => parts
            .iter()
            .map(|part| child(*part))
            .max()
            .unwrap_or(Truth::False),
        Node::Score { from, to, terms } => {
            // A term that may or may not hold widens the sum on the side of its sign.
            let (mut least, mut most) = (0i64, 0i64);
            for (points, node) in terms {
                match child(*node) {
                    Truth::True => {
                        least = least.saturating_add(*points);
                        most = most.saturating_add(*points);
                    }
                    Truth::Unknown => {
                        least = least.saturating_add((*points).min(0));
                        most = most.saturating_add((*points).max(0));
                    }
                    Truth::False => {}
                }
            }
            if least >= *from && most <= *to {
                Truth::True
            } else if most < *from || least > *to {
                Truth::False
            } else if (from..=to).contains(&&least) || (from..=to).contains(&&most) {
                // One end lies between them, and the other does not.
                Truth::Unknown
            } else {
                // Within the two ends not every sum need be possible.
                sums_between(terms, *from, *to, child)
            }
        }
    }
}

/// Whether some sum that the unknown terms can still make lies between two numbers, where the least and the greatest do
/// not.
fn sums_between(terms: &[(i64, NodeId)], from: i64, to: i64, child: impl Fn(NodeId) -> Truth) -> Truth {
    // More different sums than this are not worth listing; Unknown is never wrong.
    const MOST_SUMS: usize = 4096;
    let with = |truth: Truth| {
        let child = &child;
        let terms = terms.iter().filter(move |(_, node)| child(*node) == truth);
        terms.map(|(points, _)| *points)
    };
    let surely = with(Truth::True).fold(0_i64, i64::saturating_add);
    // In order, each once.
    let mut sums = vec![surely];
    for points in with(Truth::Unknown) {
        let more: Vec<i64> = sums.iter().map(|sum| sum.saturating_add(points)).collect();
        // No other term need hold.
        if more.iter().any(|sum| (from..=to).contains(sum)) {
            return Truth::Unknown;
        }
        sums = distinct(sums.into_iter().chain(more));
        if sums.len() > MOST_SUMS {
            return Truth::Unknown;
        }
    }
    if (from..=to).contains(&surely) {
        Truth::Unknown
    } else {
        Truth::False
    }
}
