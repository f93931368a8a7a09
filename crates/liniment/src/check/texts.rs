//! Texts in every language.

use hashbrown::HashMap;
use std::sync::Arc;

use super::base::{PackIndex, Words};
use super::context::{Context, PackView};
use crate::compact_sort::CompactSort;
use crate::parse::syntax::{Statement, Text, Translation};

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
    pub(super) words: &'a Translation,
    pub(super) pack: PackIndex,
}

/// The languages of all packs, sorted, and the number of the first pack's own.
pub(super) fn languages<'a>(packs: &[PackView<'a>]) -> (Vec<&'a str>, usize) {
    let mut languages: Vec<&str> = packs
        .iter()
        .flat_map(|view| std::iter::once(&view.manifest.language).chain(&view.manifest.translations))
        .map(|language| language.value.as_str())
        .collect();
    languages.compact_sort();
    languages.dedup();
    let own = packs
        .first()
        .map_or("", |view| view.manifest.language.value.as_str());
    let number = languages
        .iter()
        .position(|language| *language == own)
        .unwrap_or(0);
    (languages, number)
}

/// All translations, by id. Those into a language that no pack declares are left out here and reported later.
pub(super) fn translations<'a>(packs: &[PackView<'a>], languages: &[&str]) -> Translations<'a> {
    let mut translations = Translations::default();
    for (number, view) in packs.iter().enumerate() {
        for (statement, _) in &view.statements {
            let Statement::Translation(words) = *statement else {
                continue;
            };
            if let Some(language) = languages
                .iter()
                .position(|language| *language == words.lang.value)
            {
                let translated = Translated {
                    language,
                    words,
                    pack: PackIndex::new(number),
                };
                translations
                    .by_id
                    .entry(&words.of.value)
                    .or_default()
                    .push(translated);
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
        texts
            .iter()
            .enumerate()
            .map(|(number, text)| self.words(text, translated, |words| get(words).get(number)))
            .collect()
    }
}
