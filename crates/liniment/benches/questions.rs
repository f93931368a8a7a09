//! JSON advice with its questions, where questions are the work. `cargo bench -p liniment --bench questions`.
#![expect(clippy::unwrap_used, reason = "a benchmark has nobody to report to")]

use liniment::KnowledgeBase;

fn main() {
    divan::main();
}

/// Nothing is known.
const EMPTY: &str = "{}";
/// Every red flag is answered, and nothing else.
const RED_FLAGS: &str = r#"{"muscles_affected":"calf_only","confusion_or_seizure":false,
    "breathless_or_chest_pain":false,"numb_or_pain_beyond_cramp":false,"dark_urine":false,
    "vomiting_or_bad_headache":false,"drank_heavily":false,"body_temp_c":37,"one_leg_swelling":false,
    "calf_warm_or_red":false,"felt_pop_or_no_tiptoe":false,"cramp_duration":"1min",
    "walk_cramp_eases_at_rest":false,"onset_setting":"during_exercise"}"#;
/// In the middle of a run.
const CRAMP: &str = include_str!("../../../examples/mid-run-cramp.json");
/// A day after.
const RECOVERY: &str = r#"{"onset_setting":"during_exercise","muscles_affected":"calf_only",
    "cramp_state":"released","in_session":false,"time_since_release":"20h"}"#;

#[divan::bench(args = ["empty", "red_flags", "cramp", "recovery"])]
fn advise_json(bencher: divan::Bencher, name: &str) {
    let (kb, _) = KnowledgeBase::builder()
        .pack(liniment_rules::calf_cramps())
        .pack(liniment_rules::leg_red_flags())
        .build()
        .unwrap();
    let text = match name {
        "empty" => EMPTY,
        "red_flags" => RED_FLAGS,
        "cramp" => CRAMP,
        _ => RECOVERY,
    };
    let case = kb.case_from_json(text).unwrap();
    assert!(kb.advise(&case).unwrap().questions_exact());
    bencher.bench(|| kb.advise(&case).unwrap().to_json());
}
