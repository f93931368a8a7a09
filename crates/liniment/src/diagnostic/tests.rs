//! Places, JSON and drawing.

use std::sync::Arc;

use super::codes::syntax;
use super::{Finding, PackError, render::render_files, resolve, to_json};
use crate::parse::FileText;
use crate::parse::spanned::{FileId, Span};

fn file(name: &str, text: &str) -> FileText {
    FileText::new(Arc::from(name), text.into())
}

fn span(file: u32, start: usize, end: usize) -> Span {
    let narrow = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
    Span {
        file: FileId(file),
        start: narrow(start),
        end: narrow(end),
    }
}

/// A finding at the first place of `marked` in a text.
fn at(text: &str, marked: &str) -> Finding {
    let start = text.find(marked).unwrap_or(0);
    Finding::new(&syntax::WRONG_KIND, format!("about `{}`", marked.escape_debug()))
        .at(span(0, start, start + marked.len()), "here")
}

#[test]
fn lines_and_columns_count_from_one_in_characters() {
    let text = "größe 1\r\n\tüber mark\nlast";
    let diagnostics = resolve(
        vec![at(text, "mark"), at(text, "last"), at(text, "größe")],
        &[file("a.ron", text)],
    );
    let places: Vec<_> = diagnostics
        .iter()
        .flat_map(|diagnostic| &diagnostic.labels)
        .map(|label| {
            (
                label.start_line,
                label.start_column,
                label.end_line,
                label.end_column,
                label.start,
            )
        })
        .collect();
    assert_eq!(places, [(1, 1, 1, 6, 0), (2, 7, 2, 11, 18), (3, 1, 3, 5, 23)]);
}

#[test]
fn places_beyond_the_text_are_moved_into_it() {
    let text = "ä\n";
    let out = Finding::new(&syntax::NOT_RON, "out").at(span(0, 1, 900), "");
    let nowhere = Finding::new(&syntax::NOT_RON, "nowhere").at(span(7, 0, 1), "");
    let diagnostics = resolve(vec![out, nowhere], &[file("a.ron", text)]);
    let labels: Vec<_> = diagnostics
        .iter()
        .map(|diagnostic| diagnostic.labels.first().map(|label| (label.start, label.end)))
        .collect();
    assert_eq!(labels, [Some((0, 3)), None]);
}

#[test]
fn findings_are_sorted_whatever_their_order() {
    let text = "one two three";
    let findings = [
        at(text, "three"),
        at(text, "one"),
        Finding::new(&syntax::NO_MANIFEST, "none"),
        at(text, "two"),
    ];
    let files = [file("a.ron", text)];
    let forwards = resolve(findings.to_vec(), &files);
    let backwards = resolve(findings.into_iter().rev().collect(), &files);
    assert_eq!(forwards, backwards);
    let messages: Vec<&str> = forwards
        .iter()
        .map(|diagnostic| diagnostic.message.as_str())
        .collect();
    assert_eq!(messages, ["none", "about `one`", "about `two`", "about `three`"]);
}

#[test]
fn the_json_has_every_key() {
    let text = "x";
    let finding = at(text, "x").help("mend it").nearest(Some("y")).witness("{}");
    assert_eq!(
        to_json(&resolve(vec![finding], &[file("a.ron", text)])),
        concat!(
            r#"{"format":1,"diagnostics":[{"code":"L0015","severity":"error","title":"another kind of value belongs here","message":"about `x`","#,
            r#""labels":[{"file":"a.ron","start_line":1,"start_column":1,"end_line":1,"end_column":2,"start":0,"end":1,"text":"here","primary":true}],"#,
            r#""help":"mend it","nearest":"y","witness":"{}"}]}"#
        )
    );
    assert_eq!(to_json(&[]), r#"{"format":1,"diagnostics":[]}"#);
}

#[test]
fn labels_in_several_files_and_far_apart_are_drawn() {
    let long = format!("first\n{}last", "line\n".repeat(100));
    let files = [file("a.ron", &long), file("b.ron", "other")];
    let finding = at(&long, "last")
        .at(span(0, 0, 5), "the start")
        .at(span(1, 0, 5), "elsewhere")
        .help("mend it")
        .witness("TestCase(\n    id: \"a\",\n)");
    insta::assert_snapshot!(render_files(&resolve(vec![finding], &files), &files, 80, false));
}

#[test]
fn long_values_are_marked_by_their_first_line() {
    let text = format!("Fix(\n{})\n", "    a: 1,\n".repeat(50));
    let files = [file("a.ron", &text)];
    let drawn = render_files(
        &resolve(vec![at(&text, text.trim_end())], &files),
        &files,
        80,
        false,
    );
    assert!(drawn.lines().count() < 12, "{drawn}");
}

#[test]
fn a_file_of_one_long_line_is_not_printed() {
    let text = format!("[{}x]", "1,".repeat(1_000_000));
    let files = [file("a.ron", &text)];
    let drawn = render_files(&resolve(vec![at(&text, "x")], &files), &files, 80, false);
    assert!(drawn.len() < 500 && drawn.contains("a.ron:1:2000002"), "{drawn}");
}

#[test]
fn nothing_commands_the_terminal() {
    let text = "a \u{1b}[31mred\u{7} \u{202e}turned x";
    let files = [file("\u{1b}a.ron", text)];
    let finding = at(text, "x").help("\u{1b}[2J").witness("a\n\u{7}");
    let drawn = render_files(&resolve(vec![finding], &files), &files, 80, false);
    assert!(!drawn.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{drawn:?}");
    let coloured = render_files(&resolve(vec![at(text, "x")], &files), &files, 80, true);
    assert!(coloured.contains("\u{1b}[") && !coloured.contains(['\u{7}', '\u{202e}']));
}

#[test]
fn the_error_is_one_line() {
    let text = "one two three";
    let files = vec![file("a.ron", text)];
    let error = |findings| PackError::new(resolve(findings, &files), files.clone()).to_string();
    assert_eq!(error(vec![at(text, "two")]), "L0015: about `two` (a.ron:1:5)");
    assert_eq!(
        error(vec![at(text, "two"), at(text, "one")]),
        "L0015: about `one` (a.ron:1:1); and one more error"
    );
    assert_eq!(error(vec![]), "the packs cannot be used");
    let language = PackError::language("dee", &["de".to_owned(), "en".to_owned()], Vec::new(), Vec::new());
    assert!(language.to_string().contains("`dee`"), "{language}");
}
