//! Columns of frames that have no Arrow of their own: buffers of numpy and lists in, and the same out.

pub(crate) mod python;

use std::sync::Arc;

use arrow_array::builder::{LargeListBuilder, LargeStringBuilder};
use arrow_array::types::{
    ArrowPrimitiveType, DurationMicrosecondType, DurationMillisecondType, DurationNanosecondType,
    DurationSecondType, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type,
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType,
    UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{
    Array, ArrayRef, BooleanArray, DictionaryArray, NullArray, PrimitiveArray, RecordBatch, StringArray,
};
use arrow_buffer::{ArrowNativeType, BooleanBuffer, MutableBuffer, NullBuffer, ScalarBuffer};
use arrow_schema::{Field, Schema};
use pyo3::buffer::PyBuffer;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyList, PyString};
use pyo3_arrow::input::AnyArray;

use crate::frame::Frame;

/// A column, made of what another library holds.
#[pyclass(frozen, module = "liniment._core")]
pub(crate) struct Column {
    array: ArrayRef,
}

/// What numpy has for a time that is missing.
const NOT_A_TIME: i64 = i64::MIN;

#[pymethods]
impl Column {
    /// A buffer of numpy, by the name of its type: `float64`, `bool`, `timedelta64[us]`.
    ///
    /// NaN and NaT are missing, and so is where a byte of `missing` is not zero.
    #[staticmethod]
    #[pyo3(signature = (kind: "str", data: "object", missing: "object" = None))]
    fn numbers(
        py: Python<'_>,
        kind: &str,
        data: PyBuffer<u8>,
        missing: Option<PyBuffer<u8>>,
    ) -> PyResult<Self> {
        let data = Data {
            bytes: bytes(py, &data)?,
            missing: missing.map(|missing| missing.to_vec(py)).transpose()?,
        };
        let array = match kind {
            "bool" => data.booleans()?,
            "int8" => data.wholes::<Int8Type>()?,
            "int16" => data.wholes::<Int16Type>()?,
            "int32" => data.wholes::<Int32Type>()?,
            "int64" => data.wholes::<Int64Type>()?,
            "uint8" => data.wholes::<UInt8Type>()?,
            "uint16" => data.wholes::<UInt16Type>()?,
            "uint32" => data.wholes::<UInt32Type>()?,
            "uint64" => data.wholes::<UInt64Type>()?,
            "float32" => data.primitive::<Float32Type>(|value| value.is_nan())?,
            "float64" => data.primitive::<Float64Type>(|value| value.is_nan())?,
            "timedelta64[s]" => data.times::<DurationSecondType>(false)?,
            "timedelta64[ms]" => data.times::<DurationMillisecondType>(false)?,
            "timedelta64[us]" => data.times::<DurationMicrosecondType>(false)?,
            "timedelta64[ns]" => data.times::<DurationNanosecondType>(false)?,
            "datetime64[s]" => data.times::<TimestampSecondType>(false)?,
            "datetime64[ms]" => data.times::<TimestampMillisecondType>(false)?,
            "datetime64[us]" => data.times::<TimestampMicrosecondType>(false)?,
            "datetime64[ns]" => data.times::<TimestampNanosecondType>(false)?,
            "datetime64[s, UTC]" => data.times::<TimestampSecondType>(true)?,
            "datetime64[ms, UTC]" => data.times::<TimestampMillisecondType>(true)?,
            "datetime64[us, UTC]" => data.times::<TimestampMicrosecondType>(true)?,
            "datetime64[ns, UTC]" => data.times::<TimestampNanosecondType>(true)?,
            other => return Err(PyValueError::new_err(format!("no column of numbers is {other}"))),
        };
        Ok(Self { array })
    }

    /// Texts, or `None` where one is missing.
    #[staticmethod]
    #[pyo3(signature = (values: "list[str | None]"))]
    fn texts(values: &Bound<'_, PyList>) -> PyResult<Self> {
        let mut column = LargeStringBuilder::with_capacity(values.len(), 0);
        for value in values {
            push(&mut column, &value)?;
        }
        Ok(Self {
            array: Arc::new(column.finish()),
        })
    }

    /// Lists of texts, or `None` where one is missing.
    #[staticmethod]
    #[pyo3(signature = (values: "list[list[str] | None]"))]
    fn lists(values: &Bound<'_, PyList>) -> PyResult<Self> {
        let mut column = LargeListBuilder::new(LargeStringBuilder::new());
        for value in values {
            if value.is_none() {
                column.append_null();
                continue;
            }
            for element in value.cast::<PyList>().map_err(PyErr::from)? {
                push(column.values(), &element)?;
            }
            column.append(true);
        }
        Ok(Self {
            array: Arc::new(column.finish()),
        })
    }

    /// Places of texts, by the name of their type; a place below zero is missing.
    #[staticmethod]
    #[pyo3(signature = (kind: "str", places: "object", texts: "list[str]"))]
    fn choices(py: Python<'_>, kind: &str, places: PyBuffer<u8>, texts: Vec<String>) -> PyResult<Self> {
        let data = Data {
            bytes: bytes(py, &places)?,
            missing: None,
        };
        let array = match kind {
            "int8" => data.choices::<Int8Type>(texts)?,
            "int16" => data.choices::<Int16Type>(texts)?,
            "int32" => data.choices::<Int32Type>(texts)?,
            "int64" => data.choices::<Int64Type>(texts)?,
            other => return Err(PyValueError::new_err(format!("no places are {other}"))),
        };
        Ok(Self { array })
    }

    /// A column of which nothing is read.
    #[staticmethod]
    fn nothing(rows: usize) -> Self {
        Self {
            array: Arc::new(NullArray::new(rows)),
        }
    }

    /// What is in Arrow already: anything with `__arrow_c_array__` or `__arrow_c_stream__`.
    #[staticmethod]
    #[pyo3(signature = (values: "object"))]
    fn arrow(values: AnyArray) -> PyResult<Self> {
        let chunked = values.into_chunked_array()?;
        let chunks: Vec<&dyn Array> = chunked.chunks().iter().map(AsRef::as_ref).collect();
        let array = match chunks.as_slice() {
            [] => arrow_array::new_empty_array(chunked.data_type()),
            chunks => arrow_select::concat::concat(chunks).map_err(unfit)?,
        };
        Ok(Self { array })
    }

    fn __len__(&self) -> usize {
        self.array.len()
    }
}

/// Columns of the same length as a frame.
#[pyfunction]
#[pyo3(signature = (columns: "list[tuple[str, Column]]"))]
pub(crate) fn frame_of_columns(columns: Vec<(String, Py<Column>)>) -> PyResult<Frame> {
    let columns: Vec<(String, ArrayRef)> = columns
        .into_iter()
        .map(|(name, column)| (name, Arc::clone(&column.get().array)))
        .collect();
    let fields: Vec<Field> = columns
        .iter()
        .map(|(name, array)| Field::new(name, array.data_type().clone(), true))
        .collect();
    let schema = Arc::new(Schema::new(fields));
    let arrays: Vec<ArrayRef> = columns.into_iter().map(|(_, array)| array).collect();
    let batches = if arrays.is_empty() {
        Vec::new()
    } else {
        vec![RecordBatch::try_new(Arc::clone(&schema), arrays).map_err(unfit)?]
    };
    Ok(Frame { schema, batches })
}

/// A buffer of numpy, and which of its values are missing beyond what the values say.
struct Data {
    bytes: MutableBuffer,
    missing: Option<Vec<u8>>,
}

impl Data {
    fn values<N: ArrowNativeType>(self) -> PyResult<(ScalarBuffer<N>, Option<Vec<u8>>)> {
        let rows = self.bytes.len() / size_of::<N>();
        let told = self.missing.as_ref().is_none_or(|missing| missing.len() == rows);
        if rows * size_of::<N>() != self.bytes.len() || !told {
            return Err(PyValueError::new_err("the buffers do not fit together"));
        }
        Ok((ScalarBuffer::new(self.bytes.into(), 0, rows), self.missing))
    }

    fn primitive<T: ArrowPrimitiveType>(self, missing: impl Fn(T::Native) -> bool) -> PyResult<ArrayRef> {
        Ok(Arc::new(self.typed::<T>(missing)?))
    }

    fn typed<T: ArrowPrimitiveType>(
        self,
        missing: impl Fn(T::Native) -> bool,
    ) -> PyResult<PrimitiveArray<T>> {
        let (values, told) = self.values::<T::Native>()?;
        let present = |row: usize| values.get(row).is_some_and(|value| !missing(*value));
        let known = match told {
            Some(told) => {
                BooleanBuffer::collect_bool(values.len(), |row| present(row) && is_zero(&told, row))
            }
            None => BooleanBuffer::collect_bool(values.len(), present),
        };
        let known = Some(NullBuffer::new(known)).filter(|known| known.null_count() > 0);
        PrimitiveArray::try_new(values, known).map_err(unfit)
    }

    fn wholes<T: ArrowPrimitiveType>(self) -> PyResult<ArrayRef> {
        self.primitive::<T>(|_| false)
    }

    fn times<T: ArrowPrimitiveType<Native = i64>>(self, zoned: bool) -> PyResult<ArrayRef> {
        let times = self.typed::<T>(|value| value == NOT_A_TIME)?;
        let kind = match T::DATA_TYPE {
            arrow_schema::DataType::Timestamp(unit, _) if zoned => {
                arrow_schema::DataType::Timestamp(unit, Some("UTC".into()))
            }
            plain => plain,
        };
        Ok(Arc::new(times.with_data_type(kind)))
    }

    fn booleans(self) -> PyResult<ArrayRef> {
        let (values, missing) = self.values::<u8>()?;
        let rows = values.len();
        let truths = BooleanBuffer::collect_bool(rows, |row| !is_zero(&values, row));
        let known = missing.map(|missing| BooleanBuffer::collect_bool(rows, |row| is_zero(&missing, row)));
        let known = known.map(NullBuffer::new).filter(|known| known.null_count() > 0);
        Ok(Arc::new(BooleanArray::new(truths, known)))
    }

    fn choices<T>(self, texts: Vec<String>) -> PyResult<ArrayRef>
    where
        T: arrow_array::types::ArrowDictionaryKeyType,
        T::Native: Default + PartialOrd,
    {
        let places = self.typed::<T>(|place| place < T::Native::default())?;
        let texts = Arc::new(StringArray::from(texts));
        Ok(Arc::new(DictionaryArray::try_new(places, texts).map_err(unfit)?))
    }
}

fn is_zero(bytes: &[u8], row: usize) -> bool {
    bytes.get(row).is_none_or(|byte| *byte == 0)
}

/// The bytes of a buffer, where numbers of any size may stand.
fn bytes(py: Python<'_>, data: &PyBuffer<u8>) -> PyResult<MutableBuffer> {
    let mut bytes = MutableBuffer::from_len_zeroed(data.len_bytes());
    data.copy_to_slice(py, bytes.as_slice_mut())?;
    Ok(bytes)
}

fn push(column: &mut LargeStringBuilder, value: &Bound<'_, PyAny>) -> PyResult<()> {
    if value.is_none() {
        column.append_null();
        return Ok(());
    }
    let text = value.cast::<PyString>().map_err(PyErr::from)?;
    column.append_value(text.to_str()?);
    Ok(())
}

fn unfit(error: arrow_schema::ArrowError) -> PyErr {
    PyTypeError::new_err(error.to_string())
}
