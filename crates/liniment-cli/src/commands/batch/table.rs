//! The forms of tables: by the name of a file, and how each is written.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use clap::ValueEnum;
use liniment::batch::BatchOutput;

use crate::output::Failure;
use crate::target::{Sink, Target};

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Table {
    /// Comma-separated values, the first line the names
    Csv,
    /// A JSON object a line
    Jsonl,
    /// Arrow IPC: a file, or a stream
    Arrow,
    /// Parquet
    Parquet,
}

impl Table {
    /// The form of a file by its name, or as it was given.
    pub(super) fn of(name: &str, given: Option<Table>) -> Result<Table, Failure> {
        let extension = Path::new(name)
            .extension()
            .unwrap_or_default()
            .to_ascii_lowercase();
        let by_name = match extension.to_str() {
            Some("csv") => Some(Table::Csv),
            Some("jsonl" | "ndjson") => Some(Table::Jsonl),
            Some("arrow" | "arrows" | "feather" | "ipc") => Some(Table::Arrow),
            Some("parquet") => Some(Table::Parquet),
            _ => None,
        };
        let table = by_name.or(given).ok_or_else(|| {
            Failure::usage(format!(
                "`{name}` does not tell what form it has; name it with --format csv, jsonl, arrow or parquet"
            ))
        })?;
        if table == Table::Parquet && cfg!(not(feature = "parquet")) {
            return Err(Failure::usage(format!(
                "`{name}`: this liniment was built without the feature `parquet`"
            )));
        }
        if table == Table::Parquet && name == "-" {
            return Err(Failure::usage(
                "a Parquet file is not read or written from its start to its end; name a file instead of -",
            ));
        }
        Ok(table)
    }

    /// Whether a table of this form has room for an output.
    pub(super) fn can_hold(self, what: BatchOutput) -> Result<(), Failure> {
        if self == Table::Csv && what == BatchOutput::Advice {
            return Err(Failure::usage(
                "CSV has no lists within lists; choose --output recommended or json, or another form",
            ));
        }
        Ok(())
    }

    /// Starts a table.
    pub(super) fn writer(self, target: &Target, schema: &SchemaRef) -> Result<TableWriter, ArrowError> {
        let sink = target.sink()?;
        Ok(match self {
            Table::Csv => TableWriter::Csv {
                writer: Box::new(arrow_csv::Writer::new(sink)),
                flat: flat_schema(schema),
            },
            Table::Jsonl => {
                let builder = arrow_json::WriterBuilder::new().with_explicit_nulls(true);
                TableWriter::Jsonl(Box::new(builder.build(sink)))
            }
            Table::Arrow if target.is_stream() => {
                TableWriter::Stream(Box::new(arrow_ipc::writer::StreamWriter::try_new(sink, schema)?))
            }
            Table::Arrow => {
                TableWriter::File(Box::new(arrow_ipc::writer::FileWriter::try_new(sink, schema)?))
            }
            Table::Parquet => parquet_writer(sink, schema)?,
        })
    }
}

/// A table that is being written.
pub(super) enum TableWriter {
    Csv {
        writer: Box<arrow_csv::Writer<Sink>>,
        flat: SchemaRef,
    },
    Jsonl(Box<arrow_json::Writer<Sink, arrow_json::writer::LineDelimited>>),
    File(Box<arrow_ipc::writer::FileWriter<Sink>>),
    Stream(Box<arrow_ipc::writer::StreamWriter<Sink>>),
    #[cfg(feature = "parquet")]
    Parquet(Box<parquet::arrow::ArrowWriter<Sink>>),
}

impl TableWriter {
    pub(super) fn write(&mut self, rows: &RecordBatch) -> Result<(), ArrowError> {
        match self {
            TableWriter::Csv { writer, flat } => writer.write(&flattened(rows, flat)?),
            TableWriter::Jsonl(writer) => writer.write(rows),
            TableWriter::File(writer) => writer.write(rows),
            TableWriter::Stream(writer) => writer.write(rows),
            #[cfg(feature = "parquet")]
            TableWriter::Parquet(writer) => Ok(writer.write(rows)?),
        }
    }

    /// Ends the table: everything is with the target then.
    pub(super) fn finish(self) -> Result<(), ArrowError> {
        match self {
            TableWriter::Csv { mut writer, flat } => {
                // A table without rows has its names all the same.
                writer.write(&RecordBatch::new_empty(flat))?;
                writer.into_inner().flush()?;
            }
            TableWriter::Jsonl(mut writer) => {
                writer.finish()?;
                writer.into_inner().flush()?;
            }
            TableWriter::File(mut writer) => {
                writer.finish()?;
                writer.get_mut().flush()?;
            }
            TableWriter::Stream(mut writer) => {
                writer.finish()?;
                writer.get_mut().flush()?;
            }
            #[cfg(feature = "parquet")]
            TableWriter::Parquet(writer) => writer.into_inner()?.flush()?,
        }
        Ok(())
    }
}

#[cfg(feature = "parquet")]
fn parquet_writer(sink: Sink, schema: &SchemaRef) -> Result<TableWriter, ArrowError> {
    use parquet::basic::Compression;
    use parquet::file::properties::WriterProperties;

    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .build();
    let writer = parquet::arrow::ArrowWriter::try_new(sink, Arc::clone(schema), Some(properties))?;
    Ok(TableWriter::Parquet(Box::new(writer)))
}

#[cfg(not(feature = "parquet"))]
fn parquet_writer(_: Sink, _: &SchemaRef) -> Result<TableWriter, ArrowError> {
    Err(ArrowError::NotYetImplemented("built without Parquet".to_owned()))
}

/// In CSV a list of texts is one text, its parts separated by `;`, as it is read.
fn flat_schema(schema: &Schema) -> SchemaRef {
    let fields = schema.fields().iter().map(|field| {
        let data_type = match field.data_type() {
            DataType::List(_) => DataType::Utf8,
            other => other.clone(),
        };
        Field::new(field.name(), data_type, field.is_nullable())
    });
    Arc::new(Schema::new(fields.collect::<Vec<_>>()))
}

fn flattened(rows: &RecordBatch, flat: &SchemaRef) -> Result<RecordBatch, ArrowError> {
    let columns = rows.columns().iter().map(|column| match column.data_type() {
        DataType::List(_) => joined(column),
        _ => Ok(Arc::clone(column)),
    });
    RecordBatch::try_new(Arc::clone(flat), columns.collect::<Result<_, _>>()?)
}

fn joined(column: &ArrayRef) -> Result<ArrayRef, ArrowError> {
    let lists = column.as_list::<i32>();
    let texts = arrow_cast::cast(lists.values(), &DataType::Utf8)?;
    let texts = texts.as_string::<i32>();
    let mut joined = StringBuilder::with_capacity(lists.len(), texts.value_data().len());
    for (row, ends) in lists.value_offsets().windows(2).enumerate() {
        let (Some(from), Some(to)) = (ends.first(), ends.last()) else {
            continue;
        };
        if lists.is_null(row) {
            joined.append_null();
            continue;
        }
        let parts: Vec<&str> = (*from..*to)
            .filter_map(|place| usize::try_from(place).ok())
            .map(|place| texts.value(place))
            .collect();
        // A list of none is not an empty field, which is unknown.
        joined.append_value(if parts.is_empty() {
            ";".to_owned()
        } else {
            parts.join(";")
        });
    }
    Ok(Arc::new(joined.finish()))
}
