//! Why a knowledge base could not be built.

use std::fmt;

use super::render::render_files;
use super::{Diagnostic, Severity, to_json};
use crate::error::Error;
use crate::parse::FileText;

/// Packs that cannot be used, with everything that is wrong with them.
#[derive(Clone, Debug)]
pub struct PackError {
    diagnostics: Vec<Diagnostic>,
    files: Vec<FileText>,
    /// What is wrong, when it is not the packs themselves.
    other: Option<Error>,
}

impl PackError {
    pub(crate) fn new(diagnostics: Vec<Diagnostic>, files: Vec<FileText>) -> Self {
        Self {
            diagnostics,
            files,
            other: None,
        }
    }

    /// The packs have no texts in the language that was asked for.
    pub(crate) fn language(
        wanted: &str,
        languages: &[String],
        diagnostics: Vec<Diagnostic>,
        files: Vec<FileText>,
    ) -> Self {
        Self {
            diagnostics,
            files,
            other: Some(Error::unknown_language(wanted, languages)),
        }
    }

    /// Nobody wanted to go on building.
    pub(crate) fn stopped(diagnostics: Vec<Diagnostic>, files: Vec<FileText>) -> Self {
        Self {
            diagnostics,
            files,
            other: Some(Error::building_stopped()),
        }
    }

    /// Whether the building was ended by the callback of [`Builder::progress`](crate::Builder::progress):
    /// then nothing is said of the packs.
    pub fn is_stopped(&self) -> bool {
        self.other.as_ref().is_some_and(Error::is_building_stopped)
    }

    /// Everything that was found, sorted by place; warnings too.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Everything with excerpts of the text, for a terminal of this width.
    pub fn render(&self, width: usize, colour: bool) -> String {
        let mut text = render_files(&self.diagnostics, &self.files, width, colour);
        text.push_str(&format!("error: {self}\n"));
        text
    }

    /// Everything as JSON: the diagnostics, or what else was wrong, as errors are written everywhere.
    pub fn to_json(&self) -> String {
        self.other
            .as_ref()
            .map_or_else(|| to_json(&self.diagnostics), Error::to_json)
    }
}

impl fmt::Display for PackError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(other) = &self.other {
            return other.fmt(formatter);
        }
        let mut errors = self
            .diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity == Severity::Error);
        let Some(first) = errors.next() else {
            return formatter.write_str("the packs cannot be used");
        };
        write!(formatter, "{}: {}", first.code, first.message)?;
        if let Some(label) = first.labels.first() {
            write!(
                formatter,
                " ({}:{}:{})",
                label.file, label.start_line, label.start_column
            )?;
        }
        match errors.count() {
            0 => Ok(()),
            1 => formatter.write_str("; and one more error"),
            more => write!(formatter, "; and {more} more errors"),
        }
    }
}

impl std::error::Error for PackError {}
