//! `cargo xtask pairs`: random packs and cases, answered by the library in Rust, repeated through C and Python.

use std::io::{self, Read, Write};
use std::process::{Command, Stdio};

use crate::python;
use crate::steps::c_test_program;
use crate::workspace::{build_as_tested, root};

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
    let mut writer = Command::new(build_as_tested("pairs")?);
    writer
        .args(["--packs", &packs.to_string(), "--cases", &cases.to_string()])
        .args(["--seed", &seed.to_string()]);
    fed(writer, [in_c, in_python])
}

/// Feeds front ends with what the library answers in Rust, all at once. Tells of each whether it repeats it.
fn fed<const COUNT: usize>(
    mut writer: Command,
    mut front_ends: [Command; COUNT],
) -> Result<[bool; COUNT], String> {
    let cannot_start = |error: io::Error| format!("the pairs cannot be repeated: {error}");
    let mut readers = Vec::new();
    for front_end in &mut front_ends {
        readers.push(front_end.stdin(Stdio::piped()).spawn().map_err(cannot_start)?);
    }
    let mut writer = writer.stdout(Stdio::piped()).spawn().map_err(cannot_start)?;
    let mut stream = writer.stdout.take().ok_or("the pairs are not written")?;
    let mut inputs: Vec<_> = readers.iter_mut().map(|reader| reader.stdin.take()).collect();
    let mut bytes = vec![0; 1 << 16];
    loop {
        let count = stream.read(&mut bytes).map_err(|error| error.to_string())?;
        let Some(read) = bytes.get(..count).filter(|read| !read.is_empty()) else {
            break;
        };
        for input in &mut inputs {
            // One that has stopped reading has failed, and says so when it is waited for.
            if input.as_mut().is_some_and(|input| input.write_all(read).is_err()) {
                *input = None;
            }
        }
    }
    let complete: Vec<bool> = inputs.iter().map(Option::is_some).collect();
    drop(inputs);
    let written = writer.wait().map_err(|error| error.to_string())?.success();
    let mut answers = [false; COUNT];
    for ((answer, reader), complete) in answers.iter_mut().zip(&mut readers).zip(complete) {
        let status = reader.wait().map_err(|error| error.to_string())?;
        *answer = written && complete && status.success();
    }
    Ok(answers)
}
