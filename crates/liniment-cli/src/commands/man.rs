//! `liniment man`: manual pages.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap_mangen::Man;

use crate::output::{Done, Failure, Output};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Write the page of the command and of every subcommand into this folder
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments, command: clap::Command, output: &mut Output) -> Done {
    let mut command = command.disable_help_subcommand(true);
    command.build();
    let Some(folder) = &arguments.out else {
        output.text(&page(&Man::new(command))?);
        return Ok(ExitCode::SUCCESS);
    };
    let fault = |path: &Path, error| Failure::fault("C0302", &path.display().to_string(), error);
    std::fs::create_dir_all(folder).map_err(|error: std::io::Error| fault(folder, error))?;
    for command in std::iter::once(&command).chain(command.get_subcommands()) {
        let man = Man::new(command.clone());
        let path = folder.join(man.get_filename());
        std::fs::write(&path, page(&man)?).map_err(|error| fault(&path, error))?;
        output.line(&path.display().to_string());
    }
    Ok(ExitCode::SUCCESS)
}

fn page(man: &Man) -> Result<String, Failure> {
    let mut page = Vec::new();
    man.render(&mut page).map_err(Failure::unexpected)?;
    String::from_utf8(page).map_err(Failure::unexpected)
}
