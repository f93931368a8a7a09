//! The packs' own tests: their cases, and what the cases leave untried.
//!
//! ```text
//! cases/*.ron ─parse→ TestCase ─advise→ Advice ─expect→ failures
//!                                  └─ coverage: rules that spoke, conditions seen true and seen false
//! ```

mod coverage;
mod expect;
mod report;
#[cfg(test)]
mod tests;

pub use report::{CaseReport, ConditionCoverage, ConditionGap, Failure, PackTestReport, RuleCoverage, RuleGap};

use coverage::Coverage;
use expect::judge;

use crate::advice::PackVersion;
use crate::diagnostic::PackError;
use crate::explain::place;
use crate::knowledge_base::KnowledgeBase;
use crate::limits::Limits;
use crate::parse::spanned::Spanned;
use crate::parse::syntax::TestCase;
use crate::parse::{Source, parse};

/// Loads the packs together and runs the cases of all of them.
///
/// A case that is refused, or whose advice is not what it says, is a failure in the report; it is not an
/// error.
///
/// # Errors
/// When a pack has an error.
pub fn run(packs: &[Source], limits: &Limits) -> Result<PackTestReport, PackError> {
    let builder = packs.iter().fold(KnowledgeBase::builder().limits(limits.clone()), |builder, pack| builder.pack(pack.clone()));
    let (kb, _) = builder.build()?;
    Ok(run_cases(&kb, &cases_of(packs, limits)))
}

/// The cases of the packs, in the order of their files. The packs have been read without error before.
fn cases_of(packs: &[Source], limits: &Limits) -> Vec<Spanned<TestCase>> {
    let mut first_file = 0;
    let mut cases = Vec::new();
    for pack in packs {
        let parsed = parse(pack, limits, first_file, &mut Vec::new());
        first_file += u32::try_from(pack.file_texts().len()).unwrap_or(u32::MAX);
        cases.extend(parsed.0.into_iter().flat_map(|pack| pack.cases));
    }
    cases
}

fn run_cases(kb: &KnowledgeBase, tests: &[Spanned<TestCase>]) -> PackTestReport {
    let base = kb.base();
    let mut coverage = Coverage::new(base, kb.program());
    let mut cases = Vec::with_capacity(tests.len());
    for test in tests {
        let failures = match kb.case_from_input(&test.facts) {
            Ok(case) => {
                coverage.see(&case);
                judge(kb, &case, test)
            }
            Err(error) => vec![Failure {
                check: "facts",
                subject: error.place().unwrap_or_default().to_owned(),
                expected: "a case that can be read".to_owned(),
                found: error.to_string(),
                why: Vec::new(),
                place: place(base, test.facts.span),
            }],
        };
        cases.push(CaseReport {
            id: test.id.value.clone(),
            title: test.title.as_ref().map(|title| title.value.clone()),
            place: place(base, test.span),
            failures,
        });
    }
    let (rules, conditions) = coverage.report();
    let packs = base.packs.iter().map(|pack| PackVersion { id: pack.id.clone(), version: pack.version.clone() }).collect();
    PackTestReport::new(packs, cases, rules, conditions)
}
