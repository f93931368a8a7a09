//! Numbers, named values and brackets in the text of a case, with their places.
//!
//! Only what the formats' readers do not tell is looked for: how a number was written, the name before
//! a bracket, and whether every bracket is closed.

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Token<'t> {
    /// A number as it was written.
    Number(&'t str),
    /// A name directly before a bracket, or before the quote of a byte: `Name(`, `b'`.
    Named(&'t str),
    /// An opening bracket.
    Open,
    /// A closing bracket.
    Close,
}

/// The tokens of JSON, RON or TOML text.
pub(crate) struct Tokens<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Tokens<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Moves on past `length` bytes and gives them.
    fn take(&mut self, length: usize) -> &'t str {
        let taken = self.rest().get(..length).unwrap_or_default();
        // Never stand still, whatever the text.
        self.at += length.max(1);
        taken
    }

    /// Moves past the next `end`, or to the end of the text.
    fn skip_past(&mut self, end: &str) {
        self.at = self
            .rest()
            .find(end)
            .map_or(self.text.len(), |offset| self.at + offset + end.len());
    }

    fn skip_string(&mut self) {
        self.at += 1;
        let mut escaped = false;
        for (offset, character) in self.rest().char_indices() {
            match character {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => {
                    self.at += offset + 1;
                    return;
                }
                _ => {}
            }
        }
        self.at = self.text.len();
    }

    fn skip_block_comment(&mut self) {
        let mut depth = 0usize;
        while self.at < self.text.len() {
            let rest = self.rest();
            if rest.starts_with("/*") {
                depth += 1;
                self.at += 2;
            } else if rest.starts_with("*/") {
                depth = depth.saturating_sub(1);
                self.at += 2;
                if depth == 0 {
                    return;
                }
            } else {
                self.at += rest.chars().next().map_or(1, char::len_utf8);
            }
        }
    }

    /// Space and comments.
    fn skip_space(&mut self) {
        loop {
            let rest = self.rest();
            if rest.starts_with("//") {
                self.skip_past("\n");
            } else if rest.starts_with("/*") {
                self.skip_block_comment();
            } else {
                let space = rest.len() - rest.trim_start().len();
                if space == 0 {
                    return;
                }
                self.at += space;
            }
        }
    }

    /// A raw string's opening quote and hashes, `r##"`: its length and closing.
    fn raw_string(&self) -> Option<(usize, String)> {
        let rest = self.rest().strip_prefix('r')?;
        let hashes = rest.len() - rest.trim_start_matches('#').len();
        rest.get(hashes..)?
            .starts_with('"')
            .then(|| (hashes + 2, format!("\"{}", "#".repeat(hashes))))
    }
}

impl<'t> Iterator for Tokens<'t> {
    type Item = (usize, Token<'t>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            self.skip_space();
            let rest = self.rest();
            let first = rest.chars().next()?;
            if let Some((opening, closing)) = self.raw_string() {
                self.at += opening;
                self.skip_past(&closing);
            } else if rest.starts_with("#!") {
                self.skip_past("]");
            } else if first == '"' {
                self.skip_string();
            } else if first == '\'' {
                // One character, perhaps escaped, then the closing quote.
                let skipped = rest
                    .chars()
                    .skip(1)
                    .take(if rest.starts_with("'\\") { 2 } else { 1 })
                    .map(char::len_utf8)
                    .sum::<usize>();
                self.at += 1 + skipped;
                self.skip_past("'");
            } else if first.is_ascii_digit() || matches!(first, '+' | '-' | '.') {
                let start = self.at;
                let length = rest
                    .char_indices()
                    .find(|(offset, character)| *offset > 0 && !is_number_part(rest, *offset, *character))
                    .map_or(rest.len(), |(offset, _)| offset);
                return Some((start, Token::Number(self.take(length))));
            } else if first.is_alphabetic() || first == '_' {
                let start = self.at;
                let length = rest
                    .find(|character: char| !character.is_alphanumeric() && character != '_')
                    .unwrap_or(rest.len());
                let name = self.take(length);
                let quote = self.rest().starts_with('\'');
                self.skip_space();
                if quote || self.rest().starts_with('(') {
                    return Some((start, Token::Named(name)));
                }
            } else {
                let start = self.at;
                self.at += first.len_utf8();
                match first {
                    '(' | '[' | '{' => return Some((start, Token::Open)),
                    ')' | ']' | '}' => return Some((start, Token::Close)),
                    _ => {}
                }
            }
        }
    }
}

/// Digits, letters, dots, and the sign of an exponent.
fn is_number_part(number: &str, offset: usize, character: char) -> bool {
    character.is_alphanumeric()
        || matches!(character, '.' | '_')
        || (matches!(character, '+' | '-')
            && number
                .get(..offset)
                .is_some_and(|before| before.ends_with(['e', 'E'])))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<Token<'_>> {
        Tokens::new(text)
            .map(|(_, token)| token)
            .filter(|token| !matches!(token, Token::Open | Token::Close))
            .collect()
    }

    #[test]
    fn numbers_and_names_are_found_outside_strings_and_comments() {
        assert_eq!(
            tokens(
                r##"{"a (9": 1, b: [-2.5e+3, 1_000], /* 7 /* n( */ */ "\"8": r#"6" x("#, c: '5', d: '\'', e: 0x1F} // 4"##
            ),
            [
                Token::Number("1"),
                Token::Number("-2.5e+3"),
                Token::Number("1_000"),
                Token::Number("0x1F")
            ]
        );
        assert_eq!(
            tokens("#![enable(x)] (a: Only (\"b\"), c: b'x', d: true)"),
            [Token::Named("Only"), Token::Named("b")]
        );
    }

    #[test]
    fn any_text_ends() {
        for text in [
            "\"", "'", "'\\", "r#\"", "/*", "//", "#!", "-", "é(", "\"\\", "r#", "'é",
        ] {
            let _ = tokens(text);
        }
    }
}
