//! `Program` and what is known of a case → verdicts.

mod speak;
mod truth;
mod verdicts;

pub(crate) use speak::stage_of;
pub use truth::Truth;
pub(crate) use truth::{Possible, Truths, words_of};
pub(crate) use verdicts::{Item, Outcome, is_positive, outcome, verdict_of};
