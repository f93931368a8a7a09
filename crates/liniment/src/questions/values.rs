//! The values of a variable that a verdict can tell apart.

use std::ops::Range;
use std::rc::Rc;

use hashbrown::HashSet;

use crate::cells::{CellSet, Ordered, bits, has_bit};

/// How many times a value is compared with a literal before values that nothing tells apart are no longer looked for: a
/// search among so many ends before it comes to them.
const COMPARED: usize = 1 << 22;

/// The values of a variable that the verdict can tell apart.
#[derive(Clone, Debug)]
pub(super) struct Values {
    /// Where its words stand in a case.
    first_word: usize,
    /// Its possible cells.
    words: Rc<[u64]>,
    /// The cells of each value; those that are not possible do not count.
    each: Rc<[Range<u32>]>,
}

impl Values {
    /// Of the possible cells in these words: one value of each kind that some literal tells from the others, or, without
    /// literals, every value. In the order of their cells.
    pub(super) fn of(
        first_word: usize,
        words: &[u64],
        ordered: Option<&Ordered>,
        literals: Option<&[&CellSet]>,
    ) -> Self {
        let each: Vec<Range<u32>> = match literals {
            None => values_from(words, 0, ordered).collect(),
            Some([]) => values_from(words, 0, ordered).take(1).collect(),
            Some(literals) => told_apart(words, ordered, literals),
        };
        Self {
            first_word,
            words: words.into(),
            each: each.into(),
        }
    }

    pub(super) fn count(&self) -> usize {
        self.each.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Range<u32>> {
        self.each.iter()
    }

    /// One of them, by number; the last where there are fewer.
    pub(super) fn nth_or_last(&self, number: usize) -> Option<&Range<u32>> {
        self.each.get(number).or(self.each.last())
    }

    /// Leaves in a case only what one of them does.
    pub(super) fn put(&self, case: &mut [u64], value: &Range<u32>) {
        let Some(slots) = case.get_mut(self.first_word..self.first_word + self.words.len()) else {
            return;
        };
        slots.fill(0);
        for cell in value.clone().filter(|cell| has_bit(&self.words, *cell)) {
            if let Some(slot) = slots.get_mut((cell / 64) as usize) {
                *slot |= 1 << (cell % 64);
            }
        }
    }
}

/// One value of each kind that some literal tells from the others, in the order of their cells.
fn told_apart(words: &[u64], ordered: Option<&Ordered>, literals: &[&CellSet]) -> Vec<Range<u32>> {
    // There may be very many cells, and every advice id asks for them: only those are looked at where some literal
    // begins or ends, or where a value has several.
    let mut looked_at = ordered.map_or_else(Vec::new, |ordered| ordered.apart().to_vec());
    looked_at.resize(words.len(), 0);
    if let Some(first) = looked_at.first_mut() {
        *first |= 1;
    }
    for literal in literals {
        let mut before = 0;
        for (looked_at, holds) in looked_at.iter_mut().zip(literal.words()) {
            *looked_at |= holds ^ (holds << 1 | before);
            before = holds >> 63;
        }
    }
    let mut values: Vec<Range<u32>> = Vec::new();
    for cell in bits(&looked_at) {
        match values_from(words, cell, ordered).next() {
            Some(value) if values.last() != Some(&value) => values.push(value),
            _ => {}
        }
    }
    if values.len().saturating_mul(literals.len()) <= COMPARED {
        let mut seen: HashSet<Vec<bool>> = HashSet::new();
        values.retain(|value| {
            let holds = literals.iter().flat_map(|literal| {
                let possible = value.clone().filter(|cell| has_bit(words, *cell));
                possible.map(|cell| literal.contains(cell))
            });
            seen.insert(holds.collect())
        });
    }
    values
}

/// The values that cells in these words stand for, from a cell on: a value of an ordered fact leaves every cell of its
/// segment possible.
fn values_from<'w>(
    words: &'w [u64],
    mut cell: u32,
    ordered: Option<&'w Ordered>,
) -> impl Iterator<Item = Range<u32>> + 'w {
    std::iter::from_fn(move || {
        let word = words.get((cell / 64) as usize)? >> (cell % 64);
        let first = if word != 0 {
            cell + word.trailing_zeros()
        } else {
            let (position, word) = words
                .iter()
                .enumerate()
                .skip((cell / 64) as usize + 1)
                .find(|(_, word)| **word != 0)?;
            u32::try_from(position).ok()? * 64 + word.trailing_zeros()
        };
        let (from, to) = ordered.map_or((first, first + 1), |ordered| {
            ordered.cells_of_segment(ordered.segment_of_cell(first))
        });
        cell = to.max(first + 1);
        Some(from..to)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{CellSet, Values, bits, has_bit};

    /// Several words, with the same few bits again and again: ends of literals beside each other and far apart.
    fn words() -> impl Strategy<Value = Vec<u64>> {
        let word = prop_oneof![
            Just(0),
            Just(u64::MAX),
            Just(1),
            Just(1 << 63),
            any::<u64>(),
            0..8_u64
        ];
        prop::collection::vec(word, 3)
    }

    proptest! {
        /// Compared with asking every literal of every cell.
        #[test]
        fn values_are_told_apart_as_by_asking_each_literal_of_each(
            possible in words(),
            literals in prop::collection::vec(words(), 1..5),
        ) {
            let literals: Vec<CellSet> = literals
                .iter()
                .map(|words| CellSet::of(192, |cell| has_bit(words, cell)))
                .collect();
            let mut seen = Vec::new();
            let mut expected = Vec::new();
            for cell in bits(&possible) {
                let signature: Vec<bool> = literals.iter().map(|literal| literal.contains(cell)).collect();
                if !seen.contains(&signature) {
                    seen.push(signature);
                    expected.push(cell..cell + 1);
                }
            }
            let literals: Vec<&CellSet> = literals.iter().collect();
            let values = Values::of(1, &possible, None, Some(&literals));
            prop_assert_eq!(values.iter().cloned().collect::<Vec<_>>(), expected.clone());
            let every = Values::of(1, &possible, None, None);
            prop_assert_eq!(every.count(), bits(&possible).count());
            for value in &expected {
                let mut case = vec![u64::MAX; 5];
                values.put(&mut case, value);
                let mut wanted = vec![u64::MAX; 5];
                wanted.splice(1..4, [0, 0, 0]);
                for cell in value.clone() {
                    if let Some(word) = wanted.get_mut(1 + (cell / 64) as usize) {
                        *word |= 1 << (cell % 64);
                    }
                }
                prop_assert_eq!(case, wanted);
            }
        }
    }
}
