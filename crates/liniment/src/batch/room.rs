//! Room for bits and codes, used again when nobody reads it any more.
//!
//! Memory that is new is dear: the system clears each page when it is first touched, which took a quarter of the time
//! of a batch. Columns that the caller has dropped give theirs back for the next chunk.

use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use arrow_buffer::bit_chunk_iterator::UnalignedBitChunk;
use arrow_buffer::{BooleanBuffer, Buffer, NullBuffer, ToByteSlice};

/// How much room is kept at most, in words: 32 MiB.
const MOST: usize = 4 << 20;

/// The words of a line of the cache.
const LINE: usize = 8;

/// Where rooms come from and go back to. Clones share it.
#[derive(Clone, Debug, Default)]
pub(super) struct Rooms(Arc<Mutex<Kept>>);

#[derive(Debug, Default)]
struct Kept {
    /// By length: all have two, four, eight … words.
    rooms: BTreeMap<usize, Vec<Vec<u64>>>,
    /// How many words they are.
    words: usize,
}

impl Rooms {
    /// Room for so many words. What stands in them is nothing to rely on.
    pub(super) fn room(&self, words: usize) -> Room {
        let length = words.next_power_of_two();
        let mut kept = self.kept();
        let given = kept.rooms.get_mut(&length).and_then(Vec::pop);
        if given.is_some() {
            kept.words -= length;
        }
        drop(kept);
        let whole = given.unwrap_or_else(|| vec![0; length + LINE]);
        Room {
            // Where a line of the cache begins: what writes a whole line would touch two otherwise.
            start: whole.as_ptr().align_offset(LINE * size_of::<u64>()).min(LINE - 1),
            whole,
            words,
            back_to: self.clone(),
        }
    }

    /// Room for so many words, none of their bits set.
    pub(super) fn zeros(&self, words: usize) -> Room {
        let mut room = self.room(words);
        room.fill(0);
        room
    }

    /// The bits of a buffer, from its first bit on.
    pub(super) fn bits<'b>(&self, buffer: &'b BooleanBuffer) -> Bits<'b> {
        let found = UnalignedBitChunk::new(buffer.values(), buffer.offset(), buffer.len());
        if found.prefix().is_none() && found.suffix().is_none() {
            return Bits::There(found.chunks());
        }
        let mut room = self.room(buffer.len().div_ceil(64));
        for (word, bits) in room.iter_mut().zip(buffer.bit_chunks().iter_padded()) {
            *word = bits;
        }
        Bits::Copied(room)
    }

    /// Nothing that panics holds the lock.
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Bits, 64 to a word: where they stand if they stand so, or a copy of them.
#[derive(Debug)]
pub(super) enum Bits<'b> {
    There(&'b [u64]),
    Copied(Room),
}

impl Deref for Bits<'_> {
    type Target = [u64];
    fn deref(&self) -> &[u64] {
        match self {
            Bits::There(words) => words,
            Bits::Copied(room) => room,
        }
    }
}

/// Words for a while.
#[derive(Debug)]
pub(super) struct Room {
    whole: Vec<u64>,
    start: usize,
    words: usize,
    back_to: Rooms,
}

impl Room {
    /// A buffer of these words; they go back when the last that reads it is dropped.
    pub(super) fn into_buffer(self) -> Buffer {
        bytes::Bytes::from_owner(self).into()
    }

    /// The first bits.
    pub(super) fn into_bits(self, rows: usize) -> BooleanBuffer {
        BooleanBuffer::new(self.into_buffer(), 0, rows)
    }

    /// Where these bits are not set there is no value; none when they all are.
    pub(super) fn into_nulls(self, rows: usize) -> Option<NullBuffer> {
        let nulls = NullBuffer::new(self.into_bits(rows));
        (nulls.null_count() > 0).then_some(nulls)
    }
}

impl Deref for Room {
    type Target = [u64];
    fn deref(&self) -> &[u64] {
        self.whole.get(self.start..self.start + self.words).unwrap_or(&[])
    }
}

impl DerefMut for Room {
    fn deref_mut(&mut self) -> &mut [u64] {
        self.whole
            .get_mut(self.start..self.start + self.words)
            .unwrap_or(&mut [])
    }
}

impl AsRef<[u8]> for Room {
    fn as_ref(&self) -> &[u8] {
        (**self).to_byte_slice()
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        let whole = std::mem::take(&mut self.whole);
        let length = whole.len().saturating_sub(LINE);
        let mut kept = self.back_to.kept();
        if kept.words + length <= MOST {
            kept.words += length;
            kept.rooms.entry(length).or_default().push(whole);
        }
    }
}

#[cfg(test)]
#[expect(clippy::indexing_slicing, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn room_comes_back_when_the_last_column_is_dropped() {
        let rooms = Rooms::default();
        let mut room = rooms.zeros(3);
        room.fill(5);
        let column = room.into_bits(130);
        let part = column.slice(64, 2);
        assert_eq!(column.count_set_bits(), 5);
        drop(column);
        assert_eq!(rooms.kept().words, 0);
        assert!(part.value(0) && !part.value(1));
        drop(part);
        assert_eq!(rooms.kept().words, 4);
        assert_eq!(*rooms.room(4), [5, 5, 5, 0]);
        assert_eq!(rooms.room(3).len(), 3);
        assert_eq!(*rooms.zeros(4), [0; 4]);
        // Of another length there was none.
        assert_eq!(*rooms.room(2), [0; 2]);
        assert_eq!(rooms.kept().words, 6);
    }

    #[test]
    fn no_more_than_so_much_is_kept() {
        let rooms = Rooms::default();
        let many: Vec<Room> = (0..5).map(|_| rooms.room(MOST / 4)).collect();
        drop(many);
        assert_eq!(rooms.kept().words, MOST);
        drop(rooms.room(MOST + 1));
        assert_eq!(rooms.kept().words, MOST);
    }

    #[test]
    fn bits_begin_with_the_first() {
        let rooms = Rooms::default();
        let buffer: BooleanBuffer = (0..200).map(|row| row % 3 == 0).collect();
        let part = buffer.slice(5, 100);
        let bits = rooms.bits(&part);
        for row in 0..100 {
            let bit = bits[row / 64] >> (row % 64) & 1;
            assert_eq!(bit == 1, (row + 5) % 3 == 0, "row {row}");
        }
        assert_eq!(bits[1] >> 36, 0);
        assert!(rooms.bits(&buffer.slice(0, 0)).is_empty());
        let whole: BooleanBuffer = (0..640).map(|row| row % 3 == 0).collect();
        let there = whole.slice(64, 512);
        let bits = rooms.bits(&there);
        assert!(matches!(bits, Bits::There(words) if words.len() == 8));
        for row in 0..512 {
            let bit = bits[row / 64] >> (row % 64) & 1;
            assert_eq!(bit == 1, (row + 64) % 3 == 0, "row {row}");
        }
    }
}
