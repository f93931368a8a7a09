//! Diagnostics: what is wrong with a pack, where, and what to do about it.
//!
//! The stages push a finding with byte spans; a [`Diagnostic`] is the finished, self-contained form.

pub(crate) mod codes;
mod finding;
mod pack_error;
#[cfg(not(feature = "tools"))]
#[path = "plain.rs"]
mod render;
#[cfg(feature = "tools")]
mod render;
mod resolve;
mod shown;
#[cfg(test)]
mod tests;

pub(crate) use finding::Finding;
pub use pack_error::PackError;
pub use render::render;
pub(crate) use resolve::resolve;
pub use resolve::{Diagnostic, Label, to_json};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The pack cannot be used.
    Error,
    /// The pack can be used, but probably does not do what its author meant.
    Warning,
    /// Good to know.
    Note,
}

/// One declared code: `L0102`.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// Its number, `L0102`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What it says in general.
    pub title: &'static str,
    /// The page of `liniment explain-code`: what it means, why it matters, how to mend it. Empty without the
    /// feature `code-pages`.
    pub page: &'static str,
}

/// Every code, by number.
pub fn codes() -> Vec<&'static Code> {
    codes::all()
}
