//! Exceptions and overrides that do the work of a gate, and those that do not.

use super::{findings, pack};

const STRICTER_EXCEPTION: &str = "L0320";
const STRICTER_OVERRIDE: &str = "L0321";

const FACTS: &str = r#"
    Fact(id: "yes", kind: YesNo, ask: "?"), Fact(id: "lasted", kind: Duration(), ask: "?"),
    Fact(id: "clock", kind: Clock, ask: "?"), Fact(id: "other", kind: Clock, ask: "?"),
    Vague(id: "some", words: "some time", from: "1h", to: "3h"), Define(id: "early", when: {"clock": AtMost("1h")}),
"#;

fn is_said(code: &str, rules: &str) -> bool {
    let found = findings([pack("one", &format!("{FACTS}{rules}"))]);
    found.iter().any(|found| found.code == code)
}

#[test]
fn an_exception_is_no_gate() {
    let table = [
        (r#"{"clock": AtMost("1h")}"#, true),
        (r#"{"clock": LessThan("1h")}"#, true),
        (r#"{"clock": Between("1h", "2h")}"#, true),
        (r#"{"clock": All([AtLeast("1h"), LessThan("2h")])}"#, true),
        (r#"{"clock": All([AtLeast("1h"), MoreThan("2h")])}"#, false),
        (r#"{"clock": AtMost(Vague("some"))}"#, true),
        (r#"{"clock": AtLeast("1h")}"#, false),
        (r#"{"clock": MoreThan("1h")}"#, false),
        (r#"{"yes": Yes, "clock": AtMost("1h")}"#, true),
        (r#"[{"yes": Yes}, {"clock": AtMost("1h")}]"#, true),
        (r#"{"yes": Yes}"#, false),
        (r#"{"lasted": AtMost("1h")}"#, false),
        (r#"{"early": Yes}"#, false),
        // The most that a clock can be is no end.
        (r#"{"clock": AtMost("9223372036854775807us")}"#, false),
        (r#"{"clock": AtMost("9223372036854775806us")}"#, true),
    ];
    for (except, expected) in table {
        let rule = |kind: &str| {
            format!(r#"{kind}id: "a", phase: "p", except: {except}, text: "T", inferred: true),"#)
        };
        assert_eq!(is_said(STRICTER_EXCEPTION, &rule("Fix(")), expected, "{except}");
        // Only a fix has a gate.
        let others = ["NonFix(verdict: Avoid, because: \"B\", ", "Note(", "Wait("];
        for kind in others {
            assert!(!is_said(STRICTER_EXCEPTION, &rule(kind)), "{kind} {except}");
        }
    }
}

#[test]
fn an_override_is_no_gate() {
    const EARLY: &str = r#"when: {"clock": AtMost("1h")}"#;
    const LATE: &str = r#"when: {"clock": AtLeast("1h")}"#;
    let fix = |fields: &str| format!("Fix({fields}, ");
    let wait = |fields: &str| format!("Wait({fields}, ");
    let non_fix = |verdict: &str, when: &str| format!("NonFix(verdict: {verdict}, because: \"B\", {when}, ");
    let gate = |limit: &str| fix(&format!("not_before: (\"clock\", {limit})"));
    let until = |limit: &str| wait(&format!("until: (\"clock\", {limit})"));
    let free = fix(r#"when: {"yes": Yes}"#);
    let table = [
        // What forbids until a clock gets somewhere takes the place of what may be done.
        (non_fix("Avoid", EARLY), free.clone(), true),
        (non_fix("Avoid", EARLY), fix("verdict: Optional"), true),
        (non_fix("Avoid", LATE), free.clone(), false),
        (non_fix("Inferior", EARLY), free.clone(), false),
        (non_fix("Ineffective", EARLY), free.clone(), false),
        (
            non_fix("Avoid", EARLY),
            non_fix("Inferior", r#"when: {"yes": Yes}"#),
            false,
        ),
        (non_fix("Avoid", EARLY), until("\"1h\""), false),
        (fix(EARLY), fix("verdict: Optional"), false),
        // A later gate takes the place of an earlier one.
        (gate("\"2h\""), gate("\"1h\""), true),
        (gate("\"1h\""), gate("\"1h\""), false),
        (gate("\"1h\""), gate("\"2h\""), false),
        (gate("\"2h\""), until("\"1h\""), true),
        (until("\"2h\""), gate("\"1h\""), true),
        (until("\"2h\""), until("\"1h\""), true),
        (until("\"1h\""), until("\"2h\""), false),
        // A vague limit is surely reached at its upper end.
        (gate("\"2h\""), gate("Vague(\"some\")"), false),
        (gate("Vague(\"some\")"), gate("\"2h\""), true),
        (gate("Vague(\"some\")"), gate("\"3h\""), false),
        // Other clocks, and no gates.
        (gate("\"2h\""), fix("not_before: (\"other\", \"1h\")"), false),
        (gate("\"2h\""), free.clone(), false),
        (gate("\"2h\""), fix("until: (\"clock\", \"1h\")"), false),
        (fix("until: (\"clock\", \"2h\")"), gate("\"1h\""), false),
        (free, gate("\"1h\""), false),
    ];
    for (stronger, weaker, expected) in table {
        for (advice, expected) in [("a", expected), ("b", false)] {
            let rules = format!(
                r#"{stronger} id: "one", advice: "{advice}", phase: "p", overrides: ["two"], text: "T", inferred: true),
                {weaker} id: "two", advice: "a", phase: "p", text: "T", inferred: true),"#
            );
            assert_eq!(is_said(STRICTER_OVERRIDE, &rules), expected, "{rules}");
        }
    }
}
