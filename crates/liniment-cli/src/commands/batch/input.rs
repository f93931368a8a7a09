//! Tables of cases: how each form is read, as a stream.

use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use arrow_array::RecordBatchReader;
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use liniment::{FactType, KnowledgeBase};

use super::table::Table;
use crate::output::Failure;

/// Rows, and how many there will be.
pub(super) struct Cases {
    pub(super) rows: Box<dyn RecordBatchReader + Send>,
    pub(super) size: Size,
}

/// How much there is to read.
pub(super) enum Size {
    #[cfg(feature = "parquet")]
    Rows(u64),
    Bytes {
        count: u64,
        read: Arc<AtomicU64>,
    },
    Unknown,
}

/// The rows that a reader hands over at once.
const AT_ONCE: usize = 8_192;
/// How much of a table is looked at to tell its names and types.
const AHEAD: u64 = 1 << 20;

/// Counts the bytes that are read.
struct Counted<R> {
    reader: R,
    read: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.reader.read(buffer)?;
        self.read
            .fetch_add(u64::try_from(count).unwrap_or(0), Ordering::Relaxed);
        Ok(count)
    }
}

/// Opens a table.
pub(super) fn open(
    name: &str,
    table: Table,
    base: &KnowledgeBase,
    columns: &[(String, String)],
) -> Result<Cases, Failure> {
    let fault = |error: ArrowError| Failure::fault("C0409", name, error);
    let unread = |error: std::io::Error| Failure::fault("C0409", name, error);
    if name == "-" {
        let stdin = std::io::stdin();
        return Ok(Cases {
            rows: stream(stdin, table, base, columns).map_err(fault)?,
            size: Size::Unknown,
        });
    }
    let mut file = File::open(name).map_err(unread)?;
    match table {
        Table::Parquet => parquet(file).map_err(fault),
        Table::Arrow if is_arrow_file(&mut file).map_err(unread)? => {
            let reader = arrow_ipc::reader::FileReader::try_new_buffered(file, None).map_err(fault)?;
            Ok(Cases {
                rows: Box::new(reader),
                size: Size::Unknown,
            })
        }
        _ => {
            let count = file.metadata().map(|found| found.len()).unwrap_or(0);
            let read = Arc::new(AtomicU64::new(0));
            let counted = Counted {
                reader: file,
                read: Arc::clone(&read),
            };
            Ok(Cases {
                rows: stream(counted, table, base, columns).map_err(fault)?,
                size: match count {
                    0 => Size::Unknown,
                    count => Size::Bytes { count, read },
                },
            })
        }
    }
}

/// Whether this is the file form of Arrow IPC rather than the stream form.
fn is_arrow_file(file: &mut File) -> std::io::Result<bool> {
    let mut start = [0; 6];
    let count = file.read(&mut start)?;
    file.seek(SeekFrom::Start(0))?;
    Ok(start.get(..count) == Some(b"ARROW1".as_slice()))
}

/// A table that is read from its start to its end.
fn stream(
    mut reader: impl Read + Send + 'static,
    table: Table,
    base: &KnowledgeBase,
    columns: &[(String, String)],
) -> Result<Box<dyn RecordBatchReader + Send>, ArrowError> {
    if table == Table::Arrow {
        return Ok(Box::new(arrow_ipc::reader::StreamReader::try_new_buffered(
            reader, None,
        )?));
    }
    let mut ahead = Vec::new();
    reader.by_ref().take(AHEAD).read_to_end(&mut ahead)?;
    if table == Table::Csv {
        let (schema, _) = arrow_csv::reader::Format::default()
            .with_header(true)
            .infer_schema(ahead.as_slice(), Some(0))?;
        let reader = arrow_csv::ReaderBuilder::new(texts(&schema))
            .with_header(true)
            .with_batch_size(AT_ONCE)
            .build(Cursor::new(ahead).chain(reader))?;
        return Ok(Box::new(reader));
    }
    let schema = json_schema(&ahead, base, columns)?;
    let reader = arrow_json::ReaderBuilder::new(schema)
        // A name that stands in no line looked at is an error, not left out.
        .with_strict_mode(true)
        .with_batch_size(AT_ONCE)
        .build(BufReader::new(Cursor::new(ahead).chain(reader)))?;
    Ok(Box::new(reader))
}

/// The columns of a CSV file are all texts: what they mean, their facts say.
fn texts(schema: &Schema) -> SchemaRef {
    let fields = schema.fields().iter();
    Arc::new(Schema::new(
        fields
            .map(|field| Field::new(field.name(), DataType::Utf8, true))
            .collect::<Vec<_>>(),
    ))
}

/// The columns of JSON Lines: those of facts as a case would have them, the others as the first lines do.
fn json_schema(
    ahead: &[u8],
    base: &KnowledgeBase,
    columns: &[(String, String)],
) -> Result<SchemaRef, ArrowError> {
    let whole_lines = match ahead.iter().rposition(|byte| *byte == b'\n') {
        Some(end) if u64::try_from(ahead.len()).unwrap_or(0) >= AHEAD => ahead.get(..=end).unwrap_or(ahead),
        _ => ahead,
    };
    let (found, _) = arrow_json::reader::infer_json_schema(whole_lines, None)?;
    let mut fields: Vec<Field> = base
        .facts()
        .iter()
        .filter_map(|fact| {
            let name = match columns.iter().find(|(name, _)| *name == fact.id) {
                None => &fact.id,
                // One that was named and is not there is not made up.
                Some((_, column)) => found.field_with_name(column).ok().map(|_| column)?,
            };
            // Texts are read as in a CSV file.
            let data_type = match found.field_with_name(name).map(Field::data_type) {
                Ok(DataType::Utf8) => DataType::Utf8,
                _ => json_type(fact.kind),
            };
            Some(Field::new(name, data_type, true))
        })
        .collect();
    for field in found.fields() {
        if !fields.iter().any(|known| known.name() == field.name()) {
            fields.push(field.as_ref().clone().with_nullable(true));
        }
    }
    Ok(Arc::new(Schema::new(fields)))
}

fn json_type(kind: FactType) -> DataType {
    match kind {
        FactType::YesNo => DataType::Boolean,
        FactType::Several => DataType::List(Arc::new(Field::new("item", DataType::Utf8, true))),
        FactType::Integer => DataType::Int64,
        FactType::Number => DataType::Float64,
        _ => DataType::Utf8,
    }
}

#[cfg(feature = "parquet")]
fn parquet(file: File) -> Result<Cases, ArrowError> {
    damaged_is_an_error(|| {
        let builder = parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder::try_new(file)?;
        let rows = builder.metadata().file_metadata().num_rows();
        Ok(Cases {
            rows: Box::new(Careful {
                schema: Arc::clone(builder.schema()),
                reader: Some(builder.with_batch_size(AT_ONCE).build()?),
            }),
            size: Size::Rows(u64::try_from(rows).unwrap_or(0)),
        })
    })
}

/// The library that reads Parquet panics over some damaged files.
#[cfg(feature = "parquet")]
fn damaged_is_an_error<T>(read: impl FnOnce() -> Result<T, ArrowError>) -> Result<T, ArrowError> {
    use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
    let told = take_hook();
    set_hook(Box::new(|_| {}));
    let answer = catch_unwind(AssertUnwindSafe(read));
    set_hook(told);
    answer.unwrap_or_else(|_| Err(ArrowError::ParquetError("the file is damaged".to_owned())))
}

/// Reads until something is damaged.
#[cfg(feature = "parquet")]
struct Careful {
    schema: SchemaRef,
    reader: Option<parquet::arrow::arrow_reader::ParquetRecordBatchReader>,
}

#[cfg(feature = "parquet")]
impl RecordBatchReader for Careful {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }
}

#[cfg(feature = "parquet")]
impl Iterator for Careful {
    type Item = Result<arrow_array::RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut reader = self.reader.take()?;
        let batch = damaged_is_an_error(|| {
            let batch = reader.next().transpose()?;
            Ok((batch, reader))
        });
        match batch {
            Ok((batch, reader)) => {
                self.reader = Some(reader);
                batch.map(Ok)
            }
            Err(error) => Some(Err(error)),
        }
    }
}

#[cfg(not(feature = "parquet"))]
fn parquet(_: File) -> Result<Cases, ArrowError> {
    Err(ArrowError::NotYetImplemented("built without Parquet".to_owned()))
}
