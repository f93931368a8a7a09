//! `ask` without a terminal: answers line by line from the standard input.

use crate::common::{folder, run, run_with};
use crate::result_schema::conforms;

const CASE: &str = "examples/mid-run-cramp.json";

fn asked(arguments: &[&str], answers: &str) -> crate::common::Run {
    let arguments: Vec<&str> = ["ask"].into_iter().chain(arguments.iter().copied()).collect();
    run_with(&arguments, answers.as_bytes())
}

#[test]
fn asks_until_stopped_and_advises() {
    let text = asked(&[], "calf_only\nno\n?\n/stop\n").fine();
    assert!(text.contains("0 answered, "), "{text}");
    assert!(
        text.contains("Warning sign: Which muscles are cramping"),
        "{text}"
    );
    assert!(text.contains("  1. just the calf\n"), "{text}");
    // The advice comes at the end, with what is still open.
    assert!(text.contains("Please tell me"), "{text}");
    assert!(!text.contains("muscles_affected]\n  Answer"), "{text}");
}

#[test]
fn asks_until_no_answer_can_change_the_advice() {
    // All muscles at once is an emergency, and silences all but other emergencies.
    let text = asked(&[], &format!("3\n{}", "?\n".repeat(60))).fine();
    assert!(text.contains("EMERGENCY"), "{text}");
    assert!(
        text.contains("No answer can change the advice any more."),
        "{text}"
    );
}

#[test]
fn what_is_no_answer_is_explained_and_asked_again() {
    let text = asked(&[], "the knee\n/back\n/what\ncalf only\n").fine();
    assert!(
        text.contains("no option `the knee`; allowed: `calf_only`"),
        "{text}"
    );
    assert!(text.contains("This is the first question."), "{text}");
    assert_eq!(text.matches("Which muscles are cramping").count(), 1, "{text}");
    assert!(text.contains("1 answered, "), "{text}");
}

#[test]
fn the_case_is_saved_and_taken_up_again() {
    let folder = folder("ask");
    let path = folder.join("case.json");
    let name = path.to_str().unwrap_or_default();
    let answers = format!("1\n/skip\n/back\nyes\n/save {name}\n/stop\n");
    let text = asked(&[], &answers).fine();
    assert!(text.contains("Saved in "), "{text}");
    let saved = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(
        saved,
        "{\"confusion_or_seizure\":true,\"muscles_affected\":\"calf_only\"}\n"
    );
    let again = asked(&[name, "--save", name], "?\n").fine();
    assert!(!again.contains("Which muscles are cramping"), "{again}");
    assert!(again.contains("EMERGENCY"), "{again}");
    let saved = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(saved.contains("{\"declined\":true}"), "{saved}");
}

#[test]
fn as_json_only_the_advice_is_on_the_standard_output() {
    let run = asked(&[CASE, "--format", "json"], "no\n");
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.err.contains("> "), "{}", run.err);
    assert_eq!(run.out.lines().count(), 1);
    conforms("advice", &run.out);
}

#[test]
fn an_interview_is_what_its_schema_says() -> Result<(), Box<dyn std::error::Error>> {
    let (kb, _) = liniment::KnowledgeBase::builder()
        .pack(liniment_rules::calf_cramps())
        .pack(liniment_rules::leg_red_flags())
        .build()?;
    let mut interview = kb.interview(kb.case())?;
    while interview.question().is_some() && interview.answered() < 12 {
        conforms("interview", &interview.to_json());
        interview.decline()?;
    }
    conforms("interview", &interview.to_json());
    Ok(())
}

#[test]
fn speaks_german() {
    let text = asked(&["--lang", "de"], "/stop\n").fine();
    assert!(text.contains("Warnzeichen: "), "{text}");
    let text = asked(&["--lang", "de"], "1\nnein\nja\n").fine();
    assert!(text.contains("3 beantwortet"), "{text}");
}

#[test]
fn a_case_from_the_standard_input_is_refused() {
    let message = run(&["ask", "-"]).usage();
    assert!(message.contains("where the answers come from"), "{message}");
}
