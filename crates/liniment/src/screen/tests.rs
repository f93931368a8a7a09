//! The masks against evaluation, node by node, on random packs and cases and on the built-in packs.

use liniment_reference::print::TimeStyle;
use liniment_reference::strategy::trials;
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestCaseError, TestRunner};

use super::{CaseView, Instructions, Masks, RawValue, Screen};
use crate::advice::Elapsed;
use crate::case::value::FactValue;
use crate::case::{Case, options_of};
use crate::check::base::{AdviceIndex, Fact, FactKind};
use crate::evaluate::{Truth, Truths, outcome, verdict_of};
use crate::verdict::Verdict;
use crate::{KnowledgeBase, Source};

const ALL: [Instructions; 3] = [Instructions::Portable, Instructions::Avx2, Instructions::Avx512];

/// Every way to prepare the conditions of a base.
fn screens(kb: &KnowledgeBase) -> Vec<(String, Screen)> {
    let named = ALL.iter().flat_map(|instructions| {
        [0, super::MOST_ROWS].map(|rows| {
            (
                format!("{instructions:?}, rows for {rows}"),
                Screen::with_rows(kb.base(), kb.program(), *instructions, rows),
            )
        })
    });
    named.collect()
}

/// The case as raw values, when it can be said so.
fn raw(kb: &KnowledgeBase, case: &Case) -> Option<Vec<RawValue>> {
    let facts = kb.base().facts.iter().zip(case.known());
    facts.map(|(fact, known)| raw_value(fact, &known.0)).collect()
}

fn raw_value(fact: &Fact, value: &FactValue) -> Option<RawValue> {
    Some(match value {
        FactValue::Unknown | FactValue::Declined => RawValue::UNKNOWN,
        FactValue::YesNo(yes) => RawValue::yes_no(*yes),
        FactValue::Option(option) => RawValue::option(*option),
        FactValue::Options { includes, excludes } => {
            if includes.len() + excludes.len() < options_of(&fact.kind).len() {
                return None;
            }
            RawValue::options(includes.iter().fold(0, |bits, option| bits | 1 << option))
        }
        FactValue::Integer(value) => RawValue::integer(*value),
        FactValue::Number(value) => RawValue::number(*value),
        FactValue::Duration(value) => RawValue::elapsed(Elapsed::from_microseconds(*value)),
        FactValue::Never => RawValue::NEVER,
        FactValue::Range(..) | FactValue::StepRange(..) | FactValue::Reports(_) => return None,
    })
}

/// What of a base's conditions the masks say otherwise than evaluation does.
fn differences(kb: &KnowledgeBase, screen: &Screen, case: &Case, masks: &mut Masks) -> Vec<String> {
    let program = kb.program();
    let truths = Truths::new(program, case.possible());
    let view = CaseView {
        codes: case.codes(),
        possible: case.possible(),
        several: case.has_several(),
    };
    let mut found = Vec::new();
    let mut compare = |how: &str, masks: &Masks| {
        for (place, root) in screen.roots.iter().enumerate() {
            let said = masks.truth_at(place);
            let is = truths.any(&mut root.iter().copied());
            if said != is {
                found.push(format!("{how}: place {place} is {is:?}, not {said:?}"));
            }
        }
    };
    screen.of_case(program, view, masks);
    compare("case", masks);
    let live: Vec<u32> = (0u32..)
        .take(kb.base().rules.len())
        .filter(|rule| masks.truth(*rule as usize) == Truth::True)
        .collect();
    let mut listed = Vec::new();
    screen.live_rules(program, view, masks, &mut listed);
    listed.sort_unstable();
    if let Some(values) = raw(kb, case) {
        match screen.of_raw(kb.base(), program, &values, masks) {
            Ok(()) => compare("raw", masks),
            Err(error) => found.push(error.to_string()),
        }
        let mut of_raw = Vec::new();
        match screen.live_rules_of_raw(kb.base(), program, &values, masks, &mut of_raw) {
            Ok(()) => {}
            Err(error) => found.push(error.to_string()),
        }
        found.extend(swallowed(kb, screen, &values, masks));
        of_raw.sort_unstable();
        if of_raw != listed {
            found.push(format!(
                "listed from raw values {of_raw:?}, from the case {listed:?}"
            ));
        }
    }
    let mut room = super::verdicts::Room::default();
    let mut verdicts = Vec::new();
    screen.verdicts(kb.base(), program, view, &mut room, |advice, verdict| {
        verdicts.push((advice, verdict));
    });
    verdicts.sort_unstable();
    let decided = outcome(kb.base(), program, &truths).items;
    for (index, focus) in program.focuses.iter().enumerate() {
        let advice = AdviceIndex::new(index);
        let together = decided.iter().find(|item| item.advice == advice);
        let rules = &focus.nodes(kb.base(), program).rules;
        let alone = verdict_of(kb.base(), program, &truths, advice, rules);
        if alone != together.map(|item| item.verdict) {
            found.push(format!(
                "advice {index} alone is {alone:?}, with all others {together:?}"
            ));
        }
    }
    let decided: Vec<(AdviceIndex, Verdict)> =
        decided.iter().map(|item| (item.advice, item.verdict)).collect();
    if verdicts != decided {
        found.push(format!("verdicts {verdicts:?}, not {decided:?}"));
    }
    if listed != live {
        found.push(format!("listed {listed:?}, live are {live:?}"));
    }
    found
}

/// The facts of which a value is taken that is none of theirs.
fn swallowed(kb: &KnowledgeBase, screen: &Screen, values: &[RawValue], masks: &mut Masks) -> Vec<String> {
    let mut found = Vec::new();
    for (place, fact) in kb.base().facts.iter().enumerate() {
        let mut wrong = values.to_vec();
        let Some(value) = wrong.get_mut(place) else {
            continue;
        };
        *value = match fact.kind {
            FactKind::YesNo => RawValue::option(0),
            FactKind::Choice(_) | FactKind::Scale(_) => RawValue::option(u16::MAX),
            FactKind::Several(_) => RawValue::yes_no(true),
            FactKind::Number { .. } => RawValue::number(f64::NAN),
            FactKind::Integer { .. } | FactKind::Duration { .. } | FactKind::Clock { .. } => {
                RawValue::yes_no(true)
            }
        };
        let mut listed = Vec::new();
        let taken = [
            screen.of_raw(kb.base(), kb.program(), &wrong, masks).is_ok(),
            screen
                .live_rules_of_raw(kb.base(), kb.program(), &wrong, masks, &mut listed)
                .is_ok(),
        ];
        if taken.contains(&true) {
            found.push(format!("a value of {place} is taken that is none of its fact"));
        }
    }
    found
}

fn for_all<S: Strategy>(strategy: S, test: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let drawn = ProptestConfig::default();
    let config = ProptestConfig {
        failure_persistence: None,
        max_shrink_iters: 300,
        rng_seed: if drawn.rng_seed == RngSeed::Random {
            RngSeed::Fixed(20_261_127)
        } else {
            drawn.rng_seed
        },
        ..drawn
    };
    let result = TestRunner::new(config).run(&strategy, test);
    let message = result.err().map(|error| error.to_string());
    let message = message
        .as_deref()
        .and_then(|message| message.split("\nminimal failing input").next());
    assert_eq!(message, None);
}

#[test]
fn masks_say_what_evaluation_says() {
    for_all(trials(6), |trial| {
        let mut builder = KnowledgeBase::builder();
        for files in trial.base.files(None) {
            builder = builder.pack(Source::files(files));
        }
        let Ok((kb, _)) = builder.build() else {
            return Err(TestCaseError::reject("the pack is refused"));
        };
        let screens = screens(&kb);
        let mut masks = Masks::new();
        for case in &trial.cases {
            let json = trial.base.case_json(case, TimeStyle::Mixed, false);
            let case = kb
                .case_from_json(&json)
                .map_err(|error| TestCaseError::fail(error.to_string()))?;
            for (name, screen) in &screens {
                let found = differences(&kb, screen, &case, &mut masks);
                prop_assert!(found.is_empty(), "{name}: {found:#?}\n{json}");
            }
        }
        Ok(())
    });
}

fn calf() -> KnowledgeBase {
    let built = KnowledgeBase::builder()
        .pack(liniment_rules::calf_cramps())
        .pack(liniment_rules::leg_red_flags())
        .build();
    built
        .map(|(kb, _)| kb)
        .map_err(|error| error.to_string())
        .unwrap_or_else(|error| unreachable!("{error}"))
}

#[test]
fn the_built_in_packs_leave_nothing_to_evaluation() {
    let kb = calf();
    let screen = Screen::new(kb.base(), kb.program(), Instructions::Portable);
    assert_eq!(screen.hard, []);
}
