//! Texts of packs and cases before a terminal.

/// Nothing in a message commands the terminal or breaks its line.
pub(super) fn shown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        if commands(letter) || letter == '\n' {
            shown.extend(letter.escape_unicode());
        } else {
            shown.push(letter);
        }
    }
    shown
}

pub(super) fn shown_lines(text: &str) -> String {
    text.split('\n').map(shown).collect::<Vec<_>>().join("\n")
}

/// Controls other than line breaks and tabs, and marks that turn the direction of writing round.
pub(super) fn commands(letter: char) -> bool {
    match letter {
        '\n' | '\r' | '\t' => false,
        '\u{61c}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{feff}' => true,
        _ => letter.is_control(),
    }
}
