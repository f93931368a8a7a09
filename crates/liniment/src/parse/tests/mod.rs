//! Tests of reading packs.

mod agreement;
mod hostile;
mod messages;
mod shapes;

use super::{Counts, FileText, ParsedPack, Source, parse};
use crate::diagnostic::{Diagnostic, Finding, resolve};
use crate::limits::Limits;
use crate::progress::Reporter;

const MANIFEST: &str = r#"Pack(id: "mine", version: "1.0.0", schema: 1, language: "en", title: "Mine")"#;

/// A pack of one file beside its manifest.
fn source_of(text: &str) -> Source {
    Source::files([("pack.ron", MANIFEST), ("rules.ron", text)])
}

fn read_with(source: &Source, limits: &Limits) -> (Option<ParsedPack>, Vec<FileText>, Vec<Finding>) {
    let mut findings = Vec::new();
    let (mut counts, progress) = (Counts::default(), Reporter::default());
    let pack = parse(source, limits, 0, &mut counts, &progress, &mut findings);
    (pack, source.file_texts(), findings)
}

/// What is found in a text, as `code message`.
fn found_with(text: &str, limits: &Limits) -> Vec<String> {
    let (_, files, findings) = read_with(&source_of(text), limits);
    resolve(findings, &files).iter().map(told).collect()
}

fn found(text: &str) -> Vec<String> {
    found_with(text, &Limits::default())
}

fn told(diagnostic: &Diagnostic) -> String {
    let place = diagnostic.labels.first().map_or(String::new(), |label| {
        format!(" {}:{}", label.start_line, label.start_column)
    });
    format!("{}{place} {}", diagnostic.code, diagnostic.message)
}
