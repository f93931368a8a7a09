//! What is said of mistakes.

use super::{found, read_with};
use crate::diagnostic::{render, resolve};
use crate::limits::Limits;
use crate::parse::Source;

/// Everything that is said of some files, as it is drawn.
fn drawn(files: &[(&str, &str)]) -> String {
    let source = Source::files(files.iter().copied());
    let (_, texts, findings) = read_with(&source, &Limits::default());
    render(&resolve(findings, &texts), &[source], 120, false)
}

fn drawn_rules(text: &str) -> String {
    drawn(&[("pack.ron", super::MANIFEST), ("rules.ron", text)])
}

#[test]
fn fields() {
    insta::assert_snapshot!(drawn_rules(
        r#"[
    Fact(id: "a", kind: YesNo, ask: "A?", colour: 3, ask: "again"),
    Fact(kind: Choice("a", "b"), ask: 5, fixd: true),
    Fix(id: "x", phaze: "relief", dose: (forr: "x")),
    Fix,
    Fix((id: "twice", phase: "x", text: "y")),
    Fix(id: "x", phase: Some("p"), text: None, cites: [Cite(source: "s"), Site(source: "s", at: "x"), "x"], advice: None),
    Note(id: "x", phase: p, text: "t", limits: "a", beside: {"a": "b"}, inferred: 1, evidence: low, strength: "Strong"),
]"#
    ));
}

#[test]
fn rows() {
    insta::assert_snapshot!(drawn_rules(
        r#"[
    Never({"a": true, "b": "c", "c": 4, "d": Is("x", "y"), "e": AtLeest("2h"), "e": Yes, "f": Yes(), "g": ["x"], h: No}),
    Never([]), Never(), Never({"a": Yes}, {"b": Yes}), Never(["a"]), Never("a"), Implies({}), Never,
    Never({"a": Between("1d"), "b": AtLeast(Vgue("x")), "c": AtLeast([1]), "d": All(Yes), "e": Is(x), "f": Gives}),
    OnceOpenStaysOpen(["a"]), ForgettingNeverOpens("a"),
]"#
    ));
}

#[test]
fn numbers() {
    insta::assert_snapshot!(drawn_rules(
        r#"[
    Fact(id: "n", kind: Number(unit: "C", from: 1e400, to: 12345678901234.567), ask: "n"),
    Fact(id: "n", kind: Number(from: NaN, to: -inf), ask: "n"),
    Fact(id: "n", kind: Integer(from: 0x10, to: 5u8), ask: "n"),
    Group(id: "g", at_least: -1, of: [], text: "x"),
    Group(id: "g", at_least: 1.5, of: [], text: "x"),
    Group(id: "g", at_least: 5000000000, of: [], text: "x"),
    Group(id: "g", at_least: "1", of: [], text: "x"),
    Never({"a": AtLeast(1..=5), "b": AtLeast('x')}),
]"#
    ));
}

#[test]
fn broken_statements() {
    insta::assert_snapshot!(drawn_rules(
        r#"[
    Fix(id: "comma", phase: "relief" text: "x"),
    Fix(id: "open", phase: "relief", text: "x", when: {"a": Yes,
    ),
    Fix(id: "quote", phase: "relief, text: "x",
       because: "y"),
    Fix(id: "lines", phase: "relief", text: "x,
       because: "y"),
    Fix(id: "fine", phase: "relief", text: "x"),
    Fix(id: "colon", phase "relief"),
    Fix(id: "escape", phase: "relief", text: "a\qb"),
    Fix(id: "dots", phase: ..., text: "x"),
    Fix(id: "unclosed", phase: "relief", text: "x",
    Fixx(id: "after"),
    Fix(id: "two", phase: "relief", text: "x"))
    Fixx(id: "no_comma"),
]"#
    ));
}

#[test]
fn whole_files() {
    let mut all = String::new();
    for text in [
        "",
        "  // nothing\n",
        "Fact(id: \"x\")",
        "{\"a\": 1}",
        "[",
        "[] []",
        "[]]",
        "[Vague(id: \"a\", words: \"b\", from: 1, to: 2)",
        "#![enable(implicit_some)]\n[]",
        "\u{feff}[]",
        "[Pack(id: \"x\")]",
        "[TestCase(id: \"x\")]",
        "[3]",
        "[/* a",
        "[\"a",
    ] {
        all.push_str(&format!("─── {}\n", text.escape_debug()));
        all.push_str(&drawn_rules(text));
    }
    for text in [
        "",
        "[Pack(id: \"x\")]",
        "Fact()",
        "Pack()",
        "Pack(id: \"a\", version: \"1\", schema: 1, language: \"en\", title: \"t\") Pack(id: \"b\")",
        "Pack(",
    ] {
        all.push_str(&format!("─── pack.ron: {text}\n"));
        all.push_str(&drawn(&[("pack.ron", text)]));
    }
    all.push_str("─── no pack.ron\n");
    all.push_str(&drawn(&[("rules.ron", "[]")]));
    all.push_str("─── no files\n");
    all.push_str(&drawn(&[]));
    insta::assert_snapshot!(all);
}

#[test]
fn cases() {
    let text = r#"[
  TestCase(id: "X y", facts: {"a": true, "a": false, "b": {"from": "1d", "to": 1e500}, "d": foo, "e": Name(1), "g": 99999999999999999999}),
  TestCase(facts: [1], must: ["a"], exactly: [("a", "b"), "c"]),
  TestCase(id: "x", facts: {"a": Some(1)}, order: ["a", "b"], must: {"a": "recommend", "a": "defer"}),
  Fact(id: "x"),
]"#;
    insta::assert_snapshot!(drawn(&[("pack.ron", super::MANIFEST), ("cases/c.ron", text)]));
}

#[test]
fn hidden_characters() {
    let text = "[\n    Note(id: \"a\u{202e}b\", phase: \"p\", text: \"c\u{2066}d\", when: {\"e\\u{0}\": Yes}), // \u{202e}\n    Never({}),\u{200e}\n]";
    insta::assert_snapshot!(drawn_rules(text));
}

#[test]
fn a_field_that_was_mistyped_is_not_missing_too() {
    assert_eq!(
        found(r#"[Wait(id: "a", phaze: "p", text: "t")]"#),
        ["L0010 1:16 `Wait` has no field `phaze`"]
    );
}

#[test]
fn all_missing_fields_are_said_at_once() {
    assert_eq!(
        found("[Vague()]"),
        ["L0013 1:2 `Vague` needs `id`, `words`, `from` and `to`"]
    );
    assert_eq!(
        found("[Vague(to: \"3d\"), Vague(words: \"w\")]"),
        [
            "L0013 1:2 `Vague` needs `id`, `words` and `from`",
            "L0013 1:19 `Vague` needs `id`, `from` and `to`",
        ]
    );
}

#[test]
fn every_message_is_one_line_and_begins_small() {
    let mut all = Vec::new();
    for text in [
        "",
        "x",
        "[Fix(1)]",
        "[Fix(id: 1, b: 2)]",
        "[Never({\"a\n\": 3})]",
        "[Never({\"a\n\": 3, \"a\n\": 4})]",
        "[\"\n\"]",
        "[a\u{7}b]",
    ] {
        all.extend(found(text).into_iter().map(|told| {
            told.split_once(' ')
                .map(|(_, rest)| rest.to_owned())
                .unwrap_or(told)
        }));
    }
    assert!(!all.is_empty());
    for message in all {
        assert!(!message.contains('\n'), "{message}");
    }
}

#[test]
fn a_second_manifest_is_not_passed_over() {
    let source = Source::files([("pack.ron", super::MANIFEST), ("pack.ron", super::MANIFEST)]);
    let (pack, _, findings) = read_with(&source, &Limits::default());
    assert!(pack.is_none());
    let told: Vec<&str> = findings.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(told, ["the pack has two files `pack.ron`"]);
}
