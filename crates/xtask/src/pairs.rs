//! `cargo xtask pairs`: random packs and cases, answered by the library in Rust, repeated through C and Python.

use std::process::{Command, Stdio};

use crate::python;
use crate::steps::c_test_program;
use crate::workspace::{cargo, root, succeeds};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// How many packs to draw
    #[arg(long, default_value_t = 1_000)]
    packs: u64,
    /// How many cases to draw for each
    #[arg(long, default_value_t = 100)]
    cases: usize,
    /// What is drawn; the same seed draws the same
    #[arg(long, default_value_t = 20_261_127)]
    seed: u64,
}

/// False when one of the languages answers otherwise.
pub(crate) fn run(arguments: &Arguments) -> Result<bool, String> {
    let [in_c, in_python] = repeated(arguments.packs, arguments.cases, arguments.seed)?;
    Ok(in_c && in_python)
}

/// Whether C and Python answer as Rust does.
pub(crate) fn repeated(packs: u64, cases: usize, seed: u64) -> Result<[bool; 2], String> {
    println!("seed {seed}: {packs} packs, {cases} cases each");
    let in_c = Command::new(c_test_program("pairs.c")?);
    let mut in_python = python::built()?.python(["bindings/python/tests/pairs.py"]);
    in_python.current_dir(root());
    let mut answers = [false; 2];
    for (answer, front_end) in answers.iter_mut().zip([in_c, in_python]) {
        *answer = repeats(front_end, packs, cases, seed)?;
    }
    Ok(answers)
}

/// Feeds a front end with what the library answers in Rust.
fn repeats(mut front_end: Command, packs: u64, cases: usize, seed: u64) -> Result<bool, String> {
    let mut writer = cargo([
        "run",
        "--quiet",
        "--package",
        "liniment-reference",
        "--bin",
        "pairs",
        "--",
    ]);
    writer
        .args(["--packs", &packs.to_string(), "--cases", &cases.to_string()])
        .args(["--seed", &seed.to_string()])
        .stdout(Stdio::piped());
    let mut writer = writer.spawn().map_err(|error| format!("cargo: {error}"))?;
    let stream = writer.stdout.take().ok_or("cargo gives nothing to read")?;
    front_end.stdin(stream);
    let repeated = succeeds(front_end);
    let written = writer.wait().map_err(|error| format!("cargo: {error}"))?;
    // The command holds the other end of the pipe; it is gone by now.
    Ok(repeated? && written.success())
}
