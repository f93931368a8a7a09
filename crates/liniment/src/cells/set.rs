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
}
