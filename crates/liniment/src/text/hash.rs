//! A hash that is the same on every machine and in every version: 64-bit FNV-1a.

/// The hash of nothing.
pub(crate) const START: u64 = 0xcbf2_9ce4_8422_2325;

/// The hash of what came before and these bytes. Their number counts too, so that two texts are not taken
/// for one.
pub(crate) fn add(hash: u64, bytes: &[u8]) -> u64 {
    let length = (bytes.len() as u64).to_le_bytes();
    bytes
        .iter()
        .chain(&length)
        .fold(hash, |hash, byte| step(hash, *byte))
}

/// The hash of what came before and one byte.
pub(crate) const fn step(hash: u64, byte: u8) -> u64 {
    (hash ^ byte as u64).wrapping_mul(0x0000_0100_0000_01b3)
}

#[cfg(test)]
mod tests {
    use super::{START, add};

    #[test]
    fn the_parts_and_their_borders_count() {
        let hash = |texts: &[&str]| texts.iter().fold(START, |hash, text| add(hash, text.as_bytes()));
        assert_ne!(hash(&["ab", "c"]), hash(&["a", "bc"]));
        assert_ne!(hash(&[""]), START);
        // Written into generated headers: it must not change.
        assert_eq!(hash(&["pack"]), 0x412d_1b44_01d6_ec44);
    }
}
