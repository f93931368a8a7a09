//! One thing after the other.

use super::support::CASES;

/// Hands out the next of some things, round and round.
pub(crate) struct Round<'a, T> {
    things: &'a [T],
    next: usize,
}

impl<'a, T> Round<'a, T> {
    pub(crate) fn new(things: &'a [T]) -> Self {
        Self { things, next: 0 }
    }

    #[inline]
    pub(crate) fn next(&mut self) -> &'a T {
        self.next = (self.next + 1) % CASES;
        &self.things[self.next]
    }
}
