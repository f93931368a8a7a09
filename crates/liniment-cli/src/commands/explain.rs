//! `liniment explain`: the proof of one verdict.

use std::process::ExitCode;

use crate::input::CaseOptions;
use crate::output::{Done, Format, Output};
use crate::packs::PackOptions;
use crate::text::layout::Page;

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
    output.answer_in(arguments.format);
    let base = arguments.packs.load(arguments.lang.as_deref(), output)?;
    let case = arguments.case.read(&base)?;
    let explanation = base.explain(&case, &arguments.id)?;
    match arguments.format {
        Format::Json => output.line(&explanation.to_json()),
        Format::Text => {
            let mut page = Page::new(output.width(), output.is_coloured());
            page.lines(&explanation.to_text());
            output.text(&page.finish());
        }
    }
    Ok(ExitCode::SUCCESS)
}
