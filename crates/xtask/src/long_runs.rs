//! `cargo xtask differential`, `soak`, `hostile`: long comparisons with the reference evaluator, and texts that
//! are made to harm.

use crate::workspace::{cargo, succeeds};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// What the comparison takes; `--help` lists it
    #[arg(value_name = "OPTION", trailing_var_arg = true, allow_hyphen_values = true)]
    options: Vec<String>,
}

/// Compares engine and reference on random packs and cases, in a release build.
pub(crate) fn differential(arguments: &Arguments) -> Result<bool, String> {
    run("differential", &arguments.options)
}

/// Works on packs and cases for a long time, in a release build.
pub(crate) fn soak(arguments: &Arguments) -> Result<bool, String> {
    run("soak", &arguments.options)
}

/// Tries hostile packs and cases, and prints what time and memory they take, in a release build.
pub(crate) fn hostile(arguments: &Arguments) -> Result<bool, String> {
    run("hostile", &arguments.options)
}

fn run(program: &str, options: &[String]) -> Result<bool, String> {
    let mut command = cargo([
        "run",
        "--quiet",
        "--release",
        "--package",
        "liniment-reference",
        "--bin",
        program,
        "--",
    ]);
    command.args(options);
    succeeds(command)
}
