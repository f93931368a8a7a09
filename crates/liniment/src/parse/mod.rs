//! RON text → [`ParsedPack`].

mod locate;
mod source;
pub mod spanned;
pub mod syntax;

pub use source::{Source, SourceError};

pub(crate) use source::FileText;

use crate::diagnostic::Finding;
use crate::limits::Limits;
use spanned::Spanned;
use syntax::{Manifest, Statement, TestCase};

/// A pack as it was written, with the place of every name and value.
#[derive(Clone, Debug)]
pub(crate) struct ParsedPack {
    /// `pack.ron`.
    pub(crate) manifest: Manifest,
    /// The statements of all files, in the order of the files; the span is the whole statement.
    pub(crate) statements: Vec<Spanned<Statement>>,
    /// The pack's own tests.
    pub(crate) cases: Vec<Spanned<TestCase>>,
    /// Its files: the first has the number that `parse` was given.
    pub(crate) files: Vec<FileText>,
}

/// Reads a pack. Its files are numbered from `first_file` on, as [`Source::file_texts`] lists them.
///
/// Answers nothing exactly when an error was found.
pub(crate) fn parse(_source: &Source, _limits: &Limits, _first_file: u32, _findings: &mut Vec<Finding>) -> Option<ParsedPack> {
    None
}
