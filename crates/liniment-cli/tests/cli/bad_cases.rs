//! Cases that cannot be: one clear error, exit code 1, nothing on the standard output.

use crate::common::{folder, run, run_with, write};

#[track_caller]
fn refused(json: &str, needles: &[&str]) {
    let message = run_with(&["advise", "-"], json.as_bytes()).fault();
    assert_one(&message, needles);
}

/// One line that names what is wrong.
#[track_caller]
fn assert_one(message: &str, needles: &[&str]) {
    assert!(message.starts_with("error: "), "{message}");
    assert_eq!(message.lines().count(), 1, "{message}");
    assert!(!message.contains("::"), "names of Rust types: {message}");
    for needle in needles {
        assert!(message.contains(needle), "`{needle}` is missing in: {message}");
    }
}

#[test]
fn an_unknown_fact_names_the_nearest() {
    refused(r#"{"cramp_stat": "active"}"#, &["`cramp_stat`", "`cramp_state`"]);
}

#[test]
fn an_unknown_option_names_the_nearest() {
    refused(
        r#"{"cramp_state": "activ"}"#,
        &["`activ`", "`active`", "cramp_state"],
    );
}

#[test]
fn values_of_the_wrong_type() {
    refused(r#"{"in_session": "maybe"}"#, &["in_session", "maybe", "true"]);
    refused(r#"{"in_session": 1}"#, &["in_session", "1"]);
    refused(r#"{"cramp_state": true}"#, &["cramp_state", "true"]);
    refused(r#"{"time_since_release": 24}"#, &["time_since_release", "24"]);
    refused(r#"{"body_temp_c": [39]}"#, &["body_temp_c"]);
}

#[test]
fn several_as_a_scalar() {
    refused(r#"{"goals": "relieve"}"#, &["goals", "relieve"]);
}

#[test]
fn a_scalar_as_several() {
    refused(r#"{"cramp_state": ["active"]}"#, &["cramp_state"]);
}

#[test]
fn a_value_out_of_range() {
    refused(r#"{"body_temp_c": 99}"#, &["body_temp_c", "99", "30", "45"]);
}

#[test]
fn a_negative_duration() {
    refused(r#"{"time_since_release": "-3h"}"#, &["time_since_release", "-3h"]);
}

#[test]
fn a_text_that_is_no_duration() {
    refused(
        r#"{"time_since_release": "soon"}"#,
        &["time_since_release", "soon", "24h"],
    );
}

#[test]
fn a_stated_definition() {
    refused(r#"{"low_sodium_signs": true}"#, &["`low_sodium_signs`"]);
}

#[test]
fn a_range_upside_down() {
    refused(
        r#"{"time_since_release": {"from": "3d", "to": "1d"}}"#,
        &["time_since_release", "3d", "1d"],
    );
}

#[test]
fn a_case_that_is_no_object() {
    for case in ["[]", "true", "\"active\"", "3", "null"] {
        refused(case, &["object"]);
    }
}

#[test]
fn an_empty_input() {
    refused("", &["empty"]);
    refused("  \n", &["empty"]);
}

#[test]
fn truncated_json() {
    refused(r#"{"cramp_state": "act"#, &[]);
    refused(r#"{"cramp_state": "active","#, &[]);
    refused(r#"{"cramp_state": "active"} {"#, &[]);
}

#[test]
fn truncated_ron_and_toml() {
    let folder = folder("truncated");
    for (name, text) in [
        ("case.ron", "{\"cramp_state\": \"act"),
        ("case.toml", "cramp_state = \"act"),
    ] {
        assert_one(&run(&["advise", &write(&folder, name, text)]).fault(), &[name]);
    }
}

#[test]
fn deeply_nested_json_and_ron() {
    let folder = folder("deep");
    for (open, close) in [("[", "]"), ("{\"includes\":", "}")] {
        let value = format!("{}1{}", open.repeat(100_000), close.repeat(100_000));
        refused(&format!("{{\"goals\": {value}}}"), &[]);
    }
    for (open, close) in [("[", "]"), ("Some(", ")"), ("(", ")")] {
        let text = format!(
            "{{\"goals\": {}1{}}}",
            open.repeat(100_000),
            close.repeat(100_000)
        );
        assert_one(
            &run(&["advise", &write(&folder, "case.ron", text)]).fault(),
            &["case.ron"],
        );
    }
    let text = format!("goals = {}1{}", "[".repeat(100_000), "]".repeat(100_000));
    assert_one(
        &run(&["advise", &write(&folder, "case.toml", text)]).fault(),
        &["case.toml"],
    );
}

#[test]
fn invalid_utf8() {
    let message = run_with(&["advise", "-"], b"{\"goals\": [\"\xff\"]}").fault();
    assert_one(&message, &["UTF-8", "byte 12"]);
    let folder = folder("invalid_utf8");
    for name in ["case.json", "case.ron", "case.toml"] {
        assert_one(
            &run(&["advise", &write(&folder, name, b"\xc3\x28")]).fault(),
            &["UTF-8", name],
        );
    }
}

#[test]
fn duplicate_keys() {
    refused(
        r#"{"in_session": true, "in_session": false}"#,
        &["in_session", "twice"],
    );
    refused(
        r#"{"time_since_release": {"from": "1d", "from": "2d", "to": "3d"}}"#,
        &["from", "twice"],
    );
    let folder = folder("duplicate_keys");
    let ron = "{\"in_session\": true, \"in_session\": false}";
    assert_one(
        &run(&["advise", &write(&folder, "case.ron", ron)]).fault(),
        &["in_session"],
    );
    let toml = "in_session = true\nin_session = false\n";
    assert_one(
        &run(&["advise", &write(&folder, "case.toml", toml)]).fault(),
        &["in_session"],
    );
}

#[test]
fn numbers_that_are_none() {
    refused(r#"{"body_temp_c": 1e400}"#, &[]);
    refused(r#"{"body_temp_c": NaN}"#, &[]);
    let folder = folder("numbers");
    for value in ["NaN", "inf", "-inf", "1e400"] {
        let ron = write(&folder, "case.ron", format!("{{\"body_temp_c\": {value}}}"));
        assert_one(&run(&["advise", &ron]).fault(), &["case.ron"]);
    }
    let toml = write(&folder, "case.toml", "body_temp_c = nan");
    assert_one(&run(&["advise", &toml]).fault(), &["case.toml"]);
}

#[test]
fn a_file_that_is_not_there() {
    assert_one(
        &run(&["advise", "no-such-case.json"]).fault(),
        &["no-such-case.json"],
    );
}

#[test]
fn a_file_of_another_kind_is_a_wrong_call() {
    let message = run(&["advise", "README.md"]).usage();
    assert_one(&message, &["README.md", ".json"]);
}

#[test]
fn a_set_fact_is_checked_like_any_other() {
    assert_one(
        &run(&["advise", "--set", "cramp_stat=active"]).fault(),
        &["`cramp_state`"],
    );
    assert_one(&run(&["advise", "--set", "goals=relieve"]).fault(), &["goals"]);
    assert_one(
        &run(&["advise", "--set", "time_since_release=-1h"]).fault(),
        &["-1h"],
    );
}

#[test]
fn what_a_case_says_cannot_command_the_terminal() {
    let message = run_with(&["advise", "-"], b"{\"cramp_state\": \"\\u001b[2J\"}").fault();
    assert!(!message.contains('\u{1b}'), "{message:?}");
}

#[test]
fn an_error_as_json_stands_on_the_standard_output() {
    let run = run_with(
        &["advise", "-", "--format", "json"],
        br#"{"cramp_stat": "active"}"#,
    );
    assert_eq!(run.code, Some(1));
    assert!(run.err.starts_with("error: "), "{}", run.err);
    let prefix = r#"{"format":1,"error":{"code":"C0101","place":"cramp_stat","found":"cramp_stat","#;
    assert!(run.out.starts_with(prefix), "{}", run.out);
}
