//! What the built-in packs promise for every case, over random full and partial cases.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]

mod support;

use std::collections::BTreeSet;

use liniment::{Advice, AdviceItem, FactType, KnowledgeBase, Verdict};
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestCaseError, TestRunner};
use serde_json::{Value, json};
use support::{CaseJson, Knowledge, MOMENTS, cases};

const CLOCK: &str = "time_since_release";
const RETURN_STEPS: [&str; 4] = [
    "return_flat_walk",
    "return_faster_walk",
    "return_incline_walk",
    "return_run",
];

fn calf_alone() -> KnowledgeBase {
    KnowledgeBase::builder()
        .pack(liniment_rules::calf_cramps())
        .build()
        .unwrap_or_else(|error| panic!("{error}"))
        .0
}

fn both() -> KnowledgeBase {
    let builder = KnowledgeBase::builder()
        .pack(liniment_rules::calf_cramps())
        .pack(liniment_rules::leg_red_flags());
    builder.build().unwrap_or_else(|error| panic!("{error}")).0
}

fn for_all<S: Strategy>(count: u32, strategy: S, test: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let drawn = ProptestConfig::default();
    let rng_seed = if drawn.rng_seed == RngSeed::Random {
        RngSeed::Fixed(20_261_123)
    } else {
        drawn.rng_seed
    };
    let config = ProptestConfig {
        cases: count * drawn.cases / 256,
        failure_persistence: None,
        max_shrink_iters: 2_000,
        rng_seed,
        ..drawn
    };
    if let Err(error) = TestRunner::new(config).run(&strategy, test) {
        panic!("{error}");
    }
}

fn advise(kb: &KnowledgeBase, case: &CaseJson) -> Advice {
    let read = kb
        .case_from(case)
        .unwrap_or_else(|error| panic!("{error}: {}", json!(case)));
    kb.advise(&read).unwrap()
}

fn with(case: &CaseJson, fact: &str, value: impl Into<Value>) -> CaseJson {
    let mut case = case.clone();
    case.insert(fact.to_owned(), value.into());
    case
}

fn is_open(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Recommend | Verdict::Optional)
}

/// The verdict of an id, suppressed or not.
fn given(advice: &Advice, id: &str) -> Option<Verdict> {
    let suppressed = advice
        .suppressed()
        .iter()
        .find(|suppressed| suppressed.id == id)
        .map(|suppressed| suppressed.verdict);
    advice.get(id).map(|item| item.verdict).or(suppressed)
}

fn opens(advice: &Advice, ids: &[&str]) -> bool {
    ids.iter().any(|id| given(advice, id).is_some_and(is_open))
}

/// The gates: ids that open together.
fn gates() -> Vec<Vec<&'static str>> {
    let mut returning = vec!["return"];
    returning.extend(RETURN_STEPS);
    vec![
        vec!["massage_rolling"],
        vec!["strength"],
        returning,
        vec!["run_now", "shuffle"],
    ]
}

fn moment(number: usize) -> &'static str {
    MOMENTS[number]
}

#[test]
fn an_open_gate_stays_open_as_time_passes() {
    let kb = both();
    for_all(
        60,
        (cases(&kb, Knowledge::Partial), 0..MOMENTS.len() - 1),
        |(case, start)| {
            let known: Vec<Advice> = (start..MOMENTS.len() - 1)
                .map(|later| advise(&kb, &with(&case, CLOCK, moment(later))))
                .collect();
            for gate in gates() {
                for (later, advice) in known.iter().enumerate() {
                    let still = !opens(&known[0], &gate) || opens(advice, &gate);
                    prop_assert!(
                        still,
                        "{gate:?} shuts again between {} and {}",
                        moment(start),
                        moment(start + later)
                    );
                }
            }
            for (earlier, later) in known.iter().zip(known.iter().skip(1)) {
                let closes = opens(earlier, &["ice"]) || !opens(later, &["ice"]);
                prop_assert!(closes, "ice opens as time passes");
            }
            Ok(())
        },
    );
}

#[test]
fn an_earlier_moment_opens_no_gate_and_shortens_no_wait() {
    let kb = both();
    for_all(
        120,
        (
            cases(&kb, Knowledge::Partial),
            0..MOMENTS.len() - 1,
            0..MOMENTS.len() - 1,
        ),
        |(case, one, other)| {
            let (earlier, later) = (
                advise(&kb, &with(&case, CLOCK, moment(one.min(other)))),
                advise(&kb, &with(&case, CLOCK, moment(one.max(other)))),
            );
            for gate in gates() {
                prop_assert!(
                    !opens(&earlier, &gate) || opens(&later, &gate),
                    "{gate:?} is open earlier only"
                );
            }
            for item in later.items() {
                let remaining = |item: &AdviceItem| item.opens_in.map(liniment::Elapsed::microseconds);
                if let (Some(waits), Some(then)) =
                    (remaining(item), earlier.get(&item.id).and_then(remaining))
                {
                    prop_assert!(
                        then >= waits,
                        "`{}` opens in {then} earlier, in {waits} later",
                        item.id
                    );
                }
            }
            Ok(())
        },
    );
}

#[test]
fn all_muscles_at_once_leaves_only_emergencies() {
    let kb = both();
    for_all(150, cases(&kb, Knowledge::Partial), |case| {
        let advice = advise(&kb, &with(&case, "muscles_affected", "all_muscles"));
        prop_assert!(advice.get("all_muscles").is_some());
        prop_assert!(
            advice
                .items()
                .iter()
                .all(|item| item.verdict == Verdict::Emergency),
            "{}",
            advice.to_json()
        );
        prop_assert!(advice.causes().is_empty());
        Ok(())
    });
}

#[test]
fn forgetting_a_fact_opens_no_gate() {
    let kb = both();
    for knowledge in [Knowledge::Full, Knowledge::Partial] {
        for_all(25, cases(&kb, knowledge), |case| {
            let known = advise(&kb, &case);
            for fact in case.keys() {
                let mut forgotten = case.clone();
                forgotten.remove(fact);
                let less = advise(&kb, &forgotten);
                for gate in gates() {
                    prop_assert!(
                        opens(&known, &gate) || !opens(&less, &gate),
                        "{gate:?} opens when `{fact}` is forgotten"
                    );
                }
            }
            Ok(())
        });
    }
}

/// Facts that the rules of an advice id do not speak of.
const STRANGERS: [(&str, &[&str]); 8] = [
    (
        "massage_rolling",
        &[
            "hot_conditions",
            "spray",
            "stretch_force",
            "salt_form",
            "electrolyte_use",
            "strength_groups",
            "calf_clothing",
            "activity",
        ],
    ),
    (
        "ice",
        &[
            "hot_conditions",
            "spray",
            "electrolyte_use",
            "strength_groups",
            "return_stage",
            "stage_comfortable",
            "nsaid",
        ],
    ),
    (
        "strength",
        &[
            "hot_conditions",
            "spray",
            "electrolyte_use",
            "calf_clothing",
            "return_stage",
            "wants_strength_work",
            "nsaid",
        ],
    ),
    (
        "stretch",
        &[
            "hot_conditions",
            "time_since_release",
            "goals",
            "electrolyte_use",
            "stretch_force",
            "in_session",
            "post_cramp_pain",
        ],
    ),
    (
        "spray",
        &[
            "hot_conditions",
            "time_since_release",
            "goals",
            "electrolyte_use",
            "stretch_force",
        ],
    ),
    (
        "electrolytes",
        &[
            "time_since_release",
            "cramp_state",
            "in_session",
            "hot_conditions",
            "salt_form",
            "spray",
        ],
    ),
    (
        "return",
        &[
            "hot_conditions",
            "return_stage",
            "stage_comfortable",
            "wants_return",
            "goals",
            "walking_normally",
        ],
    ),
    (
        "stop",
        &[
            "goals",
            "time_since_release",
            "post_cramp_pain",
            "hot_conditions",
            "activity",
        ],
    ),
];

#[test]
fn facts_outside_its_rules_do_not_change_a_verdict() {
    let kb = calf_alone();
    let facts = kb.facts();
    for_all(
        40,
        (cases(&kb, Knowledge::Partial), any::<u16>()),
        |(case, number)| {
            let before = advise(&kb, &case);
            for (id, strangers) in STRANGERS {
                for stranger in strangers {
                    let fact = facts
                        .iter()
                        .find(|fact| fact.id == *stranger)
                        .unwrap_or_else(|| panic!("no fact `{stranger}`"));
                    let value = support::value(fact, usize::from(number));
                    let after = advise(&kb, &with(&case, stranger, value.clone()));
                    let verdict = |advice: &Advice| advice.get(id).map(|item| item.verdict);
                    prop_assert_eq!(
                        verdict(&before),
                        verdict(&after),
                        "`{}` changes with {}: {}",
                        id,
                        stranger,
                        value
                    );
                }
            }
            Ok(())
        },
    );
}

#[test]
fn a_cramp_at_night_gets_no_fix_and_no_non_fix() {
    let kb = calf_alone();
    for_all(150, cases(&kb, Knowledge::Partial), |case| {
        let advice = advise(&kb, &with(&case, "onset_setting", "at_night"));
        for item in advice.items() {
            let allowed = matches!(item.verdict, Verdict::Emergency | Verdict::OutOfScope);
            prop_assert!(allowed, "`{}` is {} at night", item.id, item.verdict);
        }
        prop_assert!(advice.causes().is_empty());
        Ok(())
    });
}

/// The same length of time in other words.
fn in_other_words(value: &Value) -> Option<Value> {
    let same = [
        ("0s", "PT0S"),
        ("5min", "300s"),
        ("10min", "600s"),
        ("12h", "720min"),
        ("24h", "1d"),
        ("24h1min", "P1DT1M"),
        ("23h59min", "1439min"),
        ("30h", "PT30H"),
        ("72h", "3d"),
        ("3d1min", "72h1min"),
        ("7d", "168h"),
        ("13d23h59min", "PT335H59M"),
        ("14d", "20160min"),
        ("60d", "1440h"),
    ];
    let text = value.as_str()?;
    same.iter()
        .find(|(one, _)| *one == text)
        .map(|(_, other)| json!(other))
}

#[test]
fn neither_order_nor_units_matter() {
    let kb = both();
    for_all(60, cases(&kb, Knowledge::Partial), |case| {
        let advice = advise(&kb, &case).to_json();
        let entries = case.iter().rev().map(|(fact, value)| {
            let value = match value {
                Value::Object(range) if range.contains_key("from") => {
                    let ends = range.iter().map(|(end, value)| {
                        (
                            end.clone(),
                            in_other_words(value).unwrap_or_else(|| value.clone()),
                        )
                    });
                    Value::Object(ends.collect())
                }
                value => in_other_words(value).unwrap_or_else(|| value.clone()),
            };
            format!("{}:{value}", json!(fact))
        });
        let backwards = format!("{{{}}}", entries.collect::<Vec<_>>().join(","));
        let other = kb
            .case_from_json(&backwards)
            .unwrap_or_else(|error| panic!("{error}: {backwards}"));
        prop_assert_eq!(&kb.advise(&other).unwrap().to_json(), &advice);
        let same = kb.case_from(&case).unwrap();
        for item in kb.advise(&same).unwrap().items() {
            let trace = |case| kb.explain(case, &item.id).unwrap().to_json();
            prop_assert_eq!(trace(&same), trace(&other));
        }
        Ok(())
    });
}

#[test]
fn the_order_of_packs_does_not_matter() {
    let (one, other) = (
        both(),
        KnowledgeBase::builder()
            .pack(liniment_rules::leg_red_flags())
            .pack(liniment_rules::calf_cramps())
            .build()
            .unwrap()
            .0,
    );
    for_all(40, cases(&one, Knowledge::Partial), |case| {
        prop_assert_eq!(advise(&one, &case).to_json(), advise(&other, &case).to_json());
        Ok(())
    });
}

#[test]
fn every_item_cites_every_wait_says_how_long_and_every_non_fix_why() {
    let kb = both();
    for_all(200, cases(&kb, Knowledge::Partial), |case| {
        let advice = advise(&kb, &case);
        let clock_is_known = matches!(case.get(CLOCK), Some(Value::String(_)));
        let may_cramp = !matches!(case.get("cramp_state"), Some(Value::String(state)) if state != "active");
        for item in advice.items() {
            prop_assert!(!item.cites.is_empty(), "`{}` cites nothing", item.id);
            match item.verdict {
                // A clock that may stand still, and a gate that may be shut otherwise, have no end in sight.
                Verdict::Defer => {
                    prop_assert!(
                        item.opens_in.is_some() || !clock_is_known || may_cramp,
                        "`{}` does not say how long",
                        item.id
                    );
                    let unknown = case.get(CLOCK).is_none_or(Value::is_null);
                    prop_assert!(
                        item.opens_in.is_none() || !unknown,
                        "`{}` says how long, by a clock that is unknown",
                        item.id
                    );
                }
                Verdict::Avoid | Verdict::Inferior | Verdict::Ineffective => {
                    prop_assert!(!item.because.is_empty(), "`{}` does not say why", item.id)
                }
                _ => {}
            }
        }
        Ok(())
    });
}

#[test]
fn verdicts_are_the_same_without_the_words() {
    let kb = both();
    for_all(100, cases(&kb, Knowledge::Partial), |case| {
        let read = kb.case_from(&case).unwrap();
        let mut buffer = Vec::new();
        let ids = kb.advice_ids();
        let bare: BTreeSet<(&str, Verdict)> = kb
            .verdicts(&read, &mut buffer)
            .unwrap()
            .iter()
            .map(|(id, verdict)| (ids[id.index()], *verdict))
            .collect();
        let advice = advise(&kb, &case);
        let full: BTreeSet<(&str, Verdict)> = advice
            .items()
            .iter()
            .map(|item| (item.id.as_str(), item.verdict))
            .collect();
        prop_assert_eq!(&bare, &full);
        let mut codes = vec![u8::MAX; ids.len()];
        kb.verdict_codes(&read, &mut codes).unwrap();
        let coded: BTreeSet<(&str, Verdict)> = ids
            .iter()
            .zip(&codes)
            .filter_map(|(id, code)| Verdict::from_code(*code).map(|verdict| (*id, verdict)))
            .collect();
        prop_assert_eq!(&coded, &full);
        prop_assert!(kb.verdict_codes(&read, &mut codes[1..]).is_err());
        Ok(())
    });
}

/// The clock values of the boundary matrix, and what is open then: massage, the way back, strength.
const MATRIX: [(&str, [bool; 3]); 9] = [
    ("0min", [false, false, false]),
    ("23h59min", [false, false, false]),
    ("24h", [true, false, false]),
    ("24h1min", [true, false, false]),
    ("71h59min", [true, false, false]),
    ("72h", [true, true, false]),
    ("13d23h59min", [true, true, false]),
    ("14d", [true, true, true]),
    ("60d", [true, true, true]),
];

fn after_the_session() -> CaseJson {
    let case = json!({
        "onset_setting": "during_exercise", "muscles_affected": "calf_only", "cramp_state": "released", "in_session": false, "goals": ["recover"],
    });
    case.as_object().unwrap().clone()
}

#[test]
fn the_boundary_matrix_holds() {
    let kb = both();
    let gates: [&[&str]; 3] = [&["massage_rolling"], &RETURN_STEPS, &["strength"]];
    for (clock, expected) in MATRIX {
        let advice = advise(&kb, &with(&after_the_session(), CLOCK, clock));
        for (gate, expected) in gates.iter().zip(expected) {
            assert_eq!(opens(&advice, gate), expected, "{gate:?} at {clock}");
        }
        assert_eq!(
            given(&advice, "return") == Some(Verdict::Defer),
            !expected[1],
            "return at {clock}"
        );
        let active = advise(
            &kb,
            &with(&with(&after_the_session(), CLOCK, clock), "cramp_state", "active"),
        );
        assert!(
            gates.iter().all(|gate| !opens(&active, gate)),
            "open while a cramp is active at {clock}"
        );
    }
    for (clock, id) in [
        ("23h59min", "massage_rolling"),
        ("71h59min", "return"),
        ("13d23h59min", "strength"),
    ] {
        let advice = advise(&kb, &with(&after_the_session(), CLOCK, clock));
        let remaining = advice
            .get(id)
            .and_then(|item| item.opens_in)
            .map(|remaining| remaining.iso());
        assert_eq!(remaining.as_deref(), Some("PT1M"), "{id} at {clock}");
    }
}

#[test]
fn an_unknown_clock_shuts_every_gate_and_is_asked() {
    let kb = both();
    let advice = advise(&kb, &after_the_session());
    for id in ["massage_rolling", "return", "strength"] {
        let item = advice
            .get(id)
            .unwrap_or_else(|| panic!("nothing is said of `{id}`"));
        assert_eq!((item.verdict, item.opens_in), (Verdict::Defer, None), "{id}");
        assert_eq!(item.needs, [CLOCK], "{id}");
    }
    assert!(!opens(&advice, &RETURN_STEPS));
    assert!(advice.questions().iter().any(|question| question.fact == CLOCK));
}

#[test]
fn whoever_never_cramped_may_train() {
    let case = json!({ "goals": ["prevent"], "cramp_state": "none", "time_since_release": "never", "muscles_affected": "calf_only", "onset_setting": "during_exercise" });
    let advice = advise(&both(), case.as_object().unwrap());
    assert_eq!(given(&advice, "strength"), Some(Verdict::Recommend));
}

#[test]
fn impossible_clocks_are_refused() {
    let kb = both();
    for clock in ["-1h", "-PT1H", "yesterday", "in 2 days", "1 month", ""] {
        assert!(
            kb.case_from(&with(&after_the_session(), CLOCK, clock)).is_err(),
            "{clock:?} is taken"
        );
    }
}

#[test]
fn the_plan_back_goes_step_by_step() {
    let kb = both();
    // Stage, whether it is comfortable, and the step that is open then.
    let rows: [(Value, Value, &str); 15] = [
        (json!("none"), json!(true), "return_flat_walk"),
        (json!("none"), json!(false), "return_flat_walk"),
        (json!("none"), json!(null), "return_flat_walk"),
        (json!("flat_walk"), json!(true), "return_faster_walk"),
        (json!("flat_walk"), json!(false), "return_flat_walk"),
        (json!("flat_walk"), json!(null), "return_flat_walk"),
        (json!("faster_walk"), json!(true), "return_incline_walk"),
        (json!("faster_walk"), json!(false), "return_faster_walk"),
        (json!("incline_walk"), json!(true), "return_run"),
        (json!("incline_walk"), json!(false), "return_incline_walk"),
        (json!("run"), json!(true), "return_run"),
        (json!("run"), json!(false), "return_run"),
        (json!(null), json!(true), "return_flat_walk"),
        (
            json!({ "from": "faster_walk", "to": "run" }),
            json!(true),
            "return_flat_walk",
        ),
        (
            json!({ "reports": [{ "value": "run", "source": "one" }, { "value": "none", "source": "another" }] }),
            json!(true),
            "return_flat_walk",
        ),
    ];
    for (stage, comfortable, open) in rows {
        let case = with(
            &with(&after_the_session(), "return_stage", stage.clone()),
            "stage_comfortable",
            comfortable.clone(),
        );
        for clock in ["72h", "5d", "60d"] {
            let advice = advise(&kb, &with(&case, CLOCK, clock));
            let steps: Vec<&str> = advice
                .items()
                .iter()
                .map(|item| item.id.as_str())
                .filter(|id| RETURN_STEPS.contains(id))
                .collect();
            assert_eq!(
                steps,
                [open],
                "at {stage}, comfortable {comfortable}, after {clock}"
            );
            assert_eq!(advice.get("distance_guide").is_some(), open == "return_run");
        }
        let too_soon = advise(&kb, &with(&case, CLOCK, "71h59min59s"));
        assert!(!opens(&too_soon, &RETURN_STEPS));
        assert_eq!(given(&too_soon, "return"), Some(Verdict::Defer));
    }
    let unknown = advise(
        &kb,
        &with(
            &with(&after_the_session(), "return_stage", "flat_walk"),
            CLOCK,
            "5d",
        ),
    );
    assert!(
        unknown
            .questions()
            .iter()
            .any(|question| question.fact == "stage_comfortable")
    );
}

#[test]
fn every_fact_has_a_question() {
    for fact in both().facts() {
        assert!(fact.ask.ends_with(['?', ')']), "{}: {}", fact.id, fact.ask);
        assert!(
            fact.kind != FactType::Several || fact.options.len() > 1,
            "{}",
            fact.id
        );
    }
}
