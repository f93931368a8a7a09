//! What stating one value of a fact needs, side by side.

use super::{Ordered, Variable};
use crate::check::base::FactKind;
use crate::screen::RawKind;

/// The one variable of a fact, and the values that it takes. Facts of several variables, and those whose cells are
/// more than one word of a case has bits, take none this way.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slot {
    /// What its values are; nothing when they are not stated this way.
    pub(crate) kind: Option<RawKind>,
    /// The place of the variable.
    pub(crate) variable: u32,
    /// How many cells it has.
    pub(crate) cells: u32,
    /// The code for "nothing is known".
    pub(crate) all: u32,
    /// The place of its word in a case.
    pub(crate) word: u32,
    /// That word where nothing is known.
    pub(crate) every: u64,
    /// The smallest and the largest key, where its values have an order.
    pub(crate) least: i64,
    pub(crate) greatest: i64,
}

impl Slot {
    pub(super) fn new(
        kind: &FactKind,
        (number, variable): (u32, Option<&Variable>),
        ordered: Option<&Ordered>,
    ) -> Self {
        let kind = match kind {
            FactKind::YesNo => Some(RawKind::YesNo),
            FactKind::Choice(_) | FactKind::Scale(_) => Some(RawKind::Option),
            FactKind::Several(_) => None,
            FactKind::Number { .. } => Some(RawKind::Number),
            FactKind::Integer { .. } => Some(RawKind::Integer),
            FactKind::Duration { .. } | FactKind::Clock { .. } => Some(RawKind::Elapsed),
        };
        let (least, greatest) = ordered.map_or((0, 0), Ordered::range);
        let fits = variable.is_some_and(|variable| variable.words == 1);
        Self {
            kind: kind.filter(|_| fits),
            variable: number,
            cells: variable.map_or(0, |variable| variable.cells),
            all: variable.map_or(0, |variable| variable.all),
            word: variable.map_or(0, |variable| variable.first_word),
            every: variable.map_or(0, |variable| u64::MAX >> (64 - variable.cells.clamp(1, 64))),
            least,
            greatest,
        }
    }
}
