//! Bytes of a compiled knowledge base that were changed and summed up anew: an error, or a knowledge base that can be used,
//! whatever it says. It must end.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::{Corpus, fuzz_target};
use liniment::{Elapsed, KnowledgeBase, Source};

/// The magic, what the bytes mean, the checksum.
const HEADER: usize = 24;

const MANIFEST: &str = r#"Pack(id: "tea", version: "1.0.0", schema: 1, language: "en", title: "Tea",
    phases: [Phase(id: "now", title: "Now")])"#;

const RULES: &str = r#"[
    Source(id: "book", kind: Opinion, title: "A book", reviewed: "2026-11-23"),
    Fact(id: "cold", kind: YesNo, ask: "Is it cold?"),
    Fact(id: "kind", kind: Several(["green", "black", "white"]), ask: "Which?"),
    Fact(id: "heat", kind: Number(from: 0, to: 100, unit: "C"), ask: "How hot?"),
    Fact(id: "since", kind: Clock(runs_while: {"cold": Yes}), ask: "How long?"),
    Vague(id: "a_while", words: "a while", from: "2min", to: "5min"),
    Define(id: "one", when: {"cold": Yes, "heat": LessThan(40)}),
    Define(id: "other", when: {"one": Yes}),
    Cause(id: "draught", standing: Primary, when: {"cold": Yes}, text: "There is a draught.",
        cites: [Cite(source: "book", at: "2")]),
    Fix(id: "stir", advice: "warm", phase: "now", when: {"cold": Yes, "kind": Includes(["green"])}, yields_to: ["warm"],
        text: "Stir it.", verdict: Optional, cites: [Cite(source: "book", at: "1")]),
    Fix(id: "warm", phase: "now", when: {"other": Yes}, not_before: ("since", Vague("a_while")), text: "Warm it.",
        acts_on: ["draught"], cites: [Cite(source: "book", at: "1")]),
    NonFix(id: "shout", verdict: Ineffective, phase: "now", because: "It does not hear.", text: "Do not shout.",
        cites: [Cite(source: "book", at: "3")]),
]"#;

/// A small pack with something of everything.
static SMALL: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let pack = Source::files([("pack.ron", MANIFEST), ("rules.ron", RULES)]);
    match KnowledgeBase::builder().pack(pack).build() {
        Ok((kb, _)) => kb.to_bytes(),
        Err(error) => panic!("{}", error.render(120, false)),
    }
});

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let mut content = SMALL[HEADER..].to_vec();
    // Four bytes are one change: of which kind, where, and the byte.
    for change in bytes.chunks_exact(4) {
        let place = usize::from(u16::from_le_bytes([change[1], change[2]])) % (content.len() + 1);
        match change[0] % 4 {
            0 => content.insert(place, change[3]),
            1 if place < content.len() => drop(content.remove(place)),
            _ if place < content.len() => content[place] = change[3],
            _ => content.truncate(place),
        }
    }
    let mut whole = SMALL[..HEADER].to_vec();
    whole[16..].copy_from_slice(&sum(&content).to_le_bytes());
    whole.extend(content);
    if let Ok(kb) = KnowledgeBase::from_bytes(&whole) {
        use_it(&kb);
    }
    Corpus::Keep
});

/// FNV-1a of the content, then of its length.
fn sum(content: &[u8]) -> u64 {
    let length = (content.len() as u64).to_le_bytes();
    let all = content.iter().chain(&length);
    all.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

fn use_it(kb: &KnowledgeBase) {
    let _ = (kb.packs(), kb.phases(), kb.sources(), kb.facts(), kb.to_bytes());
    let mut codes = vec![0; kb.advice_ids().len()];
    let mut interview = kb.interview(kb.case()).expect("its own case");
    for _ in 0..4 {
        let case = interview.case().clone();
        kb.verdict_codes(&case, &mut codes).expect("its own case");
        let _ = kb.advise(&case).expect("its own case").to_json();
        let _ = kb.plan(&case, Elapsed::from_microseconds(1_000_000_000_000));
        for id in kb.advice_ids() {
            let _ = kb.explain(&case, id).map(|explanation| explanation.to_json());
        }
        if interview.answer_text("1").is_err() && interview.answer_text("yes").is_err() {
            break;
        }
    }
}
