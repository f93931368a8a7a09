//! Random packs and cases: the engine against the reference, and against itself asked in other ways.
//!
//! `cargo xtask differential --packs 1000 --cases 100 --seed 1` runs it in a release build.

use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use liniment_reference::differential::{Tally, built_in_languages, one_pack};

#[derive(Parser)]
#[command(about = "Compares the engine with the reference on random packs and cases")]
struct Arguments {
    /// How many packs to draw
    #[arg(long, default_value_t = 1_000)]
    packs: u64,
    /// How many cases to draw for each
    #[arg(long, default_value_t = 100)]
    cases: usize,
    /// What is drawn; the same seed draws the same
    #[arg(long, default_value_t = 20_261_127)]
    seed: u64,
    /// The number of the first pack, to repeat one of them
    #[arg(long, default_value_t = 0)]
    first: u64,
}

fn main() -> ExitCode {
    let Arguments {
        packs,
        cases,
        seed,
        first,
    } = Arguments::parse();
    println!("seed {seed}: {packs} packs from number {first}, {cases} cases each");
    let started = Instant::now();
    let mut tally = Tally::default();
    for number in first..first + packs {
        if let Err(difference) = one_pack(seed, number, cases, &mut tally) {
            println!(
                "pack {number} differs (again with --seed {seed} --first {number} --packs 1):\n{difference}"
            );
            tally.differences += 1;
        }
    }
    if let Err(difference) = built_in_languages(seed, cases.saturating_mul(10), &mut tally) {
        println!("the built-in packs differ between languages:\n{difference}");
        tally.differences += 1;
    }
    println!("{tally}, {:.0} s", started.elapsed().as_secs_f64());
    if tally.differences == 0 && tally.pairs > 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
