//! What-if, the smallest change that gives a verdict, and the facts that suffice, on the calf packs.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a failed test is what a panic means here"
)]

use liniment::{Case, KnowledgeBase, Verdict, WaysAnswer};
use serde_json::{Value, json};

fn calf() -> KnowledgeBase {
    KnowledgeBase::builder()
        .pack(liniment_rules::calf_cramps())
        .pack(liniment_rules::leg_red_flags())
        .build()
        .unwrap()
        .0
}

fn case(kb: &KnowledgeBase, more: Value) -> Case {
    let mut facts = json!({"onset_setting": "during_exercise", "muscles_affected": "calf_only", "cramp_state": "released", "in_session": false, "goals": ["recover"]});
    for (fact, value) in more.as_object().unwrap() {
        facts[fact] = value.clone();
    }
    kb.case_from_json(&facts.to_string()).unwrap()
}

/// Applies a way to a copy of the case, and gives the verdict.
fn after(kb: &KnowledgeBase, case: &Case, way: &liniment::Way, id: &str) -> Option<Verdict> {
    let mut facts: Value = serde_json::from_str(&case.to_json()).unwrap();
    for change in &way.changes {
        facts[&change.fact] = change.now.clone();
    }
    kb.advise(&kb.case_from_json(&facts.to_string()).unwrap())
        .unwrap()
        .get(id)
        .map(|item| item.verdict)
}

#[test]
fn waiting_is_the_smallest_change_for_a_gate() {
    let kb = calf();
    let case = case(&kb, json!({"time_since_release": "23h59min"}));
    let ways = kb.ways_to(&case, "massage_rolling", Verdict::Recommend).unwrap();
    assert_eq!(ways.answer, WaysAnswer::Found);
    assert_eq!(ways.now, Some(Verdict::Defer));
    let first = ways.ways.first().unwrap();
    assert_eq!(first.changes.len(), 1);
    assert_eq!(first.changes[0].fact, "time_since_release");
    assert_eq!(first.changes[0].now, json!("PT24H"));
    for way in &ways.ways {
        assert_eq!(
            after(&kb, &case, way, "massage_rolling"),
            Some(Verdict::Recommend),
            "{way:?}"
        );
    }
}

#[test]
fn time_does_not_run_backwards() {
    let kb = calf();
    let case = case(&kb, json!({"time_since_release": "8d"}));
    // Ice is over after seven days, and no later day brings it back.
    let ways = kb.ways_to(&case, "ice", Verdict::Recommend).unwrap();
    assert_eq!(ways.answer, WaysAnswer::Impossible, "{ways:?}");
}

#[test]
fn a_verdict_that_no_rule_gives_is_impossible() {
    let kb = calf();
    let case = case(&kb, json!({"time_since_release": "2d"}));
    assert_eq!(
        kb.ways_to(&case, "ice", Verdict::Emergency).unwrap().answer,
        WaysAnswer::Impossible
    );
    assert_eq!(
        kb.ways_to(&case, "ice", Verdict::Recommend).unwrap().answer,
        WaysAnswer::GivenAlready
    );
}

#[test]
fn an_emergency_takes_everything_away_and_says_so() {
    let kb = calf();
    let case = case(&kb, json!({"time_since_release": "2d"}));
    let change = kb
        .what_if(&case, &json!({"muscles_affected": "all_muscles"}))
        .unwrap();
    let of = |id: &str| change.verdicts.iter().find(|verdict| verdict.id == id).unwrap();
    assert_eq!(of("all_muscles").now, Some(Verdict::Emergency));
    assert_eq!((of("ice").was, of("ice").now), (Some(Verdict::Recommend), None));
    assert!(
        of("ice")
            .because
            .iter()
            .any(|because| because.rule == "all_muscles"),
        "{:?}",
        of("ice").because
    );
    assert_eq!(change.changes.len(), 1);
}

#[test]
fn the_facts_that_suffice_do_suffice_and_none_can_go() {
    let kb = calf();
    let case = case(
        &kb,
        json!({"time_since_release": "30h", "hot_conditions": true, "post_cramp_pain": true}),
    );
    let found = kb.suffices(&case, "massage_rolling").unwrap();
    assert_eq!(found.verdict, Some(Verdict::Recommend));
    assert!(found.smallest);
    let all: Value = serde_json::from_str(&case.to_json()).unwrap();
    let with = |facts: &[&String]| {
        let kept: serde_json::Map<String, Value> = facts
            .iter()
            .map(|fact| ((*fact).clone(), all[fact.as_str()].clone()))
            .collect();
        kb.advise(&kb.case_from_json(&Value::Object(kept).to_string()).unwrap())
            .unwrap()
            .get("massage_rolling")
            .map(|item| item.verdict)
    };
    assert_eq!(with(&found.facts.iter().collect::<Vec<_>>()), found.verdict);
    for fact in &found.facts {
        let less: Vec<&String> = found.facts.iter().filter(|other| *other != fact).collect();
        assert_ne!(with(&less), found.verdict, "without {fact}");
    }
}
