//! The meaning of rules, sentence by sentence, on packs of a few lines.
#![expect(clippy::panic, reason = "a test may stop at the first surprise")]

use liniment::{Advice, AdviceItem, KnowledgeBase, Source, Verdict};
use serde_json::Value;

const MANIFEST: &str = r#"Pack(id: "small", version: "1.0.0", schema: 1, language: "en", title: "Small",
    phases: [Phase(id: "first", title: "First"), Phase(id: "second", title: "Second")])"#;

const FACTS: &str = r#"
    Source(id: "book", kind: Review, title: "The book", reviewed: "2026-11-23"),
    Fact(id: "wet", kind: YesNo, ask: "Is it wet?"),
    Fact(id: "warm", kind: YesNo, ask: "Is it warm?"),
    Fact(id: "late", kind: YesNo, ask: "Is it late?"),
    Fact(id: "tools", kind: Several(["pump", "oil", "rag"]), ask: "Which tools are there?"),
    Fact(id: "wear", kind: Scale(["none", "some", "much"]), ask: "How worn is it?"),
    Fact(id: "age", kind: Clock(runs_while: {"late": No}), ask: "How long ago?"),
    Fact(id: "time", kind: Clock, ask: "How long ago was that?"),
    Vague(id: "a_while", words: "a while", from: "2h", to: "5h"),
"#;

/// A pack of these statements, each left without its words: they are put in at `…`.
fn pack(statements: &[&str]) -> KnowledgeBase {
    let words = r#"text: "Said.", because: "So.", cites: [Cite(source: "book", at: "page 1")]"#;
    let rules: Vec<String> = statements
        .iter()
        .map(|statement| statement.replace('…', words))
        .collect();
    let rules = format!("[{FACTS}{}]", rules.join(",\n"));
    let source = Source::files([("pack.ron", MANIFEST), ("rules.ron", rules.as_str())]);
    KnowledgeBase::builder()
        .pack(source)
        .build()
        .unwrap_or_else(|error| panic!("{error}\n{rules}"))
        .0
}

fn advise(kb: &KnowledgeBase, case: &str) -> Advice {
    let case = kb
        .case_from_json(case)
        .unwrap_or_else(|error| panic!("{error}: {case}"));
    kb.advise(&case).unwrap_or_else(|error| panic!("{error}"))
}

/// `id verdict` of each item, in order.
fn said(kb: &KnowledgeBase, case: &str) -> Vec<String> {
    advise(kb, case)
        .items()
        .iter()
        .map(|item| format!("{} {}", item.id, item.verdict))
        .collect()
}

fn item(kb: &KnowledgeBase, case: &str, id: &str) -> AdviceItem {
    let advice = advise(kb, case);
    advice
        .get(id)
        .cloned()
        .unwrap_or_else(|| panic!("nothing is said of `{id}`: {}", advice.to_json()))
}

fn asked(kb: &KnowledgeBase, case: &str) -> Vec<String> {
    advise(kb, case)
        .questions()
        .iter()
        .map(|question| question.fact.clone())
        .collect()
}

/// For each case, what must be said.
fn check(kb: &KnowledgeBase, rows: &[(&str, &[&str])]) {
    for (case, expected) in rows {
        assert_eq!(said(kb, case), *expected, "{case}");
    }
}

#[test]
fn only_what_is_true_is_said() {
    let kb = pack(&[r#"Fix(id: "oil", phase: "first", when: {"wet": Yes, "warm": No}, …)"#]);
    check(
        &kb,
        &[
            (r#"{"wet": true, "warm": false}"#, &["oil recommend"]),
            (r#"{"wet": true}"#, &[]),
            (r#"{"warm": true}"#, &[]),
            ("{}", &[]),
        ],
    );
    assert_eq!(asked(&kb, "{}"), ["warm", "wet"]);
    assert_eq!(asked(&kb, r#"{"warm": true}"#), Vec::<String>::new());
    assert_eq!(asked(&kb, r#"{"warm": {"declined": true}}"#), ["wet"]);
}

#[test]
fn a_condition_that_every_answer_meets_is_true() {
    let kb = pack(&[
        r#"Define(id: "soaked", when: {"wet": Yes, "warm": No})"#,
        r#"Fix(id: "oil", phase: "first", when: [{"wet": Yes}, {"wet": No}], …)"#,
        r#"Fix(id: "dry", phase: "first", when: [{"soaked": Yes}, {"soaked": No}], …)"#,
        r#"Fix(id: "lift", phase: "first", when: [{"wear": AtLeast("some")}, {"wear": Is("none")}], …)"#,
        r#"Fix(id: "pump_up", phase: "first", when: [{"tools": Includes(["pump"])}, {"tools": NoneOf(["pump"])}], …)"#,
        r#"Fix(id: "wait", phase: "first", when: [{"time": AtLeast(Vague("a_while"))}, {"time": LessThan(Vague("a_while"))}], …)"#,
    ]);
    let all = [
        "dry recommend",
        "lift recommend",
        "oil recommend",
        "pump_up recommend",
        "wait recommend",
    ];
    check(
        &kb,
        &[
            ("{}", &all),
            (r#"{"wet": true}"#, &all),
            (r#"{"time": "3h"}"#, &all),
        ],
    );
    assert_eq!(asked(&kb, "{}"), Vec::<String>::new());
}

#[test]
fn rules_that_say_the_same_count_as_one() {
    let kb = pack(&[
        r#"Fix(id: "oil_wet", advice: "oil", phase: "first", when: {"wet": Yes}, …)"#,
        r#"Fix(id: "oil_dry", advice: "oil", phase: "first", when: {"wet": No, "warm": Yes}, …)"#,
    ]);
    check(
        &kb,
        &[
            (r#"{"warm": true}"#, &["oil recommend"]),
            (r#"{"warm": false}"#, &[]),
            (r#"{"wet": true}"#, &["oil recommend"]),
        ],
    );
    assert_eq!(
        item(&kb, r#"{"warm": true}"#, "oil").rules,
        ["oil_dry", "oil_wet"]
    );
    assert_eq!(
        item(&kb, r#"{"warm": true, "wet": true}"#, "oil").rules,
        ["oil_wet"]
    );
}

#[test]
fn an_exception_acts_only_when_it_is_true() {
    let kb = pack(&[
        r#"Fix(id: "oil", phase: "first", except: {"wet": Yes}, …)"#,
        r#"NonFix(id: "spray", phase: "first", verdict: Ineffective, unless: {"warm": Yes}, then: Optional, …)"#,
        r#"NonFix(id: "tape", phase: "first", verdict: Avoid, unless: {"warm": Yes}, …)"#,
        r#"Note(id: "shop", phase: "first", verdict: Refer, shown_unless: {"wet": Yes}, …)"#,
    ]);
    check(
        &kb,
        &[
            (
                "{}",
                &["oil recommend", "shop refer", "spray ineffective", "tape avoid"],
            ),
            (r#"{"wet": true, "warm": true}"#, &["spray optional"]),
            (
                r#"{"wet": false, "warm": false}"#,
                &["oil recommend", "shop refer", "spray ineffective", "tape avoid"],
            ),
        ],
    );
    for id in ["oil", "spray", "tape", "shop"] {
        assert_eq!(item(&kb, "{}", id).subject_to, [id]);
        assert!(
            item(&kb, r#"{"wet": false, "warm": false}"#, id)
                .subject_to
                .is_empty()
        );
    }
}

#[test]
fn a_gate_opens_only_when_it_is_true() {
    let kb = pack(&[
        r#"Fix(id: "ride", phase: "first", when: {"wet": No}, not_before: ("age", "24h"), shut_while: {"warm": Yes}, …)"#,
    ]);
    check(
        &kb,
        &[
            (
                r#"{"wet": false, "age": "24h", "warm": false}"#,
                &["ride recommend"],
            ),
            (
                r#"{"wet": false, "age": "23h59min59s", "warm": false}"#,
                &["ride defer"],
            ),
            (
                r#"{"wet": false, "age": "never", "warm": false}"#,
                &["ride recommend"],
            ),
            (r#"{"wet": false, "age": "24h", "warm": true}"#, &["ride defer"]),
            (r#"{"wet": false, "age": "24h"}"#, &["ride defer"]),
            (
                r#"{"wet": false, "age": {"from": "20h", "to": "30h"}, "warm": false}"#,
                &["ride defer"],
            ),
            (r#"{"wet": false}"#, &["ride defer"]),
            (r#"{"age": "1h"}"#, &[]),
        ],
    );
    let opens = |case: &str| item(&kb, case, "ride").opens_in.map(|remaining| remaining.iso());
    assert_eq!(
        opens(r#"{"wet": false, "age": "23h", "warm": false, "late": false}"#).as_deref(),
        Some("PT1H")
    );
    assert_eq!(
        opens(r#"{"wet": false, "age": {"from": "20h", "to": "30h"}, "warm": false, "late": false}"#)
            .as_deref(),
        Some("PT4H")
    );
    for standing in ["\"late\": true", "\"late\": null"] {
        assert_eq!(
            opens(&format!(
                r#"{{"wet": false, "age": "23h", "warm": false, {standing}}}"#
            )),
            None,
            "{standing}"
        );
    }
    assert_eq!(opens(r#"{"wet": false, "age": "23h", "late": false}"#), None);
    assert_eq!(item(&kb, r#"{"wet": false}"#, "ride").needs, ["age", "warm"]);
    assert_eq!(
        item(&kb, r#"{"wet": false, "age": "25h"}"#, "ride").needs,
        ["warm"]
    );
    assert!(
        item(&kb, r#"{"wet": false, "warm": true}"#, "ride")
            .needs
            .is_empty()
    );
}

#[test]
fn a_window_is_over_past_its_limit() {
    let kb = pack(&[
        r#"Fix(id: "ice", phase: "first", until: ("time", "3h"), …)"#,
        r#"Fix(id: "shade", phase: "first", until: ("time", Vague("a_while")), …)"#,
        r#"Fix(id: "fan", phase: "first", verdict: Optional, until: ("time", Vague("a_while")), …)"#,
    ]);
    check(
        &kb,
        &[
            (
                r#"{"time": "2h"}"#,
                &["fan optional", "ice recommend", "shade recommend"],
            ),
            (
                r#"{"time": "3h"}"#,
                &["fan optional", "ice recommend", "shade optional"],
            ),
            (r#"{"time": "3h1us"}"#, &["fan optional", "shade optional"]),
            (r#"{"time": "5h"}"#, &["fan optional", "shade optional"]),
            (r#"{"time": "5h1us"}"#, &[]),
            (
                r#"{"time": {"from": "1h", "to": "3h"}}"#,
                &["fan optional", "ice recommend"],
            ),
            ("{}", &[]),
        ],
    );
    assert!(!item(&kb, r#"{"time": "2h"}"#, "shade").nearly);
    assert!(item(&kb, r#"{"time": "2h1us"}"#, "shade").nearly);
    assert!(item(&kb, r#"{"time": "5h"}"#, "fan").nearly);
}

#[test]
fn what_surely_speaks_overrides_whatever_it_says() {
    let kb = pack(&[
        r#"Fix(id: "walk", phase: "first", shut_while: {"wet": Yes}, …)"#,
        r#"Fix(id: "walk_on", advice: "walk", phase: "first", until: ("time", Vague("a_while")), overrides: ["walk"], …)"#,
    ]);
    assert_eq!(said(&kb, r#"{"wet": true, "time": "1h"}"#), ["walk recommend"]);
    assert_eq!(said(&kb, r#"{"wet": true, "time": "3h"}"#), ["walk optional"]);
    assert_eq!(said(&kb, r#"{"wet": true, "time": "6h"}"#), ["walk defer"]);
    // It is one of the first two, and never to wait: neither is sure, so neither is said.
    assert!(said(&kb, r#"{"wet": true, "time": {"from": "1h", "to": "3h"}}"#).is_empty());
    // Here it may be to wait.
    let item = item(
        &kb,
        r#"{"wet": true, "time": {"from": "3h", "to": "6h"}}"#,
        "walk",
    );
    assert_eq!(item.verdict.name(), "defer");
    assert_eq!(item.subject_to, ["walk_on"]);
}

#[test]
fn a_rule_that_surely_says_it_in_either_of_two_ways_says_it_alone() {
    let kb = pack(&[
        r#"Fix(id: "walk", verdict: Optional, phase: "first", until: ("time", Vague("a_while")), …)"#,
        r#"Fix(id: "walk_on", advice: "walk", verdict: Optional, phase: "first", when: {"wet": Yes}, …)"#,
    ]);
    // Within its window or near its end: optional both ways. The other may say so, too, but need not.
    let item = item(&kb, r#"{"time": {"from": "1h", "to": "3h"}}"#, "walk");
    assert_eq!(item.verdict.name(), "optional");
    assert_eq!(item.rules, ["walk"]);
    assert!(!item.nearly);
}

#[test]
fn a_vague_gate_is_open_from_its_upper_end() {
    let kb = pack(&[r#"Fix(id: "ride", phase: "first", not_before: ("time", Vague("a_while")), …)"#]);
    check(
        &kb,
        &[
            (r#"{"time": "5h"}"#, &["ride recommend"]),
            (r#"{"time": "4h59min"}"#, &["ride defer"]),
            (r#"{"time": "1h"}"#, &["ride defer"]),
        ],
    );
    assert!(item(&kb, r#"{"time": "2h"}"#, "ride").nearly);
    assert!(!item(&kb, r#"{"time": "1h59min"}"#, "ride").nearly);
    assert_eq!(
        item(&kb, r#"{"time": "2h"}"#, "ride")
            .opens_in
            .map(|remaining| remaining.iso())
            .as_deref(),
        Some("PT3H")
    );
}

#[test]
fn a_hidden_limit_is_never_asked_and_lies_between_its_ends() {
    let kb = pack(&[r#"Fix(id: "ride", phase: "first", when: {"time": AtLeast(Vague("a_while"))}, …)"#]);
    check(
        &kb,
        &[
            (r#"{"time": "5h"}"#, &["ride recommend"]),
            (r#"{"time": "3h"}"#, &[]),
            (r#"{"time": "1h"}"#, &[]),
        ],
    );
    assert_eq!(asked(&kb, r#"{"time": "3h"}"#), Vec::<String>::new());
    assert_eq!(asked(&kb, "{}"), ["time"]);
}

#[test]
fn what_must_never_be_is_withheld_while_unknown() {
    let kb = pack(&[
        r#"Fix(id: "oil", phase: "first", never_when: {"wet": Yes}, …)"#,
        r#"Fix(id: "rub", phase: "first", never_when: {"wet": Yes}, never_when_unknown: Stand, …)"#,
        r#"Fix(id: "ride", phase: "first", never_when: {"wet": Yes}, not_before: ("time", "1h"), …)"#,
    ]);
    check(
        &kb,
        &[
            ("{}", &["rub recommend"]),
            (
                r#"{"wet": false}"#,
                &["oil recommend", "ride defer", "rub recommend"],
            ),
            (r#"{"wet": true}"#, &[]),
        ],
    );
    assert_eq!(item(&kb, "{}", "rub").subject_to, ["rub"]);
}

#[test]
fn a_wait_is_silent_once_it_is_over() {
    let kb = pack(&[
        r#"Wait(id: "ride", phase: "first", when: {"wet": Yes}, until: ("time", "3h"), shut_while: {"warm": Yes}, …)"#,
        r#"Wait(id: "race", phase: "first", when: {"wet": Yes}, …)"#,
    ]);
    check(
        &kb,
        &[
            (r#"{"wet": true}"#, &["race defer", "ride defer"]),
            (r#"{"wet": true, "time": "3h", "warm": false}"#, &["race defer"]),
            (r#"{"wet": true, "time": "3h"}"#, &["race defer", "ride defer"]),
            ("{}", &[]),
        ],
    );
}

#[test]
fn scope_closes_while_it_is_unknown() {
    let kb = pack(&[
        r#"Scope(id: "other", when: {"wet": Yes}, closes: Phases(["first"]), …)"#,
        r#"Fix(id: "oil", phase: "first", …)"#,
        r#"Fix(id: "rub", phase: "first", outside: ["other"], …)"#,
        r#"Fix(id: "ride", phase: "second", …)"#,
        r#"RedFlag(id: "smoke", level: Urgent, phase: "first", when: {"warm": Yes}, …)"#,
    ]);
    check(
        &kb,
        &[
            ("{}", &["rub recommend", "ride recommend"]),
            (
                r#"{"wet": false}"#,
                &["oil recommend", "rub recommend", "ride recommend"],
            ),
            (
                r#"{"wet": true, "warm": true}"#,
                &[
                    "smoke urgent",
                    "other out_of_scope",
                    "rub recommend",
                    "ride recommend",
                ],
            ),
        ],
    );
}

#[test]
fn a_rule_gives_way_only_to_one_that_speaks() {
    let kb = pack(&[
        r#"Fix(id: "oil", phase: "first", …)"#,
        r#"NonFix(id: "oil_wet", advice: "oil", phase: "first", verdict: Avoid, when: {"wet": Yes}, overrides: ["oil"], …)"#,
        r#"Fix(id: "ride", phase: "first", yields_to: ["stop"], …)"#,
        r#"NonFix(id: "stop", phase: "first", verdict: Avoid, when: {"warm": Yes}, …)"#,
    ]);
    check(
        &kb,
        &[
            ("{}", &["oil recommend", "ride recommend"]),
            (r#"{"wet": true, "warm": true}"#, &["oil avoid", "stop avoid"]),
            (
                r#"{"wet": false, "warm": false}"#,
                &["oil recommend", "ride recommend"],
            ),
        ],
    );
    assert_eq!(item(&kb, "{}", "oil").subject_to, ["oil_wet"]);
    assert_eq!(item(&kb, "{}", "ride").subject_to, ["stop"]);
}

#[test]
fn suppression_acts_only_when_true_and_never_on_emergencies() {
    let kb = pack(&[
        r#"RedFlag(id: "fire", level: Emergency, when: {"warm": Yes}, suppresses: Everything, …)"#,
        r#"RedFlag(id: "flood", level: Emergency, when: {"wet": Yes}, suppresses: Everything, …)"#,
        r#"RedFlag(id: "dusk", level: Urgent, when: {"late": Yes}, suppresses: ["ride", "fire"], …)"#,
        r#"Fix(id: "ride", phase: "first", …)"#,
        r#"Fix(id: "oil", phase: "first", …)"#,
        r#"Cause(id: "use", standing: Primary, text: "Use.", untreated: "Use it.", cites: [Cite(source: "book", at: "page 2")])"#,
    ]);
    check(
        &kb,
        &[
            (
                r#"{"warm": true, "wet": true, "late": true}"#,
                &["fire emergency", "flood emergency"],
            ),
            (
                r#"{"warm": false, "wet": false, "late": true}"#,
                &["dusk urgent", "oil recommend"],
            ),
            ("{}", &["oil recommend", "ride recommend"]),
        ],
    );
    assert_eq!(item(&kb, "{}", "ride").subject_to, ["dusk", "fire", "flood"]);
    assert_eq!(item(&kb, "{}", "oil").subject_to, ["fire", "flood"]);
    let advice = advise(&kb, r#"{"warm": true, "wet": false, "late": true}"#);
    let suppressed: Vec<String> = advice
        .suppressed()
        .iter()
        .map(|silent| format!("{} {} by {}", silent.id, silent.verdict, silent.by))
        .collect();
    assert_eq!(
        suppressed,
        [
            "dusk urgent by fire",
            "oil recommend by fire",
            "ride recommend by fire"
        ]
    );
    assert!(advice.causes().is_empty());
    assert_eq!(advise(&kb, "{}").causes().len(), 1);
}

#[test]
fn a_plan_opens_one_step_after_another() {
    let kb = pack(&[
        r#"Stages(id: "plan", at: "wear", comfortable: "warm", after: "rest", steps: ["walk", "run"], cites: [Cite(source: "book", at: "page 3")])"#,
        r#"Wait(id: "rest", phase: "first", when: {"wet": Yes}, until: ("time", "3h"), …)"#,
        r#"Fix(id: "walk", phase: "first", …)"#,
        r#"Fix(id: "run", phase: "first", …)"#,
    ]);
    check(
        &kb,
        &[
            (r#"{"time": "3h"}"#, &["walk recommend"]),
            (
                r#"{"time": "3h", "wear": "none", "warm": true}"#,
                &["walk recommend"],
            ),
            (r#"{"time": "3h", "wear": "some"}"#, &["walk recommend"]),
            (
                r#"{"time": "3h", "wear": "some", "warm": true}"#,
                &["run recommend"],
            ),
            (
                r#"{"time": "3h", "wear": "much", "warm": true}"#,
                &["run recommend"],
            ),
            (
                r#"{"time": "3h", "wear": {"from": "some", "to": "much"}, "warm": true}"#,
                &["walk recommend"],
            ),
            (
                r#"{"time": "2h", "wear": "some", "warm": true, "wet": true}"#,
                &["rest defer"],
            ),
            (r#"{"wear": "some", "warm": true}"#, &[]),
        ],
    );
}

#[test]
fn company_is_kept_only_with_what_is_advised_now() {
    let kb = pack(&[
        r#"Fix(id: "ride", phase: "first", when: {"wet": No}, not_before: ("time", "1h"), …)"#,
        r#"Note(id: "map", phase: "first", beside: ["ride"], …)"#,
        r#"RedFlag(id: "dusk", level: Urgent, when: {"late": Yes}, suppresses: ["ride"], …)"#,
    ]);
    check(
        &kb,
        &[
            (
                r#"{"wet": false, "time": "1h"}"#,
                &["map inform", "ride recommend"],
            ),
            (r#"{"wet": false, "time": "30min"}"#, &["ride defer"]),
            (r#"{"wet": false, "time": "1h", "late": true}"#, &["dusk urgent"]),
            ("{}", &[]),
        ],
    );
}

#[test]
fn what_stands_beside_other_advice_silences_whatever_is_asked() {
    let kb = pack(&[
        r#"Fix(id: "ride", phase: "first", when: {"wet": No}, …)"#,
        r#"Fix(id: "walk", phase: "first", when: {"warm": Yes}, …)"#,
        r#"NonFix(id: "jog", phase: "first", verdict: Avoid, beside: ["ride"], suppresses: ["walk"], …)"#,
    ]);
    let case = r#"{"wet": false, "warm": true, "late": false}"#;
    check(&kb, &[(case, &["jog avoid", "ride recommend"])]);
    let case = kb.case_from_json(case).unwrap_or_else(|error| panic!("{error}"));
    let ways = kb.ways_to(&case, "walk", Verdict::Recommend);
    let ways = ways.unwrap_or_else(|error| panic!("{error}"));
    let changed: Vec<&str> = ways
        .ways
        .iter()
        .flat_map(|way| &way.changes)
        .map(|change| change.fact.as_str())
        .collect();
    assert_eq!((ways.now, changed), (None, vec!["wet"]));
    let suffices = kb
        .suffices(&case, "walk")
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(suffices.verdict, None);
}

#[test]
fn a_warning_stands_just_before_what_it_limits() {
    let kb = pack(&[
        r#"Fix(id: "a_stretch", phase: "first", …)"#,
        r#"Fix(id: "b_walk", phase: "first", …)"#,
        r#"NonFix(id: "z_pull", phase: "second", verdict: Avoid, limits: ["b_walk"], …)"#,
        r#"RedFlag(id: "dusk", level: Refer, when: {"late": Yes}, …)"#,
        r#"Scope(id: "other", when: {"warm": Yes}, closes: Phases(["second"]), …)"#,
    ]);
    check(
        &kb,
        &[
            (
                r#"{"warm": false}"#,
                &["a_stretch recommend", "z_pull avoid", "b_walk recommend"],
            ),
            (
                r#"{"warm": true, "late": true}"#,
                &[
                    "dusk refer",
                    "other out_of_scope",
                    "a_stretch recommend",
                    "b_walk recommend",
                ],
            ),
        ],
    );
}

#[test]
fn reports_that_differ_leave_only_what_was_reported() {
    let kb = pack(&[
        r#"Fix(id: "worn", phase: "first", when: {"wear": AtLeast("some")}, …)"#,
        r#"Fix(id: "new", phase: "first", when: {"wear": Is("none")}, …)"#,
        r#"Fix(id: "half", phase: "first", when: {"wear": OneOf(["none", "much"])}, …)"#,
        r#"Fix(id: "wipe", phase: "first", when: {"tools": Includes(["rag"])}, …)"#,
    ]);
    let report = |one: &str, other: &str| {
        format!(
            "{{\"reports\": [{{\"value\": {one}, \"source\": \"a\"}}, {{\"value\": {other}, \"source\": \"b\"}}]}}"
        )
    };
    let wear = |one: &str, other: &str| format!("{{\"wear\": {}}}", report(one, other));
    assert_eq!(said(&kb, &wear("\"some\"", "\"much\"")), ["worn recommend"]);
    assert_eq!(said(&kb, &wear("\"none\"", "\"much\"")), ["half recommend"]);
    assert_eq!(asked(&kb, &wear("\"none\"", "\"much\"")), ["wear", "tools"]);
    assert_eq!(
        said(&kb, &wear("\"none\"", "\"none\"")),
        ["half recommend", "new recommend"]
    );
    assert!(advise(&kb, &wear("\"none\"", "\"none\"")).conflicts().is_empty());
    let tools = format!("{{\"tools\": {}}}", report("[\"rag\", \"oil\"]", "[\"rag\"]"));
    assert_eq!(said(&kb, &tools), ["wipe recommend"]);
    let conflicts = serde_json::to_value(advise(&kb, &tools).conflicts()).unwrap_or(Value::Null);
    assert_eq!(
        conflicts.get(0).and_then(|conflict| conflict.get("fact")),
        Some(&Value::from("tools")),
        "{conflicts}"
    );
}

#[test]
fn a_question_waits_for_its_condition() {
    let kb = pack(&[
        r#"Fact(id: "cold", kind: YesNo, ask: "Is it cold?", ask_when: {"wet": Yes})"#,
        r#"Fix(id: "gloves", phase: "first", when: {"cold": Yes}, …)"#,
        r#"Fix(id: "coat", phase: "first", when: {"wet": Yes}, …)"#,
    ]);
    assert_eq!(asked(&kb, "{}"), ["wet"]);
    assert_eq!(asked(&kb, r#"{"wet": true}"#), ["cold"]);
    assert_eq!(asked(&kb, r#"{"wet": false}"#), Vec::<String>::new());
}

#[test]
fn a_fact_is_asked_for_what_its_rule_silences() {
    let kb = pack(&[
        r#"RedFlag(id: "dusk", level: Urgent, when: {"late": Yes}, …)"#,
        r#"RedFlag(id: "dusk_and_rain", advice: "dusk", level: Urgent, when: {"late": Yes, "wet": Yes}, suppresses: ["ride"], …)"#,
        r#"Fix(id: "ride", phase: "first", …)"#,
    ]);
    // Rain changes nothing of dusk itself.
    assert_eq!(asked(&kb, "{}"), ["late", "wet"]);
    assert_eq!(asked(&kb, r#"{"late": true}"#), ["wet"]);
    let advice = advise(&kb, r#"{"late": true}"#);
    let because = advice
        .questions()
        .iter()
        .map(|question| (question.because.clone(), question.red_flag));
    assert_eq!(because.collect::<Vec<_>>(), [(vec!["ride".to_owned()], None)]);
    assert_eq!(asked(&kb, r#"{"late": false}"#), Vec::<String>::new());
}

#[test]
fn an_option_among_many_can_matter() {
    let options: Vec<String> = (0..12).map(|number| format!("\"o{number}\"")).collect();
    let kb = pack(&[
        &format!(
            r#"Fact(id: "many", kind: Several([{}]), ask: "Which?")"#,
            options.join(", ")
        ),
        r#"Fix(id: "fix", phase: "first", when: {"many": NoneOf(["o0", "o1", "o2", "o3", "o4", "o5", "o6", "o7", "o8"])}, …)"#,
        r#"Fix(id: "mend", phase: "first", when: {"many": Includes(["o9", "o10"]), "wet": Yes}, …)"#,
    ]);
    assert_eq!(asked(&kb, "{}"), ["many", "wet"]);
    assert!(advise(&kb, "{}").questions_exact());
    assert_eq!(
        asked(&kb, r#"{"many": {"includes": ["o0"], "excludes": ["o9"]}}"#),
        Vec::<String>::new()
    );
}

#[test]
fn counts_and_scores_add_up_what_is_true() {
    let kb = pack(&[
        r#"Define(id: "bad", at_least: 2, of: [{"wet": Yes}, {"warm": Yes}, {"late": Yes}])"#,
        r#"Define(id: "sum", score: [Points(2, {"wet": Yes}), Points(1, {"warm": Yes}), Points(-1, {"late": Yes})])"#,
        r#"Fix(id: "stop", phase: "first", when: {"bad": Yes}, …)"#,
        r#"Fix(id: "go", phase: "first", when: {"bad": No}, …)"#,
        r#"Fix(id: "slow", phase: "first", when: {"sum": Between(1, 2)}, …)"#,
    ]);
    check(
        &kb,
        &[
            (r#"{"wet": true, "warm": true}"#, &["stop recommend"]),
            (
                r#"{"wet": true, "warm": true, "late": true}"#,
                &["slow recommend", "stop recommend"],
            ),
            (r#"{"wet": true, "warm": false}"#, &["slow recommend"]),
            (r#"{"warm": false, "late": false}"#, &["go recommend"]),
            (r#"{"wet": false, "warm": false}"#, &["go recommend"]),
        ],
    );
}

#[test]
fn sums_that_no_points_make_are_false() {
    let kb = pack(&[
        r#"Define(id: "sum", score: [Points(2, {"wet": Yes}), Points(2, {"warm": Yes}), Points(1, {"late": Yes})])"#,
        r#"Fix(id: "even", phase: "first", except: {"sum": Between(1, 1)}, …)"#,
        r#"Fix(id: "odd", phase: "first", except: {"sum": Between(2, 2)}, …)"#,
    ]);
    let open = |case: &str| ["even", "odd"].map(|id| !item(&kb, case, id).subject_to.is_empty());
    assert_eq!(open("{}"), [true, true]);
    assert_eq!(open(r#"{"late": false}"#), [false, true]);
    assert_eq!(open(r#"{"late": true}"#), [true, false]);
}

#[test]
fn a_note_that_limits_a_fix_stands_before_it() {
    let kb = pack(&[
        r#"Fix(id: "a_stretch", phase: "first", …)"#,
        r#"Note(id: "z_note", phase: "second", limits: ["a_stretch"], …)"#,
    ]);
    check(&kb, &[("{}", &["z_note inform", "a_stretch recommend"])]);
}

#[test]
fn a_score_that_counts_a_fact_twice_knows_that_it_is_one_fact() {
    let kb = pack(&[
        r#"Define(id: "sum", score: [Points(1, {"wet": Yes}), Points(1, {"wet": No}), Points(1, {"late": Yes})])"#,
        r#"Fix(id: "go", phase: "first", when: {"sum": AtLeast(2)}, …)"#,
    ]);
    check(
        &kb,
        &[
            (r#"{"late": true}"#, &["go recommend"]),
            (r#"{"late": false}"#, &[]),
            ("{}", &[]),
        ],
    );
}

#[test]
fn a_warning_that_limits_two_stands_before_both_and_behind_what_limits_it() {
    let kb = pack(&[
        r#"Fix(id: "a_stretch", phase: "first", …)"#,
        r#"Fix(id: "b_walk", phase: "first", …)"#,
        r#"NonFix(id: "y_pull", phase: "second", verdict: Avoid, limits: ["a_stretch", "b_walk"], …)"#,
        r#"NonFix(id: "z_yank", phase: "second", verdict: Avoid, limits: ["y_pull", "b_walk"], …)"#,
    ]);
    let order = [
        "z_yank avoid",
        "y_pull avoid",
        "a_stretch recommend",
        "b_walk recommend",
    ];
    check(&kb, &[("{}", &order)]);
}

#[test]
fn a_gate_needs_only_what_can_still_settle_it() {
    let kb = pack(&[
        r#"Fix(id: "ride", phase: "first", when: {"wet": No}, shut_while: [{"warm": Yes, "late": Yes}, {"wear": Is("much")}], …)"#,
    ]);
    let needs = |case: &str| item(&kb, case, "ride").needs;
    assert_eq!(needs(r#"{"wet": false}"#), ["late", "warm", "wear"]);
    // A row that already fails needs nothing of its other facts.
    assert_eq!(needs(r#"{"wet": false, "warm": false}"#), ["wear"]);
    // What already holds is not needed.
    assert_eq!(needs(r#"{"wet": false, "warm": true, "wear": "none"}"#), ["late"]);
}
