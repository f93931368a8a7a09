//! Explanations: the proof of a verdict, down to facts, values, sources and lines.

mod build;
mod draft;
mod names;
mod settle;
mod statement;
mod text;

use serde::Serialize;
use serde_json::Value;

pub(crate) use build::{Subject, explain};
#[cfg(feature = "tools")]
pub(crate) use names::place;

use crate::evaluate::Truth;
use crate::text::json;
use crate::verdict::Verdict;

/// Why the knowledge base says what it says of one advice id or cause, or why it says nothing.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Explanation {
    format: u32,
    lang: String,
    /// The advice id or cause.
    pub id: String,
    /// What is explained.
    pub kind: Explained,
    /// The verdict given; none for a cause, or when nothing is said.
    pub verdict: Option<Verdict>,
    /// Whether it is listed: a verdict given, or a cause named.
    pub listed: bool,
    /// What silences it, if anything does.
    pub suppressed_by: Option<String>,
    /// Every rule that speaks of it, best ranked first.
    pub rules: Vec<RuleProof>,
    /// What stands against it now, each with its own proof, text and sources: rules that silence it, rules
    /// that its own give way to, scopes that close it or may. Sorted by id.
    pub against: Vec<RuleProof>,
}

/// What an explanation is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Explained {
    /// An advice id.
    Advice,
    /// A cause.
    Cause,
}

/// How one rule comes to what it says.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RuleProof {
    /// The rule.
    pub rule: String,
    /// The pack it belongs to.
    pub pack: String,
    /// What kind of rule it is.
    pub kind: &'static str,
    /// What it says now, by itself; none when it says nothing.
    pub says: Option<Verdict>,
    /// The rules that it gives way to now.
    pub gives_way_to: Vec<String>,
    /// What it says: its text for the verdict that it gives now.
    pub text: String,
    /// Why, in its own words.
    pub because: Vec<String>,
    /// What it eases.
    pub eases: Vec<String>,
    /// What works better, for an inferior verdict.
    pub than: Vec<String>,
    /// The variant that is shown, when it has any.
    pub variant: Option<String>,
    /// Its conditions.
    pub parts: Vec<Proof>,
    /// Where it stands.
    pub place: Place,
    /// Marks what the pack's author inferred and no source says.
    pub inferred: bool,
    /// How certain the evidence is.
    pub evidence: Option<&'static str>,
    /// How strongly it is advised.
    pub strength: Option<&'static str>,
    /// Where it comes from.
    pub cites: Vec<SourceCitation>,
    /// Sources that see it otherwise.
    pub dissent: Vec<SourceCitation>,
}

/// One condition, and what it rests on.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Proof {
    /// What part it plays: `when`, `scope`, `gate`, …; none below the first level.
    pub role: Option<&'static str>,
    /// What must hold, in words.
    pub statement: String,
    /// Whether it does.
    pub truth: Truth,
    /// Whether that is what the rule needs here (an exception, say, must not be True).
    pub met: bool,
    /// The fact it tests, if it tests one.
    pub fact: Option<String>,
    /// The question that asks for the fact.
    pub ask: Option<String>,
    /// What is known of the fact.
    pub value: Value,
    /// By how much a number, a length of time, a step of a scale or a score misses its limit.
    pub misses_by: Option<Value>,
    /// Where it stands.
    pub place: Place,
    /// Marks a definition or plan that the pack's author inferred and no source says.
    pub inferred: bool,
    /// Where a definition comes from.
    pub cites: Vec<SourceCitation>,
    /// What it rests on.
    pub parts: Vec<Proof>,
}

/// A place in a pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
}

/// A citation with its source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SourceCitation {
    /// The source.
    pub source: String,
    /// What kind of source it is: `article`, `study`, `review`, `guideline`, `patient_information`, `label`, `opinion`.
    pub kind: &'static str,
    /// Its title.
    pub title: String,
    /// Where it can be read.
    pub address: Option<String>,
    /// Where in it.
    pub at: String,
    /// The numbered claims that are meant.
    pub claims: Vec<String>,
    /// What it says there.
    pub says: Option<String>,
}

impl Explanation {
    /// The canonical JSON.
    pub fn to_json(&self) -> String {
        json::to_json(self)
    }

    /// The language of its texts.
    pub fn lang(&self) -> &str {
        &self.lang
    }
}
