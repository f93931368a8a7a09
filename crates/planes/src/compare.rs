//! Comparing the values of a block with a limit: a bit for each row.
//!
//! AVX-512 has one instruction that compares eight values and makes bits of the answer; with AVX2 the answers of 32
//! values are narrowed to bytes first, of which one instruction makes bits. Compilers find neither.

use crate::{Block, ROWS, WORDS};

/// What comes from memory at once, in bytes.
pub(crate) const LINE: usize = 64;

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
    /// Where this small number stands.
    fn ids_equal(self, ids: &[u8; ROWS], id: u8) -> Block;
    /// Asks for what is soon read.
    fn fetch(self, line: &[u8; LINE]);
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

impl Compare for OneByOne {
    #[inline(always)]
    fn fetch(self, _: &[u8; LINE]) {}
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
pub(crate) use x86::{Avx2, Avx512};

#[cfg(target_arch = "x86_64")]
#[expect(unsafe_code, reason = "the instructions of some processors")]
mod x86 {
    use std::arch::x86_64::*;

    use super::{Block, Compare, LINE, ROWS, bits_of};

    /// With AVX2.
    #[derive(Clone, Copy, Debug)]
    pub(crate) struct Avx2(());

    impl Avx2 {
        /// # Safety
        /// The processor must have AVX2.
        pub(crate) unsafe fn assume() -> Self {
            Self(())
        }
    }

    /// With AVX-512.
    #[derive(Clone, Copy, Debug)]
    pub(crate) struct Avx512(());

    impl Avx512 {
        /// # Safety
        /// The processor must have AVX-512, F and BW.
        pub(crate) unsafe fn assume() -> Self {
            Self(())
        }
    }

    /// The methods of a way, each a function that may use the way's instructions.
    macro_rules! with_instructions {
        ($way:ident, $features:literal, $($name:ident($values:ident: $type:ty $(, $limit:ident: $of:ty)+) $body:block)+) => {
            impl Compare for $way {
                #[inline(always)]
                fn fetch(self, line: &[u8; LINE]) {
                    // SAFETY: it reads nothing, and every processor with these instructions has this one.
                    unsafe { _mm_prefetch::<_MM_HINT_T0>(line.as_ptr().cast()) };
                }
                $(
                #[inline(always)]
                fn $name(self, $values: &[$type; ROWS] $(, $limit: $of)+) -> Block {
                    #[target_feature(enable = $features)]
                    #[inline]
                    fn compared($values: &[$type; ROWS] $(, $limit: $of)+) -> Block $body
                    // SAFETY: whoever made `self` has promised that the processor has these instructions.
                    unsafe { compared($values $(, $limit)+) }
                }
            )+}
        };
    }

    with_instructions! { Avx2, "avx2",
        floats_from(values: f64, least: f64) {
            let least = _mm256_set1_pd(least);
            bits_of(values, |part: &[f64; 32]| {
                bits_of_32(part, |four| _mm256_cmp_pd::<_CMP_GE_OQ>(four_floats(four), least))
            })
        }
        floats_within(values: f64, least: f64, greatest: f64) {
            let (least, greatest) = (_mm256_set1_pd(least), _mm256_set1_pd(greatest));
            bits_of(values, |part: &[f64; 32]| {
                bits_of_32(part, |four| {
                    let four = four_floats(four);
                    _mm256_and_pd(
                        _mm256_cmp_pd::<_CMP_GE_OQ>(four, least),
                        _mm256_cmp_pd::<_CMP_LE_OQ>(four, greatest),
                    )
                })
            })
        }
        wholes_from(values: i64, least: i64) {
            let least = _mm256_set1_epi64x(least);
            bits_of(values, |part: &[i64; 32]| {
                let below = bits_of_32(part, |four| {
                    _mm256_castsi256_pd(_mm256_cmpgt_epi64(least, four_wholes(four)))
                });
                below ^ u64::from(u32::MAX)
            })
        }
        wholes_within(values: i64, least: i64, greatest: i64) {
            let (least, greatest) = (_mm256_set1_epi64x(least), _mm256_set1_epi64x(greatest));
            bits_of(values, |part: &[i64; 32]| {
                let outside = bits_of_32(part, |four| {
                    let four = four_wholes(four);
                    _mm256_castsi256_pd(_mm256_or_si256(
                        _mm256_cmpgt_epi64(least, four),
                        _mm256_cmpgt_epi64(four, greatest),
                    ))
                });
                outside ^ u64::from(u32::MAX)
            })
        }
        ids_equal(ids: u8, id: u8) {
            let id = _mm256_set1_epi8(id.cast_signed());
            bits_of(ids, |part: &[u8; 32]| {
                // SAFETY: so many bytes stand there.
                let part = unsafe { _mm256_loadu_si256(part.as_ptr().cast()) };
                bits_of_bytes(_mm256_cmpeq_epi8(part, id))
            })
        }
    }

    /// A bit for each of 32 values, from what a comparison of four at a time says.
    #[target_feature(enable = "avx2")]
    #[inline]
    fn bits_of_32<T>(values: &[T; 32], compared: impl Fn(&[T; 4]) -> __m256d) -> u64 {
        let (fours, _) = values.as_chunks::<4>();
        let mut of_eight = [_mm256_setzero_si256(); 4];
        for (of_eight, fours) in of_eight.iter_mut().zip(fours.as_chunks::<2>().0) {
            let [one, other] = fours;
            // Of each answer one half, four of 32 bits to each lane: a0 a1 b0 b1, a2 a3 b2 b3.
            let halves = _mm256_shuffle_ps::<0b10_00_10_00>(
                _mm256_castpd_ps(compared(one)),
                _mm256_castpd_ps(compared(other)),
            );
            *of_eight = _mm256_castps_si256(halves);
        }
        let [a, b, c, d] = of_eight;
        // Bytes: the first lane has values 0 and 1 of each four in turn, the second has 2 and 3.
        let bytes = _mm256_packs_epi16(_mm256_packs_epi32(a, b), _mm256_packs_epi32(c, d));
        // A quarter of each lane next to that of the other, then pairs in turn.
        let quarters = _mm256_permute4x64_epi64::<0b11_01_10_00>(bytes);
        let turns = _mm256_setr_epi8(
            0, 1, 8, 9, 2, 3, 10, 11, 4, 5, 12, 13, 6, 7, 14, 15, 0, 1, 8, 9, 2, 3, 10, 11, 4, 5, 12, 13, 6,
            7, 14, 15,
        );
        bits_of_bytes(_mm256_shuffle_epi8(quarters, turns))
    }

    /// The highest bit of each byte. Of the function that compilers have for it they know what it does, and take its
    /// answer apart bit by bit to put it together again, which takes ten times as long.
    #[target_feature(enable = "avx2")]
    #[inline]
    fn bits_of_bytes(bytes: __m256i) -> u64 {
        let bits: u64;
        // SAFETY: the processor has the instruction; it reads one register and writes another, all of its 64 bits.
        unsafe {
            std::arch::asm!(
                "vpmovmskb {bits:e}, {bytes}",
                bits = lateout(reg) bits,
                bytes = in(ymm_reg) bytes,
                options(pure, nomem, nostack, preserves_flags)
            );
        }
        bits
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    fn four_floats(values: &[f64; 4]) -> __m256d {
        // SAFETY: four values stand there.
        unsafe { _mm256_loadu_pd(values.as_ptr()) }
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    fn four_wholes(values: &[i64; 4]) -> __m256i {
        // SAFETY: four values stand there.
        unsafe { _mm256_loadu_si256(values.as_ptr().cast()) }
    }

    with_instructions! { Avx512, "avx512f,avx512bw",
        floats_from(values: f64, least: f64) {
            let least = _mm512_set1_pd(least);
            bits_of(values, |part: &[f64; 64]| {
                bits_of_64(part, |eight| _mm512_cmp_pd_mask::<_CMP_GE_OQ>(eight_floats(eight), least))
            })
        }
        floats_within(values: f64, least: f64, greatest: f64) {
            let (least, greatest) = (_mm512_set1_pd(least), _mm512_set1_pd(greatest));
            bits_of(values, |part: &[f64; 64]| {
                bits_of_64(part, |eight| {
                    let eight = eight_floats(eight);
                    let from = _mm512_cmp_pd_mask::<_CMP_GE_OQ>(eight, least);
                    _mm512_mask_cmp_pd_mask::<_CMP_LE_OQ>(from, eight, greatest)
                })
            })
        }
        wholes_from(values: i64, least: i64) {
            let least = _mm512_set1_epi64(least);
            bits_of(values, |part: &[i64; 64]| {
                bits_of_64(part, |eight| _mm512_cmpge_epi64_mask(eight_wholes(eight), least))
            })
        }
        wholes_within(values: i64, least: i64, greatest: i64) {
            let (least, greatest) = (_mm512_set1_epi64(least), _mm512_set1_epi64(greatest));
            bits_of(values, |part: &[i64; 64]| {
                bits_of_64(part, |eight| {
                    let eight = eight_wholes(eight);
                    let from = _mm512_cmpge_epi64_mask(eight, least);
                    _mm512_mask_cmple_epi64_mask(from, eight, greatest)
                })
            })
        }
        ids_equal(ids: u8, id: u8) {
            let id = _mm512_set1_epi8(id.cast_signed());
            bits_of(ids, |part: &[u8; 64]| {
                // SAFETY: so many bytes stand there.
                let part = unsafe { _mm512_loadu_si512(part.as_ptr().cast()) };
                _mm512_cmpeq_epi8_mask(part, id)
            })
        }
    }

    /// A bit for each of 64 values, from what a comparison of eight at a time says. Masks are joined as masks: shifted
    /// and added up as numbers, compilers join them in vectors, which takes three times as many instructions.
    #[target_feature(enable = "avx512f,avx512bw")]
    #[inline]
    fn bits_of_64<T>(values: &[T; 64], compared: impl Fn(&[T; 8]) -> __mmask8) -> u64 {
        let (eights, _) = values.as_chunks::<8>();
        let mut of_sixteen = [0; 4];
        for (of_sixteen, eights) in of_sixteen.iter_mut().zip(eights.as_chunks::<2>().0) {
            let [low, high] = eights;
            *of_sixteen = _mm512_kunpackb(compared(high).into(), compared(low).into());
        }
        let [a, b, c, d] = of_sixteen;
        _mm512_kunpackd(
            _mm512_kunpackw(d.into(), c.into()).into(),
            _mm512_kunpackw(b.into(), a.into()).into(),
        )
    }

    #[target_feature(enable = "avx512f")]
    #[inline]
    fn eight_floats(values: &[f64; 8]) -> __m512d {
        // SAFETY: eight values stand there.
        unsafe { _mm512_loadu_pd(values.as_ptr()) }
    }

    #[target_feature(enable = "avx512f")]
    #[inline]
    fn eight_wholes(values: &[i64; 8]) -> __m512i {
        // SAFETY: eight values stand there.
        unsafe { _mm512_loadu_si512(values.as_ptr().cast()) }
    }
}

#[cfg(test)]
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
        let ids: [u8; ROWS] = std::array::from_fn(|row| u8::try_from(row * 31 % 256).unwrap_or(0));
        for (least, greatest) in [
            (-20.0, 20.0),
            (0.0, 0.0),
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
        for id in [0, 1, 127, 128, 255] {
            assert_eq!(way.ids_equal(&ids, id), OneByOne.ids_equal(&ids, id));
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
