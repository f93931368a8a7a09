//! Tests and limits in words.

use crate::check::base::{CheckedBase, Comparison, Fact, FactKind, Limit, Scalar, Test, Window};
use crate::text::duration;
use crate::words::{Words, fill, words};

/// What statements are made of: a base, and the language of the words around its names.
#[derive(Clone, Copy)]
pub(super) struct Statements<'a> {
    base: &'a CheckedBase,
    language: usize,
    pub(super) words: &'static Words,
}

impl<'a> Statements<'a> {
    pub(super) fn new(base: &'a CheckedBase, language: usize) -> Self {
        Self {
            base,
            language,
            words: words(base.languages.get(language).map_or("", String::as_str)),
        }
    }

    /// A test in words: `cramp_state is active`.
    pub(super) fn of_test(self, fact: &Fact, test: &Test) -> String {
        let words = self.words;
        let names = |options: &[u16]| {
            let known = crate::case::options_of(&fact.kind);
            let names: Vec<&str> = options
                .iter()
                .map(|option| known.get(*option as usize).map_or("?", String::as_str))
                .collect();
            names.join(", ")
        };
        let with = |pattern: &str, options: &[u16]| fill(pattern, &[&fact.id, &names(options)]);
        match test {
            Test::YesNo(yes) => fill(words.is, &[&fact.id, if *yes { words.yes } else { words.no }]),
            Test::OneOf(options) if options.len() == 1 => with(words.is, options),
            Test::OneOf(options) => with(words.is_one_of, options),
            Test::NoneOf(options) => with(words.is_none_of, options),
            Test::Compare(comparison, limit) => {
                let pattern = match comparison {
                    Comparison::AtLeast => words.is_at_least,
                    Comparison::MoreThan => words.is_more_than,
                    Comparison::AtMost => words.is_at_most,
                    Comparison::LessThan => words.is_less_than,
                };
                fill(pattern, &[&fact.id, &self.of_limit(fact, limit)])
            }
            Test::Includes(options) => with(words.has_all, options),
            Test::Only(options) => with(words.has_only, options),
            Test::Exactly(options) if options.is_empty() => fill(words.is_empty, &[&fact.id]),
            Test::Exactly(options) => with(words.is_exactly, options),
            Test::AnyOf(options) => with(words.has_any, options),
            Test::NoOption(options) => with(words.has_none, options),
            Test::All(tests) => {
                let parts: Vec<String> = tests.iter().map(|test| self.of_test(fact, test)).collect();
                parts.join(&format!(" {} ", words.and))
            }
        }
    }

    /// A limit in words; a vague one with its own words.
    fn of_limit(self, fact: &Fact, limit: &Limit) -> String {
        match limit {
            Limit::Step(step) => crate::case::options_of(&fact.kind)
                .get(*step as usize)
                .cloned()
                .unwrap_or_default(),
            Limit::Value(scalar) => of_scalar(fact, *scalar),
            Limit::Vague(vague) => self
                .base
                .vagues
                .get(vague.index())
                .map_or_else(String::new, |vague| {
                    let words = vague
                        .words
                        .get(self.language)
                        .map(|words| words.to_string())
                        .unwrap_or_default();
                    let (from, to) = (of_scalar(fact, vague.from), of_scalar(fact, vague.to));
                    fill(self.words.vague, &[&words, &from, &to])
                }),
        }
    }

    /// A gate in words: `time_since_release is at least 24 h`.
    pub(super) fn of_gate(self, fact: &Fact, window: &Window) -> String {
        fill(
            self.words.is_at_least,
            &[&fact.id, &self.of_limit(fact, &window.limit)],
        )
    }

    /// The end of a window in words: `time_since_release is at most several days (3 d to 7 d)`.
    pub(super) fn of_end(self, fact: &Fact, window: &Window) -> String {
        fill(
            self.words.is_at_most,
            &[&fact.id, &self.of_limit(fact, &window.limit)],
        )
    }
}

fn of_scalar(fact: &Fact, scalar: Scalar) -> String {
    let unit = match &fact.kind {
        FactKind::Integer { unit, .. } | FactKind::Number { unit, .. } => unit.as_deref(),
        _ => None,
    };
    let value = match scalar {
        Scalar::Integer(value) => value.to_string(),
        Scalar::Number(value) => value.to_string(),
        Scalar::Duration(value) => duration::words(value),
    };
    unit.map_or(value.clone(), |unit| format!("{value} {unit}"))
}
