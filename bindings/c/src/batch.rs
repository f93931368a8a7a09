//! Batches: streams of Arrow record batches in, streams of advice out.

#[cfg(feature = "arrow")]
mod arrow;
#[cfg(feature = "arrow")]
mod rows;
#[cfg(not(feature = "arrow"))]
mod without_arrow;

use crate::error::Error;
#[cfg(not(feature = "arrow"))]
use crate::error::Failure;
#[cfg(not(feature = "arrow"))]
use crate::guard::Outcome;
use crate::guard::{Handle, Poison, answer, enter_on, free, nothing_yet};
use crate::kb::Kb;
use crate::status::Status;
use crate::text::{Grows, Str, list_mut};

/// A stream of the Arrow C Data Interface; its definition comes with Arrow.
#[repr(C)]
pub struct ArrowArrayStream {
    _private: [u8; 0],
}

/// What a batch gives for each row.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BatchOutput {
    /// A column for each advice id: its verdict by name, null for none.
    Verdicts = 0,
    /// A column `json`, the same bytes as from `liniment_advice_json`.
    Json = 1,
    /// A column for each rule: whether it is live, null where that is unknown.
    Masks = 2,
    /// A column `recommended`: the list of the advice ids that are recommended, in order.
    Recommended = 3,
    /// A column `advice`: the list of the verdicts with their texts, in order.
    Advice = 4,
    /// Columns `next_question` and `ask`: the fact to ask for first, and its question.
    NextQuestion = 5,
}

/// What becomes of values that their fact does not take.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnBad {
    /// The stream ends with an error that names row and column.
    Error = 0,
    /// The value counts as unknown, and a column `_bad` is true for the row.
    Unknown = 1,
}

/// What becomes of columns that are no fact's.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OtherColumns {
    /// An error that names the nearest fact.
    Refuse = 0,
    /// They are passed on.
    Keep = 1,
    /// They are left out.
    Drop = 2,
}

/// A fact and the column that it is read from.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// The fact.
    pub fact: Str,
    /// The column.
    pub column: Str,
}

/// How a batch reads its columns and what it gives. All zeros but `size` is the usual.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct BatchOptions {
    /// The size of this struct.
    pub size: usize,
    /// A `liniment_batch_output`.
    pub output: i32,
    /// A `liniment_on_bad`.
    pub on_bad: i32,
    /// A `liniment_other_columns`.
    pub others: i32,
    /// How many threads work, up to 1,024; 0 is one, -1 as many as the machine has.
    pub threads: i32,
    /// How many rows are worked on at once; 0 is 65,536.
    pub chunk_rows: usize,
    /// Whether `now_us` is given.
    pub has_now: bool,
    /// The present moment, in microseconds since 1970 UTC, for clocks that are read from moments.
    pub now_us: i64,
    /// Facts that are read from columns of another name; may be NULL when there are none.
    pub columns: *const Column,
    /// How many.
    pub column_count: usize,
    /// Columns that are passed on; may be NULL when there are none.
    pub keep: *const Str,
    /// How many.
    pub keep_count: usize,
}

/// A batch under way: how far it is, and how to stop it. Any number of threads may use it.
pub struct Batch {
    #[cfg(feature = "arrow")]
    kb: liniment::KnowledgeBase,
    #[cfg(feature = "arrow")]
    batch: liniment::batch::Batch,
    poison: Poison,
}

/// What a batch has done so far.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct BatchCounts {
    /// The size of this struct, set by you.
    pub size: usize,
    /// The rows done.
    pub rows: u64,
    /// The rows with a value that its fact does not take.
    pub bad_rows: u64,
    /// How often each `liniment_verdict` was given; all 0 for LINIMENT_BATCH_OUTPUT_MASKS, where no verdict is
    /// decided.
    pub verdicts: [u64; 12],
}

// SAFETY: repr(C) with `size` first, and zeros mean none.
unsafe impl Grows for BatchCounts {}

impl Handle for Batch {
    const NAME: &'static str = "batch";
    fn poison(&self) -> &Poison {
        &self.poison
    }
}

/// Advice for a stream of rows, a row for a case, as a stream. Columns are named as the facts; a null is
/// unknown. What is held in memory does not grow with the stream.
///
/// `rows` is taken over in any case, also when the call fails: it is released once, by the library, and
/// `rows->release` is NULL when the call returns. `advice` is overwritten: on success with a stream that you
/// release, on failure with one whose `release` is NULL. Reading it reads `rows`, on the same thread; with
/// `threads`, the arrays of `rows` are released on any of them. `options` may be NULL for the usual. `batch` may be
/// NULL; otherwise `*batch` is yours to free with `liniment_batch_free`. The stream needs neither `batch` nor `kb`.
/// LINIMENT_STATUS_UNSUPPORTED in a library without batches.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_batch_stream(
    kb: Option<&Kb>,
    options: Option<&BatchOptions>,
    rows: *mut ArrowArrayStream,
    advice: *mut ArrowArrayStream,
    mut batch: Option<&mut *mut Batch>,
    error: Option<&mut *mut Error>,
) -> Status {
    nothing_yet(&mut batch);
    #[cfg(feature = "arrow")]
    {
        // Before the handle is looked at: `rows` is taken over whatever is wrong.
        let rows = arrow::take(rows);
        arrow::clear(advice);
        enter_on(kb, error, |kb| arrow::stream(kb, options, rows, advice, batch))
    }
    #[cfg(not(feature = "arrow"))]
    {
        without_arrow::release(rows);
        without_arrow::clear(advice);
        enter_on(kb, error, |_| {
            let _ = options;
            Err(Failure::unsupported("batches"))
        })
    }
}

/// How many rows are done; 0 for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_batch_rows(batch: Option<&Batch>) -> u64 {
    #[cfg(feature = "arrow")]
    return answer(batch, 0, |batch| batch.batch.handle().rows_done());
    #[cfg(not(feature = "arrow"))]
    answer(batch, 0, |_| 0)
}

/// Fills `counts` with what the batch has done so far. Set `counts->size` before the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_batch_report(batch: Option<&Batch>, counts: *mut BatchCounts) -> Status {
    enter_on(batch, None, |batch| {
        #[cfg(feature = "arrow")]
        return arrow::report(batch, counts);
        #[cfg(not(feature = "arrow"))]
        none_here(batch, counts)
    })
}

/// Fills `counts` with how many values each fact had that it does not take: `counts[i]` is of the fact of
/// number `i`. `count` is `liniment_kb_fact_count`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_batch_bad_values(
    batch: Option<&Batch>,
    counts: *mut u64,
    count: usize,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_on(batch, error, |batch| {
        #[cfg(feature = "arrow")]
        return arrow::bad_values(batch, list_mut(counts, count, "counts")?);
        #[cfg(not(feature = "arrow"))]
        none_here(batch, list_mut(counts, count, "counts")?)
    })
}

/// Without Arrow there is no batch that could be asked.
#[cfg(not(feature = "arrow"))]
fn none_here<T>(_batch: &Batch, _counts: T) -> Outcome {
    Err(Failure::unsupported("batches"))
}

/// Stops the batch: its stream ends soon with an error. From any thread; NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_batch_stop(batch: Option<&Batch>) {
    answer(batch, (), |_batch| {
        #[cfg(feature = "arrow")]
        _batch.batch.handle().stop();
    });
}

/// Frees the handle of a batch; its stream goes on. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_batch_free(batch: *mut Batch) {
    // SAFETY: the header asks for a batch of this library, freed once.
    unsafe { free(batch) }
}
