//! Threads share knowledge bases, drop them, and load others.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::sync::{Arc, RwLock};
use std::thread;

use liniment::KnowledgeBase;

fn both() -> KnowledgeBase {
    let (kb, _) = KnowledgeBase::builder()
        .pack(liniment_rules::calf_cramps())
        .pack(liniment_rules::leg_red_flags())
        .build()
        .unwrap();
    kb
}

const CASE: &str = r#"{"onset_setting": "during_exercise", "muscles_affected": "calf_only",
    "cramp_state": "released", "in_session": false, "time_since_release": "20h"}"#;

#[test]
fn threads_share_and_drop_packs() {
    let slot = Arc::new(RwLock::new(both()));
    let expected = {
        let kb = both();
        kb.advise(&kb.case_from_json(CASE).unwrap()).unwrap().to_json()
    };
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..40 {
                    // The last clone of a knowledge base may go in any thread, before its case does.
                    let kb = slot.read().unwrap().clone();
                    let case = kb.case_from_json(CASE).unwrap();
                    let advice = kb.advise(&case).unwrap();
                    drop(kb);
                    assert_eq!(advice.to_json(), expected);
                    let now = slot.read().unwrap().clone();
                    assert!(is_refused_or_its_own(&now, &case, &expected));
                }
            });
        }
        scope.spawn(|| {
            for _ in 0..20 {
                let fresh = both();
                *slot.write().unwrap() = fresh;
            }
        });
    });
}

/// A case belongs to the knowledge base it was made for, also when that one is gone.
fn is_refused_or_its_own(kb: &KnowledgeBase, case: &liniment::Case, expected: &str) -> bool {
    match kb.advise(case) {
        Ok(advice) => advice.to_json() == expected,
        Err(error) => error.to_string().contains("another knowledge base"),
    }
}
