//! A case from JSON, RON or TOML text.
//!
//! Each format's own reader settles what is valid; [`super::read`] settles what a case may hold.

use serde::de::DeserializeSeed;

use super::read::{CaseInput, CaseValue, DEPTH, Notes, ValueSeed, into_case};
use super::tokens::{Token, Tokens};
use crate::error::{Error, Kind, quoted};

/// How many bytes the text of a case may have.
pub(crate) const BYTES: usize = 16 * 1024 * 1024;

const EMPTY: &str = "a case is an object of facts, `{}` when nothing is known";
#[cfg(feature = "tools")]
const EMPTY_TOML: &str = "a case is a table of facts, a comment alone when nothing is known";

/// A case from a JSON object.
pub(crate) fn from_json(text: &str) -> Result<CaseInput, Error> {
    admit(text, EMPTY)?;
    let notes = Notes::default();
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = ValueSeed::new(&notes)
        .deserialize(&mut reader)
        .and_then(|value| reader.end().map(|()| value));
    let value = value.map_err(|error| json_error(text, &notes, &error))?;
    refuse_large(text, &notes)?;
    root(text, value)
}

/// A case from the bytes of a JSON object.
pub(crate) fn from_json_bytes(bytes: &[u8]) -> Result<CaseInput, Error> {
    from_json(text_of(bytes)?)
}

/// A case from a RON map (`{"fact": value}`) or struct (`(fact: value)`).
#[cfg(feature = "tools")]
pub(crate) fn from_ron(text: &str) -> Result<CaseInput, Error> {
    admit(text, EMPTY)?;
    let notes = Notes::refusing_unit();
    // ron counts some levels more than once; our own limit comes first.
    let options = ron::Options::default().with_recursion_limit(4 * DEPTH);
    let value = options
        .from_str_seed(text, ValueSeed::new(&notes))
        .map_err(|error| {
            let place = place_of(text, error.span.start.line, error.span.start.col);
            if let Some(problem) = problem_at(&notes, place) {
                return problem;
            }
            let end = place_of(text, error.span.end.line, error.span.end.col);
            match error.code {
                ron::Error::ExceededRecursionLimit => {
                    Error::new(Kind::TooDeep(DEPTH)).at_line(place.line, place.column)
                }
                ron::Error::Eof | ron::Error::ExpectedStringEnd => ends_early(text),
                _ if end.offset >= text.trim_end().len() && is_open(text) => ends_early(text),
                code => syntax(place, in_style(&code.to_string())),
            }
        })?;
    // ron reads `Name(…)` as if the name were not there, and `b'x'` as a number.
    for (offset, token) in Tokens::new(text) {
        if let Token::Named(name) = token {
            let place = place_at(text, offset);
            let kind = Kind::NoValue {
                what: format!("a named value such as {}", quoted(&format!("{name}(…)"))),
                instead: "write the value alone",
            };
            return Err(Error::new(kind)
                .at_line(place.line, place.column)
                .found_text(name));
        }
    }
    refuse_large(text, &notes)?;
    root(text, value)
}

/// A case from a TOML document.
#[cfg(feature = "tools")]
pub(crate) fn from_toml(text: &str) -> Result<CaseInput, Error> {
    admit(text, EMPTY_TOML)?;
    let notes = Notes::default();
    let value = toml::Deserializer::parse(text).and_then(|reader| ValueSeed::new(&notes).deserialize(reader));
    let value = value.map_err(|error| {
        let span = error.span().unwrap_or(0..0);
        let place = place_at(text, span.start);
        if let Some(problem) = problem_at(&notes, place) {
            return problem;
        }
        match error.message() {
            "duplicate key" => {
                let name = text.get(span).unwrap_or_default();
                Error::new(Kind::Twice(quoted(name)))
                    .at_line(place.line, place.column)
                    .found_text(name)
            }
            words if words.contains("recurs") => {
                Error::new(Kind::TooDeep(DEPTH)).at_line(place.line, place.column)
            }
            _ if place.offset >= text.trim_end().len() => ends_early(text),
            words => syntax(place, in_style(words)),
        }
    })?;
    root(text, value)
}

/// Text from bytes that should be UTF-8.
pub(crate) fn text_of(bytes: &[u8]) -> Result<&str, Error> {
    std::str::from_utf8(bytes).map_err(|error| Error::new(Kind::NotUtf8).at_byte(error.valid_up_to()))
}

/// Refuses text that need not be read at all.
fn admit(text: &str, empty: &'static str) -> Result<(), Error> {
    if text.len() > BYTES {
        return Err(Error::new(Kind::TooLarge {
            bytes: text.len(),
            limit: BYTES,
        }));
    }
    if text.starts_with('\u{feff}') {
        return Err(Error::new(Kind::Syntax(
            "a byte-order mark stands before the case".to_owned(),
        ))
        .at_line(1, 1));
    }
    if text.trim().is_empty() {
        return Err(Error::new(Kind::Empty(empty)));
    }
    Ok(())
}

/// Whole numbers too large for 64 bits arrive as floats from JSON and RON; which numbers were written
/// so, only the text knows.
fn refuse_large(text: &str, notes: &Notes) -> Result<(), Error> {
    if !notes.met_large() {
        return Ok(());
    }
    for (offset, token) in Tokens::new(text) {
        if let Token::Number(number) = token
            && whole_too_large(number)
        {
            let place = place_at(text, offset);
            return Err(Error::new(Kind::WholeTooLarge(quoted(number)))
                .at_line(place.line, place.column)
                .found_text(number));
        }
    }
    Ok(())
}

/// The case itself must be an object.
fn root(text: &str, value: CaseValue) -> Result<CaseInput, Error> {
    let found = value.shown();
    into_case(value).map_err(|kind| {
        let place = place_at(text, text.len() - text.trim_start().len());
        Error::new(kind)
            .at_line(place.line, place.column)
            .found_text(&found)
    })
}

fn whole_too_large(number: &str) -> bool {
    let digits = number.strip_prefix(['+', '-']).unwrap_or(number);
    !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_')
        && number.replace('_', "").parse::<i64>().is_err()
}

fn json_error(text: &str, notes: &Notes, error: &serde_json::Error) -> Error {
    let place = json_place(text, error);
    if let Some(problem) = problem_at(notes, place) {
        return problem;
    }
    if error.is_eof() {
        return ends_early(text);
    }
    // What other writers put where JSON has no number.
    let after = text.get(place.offset..).unwrap_or_default();
    let outside = ["NaN", "Infinity"]
        .into_iter()
        .find(|name| after.starts_with(name));
    if let Some(name) = outside {
        return Error::new(Kind::NotFinite(quoted(name)))
            .at_line(place.line, place.column)
            .found_text(name);
    }
    let words = error.to_string();
    let words = words
        .rsplit_once(" at line ")
        .map_or(words.as_str(), |(words, _)| words);
    let words = match words {
        "recursion limit exceeded" => {
            return Error::new(Kind::TooDeep(DEPTH)).at_line(place.line, place.column);
        }
        "number out of range" => {
            let before = text.get(..=place.offset).unwrap_or(text);
            let number = before
                .rsplit(|letter: char| {
                    !letter.is_ascii_digit() && !matches!(letter, '+' | '-' | '.' | 'e' | 'E')
                })
                .next()
                .unwrap_or_default();
            let place = place_at(text, before.len() - number.len());
            return Error::new(Kind::NotFinite(quoted(number)))
                .at_line(place.line, place.column)
                .found_text(number);
        }
        "expected ident" => "expected `true`, `false` or `null`".to_owned(),
        "expected value" => "expected a value".to_owned(),
        "key must be a string" => "expected a name in double quotes".to_owned(),
        "trailing comma" => "a comma stands before the closing bracket".to_owned(),
        "trailing characters" => "something stands after the end of the case".to_owned(),
        words => in_style(words),
    };
    syntax(place, words)
}

/// A place in a text: line and column from 1, columns in characters.
#[derive(Clone, Copy)]
struct Place {
    line: usize,
    column: usize,
    offset: usize,
}

fn place_at(text: &str, offset: usize) -> Place {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    Place {
        line,
        column,
        offset: before.len(),
    }
}

/// From a line and a column in characters, both counted from 1.
#[cfg(feature = "tools")]
fn place_of(text: &str, line: usize, column: usize) -> Place {
    let start = line_start(text, line);
    let rest = text.get(start..).unwrap_or_default();
    let offset = rest
        .char_indices()
        .nth(column.saturating_sub(1))
        .map_or(text.len(), |(offset, _)| start + offset);
    Place {
        line,
        column: column.max(1),
        offset,
    }
}

/// serde_json counts columns in bytes.
fn json_place(text: &str, error: &serde_json::Error) -> Place {
    let mut offset = line_start(text, error.line()) + error.column().saturating_sub(1);
    while offset > 0 && !text.is_char_boundary(offset) {
        offset -= 1;
    }
    place_at(text, offset.min(text.len()))
}

fn line_start(text: &str, line: usize) -> usize {
    match line.checked_sub(2) {
        None => 0,
        Some(breaks) => text
            .match_indices('\n')
            .nth(breaks)
            .map_or(text.len(), |(offset, _)| offset + 1),
    }
}

/// What the visitor noted, if it was the one who refused.
fn problem_at(notes: &Notes, place: Place) -> Option<Error> {
    let problem = notes.take_problem()?;
    let mut error = Error::new(problem.kind.clone())
        .at_line(place.line, place.column)
        .inside(problem.path());
    if let Some(found) = &problem.found {
        error = error.found_text(found);
    }
    Some(error)
}

fn syntax(place: Place, words: String) -> Error {
    Error::new(Kind::Syntax(words)).at_line(place.line, place.column)
}

fn ends_early(text: &str) -> Error {
    let end = place_at(text, text.trim_end().len());
    Error::new(Kind::EndsEarly).at_line(end.line, end.column)
}

/// Whether more brackets are opened than closed.
#[cfg(feature = "tools")]
fn is_open(text: &str) -> bool {
    let (mut opened, mut closed) = (0usize, 0usize);
    for (_, token) in Tokens::new(text) {
        match token {
            Token::Open => opened += 1,
            Token::Close => closed += 1,
            Token::Number(_) | Token::Named(_) => {}
        }
    }
    opened > closed
}

/// Another library's words in the style of ours: one line, lowercase start.
fn in_style(words: &str) -> String {
    let mut words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    words
}
