//! `liniment advise` and `liniment explain`.

use crate::common::{command, folder, run, run_with, write};

const MID_RUN: &str = "examples/mid-run-cramp.json";

fn position(text: &str, needle: &str) -> usize {
    text.find(needle)
        .unwrap_or_else(|| unreachable!("`{needle}` is missing in:\n{text}"))
}

#[test]
fn no_line_is_wider_than_80_columns() {
    for arguments in [
        &["advise", MID_RUN][..],
        &["advise", "examples/day-four.json", "--why", "--lang", "de"],
    ] {
        for line in run(arguments).fine().lines() {
            // An address cannot be broken.
            let is_word = line.split_whitespace().count() == 1;
            assert!(line.chars().count() <= 80 || is_word, "{line}");
        }
    }
}

#[test]
fn a_warning_stands_right_before_what_it_limits() {
    let text = run(&["advise", MID_RUN]).fine();
    let warning = position(&text, "[strong_stretch]");
    let stretch = position(&text, "[stretch]");
    assert!(warning < stretch, "{text}");
    let between = text.get(warning..stretch).unwrap_or_default();
    assert_eq!(between.matches(']').count(), 1, "{between}");
}

#[test]
fn a_spray_is_named_as_what_does_not_help_with_what_does() {
    let text = run(&["advise", MID_RUN]).fine();
    assert!(
        position(&text, "What does not help") < position(&text, "[spray]"),
        "{text}"
    );
    assert!(text.contains("Rather: "), "{text}");
}

#[test]
fn an_emergency_comes_first_and_silences_the_rest() {
    let case =
        r#"{"muscles_affected": "all_muscles", "cramp_state": "active", "onset_setting": "during_exercise"}"#;
    let text = run_with(&["advise", "-"], case.as_bytes()).fine();
    assert!(text.starts_with("EMERGENCY\n"), "{text}");
    assert!(text.contains("Left out"), "{text}");
    let coloured = run_with(&["--color", "always", "advise", "-"], case.as_bytes()).fine();
    assert!(coloured.starts_with("\u{1b}["), "{coloured:?}");
}

#[test]
fn what_must_wait_says_until_when() {
    let text = run(&[
        "advise",
        "examples/day-four.json",
        "--set",
        "time_since_release=23h59min",
    ])
    .fine();
    assert!(text.contains("Opens in 1 min."), "{text}");
    assert!(
        text.contains("Opens in 48 h 1 min.") || text.contains("Opens in 2 d 1 min."),
        "{text}"
    );
}

#[test]
fn disagreeing_reports_are_shown_with_their_sources() {
    let case = r#"{"cramp_state": "active", "onset_setting": {"reports": [
        {"value": "during_exercise", "source": "runner"}, {"value": "at_night", "source": "watch log"}]}}"#;
    let text = run_with(&["advise", "-"], case.as_bytes()).fine();
    assert!(
        text.contains("onset_setting: during_exercise (runner) or at_night (watch log)"),
        "{text}"
    );
}

#[test]
fn why_adds_rules_and_sources() {
    let plain = run(&["advise", MID_RUN]).fine();
    let why = run(&["advise", MID_RUN, "--why"]).fine();
    for needle in ["Rules: stretch", "Source: "] {
        assert!(!plain.contains(needle) && why.contains(needle), "{needle}: {why}");
    }
}

#[test]
fn the_notice_stands_once_at_the_end() {
    let text = run(&["advise", MID_RUN]).fine();
    assert_eq!(text.matches("Please note").count(), 1, "{text}");
    assert!(
        position(&text, "Please note") > position(&text, "Please tell me"),
        "{text}"
    );
}

#[test]
fn set_alone_and_beside_a_case() {
    let json = ["--format", "json"];
    let alone = run(&[&["advise", "--set", "cramp_state=active"], &json[..]].concat()).fine();
    let piped = run_with(
        &["advise", "-", "--format", "json"],
        br#"{"cramp_state": "active"}"#,
    )
    .fine();
    assert_eq!(alone, piped);
    let set = [
        "advise",
        MID_RUN,
        "--set",
        "spray=no",
        "--set",
        "goals=[\"relieve\",\"prevent\"]",
    ];
    let beside = run(&[&set[..], &json[..]].concat()).fine();
    assert!(!beside.contains(r#""id":"spray""#), "{beside}");
}

#[test]
fn every_notation_gives_the_same_bytes() {
    let folder = folder("notations");
    let ron = write(
        &folder,
        "case.ron",
        "(cramp_state: \"active\", goals: [\"relieve\"], in_session: true)",
    );
    let toml = write(
        &folder,
        "case.toml",
        "cramp_state = \"active\"\ngoals = [\"relieve\"]\nin_session = true\n",
    );
    let json = write(
        &folder,
        "case.json",
        r#"{"in_session": true, "goals": ["relieve"], "cramp_state": "active"}"#,
    );
    let [ron, toml, json] = [ron, toml, json].map(|case| run(&["advise", &case, "--format", "json"]).fine());
    assert_eq!(ron, json);
    assert_eq!(toml, json);
}

#[test]
fn a_pack_replaces_the_built_in_ones() {
    let text = run(&[
        "advise",
        "--pack",
        "leg-red-flags",
        "--set",
        "dark_urine=true",
        "--format",
        "json",
    ])
    .fine();
    assert!(
        text.contains(r#""packs":[{"id":"leg-red-flags","version":"1.0.0"}]"#),
        "{text}"
    );
    run(&["advise", "--pack", "leg-red-flags", "--set", "cramp_state=active"]).fault();
    let folder = run(&[
        "advise",
        "--pack",
        "rules/leg-red-flags",
        "--set",
        "dark_urine=true",
        "--format",
        "json",
    ])
    .fine();
    assert_eq!(folder, text);
}

#[test]
fn german_words_around_german_texts() {
    let text = run(&["advise", MID_RUN, "--lang", "de"]).fine();
    for needle in [
        "Was zu tun ist",
        "Was nichts bringt",
        "Bitte sag mir",
        "Bitte beachten",
    ] {
        assert!(text.contains(needle), "{needle}: {text}");
    }
    assert!(!text.contains("What to do"), "{text}");
}

#[test]
fn explain_shows_the_proof() {
    let explain = ["explain", "massage_rolling", "examples/day-four.json"];
    let text = run(&explain).fine();
    assert!(text.starts_with("massage_rolling: recommended\n"), "{text}");
    assert!(text.contains("time_since_release"), "{text}");
    let json = run(&[&explain[..], &["--format", "json"]].concat()).fine();
    assert!(
        json.starts_with(
            r#"{"format":1,"lang":"en","id":"massage_rolling","kind":"advice","verdict":"recommend""#
        ),
        "{json}"
    );
    let cause = run(&["explain", "neuromuscular_fatigue", MID_RUN]).fine();
    assert!(cause.starts_with("neuromuscular_fatigue: "), "{cause}");
}

#[test]
fn explain_names_the_nearest_id() {
    let message = run(&["explain", "massage_roling", MID_RUN]).fault();
    assert!(message.contains("`massage_rolling`"), "{message}");
}

#[test]
fn advice_is_written_when_the_standard_error_is_closed() -> std::io::Result<()> {
    let output = command(&["advise", MID_RUN])
        .stderr(std::process::Stdio::null())
        .output()?;
    assert!(output.status.success() && !output.stdout.is_empty());
    Ok(())
}

#[test]
fn explain_says_what_would_change_it_and_what_suffices() {
    let explain = ["explain", "massage_rolling", "--set"];
    let case = [
        "cramp_state=released",
        "--set",
        "in_session=false",
        "--set",
        "onset_setting=during_exercise",
        "--set",
        "time_since_release=20h",
    ];
    let text = run(&[&explain[..], &case].concat()).fine();
    assert!(text.contains("What would lead to “recommended”\n"), "{text}");
    assert!(
        text.contains("time_since_release: 24 h instead of 20 h"),
        "{text}"
    );
    assert!(text.contains("onset_setting: during exercise\n"), "{text}");
    let wanted = ["--wanted", "emergency"];
    let text = run(&[&explain[..], &case, &wanted].concat()).fine();
    assert!(text.contains("What would lead to “emergency”\n"), "{text}");
    assert!(!text.contains("instead of"), "{text}");
    let wrong = run(&[&explain[..], &case, &["--wanted", "perhaps"]].concat()).usage();
    assert!(wrong.contains("recommend, optional"), "{wrong}");
}

#[test]
fn what_if_says_what_changes_and_why() {
    let what_if = ["advise", "examples/day-four.json", "--what-if"];
    let text = run(&[&what_if[..], &["muscles_affected=all_muscles"]].concat()).fine();
    assert!(
        text.contains("all_muscles: emergency, where there was nothing"),
        "{text}"
    );
    assert!(
        text.contains("muscles_affected is all_muscles: holds now [all_muscles]"),
        "{text}"
    );
    let text = run(&[&what_if[..], &["spray=no"]].concat()).fine();
    assert!(text.contains("What would change"), "{text}");
    let wrong = run(&[&what_if[..], &["spry=no"]].concat()).fault();
    assert!(wrong.contains("`spray`"), "{wrong}");
    let page = run(&[&what_if[..], &["spray=no", "--format", "html"]].concat()).usage();
    assert!(page.contains("text or json"), "{page}");
}

#[test]
fn pages_stand_alone_in_both_languages() {
    for (command, id) in [("advise", None), ("explain", Some("massage_rolling"))] {
        for lang in ["en", "de"] {
            let mut arguments = vec![command];
            arguments.extend(id);
            arguments.extend(["examples/day-four.json", "--lang", lang, "--format"]);
            let html = run(&[&arguments[..], &["html"]].concat()).fine();
            assert!(
                html.starts_with(&format!("<!doctype html>\n<html lang=\"{lang}\">")),
                "{html}"
            );
            for loading in ["<script", "<link", "src=", "url(", "@import", "<iframe"] {
                assert!(!html.contains(loading), "{loading}");
            }
            let markdown = run(&[&arguments[..], &["md"]].concat()).fine();
            assert!(markdown.starts_with("# "), "{markdown}");
        }
    }
}
