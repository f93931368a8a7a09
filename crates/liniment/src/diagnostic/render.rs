//! Diagnostics with pieces of the text, drawn for a terminal.

use annotate_snippets::{Annotation, AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use super::shown::{shown, shown_lines};
use super::{Diagnostic, Label, Severity};
use crate::compact_sort::CompactSort;
use crate::parse::{FileText, Source, is_hidden};

/// Places further apart than this many lines get excerpts of their own.
const APART: u32 = 20;

/// Longer excerpts are not shown: a file may be one line of a megabyte.
const LONGEST: usize = 16 * 1024;

/// Draws diagnostics with excerpts of the packs, in the order in which the knowledge base was given them.
pub fn render(diagnostics: &[Diagnostic], packs: &[Source], width: usize, colour: bool) -> String {
    let files: Vec<FileText> = packs.iter().flat_map(Source::file_texts).collect();
    render_files(diagnostics, &files, width, colour)
}

/// Draws diagnostics with excerpts of the files.
pub(crate) fn render_files(
    diagnostics: &[Diagnostic],
    files: &[FileText],
    width: usize,
    colour: bool,
) -> String {
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let renderer = renderer.term_width(width.max(40));
    let mut text = String::new();
    for diagnostic in diagnostics {
        text.push_str(&renderer.render(&report(diagnostic, files)));
        text.push_str("\n\n");
    }
    text
}

fn report<'a>(diagnostic: &'a Diagnostic, files: &'a [FileText]) -> Vec<Group<'a>> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group = level
        .primary_title(shown(&diagnostic.message))
        .id(diagnostic.code)
        .elements(Vec::<Element<'_>>::new());
    for cluster in clusters(&diagnostic.labels) {
        group = excerpt(group, &cluster, files);
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(shown(help)));
    }
    if let Some(witness) = &diagnostic.witness {
        group = group.element(Level::NOTE.message(format!("this case shows it:\n{}", shown_lines(witness))));
    }
    vec![group]
}

/// Labels of one file that are near each other, the main one's first.
fn clusters(labels: &[Label]) -> Vec<Vec<&Label>> {
    let mut sorted: Vec<&Label> = labels.iter().collect();
    sorted.compact_sort_by_key(|label| (label.number, label.start));
    let mut clusters: Vec<Vec<&Label>> = Vec::new();
    for label in sorted {
        match clusters.last_mut() {
            Some(cluster) if cluster.last().is_some_and(|last| near(last, label)) => cluster.push(label),
            _ => clusters.push(vec![label]),
        }
    }
    clusters.compact_sort_by_key(|cluster| !cluster.iter().any(|label| label.primary));
    clusters
}

fn near(before: &Label, after: &Label) -> bool {
    before.number == after.number && after.start_line.saturating_sub(before.start_line) <= APART
}

fn excerpt<'a>(group: Group<'a>, cluster: &[&'a Label], files: &'a [FileText]) -> Group<'a> {
    let Some(first) = cluster.first() else {
        return group;
    };
    let origin = || {
        Origin::path(shown(&first.file))
            .line(first.start_line as usize)
            .char_column(first.start_column as usize)
    };
    let Some(text) = files.get(first.number as usize).and_then(FileText::text) else {
        return group.element(origin());
    };
    let start = text
        .get(..first.start as usize)
        .and_then(|before| before.rfind('\n'))
        .map_or(0, |at| at + 1);
    // Of a value over many lines only the first are shown.
    let ends = cluster.iter().map(|label| cut(text, label));
    let last = ends.clone().max().unwrap_or(start);
    let end = text
        .get(last..)
        .and_then(|after| after.find('\n'))
        .map_or(text.len(), |at| last + at);
    let Some(lines) = text.get(start..end).filter(|lines| lines.len() <= LONGEST) else {
        return group.element(origin());
    };
    let annotations = cluster.iter().zip(ends).map(|(label, end)| {
        let kind = if label.primary {
            AnnotationKind::Primary
        } else {
            AnnotationKind::Context
        };
        let annotation: Annotation<'a> = kind.span(label.start as usize - start..end - start);
        if label.text.is_empty() {
            annotation
        } else {
            annotation.label(shown(&label.text))
        }
    });
    group.element(
        Snippet::source(visible(lines))
            .line_start(first.start_line as usize)
            .path(shown(&first.file))
            .annotations(annotations),
    )
}

/// The end of what is marked of a label: the end of its line, when it goes on over more than a few.
fn cut(text: &str, label: &Label) -> usize {
    let (start, end) = (label.start as usize, label.end as usize);
    if label.end_line.saturating_sub(label.start_line) <= 6 {
        return end;
    }
    text.get(start..end)
        .and_then(|marked| marked.find('\n'))
        .map_or(end, |at| start + at)
}

/// An excerpt in which what commands the terminal is replaced by as many bytes of something harmless.
fn visible(lines: &str) -> String {
    if !lines.chars().any(is_hidden) {
        return lines.to_owned();
    }
    // Offsets must stay: one stand-in of each width.
    let stand_in = |letter: char| match letter.len_utf8() {
        1 => '?',
        2 => '\u{a4}',
        _ => '\u{fffd}',
    };
    lines
        .chars()
        .map(|letter| {
            if is_hidden(letter) {
                stand_in(letter)
            } else {
                letter
            }
        })
        .collect()
}
