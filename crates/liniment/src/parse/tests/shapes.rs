//! What may be written, and what it is read as.

use super::super::{Counts, parse};
use super::{found, read_with, source_of};
use crate::limits::Limits;
use crate::parse::syntax::{Closes, FactKind, LimitKind, Manifest, Statement, Suppresses, Test};
use crate::parse::{ParsedPack, Source};
use crate::progress::Reporter;

fn pack(text: &str) -> ParsedPack {
    let (pack, _, findings) = read_with(&source_of(text), &Limits::default());
    assert!(findings.is_empty(), "{text}: {:?}", found(text));
    pack.unwrap_or_else(|| unreachable!("no error and no pack"))
}

/// The only statement of a text.
fn statement(text: &str) -> Statement {
    let mut statements = pack(&format!("[{text}]")).statements;
    assert_eq!(statements.len(), 1);
    statements.remove(0).value
}

/// The tests of a row, as debug text without places.
fn tests_of(row: &str) -> Vec<(String, String)> {
    let Statement::Never(condition) = statement(&format!("Never({row})")) else {
        unreachable!()
    };
    assert_eq!(condition.rows.len(), 1);
    let entries = condition.rows.iter().flat_map(|row| &row.entries);
    entries
        .map(|entry| (entry.name.value.clone(), shown(&entry.test)))
        .collect()
}

fn shown(test: &Test) -> String {
    let names = |list: &[crate::parse::syntax::Name]| {
        list.iter()
            .map(|name| name.value.as_str())
            .collect::<Vec<_>>()
            .join("|")
    };
    let limit = |limit: &LimitKind| match limit {
        LimitKind::Text(text) => format!("'{text}'"),
        LimitKind::Number(text) => text.clone(),
        LimitKind::Vague(id) => format!("~{id}"),
    };
    match test {
        Test::Yes => "yes".to_owned(),
        Test::No => "no".to_owned(),
        Test::Is(name) => format!("= {}", name.value),
        Test::OneOf(list) => format!("one of {}", names(list)),
        Test::AtLeast(end) => format!(">= {}", limit(end)),
        Test::MoreThan(end) => format!("> {}", limit(end)),
        Test::AtMost(end) => format!("<= {}", limit(end)),
        Test::LessThan(end) => format!("< {}", limit(end)),
        Test::Between(from, to) => format!("{} to {}", limit(from), limit(to)),
        Test::All(tests) => tests
            .iter()
            .map(|test| shown(test))
            .collect::<Vec<_>>()
            .join(" and "),
        Test::Includes(list) => format!("includes {}", names(list)),
        Test::Only(list) => format!("only {}", names(list)),
        Test::Exactly(list) => format!("exactly {}", names(list)),
        Test::AnyOf(list) => format!("any of {}", names(list)),
        Test::NoneOf(list) => format!("none of {}", names(list)),
        Test::Gives(list) => format!("gives {}", names(list)),
        Test::GivesNothing => "gives nothing".to_owned(),
    }
}

#[test]
fn every_test_is_read() {
    let row = r#"{
        "a": Yes, "b": No, "c": Is("x"), "d": OneOf(["x", "y",]), "e": AtLeast("24h"), "f": MoreThan(40), "g": AtMost(-0.50),
        "h": LessThan(Vague("few_minutes")), "i": Between("1d", 3), "j": All([AtLeast(1), LessThan(2)]), "k": Includes(["x"]),
        "l": Only([]), "m": Exactly(["x"]), "n": AnyOf(["x"]), "o": NoneOf(["x"]), "p": Gives(["recommend"]), "q": GivesNothing,
    }"#;
    let expected = [
        "yes",
        "no",
        "= x",
        "one of x|y",
        ">= '24h'",
        "> 40",
        "<= -0.50",
        "< ~few_minutes",
        "'1d' to 3",
        ">= 1 and < 2",
        "includes x",
        "only ",
        "exactly x",
        "any of x",
        "none of x",
        "gives recommend",
        "gives nothing",
    ];
    let tests: Vec<String> = tests_of(row).into_iter().map(|(_, test)| test).collect();
    assert_eq!(tests, expected);
}

#[test]
fn a_condition_is_a_row_or_a_list_of_rows() {
    for (text, rows) in [
        (r#"{"a": Yes, "b": No}"#, 1),
        (r#"[{"a": Yes}, {"b": No}]"#, 2),
        ("{}", 1),
    ] {
        let Statement::Assume(condition) = statement(&format!("Assume({text})")) else {
            unreachable!()
        };
        assert_eq!(condition.rows.len(), rows, "{text}");
        assert_eq!(
            (condition.span.start, condition.span.end),
            (8, 8 + text.len() as u32)
        );
    }
}

#[test]
fn every_kind_of_fact_is_read() {
    for text in [
        "YesNo",
        r#"Choice(["a", "b"])"#,
        r#"Scale(["a", "b"])"#,
        r#"Several(["a"])"#,
        "Integer",
        "Integer(from: 0, to: 10)",
        "Integer()",
        r#"Number(unit: "°C", from: 30, to: 45.5)"#,
        "Duration",
        r#"Duration(to: "3d")"#,
        "Clock",
        r#"Clock(runs_while: {"a": Yes})"#,
    ] {
        let Statement::Fact(fact) = statement(&format!(r#"Fact(id: "f", kind: {text}, ask: "?")"#)) else {
            unreachable!()
        };
        let name = text.split('(').next().unwrap_or_default();
        assert!(format!("{:?}", fact.kind.value).starts_with(name), "{text}");
        if let FactKind::Number(range) = &fact.kind.value {
            assert_eq!(
                range.to.as_ref().map(|to| to.value.clone()),
                Some(LimitKind::Number("45.5".to_owned()))
            );
        }
    }
}

#[test]
fn statements_are_read() {
    let text = r##"[
        Fact(id: "a", kind: Choice(["x"]), ask: "A?", labels: {"x": "just x"}, ask_when: {"b": Yes}, fixed: true, lasts: "3d"),
        Vague(id: "few", words: "a few", from: "2min", to: "5min"),
        Define(id: "d", at_least: 2, of: [{"a": Is("x")}, [{"b": Yes}, {"c": Yes}]], score: [Points(2, {"b": Yes}), Points(-1, [{"b": No}])]),
        Source(id: "s", kind: PatientInformation, title: r#"A "raw" title"#, reviewed: "2026-11-23"),
        Cause(id: "c", standing: Contributing, certainty: Usual, text: "t", cites: [Cite(source: "s", at: "p. 1", claims: ["C1"]), (source: "s", at: "2")]),
        Fix(id: "f", phase: "p", verdict: Optional, not_before: ("t", "24h"), until: ("t", Vague("few")), text: "a \"b\"\n\u{e9}",
            dose: (lasting: "10min", every: Vague("few"), for: "3d"), variants: [Variant(id: "v")], suppresses: ["a", "b"],
            never_when_unknown: Stand, reasons: [Reason(when: {}, why: "w")], evidence: VeryLow, strength: Strong),
        NonFix(id: "n", phase: "p", verdict: Avoid, then: Optional, text: "t", suppresses: Phases(["p"])),
        Wait(id: "w", phase: "p", until: ("t", "3d"), text: "t"),
        Stages(id: "g", at: "s", comfortable: "c", after: "w", steps: ["a", "b"]),
        RedFlag(id: "r", level: Emergency, when: {"a": Yes}, suppresses: Everything, text: "t"),
        Scope(id: "o", when: {"a": Yes}, closes: Phases(["p"]), text: "t"),
        Note(id: "i", phase: "p", verdict: Refer, text: "t"),
        Group(id: "m", at_least: 3, of: ["a"], text: "t"),
        Translation(lang: "de", of: "m", text: "t", phases: {"p": "P"}, variants: [(text: "x")]),
        Never({}), Always([{}]), Implies({"a": Yes}, {"b": Yes}), OnceOpenStaysOpen("f"), ForgettingNeverOpens(["f"]), Assume({}), Expect({}),
    ]"##;
    let pack = pack(text);
    assert_eq!(pack.statements.len(), 21);
    for statement in &pack.statements {
        let piece = text
            .get(statement.span.start as usize..statement.span.end as usize)
            .unwrap_or_default();
        assert!(
            Statement::NAMES.iter().any(|name| piece.starts_with(name)) && piece.ends_with(')'),
            "{piece}"
        );
        match &statement.value {
            Statement::Fact(fact) => {
                let labels: Vec<_> = fact
                    .labels
                    .iter()
                    .map(|(name, words)| (name.value.as_str(), words.value.as_str()))
                    .collect();
                assert_eq!(labels, [("x", "just x")]);
                assert!(fact.fixed);
            }
            Statement::Source(source) => assert_eq!(source.title.value, "A \"raw\" title"),
            Statement::Fix(fix) => {
                assert_eq!(fix.text.value, "a \"b\"\né");
                assert!(matches!(fix.suppresses.as_deref(), Some(Suppresses::Only(ids)) if ids.len() == 2));
                assert_eq!(
                    fix.dose
                        .as_ref()
                        .and_then(|dose| dose.in_all.as_ref())
                        .map(|limit| limit.value.clone()),
                    Some(LimitKind::Text("3d".to_owned()))
                );
            }
            Statement::RedFlag(flag) => {
                assert!(matches!(flag.suppresses.as_deref(), Some(Suppresses::Everything)))
            }
            Statement::Scope(scope) => {
                assert!(matches!(&scope.closes.value, Closes::Phases(ids) if ids.len() == 1))
            }
            Statement::Define(define) => {
                assert_eq!(define.at_least.map(|number| number.value), Some(2));
                assert_eq!(define.of.len(), 2);
                assert_eq!(
                    define
                        .score
                        .iter()
                        .map(|points| points.value.0.value)
                        .collect::<Vec<_>>(),
                    [2, -1]
                );
            }
            _ => {}
        }
    }
}

#[test]
fn names_of_statements_are_those_of_the_language() {
    let words = found("[Nothing()]").join("");
    assert!(words.contains("there is no statement `Nothing`"), "{words}");
    let (_, _, findings) = read_with(&source_of("[Nothing()]"), &Limits::default());
    let help = findings
        .iter()
        .find_map(|finding| finding.help.clone())
        .unwrap_or_default();
    let named: Vec<&str> = help.split('`').skip(1).step_by(2).collect();
    assert_eq!(named, Statement::NAMES);
}

#[test]
fn a_name_keeps_its_own_place() {
    let text = r#"[ /* é */ Never({"größe": Yes, "b" : Is( "x" )}) ]"#;
    let pack = pack(text);
    let places: Vec<&str> = pack
        .statements
        .iter()
        .flat_map(|statement| match &statement.value {
            Statement::Never(condition) => condition
                .rows
                .iter()
                .flat_map(|row| &row.entries)
                .flat_map(|entry| [entry.name.span, entry.test.span])
                .collect(),
            _ => Vec::new(),
        })
        .filter_map(|span: crate::parse::spanned::Span| text.get(span.start as usize..span.end as usize))
        .collect();
    assert_eq!(places, ["\"größe\"", "Yes", "\"b\"", "Is( \"x\" )"]);
}

#[test]
fn a_manifest_and_cases_are_read() {
    let source = Source::files([
        (
            "cases/b.ron",
            r#"[TestCase(id: "b", facts: {"x": true, "y": {"from": "1d", "to": "3d"}, "z": None, "n": 1.5, "l": ["q"]},
            must: {"strength": "recommend"}, must_not: {"ice": ["any"]}, exactly: [("a", "defer")], order: [["a", "b"]], opens_in: {"r": "1min"})]"#,
        ),
        (
            "pack.ron",
            r#"// A pack
            Pack(id: "mine", version: "1.0.0", schema: 1, language: "en", translations: ["de"], title: "Mine", notice: "N",
                 extends: {"base": "^1"}, with: {"calf-cramps": "^1"}, phases: [Phase(id: "p", title: "P")], ranking: ["a"], ask_first: ["f"]),"#,
        ),
        ("empty.ron", "[]"),
    ]);
    let names: Vec<&str> = source.names().collect();
    assert_eq!(names, ["mine/cases/b.ron", "mine/empty.ron", "mine/pack.ron"]);
    let (pack, _, findings) = read_with(&source, &Limits::default());
    assert!(findings.is_empty(), "{findings:?}");
    let Some(pack) = pack else { unreachable!() };
    let Manifest {
        id,
        extends,
        with_packs,
        phases,
        ..
    } = &pack.manifest;
    assert_eq!(
        (id.value.as_str(), extends.len(), with_packs.len(), phases.len()),
        ("mine", 1, 1, 1)
    );
    assert_eq!(pack.cases.len(), 1);
    let case = pack.cases.first();
    assert_eq!(case.map(|case| case.facts.value.entries.len()), Some(5));
    assert_eq!(case.and_then(|case| case.exactly.as_ref()).map(Vec::len), Some(1));
}

#[test]
fn files_are_numbered_from_the_number_given() {
    let mut findings = Vec::new();
    let (source, limits) = (source_of("[Fix()]"), Limits::default());
    let (mut counts, progress) = (Counts::default(), Reporter::default());
    let pack = parse(&source, &limits, 7, &mut counts, &progress, &mut findings);
    assert!(pack.is_none() && !findings.is_empty());
    assert!(
        findings
            .iter()
            .all(|finding| finding.labels.iter().all(|(span, _)| span.file.0 == 8))
    );
}

#[test]
fn built_in_texts_are_borrowed() {
    static FILES: &[(&str, &str)] = &[("pack.ron", super::MANIFEST), ("rules.ron", "[]")];
    let source = Source::from(FILES);
    let (pack, files, _) = read_with(&source, &Limits::default());
    assert!(pack.is_some());
    assert!(files.iter().any(|file| {
        file.text()
            .is_some_and(|text| std::ptr::eq(text, super::MANIFEST))
    }));
}
