//! Threads share knowledge bases, drop them, and load others; memory stays what it was.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::sync::{Arc, RwLock};
use std::thread;

use liniment::{KnowledgeBase, Source};

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

#[cfg(target_os = "linux")]
#[test]
fn a_thousand_packs_leave_nothing_behind() {
    fn resident() -> usize {
        let status = std::fs::read_to_string("/proc/self/status").unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    }
    let load = |number: usize| {
        let rules = format!(
            r#"[Fact(id: "f{number}", kind: YesNo, ask: "Is it so?"),
                Note(id: "n", phase: "now", when: {{"f{number}": Yes}}, text: "{}", inferred: true)]"#,
            "word ".repeat(1_000)
        );
        let pack = Source::files([
            (
                "pack.ron",
                r#"Pack(id: "one", version: "1.0.0", schema: 1, language: "en", title: "One",
                    phases: [Phase(id: "now", title: "Now")])"#,
            ),
            ("rules.ron", rules.as_str()),
        ]);
        let (kb, _) = KnowledgeBase::builder().pack(pack).build().unwrap();
        let case = kb.case_from_json(&format!(r#"{{"f{number}": true}}"#)).unwrap();
        assert_eq!(kb.advise(&case).unwrap().items().len(), 1);
    };
    (0..200).for_each(load);
    let before = resident();
    (200..1_200).for_each(load);
    let after = resident();
    // A pack of these takes more than 10 KiB: a thousand of them would show.
    assert!(after < before + 4 * 1024, "{before} KiB, then {after} KiB");
}
