//! A set of cells of one variable.

/// A set of cells of one variable, 64 to a word.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct CellSet {
    words: Box<[u64]>,
}

impl CellSet {
    /// The cells below `count` for which `holds` is true.
    pub(crate) fn of(count: u32, holds: impl Fn(u32) -> bool) -> Self {
        let mut words = Self::none(count).words;
        for cell in 0..count {
            if holds(cell)
                && let Some(word) = words.get_mut((cell / 64) as usize)
            {
                *word |= 1 << (cell % 64);
            }
        }
        Self { words }
    }

    /// The cells from `first` up to, and without, `after`, of `count`.
    pub(crate) fn range(count: u32, first: u32, after: u32) -> Self {
        let mut set = Self::none(count);
        for (number, word) in (0u32..).zip(set.words.iter_mut()) {
            // The part of the range that lies in this word.
            let start = first.saturating_sub(number * 64).min(64);
            let end = after.min(count).saturating_sub(number * 64).min(64);
            if start < end {
                *word = (u64::MAX >> (64 - (end - start))) << start;
            }
        }
        set
    }

    /// These cells of `count`, or (not `inside`) all others.
    pub(crate) fn listed(count: u32, cells: &[u16], inside: bool) -> Self {
        let mut set = if inside {
            Self::none(count)
        } else {
            Self::range(count, 0, count)
        };
        for cell in cells
            .iter()
            .map(|cell| u32::from(*cell))
            .filter(|cell| *cell < count)
        {
            if let Some(word) = set.words.get_mut((cell / 64) as usize) {
                let bit = 1 << (cell % 64);
                *word = if inside { *word | bit } else { *word & !bit };
            }
        }
        set
    }

    fn none(count: u32) -> Self {
        Self {
            words: vec![0u64; count.div_ceil(64).max(1) as usize].into_boxed_slice(),
        }
    }

    pub(crate) fn words(&self) -> &[u64] {
        &self.words
    }

    pub(crate) fn into_words(self) -> Box<[u64]> {
        self.words
    }

    pub(crate) fn contains(&self, cell: u32) -> bool {
        has_bit(&self.words, cell)
    }

    /// The other cells below `count`.
    pub(crate) fn complement(&self, count: u32) -> Self {
        Self::of(count, |cell| !self.contains(cell))
    }

    /// The cells in both.
    pub(crate) fn intersection(&self, other: &CellSet) -> Self {
        let words = self.words.iter().zip(&other.words);
        Self {
            words: words.map(|(one, other)| one & other).collect(),
        }
    }

    /// Whether every cell is also in the other.
    pub(crate) fn is_within(&self, other: &CellSet) -> bool {
        self.words
            .iter()
            .zip(&other.words)
            .all(|(one, other)| one & !other == 0)
    }

    /// How many cells it has.
    pub(crate) fn len(&self) -> u32 {
        self.words.iter().map(|word| word.count_ones()).sum()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        bits(&self.words)
    }

    /// The first and the last cell; none when it is empty.
    pub(crate) fn ends(&self) -> Option<(u32, u32)> {
        ends(&self.words)
    }
}

/// Whether a bit of a list of words is set; none past its end is.
#[inline]
pub(crate) fn has_bit(words: &[u64], place: u32) -> bool {
    let word = words.get((place / 64) as usize);
    word.is_some_and(|word| word >> (place % 64) & 1 == 1)
}

/// The places of the bits of a list of words, ascending.
pub(crate) fn bits(words: &[u64]) -> impl Iterator<Item = u32> + '_ {
    (0u32..).step_by(64).zip(words).flat_map(|(start, word)| {
        let mut left = *word;
        std::iter::from_fn(move || {
            (left != 0).then(|| {
                let bit = left.trailing_zeros();
                left &= left - 1;
                start + bit
            })
        })
    })
}

/// The places of the first and the last bit.
pub(crate) fn ends(words: &[u64]) -> Option<(u32, u32)> {
    let mut places = (0u32..).step_by(64).zip(words).filter(|(_, word)| **word != 0);
    let (start, word) = places.next()?;
    let first = start + word.trailing_zeros();
    let (start, word) = places.last().unwrap_or((start, word));
    Some((first, start + 63 - word.leading_zeros()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_and_lists_are_what_their_cells_say() {
        for count in [1, 2, 63, 64, 65, 130] {
            for first in [0, 1, 62, 63, 64, 65, 127, 128, 130] {
                for after in [0, 1, 63, 64, 65, 128, 129, 130, 200] {
                    let range = CellSet::range(count, first, after);
                    assert_eq!(range, CellSet::of(count, |cell| (first..after).contains(&cell)));
                }
            }
            for inside in [true, false] {
                let cells = [0u16, 1, 63, 64, 129, 500];
                let listed = CellSet::listed(count, &cells, inside);
                let expected = CellSet::of(count, |cell| {
                    cells.iter().any(|one| u32::from(*one) == cell) == inside
                });
                assert_eq!(listed, expected);
            }
        }
    }
}
