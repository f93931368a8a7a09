//! Few terms: for each variable and code a row of bits, one for each term; a case is the AND of its rows.

use liniment_planes::{Instructions, per_instructions};

use super::doors::{Doors, row_starts};
use super::raw::RawValue;
use super::terms::Term;
use crate::cells::{Cells, SOME_CELLS};
use crate::evaluate::words_of;

/// The terms that what is known of one variable leaves.
#[derive(Clone, Copy, Debug)]
struct Row<const W: usize> {
    /// Those whose test surely holds.
    sure: [u64; W],
    /// Those whose test can hold.
    possible: [u64; W],
}

/// Up to 64 terms for each of `W` words.
#[derive(Debug)]
pub(super) struct Dense<const W: usize> {
    /// Where the rows of each variable start: a row for each code.
    starts: Vec<u32>,
    rows: Vec<Row<W>>,
    /// The row of a case of which nothing was looked at.
    every: Row<W>,
}

/// The bits of the terms that surely hold, and of those that can.
pub(super) type Words<const W: usize> = ([u64; W], [u64; W]);

impl<const W: usize> Row<W> {
    #[inline(always)]
    fn and(&mut self, other: &Row<W>) {
        for (word, other) in self.sure.iter_mut().zip(&other.sure) {
            *word &= other;
        }
        for (word, other) in self.possible.iter_mut().zip(&other.possible) {
            *word &= other;
        }
    }
}

impl<const W: usize> Dense<W> {
    /// The rows of these terms; a place without a term is never set.
    pub(super) fn new(cells: &Cells, terms: &[Option<Term<'_>>]) -> Self {
        let mut every = [0u64; W];
        for (place, _) in terms.iter().enumerate().filter(|(_, term)| term.is_some()) {
            set(&mut every, place);
        }
        let every = Row {
            sure: every,
            possible: every,
        };
        let starts = row_starts(cells);
        let of_variables = cells.variables.iter();
        let count = of_variables.map(|variable| variable.all as usize + 1).sum();
        let mut rows = vec![every; count];
        for (place, term) in terms.iter().enumerate() {
            for (index, holds_in) in term.iter().flat_map(|term| &term.tests) {
                let (Some(variable), Some(start)) = (cells.variable(*index), starts.get(index.index()))
                else {
                    continue;
                };
                for code in 0..=variable.all {
                    let Some(row) = rows.get_mut((start + code) as usize) else {
                        continue;
                    };
                    let (first, next) = cells.cells_of(variable, code);
                    if !(first..next).all(|cell| holds_in.contains(cell)) {
                        clear(&mut row.sure, place);
                    }
                    if !(first..next).any(|cell| holds_in.contains(cell)) {
                        clear(&mut row.possible, place);
                    }
                }
            }
        }
        Self { starts, rows, every }
    }

    /// The terms of a case.
    pub(super) fn of_case(
        &self,
        instructions: Instructions,
        cells: &Cells,
        codes: &[u32],
        possible: &[u64],
    ) -> Words<W> {
        let (mut row, some) = of_codes(instructions, self, codes);
        if some {
            for (index, (code, start)) in codes.iter().zip(&self.starts).enumerate() {
                if *code == SOME_CELLS {
                    row.and(&self.of_some(cells, possible, index, *start));
                }
            }
        }
        (row.sure, row.possible)
    }

    /// What several cells that have no code together leave.
    fn of_some(&self, cells: &Cells, possible: &[u64], variable: usize, start: u32) -> Row<W> {
        let variable = crate::cells::VariableIndex(u32::try_from(variable).unwrap_or(u32::MAX));
        let mut joined = Row {
            sure: self.every.sure,
            possible: [0; W],
        };
        for cell in crate::cells::bits(words_of(cells, possible, variable)) {
            if let Some(row) = self.rows.get((start + cell) as usize) {
                for (word, other) in joined.sure.iter_mut().zip(&row.sure) {
                    *word &= other;
                }
                for (word, other) in joined.possible.iter_mut().zip(&row.possible) {
                    *word |= other;
                }
            }
        }
        joined
    }

    /// The terms of raw values; none when one of them is not as its fact's usually is.
    #[inline]
    pub(super) fn of_raw(
        &self,
        instructions: Instructions,
        doors: &Doors,
        values: &[RawValue],
    ) -> Option<Words<W>> {
        // To count the cuts below a number takes longer with AVX-512: its masks go through other registers.
        let instructions = instructions.min(Instructions::Avx2);
        let (row, fine) = of_values(instructions, self, doors, values);
        fine.then_some((row.sure, row.possible))
    }

    #[inline(always)]
    fn and_codes(&self, codes: &[u32]) -> (Row<W>, bool) {
        let mut row = self.every;
        let mut some = false;
        for (code, start) in codes.iter().zip(&self.starts) {
            match self.rows.get(start.wrapping_add(*code) as usize) {
                Some(other) if *code != SOME_CELLS => row.and(other),
                _ => some = true,
            }
        }
        (row, some)
    }

    #[inline(always)]
    fn and_values(&self, doors: &Doors, values: &[RawValue]) -> (Row<W>, bool) {
        let mut row = self.every;
        let fine = doors.each_code(values, |_, _, place| {
            if let Some(other) = self.rows.get(place as usize) {
                row.and(other);
            }
        });
        (row, fine)
    }
}

per_instructions! {
    fn of_codes [const W: usize] (dense: &Dense<W>, codes: &[u32]) -> (Row<W>, bool) = Dense::<W>::and_codes;
}
per_instructions! {
    fn of_values [const W: usize] (dense: &Dense<W>, doors: &Doors, values: &[RawValue]) -> (Row<W>, bool) = Dense::<W>::and_values;
}

fn set(words: &mut [u64], place: usize) {
    if let Some(word) = words.get_mut(place / 64) {
        *word |= 1 << (place % 64);
    }
}

fn clear(words: &mut [u64], place: usize) {
    if let Some(word) = words.get_mut(place / 64) {
        *word &= !(1 << (place % 64));
    }
}
