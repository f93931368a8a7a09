//! `cargo xtask mutants`: the mutants of cargo-mutants, all built into one library, each behind a switch.
//!
//! Building the library once for each mutant takes hours. Here it is built once with every mutant in it, and a
//! test is told which one is on; what a test cannot reach it is not asked about.

mod sites;
mod suite;
mod tree;

use std::fmt::Write as _;
use std::fs;

use serde_json::Value;

use crate::steps::Tool;
use crate::workspace::{cargo, output, root};
use suite::{Outcome, Suite};
use tree::Tree;

pub(crate) const TOOL: Tool = Tool {
    name: "mutants",
    probe: &["cargo", "mutants", "--version"],
    install: "cargo install --locked cargo-mutants",
};

/// Which mutants a sample takes when nothing else is asked for.
const SEED: u64 = 20_261_127;
/// So many in a hundred must be caught.
const LEAST: f64 = 90.0;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Try so many of the mutants; all when left out
    #[arg(long)]
    sample: Option<usize>,
    /// Which mutants a sample takes
    #[arg(long, default_value_t = SEED)]
    seed: u64,
    /// Try only those whose description has this text
    #[arg(long, default_value = "")]
    only: String,
    /// Try only those that the last run missed, and ask tests that are not so quick, too
    #[arg(long)]
    missed: bool,
}

/// What cargo-mutants would change.
pub(crate) struct Mutant {
    name: String,
    /// From the root of the workspace.
    file: String,
    genre: String,
    replacement: String,
    /// Line and column, both from 1.
    start: (usize, usize),
    end: (usize, usize),
}

/// The sample that `cargo xtask audit mutants` takes.
pub(crate) fn audit() -> Result<bool, String> {
    run(&Arguments {
        sample: Some(400),
        seed: SEED,
        only: String::new(),
        missed: false,
    })
}

/// Tries the mutants and prints those that no test notices. False when too many are not noticed.
pub(crate) fn run(arguments: &Arguments) -> Result<bool, String> {
    let mut mutants = listed()?;
    let all = mutants.len();
    if let Some(sample) = arguments.sample {
        draw(&mut mutants, sample, arguments.seed);
    }
    println!("{} of {all} mutants, seed {}", mutants.len(), arguments.seed);
    let last = root().join("target/mutants/outcomes.txt");
    let known = if arguments.missed {
        fs::read_to_string(&last).map_err(|error| format!("{}: {error}", last.display()))?
    } else {
        String::new()
    };
    let wanted = |mutant: &Mutant| {
        let missed = format!("missed {}", mutant.name);
        mutant.name.contains(&arguments.only)
            && (!arguments.missed || known.lines().any(|line| line == missed))
    };
    // All are built in, whichever are tried: so they need not be built again for the next that are.
    let mut tree = Tree::copied(&mutants)?;
    tree.settle(&mutants)?;
    let mut suite = Suite::measured(&tree, !arguments.missed)?;
    let mut outcomes = String::new();
    let mut counts = [0_usize; 5];
    for (number, mutant) in mutants.iter().enumerate().filter(|(_, mutant)| wanted(mutant)) {
        let outcome = if tree.unviable.contains(&number) {
            Outcome::Unviable
        } else if tree.left_out.contains(&number) {
            Outcome::LeftOut
        } else {
            suite.tries(number)?
        };
        if let Some(count) = counts.get_mut(outcome.place()) {
            *count += 1;
        }
        if matches!(outcome, Outcome::Missed | Outcome::TimedOut) {
            println!("{outcome} {}", mutant.name);
        }
        let _ = writeln!(outcomes, "{outcome} {}", mutant.name);
        fs::write(&last, &outcomes).map_err(|error| format!("{}: {error}", last.display()))?;
    }
    let [caught, timed_out, missed, unviable, left_out] = counts;
    let tried = caught + timed_out + missed;
    let share = 100.0 * (caught + timed_out) as f64 / tried.max(1) as f64;
    println!(
        "{tried} tried: {caught} caught, {timed_out} timed out, {missed} missed ({share:.1} % caught); \
         {unviable} do not compile, {left_out} cannot be switched"
    );
    Ok(share >= LEAST)
}

/// What cargo-mutants lists; `.cargo/mutants.toml` says of which files.
fn listed() -> Result<Vec<Mutant>, String> {
    if !TOOL.is_installed() {
        return Err(format!("cargo-mutants is not installed: {}", TOOL.install));
    }
    let text = output(cargo(["mutants", "--list", "--json", "--package", "liniment"]))?;
    let list: Vec<Value> = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    list.iter()
        .map(|mutant| {
            let text = |name: &str| Some(mutant.get(name)?.as_str()?.to_owned());
            let place = |which: &str| {
                let number = |name: &str| {
                    let value = mutant.pointer(&format!("/span/{which}/{name}"))?;
                    usize::try_from(value.as_u64()?).ok()
                };
                Some((number("line")?, number("column")?))
            };
            Some(Mutant {
                name: text("name")?,
                file: text("file")?,
                genre: text("genre")?,
                replacement: text("replacement")?,
                start: place("start")?,
                end: place("end")?,
            })
        })
        .collect::<Option<_>>()
        .ok_or_else(|| "cargo-mutants lists its mutants otherwise than expected".to_owned())
}

/// Keeps so many, drawn by a seed, in their order.
fn draw(mutants: &mut Vec<Mutant>, sample: usize, seed: u64) {
    let mut state = seed;
    let mut left = mutants.len();
    let mut wanted = sample.min(left);
    // Each with the chance that leaves as many as are wanted.
    mutants.retain(|_| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let drawn = (state >> 33) as usize % left < wanted;
        left -= 1;
        wanted -= usize::from(drawn);
        drawn
    });
}
