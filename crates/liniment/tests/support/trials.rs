//! Random packs with cases, as numbers that proptest can make smaller.

use liniment_reference::generate::{MOST_CASE_NUMBERS, MOST_PACK_NUMBERS, Trial};
use proptest::prelude::*;

/// A random pack with so many random cases.
pub(crate) fn trials(cases: usize) -> impl Strategy<Value = Trial> {
    let pack = proptest::collection::vec(any::<u16>(), 0..MOST_PACK_NUMBERS);
    let case = proptest::collection::vec(any::<u16>(), 0..MOST_CASE_NUMBERS);
    (pack, proptest::collection::vec(case, cases), any::<u64>())
        .prop_map(|(pack, cases, seed)| Trial::of_numbers(&pack, &cases, seed))
}
