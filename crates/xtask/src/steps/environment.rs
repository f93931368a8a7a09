//! The command asks for no environment variable: a library that is loaded before all others listens.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::Tally;
use crate::workspace::{build_as_tested, program, root, succeeds};

/// What Rust's own start and threads ask for, whatever program it is.
const OF_THE_LANGUAGE: &[&str] = &["RUST_BACKTRACE", "RUST_LIB_BACKTRACE", "RUST_MIN_STACK"];

/// What is run, in the root of the workspace; nothing of it is a terminal.
const CALLS: &[&[&str]] = &[
    &["advise", "examples/mid-run-cramp.json", "--why"],
    &["advise", "examples/mid-run-cramp.json", "--format", "json"],
    &["explain", "stretch", "examples/mid-run-cramp.json"],
    &["plan", "examples/mid-run-cramp.json"],
    &["ask"],
    &["check"],
    &["packs"],
    &["schema"],
    &["batch", "--in", "target/environment/cases.csv", "--out", "-"],
    &["explain-code", "L0101"],
    &["advise", "no-such-file.json"],
];

pub(super) fn check() -> Result<Tally, String> {
    let mut tally = Tally::default();
    if !cfg!(target_os = "linux") {
        tally
            .skipped
            .push("nothing is preloaded on this system".to_owned());
        return Ok(tally);
    }
    let listener = listener()?;
    let liniment = build_as_tested("liniment")?;
    // That it hears anything at all.
    let heard = asked_for(Path::new("ls"), &[], &listener)?;
    tally.count(!heard.is_empty(), || "the listener hears nothing".to_owned());
    for call in CALLS {
        let asked = asked_for(&liniment, call, &listener)?;
        let surprising: Vec<&String> = asked
            .iter()
            .filter(|name| !OF_THE_LANGUAGE.contains(&name.as_str()))
            .collect();
        tally.count(surprising.is_empty(), || {
            format!("`liniment {}` asks for {surprising:?}", call.join(" "))
        });
    }
    Ok(tally)
}

fn listener() -> Result<PathBuf, String> {
    let folder = root().join("target/environment");
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let cases = folder.join("cases.csv");
    fs::write(&cases, "cramp_state,in_session\nactive,true\n")
        .map_err(|error| format!("{}: {error}", cases.display()))?;
    let built = folder.join("listener.so");
    let mut command = program(
        "cc",
        [
            "-shared",
            "-fPIC",
            "-O1",
            "crates/xtask/src/steps/environment.c",
            "-ldl",
            "-o",
        ],
    );
    command.arg(&built);
    if succeeds(command)? {
        Ok(built)
    } else {
        Err("the listener does not compile".to_owned())
    }
}

/// The variables that a program asks for.
fn asked_for(name: &Path, arguments: &[&str], listener: &Path) -> Result<BTreeSet<String>, String> {
    let mut command = program(name, arguments);
    command
        .env("LD_PRELOAD", listener)
        .stdin(std::process::Stdio::null());
    let output = command
        .output()
        .map_err(|error| format!("{}: {error}", name.display()))?;
    let told = String::from_utf8_lossy(&output.stderr);
    Ok(told
        .lines()
        .filter_map(|line| line.strip_prefix("ENVIRONMENT "))
        .map(str::to_owned)
        .collect())
}
