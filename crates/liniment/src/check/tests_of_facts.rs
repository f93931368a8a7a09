//! Whether a test of one fact holds for none or for all of its values.

use super::base::{CheckedBase, Comparison, FactIndex, FactKind, Limit, Scalar, Test};
use super::values::{compare, range};
use crate::cells::{Cells, Literals};

/// What is certain of a condition, whatever the case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Certainty {
    /// No case meets it.
    Never,
    /// Every case meets it.
    Always,
    /// Some do, some do not.
    Depends,
    /// Never or always, but a part of it is to blame and has been reported.
    Said,
}

pub(super) fn certainty(base: &CheckedBase, cells: &Cells, fact: FactIndex, test: &Test) -> Certainty {
    let Some(kind) = base.facts.get(fact.index()).map(|fact| &fact.kind) else {
        return Certainty::Depends;
    };
    let options = match kind {
        FactKind::Choice(options) | FactKind::Scale(options) | FactKind::Several(options) => options.len(),
        _ => 0,
    };
    let of_count = |list: &[u16], none: Certainty, all: Certainty| match list.len() {
        0 => none,
        count if count >= options => all,
        _ => Certainty::Depends,
    };
    match test {
        Test::YesNo(_) | Test::Exactly(_) => Certainty::Depends,
        Test::OneOf(list) => of_count(list, Certainty::Never, Certainty::Always),
        Test::NoneOf(list) => of_count(list, Certainty::Always, Certainty::Never),
        Test::Includes(list) | Test::NoOption(list) => of_count(list, Certainty::Always, Certainty::Depends),
        Test::AnyOf(list) => of_count(list, Certainty::Never, Certainty::Depends),
        Test::Only(list) => of_count(list, Certainty::Depends, Certainty::Always),
        Test::Compare(comparison, Limit::Step(step)) => steps(*comparison, usize::from(*step), options),
        Test::Compare(comparison, limit) => {
            let ends = match limit {
                Limit::Value(scalar) => Some((*scalar, *scalar)),
                Limit::Vague(vague) => base.vagues.get(vague.index()).map(|vague| (vague.from, vague.to)),
                Limit::Step(_) => None,
            };
            ends.map_or(Certainty::Depends, |(from, to)| {
                limits(*comparison, kind, from, to)
            })
        }
        Test::All(tests) => together(base, cells, fact, tests),
    }
}

fn steps(comparison: Comparison, step: usize, count: usize) -> Certainty {
    let held = match comparison {
        Comparison::AtLeast => count.saturating_sub(step),
        Comparison::MoreThan => count.saturating_sub(step + 1),
        Comparison::AtMost => (step + 1).min(count),
        Comparison::LessThan => step.min(count),
    };
    match held {
        0 => Certainty::Never,
        held if held == count => Certainty::Always,
        _ => Certainty::Depends,
    }
}

/// A comparison with a limit somewhere from `low` to `high`, against the range of the fact.
fn limits(comparison: Comparison, kind: &FactKind, low: Scalar, high: Scalar) -> Certainty {
    let (from, to) = range(kind);
    let least = |limit: Scalar| from.map(|from| compare(from, limit));
    let most = |limit: Scalar| to.map(|to| compare(to, limit));
    use std::cmp::Ordering::{Equal, Greater, Less};
    let (always, never) = match comparison {
        Comparison::AtLeast => (
            matches!(least(high), Some(Equal | Greater)),
            most(low) == Some(Less),
        ),
        Comparison::MoreThan => (
            least(high) == Some(Greater),
            matches!(most(low), Some(Equal | Less)),
        ),
        Comparison::AtMost => (
            matches!(most(low), Some(Equal | Less)),
            least(high) == Some(Greater),
        ),
        Comparison::LessThan => (
            most(low) == Some(Less),
            matches!(least(high), Some(Equal | Greater)),
        ),
    };
    match (always, never) {
        (true, _) => Certainty::Always,
        (_, true) => Certainty::Never,
        _ => Certainty::Depends,
    }
}

/// Several tests of one fact: its cells are counted.
fn together(base: &CheckedBase, cells: &Cells, fact: FactIndex, tests: &[Test]) -> Certainty {
    if tests.is_empty() {
        return Certainty::Always;
    }
    let parts: Vec<Certainty> = tests
        .iter()
        .map(|test| certainty(base, cells, fact, test))
        .collect();
    if parts.contains(&Certainty::Never) {
        return Certainty::Never;
    }
    if parts.iter().all(|part| *part == Certainty::Always) {
        return Certainty::Always;
    }
    if matches!(
        base.facts.get(fact.index()).map(|fact| &fact.kind),
        Some(FactKind::Several(_))
    ) {
        return several(tests);
    }
    let mut held: Option<Vec<u64>> = None;
    for test in tests {
        for group in cells.literals(fact, test) {
            let (Literals::All(literals) | Literals::Any(literals)) = group;
            for literal in literals {
                let words = literal.holds_in.words();
                match &mut held {
                    None => held = Some(words.to_vec()),
                    Some(held) => held.iter_mut().zip(words).for_each(|(held, word)| *held &= word),
                }
            }
        }
    }
    if held.is_some_and(|held| held.iter().all(|word| *word == 0)) {
        Certainty::Never
    } else {
        Certainty::Depends
    }
}

/// Options that must be there against options that must not.
fn several(tests: &[Test]) -> Certainty {
    let mut needed: Vec<u16> = Vec::new();
    for test in tests {
        match test {
            Test::Includes(list) | Test::Exactly(list) => needed.extend(list),
            _ => {}
        }
    }
    let excluded = |option: &u16| {
        tests.iter().any(|test| match test {
            Test::Only(list) | Test::Exactly(list) => !list.contains(option),
            Test::NoOption(list) => list.contains(option),
            _ => false,
        })
    };
    let no_choice = tests
        .iter()
        .any(|test| matches!(test, Test::AnyOf(list) if list.iter().all(excluded)));
    if needed.iter().any(excluded) || no_choice {
        Certainty::Never
    } else {
        Certainty::Depends
    }
}
