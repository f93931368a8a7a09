//! The text of a pack, whatever it is: read, checked, drawn as diagnostics; where it is accepted, it gives
//! advice, explains it and is asked for proofs.
#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use liniment::diagnostic::render;
use liniment::{KnowledgeBase, Limits, Source};

const MANIFEST: &str = r#"Pack(id: "mine", version: "1.0.0", schema: 1, language: "en", title: "Mine",
    phases: [Phase(id: "now", title: "Now"), Phase(id: "later", title: "Later")])"#;

/// Steps that one question of a proof may take.
const BUDGET: u64 = 50;

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Corpus::Reject;
    };
    // A line of three equals signs ends a file: statements, then cases, then a manifest.
    let mut files = text.split("\n===\n");
    let (rules, cases, manifest) = (
        files.next().unwrap_or_default(),
        files.next().unwrap_or("[]"),
        files.next().unwrap_or(MANIFEST),
    );
    let source = Source::files([
        ("pack.ron", manifest),
        ("rules.ron", rules),
        ("cases/a.ron", cases),
    ]);
    let limits = Limits::default().rules(200).facts(60).options(40);
    match KnowledgeBase::builder()
        .pack(source.clone())
        .limits(limits)
        .build()
    {
        Err(error) => {
            assert!(!error.diagnostics().is_empty(), "refused without a word");
            render(error.diagnostics(), &[source], 80, true);
        }
        Ok((kb, warnings)) => {
            render(&warnings, &[source], 60, false);
            let case = kb.case();
            let advice = kb.advise(&case).expect("a checked pack gives advice");
            serde_json::from_str::<serde_json::Value>(&advice.to_json()).expect("JSON");
            for id in kb.advice_ids() {
                kb.explain(&case, id).expect("an id of its own").to_text();
            }
            kb.prove(BUDGET).to_text();
        }
    }
    Corpus::Keep
});
