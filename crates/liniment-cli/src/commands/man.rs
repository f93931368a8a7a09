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

pub(crate) fn run(arguments: &Arguments, mut command: clap::Command, output: &mut Output) -> Done {
    command.build();
    match &arguments.out {
        None => output.text(&page(command)?),
        Some(folder) => {
            std::fs::create_dir_all(folder)
                .map_err(|error| Failure::fault("C0302", &folder.display().to_string(), error))?;
            for subcommand in command.get_subcommands() {
                if subcommand.get_name() != "help" {
                    let name = format!("liniment-{}", subcommand.get_name());
                    write(folder, &name, subcommand.clone().name(name.clone()), output)?;
                }
            }
            write(folder, "liniment", command, output)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn write(folder: &Path, name: &str, command: clap::Command, output: &mut Output) -> Result<(), Failure> {
    let path = folder.join(format!("{name}.1"));
    std::fs::write(&path, page(command)?)
        .map_err(|error| Failure::fault("C0302", &path.display().to_string(), error))?;
    output.line(&path.display().to_string());
    Ok(())
}

fn page(command: clap::Command) -> Result<String, Failure> {
    let mut page = Vec::new();
    Man::new(command).render(&mut page).map_err(Failure::unexpected)?;
    String::from_utf8(page).map_err(Failure::unexpected)
}
