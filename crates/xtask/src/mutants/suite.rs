//! The tests of the library: how long each takes, which mutants it reaches, and what it says of them.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use super::tree::{TestProgram, Tree};
use crate::workspace::{output, root, said};

/// Seconds of the processor's time; tests that take longer are left out.
const LONGEST: u64 = 3;
/// Seconds of the processor's time; a group of tests that takes longer runs in circles.
const STUCK: u64 = 60;
/// Seconds; a group of tests that takes longer waits for ever.
const PATIENCE: u64 = 900;
/// What the shell answers of a program that was stopped for the time it took, and `timeout` of one that waits.
const OUT_OF_TIME: [Option<i32>; 2] = [Some(128 + 24), Some(124)];
/// Kilobytes that a test may ask for: a mutant may ask for all there is.
const MEMORY: u64 = 8_000_000;
/// The tests that say most of a mutant come first, in small groups; each next group is so many times larger.
const FIRST_GROUP: usize = 6;
const GROWTH: usize = 6;

pub(super) enum Outcome {
    Caught(String),
    TimedOut,
    Missed,
    Unviable,
    LeftOut,
}

impl Outcome {
    pub(super) fn place(&self) -> usize {
        match self {
            Outcome::Caught(_) => 0,
            Outcome::TimedOut => 1,
            Outcome::Missed => 2,
            Outcome::Unviable => 3,
            Outcome::LeftOut => 4,
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Outcome::Caught(by) => write!(out, "caught by {by}:"),
            Outcome::TimedOut => out.write_str("timed out"),
            Outcome::Missed => out.write_str("missed"),
            Outcome::Unviable => out.write_str("does not compile:"),
            Outcome::LeftOut => out.write_str("cannot be switched:"),
        }
    }
}

struct Test {
    program: usize,
    name: String,
    reaches: BTreeSet<usize>,
}

pub(super) struct Suite {
    programs: Vec<TestProgram>,
    tests: Vec<Test>,
}

impl Suite {
    /// Runs every test by itself, without a mutant.
    pub(super) fn measured(tree: &Tree) -> Result<Suite, String> {
        let mut suite = Suite {
            programs: tree.tests()?,
            tests: Vec::new(),
        };
        let reached = root().join("target/mutants/reached");
        for (number, program) in suite.programs.iter().enumerate() {
            let mut list = Command::new(&program.path);
            list.args(["--list", "--format", "terse"])
                .current_dir(&program.folder);
            for name in output(list)?
                .lines()
                .filter_map(|line| line.strip_suffix(": test"))
            {
                let mut command = command(program, &[name], LONGEST);
                command.env("LINIMENT_REACHED", &reached);
                // A test that evaluates nothing writes nothing.
                fs::write(&reached, "").map_err(|error| format!("{}: {error}", reached.display()))?;
                let (fine, _) = said(command)?;
                if !fine {
                    println!("left out, for it is slow or fails: {name}");
                    continue;
                }
                let numbers = fs::read_to_string(&reached).map_err(|error| error.to_string())?;
                suite.tests.push(Test {
                    program: number,
                    name: name.to_owned(),
                    reaches: numbers
                        .split_whitespace()
                        .filter_map(|number| number.parse().ok())
                        .collect(),
                });
            }
        }
        // What reaches few mutants says most of each.
        suite.tests.sort_by_key(|test| test.reaches.len());
        println!("{} tests", suite.tests.len());
        Ok(suite)
    }

    /// What the tests say of a mutant.
    pub(super) fn tries(&self, mutant: usize) -> Result<Outcome, String> {
        let mut left: Vec<&Test> = self
            .tests
            .iter()
            .filter(|test| test.reaches.contains(&mutant))
            .collect();
        let mut group = FIRST_GROUP;
        while !left.is_empty() {
            let rest = left.split_off(group.min(left.len()));
            for (number, program) in self.programs.iter().enumerate() {
                let names: Vec<&str> = left
                    .iter()
                    .filter(|test| test.program == number)
                    .map(|test| test.name.as_str())
                    .collect();
                if names.is_empty() {
                    continue;
                }
                match run(program, &names, mutant)? {
                    Outcome::Missed => {}
                    outcome => return Ok(outcome),
                }
            }
            left = rest;
            group *= GROWTH;
        }
        Ok(Outcome::Missed)
    }
}

fn run(program: &TestProgram, names: &[&str], mutant: usize) -> Result<Outcome, String> {
    let mut command = command(program, names, STUCK);
    command.env("LINIMENT_MUTANT", mutant.to_string());
    let output = command.output().map_err(|error| error.to_string())?;
    if output.status.success() {
        return Ok(Outcome::Missed);
    }
    if OUT_OF_TIME.contains(&output.status.code()) {
        return Ok(Outcome::TimedOut);
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let failed = text
        .lines()
        .find_map(|line| line.strip_prefix("test ")?.strip_suffix(" ... FAILED"));
    let stopped = || format!("what stopped {}", names.first().copied().unwrap_or_default());
    Ok(Outcome::Caught(failed.map_or_else(stopped, str::to_owned)))
}

/// Some tests of a program, with bounds to time and memory.
fn command(program: &TestProgram, names: &[&str], seconds: u64) -> Command {
    let mut command = Command::new("sh");
    command
        .arg("-c")
        .arg(format!(
            "ulimit -v {MEMORY}; ulimit -S -t {seconds}; exec timeout {PATIENCE} \"$0\" \"$@\""
        ))
        .arg(&program.path)
        .arg("--exact")
        .args(names)
        .current_dir(&program.folder)
        .env("INSTA_UPDATE", "no")
        .env("INSTA_WORKSPACE_ROOT", workspace_of(program))
        .env("RUST_BACKTRACE", "0");
    command
}

fn workspace_of(program: &TestProgram) -> PathBuf {
    program
        .folder
        .ancestors()
        .nth(2)
        .unwrap_or(&program.folder)
        .to_path_buf()
}
