//! Texts in every language, and what translations lack.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::base::{PackIndex, Words};
use super::context::{Context, PackView};
use super::names::Missing;
use super::values::list;
use crate::diagnostic::Finding;
use crate::diagnostic::codes::rules as codes;
use crate::parse::spanned::Span;
use crate::parse::syntax::{Cause, Fact, Statement, Text, Translation};

use super::views::RuleView;

/// The translations of every id: language number and words.
///
/// A fact and a rule may share an id; they do not share slots, so their words do not mix.
#[derive(Default)]
pub(super) struct Translations<'a> {
    by_id: HashMap<&'a str, Vec<Translated<'a>>>,
}

/// One translation.
#[derive(Clone, Copy)]
pub(super) struct Translated<'a> {
    language: usize,
    words: &'a Translation,
    pack: PackIndex,
}

/// The languages of all packs, sorted, and the number of the first pack's own.
pub(super) fn languages<'a>(packs: &[PackView<'a>]) -> (Vec<&'a str>, usize) {
    let mut languages: Vec<&str> = packs
        .iter()
        .flat_map(|view| std::iter::once(&view.manifest.language).chain(&view.manifest.translations))
        .map(|language| language.value.as_str())
        .collect();
    languages.sort_unstable();
    languages.dedup();
    let own = packs.first().map_or("", |view| view.manifest.language.value.as_str());
    let number = languages.iter().position(|language| *language == own).unwrap_or(0);
    (languages, number)
}

/// All translations, by id. Those into a language that no pack declares are left out here and reported later.
pub(super) fn translations<'a>(packs: &[PackView<'a>], languages: &[&str]) -> Translations<'a> {
    let mut translations = Translations::default();
    for (number, view) in packs.iter().enumerate() {
        for (statement, _) in &view.statements {
            let Statement::Translation(words) = *statement else { continue };
            if let Some(language) = languages.iter().position(|language| *language == words.lang.value) {
                let translated = Translated { language, words, pack: PackIndex::new(number) };
                translations.by_id.entry(&words.of.value).or_default().push(translated);
            }
        }
    }
    translations
}

impl<'a> Translations<'a> {
    pub(super) fn of(&self, id: &str) -> &[Translated<'a>] {
        self.by_id.get(id).map_or(&[], Vec::as_slice)
    }
}

impl<'a> Context<'a> {
    /// A text in every language.
    pub(super) fn words(
        &self,
        text: &Text,
        translated: &[Translated<'a>],
        get: impl Fn(&'a Translation) -> Option<&'a Text>,
    ) -> Words {
        let own: Arc<str> = text.value.as_str().into();
        let mut words: Words = vec![own; self.languages.len()];
        for one in translated {
            if let Some(text) = get(one.words)
                && let Some(place) = words.get_mut(one.language)
            {
                *place = text.value.as_str().into();
            }
        }
        words
    }

    /// A list of texts in every language.
    pub(super) fn word_list(
        &self,
        texts: &[Text],
        translated: &[Translated<'a>],
        get: impl Fn(&'a Translation) -> &'a [Text],
    ) -> Vec<Words> {
        texts.iter().enumerate().map(|(number, text)| self.words(text, translated, |words| get(words).get(number))).collect()
    }

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
            let tables = [&self.names.rules, &self.names.causes, &self.names.groups, &self.names.facts, &self.names.vagues];
            if self.find_in(&tables, pack, &words.of, Missing::Error).is_some() {
                self.report(
                    Finding::new(&codes::TRANSLATION_MISFIT, format!("`{}` has no words to translate", words.of.value))
                        .at(words.of.span, "nothing to translate"),
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
                (&codes::TRANSLATION_COUNT, format!("the translation of `{}` has {slot}, the original has not", words.of.value))
            } else {
                (&codes::TRANSLATION_MISFIT, format!("the translation of `{}` gives {slot}, the original does not", words.of.value))
            };
            let mut finding = Finding::new(code, message).at(text.span, "nothing to translate");
            if let Some(subject) = self.subjects(&words.of.value).first() {
                finding = finding.at(subject.span, "the original");
            }
            self.report(finding.help("a translation says the same as its original, part by part and in the same order"));
        }
        let earlier = self.translations.of(&words.of.value).iter().take_while(|other| !std::ptr::eq(other.words, words));
        for other in earlier.filter(|other| other.words.lang == words.lang) {
            let before: HashMap<Slot<'_>, &Text> = given(other.words).into_iter().collect();
            for (slot, text) in given(words) {
                // A fact that two packs declare alike may also be translated alike by both.
                if let Some(first) = before.get(&slot).filter(|first| first.value != text.value) {
                    self.report(
                        Finding::new(
                            &codes::TRANSLATED_TWICE,
                            format!("{slot} of `{}` is translated into `{}` in two ways", words.of.value, words.lang.value),
                        )
                        .at(text.span, "translated again")
                        .at(first.span, "first translated here"),
                    );
                }
            }
        }
    }

    /// The language must be one that the pack of the translation, or the one translated, declares.
    fn check_language(&self, pack: PackIndex, other: PackIndex, words: &Translation) {
        let declared = |pack: PackIndex| self.pack(pack).map_or(&[][..], |view| view.manifest.translations.as_slice());
        let language = &words.lang;
        if declared(pack).contains(language) || declared(other).contains(language) {
            return;
        }
        let Some(view) = self.pack(pack) else { return };
        let known: Vec<&str> = declared(pack).iter().map(|language| language.value.as_str()).collect();
        self.report(
            Finding::new(
                &codes::TRANSLATION_LANGUAGE,
                format!("the pack `{}` declares no translation into `{}`", view.manifest.id.value, language.value),
            )
            .at(language.span, if known.is_empty() { "no translations are declared".to_owned() } else { format!("declared are {}", list(&known)) })
            .help(format!("write `translations: [\"{}\"]` in `pack.ron`", language.value))
            .nearest(crate::text::nearest::nearest(&language.value, known.iter().copied())),
        );
    }

    fn check_completeness(&self) {
        if self.packs.iter().all(|view| view.manifest.translations.is_empty()) {
            return;
        }
        for subject in self.all_subjects() {
            let Some(view) = self.pack(subject.pack) else { continue };
            for language in &view.manifest.translations {
                let given: HashSet<Slot<'_>> = self
                    .translations
                    .of(subject.id)
                    .iter()
                    .filter(|one| one.words.lang == *language && self.sees(one.pack, subject.pack))
                    .flat_map(|one| given(one.words))
                    .map(|(slot, _)| slot)
                    .collect();
                let missing: Vec<String> =
                    subject.slots.iter().filter(|slot| !given.contains(slot)).map(Slot::to_string).collect();
                if !missing.is_empty() {
                    self.report(
                        Finding::new(
                            &codes::TRANSLATION_MISSING,
                            format!("`{}` is not fully translated into `{}`: {} missing", subject.id, language.value, and(&missing)),
                        )
                        .at(subject.span, format!("its translation lacks {}", and(&missing)))
                        .help(format!("add `Translation(lang: \"{}\", of: \"{}\", …)`", language.value, subject.id)),
                    );
                }
            }
        }
    }

    /// Everything with words of this id: a fact and a rule may share one.
    fn subjects(&self, id: &str) -> Vec<Subject<'a>> {
        let mut subjects = Vec::new();
        let tables = &self.names;
        if let Some(fact) = tables.facts.get(id).and_then(|number| Some((number, *self.statements.facts.get(number)?))) {
            subjects.push(self.fact_subject(fact.0, fact.1));
        }
        if let Some(vague) = tables.vagues.get(id).and_then(|number| self.vague_subject(number)) {
            subjects.push(vague);
        }
        if let Some(rule) = tables.rules.get(id).and_then(|number| self.statements.rules.get(number)) {
            subjects.push(rule_subject(rule));
        }
        if let Some(number) = tables.causes.get(id)
            && let Some(cause) = self.statements.causes.get(number)
        {
            subjects.push(cause_subject(cause, owner(tables.causes.declared.get(number))));
        }
        if let Some(subject) = tables.groups.get(id).and_then(|number| self.group_subject(number)) {
            subjects.push(subject);
        }
        let pack = self.packs.iter().position(|view| view.manifest.id.value == id);
        subjects.extend(pack.and_then(|number| self.pack_subject(number)));
        subjects
    }

    fn all_subjects(&self) -> Vec<Subject<'a>> {
        let mut subjects: Vec<Subject<'a>> = (0..self.packs.len()).filter_map(|number| self.pack_subject(number)).collect();
        subjects.extend(self.statements.facts.iter().enumerate().map(|(number, fact)| self.fact_subject(number, fact)));
        subjects.extend((0..self.names.vagues.len()).filter_map(|number| self.vague_subject(number)));
        let causes = self.statements.causes.iter().zip(&self.names.causes.declared);
        subjects.extend(causes.map(|(cause, declared)| cause_subject(cause, declared.pack)));
        subjects.extend(self.statements.rules.iter().map(rule_subject));
        subjects.extend((0..self.names.groups.len()).filter_map(|number| self.group_subject(number)));
        subjects
    }

    fn fact_subject(&self, number: usize, fact: &'a Fact) -> Subject<'a> {
        let mut subject =
            Subject::new(&fact.id.value, fact.id.span, owner(self.names.facts.declared.get(number)), vec![Slot::one("ask")]);
        subject.slots.extend(fact.labels.iter().map(|(option, _)| Slot { option: Some(&option.value), ..Slot::one("labels") }));
        if let Some(kind) = self.kinds.get(number) {
            use super::base::FactKind::{Choice, Scale, Several};
            if let Choice(_) | Scale(_) | Several(_) = kind {
                // An option without a label of its own may well need one in another language.
                use crate::parse::syntax::FactKind;
                if let FactKind::Choice(options) | FactKind::Scale(options) | FactKind::Several(options) = &fact.kind.value {
                    subject.options = options.iter().map(|option| Slot { option: Some(&option.value), ..Slot::one("labels") }).collect();
                }
            }
        }
        subject
    }

    fn vague_subject(&self, number: usize) -> Option<Subject<'a>> {
        let vague = self.statements.vagues.get(number)?;
        let pack = owner(self.names.vagues.declared.get(number));
        Some(Subject::new(&vague.id.value, vague.id.span, pack, vec![Slot::one("words")]))
    }

    fn group_subject(&self, number: usize) -> Option<Subject<'a>> {
        let group = self.statements.groups.get(number)?;
        let pack = owner(self.names.groups.declared.get(number));
        Some(Subject::new(&group.id.value, group.id.span, pack, vec![Slot::one("text")]))
    }

    fn pack_subject(&self, number: usize) -> Option<Subject<'a>> {
        let manifest = self.packs.get(number)?.manifest;
        let mut slots = vec![Slot::one("title")];
        slots.extend(manifest.notice.as_ref().map(|_| Slot::one("notice")));
        slots.extend(manifest.phases.iter().map(|phase| Slot { option: Some(&phase.value.id.value), ..Slot::one("phases") }));
        Some(Subject::new(&manifest.id.value, manifest.id.span, PackIndex::new(number), slots))
    }
}

fn owner(declared: Option<&super::names::Declared>) -> PackIndex {
    declared.map_or(PackIndex(0), |declared| declared.pack)
}

/// A place for words: `because`, the third of `steps`, the label of an option.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Slot<'s> {
    field: &'static str,
    number: Option<usize>,
    option: Option<&'s str>,
    /// Within a variant, its field.
    part: Option<&'static str>,
    inner: Option<usize>,
}

impl<'s> Slot<'s> {
    fn one(field: &'static str) -> Self {
        Self { field, number: None, option: None, part: None, inner: None }
    }
    fn nth(field: &'static str, number: usize) -> Self {
        Self { number: Some(number), ..Self::one(field) }
    }
    fn list(field: &'static str, count: usize) -> impl Iterator<Item = Slot<'s>> {
        (0..count).map(move |number| Slot::nth(field, number))
    }
}

impl std::fmt::Display for Slot<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.number, self.option, self.part) {
            (Some(number), _, None) => write!(formatter, "number {} of `{}`", number + 1, self.field),
            (Some(number), _, Some(part)) => match self.inner {
                Some(inner) => write!(formatter, "number {} of `{part}` in number {} of `{}`", inner + 1, number + 1, self.field),
                None => write!(formatter, "`{part}` in number {} of `{}`", number + 1, self.field),
            },
            (None, Some(option), _) => write!(formatter, "`{option}` in `{}`", self.field),
            (None, None, _) => write!(formatter, "`{}`", self.field),
        }
    }
}

fn and(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

/// Something with words.
struct Subject<'a> {
    id: &'a str,
    span: Span,
    pack: PackIndex,
    slots: Vec<Slot<'a>>,
    /// Labels that a translation may add.
    options: Vec<Slot<'a>>,
}

impl<'a> Subject<'a> {
    fn new(id: &'a str, span: Span, pack: PackIndex, slots: Vec<Slot<'a>>) -> Self {
        Self { id, span, pack, slots, options: Vec::new() }
    }
    fn may_have(&self) -> impl Iterator<Item = Slot<'a>> + '_ {
        self.slots.iter().chain(&self.options).copied()
    }
}

fn rule_subject<'a>(rule: &RuleView<'a>) -> Subject<'a> {
    let mut slots = vec![Slot::one("text")];
    slots.extend(rule.not_yet.map(|_| Slot::one("not_yet")));
    slots.extend(rule.then_text.map(|_| Slot::one("then_text")));
    slots.extend(rule.because.map(|_| Slot::one("because")));
    slots.extend(Slot::list("reasons", rule.reasons.len()));
    slots.extend(Slot::list("steps", rule.steps.len()));
    slots.extend(Slot::list("eases", rule.eases.len()));
    for (number, variant) in rule.variants.iter().enumerate() {
        let slot = Slot::nth("variants", number);
        slots.extend(variant.value.text.as_ref().map(|_| Slot { part: Some("text"), ..slot }));
        slots.extend((0..variant.value.steps.len()).map(|inner| Slot { part: Some("steps"), inner: Some(inner), ..slot }));
    }
    Subject::new(&rule.id.value, rule.id.span, rule.pack, slots)
}

fn cause_subject<'a>(cause: &'a Cause, pack: PackIndex) -> Subject<'a> {
    let mut slots = vec![Slot::one("text")];
    slots.extend(cause.untreated.as_ref().map(|_| Slot::one("untreated")));
    Subject::new(&cause.id.value, cause.id.span, pack, slots)
}

/// The slots that a translation fills.
fn given(words: &Translation) -> Vec<(Slot<'_>, &Text)> {
    let mut slots: Vec<(Slot<'_>, &Text)> = Vec::new();
    let single = [
        ("ask", &words.ask),
        ("words", &words.words),
        ("text", &words.text),
        ("not_yet", &words.not_yet),
        ("then_text", &words.then_text),
        ("because", &words.because),
        ("untreated", &words.untreated),
        ("title", &words.title),
        ("notice", &words.notice),
    ];
    slots.extend(single.into_iter().filter_map(|(field, text)| Some((Slot::one(field), text.as_ref()?))));
    for (field, texts) in [("reasons", &words.reasons), ("steps", &words.steps), ("eases", &words.eases)] {
        slots.extend(texts.iter().enumerate().map(|(number, text)| (Slot::nth(field, number), text)));
    }
    for (field, texts) in [("labels", &words.labels), ("phases", &words.phases)] {
        slots.extend(texts.iter().map(|(option, text)| (Slot { option: Some(&option.value), ..Slot::one(field) }, text)));
    }
    for (number, variant) in words.variants.iter().enumerate() {
        let slot = Slot::nth("variants", number);
        slots.extend(variant.text.as_ref().map(|text| (Slot { part: Some("text"), ..slot }, text)));
        let steps = variant.steps.iter().enumerate();
        slots.extend(steps.map(|(inner, text)| (Slot { part: Some("steps"), inner: Some(inner), ..slot }, text)));
    }
    slots
}
