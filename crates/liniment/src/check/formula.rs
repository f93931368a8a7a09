//! Conditions as formulas over cells, small enough to search.
//!
//! A formula is built anew for each question, from the conditions that the question is about. In a
//! complete case every variable is in one segment of cells; a condition on a vague quantity is then
//! surely met, surely not met, or neither. So each condition is put in one of two readings, and each
//! reading is plainly true or false of a complete case.

use std::collections::{HashMap, HashSet};

use super::base::{Condition, DefinitionBody, DefinitionIndex, VagueIndex, Window};
use super::base::{Limit, Test};
use crate::cells::{CellSet, Cells, Literal, Literals, VariableIndex};

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Node(pub(super) u32);

impl Node {
    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Part {
    Constant(bool),
    /// The variable (by its local number) is in one of these cells.
    In(u32, Box<[u64]>),
    Not(Node),
    All(Box<[Node]>),
    Any(Box<[Node]>),
    /// The sum of the points of what holds is at least so much.
    Sum(i64, Box<[(i64, Node)]>),
}

/// A formula being built, with the variables that occur in it.
pub(super) struct Formula<'b> {
    cells: &'b Cells,
    definitions: &'b [super::base::Definition],
    pub(super) parts: Vec<Part>,
    known: HashMap<Part, Node>,
    /// By local number.
    pub(super) variables: Vec<VariableIndex>,
    locals: HashMap<VariableIndex, u32>,
    defined: HashMap<(DefinitionIndex, Reading), Node>,
}

impl<'b> Formula<'b> {
    pub(super) fn new(cells: &'b Cells, definitions: &'b [super::base::Definition]) -> Self {
        Self {
            cells,
            definitions,
            parts: Vec::new(),
            known: HashMap::new(),
            variables: Vec::new(),
            locals: HashMap::new(),
            defined: HashMap::new(),
        }
    }

    pub(super) fn part(&self, node: Node) -> &Part {
        self.parts.get(node.index()).unwrap_or(&Part::Constant(false))
    }

    pub(super) fn cell_count(&self, local: u32) -> u32 {
        let variable = self.variables.get(local as usize);
        variable
            .and_then(|variable| self.cells.variable(*variable))
            .map_or(1, |variable| variable.cells)
    }

    /// Equal parts are one.
    fn push(&mut self, part: Part) -> Node {
        if let Some(node) = self.known.get(&part) {
            return *node;
        }
        let node = Node(u32::try_from(self.parts.len()).unwrap_or(u32::MAX));
        self.parts.push(part.clone());
        self.known.insert(part, node);
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
        let mut seen = HashSet::new();
        flat.retain(|node| seen.insert(*node));
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
        let mut plain: HashSet<Node> = HashSet::new();
        let mut negated: Vec<Node> = Vec::new();
        let mut sums: Vec<(i64, &[(i64, Node)])> = Vec::new();
        for node in nodes {
            match self.part(*node) {
                Part::Not(inner) => negated.push(*inner),
                Part::Sum(least, terms) => {
                    sums.push((*least, terms));
                    plain.insert(*node);
                }
                _ => {
                    plain.insert(*node);
                }
            }
        }
        negated.iter().any(|node| {
            plain.contains(node)
                || matches!(self.part(*node), Part::Sum(below, terms) if sums.iter().any(|(least, others)| {
                    others == &&**terms && if all { least >= below } else { least <= below }
                }))
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

    fn local(&mut self, variable: VariableIndex) -> u32 {
        let next = u32::try_from(self.variables.len()).unwrap_or(u32::MAX);
        let local = *self.locals.entry(variable).or_insert(next);
        if local == next {
            self.variables.push(variable);
        }
        local
    }

    /// A literal that holds, or does not, in each cell alike.
    pub(super) fn literal(&mut self, literal: &Literal) -> Node {
        let local = self.local(literal.variable);
        self.push(Part::In(local, literal.holds_in.words().into()))
    }

    /// A literal on a vague quantity: its cells are widened or narrowed to whole segments.
    fn vague_literal(&mut self, literal: &Literal, reading: Reading) -> Node {
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
        self.literal(&Literal {
            variable: literal.variable,
            holds_in: set,
        })
    }

    /// A condition in one reading.
    pub(super) fn condition(&mut self, condition: &Condition, reading: Reading) -> Node {
        match condition {
            Condition::Fact { fact, test, .. } => {
                let vague = mentions_vague(test);
                let groups = self.cells.literals(*fact, test);
                let mut nodes = Vec::with_capacity(groups.len());
                for group in &groups {
                    let (Literals::All(literals) | Literals::Any(literals)) = group;
                    let parts: Vec<Node> = literals
                        .iter()
                        .map(|literal| {
                            if vague {
                                self.vague_literal(literal, reading)
                            } else {
                                self.literal(literal)
                            }
                        })
                        .collect();
                    nodes.push(if let Literals::All(_) = group {
                        self.all(parts)
                    } else {
                        self.any(parts)
                    });
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
                    .map(|condition| self.condition(condition, reading))
                    .collect();
                self.all(nodes)
            }
            Condition::Any(conditions, _) => {
                let nodes = conditions
                    .iter()
                    .map(|condition| self.condition(condition, reading))
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
            Some(DefinitionBody::When(condition)) => self.condition(condition, reading),
            Some(DefinitionBody::Count { at_least, of }) => {
                let terms: Vec<(i64, Node)> = of
                    .iter()
                    .map(|condition| (1, self.condition(condition, reading)))
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
                (i64::from(*points), self.condition(condition, reading))
            })
            .collect();
        self.push(Part::Sum(least, terms.into()))
    }

    /// A condition that may be left out, and holds then.
    pub(super) fn condition_or_true(&mut self, condition: Option<&Condition>, reading: Reading) -> Node {
        match condition {
            Some(condition) => self.condition(condition, reading),
            None => self.constant(true),
        }
    }

    /// The clock has surely reached the limit.
    pub(super) fn reached(&mut self, window: &Window) -> Node {
        let literal = self.cells.reached(window);
        self.literal(&literal)
    }

    /// The clock is surely not past the limit.
    pub(super) fn within(&mut self, window: &Window) -> Node {
        let literal = self.cells.within(window);
        self.literal(&literal)
    }

    /// The clock is past the lower end of a vague limit and not past the upper.
    pub(super) fn nearly_within(&mut self, window: &Window) -> Option<Node> {
        let literal = self.cells.nearly_within(window)?;
        Some(self.literal(&literal))
    }

    /// A choice, scale or yes-or-no fact is in a cell that fits.
    pub(super) fn in_cells(&mut self, variable: VariableIndex, fits: impl Fn(u32) -> bool) -> Node {
        let count = self.cells.variable(variable).map_or(1, |variable| variable.cells);
        self.literal(&Literal {
            variable,
            holds_in: CellSet::of(count, fits),
        })
    }

    /// How often each variable is tested below a node, definitions put in.
    pub(super) fn occurrences(&self, root: Node) -> Vec<u32> {
        let mut weight = vec![0u32; self.parts.len()];
        if let Some(top) = weight.get_mut(root.index()) {
            *top = 1;
        }
        let mut counts = vec![0u32; self.variables.len()];
        // The two ends of one score are one test of its facts.
        let mut sums: HashSet<&[(i64, Node)]> = HashSet::new();
        for number in (0..=root.index()).rev() {
            let Some(times) = weight.get(number).copied().filter(|times| *times > 0) else {
                continue;
            };
            let mut pass = |child: Node| {
                if let Some(slot) = weight.get_mut(child.index()) {
                    *slot = slot.saturating_add(times);
                }
            };
            match self.parts.get(number) {
                Some(Part::In(local, _)) => {
                    if let Some(count) = counts.get_mut(*local as usize) {
                        *count = count.saturating_add(times);
                    }
                }
                Some(Part::Not(child)) => pass(*child),
                Some(Part::All(children) | Part::Any(children)) => {
                    children.iter().for_each(|child| pass(*child))
                }
                Some(Part::Sum(_, terms)) if sums.insert(terms) => {
                    terms.iter().for_each(|(_, child)| pass(*child))
                }
                Some(Part::Sum(..) | Part::Constant(_)) | None => {}
            }
        }
        counts
    }

    /// Into how many classes the tests of the formula cut a variable.
    pub(super) fn classes(&self, local: u32) -> usize {
        let sets: Vec<&[u64]> = self
            .parts
            .iter()
            .filter_map(|part| match part {
                Part::In(of, set) if *of == local => Some(&**set),
                _ => None,
            })
            .collect();
        let has = |set: &[u64], cell: u32| {
            set.get((cell / 64) as usize)
                .is_some_and(|word| word >> (cell % 64) & 1 == 1)
        };
        let mut signatures: Vec<Vec<bool>> = (0..self.cell_count(local))
            .map(|cell| sets.iter().map(|set| has(set, cell)).collect())
            .collect();
        signatures.sort_unstable();
        signatures.dedup();
        signatures.len()
    }
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
