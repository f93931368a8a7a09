//! Rows a second: ten million rows of workload A, and rows of the built-in packs.
//! `cargo bench -p liniment --features arrow --bench batch`.
//!
//! Columns of A: two of Float64, one of Int64, a dictionary of texts with keys of 8 bits, six of booleans;
//! one value in twenty is null. Numbers stand where Arrow asks for them, at multiples of 64 bytes.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a benchmark has nobody to report to"
)]

#[path = "support/frame.rs"]
mod frame;

use std::sync::{Arc, LazyLock};

use arrow_array::builder::{BooleanBuilder, StringBuilder};
use arrow_array::cast::AsArray;
use arrow_array::types::Int8Type;
use arrow_array::{Array, ArrayRef, RecordBatch, RecordBatchIterator, StringArray, StructArray};
use arrow_data::ArrayData;
use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use frame::frame;
use liniment::batch::{BatchOptions, BatchOutput};
use liniment::{Instructions, KnowledgeBase, Source};
use liniment_workloads::workload_a;

fn main() {
    divan::main();
}

const ROWS: usize = 10_000_000;

fn knowledge_base(instructions: Instructions) -> KnowledgeBase {
    let pack = Source::files(workload_a().files());
    let builder = KnowledgeBase::builder().pack(pack).instructions(instructions);
    builder.build().unwrap().0
}

static FRAME: LazyLock<Vec<RecordBatch>> = LazyLock::new(|| frame(ROWS));

/// Streams these rows through a batch and drops what it gives.
fn stream(bencher: Bencher<'_, '_>, kb: &KnowledgeBase, parts: &[RecordBatch], options: BatchOptions) {
    let rows: usize = parts.iter().map(RecordBatch::num_rows).sum();
    let schema = parts.first().unwrap().schema();
    let batch = kb.batch(&schema, options).unwrap();
    bencher.counter(ItemsCount::new(rows)).bench_local(|| {
        let parts: Vec<_> = parts.iter().cloned().map(Ok).collect();
        for answer in batch.stream(RecordBatchIterator::new(parts, Arc::clone(&schema))) {
            black_box(answer.unwrap_or_else(|error| panic!("{error}")));
        }
    });
}

/// Ten million rows of A to the masks of 25 rules, on one thread.
#[divan::bench(sample_count = 5, sample_size = 1, args = [Instructions::Avx512, Instructions::Avx2, Instructions::Portable])]
fn masks(bencher: Bencher<'_, '_>, instructions: Instructions) {
    let options = BatchOptions::new().output(BatchOutput::Masks);
    stream(bencher, &knowledge_base(instructions), &FRAME, options);
}

/// The same of rows that are in the processor's cache already: what is left without the way from memory.
#[divan::bench(sample_count = 5, sample_size = 1, args = [Instructions::Avx512, Instructions::Avx2])]
fn masks_of_cached_rows(bencher: Bencher<'_, '_>, instructions: Instructions) {
    const CACHED: usize = 16_384;
    let options = BatchOptions::new().output(BatchOutput::Masks);
    let parts = vec![frame(CACHED).remove(0); ROWS / CACHED];
    stream(bencher, &knowledge_base(instructions), &parts, options);
}

/// The same from a column of texts instead of a dictionary.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn masks_from_texts(bencher: Bencher<'_, '_>) {
    let options = BatchOptions::new().output(BatchOutput::Masks);
    let parts: Vec<RecordBatch> = FRAME.iter().map(with_texts).collect();
    stream(bencher, &knowledge_base(Instructions::best()), &parts, options);
}

/// The rows with dictionaries written out.
fn with_texts(part: &RecordBatch) -> RecordBatch {
    let schema = part.schema();
    let columns = schema.fields().iter().zip(part.columns()).map(|(field, column)| {
        let texts = column
            .as_dictionary_opt::<Int8Type>()
            .and_then(|column| column.downcast_dict::<StringArray>())
            .map(|column| column.into_iter().collect::<StringArray>());
        let column = texts.map_or_else(|| Arc::clone(column), |texts| Arc::new(texts) as ArrayRef);
        (field.name(), column, true)
    });
    RecordBatch::try_from_iter_with_nullable(columns).unwrap()
}

/// What the C library does with rows from outside before anybody reads them.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn rows_looked_at(bencher: Bencher<'_, '_>) {
    let parts: Vec<ArrayData> = FRAME
        .iter()
        .cloned()
        .map(|part| StructArray::from(part).into_data())
        .collect();
    bencher.counter(ItemsCount::new(ROWS)).bench_local(|| {
        for part in &parts {
            black_box(part).validate_full().unwrap();
        }
    });
}

/// The same on two threads.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn masks_on_two_threads(bencher: Bencher<'_, '_>) {
    let options = BatchOptions::new().output(BatchOutput::Masks).threads(2);
    stream(bencher, &knowledge_base(Instructions::best()), &FRAME, options);
}

/// Ten million rows of A to verdicts of 25 advice ids.
#[divan::bench(sample_count = 5, sample_size = 1, args = [1, 2])]
fn verdicts(bencher: Bencher<'_, '_>, threads: usize) {
    let options = BatchOptions::new().output(BatchOutput::Verdicts).threads(threads);
    stream(bencher, &knowledge_base(Instructions::best()), &FRAME, options);
}

/// 65,536 rows of A to lists of recommended ids.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn recommended(bencher: Bencher<'_, '_>) {
    let options = BatchOptions::new().output(BatchOutput::Recommended);
    stream(
        bencher,
        &knowledge_base(Instructions::best()),
        FRAME.get(..1).unwrap(),
        options,
    );
}

/// 4,096 rows of the built-in packs, a hundred of them unlike, to each output.
#[divan::bench(sample_count = 5, sample_size = 1, args = ["verdicts", "recommended", "advice", "next_question", "json"])]
fn calf(bencher: Bencher<'_, '_>, output: &str) {
    let builder = KnowledgeBase::builder()
        .pack(liniment_rules::calf_cramps())
        .pack(liniment_rules::leg_red_flags());
    let kb = builder.build().unwrap().0;
    let (mut state, mut session, mut hot, mut since) = (
        StringBuilder::new(),
        BooleanBuilder::new(),
        BooleanBuilder::new(),
        StringBuilder::new(),
    );
    for row in 0..4_096 {
        state.append_option(["active", "released"].get(row % 3));
        session.append_value(row % 2 == 0);
        hot.append_option((row % 5 > 0).then_some(row % 5 > 2));
        since.append_value(format!("{}h", row % 7 * 13));
    }
    let columns: [(&str, ArrayRef); 4] = [
        ("cramp_state", Arc::new(state.finish())),
        ("in_session", Arc::new(session.finish())),
        ("hot_conditions", Arc::new(hot.finish())),
        ("time_since_release", Arc::new(since.finish())),
    ];
    let rows = RecordBatch::try_from_iter(columns).unwrap();
    let options = BatchOptions::new().output(BatchOutput::from_name(output).unwrap());
    stream(bencher, &kb, &[rows], options);
}
