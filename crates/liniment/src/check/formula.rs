//! Conditions as formulas over cells, small enough to search.
//!
//! One formula grows over a whole check: equal parts are one, and a condition or definition that many
//! questions are about is put in once. In a complete case every variable is in one segment of cells; a
//! condition on a vague quantity is then surely met, surely not met, or neither. So each condition is put
//! in one of two readings, and each reading is plainly true or false of a complete case.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashMap, HashSet, HashTable};

use super::base::{Condition, DefinitionBody, DefinitionIndex, VagueIndex, Window};
use super::base::{Limit, Test};
use crate::cells::{CellSet, Cells, Literal, Literals, VariableIndex};
use crate::compact_sort::CompactSort;

/// So many children are compared one with another; more go through a set.
const FEW: usize = 24;

/// A formula that has grown past this many parts starts anew: what is remembered must not fill the memory.
const MOST_PARTS: usize = 1 << 18;

/// How a condition is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Reading {
    /// It is surely met.
    Surely,
    /// It is not surely unmet.
    Perhaps,
}

impl Reading {
    pub(super) fn other(self) -> Self {
        match self {
            Reading::Surely => Reading::Perhaps,
            Reading::Perhaps => Reading::Surely,
        }
    }
}

/// A node's number; its children have smaller ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Node(pub(super) u32);

impl Node {
    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) enum Part {
    Constant(bool),
    /// The variable is in one of these cells.
    In(VariableIndex, Box<[u64]>),
    Not(Node),
    All(Box<[Node]>),
    Any(Box<[Node]>),
    /// The sum of the points of what holds is at least so much.
    Sum(i64, Box<[(i64, Node)]>),
}

/// A growing formula.
pub(super) struct Formula<'b> {
    cells: &'b Cells,
    definitions: &'b [super::base::Definition],
    parts: Vec<Part>,
    /// The parts by what they are.
    known: HashTable<Node>,
    hasher: DefaultHashBuilder,
    defined: HashMap<(DefinitionIndex, Reading), Node>,
    /// Conditions that were put in already, by where they are.
    conditions: HashMap<(*const Condition, Reading), Node>,
    /// By part: the walk that last met it.
    met: Vec<u32>,
    walks: u32,
}

impl<'b> Formula<'b> {
    pub(super) fn new(cells: &'b Cells, definitions: &'b [super::base::Definition]) -> Self {
        Self {
            cells,
            definitions,
            parts: Vec::new(),
            known: HashTable::new(),
            hasher: DefaultHashBuilder::default(),
            defined: HashMap::new(),
            conditions: HashMap::new(),
            met: Vec::new(),
            walks: 0,
        }
    }

    /// To be called before a question: nodes of earlier questions may be gone afterwards.
    pub(super) fn begin(&mut self) {
        if self.parts.len() > MOST_PARTS {
            *self = Self::new(self.cells, self.definitions);
        }
    }

    pub(super) fn part(&self, node: Node) -> &Part {
        self.parts.get(node.index()).unwrap_or(&Part::Constant(false))
    }

    pub(super) fn cell_count(&self, variable: VariableIndex) -> u32 {
        self.cells.variable(variable).map_or(1, |variable| variable.cells)
    }

    /// Equal parts are one.
    fn push(&mut self, part: Part) -> Node {
        let Self {
            parts, known, hasher, ..
        } = self;
        let is_it = |node: &Node| parts.get(node.index()) == Some(&part);
        let hash = hasher.hash_one(&part);
        if let Some(node) = known.find(hash, is_it) {
            return *node;
        }
        let node = Node(u32::try_from(parts.len()).unwrap_or(u32::MAX));
        parts.push(part);
        known.insert_unique(hash, node, |node| {
            parts.get(node.index()).map_or(0, |part| hasher.hash_one(part))
        });
        node
    }

    /// Children of the same sort are taken up, twins are dropped.
    fn flat(&self, nodes: Vec<Node>, all: bool) -> Vec<Node> {
        let mut flat = Vec::with_capacity(nodes.len());
        for node in nodes {
            match (self.part(node), all) {
                (Part::Constant(value), _) if *value == all => {}
                (Part::All(inner), true) | (Part::Any(inner), false) => flat.extend_from_slice(inner),
                _ => flat.push(node),
            }
        }
        if flat.len() > FEW {
            let mut seen = HashSet::with_capacity(flat.len());
            flat.retain(|node| seen.insert(*node));
        } else {
            let mut kept = Vec::with_capacity(flat.len());
            for node in flat {
                if !kept.contains(&node) {
                    kept.push(node);
                }
            }
            flat = kept;
        }
        flat
    }

    pub(super) fn constant(&mut self, value: bool) -> Node {
        self.push(Part::Constant(value))
    }

    pub(super) fn not(&mut self, node: Node) -> Node {
        match *self.part(node) {
            Part::Not(inner) => inner,
            Part::Constant(value) => self.constant(!value),
            _ => self.push(Part::Not(node)),
        }
    }

    /// Whether children surely exclude each other (`all`), or surely leave nothing out (not `all`):
    /// a node with its negation, or two ends of one sum. Searching would find it too, but a sum has
    /// very many ways to come about.
    fn contradicts(&self, nodes: &[Node], all: bool) -> bool {
        if nodes.len() < 2 {
            return false;
        }
        let set: Option<HashSet<Node>> = (nodes.len() > FEW).then(|| nodes.iter().copied().collect());
        let contains = |node: &Node| match &set {
            Some(set) => set.contains(node),
            None => nodes.contains(node),
        };
        nodes.iter().any(|node| {
            let Part::Not(inner) = self.part(*node) else {
                return false;
            };
            if contains(inner) {
                return true;
            }
            let Part::Sum(below, terms) = self.part(*inner) else {
                return false;
            };
            nodes.iter().any(|node| match self.part(*node) {
                Part::Sum(least, others) if others == terms => {
                    if all {
                        least >= below
                    } else {
                        least <= below
                    }
                }
                _ => false,
            })
        })
    }

    pub(super) fn all(&mut self, nodes: Vec<Node>) -> Node {
        let nodes = self.flat(nodes, true);
        if self.contradicts(&nodes, true) {
            return self.constant(false);
        }
        match nodes.as_slice() {
            [] => self.constant(true),
            [one] => *one,
            _ => self.push(Part::All(nodes.into())),
        }
    }

    pub(super) fn any(&mut self, nodes: Vec<Node>) -> Node {
        let nodes = self.flat(nodes, false);
        if self.contradicts(&nodes, false) {
            return self.constant(true);
        }
        match nodes.as_slice() {
            [] => self.constant(false),
            [one] => *one,
            _ => self.push(Part::Any(nodes.into())),
        }
    }

    /// A literal that holds, or does not, in each cell alike.
    pub(super) fn literal(&mut self, literal: Literal) -> Node {
        self.push(Part::In(literal.variable, literal.holds_in.into_words()))
    }

    /// A literal on a vague quantity: its cells are widened or narrowed to whole segments.
    fn vague_literal(&mut self, literal: Literal, reading: Reading) -> Node {
        let variable = self.cells.variable(literal.variable);
        let ordered = variable.and_then(|variable| self.cells.ordered(variable.fact));
        let (Some(variable), Some(ordered)) = (variable, ordered) else {
            return self.literal(literal);
        };
        let set = CellSet::of(variable.cells, |cell| {
            let (first, after) = ordered.cells_of_segment(ordered.segment_of_cell(cell));
            match reading {
                Reading::Surely => (first..after).all(|cell| literal.holds_in.contains(cell)),
                Reading::Perhaps => (first..after).any(|cell| literal.holds_in.contains(cell)),
            }
        });
        self.literal(Literal {
            variable: literal.variable,
            holds_in: set,
        })
    }

    /// A condition in one reading.
    pub(super) fn condition(&mut self, condition: &'b Condition, reading: Reading) -> Node {
        let place = (std::ptr::from_ref(condition), reading);
        if let Some(node) = self.conditions.get(&place) {
            return *node;
        }
        let node = self.put_in(condition, reading);
        self.conditions.insert(place, node);
        node
    }

    fn put_in(&mut self, condition: &'b Condition, reading: Reading) -> Node {
        match condition {
            Condition::Fact { fact, test, .. } => {
                let vague = mentions_vague(test);
                let groups = self.cells.literals(*fact, test);
                let mut nodes = Vec::with_capacity(groups.len());
                for group in groups {
                    let is_all = matches!(group, Literals::All(_));
                    let (Literals::All(literals) | Literals::Any(literals)) = group;
                    let parts: Vec<Node> = literals
                        .into_iter()
                        .map(|literal| {
                            if vague {
                                self.vague_literal(literal, reading)
                            } else {
                                self.literal(literal)
                            }
                        })
                        .collect();
                    nodes.push(if is_all { self.all(parts) } else { self.any(parts) });
                }
                self.all(nodes)
            }
            Condition::Defined {
                definition,
                yes: true,
                ..
            } => self.defined(*definition, reading),
            Condition::Defined {
                definition,
                yes: false,
                ..
            } => {
                let node = self.defined(*definition, reading.other());
                self.not(node)
            }
            Condition::Scored {
                definition, from, to, ..
            } => self.scored(*definition, *from, *to, reading),
            Condition::All(conditions, _) => {
                let nodes = conditions
                    .iter()
                    .map(|condition| self.put_in(condition, reading))
                    .collect();
                self.all(nodes)
            }
            Condition::Any(conditions, _) => {
                let nodes = conditions
                    .iter()
                    .map(|condition| self.put_in(condition, reading))
                    .collect();
                self.any(nodes)
            }
            // Only properties test advice; as an assumption it says nothing about cases.
            Condition::Gives { .. } => self.constant(reading == Reading::Perhaps),
        }
    }

    fn defined(&mut self, definition: DefinitionIndex, reading: Reading) -> Node {
        if let Some(node) = self.defined.get(&(definition, reading)) {
            return *node;
        }
        let definitions = self.definitions;
        let node = match definitions
            .get(definition.index())
            .map(|definition| &definition.body)
        {
            Some(DefinitionBody::When(condition)) => self.put_in(condition, reading),
            Some(DefinitionBody::Count { at_least, of }) => {
                let terms: Vec<(i64, Node)> = of
                    .iter()
                    .map(|condition| (1, self.put_in(condition, reading)))
                    .collect();
                self.push(Part::Sum(i64::from(*at_least), terms.into()))
            }
            Some(DefinitionBody::Score(_)) | None => self.constant(false),
        };
        self.defined.insert((definition, reading), node);
        node
    }

    fn scored(&mut self, definition: DefinitionIndex, from: i64, to: i64, reading: Reading) -> Node {
        let mut nodes = Vec::with_capacity(2);
        if from > i64::MIN {
            nodes.push(self.sum_at_least(definition, from, reading));
        }
        if to < i64::MAX {
            let above = self.sum_at_least(definition, to.saturating_add(1), reading.other());
            nodes.push(self.not(above));
        }
        self.all(nodes)
    }

    /// Surely so many points: what adds points surely holds, what takes points perhaps holds.
    fn sum_at_least(&mut self, definition: DefinitionIndex, least: i64, reading: Reading) -> Node {
        let definitions = self.definitions;
        let Some(DefinitionBody::Score(points)) = definitions
            .get(definition.index())
            .map(|definition| &definition.body)
        else {
            return self.constant(false);
        };
        let terms: Vec<(i64, Node)> = points
            .iter()
            .map(|(points, condition)| {
                let reading = if *points >= 0 { reading } else { reading.other() };
                (i64::from(*points), self.put_in(condition, reading))
            })
            .collect();
        self.push(Part::Sum(least, terms.into()))
    }

    /// A condition that may be left out, and holds then.
    pub(super) fn condition_or_true(&mut self, condition: Option<&'b Condition>, reading: Reading) -> Node {
        match condition {
            Some(condition) => self.condition(condition, reading),
            None => self.constant(true),
        }
    }

    /// The clock has surely reached the limit.
    pub(super) fn reached(&mut self, window: &Window) -> Node {
        let literal = self.cells.reached(window);
        self.literal(literal)
    }

    /// The clock is surely not past the limit.
    pub(super) fn within(&mut self, window: &Window) -> Node {
        let literal = self.cells.within(window);
        self.literal(literal)
    }

    /// The clock is past the lower end of a vague limit and not past the upper.
    pub(super) fn nearly_within(&mut self, window: &Window) -> Option<Node> {
        let literal = self.cells.nearly_within(window)?;
        Some(self.literal(literal))
    }

    /// A choice, scale or yes-or-no fact is in a cell that fits.
    pub(super) fn in_cells(&mut self, variable: VariableIndex, fits: impl Fn(u32) -> bool) -> Node {
        self.literal(Literal {
            variable,
            holds_in: CellSet::of(self.cell_count(variable), fits),
        })
    }

    /// The nodes below (and with) these, children before parents.
    pub(super) fn below(&mut self, roots: &[Node]) -> Vec<Node> {
        self.met.resize(self.parts.len(), 0);
        self.walks = self.walks.checked_add(1).unwrap_or_else(|| {
            self.met.fill(0);
            1
        });
        let mut open: Vec<Node> = roots.to_vec();
        let mut found: Vec<Node> = Vec::new();
        while let Some(node) = open.pop() {
            let walk = self.walks;
            let new = self
                .met
                .get_mut(node.index())
                .is_some_and(|met| std::mem::replace(met, walk) != walk);
            if !new {
                continue;
            }
            found.push(node);
            match self.parts.get(node.index()) {
                Some(Part::Not(child)) => open.push(*child),
                Some(Part::All(children) | Part::Any(children)) => open.extend_from_slice(children),
                Some(Part::Sum(_, terms)) => open.extend(terms.iter().map(|(_, child)| *child)),
                Some(Part::Constant(_) | Part::In(..)) | None => {}
            }
        }
        found.compact_sort();
        found
    }

    /// The variables that these nodes depend on, sorted.
    pub(super) fn variables(&mut self, roots: &[Node]) -> Vec<VariableIndex> {
        let below = self.below(roots);
        let mut variables: Vec<VariableIndex> = below
            .into_iter()
            .filter_map(|node| match self.part(node) {
                Part::In(variable, _) => Some(*variable),
                _ => None,
            })
            .collect();
        variables.compact_sort();
        variables.dedup();
        variables
    }

    /// Into how many combinations the variables tested more than once below a node are cut by their
    /// tests, definitions put in.
    pub(super) fn combinations(&mut self, root: Node) -> usize {
        let below = self.below(&[root]);
        let place = |node: Node| below.binary_search(&node).ok();
        let mut weights = vec![0u32; below.len()];
        if let Some(top) = weights.last_mut() {
            *top = 1;
        }
        let mut tests: Vec<(VariableIndex, u32, &[u64])> = Vec::new();
        // The two ends of one score are one test of its facts.
        let mut sums: HashSet<&[(i64, Node)]> = HashSet::new();
        for (number, node) in below.iter().enumerate().rev() {
            let times = weights.get(number).copied().unwrap_or(0);
            let mut pass = |child: Node| {
                if let Some(weight) = place(child).and_then(|place| weights.get_mut(place)) {
                    *weight = weight.saturating_add(times);
                }
            };
            match self.part(*node) {
                Part::In(variable, set) => tests.push((*variable, times, set)),
                Part::Not(child) => pass(*child),
                Part::All(children) | Part::Any(children) => children.iter().for_each(|child| pass(*child)),
                // Without a second count for the other end, which leaves its tests with a weight of none.
                Part::Sum(_, terms) if sums.insert(terms) => terms.iter().for_each(|(_, child)| pass(*child)),
                Part::Sum(..) | Part::Constant(_) => {}
            }
        }
        tests.compact_sort_by_key(|(variable, _, _)| *variable);
        tests
            .chunk_by(|(one, _, _), (other, _, _)| one == other)
            .filter(|tests| {
                let times = tests.iter().map(|(_, times, _)| *times);
                times.fold(0, u32::saturating_add) > 1
            })
            .map(|tests| {
                let variable = tests.first().map(|(variable, _, _)| *variable);
                let sets: Vec<&[u64]> = tests.iter().map(|(_, _, set)| *set).collect();
                classes(variable.map_or(1, |variable| self.cell_count(variable)), &sets)
            })
            .fold(1usize, usize::saturating_mul)
    }
}

/// Into how many classes sets cut the cells of a variable.
fn classes(count: u32, sets: &[&[u64]]) -> usize {
    let has = |set: &[u64], cell: u32| {
        set.get((cell / 64) as usize)
            .is_some_and(|word| word >> (cell % 64) & 1 == 1)
    };
    // Cells side by side are mostly of one class: only where one ends is the next looked at.
    let mut signatures: Vec<Vec<bool>> = Vec::new();
    for cell in 0..count {
        let signature = || sets.iter().map(|set| has(set, cell));
        if signatures
            .last()
            .is_none_or(|last| !signature().eq(last.iter().copied()))
        {
            signatures.push(signature().collect());
        }
    }
    signatures.compact_sort();
    signatures.dedup();
    signatures.len()
}

/// Whether a test compares with a vague quantity.
fn mentions_vague(test: &Test) -> bool {
    match test {
        Test::Compare(_, Limit::Vague(_)) => true,
        Test::All(tests) => tests.iter().any(mentions_vague),
        _ => false,
    }
}

/// The vague quantities that a test compares with.
pub(super) fn vagues_of(test: &Test, visit: &mut impl FnMut(VagueIndex)) {
    match test {
        Test::Compare(_, Limit::Vague(vague)) => visit(*vague),
        Test::All(tests) => tests.iter().for_each(|test| vagues_of(test, visit)),
        _ => {}
    }
}
