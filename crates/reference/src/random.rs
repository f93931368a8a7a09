//! Numbers from a seed, the same on every machine.

/// A small generator of numbers (xorshift).
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// Near seeds do not give near numbers.
    pub fn new(seed: u64) -> Random {
        let mut mixed = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        Random((mixed ^ (mixed >> 31)) | 1)
    }

    pub fn next_number(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next_number() % u64::try_from(end.max(1)).unwrap_or(1)).unwrap_or(0)
    }

    /// So many numbers, as the generators of packs and cases take them.
    pub fn numbers(&mut self, count: usize) -> Vec<u16> {
        (0..count)
            .map(|_| u16::try_from((self.next_number() >> 24) & 0xFFFF).unwrap_or(0))
            .collect()
    }
}
