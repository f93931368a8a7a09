//! Numbers that look random and are the same everywhere, for ever.
//!
//! A generator of our own (SplitMix64), because a library may change its sequence with a new version, and a
//! workload must not.

/// A sequence of numbers that its seed alone decides.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// The sequence of a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ (bits >> 31)
    }

    /// A whole number from 0 up to, and without, `end`; 0 when `end` is 0.
    pub fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.bits()) * end as u128) >> 64) as usize
    }

    /// True with this probability.
    pub fn chance(&mut self, probability: f64) -> bool {
        // 53 bits fill a double's fraction.
        ((self.bits() >> 11) as f64) < probability * (1u64 << 53) as f64
    }

    /// So many different whole numbers below `end`, in the order drawn; all of them when there are fewer.
    pub fn distinct(&mut self, count: usize, end: usize) -> Vec<usize> {
        let mut drawn = Vec::with_capacity(count);
        while drawn.len() < count.min(end) {
            let next = self.below(end);
            if !drawn.contains(&next) {
                drawn.push(next);
            }
        }
        drawn
    }
}
