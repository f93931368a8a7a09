//! Comparing the values of a block with a limit: a bit for each row.
//!
//! AVX-512 has one instruction that compares eight values and makes bits of the answer; with AVX2 the answers of 32
//! values are narrowed to bytes first, of which one instruction makes bits. Compilers find neither.

use crate::plan::{BITS, Ladder};
use crate::{Block, ROWS, WORDS};

/// What comes from memory at once, in bytes.
pub(crate) const LINE: usize = 64;

/// Whole numbers of a block, each in a quarter of its room: four times as many are compared at once.
pub(crate) type Shorts = [i16; ROWS];

/// A way to compare.
pub(crate) trait Compare: Copy {
    /// Where a number is at least so much; what is no number is not.
    fn floats_from(self, values: &[f64; ROWS], least: f64) -> Block;
    /// Where a number lies between two others, both included.
    fn floats_within(self, values: &[f64; ROWS], least: f64, greatest: f64) -> Block;
    /// Where a whole number is at least so much.
    fn wholes_from(self, values: &[i64; ROWS], least: i64) -> Block;
    /// Where a whole number lies between two others, both included.
    fn wholes_within(self, values: &[i64; ROWS], least: i64, greatest: i64) -> Block;
    /// Whole numbers cut to 16 bits: what is less than the least is the least, what is more than the greatest the greatest.
    fn shorts_of(self, values: &[i64; ROWS], shorts: &mut Shorts);
    /// Where a short number is at least so much.
    fn shorts_from(self, values: &Shorts, least: i16) -> Block;
    /// Where a short number lies between two others, both included.
    fn shorts_within(self, values: &Shorts, least: i16, greatest: i16) -> Block;
    /// Where this small number stands.
    fn ids_equal(self, ids: &[u8; ROWS], id: u8) -> Block;
    /// Whether ranks are quicker to find than a comparison for each limit.
    #[inline(always)]
    fn is_quick_with_ranks(self) -> bool {
        false
    }
    /// The bits of the ranks of numbers, the lowest first; what is no number has rank 0.
    #[inline(always)]
    fn ranks_of_floats(
        self,
        values: &[f64; ROWS],
        limits: &Ladder<f64>,
        ranks: &mut [Block; BITS],
        _: impl FnMut(),
    ) {
        ranks_of(values, limits, ranks);
    }
    /// The bits of the ranks of whole numbers, the lowest first.
    #[inline(always)]
    fn ranks_of_wholes(
        self,
        values: &[i64; ROWS],
        limits: &Ladder<i64>,
        ranks: &mut [Block; BITS],
        _: impl FnMut(),
    ) {
        ranks_of(values, limits, ranks);
    }
    /// Asks for what is soon read.
    fn fetch<T>(self, soon: &T);
}

/// The bits of `N` values at a time, the first the lowest.
#[inline(always)]
pub(crate) fn bits_of<T, const N: usize>(values: &[T; ROWS], bits: impl Fn(&[T; N]) -> u64) -> Block {
    let mut block = [0; WORDS];
    let (words, _) = values.as_chunks::<64>();
    for (word, values) in block.iter_mut().zip(words) {
        let (parts, _) = values.as_chunks::<N>();
        for (place, part) in parts.iter().enumerate() {
            *word |= bits(part) << (place * N);
        }
    }
    block
}

/// One value after the other.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OneByOne;

/// Where a value is at least so much.
#[inline(always)]
fn from<T: PartialOrd>(values: &[T; ROWS], least: T) -> Block {
    bits_of(values, |[value]| u64::from(*value >= least))
}

/// Where a value lies between two others, both included.
#[inline(always)]
fn within<T: PartialOrd>(values: &[T; ROWS], least: T, greatest: T) -> Block {
    bits_of(values, |[value]| {
        u64::from((*value >= least) & (*value <= greatest))
    })
}

/// Ranks, one value after the other.
#[inline(always)]
fn ranks_of<T: PartialOrd + Copy>(values: &[T; ROWS], limits: &Ladder<T>, ranks: &mut [Block; BITS]) {
    *ranks = [[0; WORDS]; BITS];
    for (row, value) in values.iter().enumerate() {
        let met = |limit: Option<&T>| usize::from(limit.is_some_and(|limit| value >= limit));
        let first = met(limits.with_first.then_some(&limits.first));
        let second = met(limits.second.get(first));
        let third = met(limits.third.get(second << 1 | first));
        let fourth = met(limits.fourth.get(third << 2 | second << 1 | first));
        for (bits, met) in ranks.iter_mut().zip([fourth, third, second, first]) {
            if let Some(word) = bits.get_mut(row / 64) {
                *word |= (met as u64) << (row % 64);
            }
        }
    }
}

impl Compare for OneByOne {
    #[inline(always)]
    fn fetch<T>(self, _: &T) {}
    #[inline(always)]
    fn floats_from(self, values: &[f64; ROWS], least: f64) -> Block {
        from(values, least)
    }
    #[inline(always)]
    fn floats_within(self, values: &[f64; ROWS], least: f64, greatest: f64) -> Block {
        within(values, least, greatest)
    }
    #[inline(always)]
    fn wholes_from(self, values: &[i64; ROWS], least: i64) -> Block {
        from(values, least)
    }
    #[inline(always)]
    fn wholes_within(self, values: &[i64; ROWS], least: i64, greatest: i64) -> Block {
        within(values, least, greatest)
    }
    #[inline(always)]
    fn shorts_of(self, values: &[i64; ROWS], shorts: &mut Shorts) {
        for (short, value) in shorts.iter_mut().zip(values) {
            let inside = (*value).clamp(i16::MIN.into(), i16::MAX.into());
            *short = i16::try_from(inside).unwrap_or(0);
        }
    }
    #[inline(always)]
    fn shorts_from(self, values: &Shorts, least: i16) -> Block {
        from(values, least)
    }
    #[inline(always)]
    fn shorts_within(self, values: &Shorts, least: i16, greatest: i16) -> Block {
        within(values, least, greatest)
    }
    #[inline(always)]
    fn ids_equal(self, ids: &[u8; ROWS], id: u8) -> Block {
        let eight = u64::from_le_bytes([id; 8]);
        bits_of(ids, |found: &[u8; 8]| {
            const LOW: u64 = u64::from_le_bytes([0x7f; 8]);
            // A byte that is equal is zero now: then, and then alone, its highest bit is set in `equal`.
            let differing = u64::from_le_bytes(*found) ^ eight;
            let equal = !(((differing & LOW) + LOW) | differing | LOW);
            // The highest bits of eight bytes, together in the highest byte.
            (equal >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
        })
    }
}

#[cfg(target_arch = "x86_64")]
#[expect(unsafe_code, reason = "the instructions of some processors")]
mod x86;

#[cfg(target_arch = "x86_64")]
pub(crate) use x86::{Avx2, Avx512};

#[cfg(test)]
#[expect(clippy::indexing_slicing, reason = "tests")]
mod tests {
    use super::*;
    use crate::Instructions;

    /// Every way says what the plain one says, at limits, beside them and for what is no number.
    fn same(way: impl Compare) {
        let odd = [
            f64::NAN,
            f64::INFINITY,
            f64::NEG_INFINITY,
            -0.0,
            0.0,
            37.5,
            f64::MIN,
            f64::MAX,
        ];
        let floats: [f64; ROWS] = std::array::from_fn(|row| match row % 3 {
            0 => odd.get(row / 3 % odd.len()).copied().unwrap_or(0.0),
            _ => (row * 7919 % 101) as f64 - 50.0,
        });
        let wholes: [i64; ROWS] = std::array::from_fn(|row| match row % 5 {
            0 => i64::MIN,
            1 => i64::MAX,
            _ => i64::try_from(row * 7919 % 101).unwrap_or(0) - 50,
        });
        let from_zero = floats.map(|value| if value >= 0.0 { value.abs() } else { 0.0 });
        for greatest in [f64::MAX, f64::INFINITY, 50.0] {
            assert_eq!(
                way.floats_within(&from_zero, 0.0, greatest),
                OneByOne.floats_within(&from_zero, 0.0, greatest)
            );
        }
        let ids: [u8; ROWS] = std::array::from_fn(|row| u8::try_from(row * 31 % 256).unwrap_or(0));
        for (least, greatest) in [
            (-20.0, 20.0),
            (0.0, 0.0),
            (0.0, 100.0),
            (0.0, -1.0),
            (f64::MIN, f64::MAX),
            (37.5, f64::INFINITY),
        ] {
            assert_eq!(
                way.floats_from(&floats, least),
                OneByOne.floats_from(&floats, least)
            );
            assert_eq!(
                way.floats_within(&floats, least, greatest),
                OneByOne.floats_within(&floats, least, greatest)
            );
        }
        for (least, greatest) in [(-20, 20), (7, 7), (i64::MIN, i64::MAX), (i64::MAX, i64::MIN)] {
            assert_eq!(
                way.wholes_from(&wholes, least),
                OneByOne.wholes_from(&wholes, least)
            );
            assert_eq!(
                way.wholes_within(&wholes, least, greatest),
                OneByOne.wholes_within(&wholes, least, greatest)
            );
        }
        let mut shorts = [0; ROWS];
        way.shorts_of(&wholes, &mut shorts);
        let mut plain = [0; ROWS];
        OneByOne.shorts_of(&wholes, &mut plain);
        assert_eq!(shorts, plain);
        for (least, greatest) in [(-20, 20), (7, 7), (i16::MIN, i16::MAX), (i16::MIN, -50), (9, -9)] {
            let from = OneByOne.shorts_from(&shorts, least);
            assert_eq!(way.shorts_from(&shorts, least), from);
            // Whole numbers beyond the ends gather there.
            if least > i16::MIN {
                assert_eq!(from, way.wholes_from(&wholes, least.into()));
            }
            assert_eq!(
                way.shorts_within(&shorts, least, greatest),
                OneByOne.shorts_within(&shorts, least, greatest)
            );
        }
        let limits = [
            -50.0,
            -20.0,
            -0.5,
            0.0,
            1.0,
            7.0,
            7.5,
            12.0,
            20.0,
            21.0,
            37.5,
            40.0,
            41.0,
            50.0,
            f64::MAX,
        ];
        for count in 1..=limits.len() {
            let (limits, _) = limits.split_at(count);
            same_ranks(limits, &floats, |ladder, ranks| {
                way.ranks_of_floats(&floats, ladder, ranks, || ())
            });
        }
        let limits = [
            i64::MIN,
            -50,
            -20,
            -1,
            0,
            1,
            7,
            8,
            12,
            20,
            21,
            37,
            40,
            50,
            i64::MAX,
        ];
        for count in 1..=limits.len() {
            let (limits, _) = limits.split_at(count);
            same_ranks(limits, &wholes, |ladder, ranks| {
                way.ranks_of_wholes(&wholes, ladder, ranks, || ())
            });
        }
        for id in [0, 1, 127, 128, 255] {
            assert_eq!(way.ids_equal(&ids, id), OneByOne.ids_equal(&ids, id));
        }
    }

    /// A rank is at least so much where the value meets the limit of that number.
    fn same_ranks<T: PartialOrd + Copy + std::fmt::Debug>(
        limits: &[T],
        values: &[T; ROWS],
        ranks_of: impl Fn(&Ladder<T>, &mut [Block; BITS]),
    ) {
        let greatest = *limits.last().unwrap_or(&values[0]);
        let mut ranks = [[u64::MAX; WORDS]; BITS];
        ranks_of(&Ladder::new(limits, greatest), &mut ranks);
        for (row, value) in values.iter().enumerate() {
            let bits = ranks.iter().enumerate();
            let rank: u64 = bits
                .map(|(place, bits)| (bits[row / 64] >> (row % 64) & 1) << place)
                .sum();
            for (least, limit) in (1..).zip(limits) {
                assert_eq!(rank >= least, value >= limit, "{value:?} and {limits:?}");
            }
        }
    }

    #[test]
    fn one_by_one_sets_the_bits_of_the_rows() {
        let wholes: [i64; ROWS] = std::array::from_fn(|row| i64::from(row % 64 == 3));
        assert_eq!(OneByOne.wholes_from(&wholes, 1), [1 << 3; WORDS]);
        let floats = [f64::NAN; ROWS];
        assert_eq!(OneByOne.floats_from(&floats, f64::MIN), [0; WORDS]);
    }

    #[cfg(target_arch = "x86_64")]
    #[test]
    #[expect(unsafe_code, reason = "the processor is asked first")]
    fn every_way_says_the_same() {
        if Instructions::best() >= Instructions::Avx2 {
            // SAFETY: it has them.
            same(unsafe { Avx2::assume() });
        }
        if Instructions::best() >= Instructions::Avx512 {
            // SAFETY: it has them.
            same(unsafe { Avx512::assume() });
        }
        same(OneByOne);
    }
}
