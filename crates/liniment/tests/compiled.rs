//! Compiled knowledge bases answer as those of packs, and bytes that are none harm nobody.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]

#[path = "pack_folders/mod.rs"]
#[expect(dead_code, reason = "messages are not looked at here")]
mod pack_folders;
#[path = "corpus/respond.rs"]
mod respond;

use std::path::Path;
use std::sync::OnceLock;

use liniment::{Elapsed, KnowledgeBase, Source, Verdict};
use liniment_reference::compare::build;
use liniment_reference::differential::case_of_facts;
use liniment_reference::generate::Trial;
use liniment_reference::random::Random;
use liniment_reference::strategy::trials;
use proptest::prelude::*;

fn compiled(kb: &KnowledgeBase) -> KnowledgeBase {
    KnowledgeBase::from_bytes(&kb.to_bytes()).unwrap()
}

fn of(packs: &[Source]) -> KnowledgeBase {
    pack_folders::together(packs).build().unwrap().0
}

fn both_packs() -> KnowledgeBase {
    of(&[
        liniment_rules::calf_cramps().into(),
        liniment_rules::leg_red_flags().into(),
    ])
}

/// All that a knowledge base says of itself.
fn of_itself(kb: &KnowledgeBase) -> String {
    let languages = kb.languages().iter().map(|language| {
        let kb = kb.in_language(language).unwrap();
        let facts = serde_json::to_string(&(kb.packs(), kb.facts(), kb.phases(), kb.sources())).unwrap();
        format!("{facts}\n{}\n{}", kb.graph().to_json(), kb.case_schema())
    });
    let languages: Vec<String> = languages.collect();
    format!(
        "{:016x} {} {:?} {:?}\n{}\n{}",
        kb.hash(),
        kb.lang(),
        kb.rule_ids(),
        kb.asks_first(),
        languages.join("\n"),
        kb.prove(20).to_json()
    )
}

/// All that it says of a case.
fn of_case(kb: &KnowledgeBase, case: &str, days: i64) -> String {
    let case = match kb.case_from_json(case) {
        Ok(case) => case,
        Err(error) => return error.to_json(),
    };
    let advice = kb.advise(&case).unwrap();
    let mut said = vec![advice.to_json(), format!("{:?}", advice.questions())];
    let day = 24 * 3600 * 1_000_000;
    said.push(
        kb.plan(&case, Elapsed::from_microseconds(days * day))
            .unwrap()
            .to_json(),
    );
    for id in kb.advice_ids() {
        said.push(kb.explain(&case, id).unwrap().to_json());
        said.push(kb.suffices(&case, id).unwrap().to_json());
        said.push(kb.ways_to(&case, id, Verdict::Recommend).unwrap().to_json());
    }
    let mut codes = vec![0; kb.advice_ids().len()];
    kb.verdict_codes(&case, &mut codes).unwrap();
    said.push(format!("{codes:?}"));
    let mut interview = kb.interview(case).unwrap();
    for _ in 0..5 {
        said.push(format!("{:?}", interview.question()));
        if interview.answer_text("1").is_err() {
            break;
        }
    }
    said.join("\n")
}

fn corpus() -> Vec<(String, String, String)> {
    respond::calls(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus")).unwrap()
}

#[test]
fn the_corpus_is_answered_byte_for_byte() {
    for (name, call, case) in corpus() {
        let expected = respond::respond(&call, &case).unwrap();
        let answer = respond::respond_with(&call, &case, |kb| compiled(&kb)).unwrap();
        assert_eq!(answer, expected, "{name}");
    }
}

#[test]
fn everything_is_said_alike_of_the_cases_of_the_corpus() {
    let kb = both_packs();
    let loaded = compiled(&kb);
    assert_eq!(of_itself(&loaded), of_itself(&kb));
    for (name, _, case) in corpus().iter().step_by(7) {
        assert_eq!(of_case(&loaded, case, 30), of_case(&kb, case, 30), "{name}");
    }
}

#[test]
fn every_pack_of_the_tests_is_the_same_when_compiled() {
    let mut folders = pack_folders::folders(&pack_folders::packs().join("good"));
    folders.extend(["drivetrain", "drivetrain-electric"].map(|name| pack_folders::packs().join(name)));
    let mut random = Random::new(1);
    let mut compared = 0;
    for folder in folders {
        // Some lean on packs that are not in their folder.
        let Ok((kb, _)) = pack_folders::together(&pack_folders::sources(&folder)).build() else {
            continue;
        };
        compared += 1;
        let name = pack_folders::name(&folder);
        let loaded = compiled(&kb);
        assert_eq!(of_itself(&loaded), of_itself(&kb), "{name}");
        assert_eq!(loaded.to_bytes(), kb.to_bytes(), "{name}");
        let case = case_of_facts(&kb.facts(), &mut random).to_string();
        assert_eq!(of_case(&loaded, &case, 3), of_case(&kb, &case, 3), "{name}");
    }
    assert!(compared >= 70, "only {compared} packs");
}

#[test]
fn the_language_and_the_limit_of_boxes_stay() {
    let kb = both_packs().in_language("de").unwrap();
    assert_eq!(compiled(&kb).lang(), "de");
    let calf = || Source::from(liniment_rules::calf_cramps());
    let few = KnowledgeBase::builder()
        .pack(calf())
        .limits(liniment::Limits::default().boxes(255));
    let few = few.build().unwrap().0;
    assert_ne!(few.to_bytes(), of(&[calf()]).to_bytes());
    let many = KnowledgeBase::builder()
        .pack(calf())
        .limits(liniment::Limits::default().boxes(1 << 21));
    let many = many.build().unwrap().0;
    assert_eq!(
        KnowledgeBase::from_bytes(&many.to_bytes()).unwrap_err().code(),
        "C0503"
    );
}

#[test]
fn what_is_no_compiled_knowledge_base_is_told_apart() {
    let refused = |bytes: &[u8]| KnowledgeBase::from_bytes(bytes).unwrap_err();
    let bytes = both_packs().to_bytes();
    assert_eq!(refused(b"").code(), "C0501");
    assert_eq!(refused(b"Pack(id: \"tea\")").code(), "C0501");
    let mut other = bytes.clone();
    other.splice(8..9, [!bytes.get(8).unwrap()]);
    let other = refused(&other);
    assert_eq!(other.code(), "C0502");
    assert!(other.message().contains(env!("CARGO_PKG_VERSION")), "{other}");
    assert_eq!(refused(bytes.get(..bytes.len() - 1).unwrap()).code(), "C0503");
    assert_eq!(refused(&[&bytes[..], b"\0"].concat()).code(), "C0503");
}

/// A small pack with something of everything.
fn small() -> &'static [u8] {
    static SMALL: OnceLock<Vec<u8>> = OnceLock::new();
    SMALL.get_or_init(|| {
        let folder = pack_folders::packs().join("drivetrain");
        of(&pack_folders::sources(&folder)).to_bytes()
    })
}

#[test]
fn every_truncation_is_an_error() {
    let bytes = small();
    for length in 0..bytes.len() {
        let cut = bytes.get(..length).unwrap();
        assert!(
            KnowledgeBase::from_bytes(cut).is_err(),
            "{length} of {} bytes",
            bytes.len()
        );
        assert!(
            KnowledgeBase::from_bytes(&summed(cut.to_vec())).is_err(),
            "{length}, summed up anew"
        );
    }
}

/// The bytes with the checksum that they should have: FNV-1a of all that follows it, then of its length.
fn summed(mut bytes: Vec<u8>) -> Vec<u8> {
    let Some(content) = bytes.get(24..) else {
        return bytes;
    };
    let length = (content.len() as u64).to_le_bytes();
    let sum = content
        .iter()
        .chain(&length)
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
    bytes.splice(16..24, sum.to_le_bytes());
    bytes
}

#[test]
fn every_flipped_bit_is_an_error() {
    let bytes = small();
    for place in 0..bytes.len() {
        let mut flipped = bytes.to_vec();
        flipped[place] ^= 1 << (place % 8);
        assert!(KnowledgeBase::from_bytes(&flipped).is_err(), "byte {place}");
    }
}

/// What can be made of bytes is used, whatever it says; it must end.
fn use_it(kb: &KnowledgeBase, random: &mut Random) {
    let facts = kb.facts();
    for _ in 0..2 {
        let usable = facts.iter().all(|fact| {
            let options = matches!(
                fact.kind,
                liniment::FactType::Choice | liniment::FactType::Scale | liniment::FactType::Several
            );
            !options || !fact.options.is_empty()
        });
        let case = match usable {
            true => case_of_facts(&facts, random).to_string(),
            false => "{}".to_owned(),
        };
        if let Ok(case) = kb.case_from_json(&case) {
            let _ = kb.advise(&case).unwrap().to_json();
            let _ = kb.plan(&case, Elapsed::from_microseconds(1_000_000_000_000));
            for id in kb.advice_ids().into_iter().take(5) {
                let _ = kb.explain(&case, id).map(|explanation| explanation.to_json());
            }
            let mut codes = vec![0; kb.advice_ids().len()];
            let _ = kb.verdict_codes(&case, &mut codes);
        }
    }
    let _ = (kb.packs(), kb.phases(), kb.sources(), kb.to_bytes());
}

/// Where one thing leads to the other, a byte makes them circles: no number in this pack is larger than these.
#[test]
fn small_changes_of_a_small_pack_harm_nobody() {
    let pack = Source::files([
        (
            "pack.ron",
            r#"Pack(id: "tea", version: "1.0.0", schema: 1, language: "en", title: "Tea",
                phases: [Phase(id: "now", title: "Now")])"#,
        ),
        (
            "rules.ron",
            r#"[Source(id: "book", kind: Opinion, title: "A book", reviewed: "2026-11-23"),
                Fact(id: "cold", kind: YesNo, ask: "Is it cold?"),
                Fact(id: "since", kind: Clock(runs_while: {"cold": Yes}), ask: "How long?"),
                Vague(id: "a_while", words: "a while", from: "2min", to: "5min"),
                Define(id: "one", when: {"cold": Yes}),
                Define(id: "other", when: {"one": Yes}),
                Fix(id: "stir", advice: "warm", phase: "now", when: {"cold": Yes}, yields_to: ["warm"], text: "Stir it.",
                    verdict: Optional, cites: [Cite(source: "book", at: "1")]),
                Fix(id: "warm", phase: "now", when: {"other": Yes}, not_before: ("since", Vague("a_while")),
                    text: "Warm it.", cites: [Cite(source: "book", at: "1")])]"#,
        ),
    ]);
    let bytes = pack_folders::together(&[pack])
        .build()
        .unwrap_or_else(|error| panic!("{}", error.render(120, false)))
        .0
        .to_bytes();
    let mut random = Random::new(1);
    let mut refused = 0;
    for place in 24..bytes.len() {
        for byte in (0..8).chain([0x7F, 0x80, 0xFF]) {
            let mut changed = bytes.clone();
            changed[place] = byte;
            match KnowledgeBase::from_bytes(&summed(changed)) {
                Ok(kb) => use_it(&kb, &mut random),
                Err(_) => refused += 1,
            }
        }
    }
    assert!(refused > 1_000, "only {refused} refused");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_packs_are_the_same_when_compiled(trial in trials(2)) {
        let trial: Trial = trial;
        if let Ok(kb) = build(&trial.base, None) {
            let loaded = compiled(&kb);
            prop_assert_eq!(loaded.to_bytes(), kb.to_bytes());
            for case in &trial.cases {
                let case = trial.base.case_json(case, liniment_reference::print::TIME_STYLES[0], false);
                prop_assert_eq!(of_case(&loaded, &case, 2), of_case(&kb, &case, 2));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn bytes_that_were_changed_and_summed_up_anew_harm_nobody(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        seed in any::<u64>(),
    ) {
        let mut bytes = small().to_vec();
        for (place, byte) in &changes {
            let place = 24 + place.index(bytes.len() - 24);
            bytes[place] = *byte;
        }
        if let Ok(kb) = KnowledgeBase::from_bytes(&summed(bytes)) {
            use_it(&kb, &mut Random::new(seed));
        }
    }

    #[test]
    fn any_bytes_at_all_harm_nobody(content in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut bytes = small().get(..24).unwrap().to_vec();
        bytes.extend(content);
        prop_assert!(KnowledgeBase::from_bytes(&summed(bytes)).is_err());
    }
}
