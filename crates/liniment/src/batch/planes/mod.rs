//! Rules over many rows at once: each condition is a bit per row, and rules are words of such bits.
//!
//! Of every node there are two planes, a bit for each row: where it is surely True, and where it can be. They
//! are Kleene's truths. Where a rule stays Unknown and tests a fact twice, Kleene's truth need not be exact;
//! such rows are handed back, to be evaluated alone.

mod lower;
mod merge;
mod place;
mod run;
mod sums;

pub(super) use lower::{Lower, Pair};

pub(super) use merge::Merged;
pub(super) use run::Planes;
