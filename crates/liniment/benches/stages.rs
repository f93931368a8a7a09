//! What the time from start to advice goes to: parsing, checking and compiling the built-in packs, and one
//! advice. `cargo bench -p liniment --bench stages`.
#![expect(clippy::unwrap_used, reason = "a benchmark has nobody to report to")]

use liniment::{Case, Elapsed, KnowledgeBase};

fn main() {
    divan::main();
}

fn calf() -> KnowledgeBase {
    KnowledgeBase::builder()
        .pack(liniment_rules::calf_cramps())
        .pack(liniment_rules::leg_red_flags())
        .build()
        .unwrap()
        .0
}

/// Every fact of the calf packs known, as far as a runner with a cramp can know it.
const FULL: &str = include_str!("full_case.json");
const CRAMP: &str = include_str!("../../../examples/mid-run-cramp.json");

fn case(kb: &KnowledgeBase, text: &str) -> Case {
    kb.case_from_json(text).unwrap()
}

/// Parse, check and compile both packs.
#[divan::bench]
fn build_both_packs() -> KnowledgeBase {
    calf()
}

/// Parse, check and compile the calf pack alone.
#[divan::bench]
fn build_calf_cramps() -> KnowledgeBase {
    KnowledgeBase::builder()
        .pack(liniment_rules::calf_cramps())
        .build()
        .unwrap()
        .0
}

/// Read a case.
#[divan::bench]
fn read_case(bencher: divan::Bencher) {
    let kb = calf();
    bencher.bench(|| case(&kb, CRAMP));
}

/// The verdicts alone.
#[divan::bench(args = [FULL, CRAMP])]
fn verdicts(bencher: divan::Bencher, text: &str) {
    let kb = calf();
    let case = case(&kb, text);
    let mut buffer = Vec::new();
    bencher.bench_local(|| kb.verdicts(&case, &mut buffer).unwrap().len());
}

/// The whole JSON advice, questions included.
#[divan::bench(args = [FULL, CRAMP, "{}"])]
fn advise_json(bencher: divan::Bencher, text: &str) {
    let kb = calf();
    let case = case(&kb, text);
    bencher.bench(|| kb.advise(&case).unwrap().to_json());
}

/// One why-not, down to the facts.
#[divan::bench]
fn explain(bencher: divan::Bencher) {
    let kb = calf();
    let case = case(&kb, CRAMP);
    bencher.bench(|| kb.explain(&case, "massage_rolling").unwrap());
}

/// The plan of three weeks.
#[divan::bench]
fn plan(bencher: divan::Bencher) {
    let kb = calf();
    let case = case(
        &kb,
        r#"{"onset_setting":"during_exercise","muscles_affected":"calf_only","cramp_state":"released","in_session":false,"time_since_release":"20h"}"#,
    );
    bencher.bench(|| {
        kb.plan(&case, Elapsed::from_microseconds(21 * 86_400_000_000))
            .unwrap()
    });
}
