//! The workspace's own commands: checks, generated files, measurements, long runs.

mod abi;
mod audit;
mod bench;
mod c_header;
mod coverage;
mod fuzz;
mod generate;
mod install;
mod libtest;
mod long_runs;
mod mutants;
mod mutate_packs;
mod pairs;
mod python;
mod steps;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The workspace's own commands", term_width = 80)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run every check as a named step; the last line counts what passed, failed and was skipped
    Test(steps::Arguments),
    /// Write the generated files, or compare them with what is committed
    Generate(generate::Arguments),
    /// Measure how fast it is, suite by suite, or beside other engines
    Bench(bench::Arguments),
    /// Change the packs' rules, one small change at a time: do their cases and promises notice?
    MutatePacks(mutate_packs::Arguments),
    /// Change the library itself, one small change at a time: do its tests notice?
    Mutants(mutants::Arguments),
    /// Build the C library and install it, with headers and what pkg-config and CMake need
    Install(install::Arguments),
    /// Accept the binary interface of the C library as it is
    Abi(abi::Arguments),
    /// Run the notebooks of the Python package, and accept what they give
    Notebooks,
    /// Run the slower tools that are installed, and say how to install the others
    Audit(audit::Arguments),
    /// Fuzz packs, cases and their meaning, each target for so long
    Fuzz(fuzz::Arguments),
    /// Compare the engine with the reference on random packs and cases
    Differential(long_runs::Arguments),
    /// Work on changing packs for a long time, and look at memory and answers
    Soak(long_runs::Arguments),
    /// Random packs and cases through C and Python against Rust
    Pairs(pairs::Arguments),
    /// Try hostile packs and cases, and print what time and memory they take
    Hostile(long_runs::Arguments),
}

fn main() -> ExitCode {
    let fine = match Arguments::parse().command {
        Command::Test(arguments) => steps::run(&arguments),
        Command::Generate(arguments) => generate::run(&arguments),
        Command::Bench(arguments) => bench::run(&arguments),
        Command::MutatePacks(arguments) => mutate_packs::run(&arguments),
        Command::Mutants(arguments) => mutants::run(&arguments),
        Command::Install(arguments) => install::run(&arguments),
        Command::Abi(arguments) => abi::run(&arguments),
        Command::Notebooks => steps::accept_notebooks(),
        Command::Audit(arguments) => audit::run(&arguments),
        Command::Fuzz(arguments) => fuzz::run(&arguments),
        Command::Differential(arguments) => long_runs::differential(&arguments),
        Command::Soak(arguments) => long_runs::soak(&arguments),
        Command::Pairs(arguments) => pairs::run(&arguments),
        Command::Hostile(arguments) => long_runs::hostile(&arguments),
    };
    match fine {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}
