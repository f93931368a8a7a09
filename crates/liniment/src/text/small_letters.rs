//! Small letters for what people type: of the scripts that have them and that packs are likely to be in.
//!
//! Rust's own table knows those of every script that was ever written; it takes 12 kilobytes of a library for devices.

/// A text in small letters, the two small sigmas as one.
pub(crate) fn small_letters(text: &str) -> String {
    text.chars().map(small).collect()
}

/// The small letter of a capital one in Latin, Greek and Cyrillic; others as they are.
fn small(letter: char) -> char {
    let code = u32::from(letter);
    let far = match code {
        0x41..=0x5A | 0xC0..=0xD6 | 0xD8..=0xDE => 32,
        // Capital and small letters by turns, capital ones first. The dotted capital I has no single small letter.
        0x100..=0x12F
        | 0x132..=0x137
        | 0x14A..=0x177
        | 0x460..=0x481
        | 0x48A..=0x4BF
        | 0x4D0..=0x52F
        | 0x1E00..=0x1E95
        | 0x1EA0..=0x1EFF => u32::from(code % 2 == 0),
        0x139..=0x148 | 0x179..=0x17E | 0x4C1..=0x4CE => u32::from(code % 2 == 1),
        0x386 => 38,
        0x388..=0x38A => 37,
        0x38C => 64,
        0x38E | 0x38F => 63,
        0x391..=0x3A1 | 0x3A3..=0x3AB | 0x410..=0x42F => 32,
        0x3C2 => 1,
        0x400..=0x40F => 80,
        0x4C0 => 15,
        0x178 => return 'ÿ',
        0x1E9E => return 'ß',
        _ => 0,
    };
    char::from_u32(code + far).unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::small_letters;

    #[test]
    fn small_letters_are_those_of_unicode() {
        let archaic = |code: u32| matches!(code, 0x370..=0x37F | 0x3CF..=0x3FF);
        let here = (0..0x180).chain(0x370..0x530).chain(0x1E00..0x1F00);
        let here = here.filter(|code| !archaic(*code) && *code != 0x130);
        for letter in here.filter_map(char::from_u32) {
            let expected = letter.to_lowercase().to_string().replace('ς', "σ");
            assert_eq!(small_letters(&letter.to_string()), expected, "{letter:?}");
        }
        assert_eq!(small_letters("ÜBER İ ΟΔΟΣ, ЩЕ Ґ 走"), "über İ οδοσ, ще ґ 走");
    }
}
