//! Many terms: which of them can hold, as bits.
//!
//! For each variable that many terms test there are whole rows of bits, one for some of its cells, and for
//! every other cell the bits in which it differs from one of these. A variable that few terms test has the
//! list of these instead.

use liniment_planes::{Instructions, per_instructions};

use super::many::{Known, Tests};
use super::terms::Term;
use crate::cells::{CellSet, Cells};
use crate::compact_sort::CompactSort;

/// What the tests of one variable do to the bits.
#[derive(Debug)]
struct Column {
    variable: u32,
    cells: u32,
    all: u32,
    /// The terms that test it.
    tested: Vec<u32>,
    rows: Option<Rows>,
}

/// The terms that each cell of a variable leaves: a row, and where a cell differs from it.
#[derive(Debug)]
struct Rows {
    /// By cell: its row, and the first and the last of its `flips`.
    of_cell: Vec<(u32, u32, u32)>,
    rows: Vec<Vec<u64>>,
    flips: Vec<u32>,
}

/// The columns of all variables that are tested.
#[derive(Debug)]
pub(super) struct Columns {
    columns: Vec<Column>,
    /// The places that have a term.
    every: Vec<u64>,
}

/// Room that is used again.
#[derive(Clone, Debug, Default)]
pub(super) struct Room {
    kept: Vec<u32>,
}

/// A variable with many cells has whole rows for so many of them.
const ROWS: usize = 16;

impl Columns {
    pub(super) fn new(cells: &Cells, terms: &[Option<Term<'_>>]) -> Self {
        let words = terms.len().div_ceil(64);
        let mut every = vec![0u64; words];
        let mut tested: Vec<Vec<(u32, &CellSet)>> = vec![Vec::new(); cells.variables.len()];
        for (place, term) in terms.iter().enumerate() {
            let Some(term) = term else { continue };
            set(&mut every, place);
            let place = u32::try_from(place).unwrap_or(u32::MAX);
            for (variable, holds_in) in &term.tests {
                if let Some(list) = tested.get_mut(variable.index()) {
                    list.push((place, holds_in.as_ref()));
                }
            }
        }
        let columns = cells
            .variables
            .iter()
            .enumerate()
            .zip(&tested)
            .filter(|(_, tested)| !tested.is_empty())
            .map(|((number, variable), tested)| Column {
                variable: u32::try_from(number).unwrap_or(u32::MAX),
                cells: variable.cells,
                all: variable.all,
                // Rows for few terms would take more room than they save time.
                rows: (tested.len() > words).then(|| Rows::new(variable.cells, tested, &every)),
                tested: tested.iter().map(|(place, _)| *place).collect(),
            })
            .collect();
        Self { columns, every }
    }

    /// Writes the bits of the terms that can hold.
    pub(super) fn write(
        &self,
        instructions: Instructions,
        tests: &Tests,
        known: Known<'_>,
        bits: &mut Vec<u64>,
        room: &mut Room,
    ) {
        bits.clear();
        bits.extend_from_slice(&self.every);
        for column in &self.columns {
            let code = known
                .codes
                .get(column.variable as usize)
                .copied()
                .unwrap_or(column.all);
            if code == column.all {
                continue;
            }
            match column.rows.as_ref().filter(|_| code < column.cells) {
                Some(rows) => rows.apply(instructions, code, bits, room),
                None => {
                    for place in &column.tested {
                        let test = tests
                            .of(*place)
                            .iter()
                            .find(|test| test.variable == column.variable);
                        if test.is_some_and(|test| !tests.can(*test, column.cells, code, known)) {
                            clear(bits, *place as usize);
                        }
                    }
                }
            }
        }
    }
}

impl Rows {
    fn new(cells: u32, tested: &[(u32, &CellSet)], every: &[u64]) -> Self {
        let mut untested = every.to_vec();
        tested
            .iter()
            .for_each(|(place, _)| clear(&mut untested, *place as usize));
        let sum: u64 = tested.iter().map(|(_, set)| u64::from(set.len())).sum();
        if sum <= 4 * tested.len() as u64 || cells as usize <= ROWS {
            return Self::listed(cells, tested, untested);
        }
        // Where a term comes in or goes out from one cell to the next.
        let mut changes: Vec<(u32, u32)> = Vec::new();
        for (place, set) in tested {
            if let Some((first, last)) = set.ends().filter(|(first, last)| last - first + 1 == set.len()) {
                changes.push((first, *place));
                changes.push((last + 1, *place));
                continue;
            }
            let mut before = false;
            for cell in 0..cells {
                let now = set.contains(cell);
                if now != before {
                    changes.push((cell, *place));
                }
                before = now;
            }
        }
        changes.compact_sort();
        let step = (cells as usize).div_ceil(ROWS);
        let mut rows = Vec::new();
        let mut of_cell = Vec::with_capacity(cells as usize);
        let mut now = untested;
        let (mut at, mut since) = (0usize, 0u32);
        for cell in 0..cells {
            while let Some((_, place)) = changes.get(at).filter(|(change, _)| *change == cell) {
                flip(&mut now, *place as usize);
                at += 1;
            }
            let next = u32::try_from(at).unwrap_or(u32::MAX);
            if (cell as usize).is_multiple_of(step) {
                rows.push(now.clone());
                since = next;
            }
            of_cell.push((u32::try_from(rows.len() - 1).unwrap_or(u32::MAX), since, next));
        }
        Self {
            of_cell,
            rows,
            flips: changes.into_iter().map(|(_, place)| place).collect(),
        }
    }

    /// One row, of the terms that do not test the variable, and for each cell the terms that hold in it.
    fn listed(cells: u32, tested: &[(u32, &CellSet)], untested: Vec<u64>) -> Self {
        let mut flips: Vec<(u32, u32)> = tested
            .iter()
            .flat_map(|(place, set)| set.iter().map(|cell| (cell, *place)))
            .collect();
        flips.compact_sort();
        let mut at = 0usize;
        let of_cell = (0..cells)
            .map(|cell| {
                let from = u32::try_from(at).unwrap_or(u32::MAX);
                while flips.get(at).is_some_and(|(found, _)| *found == cell) {
                    at += 1;
                }
                (0, from, u32::try_from(at).unwrap_or(u32::MAX))
            })
            .collect();
        Self {
            of_cell,
            rows: vec![untested],
            flips: flips.into_iter().map(|(_, place)| place).collect(),
        }
    }

    fn apply(&self, instructions: Instructions, cell: u32, bits: &mut [u64], room: &mut Room) {
        let Some((row, from, to)) = self.of_cell.get(cell as usize) else {
            return;
        };
        let (Some(row), Some(flips)) = (
            self.rows.get(*row as usize),
            self.flips.get(*from as usize..*to as usize),
        ) else {
            return;
        };
        // A bit that is gone stays gone; of the others those that differ from the row are turned.
        room.kept.clear();
        let kept = flips.iter().filter(|place| has(bits, **place as usize));
        room.kept.extend(kept);
        and(instructions, bits, row);
        room.kept.iter().for_each(|place| flip(bits, *place as usize));
    }
}

#[inline(always)]
fn and_words(bits: &mut [u64], row: &[u64]) {
    for (word, other) in bits.iter_mut().zip(row) {
        *word &= other;
    }
}

per_instructions! {
    fn and (bits: &mut [u64], row: &[u64]) = and_words;
}

pub(super) fn has(words: &[u64], place: usize) -> bool {
    words
        .get(place / 64)
        .is_some_and(|word| word >> (place % 64) & 1 == 1)
}

pub(super) fn set(words: &mut [u64], place: usize) {
    if let Some(word) = words.get_mut(place / 64) {
        *word |= 1 << (place % 64);
    }
}

fn flip(words: &mut [u64], place: usize) {
    if let Some(word) = words.get_mut(place / 64) {
        *word ^= 1 << (place % 64);
    }
}

pub(super) fn clear(words: &mut [u64], place: usize) {
    if let Some(word) = words.get_mut(place / 64) {
        *word &= !(1 << (place % 64));
    }
}
