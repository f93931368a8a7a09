//! What columns state of a fact, as small numbers: equal numbers leave the same cells possible.

use std::collections::HashMap;

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
    pub(super) fn text(&self, text: &str) -> Option<u32> {
        self.texts.get(text).copied()
    }

    /// Remembers the code of a text.
    pub(super) fn remember(&mut self, text: &str, code: u32) {
        const MOST: usize = 4_096;
        if self.texts.len() < MOST {
            self.texts.insert(text.into(), code);
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
