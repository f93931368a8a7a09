//! What the cases of all packs have tried, added up over the knowledge bases in which they ran.

use std::collections::BTreeMap;

use super::report::{ConditionCoverage, ConditionGap, RuleCoverage, RuleGap};
use crate::explain::Place;
use crate::verdict::Verdict;

/// A place that does not depend on which packs are loaded together.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct At {
    pub(super) file: String,
    pub(super) start: u32,
    pub(super) line: usize,
}

impl At {
    fn place(self) -> Place {
        Place {
            file: self.file,
            line: self.line,
        }
    }
}

/// What the cases of several packs have tried, by place.
#[derive(Default)]
pub(super) struct Tally {
    /// Each verdict of a rule, or the naming of a cause, and whether it was given.
    verdicts: BTreeMap<(At, String, Option<Verdict>), bool>,
    /// Each condition as it was written, and whether it was seen true and seen false.
    conditions: BTreeMap<(At, String, &'static str), (String, [bool; 2])>,
}

impl Tally {
    pub(super) fn verdict(&mut self, at: At, rule: &str, verdict: Option<Verdict>, given: bool) {
        *self.verdicts.entry((at, rule.to_owned(), verdict)).or_default() |= given;
    }

    pub(super) fn condition(
        &mut self,
        at: At,
        of: &str,
        part: &'static str,
        seen: [bool; 2],
        written: impl FnOnce() -> String,
    ) {
        let key = (at, of.to_owned(), part);
        let (_, before) = self
            .conditions
            .entry(key)
            .or_insert_with(|| (written(), [false; 2]));
        for (before, now) in before.iter_mut().zip(seen) {
            *before |= now;
        }
    }

    pub(super) fn report(self) -> (RuleCoverage, ConditionCoverage) {
        let total = self.verdicts.len();
        let gaps = self.verdicts.into_iter().filter(|(_, given)| !given);
        let missing: Vec<RuleGap> = gaps
            .map(|((at, rule, verdict), _)| RuleGap {
                rule,
                verdict,
                place: at.place(),
            })
            .collect();
        let rules = RuleCoverage {
            total,
            covered: total - missing.len(),
            missing,
        };
        let total = self.conditions.len();
        let gaps = self
            .conditions
            .into_iter()
            .filter(|(_, (_, seen))| *seen != [true; 2]);
        let missing: Vec<ConditionGap> = gaps
            .map(|((at, of, part), (condition, seen))| {
                let never = [true, false]
                    .into_iter()
                    .zip(seen)
                    .filter(|(_, seen)| !seen)
                    .map(|(truth, _)| truth)
                    .collect();
                ConditionGap {
                    of,
                    part,
                    condition,
                    never,
                    place: at.place(),
                }
            })
            .collect();
        (
            rules,
            ConditionCoverage {
                total,
                covered: total - missing.len(),
                missing,
            },
        )
    }
}
