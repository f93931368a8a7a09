//! The tests of the library: how long each takes, which mutants it reaches, and what it says of them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use super::outcomes::Outcome;
use super::tree::{TestProgram, Tree};
use crate::workspace::{output, root, said};

/// Seconds of the processor's time; tests that take longer are left out where only quick ones are asked.
const LONG: u64 = 2;
/// Hundredths of such a second; tests that take longer are not quick.
const QUICK: u64 = 40;
/// Seconds of the processor's time; a group of tests that takes so much longer than it did without a mutant, and twice
/// as long, runs in circles.
const STUCK: u64 = 40;
/// Seconds; a group of tests that takes longer waits for ever.
const PATIENCE: u64 = 900;
/// What the shell answers of a program that was stopped for the time it took, and `timeout` of one that waits.
const OUT_OF_TIME: [Option<i32>; 2] = [Some(128 + 24), Some(124)];
/// Kilobytes that a test may ask for: a mutant may ask for all there is.
const MEMORY: u64 = 8_000_000;
/// The tests that say most of a mutant come first, in small groups; each next group is so many times larger.
const FIRST_GROUP: usize = 6;
const GROWTH: usize = 6;
/// How many of those that caught most before come first.
const BEST: usize = 3;

struct Test {
    program: usize,
    name: String,
    /// Of the processor's time.
    ticks: u64,
    reaches: BTreeSet<usize>,
}

pub(super) struct Suite {
    programs: Vec<TestProgram>,
    tests: Vec<Test>,
    /// How many mutants each test caught, by name.
    caught: BTreeMap<String, usize>,
}

impl Suite {
    /// All tests that take no longer than so many seconds, or only those that are quick; every one has run by itself,
    /// without a mutant.
    pub(super) fn measured(tree: &Tree, longest: Option<u64>) -> Result<Suite, String> {
        let mut suite = Suite {
            programs: tree.tests()?,
            tests: Vec::new(),
            caught: BTreeMap::new(),
        };
        let only_quick = longest.is_none();
        let longest = longest.unwrap_or(LONG);
        for (number, program) in suite.programs.iter().enumerate() {
            for line in measured(program, longest)?.lines() {
                let mut words = line.split(' ');
                let ticks = words.next().and_then(|ticks| ticks.parse().ok());
                let (Some(ticks), Some(name)) = (ticks, words.next()) else {
                    println!("left out, for it is slow or fails: {line}");
                    continue;
                };
                if only_quick && ticks > QUICK {
                    continue;
                }
                suite.tests.push(Test {
                    program: number,
                    name: name.to_owned(),
                    ticks,
                    reaches: words.filter_map(|number| number.parse().ok()).collect(),
                });
            }
        }
        // What reaches few mutants says most of each, and what is quick is soon asked; what is slow comes last.
        suite.tests.sort_by_key(|test| {
            let say = (test.ticks + 1).saturating_mul(test.reaches.len() as u64);
            (test.ticks > LONG * 100, say)
        });
        println!("{} tests", suite.tests.len());
        Ok(suite)
    }

    /// What the tests say of a mutant.
    pub(super) fn tries(&mut self, mutant: usize) -> Result<Outcome, String> {
        let outcome = self.asked(mutant)?;
        if let Outcome::Caught(by) = &outcome {
            *self.caught.entry(by.clone()).or_default() += 1;
        }
        Ok(outcome)
    }

    fn asked(&self, mutant: usize) -> Result<Outcome, String> {
        let mut left: Vec<&Test> = self
            .tests
            .iter()
            .filter(|test| test.reaches.contains(&mutant))
            .collect();
        let mut best = left.clone();
        best.sort_by_key(|test| Reverse(self.caught.get(&test.name)));
        best.truncate(BEST);
        best.retain(|test| self.caught.contains_key(&test.name));
        left.retain(|test| best.iter().all(|one| one.name != test.name));
        left.splice(0..0, best);
        let mut group = FIRST_GROUP;
        while !left.is_empty() {
            let rest = left.split_off(group.min(left.len()));
            for (number, program) in self.programs.iter().enumerate() {
                let asked = left.iter().filter(|test| test.program == number);
                let names: Vec<&str> = asked.clone().map(|test| test.name.as_str()).collect();
                if names.is_empty() {
                    continue;
                }
                let ticks: u64 = asked.map(|test| test.ticks).sum();
                match run(program, &names, mutant, STUCK + 2 * ticks / 100)? {
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

/// A line for each test of a program: what it takes, its name, and the mutants that it reaches; or only its name, when
/// it takes more than so many seconds or fails. It is kept beside the program, and holds as long as that is not built
/// anew; those of which there is only a name are tried again when they are given more time.
fn measured(program: &TestProgram, longest: u64) -> Result<String, String> {
    let kept = program.path.with_extension("reaches");
    let newer =
        |kept: fs::Metadata, built: fs::Metadata| Some(kept.modified().ok()? > built.modified().ok()?);
    let both = fs::metadata(&kept).ok().zip(fs::metadata(&program.path).ok());
    let known = match both.and_then(|(kept, built)| newer(kept, built)) {
        Some(true) => fs::read_to_string(&kept).map_err(|error| format!("{}: {error}", kept.display()))?,
        _ => String::new(),
    };
    let (seconds, known) = known.split_once('\n').unwrap_or_default();
    if seconds.parse().is_ok_and(|seconds: u64| seconds >= longest) {
        return Ok(known.to_owned());
    }
    let names = if known.is_empty() {
        let mut list = Command::new(&program.path);
        list.args(["--list", "--format", "terse"])
            .current_dir(&program.folder);
        let listed = output(list)?;
        let names = listed.lines().filter_map(|line| line.strip_suffix(": test"));
        names.map(str::to_owned).collect()
    } else {
        let lines = known.lines().map(str::to_owned);
        lines.collect::<Vec<String>>()
    };
    let mut lines = Vec::new();
    for name in names {
        lines.push(if name.contains(' ') {
            name
        } else {
            measured_test(program, &name, longest)?
        });
    }
    let text = lines.join("\n");
    fs::write(&kept, format!("{longest}\n{text}")).map_err(|error| format!("{}: {error}", kept.display()))?;
    Ok(text)
}

fn measured_test(program: &TestProgram, name: &str, longest: u64) -> Result<String, String> {
    let reached = root().join("target/mutants/reached");
    let mut command = command(program, &[name], longest);
    command.env("LINIMENT_REACHED", &reached);
    // A test that reaches no switch writes nothing.
    fs::write(&reached, "").map_err(|error| format!("{}: {error}", reached.display()))?;
    let before = ticks_of_children()?;
    let (fine, _) = said(command)?;
    let ticks = ticks_of_children()?.saturating_sub(before);
    let numbers = fs::read_to_string(&reached).map_err(|error| error.to_string())?;
    Ok(if fine {
        format!("{ticks} {name} {numbers}")
    } else {
        name.to_owned()
    })
}

/// The processor's time that the programs which this one started have taken, as Linux counts it.
fn ticks_of_children() -> Result<u64, String> {
    let stat = fs::read_to_string("/proc/self/stat").map_err(|error| error.to_string())?;
    // The name of this program stands in brackets; behind it, the 14th and 15th are those.
    let times = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let times = times.split_whitespace().skip(13).take(2);
    times
        .map(|time| time.parse::<u64>().map_err(|error| error.to_string()))
        .sum()
}

fn run(program: &TestProgram, names: &[&str], mutant: usize, stuck: u64) -> Result<Outcome, String> {
    let mut command = command(program, names, stuck);
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
