//! Columns of an answer as buffers that numpy reads, or as lists of Python's objects.

use std::collections::HashMap;

use arrow_array::cast::AsArray;
use arrow_array::types::{DurationMicrosecondType, Int8Type};
use arrow_array::{Array, RecordBatch};
use arrow_buffer::{BooleanBuffer, NullBuffer};
use arrow_schema::{DataType, TimeUnit};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyDelta, PyDict, PyList, PyString};

/// What kind of column it is, its values, and what else belongs to them.
pub(crate) type Taken<'py> = (&'static str, Bound<'py, PyAny>, Option<Bound<'py, PyAny>>);

/// The column at a position of all batches.
pub(crate) fn taken<'py>(
    py: Python<'py>,
    batches: &[RecordBatch],
    position: usize,
    kind: &DataType,
) -> PyResult<Taken<'py>> {
    let parts: Vec<&dyn Array> = batches
        .iter()
        .filter_map(|batch| batch.columns().get(position))
        .map(AsRef::as_ref)
        .collect();
    match kind {
        DataType::Boolean => {
            let truths = parts.iter().map(|part| part.as_boolean().values().clone());
            let truths = flags(py, truths, false)?;
            let missing = if parts.iter().any(|part| part.is_nullable()) {
                let known = parts.iter().map(|part| known(*part));
                Some(flags(py, known, true)?)
            } else {
                None
            };
            Ok(("booleans", truths, missing))
        }
        DataType::Dictionary(key, _) if **key == DataType::Int8 => {
            let texts = match parts.first() {
                Some(part) => list(py, part.as_dictionary::<Int8Type>().values().as_ref())?,
                None => PyList::empty(py),
            };
            Ok(("choices", places(py, &parts)?, Some(texts.into_any())))
        }
        _ => {
            let values = PyList::empty(py);
            for part in parts {
                values.call_method1("extend", (list(py, part)?,))?;
            }
            let text = matches!(kind, DataType::Utf8 | DataType::Utf8View);
            Ok((if text { "texts" } else { "objects" }, values.into_any(), None))
        }
    }
}

/// Which rows have a value.
fn known(part: &dyn Array) -> BooleanBuffer {
    let nulls = part.nulls().map(NullBuffer::inner).cloned();
    nulls.unwrap_or_else(|| BooleanBuffer::new_set(part.len()))
}

/// A byte for each bit: one where it is set, or where it is not.
fn flags<'py>(
    py: Python<'py>,
    parts: impl Iterator<Item = BooleanBuffer>,
    inverted: bool,
) -> PyResult<Bound<'py, PyAny>> {
    let parts: Vec<BooleanBuffer> = parts.collect();
    let rows = parts.iter().map(BooleanBuffer::len).sum();
    let flipped = if inverted { u64::MAX } else { 0 };
    let filled = PyByteArray::new_with(py, rows, |bytes| {
        let mut rest = bytes;
        for part in &parts {
            let Some((first, others)) = rest.split_at_mut_checked(part.len()) else {
                return Ok(());
            };
            let chunks = part.bit_chunks();
            let words = chunks.iter().chain([chunks.remainder_bits()]);
            for (bytes, word) in first.chunks_mut(64).zip(words) {
                for (place, byte) in bytes.iter_mut().enumerate() {
                    *byte = u8::from(((word ^ flipped) >> place) & 1 == 1);
                }
            }
            rest = others;
        }
        Ok(())
    })?;
    Ok(filled.into_any())
}

/// The place of each row's text, a byte each; 255, which is one below zero, where it has none.
fn places<'py>(py: Python<'py>, parts: &[&dyn Array]) -> PyResult<Bound<'py, PyAny>> {
    let rows = parts.iter().map(|part| part.len()).sum();
    let filled = PyByteArray::new_with(py, rows, |bytes| {
        let mut rest = bytes;
        for part in parts {
            let keys = part.as_dictionary::<Int8Type>().keys();
            let Some((first, others)) = rest.split_at_mut_checked(keys.len()) else {
                return Ok(());
            };
            for (byte, key) in first.iter_mut().zip(keys.values()) {
                *byte = key.cast_unsigned();
            }
            if let Some(nulls) = keys.nulls() {
                for (byte, known) in first.iter_mut().zip(nulls.iter()) {
                    *byte = if known { *byte } else { u8::MAX };
                }
            }
            rest = others;
        }
        Ok(())
    })?;
    Ok(filled.into_any())
}

/// The values of an array as objects: texts, truths, lengths of time, lists, dicts, and `None`.
fn list<'py>(py: Python<'py>, array: &dyn Array) -> PyResult<Bound<'py, PyList>> {
    match array.data_type() {
        DataType::List(_) => {
            let lists = array.as_list::<i32>();
            let elements = list(py, lists.values().as_ref())?;
            let ends = lists.offsets().iter().zip(lists.offsets().iter().skip(1));
            let rows = ends.map(|(start, end)| Ok((usize::try_from(*start)?, usize::try_from(*end)?)));
            let rows: Vec<(usize, usize)> = rows.collect::<Result<_, std::num::TryFromIntError>>()?;
            let known = known(array);
            let rows = rows.into_iter().zip(known.iter());
            let values = rows.map(|((start, end), known)| {
                if known {
                    elements.get_slice(start, end).into_any()
                } else {
                    py.None().into_bound(py)
                }
            });
            PyList::new(py, values.collect::<Vec<_>>())
        }
        // Ids that come again and again: one object for each.
        DataType::Utf8 => {
            let mut seen: HashMap<&str, Bound<'py, PyString>> = HashMap::new();
            let values = array.as_string::<i32>().iter().map(|text| match text {
                Some(text) => {
                    let object = seen.entry(text).or_insert_with(|| PyString::new(py, text));
                    object.clone().into_any()
                }
                None => py.None().into_bound(py),
            });
            PyList::new(py, values.collect::<Vec<_>>())
        }
        _ => {
            let values = (0..array.len()).map(|row| value(py, array, row));
            PyList::new(py, values.collect::<PyResult<Vec<_>>>()?)
        }
    }
}

fn value<'py>(py: Python<'py>, array: &dyn Array, row: usize) -> PyResult<Bound<'py, PyAny>> {
    if array.is_null(row) {
        return Ok(py.None().into_bound(py));
    }
    match array.data_type() {
        DataType::Utf8 => Ok(array.as_string::<i32>().value(row).into_pyobject(py)?.into_any()),
        DataType::Utf8View => Ok(array.as_string_view().value(row).into_pyobject(py)?.into_any()),
        DataType::Boolean => Ok(array
            .as_boolean()
            .value(row)
            .into_pyobject(py)?
            .to_owned()
            .into_any()),
        DataType::Duration(TimeUnit::Microsecond) => {
            let microseconds = array.as_primitive::<DurationMicrosecondType>().value(row);
            length(py, microseconds)
        }
        DataType::List(_) => Ok(list(py, array.as_list::<i32>().value(row).as_ref())?.into_any()),
        DataType::Struct(fields) => {
            let parts = PyDict::new(py);
            for (field, column) in fields.iter().zip(array.as_struct().columns()) {
                parts.set_item(field.name(), value(py, column.as_ref(), row)?)?;
            }
            Ok(parts.into_any())
        }
        other => Err(PyTypeError::new_err(format!("no object stands for {other}"))),
    }
}

/// A `datetime.timedelta`.
fn length(py: Python<'_>, microseconds: i64) -> PyResult<Bound<'_, PyAny>> {
    const A_SECOND: i64 = 1_000_000;
    const A_DAY: i64 = 86_400 * A_SECOND;
    let out_of_range = |_| PyTypeError::new_err("a length of time that Python does not have");
    let days = i32::try_from(microseconds.div_euclid(A_DAY)).map_err(out_of_range)?;
    let rest = microseconds.rem_euclid(A_DAY);
    let seconds = i32::try_from(rest / A_SECOND).map_err(out_of_range)?;
    let rest = i32::try_from(rest % A_SECOND).map_err(out_of_range)?;
    Ok(PyDelta::new(py, days, seconds, rest, false)?.into_any())
}
