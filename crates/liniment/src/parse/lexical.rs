//! The tokens of RON, and nothing of their meaning: enough to find where things begin and end.
//!
//! It accepts a little more than RON does; RON itself is asked whether a statement is well formed.

/// What kind of token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// `(`, `[` or `{`.
    Open(u8),
    /// `)`, `]` or `}`.
    Close(u8),
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// `"…"` without a backslash.
    Text,
    /// `"…"` with a backslash.
    Escaped,
    /// `r"…"`, `r#"…"#`.
    Raw,
    /// `b"…"`, `b'x'`, `'x'`, `1..=5`: RON, but nothing that packs use.
    Foreign,
    /// A number; perhaps not a correct one.
    Number,
    /// A name, `true`, `NaN`.
    Word,
}

/// Why there is no token here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lexical {
    /// The text ends.
    End,
    /// A string begins here and never ends.
    OpenString,
    /// A character that begins nothing.
    Stray,
}

/// Skips white space and comments. The error is the place of a comment that never ends.
pub(super) fn skip_space(bytes: &[u8], mut at: usize) -> Result<usize, usize> {
    loop {
        match bytes.get(at) {
            Some(b' ' | b'\n' | b'\t' | b'\r' | 0x0b | 0x0c) => at += 1,
            Some(b'/') => match bytes.get(at + 1) {
                Some(b'/') => at = line_end(bytes, at),
                Some(b'*') => at = comment_end(bytes, at).ok_or(at)?,
                _ => return Ok(at),
            },
            Some(0xc2 | 0xe2) => match wide_space(bytes, at) {
                0 => return Ok(at),
                width => at += width,
            },
            _ => return Ok(at),
        }
    }
}

/// The width of a white space character beyond ASCII, or 0.
fn wide_space(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at..) {
        Some([0xc2, 0x85, ..]) => 2,
        Some([0xe2, 0x80, 0x8e | 0x8f | 0xa8 | 0xa9, ..]) => 3,
        _ => 0,
    }
}

/// The offset of the end of the line, or of the text.
pub(super) fn line_end(bytes: &[u8], at: usize) -> usize {
    find(bytes, at, |byte| byte == b'\n').unwrap_or(bytes.len())
}

/// The offset behind a block comment; comments nest.
fn comment_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 2;
    let mut depth = 1_usize;
    while depth > 0 {
        at = find(bytes, at, |byte| byte == b'*' || byte == b'/')?;
        match (bytes.get(at)?, bytes.get(at + 1)) {
            (b'*', Some(b'/')) => {
                depth -= 1;
                at += 2;
            }
            (b'/', Some(b'*')) => {
                depth += 1;
                at += 2;
            }
            _ => at += 1,
        }
    }
    Some(at)
}

/// The token at this offset and the offset behind it.
pub(super) fn token(bytes: &[u8], at: usize) -> Result<(Token, usize), Lexical> {
    let &first = bytes.get(at).ok_or(Lexical::End)?;
    match first {
        b'(' | b'[' | b'{' => Ok((Token::Open(first), at + 1)),
        b')' | b']' | b'}' => Ok((Token::Close(first), at + 1)),
        b',' => Ok((Token::Comma, at + 1)),
        b':' => Ok((Token::Colon, at + 1)),
        b'"' => string(bytes, at),
        b'\'' => character(bytes, at)
            .map(|end| (Token::Foreign, end))
            .ok_or(Lexical::Stray),
        b'0'..=b'9' | b'+' | b'-' | b'.' => Ok(number(bytes, at)),
        b'r' => match raw_string(bytes, at + 1) {
            RawString::No => Ok(raw_word(bytes, at)),
            RawString::Open => Err(Lexical::OpenString),
            RawString::Ends(end) => Ok((Token::Raw, end)),
        },
        b'b' => byte_literal(bytes, at),
        _ if is_word(first) => Ok(word(bytes, at)),
        _ => Err(Lexical::Stray),
    }
}

/// `r#name`, or a plain name that begins with r.
fn raw_word(bytes: &[u8], at: usize) -> (Token, usize) {
    if bytes.get(at + 1) == Some(&b'#') {
        let end = end_of(bytes, at + 2, |byte| {
            is_word(byte) || matches!(byte, b'.' | b'+' | b'-')
        });
        return (Token::Word, end);
    }
    word(bytes, at)
}

fn byte_literal(bytes: &[u8], at: usize) -> Result<(Token, usize), Lexical> {
    match bytes.get(at + 1) {
        Some(b'"') => string(bytes, at + 1).map(|(_, end)| (Token::Foreign, end)),
        Some(b'\'') => match character(bytes, at + 1) {
            Some(end) if bytes.get(end..end + 2) == Some(b"..") => {
                Ok((Token::Foreign, range_end(bytes, end)))
            }
            Some(end) => Ok((Token::Foreign, end)),
            None => Err(Lexical::Stray),
        },
        Some(b'r') => match raw_string(bytes, at + 2) {
            RawString::No => Ok(word(bytes, at)),
            RawString::Open => Err(Lexical::OpenString),
            RawString::Ends(end) => Ok((Token::Foreign, end)),
        },
        _ => Ok(word(bytes, at)),
    }
}

fn word(bytes: &[u8], at: usize) -> (Token, usize) {
    let end = end_of(bytes, at, is_word);
    // `inf..=5` is a range.
    if bytes.get(end..end + 2) == Some(b"..") {
        (Token::Foreign, range_end(bytes, end))
    } else {
        (Token::Word, end)
    }
}

fn number(bytes: &[u8], at: usize) -> (Token, usize) {
    if bytes.get(at..at + 2) == Some(b"..") {
        return (Token::Foreign, range_end(bytes, at));
    }
    let end = number_end(bytes, at);
    if bytes.get(end..end + 2) == Some(b"..") {
        (Token::Foreign, range_end(bytes, end))
    } else {
        (Token::Number, end)
    }
}

/// From the two dots of a range to its end.
fn range_end(bytes: &[u8], dots: usize) -> usize {
    let mut at = dots + 2;
    if bytes.get(at) == Some(&b'=') {
        at += 1;
    }
    // A byte may stand for a number.
    match bytes.get(at..at + 2) {
        Some(b"b'") => character(bytes, at + 1).unwrap_or(at),
        _ => number_end(bytes, at),
    }
}

fn number_end(bytes: &[u8], mut at: usize) -> usize {
    if matches!(bytes.get(at), Some(b'+' | b'-')) {
        at += 1;
    }
    let hexadecimal = matches!(bytes.get(at..at + 2), Some(b"0x"));
    while let Some(&byte) = bytes.get(at) {
        let goes_on = match byte {
            // After an exponent's `e`; where else one may stand, RON knows.
            b'+' | b'-' => !hexadecimal,
            b'.' => bytes.get(at + 1) != Some(&b'.'),
            _ => is_word(byte),
        };
        if !goes_on {
            break;
        }
        at += 1;
    }
    at
}

fn string(bytes: &[u8], start: usize) -> Result<(Token, usize), Lexical> {
    let mut at = start + 1;
    let mut token = Token::Text;
    loop {
        at = find(bytes, at, |byte| byte == b'"' || byte == b'\\').ok_or(Lexical::OpenString)?;
        if bytes.get(at) == Some(&b'"') {
            return Ok((token, at + 1));
        }
        token = Token::Escaped;
        at += 2;
    }
}

enum RawString {
    No,
    Open,
    Ends(usize),
}

/// A raw string; `at` is behind the `r`.
fn raw_string(bytes: &[u8], at: usize) -> RawString {
    let quote = end_of(bytes, at, |byte| byte == b'#');
    if bytes.get(quote) != Some(&b'"') {
        return RawString::No;
    }
    let hashes = quote - at;
    let mut from = quote + 1;
    while let Some(end) = find(bytes, from, |byte| byte == b'"') {
        from = end + 1;
        if end_of(bytes, from, |byte| byte == b'#') - from >= hashes {
            return RawString::Ends(from + hashes);
        }
    }
    RawString::Open
}

/// The offset behind `'x'`, if it is one.
fn character(bytes: &[u8], at: usize) -> Option<usize> {
    let end = if bytes.get(at + 1) == Some(&b'\\') {
        // The longest is '\u{10FFFF}'.
        let from = at + 3;
        let offset = bytes
            .get(from..)?
            .iter()
            .take(16)
            .position(|&byte| byte == b'\'')?;
        from + offset
    } else {
        let width = match bytes.get(at + 1)? {
            0..=0x7f => 1,
            0xc0..=0xdf => 2,
            0xe0..=0xef => 3,
            _ => 4,
        };
        at + 1 + width
    };
    (bytes.get(end) == Some(&b'\'')).then_some(end + 1)
}

/// Part of a name. Every character beyond ASCII counts; RON decides.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

/// The first offset from `at` on at which it does not hold.
fn end_of(bytes: &[u8], at: usize, holds: impl Fn(u8) -> bool) -> usize {
    find(bytes, at, |byte| !holds(byte)).unwrap_or(bytes.len())
}

/// The first offset from `at` on at which it holds.
fn find(bytes: &[u8], at: usize, holds: impl Fn(u8) -> bool) -> Option<usize> {
    bytes
        .get(at..)?
        .iter()
        .position(|&byte| holds(byte))
        .map(|offset| at + offset)
}

#[cfg(test)]
mod tests {
    use super::{Lexical, Token, skip_space, token};

    fn tokens(text: &str) -> Result<Vec<(Token, &str)>, Lexical> {
        let bytes = text.as_bytes();
        let mut at = 0;
        let mut list = Vec::new();
        loop {
            at = skip_space(bytes, at).map_err(|_| Lexical::OpenString)?;
            match token(bytes, at) {
                Ok((kind, end)) => {
                    list.push((kind, text.get(at..end).unwrap_or("?")));
                    at = end;
                }
                Err(Lexical::End) => return Ok(list),
                Err(problem) => return Err(problem),
            }
        }
    }

    fn one(text: &str) -> Result<Token, Lexical> {
        let list = tokens(text)?;
        match list.as_slice() {
            [(kind, whole)] if *whole == text => Ok(*kind),
            _ => Err(Lexical::Stray),
        }
    }

    #[test]
    fn tokens_are_found() {
        for text in [r#""a, ]""#, r#""""#] {
            assert_eq!(one(text), Ok(Token::Text), "{text}");
        }
        assert_eq!(one(r#""a \" b""#), Ok(Token::Escaped));
        assert_eq!(one(r#""\\""#), Ok(Token::Escaped));
        for text in [r##"r"a\""##, r###"r#"a " b"#"###, r####"r##"a "# b"##"####] {
            assert_eq!(one(text), Ok(Token::Raw), "{text}");
        }
        for text in [
            "1", "-1.5", "+.5", "1e-5", "0xff", "1_000", "5u8", "-inf", "1e400",
        ] {
            assert_eq!(one(text), Ok(Token::Number), "{text}");
        }
        for text in [
            "'x'",
            "'''",
            r"'\''",
            r"'\u{1F600}'",
            "'é'",
            "b'x'",
            "b\"x\"",
            "br#\"x\"#",
            "1..=5",
            "1..",
            "..",
            "..5",
            "inf..=2",
        ] {
            assert_eq!(one(text), Ok(Token::Foreign), "{text}");
        }
        for text in [
            "a", "Fix", "r", "b", "row", "bar", "r#type", "_x1", "größe", "NaN",
        ] {
            assert_eq!(one(text), Ok(Token::Word), "{text}");
        }
    }

    #[test]
    fn comments_are_space() {
        assert_eq!(
            tokens("/* a /* b */ \" */ x // \"\n y").map(|list| list.len()),
            Ok(2)
        );
        assert_eq!(tokens("x /* a /* b */"), Err(Lexical::OpenString));
        assert_eq!(tokens("x // a").map(|list| list.len()), Ok(1));
    }

    #[test]
    fn what_never_ends_is_said() {
        assert_eq!(tokens("\"a"), Err(Lexical::OpenString));
        assert_eq!(tokens("\"a\\"), Err(Lexical::OpenString));
        assert_eq!(tokens("r#\"a\""), Err(Lexical::OpenString));
        assert_eq!(tokens("don't"), Err(Lexical::Stray));
    }
}
