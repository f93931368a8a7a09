//! The files of packs as messages and explanations see them: a name, and where the lines are.

use std::sync::Arc;

use super::source::SharedText;
use crate::compiled::{Reader, Writer};

/// A file of a pack, kept for messages and for places in explanations.
#[derive(Clone, Debug)]
pub(crate) struct FileText {
    /// Its name, `calf-cramps/relief.ron`.
    pub(crate) name: Arc<str>,
    body: Body,
}

#[derive(Clone, Debug)]
enum Body {
    /// Its text.
    Text(SharedText),
    /// Of a compiled knowledge base: the length of the text and its marks, as they were written. Most who load one never
    /// ask for a place.
    Outline { length: usize, marks: Arc<[u8]> },
}

/// What places need to know of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    /// The last byte of a line.
    LineEnd = 0,
    /// A byte of a character, not its first.
    Inside = 1,
}

impl Mark {
    fn of(byte: u8) -> Option<Self> {
        match byte {
            b'\n' => Some(Self::LineEnd),
            0x80..0xC0 => Some(Self::Inside),
            _ => None,
        }
    }
}

/// Where the lines of a text begin, and which of its bytes begin no character.
#[derive(Debug)]
pub(crate) struct Places {
    length: usize,
    starts: Vec<u32>,
    inside: Vec<u32>,
}

impl FileText {
    pub(crate) fn new(name: Arc<str>, text: SharedText) -> Self {
        Self {
            name,
            body: Body::Text(text),
        }
    }

    /// Its text; compiled knowledge bases have none.
    #[cfg(feature = "tools")]
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.body {
            Body::Text(text) => Some(text),
            Body::Outline { .. } => None,
        }
    }

    /// The line of an offset, from 1.
    pub(crate) fn line_of(&self, offset: usize) -> usize {
        match &self.body {
            Body::Text(text) => text
                .get(..offset)
                .map_or(1, |before| before.matches('\n').count() + 1),
            Body::Outline { length, .. } if offset > *length => 1,
            Body::Outline { .. } => {
                let mut line = 1;
                self.each_mark(|at, mark| {
                    line += usize::from(mark == Mark::LineEnd && at < offset);
                    at < offset
                });
                line
            }
        }
    }

    /// Where its lines and characters are.
    pub(crate) fn places(&self) -> Places {
        let length = match &self.body {
            Body::Text(text) => text.len(),
            Body::Outline { length, .. } => *length,
        };
        let (mut starts, mut inside) = (vec![0], Vec::new());
        self.each_mark(|at, mark| {
            match mark {
                Mark::LineEnd => starts.push(narrow(at + 1)),
                Mark::Inside => inside.push(narrow(at)),
            }
            true
        });
        Places {
            length,
            starts,
            inside,
        }
    }

    /// Calls `visit` for every mark in order, as long as it wants more.
    fn each_mark(&self, mut visit: impl FnMut(usize, Mark) -> bool) {
        match &self.body {
            Body::Text(text) => {
                for (at, byte) in text.bytes().enumerate() {
                    if Mark::of(byte).is_some_and(|mark| !visit(at, mark)) {
                        return;
                    }
                }
            }
            Body::Outline { length, marks } => {
                let mut reader = Reader::new(marks);
                let mut next = 0;
                while !reader.is_empty() {
                    let number = reader.number();
                    let mark = if number & 1 == 0 {
                        Mark::LineEnd
                    } else {
                        Mark::Inside
                    };
                    let at = usize::try_from(number >> 1)
                        .ok()
                        .and_then(|gap| gap.checked_add(next))
                        .filter(|at| at < length);
                    let Some(at) = at else { return };
                    if !visit(at, mark) {
                        return;
                    }
                    next = at + 1;
                }
            }
        }
    }

    /// Writes the name and the marks, each as its distance from the one before.
    pub(crate) fn write(&self, writer: &mut Writer) {
        let mut marks = Writer::default();
        let mut next = 0;
        self.each_mark(|at, mark| {
            marks.number(((at - next) as u64) << 1 | mark as u64);
            next = at + 1;
            true
        });
        writer.text(&self.name);
        writer.number(self.places().length as u64);
        writer.bytes(marks.written());
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            name: reader.text(),
            body: Body::Outline {
                // Positions have 32 bits.
                length: reader.number_within(u64::from(u32::MAX)) as usize,
                marks: reader.bytes().into(),
            },
        }
    }
}

impl Places {
    /// The nearest place at or before an offset that lies between two characters.
    pub(crate) fn boundary(&self, offset: usize) -> usize {
        let mut at = offset.min(self.length);
        while self.inside.binary_search(&narrow(at)).is_ok() {
            at -= 1;
        }
        at
    }

    /// Line and column, from 1, of an offset that lies between two characters.
    pub(crate) fn position(&self, offset: usize) -> (u32, u32) {
        let offset = narrow(offset);
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let inside = |at: u32| narrow(self.inside.partition_point(|inside| *inside < at));
        let column = (offset - start) - (inside(offset) - inside(start));
        (narrow(line), column + 1)
    }
}

fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
