//! Fetching from memory what is soon read or written.

use crate::compare::{Compare, LINE};
use crate::{Column, Input, ROWS, WORDS};

/// The values of the next block, fetched little by little while this one is worked on. A block of numbers is a page of
/// memory, and processors do not look ahead past its end by themselves; nor do they follow bits in many places, of which
/// a block has a line each. Where the page after the next is, is looked up early too.
pub(crate) struct Ahead<'a, 'o> {
    columns: std::slice::Iter<'a, Column<'a>>,
    block: usize,
    /// What is left of a column.
    lines: Lines<'a>,
    lines_at_once: usize,
    /// The planes that are written at the end of this block, and where.
    outputs: std::slice::Iter<'a, &'o mut [u64]>,
    word: usize,
}

/// Values by what comes from memory at once.
enum Lines<'a> {
    Floats(&'a [[f64; LINE / 8]]),
    Wholes(&'a [[i64; LINE / 8]]),
    Small(&'a [[u8; LINE]]),
}

impl<'a, 'o> Ahead<'a, 'o> {
    #[inline(always)]
    pub(crate) fn new(
        way: impl Compare,
        input: &'a Input<'_>,
        block: usize,
        lines_at_once: usize,
        outputs: &'a [&'o mut [u64]],
        word: usize,
    ) -> Self {
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
            outputs: outputs.iter(),
            word,
        }
    }

    #[inline(always)]
    pub(crate) fn fetch(&mut self, way: impl Compare) {
        if let Some(output) = self.outputs.next() {
            fetch_at(way, output, self.word);
        }
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
