//! What running the cases found, as text and as JSON.

use std::fmt::Write;

use serde::Serialize;

use crate::advice::PackVersion;
use crate::explain::Place;
use crate::text::json;
use crate::verdict::Verdict;

/// What the cases of the packs found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PackTestReport {
    format: u32,
    packs: Vec<PackVersion>,
    passed: bool,
    cases: Vec<CaseReport>,
    rules: RuleCoverage,
    conditions: ConditionCoverage,
}

/// One case of a pack.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CaseReport {
    /// Its id.
    pub id: String,
    /// What it is about.
    pub title: Option<String>,
    /// Where it stands.
    pub place: Place,
    /// The packs that it needs and that were not given; empty when it was run.
    pub skipped_without: Vec<String>,
    /// What was not as the case says; empty when it passed, or was skipped.
    pub failures: Vec<Failure>,
}

/// One thing that was not as a case says.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Failure {
    /// The field of the case: `must`, `order`, …
    pub check: &'static str,
    /// The advice id, fact, cause or claim.
    pub subject: String,
    /// What the case says.
    pub expected: String,
    /// What came.
    pub found: String,
    /// The rules concerned, and what they rest on.
    pub why: Vec<String>,
    /// Where the case says it.
    pub place: Place,
}

/// Which rules spoke in some case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RuleCoverage {
    /// How many verdicts the rules have to give, causes included; a fix behind a gate has two.
    pub total: usize,
    /// How many of them were given.
    pub covered: usize,
    /// Those that no case has shown.
    pub missing: Vec<RuleGap>,
}

/// A verdict that no case has shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RuleGap {
    /// The rule or cause.
    pub rule: String,
    /// The verdict; none for a cause.
    pub verdict: Option<Verdict>,
    /// Where the rule stands.
    pub place: Place,
}

/// Which conditions were seen both true and false.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ConditionCoverage {
    /// How many tests of a fact, definition or window there are.
    pub total: usize,
    /// How many were seen both true and false where that could matter.
    pub covered: usize,
    /// The others.
    pub missing: Vec<ConditionGap>,
}

/// A condition that no case has shown to be true, or false.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ConditionGap {
    /// The rule, cause, definition or fact that it belongs to.
    pub of: String,
    /// Which of its parts: `when`, `except`, `not_before`, …
    pub part: &'static str,
    /// The condition, as it was written.
    pub condition: String,
    /// What it never was: `true`, `false`, or both.
    pub never: Vec<bool>,
    /// Where it stands.
    pub place: Place,
}

impl PackTestReport {
    pub(super) fn new(
        packs: Vec<PackVersion>,
        cases: Vec<CaseReport>,
        rules: RuleCoverage,
        conditions: ConditionCoverage,
    ) -> Self {
        let passed = cases.iter().all(|case| case.failures.is_empty());
        Self {
            format: 1,
            packs,
            passed,
            cases,
            rules,
            conditions,
        }
    }

    /// Whether no case failed. A case that was skipped, and what no case tries, is no failure.
    pub fn passed(&self) -> bool {
        self.passed
    }

    /// The cases, in the order of their files.
    pub fn cases(&self) -> &[CaseReport] {
        &self.cases
    }

    /// The cases that were skipped, because a pack that they need was not given.
    pub fn skipped(&self) -> impl Iterator<Item = &CaseReport> {
        self.cases.iter().filter(|case| !case.skipped_without.is_empty())
    }

    /// The cases that failed.
    pub fn failed(&self) -> impl Iterator<Item = &CaseReport> {
        self.cases.iter().filter(|case| !case.failures.is_empty())
    }

    /// Which rules spoke.
    pub fn rules(&self) -> &RuleCoverage {
        &self.rules
    }

    /// Which conditions were seen both true and false.
    pub fn conditions(&self) -> &ConditionCoverage {
        &self.conditions
    }

    /// The report as canonical JSON.
    pub fn to_json(&self) -> String {
        json::to_json(self)
    }

    /// The report for a reader: what failed, then what no case tries.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        // Writing to a string cannot fail.
        let _ = self.write_text(&mut text);
        text
    }

    fn write_text(&self, text: &mut String) -> std::fmt::Result {
        for case in self.failed() {
            writeln!(text, "FAILED {} ({})", case.id, shown(&case.place))?;
            if let Some(title) = &case.title {
                writeln!(text, "  {title}")?;
            }
            for failure in &case.failures {
                writeln!(
                    text,
                    "  {} {} (line {})",
                    failure.check, failure.subject, failure.place.line
                )?;
                writeln!(text, "    expected {}", failure.expected)?;
                writeln!(text, "    found    {}", failure.found)?;
                for line in &failure.why {
                    writeln!(text, "    {line}")?;
                }
            }
            writeln!(text)?;
        }
        for case in self.skipped() {
            let packs = case.skipped_without.join("`, `");
            let place = shown(&case.place);
            writeln!(text, "skipped {}: `{packs}` is not loaded ({place})", case.id)?;
        }
        let (failed, skipped) = (self.failed().count(), self.skipped().count());
        let passed = self.cases.len() - failed - skipped;
        write!(text, "cases: {passed} passed, {failed} failed")?;
        if skipped > 0 {
            write!(text, ", {skipped} skipped")?;
        }
        writeln!(text)?;
        writeln!(
            text,
            "rules: {} of {} verdicts given",
            self.rules.covered, self.rules.total
        )?;
        for gap in &self.rules.missing {
            let verdict = gap.verdict.map_or("named", Verdict::name);
            writeln!(text, "  never {verdict}: {} ({})", gap.rule, shown(&gap.place))?;
        }
        writeln!(
            text,
            "conditions: {} of {} seen both true and false",
            self.conditions.covered, self.conditions.total
        )?;
        for gap in &self.conditions.missing {
            let never = match gap.never.as_slice() {
                [true] => "true",
                [false] => "false",
                _ => "true, never false",
            };
            writeln!(
                text,
                "  never {never}: {} {} {} ({})",
                gap.of,
                gap.part,
                gap.condition,
                shown(&gap.place)
            )?;
        }
        Ok(())
    }
}

fn shown(place: &Place) -> String {
    format!("{}:{}", place.file, place.line)
}
