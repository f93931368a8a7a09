//! `liniment explain`: the proof of one verdict.

use std::process::ExitCode;

use crate::input::CaseOptions;
use crate::output::{Done, Failure, Format, Output, shown};
use crate::packs::PackOptions;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The advice or cause to explain
    id: String,
    #[command(flatten)]
    case: CaseOptions,
    #[command(flatten)]
    packs: PackOptions,
    /// How to give the explanation
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// The language of the advice, such as de
    #[arg(long, value_name = "LANGUAGE")]
    lang: Option<String>,
}

pub(crate) fn run(arguments: &Arguments, output: &mut Output) -> Done {
    let base = arguments.packs.load(arguments.lang.as_deref(), output)?;
    let case = arguments.case.read(&base)?;
    let explanation = base.explain(&case, &arguments.id).map_err(Failure::fault)?;
    match arguments.format {
        Format::Json => output.line(&explanation.to_json()),
        Format::Text => output.line(shown(&explanation.to_text()).trim_end()),
    }
    Ok(ExitCode::SUCCESS)
}
