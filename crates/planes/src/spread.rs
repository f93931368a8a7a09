//! Planes become bytes, and are counted.

/// Eight bits as the lowest bits of eight bytes.
const SPREAD: [u64; 256] = {
    let mut table = [0u64; 256];
    let mut byte = 0usize;
    while byte < 256 {
        let mut bit = 0;
        while bit < 8 {
            if byte >> bit & 1 == 1 {
                #[expect(
                    clippy::indexing_slicing,
                    reason = "within the table, and worked out by the compiler"
                )]
                {
                    table[byte] |= 1 << (8 * bit);
                }
            }
            bit += 1;
        }
        byte += 1;
    }
    table
};

/// Where the plane has a bit, `key` is put into the bytes of `keys`, eight to a word, and the bit into `given`.
pub fn spread(plane: &[u64], key: u64, keys: &mut [u64], given: &mut [u64]) {
    for ((keys, given), word) in keys.chunks_exact_mut(8).zip(given).zip(plane) {
        *given |= word;
        for (keys, byte) in keys.iter_mut().zip(word.to_le_bytes()) {
            *keys |= SPREAD.get(usize::from(byte)).copied().unwrap_or(0) * key;
        }
    }
}

/// How many of the first `rows` bits are set.
pub fn count(plane: &[u64], rows: usize) -> u64 {
    let mut times = 0;
    for (first, word) in (0usize..).step_by(64).zip(plane) {
        let there = rows.saturating_sub(first);
        let word = if there >= 64 {
            *word
        } else {
            word & ((1 << there) - 1)
        };
        times += u64::from(word.count_ones());
    }
    times
}
