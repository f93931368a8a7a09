//! Cells: every fact is cut into finitely many pieces by the values that the rules mention.
//!
//! A *variable* is what is cut: a fact, or one option of a several-fact. A yes-or-no variable has two
//! cells (no, yes), a choice or scale one per option, an ordered fact one per *segment* between two
//! cuts. Where a vague quantity may lie within a segment, the segment has one cell for each way its
//! values may stand to that hidden quantity; no case can tell these cells apart.

mod collect;
mod ordered;
mod set;
mod slot;

pub(crate) use collect::{conditions_of, overlapping_quantities};
pub(crate) use ordered::{Ordered, key_of, number_key, value_of_key};
pub(crate) use set::{CellSet, bits, has_bit};
pub(crate) use slot::Slot;

use crate::check::base::{CheckedBase, Comparison, FactIndex, FactKind, Limit, Test, Window};

/// A variable's position in [`Cells::variables`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct VariableIndex(pub(crate) u32);

impl VariableIndex {
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// What is cut into cells: a fact, or one option of a several-fact.
#[derive(Clone, Debug)]
pub(crate) struct Variable {
    pub(crate) fact: FactIndex,
    /// The option, for a several-fact.
    pub(crate) option: Option<u16>,
    /// How many cells it has; at least one.
    pub(crate) cells: u32,
    /// Where its words start in a case.
    pub(crate) first_word: u32,
    /// How many words of 64 cells it takes.
    pub(crate) words: u32,
    /// The code for "nothing is known"; see [`Cells::cells_of`].
    pub(crate) all: u32,
}

/// The code of any other set of cells than those that have a code of their own: the words of the case say
/// which.
pub(crate) const SOME_CELLS: u32 = u32::MAX;

impl Variable {
    /// Whether a code stands for several cells, but not for all.
    pub(crate) fn is_several(&self, code: u32) -> bool {
        code >= self.cells && code != self.all
    }

    /// The cells that a code stands for: the first, and the one after the last.
    ///
    /// What a case usually knows of a variable is one number, its *code*. A code below the number of cells
    /// is that one cell; then follow the segments that a hidden limit cuts into several cells, in order;
    /// the last, `all`, is every cell.
    fn cells_of(&self, code: u32, ordered: Option<&Ordered>) -> (u32, u32) {
        if code < self.cells {
            return (code, code + 1);
        }
        let segment = ordered
            .filter(|_| code < self.all)
            .and_then(|ordered| ordered.codes().iter().position(|found| *found == code));
        match (segment, ordered) {
            (Some(segment), Some(ordered)) => ordered.cells_of_segment(segment),
            _ => (0, self.cells),
        }
    }
}

/// A test of one variable: it holds in these cells.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Literal {
    pub(crate) variable: VariableIndex,
    pub(crate) holds_in: CellSet,
}

/// What a test of a fact becomes: literals, all of which or any of which must hold.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Literals {
    All(Vec<Literal>),
    Any(Vec<Literal>),
}

/// All variables of a base, cut.
#[derive(Debug)]
pub(crate) struct Cells {
    pub(crate) variables: Vec<Variable>,
    /// The first variable of each fact.
    first_variable: Vec<u32>,
    /// The cuts of each ordered fact.
    ordered: Vec<Option<Ordered>>,
    /// What stating a fact needs, by fact.
    pub(crate) slots: Vec<Slot>,
    /// The words of a case of which nothing is known.
    pub(crate) unknown: Vec<u64>,
    /// The codes of such a case.
    pub(crate) unknown_codes: Vec<u32>,
}

impl Cells {
    /// Cuts every fact at the limits used anywhere in the base.
    pub(crate) fn cut(base: &CheckedBase) -> Self {
        let limits = collect::limits_of(base);
        let mut variables = Vec::new();
        let mut first_variable = Vec::with_capacity(base.facts.len());
        let mut ordered = Vec::with_capacity(base.facts.len());
        let mut words = 0u32;
        let mut unknown = Vec::new();
        for (position, (fact, used)) in base.facts.iter().zip(&limits).enumerate() {
            let fact_index = FactIndex::new(position);
            first_variable.push(u32::try_from(variables.len()).unwrap_or(u32::MAX));
            let cuts = match &fact.kind {
                FactKind::Integer { from, to, .. } | FactKind::Duration { from, to } => {
                    let least = if matches!(fact.kind, FactKind::Duration { .. }) {
                        Some(from.unwrap_or(0))
                    } else {
                        *from
                    };
                    Some(Ordered::cut(used, base, least, *to))
                }
                FactKind::Clock { .. } => Some(Ordered::cut(used, base, Some(0), None)),
                FactKind::Number { from, to, .. } => {
                    Some(Ordered::cut(used, base, from.map(number_key), to.map(number_key)))
                }
                _ => None,
            };
            let (count, cells) = match &fact.kind {
                FactKind::YesNo => (1, 2),
                FactKind::Choice(options) | FactKind::Scale(options) => (1, options.len()),
                FactKind::Several(options) => (options.len(), 2),
                _ => (1, cuts.as_ref().map_or(1, Ordered::cell_count)),
            };
            let cells = u32::try_from(cells.max(1)).unwrap_or(u32::MAX);
            for option in 0..count {
                let several = matches!(fact.kind, FactKind::Several(_));
                let blocks = cuts.as_ref().map_or(0, |cuts| {
                    cuts.codes().iter().filter(|code| **code >= cells).count()
                });
                let variable = Variable {
                    all: cells + u32::try_from(blocks).unwrap_or(0),
                    fact: fact_index,
                    option: several.then(|| u16::try_from(option).unwrap_or(u16::MAX)),
                    cells,
                    first_word: words,
                    words: cells.div_ceil(64),
                };
                words += variable.words;
                unknown.extend((0..variable.words).map(|word| {
                    let cells = variable.cells - word * 64;
                    if cells >= 64 { u64::MAX } else { (1 << cells) - 1 }
                }));
                variables.push(variable);
            }
            ordered.push(cuts);
        }
        let facts = base.facts.iter().zip(&ordered).zip(&first_variable);
        let slots = facts
            .map(|((fact, ordered), number)| {
                let variable = (*number, variables.get(*number as usize));
                Slot::new(&fact.kind, variable, ordered.as_ref())
            })
            .collect();
        let unknown_codes = variables.iter().map(|variable| variable.all).collect();
        Self {
            variables,
            first_variable,
            ordered,
            slots,
            unknown,
            unknown_codes,
        }
    }

    /// The one variable of a fact that is no several-fact, or the first of a several-fact.
    pub(crate) fn variable_of(&self, fact: FactIndex) -> VariableIndex {
        VariableIndex(self.first_variable.get(fact.index()).copied().unwrap_or(0))
    }

    /// The variable of one option of a several-fact.
    pub(crate) fn variable_of_option(&self, fact: FactIndex, option: u16) -> VariableIndex {
        VariableIndex(self.variable_of(fact).0 + u32::from(option))
    }

    pub(crate) fn variable(&self, variable: VariableIndex) -> Option<&Variable> {
        self.variables.get(variable.index())
    }

    /// The cells that a code of a variable stands for: the first, and the one after the last.
    pub(crate) fn cells_of(&self, variable: &Variable, code: u32) -> (u32, u32) {
        variable.cells_of(code, self.ordered(variable.fact))
    }

    /// The variables of a fact.
    pub(crate) fn variables_of(&self, fact: FactIndex) -> impl Iterator<Item = VariableIndex> + '_ {
        let first = self.variable_of(fact).0;
        let next = self
            .first_variable
            .get(fact.index() + 1)
            .copied()
            .unwrap_or(u32::try_from(self.variables.len()).unwrap_or(u32::MAX));
        (first..next).map(VariableIndex)
    }

    /// The cuts of an ordered fact.
    pub(crate) fn ordered(&self, fact: FactIndex) -> Option<&Ordered> {
        self.ordered.get(fact.index()).and_then(Option::as_ref)
    }

    fn cell_count(&self, variable: VariableIndex) -> u32 {
        self.variable(variable).map_or(1, |variable| variable.cells)
    }

    fn literal(&self, variable: VariableIndex, holds: impl Fn(u32) -> bool) -> Literal {
        Literal {
            variable,
            holds_in: CellSet::of(self.cell_count(variable), holds),
        }
    }

    fn listed(&self, variable: VariableIndex, cells: &[u16], inside: bool) -> Literal {
        Literal {
            variable,
            holds_in: CellSet::listed(self.cell_count(variable), cells, inside),
        }
    }

    fn range(&self, variable: VariableIndex, (first, after): (u32, u32)) -> Literal {
        Literal {
            variable,
            holds_in: CellSet::range(self.cell_count(variable), first, after),
        }
    }

    /// The literals of a test of a fact.
    pub(crate) fn literals(&self, fact: FactIndex, test: &Test) -> Vec<Literals> {
        let variable = self.variable_of(fact);
        let option_is = |option: u16, yes: bool| {
            self.literal(self.variable_of_option(fact, option), move |cell| {
                (cell == 1) == yes
            })
        };
        let one = |literal: Literal| vec![Literals::All(vec![literal])];
        match test {
            Test::YesNo(yes) => one(self.literal(variable, |cell| (cell == 1) == *yes)),
            Test::OneOf(options) => one(self.listed(variable, options, true)),
            Test::NoneOf(options) => one(self.listed(variable, options, false)),
            Test::Compare(comparison, Limit::Step(step)) => {
                let (step, count) = (u32::from(*step), self.cell_count(variable));
                one(self.range(
                    variable,
                    match comparison {
                        Comparison::AtLeast => (step, count),
                        Comparison::MoreThan => (step + 1, count),
                        Comparison::AtMost => (0, step + 1),
                        Comparison::LessThan => (0, step),
                    },
                ))
            }
            Test::Compare(comparison, limit) => match (self.ordered(fact), limit) {
                (Some(ordered), Limit::Value(value)) => {
                    one(self.range(variable, ordered.holding(*comparison, *value)))
                }
                (Some(ordered), Limit::Vague(vague)) => {
                    one(self.literal(variable, |cell| ordered.holds(cell, *comparison, *vague)))
                }
                _ => Vec::new(),
            },
            Test::Includes(options) => vec![Literals::All(
                options.iter().map(|option| option_is(*option, true)).collect(),
            )],
            Test::NoOption(options) => vec![Literals::All(
                options.iter().map(|option| option_is(*option, false)).collect(),
            )],
            Test::AnyOf(options) => vec![Literals::Any(
                options.iter().map(|option| option_is(*option, true)).collect(),
            )],
            Test::Only(options) => vec![Literals::All(
                self.others(fact, options)
                    .map(|option| option_is(option, false))
                    .collect(),
            )],
            Test::Exactly(options) => vec![Literals::All(
                options
                    .iter()
                    .map(|option| option_is(*option, true))
                    .chain(self.others(fact, options).map(|option| option_is(option, false)))
                    .collect(),
            )],
            Test::All(tests) => tests.iter().flat_map(|test| self.literals(fact, test)).collect(),
        }
    }

    fn others<'a>(&'a self, fact: FactIndex, options: &'a [u16]) -> impl Iterator<Item = u16> + 'a {
        self.variables_of(fact)
            .filter_map(|variable| self.variable(variable).and_then(|variable| variable.option))
            .filter(|option| !options.contains(option))
    }

    /// The cells in which a window's clock has surely reached its limit: a vague limit's upper end.
    pub(crate) fn reached(&self, window: &Window) -> Literal {
        self.window_literal(window, Ordered::reached)
    }

    /// The cells in which a window's clock stands between the ends of its vague limit: past the lower
    /// end, not yet at the upper.
    pub(crate) fn nearly_reached(&self, window: &Window) -> Option<Literal> {
        matches!(window.limit, Limit::Vague(_)).then(|| self.window_literal(window, Ordered::nearly_reached))
    }

    /// The cells in which a window's clock is surely not past its limit: a vague limit's lower end.
    pub(crate) fn within(&self, window: &Window) -> Literal {
        self.window_literal(window, Ordered::within)
    }

    /// The cells in which a window's clock is past the lower end of its vague limit and not past the upper.
    pub(crate) fn nearly_within(&self, window: &Window) -> Option<Literal> {
        matches!(window.limit, Limit::Vague(_)).then(|| self.window_literal(window, Ordered::nearly_within))
    }

    fn window_literal(&self, window: &Window, cells: impl Fn(&Ordered, &Limit) -> (u32, u32)) -> Literal {
        let cells = self
            .ordered(window.fact)
            .map_or((0, 0), |ordered| cells(ordered, &window.limit));
        self.range(self.variable_of(window.fact), cells)
    }
}
