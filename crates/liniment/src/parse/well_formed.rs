//! Whether a statement is well formed: RON itself decides, and its verdict is put into plain words.

use ron::error::{Error, Position, SpannedError};
use serde::de::IgnoredAny;

use super::context::lowercase;
use super::lexical::{Token, skip_space, token};
use super::malformed::Malformed;

/// Depth is limited before RON sees a text: to twice as many brackets as any text has.
const RECURSION: usize = 300;

/// What RON says against a piece of a text.
pub(super) fn check(text: &str, start: usize, end: usize) -> Option<Malformed> {
    let piece = text.get(start..end)?;
    let options = ron::Options::default().with_recursion_limit(RECURSION);
    let error = options.from_str::<IgnoredAny>(piece).err()?;
    Some(explain(text, start, piece, &error))
}

/// A string with escapes, as RON reads it, or what RON says against it.
pub(super) fn unescaped(source: &str) -> Result<String, String> {
    ron::from_str(source).map_err(|error| lowercase(&error.code.to_string()))
}

fn explain(text: &str, start: usize, piece: &str, error: &SpannedError) -> Malformed {
    let at = start + offset(piece, error.span.end).min(piece.len());
    let (message, label) = words(&error.code);
    let width = text
        .get(at..)
        .and_then(|rest| rest.chars().next())
        .filter(|letter| *letter != '\n')
        .map_or(0, char::len_utf8);
    // At the very end of a piece there is nothing to point at but its last letter.
    let (from, to) = if width == 0 || at >= start + piece.len() {
        (before(text, start, at), at)
    } else {
        (at, at + width)
    };
    let mut problem = Malformed::at(message, from, to, label);
    if let Some((string, string_end)) = string_before(text, start, at) {
        let over_lines = text
            .get(string..string_end)
            .is_some_and(|string| string.contains('\n'));
        if over_lines {
            problem = problem.and(string, string + 1, "this string goes on over several lines");
            problem.help = Some("does that string lack its closing quote?".to_owned());
        } else if string_end == at {
            problem = problem.and(string, string_end, "a string");
            problem.help = Some("is a quote missing? inside a string, a quote is written `\\\"`".to_owned());
        }
    }
    problem
}

/// The offset of a position.
fn offset(piece: &str, position: Position) -> usize {
    let mut lines = piece.split_inclusive('\n');
    let before: usize = lines
        .by_ref()
        .take(position.line.saturating_sub(1))
        .map(str::len)
        .sum();
    let line = lines.next().unwrap_or("");
    before
        + line
            .char_indices()
            .nth(position.col.saturating_sub(1))
            .map_or(line.len(), |(offset, _)| offset)
}

/// The start of the last character before a place.
fn before(text: &str, start: usize, at: usize) -> usize {
    text.get(start..at)
        .and_then(|piece| piece.char_indices().next_back())
        .map_or(at, |(offset, _)| start + offset)
}

/// The last string before a place: often one whose closing quote was forgotten.
fn string_before(text: &str, start: usize, at: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut place = start;
    let mut last = None;
    loop {
        place = skip_space(bytes, place).ok()?;
        if place >= at {
            break;
        }
        match token(bytes, place) {
            Ok((kind, end)) => {
                if matches!(kind, Token::Text | Token::Escaped) {
                    last = Some((place, end));
                }
                place = end;
            }
            Err(_) => place += text.get(place..)?.chars().next()?.len_utf8(),
        }
    }
    last
}

/// RON's words in ours: a message and a label.
fn words(error: &Error) -> (String, &'static str) {
    let (message, label) = match error {
        Error::Eof => ("the statement ends too early", "something is missing after this"),
        Error::ExpectedComma => (
            "a comma is missing, or something is written that does not belong here",
            "expected `,` or a closing bracket",
        ),
        Error::ExpectedMapColon => ("a colon is missing", "expected `:`"),
        Error::ExpectedArrayEnd => ("a list is not closed", "expected `]`"),
        Error::ExpectedMapEnd => ("a map is not closed", "expected `}`"),
        Error::ExpectedStructLikeEnd | Error::ExpectedOptionEnd => {
            ("brackets are not closed", "expected `)`")
        }
        Error::ExpectedStringEnd => ("a string never ends", "expected `\"`"),
        Error::ExpectedIdentifier => ("a name is missing", "expected a name"),
        Error::UnclosedBlockComment => ("a comment never ends", "expected `*/`"),
        Error::TrailingCharacters => ("something stands behind the end of the statement", "expected `,`"),
        Error::ExpectedFloat
        | Error::ExpectedInteger
        | Error::FloatUnderscore
        | Error::UnderscoreAtBeginning => (
            "a number is written in a way that cannot be read",
            "expected a number such as `40` or `37.5`",
        ),
        Error::ExceededRecursionLimit => ("brackets stand too deep within brackets", "too deep"),
        Error::UnexpectedChar(letter) => {
            return (
                format!("`{}` does not belong here", letter.escape_debug()),
                "expected a value",
            );
        }
        Error::InvalidEscape(_) => (
            "a backslash stands before a letter that has no such meaning",
            "write `\\\\` for a backslash",
        ),
        other => return (lowercase(&other.to_string()), "here"),
    };
    (message.to_owned(), label)
}
