//! Batches: Arrow columns of facts in, Arrow columns of advice out, a row for a case.
//!
//! What a batch says of a row is what [`KnowledgeBase::advise`] says of that case alone. Columns are checked
//! once, by [`KnowledgeBase::batch`]; a null is unknown.
//!
//! | fact | columns it can be read from |
//! |---|---|
//! | yes or no | booleans |
//! | choice, scale | texts |
//! | several | lists of texts; an empty list is none of them |
//! | integer | whole numbers of every width, floats and decimals without a fraction |
//! | number | whole numbers, floats, decimals (the nearest number of 64 bits) |
//! | duration | durations, intervals of days and times (no months), texts such as `24h` |
//! | clock | the same, `never`, and moments where [`BatchOptions::now`] is given: the time from then to now |
//!
//! Dictionaries count as their values, a column of type null is all unknown, and any fact can be read from
//! texts, as in a CSV file: `true` and `false`, numbers, options separated by `;` (a lone `;` is none of
//! them). A moment without a time zone is taken for UTC.

mod bind;
mod book;
mod columns;
mod decode;
mod engine;
mod gather;
mod groups;
mod options;
mod planes;
mod read;
mod report;
mod room;
mod run;
mod stream;
#[cfg(test)]
mod tests;
mod verdicts;

use std::sync::Arc;

use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{Schema, SchemaRef};

pub use options::{BatchOptions, BatchOutput, OnBad, OtherColumns};
pub use report::{BatchHandle, BatchReport};

use crate::error::Error;
use crate::knowledge_base::KnowledgeBase;
use crate::verdict::Verdict;
use bind::Bound;

/// Columns bound to facts, ready to run; made by [`KnowledgeBase::batch`]. Cheap to clone; clones share
/// their report.
#[derive(Clone, Debug)]
pub struct Batch {
    bound: Arc<Bound>,
    handle: BatchHandle,
}

impl KnowledgeBase {
    /// Binds the columns of a schema to facts.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use arrow_array::{BooleanArray, RecordBatch, StringArray, cast::AsArray};
    /// use liniment::{KnowledgeBase, batch::{BatchOptions, BatchOutput}};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let (kb, _) = KnowledgeBase::builder().pack(liniment_rules::calf_cramps()).build()?;
    /// let cases = RecordBatch::try_from_iter([
    ///     ("cramp_state", Arc::new(StringArray::from(vec![Some("active"), None])) as _),
    ///     ("in_session", Arc::new(BooleanArray::from(vec![Some(true), Some(false)])) as _),
    /// ])?;
    /// let batch = kb.batch(cases.schema_ref(), BatchOptions::new().output(BatchOutput::Json))?;
    /// let advice = batch.run(&cases)?;
    /// let case = kb.case_from_json(r#"{"cramp_state": "active", "in_session": true}"#)?;
    /// assert_eq!(advice.column(0).as_string_view().value(0), kb.advise(&case)?.to_json());
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// When a column is no fact's (unless [`BatchOptions::others`] says what becomes of such), has a type
    /// that cannot state its fact, is named and not there, or is one of two for the same fact; and when no
    /// column is a fact's.
    pub fn batch(&self, schema: &Schema, options: BatchOptions) -> Result<Batch, Error> {
        Ok(Batch {
            bound: Arc::new(Bound::new(self, schema, options)?),
            handle: BatchHandle::default(),
        })
    }
}

impl Batch {
    /// The columns that it gives.
    pub fn schema(&self) -> SchemaRef {
        Arc::clone(&self.bound.output_schema)
    }

    /// The facts it reads, each with its column.
    pub fn facts(&self) -> Vec<(&str, &str)> {
        self.bound.names().collect()
    }

    /// The answers for these rows, a row for a row, in order.
    ///
    /// # Errors
    /// When the columns are not those that it was made for, a value is not its fact's
    /// (with [`OnBad::Error`]), or it was stopped.
    pub fn run(&self, rows: &RecordBatch) -> Result<RecordBatch, Error> {
        stream::run(self, rows)
    }

    /// The answers for a stream of rows, in its order, chunk by chunk: what is held in memory does not grow
    /// with the stream. An error ends it; errors of the library come as
    /// [`ArrowError::ExternalError`](arrow_schema::ArrowError::ExternalError) around an [`Error`].
    pub fn stream<R>(&self, rows: R) -> impl RecordBatchReader + Send + use<R>
    where
        R: RecordBatchReader + Send + 'static,
    {
        stream::Stream::new(self.clone(), rows)
    }

    /// What it has done so far, all its runs together.
    pub fn report(&self) -> BatchReport {
        let tally = self.handle.tally();
        BatchReport {
            rows: tally.rows,
            bad_rows: tally.bad_rows,
            bad_values: self
                .bound
                .names()
                .zip(&tally.bad_values)
                .filter(|(_, times)| **times > 0)
                .map(|((fact, _), times)| (fact.to_owned(), *times))
                .collect(),
            verdicts: Verdict::ALL
                .into_iter()
                .filter_map(|verdict| {
                    let times = tally
                        .verdicts
                        .get(usize::from(verdict.code()))
                        .copied()
                        .unwrap_or(0);
                    (times > 0).then_some((verdict, times))
                })
                .collect(),
        }
    }

    /// Stops it and tells how far it is, from another thread.
    pub fn handle(&self) -> BatchHandle {
        self.handle.clone()
    }
}
