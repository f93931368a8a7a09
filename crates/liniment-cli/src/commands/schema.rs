//! `liniment schema`: JSON Schemas, for editors and programs.

use std::process::ExitCode;

use crate::output::{Done, Output};
use crate::packs::PackOptions;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The schema of what the command answers with --format json, instead of that of cases
    #[arg(long, conflicts_with_all = ["packs", "lang"])]
    result: bool,
    #[command(flatten)]
    packs: PackOptions,
    /// The language of the questions, such as de
    #[arg(long, value_name = "LANGUAGE")]
    lang: Option<String>,
}

pub(crate) fn run(arguments: &Arguments, output: &mut Output) -> Done {
    if arguments.result {
        output.line(liniment::schema::result().trim_end());
    } else {
        let base = arguments.packs.load(arguments.lang.as_deref(), output)?;
        output.line(&base.case_schema());
    }
    Ok(ExitCode::SUCCESS)
}
