//! Why a knowledge base could not be built.

use std::fmt;

use super::render::render_files;
use super::{Diagnostic, Severity, to_json};
use crate::parse::FileText;
use crate::text::nearest::nearest;

/// Packs that cannot be used, with everything that is wrong with them.
#[derive(Clone, Debug)]
pub struct PackError {
    diagnostics: Vec<Diagnostic>,
    files: Vec<FileText>,
    /// What is wrong, when it is not the packs themselves.
    message: Option<String>,
}

impl PackError {
    pub(crate) fn new(diagnostics: Vec<Diagnostic>, files: Vec<FileText>) -> Self {
        Self {
            diagnostics,
            files,
            message: None,
        }
    }

    /// The packs have no texts in the language that was asked for.
    pub(crate) fn language(
        wanted: &str,
        languages: &[String],
        diagnostics: Vec<Diagnostic>,
        files: Vec<FileText>,
    ) -> Self {
        let known: Vec<String> = languages.iter().map(|language| format!("`{language}`")).collect();
        let mut message = format!(
            "the packs have no texts in `{wanted}`; they have {}",
            known.join(", ")
        );
        if let Some(nearest) = nearest(wanted, languages.iter().map(String::as_str)) {
            message.push_str(&format!("; did you mean `{nearest}`?"));
        }
        Self {
            diagnostics,
            files,
            message: Some(message),
        }
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

    /// Everything as JSON: an error as all errors are, with the diagnostics beside it.
    pub fn to_json(&self) -> String {
        if self.message.is_none() {
            return to_json(&self.diagnostics);
        }
        let error = serde_json::json!({
            "code": "language", "place": "lang", "found": null, "allowed": [], "nearest": null, "message": self.to_string(),
        });
        serde_json::json!({ "format": 1, "error": error }).to_string()
    }
}

impl fmt::Display for PackError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(message) = &self.message {
            return formatter.write_str(message);
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
