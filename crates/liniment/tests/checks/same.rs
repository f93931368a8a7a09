//! Two packs may declare the same, if they do so word for word: whatever differs is a conflict.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::{findings, pack};

const DECLARED_DIFFERENTLY: &str = "L0112";

/// What the statements below name.
const COMMON: &str = r#"
    Fact(id: "yes", kind: YesNo, ask: "?"), Fact(id: "other", kind: YesNo, ask: "?"),
    Fact(id: "mode", kind: Choice(["a", "b", "c"]), ask: "?"), Fact(id: "level", kind: Scale(["a", "b", "c"]), ask: "?"),
    Fact(id: "places", kind: Several(["a", "b", "c"]), ask: "?"), Fact(id: "count", kind: Integer(), ask: "?"),
    Vague(id: "few", words: "a few", from: 2, to: 4), Vague(id: "some", words: "some", from: 2, to: 4),
    Define(id: "sum", score: [Points(1, {"yes": Yes})]),
    Source(id: "book", kind: Article, title: "B", reviewed: "2026-01-01"),
    Source(id: "paper", kind: Study, title: "P", reviewed: "2026-01-01"),
"#;

/// Conditions, all different.
const CONDITIONS: &[&str] = &[
    r#"{"yes": Yes}"#,
    r#"{"yes": No}"#,
    r#"{"other": Yes}"#,
    r#"{"yes": Yes, "other": Yes}"#,
    r#"{"other": Yes, "yes": Yes}"#,
    r#"{"yes": Yes, "other": No}"#,
    r#"[{"yes": Yes}, {"other": Yes}]"#,
    r#"[{"yes": Yes}, {"other": No}]"#,
    r#"[{"yes": No}, {"other": Yes}]"#,
    r#"[{"yes": Yes}, {"other": Yes}, {"count": AtLeast(1)}]"#,
    r#"{"mode": Is("a")}"#,
    r#"{"mode": Is("b")}"#,
    r#"{"mode": OneOf(["a"])}"#,
    r#"{"mode": OneOf(["b"])}"#,
    r#"{"mode": OneOf(["a", "b"])}"#,
    r#"{"mode": NoneOf(["a"])}"#,
    r#"{"mode": NoneOf(["b"])}"#,
    r#"{"level": AtLeast("b")}"#,
    r#"{"level": AtLeast("c")}"#,
    r#"{"places": Includes(["a"])}"#,
    r#"{"places": Includes(["b"])}"#,
    r#"{"places": Only(["a"])}"#,
    r#"{"places": Only(["b"])}"#,
    r#"{"places": Exactly(["a"])}"#,
    r#"{"places": Exactly(["b"])}"#,
    r#"{"places": AnyOf(["a"])}"#,
    r#"{"places": AnyOf(["b"])}"#,
    r#"{"places": NoneOf(["a"])}"#,
    r#"{"count": AtLeast(1)}"#,
    r#"{"count": AtLeast(2)}"#,
    r#"{"count": MoreThan(1)}"#,
    r#"{"count": MoreThan(2)}"#,
    r#"{"count": AtMost(1)}"#,
    r#"{"count": AtMost(2)}"#,
    r#"{"count": LessThan(1)}"#,
    r#"{"count": LessThan(2)}"#,
    r#"{"count": AtLeast(Vague("few"))}"#,
    r#"{"count": AtLeast(Vague("some"))}"#,
    r#"{"count": Between(1, 2)}"#,
    r#"{"count": Between(1, 3)}"#,
    r#"{"count": Between(2, 3)}"#,
    r#"{"count": All([AtLeast(1), AtMost(2)])}"#,
    r#"{"count": All([AtLeast(1), AtMost(3)])}"#,
    r#"{"count": All([AtLeast(2), AtMost(2)])}"#,
    r#"{"count": All([AtLeast(1)])}"#,
    r#"{"sum": AtLeast(1)}"#,
    r#"{"note": Gives(["inform"])}"#,
    r#"{"note": Gives(["refer"])}"#,
    r#"{"note": GivesNothing}"#,
];

/// Statements of one kind, all different; `ID` stands for the id.
const FACTS: &[&str] = &[
    r#"Fact(id: ID, kind: YesNo, ask: "Q")"#,
    r#"Fact(id: ID, kind: YesNo, ask: "R")"#,
    r#"Fact(id: ID, kind: YesNo, ask: "Q", fixed: true)"#,
    r#"Fact(id: ID, kind: YesNo, ask: "Q", lasts: "1h")"#,
    r#"Fact(id: ID, kind: YesNo, ask: "Q", lasts: "2h")"#,
    r#"Fact(id: ID, kind: YesNo, ask: "Q", ask_when: {"yes": Yes})"#,
    r#"Fact(id: ID, kind: YesNo, ask: "Q", ask_when: {"yes": No})"#,
    r#"Fact(id: ID, kind: Choice(["a", "b"]), ask: "Q")"#,
    r#"Fact(id: ID, kind: Choice(["a", "c"]), ask: "Q")"#,
    r#"Fact(id: ID, kind: Choice(["b", "a"]), ask: "Q")"#,
    r#"Fact(id: ID, kind: Choice(["a", "b"]), ask: "Q", labels: {"a": "A"})"#,
    r#"Fact(id: ID, kind: Choice(["a", "b"]), ask: "Q", labels: {"a": "X"})"#,
    r#"Fact(id: ID, kind: Choice(["a", "b"]), ask: "Q", labels: {"b": "A"})"#,
    r#"Fact(id: ID, kind: Choice(["a", "b"]), ask: "Q", labels: {"a": "A", "b": "B"})"#,
    r#"Fact(id: ID, kind: Scale(["a", "b"]), ask: "Q")"#,
    r#"Fact(id: ID, kind: Scale(["a", "c"]), ask: "Q")"#,
    r#"Fact(id: ID, kind: Several(["a", "b"]), ask: "Q")"#,
    r#"Fact(id: ID, kind: Several(["a", "c"]), ask: "Q")"#,
    r#"Fact(id: ID, kind: Integer(), ask: "Q")"#,
    r#"Fact(id: ID, kind: Integer(unit: "g"), ask: "Q")"#,
    r#"Fact(id: ID, kind: Integer(unit: "kg"), ask: "Q")"#,
    r#"Fact(id: ID, kind: Integer(from: 1), ask: "Q")"#,
    r#"Fact(id: ID, kind: Integer(from: 2), ask: "Q")"#,
    r#"Fact(id: ID, kind: Integer(to: 8), ask: "Q")"#,
    r#"Fact(id: ID, kind: Integer(to: 9), ask: "Q")"#,
    r#"Fact(id: ID, kind: Number(), ask: "Q")"#,
    r#"Fact(id: ID, kind: Number(unit: "g"), ask: "Q")"#,
    r#"Fact(id: ID, kind: Number(from: 1), ask: "Q")"#,
    r#"Fact(id: ID, kind: Number(to: 8), ask: "Q")"#,
    r#"Fact(id: ID, kind: Duration(), ask: "Q")"#,
    r#"Fact(id: ID, kind: Duration(from: "1h"), ask: "Q")"#,
    r#"Fact(id: ID, kind: Duration(to: "1h"), ask: "Q")"#,
    r#"Fact(id: ID, kind: Clock, ask: "Q")"#,
    r#"Fact(id: ID, kind: Clock(runs_while: {"yes": Yes}), ask: "Q")"#,
    r#"Fact(id: ID, kind: Clock(runs_while: {"yes": No}), ask: "Q")"#,
];

const VAGUES: &[&str] = &[
    r#"Vague(id: ID, words: "a few", from: 2, to: 4)"#,
    r#"Vague(id: ID, words: "some", from: 2, to: 4)"#,
    r#"Vague(id: ID, words: "a few", from: 3, to: 4)"#,
    r#"Vague(id: ID, words: "a few", from: 2, to: 5)"#,
];

const SOURCES: &[&str] = &[
    r#"Source(id: ID, kind: Article, title: "A", reviewed: "2026-01-01")"#,
    r#"Source(id: ID, kind: Study, title: "A", reviewed: "2026-01-01")"#,
    r#"Source(id: ID, kind: Article, title: "B", reviewed: "2026-01-01")"#,
    r#"Source(id: ID, kind: Article, title: "A", reviewed: "2026-01-02")"#,
    r#"Source(id: ID, kind: Article, title: "A", reviewed: "2026-01-01", address: "https://example.org/a")"#,
    r#"Source(id: ID, kind: Article, title: "A", reviewed: "2026-01-01", address: "https://example.org/b")"#,
    r#"Source(id: ID, kind: Article, title: "A", reviewed: "2026-01-01", note: "N")"#,
    r#"Source(id: ID, kind: Article, title: "A", reviewed: "2026-01-01", note: "O")"#,
];

const DEFINITIONS: &[&str] = &[
    r#"Define(id: ID, when: {"yes": Yes})"#,
    r#"Define(id: ID, when: {"yes": Yes}, inferred: true)"#,
    r#"Define(id: ID, when: {"yes": Yes}, cites: [Cite(source: "book", at: "1")])"#,
    r#"Define(id: ID, when: {"yes": Yes}, cites: [Cite(source: "paper", at: "1")])"#,
    r#"Define(id: ID, when: {"yes": Yes}, cites: [Cite(source: "book", at: "2")])"#,
    r#"Define(id: ID, when: {"yes": Yes}, cites: [Cite(source: "book", at: "1", claims: ["C1"])])"#,
    r#"Define(id: ID, when: {"yes": Yes}, cites: [Cite(source: "book", at: "1", claims: ["C2"])])"#,
    r#"Define(id: ID, when: {"yes": Yes}, cites: [Cite(source: "book", at: "1", says: "S")])"#,
    r#"Define(id: ID, when: {"yes": Yes}, cites: [Cite(source: "book", at: "1", says: "T")])"#,
    r#"Define(id: ID, when: {"yes": Yes}, cites: [Cite(source: "book", at: "1"), Cite(source: "paper", at: "1")])"#,
    r#"Define(id: ID, at_least: 1, of: [{"yes": Yes}, {"other": Yes}])"#,
    r#"Define(id: ID, at_least: 2, of: [{"yes": Yes}, {"other": Yes}])"#,
    r#"Define(id: ID, at_least: 1, of: [{"yes": Yes}, {"other": No}])"#,
    r#"Define(id: ID, at_least: 1, of: [{"yes": Yes}])"#,
    r#"Define(id: ID, score: [Points(1, {"yes": Yes})])"#,
    r#"Define(id: ID, score: [Points(2, {"yes": Yes})])"#,
    r#"Define(id: ID, score: [Points(1, {"yes": No})])"#,
    r#"Define(id: ID, score: [Points(1, {"yes": Yes}), Points(1, {"other": Yes})])"#,
];

/// One pack declares the first and another the second of each pair of these statements: all pairs but those of a
/// statement with itself are conflicts.
fn only_the_same_is_the_same(statements: &[impl AsRef<str>]) {
    let (mut one, mut other) = (COMMON.to_owned(), COMMON.to_owned());
    let mut expected = BTreeSet::new();
    for (first, left) in statements.iter().enumerate() {
        for (second, right) in statements.iter().enumerate() {
            let id = format!("x_{first}_{second}");
            for (text, statement) in [(&mut one, left), (&mut other, right)] {
                let _ = write!(
                    text,
                    "{},",
                    statement.as_ref().replace("ID", &format!("\"{id}\""))
                );
            }
            if first != second {
                expected.insert(format!("two packs declare `{id}`, and not alike"));
            }
        }
    }
    let said: BTreeSet<String> = findings([pack("one", &one), pack("two", &other)])
        .into_iter()
        .filter(|found| found.code == DECLARED_DIFFERENTLY)
        .map(|found| found.message)
        .collect();
    let otherwise: Vec<&String> = said.symmetric_difference(&expected).collect();
    assert!(otherwise.is_empty(), "{otherwise:?}");
}

#[test]
fn facts_that_differ_are_not_the_same() {
    only_the_same_is_the_same(FACTS);
}

#[test]
fn vague_quantities_and_sources_that_differ_are_not_the_same() {
    only_the_same_is_the_same(VAGUES);
    only_the_same_is_the_same(SOURCES);
}

#[test]
fn definitions_that_differ_are_not_the_same() {
    only_the_same_is_the_same(DEFINITIONS);
}

#[test]
fn conditions_that_differ_are_not_the_same() {
    let definitions: Vec<String> = CONDITIONS
        .iter()
        .map(|when| format!("Define(id: ID, when: {when})"))
        .collect();
    only_the_same_is_the_same(&definitions);
}

/// The order of labels, of statements and of fields says nothing, nor do spaces.
#[test]
fn what_is_written_otherwise_may_be_the_same() {
    let one = r#"
        Fact(id: "f", kind: Choice(["a", "b"]), ask: "Q", labels: {"a": "A", "b": "B"}),
        Define(id: "d", when: {"f": Is("a")}),"#;
    let other = r#"
        Define(when: [ { "f" : Is("a") } ], id: "d"),
        Fact(kind: Choice(["a", "b"]), labels: {"b": "B", "a": "A"}, id: "f", ask: "Q"),"#;
    let said = findings([pack("one", one), pack("two", other)]);
    assert!(
        said.iter().all(|found| found.code != DECLARED_DIFFERENTLY),
        "{said:?}"
    );
}
