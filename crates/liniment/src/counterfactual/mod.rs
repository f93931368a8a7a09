//! What would change the advice: what-if, the smallest change that gives a verdict, and the facts that suffice.

mod candidates;
mod suffices;
#[cfg(all(test, feature = "prove"))]
mod tests;
mod ways;
mod what_if;

use serde::Serialize;
use serde_json::Value;

pub(crate) use suffices::suffices;
pub(crate) use ways::ways_to;
pub(crate) use what_if::what_if;

use crate::evaluate::Truth;
use crate::text::json;
use crate::verdict::Verdict;

/// What some changes of facts would do to the advice.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct WhatIf {
    format: u32,
    lang: String,
    /// The facts that change.
    pub changes: Vec<FactChange>,
    /// The verdicts that change, appear or vanish, by advice id.
    pub verdicts: Vec<VerdictChange>,
}

/// A fact that changes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FactChange {
    /// The fact.
    pub fact: String,
    /// What is known of it now; null when nothing is.
    pub was: Value,
    /// What would be known of it.
    pub now: Value,
}

/// A verdict that changes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct VerdictChange {
    /// The advice id.
    pub id: String,
    /// The verdict now; none when there is none.
    pub was: Option<Verdict>,
    /// The verdict there would be; none when there would be none.
    pub now: Option<Verdict>,
    /// The conditions whose truth changes with the facts.
    pub because: Vec<TruthChange>,
}

/// A condition whose truth changes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TruthChange {
    /// The rule it belongs to.
    pub rule: String,
    /// The condition, in words.
    pub statement: String,
    /// Its truth now.
    pub was: Truth,
    /// Its truth then.
    pub now: Truth,
}

/// The smallest changes of facts that would give a verdict.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Ways {
    format: u32,
    /// The advice id.
    pub id: String,
    /// The verdict wanted.
    pub wanted: Verdict,
    /// The verdict now; none when there is none.
    pub now: Option<Verdict>,
    /// Whether there is a way, there is none, or the search ended before it was decided.
    pub answer: WaysAnswer,
    /// Whether the answer is proved: the ways listed are the smallest, or there is none.
    pub exact: bool,
    /// The ways, the smallest first: fewest facts, then the shortest distance. Each was tried.
    pub ways: Vec<Way>,
}

/// What the search for ways found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WaysAnswer {
    /// The verdict is given already.
    GivenAlready,
    /// There is a way; those listed are the smallest.
    Found,
    /// No change of facts can do it.
    Impossible,
    /// Undecided within the budget of the search.
    Undecided,
}

/// One way to a verdict.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Way {
    /// The facts that change.
    pub changes: Vec<FactChange>,
}

/// The smallest set of a case's facts that already suffices for a verdict.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Suffices {
    format: u32,
    /// The advice id.
    pub id: String,
    /// Its verdict; none when silence is explained.
    pub verdict: Option<Verdict>,
    /// The facts, by id; everything else could be unknown.
    pub facts: Vec<String>,
    /// Whether no smaller set suffices; otherwise none of these can be left out.
    pub smallest: bool,
}

impl WhatIf {
    /// The canonical JSON.
    pub fn to_json(&self) -> String {
        json::to_json(self)
    }
}

impl Ways {
    /// The canonical JSON.
    pub fn to_json(&self) -> String {
        json::to_json(self)
    }
}

impl Suffices {
    /// The canonical JSON.
    pub fn to_json(&self) -> String {
        json::to_json(self)
    }
}
