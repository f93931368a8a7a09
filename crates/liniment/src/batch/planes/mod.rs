//! Rules over many rows at once: each condition is a bit per row, and rules are words of such bits.
//!
//! Of every node there are two planes, a bit for each row: where it is surely True, and where it can be. They
//! are Kleene's truths. Where a rule stays Unknown and tests a fact twice, Kleene's truth need not be exact;
//! such rows are handed back, to be evaluated alone.

mod compare;
mod lower;
mod merge;
mod run;
mod sums;

pub(super) use lower::{Lower, Pair, Slot};

pub(super) use merge::Merged;
pub(super) use run::{Outputs, Planes};

/// The rows of a block, and its words.
pub(super) const WORDS: usize = 8;
/// See [`WORDS`].
pub(super) const ROWS: usize = WORDS * 64;

/// A block of one plane.
pub(super) type Block = [u64; WORDS];

/// How a block of a plane comes about. Slots are those of earlier steps.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Step {
    None,
    All,
    /// Where the column has a value that its fact takes.
    Known(usize),
    /// Where a column of yes and no is yes.
    Yes(usize),
    /// Where a column's value is at least so much: the bits of an f64.
    AtLeastFloat(usize, u64),
    AtLeastWhole(usize, i64),
    /// Where a coded column surely, or perhaps, meets a literal.
    Coded {
        column: usize,
        literal: usize,
        surely: bool,
    },
    /// Where an odd number of them is.
    Odd(Vec<Slot>),
    Both(Slot, Slot),
    Either(Slot, Slot),
    Every(Vec<Slot>),
    Any(Vec<Slot>),
    Not(Slot),
    /// Where the first is and the second is not.
    Without(Slot, Slot),
    /// Where the first is or the second is not.
    OrNot(Slot, Slot),
}
