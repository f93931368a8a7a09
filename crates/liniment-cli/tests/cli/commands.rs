//! The subcommands beside `advise` and `explain`, and what holds for all of them.

use std::process::Stdio;

use crate::common::{command, folder, root, run, run_with, write};
use crate::result_schema::conforms;

#[test]
fn packs_lists_what_is_built_in() {
    let text = run(&["packs"]).fine();
    assert!(
        text.lines().next().is_some_and(|head| head.starts_with("pack ")),
        "{text}"
    );
    for pack in ["calf-cramps", "leg-red-flags"] {
        let line = text
            .lines()
            .find(|line| line.starts_with(pack))
            .unwrap_or_default();
        assert!(
            line.contains("1.0.0") && line.contains("en") && line.contains("de"),
            "{text}"
        );
    }
    let json = run(&["packs", "--format", "json"]).fine();
    assert!(
        json.starts_with(r#"{"format":1,"packs":[{"id":"calf-cramps","version":"1.0.0","title":"#),
        "{json}"
    );
}

#[test]
fn every_limit_can_be_set_and_is_named_when_it_is_passed() {
    for (limit, command) in [
        ("bytes=1000", "advise"),
        ("depth=2", "advise"),
        ("rules=5", "advise"),
        ("facts=5", "advise"),
        ("options=2", "advise"),
        ("text_length=20", "advise"),
        ("extensions=0", "advise"),
        ("boxes=1", "check"),
        ("rules=5", "test"),
    ] {
        let name = limit.split('=').next().unwrap_or_default();
        let arguments: &[&str] = match command {
            "advise" => &["advise", "--set", "in_session=true", "--limit", limit],
            command => &[command, "--limit", limit],
        };
        let run = run(arguments);
        // Too few boxes make an answer less exact: a warning, shown by `check`.
        let told = format!("{}{}", run.out, run.err);
        assert!(told.contains(&format!("`{name}`")), "{limit}: {told}");
        assert_eq!(run.code == Some(0), name == "boxes", "{limit}: {told}");
    }
    let generous = run(&["advise", "--set", "in_session=true", "--limit", "rules=1000000"]);
    assert_eq!(generous.code, Some(0), "{}", generous.err);
    for (wrong, told) in [
        ("rule=1", "`rules`"),
        ("rules", "name=number"),
        ("rules=many", "`many`"),
    ] {
        let message = run(&["check", "--limit", wrong]).usage();
        assert!(message.contains(told), "{message}");
    }
}

#[test]
fn the_built_in_packs_have_no_findings() {
    assert_eq!(run(&["check"]).fine(), "no findings in 2 packs\n");
    assert_eq!(run(&["check", "calf-cramps"]).fine(), "no findings in 1 pack\n");
    assert_eq!(
        run(&["check", "rules/calf-cramps", "rules/leg-red-flags"]).fine(),
        "no findings in 2 packs\n"
    );
    let json = run(&["check", "--format", "json"]).fine();
    assert_eq!(json, "{\"format\":1,\"diagnostics\":[]}\n");
}

const MANIFEST: &str = r#"Pack(
    id: "one", version: "1.0.0", schema: 1, language: "en", title: "One",
    phases: [Phase(id: "care", title: "Care")],
)"#;

const RULES: &str = r#"[
    Fact(id: "wet", kind: YesNo, ask: "Is it wet?"),
    Note(id: "dry_it", phase: "care", when: {"wet": Yes}, text: "Dry it.", inferred: true),
]"#;

#[test]
fn a_warning_is_shown_and_can_be_denied() {
    let folder = folder("warning");
    write(&folder, "pack.ron", MANIFEST);
    // Nothing depends on the fact, and no rule is of the manifest's phase.
    write(
        &folder,
        "rules.ron",
        "[Fact(id: \"wet\", kind: YesNo, ask: \"Is it wet?\")]",
    );
    let pack = folder.to_str().unwrap_or_default();
    let plain = run(&["check", pack]).fine();
    assert!(
        plain.contains("warning") && plain.contains("rules.ron:1:"),
        "{plain}"
    );
    assert_eq!(plain.lines().last(), Some("2 warnings in 1 pack"), "{plain}");
    let denied = run(&["check", "--deny", "warnings", pack]);
    assert_eq!(denied.code, Some(1));
    assert_eq!(denied.out, plain);
    assert_eq!(denied.err, "error: there are warnings, and they are denied\n");
    let json = run(&["check", "--format", "json", pack]).fine();
    assert!(json.contains(r#""severity":"warning""#), "{json}");
}

#[test]
fn a_failing_case_is_named_and_fails() {
    let folder = folder("failing_case");
    write(&folder, "pack.ron", MANIFEST);
    write(&folder, "rules.ron", RULES);
    let cases = r#"[
        TestCase(id: "wet_is_dried", facts: {"wet": true}, must: {"dry_it": "inform"}),
        TestCase(id: "dry_is_dried", facts: {"wet": false}, must: {"dry_it": "inform"}),
    ]"#;
    write(&folder, "cases/all.ron", cases);
    let pack = folder.to_str().unwrap_or_default();
    let failed = run(&["test", pack]);
    assert_eq!(failed.code, Some(1), "{}{}", failed.out, failed.err);
    assert!(
        failed
            .out
            .starts_with("FAILED dry_is_dried (failing_case/cases/all.ron:3)\n"),
        "{}",
        failed.out
    );
    assert_eq!(
        failed.out.lines().last(),
        Some("1 passed, 1 failed"),
        "{}",
        failed.out
    );
    let json = run(&["test", "--format", "json", pack]);
    assert_eq!(json.code, Some(1));
    conforms("pack_tests", &json.out);
}

#[test]
fn what_no_case_tries_is_counted_and_listed() {
    let folder = folder("passing_case");
    write(&folder, "pack.ron", MANIFEST);
    write(&folder, "rules.ron", RULES);
    let cases = "[TestCase(id: \"dry\", facts: {\"wet\": false}, must_not: {\"dry_it\": [\"any\"]})]";
    write(&folder, "cases/all.ron", cases);
    let pack = folder.to_str().unwrap_or_default();
    let text = run(&["test", pack]).fine();
    assert!(text.contains("passing_case  1 passed  0 failed"), "{text}");
    assert!(text.contains("--gaps lists the others"), "{text}");
    assert_eq!(text.lines().last(), Some("1 passed, 0 failed"), "{text}");
    let gaps = run(&["test", "--gaps", pack]).fine();
    assert!(
        gaps.contains("never inform: dry_it (passing_case/rules.ron:3)"),
        "{gaps}"
    );
    conforms("pack_tests", &run(&["test", "--format", "json", pack]).fine());
}

#[test]
fn a_built_in_pack_alone_skips_the_cases_that_need_the_other() {
    let text = run(&["test", "leg-red-flags"]).fine();
    assert!(
        text.contains("Skipped\n  leg-red-flags/cases/with_calf_cramps.ron, without `calf-cramps`:"),
        "{text}"
    );
    assert!(
        text.lines()
            .last()
            .is_some_and(|line| line.ends_with("0 failed, 40 skipped")),
        "{text}"
    );
    conforms(
        "pack_tests",
        &run(&["test", "leg-red-flags", "--format", "json"]).fine(),
    );
    let both = run(&["test"]).fine();
    assert!(!both.contains("skipped"), "{both}");
}

#[test]
fn schema_describes_cases() -> Result<(), serde_json::Error> {
    let schema: serde_json::Value = serde_json::from_str(&run(&["schema"]).fine())?;
    let ask = schema
        .pointer("/properties/muscles_affected/description")
        .and_then(|ask| ask.as_str());
    assert!(ask.is_some_and(|ask| ask.contains("muscles")), "{ask:?}");
    let german: serde_json::Value = serde_json::from_str(&run(&["schema", "--lang", "de"]).fine())?;
    assert_ne!(
        german.pointer("/properties/muscles_affected/description"),
        schema.pointer("/properties/muscles_affected/description")
    );
    Ok(())
}

#[test]
fn schema_of_results_is_the_committed_file() -> std::io::Result<()> {
    let committed = std::fs::read_to_string(root().join("schema/result.json"))?;
    assert_eq!(run(&["schema", "--result"]).fine(), committed);
    Ok(())
}

#[test]
fn explain_code_lists_and_explains() {
    let list = run(&["explain-code"]).fine();
    let first = list.lines().next().unwrap_or_default();
    assert!(first.starts_with("L0001 error"), "{list}");
    let page = run(&["explain-code", "l0001"]).fine();
    assert!(page.starts_with("L0001 (error): "), "{page}");
    assert!(page.lines().count() > 2, "the page is empty: {page}");
    let json = run(&["explain-code", "L0001", "--format", "json"]).fine();
    assert!(
        json.starts_with(r#"{"format":1,"codes":[{"code":"L0001","severity":"error","#),
        "{json}"
    );
    assert_eq!(
        run(&["explain-code", "C0101"]).fine(),
        "C0101 (error): unknown fact\n"
    );
    let message = run(&["explain-code", "L9999"]).usage();
    assert!(message.contains("`L9999`"), "{message}");
}

#[test]
fn completions_for_every_shell() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(run(&["completions", shell]).fine().contains("advise"), "{shell}");
    }
}

#[test]
fn manual_pages() -> std::io::Result<()> {
    assert!(run(&["man"]).fine().contains(".TH liniment 1"));
    let folder = folder("man");
    let written = run(&["man", "--out", folder.to_str().unwrap_or_default()]).fine();
    assert!(written.contains("liniment-advise.1"), "{written}");
    assert!(std::fs::read_to_string(folder.join("liniment-advise.1"))?.contains("liniment\\-advise"));
    Ok(())
}

#[test]
fn wrong_calls_exit_with_2() {
    for arguments in [
        &["advise"][..],
        &["advice", "case.json"],
        &["advise", "--set", "cramp_state"],
        &["advise", "case.json", "--format", "xml"],
        &["completions", "tcsh"],
    ] {
        run(arguments).usage();
    }
}

#[test]
fn a_bare_call_shows_the_help_and_is_wrong() {
    let bare = run(&[]);
    assert_eq!(bare.code, Some(2));
    assert_eq!(bare.out, "");
    assert!(bare.err.contains("Usage: liniment"), "{}", bare.err);
}

#[test]
fn help_and_version_are_no_errors() {
    assert!(run(&["--help"]).fine().contains("advise"));
    assert!(run(&["help", "advise"]).fine().contains("--why"));
    assert_eq!(
        run(&["--version"]).fine(),
        format!("liniment {}\n", env!("CARGO_PKG_VERSION"))
    );
    for line in run(&["advise", "--help"]).fine().lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
}

#[test]
fn a_reader_who_has_seen_enough_is_no_error() -> std::io::Result<()> {
    let mut command = command(&["schema"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    drop(child.stdout.take());
    let output = child.wait_with_output()?;
    assert!(output.status.success());
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    Ok(())
}

#[test]
fn no_environment_variable_changes_anything() -> std::io::Result<()> {
    let arguments = ["advise", "examples/mid-run-cramp.json"];
    let plain = run(&arguments).fine();
    for (name, value) in [
        ("CLICOLOR_FORCE", "1"),
        ("COLUMNS", "40"),
        ("LANG", "de_DE.UTF-8"),
        ("LINIMENT_PACK", "none"),
        ("TERM", "dumb"),
    ] {
        let output = command(&arguments).env(name, value).output()?;
        assert_eq!(String::from_utf8_lossy(&output.stdout), plain, "{name}");
    }
    let coloured = ["--color", "always", "advise", "examples/mid-run-cramp.json"];
    let with_no_color = command(&coloured).env("NO_COLOR", "1").output()?;
    assert_eq!(
        String::from_utf8_lossy(&with_no_color.stdout),
        run(&coloured).fine()
    );
    Ok(())
}

#[test]
fn the_pack_in_the_readme_works() -> std::io::Result<()> {
    let readme = std::fs::read_to_string(root().join("README.md"))?;
    let folder = folder("readme");
    for block in readme
        .split("```ron\n")
        .skip(1)
        .filter_map(|rest| rest.split("```").next())
    {
        let (name, text) = block.split_once('\n').unwrap_or_default();
        write(&folder, name.trim_start_matches("// "), text);
    }
    let pack = folder.join("my-pack");
    let pack = pack.to_str().unwrap_or_default();
    assert_eq!(run(&["check", pack]).fine(), "no findings in 1 pack\n");
    let advice = run(&["advise", "--pack", pack, "--set", "blister=closed"]).fine();
    assert!(advice.contains("Do not prick the blister."), "{advice}");
    Ok(())
}

#[test]
fn the_case_in_the_readme_works() -> std::io::Result<()> {
    let readme = std::fs::read_to_string(root().join("README.md"))?;
    let case = readme
        .split("```json\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next())
        .unwrap_or_default();
    run_with(&["advise", "-"], case.as_bytes()).fine();
    Ok(())
}
