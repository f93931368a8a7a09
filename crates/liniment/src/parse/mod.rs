//! RON text → `ParsedPack`.

mod access;
#[cfg(any(test, fuzzing))]
pub(crate) mod agreement;
mod context;
mod deserialize;
mod file_text;
mod fill;
mod inspect;
mod lexical;
pub(crate) mod locate;
mod malformed;
mod read;
mod recover;
mod source;
pub mod spanned;
pub mod syntax;
mod variant;
#[cfg(feature = "tools")]
mod well_formed;
#[cfg(not(feature = "tools"))]
#[path = "plainly_written.rs"]
mod well_formed;

pub use source::{Source, SourceError};

pub(crate) use context::{MOST_FINDINGS, is_hidden, limit};
pub(crate) use file_text::{FileText, Places};
pub(crate) use inspect::Counts;
pub(crate) use read::{DEEPEST, parse};

use spanned::Spanned;
#[cfg(feature = "tools")]
use syntax::TestCase;
use syntax::{Manifest, Statement};

/// A pack as it was written, with the place of every name and value.
#[derive(Clone, Debug)]
pub(crate) struct ParsedPack {
    /// `pack.ron`.
    pub(crate) manifest: Manifest,
    /// The statements of all files, in the order of the files; the span is the whole statement.
    pub(crate) statements: Vec<Spanned<Statement>>,
    /// The pack's own tests.
    #[cfg(feature = "tools")]
    pub(crate) cases: Vec<Spanned<TestCase>>,
}

#[cfg(test)]
mod tests;
