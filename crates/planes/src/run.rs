//! Steps over the blocks of a chunk.

use std::ops::Range;

#[cfg(target_arch = "x86_64")]
use crate::compare::{Avx2, Avx512};
use crate::compare::{Compare, LINE, OneByOne, Shorts, bits_of};
use crate::{
    Block, Column, Ends, Input, Instructions, Outputs, Placed, ROWS, Slot, Step, Table, WORDS,
    per_instructions,
};

/// Fills the planes of these blocks. `outputs` starts at the first of them.
pub fn run(instructions: Instructions, input: &Input<'_>, blocks: Range<usize>, outputs: &mut Outputs<'_>) {
    let instructions = instructions.available();
    let bytes_of = |column: &Column<'_>| match column {
        Column::Floats { .. } | Column::Wholes { .. } => size_of::<f64>(),
        Column::Small { .. } => size_of::<u8>(),
        Column::Yes { .. } | Column::Wide(_) => 0,
    };
    let lines = input.columns.iter().map(bytes_of).sum::<usize>() * ROWS / LINE;
    let places = input
        .steps
        .iter()
        .map(|placed| placed.into.index() + 1)
        .max()
        .unwrap_or(0);
    let mut scratch = Scratch {
        lines_at_once: lines.div_ceil(input.steps.len().div_ceil(STEPS_A_FETCH).max(1)),
        slots: vec![[0; WORDS]; places],
        known: vec![[0; WORDS]; input.columns.len()],
        shorts: (0..input.columns.len())
            .map(|column| short(input, column).then_some([0; ROWS]))
            .collect(),
    };
    let first = blocks.start;
    for block in blocks {
        run_block(instructions, input, &mut scratch, block);
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
        for (slot, target) in input.wanted.iter().zip(&mut outputs.wanted) {
            put(target, at(&scratch.slots, *slot));
        }
        for ((target, column), known) in outputs.bad.iter_mut().zip(input.columns).zip(&scratch.known) {
            let valid = match column {
                Column::Floats { known, .. } | Column::Wholes { known, .. } => {
                    words_at(*known, block, input.rows)
                }
                Column::Yes { .. } | Column::Small { .. } | Column::Wide(_) => continue,
            };
            put(
                target,
                &std::array::from_fn(|word| pick(&valid, word) & !pick(known, word)),
            );
        }
    }
}

/// Something of the next block is fetched once in so many steps.
const STEPS_A_FETCH: usize = 4;

/// Scratch that every block uses again.
struct Scratch {
    /// How many lines of the next block's numbers are fetched at once.
    lines_at_once: usize,
    slots: Vec<Block>,
    known: Vec<Block>,
    /// By column: its whole numbers cut to 16 bits, where that suffices.
    shorts: Vec<Option<Shorts>>,
}

/// Whether whole numbers can be cut to 16 bits for all that they are compared with: no limit is at the ends, where
/// numbers beyond gather.
fn short(input: &Input<'_>, column: usize) -> bool {
    let within = input.ends.get(column).copied().flatten();
    let ends = within.map(|ends| [ends.of_wholes.0, ends.of_wholes.1]);
    let ends = ends
        .into_iter()
        .flatten()
        .filter(|end| ![i64::MIN, i64::MAX].contains(end));
    let limits = input.steps.iter().filter_map(|placed| match &placed.step {
        Step::AtLeastWhole(of, least) if *of == column => Some(*least),
        _ => None,
    });
    let mut count = 0;
    let fit = ends.chain(limits).all(|limit| {
        count += 1;
        i16::try_from(limit).is_ok_and(|limit| ![i16::MIN, i16::MAX].contains(&limit))
    });
    let wholes = matches!(input.columns.get(column), Some(Column::Wholes { .. }));
    // To cut them takes as long as one comparison.
    wholes && fit && count > 1
}

/// A limit of a column of short numbers; where it has no limit, the end.
fn to_short(limit: i64) -> i16 {
    let inside = limit.clamp(i16::MIN.into(), i16::MAX.into());
    i16::try_from(inside).unwrap_or(0)
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
fn compare_at<T: Copy + Default, R>(values: &[T], block: usize, compare: impl FnOnce(&[T; ROWS]) -> R) -> R {
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
    column: &Column<'_>,
    shorts: Option<&Shorts>,
    ends: Option<Ends>,
    block: usize,
    rows: usize,
) -> Block {
    match column {
        Column::Yes { known, .. } => words_at(*known, block, rows),
        Column::Floats { values, known, .. } => {
            let valid = words_at(*known, block, rows);
            let (least, greatest) = ends.map_or((f64::MIN, f64::MAX), |ends| ends.of_floats);
            // What is no number is in no range.
            let inside = compare_at(values, block, |values| way.floats_within(values, least, greatest));
            each(&valid, &inside, |one, other| one & other)
        }
        Column::Wholes { values, known, .. } => {
            let valid = words_at(*known, block, rows);
            let (least, greatest) = ends.map_or((i64::MIN, i64::MAX), |ends| ends.of_wholes);
            if (least, greatest) == (i64::MIN, i64::MAX) {
                return valid;
            }
            let inside = match shorts {
                Some(shorts) => way.shorts_within(shorts, to_short(least), to_short(greatest)),
                None => compare_at(values, block, |values| way.wholes_within(values, least, greatest)),
            };
            each(&valid, &inside, |one, other| one & other)
        }
        Column::Small { .. } | Column::Wide(_) => NOTHING,
    }
}

#[inline(always)]
fn coded(way: impl Compare, column: &Column<'_>, table: &Table, block: usize, rows: usize) -> Block {
    match (column, table) {
        (Column::Small { ids, known }, table) => {
            let valid = words_at(*known, block, rows);
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
        (Column::Wide(codes), Table::ByCode { holds, .. }) => compare_at(codes, block, |codes| {
            bits_of(codes, |[code]| {
                u64::from(holds.get(*code as usize).copied().unwrap_or(false))
            })
        }),
        // Lists are made for small numbers alone, and other columns are not coded.
        _ => NOTHING,
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
            (Some(Column::Yes { yes, .. }), Some(known)) => {
                each(&words_at(Some(*yes), block, input.rows), known, |one, other| {
                    one & other
                })
            }
            _ => NOTHING,
        },
        Step::AtLeastFloat(column, least) => match input.columns.get(*column) {
            Some(Column::Floats { values, .. }) => {
                let least = f64::from_bits(*least);
                compare_at(values, block, |values| way.floats_from(values, least))
            }
            _ => NOTHING,
        },
        Step::AtLeastWhole(column, least) => {
            match (input.columns.get(*column), scratch.shorts.get(*column)) {
                (_, Some(Some(shorts))) => way.shorts_from(shorts, to_short(*least)),
                (Some(Column::Wholes { values, .. }), _) => {
                    compare_at(values, block, |values| way.wholes_from(values, *least))
                }
                _ => NOTHING,
            }
        }
        Step::Coded {
            column,
            literal,
            surely,
        } => match (input.columns.get(*column), input.tables.get(*literal)) {
            (Some(column), Some([sure, possible])) => coded(
                way,
                column,
                if *surely { sure } else { possible },
                block,
                input.rows,
            ),
            _ => NOTHING,
        },
        Step::Odd(list) => fold(slots, list, |one, other| one ^ other),
        Step::Every(list) => fold(slots, list, |one, other| one & other),
        Step::Any(list) => fold(slots, list, |one, other| one | other),
        Step::Both([one, other]) => each(at(slots, *one), at(slots, *other), |one, other| one & other),
        Step::Either([one, other]) => each(at(slots, *one), at(slots, *other), |one, other| one | other),
        Step::Without([one, other]) => each(at(slots, *one), at(slots, *other), |one, other| one & !other),
        Step::OrNot([one, other]) => each(at(slots, *one), at(slots, *other), |one, other| one | !other),
        Step::Not(one) => each(at(slots, *one), &NOTHING, |one, _| !one),
    }
}

#[inline(always)]
fn block_body(way: impl Compare, input: &Input<'_>, scratch: &mut Scratch, block: usize) {
    let columns = input.columns.iter().zip(input.ends);
    for ((column, ends), (slot, shorts)) in columns.zip(scratch.known.iter_mut().zip(&mut scratch.shorts)) {
        if let (Column::Wholes { values, .. }, Some(shorts)) = (column, &mut *shorts) {
            compare_at(values, block, |values| way.shorts_of(values, shorts));
        }
        *slot = known(way, column, shorts.as_ref(), *ends, block, input.rows);
    }
    let mut ahead = Ahead::new(way, input, block + 1, scratch.lines_at_once);
    for (number, Placed { step, into }) in input.steps.iter().enumerate() {
        if number % STEPS_A_FETCH == 0 {
            ahead.fetch(way);
        }
        let made = block_of(way, step, input, scratch, block);
        if let Some(slot) = scratch.slots.get_mut(into.index()) {
            *slot = made;
        }
    }
}

/// The values of the next block, fetched little by little while this one is worked on. A block of numbers is a page of
/// memory, and processors do not look ahead past its end by themselves; nor do they follow bits in many places, of which
/// a block has a line each. Where the page after the next is, is looked up early too.
struct Ahead<'a> {
    columns: std::slice::Iter<'a, Column<'a>>,
    block: usize,
    /// What is left of a column.
    lines: Lines<'a>,
    lines_at_once: usize,
}

/// Values by what comes from memory at once.
enum Lines<'a> {
    Floats(&'a [[f64; LINE / 8]]),
    Wholes(&'a [[i64; LINE / 8]]),
    Small(&'a [[u8; LINE]]),
}

impl<'a> Ahead<'a> {
    #[inline(always)]
    fn new(way: impl Compare, input: &'a Input<'_>, block: usize, lines_at_once: usize) -> Self {
        for column in input.columns {
            let (yes, known) = match column {
                Column::Yes { yes, known } => (Some(*yes), *known),
                Column::Floats { values, known, .. } => {
                    fetch_at(way, values, (block + 1) * ROWS);
                    (None, *known)
                }
                Column::Wholes { values, known, .. } => {
                    fetch_at(way, values, (block + 1) * ROWS);
                    (None, *known)
                }
                Column::Small { known, .. } => (None, *known),
                Column::Wide(_) => (None, None),
            };
            for bits in [yes, known].into_iter().flatten() {
                fetch_at(way, bits, block * WORDS);
            }
        }
        Self {
            columns: input.columns.iter(),
            block,
            lines: Lines::Small(&[]),
            lines_at_once,
        }
    }

    #[inline(always)]
    fn fetch(&mut self, way: impl Compare) {
        let left = match &mut self.lines {
            Lines::Floats(lines) => fetch_some(way, lines, self.lines_at_once),
            Lines::Wholes(lines) => fetch_some(way, lines, self.lines_at_once),
            Lines::Small(lines) => fetch_some(way, lines, self.lines_at_once),
        };
        if !left {
            self.lines = match self.columns.next() {
                Some(Column::Floats { values, .. }) => Lines::Floats(lines_of(values, self.block)),
                Some(Column::Wholes { values, .. }) => Lines::Wholes(lines_of(values, self.block)),
                Some(Column::Small { ids, .. }) => Lines::Small(lines_of(ids, self.block)),
                _ => Lines::Small(&[]),
            };
        }
    }
}

#[inline(always)]
fn fetch_at<T>(way: impl Compare, values: &[T], place: usize) {
    if let Some(value) = values.get(place) {
        way.fetch(value);
    }
}

/// The lines of a block.
#[inline(always)]
fn lines_of<T, const N: usize>(values: &[T], block: usize) -> &[[T; N]] {
    let there = values.get(block * ROWS..(block + 1) * ROWS).unwrap_or(&[]);
    there.as_chunks().0
}

/// Fetches so many, and says whether there are more.
#[inline(always)]
fn fetch_some<T>(way: impl Compare, lines: &mut &[T], count: usize) -> bool {
    let (now, later) = lines.split_at(count.min(lines.len()));
    for line in now {
        way.fetch(line);
    }
    *lines = later;
    !later.is_empty()
}

#[inline(always)]
fn block_one_by_one(input: &Input<'_>, scratch: &mut Scratch, block: usize) {
    block_body(OneByOne, input, scratch, block);
}

#[cfg(target_arch = "x86_64")]
#[expect(
    unsafe_code,
    reason = "the processor was asked whether it has the instructions"
)]
#[inline(always)]
fn block_avx2(input: &Input<'_>, scratch: &mut Scratch, block: usize) {
    // SAFETY: `run_block` alone calls this, and only where these instructions are.
    let way = unsafe { Avx2::assume() };
    block_body(way, input, scratch, block);
}

#[cfg(target_arch = "x86_64")]
#[expect(
    unsafe_code,
    reason = "the processor was asked whether it has the instructions"
)]
#[inline(always)]
fn block_avx512(input: &Input<'_>, scratch: &mut Scratch, block: usize) {
    // SAFETY: `run_block` alone calls this, and only where these instructions are.
    let way = unsafe { Avx512::assume() };
    block_body(way, input, scratch, block);
}

per_instructions! {
    fn run_block(input: &Input<'_>, scratch: &mut Scratch, block: usize) = block_one_by_one, block_avx2, block_avx512;
}
