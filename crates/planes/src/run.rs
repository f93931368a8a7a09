//! Steps over the blocks of a chunk.

use std::cell::Cell;
use std::ops::Range;

use crate::ahead::Ahead;
#[cfg(target_arch = "x86_64")]
use crate::compare::{Avx2, Avx512};
use crate::compare::{Compare, LINE, OneByOne, Shorts, bits_of};
use crate::plan::{BITS, Limits};
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
    let plan = input.plan;
    let short = |(column, short): (&Column<'_>, &bool)| {
        (*short && matches!(column, Column::Wholes { .. })).then_some(Aligned([0; ROWS]))
    };
    let mut scratch = Scratch {
        first: blocks.start,
        lines: input.columns.iter().map(bytes_of).sum::<usize>() * ROWS / LINE,
        slots: vec![Cell::new(Aligned(NOTHING)); plan.places],
        known: vec![Aligned(NOTHING); input.columns.len()],
        shorts: input.columns.iter().zip(&plan.short).map(short).collect(),
        ranks: vec![Aligned([NOTHING; BITS]); plan.rankings.len()],
    };
    for block in blocks {
        run_block(instructions, input, &mut scratch, outputs, block);
    }
}

/// Something of the next block is fetched once in so many steps.
const STEPS_A_FETCH: usize = 4;

/// Scratch that every block uses again.
struct Scratch {
    /// The block with which the outputs begin.
    first: usize,
    /// How many lines the numbers of a block are.
    lines: usize,
    slots: Vec<Cell<Aligned<Block>>>,
    known: Vec<Aligned<Block>>,
    /// By column: its whole numbers cut to 16 bits, where that suffices.
    shorts: Vec<Option<Aligned<Shorts>>>,
    /// By ranking: the bits of its ranks, the lowest first.
    ranks: Vec<Aligned<[Block; BITS]>>,
}

/// Where a line of the cache begins: what reads and writes a whole line would touch two otherwise.
#[derive(Clone, Copy)]
#[repr(align(64))]
struct Aligned<T>(T);

/// A limit of a column of short numbers; where it has no limit, the end.
fn to_short(limit: i64) -> i16 {
    let inside = limit.clamp(i16::MIN.into(), i16::MAX.into());
    i16::try_from(inside).unwrap_or(0)
}

const NOTHING: Block = [0; WORDS];

#[inline(always)]
fn at(slots: &[Cell<Aligned<Block>>], slot: Slot) -> Block {
    slots.get(slot.index()).map_or(NOTHING, |slot| slot.get().0)
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
fn fold(slots: &[Cell<Aligned<Block>>], list: &[Slot], join: impl Fn(u64, u64) -> u64) -> Block {
    let mut blocks = list.iter().map(|slot| at(slots, *slot));
    let mut folded = blocks.next().unwrap_or(NOTHING);
    for other in blocks {
        folded = each(&folded, &other, &join);
    }
    folded
}

/// Where a rank is at least so much, from its bits.
#[inline(always)]
fn ranks_from(bits: &[Block; BITS], least: u8) -> Block {
    let mut holds = [u64::MAX; WORDS];
    for (place, bit) in bits.iter().enumerate() {
        holds = match least >> place & 1 {
            1 => each(bit, &holds, |bit, lower| bit & lower),
            _ => each(bit, &holds, |bit, lower| bit | lower),
        };
    }
    holds
}

/// Writes the block of a step. Each kind of step writes by itself: what they answered would go by way of memory.
#[inline(always)]
fn write_block(
    way: impl Compare,
    step: &Step,
    input: &Input<'_>,
    scratch: &Scratch,
    block: usize,
    into: &Cell<Aligned<Block>>,
) {
    let slots = &scratch.slots;
    let write = |block: Block| into.set(Aligned(block));
    match step {
        Step::None => write(NOTHING),
        Step::All => write([u64::MAX; WORDS]),
        Step::Known(column) => write(
            scratch
                .known
                .get(*column)
                .map_or(NOTHING, |Aligned(known)| *known),
        ),
        Step::Yes(column) => match (input.columns.get(*column), scratch.known.get(*column)) {
            (Some(Column::Yes { yes, .. }), Some(Aligned(known))) => {
                let yes = words_at(Some(*yes), block, input.rows);
                write(each(&yes, known, |one, other| one & other));
            }
            _ => write(NOTHING),
        },
        Step::AtLeastFloat(column, least) => match input.columns.get(*column) {
            Some(Column::Floats { values, .. }) => {
                let least = f64::from_bits(*least);
                write(compare_at(values, block, |values| way.floats_from(values, least)));
            }
            _ => write(NOTHING),
        },
        Step::AtLeastWhole(column, least) => {
            match (input.columns.get(*column), scratch.shorts.get(*column)) {
                (_, Some(Some(Aligned(shorts)))) => write(way.shorts_from(shorts, to_short(*least))),
                (Some(Column::Wholes { values, .. }), _) => {
                    write(compare_at(values, block, |values| {
                        way.wholes_from(values, *least)
                    }));
                }
                _ => write(NOTHING),
            }
        }
        Step::Ranked { ranking, least } => {
            let bits = scratch.ranks.get(*ranking);
            write(bits.map_or(NOTHING, |Aligned(bits)| ranks_from(bits, *least)));
        }
        Step::Coded {
            column,
            literal,
            surely,
        } => match (input.columns.get(*column), input.tables.get(*literal)) {
            (Some(column), Some([sure, possible])) => {
                let table = if *surely { sure } else { possible };
                write(coded(way, column, table, block, input.rows));
            }
            _ => write(NOTHING),
        },
        Step::Odd(list) => write(fold(slots, list, |one, other| one ^ other)),
        Step::Every(list) => write(fold(slots, list, |one, other| one & other)),
        Step::Any(list) => write(fold(slots, list, |one, other| one | other)),
        Step::Both([one, other]) => {
            write(each(&at(slots, *one), &at(slots, *other), |one, other| {
                one & other
            }));
        }
        Step::Either([one, other]) => {
            write(each(&at(slots, *one), &at(slots, *other), |one, other| {
                one | other
            }));
        }
        Step::Without([one, other]) => {
            write(each(&at(slots, *one), &at(slots, *other), |one, other| {
                one & !other
            }));
        }
        Step::OrNot([one, other]) => {
            write(each(&at(slots, *one), &at(slots, *other), |one, other| {
                one | !other
            }));
        }
        Step::Not(one) => write(at(slots, *one).map(|word| !word)),
    }
}

#[inline(always)]
fn block_body(
    way: impl Compare,
    input: &Input<'_>,
    scratch: &mut Scratch,
    outputs: &mut Outputs<'_>,
    block: usize,
) {
    let plan = input.plan;
    let word = (block - scratch.first) * WORDS;
    let (steps, of_ranks) = match way.is_quick_with_ranks() {
        true => (&plan.ranked, plan.rankings.len() * WORDS),
        false => (&plan.steps, 0),
    };
    let fetches = steps.len().div_ceil(STEPS_A_FETCH) + of_ranks;
    let lines = scratch.lines.div_ceil(fetches.max(1));
    let mut ahead = Ahead::new(way, input, block + 1, lines, &outputs.wanted, word);
    let columns = input.columns.iter().zip(&plan.ends);
    for ((column, ends), (slot, shorts)) in columns.zip(scratch.known.iter_mut().zip(&mut scratch.shorts)) {
        if let (Column::Wholes { values, .. }, Some(Aligned(shorts))) = (column, &mut *shorts) {
            compare_at(values, block, |values| way.shorts_of(values, shorts));
            ahead.fetch(way);
        }
        let shorts = shorts.as_ref().map(|Aligned(shorts)| shorts);
        slot.0 = known(way, column, shorts, *ends, block, input.rows);
    }
    if way.is_quick_with_ranks() {
        for (ranking, Aligned(ranks)) in plan.rankings.iter().zip(&mut scratch.ranks) {
            match (input.columns.get(ranking.column), &ranking.limits) {
                (Some(Column::Floats { values, .. }), Limits::Floats(limits)) => {
                    compare_at(values, block, |values| {
                        way.ranks_of_floats(values, limits, ranks, || ahead.fetch(way));
                    });
                }
                (Some(Column::Wholes { values, .. }), Limits::Wholes(limits)) => {
                    compare_at(values, block, |values| {
                        way.ranks_of_wholes(values, limits, ranks, || ahead.fetch(way));
                    });
                }
                _ => {}
            }
        }
    }
    for (number, Placed { step, into }) in steps.iter().enumerate() {
        if number % STEPS_A_FETCH == 0 {
            ahead.fetch(way);
        }
        if let Some(into) = scratch.slots.get(into.index()) {
            write_block(way, step, input, scratch, block, into);
        }
    }
    for (slot, target) in plan.wanted.iter().zip(&mut outputs.wanted) {
        put(target, word, &at(&scratch.slots, *slot));
    }
    for ((target, column), Aligned(known)) in outputs.bad.iter_mut().zip(input.columns).zip(&scratch.known) {
        let valid = match column {
            Column::Floats { known, .. } | Column::Wholes { known, .. } => {
                words_at(*known, block, input.rows)
            }
            Column::Yes { .. } | Column::Small { .. } | Column::Wide(_) => continue,
        };
        put(target, word, &each(&valid, known, |valid, known| valid & !known));
    }
}

/// Writes a block of a plane from this word on, as far as there are rows.
#[inline(always)]
fn put(target: &mut [u64], word: usize, block: &Block) {
    let target = target.get_mut(word..).unwrap_or(&mut []);
    match target.first_chunk_mut() {
        Some(whole) => *whole = *block,
        None => {
            for (target, word) in target.iter_mut().zip(block) {
                *target = *word;
            }
        }
    }
}

#[inline(always)]
fn block_one_by_one(input: &Input<'_>, scratch: &mut Scratch, outputs: &mut Outputs<'_>, block: usize) {
    block_body(OneByOne, input, scratch, outputs, block);
}

#[cfg(target_arch = "x86_64")]
#[expect(
    unsafe_code,
    reason = "the processor was asked whether it has the instructions"
)]
#[inline(always)]
fn block_avx2(input: &Input<'_>, scratch: &mut Scratch, outputs: &mut Outputs<'_>, block: usize) {
    // SAFETY: `run_block` alone calls this, and only where these instructions are.
    let way = unsafe { Avx2::assume() };
    block_body(way, input, scratch, outputs, block);
}

#[cfg(target_arch = "x86_64")]
#[expect(
    unsafe_code,
    reason = "the processor was asked whether it has the instructions"
)]
#[inline(always)]
fn block_avx512(input: &Input<'_>, scratch: &mut Scratch, outputs: &mut Outputs<'_>, block: usize) {
    // SAFETY: `run_block` alone calls this, and only where these instructions are.
    let way = unsafe { Avx512::assume() };
    block_body(way, input, scratch, outputs, block);
}

per_instructions! {
    fn run_block(
        input: &Input<'_>,
        scratch: &mut Scratch,
        outputs: &mut Outputs<'_>,
        block: usize,
    ) = block_one_by_one, block_avx2, block_avx512;
}
