//! Is there a complete case of which a formula is true?
//!
//! Each variable starts with all its cells. A node is then true, false, or open. While the formula is
//! open, one test that is open is decided both ways, and so on: a tree of choices, cut wherever the
//! formula is already decided.

use std::ops::Range;

use super::formula::{Formula, Node, Part};
use crate::cells::VariableIndex;
use crate::compact_sort::CompactSort;

/// What came out of a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// A case.
    Found(Found),
    /// There is none.
    None,
    /// The budget ran out.
    Undecided,
}

/// For each variable that the formula depends on, the cells that all do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    variables: Vec<Place>,
    words: Vec<u64>,
}

impl Found {
    /// The variables, sorted, with their cells.
    pub(super) fn variables(&self) -> impl Iterator<Item = (VariableIndex, &[u64])> {
        self.variables.iter().map(|place| {
            let words = self.words.get(place.words.clone()).unwrap_or_default();
            (place.variable, words)
        })
    }
}

/// Where the cells of a variable are.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    variable: VariableIndex,
    words: Range<usize>,
}

/// Three values of a node: true, false, or still open.
type Value = Option<bool>;

/// Searches for a complete case of which the formula is true, in at most so many steps.
pub(super) fn search(formula: &mut Formula<'_>, root: Node, budget: &mut u64) -> Answer {
    let (mut search, every_cell) = Search::new(formula, root);
    // Choices still to try: the cells left to each variable.
    let mut stack: Vec<Vec<u64>> = vec![every_cell];
    while let Some(mut cells) = stack.pop() {
        if *budget == 0 {
            return Answer::Undecided;
        }
        *budget -= 1;
        match search.evaluate(&cells) {
            Some(true) => {
                return Answer::Found(Found {
                    variables: search.variables,
                    words: cells,
                });
            }
            Some(false) => {}
            None => {
                let Some((words, set)) = search.open_test() else {
                    continue;
                };
                let mut inside = cells.clone();
                keep(&mut inside, &words, set, true);
                keep(&mut cells, &words, set, false);
                // What makes the test true is tried first: it comes last onto the stack.
                stack.push(cells);
                stack.push(inside);
            }
        }
    }
    Answer::None
}

/// Keeps the cells of a variable that are in the set, or those that are not.
fn keep(cells: &mut [u64], words: &Range<usize>, set: &[u64], inside: bool) {
    for (word, mask) in cells.get_mut(words.clone()).into_iter().flatten().zip(set) {
        *word &= if inside { *mask } else { !mask };
    }
}

/// A node of the formula, its children by their place among the nodes of the question.
enum Step<'s> {
    Constant(bool),
    In(Range<usize>, &'s [u64]),
    Not(usize),
    /// All of the children, or (not) any of them.
    Joined(bool, Range<usize>),
    Sum(i64, Range<usize>),
}

/// The part of a formula that a question is about.
struct Search<'s> {
    variables: Vec<Place>,
    steps: Vec<Step<'s>>,
    /// The children of all steps, with their points in a sum.
    children: Vec<(usize, i64)>,
    values: Vec<Value>,
}

impl<'s> Search<'s> {
    /// The question, and all cells of its variables.
    fn new(formula: &'s mut Formula<'_>, root: Node) -> (Self, Vec<u64>) {
        let below = formula.below(&[root]);
        let formula: &'s Formula<'_> = formula;
        let mut variables: Vec<VariableIndex> = below
            .iter()
            .filter_map(|node| match formula.part(*node) {
                Part::In(variable, _) => Some(*variable),
                _ => None,
            })
            .collect();
        variables.compact_sort();
        variables.dedup();
        let mut cells: Vec<u64> = Vec::new();
        let variables: Vec<Place> = variables
            .into_iter()
            .map(|variable| {
                let (first, count) = (cells.len(), formula.cell_count(variable));
                cells.extend((0..count.div_ceil(64)).map(|word| match count - word * 64 {
                    left if left >= 64 => u64::MAX,
                    left => (1u64 << left) - 1,
                }));
                Place {
                    variable,
                    words: first..cells.len(),
                }
            })
            .collect();
        let place = |node: &Node| below.binary_search(node).unwrap_or(0);
        let mut children: Vec<(usize, i64)> = Vec::new();
        let mut listed = |nodes: &mut dyn Iterator<Item = (usize, i64)>| {
            let start = children.len();
            children.extend(nodes);
            start..children.len()
        };
        let steps: Vec<Step<'s>> = below
            .iter()
            .map(|node| match formula.part(*node) {
                Part::Constant(value) => Step::Constant(*value),
                Part::In(variable, set) => {
                    let found = variables.binary_search_by_key(variable, |place| place.variable);
                    let words = found.ok().and_then(|found| variables.get(found));
                    Step::In(words.map_or(0..0, |place| place.words.clone()), set)
                }
                Part::Not(child) => Step::Not(place(child)),
                Part::All(nodes) => {
                    Step::Joined(true, listed(&mut nodes.iter().map(|node| (place(node), 0))))
                }
                Part::Any(nodes) => {
                    Step::Joined(false, listed(&mut nodes.iter().map(|node| (place(node), 0))))
                }
                Part::Sum(least, terms) => {
                    let mut terms = terms.iter().map(|(points, node)| (place(node), *points));
                    Step::Sum(*least, listed(&mut terms))
                }
            })
            .collect();
        let search = Self {
            values: vec![None; steps.len()],
            variables,
            steps,
            children,
        };
        (search, cells)
    }

    fn value(&self, step: usize) -> Value {
        self.values.get(step).copied().flatten()
    }

    fn children(&self, children: &Range<usize>) -> &[(usize, i64)] {
        self.children.get(children.clone()).unwrap_or_default()
    }

    fn evaluate(&mut self, cells: &[u64]) -> Value {
        for number in 0..self.steps.len() {
            let value = match self.steps.get(number) {
                Some(Step::Constant(value)) => Some(*value),
                Some(Step::In(words, set)) => within(cells.get(words.clone()).unwrap_or_default(), set),
                Some(Step::Not(child)) => self.value(*child).map(|value| !value),
                Some(Step::Joined(all, children)) => self.joined(self.children(children), !all),
                Some(Step::Sum(least, terms)) => self.sum(*least, self.children(terms)),
                None => None,
            };
            if let Some(slot) = self.values.get_mut(number) {
                *slot = value;
            }
        }
        // The root is the last: all others are below it.
        self.values.last().copied().flatten()
    }

    /// `decisive` as soon as one child is; its opposite when all are that.
    fn joined(&self, children: &[(usize, i64)], decisive: bool) -> Value {
        let mut open = false;
        for (child, _) in children {
            match self.value(*child) {
                Some(value) if value == decisive => return Some(decisive),
                Some(_) => {}
                None => open = true,
            }
        }
        (!open).then_some(!decisive)
    }

    fn sum(&self, least: i64, terms: &[(usize, i64)]) -> Value {
        let (mut low, mut high) = (0i64, 0i64);
        for (child, points) in terms {
            match self.value(*child) {
                Some(true) => {
                    low = low.saturating_add(*points);
                    high = high.saturating_add(*points);
                }
                Some(false) => {}
                None => {
                    low = low.saturating_add((*points).min(0));
                    high = high.saturating_add((*points).max(0));
                }
            }
        }
        if low >= least {
            Some(true)
        } else if high < least {
            Some(false)
        } else {
            None
        }
    }

    /// A test that is open and on which the formula depends: its variable's words, and its set.
    fn open_test(&self) -> Option<(Range<usize>, &'s [u64])> {
        let mut step = self.steps.len().checked_sub(1)?;
        loop {
            let open = |(child, _): &&(usize, i64)| self.value(*child).is_none();
            step = match self.steps.get(step)? {
                Step::In(words, set) => return Some((words.clone(), set)),
                Step::Not(child) => *child,
                Step::Joined(_, children) | Step::Sum(_, children) => {
                    self.children(children).iter().find(open)?.0
                }
                Step::Constant(_) => return None,
            };
        }
    }
}

/// Whether all of the cells are in the set, or none.
fn within(cells: &[u64], set: &[u64]) -> Value {
    let (mut some_in, mut some_out) = (false, false);
    for (word, mask) in cells.iter().zip(set) {
        some_in |= word & mask != 0;
        some_out |= word & !mask != 0;
    }
    if some_in && some_out { None } else { Some(some_in) }
}
