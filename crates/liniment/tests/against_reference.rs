//! The engine against a slow, obvious evaluator, on random packs and cases.
//!
//! Every run draws the same cases. `PROPTEST_CASES` (256 is one times) draws more, `PROPTEST_RNG_SEED`
//! others.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]

mod reference;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use liniment::{Advice, Conflict, KnowledgeBase, Source, Verdict};
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

fn build(base: &Base, shuffle: Option<u64>) -> Result<KnowledgeBase, String> {
    let mut builder = KnowledgeBase::builder();
    let mut packs = base.files(shuffle);
    if shuffle.is_some() {
        packs.reverse();
    }
    for files in packs {
        builder = builder.pack(Source::files(files));
    }
    builder
        .build()
        .map(|(kb, _)| kb)
        .map_err(|error| error.to_string())
}

/// A pack that the engine takes, with its cases; a pack it refuses is drawn again.
fn accepted(trial: &Trial) -> Result<KnowledgeBase, TestCaseError> {
    build(&trial.base, None).map_err(|_| TestCaseError::reject("the pack is refused"))
}

fn advise(kb: &KnowledgeBase, base: &Base, case: &Case) -> Advice {
    let json = base.case_json(case, TimeStyle::Mixed, false);
    let case = kb
        .case_from_json(&json)
        .unwrap_or_else(|error| panic!("{json}: {error}"));
    kb.advise(&case).expect("a case of its own base")
}

/// The pack and the case in words, for a failing comparison.
fn shown(base: &Base, case: &Case) -> String {
    let files: Vec<String> = base
        .files(None)
        .into_iter()
        .flatten()
        .map(|(name, text)| format!("{name}: {text}"))
        .collect();
    format!(
        "{}\ncase: {}",
        files.join("\n"),
        base.case_json(case, TimeStyle::Mixed, false)
    )
}

fn in_order(ids: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let ids: BTreeSet<String> = ids.into_iter().map(|id| id.as_ref().to_owned()).collect();
    format!("{ids:?}")
}

/// Everything that the reference says of a case, a line each.
fn expected(base: &Base, case: &Case, outcome: &Outcome) -> BTreeSet<String> {
    let mut lines = BTreeSet::new();
    for (id, item) in &outcome.items {
        lines.insert(format!(
            "{id}: {} by {}",
            item.verdict,
            in_order(item.rules.iter().map(|rule| &base.rules[*rule].id))
        ));
        lines.insert(format!("{id}: subject to {}", in_order(&item.subject_to)));
        lines.insert(format!(
            "{id}: nearly {}, opens in {:?}, needs {}",
            item.nearly,
            item.opens_in,
            in_order(&item.needs)
        ));
        lines.insert(format!("{id}: instead {}", in_order(&item.instead)));
    }
    lines.extend(
        outcome
            .suppressed
            .iter()
            .map(|(id, (verdict, _))| format!("suppressed: {id} {verdict}")),
    );
    lines.extend(outcome.causes.iter().map(|cause| format!("cause: {cause}")));
    lines.extend(
        evaluate::disputed(base, case)
            .iter()
            .map(|fact| format!("conflict: {fact}")),
    );
    lines.extend(outcome.conflicts.iter().map(|(id, verdicts)| {
        format!(
            "conflict: {id} {}",
            in_order(verdicts.iter().map(|verdict| verdict.name()))
        )
    }));
    lines
}

/// Everything that the engine says of a case, a line each.
fn got(advice: &Advice) -> BTreeSet<String> {
    let mut lines = BTreeSet::new();
    for item in advice.items() {
        let id = &item.id;
        lines.insert(format!("{id}: {} by {}", item.verdict, in_order(&item.rules)));
        lines.insert(format!("{id}: subject to {}", in_order(&item.subject_to)));
        let opens_in = item.opens_in.map(liniment::Elapsed::microseconds);
        lines.insert(format!(
            "{id}: nearly {}, opens in {opens_in:?}, needs {}",
            item.nearly,
            in_order(&item.needs)
        ));
        lines.insert(format!("{id}: instead {}", in_order(&item.instead)));
    }
    lines.extend(
        advice
            .suppressed()
            .iter()
            .map(|suppressed| format!("suppressed: {} {}", suppressed.id, suppressed.verdict)),
    );
    lines.extend(advice.causes().iter().map(|cause| format!("cause: {}", cause.id)));
    lines.extend(advice.conflicts().iter().map(|conflict| match conflict {
        Conflict::Fact { fact, .. } => format!("conflict: {fact}"),
        Conflict::Advice { advice, verdicts } => format!(
            "conflict: {advice} {}",
            in_order(verdicts.iter().map(|verdict| verdict.verdict.name()))
        ),
        other => format!("conflict: {other:?}"),
    }));
    lines
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
            let outcome = evaluate::outcome(base, &base.possible(case));
            let advice = advise(&kb, base, case);
            let (expected, got) = (expected(base, case, &outcome), got(&advice));
            let (missing, surplus) = (
                expected.difference(&got).collect::<Vec<_>>(),
                got.difference(&expected).collect::<Vec<_>>(),
            );
            prop_assert!(
                expected == got,
                "expected {missing:#?}\ngot {surplus:#?}\n{}",
                shown(base, case)
            );
            for suppressed in advice.suppressed() {
                let (_, acting) = &outcome.suppressed[&suppressed.id];
                prop_assert!(
                    acting.contains(&suppressed.by),
                    "{acting:?} silence `{}`, not `{}`\n{}",
                    suppressed.id,
                    suppressed.by,
                    shown(base, case)
                );
            }
            let listed: Vec<String> = advice.items().iter().map(|item| item.id.clone()).collect();
            let misplaced = base.misplaced(&outcome, &listed);
            prop_assert!(
                misplaced.is_none(),
                "{}\n{listed:?}\n{}",
                misplaced.unwrap_or_default(),
                shown(base, case)
            );
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
        idle.facts.push(reference::model::Fact {
            id: "idle".to_owned(),
            kind: reference::model::Kind::YesNo,
            ask_when: None,
        });
        let with_idle = build(&idle, None).map_err(TestCaseError::fail)?;
        for case in &trial.cases {
            let expected = advise(&kb, &trial.base, case).to_json();
            for idle_is in [
                Stated::Nothing,
                Stated::Value(reference::model::Value::YesNo(true)),
            ] {
                let mut case = case.clone();
                case.push(idle_is);
                prop_assert_eq!(&advise(&with_idle, &idle, &case).to_json(), &expected);
            }
        }
        Ok(())
    });
}
