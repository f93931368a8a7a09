//! The smallest changes and the facts that suffice, against trying everything, on random small packs.
//!
//! Every run draws the same packs. `PROPTEST_CASES` (256 is one times) draws more, `PROPTEST_RNG_SEED` others.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]

#[expect(dead_code, reason = "other tests use more of it")]
mod reference;

use std::cell::Cell;

use liniment::{FactChange, KnowledgeBase, Source, Verdict, WaysAnswer};
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestCaseError, TestRunner};
use reference::evaluate::outcome;
use reference::generate::{Trial, trials};
use reference::model::{Base, Case, Kind, Stated, Value};
use reference::print::TimeStyle;
use serde_json::Value as Json;

/// Cases with more changes than this are left out.
const MOST_CHANGED: usize = 4_000;

fn for_all(count: u32, test: impl Fn(&Trial) -> Result<(), TestCaseError>) {
    let drawn = ProptestConfig::default();
    let rng_seed = if drawn.rng_seed == RngSeed::Random {
        RngSeed::Fixed(20_261_127)
    } else {
        drawn.rng_seed
    };
    let config = ProptestConfig {
        cases: count * drawn.cases / 256,
        failure_persistence: None,
        max_shrink_iters: 300,
        rng_seed,
        ..drawn
    };
    if let Err(error) = TestRunner::new(config).run(&trials(3), |trial| test(&trial)) {
        let message = error.to_string();
        panic!(
            "{}",
            message
                .split("\nminimal failing input")
                .next()
                .unwrap_or(&message)
        );
    }
}

/// The first fact can never change once it is known.
const FIXED: usize = 0;

fn build(base: &Base) -> Result<KnowledgeBase, TestCaseError> {
    let id = format!("Fact(id: \"{}\",", base.facts[FIXED].id);
    let builder = base
        .files(None)
        .into_iter()
        .fold(KnowledgeBase::builder(), |builder, files| {
            let files = files
                .into_iter()
                .map(|(name, text)| (name, text.replace(&id, &format!("{id} fixed: true,"))));
            builder.pack(Source::files(files))
        });
    builder
        .build()
        .map(|(kb, _)| kb)
        .map_err(|_| TestCaseError::reject("the pack is refused"))
}

fn is_known(stated: &Stated) -> bool {
    !matches!(stated, Stated::Nothing | Stated::Null | Stated::Declined)
}

/// The least and the most that an ordered fact can be now.
fn bounds(base: &Base, case: &Case, fact: usize) -> Option<(i64, i64)> {
    let values = base.possible(case).swap_remove(fact).into_iter();
    let ordered: Vec<i64> = values
        .filter_map(|value| match value {
            Value::Ordered(value) => Some(value),
            _ => None,
        })
        .collect();
    is_known(&case[fact]).then(|| Some((*ordered.iter().min()?, *ordered.iter().max()?)))?
}

/// The values that a fact may change to.
fn values(base: &Base, case: &Case, fact: usize) -> Vec<Value> {
    if fact == FIXED && (is_known(&case[fact]) || matches!(case[fact], Stated::Declined)) {
        return Vec::new();
    }
    let nothing: Case = base.facts.iter().map(|_| Stated::Nothing).collect();
    let all = base.possible(&nothing).swap_remove(fact);
    let least = match base.facts[fact].kind {
        Kind::Clock { .. } => bounds(base, case, fact).map_or(0, |(least, _)| least),
        _ => i64::MIN,
    };
    let mut all: Vec<Value> = all
        .into_iter()
        .filter(|value| !matches!(value, Value::Ordered(value) if *value < least))
        .filter(|value| !matches!(value, Value::Ordered(value) if *value == i64::MAX))
        .collect();
    if least > 0 {
        all.push(Value::Ordered(least));
    }
    all
}

/// Steps, then amounts in seconds or units.
type Distance = (f64, f64);

fn distance(base: &Base, case: &Case, fact: usize, value: Value) -> Distance {
    let kind = &base.facts[fact].kind;
    match (value, &case[fact]) {
        (Value::Option(to), Stated::Value(Value::Option(from))) if matches!(kind, Kind::Scale(_)) => {
            (to.abs_diff(*from) as f64, 0.0)
        }
        (Value::Several(to), Stated::Value(Value::Several(from))) => {
            (f64::from((to ^ from).count_ones().max(1)), 0.0)
        }
        (Value::Ordered(to), _) => match bounds(base, case, fact) {
            None => (1.0, 0.0),
            Some((least, most)) => {
                let away = to.abs_diff(to.clamp(least, most)) as f64;
                let unit = match kind {
                    Kind::Number { .. } => 100.0,
                    Kind::Integer { .. } => 1.0,
                    _ => 1e6,
                };
                (0.0, away / unit)
            }
        },
        _ => (1.0, 0.0),
    }
}

/// The fewest facts, and the shortest distance of so many.
fn brute_force(base: &Base, case: &Case, id: &str, wanted: Verdict) -> Option<(usize, Distance)> {
    let choices: Vec<Vec<Value>> = (0..case.len()).map(|fact| values(base, case, fact)).collect();
    let mut best: Option<(usize, Distance)> = None;
    let mut open: Vec<(usize, Case, usize, Distance)> = vec![(0, case.clone(), 0, (0.0, 0.0))];
    while let Some((fact, changed, count, far)) = open.pop() {
        if fact == case.len() {
            let better = best.is_none_or(|best| (count, far) < best);
            let said = || outcome(base, &base.possible(&changed));
            if count > 0 && better && said().items.get(id).is_some_and(|item| item.verdict == wanted) {
                best = Some((count, far));
            }
            continue;
        }
        for value in &choices[fact] {
            let mut changed = changed.clone();
            changed[fact] = Stated::Value(*value);
            let (steps, amount) = distance(base, case, fact, *value);
            open.push((fact + 1, changed, count + 1, (far.0 + steps, far.1 + amount)));
        }
        open.push((fact + 1, changed, count, far));
    }
    best
}

/// What a listed change of a fact comes to.
fn listed_value(base: &Base, change: &FactChange) -> (usize, Value) {
    let fact = base.facts.iter().position(|fact| fact.id == change.fact).unwrap();
    let option = |name: &Json| {
        name.as_str()
            .unwrap()
            .trim_start_matches("option_")
            .parse::<usize>()
            .unwrap()
    };
    let value = match &base.facts[fact].kind {
        Kind::YesNo => Value::YesNo(change.now.as_bool().unwrap()),
        Kind::Choice(_) | Kind::Scale(_) => Value::Option(option(&change.now)),
        Kind::Several(_) => {
            let included = change
                .now
                .get("includes")
                .unwrap_or(&change.now)
                .as_array()
                .unwrap();
            Value::Several(included.iter().fold(0, |set, name| set | 1 << option(name)))
        }
        Kind::Integer { .. } => Value::Ordered(change.now.as_i64().unwrap()),
        Kind::Number { .. } => Value::Ordered((change.now.as_f64().unwrap() * 100.0).round() as i64),
        _ => Value::Ordered(microseconds(change.now.as_str().unwrap())),
    };
    (fact, value)
}

/// `PT23H59M0.5S` in microseconds.
fn microseconds(text: &str) -> i64 {
    let mut total = 0.0;
    let mut number = String::new();
    for letter in text.trim_start_matches("PT").chars() {
        let unit = match letter {
            'H' => 3_600.0,
            'M' => 60.0,
            'S' => 1.0,
            digit => {
                number.push(digit);
                continue;
            }
        };
        total += number.parse::<f64>().unwrap() * unit * 1e6;
        number.clear();
    }
    total.round() as i64
}

fn shown(base: &Base, case: &Case) -> String {
    let files: Vec<String> = base
        .files(None)
        .into_iter()
        .flatten()
        .map(|(_, text)| text)
        .collect();
    format!(
        "{}\ncase: {}",
        files.join("\n"),
        base.case_json(case, TimeStyle::Mixed, false)
    )
}

#[test]
fn the_smallest_changes_are_the_smallest() {
    let (found, impossible) = (Cell::new(0usize), Cell::new(0usize));
    for_all(30, |trial| {
        let base = &trial.base;
        let kb = build(base)?;
        for case in &trial.cases {
            let changed: usize = (0..case.len())
                .map(|fact| values(base, case, fact).len() + 1)
                .product();
            if changed > MOST_CHANGED {
                continue;
            }
            let read = kb
                .case_from_json(&base.case_json(case, TimeStyle::Mixed, false))
                .unwrap();
            let rule = &base.rules[usize::try_from(trial.seed % 7).unwrap() % base.rules.len()];
            let (id, wanted) = (rule.advice.as_str(), rule.verdict());
            let ways = kb.ways_to(&read, id, wanted).unwrap();
            let expected = brute_force(base, case, id, wanted);
            let shown = || format!("{id} {wanted}: {expected:?}, {ways:?}\n{}", shown(base, case));
            match ways.answer {
                WaysAnswer::GivenAlready => {}
                WaysAnswer::Impossible => {
                    impossible.set(impossible.get() + 1);
                    prop_assert!(expected.is_none(), "{}", shown());
                }
                WaysAnswer::Found => {
                    found.set(found.get() + 1);
                    prop_assert!(ways.exact, "{}", shown());
                    let mut before = (0, (0.0, 0.0));
                    for way in &ways.ways {
                        let mut changed = case.clone();
                        let mut far = (0.0, 0.0);
                        for change in &way.changes {
                            let (fact, value) = listed_value(base, change);
                            let clock = matches!(base.facts[fact].kind, Kind::Clock { .. });
                            let back = clock
                                && matches!((value, bounds(base, case, fact)), (Value::Ordered(to), Some((least, _))) if to < least);
                            prop_assert!(!back, "a clock goes back\n{}", shown());
                            prop_assert!(fact != FIXED || !is_known(&case[fact]), "{}", shown());
                            changed[fact] = Stated::Value(value);
                            let (steps, amount) = distance(base, case, fact, value);
                            far = (far.0 + steps, far.1 + amount);
                        }
                        let said = outcome(base, &base.possible(&changed));
                        prop_assert_eq!(
                            said.items.get(id).map(|item| item.verdict),
                            Some(wanted),
                            "{}",
                            shown()
                        );
                        let size = (way.changes.len(), far);
                        prop_assert!(before.0 <= size.0, "{}", shown());
                        if before.0 == 0 {
                            let expected = expected.unwrap_or((usize::MAX, far));
                            // What is tried out is coarser than what is listed: never nearer.
                            let nearer = (size.1.0, size.1.1) <= (expected.1.0, expected.1.1 + 1e-9);
                            prop_assert!(
                                expected.0 == usize::MAX || size.0 == expected.0 && nearer,
                                "{}",
                                shown()
                            );
                        }
                        before = size;
                    }
                }
                _ => prop_assert!(false, "undecided: {}", shown()),
            }
        }
        Ok(())
    });
    assert!(
        found.get() > 10 && impossible.get() > 3,
        "{} found, {} impossible",
        found.get(),
        impossible.get()
    );
}

#[test]
fn the_facts_that_suffice_are_the_fewest() {
    for_all(30, |trial| {
        let base = &trial.base;
        let kb = build(base)?;
        for case in &trial.cases {
            let read = kb
                .case_from_json(&base.case_json(case, TimeStyle::Mixed, false))
                .unwrap();
            let rule = &base.rules[usize::try_from(trial.seed % 5).unwrap() % base.rules.len()];
            let said = |case: &Case| {
                let said = outcome(base, &base.possible(case));
                said.items.get(&rule.advice).map(|item| item.verdict)
            };
            let found = kb.suffices(&read, &rule.advice).unwrap();
            prop_assert_eq!(found.verdict, said(case));
            let keep = |kept: &dyn Fn(usize) -> bool| -> Case {
                (0..case.len())
                    .map(|fact| {
                        if kept(fact) {
                            case[fact].clone()
                        } else {
                            Stated::Nothing
                        }
                    })
                    .collect()
            };
            let named = keep(&|fact| found.facts.contains(&base.facts[fact].id));
            prop_assert_eq!(said(&named), found.verdict, "{}", shown(base, case));
            let fewest = (0u32..1 << case.len())
                .filter(|set| said(&keep(&|fact| set >> fact & 1 == 1)) == found.verdict)
                .map(u32::count_ones)
                .min();
            prop_assert_eq!(
                fewest,
                u32::try_from(found.facts.len()).ok(),
                "{:?}\n{}",
                found,
                shown(base, case)
            );
            prop_assert!(found.smallest);
        }
        Ok(())
    });
}
