//! The conformance corpus: every call of `tests/corpus` is answered byte for byte.
#![expect(clippy::panic, reason = "a test may stop at the first surprise")]

#[path = "corpus/respond.rs"]
mod respond;

use std::path::Path;

#[test]
fn every_call_is_answered_byte_for_byte() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus");
    let calls = respond::calls(&corpus).unwrap_or_else(|error| panic!("{error}"));
    assert!(calls.len() >= 60, "only {} calls", calls.len());
    let mut faults = Vec::new();
    for (name, call, case) in calls {
        let answer = respond::respond(&call, &case).unwrap_or_else(|error| panic!("{name}: {error}"));
        let expected = std::fs::read_to_string(corpus.join(&name).join("expected.json")).unwrap_or_default();
        if answer != expected {
            faults.push(format!("{name}\n- {expected}\n+ {answer}"));
        }
    }
    assert!(
        faults.is_empty(),
        "{} differ; `cargo xtask generate` writes them anew:\n{}",
        faults.len(),
        faults.join("\n")
    );
}
