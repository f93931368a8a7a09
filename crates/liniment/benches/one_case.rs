//! One case of workload A: 25 rules over ten facts, 30 % of them unknown. `cargo bench -p liniment --bench
//! one_case`.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a benchmark has nobody to report to"
)]

#[path = "support/record.rs"]
mod record;
#[path = "support/round.rs"]
mod round;
mod support;

use std::hint::black_box;

use divan::Bencher;
use liniment::{Instructions, KnowledgeBase, Masks};
use liniment_workloads::{Knowledge, Workload, workload_a};
use record::records;
use round::Round;
use support::{Handles, build, cases, raw, rows};

const KNOWLEDGE: Knowledge = Knowledge::Share(0.7);
const INSTRUCTIONS: [Instructions; 3] = [Instructions::Portable, Instructions::Avx2, Instructions::Avx512];

fn main() {
    // Enough at once for the clock, and for every case to be met.
    divan::Divan::from_args()
        .sample_size(1024)
        .sample_count(100)
        .main();
}

fn workload(instructions: Instructions) -> (Workload, KnowledgeBase) {
    let workload = workload_a();
    let kb = build(&workload, instructions);
    (workload, kb)
}

/// From raw values to both masks.
#[divan::bench(args = INSTRUCTIONS)]
fn masks_of_raw_values(bencher: Bencher, instructions: Instructions) {
    let (workload, kb) = workload(instructions);
    let raw = raw(&kb, &workload, &rows(&workload, KNOWLEDGE));
    let mut round = Round::new(&raw);
    let mut masks = Masks::new();
    bencher.bench_local(|| {
        kb.masks_of(black_box(round.next()), &mut masks).unwrap();
        black_box(masks.live()[0] ^ masks.possible()[0])
    });
}

/// From a case to both masks.
#[divan::bench(args = INSTRUCTIONS)]
fn masks_of_case(bencher: Bencher, instructions: Instructions) {
    let (workload, kb) = workload(instructions);
    let cases = cases(&kb, &workload, &rows(&workload, KNOWLEDGE));
    let mut round = Round::new(&cases);
    let mut masks = Masks::new();
    bencher.bench_local(|| {
        kb.masks(black_box(round.next()), &mut masks).unwrap();
        black_box(masks.live()[0] ^ masks.possible()[0])
    });
}

/// From a case to the code of each advice id.
#[divan::bench(args = INSTRUCTIONS)]
fn verdict_codes(bencher: Bencher, instructions: Instructions) {
    let (workload, kb) = workload(instructions);
    let cases = cases(&kb, &workload, &rows(&workload, KNOWLEDGE));
    let mut round = Round::new(&cases);
    let mut codes = vec![0; kb.advice_ids().len()];
    bencher.bench_local(|| {
        kb.verdict_codes(black_box(round.next()), &mut codes).unwrap();
        black_box(codes[0])
    });
}

/// Forget everything, state ten facts by number, and write the code of each advice id.
#[divan::bench(args = INSTRUCTIONS)]
fn set_facts_and_verdict_codes(bencher: Bencher, instructions: Instructions) {
    let (workload, kb) = workload(instructions);
    let rows = rows(&workload, KNOWLEDGE);
    let handles = Handles::new(&kb, &workload);
    let mut round = Round::new(&rows);
    let mut codes = vec![0; kb.advice_ids().len()];
    let mut case = kb.case();
    bencher.bench_local(|| {
        case.clear();
        handles.fill(&mut case, black_box(round.next()));
        kb.verdict_codes(&case, &mut codes).unwrap();
        black_box(codes[0])
    });
}

/// From a struct to the code of each advice id.
#[divan::bench(args = INSTRUCTIONS)]
fn struct_to_verdict_codes(bencher: Bencher, instructions: Instructions) {
    let (workload, kb) = workload(instructions);
    let records = records(&rows(&workload, KNOWLEDGE));
    let mut round = Round::new(&records);
    let mut codes = vec![0; kb.advice_ids().len()];
    let mut case = kb.case();
    bencher.bench_local(|| {
        case.fill(black_box(round.next())).unwrap();
        kb.verdict_codes(&case, &mut codes).unwrap();
        black_box(codes[0])
    });
}

/// From a struct to a case with the room of another.
#[divan::bench]
fn struct_to_case(bencher: Bencher) {
    let (workload, kb) = workload(Instructions::default());
    let records = records(&rows(&workload, KNOWLEDGE));
    let mut round = Round::new(&records);
    let mut case = kb.case();
    bencher.bench_local(|| {
        case.fill(black_box(round.next())).unwrap();
    });
}

/// Forget everything and state ten facts by number.
#[divan::bench]
fn set_facts(bencher: Bencher) {
    let (workload, kb) = workload(Instructions::default());
    let rows = rows(&workload, KNOWLEDGE);
    let handles = Handles::new(&kb, &workload);
    let mut round = Round::new(&rows);
    let mut case = kb.case();
    bencher.bench_local(|| {
        case.clear();
        handles.fill(&mut case, black_box(round.next()));
    });
}

/// The verdicts as a list.
#[divan::bench]
fn verdicts(bencher: Bencher) {
    let (workload, kb) = workload(Instructions::default());
    let cases = cases(&kb, &workload, &rows(&workload, KNOWLEDGE));
    let mut round = Round::new(&cases);
    let mut buffer = Vec::new();
    bencher.bench_local(|| black_box(kb.verdicts(black_box(round.next()), &mut buffer).unwrap().len()));
}

/// A plain scan of the rules, for comparison.
#[divan::bench]
fn plain_scan(bencher: Bencher) {
    let workload = workload_a();
    let rows = rows(&workload, KNOWLEDGE);
    let mut round = Round::new(&rows);
    bencher.bench_local(|| {
        let row = black_box(round.next());
        let mut masks = (0u64, 0u64);
        for (place, rule) in workload.rules.iter().enumerate() {
            let truth = rule.truth(row);
            masks.0 |= u64::from(truth == liniment_workloads::Truth::True) << place;
            masks.1 |= u64::from(truth != liniment_workloads::Truth::False) << place;
        }
        black_box(masks)
    });
}
