//! How fast the library alone answers the rows of an Arrow file, on one thread, without the program that has made
//! it: what a front end loses is the difference. `bindings/python/benches/frames.py --core` asks it.
//!
//! `cargo run --release -p liniment-cli --example columns -- PACK FILE.arrow masks`
//!
//! Prints two times in seconds, each the best of three runs: with every answer dropped, and with all of them kept.

use std::error::Error;
use std::fs::File;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use arrow_array::{RecordBatch, RecordBatchIterator};
use arrow_ipc::reader::FileReader;
use arrow_schema::{ArrowError, SchemaRef};
use liniment::batch::{Batch, BatchOptions, BatchOutput};
use liniment::{KnowledgeBase, Source};

/// As many rows at once as the Python package works on.
const CHUNK_ROWS: usize = 65_536;

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [pack, file, output] = words.as_slice() else {
        return Err("expected: PACK FILE.arrow OUTPUT".into());
    };
    let output = BatchOutput::from_name(output).ok_or("no such output")?;
    let (kb, _) = KnowledgeBase::builder().pack(Source::folder(pack)?).build()?;
    let rows: Vec<RecordBatch> = FileReader::try_new(File::open(file)?, None)?.collect::<Result<_, _>>()?;
    let schema = rows.first().ok_or("no rows")?.schema();
    let batch = kb.batch(&schema, BatchOptions::new().output(output).chunk_rows(CHUNK_ROWS))?;
    let dropped = best(|| {
        for answer in answers(&batch, &schema, &rows) {
            black_box(answer?);
        }
        Ok(())
    })?;
    let kept = best(|| {
        black_box(answers(&batch, &schema, &rows).collect::<Result<Vec<_>, _>>()?);
        Ok(())
    })?;
    println!("{dropped:.4} {kept:.4}");
    Ok(())
}

fn answers(
    batch: &Batch,
    schema: &SchemaRef,
    rows: &[RecordBatch],
) -> impl Iterator<Item = Result<RecordBatch, ArrowError>> + use<> {
    let rows: Vec<_> = rows.iter().cloned().map(Ok).collect();
    batch.stream(RecordBatchIterator::new(rows, Arc::clone(schema)))
}

/// The seconds of the best of three runs.
fn best(work: impl Fn() -> Result<(), Box<dyn Error>>) -> Result<f64, Box<dyn Error>> {
    let mut best = f64::INFINITY;
    for _ in 0..3 {
        let begun = Instant::now();
        work()?;
        best = best.min(begun.elapsed().as_secs_f64());
    }
    Ok(best)
}
