//! Diagnostics without pieces of the text, a line for each place: what a library without the feature `tools` draws.

use super::shown::{shown, shown_lines};
use super::{Diagnostic, Severity};
use crate::parse::{FileText, Source};

/// Draws diagnostics, each place by file, line and column.
pub fn render(diagnostics: &[Diagnostic], _: &[Source], width: usize, colour: bool) -> String {
    render_files(diagnostics, &[], width, colour)
}

/// The same: the files, the width and the colours are for excerpts.
pub(crate) fn render_files(diagnostics: &[Diagnostic], _: &[FileText], _: usize, _: bool) -> String {
    let mut text = String::new();
    let mut line = |parts: &[&str]| {
        parts.iter().for_each(|part| text.push_str(part));
        text.push('\n');
    };
    for diagnostic in diagnostics {
        let level = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        line(&[level, "[", diagnostic.code, "]: ", &shown(&diagnostic.message)]);
        for label in &diagnostic.labels {
            let (row, column) = (label.start_line.to_string(), label.start_column.to_string());
            line(&[
                "  ",
                &shown(&label.file),
                ":",
                &row,
                ":",
                &column,
                ": ",
                &shown(&label.text),
            ]);
        }
        if let Some(help) = &diagnostic.help {
            line(&["  help: ", &shown(help)]);
        }
        if let Some(witness) = &diagnostic.witness {
            line(&["  this case shows it:\n", &shown_lines(witness)]);
        }
        line(&[]);
    }
    text
}
