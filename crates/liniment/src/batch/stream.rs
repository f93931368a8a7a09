//! Streams of rows, on one thread or more.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};

use super::Batch;
use super::options::CHUNK_ROWS;
use super::run::chunk;
use crate::error::{Error, Kind};

type Answered = Result<RecordBatch, ArrowError>;

/// Answers rows that are in memory already.
pub(super) fn run(batch: &Batch, rows: &RecordBatch) -> Result<RecordBatch, Error> {
    batch.bound.check_schema(rows.schema_ref())?;
    let threads = batch.bound.options.threads.max(1);
    let share = rows.num_rows().div_ceil(threads).max(1);
    if share >= rows.num_rows() {
        return chunk(&batch.bound, rows, 0, &batch.handle);
    }
    let shares: Vec<(usize, RecordBatch)> = (0..rows.num_rows())
        .step_by(share)
        .map(|first| (first, rows.slice(first, share.min(rows.num_rows() - first))))
        .collect();
    let answered: Result<Vec<RecordBatch>, Error> = std::thread::scope(|scope| {
        let running: Vec<_> = shares
            .iter()
            .map(|(first, rows)| {
                let first = u64::try_from(*first).unwrap_or(u64::MAX);
                scope.spawn(move || chunk(&batch.bound, rows, first, &batch.handle))
            })
            .collect();
        running
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|_| Err(lost())))
            .collect()
    });
    arrow_select::concat::concat_batches(&batch.bound.output_schema, &answered?)
        .map_err(|error| Error::new(Kind::Rows(error.to_string())))
}

fn lost() -> Error {
    Error::new(Kind::Rows("a thread ended before its rows were done".to_owned()))
}

/// The answers for a stream of rows.
pub(super) struct Stream<R> {
    batch: Batch,
    chunks: Chunks<R>,
    workers: Option<Workers>,
    ended: bool,
}

impl<R: RecordBatchReader> Stream<R> {
    pub(super) fn new(batch: Batch, rows: R) -> Self {
        let threads = batch.bound.options.threads.max(1);
        let schema = batch.bound.check_schema(&rows.schema()).err();
        let size = match batch.bound.options.chunk_rows {
            0 => CHUNK_ROWS,
            rows => rows,
        };
        Self {
            workers: (threads > 1).then(|| Workers::new(&batch, threads)),
            batch,
            chunks: Chunks {
                rows,
                refused: schema,
                rest: None,
                size,
                first: 0,
            },
            ended: false,
        }
    }

    fn answer(&mut self) -> Option<Answered> {
        match &mut self.workers {
            None => match self.chunks.next()? {
                Ok((first, rows)) => Some(answered(&self.batch, first, &rows)),
                Err(error) => Some(Err(error)),
            },
            Some(workers) => workers.next(&mut self.chunks),
        }
    }
}

impl<R: RecordBatchReader> Iterator for Stream<R> {
    type Item = Answered;

    fn next(&mut self) -> Option<Answered> {
        if self.ended {
            return None;
        }
        let answer = self.answer();
        self.ended = !matches!(answer, Some(Ok(_)));
        answer
    }
}

impl<R: RecordBatchReader> RecordBatchReader for Stream<R> {
    fn schema(&self) -> SchemaRef {
        self.batch.schema()
    }
}

fn answered(batch: &Batch, first: u64, rows: &RecordBatch) -> Answered {
    chunk(&batch.bound, rows, first, &batch.handle)
        .map_err(|error| ArrowError::ExternalError(Box::new(error)))
}

/// The rows of a stream in chunks, each with the number of its first row.
struct Chunks<R> {
    rows: R,
    refused: Option<Error>,
    rest: Option<RecordBatch>,
    size: usize,
    first: u64,
}

impl<R: RecordBatchReader> Iterator for Chunks<R> {
    type Item = Result<(u64, RecordBatch), ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(error) = self.refused.take() {
            return Some(Err(ArrowError::ExternalError(Box::new(error))));
        }
        let rows = loop {
            let rows = match self.rest.take() {
                Some(rest) => rest,
                None => match self.rows.next()? {
                    Ok(rows) => rows,
                    Err(error) => return Some(Err(error)),
                },
            };
            if rows.num_rows() > 0 {
                break rows;
            }
        };
        let taken = rows.num_rows().min(self.size);
        if taken < rows.num_rows() {
            self.rest = Some(rows.slice(taken, rows.num_rows() - taken));
        }
        let first = self.first;
        self.first += u64::try_from(taken).unwrap_or(0);
        Some(Ok((first, rows.slice(0, taken))))
    }
}

/// A chunk to be answered, and where its answer goes.
struct Job {
    first: u64,
    rows: RecordBatch,
    answer: SyncSender<Answered>,
}

/// Threads that answer chunks. The stream is read by whoever asks for its answers, so that no more is read
/// than is wanted; as many chunks are under way as there are threads, and one more each.
struct Workers {
    jobs: Option<SyncSender<Job>>,
    /// The answers under way, in the order of the stream.
    under_way: VecDeque<Receiver<Answered>>,
    most: usize,
    /// What stands after the last chunk: the stream's end, or its error.
    end: Option<Option<ArrowError>>,
    threads: Vec<std::thread::JoinHandle<()>>,
}

impl Workers {
    fn new(batch: &Batch, count: usize) -> Self {
        let (jobs, waiting) = sync_channel::<Job>(count);
        let waiting = Arc::new(std::sync::Mutex::new(waiting));
        let threads = (0..count)
            .filter_map(|number| {
                let (batch, waiting) = (batch.clone(), Arc::clone(&waiting));
                std::thread::Builder::new()
                    .name(format!("liniment-batch-{number}"))
                    .spawn(move || {
                        loop {
                            let job = match waiting.lock() {
                                Ok(waiting) => waiting.recv(),
                                Err(_) => return,
                            };
                            let Ok(job) = job else { return };
                            // Nobody may be waiting any more.
                            drop(job.answer.send(answered(&batch, job.first, &job.rows)));
                        }
                    })
                    .ok()
            })
            .collect();
        Self {
            jobs: Some(jobs),
            under_way: VecDeque::new(),
            most: count * 2,
            end: None,
            threads,
        }
    }

    fn next<R: RecordBatchReader>(&mut self, chunks: &mut Chunks<R>) -> Option<Answered> {
        while self.end.is_none() && self.under_way.len() < self.most {
            match chunks.next() {
                Some(Ok((first, rows))) => {
                    let (answer, answered) = sync_channel(1);
                    let sent = self
                        .jobs
                        .as_ref()
                        .map(|jobs| jobs.send(Job { first, rows, answer }));
                    if !matches!(sent, Some(Ok(()))) {
                        return Some(Err(ArrowError::ExternalError(Box::new(lost()))));
                    }
                    self.under_way.push_back(answered);
                }
                Some(Err(error)) => self.end = Some(Some(error)),
                None => self.end = Some(None),
            }
        }
        match self.under_way.pop_front() {
            Some(answer) => Some(
                answer
                    .recv()
                    .unwrap_or_else(|_| Err(ArrowError::ExternalError(Box::new(lost())))),
            ),
            None => self.end.take().flatten().map(Err),
        }
    }
}

impl Drop for Workers {
    fn drop(&mut self) {
        // Without a sender the threads find no more work; what is under way is not waited for by anybody.
        self.jobs = None;
        self.under_way.clear();
        for thread in self.threads.drain(..) {
            drop(thread.join());
        }
    }
}
