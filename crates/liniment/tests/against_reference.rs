//! The engine against a slow, obvious evaluator, on random packs and cases.
//!
//! Every run draws the same cases. `PROPTEST_CASES` (256 is one times) draws more, `PROPTEST_RNG_SEED`
//! others.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use liniment::{Advice, KnowledgeBase, Verdict};
use liniment_reference::compare::{advise, agreement, build, shown};
use liniment_reference::generate::Trial;
use liniment_reference::model::{Base, Stated};
use liniment_reference::print::TIME_STYLES;
use liniment_reference::questions;
use liniment_reference::strategy::trials;
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestCaseError, TestRunner};

/// Questions are tried only in cases with at most so many completions.
const MOST_WORLDS_FOR_QUESTIONS: usize = 150;

fn for_all<S: Strategy>(cases: u32, strategy: S, test: impl Fn(S::Value) -> Result<(), TestCaseError>)
where
    S::Value: Debug,
{
    let drawn = ProptestConfig::default();
    let rng_seed = if drawn.rng_seed == RngSeed::Random {
        RngSeed::Fixed(20_261_123)
    } else {
        drawn.rng_seed
    };
    let config = ProptestConfig {
        cases: cases * drawn.cases / 256,
        // Some packs are refused, and drawn again: as many times over as there are cases.
        max_global_rejects: (cases * drawn.cases / 256).saturating_mul(4),
        failure_persistence: None,
        max_shrink_iters: 500,
        rng_seed,
        ..drawn
    };
    if let Err(error) = TestRunner::new(config).run(&strategy, test) {
        // The message holds the smallest pack and case; the model behind them says nothing more.
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

/// A pack that the engine takes, with its cases; a pack it refuses is drawn again.
fn accepted(trial: &Trial) -> Result<KnowledgeBase, TestCaseError> {
    build(&trial.base, None).map_err(|_| TestCaseError::reject("the pack is refused"))
}

fn verdicts(advice: &Advice) -> BTreeMap<String, Verdict> {
    advice
        .items()
        .iter()
        .map(|item| (item.id.clone(), item.verdict))
        .collect()
}

#[test]
fn few_packs_are_refused() {
    let refused = std::cell::Cell::new(0_u32);
    let reasons = std::cell::RefCell::new(BTreeMap::<String, u32>::new());
    for_all(200, trials(0), |trial| {
        if let Err(reason) = build(&trial.base, None) {
            refused.set(refused.get() + 1);
            *reasons.borrow_mut().entry(reason).or_default() += 1;
        }
        Ok(())
    });
    let reasons: Vec<String> = reasons.into_inner().into_keys().take(5).collect();
    assert!(
        refused.get() <= 60,
        "{} of 200 refused, such as:\n{}",
        refused.get(),
        reasons.join("\n")
    );
}

#[test]
fn advice_agrees() {
    for_all(400, trials(6), |trial| {
        let kb = accepted(&trial)?;
        let base = &trial.base;
        for case in &trial.cases {
            let agreed = agreement(&kb, base, case);
            prop_assert!(agreed.is_ok(), "{}", agreed.err().unwrap_or_default());
        }
        Ok(())
    });
}

#[test]
fn no_question_is_missing() {
    for_all(150, trials(4), |trial| {
        let kb = accepted(&trial)?;
        for case in &trial.cases {
            if trial.base.count_worlds(&trial.base.possible(case)) > MOST_WORLDS_FOR_QUESTIONS {
                continue;
            }
            let needed = questions::questions(&trial.base, case);
            let advice = advise(&kb, &trial.base, case);
            let asked: BTreeSet<String> = advice
                .questions()
                .iter()
                .map(|question| question.fact.clone())
                .collect();
            prop_assert!(
                needed.is_subset(&asked),
                "asked {asked:?}, yet these change the advice: {needed:?}\n{}",
                shown(&trial.base, case)
            );
            prop_assert!(
                !advice.questions_exact() || asked == needed,
                "asked {asked:?} and calls it exact, yet only these change the advice: {needed:?}\n{}",
                shown(&trial.base, case)
            );
        }
        Ok(())
    });
}

#[test]
fn the_order_of_files_and_statements_does_not_matter() {
    for_all(80, trials(3), |trial| {
        let kb = accepted(&trial)?;
        let shuffled = build(&trial.base, Some(trial.seed))
            .map_err(|error| TestCaseError::fail(format!("refused when shuffled: {error}")))?;
        for case in &trial.cases {
            let (one, other) = (
                advise(&kb, &trial.base, case).to_json(),
                advise(&shuffled, &trial.base, case).to_json(),
            );
            prop_assert!(one == other, "{one}\n{other}\n{}", shown(&trial.base, case));
        }
        Ok(())
    });
}

#[test]
fn neither_units_nor_the_order_of_facts_matter() {
    for_all(80, trials(3), |trial| {
        let kb = accepted(&trial)?;
        for case in &trial.cases {
            let expected = advise(&kb, &trial.base, case).to_json();
            for style in TIME_STYLES {
                let json = trial.base.case_json(case, style, true);
                let case = kb
                    .case_from_json(&json)
                    .unwrap_or_else(|error| panic!("{json}: {error}"));
                prop_assert_eq!(&kb.advise(&case).unwrap().to_json(), &expected, "{}", json);
            }
        }
        Ok(())
    });
}

/// Whether something that acts only when it is True could stand between an id and its verdict, such as
/// `except`, `overrides`, `suppresses`, or a second rule that would defer; then knowing less may say more.
fn acts_only_when_true(base: &Base) -> bool {
    base.stages.is_some()
        || base.rules.iter().any(|rule| {
            let softened = rule.except.is_some()
                || rule.unless.is_some()
                || rule.shown_unless.is_some()
                || rule.never_when_unknown_stands;
            let shared = base
                .rules
                .iter()
                .filter(|other| other.advice == rule.advice)
                .count()
                > 1;
            shared
                || softened
                || !rule.overrides.is_empty()
                || !rule.yields_to.is_empty()
                || rule.suppresses.is_some()
        })
}

#[test]
fn forgetting_a_fact_opens_nothing() {
    let open = |verdict: Option<&Verdict>| matches!(verdict, Some(Verdict::Recommend | Verdict::Optional));
    for_all(150, trials(4), |trial| {
        let kb = accepted(&trial)?;
        if acts_only_when_true(&trial.base) {
            return Ok(());
        }
        for case in &trial.cases {
            let known = verdicts(&advise(&kb, &trial.base, case));
            for fact in 0..case.len() {
                let mut forgotten = case.clone();
                forgotten[fact] = Stated::Nothing;
                for (id, verdict) in verdicts(&advise(&kb, &trial.base, &forgotten)) {
                    let was_open = open(known.get(&id));
                    prop_assert!(
                        was_open || !open(Some(&verdict)),
                        "`{id}` opens without `{}`\n{}",
                        trial.base.facts[fact].id,
                        shown(&trial.base, case)
                    );
                }
            }
        }
        Ok(())
    });
}

#[test]
fn a_fact_that_no_rule_tests_changes_nothing() {
    for_all(80, trials(3), |trial| {
        let kb = accepted(&trial)?;
        let mut idle = trial.base.clone();
        idle.facts.push(liniment_reference::model::Fact {
            id: "idle".to_owned(),
            kind: liniment_reference::model::Kind::YesNo,
            ask_when: None,
        });
        let with_idle = build(&idle, None).map_err(TestCaseError::fail)?;
        for case in &trial.cases {
            let expected = advise(&kb, &trial.base, case).to_json();
            for idle_is in [
                Stated::Nothing,
                Stated::Value(liniment_reference::model::Value::YesNo(true)),
            ] {
                let mut case = case.clone();
                case.push(idle_is);
                prop_assert_eq!(&advise(&with_idle, &idle, &case).to_json(), &expected);
            }
        }
        Ok(())
    });
}
