//! The text of a case in JSON, RON and TOML: refused with a message, or understood and answered; the answer
//! does not depend on the language, and what the canonical form of a case states, it states again.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::{Corpus, fuzz_target};
use liniment::{Error, KnowledgeBase, Verdict};

/// The packs in both of their languages.
static PACKS: LazyLock<[KnowledgeBase; 2]> = LazyLock::new(|| {
    let (kb, _) = KnowledgeBase::builder()
        .pack(liniment_rules::calf_cramps())
        .pack(liniment_rules::leg_red_flags())
        .build()
        .expect("the packs are correct");
    let german = kb.in_language("de").expect("they speak German");
    [kb, german]
});

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let Some((format, bytes)) = bytes.split_first() else {
        return Corpus::Reject;
    };
    let [kb, german] = &*PACKS;
    let case = match (format % 4, std::str::from_utf8(bytes)) {
        (3, _) => kb.case_from_json_bytes(bytes),
        (_, Err(_)) => return Corpus::Reject,
        (0, Ok(text)) => kb.case_from_json(text),
        (1, Ok(text)) => kb.case_from_ron(text),
        (_, Ok(text)) => kb.case_from_toml(text),
    };
    match case {
        Err(error) => told(&error),
        Ok(case) => {
            let mut buffer = Vec::new();
            let mut in_german = Vec::new();
            let verdicts = kb.verdicts(&case, &mut buffer).expect("its own case");
            let same: &[(_, Verdict)] = german.verdicts(&case, &mut in_german).expect("the same packs");
            assert_eq!(verdicts, same);
        }
    }
    Corpus::Keep
});

fn told(error: &Error) {
    let message = error.to_string();
    assert!(!message.is_empty() && !message.contains('\n'), "{message:?}");
    serde_json::from_str::<serde_json::Value>(&error.to_json()).expect("an error has a JSON form");
}
