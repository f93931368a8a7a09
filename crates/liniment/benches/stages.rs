//! Each stage by itself: parsing, checking and compiling packs of 68 to 100,000 rules, then what is asked of
//! the calf packs. `cargo bench -p liniment --bench stages`; `--bench load` shows the stages of loading side
//! by side.
#![expect(clippy::unwrap_used, reason = "a benchmark has nobody to report to")]

use std::ops::ControlFlow;

use liniment::{Case, Elapsed, KnowledgeBase, Source, Stage};
use liniment_workloads::workload_b;

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

/// Both calf packs, and generated packs of so many rules.
const PACKS: [&str; 4] = ["calf", "1000", "10000", "100000"];

fn packs(name: &str) -> Vec<Source> {
    match name.parse() {
        Ok(rules) => vec![Source::files(workload_b(rules, rules).files())],
        Err(_) => [liniment_rules::calf_cramps(), liniment_rules::leg_red_flags()]
            .map(|files| Source::from(files).without_cases())
            .to_vec(),
    }
}

/// Builds until a stage begins, or to the end.
fn build_until(packs: &[Source], end: Option<Stage>) -> bool {
    let builder = packs
        .iter()
        .cloned()
        .fold(KnowledgeBase::builder(), |builder, pack| builder.pack(pack));
    let builder = builder.progress(move |progress| {
        if Some(progress.stage) == end {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    });
    builder.build().is_ok()
}

/// Parse.
#[divan::bench(args = PACKS, sample_count = 5, sample_size = 1)]
fn load_1_parse(bencher: divan::Bencher, name: &str) {
    let packs = packs(name);
    bencher.bench(|| build_until(&packs, Some(Stage::Check)));
}

/// Parse and check.
#[divan::bench(args = PACKS, sample_count = 5, sample_size = 1)]
fn load_2_parse_check(bencher: divan::Bencher, name: &str) {
    let packs = packs(name);
    bencher.bench(|| build_until(&packs, Some(Stage::Compile)));
}

/// Parse, check and compile.
#[divan::bench(args = PACKS, sample_count = 5, sample_size = 1)]
fn load_3_parse_check_compile(bencher: divan::Bencher, name: &str) {
    let packs = packs(name);
    bencher.bench(|| build_until(&packs, None));
}

/// The same from what was compiled before.
#[divan::bench(args = PACKS, sample_count = 5, sample_size = 1)]
fn load_compiled(bencher: divan::Bencher, name: &str) {
    let builder = packs(name)
        .into_iter()
        .fold(KnowledgeBase::builder(), |builder, pack| builder.pack(pack));
    let bytes = builder.build().unwrap().0.to_bytes();
    bencher.bench(|| KnowledgeBase::from_bytes(&bytes).is_ok());
}

/// Read a case.
#[divan::bench]
fn read_case(bencher: divan::Bencher) {
    let kb = calf();
    bencher.bench(|| case(&kb, CRAMP));
}

/// The cases, by what they know.
fn known(name: &str) -> &'static str {
    match name {
        "everything known" => FULL,
        "mid-run cramp" => CRAMP,
        _ => "{}",
    }
}

/// The verdicts alone.
#[divan::bench(args = ["everything known", "mid-run cramp"])]
fn verdicts(bencher: divan::Bencher, name: &str) {
    let kb = calf();
    let case = case(&kb, known(name));
    let mut buffer = Vec::new();
    bencher.bench_local(|| kb.verdicts(&case, &mut buffer).unwrap().len());
}

/// The whole JSON advice, questions included.
#[divan::bench(args = ["mid-run cramp", "nothing known"])]
fn advise_json(bencher: divan::Bencher, name: &str) {
    let kb = calf();
    let case = case(&kb, known(name));
    bencher.bench(|| kb.advise(&case).unwrap().to_json());
}

/// The same of a case of which everything is known, often enough for the caches.
#[divan::bench(sample_count = 100, sample_size = 100)]
fn advise_json_of_everything_known(bencher: divan::Bencher) {
    let kb = calf();
    let case = case(&kb, FULL);
    bencher.bench_local(|| divan::black_box(kb.advise(&case).unwrap().to_json()).len());
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
