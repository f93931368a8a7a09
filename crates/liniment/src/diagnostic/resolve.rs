//! Finished diagnostics: every place with its file, line and column.

use hashbrown::HashMap;

use serde::Serialize;

use super::{Finding, Severity};
use crate::compact_sort::CompactSort;
use crate::parse::spanned::Span;
use crate::parse::{FileText, Places};
use crate::text::json;

/// What is wrong with a pack, where, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Diagnostic {
    /// Its code, `L0102`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What the code says in general.
    pub title: &'static str,
    /// What is the matter here.
    pub message: String,
    /// The places it speaks of, the main one first.
    pub labels: Vec<Label>,
    /// How to mend it.
    pub help: Option<String>,
    /// The name that was probably meant.
    pub nearest: Option<String>,
    /// A case that shows it, ready to be pasted into the pack's cases.
    pub witness: Option<String>,
}

/// A place that a diagnostic speaks of. Lines and columns count from 1, columns in characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Label {
    /// The name of the file, `calf-cramps/relief.ron`.
    pub file: String,
    /// The line of its first character.
    pub start_line: u32,
    /// The column of its first character.
    pub start_column: u32,
    /// The line of the place behind its last character.
    pub end_line: u32,
    /// The column of the place behind its last character.
    pub end_column: u32,
    /// The offset of its first byte.
    pub start: u32,
    /// The offset behind its last byte.
    pub end: u32,
    /// What it says of the place; may be empty.
    pub text: String,
    /// Whether it is the main place.
    pub primary: bool,
    /// The number of the file: two packs may have files of one name.
    #[serde(skip)]
    pub(crate) number: u32,
}

/// Every diagnostic as one JSON object.
pub fn to_json(diagnostics: &[Diagnostic]) -> String {
    #[derive(Serialize)]
    struct Whole<'a> {
        format: u32,
        diagnostics: &'a [Diagnostic],
    }
    json::to_json(&Whole {
        format: 1,
        diagnostics,
    })
}

/// Finds line and column of every place; sorted by file, place and code.
pub(crate) fn resolve(mut findings: Vec<Finding>, files: &[FileText]) -> Vec<Diagnostic> {
    // The order in which stages look must not show.
    findings.compact_sort_by(|one, other| key(one).cmp(&key(other)));
    let mut lines = HashMap::new();
    findings
        .into_iter()
        .map(|finding| diagnostic(finding, files, &mut lines))
        .collect()
}

fn key(finding: &Finding) -> (Option<(u32, u32, u32)>, &str, &str) {
    let place = finding
        .labels
        .first()
        .map(|(span, _)| (span.file.0, span.start, span.end));
    (place, finding.code.code, &finding.message)
}

/// What is known of the lines of each file.
type Lines = HashMap<u32, Places>;

fn diagnostic(finding: Finding, files: &[FileText], lines: &mut Lines) -> Diagnostic {
    let labels = finding.labels.into_iter().enumerate();
    Diagnostic {
        code: finding.code.code,
        severity: finding.code.severity,
        title: finding.code.title,
        message: finding.message,
        labels: labels
            .filter_map(|(number, (span, text))| label(span, text, number == 0, files, lines))
            .collect(),
        help: finding.help,
        nearest: finding.nearest,
        witness: finding.witness,
    }
}

fn label(span: Span, text: String, primary: bool, files: &[FileText], lines: &mut Lines) -> Option<Label> {
    let file = files.get(span.file.0 as usize)?;
    let places = lines.entry(span.file.0).or_insert_with(|| file.places());
    let start = places.boundary(span.start as usize);
    let end = places.boundary(span.end as usize).max(start);
    let (start_line, start_column) = places.position(start);
    let (end_line, end_column) = places.position(end);
    Some(Label {
        file: file.name.as_ref().to_owned(),
        start_line,
        start_column,
        end_line,
        end_column,
        start: narrow(start),
        end: narrow(end),
        text,
        primary,
        number: span.file.0,
    })
}

fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
