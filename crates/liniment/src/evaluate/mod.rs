//! `Program` and what is known of a case → verdicts.

mod speak;
mod steer;
mod truth;
mod verdicts;

pub(crate) use speak::{Judge, Speaker, speaker, stage_of};
pub use truth::Truth;
pub(crate) use truth::{Possible, Truths, words_of};
#[cfg(feature = "prove")]
pub(crate) use verdicts::outcome_of;
pub(crate) use verdicts::{
    Item, Outcome, RuleSet, give_way, is_positive, outcome, silences, verdict_of, voices_of, waiting,
};
