//! Nodes → steps over planes.

use hashbrown::HashMap;
use liniment_planes::{Placed, Slot, Step};

use super::place::place;
use crate::batch::decode::Form;
use crate::cells::{CellSet, Cells, Literal, Ordered, VariableIndex, value_of_key};
use crate::check::base::FactIndex;
use crate::compact_sort::CompactSort;
use crate::compile::{Node, NodeId, Nodes};

/// The planes of a node: where it surely holds, and where it can.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) struct Pair {
    pub(in super::super) surely: Slot,
    pub(in super::super) perhaps: Slot,
}

/// A test of a coded column: which variable, and the cells in which it holds.
#[derive(Clone, Debug)]
pub(super) struct CodedLiteral {
    pub(super) column: usize,
    /// The words of the variable within those of its fact.
    pub(super) words: std::ops::Range<usize>,
    pub(super) holds_in: CellSet,
}

/// Collects steps; equal ones are one.
#[derive(Debug)]
pub(in super::super) struct Lower<'a> {
    cells: &'a Cells,
    /// By fact: its column.
    columns: &'a HashMap<FactIndex, (usize, Form)>,
    steps: Vec<Step>,
    slots: HashMap<Step, Slot>,
    literals: Vec<CodedLiteral>,
    known_literals: HashMap<Literal, usize>,
    nodes: HashMap<NodeId, Pair>,
    /// Rows in which Kleene's truths were not enough, or a score is to be summed.
    alone: Vec<Slot>,
}

impl<'a> Lower<'a> {
    pub(in super::super) fn new(cells: &'a Cells, columns: &'a HashMap<FactIndex, (usize, Form)>) -> Self {
        Self {
            cells,
            columns,
            steps: Vec::new(),
            slots: HashMap::new(),
            literals: Vec::new(),
            known_literals: HashMap::new(),
            nodes: HashMap::new(),
            alone: Vec::new(),
        }
    }

    /// The steps, each with its place. What is wanted is moved to where it stands then.
    pub(super) fn finish(self, wanted: &mut [Slot]) -> (Vec<Placed>, Vec<CodedLiteral>) {
        (place(self.steps, wanted), self.literals)
    }

    fn step(&mut self, step: Step) -> Slot {
        if let Some(slot) = self.slots.get(&step) {
            return *slot;
        }
        let slot = Slot(u32::try_from(self.steps.len()).unwrap_or(u32::MAX));
        self.steps.push(step.clone());
        self.slots.insert(step, slot);
        slot
    }

    fn at(&self, slot: Slot) -> &Step {
        self.steps.get(slot.0 as usize).unwrap_or(&Step::None)
    }

    pub(in super::super) fn constant(&mut self, value: bool) -> Slot {
        self.step(if value { Step::All } else { Step::None })
    }

    pub(in super::super) fn not(&mut self, slot: Slot) -> Slot {
        match self.at(slot) {
            Step::None => self.constant(true),
            Step::All => self.constant(false),
            Step::Not(inner) => *inner,
            _ => self.step(Step::Not(slot)),
        }
    }

    /// Where all of them are.
    pub(in super::super) fn every(&mut self, slots: Vec<Slot>) -> Slot {
        self.join(slots, true)
    }

    /// Where any of them is.
    pub(in super::super) fn any(&mut self, slots: Vec<Slot>) -> Slot {
        self.join(slots, false)
    }

    fn join(&mut self, mut slots: Vec<Slot>, all: bool) -> Slot {
        let (neutral, decider) = if all {
            (Step::All, Step::None)
        } else {
            (Step::None, Step::All)
        };
        slots.retain(|slot| *self.at(*slot) != neutral);
        if slots.iter().any(|slot| *self.at(*slot) == decider) {
            return self.constant(!all);
        }
        slots.compact_sort();
        slots.dedup();
        match (slots.as_slice(), all) {
            ([], _) => self.constant(all),
            ([one], _) => *one,
            ([one, other], true) => self.step(Step::Both([*one, *other])),
            ([one, other], false) => self.step(Step::Either([*one, *other])),
            (_, true) => self.step(Step::Every(slots)),
            (_, false) => self.step(Step::Any(slots)),
        }
    }

    /// Where one of them is and the other is not.
    pub(super) fn one_of(&mut self, one: Slot, other: Slot) -> Slot {
        match (self.at(one), self.at(other)) {
            (Step::None, _) => other,
            (_, Step::None) => one,
            (Step::All, _) => self.not(other),
            (_, Step::All) => self.not(one),
            _ => {
                let mut pair = vec![one, other];
                pair.compact_sort();
                self.step(Step::Odd(pair))
            }
        }
    }

    /// Where the first is and the second is not.
    pub(in super::super) fn without(&mut self, slot: Slot, other: Slot) -> Slot {
        match (self.at(slot), self.at(other)) {
            (Step::None, _) | (_, Step::None) => slot,
            (_, Step::All) => self.constant(false),
            (Step::All, _) => self.not(other),
            _ => self.step(Step::Without([slot, other])),
        }
    }

    fn or_not(&mut self, slot: Slot, other: Slot) -> Slot {
        match (self.at(slot), self.at(other)) {
            (Step::All, _) | (_, Step::All) => slot,
            (_, Step::None) => self.constant(true),
            (Step::None, _) => self.not(other),
            _ => self.step(Step::OrNot([slot, other])),
        }
    }

    /// Where a node is not Unknown.
    pub(in super::super) fn settled(&mut self, pair: Pair) -> Slot {
        self.or_not(pair.surely, pair.perhaps)
    }

    /// These rows are to be evaluated alone.
    pub(in super::super) fn alone(&mut self, slot: Slot) {
        self.alone.push(slot);
    }

    /// All rows that are to be evaluated alone.
    pub(in super::super) fn all_alone(&mut self) -> Slot {
        let alone = self.alone.clone();
        self.any(alone)
    }

    /// The exact truth of a node: where Kleene's need not be, the row is evaluated alone.
    pub(in super::super) fn exact(&mut self, nodes: &Nodes, node: NodeId) -> Pair {
        let pair = self.node(nodes, node);
        if nodes.repeats(node) {
            let open = self.without(pair.perhaps, pair.surely);
            self.alone(open);
        }
        pair
    }

    /// Kleene's truth of a node.
    fn node(&mut self, nodes: &Nodes, root: NodeId) -> Pair {
        for node in nodes.below(&[root]) {
            if self.nodes.contains_key(&node) {
                continue;
            }
            let of = |lower: &Self, node: &NodeId| lower.nodes.get(node).copied();
            let pair = match nodes.get(node) {
                Node::Constant(value) => {
                    let slot = self.constant(*value);
                    Pair {
                        surely: slot,
                        perhaps: slot,
                    }
                }
                Node::Literal(literal) => self.literal(literal),
                Node::Not(inner) => match of(self, inner) {
                    Some(inner) => Pair {
                        surely: self.not(inner.perhaps),
                        perhaps: self.not(inner.surely),
                    },
                    None => continue,
                },
                Node::All(parts) | Node::Any(parts) => {
                    let all = matches!(nodes.get(node), Node::All(_));
                    let pairs: Vec<Pair> = parts.iter().filter_map(|part| of(self, part)).collect();
                    let surely = pairs.iter().map(|pair| pair.surely).collect();
                    let perhaps = pairs.iter().map(|pair| pair.perhaps).collect();
                    Pair {
                        surely: self.join(surely, all),
                        perhaps: self.join(perhaps, all),
                    }
                }
                Node::Score { from, to, terms } => {
                    let terms: Vec<(i64, Pair)> = terms
                        .iter()
                        .filter_map(|(points, term)| Some((*points, of(self, term)?)))
                        .collect();
                    self.score(*from, *to, &terms)
                }
            };
            self.nodes.insert(node, pair);
        }
        self.nodes.get(&root).copied().unwrap_or(Pair {
            surely: Slot(0),
            perhaps: Slot(0),
        })
    }

    /// Where a variable is surely, and perhaps, in these cells.
    pub(in super::super) fn literal(&mut self, literal: &Literal) -> Pair {
        let Some(variable) = self.cells.variable(literal.variable) else {
            let none = self.constant(false);
            return Pair {
                surely: none,
                perhaps: none,
            };
        };
        let held = (0..variable.cells)
            .filter(|cell| literal.holds_in.contains(*cell))
            .count();
        let constant = |lower: &mut Self, surely: bool, perhaps: bool| Pair {
            surely: lower.constant(surely),
            perhaps: lower.constant(perhaps),
        };
        if held == 0 || held == variable.cells as usize {
            return constant(self, held > 0, held > 0);
        }
        let Some((column, form)) = self.columns.get(&variable.fact).copied() else {
            return constant(self, false, true);
        };
        match (form, self.cells.ordered(variable.fact)) {
            (Form::Yes, _) => {
                let yes = self.step(Step::Yes(column));
                let known = self.step(Step::Known(column));
                let holds = if literal.holds_in.contains(1) {
                    yes
                } else {
                    self.without(known, yes)
                };
                Pair {
                    surely: holds,
                    perhaps: self.or_not(holds, known),
                }
            }
            (Form::Floats | Form::Wholes, Some(ordered)) => {
                self.ordered(column, form, ordered, &literal.holds_in)
            }
            _ => self.coded(column, literal),
        }
    }

    fn ordered(&mut self, column: usize, form: Form, ordered: &Ordered, holds_in: &CellSet) -> Pair {
        let known = self.step(Step::Known(column));
        let segments = ordered.cuts().len() + 1;
        let cells = |segment: usize| {
            let (first, next) = ordered.cells_of_segment(segment);
            first..next
        };
        let surely: Vec<bool> = (0..segments)
            .map(|segment| cells(segment).all(|cell| holds_in.contains(cell)))
            .collect();
        let perhaps: Vec<bool> = (0..segments)
            .map(|segment| cells(segment).any(|cell| holds_in.contains(cell)))
            .collect();
        let surely = self.segments(column, form, ordered, &surely, known);
        let perhaps = self.segments(column, form, ordered, &perhaps, known);
        Pair {
            surely,
            perhaps: self.or_not(perhaps, known),
        }
    }

    /// Where a known value lies in these segments: "at least the cut" changes sides at each cut where they do.
    fn segments(
        &mut self,
        column: usize,
        form: Form,
        ordered: &Ordered,
        in_segment: &[bool],
        known: Slot,
    ) -> Slot {
        let mut parts = Vec::new();
        for (pair, cut) in in_segment.windows(2).zip(ordered.cuts()) {
            if pair.first() != pair.last() {
                let step = match form {
                    Form::Floats => Step::AtLeastFloat(column, value_of_key(*cut).to_bits()),
                    _ => Step::AtLeastWhole(column, *cut),
                };
                parts.push(self.step(step));
            }
        }
        let odd = match parts.as_slice() {
            [] => self.constant(false),
            [one] => *one,
            _ => self.step(Step::Odd(parts)),
        };
        if in_segment.first() == Some(&true) {
            self.without(known, odd)
        } else {
            self.every(vec![known, odd])
        }
    }

    fn coded(&mut self, column: usize, literal: &Literal) -> Pair {
        let number = match self.known_literals.get(literal) {
            Some(number) => *number,
            None => {
                let number = self.literals.len();
                self.literals.push(CodedLiteral {
                    column,
                    words: self.words_in_fact(literal.variable),
                    holds_in: literal.holds_in.clone(),
                });
                self.known_literals.insert(literal.clone(), number);
                number
            }
        };
        let mut step = |surely| {
            self.step(Step::Coded {
                column,
                literal: number,
                surely,
            })
        };
        Pair {
            surely: step(true),
            perhaps: step(false),
        }
    }

    fn words_in_fact(&self, variable: VariableIndex) -> std::ops::Range<usize> {
        let Some(found) = self.cells.variable(variable) else {
            return 0..0;
        };
        let first = self
            .cells
            .variable(self.cells.variable_of(found.fact))
            .map_or(0, |first| first.first_word);
        let start = (found.first_word - first) as usize;
        start..start + found.words as usize
    }
}
