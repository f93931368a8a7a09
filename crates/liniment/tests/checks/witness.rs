//! The case that shows a collision, as an author would write it: of each fact one plain value.

use super::{findings, pack};

const COLLISION: &str = "L0322";

/// The case that shows how a fix and what is no fix meet, when both are given under a condition on `f`.
fn witness(kind: &str, test: &str) -> String {
    let statements = format!(
        r#"Fact(id: "f", kind: {kind}, ask: "?"), Fact(id: "g", kind: YesNo, ask: "?"),
        Note(id: "n", phase: "p", when: {{"g": Yes}}, text: "T", inferred: true),
        Fix(id: "one", advice: "a", phase: "p", when: {{"f": {test}}}, text: "T", inferred: true),
        NonFix(id: "two", advice: "a", phase: "p", when: {{"f": {test}}}, verdict: Avoid, because: "B", text: "T",
            inferred: true),"#
    );
    let found = findings([pack("one", &statements)]);
    let mut cases = found
        .iter()
        .filter(|found| found.code == COLLISION)
        .filter_map(|found| found.witness.clone());
    cases.next().unwrap_or_else(|| format!("{found:?}"))
}

#[test]
fn a_witness_states_plain_values() {
    let table = [
        ("YesNo", "Yes", "true"),
        ("YesNo", "No", "false"),
        (r#"Choice(["a", "b", "c"])"#, r#"Is("b")"#, r#""b""#),
        (r#"Choice(["a", "b", "c"])"#, r#"NoneOf(["a"])"#, r#""b""#),
        (r#"Scale(["a", "b", "c"])"#, r#"AtLeast("b")"#, r#""b""#),
        (r#"Scale(["a", "b", "c"])"#, r#"MoreThan("b")"#, r#""c""#),
        (r#"Scale(["a", "b", "c"])"#, r#"AtMost("b")"#, r#""a""#),
        // Of several, those that matter.
        (
            r#"Several(["a", "b", "c"])"#,
            r#"Includes(["b"])"#,
            r#"{"includes": ["b"], "excludes": []}"#,
        ),
        (
            r#"Several(["a", "b", "c"])"#,
            r#"NoneOf(["b"])"#,
            r#"{"includes": [], "excludes": ["b"]}"#,
        ),
        (
            r#"Several(["a", "b", "c", "d"])"#,
            r#"All([Includes(["a", "c"]), NoneOf(["d"])])"#,
            r#"{"includes": ["a", "c"], "excludes": ["d"]}"#,
        ),
        (
            r#"Several(["a", "b", "c"])"#,
            r#"Exactly(["b", "c"])"#,
            r#"["b", "c"]"#,
        ),
        // The least whole number, or the greatest where there is no least.
        ("Integer()", "AtLeast(5)", "5"),
        ("Integer()", "MoreThan(5)", "6"),
        ("Integer()", "AtMost(5)", "5"),
        ("Integer()", "LessThan(5)", "4"),
        ("Integer()", "AtLeast(-5)", "-5"),
        ("Integer()", "LessThan(0)", "-1"),
        ("Integer()", "Between(2, 7)", "2"),
        ("Integer(from: 1)", "AtMost(5)", "1"),
        ("Integer()", "AtLeast(999999999999999)", "999999999999999"),
        // Whole ones where there are any, then those with one place, then what lies in the middle.
        ("Number()", "AtLeast(37.5)", "38"),
        ("Number()", "MoreThan(38)", "39"),
        ("Number()", "AtLeast(38)", "38"),
        ("Number()", "AtMost(37.5)", "37"),
        ("Number()", "LessThan(37)", "36"),
        ("Number()", "AtMost(-2.5)", "-3"),
        ("Number()", "AtLeast(-2.5)", "-2"),
        ("Number()", "MoreThan(0)", "1"),
        ("Number()", "LessThan(0)", "-1"),
        ("Number()", "Between(36.5, 37.5)", "37"),
        ("Number()", "Between(37.2, 37.4)", "37.2"),
        ("Number()", "Between(37.11, 37.49)", "37.2"),
        ("Number()", "Between(-37.49, -37.11)", "-37.4"),
        ("Number()", "Between(0.25, 0.27)", "0.26"),
        ("Number()", "Between(37.25, 37.25)", "37.25"),
        ("Number(from: 36.6, to: 42)", "AtMost(38)", "37"),
        ("Number(from: 36.6, to: 42)", "AtLeast(41.95)", "42"),
        // The roundest length of time.
        ("Duration()", r#"AtLeast("90min")"#, r#""1d""#),
        ("Duration()", r#"AtMost("90min")"#, r#""0s""#),
        ("Duration()", r#"Between("90min", "100min")"#, r#""90min""#),
        ("Duration()", r#"Between("90min", "2h")"#, r#""2h""#),
        ("Duration()", r#"Between("90min", "119min")"#, r#""90min""#),
        ("Duration()", r#"Between("61s", "119s")"#, r#""61s""#),
        ("Duration()", r#"Between("61s", "120s")"#, r#""2min""#),
        ("Duration()", r#"Between("25h", "30h")"#, r#""25h""#),
        ("Duration()", r#"Between("1500ms", "1600ms")"#, r#""PT1.5S""#),
        ("Duration()", r#"Between("1500ms", "2s")"#, r#""2s""#),
        ("Duration()", r#"Between("1us", "2us")"#, r#""PT0.000001S""#),
        ("Clock", r#"AtLeast("3d")"#, r#""3d""#),
        ("Clock", r#"MoreThan("3d")"#, r#""4d""#),
        ("Clock", r#"LessThan("3d")"#, r#""0s""#),
        (
            "Duration(from: \"30min\", to: \"50min\")",
            r#"AtMost("40min")"#,
            r#""30min""#,
        ),
    ];
    let wrong: Vec<(&str, &str, String)> = table
        .into_iter()
        .filter_map(|(kind, test, expected)| {
            let found = witness(kind, test);
            (found != format!("{{\"f\": {expected}}}")).then_some((kind, test, found))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
