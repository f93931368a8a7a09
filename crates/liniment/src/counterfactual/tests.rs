//! The solver against trying everything, on the calf packs: the same ways, the same facts.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use serde_json::{Map, Value, json};

use super::suffices::suffices_within;
use super::ways::ways_within;
use super::{Ways, WaysAnswer};
use crate::check::base::AdviceIndex;
use crate::knowledge_base::KnowledgeBase;
use crate::verdict::Verdict;

fn both() -> KnowledgeBase {
    KnowledgeBase::builder()
        .pack(liniment_rules::calf_cramps())
        .pack(liniment_rules::leg_red_flags())
        .build()
        .unwrap()
        .0
}

/// Cases of which ever more is known.
fn cases() -> Vec<Map<String, Value>> {
    let whole = json!({
        "onset_setting": "during_exercise", "muscles_affected": "calf_only", "cramp_state": "released",
        "in_session": false, "time_since_release": "20h", "post_cramp_pain": true, "walking_normally": false,
        "goals": ["recover"], "return_stage": "flat_walk", "stage_comfortable": true, "hot_conditions": true,
        "spray": "considering", "salt_form": "drink", "one_leg_swelling": false, "dark_urine": false,
    });
    let whole: Vec<(String, Value)> = whole.as_object().unwrap().clone().into_iter().collect();
    let mut cases = Vec::new();
    for (number, change) in [
        json!({}),
        json!({"cramp_state": "active"}),
        json!({"time_since_release": {"from": "2h", "to": "3d"}}),
        json!({"one_leg_swelling": true}),
    ]
    .into_iter()
    .enumerate()
    {
        let mut case: Map<String, Value> = whole
            .iter()
            .skip(number)
            .step_by(1 + number % 2)
            .cloned()
            .collect();
        case.extend(change.as_object().unwrap().clone());
        cases.push(case);
    }
    cases
}

fn facts(ways: &Ways) -> Vec<Vec<(String, Value)>> {
    let changes = |way: &super::Way| {
        way.changes
            .iter()
            .map(|change| (change.fact.clone(), change.now.clone()))
            .collect()
    };
    ways.ways.iter().map(changes).collect()
}

#[test]
fn the_solver_finds_the_ways_that_trying_finds() {
    let kb = both();
    let mut compared = 0;
    for case in cases() {
        let case = kb.case_from(&case).unwrap();
        for id in [
            "massage_rolling",
            "return_run",
            "ice",
            "strength",
            "stretch",
            "spray",
            "shuffle",
        ] {
            let advice = AdviceIndex::new(
                kb.base()
                    .advice
                    .binary_search_by(|advice| advice.id.as_str().cmp(id))
                    .unwrap(),
            );
            for wanted in [Verdict::Recommend, Verdict::Optional, Verdict::Defer] {
                let tried = ways_within(&kb, &case, advice, wanted, 3_000).unwrap();
                let solved = ways_within(&kb, &case, advice, wanted, 0).unwrap();
                assert_eq!(
                    tried.answer, solved.answer,
                    "{id} {wanted}\n{tried:?}\n{solved:?}"
                );
                assert!(solved.exact, "{id} {wanted}: {solved:?}");
                if tried.answer == WaysAnswer::Found {
                    compared += 1;
                    // Of equally near values of the same facts either will do.
                    let of = |ways: &Ways| -> Vec<Vec<String>> {
                        facts(ways)
                            .into_iter()
                            .map(|way| way.into_iter().map(|(fact, _)| fact).collect())
                            .collect()
                    };
                    assert_eq!(of(&tried), of(&solved), "{id} {wanted}\n{tried:?}\n{solved:?}");
                }
            }
        }
    }
    assert!(compared > 10, "only {compared} were compared");
}

#[test]
fn the_solver_leaves_the_facts_that_trying_leaves() {
    let kb = both();
    for case in cases() {
        let case = kb.case_from(&case).unwrap();
        for id in [
            "massage_rolling",
            "return_faster_walk",
            "ice",
            "stretch",
            "about_cause",
        ] {
            let advice = AdviceIndex::new(
                kb.base()
                    .advice
                    .binary_search_by(|advice| advice.id.as_str().cmp(id))
                    .unwrap(),
            );
            let tried = suffices_within(&kb, &case, advice, 14);
            let solved = suffices_within(&kb, &case, advice, 0);
            assert!(solved.smallest, "{id}: {solved:?}");
            assert_eq!(tried, solved, "{id}");
        }
    }
}
