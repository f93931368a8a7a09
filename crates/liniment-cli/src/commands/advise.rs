//! `liniment advise`: the main job.

use std::process::ExitCode;

use crate::input::CaseOptions;
use crate::output::{Done, Format, Output};
use crate::packs::PackOptions;
use crate::text::advice;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    case: CaseOptions,
    #[command(flatten)]
    packs: PackOptions,
    /// How to give the result
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// With each piece of advice: its rules, what it depends on, and where it comes from
    #[arg(long)]
    why: bool,
    /// The language of the advice, such as de
    #[arg(long, value_name = "LANGUAGE")]
    lang: Option<String>,
}

pub(crate) fn run(arguments: &Arguments, output: &mut Output) -> Done {
    output.answer_in(arguments.format);
    let base = arguments.packs.load(arguments.lang.as_deref(), output)?;
    let case = arguments.case.read(&base)?;
    let advice = base.advise(&case)?;
    match arguments.format {
        Format::Json => output.line(&advice.to_json()),
        Format::Text => {
            let page = advice::page(
                &base,
                &advice,
                arguments.why,
                output.width(),
                output.is_coloured(),
            );
            output.text(&page);
        }
    }
    Ok(ExitCode::SUCCESS)
}
