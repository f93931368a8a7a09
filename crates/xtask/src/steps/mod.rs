//! `cargo xtask test`: every check of the project as a named step, counted.
//!
//! A front end brings its own file with a list of steps and one line in [`SUITES`].

mod c;
mod environment;
mod generated;
mod packs;
mod python;
mod rust;
mod trust;
mod unsafe_code;

pub(crate) use c::test_program as c_test_program;
pub(crate) use packs::folders as pack_folders;
pub(crate) use python::accept_notebooks;

use std::time::Instant;

use crate::workspace::{answers, program};

/// All steps, in the order in which they run.
const SUITES: &[&[Step]] = &[
    rust::STEPS,
    packs::STEPS,
    c::STEPS,
    python::STEPS,
    generated::STEPS,
    trust::STEPS,
];

/// Steps that run only when they are named: their time or tools have not been settled yet for every machine.
const ONLY_BY_NAME: &[&str] = &["instructions", "fuzz"];

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Also the steps that take long
    #[arg(long)]
    full: bool,
    /// Count what cannot run as failed
    #[arg(long)]
    no_skips: bool,
    /// Only the steps of these names
    #[arg(value_name = "STEP")]
    only: Vec<String>,
}

/// One named check.
pub(crate) struct Step {
    /// Its name, as `cargo xtask test NAME` takes it.
    pub(crate) name: &'static str,
    /// Runs with `--full` only.
    pub(crate) full: bool,
    /// What must be installed.
    pub(crate) needs: &'static [Tool],
    /// Does the work. An error is one failure.
    pub(crate) run: fn() -> Result<Tally, String>,
}

/// A program that a step needs.
pub(crate) struct Tool {
    /// What it is called.
    pub(crate) name: &'static str,
    /// A command that succeeds where it is installed.
    pub(crate) probe: &'static [&'static str],
    /// How to get it.
    pub(crate) install: &'static str,
}

impl Tool {
    /// Whether it is there.
    pub(crate) fn is_installed(&self) -> bool {
        self.probe
            .split_first()
            .is_some_and(|(name, arguments)| answers(program(name, arguments)))
    }
}

/// What a step counted.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) passed: usize,
    /// A line for each failure.
    pub(crate) failed: Vec<String>,
    /// A line for each thing that did not run.
    pub(crate) skipped: Vec<String>,
}

impl Tally {
    /// Of a step that either succeeds or fails.
    pub(crate) fn of_one(success: bool, failure: &str) -> Tally {
        let mut tally = Tally::default();
        tally.count(success, || failure.to_owned());
        tally
    }

    /// Adds what another one counted.
    pub(crate) fn add(&mut self, other: Tally) {
        self.passed += other.passed;
        self.failed.extend(other.failed);
        self.skipped.extend(other.skipped);
    }

    /// Adds one check.
    pub(crate) fn count(&mut self, success: bool, failure: impl FnOnce() -> String) {
        if success {
            self.passed += 1;
        } else {
            self.failed.push(failure());
        }
    }
}

/// Runs the steps. True when nothing failed.
pub(crate) fn run(arguments: &Arguments) -> Result<bool, String> {
    let steps: Vec<&Step> = SUITES.iter().copied().flatten().collect();
    for name in &arguments.only {
        if !steps.iter().any(|step| step.name == name) {
            let names: Vec<&str> = steps.iter().map(|step| step.name).collect();
            return Err(format!(
                "no step is called `{name}`; there are {}",
                names.join(", ")
            ));
        }
    }
    let chosen = steps.into_iter().filter(|step| match arguments.only.as_slice() {
        [] => (arguments.full || !step.full) && !ONLY_BY_NAME.contains(&step.name),
        only => only.iter().any(|name| step.name == name),
    });

    let mut total = Tally::default();
    for step in chosen {
        println!("\n── {}", step.name);
        let started = Instant::now();
        let tally = tally(step);
        println!(
            "── {}: {} passed, {} failed, {} skipped ({:.1} s)",
            step.name,
            tally.passed,
            tally.failed.len(),
            tally.skipped.len(),
            started.elapsed().as_secs_f64()
        );
        let named = |line: String| format!("{}: {line}", step.name);
        total.passed += tally.passed;
        total.failed.extend(tally.failed.into_iter().map(named));
        total.skipped.extend(tally.skipped.into_iter().map(named));
    }
    if arguments.no_skips {
        let skipped = std::mem::take(&mut total.skipped);
        total.failed.extend(
            skipped
                .into_iter()
                .map(|line| format!("{line} (skips count as failures)")),
        );
    }
    println!();
    for line in &total.skipped {
        println!("skipped  {line}");
    }
    for line in &total.failed {
        println!("failed   {line}");
    }
    println!(
        "{} passed, {} failed, {} skipped",
        total.passed,
        total.failed.len(),
        total.skipped.len()
    );
    Ok(total.failed.is_empty())
}

fn tally(step: &Step) -> Tally {
    let missing: Vec<String> = step
        .needs
        .iter()
        .filter(|tool| !tool.is_installed())
        .map(|tool| format!("{} is not installed ({})", tool.name, tool.install))
        .collect();
    if !missing.is_empty() {
        return Tally {
            skipped: missing,
            ..Tally::default()
        };
    }
    (step.run)().unwrap_or_else(|message| Tally {
        failed: vec![message],
        ..Tally::default()
    })
}
