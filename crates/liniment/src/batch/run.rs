//! Rows → answers, chunk by chunk.

use std::borrow::Cow;
use std::sync::Arc;

use arrow_array::{ArrayRef, BooleanArray, Int8Array, RecordBatch, RecordBatchOptions};
use arrow_buffer::{BooleanBuffer, ScalarBuffer};
use hashbrown::HashMap;
use liniment_planes::{Outputs, ROWS, WORDS, count, spread};

use super::bind::Bound;
use super::book::Book;
use super::columns::{Answer, arrays, verdict_column};
use super::decode::{Decoded, Form, Reading, decode};
use super::engine::{Engine, Gives};
use super::gather::{Rows, gather};
use super::groups::{Groups, codes_of};
use super::options::{BatchOutput, OnBad};
use super::read::{Values, values};
use super::report::{BatchHandle, Tally};
use super::room::{Room, Rooms};
use crate::advice::{Advice, Waits};
use crate::case::Case;
use crate::check::base::{Fact, FactIndex, FactKind};
use crate::error::{Error, Kind};
use crate::evaluate::{Truth, Truths};
use crate::verdict::Verdict;

/// Groups are forgotten when there are more: memory is bounded by the chunk, not by the input.
const MOST_GROUPS: usize = 65_536;
/// The same where every group holds texts.
const MOST_TEXTS: usize = 4_096;

/// What one thread needs to answer chunks, and what it remembers from one to the next.
pub(super) struct Worker<'b, 'm> {
    pub(super) bound: &'b Bound,
    pub(super) handle: &'b BatchHandle,
    pub(super) memory: &'m mut Memory,
}

/// What is remembered from chunk to chunk.
#[derive(Debug)]
pub(super) struct Memory {
    books: Vec<Book>,
    groups: Groups,
    /// By group.
    decided: Vec<Decided>,
}

/// What is decided of a group.
#[derive(Clone, Debug)]
struct Decided {
    answer: Answer,
    verdicts: Vec<Verdict>,
    waiting: Option<Box<Waiting>>,
}

/// Advice in which times hang on the values of clocks, which differ within a group.
#[derive(Clone, Debug)]
struct Waiting {
    advice: Advice,
    waits: Vec<Waits>,
    /// The columns of the clocks.
    columns: Vec<usize>,
}

impl Memory {
    pub(super) fn new(bound: &Bound) -> Self {
        let program = bound.kb.program();
        let words = bound.kb.case().possible().len();
        Self {
            books: bound
                .columns
                .iter()
                .map(|column| Book::new(&program.cells, words, column.fact))
                .collect(),
            groups: Groups::default(),
            decided: Vec::new(),
        }
    }
}

/// The columns of a chunk, each in the order of the bound ones.
struct Chunk<'c> {
    rows: usize,
    decoded: Vec<Decoded<'c>>,
    /// By column: its values one by one.
    values: Vec<Option<Values<'c>>>,
    facts: Vec<(FactIndex, &'c Fact)>,
}

impl<'b> Worker<'b, '_> {
    /// Answers the rows of one chunk, the first of which is row `first` (from 0) of all.
    pub(super) fn answer(&mut self, rows: &RecordBatch, first: u64) -> Result<RecordBatch, Error> {
        if self.handle.is_stopped() {
            return Err(Error::new(Kind::Stopped));
        }
        let most = match self.bound.options.output {
            BatchOutput::Masks | BatchOutput::Verdicts => MOST_GROUPS,
            _ => MOST_TEXTS,
        };
        let books = &self.memory.books;
        if self.memory.groups.len() > most || books.iter().any(|book| book.len() > MOST_GROUPS) {
            *self.memory = Memory::new(self.bound);
        }
        let bound = self.bound;
        let chunk = self.chunk(rows);
        let mut tally = Tally {
            rows: u64::try_from(rows.num_rows()).unwrap_or(u64::MAX),
            ..Tally::default()
        };
        let (given, bad) = match &bound.engine {
            Some(engine) => self.by_planes(engine, &chunk, &mut tally)?,
            None => self.by_groups(&chunk, &mut tally)?,
        };
        let flags = self.judge(&chunk, &bad, first, &mut tally)?;
        let flags = flags.map(|flags| Arc::new(BooleanArray::new(flags, None)) as ArrayRef);
        let whole = assemble(bound, rows, given.into_iter().chain(flags))?;
        self.handle.add(&tally);
        Ok(whole)
    }

    fn chunk<'c>(&mut self, rows: &'c RecordBatch) -> Chunk<'c>
    where
        'b: 'c,
    {
        let bound = self.bound;
        let base = bound.kb.base();
        let reading = Reading {
            cells: &bound.kb.program().cells,
            now: bound.options.now,
            rooms: &bound.rooms,
        };
        let with_least = matches!(bound.options.output, BatchOutput::Advice | BatchOutput::Json);
        let mut chunk = Chunk {
            rows: rows.num_rows(),
            decoded: Vec::with_capacity(bound.columns.len()),
            values: Vec::with_capacity(bound.columns.len()),
            facts: Vec::with_capacity(bound.columns.len()),
        };
        for ((column, form), book) in bound.columns.iter().zip(&bound.forms).zip(&mut self.memory.books) {
            let (Some(fact), Some(array)) = (
                base.facts.get(column.fact.index()),
                rows.columns().get(column.position),
            ) else {
                continue;
            };
            let array = array.as_ref();
            let is_clock = matches!(fact.kind, FactKind::Clock { .. });
            chunk.facts.push((column.fact, fact));
            chunk.values.push(values(fact, array, reading.now));
            chunk
                .decoded
                .push(decode(*form, fact, array, reading, book, with_least && is_clock));
        }
        chunk
    }

    /// Decides the rows by planes; those that must be evaluated alone, by groups.
    fn by_planes(
        &mut self,
        engine: &Engine,
        chunk: &Chunk<'_>,
        tally: &mut Tally,
    ) -> Result<(Vec<ArrayRef>, Vec<Vec<u32>>), Error> {
        let bound = self.bound;
        let blocks = chunk.rows.div_ceil(ROWS);
        let words = blocks * WORDS;
        let mut wanted: Vec<Room> = (0..engine.planes.wanted())
            .map(|_| bound.rooms.room(words))
            .collect();
        let ordered = |form: &Form| matches!(form, Form::Floats | Form::Wholes);
        let mut bad: Vec<Room> = bound
            .forms
            .iter()
            .map(|form| bound.rooms.room(if ordered(form) { words } else { 0 }))
            .collect();
        // A stop is heard between portions.
        const PORTION: usize = 2_048;
        let mut start = 0;
        while start < blocks {
            if self.handle.is_stopped() {
                return Err(Error::new(Kind::Stopped));
            }
            let portion = start..(start + PORTION).min(blocks);
            engine.planes.run(
                bound.kb.instructions(),
                &chunk.decoded,
                &self.memory.books,
                chunk.rows,
                portion.clone(),
                &mut Outputs {
                    wanted: wanted
                        .iter_mut()
                        .map(|bits| bits.get_mut(start * WORDS..).unwrap_or(&mut []))
                        .collect(),
                    bad: bad
                        .iter_mut()
                        .map(|bits| bits.get_mut(start * WORDS..).unwrap_or(&mut []))
                        .collect(),
                },
            );
            start = portion.end;
        }
        let alone = wanted.pop().map(|alone| rows_of(&alone, chunk.rows));
        if let Some(alone) = alone.filter(|alone| !alone.is_empty()) {
            self.patch(&engine.gives, chunk, &alone, &mut wanted)?;
        }
        let bad = bad
            .iter()
            .zip(&chunk.decoded)
            .map(|(bits, column)| match column {
                Decoded::Codes(codes) => codes.bad.clone(),
                _ => rows_of(bits, chunk.rows),
            })
            .collect();
        let given = match &engine.gives {
            Gives::Masks => masks(wanted, chunk.rows),
            Gives::Verdicts(verdicts) => verdict_columns(verdicts, wanted, chunk.rows, &bound.rooms, tally),
        };
        Ok((given, bad))
    }

    /// Evaluates rows alone and writes their bits.
    fn patch(
        &mut self,
        gives: &Gives,
        chunk: &Chunk<'_>,
        rows: &[u32],
        planes: &mut [Room],
    ) -> Result<(), Error> {
        let groups = self.decide(chunk, rows, &mut vec![Vec::new(); chunk.decoded.len()])?;
        for (row, group) in rows.iter().zip(&groups) {
            let set = |plane: Option<&mut Room>, set: bool| {
                let bit = 1u64 << (row % 64);
                if let Some(word) = plane.and_then(|plane| plane.get_mut(*row as usize / 64)) {
                    *word = if set { *word | bit } else { *word & !bit };
                }
            };
            let decided = self.memory.decided.get(*group as usize);
            let mut planes = planes.iter_mut();
            match (decided.map(|decided| &decided.answer), gives) {
                (Some(Answer::Masks(truths)), Gives::Masks) => {
                    for truth in truths {
                        set(planes.next(), *truth == Truth::True);
                        set(planes.next(), *truth != Truth::Unknown);
                    }
                }
                (Some(Answer::Verdicts(codes)), Gives::Verdicts(verdicts)) => {
                    for (code, verdicts) in codes.iter().zip(verdicts) {
                        for verdict in verdicts {
                            set(planes.next(), *code == verdict.code());
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Decides every row by its group.
    fn by_groups(
        &mut self,
        chunk: &Chunk<'_>,
        tally: &mut Tally,
    ) -> Result<(Vec<ArrayRef>, Vec<Vec<u32>>), Error> {
        let rows: Vec<u32> = (0..u32::try_from(chunk.rows).unwrap_or(u32::MAX)).collect();
        let mut bad = vec![Vec::new(); chunk.decoded.len()];
        let groups = self.decide(chunk, &rows, &mut bad)?;
        let base = self.bound.kb.base();
        // The answers of this chunk, each once, and which of them a row has.
        let mut answers: Vec<Cow<'_, Answer>> = Vec::new();
        let mut shared: HashMap<u32, usize> = HashMap::new();
        let mut timed: HashMap<(u32, Vec<Option<i64>>), usize> = HashMap::new();
        let mut answer_of_row = Vec::with_capacity(rows.len());
        for (row, group) in groups.iter().enumerate() {
            let Some(decided) = self.memory.decided.get(*group as usize) else {
                continue;
            };
            decided
                .verdicts
                .iter()
                .for_each(|verdict| tally.count(*verdict, 1));
            let next = answers.len();
            let answer = match &decided.waiting {
                None => *shared.entry(*group).or_insert_with(|| {
                    answers.push(Cow::Borrowed(&decided.answer));
                    next
                }),
                Some(waiting) => {
                    let least: Vec<Option<i64>> = waiting
                        .columns
                        .iter()
                        .map(|column| least_of(chunk.decoded.get(*column), row))
                        .collect();
                    *timed.entry((*group, least)).or_insert_with_key(|(_, least)| {
                        let least_of = |fact: FactIndex| {
                            let of = waiting.columns.iter().zip(least).find(|(column, _)| {
                                self.bound
                                    .columns
                                    .get(**column)
                                    .is_some_and(|column| column.fact == fact)
                            });
                            of.and_then(|(_, least)| *least)
                        };
                        let mut advice = waiting.advice.clone();
                        for (item, waits) in advice.items_mut().iter_mut().zip(&waiting.waits) {
                            if !waits.clocks.is_empty() {
                                (item.opens_in, item.opens_at) = waits.opens(base, least_of);
                            }
                        }
                        answers.push(Cow::Owned(match self.bound.options.output {
                            BatchOutput::Json => Answer::Json(advice.to_json()),
                            _ => Answer::Advice(advice.items().to_vec()),
                        }));
                        next
                    })
                }
            };
            answer_of_row.push(answer);
        }
        let answers: Vec<&Answer> = answers.iter().map(AsRef::as_ref).collect();
        let given: Result<Vec<ArrayRef>, _> = arrays(&self.bound.given, self.bound.options.output, &answers)
            .iter()
            .map(|column| {
                let rows = answer_of_row.iter().map(|answer| Rows {
                    part: 0,
                    start: *answer,
                    end: *answer + 1,
                });
                gather(std::iter::once(column), rows)
            })
            .collect();
        let given = given.map_err(|error| Error::new(Kind::Rows(error.to_string())))?;
        Ok((given, bad))
    }

    /// The groups of rows; groups met for the first time are decided.
    fn decide(&mut self, chunk: &Chunk<'_>, rows: &[u32], bad: &mut [Vec<u32>]) -> Result<Vec<u32>, Error> {
        let cells = &self.bound.kb.program().cells;
        let codes: Vec<Vec<u32>> = chunk
            .decoded
            .iter()
            .zip(&chunk.facts)
            .zip(bad)
            .map(|((column, (fact, _)), bad)| codes_of(column, cells.ordered(*fact), rows, bad))
            .collect();
        let assigned = self.memory.groups.assign(&codes, rows);
        let mut case = self.bound.kb.case();
        for row in assigned.new {
            if self.handle.is_stopped() {
                return Err(Error::new(Kind::Stopped));
            }
            case.clear();
            for ((fact, _), values) in chunk.facts.iter().zip(&chunk.values) {
                // What its fact does not take counts as unknown.
                if let Some(Ok(value)) = values.as_ref().map(|values| values(row as usize)) {
                    case.put(*fact, value);
                }
            }
            let decided = decide_case(self.bound, &case)?;
            self.memory.decided.push(decided);
        }
        Ok(assigned.groups)
    }

    /// Counts the values that their facts do not take, and flags their rows; or makes the first an error.
    fn judge(
        &self,
        chunk: &Chunk<'_>,
        bad: &[Vec<u32>],
        first: u64,
        tally: &mut Tally,
    ) -> Result<Option<BooleanBuffer>, Error> {
        if self.bound.options.on_bad == OnBad::Error {
            let first_bad = bad
                .iter()
                .enumerate()
                .filter_map(|(column, rows)| rows.first().map(|row| (*row, column)))
                .min();
            return match first_bad {
                None => Ok(None),
                Some((row, column)) => {
                    let error = chunk
                        .values
                        .get(column)
                        .and_then(Option::as_ref)
                        .map(|values| values(row as usize));
                    let name = self.bound.names().nth(column).map_or("", |(_, column)| column);
                    Err(match error {
                        Some(Err(error)) => error.in_row(first + u64::from(row) + 1, name),
                        _ => Error::new(Kind::Rows("a value is not its fact's".to_owned())),
                    })
                }
            };
        }
        let mut flags = self.bound.rooms.zeros(chunk.rows.div_ceil(64));
        for rows in bad {
            for row in rows {
                if let Some(word) = flags.get_mut(*row as usize / 64) {
                    *word |= 1 << (row % 64);
                }
            }
        }
        let count = |rows: &Vec<u32>| u64::try_from(rows.len()).unwrap_or(u64::MAX);
        tally.bad_values = bad.iter().map(count).collect();
        let buffer = flags.into_bits(chunk.rows);
        tally.bad_rows = u64::try_from(buffer.count_set_bits()).unwrap_or(u64::MAX);
        Ok(Some(buffer))
    }
}

/// For each rule a column of true, false and null.
fn masks(planes: Vec<Room>, rows: usize) -> Vec<ArrayRef> {
    let mut given: Vec<ArrayRef> = Vec::with_capacity(planes.len() / 2);
    let mut planes = planes.into_iter();
    while let (Some(live), Some(settled)) = (planes.next(), planes.next()) {
        given.push(Arc::new(BooleanArray::new(
            live.into_bits(rows),
            settled.into_nulls(rows),
        )));
    }
    given
}

/// For each advice id a column of verdicts.
fn verdict_columns(
    verdicts: &[Vec<Verdict>],
    planes: Vec<Room>,
    rows: usize,
    rooms: &Rooms,
    tally: &mut Tally,
) -> Vec<ArrayRef> {
    let mut planes = planes.into_iter();
    let columns = verdicts.iter().map(|verdicts| {
        let mut keys = rooms.zeros(rows.div_ceil(64) * 8);
        let mut given = rooms.zeros(rows.div_ceil(64));
        for (verdict, plane) in verdicts.iter().zip(planes.by_ref()) {
            let key = u64::from(verdict.code() - 1);
            spread(&plane, key, &mut keys, &mut given);
            tally.count(*verdict, count(&plane, rows));
        }
        let keys = Int8Array::new(
            ScalarBuffer::new(keys.into_buffer(), 0, rows),
            given.into_nulls(rows),
        );
        verdict_column(keys)
    });
    columns.collect()
}

/// The rows whose bit is set.
fn rows_of(bits: &[u64], rows: usize) -> Vec<u32> {
    let end = u32::try_from(rows).unwrap_or(u32::MAX);
    let mut list = Vec::new();
    for (first, word) in (0u32..).step_by(64).zip(bits) {
        let mut word = *word;
        while word != 0 {
            let row = first + word.trailing_zeros();
            if row < end {
                list.push(row);
            }
            word &= word - 1;
        }
    }
    list
}

/// How much of a clock has surely passed.
fn least_of(column: Option<&Decoded<'_>>, row: usize) -> Option<i64> {
    match column? {
        Decoded::Wholes { values, known } => {
            let known = known
                .as_ref()
                .is_none_or(|bits| bits.get(row / 64).is_some_and(|word| word >> (row % 64) & 1 == 1));
            values.get(row).copied().filter(|value| known && *value >= 0)
        }
        Decoded::Codes(codes) => codes.least.as_ref()?.get(row).copied().flatten(),
        Decoded::Yes { .. } | Decoded::Floats { .. } => None,
    }
}

/// What is decided of one case.
fn decide_case(bound: &Bound, case: &Case) -> Result<Decided, Error> {
    let kb = &bound.kb;
    let output = bound.options.output;
    let alone = |answer, verdicts| Decided {
        answer,
        verdicts,
        waiting: None,
    };
    Ok(match output {
        BatchOutput::Masks => {
            let truths = Truths::new(kb.program(), case.possible());
            let live = kb
                .program()
                .rules
                .iter()
                .map(|rule| truths.of(rule.live))
                .collect();
            alone(Answer::Masks(live), Vec::new())
        }
        BatchOutput::Verdicts => {
            let mut codes = vec![0; kb.base().advice.len()];
            kb.verdict_codes(case, &mut codes)?;
            let verdicts = codes
                .iter()
                .filter_map(|code| Verdict::from_code(*code))
                .collect();
            alone(Answer::Verdicts(codes), verdicts)
        }
        BatchOutput::Recommended => {
            let given = kb.verdicts_in_order(case);
            let recommended = given.iter().filter(|(_, verdict)| *verdict == Verdict::Recommend);
            let ids = recommended.map(|(id, _)| (*id).to_owned()).collect();
            alone(
                Answer::Recommended(ids),
                given.iter().map(|(_, verdict)| *verdict).collect(),
            )
        }
        _ => {
            let questions = matches!(output, BatchOutput::NextQuestion | BatchOutput::Json);
            let (advice, waits) = kb.advise_waiting(case, questions);
            let verdicts: Vec<Verdict> = advice.items().iter().map(|item| item.verdict).collect();
            let answer = match output {
                BatchOutput::NextQuestion => {
                    let question = advice.questions().first();
                    Answer::NextQuestion(
                        question.map(|question| (question.fact.clone(), question.ask.clone())),
                    )
                }
                BatchOutput::Json => Answer::Json(advice.to_json()),
                _ => Answer::Advice(advice.items().to_vec()),
            };
            let clocks: Vec<usize> = bound
                .columns
                .iter()
                .enumerate()
                .filter(|(_, column)| {
                    let mut waited = waits.iter().flat_map(|waits| &waits.clocks);
                    waited.any(|wait| wait.runs && wait.clock == column.fact)
                })
                .map(|(position, _)| position)
                .collect();
            let timed = matches!(output, BatchOutput::Advice | BatchOutput::Json) && !clocks.is_empty();
            Decided {
                answer,
                verdicts,
                waiting: timed.then(|| {
                    Box::new(Waiting {
                        advice,
                        waits,
                        columns: clocks,
                    })
                }),
            }
        }
    })
}

/// The columns passed on, and those made of the rows.
pub(super) fn assemble(
    bound: &Bound,
    rows: &RecordBatch,
    made: impl Iterator<Item = ArrayRef>,
) -> Result<RecordBatch, Error> {
    let kept = bound
        .kept
        .iter()
        .filter_map(|position| rows.columns().get(*position))
        .cloned();
    let columns = kept.chain(made).collect();
    let count = RecordBatchOptions::new().with_row_count(Some(rows.num_rows()));
    RecordBatch::try_new_with_options(Arc::clone(&bound.output_schema), columns, &count)
        .map_err(|error| Error::new(Kind::Rows(error.to_string())))
}
