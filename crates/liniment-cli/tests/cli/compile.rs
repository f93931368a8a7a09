//! `liniment compile`, and what it wrote in place of packs.

use crate::common::{command, folder, run, write};

const CASE: &str = "examples/mid-run-cramp.json";

#[test]
fn what_was_compiled_advises_as_its_packs_do() -> std::io::Result<()> {
    let folder = folder("compile");
    let file = folder.join("packs.liniment").to_string_lossy().into_owned();
    assert_eq!(
        run(&["compile", "calf-cramps", "leg-red-flags", "--out", &file]).fine(),
        ""
    );
    for arguments in [
        &["advise", CASE, "--format", "json"][..],
        &["advise", CASE, "--why"],
        &["advise", CASE, "--lang", "de"],
        &["explain", "ice", CASE],
        &["plan", CASE],
        &["schema"],
    ] {
        let with_file = [arguments, &["--pack", &file]].concat();
        assert_eq!(run(&with_file).fine(), run(arguments).fine(), "{arguments:?}");
    }
    // The same bytes on the standard output; folders give the same places under other names.
    let printed = command(&["compile", "calf-cramps", "leg-red-flags", "--out", "-"]).output()?;
    assert_eq!(printed.stdout, std::fs::read(&file)?);
    let german = command(&["compile", "calf-cramps", "--lang", "de", "--out", "-"]).output()?;
    let german = write(&folder, "german", german.stdout);
    let said = run(&["advise", CASE, "--pack", &german]).fine();
    assert_eq!(
        said,
        run(&["advise", CASE, "--pack", "calf-cramps", "--lang", "de"]).fine()
    );
    Ok(())
}

#[test]
fn files_that_are_something_else_are_refused() -> std::io::Result<()> {
    let folder = folder("compile-faults");
    let text = write(&folder, "pack.ron", "Pack(id: \"tea\")");
    let message = run(&["advise", CASE, "--pack", &text]).fault();
    assert!(
        message.contains("no compiled knowledge base") && message.contains("a pack is a folder"),
        "{message}"
    );
    let whole = command(&["compile", "calf-cramps", "--out", "-"])
        .output()?
        .stdout;
    let half = write(&folder, "half", whole.get(..whole.len() / 2).unwrap_or_default());
    let message = run(&["advise", CASE, "--pack", &half]).fault();
    assert!(message.contains("damaged"), "{message}");
    let good = write(&folder, "good", whole);
    let message = run(&["advise", CASE, "--pack", &good, "--lang", "xx"]).fault();
    assert!(message.contains("`xx`"), "{message}");
    // It stands alone, and has no packs to check.
    for arguments in [
        &["advise", CASE, "--pack", &good, "--pack", "leg-red-flags"][..],
        &["check", &good],
    ] {
        let message = run(arguments).fault();
        assert!(
            message.contains("no folder is there") && message.contains("it is a file"),
            "{message}"
        );
    }
    Ok(())
}

#[test]
fn nothing_is_written_where_packs_have_errors() {
    let folder = folder("compile-nothing");
    let file = folder.join("none").to_string_lossy().into_owned();
    run(&["compile", "tests/packs/bad/names_unknown_fact", "--out", &file]).fault();
    assert!(!folder.join("none").exists());
    let message = run(&["compile", "calf-cramps", "--out", &folder.to_string_lossy()]).fault();
    assert!(message.contains("this is a folder"), "{message}");
    run(&["compile", "--out", &file]).usage();
}
