//! Bytes out and in: numbers, texts, places.

use std::sync::Arc;

use hashbrown::HashMap;

use crate::check::base::INDEXED_LISTS;
use crate::parse::spanned::{FileId, Span};

/// How deep a value may stand within others. Conditions and their tests nest; the check allows no more brackets.
const DEEPEST: u32 = crate::parse::DEEPEST as u32 + 16;

/// Collects bytes. A text is written where it first stands; later its number is enough.
#[derive(Default)]
pub(crate) struct Writer {
    bytes: Vec<u8>,
    texts: HashMap<Box<str>, u64>,
    place: Place,
}

/// Places stand in the order of the text for the most part: only how far one is from the last is written.
#[derive(Clone, Copy, Default)]
struct Place {
    file: u32,
    start: u32,
}

impl Writer {
    pub(crate) fn written(&self) -> &[u8] {
        &self.bytes
    }

    pub(crate) fn byte(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    /// Seven bits a byte, the least first; the eighth says that more follow.
    pub(crate) fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }

    /// Small numbers take few bytes on both sides of zero.
    pub(crate) fn signed(&mut self, number: i64) {
        self.number((number << 1 ^ number >> 63).cast_unsigned());
    }

    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        self.bytes.extend_from_slice(bytes);
    }

    pub(crate) fn text(&mut self, text: &str) {
        if let Some(number) = self.texts.get(text) {
            return self.number(*number);
        }
        self.number(0);
        self.bytes(text.as_bytes());
        self.texts.insert(text.into(), self.texts.len() as u64 + 1);
    }

    pub(crate) fn span(&mut self, span: Span) {
        self.signed(i64::from(span.file.0) - i64::from(self.place.file));
        self.signed(i64::from(span.start) - i64::from(self.place.start));
        self.signed(i64::from(span.end) - i64::from(span.start));
        self.place = Place {
            file: span.file.0,
            start: span.start,
        };
    }
}

/// Reads bytes from anywhere. After the first that cannot be, everything is zero or empty, so that nobody but the last
/// need ask whether all went well.
pub(crate) struct Reader<'b> {
    rest: &'b [u8],
    texts: Vec<Arc<str>>,
    place: Place,
    depth: u32,
    failed: bool,
    /// How long the lists are that numbers lead into.
    pub(super) lists: [usize; INDEXED_LISTS],
}

impl<'b> Reader<'b> {
    pub(crate) fn new(bytes: &'b [u8]) -> Self {
        Self {
            rest: bytes,
            texts: Vec::new(),
            place: Place::default(),
            depth: 0,
            failed: false,
            lists: [0; INDEXED_LISTS],
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    pub(super) fn has_failed(&self) -> bool {
        self.failed
    }

    pub(super) fn fail(&mut self) {
        self.failed = true;
        self.rest = &[];
    }

    pub(crate) fn byte(&mut self) -> u8 {
        match self.rest.split_first() {
            Some((byte, rest)) => {
                self.rest = rest;
                *byte
            }
            None => {
                self.fail();
                0
            }
        }
    }

    pub(crate) fn number(&mut self) -> u64 {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte();
            number |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return number;
            }
        }
        self.fail();
        0
    }

    /// A number that is at most so large.
    pub(crate) fn number_within(&mut self, most: u64) -> u64 {
        let number = self.number();
        if number > most {
            self.fail();
            return 0;
        }
        number
    }

    /// The number of an element of a list.
    pub(crate) fn index(&mut self, list: usize) -> u32 {
        let length = self.lists.get(list).copied().unwrap_or(0) as u64;
        let number = self.number();
        match u32::try_from(number) {
            Ok(index) if number < length => index,
            _ => {
                self.fail();
                0
            }
        }
    }

    pub(crate) fn signed(&mut self) -> i64 {
        let number = self.number();
        (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
    }

    /// How many elements follow, each at least a byte long.
    pub(super) fn count(&mut self) -> usize {
        self.number_within(self.rest.len() as u64) as usize
    }

    /// How many elements of a type to make room for at once: no more bytes than are left to read.
    pub(super) fn room<T>(&self, count: usize) -> usize {
        count.min(self.rest.len() / size_of::<T>().max(1))
    }

    pub(crate) fn bytes(&mut self) -> &'b [u8] {
        let length = self.count();
        match self.rest.split_at_checked(length) {
            Some((bytes, rest)) => {
                self.rest = rest;
                bytes
            }
            None => &[],
        }
    }

    pub(crate) fn text(&mut self) -> Arc<str> {
        let number = self.number();
        if number == 0
            && let Ok(text) = str::from_utf8(self.bytes())
        {
            let text: Arc<str> = text.into();
            self.texts.push(Arc::clone(&text));
            return text;
        }
        let known = usize::try_from(number)
            .ok()
            .and_then(|number| number.checked_sub(1));
        match known.and_then(|number| self.texts.get(number)) {
            Some(text) => Arc::clone(text),
            None => {
                self.fail();
                Arc::default()
            }
        }
    }

    pub(crate) fn span(&mut self) -> Span {
        let file = self.near(self.place.file);
        let start = self.near(self.place.start);
        let end = self.near(start);
        self.place = Place { file, start };
        Span {
            file: FileId(file),
            start,
            end,
        }
    }

    fn near(&mut self, number: u32) -> u32 {
        let far = self.signed().checked_add(i64::from(number));
        far.and_then(|far| u32::try_from(far).ok()).unwrap_or_else(|| {
            self.fail();
            0
        })
    }

    /// One more value within others.
    pub(crate) fn enter(&mut self) {
        self.depth += 1;
        if self.depth > DEEPEST {
            self.fail();
        }
    }

    pub(crate) fn leave(&mut self) {
        self.depth -= 1;
    }
}
