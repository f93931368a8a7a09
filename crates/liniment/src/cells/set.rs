//! A set of cells of one variable.

/// A set of cells of one variable, 64 to a word.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct CellSet {
    words: Box<[u64]>,
}

impl CellSet {
    /// The cells below `count` for which `holds` is true.
    pub(crate) fn of(count: u32, holds: impl Fn(u32) -> bool) -> Self {
        let mut words = vec![0u64; count.div_ceil(64).max(1) as usize].into_boxed_slice();
        for cell in 0..count {
            if holds(cell)
                && let Some(word) = words.get_mut((cell / 64) as usize)
            {
                *word |= 1 << (cell % 64);
            }
        }
        Self { words }
    }

    pub(crate) fn words(&self) -> &[u64] {
        &self.words
    }

    pub(crate) fn contains(&self, cell: u32) -> bool {
        self.words
            .get((cell / 64) as usize)
            .is_some_and(|word| word >> (cell % 64) & 1 == 1)
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
