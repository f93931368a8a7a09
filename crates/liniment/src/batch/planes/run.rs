//! Steps over the blocks of a chunk.

use std::ops::Range;

use arrow_buffer::ToByteSlice;

#[cfg(target_arch = "x86_64")]
use super::compare::{Avx2, Avx512};
use super::compare::{Compare, LINE, OneByOne, bits_of};
use super::lower::{CodedLiteral, Lower, Slot};
use super::{Block, ROWS, Step, WORDS};
use crate::batch::book::Book;
use crate::batch::decode::{Codes, Decoded, Ids};

use crate::cells::value_of_key;
use crate::screen::{Instructions, per_instructions};

/// Steps, and which of their planes are wanted.
#[derive(Debug)]
pub(in super::super) struct Planes {
    steps: Vec<Step>,
    literals: Vec<CodedLiteral>,
    /// The planes that are given, in the order in which they were asked for.
    wanted: Vec<Slot>,
    /// By column: the least and the greatest key that its fact takes.
    ranges: Vec<Option<(i64, i64)>>,
}

/// The planes of some blocks: the words of each, and of each column the rows with a value that its fact does
/// not take.
#[derive(Debug)]
pub(in super::super) struct Outputs<'o> {
    pub(in super::super) wanted: Vec<&'o mut [u64]>,
    pub(in super::super) bad: Vec<&'o mut [u64]>,
}

/// A literal of a coded column: how each of the column's small numbers stands to it.
enum Table {
    /// Where one of these numbers stands; and, when rows that are null count too, where there is none.
    Listed { ids: Vec<u8>, or_unknown: bool },
    /// By number, or by code.
    ByCode { holds: Vec<bool>, or_unknown: bool },
}

/// What the steps read.
struct Input<'a> {
    columns: &'a [Decoded<'a>],
    rows: usize,
    /// By literal: where it surely holds, and where it can.
    tables: Vec<[Table; 2]>,
    /// How many lines of the next block's numbers are fetched with each step.
    lines_a_step: usize,
}

/// Numbers are compared one by one up to so many; past that each row is looked up.
const LISTED: usize = 8;

impl Planes {
    pub(in super::super) fn new(
        lower: Lower<'_>,
        wanted: Vec<Slot>,
        ranges: Vec<Option<(i64, i64)>>,
    ) -> Self {
        let (steps, literals) = lower.finish();
        Self {
            steps,
            literals,
            wanted,
            ranges,
        }
    }

    /// How many planes are given.
    pub(in super::super) fn wanted(&self) -> usize {
        self.wanted.len()
    }

    /// Fills the planes of these blocks of a chunk. `outputs` starts at the first of them. The machine must
    /// have the instructions.
    pub(in super::super) fn run(
        &self,
        instructions: Instructions,
        columns: &[Decoded<'_>],
        books: &[Book],
        rows: usize,
        blocks: Range<usize>,
        outputs: &mut Outputs<'_>,
    ) {
        let tables = self
            .literals
            .iter()
            .map(|literal| [true, false].map(|surely| table(literal, columns, books, surely)))
            .collect();
        let of_numbers =
            |column: &&Decoded<'_>| matches!(column, Decoded::Floats { .. } | Decoded::Wholes { .. });
        let lines = columns.iter().filter(of_numbers).count() * ROWS * size_of::<f64>() / LINE;
        let input = Input {
            columns,
            rows,
            tables,
            lines_a_step: lines.div_ceil(self.steps.len().max(1)),
        };
        let mut scratch = Scratch {
            slots: vec![[0; WORDS]; self.steps.len()],
            known: vec![[0; WORDS]; columns.len()],
        };
        let first = blocks.start;
        for block in blocks {
            run_block(instructions, self, &input, &mut scratch, block);
            let words = (block - first) * WORDS;
            let put = |target: &mut [u64], block: &Block| {
                let target = target.get_mut(words..).unwrap_or(&mut []);
                match target.first_chunk_mut() {
                    Some(whole) => *whole = *block,
                    None => {
                        for (target, word) in target.iter_mut().zip(block) {
                            *target = *word;
                        }
                    }
                }
            };
            for (slot, target) in self.wanted.iter().zip(&mut outputs.wanted) {
                put(target, at(&scratch.slots, *slot));
            }
            for ((target, column), known) in outputs.bad.iter_mut().zip(columns).zip(&scratch.known) {
                let valid = match column {
                    Decoded::Floats { known, .. } | Decoded::Wholes { known, .. } => {
                        words_at(known.as_deref(), block, rows)
                    }
                    Decoded::Yes { .. } | Decoded::Codes(_) => continue,
                };
                put(
                    target,
                    &std::array::from_fn(|word| pick(&valid, word) & !pick(known, word)),
                );
            }
        }
    }
}

/// Scratch that every block uses again.
struct Scratch {
    slots: Vec<Block>,
    known: Vec<Block>,
}

const NOTHING: Block = [0; WORDS];

fn at(slots: &[Block], slot: Slot) -> &Block {
    slots.get(slot.index()).unwrap_or(&NOTHING)
}

fn pick(block: &Block, word: usize) -> u64 {
    block.get(word).copied().unwrap_or(0)
}

/// The rows of a block that there are.
fn there(block: usize, rows: usize) -> Block {
    std::array::from_fn(|word| {
        let first = block * ROWS + word * 64;
        match rows.saturating_sub(first) {
            0 => 0,
            left if left >= 64 => u64::MAX,
            left => (1 << left) - 1,
        }
    })
}

/// A block of bits; where there are none, every row that there is.
#[inline(always)]
fn words_at(bits: Option<&[u64]>, block: usize, rows: usize) -> Block {
    match bits {
        None => there(block, rows),
        Some(bits) => {
            let from = bits.get(block * WORDS..).unwrap_or(&[]);
            from.first_chunk().copied().unwrap_or_else(|| {
                let mut words = NOTHING;
                for (word, bits) in words.iter_mut().zip(from) {
                    *word = *bits;
                }
                words
            })
        }
    }
}

/// Compares the values of a block. What stands past the last is never looked at.
#[inline(always)]
fn compare_at<T: Copy + Default>(values: &[T], block: usize, compare: impl Fn(&[T; ROWS]) -> Block) -> Block {
    let from = values.get(block * ROWS..).unwrap_or(&[]);
    match from.first_chunk::<ROWS>() {
        Some(whole) => compare(whole),
        None => {
            let mut room = [T::default(); ROWS];
            for (room, value) in room.iter_mut().zip(from) {
                *room = *value;
            }
            compare(&room)
        }
    }
}

fn table(literal: &CodedLiteral, columns: &[Decoded<'_>], books: &[Book], surely: bool) -> Table {
    let Some(book) = books.get(literal.column) else {
        return Table::Listed {
            ids: Vec::new(),
            or_unknown: !surely,
        };
    };
    let holds: Vec<bool> = book
        .possible()
        .map(|possible| {
            let words = possible.get(literal.words.clone()).unwrap_or(&[]);
            let (mut inside, mut outside) = (false, false);
            for (possible, holds) in words.iter().zip(literal.holds_in.words()) {
                inside |= possible & holds != 0;
                outside |= possible & !holds != 0;
            }
            inside && !(surely && outside)
        })
        .collect();
    match columns.get(literal.column) {
        Some(Decoded::Codes(Codes {
            ids: Ids::Small { codes, .. },
            ..
        })) => {
            let by_id: Vec<bool> = codes
                .iter()
                .map(|code| holds.get(*code as usize).copied().unwrap_or(false))
                .collect();
            let ids: Vec<u8> = by_id
                .iter()
                .zip(0u8..=u8::MAX)
                .filter(|(holds, _)| **holds)
                .map(|(_, id)| id)
                .collect();
            if ids.len() <= LISTED {
                Table::Listed {
                    ids,
                    or_unknown: !surely,
                }
            } else {
                let mut by_id = by_id;
                by_id.resize(256, false);
                Table::ByCode {
                    holds: by_id,
                    or_unknown: !surely,
                }
            }
        }
        _ => Table::ByCode {
            holds,
            or_unknown: !surely,
        },
    }
}

#[inline(always)]
fn each(one: &Block, other: &Block, join: impl Fn(u64, u64) -> u64) -> Block {
    let mut block = *one;
    for (word, other) in block.iter_mut().zip(other) {
        *word = join(*word, *other);
    }
    block
}

/// Where a column has a value that its fact takes.
#[inline(always)]
fn known(
    way: impl Compare,
    column: &Decoded<'_>,
    range: Option<(i64, i64)>,
    block: usize,
    rows: usize,
) -> Block {
    match column {
        Decoded::Yes { known, .. } => words_at(known.as_deref(), block, rows),
        Decoded::Floats { values, known } => {
            let valid = words_at(known.as_deref(), block, rows);
            let (least, greatest) = range.map_or((f64::MIN, f64::MAX), |(least, greatest)| {
                let least = if least == i64::MIN {
                    f64::MIN
                } else {
                    value_of_key(least)
                };
                let greatest = if greatest == i64::MAX {
                    f64::MAX
                } else {
                    value_of_key(greatest)
                };
                (least, greatest)
            });
            // What is no number is in no range.
            let inside = compare_at(values, block, |values| way.floats_within(values, least, greatest));
            each(&valid, &inside, |one, other| one & other)
        }
        Decoded::Wholes { values, known } => {
            let valid = words_at(known.as_deref(), block, rows);
            let (least, greatest) = range.unwrap_or((i64::MIN, i64::MAX));
            if (least, greatest) == (i64::MIN, i64::MAX) {
                return valid;
            }
            let inside = compare_at(values, block, |values| way.wholes_within(values, least, greatest));
            each(&valid, &inside, |one, other| one & other)
        }
        Decoded::Codes(_) => NOTHING,
    }
}

#[inline(always)]
fn coded(way: impl Compare, codes: &Codes<'_>, table: &Table, block: usize, rows: usize) -> Block {
    match (&codes.ids, table) {
        (Ids::Small { ids, known, .. }, table) => {
            let valid = words_at(known.as_deref(), block, rows);
            let (found, or_unknown) = match table {
                Table::Listed {
                    ids: listed,
                    or_unknown,
                } => {
                    let mut found = NOTHING;
                    for listed in listed {
                        found = each(
                            &found,
                            &compare_at(ids, block, |ids| way.ids_equal(ids, *listed)),
                            |one, other| one | other,
                        );
                    }
                    (found, *or_unknown)
                }
                Table::ByCode { holds, or_unknown } => (
                    compare_at(ids, block, |ids| {
                        bits_of(ids, |[id]| {
                            u64::from(holds.get(usize::from(*id)).copied().unwrap_or(false))
                        })
                    }),
                    *or_unknown,
                ),
            };
            if or_unknown {
                each(&found, &valid, |found, valid| found | !valid)
            } else {
                each(&found, &valid, |found, valid| found & valid)
            }
        }
        (Ids::Wide(codes), Table::ByCode { holds, .. }) => compare_at(codes, block, |codes| {
            bits_of(codes, |[code]| {
                u64::from(holds.get(*code as usize).copied().unwrap_or(false))
            })
        }),
        // Lists are made for small numbers alone.
        (Ids::Wide(_), Table::Listed { .. }) => NOTHING,
    }
}

#[inline(always)]
fn fold(slots: &[Block], list: &[Slot], join: impl Fn(u64, u64) -> u64) -> Block {
    let mut blocks = list.iter().map(|slot| at(slots, *slot));
    let mut folded = *blocks.next().unwrap_or(&NOTHING);
    for other in blocks {
        folded = each(&folded, other, &join);
    }
    folded
}

#[inline(always)]
fn block_of(way: impl Compare, step: &Step, input: &Input<'_>, scratch: &Scratch, block: usize) -> Block {
    let slots = &scratch.slots;
    match step {
        Step::None => NOTHING,
        Step::All => [u64::MAX; WORDS],
        Step::Known(column) => scratch.known.get(*column).copied().unwrap_or(NOTHING),
        Step::Yes(column) => match (input.columns.get(*column), scratch.known.get(*column)) {
            (Some(Decoded::Yes { yes, .. }), Some(known)) => {
                each(&words_at(Some(yes), block, input.rows), known, |one, other| {
                    one & other
                })
            }
            _ => NOTHING,
        },
        Step::AtLeastFloat(column, least) => match input.columns.get(*column) {
            Some(Decoded::Floats { values, .. }) => {
                let least = f64::from_bits(*least);
                compare_at(values, block, |values| way.floats_from(values, least))
            }
            _ => NOTHING,
        },
        Step::AtLeastWhole(column, least) => match input.columns.get(*column) {
            Some(Decoded::Wholes { values, .. }) => {
                compare_at(values, block, |values| way.wholes_from(values, *least))
            }
            _ => NOTHING,
        },
        Step::Coded {
            column,
            literal,
            surely,
        } => match (input.columns.get(*column), input.tables.get(*literal)) {
            (Some(Decoded::Codes(codes)), Some([sure, possible])) => coded(
                way,
                codes,
                if *surely { sure } else { possible },
                block,
                input.rows,
            ),
            _ => NOTHING,
        },
        Step::Odd(list) => fold(slots, list, |one, other| one ^ other),
        Step::Every(list) => fold(slots, list, |one, other| one & other),
        Step::Any(list) => fold(slots, list, |one, other| one | other),
        Step::Both(one, other) => each(at(slots, *one), at(slots, *other), |one, other| one & other),
        Step::Either(one, other) => each(at(slots, *one), at(slots, *other), |one, other| one | other),
        Step::Without(one, other) => each(at(slots, *one), at(slots, *other), |one, other| one & !other),
        Step::OrNot(one, other) => each(at(slots, *one), at(slots, *other), |one, other| one | !other),
        Step::Not(one) => each(at(slots, *one), &NOTHING, |one, _| !one),
    }
}

#[inline(always)]
fn block_body(way: impl Compare, planes: &Planes, input: &Input<'_>, scratch: &mut Scratch, block: usize) {
    for ((column, range), slot) in input.columns.iter().zip(&planes.ranges).zip(&mut scratch.known) {
        *slot = known(way, column, *range, block, input.rows);
    }
    let mut ahead = Ahead::new(input, block + 1);
    for (number, step) in planes.steps.iter().enumerate() {
        ahead.fetch(way);
        let made = block_of(way, step, input, scratch, block);
        if let Some(slot) = scratch.slots.get_mut(number) {
            *slot = made;
        }
    }
}

/// The numbers of the next block, fetched little by little while this one is worked on. A block of numbers is a page of
/// memory, and processors do not look ahead past its end by themselves.
struct Ahead<'a> {
    columns: std::slice::Iter<'a, Decoded<'a>>,
    block: usize,
    /// What is left of a column.
    lines: &'a [[u8; LINE]],
    lines_a_step: usize,
}

impl<'a> Ahead<'a> {
    #[inline(always)]
    fn new(input: &'a Input<'_>, block: usize) -> Self {
        Self {
            columns: input.columns.iter(),
            block,
            lines: &[],
            lines_a_step: input.lines_a_step,
        }
    }

    #[inline(always)]
    fn fetch(&mut self, way: impl Compare) {
        if self.lines.is_empty() {
            let rows = self.block * ROWS..(self.block + 1) * ROWS;
            let bytes = match self.columns.next() {
                Some(Decoded::Floats { values, .. }) => values.get(rows).map(ToByteSlice::to_byte_slice),
                Some(Decoded::Wholes { values, .. }) => values.get(rows).map(ToByteSlice::to_byte_slice),
                Some(Decoded::Yes { .. } | Decoded::Codes(_)) | None => None,
            };
            self.lines = bytes.unwrap_or(&[]).as_chunks().0;
        }
        let (now, later) = self.lines.split_at(self.lines_a_step.min(self.lines.len()));
        for line in now {
            way.fetch(line);
        }
        self.lines = later;
    }
}

#[inline(always)]
fn block_one_by_one(planes: &Planes, input: &Input<'_>, scratch: &mut Scratch, block: usize) {
    block_body(OneByOne, planes, input, scratch, block);
}

#[cfg(target_arch = "x86_64")]
#[expect(
    unsafe_code,
    reason = "the processor was asked whether it has the instructions"
)]
#[inline(always)]
fn block_avx2(planes: &Planes, input: &Input<'_>, scratch: &mut Scratch, block: usize) {
    // SAFETY: `run_block` alone calls this, and only where these instructions are.
    let way = unsafe { Avx2::assume() };
    block_body(way, planes, input, scratch, block);
}

#[cfg(target_arch = "x86_64")]
#[expect(
    unsafe_code,
    reason = "the processor was asked whether it has the instructions"
)]
#[inline(always)]
fn block_avx512(planes: &Planes, input: &Input<'_>, scratch: &mut Scratch, block: usize) {
    // SAFETY: `run_block` alone calls this, and only where these instructions are.
    let way = unsafe { Avx512::assume() };
    block_body(way, planes, input, scratch, block);
}

per_instructions! {
    fn run_block(planes: &Planes, input: &Input<'_>, scratch: &mut Scratch, block: usize) = block_one_by_one, block_avx2, block_avx512;
}
