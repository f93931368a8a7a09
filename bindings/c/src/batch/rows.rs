//! The rows that the caller hands over as a stream of the Arrow C Data Interface.

use std::ffi::CStr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi_and_data_type};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{RecordBatch, RecordBatchOptions, RecordBatchReader, StructArray};
use arrow_schema::{ArrowError, DataType, Schema, SchemaRef};

use crate::error::Failure;
use crate::guard::drop_payload;

/// The caller's rows, looked at as far as can be seen: Arrow's own reader believes what it is told.
pub(super) struct Rows {
    stream: FFI_ArrowArrayStream,
    schema: SchemaRef,
}

const NOT_READABLE: &str = "`rows` is not as the Arrow C Data Interface has it";

impl Rows {
    pub(super) fn of(mut stream: FFI_ArrowArrayStream) -> Result<Self, Failure> {
        let schema = catch_unwind(AssertUnwindSafe(|| read_schema(&mut stream)));
        match schema {
            Ok(Ok(schema)) => Ok(Self {
                stream,
                schema: Arc::new(schema),
            }),
            Ok(Err(error)) => Err(Failure::argument(format!("`rows` cannot be read: {error}"))),
            Err(payload) => {
                drop_payload(payload);
                Err(Failure::argument(NOT_READABLE.to_owned()))
            }
        }
    }

    fn read(&mut self) -> Result<Option<RecordBatch>, ArrowError> {
        let Some(get_next) = self.stream.get_next else {
            return Err(unreadable());
        };
        let mut array = FFI_ArrowArray::empty();
        // SAFETY: the stream is not released, and the header asks for one of the C Data Interface.
        if unsafe { get_next(&mut self.stream, &mut array) } != 0 {
            return Err(ArrowError::CDataInterface(self.last_error()));
        }
        if array.is_released() {
            return Ok(None);
        }
        if !has_counts(&array) {
            return Err(unreadable());
        }
        let kind = DataType::Struct(self.schema.fields().clone());
        // SAFETY: the stream said that its arrays are of this type; what it handed over is checked below,
        // before anybody reads it.
        let data = unsafe { from_ffi_and_data_type(array, kind) }?;
        data.validate_full()
            .map_err(|error| ArrowError::CDataInterface(format!("{NOT_READABLE}: {error}")))?;
        let options = RecordBatchOptions::new().with_row_count(Some(data.len()));
        let (_, columns, _) = StructArray::from(data).into_parts();
        RecordBatch::try_new_with_options(self.schema.clone(), columns, &options).map(Some)
    }

    fn last_error(&mut self) -> String {
        let words = self.stream.get_last_error.map(|get_last_error| {
            // SAFETY: as for `get_next`, which failed just before.
            unsafe { get_last_error(&mut self.stream) }
        });
        match words.filter(|words| !words.is_null()) {
            // SAFETY: not NULL; such a text ends with a zero byte and stays until the next call.
            Some(words) => unsafe { CStr::from_ptr(words) }.to_string_lossy().into_owned(),
            None => "`rows` ended with an error that says nothing".to_owned(),
        }
    }
}

fn read_schema(stream: &mut FFI_ArrowArrayStream) -> Result<Schema, ArrowError> {
    let (Some(get_schema), Some(_)) = (stream.get_schema, stream.release) else {
        return Err(ArrowError::CDataInterface("it holds no stream".to_owned()));
    };
    let mut schema = FFI_ArrowSchema::empty();
    // SAFETY: the stream is not released, and the header asks for one of the C Data Interface.
    match unsafe { get_schema(stream, &mut schema) } {
        0 => Schema::try_from(&schema),
        code => Err(ArrowError::CDataInterface(format!("its schema is error {code}"))),
    }
}

fn unreadable() -> ArrowError {
    ArrowError::CDataInterface(NOT_READABLE.to_owned())
}

/// Counts are signed in C: one below zero would be more than any memory has.
fn has_counts(array: &FFI_ArrowArray) -> bool {
    [
        array.len(),
        array.offset(),
        array.num_buffers(),
        array.num_children(),
    ]
    .iter()
    .all(|count| isize::try_from(*count).is_ok())
        && (0..array.num_children()).all(|child| has_counts(array.child(child)))
        && array.dictionary().is_none_or(has_counts)
}

impl Iterator for Rows {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        // Arrow panics at what it does not expect, where here is an error.
        match catch_unwind(AssertUnwindSafe(|| self.read())) {
            Ok(read) => read.transpose(),
            Err(payload) => {
                drop_payload(payload);
                Some(Err(unreadable()))
            }
        }
    }
}

impl RecordBatchReader for Rows {
    fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }
}
