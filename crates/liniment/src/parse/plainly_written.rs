//! Whether a statement is well formed, without RON: what is plainly written is (see `locate`), and a library without
//! the feature `tools` takes nothing else.

use super::malformed::Malformed;

/// What is said of a piece of a text that is not plain.
pub(super) fn check(_: &str, start: usize, end: usize) -> Option<Malformed> {
    let problem =
        "the statement is malformed, or not as plainly written as a library without `tools` reads it";
    Some(Malformed::at(problem, start, end, "this statement"))
}

/// A string with plain escapes.
pub(super) fn unescaped(source: &str) -> Result<String, String> {
    let inside = source.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let mut letters = inside.ok_or("it is not plainly written")?.chars();
    let mut text = String::with_capacity(source.len());
    while let Some(letter) = letters.next() {
        text.push(match letter {
            '\\' => match letters.next() {
                Some('n') => '\n',
                Some(escaped @ ('"' | '\\')) => escaped,
                _ => return Err("an escape has no plain meaning".to_owned()),
            },
            plain => plain,
        });
    }
    Ok(text)
}
