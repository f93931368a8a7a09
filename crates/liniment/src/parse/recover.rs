//! Where a broken statement probably ends.

use super::lexical::{Lexical, Token, skip_space, token};
use super::malformed::Malformed;

/// A broken statement.
pub(super) struct Piece {
    /// The offset behind it, without the comma that follows.
    pub(super) end: usize,
    /// What is wrong with its brackets, when they do not match.
    pub(super) problem: Option<Malformed>,
}

/// The statement that begins at `start`. It ends where its brackets do, but at the latest where a line begins
/// with the name of another statement, no further in than this one.
pub(super) fn piece(text: &str, start: usize, names: &[&str]) -> Piece {
    let next = next_statement(text, start, names);
    let limit = next.unwrap_or(text.len());
    let bytes = text.as_bytes().get(..limit).unwrap_or_default();
    let mut open: Vec<(u8, usize)> = Vec::new();
    let mut at = start;
    let problem = loop {
        at = match skip_space(bytes, at) {
            Ok(at) => at,
            Err(comment) => {
                break Some(Malformed::at(
                    "this comment never ends",
                    comment,
                    comment + 2,
                    "it begins here",
                ));
            }
        };
        let (kind, end) = match token(bytes, at) {
            Ok(found) => found,
            Err(Lexical::End) => break never_closed(&open, next),
            // RON says this better.
            Err(Lexical::OpenString) => {
                return Piece {
                    end: trimmed(text, start, limit, next),
                    problem: None,
                };
            }
            Err(Lexical::Stray) => {
                at += text
                    .get(at..)
                    .and_then(|rest| rest.chars().next())
                    .map_or(1, char::len_utf8);
                continue;
            }
        };
        match kind {
            Token::Open(bracket) => open.push((bracket, at)),
            Token::Close(bracket) => match open.pop() {
                Some((opened, _)) if closes(opened, bracket) => {}
                // The end of the list.
                None if bracket == b']' => {
                    return Piece {
                        end: at,
                        problem: None,
                    };
                }
                None => {
                    break Some(Malformed::at(
                        "a closing bracket too many",
                        at,
                        at + 1,
                        "nothing is open here",
                    ));
                }
                Some((opened, place)) => {
                    let message = format!("`{}` is closed by `{}`", char::from(opened), char::from(bracket));
                    break Some(Malformed::at(message, at, at + 1, "the wrong bracket").and(
                        place,
                        place + 1,
                        "opened here",
                    ));
                }
            },
            Token::Comma if open.is_empty() => {
                return Piece {
                    end: at,
                    problem: None,
                };
            }
            _ => {}
        }
        at = end;
    };
    Piece {
        end: trimmed(text, start, limit, next),
        problem,
    }
}

fn never_closed(open: &[(u8, usize)], next: Option<usize>) -> Option<Malformed> {
    let &(bracket, place) = open.last()?;
    let mut problem = Malformed::at(
        format!("`{}` is never closed", char::from(bracket)),
        place,
        place + 1,
        "opened here",
    );
    if let Some(next) = next {
        problem = problem.and(next, next + 1, "the next statement begins here");
    }
    Some(problem)
}

fn closes(open: u8, close: u8) -> bool {
    matches!((open, close), (b'(', b')') | (b'[', b']') | (b'{', b'}'))
}

/// Without the white space and the comma at the end.
fn trimmed(text: &str, start: usize, limit: usize, next: Option<usize>) -> usize {
    let piece = text.get(start..limit).unwrap_or("").trim_end();
    // The list's own end is not the statement's.
    let piece = if next.is_none() {
        piece.strip_suffix(']').unwrap_or(piece).trim_end()
    } else {
        piece
    };
    start + piece.strip_suffix(',').unwrap_or(piece).len()
}

/// The next line that begins with the name of a statement and is not indented more than this one.
fn next_statement(text: &str, start: usize, names: &[&str]) -> Option<usize> {
    let line = text.get(..start)?.rfind('\n').map_or(0, |end| end + 1);
    let indent = start - line;
    let mut at = start;
    loop {
        at += text.get(at..)?.find('\n')? + 1;
        let rest = text.get(at..)?;
        let name = rest.trim_start_matches([' ', '\t']);
        let inset = rest.len() - name.len();
        let begins = |word: &str| {
            name.strip_prefix(word)
                .is_some_and(|after| after.trim_start().starts_with('('))
        };
        if inset <= indent && names.iter().any(|word| begins(word)) {
            return Some(at + inset);
        }
    }
}
