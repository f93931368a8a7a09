//! What columns state of a fact, as small numbers: equal numbers leave the same cells possible.

use hashbrown::HashMap;

use crate::case::Known;
use crate::case::value::FactValue;
use crate::cells::Cells;
use crate::check::base::FactIndex;

/// The code for nothing.
pub(super) const UNKNOWN: u32 = 0;

/// The codes of one fact. Code 0 is unknown, then follow its cells as far as one value stands for one segment
/// or option, then whatever else was met.
#[derive(Clone, Debug)]
pub(super) struct Book {
    fact: FactIndex,
    /// The first word of the fact in a case.
    first_word: usize,
    words: usize,
    /// By code: the possible cells of the fact's variables.
    possible: Vec<Box<[u64]>>,
    codes: HashMap<Box<[u64]>, u32>,
    /// The codes of texts met so far, as far as they are few.
    texts: HashMap<Box<str>, u32>,
    /// Short ones among them, each where its [`Short::place`] is: mostly found at the first look. No places before
    /// there is a text.
    short: Vec<Option<(Short, u32)>>,
    /// Room for a whole case.
    room: Vec<u64>,
    room_for_codes: Vec<u32>,
}

impl Book {
    pub(super) fn new(cells: &Cells, case_words: usize, fact: FactIndex) -> Self {
        let variables = || {
            cells
                .variables_of(fact)
                .filter_map(|variable| cells.variable(variable))
        };
        let mut book = Self {
            fact,
            first_word: variables()
                .next()
                .map_or(0, |variable| variable.first_word as usize),
            words: variables().map(|variable| variable.words as usize).sum(),
            possible: Vec::new(),
            codes: HashMap::new(),
            texts: HashMap::new(),
            short: Vec::new(),
            room: vec![0; case_words],
            room_for_codes: vec![0; cells.variables.len()],
        };
        book.code(cells, FactValue::Unknown);
        book
    }

    /// The code of what is stated.
    pub(super) fn code(&mut self, cells: &Cells, value: FactValue) -> u32 {
        Known(value).write(cells, self.fact, &mut self.room, &mut self.room_for_codes);
        let words = self
            .room
            .get(self.first_word..self.first_word + self.words)
            .unwrap_or(&[]);
        if let Some(code) = self.codes.get(words) {
            return *code;
        }
        let code = u32::try_from(self.possible.len()).unwrap_or(u32::MAX);
        self.codes.insert(words.into(), code);
        self.possible.push(words.into());
        code
    }

    /// The code of a text that was met before.
    #[inline]
    pub(super) fn text(&self, text: &str) -> Option<u32> {
        if let Some(short) = Short::of(text)
            && let Some(Some((known, code))) = self.short.get(short.place())
            && *known == short
        {
            return Some(*code);
        }
        self.texts.get(text).copied()
    }

    /// Remembers the code of a text.
    pub(super) fn remember(&mut self, text: &str, code: u32) {
        const MOST: usize = 4_096;
        if self.texts.len() >= MOST {
            return;
        }
        self.texts.insert(text.into(), code);
        self.short.resize(Short::PLACES, None);
        if let Some(short) = Short::of(text)
            && let Some(place @ None) = self.short.get_mut(short.place())
        {
            *place = Some((short, code));
        }
    }

    /// How many codes there are.
    pub(super) fn len(&self) -> usize {
        self.possible.len()
    }

    /// The possible cells of each code: the words of the fact.
    pub(super) fn possible(&self) -> impl Iterator<Item = &[u64]> {
        self.possible.iter().map(AsRef::as_ref)
    }
}

/// A text of at most 16 bytes, as numbers: no two texts have the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Short {
    length: u8,
    first: u64,
    last: u64,
}

impl Short {
    const PLACES: usize = 256;

    fn of(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let length = u8::try_from(bytes.len()).ok().filter(|length| *length <= 16)?;
        // The first and the last bytes meet or overlap, so that none is left out.
        let (first, last) = if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
            (u64::from_le_bytes(*first), u64::from_le_bytes(*last))
        } else if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
            (
                u32::from_le_bytes(*first).into(),
                u32::from_le_bytes(*last).into(),
            )
        } else {
            let byte = |place: usize| u64::from(bytes.get(place).copied().unwrap_or(0));
            (byte(0) | byte(1) << 8 | byte(2) << 16, 0)
        };
        Some(Self { length, first, last })
    }

    /// Below [`Self::PLACES`].
    fn place(self) -> usize {
        // Multiplied by large odd numbers, what tells texts apart reaches the upper bits.
        let mixed = (self.first ^ self.last.rotate_left(29) ^ u64::from(self.length))
            .wrapping_mul(0x9e37_79b9_7f4a_7c15);
        usize::from((mixed >> 56) as u8)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::Short;

    proptest! {
        #[test]
        fn short_texts_differ_as_their_numbers_do(one in "[ab\\x00é]{0,9}", other in "[ab\\x00é]{0,9}") {
            prop_assert!(one.len() <= 16 || Short::of(&one).is_none());
            if let (Some(first), Some(second)) = (Short::of(&one), Short::of(&other)) {
                prop_assert_eq!(first == second, one == other);
            }
        }
    }

    #[test]
    fn the_options_of_a_fact_seldom_share_a_place() {
        let places: HashSet<usize> = (0..64)
            .filter_map(|number| Some(Short::of(&format!("option_{number}"))?.place()))
            .collect();
        assert!(places.len() > 48, "{}", places.len());
    }
}
