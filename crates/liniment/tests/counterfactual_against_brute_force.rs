//! The smallest changes and the facts that suffice, against trying everything, on random small packs.
//!
//! Every run draws the same packs. `PROPTEST_CASES` (256 is one times) draws more, `PROPTEST_RNG_SEED` others.
#![cfg(feature = "prove")]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]

use std::cell::Cell;
use std::collections::BTreeMap;

use liniment::{FactChange, KnowledgeBase, Source, Verdict, Way, WaysAnswer};
use liniment_reference::evaluate::outcome;
use liniment_reference::generate::Trial;
use liniment_reference::model::{Base, Case, Kind, NEVER, Stated, Value};
use liniment_reference::print::TimeStyle;
use liniment_reference::strategy::trials;
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestCaseError, TestRunner};
use serde_json::Value as Json;

/// Cases whose changes have more completions than this, all together, are left out.
const MOST_WORLDS: usize = 20_000;
/// How many ways are listed.
const MOST_WAYS: usize = 5;
/// The first fact can never change once it is known.
const FIXED: usize = 0;

fn for_all(count: u32, cases: usize, test: impl Fn(&Trial) -> Result<(), TestCaseError>) {
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
    if let Err(error) = TestRunner::new(config).run(&trials(cases), |trial| test(&trial)) {
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

fn read(kb: &KnowledgeBase, base: &Base, case: &Case) -> liniment::Case {
    kb.case_from_json(&base.case_json(case, TimeStyle::Mixed, false))
        .unwrap()
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

fn verdict(base: &Base, case: &Case, id: &str) -> Option<Verdict> {
    let said = outcome(base, &base.possible(case));
    said.items.get(id).map(|item| item.verdict)
}

fn is_known(stated: &Stated) -> bool {
    !matches!(stated, Stated::Nothing | Stated::Null | Stated::Declined)
}

/// Steps, then amounts in seconds or in the fact's own unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
struct Distance(f64, f64);

/// How far a value is from the nearest that is possible now; none when a clock would have to go back.
fn distance(base: &Base, case: &Case, fact: usize, to: Value) -> Option<Distance> {
    let kind = &base.facts[fact].kind;
    let stated = &case[fact];
    match (to, kind) {
        // A time that was never started does not become that.
        (Value::Ordered(NEVER), _) => None,
        (Value::YesNo(_), _) | (Value::Option(_), Kind::Choice(_)) => Some(Distance(1.0, 0.0)),
        _ if !is_known(stated) => Some(Distance(1.0, 0.0)),
        (Value::Option(to), _) => {
            let steps = |from: i64, most: i64| {
                let to = i64::try_from(to).unwrap();
                Distance(to.abs_diff(to.clamp(from, most)) as f64, 0.0)
            };
            nearest(base, fact, stated, steps)
        }
        (Value::Several(to), _) => {
            let all = (1u32 << kind.options()) - 1;
            let (includes, excludes) = match stated {
                Stated::Value(Value::Several(set)) => (*set, all & !set),
                Stated::Partly { includes, excludes } => (*includes, *excludes),
                Stated::Reports(reports) => reports.iter().fold((all, all), |(surely, not), (value, _)| {
                    let Value::Several(set) = value else {
                        panic!("{value:?}")
                    };
                    (surely & set, not & !set)
                }),
                other => panic!("{other:?}"),
            };
            let differing = (includes & !to | excludes & to).count_ones();
            Some(Distance(f64::from(differing.max(1)), 0.0))
        }
        (Value::Ordered(to), _) => {
            let unit = match kind {
                Kind::Number { .. } => 100.0,
                Kind::Integer { .. } => 1.0,
                _ => 1e6,
            };
            let forward = matches!(kind, Kind::Clock { .. });
            let away = |from: i64, most: i64| {
                if forward && to < from {
                    Distance(f64::INFINITY, 0.0)
                } else {
                    Distance(0.0, to.abs_diff(to.clamp(from, most)) as f64 / unit)
                }
            };
            nearest(base, fact, stated, away).filter(|distance| distance.0.is_finite())
        }
    }
}

/// The shortest distance from any stretch of values that an ordered fact has now.
fn nearest(
    base: &Base,
    fact: usize,
    stated: &Stated,
    from: impl Fn(i64, i64) -> Distance,
) -> Option<Distance> {
    let number = |value: &Value| match value {
        Value::Ordered(value) => *value,
        Value::Option(step) => i64::try_from(*step).unwrap(),
        other => panic!("{other:?}"),
    };
    let stretches: Vec<(i64, i64)> = match stated {
        Stated::Value(value) => vec![(number(value), number(value))],
        Stated::Reports(reports) => reports
            .iter()
            .map(|(value, _)| (number(value), number(value)))
            .collect(),
        Stated::Range(least, most) => {
            let open = if base.facts[fact].kind.is_time() {
                0
            } else {
                i64::MIN
            };
            vec![(least.unwrap_or(open), most.unwrap_or(i64::MAX))]
        }
        other => panic!("{other:?}"),
    };
    stretches
        .into_iter()
        .map(|(least, most)| from(least, most))
        .min_by(|one, other| one.partial_cmp(other).unwrap())
}

/// The values that a fact may change to: of those that nothing tells apart the nearest.
fn values(base: &Base, case: &Case, fact: usize) -> Vec<(Value, Distance)> {
    if fact == FIXED && (is_known(&case[fact]) || matches!(case[fact], Stated::Declined)) {
        return Vec::new();
    }
    let nothing: Case = base.facts.iter().map(|_| Stated::Nothing).collect();
    let mut all = base.possible(&nothing).swap_remove(fact);
    if all.iter().any(|value| matches!(value, Value::Ordered(_))) {
        let (least, most) = match &base.facts[fact].kind {
            Kind::Integer { from, to } | Kind::Number { from, to } => {
                (from.unwrap_or(i64::MIN), to.unwrap_or(i64::MAX - 1))
            }
            _ => (0, i64::MAX - 1),
        };
        let now = base.possible(case).swap_remove(fact).into_iter();
        let ends = now.filter_map(|value| match value {
            Value::Ordered(value) if value != NEVER => Some(value),
            _ => None,
        });
        let around = base
            .thresholds(fact)
            .into_iter()
            .flat_map(|limit| [limit - 1, limit, limit + 1]);
        all.extend(
            ends.chain(around)
                .filter(|value| (least..=most).contains(value))
                .map(Value::Ordered),
        );
    }
    let mut kept: Vec<(Value, Distance)> = Vec::new();
    for value in all {
        let Some(far) = distance(base, case, fact, value).filter(|_| case[fact] != Stated::Value(value))
        else {
            continue;
        };
        match kept
            .iter_mut()
            .find(|(other, _)| !base.tells_apart(fact, *other, value))
        {
            Some(other) if far < other.1 => *other = (value, far),
            Some(_) => {}
            None => kept.push((value, far)),
        }
    }
    kept
}

/// The smallest sets of facts whose change gives the verdict, each with the shortest distance.
fn brute_force(
    base: &Base,
    case: &Case,
    id: &str,
    wanted: Verdict,
    choices: &[Vec<(Value, Distance)>],
) -> BTreeMap<Vec<usize>, Distance> {
    let mut sets: Vec<u32> = (1..1u32 << case.len()).collect();
    sets.sort_by_key(|set| set.count_ones());
    let mut found: BTreeMap<Vec<usize>, Distance> = BTreeMap::new();
    for set in sets {
        let facts: Vec<usize> = (0..case.len()).filter(|fact| set >> fact & 1 == 1).collect();
        if found.keys().next().is_some_and(|first| first.len() < facts.len()) {
            break;
        }
        let mut open = vec![(case.clone(), Distance::default())];
        for fact in &facts {
            open = open
                .iter()
                .flat_map(|(changed, far)| {
                    choices[*fact].iter().map(move |(value, further)| {
                        let mut changed = changed.clone();
                        changed[*fact] = Stated::Value(*value);
                        (changed, Distance(far.0 + further.0, far.1 + further.1))
                    })
                })
                .collect();
        }
        for (changed, far) in open {
            let nearest = found.get(&facts).is_none_or(|best| far < *best);
            if nearest && verdict(base, &changed, id) == Some(wanted) {
                found.insert(facts.clone(), far);
            }
        }
    }
    found
}

/// What a listed change of a fact comes to.
fn listed_value(base: &Base, change: &FactChange) -> (usize, Value) {
    let fact = base.facts.iter().position(|fact| fact.id == change.fact).unwrap();
    let option = |name: &Json| {
        let number = name.as_str().unwrap().trim_start_matches("option_");
        number.parse::<usize>().unwrap()
    };
    let value = match &base.facts[fact].kind {
        Kind::YesNo => Value::YesNo(change.now.as_bool().unwrap()),
        Kind::Choice(_) | Kind::Scale(_) => Value::Option(option(&change.now)),
        Kind::Several(_) => {
            let included = change.now.as_array().unwrap();
            Value::Several(included.iter().fold(0, |set, name| set | 1 << option(name)))
        }
        Kind::Integer { .. } => Value::Ordered(change.now.as_i64().unwrap()),
        // To the hundredth below: a number just short of a limit stays short of it.
        Kind::Number { .. } => Value::Ordered((change.now.as_f64().unwrap() * 100.0 + 1e-6).floor() as i64),
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

/// The facts that a way changes, and how far.
fn size(base: &Base, case: &Case, way: &Way) -> Option<(Vec<usize>, Distance)> {
    let mut facts = Vec::new();
    let mut far = Distance::default();
    for change in &way.changes {
        let (fact, value) = listed_value(base, change);
        let further = distance(base, case, fact, value)?;
        facts.push(fact);
        far = Distance(far.0 + further.0, far.1 + further.1);
    }
    facts.sort_unstable();
    Some((facts, far))
}

#[test]
fn the_smallest_changes_are_the_smallest() {
    // Between two numbers of the reference there are some of the engine's.
    const STEP: f64 = 0.01;
    let (found, impossible, disputed) = (Cell::new(0usize), Cell::new(0usize), Cell::new(0usize));
    for_all(120, 3, |trial| {
        let base = &trial.base;
        let kb = build(base)?;
        for case in &trial.cases {
            let choices: Vec<Vec<(Value, Distance)>> =
                (0..case.len()).map(|fact| values(base, case, fact)).collect();
            let changed: usize = choices.iter().map(|values| values.len() + 1).product();
            let worlds = base.count_worlds(&base.possible(case));
            if changed.saturating_mul(worlds) > MOST_WORLDS {
                continue;
            }
            let asked = read(&kb, base, case);
            let rule = &base.rules[usize::try_from(trial.seed % 7).unwrap() % base.rules.len()];
            let (id, wanted) = (rule.advice.as_str(), rule.verdict());
            let ways = kb.ways_to(&asked, id, wanted).unwrap();
            if ways.answer == WaysAnswer::GivenAlready {
                prop_assert_eq!(verdict(base, case, id), Some(wanted), "{}", shown(base, case));
                continue;
            }
            let expected = brute_force(base, case, id, wanted, &choices);
            let shown = || format!("{id} {wanted}: {expected:?}, {ways:?}\n{}", shown(base, case));
            prop_assert!(ways.exact, "{}", shown());
            if ways.answer == WaysAnswer::Impossible {
                impossible.set(impossible.get() + 1);
                prop_assert!(expected.is_empty(), "{}", shown());
                continue;
            }
            prop_assert_eq!(ways.answer, WaysAnswer::Found);
            found.set(found.get() + 1);
            disputed.set(
                disputed.get()
                    + case
                        .iter()
                        .filter(|stated| matches!(stated, Stated::Reports(_)))
                        .count(),
            );
            prop_assert_eq!(ways.ways.len(), expected.len().min(MOST_WAYS), "{}", shown());
            let mut listed: Vec<(Vec<usize>, Distance)> = Vec::new();
            for way in &ways.ways {
                let Some((facts, far)) = size(base, case, way) else {
                    prop_assert!(false, "a clock goes back\n{}", shown());
                    continue;
                };
                let best = expected.get(&facts);
                let near = |best: &Distance| {
                    best.0 == far.0 && (best.1 - far.1).abs() <= STEP * facts.len() as f64 + 1e-9
                };
                prop_assert!(best.is_some_and(near), "{:?} {:?}\n{}", facts, far, shown());
                // The engine's own value, rather than the one it was read as.
                let mut changes = serde_json::Map::new();
                for change in &way.changes {
                    changes.insert(change.fact.clone(), change.now.clone());
                }
                let tried = kb.what_if(&asked, &changes).unwrap();
                let now = tried
                    .verdicts
                    .iter()
                    .find(|change| change.id == id)
                    .and_then(|change| change.now);
                prop_assert_eq!(now, Some(wanted), "{}", shown());
                if let Some((other, before)) = listed.last() {
                    let in_order = before.0 < far.0
                        || before.0 == far.0 && before.1 <= far.1 + STEP * facts.len() as f64;
                    prop_assert!(in_order && *other != facts, "{}", shown());
                }
                listed.push((facts, far));
            }
            // What is left out is no nearer than what is listed.
            let farthest = listed.last().map(|(_, far)| *far).unwrap_or_default();
            for (facts, far) in &expected {
                let left_out = listed.iter().all(|(other, _)| other != facts);
                let nearer = far.0 < farthest.0
                    || far.0 == farthest.0 && far.1 + STEP * facts.len() as f64 + 1e-9 < farthest.1;
                prop_assert!(!(left_out && nearer), "{:?}\n{}", facts, shown());
            }
        }
        Ok(())
    });
    assert!(
        found.get() > 40 && impossible.get() > 10 && disputed.get() > 5,
        "{} found, {} impossible, {} facts with reports",
        found.get(),
        impossible.get(),
        disputed.get()
    );
}

#[test]
fn the_facts_that_suffice_are_the_fewest() {
    let (compared, left_out) = (Cell::new(0usize), Cell::new(0usize));
    for_all(120, 3, |trial| {
        let base = &trial.base;
        let kb = build(base)?;
        let nothing: Case = base.facts.iter().map(|_| Stated::Nothing).collect();
        if base.count_worlds(&base.possible(&nothing)) > MOST_WORLDS >> base.facts.len() {
            return Ok(());
        }
        for case in &trial.cases {
            let rule = &base.rules[usize::try_from(trial.seed % 5).unwrap() % base.rules.len()];
            let said = |case: &Case| verdict(base, case, &rule.advice);
            let found = kb.suffices(&read(&kb, base, case), &rule.advice).unwrap();
            let shown = || format!("{found:?}\n{}", shown(base, case));
            prop_assert_eq!(found.verdict, said(case), "{}", shown());
            let keep = |kept: &dyn Fn(usize) -> bool| -> Case {
                (0..case.len())
                    .map(|fact| match kept(fact) {
                        true => case[fact].clone(),
                        false => Stated::Nothing,
                    })
                    .collect()
            };
            let named = keep(&|fact| found.facts.contains(&base.facts[fact].id));
            prop_assert_eq!(said(&named), found.verdict, "{}", shown());
            let fewest = (0u32..1 << case.len())
                .filter(|set| said(&keep(&|fact| set >> fact & 1 == 1)) == found.verdict)
                .map(u32::count_ones)
                .min();
            prop_assert_eq!(fewest, u32::try_from(found.facts.len()).ok(), "{}", shown());
            prop_assert!(found.smallest, "{}", shown());
            compared.set(compared.get() + 1);
            let known = case.iter().filter(|stated| is_known(stated)).count();
            left_out.set(left_out.get() + usize::from(!found.facts.is_empty() && found.facts.len() < known));
        }
        Ok(())
    });
    assert!(
        compared.get() > 60 && left_out.get() > 5,
        "{} compared, {} with some facts left out",
        compared.get(),
        left_out.get()
    );
}
