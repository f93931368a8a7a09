//! Packs that cannot be: diagnostics, exit code 1, no advice.

use std::path::Path;

use crate::common::{folder, run, write};

const FACT: &str = r#"Fact(id: "wet", kind: YesNo, ask: "Is it wet?")"#;

fn manifest(id: &str, more: &str) -> String {
    format!(
        "Pack(id: \"{id}\", version: \"1.0.0\", schema: 1, language: \"en\", title: \"{id}\", \
         phases: [Phase(id: \"care\", title: \"Care\")], {more})"
    )
}

/// A folder with a pack of these files beside its manifest.
fn pack(parent: &Path, id: &str, more: &str, files: &[(&str, &str)]) -> String {
    let folder = parent.join(id);
    write(&folder, "pack.ron", manifest(id, more));
    for (name, text) in files {
        write(&folder, name, text);
    }
    folder.to_str().unwrap_or_default().to_owned()
}

#[track_caller]
fn refused(packs: &[&str], needles: &[&str]) {
    let mut with_flag = vec!["advise", "--set", "wet=true"];
    packs.iter().for_each(|pack| with_flag.extend(["--pack", pack]));
    let mut check = vec!["check"];
    check.extend(packs);
    let advised = run(&with_flag).fault();
    let checked = run(&check);
    assert_eq!(checked.code, Some(1), "{}{}", checked.out, checked.err);
    for text in [&advised, &(checked.out + &checked.err)] {
        assert!(!text.contains("panicked"), "{text}");
        for needle in needles {
            assert!(text.contains(needle), "`{needle}` is missing in: {text}");
        }
    }
}

#[test]
fn a_pack_that_is_not_there() {
    refused(
        &["no-such-pack"],
        &["`no-such-pack`", "calf-cramps", "leg-red-flags"],
    );
    // A file could be packs that were compiled.
    refused(&["README.md"], &["README.md"]);
    let checked = run(&["check", "README.md"]).fault();
    assert!(checked.contains("no folder is there"), "{checked}");
}

#[test]
fn a_folder_without_a_manifest() {
    let folder = folder("no_manifest");
    write(&folder, "facts.ron", format!("[{FACT}]"));
    refused(&[folder.to_str().unwrap_or_default()], &["pack.ron"]);
}

#[test]
fn a_pack_that_another_needs_is_missing() {
    let folder = folder("missing_pack");
    let one = pack(
        &folder,
        "one",
        "extends: {\"base\": \"^1\"}",
        &[("facts.ron", &format!("[{FACT}]"))],
    );
    refused(&[&one], &["base"]);
}

#[test]
fn packs_that_need_each_other() {
    let folder = folder("cyclic_packs");
    let one = pack(
        &folder,
        "one",
        "extends: {\"two\": \"^1\"}",
        &[("facts.ron", &format!("[{FACT}]"))],
    );
    let two = pack(
        &folder,
        "two",
        "extends: {\"one\": \"^1\"}",
        &[("facts.ron", &format!("[{FACT}]"))],
    );
    refused(&[&one, &two], &["one", "two"]);
}

#[test]
fn two_packs_that_define_one_fact_differently() {
    let folder = folder("two_facts");
    let one = pack(&folder, "one", "", &[("facts.ron", &format!("[{FACT}]"))]);
    let other = FACT.replace("YesNo", "Choice([\"a_little\", \"very\"])");
    let two = pack(&folder, "two", "", &[("facts.ron", &format!("[{other}]"))]);
    refused(&[&one, &two], &["wet", "one/facts.ron", "two/facts.ron"]);
}

#[test]
fn one_pack_given_twice() {
    let folder = folder("twice");
    let one = pack(&folder, "one", "", &[("facts.ron", &format!("[{FACT}]"))]);
    refused(&[&one, &one], &["one"]);
}

#[test]
fn text_that_is_no_ron() {
    let folder = folder("no_ron");
    for (number, text) in [
        "",
        "[",
        "[Fact(",
        "[Fact(id: \"wet\"",
        "]",
        "\"",
        "[Fix(id: \u{1b})]",
    ]
    .iter()
    .enumerate()
    {
        let pack = pack(&folder, &format!("bad{number}"), "", &[("facts.ron", text)]);
        refused(&[&pack], &["facts.ron"]);
    }
}

#[test]
fn text_that_is_nested_too_deeply() {
    let folder = folder("deep_pack");
    for (number, (open, close)) in [("[", "]"), ("Some(", ")"), ("{\"a\":", "}")]
        .into_iter()
        .enumerate()
    {
        let text = format!("[{}1{}]", open.repeat(100_000), close.repeat(100_000));
        let pack = pack(&folder, &format!("deep{number}"), "", &[("facts.ron", &text)]);
        refused(&[&pack], &["facts.ron"]);
    }
}

#[test]
fn text_that_is_not_utf8() {
    let folder = folder("no_utf8");
    let one = pack(&folder, "one", "", &[]);
    write(&folder, "one/facts.ron", b"[ \xff ]");
    refused(&[&one], &["facts.ron", "UTF-8"]);
}

#[test]
fn an_unknown_name_is_reported_with_the_nearest() {
    let folder = folder("unknown_name");
    let rule = r#"Note(id: "mind", phase: "care", text: "Mind.", when: {"wett": Yes})"#;
    let one = pack(&folder, "one", "", &[("rules.ron", &format!("[{FACT}, {rule}]"))]);
    refused(&[&one], &["wett", "`wet`", "rules.ron"]);
}

#[test]
fn an_unknown_language() {
    let message = run(&["advise", "--set", "in_session=true", "--lang", "tlh"]).fault();
    assert!(message.contains("tlh") && message.contains("de"), "{message}");
}
