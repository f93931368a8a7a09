//! Tests and limits in words.

use crate::check::base::{CheckedBase, Comparison, Fact, FactKind, Limit, Scalar, Test, Window};
use crate::text::duration;

/// A test in words: `cramp_state is active`.
pub(super) fn of_test(base: &CheckedBase, fact: &Fact, test: &Test) -> String {
    let names = |options: &[u16]| {
        let known = crate::case::options_of(&fact.kind);
        let names: Vec<&str> = options
            .iter()
            .map(|option| known.get(*option as usize).map_or("?", String::as_str))
            .collect();
        names.join(", ")
    };
    let id = &fact.id;
    match test {
        Test::YesNo(true) => format!("{id} is yes"),
        Test::YesNo(false) => format!("{id} is no"),
        Test::OneOf(options) if options.len() == 1 => format!("{id} is {}", names(options)),
        Test::OneOf(options) => format!("{id} is one of {}", names(options)),
        Test::NoneOf(options) => format!("{id} is none of {}", names(options)),
        Test::Compare(comparison, limit) => format!(
            "{id} is {} {}",
            of_comparison(*comparison),
            of_limit(base, fact, limit)
        ),
        Test::Includes(options) => format!("{id} includes {}", names(options)),
        Test::Only(options) => format!("{id} has only {}", names(options)),
        Test::Exactly(options) if options.is_empty() => format!("{id} is empty"),
        Test::Exactly(options) => format!("{id} is exactly {}", names(options)),
        Test::AnyOf(options) => format!("{id} has any of {}", names(options)),
        Test::NoOption(options) => format!("{id} has none of {}", names(options)),
        Test::All(tests) => {
            let parts: Vec<String> = tests.iter().map(|test| of_test(base, fact, test)).collect();
            parts.join(" and ")
        }
    }
}

fn of_comparison(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::AtLeast => "at least",
        Comparison::MoreThan => "more than",
        Comparison::AtMost => "at most",
        Comparison::LessThan => "less than",
    }
}

/// A limit in words; a vague one with its own words.
pub(super) fn of_limit(base: &CheckedBase, fact: &Fact, limit: &Limit) -> String {
    match limit {
        Limit::Step(step) => crate::case::options_of(&fact.kind)
            .get(*step as usize)
            .cloned()
            .unwrap_or_default(),
        Limit::Value(scalar) => of_scalar(fact, *scalar),
        Limit::Vague(vague) => base.vagues.get(vague.index()).map_or_else(String::new, |vague| {
            let words = vague
                .words
                .get(base.language)
                .map(|words| words.to_string())
                .unwrap_or_default();
            format!(
                "{words} ({} to {})",
                of_scalar(fact, vague.from),
                of_scalar(fact, vague.to)
            )
        }),
    }
}

pub(super) fn of_scalar(fact: &Fact, scalar: Scalar) -> String {
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

/// A gate in words: `time_since_release is at least 24 h`.
pub(super) fn of_gate(base: &CheckedBase, fact: &Fact, window: &Window) -> String {
    format!("{} is at least {}", fact.id, of_limit(base, fact, &window.limit))
}

/// The end of a window in words: `time_since_release is at most several days (3 d to 7 d)`.
pub(super) fn of_end(base: &CheckedBase, fact: &Fact, window: &Window) -> String {
    format!("{} is at most {}", fact.id, of_limit(base, fact, &window.limit))
}
