//! Is there a complete case of which a formula is true?
//!
//! Each variable starts with all its cells. A node is then true, false, or open. While the formula is
//! open, one test that is open is decided both ways, and so on: a tree of choices, cut wherever the
//! formula is already decided.

use super::formula::{Formula, Node, Part};

/// What came out of a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// A case: for each variable, by its local number, the cells that all do.
    Found(Vec<Vec<u64>>),
    /// There is none.
    None,
    /// The budget ran out.
    Undecided,
}

/// Three values of a node: true, false, or still open.
type Value = Option<bool>;

/// Searches for a complete case of which the formula is true, in at most so many steps.
pub(super) fn search(formula: &Formula<'_>, root: Node, budget: &mut u64) -> Answer {
    let full: Vec<Vec<u64>> = (0..formula.variables.len())
        .map(|local| {
            let count = formula.cell_count(u32::try_from(local).unwrap_or(0));
            (0..count.div_ceil(64))
                .map(|word| {
                    if (word + 1) * 64 <= count {
                        u64::MAX
                    } else {
                        (1u64 << (count % 64)) - 1
                    }
                })
                .collect()
        })
        .collect();
    let mut search = Search {
        formula,
        root,
        values: vec![None; root.index() + 1],
    };
    // Choices still to try: the variable, and the cells left to it.
    let mut stack: Vec<Vec<Vec<u64>>> = vec![full];
    while let Some(cells) = stack.pop() {
        if *budget == 0 {
            return Answer::Undecided;
        }
        *budget -= 1;
        match search.evaluate(&cells) {
            Some(true) => return Answer::Found(cells),
            Some(false) => {}
            None => {
                let Some((local, set)) = search.open_test() else {
                    continue;
                };
                let (inside, outside) = split(&cells, local, set);
                // What makes the test true is tried first: it comes last onto the stack.
                stack.push(outside);
                stack.push(inside);
            }
        }
    }
    Answer::None
}

fn split(cells: &[Vec<u64>], local: u32, set: &[u64]) -> (Vec<Vec<u64>>, Vec<Vec<u64>>) {
    let narrowed = |keep: bool| {
        let mut narrowed = cells.to_vec();
        if let Some(words) = narrowed.get_mut(local as usize) {
            for (number, word) in words.iter_mut().enumerate() {
                let mask = set.get(number).copied().unwrap_or(0);
                *word &= if keep { mask } else { !mask };
            }
        }
        narrowed
    };
    (narrowed(true), narrowed(false))
}

struct Search<'s, 'b> {
    formula: &'s Formula<'b>,
    root: Node,
    values: Vec<Value>,
}

impl<'s> Search<'s, '_> {
    fn value(&self, node: Node) -> Value {
        self.values.get(node.index()).copied().flatten()
    }

    fn evaluate(&mut self, cells: &[Vec<u64>]) -> Value {
        let formula = self.formula;
        for (number, part) in formula.parts.iter().enumerate().take(self.root.index() + 1) {
            let value = match part {
                Part::Constant(value) => Some(*value),
                Part::In(local, set) => cells.get(*local as usize).and_then(|cells| within(cells, set)),
                Part::Not(child) => self.value(*child).map(|value| !value),
                Part::All(children) => self.joined(children, false),
                Part::Any(children) => self.joined(children, true),
                Part::Sum(least, terms) => self.sum(*least, terms),
            };
            if let Some(slot) = self.values.get_mut(number) {
                *slot = value;
            }
        }
        self.value(self.root)
    }

    /// `decisive` as soon as one child is; its opposite when all are that.
    fn joined(&self, children: &[Node], decisive: bool) -> Value {
        let mut open = false;
        for child in children {
            match self.value(*child) {
                Some(value) if value == decisive => return Some(decisive),
                Some(_) => {}
                None => open = true,
            }
        }
        (!open).then_some(!decisive)
    }

    fn sum(&self, least: i64, terms: &[(i64, Node)]) -> Value {
        let (mut low, mut high) = (0i64, 0i64);
        for (points, node) in terms {
            match self.value(*node) {
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

    /// A test that is open and on which the formula depends.
    fn open_test(&self) -> Option<(u32, &'s [u64])> {
        let mut node = self.root;
        loop {
            let open = |child: &&Node| self.value(**child).is_none();
            node = match self.formula.part(node) {
                Part::In(local, set) => return Some((*local, set)),
                Part::Not(child) => *child,
                Part::All(children) | Part::Any(children) => *children.iter().find(open)?,
                Part::Sum(_, terms) => terms.iter().map(|(_, child)| child).find(open).copied()?,
                Part::Constant(_) => return None,
            };
        }
    }
}

/// Whether all of the cells are in the set, or none.
fn within(cells: &[u64], set: &[u64]) -> Value {
    let (mut some_in, mut some_out) = (false, false);
    for (number, word) in cells.iter().enumerate() {
        let mask = set.get(number).copied().unwrap_or(0);
        some_in |= word & mask != 0;
        some_out |= word & !mask != 0;
    }
    if some_in && some_out { None } else { Some(some_in) }
}
