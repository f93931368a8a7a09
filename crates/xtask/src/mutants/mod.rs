//! `cargo xtask mutants`: the mutants of cargo-mutants, all built into one library, each behind a switch.
//!
//! Building the library once for each mutant takes hours. Here it is built once with every mutant in it, and a
//! test is told which one is on; what a test cannot reach it is not asked about.

mod outcomes;
mod sites;
mod suite;
mod tree;

use std::collections::BTreeMap;

use serde_json::Value;

use crate::steps::Tool;
use crate::workspace::{cargo, output};
use outcomes::{Outcome, Outcomes};
use suite::Suite;
use tree::Tree;

pub(crate) const TOOL: Tool = Tool {
    name: "mutants",
    probe: &["cargo", "mutants", "--version"],
    install: "cargo install --locked cargo-mutants",
};

/// Which mutants the audit takes, and any sample when nothing else is asked for.
const SEED: u64 = 20_261_127;
/// So many in a hundred must be caught.
const LEAST: f64 = 90.0;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Try so many of the mutants; all when left out
    #[arg(long)]
    sample: Option<usize>,
    /// Which mutants a sample takes; where there are several, a sample is taken for each
    #[arg(long, default_value = "20261127")]
    seed: Vec<u64>,
    /// Try only those whose description has this text
    #[arg(long, default_value = "")]
    only: String,
    /// Try only those that the last run missed or did not come to, and ask tests that are not so quick, too; what was
    /// said of the others stays
    #[arg(long)]
    missed: bool,
    /// With `--missed`: tests that take longer than so many seconds of the processor's time are not asked
    #[arg(long, default_value_t = 20)]
    longest: u64,
}

/// What cargo-mutants would change.
pub(crate) struct Mutant {
    /// With the file, line and column where it stands.
    name: String,
    /// Which it is of those that differ in line and column alone, from 1.
    nth: usize,
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
        seed: vec![SEED],
        only: String::new(),
        missed: false,
        longest: 0,
    })
}

/// Tries the mutants and prints those that no test notices. False when too many are not noticed.
pub(crate) fn run(arguments: &Arguments) -> Result<bool, String> {
    let mut mutants = listed()?;
    let all = mutants.len();
    // Each seed with the mutants that it takes.
    let sample = arguments.sample.unwrap_or(all);
    let drawn = arguments
        .seed
        .iter()
        .map(|seed| (*seed, drawn(&mutants, sample, *seed)))
        .collect::<Vec<_>>();
    mutants.retain(|mutant| drawn.iter().any(|(_, keys)| keys.contains(&mutant.key())));
    println!("{} of {all} mutants, seed {:?}", mutants.len(), arguments.seed);
    let mut outcomes = if arguments.missed {
        Outcomes::of_last_run()?
    } else {
        Outcomes::none()
    };
    // All are built in, whichever are tried: so they need not be built again for the next that are.
    let mut tree = Tree::copied(&mutants)?;
    tree.settle(&mutants)?;
    // Seed by seed, in the order of the lots: what an interrupted run has tried is a smaller sample of the same seed.
    let numbers: BTreeMap<String, usize> = (0..)
        .zip(&mutants)
        .map(|(number, mutant)| (mutant.key(), number))
        .collect();
    let mut wanted: Vec<(usize, &Mutant)> = Vec::new();
    for number in drawn
        .iter()
        .flat_map(|(_, keys)| keys)
        .filter_map(|key| numbers.get(key))
    {
        if let Some(mutant) = mutants.get(*number)
            && mutant.name.contains(&arguments.only)
            && (!arguments.missed || outcomes.is_open(mutant))
            && wanted.iter().all(|(other, _)| other != number)
        {
            wanted.push((*number, mutant));
        }
    }
    let mut suite = Suite::measured(&tree, arguments.missed.then_some(arguments.longest))?;
    for (number, mutant) in &wanted {
        let outcome = if tree.unviable.contains(number) {
            Outcome::Unviable
        } else if tree.left_out.contains(number) {
            Outcome::LeftOut
        } else {
            suite.tries(*number)?
        };
        if matches!(outcome, Outcome::Missed | Outcome::TimedOut) {
            println!("{outcome} {}", mutant.full_name());
        }
        outcomes.insert(mutant, outcome);
        outcomes.keep(&mutants)?;
    }
    if arguments.missed {
        println!(
            "now: {}",
            outcomes.count(wanted.iter().map(|(_, mutant)| *mutant))
        );
    }
    let mut enough = true;
    for (seed, keys) in &drawn {
        let counts = outcomes.count(mutants.iter().filter(|mutant| keys.contains(&mutant.key())));
        println!("seed {seed}: {counts}");
        enough &= counts.share() >= LEAST;
    }
    Ok(enough)
}

impl Mutant {
    /// Its name wherever it stands; of no other mutant.
    fn key(&self) -> String {
        outcomes::key(&self.full_name())
    }

    fn full_name(&self) -> String {
        match self.nth {
            1 => self.name.clone(),
            nth => format!("{} [{nth}]", self.name),
        }
    }
}

/// What cargo-mutants lists; `.cargo/mutants.toml` says of which files.
fn listed() -> Result<Vec<Mutant>, String> {
    if !TOOL.is_installed() {
        return Err(format!("cargo-mutants is not installed: {}", TOOL.install));
    }
    let text = output(cargo(["mutants", "--list", "--json", "--package", "liniment"]))?;
    let list: Vec<Value> = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let mut named_alike: BTreeMap<String, usize> = BTreeMap::new();
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
            let name = text("name")?;
            let nth = named_alike.entry(outcomes::key(&name)).or_default();
            *nth += 1;
            Some(Mutant {
                name,
                nth: *nth,
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

/// The keys of so many, drawn by a seed, in the order in which they are. Each is drawn by its name, so that another sample is hardly another one where
/// code has changed.
fn drawn(mutants: &[Mutant], sample: usize, seed: u64) -> Vec<String> {
    let lot = |key: &str| {
        // FNV-1a, and a last stir, since names that differ near their end differ in few bits.
        let start = 0xcbf2_9ce4_8422_2325_u64 ^ seed;
        let hash = key.bytes().fold(start, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        hash ^ (hash >> 31)
    };
    let mut keys: Vec<String> = mutants.iter().map(Mutant::key).collect();
    keys.sort_by_key(|key| lot(key));
    keys.truncate(sample);
    keys
}
