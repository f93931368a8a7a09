//! Which tests fit which kinds of facts and definitions, and what is read of their limits.

use std::fmt::Write as _;

use super::{findings, findings_within, pack};
use liniment::Limits;

const MISFIT: &str = "L0201";

/// Every test, each on a fact of every kind: exactly those fit that the kind has.
#[test]
fn each_kind_has_its_own_tests() {
    let tests = [
        ("Yes", "Y"),
        ("No", "Y"),
        (r#"Is("a")"#, "CS"),
        (r#"OneOf(["a"])"#, "CS"),
        (r#"NoneOf(["a"])"#, "CSM"),
        (r#"Includes(["a"])"#, "M"),
        (r#"Only(["a"])"#, "M"),
        (r#"Exactly(["a"])"#, "M"),
        (r#"AnyOf(["a"])"#, "M"),
        ("AtLeast(LIMIT)", "SIT+"),
        ("MoreThan(LIMIT)", "SIT+"),
        ("AtMost(LIMIT)", "SIT+"),
        ("LessThan(LIMIT)", "SIT+"),
        ("Between(LIMIT, LIMIT)", "SIT+"),
        ("All([AtLeast(LIMIT), AtMost(LIMIT)])", "SIT+"),
        ("All([Yes, Yes])", "Y"),
    ];
    let kinds = [
        ('Y', "YesNo", ""),
        ('D', "", ""),
        ('C', r#"Choice(["a", "b", "c"])"#, r#""b""#),
        ('S', r#"Scale(["a", "b", "c"])"#, r#""b""#),
        ('M', r#"Several(["a", "b", "c"])"#, r#""b""#),
        ('I', "Integer()", "2"),
        ('I', "Number()", "2"),
        ('T', "Duration()", r#""2h""#),
        ('T', "Clock", r#""2h""#),
        ('+', "", "2"),
    ];
    for (letter, kind, limit) in kinds {
        let mut text = match letter {
            '+' => {
                r#"Fact(id: "y", kind: YesNo, ask: "?"), Define(id: "f", score: [Points(2, {"y": Yes})]),"#
                    .to_owned()
            }
            'D' => r#"Fact(id: "y", kind: YesNo, ask: "?"), Define(id: "f", when: {"y": Yes}),"#.to_owned(),
            _ => format!(r#"Fact(id: "f", kind: {kind}, ask: "?"),"#),
        };
        for (test, _) in tests {
            let test = test.replace("LIMIT", if limit.is_empty() { "2" } else { limit });
            let _ = write!(
                text,
                "\nNote(id: \"n{}\", phase: \"p\", when: {{\"f\": {test}}}, text: \"T\", inferred: true),",
                text.len()
            );
        }
        let found = findings([pack("one", &text)]);
        for (number, (test, fitting)) in tests.into_iter().enumerate() {
            let said: Vec<&str> = found
                .iter()
                .filter(|found| {
                    found
                        .labels
                        .first()
                        .is_some_and(|label| label.start_line as usize == number + 2)
                })
                .map(|found| found.message.as_str())
                .collect();
            // A definition that is yes or no takes what is no list of tests.
            let fits = fitting.contains(letter) || letter == 'D' && ["Yes", "No"].contains(&test);
            let misfit = said.iter().any(|message| message.contains("does not fit `f`"));
            assert_eq!(misfit, !fits, "{test} of {kind}{letter}: {said:?}");
        }
        let misfits = found.iter().filter(|found| found.code == MISFIT);
        assert!(
            misfits.clone().all(|found| found.message.contains("which is")),
            "{found:?}"
        );
    }
}

/// What is said of a fact of this kind, when it is tested so.
fn said(kind: &str, test: &str) -> Vec<String> {
    let text = format!(
        r#"Fact(id: "f", kind: {kind}, ask: "?"), Vague(id: "v", words: "v", from: 2, to: 4),
        Vague(id: "grams", words: "g", from: "2 g", to: "4 g"), Vague(id: "hours", words: "h", from: "2h", to: "4h"),
        Vague(id: "parts", words: "p", from: 2.5, to: 4),
        Note(id: "n", phase: "p", when: {{"f": {test}}}, text: "T", inferred: true),"#
    );
    findings([pack("one", &text)])
        .into_iter()
        .filter(|found| found.severity == liniment::diagnostic::Severity::Error)
        .map(|found| found.message)
        .collect()
}

#[test]
fn limits_are_read_as_what_they_limit() {
    const NOTHING: &str = "";
    let table = [
        ("Integer()", "AtLeast(3)", NOTHING),
        ("Integer()", "AtLeast(-3)", NOTHING),
        ("Integer()", r#"AtLeast("3")"#, NOTHING),
        ("Integer(unit: \"g\")", "AtLeast(3)", NOTHING),
        ("Integer(unit: \"g\")", r#"AtLeast("3 g")"#, NOTHING),
        ("Integer(unit: \"g\")", r#"AtLeast("3g")"#, NOTHING),
        (
            "Integer(unit: \"g\")",
            r#"AtLeast("3 kg")"#,
            "the unit `kg` does not fit: the fact is measured in `g`",
        ),
        (
            "Integer()",
            r#"AtLeast("3 kg")"#,
            "the unit `kg` does not fit: the fact has no unit",
        ),
        ("Integer()", "AtLeast(3.5)", "`3.5` is not a whole number"),
        (
            "Integer(unit: \"g\")",
            r#"AtLeast("3.5 g")"#,
            "`3.5` is not a whole number",
        ),
        ("Integer()", "AtLeast(Vague(\"v\"))", NOTHING),
        ("Integer(unit: \"g\")", "AtLeast(Vague(\"v\"))", NOTHING),
        ("Integer(unit: \"g\")", "AtLeast(Vague(\"grams\"))", NOTHING),
        (
            "Integer(unit: \"kg\")",
            "AtLeast(Vague(\"grams\"))",
            "the vague quantity `grams` does not measure what `f` measures",
        ),
        (
            "Integer()",
            "AtLeast(Vague(\"grams\"))",
            "the vague quantity `grams` does not measure what `f` measures",
        ),
        (
            "Integer()",
            "AtLeast(Vague(\"hours\"))",
            "the vague quantity `hours` does not measure what `f` measures",
        ),
        (
            "Integer()",
            "AtLeast(Vague(\"parts\"))",
            "the vague quantity `parts` does not measure what `f` measures",
        ),
        ("Number()", "AtLeast(3.5)", NOTHING),
        ("Number(unit: \"g\")", r#"AtLeast("3.5 g")"#, NOTHING),
        ("Number()", "AtLeast(Vague(\"v\"))", NOTHING),
        ("Number()", "AtLeast(Vague(\"parts\"))", NOTHING),
        ("Number(unit: \"g\")", "AtLeast(Vague(\"grams\"))", NOTHING),
        (
            "Number(unit: \"kg\")",
            "AtLeast(Vague(\"grams\"))",
            "the vague quantity `grams` does not measure what `f` measures",
        ),
        ("Duration()", r#"AtLeast("3h")"#, NOTHING),
        ("Duration()", "AtLeast(3)", "`3` has no unit of time"),
        ("Duration()", "AtLeast(Vague(\"hours\"))", NOTHING),
        (
            "Clock",
            "AtLeast(Vague(\"v\"))",
            "the vague quantity `v` does not measure what `f` measures",
        ),
        // Outside the range.
        ("Integer(from: 2, to: 5)", "AtLeast(2)", NOTHING),
        (
            "Integer(from: 2, to: 5)",
            "MoreThan(1)",
            "`f` never is 1: it goes from 2 to 5",
        ),
        ("Integer(from: 2, to: 5)", "AtMost(5)", NOTHING),
        (
            "Integer(from: 2, to: 5)",
            "AtMost(6)",
            "`f` never is 6: it goes from 2 to 5",
        ),
        (
            "Integer(from: 2)",
            "AtMost(1)",
            "`f` never is 1: it goes from 2 on",
        ),
        ("Integer(to: 5)", "AtMost(6)", "`f` never is 6: it goes up to 5"),
        (
            "Integer(from: 3)",
            "AtLeast(Vague(\"v\"))",
            "`f` never is 2: it goes from 3 on",
        ),
        (
            "Integer(to: 3)",
            "AtLeast(Vague(\"v\"))",
            "`f` never is 4: it goes up to 3",
        ),
        (
            "Number(from: 2.5)",
            "AtMost(2.25)",
            "`f` never is 2.25: it goes from 2.5 on",
        ),
        (
            "Duration(from: \"2h\")",
            r#"AtMost("90min")"#,
            "`f` never is 1 h 30 min: it goes from 2 h on",
        ),
        // Ranges that run backwards, to the last unit.
        ("Integer(from: 2, to: 2)", "AtMost(2)", "nothing else"),
        (
            "Integer(from: 3, to: 2)",
            "AtMost(3)",
            "the range runs backwards: 3 is more than 2",
        ),
        (
            "Duration(from: \"9007199254740993us\", to: \"9007199254740992us\")",
            r#"AtMost("9007199254740992us")"#,
            "the range runs backwards",
        ),
    ];
    for (kind, test, expected) in table {
        let said = said(kind, test);
        let fits = match expected {
            NOTHING => said.is_empty(),
            "nothing else" => said.iter().all(|message| !message.contains("backwards")),
            message => said.iter().any(|said| said.contains(message)),
        };
        assert!(fits, "{kind} {test}: {said:?}");
    }
}

/// Past a dozen options the rest are counted.
#[test]
fn a_dozen_options_are_listed() {
    let help = |options: usize| {
        let list: Vec<String> = (0..options).map(|number| format!("\"o{number}\"")).collect();
        let text = format!(
            r#"Fact(id: "f", kind: Choice([{}]), ask: "?"),
            Note(id: "n", phase: "p", when: {{"f": Is("zzzzz")}}, text: "T", inferred: true),"#,
            list.join(", ")
        );
        let found = findings([pack("one", &text)]);
        found.into_iter().find_map(|found| found.help).unwrap_or_default()
    };
    assert_eq!(help(2), "the options are `o0` and `o1`");
    assert_eq!(help(3), "the options are `o0`, `o1` and `o2`");
    assert!(help(12).ends_with("`o10` and `o11`"), "{}", help(12));
    assert!(help(13).ends_with("`o10`, `o11` and 1 more"), "{}", help(13));
    assert!(help(15).ends_with("`o10`, `o11` and 3 more"), "{}", help(15));
}

/// How many combinations a rule is said to have, when one is already too many.
fn combinations(rule: &str) -> Option<String> {
    let text = format!(
        r#"Fact(id: "a", kind: YesNo, ask: "?"), Fact(id: "b", kind: YesNo, ask: "?"),
        Fact(id: "c", kind: Choice(["x", "y", "z"]), ask: "?"), Fact(id: "i", kind: Integer(), ask: "?"),
        Define(id: "d", when: [{{"a": Yes}}, {{"b": Yes}}]), Define(id: "sum", score: [Points(1, {{"a": Yes}}), Points(1, {{"i": AtLeast(1)}})]),
        Scope(id: "scope", when: {{"c": Is("x")}}, closes: Everything, text: "S", inferred: true),
        {rule} phase: "p", text: "T", inferred: true),"#
    );
    let found = findings_within([pack("one", &text)], Limits::default().boxes(1));
    let labels = found
        .iter()
        .filter(|found| found.code == "L0216")
        .flat_map(|found| &found.labels);
    labels
        .filter_map(|label| label.text.strip_prefix("the facts tested more than once have "))
        .filter_map(|text| Some(text.split(' ').next()?.to_owned()))
        .next()
}

#[test]
fn what_is_tested_twice_is_cut_into_so_many_combinations() {
    let inside = |fields: &str| combinations(&format!("Note(id: \"n\", outside: [\"scope\"], {fields},"));
    let some = |text: &str| Some(text.to_owned());
    // Every fact once.
    assert_eq!(
        inside(r#"when: {"a": Yes, "b": Yes, "c": Is("x"), "i": AtLeast(1)}"#),
        None
    );
    assert_eq!(inside(r#"when: {"i": Between(1, 2), "c": NoneOf(["x"])}"#), None);
    assert_eq!(inside(r#"when: [{"a": Yes}, {"b": Yes}]"#), None);
    // A fact twice: as many as its tests tell apart.
    assert_eq!(inside(r#"when: [{"a": Yes, "b": Yes}, {"a": No}]"#), some("2"));
    assert_eq!(
        inside(r#"when: [{"a": Yes, "b": Yes}, {"a": No, "b": No}]"#),
        some("4")
    );
    assert_eq!(
        inside(r#"when: [{"c": Is("x"), "a": Yes}, {"c": Is("y")}]"#),
        some("3")
    );
    assert_eq!(
        inside(r#"when: [{"c": Is("x"), "a": Yes}, {"c": NoneOf(["x"]), "b": Yes}]"#),
        some("2")
    );
    assert_eq!(
        inside(r#"when: [{"i": AtLeast(1), "a": Yes}, {"i": AtLeast(5)}]"#),
        some("3")
    );
    assert_eq!(
        inside(r#"when: [{"i": AtMost(1), "a": Yes}, {"i": AtLeast(5)}]"#),
        some("3")
    );
    // Definitions and scores are put in.
    assert_eq!(inside(r#"when: {"a": Yes, "d": No}"#), some("2"));
    assert_eq!(
        inside(r#"when: [{"d": Yes, "c": Is("x")}, {"d": No}]"#),
        some("4")
    );
    assert_eq!(inside(r#"when: {"sum": Between(1, 1)}"#), None);
    assert_eq!(inside(r#"when: {"sum": AtLeast(1), "a": Yes}"#), some("2"));
    // So are scopes and reasons.
    assert_eq!(combinations(r#"Note(id: "n", when: {"a": Yes},"#), None);
    assert_eq!(combinations(r#"Note(id: "n", when: {"c": Is("y")},"#), some("3"));
    assert_eq!(
        inside(
            r#"when: {"a": Yes}, reasons: [Reason(when: {"a": No}, why: "W"), Reason(when: {"b": Yes}, why: "V")]"#
        ),
        some("2")
    );
    // From forty facts on it is countless.
    let many = |count: usize| {
        let facts: String = (0..count)
            .map(|number| format!("Fact(id: \"f{number}\", kind: YesNo, ask: \"?\"),"))
            .collect();
        let row = |answer: &str| {
            let tests: Vec<String> = (0..count)
                .map(|number| format!("\"f{number}\": {answer}"))
                .collect();
            format!("{{{}}}", tests.join(", "))
        };
        combinations(&format!(
            "{facts} Note(id: \"n\", outside: [\"scope\"], when: [{}, {}],",
            row("Yes"),
            row("No")
        ))
    };
    assert_eq!(many(10), some("1024"));
    assert_eq!(many(64), some("countless"));
}

/// Scores that many facts add up to: their two ends exclude each other, or leave nothing out, without a search.
#[test]
fn the_two_ends_of_a_long_score_are_compared() {
    let codes = |when: &str| {
        let mut text = String::new();
        let mut points = Vec::new();
        for number in 0..30 {
            let _ = write!(text, "Fact(id: \"f{number}\", kind: YesNo, ask: \"?\"),");
            points.push(format!("Points(1, {{\"f{number}\": Yes}})"));
        }
        let _ = write!(
            text,
            r#"Define(id: "sum", score: [{}]), Define(id: "high", when: {{"sum": AtLeast(15)}}),
            Define(id: "row", when: {{"sum": AtLeast(15), "f0": Yes}}), Define(id: "list", when: [{{"sum": AtLeast(15)}}, {{"f0": Yes}}]),
            Note(id: "n", phase: "p", when: {when}, text: "T", inferred: true),"#,
            points.join(", ")
        );
        let found = findings([pack("one", &text)]);
        let codes = found.iter().map(|found| found.code);
        codes
            .filter(|code| *code == "L0213" || *code == "L0214")
            .collect::<Vec<_>>()
    };
    assert_eq!(codes(r#"[{"sum": AtLeast(15)}, {"sum": AtMost(14)}]"#), ["L0214"]);
    assert_eq!(codes(r#"[{"sum": AtLeast(14)}, {"sum": AtMost(14)}]"#), ["L0214"]);
    assert_eq!(codes(r#"[{"sum": AtLeast(16)}, {"sum": AtMost(14)}]"#), [""; 0]);
    assert_eq!(codes(r#"[{"high": Yes}, {"sum": LessThan(15)}]"#), ["L0214"]);
    assert_eq!(codes(r#"{"high": Yes, "sum": AtMost(14)}"#), ["L0213"]);
    assert_eq!(codes(r#"{"high": Yes, "sum": AtMost(13)}"#), ["L0213"]);
    assert_eq!(codes(r#"{"high": Yes, "sum": AtMost(15)}"#), [""; 0]);
    assert_eq!(codes(r#"{"high": No, "sum": AtLeast(15)}"#), ["L0213"]);
    // Among others, and within what is put in.
    assert_eq!(
        codes(r#"{"high": Yes, "sum": AtMost(14), "f0": Yes, "f1": Yes}"#),
        ["L0213"]
    );
    assert_eq!(codes(r#"{"row": Yes, "sum": AtMost(14)}"#), ["L0213"]);
    assert_eq!(codes(r#"{"row": Yes, "sum": AtMost(15)}"#), [""; 0]);
    assert_eq!(codes(r#"[{"list": Yes}, {"sum": AtMost(14)}]"#), ["L0214"]);
    assert_eq!(codes(r#"[{"list": Yes}, {"sum": AtMost(13)}]"#), [""; 0]);
}

/// Ids of every kind of statement, and what would be an id.
#[test]
fn ids_have_one_way_to_be_written() {
    let said = |statement: &str| -> Vec<String> {
        findings([pack("one", statement)])
            .into_iter()
            .filter(|found| found.code == "L0114")
            .map(|found| format!("{}: {}", found.message, found.help.unwrap_or_default()))
            .collect()
    };
    for statement in [
        r#"Fact(id: ID, kind: YesNo, ask: "?")"#,
        r#"Fact(id: "f", kind: Choice(["a", ID]), ask: "?")"#,
        r#"Fact(id: "f", kind: Scale(["a", ID]), ask: "?")"#,
        r#"Fact(id: "f", kind: Several(["a", ID]), ask: "?")"#,
        r#"Vague(id: ID, words: "w", from: 1, to: 2)"#,
        r#"Define(id: ID, at_least: 1, of: [])"#,
        r#"Source(id: ID, kind: Article, title: "T", reviewed: "2026-01-01")"#,
        r#"Cause(id: ID, standing: Primary, text: "T")"#,
        r#"Stages(id: ID, at: "f", comfortable: "g", steps: [])"#,
        r#"Group(id: ID, at_least: 1, of: [], text: "T")"#,
        r#"Fix(id: ID, phase: "p", text: "T")"#,
        r#"Fix(id: "f", advice: ID, phase: "p", text: "T")"#,
        r#"Fix(id: "f", phase: "p", text: "T", variants: [Variant(id: ID)])"#,
        r#"NonFix(id: ID, phase: "p", verdict: Avoid, text: "T")"#,
        r#"NonFix(id: "f", advice: ID, phase: "p", verdict: Avoid, text: "T")"#,
        r#"Wait(id: ID, phase: "p", text: "T")"#,
        r#"Wait(id: "f", advice: ID, phase: "p", text: "T")"#,
        r#"RedFlag(id: ID, level: Refer, when: {}, text: "T")"#,
        r#"RedFlag(id: "f", advice: ID, level: Refer, when: {}, text: "T")"#,
        r#"Scope(id: ID, when: {}, closes: Everything, text: "T")"#,
        r#"Scope(id: "f", advice: ID, when: {}, closes: Everything, text: "T")"#,
        r#"Note(id: ID, phase: "p", text: "T")"#,
        r#"Note(id: "f", advice: ID, phase: "p", text: "T")"#,
    ] {
        for (id, better) in [
            ("Warm", "warm"),
            ("warmMuscle", "warm_muscle"),
            ("WARM", "warm"),
            ("warm-muscle", "warm_muscle"),
            ("warm__muscle", "warm_muscle"),
            ("_warm", "warm"),
            ("warm2Go", "warm2_go"),
        ] {
            let statement = statement.replace("ID", &format!("{id:?}"));
            let expected = format!("`{id}` cannot be an id: write for example `\"{better}\"`");
            assert_eq!(said(&statement), [expected], "{statement}");
        }
        for id in ["warm", "warm_muscle", "warm2", "2_warm"] {
            let statement = statement.replace("ID", &format!("{id:?}"));
            assert_eq!(said(&statement), [""; 0], "{statement}");
        }
        let statement = statement.replace("ID", "\"__\"");
        assert_eq!(
            said(&statement),
            ["`__` cannot be an id: write a plain name"],
            "{statement}"
        );
    }
}

/// Two facts that one hidden limit binds together, wherever it is named.
#[test]
fn one_vague_quantity_for_two_facts_is_told() {
    let told = |when: &str| {
        let text = format!(
            r#"Fact(id: "one", kind: Integer(), ask: "?"), Fact(id: "two", kind: Integer(), ask: "?"),
            Vague(id: "v", words: "v", from: 2, to: 4), Vague(id: "w", words: "w", from: 2, to: 4),
            Note(id: "n", phase: "p", when: {when}, text: "T", inferred: true),"#
        );
        let found = findings([pack("one", &text)]);
        let labels = found
            .iter()
            .filter(|found| found.code == "L0216")
            .flat_map(|found| &found.labels);
        labels.map(|label| label.text.clone()).next()
    };
    let expected = || Some("`one` and `two` are compared with one vague quantity".to_owned());
    assert_eq!(
        told(r#"{"one": AtLeast(Vague("v")), "two": AtLeast(Vague("v"))}"#),
        expected()
    );
    assert_eq!(
        told(r#"[{"one": AtLeast(Vague("v"))}, {"two": AtLeast(Vague("v"))}]"#),
        expected()
    );
    assert_eq!(
        told(r#"{"one": Between(1, Vague("v")), "two": AtLeast(Vague("v"))}"#),
        expected()
    );
    assert_eq!(
        told(r#"{"one": Between(1, Vague("v")), "two": Between(Vague("v"), 9)}"#),
        expected()
    );
    assert_eq!(
        told(r#"{"one": AtLeast(Vague("v")), "two": AtLeast(Vague("w"))}"#),
        None
    );
    assert_eq!(told(r#"{"one": Between(Vague("v"), Vague("w"))}"#), None);
    assert_eq!(
        told(r#"[{"one": AtLeast(Vague("v")), "two": AtLeast(1)}, {"one": LessThan(Vague("v"))}]"#),
        None
    );
}
