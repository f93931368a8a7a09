//! `liniment codegen`: packs as source text of another language.

use std::process::ExitCode;

use liniment::Language;

use crate::output::{Done, Failure, Output};
use crate::packs::{LimitOptions, build, sources};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Built-in packs by name, or folders of packs; a program that loads these together uses the result
    #[arg(value_name = "PACK", required = true)]
    packs: Vec<String>,
    /// The language to write: c
    #[arg(long, value_name = "LANGUAGE", value_parser = language)]
    lang: Language,
    /// The word that all names begin with; the packs' ids when left out
    #[arg(long, value_name = "WORD")]
    prefix: Option<String>,
    #[command(flatten)]
    limits: LimitOptions,
}

pub(crate) fn run(arguments: &Arguments, output: &mut Output) -> Done {
    let limits = arguments.limits.get();
    let base = build(sources(&arguments.packs, &limits)?, limits, None, output)?;
    let text = base
        .codegen(arguments.lang, arguments.prefix.as_deref())
        .map_err(|error| Failure::usage(format!("--prefix: {error}")))?;
    output.text(&text);
    Ok(ExitCode::SUCCESS)
}

fn language(name: &str) -> Result<Language, String> {
    Language::from_name(name).ok_or_else(|| {
        let names = Language::ALL.map(Language::name);
        format!("there are {}", names.join(", "))
    })
}
