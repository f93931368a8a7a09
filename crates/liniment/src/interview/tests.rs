#![expect(clippy::unwrap_used, reason = "a test may fail")]

use serde_json::{Value, json};

use crate::case::read::CaseValue;
use crate::{FactType, Interview, KnowledgeBase, Source, Verdict};

fn base() -> KnowledgeBase {
    let pack = Source::files([
        (
            "pack.ron",
            r#"Pack(id: "feet", version: "1.0.0", schema: 1, language: "en", title: "Feet",
                phases: [Phase(id: "care", title: "Care")])"#,
        ),
        (
            "rules.ron",
            r#"[
    Source(id: "leaflet", kind: PatientInformation, title: "Leaflet", reviewed: "2026-11-01"),
    Fact(id: "blister", kind: Choice(["none", "closed", "open"]), ask: "What does it look like?",
        labels: {"open": "It is open"}),
    Fact(id: "redness", kind: Scale(["no", "some", "much"]), ask: "How red is it?"),
    Fact(id: "signs", kind: Several(["fever", "pus"]), ask: "What else is there?"),
    Fact(id: "heat", kind: Number(unit: "°C", from: 30, to: 45), ask: "How warm are you?"),
    Fact(id: "since", kind: Clock, ask: "How long ago was it pricked?"),
    RedFlag(id: "ill", level: Urgent, when: [{"signs": Includes(["fever", "pus"])}, {"heat": AtLeast(39.5)}],
        text: "See a doctor today.", cites: [Cite(source: "leaflet", at: "signs")]),
    NonFix(id: "lance", phase: "care", verdict: Avoid, when: {"blister": Is("closed")}, text: "Leave it.",
        because: "Skin protects.", cites: [Cite(source: "leaflet", at: "aid")]),
    Fix(id: "air", phase: "care", eases: ["x"], when: {"redness": AtMost("some")}, not_before: ("since", "1d"),
        text: "Let air at it.", cites: [Cite(source: "leaflet", at: "aid")]),
]"#,
        ),
    ]);
    KnowledgeBase::builder().pack(pack).build().unwrap().0
}

fn start(kb: &KnowledgeBase) -> Interview {
    kb.interview(kb.case()).unwrap()
}

fn asked(interview: &Interview) -> Option<&str> {
    interview.question().map(|question| question.fact.as_str())
}

#[test]
fn asks_red_flags_first_and_says_what_hangs_on_the_answer() {
    let kb = base();
    let interview = start(&kb);
    let question = interview.question().unwrap();
    assert_eq!(question.fact, "heat");
    assert_eq!(question.kind, FactType::Number);
    assert_eq!(question.red_flag, Some(Verdict::Urgent));
    assert_eq!((&question.from, &question.to), (&json!(30.0), &json!(45.0)));
    let stake = question.because.first().unwrap();
    assert_eq!(
        (stake.id.as_str(), stake.red_flag),
        ("ill", Some(Verdict::Urgent))
    );
    assert_eq!(stake.text, "See a doctor today.");
}

#[test]
fn ends_when_no_answer_can_change_anything() {
    let kb = base();
    let mut interview = start(&kb);
    let mut asked_facts = Vec::new();
    while let Some(question) = interview.question() {
        asked_facts.push(question.fact.clone());
        let text = match question.fact.as_str() {
            "heat" => "37,2 °C",
            "signs" => "None",
            "blister" => "2",
            "redness" => "much",
            other => panic!("asked for {other}"),
        };
        interview.answer_text(text).unwrap();
    }
    // How long ago it was matters only while it may be little red.
    assert_eq!(asked_facts, ["heat", "signs", "blister", "redness"]);
    assert!(interview.is_finished());
    assert!(interview.answer_text("yes").is_err());
    let lance = interview.advice().get("lance");
    assert_eq!(lance.map(|item| item.verdict), Some(Verdict::Avoid));
    let state: Value = serde_json::from_str(&interview.to_json()).unwrap();
    assert_eq!(state.pointer("/finished"), Some(&json!(true)));
    assert_eq!(state.pointer("/case/heat"), Some(&json!(37.2)));
}

#[test]
fn what_is_no_answer_leaves_the_question_standing() {
    let kb = base();
    let mut interview = start(&kb);
    let before = interview.to_json();
    for wrong in ["", "warm", "60", "40 F"] {
        assert!(interview.answer_text(wrong).is_err(), "{wrong}");
        assert_eq!(interview.to_json(), before);
    }
}

#[test]
fn declined_facts_are_not_asked_again_and_back_takes_answers_back() {
    let kb = base();
    let mut interview = start(&kb);
    let before = interview.to_json();
    interview.decline().unwrap();
    assert!(!interview.open().contains(&"heat"));
    assert!(interview.case().to_json().contains(r#""heat":{"declined":true}"#));
    interview.answer_text("none").unwrap();
    assert!(interview.back());
    assert_eq!(asked(&interview), Some("signs"));
    assert!(interview.back());
    assert_eq!(interview.to_json(), before);
    assert!(!interview.back());
}

#[test]
fn skipped_questions_and_answers_in_part_are_put_off() {
    let kb = base();
    let mut interview = start(&kb);
    interview.skip().unwrap();
    assert_eq!(interview.skipped(), ["heat"]);
    assert_ne!(asked(&interview), Some("heat"));
    interview.answer_text("none").unwrap();
    interview.answer_text("no; it is none of these").unwrap_err();
    while asked(&interview).is_some_and(|fact| fact != "redness") {
        interview.decline().unwrap();
    }
    interview.answer_text("some to much").unwrap();
    assert_ne!(asked(&interview), Some("redness"));
    while interview.question().is_some() {
        interview.decline().unwrap();
    }
    assert!(!interview.is_finished());
    interview.ask_skipped();
    assert_eq!(asked(&interview), Some("heat"));
    interview.answer(CaseValue::Null).unwrap();
    assert_eq!(interview.skipped(), ["heat"]);
    let question = |interview: &Interview| interview.question().map(|question| question.known.clone());
    assert_eq!(question(&interview), Some(json!({"from": "some", "to": "much"})));
}

#[test]
fn typed_answers_are_read_in_the_ways_people_write_them() {
    let kb = base();
    let value = |fact: &str, text: &str| {
        let mut interview = start(&kb);
        while asked(&interview) != Some(fact) {
            interview.skip().unwrap();
        }
        interview.answer_text(text).unwrap();
        let case: Value = serde_json::from_str(&interview.case().to_json()).unwrap();
        case.get(fact).cloned().unwrap_or_default()
    };
    assert_eq!(value("blister", "it is OPEN"), json!("open"));
    assert_eq!(value("blister", "1"), json!("none"));
    assert_eq!(value("signs", "pus, FEVER"), json!(["fever", "pus"]));
    assert_eq!(value("signs", "2"), json!(["pus"]));
    assert_eq!(value("signs", "keine"), json!([]));
    assert_eq!(value("heat", "38 to 39.5"), json!({"from": 38.0, "to": 39.5}));
    assert_eq!(value("since", "3 Tage"), json!("PT72H"));
    assert_eq!(value("since", "1 to 3d"), json!({"from": "PT24H", "to": "PT72H"}));
    assert_eq!(
        value("since", "2h bis 1 Tag"),
        json!({"from": "PT2H", "to": "PT24H"})
    );
    assert_eq!(value("since", "Never"), json!("never"));
    assert_eq!(
        value("signs", r#"{"includes": ["pus"]}"#),
        json!({"includes": ["pus"], "excludes": []})
    );
}
