//! Sorting that takes little room in the library, for lists that are not sorted in hot loops.
//!
//! `slice::sort` is compiled anew for each type and each closure, some five kilobytes of code a time. Here
//! short lists are sorted in place, and of longer ones the places: one function for all types.

use std::cmp::Ordering;

/// Up to so many elements are inserted one by one.
const SHORT: usize = 20;

/// What equals stays in its order, as with `slice::sort`.
pub(crate) trait CompactSort<T> {
    fn compact_sort_by(&mut self, compare: impl FnMut(&T, &T) -> Ordering);

    fn compact_sort(&mut self)
    where
        T: Ord,
    {
        self.compact_sort_by(Ord::cmp);
    }

    fn compact_sort_by_key<K: Ord>(&mut self, mut key: impl FnMut(&T) -> K) {
        self.compact_sort_by(|one, other| key(one).cmp(&key(other)));
    }
}

impl<T> CompactSort<T> for [T] {
    fn compact_sort_by(&mut self, mut compare: impl FnMut(&T, &T) -> Ordering) {
        let mut between = |list: &[T], one: usize, other: usize| match (list.get(one), list.get(other)) {
            (Some(one), Some(other)) => compare(one, other),
            _ => Ordering::Equal,
        };
        if self.len() <= SHORT {
            for end in 1..self.len() {
                let mut at = end;
                while at > 0 && between(self, at - 1, at).is_gt() {
                    self.swap(at - 1, at);
                    at -= 1;
                }
            }
            return;
        }
        let mut from = sorted_places(self.len(), &mut |one, other| between(self, one, other));
        move_along(&mut from, &mut |one, other| self.swap(one, other));
    }
}

/// Each of them once, sorted.
pub(crate) fn distinct<T: Ord>(all: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut list: Vec<T> = all.into_iter().collect();
    list.compact_sort();
    list.dedup();
    list
}

/// The places of a list in the order in which its elements are to stand.
fn sorted_places(len: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..len).collect();
    places.sort_by(|one, other| compare(*one, *other));
    places
}

/// Brings to every place the element from the place that is listed, circle by circle.
fn move_along(from: &mut [usize], swap: &mut dyn FnMut(usize, usize)) {
    for start in 0..from.len() {
        let mut at = start;
        while let Some(next) = from.get_mut(at).map(|next| std::mem::replace(next, at)) {
            if next == start || next == at {
                break;
            }
            swap(at, next);
            at = next;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CompactSort;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sorts_as_the_standard_library_does(list in prop::collection::vec((0u8..12, any::<u16>()), 0..90)) {
            let mut sorted = list.clone();
            sorted.sort_by_key(|(key, _)| *key);
            let mut compact = list.clone();
            compact.compact_sort_by_key(|(key, _)| *key);
            prop_assert_eq!(&compact, &sorted);
            sorted.sort();
            compact.compact_sort();
            prop_assert_eq!(compact, sorted);
        }
    }
}
