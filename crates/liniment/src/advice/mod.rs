//! The result: ordered advice with texts, reasons, windows and citations.

mod assemble;
mod order;
mod waits;

use std::sync::Arc;

use serde::Serialize;

#[cfg(feature = "arrow")]
pub(crate) use assemble::waits_of;
pub(crate) use assemble::{Assembly, assemble};
#[cfg(feature = "arrow")]
pub(crate) use order::ordered;
#[cfg(feature = "arrow")]
pub(crate) use waits::Waits;

use crate::citation::Citation;
use crate::text::{duration, json};
use crate::verdict::Verdict;

/// A length of time, in whole microseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Elapsed {
    microseconds: i64,
}

impl Elapsed {
    /// A length of time of so many microseconds.
    pub const fn from_microseconds(microseconds: i64) -> Self {
        Self { microseconds }
    }
    /// Reads `"24h"`, `"3d"`, `"23h59min"` or ISO 8601; a day is 24 hours.
    ///
    /// # Errors
    /// When the text is no length of time; the message says what is.
    pub fn parse(text: &str) -> Result<Self, String> {
        duration::parse(text).map(Self::from_microseconds)
    }
    /// In whole microseconds.
    pub const fn microseconds(self) -> i64 {
        self.microseconds
    }
    /// As in JSON: `PT23H59M`.
    pub fn iso(self) -> String {
        duration::iso(self.microseconds)
    }
}

impl std::fmt::Display for Elapsed {
    /// In words: `23 h 59 min`.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&duration::words(self.microseconds))
    }
}

impl Serialize for Elapsed {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&duration::Iso(self.microseconds))
    }
}

/// The advice for one case.
///
/// Everything is ordered as a reader should meet it; see the fields of [`AdviceItem`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Advice {
    format: u32,
    lang: String,
    packs: Vec<PackVersion>,
    advice: Vec<AdviceItem>,
    causes: Vec<CauseItem>,
    questions: Vec<Question>,
    questions_exact: bool,
    conflicts: Vec<Conflict>,
    suppressed: Vec<Suppressed>,
}

impl Advice {
    #[cfg(feature = "arrow")]
    pub(crate) fn items_mut(&mut self) -> &mut [AdviceItem] {
        &mut self.advice
    }
    /// The verdicts, in order.
    pub fn items(&self) -> &[AdviceItem] {
        &self.advice
    }
    /// The verdict of one advice id, if it has one.
    pub fn get(&self, id: &str) -> Option<&AdviceItem> {
        self.advice.iter().find(|item| item.id == id)
    }
    /// Why it happens: primary causes first.
    pub fn causes(&self) -> &[CauseItem] {
        &self.causes
    }
    /// What to ask next, the most telling first.
    pub fn questions(&self) -> &[Question] {
        &self.questions
    }
    /// Whether each question was proved to be able to change the advice.
    pub fn questions_exact(&self) -> bool {
        self.questions_exact
    }
    /// Reports that disagree, and verdicts that met without precedence.
    pub fn conflicts(&self) -> &[Conflict] {
        &self.conflicts
    }
    /// What was silenced, and by what.
    pub fn suppressed(&self) -> &[Suppressed] {
        &self.suppressed
    }
    /// The language of its texts.
    pub fn lang(&self) -> &str {
        &self.lang
    }
    /// The packs it comes from.
    pub fn packs(&self) -> &[PackVersion] {
        &self.packs
    }
    /// The canonical JSON: the same bytes from Rust, C, Python and the command line.
    pub fn to_json(&self) -> String {
        // Room for what is mostly said.
        json::to_json_with_room(self, 1 << 14)
    }
}

/// A pack and its version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PackVersion {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
}

/// What the knowledge base says of one advice id.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct AdviceItem {
    /// The advice id.
    pub id: String,
    /// What is said of it.
    pub verdict: Verdict,
    /// Its phase, if it has one.
    pub phase: Option<String>,
    /// Said to the reader.
    pub text: String,
    /// The reasons that hold.
    pub because: Vec<String>,
    /// For `defer`: the time until it is surely open; none when that cannot be known.
    pub opens_in: Option<Elapsed>,
    /// For `defer`: the clock and the limit it must reach.
    pub opens_at: Option<OpensAt>,
    /// A clock stands between the ends of a vague limit.
    pub nearly: bool,
    /// For `defer`: the unknown facts that the gate waits for.
    pub needs: Vec<String>,
    /// The rules that could still change this, once what they wait for is known.
    pub subject_to: Vec<String>,
    /// What to do instead: only ids that are now recommended or optional.
    pub instead: Vec<String>,
    /// How much, how often, how long.
    pub dose: Option<Dose>,
    /// How to do it, step by step.
    pub steps: Vec<String>,
    /// The rules that say so.
    pub rules: Vec<String>,
    /// Where it comes from. Shared with the knowledge base and all other advice that cites the same place.
    pub cites: Vec<Arc<Citation>>,
}

/// The clock and the limit that open an advice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OpensAt {
    /// The clock.
    pub fact: String,
    /// The value from which it is surely open.
    pub limit: Elapsed,
}

/// How much, how often, how long.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Dose {
    /// How long each time.
    pub lasting: Option<Amount>,
    /// How often.
    pub every: Option<Amount>,
    /// For how long in all.
    #[serde(rename = "for")]
    pub in_all: Option<Amount>,
}

/// A length of time, exact (`from` equals `to`, no words) or vague.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Amount {
    /// The words of a vague quantity.
    pub words: Option<String>,
    /// The least it can mean.
    pub from: Elapsed,
    /// The most it can mean.
    pub to: Elapsed,
}

/// Why it happens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CauseItem {
    /// The cause.
    pub id: String,
    /// `primary` or `contributing`.
    pub standing: &'static str,
    /// `possible`, `usual` or `certain`.
    pub certainty: Option<&'static str>,
    /// Said to the reader.
    pub text: String,
    /// The advice ids, now given or waiting, that act on it.
    pub acted_on_by: Vec<String>,
    /// Where it comes from. Shared with the knowledge base and all other advice that cites the same place.
    pub cites: Vec<Arc<Citation>>,
}

/// A question worth asking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Question {
    /// The fact it asks for.
    pub fact: String,
    /// The question.
    pub ask: String,
    /// The advice ids that hang on it.
    pub because: Vec<String>,
    /// The most urgent red flag that hangs on it, if one does; the JSON says so by the ids in `because`.
    #[serde(skip)]
    pub red_flag: Option<Verdict>,
}

/// Something on which two voices differ.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum Conflict {
    /// Reports of one fact that disagree; the fact counts as unknown among them.
    Fact {
        /// The fact.
        fact: String,
        /// What was reported, and by whom.
        reports: Vec<Report>,
    },
    /// Verdicts that met on one advice id without precedence; the most cautious stands.
    Advice {
        /// The advice id.
        advice: String,
        /// The verdicts, the one that stands first.
        verdicts: Vec<ConflictingVerdict>,
    },
}

/// What one source reports.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// The value, as it was given.
    pub value: serde_json::Value,
    /// Who says so.
    pub source: String,
}

/// A verdict and the rules that give it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ConflictingVerdict {
    /// The verdict.
    pub verdict: Verdict,
    /// The rules.
    pub rules: Vec<String>,
}

/// Advice that another rule silences.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Suppressed {
    /// The advice id.
    pub id: String,
    /// What would be said of it.
    pub verdict: Verdict,
    /// The rule that silences it.
    pub by: String,
}
