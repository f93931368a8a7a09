//! `liniment completions`: a script that completes the command in a shell.

use std::process::ExitCode;

use clap_complete::Shell;

use crate::output::{Done, Output};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

pub(crate) fn run(arguments: &Arguments, mut command: clap::Command, output: &mut Output) -> Done {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, "liniment", &mut script);
    output.text(&String::from_utf8_lossy(&script));
    Ok(ExitCode::SUCCESS)
}
