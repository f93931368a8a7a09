//! Batches with Arrow: the options, the streams, and what a batch has done.

use std::panic::{AssertUnwindSafe, catch_unwind};

use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};
use liniment::batch as core;

use super::rows::Rows;
use super::{ArrowArrayStream, Batch, BatchCounts, BatchOptions, BatchOutput, OnBad, OtherColumns};
use crate::error::Failure;
use crate::guard::{Outcome, Poison, drop_payload, hand_over};
use crate::kb::Kb;
use crate::text::{fill, list};

/// More would wait for each other, and for memory.
const MOST_THREADS: usize = 1024;

/// Moves the stream out of what the caller has; what is left there is released.
pub(super) fn take(rows: *mut ArrowArrayStream) -> Option<FFI_ArrowArrayStream> {
    // SAFETY: not NULL, and the header asks for a stream of the C Data Interface, which may be moved by
    // copying it; `from_raw` leaves a released one behind.
    (!rows.is_null()).then(|| unsafe { FFI_ArrowArrayStream::from_raw(rows.cast()) })
}

/// Writes a released stream, so that the caller's holds nothing where the call fails.
pub(super) fn clear(advice: *mut ArrowArrayStream) {
    if !advice.is_null() {
        // SAFETY: not NULL, and the header asks for room for a stream that holds none.
        unsafe {
            advice
                .cast::<FFI_ArrowArrayStream>()
                .write(FFI_ArrowArrayStream::empty())
        };
    }
}

pub(super) fn stream(
    kb: &Kb,
    options: Option<&BatchOptions>,
    rows: Option<FFI_ArrowArrayStream>,
    advice: *mut ArrowArrayStream,
    batch: Option<&mut *mut Batch>,
) -> Outcome {
    let rows = rows.ok_or_else(|| Failure::null("rows"))?;
    if advice.is_null() {
        return Err(Failure::null("advice"));
    }
    let options = read(options)?;
    let rows = Rows::of(rows)?;
    let bound = kb.kb.batch(&rows.schema(), options)?;
    if batch.is_some() {
        let handle = Batch {
            kb: kb.kb.clone(),
            batch: bound.clone(),
            poison: Poison::default(),
        };
        hand_over(batch, handle, "batch")?;
    }
    let stream = FFI_ArrowArrayStream::new(Box::new(Guarded(bound.stream(rows))));
    // SAFETY: not NULL, and what stands there was made released by `clear`.
    unsafe { advice.cast::<FFI_ArrowArrayStream>().write(stream) };
    Ok(())
}

pub(super) fn report(batch: &Batch, counts: *mut BatchCounts) -> Outcome {
    let report = batch.batch.report();
    let mut found = BatchCounts {
        size: size_of::<BatchCounts>(),
        rows: report.rows,
        bad_rows: report.bad_rows,
        verdicts: [0; 12],
    };
    for (verdict, times) in report.verdicts {
        if let Some(count) = found.verdicts.get_mut(usize::from(verdict.code())) {
            *count = times;
        }
    }
    fill(counts, found, "counts")
}

pub(super) fn bad_values(batch: &Batch, counts: &mut [u64]) -> Outcome {
    let facts = batch.kb.facts().len();
    if counts.len() != facts {
        return Err(Failure::argument(format!(
            "`count` is {}; there are {facts} facts",
            counts.len()
        )));
    }
    counts.fill(0);
    for (name, times) in batch.batch.report().bad_values {
        if let Some(count) = counts.get_mut(batch.kb.fact(&name)?.index()) {
            *count = times;
        }
    }
    Ok(())
}

fn read(options: Option<&BatchOptions>) -> Result<core::BatchOptions, Failure> {
    let mut read = core::BatchOptions::new();
    let Some(options) = options else {
        return Ok(read);
    };
    if options.size < size_of::<BatchOptions>() {
        return Err(Failure::argument(format!(
            "`options.size` is {}; set it to the size of the struct, {}",
            options.size,
            size_of::<BatchOptions>()
        )));
    }
    let unknown = |what: &str, value: i32| Failure::argument(format!("`options.{what}` is {value}"));
    read = read.output(match options.output {
        value if value == BatchOutput::Verdicts as i32 => core::BatchOutput::Verdicts,
        value if value == BatchOutput::Json as i32 => core::BatchOutput::Json,
        value if value == BatchOutput::Masks as i32 => core::BatchOutput::Masks,
        value if value == BatchOutput::Recommended as i32 => core::BatchOutput::Recommended,
        value if value == BatchOutput::Advice as i32 => core::BatchOutput::Advice,
        value if value == BatchOutput::NextQuestion as i32 => core::BatchOutput::NextQuestion,
        value => return Err(unknown("output", value)),
    });
    read = read.on_bad(match options.on_bad {
        value if value == OnBad::Error as i32 => core::OnBad::Error,
        value if value == OnBad::Unknown as i32 => core::OnBad::Unknown,
        value => return Err(unknown("on_bad", value)),
    });
    read = read.others(match options.others {
        value if value == OtherColumns::Refuse as i32 => core::OtherColumns::Refuse,
        value if value == OtherColumns::Keep as i32 => core::OtherColumns::Keep,
        value if value == OtherColumns::Drop as i32 => core::OtherColumns::Drop,
        value => return Err(unknown("others", value)),
    });
    read = match options.threads {
        -1 => read.threads(0),
        0 => read,
        threads => match usize::try_from(threads) {
            Ok(threads) if threads <= MOST_THREADS => read.threads(threads),
            _ => return Err(unknown("threads", threads)),
        },
    };
    if options.chunk_rows > 0 {
        read = read.chunk_rows(options.chunk_rows);
    }
    if options.has_now {
        read = read.now(options.now_us);
    }
    if options.column_count > 0 {
        for column in list(options.columns, options.column_count, "options.columns")? {
            read = read.column(
                column.fact.name("options.columns[].fact")?,
                column.column.name("options.columns[].column")?,
            );
        }
    }
    if options.keep_count > 0 {
        for column in list(options.keep, options.keep_count, "options.keep")? {
            read = read.keep(column.name("options.keep[]")?);
        }
    }
    Ok(read)
}

/// A stream from which no panic gets out: one ends it with an error.
struct Guarded<R>(R);

impl<R: RecordBatchReader> Iterator for Guarded<R> {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        match catch_unwind(AssertUnwindSafe(|| self.0.next())) {
            Ok(next) => next,
            Err(payload) => {
                drop_payload(payload);
                Some(Err(ArrowError::ComputeError(
                    "the library failed inside".to_owned(),
                )))
            }
        }
    }
}

impl<R: RecordBatchReader> RecordBatchReader for Guarded<R> {
    fn schema(&self) -> SchemaRef {
        self.0.schema()
    }
}
