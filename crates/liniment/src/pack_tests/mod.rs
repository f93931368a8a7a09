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
use crate::diagnostic::PackError;
use crate::explain::place;
use crate::knowledge_base::KnowledgeBase;
use crate::limits::Limits;
use crate::parse::spanned::Spanned;
use crate::parse::syntax::{Manifest, TestCase};
use crate::parse::{Source, parse};

/// Runs the cases of every pack, each with the packs that its manifest extends or names in `with`.
///
/// A case that is refused, or whose advice is not what it says, is a failure in the report; it is not an
/// error.
///
/// # Errors
/// When a pack has an error, by itself or together with the others.
pub fn run(packs: &[Source], limits: &Limits) -> Result<PackTestReport, PackError> {
    let everything: Vec<usize> = (0..packs.len()).collect();
    let all = build(packs, limits, &everything)?;
    let manifests: Vec<Option<Manifest>> = packs
        .iter()
        .map(|pack| {
            parse(pack, limits, 0, &mut Vec::new())
                .0
                .map(|pack| pack.manifest)
        })
        .collect();
    let mut tally = Tally::default();
    let mut cases: Vec<CaseReport> = Vec::new();
    let mut built: Vec<(Vec<usize>, KnowledgeBase)> = vec![(everything, all.clone())];
    for tested in 0..packs.len() {
        let (set, absent) = named_by(&manifests, tested);
        let kb = match built.iter().find(|(other, _)| *other == set) {
            Some((_, kb)) => kb.clone(),
            None => {
                let kb = build(packs, limits, &set)?;
                built.push((set.clone(), kb.clone()));
                kb
            }
        };
        let mut coverage = Coverage::new(kb.base(), kb.program());
        for test in cases_of(packs, limits, &set, tested) {
            cases.push(run_case(&kb, &test, &absent, &mut coverage));
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
        let everything: Vec<usize> = (0..packs.len()).collect();
        build(packs, limits, &everything)?;
        let manifests: Vec<Option<Manifest>> = packs
            .iter()
            .map(|pack| {
                parse(pack, limits, 0, &mut Vec::new())
                    .0
                    .map(|pack| pack.manifest)
            })
            .collect();
        let mut runs: Vec<(Vec<usize>, Vec<Spanned<TestCase>>)> = vec![(everything, Vec::new())];
        for tested in 0..packs.len() {
            let (set, _) = named_by(&manifests, tested);
            let cases = cases_of(packs, limits, &set, tested);
            match runs.iter_mut().find(|(other, _)| *other == set) {
                Some((_, list)) => list.extend(cases),
                None => runs.push((set, cases)),
            }
        }
        // The smaller sets first: they are quicker to build.
        runs.sort_by_key(|(set, _)| set.len());
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
        build(&packs, limits, set)
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

fn build(packs: &[Source], limits: &Limits, set: &[usize]) -> Result<KnowledgeBase, PackError> {
    let builder = KnowledgeBase::builder().limits(limits.clone());
    let builder = chosen(packs, set).fold(builder, |builder, pack| builder.pack(pack.clone()));
    builder.build().map(|(kb, _)| kb)
}

fn chosen<'p>(packs: &'p [Source], set: &'p [usize]) -> impl Iterator<Item = &'p Source> {
    set.iter().filter_map(|position| packs.get(*position))
}

/// A pack and those that it names, and those that they name, as far as they are given; and the names of
/// those that are not.
fn named_by(manifests: &[Option<Manifest>], pack: usize) -> (Vec<usize>, Vec<String>) {
    let mut set = vec![pack];
    let mut absent = Vec::new();
    let mut next = 0;
    while let Some(position) = set.get(next) {
        next += 1;
        let Some(Some(manifest)) = manifests.get(*position) else {
            continue;
        };
        for (name, _) in manifest.extends.iter().chain(&manifest.with_packs) {
            let given = manifests
                .iter()
                .position(|other| other.as_ref().is_some_and(|other| other.id.value == name.value));
            match given {
                Some(other) if !set.contains(&other) => set.push(other),
                None if !absent.contains(&name.value) => absent.push(name.value.clone()),
                _ => {}
            }
        }
    }
    set.sort_unstable();
    (set, absent)
}

/// The cases of one pack of a set, with places as in the knowledge base of that set. The packs have been
/// read without error before.
fn cases_of(packs: &[Source], limits: &Limits, set: &[usize], tested: usize) -> Vec<Spanned<TestCase>> {
    let before = set
        .iter()
        .take_while(|position| **position != tested)
        .filter_map(|position| packs.get(*position));
    let first_file: usize = before.map(|pack| pack.file_texts().len()).sum();
    let first_file = u32::try_from(first_file).unwrap_or(u32::MAX);
    let parsed = packs
        .get(tested)
        .and_then(|pack| parse(pack, limits, first_file, &mut Vec::new()).0);
    parsed.map(|pack| pack.cases).unwrap_or_default()
}

fn run_case(
    kb: &KnowledgeBase,
    test: &Spanned<TestCase>,
    absent: &[String],
    coverage: &mut Coverage<'_>,
) -> CaseReport {
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
            why: absent
                .iter()
                .map(|pack| format!("the pack names `{pack}`, which is not loaded"))
                .collect(),
            place: place(kb.base(), test.facts.span),
        }],
    };
    CaseReport {
        id: test.id.value.clone(),
        title: test.title.as_ref().map(|title| title.value.clone()),
        place: place(kb.base(), test.span),
        failures,
    }
}
