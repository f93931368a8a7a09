//! What is wrong with packs, and where.

use liniment::diagnostic as core;

use crate::arena::Arena;
use crate::text::{Grows, Str};

/// How bad a diagnostic is.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The pack cannot be used.
    Error = 1,
    /// The pack can be used, but probably does not do what its author meant.
    Warning = 2,
    /// Good to know.
    Note = 3,
}

/// A place in a file of a pack that a diagnostic speaks of. Lines and columns count from 1, columns in
/// characters; the end is the place behind the last character.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Label {
    /// The file, `calf-cramps/relief.ron`.
    pub file: Str,
    /// The first line.
    pub start_line: u32,
    /// The first column.
    pub start_column: u32,
    /// The last line.
    pub end_line: u32,
    /// The column behind the last character.
    pub end_column: u32,
    /// What is said of the place; may be empty.
    pub text: Str,
    /// Whether it is the main place.
    pub primary: bool,
}

/// What is wrong with a pack, where, and how to mend it.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Diagnostic {
    /// The size of this struct, set by you.
    pub size: usize,
    /// Its code, `L0102`.
    pub code: Str,
    /// How bad it is.
    pub severity: Severity,
    /// What the code says in general.
    pub title: Str,
    /// What is the matter here.
    pub message: Str,
    /// How to mend it; absent where nothing is proposed.
    pub help: Str,
    /// The name that was probably meant; absent where there is none.
    pub nearest: Str,
    /// A case that shows it, ready for the pack's cases; absent where there is none.
    pub witness: Str,
    /// The places, the main one first; NULL when there are none.
    pub labels: *const Label,
    /// How many places.
    pub label_count: usize,
}

// SAFETY: repr(C), `size` first, and zeros mean absent everywhere.
unsafe impl Grows for Diagnostic {}

#[cfg(feature = "read-packs")]
pub(crate) fn diagnostics(arena: &mut Arena, found: &[core::Diagnostic]) -> Vec<Diagnostic> {
    found.iter().map(|found| diagnostic(arena, found)).collect()
}

/// Nothing is found where no pack is read.
#[cfg(not(feature = "read-packs"))]
pub(crate) fn diagnostics(_: &mut Arena, _: &[core::Diagnostic]) -> Vec<Diagnostic> {
    Vec::new()
}

#[cfg(feature = "read-packs")]
fn diagnostic(arena: &mut Arena, found: &core::Diagnostic) -> Diagnostic {
    let labels: Vec<Label> = found
        .labels
        .iter()
        .map(|label| Label {
            file: arena.text(&label.file),
            start_line: label.start_line,
            start_column: label.start_column,
            end_line: label.end_line,
            end_column: label.end_column,
            text: arena.text(&label.text),
            primary: label.primary,
        })
        .collect();
    let (labels, label_count) = arena.list(labels);
    Diagnostic {
        size: size_of::<Diagnostic>(),
        code: arena.text(found.code),
        severity: match found.severity {
            core::Severity::Error => Severity::Error,
            core::Severity::Warning => Severity::Warning,
            core::Severity::Note => Severity::Note,
        },
        title: arena.text(found.title),
        message: arena.text(&found.message),
        help: arena.optional(found.help.as_deref()),
        nearest: arena.optional(found.nearest.as_deref()),
        witness: arena.optional(found.witness.as_deref()),
        labels,
        label_count,
    }
}
