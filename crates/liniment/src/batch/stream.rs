//! Streams of rows, on one thread or more.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use arrow_array::{ArrayRef, RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};
use liniment_planes::ROWS;

use super::Batch;
use super::gather::{Rows, gather};
use super::options::{BatchOutput, CHUNK_ROWS, CHUNK_ROWS_OF_ADVICE};
use super::run::{Memory, Worker, assemble};
use crate::compact_sort::CompactSort;
use crate::error::{Error, Kind};

type Answered = Result<RecordBatch, ArrowError>;

/// What one thread answered, each part with its number; or the part that it could not answer, and why.
type Share = Result<Vec<(usize, RecordBatch)>, (usize, Error)>;

/// Answers rows that are in memory already.
pub(super) fn run(batch: &Batch, rows: &RecordBatch) -> Result<RecordBatch, Error> {
    batch.bound.check_schema(rows.schema_ref())?;
    let count = rows.num_rows();
    let threads = batch.bound.options.threads.max(1);
    let size = if batch.bound.engine.is_some() {
        // As few parts as there are threads: planes need no room of their own.
        count.div_ceil(threads).next_multiple_of(ROWS)
    } else {
        chunk_rows(batch)
    };
    let starts: Vec<usize> = (0..count).step_by(size.max(1)).collect();
    if starts.len() <= 1 {
        return answered(batch, &mut Memory::new(&batch.bound), 0, rows);
    }
    let next = AtomicUsize::new(0);
    let work = || {
        let mut memory = Memory::new(&batch.bound);
        let mut done = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(start) = starts.get(number) else {
                return Ok(done);
            };
            let part = rows.slice(*start, size.min(count - start));
            let first = u64::try_from(*start).unwrap_or(u64::MAX);
            match answered(batch, &mut memory, first, &part) {
                Ok(answer) => done.push((number, answer)),
                Err(error) => return Err((number, error)),
            }
        }
    };
    let parts: Vec<Share> = if threads == 1 {
        vec![work()]
    } else {
        std::thread::scope(|scope| {
            let running: Vec<_> = (0..threads.min(starts.len()))
                .map(|_| scope.spawn(work))
                .collect();
            running
                .into_iter()
                .map(|thread| thread.join().unwrap_or_else(|_| Err((0, lost()))))
                .collect()
        })
    };
    let mut done = Vec::with_capacity(starts.len());
    let mut first_error: Option<(usize, Error)> = None;
    for part in parts {
        match part {
            Ok(answers) => done.extend(answers),
            Err((number, error)) if first_error.as_ref().is_none_or(|(first, _)| number < *first) => {
                first_error = Some((number, error));
            }
            Err(_) => {}
        }
    }
    if let Some((_, error)) = first_error {
        return Err(error);
    }
    done.compact_sort_by_key(|(number, _)| *number);
    let made = batch.bound.kept.len()..batch.bound.output_schema.fields().len();
    let made: Result<Vec<ArrayRef>, _> = made
        .map(|position| {
            let whole = done.iter().enumerate().map(|(part, (_, answer))| Rows {
                part,
                start: 0,
                end: answer.num_rows(),
            });
            let parts = done
                .iter()
                .filter_map(|(_, answer)| answer.columns().get(position));
            gather(parts, whole)
        })
        .collect();
    let made = made.map_err(|error| Error::new(Kind::Rows(error.to_string())))?;
    assemble(&batch.bound, rows, made.into_iter())
}

fn answered(
    batch: &Batch,
    memory: &mut Memory,
    first: u64,
    rows: &RecordBatch,
) -> Result<RecordBatch, Error> {
    let mut worker = Worker {
        bound: &batch.bound,
        handle: &batch.handle,
        memory,
    };
    worker.answer(rows, first)
}

fn chunk_rows(batch: &Batch) -> usize {
    match (batch.bound.options.chunk_rows, batch.bound.options.output) {
        (0, BatchOutput::Advice) => CHUNK_ROWS_OF_ADVICE,
        (0, _) => CHUNK_ROWS,
        (rows, _) => rows,
    }
}

fn lost() -> Error {
    Error::new(Kind::Rows("a thread ended before its rows were done".to_owned()))
}

/// The answers for a stream of rows.
pub(super) struct Stream<R> {
    batch: Batch,
    chunks: Chunks<R>,
    workers: Option<Workers>,
    /// Of the one thread, where there are no workers.
    memory: Memory,
    ended: bool,
}

impl<R: RecordBatchReader> Stream<R> {
    pub(super) fn new(batch: Batch, rows: R) -> Self {
        let threads = batch.bound.options.threads.max(1);
        let schema = batch.bound.check_schema(&rows.schema()).err();
        let size = chunk_rows(&batch);
        Self {
            workers: (threads > 1).then(|| Workers::new(&batch, threads)),
            memory: Memory::new(&batch.bound),
            batch,
            chunks: Chunks {
                rows,
                refused: schema,
                begun: None,
                size,
                first: 0,
            },
            ended: false,
        }
    }

    fn answer(&mut self) -> Option<Answered> {
        match &mut self.workers {
            None => match self.chunks.next()? {
                Ok((first, rows)) => {
                    Some(answered(&self.batch, &mut self.memory, first, &rows).map_err(external))
                }
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

fn external(error: Error) -> ArrowError {
    ArrowError::ExternalError(Box::new(error))
}

/// The rows of a stream in chunks, each with the number of its first row.
struct Chunks<R> {
    rows: R,
    refused: Option<Error>,
    /// Rows that came at once, and how many of them were taken. They stay whole: to slice counts the nulls of what is
    /// sliced off, and what is left would be counted anew for every chunk.
    begun: Option<(RecordBatch, usize)>,
    size: usize,
    first: u64,
}

impl<R: RecordBatchReader> Iterator for Chunks<R> {
    type Item = Result<(u64, RecordBatch), ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(error) = self.refused.take() {
            return Some(Err(external(error)));
        }
        let (rows, start) = loop {
            let (rows, start) = match self.begun.take() {
                Some(begun) => begun,
                None => match self.rows.next()? {
                    Ok(rows) => (rows, 0),
                    Err(error) => return Some(Err(error)),
                },
            };
            if start < rows.num_rows() {
                break (rows, start);
            }
        };
        let end = rows.num_rows().min(start.saturating_add(self.size));
        let first = self.first;
        self.first += u64::try_from(end - start).unwrap_or(0);
        if (start, end) == (0, rows.num_rows()) {
            return Some(Ok((first, rows)));
        }
        let chunk = rows.slice(start, end - start);
        self.begun = (end < rows.num_rows()).then_some((rows, end));
        Some(Ok((first, chunk)))
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
                        let mut memory = Memory::new(&batch.bound);
                        loop {
                            let job = match waiting.lock() {
                                Ok(waiting) => waiting.recv(),
                                Err(_) => return,
                            };
                            let Ok(job) = job else { return };
                            // Nobody may be waiting any more.
                            let answer = answered(&batch, &mut memory, job.first, &job.rows);
                            drop(job.answer.send(answer.map_err(external)));
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
                        return Some(Err(external(lost())));
                    }
                    self.under_way.push_back(answered);
                }
                Some(Err(error)) => self.end = Some(Some(error)),
                None => self.end = Some(None),
            }
        }
        match self.under_way.pop_front() {
            Some(answer) => Some(answer.recv().unwrap_or_else(|_| Err(external(lost())))),
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
