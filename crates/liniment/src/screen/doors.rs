//! How values by number become codes.

use liniment_planes::{Instructions, per_instructions};

use super::raw::{RawKind, RawValue};
use crate::cells::{Cells, number_key};
use crate::check::base::{CheckedBase, FactIndex, FactKind};
use crate::error::Error;

/// Turns raw values into codes: facts by what they take, so that each loop does one thing.
#[derive(Debug)]
pub(super) struct Doors {
    facts: usize,
    /// Of many facts a case seldom knows most: what is unknown is skipped.
    many: bool,
    plain: Vec<Plain>,
    numbers: Vec<Ordered>,
    /// Whole numbers, durations and clocks.
    wholes: Vec<Ordered>,
    several: Vec<Several>,
    /// The variables that have codes for several cells.
    blocks: Vec<Blocks>,
    /// By fact: its door.
    by_fact: Vec<Option<Door>>,
}

/// So many unknown facts are skipped at once.
const SKIPPED: usize = 8;

/// The place of a fact's door among those of its kind.
#[derive(Clone, Copy, Debug)]
enum Door {
    Plain(usize),
    Number(usize),
    Whole(usize),
    Several(usize),
}

/// A yes-or-no fact, choice or scale.
#[derive(Clone, Copy, Debug)]
struct Plain {
    slot: u32,
    variable: u32,
    /// See [`row_starts`].
    first_row: u32,
    kind: RawKind,
    cells: u32,
    all: u32,
}

/// A number, whole number, duration or clock.
#[derive(Clone, Debug)]
struct Ordered {
    slot: u32,
    variable: u32,
    /// See [`row_starts`].
    first_row: u32,
    kind: RawKind,
    /// "Never" where it may be, otherwise the same kind.
    or: RawKind,
    all: u32,
    /// Of numbers never below, and `greatest` never above, those that are finite.
    least: i64,
    greatest: i64,
    /// How many cuts there are.
    count: u32,
    /// The cuts when they are few; otherwise one block of the highest of the levels below.
    top: Block,
    /// The last of the last … of each block of cuts, down to the cuts themselves; nothing when all are in `top`.
    levels: Vec<Vec<Block>>,
    /// The code of each segment, where that is not its number.
    codes: Vec<u32>,
}

#[derive(Clone, Copy, Debug)]
struct Several {
    slot: u32,
    first_variable: u32,
    /// See [`row_starts`]; the variables of its options follow each other.
    first_row: u32,
    options: u32,
}

/// The code of an option of a several-fact of which nothing is known: it is no, yes or this.
const SEVERAL_UNKNOWN: u32 = 2;

/// A variable whose codes from `cells` up to, and without, `all` stand for several cells.
#[derive(Clone, Copy, Debug)]
struct Blocks {
    variable: u32,
    cells: u32,
    all: u32,
}

/// Cuts are counted by blocks of so many, the last one filled up.
const STEP: usize = 16;
type Block = [i64; STEP];

fn blocks(values: impl Iterator<Item = i64>) -> Vec<Block> {
    let values: Vec<i64> = values.collect();
    let block = |chunk: &[i64]| {
        let mut block = [i64::MAX; STEP];
        block
            .iter_mut()
            .zip(chunk)
            .for_each(|(slot, value)| *slot = *value);
        block
    };
    values.chunks(STEP).map(block).collect()
}

/// One of two, without a jump: which is known depends on the case, and a wrong guess costs more than both.
#[inline(always)]
fn pick(first: bool, one: u32, other: u32) -> u32 {
    other ^ ((one ^ other) & u32::from(first).wrapping_neg())
}

/// One block on top, and below it the levels that it sums up: of each block of cuts its last, of each block of
/// these its last, and so on.
fn levels(cuts: &[i64]) -> (Block, Vec<Vec<Block>>) {
    let mut levels = Vec::new();
    let mut level = blocks(cuts.iter().copied());
    while level.len() > 1 {
        let next = blocks(level.iter().filter_map(|block| block.last().copied()));
        levels.push(std::mem::replace(&mut level, next));
    }
    levels.reverse();
    (level.pop().unwrap_or([i64::MAX; STEP]), levels)
}

/// Where the rows of each variable start in a table of all variables with a row for each code.
pub(super) fn row_starts(cells: &Cells) -> Vec<u32> {
    let mut next = 0u32;
    let starts = cells.variables.iter().map(|variable| {
        let start = next;
        next = next.saturating_add(variable.all).saturating_add(1);
        start
    });
    starts.collect()
}

impl Doors {
    pub(super) fn new(base: &CheckedBase, cells: &Cells, many: bool) -> Self {
        let mut doors = Doors {
            facts: base.facts.len(),
            many,
            plain: Vec::new(),
            numbers: Vec::new(),
            wholes: Vec::new(),
            several: Vec::new(),
            blocks: Vec::new(),
            by_fact: Vec::new(),
        };
        let starts = row_starts(cells);
        for (slot, fact) in base.facts.iter().enumerate() {
            let fact_index = FactIndex::new(slot);
            let slot = fact_index.0;
            let index = cells.variable_of(fact_index);
            let Some(variable) = cells.variable(index) else {
                doors.by_fact.push(None);
                continue;
            };
            let first_row = starts.get(index.index()).copied().unwrap_or(u32::MAX);
            let kind = match &fact.kind {
                FactKind::YesNo => RawKind::YesNo,
                FactKind::Choice(_) | FactKind::Scale(_) => RawKind::Option,
                FactKind::Several(_) => RawKind::Options,
                FactKind::Number { .. } => RawKind::Number,
                FactKind::Integer { .. } => RawKind::Integer,
                FactKind::Duration { .. } | FactKind::Clock { .. } => RawKind::Elapsed,
            };
            doors.by_fact.push(Some(match kind {
                RawKind::Options => Door::Several(doors.several.len()),
                RawKind::Number => Door::Number(doors.numbers.len()),
                RawKind::Integer | RawKind::Elapsed => Door::Whole(doors.wholes.len()),
                _ => Door::Plain(doors.plain.len()),
            }));
            match (&fact.kind, cells.ordered(fact_index)) {
                (FactKind::Several(options), _) => doors.several.push(Several {
                    slot,
                    first_variable: index.0,
                    first_row,
                    options: u32::try_from(options.len()).unwrap_or(u32::MAX),
                }),
                (_, Some(ordered)) => {
                    let (least, greatest) = ordered.range();
                    let named = ordered.codes().iter().enumerate();
                    let differ = named.clone().any(|(segment, code)| segment != *code as usize);
                    if variable.all > variable.cells {
                        doors.blocks.push(Blocks {
                            variable: index.0,
                            cells: variable.cells,
                            all: variable.all,
                        });
                    }
                    let (top, levels) = levels(ordered.cuts());
                    let mut door = Ordered {
                        slot,
                        variable: index.0,
                        first_row,
                        kind,
                        or: match fact.kind {
                            FactKind::Clock { .. } => RawKind::Never,
                            _ => kind,
                        },
                        all: variable.all,
                        least,
                        greatest,
                        count: u32::try_from(ordered.cuts().len()).unwrap_or(u32::MAX),
                        top,
                        levels,
                        codes: if differ {
                            ordered.codes().to_vec()
                        } else {
                            Vec::new()
                        },
                    };
                    if kind == RawKind::Number {
                        door.least = least.max(number_key(f64::MIN));
                        door.greatest = greatest.min(number_key(f64::MAX));
                        doors.numbers.push(door);
                    } else {
                        doors.wholes.push(door);
                    }
                }
                _ => doors.plain.push(Plain {
                    slot,
                    variable: index.0,
                    first_row,
                    kind,
                    cells: variable.cells,
                    all: variable.all,
                }),
            }
        }
        doors
    }

    /// Calls `sink` with each variable, its code, and the row of both (see [`row_starts`]). False when a value is
    /// not one of its fact's, or not written as usual: then [`Doors::read`] says which, or reads it.
    #[inline(always)]
    pub(super) fn each_code(&self, values: &[RawValue], mut sink: impl FnMut(u32, u32, u32)) -> bool {
        if values.len() != self.facts {
            return false;
        }
        let mut fine = true;
        let value = |slot: u32| values.get(slot as usize).copied().unwrap_or(RawValue::UNKNOWN);
        for door in &self.plain {
            fine &= door.read(value(door.slot), &mut sink);
        }
        for door in &self.numbers {
            fine &= door.read_number(value(door.slot), &mut sink);
        }
        for door in &self.wholes {
            fine &= door.read_whole(value(door.slot), &mut sink);
        }
        for door in &self.several {
            fine &= door.read(value(door.slot), &mut sink);
        }
        fine
    }

    /// Writes the code of each variable, where those of nothing known stand; answers whether several cells of one are
    /// possible. None as for [`each_code`](Doors::each_code).
    #[inline(always)]
    fn write_codes(&self, values: &[RawValue], codes: &mut [u32]) -> Option<bool> {
        let fine = if self.many {
            self.write_known(values, codes)
        } else {
            self.each_code(values, |variable, code, _| write(codes, variable, code))
        };
        let several = self.blocks.iter().any(|blocks| {
            let code = codes.get(blocks.variable as usize).copied().unwrap_or(blocks.all);
            code >= blocks.cells && code != blocks.all
        });
        fine.then_some(several)
    }

    /// Writes the codes of what is known. Nothing is left unread: a value of a fact that no
    /// rule asks for may be wrong, too.
    #[inline(always)]
    fn write_known(&self, values: &[RawValue], codes: &mut [u32]) -> bool {
        if values.len() != self.facts {
            return false;
        }
        let mut sink = |variable, code, _| write(codes, variable, code);
        let mut fine = true;
        for (values, doors) in values.chunks(SKIPPED).zip(self.by_fact.chunks(SKIPPED)) {
            if values.iter().fold(0, |known, value| known | value.kind as u8) == RawKind::Unknown as u8 {
                continue;
            }
            for (value, door) in values.iter().zip(doors) {
                if value.is_unknown() {
                    continue;
                }
                let taken = match *door {
                    Some(Door::Plain(place)) => {
                        self.plain.get(place).map(|door| door.read(*value, &mut sink))
                    }
                    Some(Door::Number(place)) => self
                        .numbers
                        .get(place)
                        .map(|door| door.read_number(*value, &mut sink)),
                    Some(Door::Whole(place)) => self
                        .wholes
                        .get(place)
                        .map(|door| door.read_whole(*value, &mut sink)),
                    Some(Door::Several(place)) => {
                        self.several.get(place).map(|door| door.read(*value, &mut sink))
                    }
                    None => None,
                };
                fine &= taken == Some(true);
            }
        }
        fine
    }

    /// The same values as facts of a case.
    pub(super) fn read(
        &self,
        base: &CheckedBase,
        values: &[RawValue],
    ) -> Result<Vec<crate::case::value::FactValue>, Error> {
        if values.len() != self.facts {
            return Err(Error::length(self.facts, values.len()));
        }
        let facts = base.facts.iter().zip(values);
        facts
            .map(|(fact, value)| {
                crate::case::value::read_fact(fact, &value.written(crate::case::options_of(&fact.kind)))
            })
            .collect()
    }
}

per_instructions! {
    /// See [`Doors::write_codes`].
    pub(super) fn codes_of_values (doors: &Doors, values: &[RawValue], codes: &mut [u32]) -> Option<bool> = Doors::write_codes;
}

#[inline(always)]
fn write(codes: &mut [u32], variable: u32, code: u32) {
    if let Some(slot) = codes.get_mut(variable as usize) {
        *slot = code;
    }
}

impl Plain {
    /// Gives the sink what [`Doors::each_code`] says; false when the fact does not take the value.
    #[inline(always)]
    fn read(&self, value: RawValue, sink: &mut impl FnMut(u32, u32, u32)) -> bool {
        let known = (value.kind == self.kind) & (value.bits < u64::from(self.cells));
        let code = pick(known, value.bits as u32, self.all);
        sink(self.variable, code, self.first_row.wrapping_add(code));
        value.is_unknown() | known
    }
}

impl Several {
    /// As [`Plain::read`].
    #[inline(always)]
    fn read(&self, value: RawValue, sink: &mut impl FnMut(u32, u32, u32)) -> bool {
        let unknown = value.is_unknown();
        for option in 0..self.options {
            let has = (value.bits.checked_shr(option).unwrap_or(0) & 1) as u32;
            let code = if unknown { SEVERAL_UNKNOWN } else { has };
            let row = self.first_row.wrapping_add(option * (SEVERAL_UNKNOWN + 1) + code);
            sink(self.first_variable + option, code, row);
        }
        unknown
            | ((value.kind == RawKind::Options)
                & (self.options <= 64)
                & (value.bits.checked_shr(self.options).unwrap_or(0) == 0))
    }
}

impl Ordered {
    /// As [`Plain::read`].
    #[inline(always)]
    fn read_number(&self, value: RawValue, sink: &mut impl FnMut(u32, u32, u32)) -> bool {
        self.read(value, number_key(f64::from_bits(value.bits)), sink)
    }

    /// As [`Plain::read`].
    #[inline(always)]
    fn read_whole(&self, value: RawValue, sink: &mut impl FnMut(u32, u32, u32)) -> bool {
        self.read(value, value.bits.cast_signed(), sink)
    }

    #[inline(always)]
    fn read(&self, value: RawValue, key: i64, sink: &mut impl FnMut(u32, u32, u32)) -> bool {
        let unknown = value.is_unknown();
        let of_its_kind = (value.kind == self.kind) | (value.kind == self.or);
        let code = pick(unknown, self.all, self.code(key));
        sink(self.variable, code, self.first_row.wrapping_add(code));
        unknown | (of_its_kind & (key >= self.least) & (key <= self.greatest))
    }

    #[inline(always)]
    fn code(&self, key: i64) -> u32 {
        let below = |block: &Block| -> u32 { block.iter().map(|cut| u32::from(*cut <= key)).sum() };
        let mut segment = below(&self.top);
        for level in &self.levels {
            // Past the last block it is past every cut.
            let Some(block) = level.get(segment as usize) else {
                segment = self.count;
                break;
            };
            segment = segment * STEP as u32 + below(block);
        }
        let segment = segment.min(self.count);
        if self.codes.is_empty() {
            segment
        } else {
            self.codes.get(segment as usize).copied().unwrap_or(self.all)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cuts are counted rightly whatever their number.
    #[test]
    fn codes_count_cuts() {
        for count in 0..600 {
            let cuts: Vec<i64> = (0..count).map(|cut| cut * 10).collect();
            let (top, levels) = levels(&cuts);
            let door = Ordered {
                slot: 0,
                variable: 0,
                first_row: 0,
                kind: RawKind::Integer,
                or: RawKind::Integer,
                all: 1_000,
                least: i64::MIN,
                greatest: i64::MAX,
                count: u32::try_from(cuts.len()).unwrap_or(u32::MAX),
                top,
                levels,
                codes: Vec::new(),
            };
            for key in (-1..=count)
                .flat_map(|cut| [cut * 10 - 1, cut * 10])
                .chain([i64::MIN, i64::MAX])
            {
                assert_eq!(
                    door.code(key) as usize,
                    cuts.partition_point(|cut| *cut <= key),
                    "{count} {key}"
                );
            }
        }
    }
}
