//! The packs' own tests: their cases, and what the cases leave untried.
//!
//! A pack's cases say what that pack says: they run with the packs that its manifest names, as far as
//! those are given, and with no others.
//!
//! ```text
//! cases/*.ron ─parse→ TestCase ─advise→ Advice ─expect→ failures
//!                                  └─ coverage: rules that spoke, conditions seen true and seen false
//! ```

mod coverage;
mod expect;
mod report;
mod tally;
#[cfg(test)]
mod tests;

pub use report::{
    CaseReport, ConditionCoverage, ConditionGap, Failure, PackTestReport, RuleCoverage, RuleGap,
};

use coverage::Coverage;
use expect::judge;
use tally::Tally;

use crate::advice::PackVersion;
use crate::builder::{Parsed, Reading, Settings, assemble};
use crate::compact_sort::CompactSort;
use crate::diagnostic::PackError;
use crate::explain::place;
use crate::knowledge_base::KnowledgeBase;
use crate::limits::Limits;
use crate::parse::spanned::Spanned;
use crate::parse::syntax::{Manifest, Name, TestCase};
use crate::parse::{ParsedPack, Source};
use crate::progress::Reporter;

/// Runs the cases of every pack, each with the packs that its manifest extends or names in `with`.
///
/// A case that is refused, or whose advice is not what it says, is a failure in the report; it is not an
/// error. A case that needs a pack (its `with`) which is not given is skipped.
///
/// # Errors
/// When a pack has an error, by itself or together with the others.
pub fn run(packs: &[Source], limits: &Limits) -> Result<PackTestReport, PackError> {
    let reading = Reading::of(packs, limits, &Reporter::default());
    let everything: Vec<usize> = (0..packs.len()).collect();
    let all = build(packs, &reading, limits, &everything)?;
    let mut tally = Tally::default();
    let mut cases: Vec<CaseReport> = Vec::new();
    let mut built: Vec<(Vec<usize>, KnowledgeBase)> = vec![(everything, all.clone())];
    for (tested, pack) in reading.packs.iter().enumerate() {
        let Some(pack) = pack else { continue };
        let (set, absent) = named_by(&reading.packs, tested);
        let kb = match built.iter().find(|(other, _)| *other == set) {
            Some((_, kb)) => kb.clone(),
            None => {
                let kb = build(packs, &reading, limits, &set)?;
                built.push((set.clone(), kb.clone()));
                kb
            }
        };
        let mut coverage = Coverage::new(kb.base(), kb.program());
        for test in &pack.cases {
            cases.push(run_case(&kb, &pack.manifest, test, &absent, &mut coverage));
        }
        coverage.add_to(&mut tally);
    }
    let versions = all.base().packs.iter().map(|pack| PackVersion {
        id: pack.id.clone(),
        version: pack.version.clone(),
    });
    let (rules, conditions) = tally.report();
    Ok(PackTestReport::new(versions.collect(), cases, rules, conditions))
}

/// The cases of several packs, each with the packs that they are run with.
#[cfg(feature = "prove")]
pub(crate) struct Suite {
    /// The packs loaded together, and the cases run there.
    runs: Vec<(Vec<usize>, Vec<Spanned<TestCase>>)>,
}

#[cfg(feature = "prove")]
impl Suite {
    /// The suite of these packs.
    ///
    /// # Errors
    /// When a pack has an error.
    pub(crate) fn new(packs: &[Source], limits: &Limits) -> Result<Self, PackError> {
        let reading = Reading::of(packs, limits, &Reporter::default());
        let everything: Vec<usize> = (0..packs.len()).collect();
        build(packs, &reading, limits, &everything)?;
        let mut runs: Vec<(Vec<usize>, Vec<Spanned<TestCase>>)> = vec![(everything, Vec::new())];
        for (tested, pack) in reading.packs.iter().enumerate() {
            let Some(pack) = pack else { continue };
            let (set, absent) = named_by(&reading.packs, tested);
            let runs_here =
                |test: &&Spanned<TestCase>| !test.with_packs.iter().any(|name| absent.contains(&name.value));
            let cases = pack.cases.iter().filter(runs_here).cloned();
            match runs.iter_mut().find(|(other, _)| *other == set) {
                Some((_, list)) => list.extend(cases),
                None => runs.push((set, cases.collect())),
            }
        }
        // The smaller sets first: they are quicker to build.
        runs.compact_sort_by_key(|(set, _)| set.len());
        Ok(Self { runs })
    }

    /// The sets of packs that are loaded together.
    pub(crate) fn sets(&self) -> Vec<Vec<usize>> {
        self.runs.iter().map(|(set, _)| set.clone()).collect()
    }

    /// The knowledge base of a set.
    ///
    /// # Errors
    /// When a pack has an error.
    pub(crate) fn build(
        packs: &[Source],
        limits: &Limits,
        set: &[usize],
    ) -> Result<KnowledgeBase, PackError> {
        let packs: Vec<Source> = packs.iter().map(|pack| pack.clone().without_cases()).collect();
        let reading = Reading::of(&packs, limits, &Reporter::default());
        build(&packs, &reading, limits, set)
    }

    /// The first case of a set that does not hold.
    pub(crate) fn first_failure(&self, set: &[usize], kb: &KnowledgeBase) -> Option<String> {
        let (_, cases) = self.runs.iter().find(|(other, _)| other == set)?;
        let failing = cases.iter().find(|test| match kb.case_from_input(&test.facts) {
            Ok(case) => !judge(kb, &case, test).is_empty(),
            Err(_) => true,
        });
        failing.map(|test| test.id.value.clone())
    }
}

/// The knowledge base of some of the packs that were read.
fn build(
    packs: &[Source],
    reading: &Reading,
    limits: &Limits,
    set: &[usize],
) -> Result<KnowledgeBase, PackError> {
    let sources = set.iter().filter_map(|place| packs.get(*place)).cloned();
    let parsed: Vec<&ParsedPack> = set
        .iter()
        .filter_map(|place| reading.packs.get(*place)?.as_ref())
        .collect();
    let text = Parsed {
        packs: &parsed,
        files: &reading.files,
        findings: reading.findings.clone(),
    };
    let settings = Settings {
        limits: limits.clone(),
        ..Settings::default()
    };
    assemble(sources.collect(), text, &settings, &Reporter::default()).map(|(kb, _)| kb)
}

/// A pack and those that it names, and those that they name, as far as they are given; and the names of
/// those that are not.
fn named_by(packs: &[Option<ParsedPack>], pack: usize) -> (Vec<usize>, Vec<String>) {
    let mut set = vec![pack];
    let mut absent = Vec::new();
    let mut next = 0;
    while let Some(position) = set.get(next) {
        next += 1;
        let Some(Some(pack)) = packs.get(*position) else {
            continue;
        };
        let manifest = &pack.manifest;
        for (name, _) in manifest.extends.iter().chain(&manifest.with_packs) {
            let given = packs.iter().position(|other| {
                other
                    .as_ref()
                    .is_some_and(|other| other.manifest.id.value == name.value)
            });
            match given {
                Some(other) if !set.contains(&other) => set.push(other),
                None if !absent.contains(&name.value) => absent.push(name.value.clone()),
                _ => {}
            }
        }
    }
    set.compact_sort();
    (set, absent)
}

fn run_case(
    kb: &KnowledgeBase,
    manifest: &Manifest,
    test: &Spanned<TestCase>,
    absent: &[String],
    coverage: &mut Coverage<'_>,
) -> CaseReport {
    let named = |name: &Name| {
        let packs = manifest.extends.iter().chain(&manifest.with_packs);
        packs.clone().any(|(pack, _)| pack.value == name.value)
    };
    let mut skipped = Vec::new();
    let failures = if let Some(foreign) = test.with_packs.iter().find(|name| !named(name)) {
        vec![Failure {
            check: "with",
            subject: foreign.value.clone(),
            expected: "a pack that `pack.ron` extends or names in `with`".to_owned(),
            found: format!("`{}`, which it does not name", foreign.value),
            why: Vec::new(),
            place: place(kb.base(), foreign.span),
        }]
    } else {
        let needed = test.with_packs.iter().map(|name| name.value.clone());
        skipped = needed.filter(|name| absent.contains(name)).collect();
        if skipped.is_empty() {
            advise(kb, test, absent, coverage)
        } else {
            Vec::new()
        }
    };
    CaseReport {
        id: test.id.value.clone(),
        title: test.title.as_ref().map(|title| title.value.clone()),
        place: place(kb.base(), test.span),
        skipped_without: skipped,
        failures,
    }
}

/// What the advice is, against what the case says.
fn advise(
    kb: &KnowledgeBase,
    test: &Spanned<TestCase>,
    absent: &[String],
    coverage: &mut Coverage<'_>,
) -> Vec<Failure> {
    match kb.case_from_input(&test.facts) {
        Ok(case) => {
            coverage.see(&case);
            judge(kb, &case, test)
        }
        Err(error) => vec![Failure {
            check: "facts",
            subject: error.place().unwrap_or_default().to_owned(),
            expected: "a case that can be read".to_owned(),
            found: error.to_string(),
            why: absent
                .iter()
                .map(|pack| format!("the pack names `{pack}`, which is not loaded"))
                .collect(),
            place: place(kb.base(), test.facts.span),
        }],
    }
}
