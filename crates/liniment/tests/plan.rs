//! The plan of the calf packs: exact at every boundary.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a failed test is what a panic means here"
)]

use liniment::{Elapsed, KnowledgeBase, Plan, Verdict};
use serde_json::{Value, json};

const HOUR: i64 = 3_600_000_000;

fn calf() -> KnowledgeBase {
    KnowledgeBase::builder()
        .pack(liniment_rules::calf_cramps())
        .build()
        .unwrap()
        .0
}

fn plan(kb: &KnowledgeBase, more: Value) -> Plan {
    let mut facts = json!({"onset_setting": "during_exercise", "muscles_affected": "calf_only", "cramp_state": "released", "in_session": false, "goals": ["recover"]});
    for (fact, value) in more.as_object().unwrap() {
        facts[fact] = value.clone();
    }
    kb.plan(
        &kb.case_from_json(&facts.to_string()).unwrap(),
        Elapsed::from_microseconds(21 * 24 * HOUR),
    )
    .unwrap()
}

/// The moment from which an advice has a verdict.
fn from(plan: &Plan, id: &str, verdict: Verdict) -> Option<i64> {
    plan.intervals
        .iter()
        .find(|interval| {
            interval
                .advice
                .iter()
                .any(|item| item.id == id && item.verdict == verdict)
        })
        .map(|interval| interval.from.microseconds())
}

#[test]
fn gates_open_at_the_microsecond() {
    let plan = plan(&calf(), json!({"time_since_release": "20h"}));
    assert_eq!(plan.next_change, Some(Elapsed::from_microseconds(4 * HOUR)));
    assert_eq!(from(&plan, "massage_rolling", Verdict::Recommend), Some(4 * HOUR));
    assert_eq!(
        from(&plan, "return_flat_walk", Verdict::Recommend),
        Some(52 * HOUR)
    );
    // Ice is recommended up to and with the third day, then optional up to and with the seventh.
    assert_eq!(from(&plan, "ice", Verdict::Optional), Some(52 * HOUR + 1));
    assert_eq!(
        from(&plan, "strength", Verdict::Optional),
        Some((14 * 24 - 20) * HOUR)
    );
    let last = plan.intervals.last().unwrap();
    assert!(last.advice.iter().all(|item| item.id != "ice"));
    assert_eq!(plan.moving, ["time_since_release"]);
    assert_eq!(
        plan.stages.first().unwrap().from,
        Some(Elapsed::from_microseconds(52 * HOUR))
    );
}

#[test]
fn every_interval_agrees_with_the_advice_at_its_ends() {
    let kb = calf();
    let plan = plan(&kb, json!({"time_since_release": "20h"}));
    for interval in &plan.intervals {
        let last = interval
            .to
            .map_or(plan.horizon.microseconds(), |next| next.microseconds() - 1);
        for moment in [interval.from.microseconds(), last] {
            let clock = Elapsed::from_microseconds(20 * HOUR + moment).iso();
            let facts = json!({"onset_setting": "during_exercise", "muscles_affected": "calf_only", "cramp_state": "released", "in_session": false, "goals": ["recover"], "time_since_release": clock});
            let advice = kb
                .advise(&kb.case_from_json(&facts.to_string()).unwrap())
                .unwrap();
            let now: Vec<(&str, Verdict)> = advice
                .items()
                .iter()
                .map(|item| (item.id.as_str(), item.verdict))
                .collect();
            let planned: Vec<(&str, Verdict)> = interval
                .advice
                .iter()
                .map(|item| (item.id.as_str(), item.verdict))
                .collect();
            assert_eq!(now, planned, "at {moment}");
        }
    }
}

#[test]
fn an_unknown_clock_is_counted_from_zero() {
    let plan = plan(&calf(), json!({}));
    assert_eq!(plan.relative_to.as_deref(), Some("time_since_release"));
    assert_eq!(
        from(&plan, "massage_rolling", Verdict::Recommend),
        Some(24 * HOUR)
    );
}

#[test]
fn a_range_opens_when_all_of_it_has_passed() {
    let plan = plan(
        &calf(),
        json!({"time_since_release": {"from": "20h", "to": "22h"}}),
    );
    assert_eq!(from(&plan, "massage_rolling", Verdict::Recommend), Some(4 * HOUR));
}

#[test]
fn an_active_cramp_stops_the_clock() {
    let plan = plan(
        &calf(),
        json!({"cramp_state": "active", "time_since_release": "20h"}),
    );
    assert!(plan.moving.is_empty());
    assert_eq!(plan.intervals.len(), 1);
    assert_eq!(plan.next_change, None);
}
