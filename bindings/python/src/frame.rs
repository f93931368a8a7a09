//! Frames: columns of facts in, columns of advice out, through the Arrow interface.

use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use arrow_array::{ArrayRef, RecordBatch, RecordBatchReader, StructArray};
use arrow_schema::{ArrowError, DataType, Field, SchemaRef};
use liniment::batch::{Batch, BatchOptions, BatchOutput, OnBad, OtherColumns};
use pyo3::exceptions::{PyKeyError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use pyo3_arrow::ffi::{ArrayIterator, to_stream_pycapsule};
use pyo3_arrow::input::AnyRecordBatch;

use crate::column::python::{Taken, taken};
use crate::engine::Engine;
use crate::errors;

/// How often an interrupt is looked for while others work.
const PATIENCE: Duration = Duration::from_millis(50);

/// Rows that are advised on as they are read.
#[pyclass(frozen, module = "liniment._core")]
pub(crate) struct Rows {
    batch: Batch,
    /// Only ever taken out; the lock makes it fit to be shared.
    rows: Mutex<Option<Box<dyn RecordBatchReader + Send>>>,
}

/// Columns in chunks; any Arrow library reads them.
#[pyclass(frozen, module = "liniment._core")]
pub(crate) struct Frame {
    pub(crate) schema: SchemaRef,
    pub(crate) batches: Vec<RecordBatch>,
}

/// How the columns of a frame are read and what is given, from Python's words.
fn options(
    columns: Vec<(String, String)>,
    keep: Vec<String>,
    others: &str,
    output: &str,
    on_bad: &str,
) -> PyResult<BatchOptions> {
    let unknown = |what: &str, found: &str, known: &str| {
        PyValueError::new_err(format!("no {what} `{found}`; there are {known}"))
    };
    let wanted = match output {
        "mask" => Some(BatchOutput::Masks),
        "lists" => Some(BatchOutput::Recommended),
        other => BatchOutput::from_name(other),
    };
    let wanted = wanted.ok_or_else(|| {
        let names = BatchOutput::ALL.map(BatchOutput::name).join(", ");
        unknown(
            "output",
            output,
            &format!("{names}, and lists and mask for recommended and masks"),
        )
    })?;
    let on_bad = match on_bad {
        "raise" => OnBad::Error,
        "null" => OnBad::Unknown,
        other => return Err(unknown("on_bad", other, "raise, null")),
    };
    let others = match others {
        "refuse" => OtherColumns::Refuse,
        "keep" => OtherColumns::Keep,
        "drop" => OtherColumns::Drop,
        other => return Err(unknown("others", other, "refuse, keep, drop")),
    };
    let options = BatchOptions::new().output(wanted).on_bad(on_bad).others(others);
    let options = columns
        .into_iter()
        .fold(options, |options, (fact, column)| options.column(fact, column));
    Ok(keep.into_iter().fold(options, BatchOptions::keep))
}

#[pymethods]
impl Rows {
    /// Binds the columns of a frame to facts.
    ///
    /// `now` is in microseconds since 1970, and whether it has a time zone.
    #[new]
    #[pyo3(signature = (kb: "Engine", frame: "object", *, columns: "list[tuple[str, str]]", keep: "list[str]", others: "str", output: "str", on_bad: "str", now: "tuple[int, bool] | None" = None, threads: "int" = 1, chunk_rows: "int" = 65536))]
    #[expect(clippy::too_many_arguments, reason = "named in Python")]
    fn new(
        kb: &Bound<'_, Engine>,
        frame: &Bound<'_, PyAny>,
        columns: Vec<(String, String)>,
        keep: Vec<String>,
        others: &str,
        output: &str,
        on_bad: &str,
        now: Option<(i64, bool)>,
        threads: usize,
        chunk_rows: usize,
    ) -> PyResult<Self> {
        let mut options = options(columns, keep, others, output, on_bad)?
            .threads(threads)
            .chunk_rows(chunk_rows);
        let rows = frame
            .extract::<AnyRecordBatch>()
            .map_err(|error| no_frame(frame, error))?;
        let rows = rows.into_reader()?;
        let schema = rows.schema();
        if let Some((now, _)) = now {
            options = options.now(now);
        }
        let batch = kb
            .get()
            .kb
            .batch(&schema, options)
            .map_err(|error| errors::of_call(&error))?;
        if let Some((_, zoned)) = now {
            let bound = batch.facts();
            let mixed = schema.fields().iter().find(|field| {
                let column = bound.iter().any(|(_, column)| column == field.name());
                column && matches!(field.data_type(), DataType::Timestamp(_, zone) if zone.is_some() != zoned)
            });
            if let Some(field) = mixed {
                let what = "its moments and now= must both have a time zone, or neither";
                return Err(errors::of_value(
                    "C0010",
                    field.name(),
                    &field.data_type().to_string(),
                    what,
                ));
            }
        }
        Ok(Self {
            batch,
            rows: Mutex::new(Some(rows)),
        })
    }

    /// The facts that are read, each with its column.
    #[getter]
    fn facts(&self) -> Vec<(&str, &str)> {
        self.batch.facts()
    }

    /// Advises on all rows. `progress` is called with the number of rows done.
    #[pyo3(signature = (progress: "object" = None))]
    fn collect(&self, py: Python<'_>, progress: Option<Bound<'_, PyAny>>) -> PyResult<Frame> {
        let rows = self.take()?;
        let handle = self.batch.handle();
        let answers = self.batch.stream(rows);
        let schema = answers.schema();
        let (sender, receiver) = sync_channel(2);
        // The rows are worked on elsewhere, so that this thread can look for an interrupt.
        let worker = std::thread::spawn(move || {
            for answer in answers {
                let failed = answer.is_err();
                if sender.send(answer).is_err() || failed {
                    return;
                }
            }
        });
        let receiver = Mutex::new(receiver);
        let mut batches = Vec::new();
        let outcome = loop {
            let answer = py.detach(|| match receiver.lock() {
                Ok(receiver) => receiver.recv_timeout(PATIENCE),
                Err(_) => Err(RecvTimeoutError::Disconnected),
            });
            let told = match answer {
                Ok(Ok(batch)) => {
                    batches.push(batch);
                    progress
                        .as_ref()
                        .map_or(Ok(()), |progress| progress.call1((handle.rows_done(),)).map(drop))
                }
                Ok(Err(error)) => break Err(of_arrow(&error)),
                Err(RecvTimeoutError::Timeout) => Ok(()),
                Err(RecvTimeoutError::Disconnected) => break Ok(()),
            };
            if let Err(error) = told.and_then(|()| py.check_signals()) {
                break Err(error);
            }
        };
        handle_end(py, &handle, receiver, worker, outcome.is_err())?;
        outcome.map(|()| Frame { schema, batches })
    }

    /// What is read and advised on as somebody asks for it, once.
    #[pyo3(signature = (requested_schema: "object" = None) -> "object")]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let answers = self.batch.stream(self.take()?);
        let schema = answers.schema();
        capsule(py, schema, answers, requested_schema)
    }
}

impl Rows {
    fn take(&self) -> PyResult<Box<dyn RecordBatchReader + Send>> {
        let rows = self.rows.try_lock().ok().and_then(|mut rows| rows.take());
        rows.ok_or_else(|| PyValueError::new_err("the rows have been read already"))
    }
}

/// Lets the worker end: at once, when nobody wants the rest.
fn handle_end<T: Send>(
    py: Python<'_>,
    handle: &liniment::batch::BatchHandle,
    receiver: T,
    worker: std::thread::JoinHandle<()>,
    failed: bool,
) -> PyResult<()> {
    if failed {
        handle.stop();
    }
    py.detach(|| {
        drop(receiver);
        worker.join()
    })
    .map_err(|_| pyo3::exceptions::PyRuntimeError::new_err("the thread that works on the rows has failed"))
}

#[pymethods]
impl Frame {
    /// How many rows there are.
    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    /// The names of the columns.
    #[getter]
    fn columns(&self) -> Vec<&str> {
        self.schema
            .fields()
            .iter()
            .map(|field| field.name().as_str())
            .collect()
    }

    /// A column for those who do not read Arrow: what kind it is, and its values.
    ///
    /// `booleans` and `choices` are bytes, with a byte for each row that is missing, or with the texts at those
    /// places; `texts` and `objects` are lists.
    #[pyo3(signature = (name) -> "tuple[str, object, object]")]
    fn column<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Taken<'py>> {
        let found = self.schema.column_with_name(name);
        let (position, field) = found.ok_or_else(|| PyKeyError::new_err(name.to_owned()))?;
        taken(py, &self.batches, position, field.data_type())
    }

    /// The columns for any Arrow library, as often as it asks.
    #[pyo3(signature = (requested_schema: "object" = None) -> "object")]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let batches = self.batches.clone().into_iter().map(Ok);
        capsule(py, Arc::clone(&self.schema), batches, requested_schema)
    }

    fn __repr__(&self) -> String {
        format!("<Frame {} rows: {}>", self.__len__(), self.columns().join(", "))
    }
}

/// What gives a column, or something else than rows, is no frame; other errors are those of its own library.
fn no_frame(frame: &Bound<'_, PyAny>, error: PyErr) -> PyErr {
    let py = frame.py();
    if !error.is_instance_of::<PyValueError>(py) {
        return error;
    }
    let kind = frame
        .get_type()
        .name()
        .map_or_else(|_| String::new(), |name| name.to_string());
    let what = format!("a {kind} is no frame: it gives no rows with named columns");
    let told = errors::of_value("C0006", "", &kind, &what);
    told.set_cause(py, Some(error));
    told
}

fn capsule<'py>(
    py: Python<'py>,
    schema: SchemaRef,
    batches: impl Iterator<Item = Result<RecordBatch, ArrowError>> + Send + 'static,
    requested: Option<Bound<'py, PyCapsule>>,
) -> PyResult<Bound<'py, PyCapsule>> {
    let field = Arc::new(
        Field::new_struct("", schema.fields().clone(), false).with_metadata(schema.metadata().clone()),
    );
    let structs = batches.map(|batch| batch.map(|batch| Arc::new(StructArray::from(batch)) as ArrayRef));
    let stream = Box::new(ArrayIterator::new(structs, field));
    Ok(to_stream_pycapsule(py, stream, requested)?)
}

/// What ended a stream: an error of the library, or one of whoever gives the rows.
fn of_arrow(error: &ArrowError) -> PyErr {
    if let ArrowError::ExternalError(inner) = error
        && let Some(inner) = inner.downcast_ref::<liniment::Error>()
    {
        return errors::of_call(inner);
    }
    errors::of_value("C0010", "", "", &format!("the rows could not be read: {error}"))
}
