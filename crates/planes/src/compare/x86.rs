//! Comparing with the instructions of x86-64 processors.

use std::arch::x86_64::*;

use super::{Block, Compare, ROWS, Shorts, WORDS, bits_of};
use crate::plan::{BITS, Ladder};

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
    ($way:ident, $features:literal, $shorts_of:ident, { $($more:tt)* } $($name:ident($values:ident: $type:ty $(, $limit:ident: $of:ty)+) $body:block)+) => {
        impl Compare for $way {
            #[inline(always)]
            fn fetch<T>(self, soon: &T) {
                // SAFETY: it reads nothing, and every processor with these instructions has this one.
                unsafe { _mm_prefetch::<_MM_HINT_T0>(std::ptr::from_ref(soon).cast()) };
            }
            #[inline(always)]
            fn shorts_of(self, values: &[i64; ROWS], shorts: &mut Shorts) {
                // SAFETY: whoever made `self` has promised that the processor has these instructions.
                unsafe { $shorts_of(values, shorts) }
            }
            $($more)*
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

with_instructions! { Avx2, "avx2", shorts_avx2, {}
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
    shorts_from(values: i16, least: i16) {
        let least = _mm256_set1_epi16(least);
        bits_of(values, |part: &[i16; 32]| {
            let below = bits_of_shorts(part, |sixteen| _mm256_cmpgt_epi16(least, sixteen));
            below ^ u64::from(u32::MAX)
        })
    }
    shorts_within(values: i16, least: i16, greatest: i16) {
        let (least, greatest) = (_mm256_set1_epi16(least), _mm256_set1_epi16(greatest));
        bits_of(values, |part: &[i16; 32]| {
            let outside = bits_of_shorts(part, |sixteen| {
                _mm256_or_si256(
                    _mm256_cmpgt_epi16(least, sixteen),
                    _mm256_cmpgt_epi16(sixteen, greatest),
                )
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

/// Four times four whole numbers become sixteen short ones.
#[target_feature(enable = "avx2")]
#[inline]
fn shorts_avx2(values: &[i64; ROWS], shorts: &mut Shorts) {
    let least = _mm256_set1_epi64x(i16::MIN.into());
    let greatest = _mm256_set1_epi64x(i16::MAX.into());
    let inside = |four: &[i64; 4]| {
        let four = four_wholes(four);
        let four = _mm256_blendv_epi8(four, least, _mm256_cmpgt_epi64(least, four));
        let four = _mm256_blendv_epi8(four, greatest, _mm256_cmpgt_epi64(four, greatest));
        _mm256_castsi256_ps(four)
    };
    let sixteens = values.as_chunks::<4>().0.as_chunks::<4>().0;
    for (shorts, [a, b, c, d]) in shorts.as_chunks_mut::<16>().0.iter_mut().zip(sixteens) {
        // Of each the lower half: a0 a1 b0 b1, a2 a3 b2 b3.
        let one = _mm256_shuffle_ps::<0b10_00_10_00>(inside(a), inside(b));
        let other = _mm256_shuffle_ps::<0b10_00_10_00>(inside(c), inside(d));
        // Pairs of the first lane and of the second in turn.
        let pairs = _mm256_packs_epi32(_mm256_castps_si256(one), _mm256_castps_si256(other));
        let turns = _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7);
        let sixteen = _mm256_permutevar8x32_epi32(pairs, turns);
        // SAFETY: there is room for sixteen.
        unsafe { _mm256_storeu_si256(shorts.as_mut_ptr().cast(), sixteen) };
    }
}

/// A bit for each of 32 short values, from what a comparison of sixteen at a time says.
#[target_feature(enable = "avx2")]
#[inline]
fn bits_of_shorts(values: &[i16; 32], compared: impl Fn(__m256i) -> __m256i) -> u64 {
    let (low, high) = values.split_at(16);
    // SAFETY: sixteen values stand in each half.
    let [low, high] = unsafe { [low, high].map(|half| _mm256_loadu_si256(half.as_ptr().cast())) };
    let bytes = _mm256_packs_epi16(compared(low), compared(high));
    // A quarter of each lane next to that of the other.
    bits_of_bytes(_mm256_permute4x64_epi64::<0b11_01_10_00>(bytes))
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
        0, 1, 8, 9, 2, 3, 10, 11, 4, 5, 12, 13, 6, 7, 14, 15, 0, 1, 8, 9, 2, 3, 10, 11, 4, 5, 12, 13, 6, 7,
        14, 15,
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

with_instructions! { Avx512, "avx512f,avx512bw", shorts_avx512, {
        #[inline(always)]
        fn is_quick_with_ranks(self) -> bool {
            true
        }
        #[inline(always)]
        fn ranks_of_floats(self, values: &[f64; ROWS], limits: &Ladder<f64>, ranks: &mut [Block; BITS], between: impl FnMut()) {
            // SAFETY: whoever made `self` has promised that the processor has these instructions.
            unsafe { ranks_of_floats_avx512(values, limits, ranks, between) }
        }
        #[inline(always)]
        fn ranks_of_wholes(self, values: &[i64; ROWS], limits: &Ladder<i64>, ranks: &mut [Block; BITS], between: impl FnMut()) {
            // SAFETY: as above.
            unsafe { ranks_of_wholes_avx512(values, limits, ranks, between) }
        }
    }
    floats_from(values: f64, least: f64) {
        let least = _mm512_set1_pd(least);
        bits_of(values, |part: &[f64; 64]| {
            bits_of_64(part, |eight| _mm512_cmp_pd_mask::<_CMP_GE_OQ>(eight_floats(eight), least))
        })
    }
    floats_within(values: f64, least: f64, greatest: f64) {
        // Numbers from 0 on are in the order of their bits, and below all others, and below what is no number:
        // where the highest is inside, all are, as they mostly are.
        if least.to_bits() == 0 && greatest >= least && highest_bits(values) <= greatest.to_bits() {
            return [u64::MAX; WORDS];
        }
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
    shorts_from(values: i16, least: i16) {
        let least = _mm512_set1_epi16(least);
        bits_of(values, |part: &[i16; 64]| {
            bits_of_shorts_64(part, |half| _mm512_cmpge_epi16_mask(half, least))
        })
    }
    shorts_within(values: i16, least: i16, greatest: i16) {
        let (least, greatest) = (_mm512_set1_epi16(least), _mm512_set1_epi16(greatest));
        bits_of(values, |part: &[i16; 64]| {
            bits_of_shorts_64(part, |half| {
                let from = _mm512_cmpge_epi16_mask(half, least);
                _mm512_mask_cmple_epi16_mask(from, half, greatest)
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

/// A bit for each of 64 values, from what a comparison of eight at a time says.
#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
fn bits_of_64<T>(values: &[T; 64], compared: impl Fn(&[T; 8]) -> __mmask8) -> u64 {
    let mut masks = [0; 8];
    for (mask, eight) in masks.iter_mut().zip(values.as_chunks::<8>().0) {
        *mask = compared(eight);
    }
    joined(&masks)
}

#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
fn shorts_avx512(values: &[i64; ROWS], shorts: &mut Shorts) {
    let eights = values.as_chunks::<8>().0;
    for (shorts, eight) in shorts.as_chunks_mut::<8>().0.iter_mut().zip(eights) {
        let eight = _mm512_cvtsepi64_epi16(eight_wholes(eight));
        // SAFETY: there is room for eight.
        unsafe { _mm_storeu_si128(shorts.as_mut_ptr().cast(), eight) };
    }
}

#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
fn ranks_of_floats_avx512(
    values: &[f64; ROWS],
    limits: &Ladder<f64>,
    ranks: &mut [Block; BITS],
    between: impl FnMut(),
) {
    let of = |limit: f64| _mm512_castpd_si512(_mm512_set1_pd(limit));
    let load = |eight: &[f64; 8]| _mm512_castpd_si512(eight_floats(eight));
    let at_least = |eight: __m512i, limits: __m512i| {
        _mm512_cmp_pd_mask::<_CMP_GE_OQ>(_mm512_castsi512_pd(eight), _mm512_castsi512_pd(limits))
    };
    ranks_avx512(values, limits, of, load, at_least, ranks, between);
}

#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
fn ranks_of_wholes_avx512(
    values: &[i64; ROWS],
    limits: &Ladder<i64>,
    ranks: &mut [Block; BITS],
    between: impl FnMut(),
) {
    let of = |limit: i64| _mm512_set1_epi64(limit);
    let load = |eight: &[i64; 8]| eight_wholes(eight);
    let at_least = |eight: __m512i, limits: __m512i| _mm512_cmpge_epi64_mask(eight, limits);
    ranks_avx512(values, limits, of, load, at_least, ranks, between);
}

/// Ranks of eight values at a time: what each has answered so far is where its next limit stands. Without a first
/// comparison its answer is always no.
#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
fn ranks_avx512<T: Copy>(
    values: &[T; ROWS],
    limits: &Ladder<T>,
    of: impl Fn(T) -> __m512i,
    load: impl Fn(&[T; 8]) -> __m512i,
    at_least: impl Fn(__m512i, __m512i) -> __mmask8,
    ranks: &mut [Block; BITS],
    mut between: impl FnMut(),
) {
    let [no, yes] = limits.second.map(&of);
    let (first, third, fourth) = (of(limits.first), load(&limits.third), load(&limits.fourth));
    let [one, two, four] = [1, 2, 4].map(|bit| _mm512_set1_epi64(bit));
    let [lowest, low, high, highest] = ranks;
    let words = lowest.iter_mut().zip(low).zip(high.iter_mut().zip(highest));
    for (values, ((lowest, low), (high, highest))) in values.as_chunks::<64>().0.iter().zip(words) {
        between();
        let [mut a, mut b, mut c, mut d] = [[0; 8]; BITS];
        let met = a.iter_mut().zip(&mut b).zip(c.iter_mut().zip(&mut d));
        for (eight, ((a, b), (c, d))) in values.as_chunks::<8>().0.iter().zip(met) {
            let eight = load(eight);
            let mut answers = _mm512_setzero_si512();
            let mut second = no;
            if limits.with_first {
                *a = at_least(eight, first);
                answers = _mm512_maskz_mov_epi64(*a, one);
                second = _mm512_mask_blend_epi64(*a, no, yes);
            }
            *b = at_least(eight, second);
            answers = _mm512_mask_or_epi64(answers, *b, answers, two);
            *c = at_least(eight, _mm512_permutexvar_epi64(answers, third));
            answers = _mm512_mask_or_epi64(answers, *c, answers, four);
            *d = at_least(eight, _mm512_permutexvar_epi64(answers, fourth));
        }
        (*highest, *high, *low, *lowest) = (joined(&a), joined(&b), joined(&c), joined(&d));
    }
}

/// Eight masks one after the other. They are joined as masks: shifted and added up as numbers, compilers join them in
/// vectors, which takes three times as many instructions.
#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
fn joined(masks: &[__mmask8; 8]) -> u64 {
    let mut of_sixteen = [0; 4];
    for (of_sixteen, [low, high]) in of_sixteen.iter_mut().zip(masks.as_chunks::<2>().0) {
        *of_sixteen = _mm512_kunpackb((*high).into(), (*low).into());
    }
    let [a, b, c, d] = of_sixteen;
    _mm512_kunpackd(
        _mm512_kunpackw(d.into(), c.into()).into(),
        _mm512_kunpackw(b.into(), a.into()).into(),
    )
}

/// The greatest of the values as numbers of 64 bits without a sign.
#[target_feature(enable = "avx512f")]
#[inline]
fn highest_bits(values: &[f64; ROWS]) -> u64 {
    let mut highest = [_mm512_setzero_si512(); 4];
    for eights in values.as_chunks::<8>().0.as_chunks::<4>().0 {
        for (highest, eight) in highest.iter_mut().zip(eights) {
            *highest = _mm512_max_epu64(*highest, _mm512_castpd_si512(eight_floats(eight)));
        }
    }
    let [a, b, c, d] = highest;
    _mm512_reduce_max_epu64(_mm512_max_epu64(_mm512_max_epu64(a, b), _mm512_max_epu64(c, d)))
}

/// A bit for each of 64 short values, from what a comparison of 32 at a time says.
#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
fn bits_of_shorts_64(values: &[i16; 64], compared: impl Fn(__m512i) -> __mmask32) -> u64 {
    let (low, high) = values.split_at(32);
    // SAFETY: 32 values stand in each half.
    let [low, high] = unsafe { [low, high].map(|half| _mm512_loadu_si512(half.as_ptr().cast())) };
    _mm512_kunpackd(compared(high).into(), compared(low).into())
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
