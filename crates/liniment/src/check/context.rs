//! What every part of the check can see: the packs, their names, and where findings go.

use hashbrown::HashSet;
use std::cell::{Cell, RefCell};

use super::base::{AdviceIndex, DefinitionIndex, FactKind, PackIndex, PhaseIndex};
use super::collect::PhaseView;
use super::names::Names;
use super::texts::Translations;
use super::values::VagueType;
use crate::diagnostic::codes::syntax;
use crate::diagnostic::{Finding, Severity};
use crate::limits::Limits;
use crate::parse::MOST_FINDINGS;
use crate::parse::spanned::Span;
use crate::parse::syntax::{Cause, Define, Fact, Group, Manifest, Source, Stages, Statement, Vague};
use crate::progress::Reporter;

use super::views::RuleView;

/// A pack and what it may see.
pub(super) struct PackView<'a> {
    pub(super) manifest: &'a Manifest,
    pub(super) statements: Vec<(&'a Statement, Span)>,
    /// By pack: whether its names are visible here.
    pub(super) sees: Vec<bool>,
    /// A pack that it names in `with` is not loaded.
    pub(super) absent: bool,
}

/// The names of every kind.
pub(super) struct Tables<'a> {
    pub(super) facts: Names<'a>,
    pub(super) definitions: Names<'a>,
    pub(super) vagues: Names<'a>,
    pub(super) sources: Names<'a>,
    pub(super) rules: Names<'a>,
    pub(super) causes: Names<'a>,
    pub(super) stages: Names<'a>,
    pub(super) groups: Names<'a>,
    pub(super) advice: Names<'a>,
    pub(super) phases: Names<'a>,
}

/// The statements behind the names, in the same order.
#[derive(Default)]
pub(super) struct Statements<'a> {
    pub(super) facts: Vec<&'a Fact>,
    pub(super) definitions: Vec<&'a Define>,
    pub(super) vagues: Vec<&'a Vague>,
    pub(super) sources: Vec<&'a Source>,
    pub(super) rules: Vec<RuleView<'a>>,
    pub(super) causes: Vec<&'a Cause>,
    pub(super) stages: Vec<&'a Stages>,
    pub(super) groups: Vec<&'a Group>,
}

/// See above.
pub(super) struct Context<'a> {
    pub(super) limits: &'a Limits,
    pub(super) progress: &'a Reporter,
    /// In canonical order.
    pub(super) packs: Vec<PackView<'a>>,
    pub(super) languages: Vec<&'a str>,
    pub(super) language: usize,
    pub(super) names: Tables<'a>,
    pub(super) statements: Statements<'a>,
    /// In the order in which their advice is given.
    pub(super) phase_order: Vec<PhaseView<'a>>,
    /// By phase in the table of names: its place in that order.
    pub(super) phase_places: Vec<PhaseIndex>,
    /// By phase in the table of names: the advice that rules give in it.
    pub(super) advice_of_phase: Vec<Vec<AdviceIndex>>,
    /// By advice id: no rule can recommend it, make it optional, or refer by a note.
    pub(super) not_advisable: Vec<bool>,
    /// By fact; whether a clock runs only under a condition is not settled here.
    pub(super) kinds: Vec<FactKind>,
    /// By vague quantity.
    pub(super) vagues: Vec<VagueType>,
    pub(super) translations: Translations<'a>,
    pub(super) findings: RefCell<Vec<Finding>>,
    pub(super) errors: Cell<usize>,
    /// Some findings were not kept.
    pub(super) full: Cell<bool>,
    pub(super) searches: Cell<u32>,
    /// Definitions that could not be read, and those that need them.
    pub(super) broken_definitions: RefCell<HashSet<DefinitionIndex>>,
}

impl<'a> Context<'a> {
    /// Past so many findings only the first errors are kept, and then no more: a text can be made to have
    /// millions.
    pub(super) fn report(&self, finding: Finding) {
        let is_error = finding.code.severity == Severity::Error;
        if is_error {
            self.errors.set(self.errors.get() + 1);
        }
        let mut findings = self.findings.borrow_mut();
        if findings.len() < MOST_FINDINGS || (is_error && self.errors.get() <= MOST_FINDINGS) {
            findings.push(finding);
        } else if !self.full.replace(true) {
            let message =
                format!("the packs have more than {MOST_FINDINGS} mistakes; not all of them are told");
            let note = Finding::new(&syntax::LIMIT, message);
            findings.push(match finding.labels.into_iter().next() {
                Some((place, _)) => note.at(place, "the first that is not told"),
                None => note,
            });
        }
    }

    pub(super) fn findings_count(&self) -> usize {
        self.findings.borrow().len()
    }

    pub(super) fn pack(&self, pack: PackIndex) -> Option<&PackView<'a>> {
        self.packs.get(pack.index())
    }

    pub(super) fn pack_id(&self, pack: PackIndex) -> &'a str {
        self.pack(pack).map_or("", |view| view.manifest.id.value.as_str())
    }

    /// Whether the names of `other` are visible in `pack`.
    pub(super) fn sees(&self, pack: PackIndex, other: PackIndex) -> bool {
        pack == other
            || self
                .pack(pack)
                .is_some_and(|view| view.sees.get(other.index()).copied().unwrap_or(false))
    }

    /// Runs a part of the check, and says whether it found no error.
    pub(super) fn clean<T>(&self, part: impl FnOnce() -> T) -> (T, bool) {
        let before = self.errors.get();
        let result = part();
        (result, self.errors.get() == before)
    }
}
