//! Random packs with cases, as property tests draw and shrink them.

use proptest::prelude::*;

use crate::generate::{MOST_CASE_NUMBERS, MOST_PACK_NUMBERS, Trial};

/// Packs with so many cases each.
pub fn trials(cases: usize) -> impl Strategy<Value = Trial> {
    let pack = proptest::collection::vec(any::<u16>(), 0..MOST_PACK_NUMBERS);
    let case = proptest::collection::vec(any::<u16>(), 0..MOST_CASE_NUMBERS);
    (pack, proptest::collection::vec(case, cases), any::<u64>())
        .prop_map(|(pack, cases, seed)| Trial::of_numbers(&pack, &cases, seed))
}
