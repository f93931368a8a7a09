//! Texts and lists that the library lends out: they stay where they are until the arena is dropped.

use std::ffi::c_char;

use crate::text::{Str, Strs};

/// The texts of one handle, each with a zero byte behind it.
#[derive(Default)]
pub(crate) struct Arena {
    chunks: Vec<Vec<u8>>,
    lists: Vec<Box<dyn Lent>>,
}

/// Something that is kept alive.
trait Lent: Send + Sync {}

/// A list that is only read; its pointers lead into the same arena.
struct List<T>(#[expect(dead_code, reason = "kept alive for the pointers into it")] Box<[T]>);

impl<T> Lent for List<T> {}
// SAFETY: what stands in it is never written after it was made, and its pointers lead to bytes of the same
// arena, which are not either.
unsafe impl<T> Send for List<T> {}
// SAFETY: as above.
unsafe impl<T> Sync for List<T> {}

/// The bytes of one chunk, unless a text needs more.
const CHUNK: usize = 4096;

impl Arena {
    /// Keeps a text.
    pub(crate) fn text(&mut self, text: &str) -> Str {
        let needed = text.len() + 1;
        let fits = self
            .chunks
            .last()
            .is_some_and(|chunk| chunk.capacity() - chunk.len() >= needed);
        if !fits {
            self.chunks.push(Vec::with_capacity(needed.max(CHUNK)));
        }
        let Some(chunk) = self.chunks.last_mut() else {
            return Str::ABSENT;
        };
        let start = chunk.len();
        // Within the capacity: the chunk does not move.
        chunk.extend_from_slice(text.as_bytes());
        chunk.push(0);
        Str {
            data: chunk
                .get(start..)
                .map_or(std::ptr::null(), |text| text.as_ptr().cast::<c_char>()),
            len: text.len(),
        }
    }

    /// Keeps a text that may be absent.
    pub(crate) fn optional(&mut self, text: Option<&str>) -> Str {
        text.map_or(Str::ABSENT, |text| self.text(text))
    }

    /// Keeps a list of texts.
    pub(crate) fn texts<S: AsRef<str>>(&mut self, texts: &[S]) -> Strs {
        let texts: Vec<Str> = texts.iter().map(|text| self.text(text.as_ref())).collect();
        let (items, count) = self.list(texts);
        Strs { items, count }
    }

    /// Keeps a list; its pointers must lead into this arena. NULL when it is empty.
    pub(crate) fn list<T: 'static>(&mut self, items: Vec<T>) -> (*const T, usize) {
        if items.is_empty() {
            return (std::ptr::null(), 0);
        }
        let items = items.into_boxed_slice();
        let lent = (items.as_ptr(), items.len());
        self.lists.push(Box::new(List(items)));
        lent
    }
}
