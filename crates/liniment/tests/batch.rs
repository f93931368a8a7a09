//! A batch says of each row what is said of that case alone.
#![cfg(feature = "arrow")]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]

mod frames;
mod support;

use arrow_array::cast::AsArray;
use arrow_array::{Array, RecordBatch};
use frames::{CaseJson, frame, plain_cases};
use liniment::batch::{BatchOptions, BatchOutput};
use liniment::{KnowledgeBase, Verdict};
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestCaseError, TestRunner};
use support::{Knowledge, cases};

fn both() -> KnowledgeBase {
    let builder = KnowledgeBase::builder()
        .pack(liniment_rules::calf_cramps())
        .pack(liniment_rules::leg_red_flags());
    builder.build().unwrap_or_else(|error| panic!("{error}")).0
}

fn for_all<S: Strategy>(cases: u32, strategy: S, test: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let drawn = ProptestConfig::default();
    let rng_seed = if drawn.rng_seed == RngSeed::Random {
        RngSeed::Fixed(20_261_127)
    } else {
        drawn.rng_seed
    };
    let config = ProptestConfig {
        cases: cases * drawn.cases / 256,
        failure_persistence: None,
        max_shrink_iters: 500,
        rng_seed,
        ..drawn
    };
    if let Err(error) = TestRunner::new(config).run(&strategy, test) {
        panic!("{error}");
    }
}

fn run(kb: &KnowledgeBase, rows: &RecordBatch, output: BatchOutput) -> RecordBatch {
    let options = BatchOptions::new().output(output);
    let batch = kb.batch(rows.schema_ref(), options).unwrap();
    batch.run(rows).unwrap()
}

/// Compares every output with the single cases.
fn agrees(kb: &KnowledgeBase, cases: &[CaseJson]) -> Result<(), TestCaseError> {
    let cases = plain_cases(kb, cases);
    let rows = frame(kb, &cases);
    let verdicts = run(kb, &rows, BatchOutput::Verdicts);
    let recommended = run(kb, &rows, BatchOutput::Recommended);
    let advice = run(kb, &rows, BatchOutput::Advice);
    let questions = run(kb, &rows, BatchOutput::NextQuestion);
    let json = run(kb, &rows, BatchOutput::Json);
    for (row, case) in cases.iter().enumerate() {
        let alone = kb.advise(&kb.case_from(case).unwrap()).unwrap();
        prop_assert_eq!(json.column(0).as_string_view().value(row), alone.to_json());
        for (column, id) in kb.advice_ids().into_iter().enumerate() {
            let column = verdicts
                .column(column)
                .as_dictionary::<arrow_array::types::Int8Type>();
            let names = column.values().as_string::<i32>();
            let found = column.key(row).map(|key| names.value(key));
            let expected = alone.get(id).map(|item| item.verdict.name());
            prop_assert_eq!(found, expected, "{}", id);
        }
        let list = recommended.column(0).as_list::<i32>().value(row);
        let list: Vec<&str> = list.as_string_view().iter().flatten().collect();
        let expected: Vec<&str> = alone
            .items()
            .iter()
            .filter(|item| item.verdict == Verdict::Recommend)
            .map(|item| item.id.as_str())
            .collect();
        prop_assert_eq!(list, expected);
        let items = advice.column(0).as_list::<i32>().value(row);
        let items = items.as_struct();
        prop_assert_eq!(items.len(), alone.items().len());
        for (place, item) in alone.items().iter().enumerate() {
            let text = |name: &str| {
                items
                    .column_by_name(name)
                    .unwrap()
                    .as_string_view()
                    .value(place)
                    .to_owned()
            };
            prop_assert_eq!(text("id"), item.id.as_str());
            prop_assert_eq!(text("verdict"), item.verdict.name());
            prop_assert_eq!(text("text"), item.text.as_str());
            let opens = items.column_by_name("opens_in").unwrap();
            let opens = opens.as_primitive::<arrow_array::types::DurationMicrosecondType>();
            let found = opens.is_valid(place).then(|| opens.value(place));
            prop_assert_eq!(found, item.opens_in.map(|time| time.microseconds()));
        }
        let next = questions.column(0).as_string_view();
        let next = next.is_valid(row).then(|| next.value(row));
        prop_assert_eq!(
            next,
            alone.questions().first().map(|question| question.fact.as_str())
        );
    }
    Ok(())
}

#[test]
fn rows_of_the_built_in_packs_are_cases() {
    let kb = both();
    let mixed = (
        proptest::collection::vec(cases(&kb, Knowledge::Full), 3),
        proptest::collection::vec(cases(&kb, Knowledge::Partial), 2),
    );
    for_all(12, mixed, |(full, partial)| {
        agrees(&kb, &[full, partial].concat())
    });
}
