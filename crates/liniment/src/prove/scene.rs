//! A case as unknowns of the solver, partial ones included: which values are possible.
//!
//! A value of an ordered fact is a *segment* between two cuts. A known value leaves every cell of its
//! segment possible, the ways in which a hidden limit may lie included, so a case is a set of possible
//! segments for each variable. A condition has two *rails*: it is True, and it is not False. Kleene's
//! rails are gates; where a fact occurs twice below a condition the evaluator may know more than Kleene,
//! and the rails are left free between what is sure and what is conceivable. A case found with a free
//! rail that the evaluator does not confirm teaches the solver what the evaluator said.

use batsat::Lit;
use hashbrown::HashMap;

use super::circuits::Picture;
use super::gates::{Form, Gates};
use crate::cells::{Cells, Literal, VariableIndex};
use crate::compact_sort::CompactSort;
use crate::compile::{Node, NodeId, Nodes};

/// Whether something is True, and whether it is not False.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rail {
    pub(super) sure: Lit,
    pub(super) possible: Lit,
}

impl Rail {
    pub(super) fn not(self) -> Self {
        Self {
            sure: !self.possible,
            possible: !self.sure,
        }
    }
}

/// One case.
pub(super) struct Scene {
    /// Which knowledge base it is a case of.
    pub(super) world: usize,
    /// By variable, by segment: it is possible. Empty where nothing has been asked of the variable yet.
    pub(super) segments: Vec<Vec<Lit>>,
    /// Assumed where every variable has exactly one segment.
    pub(super) complete: Lit,
    kleene: HashMap<NodeId, Rail>,
    exact: HashMap<NodeId, Rail>,
    /// What each condition is, by its number over all cases.
    numbers: HashMap<NodeId, u32>,
    /// Rails that only the evaluator settles.
    pub(super) free: Vec<(NodeId, Rail)>,
    /// "Any of these", of those that count; true only as far as the evaluator says so.
    pub(super) joins: Vec<Join>,
    /// What the rules say: advice beside which rules stand, and all.
    pub(super) pictures: [Picture; 2],
}

/// "Any of these", of many rules: each counts under a condition. Settled for those that count in a case found.
#[derive(Clone)]
pub(super) struct Join {
    pub(super) parts: Vec<(Lit, NodeId)>,
    pub(super) sure: Lit,
}

/// How many segments a variable has.
pub(super) fn segment_count(cells: &Cells, variable: VariableIndex) -> usize {
    let Some(found) = cells.variable(variable) else {
        return 0;
    };
    cells
        .ordered(found.fact)
        .map_or(found.cells as usize, |ordered| ordered.cuts().len() + 1)
}

/// The cells of a segment: the first, and the one after the last.
pub(super) fn cells_of_segment(cells: &Cells, variable: VariableIndex, segment: usize) -> (u32, u32) {
    match cells
        .variable(variable)
        .and_then(|found| cells.ordered(found.fact))
    {
        Some(ordered) => ordered.cells_of_segment(segment),
        None => {
            let cell = u32::try_from(segment).unwrap_or(u32::MAX);
            (cell, cell.saturating_add(1))
        }
    }
}

/// Sums of a score beyond which it is left free.
const MOST_SUMS: usize = 4096;

impl Scene {
    /// A case of which nothing is known.
    pub(super) fn new(gates: &mut Gates, world: usize, cells: &Cells) -> Self {
        let segments = (0..cells.variables.len())
            .map(|position| {
                let variable = VariableIndex(u32::try_from(position).unwrap_or(u32::MAX));
                (0..segment_count(cells, variable))
                    .map(|_| gates.fresh())
                    .collect()
            })
            .collect();
        Self::over(gates, world, segments)
    }

    /// A case of which only those facts are ever stated that questions rest on.
    pub(super) fn narrow(gates: &mut Gates, world: usize, cells: &Cells) -> Self {
        Self::over(gates, world, vec![Vec::new(); cells.variables.len()])
    }

    /// A case over given unknowns.
    pub(super) fn over(gates: &mut Gates, world: usize, segments: Vec<Vec<Lit>>) -> Self {
        let complete = gates.fresh();
        for possible in segments.iter().filter(|possible| !possible.is_empty()) {
            gates.clause(possible);
            at_most_one(gates, complete, possible);
        }
        Self {
            world,
            segments,
            complete,
            kleene: HashMap::new(),
            exact: HashMap::new(),
            numbers: HashMap::new(),
            free: Vec::new(),
            joins: Vec::new(),
            pictures: Default::default(),
        }
    }

    /// Whether a segment is possible.
    pub(super) fn possible(&self, variable: VariableIndex, segment: usize) -> Option<Lit> {
        self.segments
            .get(variable.index())
            .and_then(|segments| segments.get(segment))
            .copied()
    }

    /// The unknowns of a variable, by segment.
    pub(super) fn segments_of(
        &mut self,
        gates: &mut Gates,
        cells: &Cells,
        variable: VariableIndex,
    ) -> &[Lit] {
        let Some(segments) = self.segments.get_mut(variable.index()) else {
            return &[];
        };
        if segments.is_empty() {
            *segments = (0..segment_count(cells, variable))
                .map(|_| gates.fresh())
                .collect();
            gates.clause(segments);
            at_most_one(gates, self.complete, segments);
        }
        segments
    }

    /// It is the only possible segment.
    pub(super) fn only(
        &mut self,
        gates: &mut Gates,
        cells: &Cells,
        variable: VariableIndex,
        segment: usize,
    ) -> Lit {
        let segments = self.segments_of(gates, cells, variable);
        gates.and(segments.iter().enumerate().map(|(position, possible)| {
            if position == segment {
                *possible
            } else {
                !*possible
            }
        }))
    }

    /// What the evaluator says of a node.
    pub(super) fn of(&mut self, gates: &mut Gates, cells: &Cells, nodes: &Nodes, root: NodeId) -> Rail {
        if let Some(known) = self.exact.get(&root) {
            return *known;
        }
        for node in nodes.below(&[root]) {
            if !self.exact.contains_key(&node) {
                let rail = self.settle(gates, cells, nodes, node);
                self.exact.insert(node, rail);
            }
        }
        self.exact.get(&root).copied().unwrap_or_else(|| unsettled(gates))
    }

    /// Everything below is already there.
    fn settle(&mut self, gates: &mut Gates, cells: &Cells, nodes: &Nodes, node: NodeId) -> Rail {
        let number = self.number_of(gates, cells, nodes, node);
        let kleene = self.kleene_of(gates, cells, nodes, node);
        if !nodes.repeats(node) {
            return kleene;
        }
        let below = |exact: &HashMap<NodeId, Rail>, parts: &[NodeId]| -> Vec<Rail> {
            parts.iter().filter_map(|part| exact.get(part).copied()).collect()
        };
        if let Node::Not(inner) = nodes.get(node)
            && let Some(inner) = self.exact.get(inner)
        {
            return inner.not();
        }
        // The same condition of the same unknowns in another case.
        if let Some(rail) = gates.free_rail(number) {
            self.free.push((node, rail));
            return rail;
        }
        let rail = unsettled(gates);
        gates.set_free_rail(number, rail);
        gates.implies(kleene.sure, rail.sure);
        gates.implies(rail.possible, kleene.possible);
        match nodes.get(node) {
            // All are True when each is; some may be True when one may be.
            Node::All(parts) => below(&self.exact, parts).iter().for_each(|part| {
                gates.implies(rail.sure, part.sure);
                gates.implies(rail.possible, part.possible);
            }),
            Node::Any(parts) => below(&self.exact, parts).iter().for_each(|part| {
                gates.implies(part.possible, rail.possible);
                gates.implies(part.sure, rail.sure);
            }),
            _ => {}
        }
        self.free.push((node, rail));
        rail
    }

    /// The number of a condition; those of what is below it are there.
    pub(super) fn number_of(&mut self, gates: &mut Gates, cells: &Cells, nodes: &Nodes, node: NodeId) -> u32 {
        if let Some(known) = self.numbers.get(&node) {
            return *known;
        }
        // Made where it is asked of for the first time.
        let unknowns = match nodes.get(node) {
            Node::Literal(literal) => self.segments_of(gates, cells, literal.variable).to_vec(),
            _ => Vec::new(),
        };
        let of = |part: &NodeId| self.numbers.get(part).copied().unwrap_or(u32::MAX);
        let sorted = |parts: &[NodeId]| {
            let mut numbers: Vec<u32> = parts.iter().map(of).collect();
            numbers.compact_sort();
            numbers.dedup();
            numbers
        };
        let form = match nodes.get(node) {
            Node::Constant(value) => Form::Constant(*value),
            Node::Literal(literal) => {
                let count = cells.variable(literal.variable).map_or(0, |found| found.cells);
                Form::Literal(
                    unknowns,
                    (0..count)
                        .filter(|cell| literal.holds_in.contains(*cell))
                        .collect(),
                )
            }
            Node::Not(inner) => Form::Not(of(inner)),
            Node::All(parts) => Form::All(sorted(parts)),
            Node::Any(parts) => Form::Any(sorted(parts)),
            Node::Score { from, to, terms } => {
                let mut parts: Vec<(i64, u32)> =
                    terms.iter().map(|(points, part)| (*points, of(part))).collect();
                parts.compact_sort();
                Form::Score(*from, *to, parts)
            }
        };
        let number = gates.number_of(form);
        self.numbers.insert(node, number);
        number
    }

    fn kleene_of(&mut self, gates: &mut Gates, cells: &Cells, nodes: &Nodes, node: NodeId) -> Rail {
        if let Some(known) = self.kleene.get(&node) {
            return *known;
        }
        let both = |value: Lit| Rail {
            sure: value,
            possible: value,
        };
        if let Node::Literal(literal) = nodes.get(node) {
            let rail = self.literal(gates, cells, literal);
            self.kleene.insert(node, rail);
            return rail;
        }
        let of = |part: &NodeId| self.kleene.get(part).copied();
        let rail = match nodes.get(node) {
            Node::Constant(value) => both(gates.constant(*value)),
            Node::Literal(_) => unsettled(gates),
            Node::Not(inner) => of(inner).map_or_else(|| unsettled(gates), Rail::not),
            Node::All(parts) => {
                let parts: Vec<Rail> = parts.iter().filter_map(of).collect();
                Rail {
                    sure: gates.and(parts.iter().map(|part| part.sure)),
                    possible: gates.and(parts.iter().map(|part| part.possible)),
                }
            }
            Node::Any(parts) => {
                let parts: Vec<Rail> = parts.iter().filter_map(of).collect();
                Rail {
                    sure: gates.or(parts.iter().map(|part| part.sure)),
                    possible: gates.or(parts.iter().map(|part| part.possible)),
                }
            }
            Node::Score { from, to, terms } => {
                let terms: Vec<(i64, Rail)> = terms
                    .iter()
                    .filter_map(|(points, part)| of(part).map(|rail| (*points, rail)))
                    .collect();
                gates.follows = true;
                let rail = score(gates, *from, *to, &terms);
                gates.follows = false;
                rail
            }
        };
        self.kleene.insert(node, rail);
        rail
    }

    fn literal(&mut self, gates: &mut Gates, cells: &Cells, literal: &Literal) -> Rail {
        let segments = self.segments_of(gates, cells, literal.variable);
        let (mut inside, mut outside) = (Vec::new(), Vec::new());
        for (segment, possible) in segments.iter().enumerate() {
            let (first, next) = cells_of_segment(cells, literal.variable, segment);
            if (first..next).any(|cell| literal.holds_in.contains(cell)) {
                inside.push(*possible);
            }
            if (first..next).any(|cell| !literal.holds_in.contains(cell)) {
                outside.push(!*possible);
            }
        }
        Rail {
            sure: gates.and(outside),
            possible: gates.or(inside),
        }
    }
}

/// No two of these hold where the selector does.
fn at_most_one(gates: &mut Gates, selector: Lit, parts: &[Lit]) {
    if parts.len() <= 6 {
        for (position, one) in parts.iter().enumerate() {
            for other in parts.iter().skip(position + 1) {
                gates.clause(&[!selector, !*one, !*other]);
            }
        }
        return;
    }
    let mut before = gates.constant(false);
    for part in parts {
        gates.clause(&[!selector, !*part, !before]);
        before = gates.or([before, *part]);
    }
}

/// Rails of which nothing is known but that what is True is not False.
fn unsettled(gates: &mut Gates) -> Rail {
    let rail = Rail {
        sure: gates.fresh(),
        possible: gates.fresh(),
    };
    gates.implies(rail.sure, rail.possible);
    rail
}

/// Which sums can be reached, term by term; as the evaluator does.
fn score(gates: &mut Gates, from: i64, to: i64, terms: &[(i64, Rail)]) -> Rail {
    let mut sums: std::collections::BTreeMap<i64, Lit> = std::collections::BTreeMap::new();
    sums.insert(0, gates.constant(true));
    for (points, rail) in terms {
        let mut next: std::collections::BTreeMap<i64, Vec<Lit>> = std::collections::BTreeMap::new();
        for (sum, reached) in &sums {
            let without = gates.and([*reached, !rail.sure]);
            let with = gates.and([*reached, rail.possible]);
            next.entry(*sum).or_default().push(without);
            next.entry(sum.saturating_add(*points)).or_default().push(with);
        }
        sums.clear();
        sums.extend(next.into_iter().map(|(sum, ways)| (sum, gates.or(ways))));
        if sums.len() > MOST_SUMS {
            return unsettled(gates);
        }
    }
    let inside: Vec<Lit> = sums
        .iter()
        .filter(|(sum, _)| (from..=to).contains(*sum))
        .map(|(_, reached)| *reached)
        .collect();
    let outside: Vec<Lit> = sums
        .iter()
        .filter(|(sum, _)| !(from..=to).contains(*sum))
        .map(|(_, reached)| !*reached)
        .collect();
    Rail {
        sure: gates.and(outside),
        possible: gates.or(inside),
    }
}
