//! What holds between rules: which of them stand, in which order they are given, and what is said of circles and plans.

use std::collections::BTreeSet;

use liniment::diagnostic::Diagnostic;
use liniment::{KnowledgeBase, Source};

use super::{findings, pack};

const COLLISION: &str = "L0322";
const LIMITS_CYCLE: &str = "L0124";
const DOSE_IMPOSSIBLE: &str = "L0308";

fn kb(statements: &str) -> KnowledgeBase {
    KnowledgeBase::builder()
        .pack(pack("one", statements))
        .build()
        .unwrap()
        .0
}

fn given(kb: &KnowledgeBase, case: &str) -> Vec<String> {
    let advice = kb.advise(&kb.case_from_json(case).unwrap()).unwrap();
    advice.items().iter().map(|item| item.id.clone()).collect()
}

/// Every order of the first so many letters.
fn orders(count: usize) -> Vec<Vec<char>> {
    (0..count).fold(vec![Vec::new()], |orders, _| {
        let next = |order: &Vec<char>| {
            let left: Vec<char> = ('a'..='z')
                .take(count)
                .filter(|letter| !order.contains(letter))
                .collect();
            let order = order.clone();
            left.into_iter()
                .map(move |letter| [order.as_slice(), &[letter]].concat())
        };
        orders.iter().flat_map(next).collect()
    })
}

/// A rule stands where none stands that overrides it, however they are named.
#[test]
fn what_gave_way_overrides_nothing() {
    let mut state = 7_u64;
    let mut often = |percent: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % 100 < percent
    };
    for order in orders(5) {
        // Each may override those behind it.
        let overrides: Vec<Vec<char>> = (1..=order.len())
            .map(|next| {
                let behind = order.iter().skip(next).enumerate();
                let chosen = behind.filter(|(distance, _)| often(if *distance == 0 { 70 } else { 30 }));
                chosen.map(|(_, letter)| *letter).collect()
            })
            .collect();
        let mut standing = BTreeSet::new();
        let mut rules = String::new();
        for (letter, weaker) in order.iter().zip(&overrides) {
            rules += &format!(
                "Fix(id: \"{letter}\", phase: \"p\", overrides: {:?}, text: \"T\", inferred: true),",
                weaker.iter().map(char::to_string).collect::<Vec<_>>()
            );
            let stronger = order
                .iter()
                .zip(&overrides)
                .filter(|(_, weaker)| weaker.contains(letter));
            if !stronger
                .clone()
                .any(|(stronger, _)| standing.contains(&stronger.to_string()))
            {
                standing.insert(letter.to_string());
            }
        }
        let said: BTreeSet<String> = given(&kb(&rules), "{}").into_iter().collect();
        assert_eq!(said, standing, "{rules}");
    }
}

/// Facts are asked first in the order of the manifests, each once.
#[test]
fn what_is_asked_first_is_asked_once() {
    let manifest = |id: &str, first: &str| {
        format!(
            "Pack(id: \"{id}\", version: \"1.0.0\", schema: 1, language: \"en\", title: \"T\", \
             ask_first: [{first}], phases: [Phase(id: \"p\", title: \"P\")])"
        )
    };
    let rules = |id: &str| {
        let facts: String = ["a", "b", "c", "d"]
            .map(|fact| format!("Fact(id: \"{fact}\", kind: YesNo, ask: \"?\"),"))
            .concat();
        format!(
            "[{facts} Note(id: \"{id}\", phase: \"p\", when: {{\"a\": Yes, \"b\": Yes, \"c\": Yes, \"d\": Yes}}, text: \"T\", inferred: true)]"
        )
    };
    let pack = |id: &str, first: &str| {
        let files = [("pack.ron", manifest(id, first)), ("rules.ron", rules(id))];
        Source::files(files.map(|(name, text)| (name.to_owned(), text)))
    };
    let builder = KnowledgeBase::builder()
        .pack(pack("one", r#""c", "a""#))
        .pack(pack("two", r#""d", "c", "b""#));
    let (kb, _) = builder.build().unwrap();
    assert_eq!(kb.asks_first(), ["c", "a", "d", "b"]);
}

/// Of rules that rest on what could not be read nothing is concluded; of others everything is.
#[test]
fn nothing_is_concluded_from_what_could_not_be_read() {
    let conclusions = |facts: &str, when: &str, fields: &str| {
        let text = format!(
            r#"Fact(id: "f", kind: YesNo, ask: "?"), Fact(id: "g", kind: YesNo, ask: "?"), {facts}
            Define(id: "over", when: {{"broken": Yes}}),
            Fix(id: "one", advice: "a", phase: "p", when: {when}, {fields} text: "T", inferred: true),
            NonFix(id: "two", advice: "a", phase: "p", when: {{"g": Yes}}, verdict: Avoid, because: "B", text: "T", inferred: true),
            Fix(id: "three", advice: "b", phase: "p", when: {{"f": Yes}}, text: "T", inferred: true),
            NonFix(id: "four", advice: "b", phase: "p", when: {{"g": Yes}}, verdict: Avoid, because: "B", text: "T", inferred: true),"#
        );
        let found = findings([pack("one", &text)]);
        let collisions = found.iter().filter(|found| found.code == COLLISION);
        collisions
            .filter_map(|found| Some(found.message.split('`').nth(1)?.to_owned()))
            .collect::<Vec<_>>()
    };
    let read = r#"Define(id: "broken", at_least: 1, of: [{"f": Yes}]),"#;
    let broken = r#"Define(id: "broken", at_least: 5, of: [{"f": Yes}]),"#;
    let table = [
        (r#"{"broken": Yes}"#, ""),
        (r#"{"over": Yes}"#, ""),
        (r#"[{"broken": Yes}, {"f": Yes}]"#, ""),
        (r#"[{"f": Yes}, {"over": Yes}]"#, ""),
        (r#"{"f": Yes}"#, r#"except: {"over": No},"#),
        (r#"{"f": Yes}"#, r#"never_when: {"broken": No},"#),
        (r#"{"f": Yes}"#, r#"shut_while: {"broken": No},"#),
        (
            r#"{"f": Yes}"#,
            r#"reasons: [Reason(when: {"broken": Yes}, why: "W")],"#,
        ),
        (
            r#"{"f": Yes}"#,
            r#"reasons: [Reason(when: {"broken": Yes}, why: "W"), Reason(when: {"f": Yes}, why: "V")],"#,
        ),
    ];
    for (when, fields) in table {
        assert_eq!(conclusions(read, when, fields), ["a", "b"], "{when} {fields}");
        assert_eq!(conclusions(broken, when, fields), ["b"], "{when} {fields}");
    }
    assert_eq!(conclusions(broken, r#"{"f": Yes}"#, ""), ["a", "b"]);
}

/// Phases come in the order of the manifest, and each piece of advice in its own.
#[test]
fn advice_is_given_phase_by_phase() {
    for order in orders(3) {
        let phases: Vec<String> = order
            .iter()
            .map(|letter| format!("Phase(id: \"{letter}\", title: \"title of {letter}\")"))
            .collect();
        let manifest = format!(
            "Pack(id: \"one\", version: \"1.0.0\", schema: 1, language: \"en\", title: \"T\", phases: [{}])",
            phases.join(", ")
        );
        let rules = "[Fix(id: \"one\", phase: \"a\", text: \"T\", inferred: true), \
            Fix(id: \"two\", phase: \"b\", text: \"T\", inferred: true), \
            Fix(id: \"three\", phase: \"c\", text: \"T\", inferred: true)]";
        let source = Source::files([("pack.ron", manifest.as_str()), ("rules.ron", rules)]);
        let (kb, _) = KnowledgeBase::builder().pack(source).build().unwrap();
        let advice = kb.advise(&kb.case_from_json("{}").unwrap()).unwrap();
        let said: Vec<(Option<&str>, &str)> = advice
            .items()
            .iter()
            .map(|item| (item.phase.as_deref(), item.id.as_str()))
            .collect();
        let expected: Vec<(Option<&str>, &str)> = order
            .iter()
            .map(|letter| match letter {
                'a' => (Some("a"), "one"),
                'b' => (Some("b"), "two"),
                _ => (Some("c"), "three"),
            })
            .collect();
        assert_eq!(said, expected);
        let titles: Vec<String> = kb.phases().into_iter().map(|phase| phase.title).collect();
        let expected: Vec<String> = order.iter().map(|letter| format!("title of {letter}")).collect();
        assert_eq!(titles, expected);
    }
}

/// Only an exception that is unknown leaves open what a rule says.
#[test]
fn what_is_known_not_to_withdraw_it_leaves_nothing_open() {
    let facts = r#"Fact(id: "f", kind: YesNo, ask: "?"),"#;
    let table = [
        ("Fix", r#"never_when: {"f": Yes}, never_when_unknown: Stand"#),
        ("Fix", r#"except: {"f": Yes}"#),
        ("NonFix", r#"verdict: Avoid, because: "B", unless: {"f": Yes}"#),
        (
            "NonFix",
            r#"verdict: Avoid, because: "B", unless: {"f": Yes}, then: Optional"#,
        ),
    ];
    for (kind, fields) in table {
        let kb = kb(&format!(
            r#"{facts} {kind}(id: "r", phase: "p", {fields}, text: "T", inferred: true),"#
        ));
        let open = |case: &str| {
            let advice = kb.advise(&kb.case_from_json(case).unwrap()).unwrap();
            advice.get("r").map(|item| item.subject_to.clone())
        };
        assert_eq!(open("{}"), Some(vec!["r".to_owned()]), "{fields}");
        assert_eq!(open(r#"{"f": false}"#), Some(Vec::new()), "{fields}");
        let softened = fields.contains("then").then(Vec::new);
        assert_eq!(open(r#"{"f": true}"#), softened, "{fields}");
    }
    let kb = kb(&format!(
        r#"{facts} Fix(id: "r", phase: "p", never_when: {{"f": Yes}}, text: "T", inferred: true),"#
    ));
    assert_eq!(given(&kb, "{}"), [""; 0]);
    assert_eq!(given(&kb, r#"{"f": false}"#), ["r"]);
    let advice = kb.advise(&kb.case_from_json(r#"{"f": false}"#).unwrap()).unwrap();
    assert_eq!(advice.get("r").map(|item| item.subject_to.len()), Some(0));
}

/// Advice beside that of a pack that is not loaded is never said, and that is no mistake.
#[test]
fn what_stands_beside_a_pack_that_is_not_loaded_is_silent() {
    let manifest = "Pack(id: \"one\", version: \"1.0.0\", schema: 1, language: \"en\", title: \"T\", \
        with: {\"two\": \"^1\"}, phases: [Phase(id: \"p\", title: \"P\")])";
    let rules = r#"[Fact(id: "f", kind: YesNo, ask: "?"),
        Fix(id: "here", phase: "p", text: "T", inferred: true),
        Note(id: "lonely", phase: "p", beside: ["elsewhere"], text: "T", inferred: true),
        Note(id: "excepted", phase: "p", beside: ["elsewhere"], except: {"f": Yes}, when: {"f": No}, text: "T", inferred: true),
        Note(id: "kept", phase: "p", beside: ["elsewhere", "here"], text: "T", inferred: true)]"#;
    let one = || Source::files([("pack.ron", manifest), ("rules.ron", rules)]);
    let (kb, said) = KnowledgeBase::builder().pack(one()).build().unwrap();
    assert_eq!(
        said.iter()
            .map(|found| found.message.as_str())
            .collect::<Vec<_>>(),
        [""; 0]
    );
    assert_eq!(given(&kb, r#"{"f": false}"#), ["here", "kept"]);
    let two = pack(
        "two",
        r#"Fix(id: "elsewhere", phase: "p", text: "T", inferred: true),"#,
    );
    let (kb, _) = KnowledgeBase::builder().pack(one()).pack(two).build().unwrap();
    assert_eq!(
        given(&kb, r#"{"f": false}"#),
        ["elsewhere", "excepted", "here", "kept", "lonely"]
    );
}

/// A step of a plan speaks where it is its turn: there, and only there, it collides with what is no fix.
#[test]
fn steps_of_plans_collide_when_it_is_their_turn() {
    let mut text = r#"Fact(id: "at", kind: Scale(["none", "one", "two", "three"]), ask: "?"),
        Fact(id: "easy", kind: YesNo, ask: "?"),
        Stages(id: "plan", at: "at", comfortable: "easy", steps: ["s0", "s1", "s2"], inferred: true),"#
        .to_owned();
    let mut expected = BTreeSet::new();
    for step in 0..3 {
        text += &format!("Fix(id: \"s{step}\", phase: \"p\", text: \"T\", inferred: true),");
        for (place, at) in ["none", "one", "two", "three"].into_iter().enumerate() {
            for easy in [true, false] {
                let answer = if easy { "Yes" } else { "No" };
                let id = format!("against_{step}_{at}_{answer}").to_lowercase();
                text += &format!(
                    "NonFix(id: \"{id}\", advice: \"s{step}\", phase: \"p\", verdict: Avoid, because: \"B\", \
                     when: {{\"at\": Is(\"{at}\"), \"easy\": {answer}}}, text: \"T\", inferred: true),"
                );
                // One that is easy leads to the next; nothing is begun at the first.
                let turn = match (place, easy) {
                    (0, _) => 0,
                    (at, true) => at.min(2),
                    (at, false) => at - 1,
                };
                if turn == step {
                    expected.insert(id);
                }
            }
        }
    }
    let said: BTreeSet<String> = findings([pack("one", &text)])
        .iter()
        .filter(|found| found.code == COLLISION)
        .flat_map(|found| &found.labels)
        .filter_map(|label| Some(label.text.strip_prefix('`')?.split('`').next()?.to_owned()))
        .filter(|id| id.starts_with("against"))
        .collect();
    assert_eq!(said, expected);
}

/// Of each step of a circle the rule is shown that takes it.
#[test]
fn circles_of_limits_are_shown_where_they_are_written() {
    let rule = |id: &str, advice: &str, limits: &str| {
        format!(
            "\nNote(id: \"{id}\", advice: \"{advice}\", phase: \"p\", limits: [{limits}], text: \"T\", inferred: true),"
        )
    };
    let text = rule("a1", "a", "")
        + &rule("a2", "a", "\"c\"")
        + &rule("a3", "a", "\"b\"")
        + &rule("b1", "b", "\"c\"")
        + &rule("b2", "b", "\"a\"")
        + &rule("c1", "c", "\"d\"")
        + &rule("d1", "d", "");
    let found = findings([pack("one", &text)]);
    let circles: Vec<&Diagnostic> = found.iter().filter(|found| found.code == LIMITS_CYCLE).collect();
    assert_eq!(circles.len(), 1);
    for circle in circles {
        assert_eq!(
            circle.message,
            "advice limits itself in a circle: `a` → `b` → `a`"
        );
        let labels: Vec<(u32, &str)> = circle
            .labels
            .iter()
            .map(|label| (label.start_line, label.text.as_str()))
            .collect();
        // Behind the first line, rule by rule.
        assert_eq!(labels, [(4, "`a` limits `b`"), (6, "`b` limits `a`")]);
    }
}

/// Of up to 4,096 sums it is known which there are; with more the exception stays open.
#[test]
fn four_thousand_sums_are_told_apart() {
    let open = |facts: u32| {
        let mut text = r#"Fact(id: "odd", kind: YesNo, ask: "?"),"#.to_owned();
        let mut points = vec![r#"Points(1, {"odd": Yes})"#.to_owned()];
        for number in 0..facts {
            text += &format!("Fact(id: \"f{number:02}\", kind: YesNo, ask: \"?\"),");
            points.push(format!("Points({}, {{\"f{number:02}\": Yes}})", 2 << number));
        }
        text += &format!(
            r#"Define(id: "sum", score: [{}]),
            Fix(id: "r", phase: "p", except: {{"sum": Between(3, 3)}}, text: "T", inferred: true),
            Fix(id: "s", phase: "p", except: {{"sum": Between(4, 4)}}, text: "T", inferred: true),"#,
            points.join(", ")
        );
        let kb = kb(&text);
        let advice = kb
            .advise(&kb.case_from_json(r#"{"odd": false}"#).unwrap())
            .unwrap();
        ["r", "s"].map(|id| advice.get(id).is_some_and(|item| !item.subject_to.is_empty()))
    };
    assert_eq!(open(4), [false, true]);
    assert_eq!(open(12), [false, true]);
    assert_eq!(open(13), [true, true]);
}

#[test]
fn doses_fit_into_themselves_and_into_their_window() {
    let count = |dose: &str, window: &str| {
        let text = format!(
            r#"Fact(id: "time", kind: Clock, ask: "?"), Fact(id: "other", kind: Clock, ask: "?"),
            Vague(id: "some", words: "some time", from: "1h", to: "3h"),
            Fix(id: "r", phase: "p", dose: ({dose}), {window} text: "T", inferred: true),"#
        );
        let found = findings([pack("one", &text)]);
        found.iter().filter(|found| found.code == DOSE_IMPOSSIBLE).count()
    };
    let table = [
        // One time within the whole.
        (r#"lasting: "2h", for: "1h""#, "", 1),
        (r#"lasting: "1h", for: "1h""#, "", 0),
        (r#"lasting: Vague("some"), for: "1h""#, "", 0),
        (r#"lasting: Vague("some"), for: "59min""#, "", 1),
        (r#"lasting: "3h", for: Vague("some")"#, "", 0),
        (r#"lasting: "181min", for: Vague("some")"#, "", 1),
        // From one time to the next.
        (r#"lasting: "2h", every: "1h""#, "", 1),
        (r#"lasting: "1h", every: "1h""#, "", 0),
        (r#"lasting: "3h", every: Vague("some")"#, "", 0),
        (r#"lasting: "181min", every: Vague("some")"#, "", 1),
        // No time at all.
        (r#"lasting: "0s""#, "", 1),
        (r#"every: "0s""#, "", 1),
        (r#"for: "0s""#, "", 1),
        (r#"lasting: "1s", every: "1s", for: "1s""#, "", 0),
        // Within the window.
        (r#"lasting: "2h""#, r#"until: ("time", "2h"),"#, 0),
        (r#"lasting: "121min""#, r#"until: ("time", "2h"),"#, 1),
        (r#"for: "2h""#, r#"until: ("time", "2h"),"#, 0),
        (r#"for: "121min""#, r#"until: ("time", "2h"),"#, 1),
        (
            r#"for: "1h""#,
            r#"not_before: ("time", "1h"), until: ("time", "2h"),"#,
            0,
        ),
        (
            r#"for: "61min""#,
            r#"not_before: ("time", "1h"), until: ("time", "2h"),"#,
            1,
        ),
        (
            r#"for: "2h""#,
            r#"not_before: ("other", "1h"), until: ("time", "2h"),"#,
            0,
        ),
        (r#"for: "3h""#, r#"until: ("time", Vague("some")),"#, 0),
        (r#"for: "181min""#, r#"until: ("time", Vague("some")),"#, 1),
    ];
    for (dose, window, expected) in table {
        assert_eq!(count(dose, window), expected, "{dose} {window}");
    }
}

/// Rules that no assumed case lets meet do not collide; what an assumption says of advice is no help.
#[test]
fn collisions_are_looked_for_where_assumptions_hold() {
    let collides = |assumption: &str| {
        let text = format!(
            r#"Fact(id: "f", kind: YesNo, ask: "?"), Fact(id: "g", kind: YesNo, ask: "?"), {assumption}
            Fix(id: "one", advice: "a", phase: "p", when: {{"f": Yes}}, text: "T", inferred: true),
            NonFix(id: "two", advice: "a", phase: "p", when: {{"g": Yes}}, verdict: Avoid, because: "B", text: "T", inferred: true),"#
        );
        let found = findings([pack("one", &text)]);
        found.iter().any(|found| found.code == COLLISION)
    };
    assert!(collides(""));
    assert!(!collides(r#"Assume([{"f": No}, {"g": No}]),"#));
    assert!(collides(r#"Assume([{"f": No}, {"g": Yes}]),"#));
    assert!(!collides(
        r#"Assume([{"f": No}, {"g": Yes}]), Assume({"g": No}),"#
    ));
    assert!(collides(r#"Assume({"a": Gives(["recommend"])}),"#));
    assert!(collides(r#"Assume({"f": Yes, "a": Gives(["recommend"])}),"#));
    assert!(!collides(r#"Assume({"f": No, "a": Gives(["recommend"])}),"#));
}

/// What stands beside advice is never said where that is never advised.
#[test]
fn what_stands_beside_advice_can_be_unreachable() {
    let unreachable = |fix: &str, note: &str| {
        let text = format!(
            r#"Fact(id: "f", kind: YesNo, ask: "?"), Fact(id: "g", kind: YesNo, ask: "?"), Fact(id: "time", kind: Clock, ask: "?"),
            {fix} id: "a", phase: "p", text: "T", inferred: true),
            Note(id: "n", phase: "p", beside: ["a"], {note} text: "T", inferred: true),"#
        );
        let found = findings([pack("one", &text)]);
        found.iter().any(|found| found.code == "L0324")
    };
    assert!(!unreachable(r#"Fix(when: {"f": Yes},"#, ""));
    assert!(!unreachable(r#"Fix(when: {"f": Yes},"#, r#"when: {"f": Yes},"#));
    assert!(unreachable(r#"Fix(when: {"f": Yes},"#, r#"when: {"f": No},"#));
    assert!(unreachable(r#"Fix(except: {"f": Yes},"#, r#"when: {"f": Yes},"#));
    assert!(!unreachable(r#"Fix(except: {"g": Yes},"#, r#"when: {"f": Yes},"#));
    assert!(!unreachable(
        r#"Fix(not_before: ("time", "1h"),"#,
        r#"when: {"time": AtLeast("1h")},"#
    ));
    assert!(unreachable(
        r#"Fix(not_before: ("time", "1h"),"#,
        r#"when: {"time": LessThan("1h")},"#
    ));
    // Nothing stands beside what is not to be done, but where it is softened.
    assert!(unreachable(r#"NonFix(verdict: Avoid, because: "B","#, ""));
    assert!(unreachable(
        r#"NonFix(verdict: Avoid, because: "B", unless: {"f": Yes},"#,
        ""
    ));
    assert!(!unreachable(
        r#"NonFix(verdict: Avoid, because: "B", unless: {"f": Yes}, then: Optional,"#,
        ""
    ));
    assert!(unreachable(
        r#"NonFix(verdict: Avoid, because: "B", unless: {"f": Yes}, then: Optional,"#,
        r#"when: {"f": No},"#
    ));
}
