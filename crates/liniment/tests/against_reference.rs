//! The engine against a slow, obvious evaluator, on random packs and cases.
//!
//! Every run draws the same cases. `PROPTEST_CASES` (256 is one times) draws more, `PROPTEST_RNG_SEED`
//! others.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may stop at the first surprise")]

mod reference;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use liniment::{Advice, AdviceItem, Conflict, KnowledgeBase, Source, Verdict};
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestCaseError, TestRunner};
use reference::evaluate::{self, Outcome};
use reference::generate::{Trial, trials};
use reference::model::{Base, Case, Stated};
use reference::print::{TIME_STYLES, TimeStyle};
use reference::questions;

/// Questions are tried only in cases with at most so many completions.
const MOST_WORLDS_FOR_QUESTIONS: usize = 150;

fn for_all<S: Strategy>(cases: u32, strategy: S, test: impl Fn(S::Value) -> Result<(), TestCaseError>)
where
    S::Value: Debug,
{
    let drawn = ProptestConfig::default();
    let rng_seed = if drawn.rng_seed == RngSeed::Random { RngSeed::Fixed(20_261_123) } else { drawn.rng_seed };
    let config = ProptestConfig { cases: cases * drawn.cases / 256, failure_persistence: None, max_shrink_iters: 4_000, rng_seed, ..drawn };
    if let Err(error) = TestRunner::new(config).run(&strategy, test) {
        // The message holds the smallest pack and case; the model behind them says nothing more.
        let message = error.to_string();
        panic!("{}", message.split("; minimal failing input").next().unwrap_or(&message));
    }
}

fn build(base: &Base, shuffle: Option<u64>) -> Result<KnowledgeBase, String> {
    let mut builder = KnowledgeBase::builder();
    let mut packs = base.files(shuffle);
    if shuffle.is_some() {
        packs.reverse();
    }
    for files in packs {
        builder = builder.pack(Source::files(files));
    }
    builder.build().map(|(kb, _)| kb).map_err(|error| error.to_string())
}

/// A pack that the engine takes, with its cases; a pack it refuses is drawn again.
fn accepted(trial: &Trial) -> Result<KnowledgeBase, TestCaseError> {
    build(&trial.base, None).map_err(|_| TestCaseError::reject("the pack is refused"))
}

fn advise(kb: &KnowledgeBase, base: &Base, case: &Case) -> Advice {
    let json = base.case_json(case, TimeStyle::Mixed, false);
    let case = kb.case_from_json(&json).unwrap_or_else(|error| panic!("{json}: {error}"));
    kb.advise(&case).expect("a case of its own base")
}

/// The pack and the case in words, for a failing comparison.
fn shown(base: &Base, case: &Case) -> String {
    let files: Vec<String> = base.files(None).into_iter().flatten().map(|(name, text)| format!("{name}: {text}")).collect();
    format!("{}\ncase: {}", files.join("\n"), base.case_json(case, TimeStyle::Mixed, false))
}

/// Compares what the two say of every case of a trial.
fn compare<T: PartialEq + Debug>(trial: &Trial, expected: impl Fn(&Outcome) -> T, got: impl Fn(&Advice) -> T) -> Result<(), TestCaseError> {
    let kb = accepted(trial)?;
    for case in &trial.cases {
        let outcome = evaluate::outcome(&trial.base, &trial.base.possible(case));
        let advice = advise(&kb, &trial.base, case);
        let (expected, got) = (expected(&outcome), got(&advice));
        prop_assert!(expected == got, "expected {expected:#?}\ngot {got:#?}\n{}", shown(&trial.base, case));
    }
    Ok(())
}

fn verdicts(advice: &Advice) -> BTreeMap<String, Verdict> {
    advice.items().iter().map(|item| (item.id.clone(), item.verdict)).collect()
}

fn by_item<T>(advice: &Advice, part: impl Fn(&AdviceItem) -> T) -> BTreeMap<String, T> {
    advice.items().iter().map(|item| (item.id.clone(), part(item))).collect()
}

fn by_outcome<T>(outcome: &Outcome, part: impl Fn(&evaluate::Item) -> T) -> BTreeMap<String, T> {
    outcome.items.iter().map(|(id, item)| (id.clone(), part(item))).collect()
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
    assert!(refused.get() <= 60, "{} of 200 refused, such as:\n{}", refused.get(), reasons.join("\n"));
}

#[test]
fn verdicts_agree() {
    for_all(300, trials(6), |trial| compare(&trial, Outcome::verdicts, verdicts));
}

#[test]
fn what_is_suppressed_agrees() {
    for_all(150, trials(6), |trial| {
        compare(
            &trial,
            |outcome| outcome.suppressed.iter().map(|(id, (verdict, _))| (id.clone(), *verdict)).collect::<BTreeMap<_, _>>(),
            |advice| advice.suppressed().iter().map(|suppressed| (suppressed.id.clone(), suppressed.verdict)).collect(),
        )
    });
}

#[test]
fn a_suppressor_that_acts_is_named() {
    for_all(150, trials(6), |trial| {
        let kb = accepted(&trial)?;
        for case in &trial.cases {
            let outcome = evaluate::outcome(&trial.base, &trial.base.possible(case));
            for suppressed in advise(&kb, &trial.base, case).suppressed() {
                let acting = outcome.suppressed.get(&suppressed.id).map(|(_, acting)| acting.clone()).unwrap_or_default();
                prop_assert!(acting.contains(&suppressed.by), "{acting:?} silence `{}`, not `{}`\n{}", suppressed.id, suppressed.by, shown(&trial.base, case));
            }
        }
        Ok(())
    });
}

#[test]
fn causes_agree() {
    for_all(100, trials(6), |trial| {
        compare(&trial, |outcome| outcome.causes.clone(), |advice| advice.causes().iter().map(|cause| cause.id.clone()).collect())
    });
}

#[test]
fn needs_agree() {
    for_all(200, trials(6), |trial| {
        compare(&trial, |outcome| by_outcome(outcome, |item| item.needs.clone()), |advice| by_item(advice, |item| item.needs.iter().cloned().collect()))
    });
}

#[test]
fn subject_to_agrees() {
    for_all(200, trials(6), |trial| {
        compare(
            &trial,
            |outcome| by_outcome(outcome, |item| item.subject_to.clone()),
            |advice| by_item(advice, |item| item.subject_to.iter().cloned().collect()),
        )
    });
}

#[test]
fn nearly_agrees() {
    for_all(200, trials(6), |trial| {
        compare(&trial, |outcome| by_outcome(outcome, |item| item.nearly), |advice| by_item(advice, |item| item.nearly))
    });
}

#[test]
fn opens_in_agrees() {
    for_all(200, trials(6), |trial| {
        compare(
            &trial,
            |outcome| by_outcome(outcome, |item| item.opens_in),
            |advice| by_item(advice, |item| item.opens_in.map(liniment::Elapsed::microseconds)),
        )
    });
}

#[test]
fn rules_and_instead_agree() {
    for_all(150, trials(6), |trial| {
        let base = &trial.base;
        compare(
            &trial,
            |outcome| {
                by_outcome(outcome, |item| {
                    let rules: BTreeSet<String> = item.rules.iter().map(|rule| base.rules[*rule].id.clone()).collect();
                    (rules, item.instead.clone())
                })
            },
            |advice| by_item(advice, |item| (item.rules.iter().cloned().collect(), item.instead.iter().cloned().collect())),
        )
    });
}

#[test]
fn conflicts_agree() {
    for_all(150, trials(6), |trial| {
        let kb = accepted(&trial)?;
        for case in &trial.cases {
            let advice = advise(&kb, &trial.base, case);
            let facts: BTreeSet<String> =
                advice.conflicts().iter().filter_map(|conflict| if let Conflict::Fact { fact, .. } = conflict { Some(fact.clone()) } else { None }).collect();
            prop_assert_eq!(facts, evaluate::disputed(&trial.base, case), "{}", shown(&trial.base, case));
        }
        Ok(())
    });
}

#[test]
fn advice_stands_in_order() {
    for_all(200, trials(6), |trial| {
        let kb = accepted(&trial)?;
        for case in &trial.cases {
            let outcome = evaluate::outcome(&trial.base, &trial.base.possible(case));
            let listed: Vec<String> = advise(&kb, &trial.base, case).items().iter().map(|item| item.id.clone()).collect();
            let misplaced = trial.base.misplaced(&outcome, &listed);
            prop_assert!(misplaced.is_none(), "{}\n{listed:?}\n{}", misplaced.unwrap_or_default(), shown(&trial.base, case));
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
            let asked: BTreeSet<String> = advice.questions().iter().map(|question| question.fact.clone()).collect();
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
        let shuffled = build(&trial.base, Some(trial.seed)).map_err(|error| TestCaseError::fail(format!("refused when shuffled: {error}")))?;
        for case in &trial.cases {
            let (one, other) = (advise(&kb, &trial.base, case).to_json(), advise(&shuffled, &trial.base, case).to_json());
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
                let case = kb.case_from_json(&json).unwrap_or_else(|error| panic!("{json}: {error}"));
                prop_assert_eq!(&kb.advise(&case).unwrap().to_json(), &expected, "{}", json);
            }
        }
        Ok(())
    });
}

/// Whether a rule's `except`, `unless`, `shown_unless`, `overrides` or `suppresses`, which act only when
/// True, could stand between an id and its verdict; then knowing less may well say more.
fn acts_only_when_true(base: &Base) -> bool {
    base.stages.is_some()
        || base.rules.iter().any(|rule| {
            let softened = rule.except.is_some() || rule.unless.is_some() || rule.shown_unless.is_some() || rule.never_when_unknown_stands;
            softened || !rule.overrides.is_empty() || !rule.yields_to.is_empty() || rule.suppresses.is_some()
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
                    prop_assert!(was_open || !open(Some(&verdict)), "`{id}` opens without `{}`\n{}", trial.base.facts[fact].id, shown(&trial.base, case));
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
        idle.facts.push(reference::model::Fact { id: "idle".to_owned(), kind: reference::model::Kind::YesNo, ask_when: None });
        let with_idle = build(&idle, None).map_err(TestCaseError::fail)?;
        for case in &trial.cases {
            let expected = advise(&kb, &trial.base, case).to_json();
            for idle_is in [Stated::Nothing, Stated::Value(reference::model::Value::YesNo(true))] {
                let mut case = case.clone();
                case.push(idle_is);
                prop_assert_eq!(&advise(&with_idle, &idle, &case).to_json(), &expected);
            }
        }
        Ok(())
    });
}
