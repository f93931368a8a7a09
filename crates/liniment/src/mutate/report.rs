//! What became of each change, as text and as JSON.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Serialize;
use serde::ser::SerializeStruct;

use crate::text::json;

/// One change of a pack, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Mutation {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What was done, in words.
    pub what: &'static str,
    /// What stood there.
    pub was: String,
    /// What was put there; empty when it was left out.
    pub now: String,
    /// What became of it.
    pub fate: MutationFate,
}

/// What became of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MutationFate {
    /// The pack has an error now.
    Rejected,
    /// This case fails.
    CaughtByCase(String),
    /// This promise is not proved.
    CaughtByPromise(String),
    /// Proved: every case gets the same verdicts and the same causes as before.
    Equal,
    /// Not proved equal, and no case found that differs.
    Undecided,
    /// Nothing noticed; what differs, and a case.
    Survived(String),
}

impl Serialize for MutationFate {
    /// Both keys, always: `by` is null where nothing is to be named.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (is, by) = match self {
            MutationFate::Rejected => ("rejected", None),
            MutationFate::CaughtByCase(case) => ("caught_by_case", Some(case)),
            MutationFate::CaughtByPromise(promise) => ("caught_by_promise", Some(promise)),
            MutationFate::Equal => ("equal", None),
            MutationFate::Undecided => ("undecided", None),
            MutationFate::Survived(difference) => ("survived", Some(difference)),
        };
        let mut fate = serializer.serialize_struct("MutationFate", 2)?;
        fate.serialize_field("is", is)?;
        fate.serialize_field("by", &by)?;
        fate.end()
    }
}

/// What became of all changes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MutationReport {
    format: u32,
    possible: usize,
    made: usize,
    rejected: usize,
    equal: usize,
    caught_by_cases: usize,
    caught_by_promises: usize,
    survived: usize,
    undecided: usize,
    score: f64,
    mutations: Vec<Mutation>,
}

impl MutationReport {
    pub(super) fn new(possible: usize, mutations: Vec<Mutation>) -> Self {
        let count =
            |is: fn(&MutationFate) -> bool| mutations.iter().filter(|mutation| is(&mutation.fate)).count();
        let caught_by_cases = count(|fate| matches!(fate, MutationFate::CaughtByCase(_)));
        let caught_by_promises = count(|fate| matches!(fate, MutationFate::CaughtByPromise(_)));
        let survived = count(|fate| matches!(fate, MutationFate::Survived(_)));
        let undecided = count(|fate| *fate == MutationFate::Undecided);
        let caught = caught_by_cases + caught_by_promises;
        let counted = caught + survived + undecided;
        let score = if counted == 0 {
            100.0
        } else {
            // To a tenth.
            ((caught * 1000) as f64 / counted as f64).floor() / 10.0
        };
        Self {
            format: 1,
            possible,
            made: mutations.len(),
            rejected: count(|fate| *fate == MutationFate::Rejected),
            equal: count(|fate| *fate == MutationFate::Equal),
            caught_by_cases,
            caught_by_promises,
            survived,
            undecided,
            score,
            mutations,
        }
    }

    /// Of the changes that the check takes and that are not proved equal: how many in a hundred the cases and
    /// promises catch, rounded down to a tenth.
    pub fn score(&self) -> f64 {
        self.score
    }

    /// Every change that was made, in the order of the files.
    pub fn mutations(&self) -> &[Mutation] {
        &self.mutations
    }

    /// One JSON object; see `schema/result.json`.
    pub fn to_json(&self) -> String {
        json::to_json(self)
    }

    /// The changes that nothing noticed, then the counts.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for mutation in &self.mutations {
            let shown = match &mutation.fate {
                MutationFate::Survived(shown) => shown.as_str(),
                MutationFate::Undecided => "could not be compared within the budget",
                _ => continue,
            };
            let (was, now) = (short(&mutation.was), short(&mutation.now));
            let change = if now.is_empty() {
                was
            } else {
                format!("{was} → {now}")
            };
            // Writing to a string cannot fail.
            let _ = writeln!(
                text,
                "{}:{}: {}, and nothing noticed\n    {change}\n    {shown}",
                mutation.file, mutation.line, mutation.what
            );
        }
        let mut kinds: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
        for mutation in &self.mutations {
            let column = match mutation.fate {
                MutationFate::CaughtByCase(_) | MutationFate::CaughtByPromise(_) => 0,
                MutationFate::Survived(_) | MutationFate::Undecided => 1,
                MutationFate::Equal => 2,
                MutationFate::Rejected => 3,
            };
            if let Some(count) = kinds.entry(mutation.what).or_default().get_mut(column) {
                *count += 1;
            }
        }
        let _ = writeln!(
            text,
            "{:<34}{:>8}{:>10}{:>8}{:>10}",
            "change", "caught", "survived", "equal", "rejected"
        );
        for (what, [caught, survived, equal, rejected]) in kinds {
            let _ = writeln!(
                text,
                "{what:<34}{caught:>8}{survived:>10}{equal:>8}{rejected:>10}"
            );
        }
        let _ = writeln!(
            text,
            "{} of {} changes made: {} rejected by the check, {} proved equal, {} caught by cases, {} by promises, \
             {} survived, {} undecided; {} % caught",
            self.made,
            self.possible,
            self.rejected,
            self.equal,
            self.caught_by_cases,
            self.caught_by_promises,
            self.survived,
            self.undecided,
            self.score
        );
        text
    }
}

/// The first line of a piece of text.
fn short(piece: &str) -> String {
    const MOST: usize = 100;
    let mut lines = piece.lines();
    let line = lines.next().unwrap_or_default().trim_end();
    let mut shown: String = line.chars().take(MOST).collect();
    if shown.len() < line.len() || lines.next().is_some() {
        shown.push('…');
    }
    shown
}
