//! The conformance corpus: every call of `tests/corpus` is answered byte for byte.
#![expect(clippy::panic, reason = "a test may stop at the first surprise")]

#[path = "corpus/respond.rs"]
mod respond;

use std::path::Path;

use liniment::{KnowledgeBase, Verdict};

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

/// Verdicts alone come from masks, advice from the plain evaluation.
#[test]
fn the_verdicts_alone_are_those_of_the_advice() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus");
    let calls = respond::calls(&corpus).unwrap_or_else(|error| panic!("{error}"));
    let build = |packs: &[_]| {
        let mut builder = KnowledgeBase::builder();
        for pack in packs {
            builder = builder.pack(*pack);
        }
        builder
            .build()
            .map(|(kb, _)| kb)
            .unwrap_or_else(|error| panic!("{error}"))
    };
    let (calf, flags) = (liniment_rules::calf_cramps(), liniment_rules::leg_red_flags());
    let mut compared = 0;
    for kb in [build(&[calf]), build(&[flags]), build(&[calf, flags])] {
        let mut buffer = Vec::new();
        let mut codes = vec![0; kb.advice_ids().len()];
        for (name, _, case) in &calls {
            // A case that names the facts of the other pack is refused.
            let Ok(case) = kb.case_from_json(case) else {
                continue;
            };
            let advice = kb.advise(&case).unwrap_or_else(|error| panic!("{name}: {error}"));
            let mut expected: Vec<(&str, Verdict)> = advice
                .items()
                .iter()
                .map(|item| (item.id.as_str(), item.verdict))
                .collect();
            expected.sort_unstable();
            let ids = kb.advice_ids();
            let said = kb
                .verdicts(&case, &mut buffer)
                .unwrap_or_else(|error| panic!("{name}: {error}"));
            let said: Vec<(&str, Verdict)> = said
                .iter()
                .filter_map(|(id, verdict)| Some((*ids.get(id.index())?, *verdict)))
                .collect();
            assert_eq!(said, expected, "{name}");
            kb.verdict_codes(&case, &mut codes)
                .unwrap_or_else(|error| panic!("{name}: {error}"));
            let of_codes: Vec<(&str, Verdict)> = ids
                .iter()
                .zip(&codes)
                .filter_map(|(id, code)| Some((*id, Verdict::from_code(*code)?)))
                .collect();
            assert_eq!(of_codes, expected, "{name}");
            compared += 1;
        }
    }
    assert!(compared >= 100, "only {compared} compared");
}
