//! What translations give wrongly, and what they lack.

use hashbrown::{HashMap, HashSet};

use super::base::PackIndex;
use super::context::Context;
use super::names::Missing;
use super::slots::{Slot, Subject, cause_subject, given, rule_subject};
use super::values::list;
use crate::diagnostic::Finding;
use crate::diagnostic::codes::rules as codes;
use crate::parse::syntax::{Fact, FactKind, Statement, Text, Translation};

impl<'a> Context<'a> {
    /// Reports what translations give wrongly or lack.
    pub(super) fn check_translations(&self) {
        for (number, view) in self.packs.iter().enumerate() {
            let pack = PackIndex::new(number);
            for (statement, _) in &view.statements {
                if let Statement::Translation(words) = *statement {
                    self.check_translation(pack, words);
                }
            }
        }
        self.check_completeness();
    }

    fn check_translation(&self, pack: PackIndex, words: &'a Translation) {
        let mut slots: Option<HashSet<Slot<'a>>> = None;
        for subject in self.subjects(&words.of.value) {
            if self.sees(pack, subject.pack) {
                slots.get_or_insert_default().extend(subject.may_have());
                self.check_language(pack, subject.pack, words);
            }
        }
        let Some(slots) = slots else {
            let tables = [
                &self.names.rules,
                &self.names.causes,
                &self.names.groups,
                &self.names.facts,
                &self.names.vagues,
            ];
            if self.find_in(&tables, pack, &words.of, Missing::Error).is_some() {
                self.report(
                    Finding::new(
                        &codes::TRANSLATION_MISFIT,
                        format!("`{}` has no words to translate", words.of.value),
                    )
                    .at(words.of.span, "nothing to translate")
                    .help("leave the translation out"),
                );
            }
            return;
        };
        for (slot, text) in given(words) {
            if slots.contains(&slot) {
                continue;
            }
            let numbered = slot.number.is_some();
            let (code, message) = if numbered {
                (
                    &codes::TRANSLATION_COUNT,
                    format!(
                        "the translation of `{}` has {slot}, the original has not",
                        words.of.value
                    ),
                )
            } else {
                (
                    &codes::TRANSLATION_MISFIT,
                    format!(
                        "the translation of `{}` gives {slot}, the original does not",
                        words.of.value
                    ),
                )
            };
            let mut finding = Finding::new(code, message).at(text.span, "nothing to translate");
            if let Some(subject) = self.subjects(&words.of.value).first() {
                finding = finding.at(subject.span, "the original");
            }
            self.report(
                finding
                    .help("a translation says the same as its original, part by part and in the same order"),
            );
        }
        let earlier = self
            .translations
            .of(&words.of.value)
            .iter()
            .take_while(|other| !std::ptr::eq(other.words, words));
        for other in earlier.filter(|other| other.words.lang == words.lang) {
            let before: HashMap<Slot<'_>, &Text> = given(other.words).into_iter().collect();
            for (slot, text) in given(words) {
                // A fact that two packs declare alike may also be translated alike by both.
                if let Some(first) = before.get(&slot).filter(|first| first.value != text.value) {
                    self.report(
                        Finding::new(
                            &codes::TRANSLATED_TWICE,
                            format!(
                                "{slot} of `{}` is translated into `{}` in two ways",
                                words.of.value, words.lang.value
                            ),
                        )
                        .at(text.span, "translated again")
                        .at(first.span, "first translated here")
                        .help("leave one of the two out"),
                    );
                }
            }
        }
    }

    /// The language must be one that the pack of the translation, or the one translated, declares.
    fn check_language(&self, pack: PackIndex, other: PackIndex, words: &Translation) {
        let declared = |pack: PackIndex| {
            self.pack(pack)
                .map_or(&[][..], |view| view.manifest.translations.as_slice())
        };
        let language = &words.lang;
        if declared(pack).contains(language) || declared(other).contains(language) {
            return;
        }
        let Some(view) = self.pack(pack) else { return };
        let known: Vec<&str> = declared(pack)
            .iter()
            .map(|language| language.value.as_str())
            .collect();
        self.report(
            Finding::new(
                &codes::TRANSLATION_LANGUAGE,
                format!(
                    "the pack `{}` declares no translation into `{}`",
                    view.manifest.id.value, language.value
                ),
            )
            .at(
                language.span,
                if known.is_empty() {
                    "no translations are declared".to_owned()
                } else {
                    format!("declared are {}", list(&known))
                },
            )
            .help(format!(
                "write `translations: [\"{}\"]` in `pack.ron`",
                language.value
            ))
            .nearest(crate::text::nearest::nearest(
                &language.value,
                known.iter().copied(),
            )),
        );
    }

    fn check_completeness(&self) {
        if self
            .packs
            .iter()
            .all(|view| view.manifest.translations.is_empty())
        {
            return;
        }
        for subject in self.all_subjects() {
            let Some(view) = self.pack(subject.pack) else {
                continue;
            };
            for language in &view.manifest.translations {
                let given: HashSet<Slot<'_>> = self
                    .translations
                    .of(subject.id)
                    .iter()
                    .filter(|one| one.words.lang == *language && self.sees(one.pack, subject.pack))
                    .flat_map(|one| given(one.words))
                    .map(|(slot, _)| slot)
                    .collect();
                let missing: Vec<String> = subject
                    .slots
                    .iter()
                    .filter(|slot| !given.contains(*slot))
                    .map(Slot::to_string)
                    .collect();
                if !missing.is_empty() {
                    self.report(
                        Finding::new(
                            &codes::TRANSLATION_MISSING,
                            format!(
                                "`{}` is not fully translated into `{}`: {} missing",
                                subject.id,
                                language.value,
                                and(&missing)
                            ),
                        )
                        .at(subject.span, format!("its translation lacks {}", and(&missing)))
                        .help(format!(
                            "add `Translation(lang: \"{}\", of: \"{}\", …)`",
                            language.value, subject.id
                        )),
                    );
                }
            }
        }
    }

    /// Everything with words of this id: a fact and a rule may share one.
    fn subjects(&self, id: &str) -> Vec<Subject<'a>> {
        let mut subjects = Vec::new();
        let tables = &self.names;
        if let Some(fact) = tables
            .facts
            .get(id)
            .and_then(|number| Some((number, *self.statements.facts.get(number)?)))
        {
            subjects.push(self.fact_subject(fact.0, fact.1));
        }
        if let Some(vague) = tables
            .vagues
            .get(id)
            .and_then(|number| self.vague_subject(number))
        {
            subjects.push(vague);
        }
        if let Some(rule) = tables
            .rules
            .get(id)
            .and_then(|number| self.statements.rules.get(number))
        {
            subjects.push(rule_subject(rule));
        }
        if let Some(number) = tables.causes.get(id)
            && let Some(cause) = self.statements.causes.get(number)
        {
            subjects.push(cause_subject(cause, owner(tables.causes.declared.get(number))));
        }
        if let Some(subject) = tables
            .groups
            .get(id)
            .and_then(|number| self.group_subject(number))
        {
            subjects.push(subject);
        }
        let pack = self.packs.iter().position(|view| view.manifest.id.value == id);
        subjects.extend(pack.and_then(|number| self.pack_subject(number)));
        subjects
    }

    fn all_subjects(&self) -> Vec<Subject<'a>> {
        let mut subjects: Vec<Subject<'a>> = (0..self.packs.len())
            .filter_map(|number| self.pack_subject(number))
            .collect();
        subjects.extend(
            self.statements
                .facts
                .iter()
                .enumerate()
                .map(|(number, fact)| self.fact_subject(number, fact)),
        );
        subjects.extend((0..self.names.vagues.len()).filter_map(|number| self.vague_subject(number)));
        let causes = self.statements.causes.iter().zip(&self.names.causes.declared);
        subjects.extend(causes.map(|(cause, declared)| cause_subject(cause, declared.pack)));
        subjects.extend(self.statements.rules.iter().map(rule_subject));
        subjects.extend((0..self.names.groups.len()).filter_map(|number| self.group_subject(number)));
        subjects
    }

    fn fact_subject(&self, number: usize, fact: &'a Fact) -> Subject<'a> {
        let mut subject = Subject::new(
            &fact.id.value,
            fact.id.span,
            owner(self.names.facts.declared.get(number)),
            vec![Slot::one("ask")],
        );
        let label = |option: &'a str| Slot {
            option: Some(option),
            ..Slot::one("labels")
        };
        subject
            .slots
            .extend(fact.labels.iter().map(|(option, _)| label(&option.value)));
        // An option without a label of its own may well need one in another language.
        if let FactKind::Choice(options) | FactKind::Scale(options) | FactKind::Several(options) =
            &fact.kind.value
        {
            subject.options = options.iter().map(|option| label(&option.value)).collect();
        }
        subject
    }

    fn vague_subject(&self, number: usize) -> Option<Subject<'a>> {
        let vague = self.statements.vagues.get(number)?;
        let pack = owner(self.names.vagues.declared.get(number));
        Some(Subject::new(
            &vague.id.value,
            vague.id.span,
            pack,
            vec![Slot::one("words")],
        ))
    }

    fn group_subject(&self, number: usize) -> Option<Subject<'a>> {
        let group = self.statements.groups.get(number)?;
        let pack = owner(self.names.groups.declared.get(number));
        Some(Subject::new(
            &group.id.value,
            group.id.span,
            pack,
            vec![Slot::one("text")],
        ))
    }

    fn pack_subject(&self, number: usize) -> Option<Subject<'a>> {
        let manifest = self.packs.get(number)?.manifest;
        let mut slots = vec![Slot::one("title")];
        slots.extend(manifest.notice.as_ref().map(|_| Slot::one("notice")));
        slots.extend(manifest.phases.iter().map(|phase| Slot {
            option: Some(&phase.value.id.value),
            ..Slot::one("phases")
        }));
        Some(Subject::new(
            &manifest.id.value,
            manifest.id.span,
            PackIndex::new(number),
            slots,
        ))
    }
}

fn owner(declared: Option<&super::names::Declared>) -> PackIndex {
    declared.map_or(PackIndex(0), |declared| declared.pack)
}

/// `a, b and c`.
fn and(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}
