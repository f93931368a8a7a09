//! Columns put together from rows of others: the answers of groups given to their rows, parts one behind the other.
//!
//! Arrow's own kernels for this are made anew for each type there is, which takes much room in the library.

use arrow_array::{Array, ArrayRef, make_array};
use arrow_data::ArrayData;
use arrow_data::transform::MutableArrayData;
use arrow_schema::ArrowError;

/// Rows of one of the parts.
pub(super) struct Rows {
    pub(super) part: usize,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The rows, in their order, of parts that have the same type. Columns of verdicts have one dictionary.
pub(super) fn gather<'a>(
    parts: impl Iterator<Item = &'a ArrayRef>,
    rows: impl ExactSizeIterator<Item = Rows>,
) -> Result<ArrayRef, ArrowError> {
    let parts: Vec<ArrayData> = parts.map(|part| part.to_data()).collect();
    let mut whole = MutableArrayData::new(parts.iter().collect(), false, rows.len());
    for Rows { part, start, end } in rows {
        whole.try_extend(part, start, end)?;
    }
    Ok(make_array(whole.freeze()))
}
