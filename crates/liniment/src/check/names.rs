//! The names of all packs: who declares what, and looking it up.

use hashbrown::HashMap;
use std::cell::Cell;

use super::base::PackIndex;
use super::context::Context;
use crate::compact_sort::CompactSort;
use crate::diagnostic::codes::names as codes;
use crate::diagnostic::{Code, Finding};
use crate::parse::spanned::Span;
use crate::parse::syntax::Name;
use crate::text::nearest::nearest;

/// One kind of name: what it is called, and the code that says that there is none such.
pub(super) struct Kind {
    /// With its article: `a rule`.
    pub(super) noun: &'static str,
    pub(super) unknown: &'static Code,
}

/// The names of one kind, sorted.
pub(super) struct Names<'a> {
    pub(super) kind: Kind,
    pub(super) ids: Vec<&'a str>,
    pub(super) declared: Vec<Declared>,
    index: HashMap<&'a str, u32>,
}

/// Where a name is declared.
pub(super) struct Declared {
    pub(super) pack: PackIndex,
    /// Further packs that declare the same.
    pub(super) also: Vec<PackIndex>,
    pub(super) span: Span,
    /// Something needs it.
    pub(super) used: Cell<bool>,
}

impl Declared {
    pub(super) fn packs(&self) -> impl Iterator<Item = PackIndex> + '_ {
        std::iter::once(self.pack).chain(self.also.iter().copied())
    }
}

impl<'a> Names<'a> {
    /// From entries in any order, each id once.
    pub(super) fn new(kind: Kind, mut entries: Vec<(&'a str, Declared)>) -> Self {
        entries.compact_sort_by(|left, right| left.0.cmp(right.0));
        let mut names = Self {
            kind,
            ids: Vec::with_capacity(entries.len()),
            declared: Vec::with_capacity(entries.len()),
            index: HashMap::with_capacity(entries.len()),
        };
        for (number, (id, declared)) in entries.into_iter().enumerate() {
            names.index.insert(id, u32::try_from(number).unwrap_or(u32::MAX));
            names.ids.push(id);
            names.declared.push(declared);
        }
        names
    }

    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    pub(super) fn get(&self, id: &str) -> Option<usize> {
        self.index.get(id).map(|number| *number as usize)
    }

    pub(super) fn id(&self, number: usize) -> &'a str {
        self.ids.get(number).copied().unwrap_or_default()
    }

    pub(super) fn span(&self, number: usize) -> Span {
        self.declared
            .get(number)
            .map(|declared| declared.span)
            .unwrap_or_default()
    }

    pub(super) fn mark_used(&self, number: usize) {
        if let Some(declared) = self.declared.get(number) {
            declared.used.set(true);
        }
    }
}

/// What to do when a name is not to be found.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Missing {
    /// It is an error.
    Error,
    /// It is no error when a pack named in `with` is not loaded: the name may be of that pack.
    MayBeAbsent,
}

impl<'a> Context<'a> {
    /// The number of a name, or a finding.
    pub(super) fn find(
        &self,
        names: &Names<'a>,
        pack: PackIndex,
        name: &Name,
        missing: Missing,
    ) -> Option<usize> {
        self.find_in(&[names], pack, name, missing)
            .map(|(_, number)| number)
    }

    /// The number of a name in the first of several kinds that has it, or a finding.
    pub(super) fn find_in(
        &self,
        kinds: &[&Names<'a>],
        pack: PackIndex,
        name: &Name,
        missing: Missing,
    ) -> Option<(usize, usize)> {
        let mut hidden = None;
        for (which, names) in kinds.iter().enumerate() {
            let Some(number) = names.get(&name.value) else {
                continue;
            };
            let Some(declared) = names.declared.get(number) else {
                continue;
            };
            if declared.packs().any(|other| self.sees(pack, other)) {
                return Some((which, number));
            }
            hidden = Some((names, declared));
        }
        if let Some((names, declared)) = hidden {
            self.report_hidden(names.kind.noun, pack, name, declared);
            return None;
        }
        if missing == Missing::MayBeAbsent && self.pack(pack).is_some_and(|view| view.absent) {
            return None;
        }
        self.report_unknown(kinds, pack, name);
        None
    }

    fn report_hidden(&self, noun: &str, pack: PackIndex, name: &Name, declared: &Declared) {
        let owner = self.pack_id(declared.pack);
        let here = self.pack_id(pack);
        self.report(
            Finding::new(
                &codes::NOT_VISIBLE,
                format!("`{}` is {noun} of the pack `{owner}`, which `{here}` neither extends nor names in `with`", name.value),
            )
            .at(name.span, "used here")
            .at(declared.span, "declared here")
            .help(format!("write `with: {{\"{owner}\": \"…\"}}` or `extends: {{\"{owner}\": \"…\"}}` in the `pack.ron` of `{here}`")),
        );
    }

    fn report_unknown(&self, kinds: &[&Names<'a>], pack: PackIndex, name: &Name) {
        let Some(first) = kinds.first() else { return };
        let near = self.near(&name.value, || {
            kinds
                .iter()
                .flat_map(|names| names.ids.iter().zip(&names.declared))
                .filter(|(_, declared)| declared.packs().any(|other| self.sees(pack, other)))
                .map(|(id, _)| *id)
                .collect()
        });
        let nouns: Vec<&str> = kinds.iter().map(|names| names.kind.noun).collect();
        let mut finding = Finding::new(
            first.kind.unknown,
            format!(
                "there is no {} `{}`",
                nouns.join(" or ").replace("a ", "").replace("an ", ""),
                name.value
            ),
        )
        .at(name.span, "not declared in any pack that is loaded");
        if let Some(near) = near {
            finding = finding
                .help(format!("did you mean `{near}`?"))
                .nearest(Some(near));
        } else if let Some((noun, span)) = self.elsewhere(&name.value) {
            finding = finding.at(span, format!("this is {noun}")).help(format!(
                "`{}` is {noun}; here {} is expected",
                name.value,
                nouns.join(" or ")
            ));
        } else {
            finding = finding.help("correct the name, or declare what it stands for");
        }
        self.report(finding);
    }

    /// The nearest name, unless very many names have been missed already.
    pub(super) fn near(&self, name: &str, candidates: impl FnOnce() -> Vec<&'a str>) -> Option<&'a str> {
        // Each search reads every name: past this many the first ones show well enough what is wrong.
        const SEARCHES: u32 = 200;
        let done = self.searches.get();
        if done >= SEARCHES {
            return None;
        }
        self.searches.set(done + 1);
        nearest(name, candidates())
    }

    /// What else has this name.
    fn elsewhere(&self, name: &str) -> Option<(&'static str, Span)> {
        let tables = &self.names;
        [
            &tables.facts,
            &tables.definitions,
            &tables.vagues,
            &tables.sources,
            &tables.rules,
            &tables.causes,
            &tables.stages,
            &tables.groups,
            &tables.advice,
            &tables.phases,
        ]
        .into_iter()
        .find_map(|names| {
            names
                .get(name)
                .map(|number| (names.kind.noun, names.span(number)))
        })
    }

    /// Where the rule of this id gives its id: easier on the eye than the whole statement.
    pub(super) fn place_of_rule(&self, id: &str) -> Span {
        self.names
            .rules
            .get(id)
            .map(|number| self.names.rules.span(number))
            .unwrap_or_default()
    }

    /// Says that an id is declared twice.
    pub(super) fn report_duplicate(&self, id: &str, noun: &str, again: Span, first: Span) {
        self.report(
            Finding::new(&codes::DUPLICATE_ID, format!("the id `{id}` is declared twice"))
                .at(again, format!("{noun} of this id again"))
                .at(first, "first declared here")
                .help("give one of the two another id"),
        );
    }

    /// Names of a list looked up, each once; a name written twice is a warning.
    pub(super) fn find_list(
        &self,
        names: &Names<'a>,
        pack: PackIndex,
        list: &[Name],
        missing: Missing,
    ) -> Vec<usize> {
        self.check_repeats(list);
        let mut found: Vec<usize> = list
            .iter()
            .filter_map(|name| self.find(names, pack, name, missing))
            .collect();
        found.compact_sort();
        found.dedup();
        found
    }

    /// Warns of names written twice in one list.
    pub(super) fn check_repeats(&self, list: &[Name]) {
        if list.len() < 2 {
            return;
        }
        let mut seen: HashMap<&str, Span> = HashMap::with_capacity(list.len());
        for name in list {
            if let Some(first) = seen.insert(&name.value, name.span) {
                self.report(
                    Finding::new(
                        &codes::NAMED_TWICE,
                        format!("`{}` is named twice in one list", name.value),
                    )
                    .at(name.span, "named again")
                    .at(first, "first named here")
                    .help("leave one of the two out"),
                );
            }
        }
    }
}
