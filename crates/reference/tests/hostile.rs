//! Hostile packs and cases: refused with the words that name the limit, or answered; never a panic.

use std::thread;

use liniment::{KnowledgeBase, Source};
use liniment_reference::hostile::{CASES, Fate, PACKS};

/// The stack that the smallest common platforms give to a thread that a program starts.
const SMALL_STACK: usize = 512 * 1024;

#[test]
fn hostile_packs_are_refused_or_answer() {
    let tried = thread::Builder::new().stack_size(SMALL_STACK).spawn(|| {
        for pack in PACKS {
            // What is refused needs its whole size to pass its limit; the measured size of the others is
            // tried by `cargo xtask hostile`.
            let size = match pack.fate {
                Fate::Refused(_) => pack.size,
                Fate::Answers => pack.tested,
            };
            let built = KnowledgeBase::builder()
                .pack(Source::files((pack.files)(size)))
                .build();
            match (built, pack.fate) {
                (Err(error), Fate::Refused(words)) => {
                    let told = error.diagnostics().iter();
                    let mut messages = told.map(|diagnostic| diagnostic.message.as_str());
                    assert!(
                        messages.any(|message| message.contains(words)),
                        "{}: {error}",
                        pack.name
                    );
                }
                (Ok((kb, _)), Fate::Answers) => {
                    assert!(kb.advise(&kb.case()).is_ok(), "{}", pack.name);
                }
                (Err(error), Fate::Answers) => panic!("{}: {error}", pack.name),
                (Ok(_), Fate::Refused(_)) => panic!("{}: was not refused", pack.name),
            }
        }
    });
    tried.expect("a thread").join().expect("nothing panics");
}

#[test]
fn hostile_cases_are_refused() {
    let (kb, _) = KnowledgeBase::builder()
        .pack(liniment_rules::calf_cramps())
        .build()
        .expect("the pack is correct");
    let tried = thread::Builder::new().stack_size(SMALL_STACK).spawn(move || {
        for case in CASES {
            let text = (case.text)(case.tested);
            let error = kb.case_from_json(&text).expect_err(case.name).to_string();
            assert!(
                error.contains(case.refused),
                "{}: {}",
                case.name,
                error.chars().take(300).collect::<String>()
            );
        }
    });
    tried.expect("a thread").join().expect("nothing panics");
}
