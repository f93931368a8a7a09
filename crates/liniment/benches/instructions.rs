//! Work to be counted in instructions, under valgrind: `cargo xtask bench instructions`.
//!
//! `instructions NAME avx2|portable` prepares the work and does it once, within a function by whose name
//! valgrind knows what to count; then it prints how many cases that were. Without arguments it lists the names.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a benchmark has nobody to report to"
)]

#[path = "support/frame.rs"]
mod frame;
#[path = "support/record.rs"]
mod record;
mod support;

use std::hint::black_box;
use std::process::ExitCode;

use arrow_array::RecordBatchIterator;
use frame::frame;
use liniment::batch::{BatchOptions, BatchOutput};
use liniment::{Instructions, KnowledgeBase, Masks};
use liniment_workloads::{Knowledge, Workload, workload_a, workload_b};
use record::records;
use support::{CASES, Handles, build, cases, raw, rows};

const NAMES: [&str; 7] = [
    "a_raw_values_to_masks",
    "a_struct_to_verdicts",
    "a_setters_to_verdicts",
    "b_1000_known_to_live_rules",
    "b_1000_half_to_live_rules",
    "a_batch_to_masks",
    "calf_everything_known_to_json",
];
const ROWS: usize = 65_536;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| word != "--bench")
        .collect();
    let [name, instructions] = words.as_slice() else {
        println!("{}", NAMES.join("\n"));
        return ExitCode::SUCCESS;
    };
    let instructions = match instructions.as_str() {
        "avx2" => Instructions::Avx2,
        "portable" => Instructions::Portable,
        other => {
            eprintln!("there are `avx2` and `portable`, not `{other}`");
            return ExitCode::FAILURE;
        }
    };
    if Instructions::best() < instructions {
        eprintln!("this machine has no AVX2");
        return ExitCode::FAILURE;
    }
    match count(name, instructions) {
        Some(cases) => {
            println!("{cases}");
            ExitCode::SUCCESS
        }
        None => {
            eprintln!("there is no work `{name}`");
            ExitCode::FAILURE
        }
    }
}

/// What is counted: everything below this function.
#[inline(never)]
fn counted(work: &mut dyn FnMut()) {
    work();
    black_box(());
}

/// Does the work; answers how many cases that were.
fn count(name: &str, instructions: Instructions) -> Option<usize> {
    match name {
        "a_raw_values_to_masks" => {
            let workload = workload_a();
            let kb = build(&workload, instructions);
            let raw = raw(&kb, &workload, &rows(&workload, Knowledge::Share(0.7)));
            let mut masks = Masks::new();
            twice(&mut || {
                for values in &raw {
                    kb.masks_of(black_box(values), &mut masks).unwrap();
                    black_box(masks.live());
                }
            });
            Some(CASES)
        }
        "a_struct_to_verdicts" => {
            let workload = workload_a();
            let kb = build(&workload, instructions);
            let records = records(&rows(&workload, Knowledge::Share(0.7)));
            let mut codes = vec![0; kb.advice_ids().len()];
            let mut case = kb.case();
            twice(&mut || {
                for record in &records {
                    case.fill(black_box(record)).unwrap();
                    kb.verdict_codes(&case, &mut codes).unwrap();
                    black_box(&codes);
                }
            });
            Some(CASES)
        }
        "a_setters_to_verdicts" => {
            let workload = workload_a();
            let kb = build(&workload, instructions);
            let rows = rows(&workload, Knowledge::Share(0.7));
            let handles = Handles::new(&kb, &workload);
            let mut codes = vec![0; kb.advice_ids().len()];
            let mut case = kb.case();
            twice(&mut || {
                for row in &rows {
                    case.clear();
                    handles.fill(&mut case, black_box(row));
                    kb.verdict_codes(&case, &mut codes).unwrap();
                    black_box(&codes);
                }
            });
            Some(CASES)
        }
        "b_1000_known_to_live_rules" => {
            live_rules(&workload_b(1_000, 1_000), Knowledge::All, instructions);
            Some(CASES)
        }
        "b_1000_half_to_live_rules" => {
            live_rules(&workload_b(1_000, 1_000), Knowledge::Share(0.5), instructions);
            Some(CASES)
        }
        "a_batch_to_masks" => {
            let kb = build(&workload_a(), instructions);
            let parts = frame(ROWS);
            let schema = parts.first().unwrap().schema();
            let batch = kb
                .batch(&schema, BatchOptions::new().output(BatchOutput::Masks))
                .unwrap();
            twice(&mut || {
                let parts: Vec<_> = parts.iter().cloned().map(Ok).collect();
                for answer in batch.stream(RecordBatchIterator::new(parts, schema.clone())) {
                    black_box(answer.unwrap());
                }
            });
            Some(ROWS)
        }
        "calf_everything_known_to_json" => {
            let (kb, _) = KnowledgeBase::builder()
                .pack(liniment_rules::calf_cramps())
                .pack(liniment_rules::leg_red_flags())
                .instructions(instructions)
                .build()
                .unwrap();
            let case = kb.case_from_json(include_str!("full_case.json")).unwrap();
            twice(&mut || {
                black_box(kb.advise(black_box(&case)).unwrap().to_json());
            });
            Some(1)
        }
        _ => None,
    }
}

fn live_rules(workload: &Workload, knowledge: Knowledge, instructions: Instructions) {
    let kb = build(workload, instructions);
    let cases = cases(&kb, workload, &rows(workload, knowledge));
    let (mut masks, mut live) = (Masks::new(), Vec::new());
    twice(&mut || {
        for case in &cases {
            kb.live_rules(black_box(case), &mut masks, &mut live).unwrap();
            black_box(&live);
        }
    });
}

/// Once for room and what is prepared at the first case, once to be counted.
fn twice(work: &mut dyn FnMut()) {
    work();
    counted(work);
}
