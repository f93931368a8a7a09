//! `liniment check`: everything that is wrong with packs.

use std::process::ExitCode;

use liniment::diagnostic::{Diagnostic, Severity, render, to_json};
use liniment::{Builder, KnowledgeBase};

use crate::output::{Done, Failure, Format, Output};
use crate::packs::sources;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Built-in packs by name, or folders of packs, checked together; the built-in ones when left out
    #[arg(value_name = "PACK")]
    packs: Vec<String>,
    /// What counts as a fault beside errors
    #[arg(long, value_enum, value_name = "WHAT")]
    deny: Option<Deny>,
    /// How to give the diagnostics
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// What can be denied.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Deny {
    Warnings,
}

pub(crate) fn run(arguments: &Arguments, output: &mut Output) -> Done {
    output.answer_in(arguments.format);
    let sources = sources(&arguments.packs)?;
    let builder = sources
        .iter()
        .cloned()
        .fold(KnowledgeBase::builder(), Builder::pack);
    let (diagnostics, error) = match builder.build() {
        Ok((_, diagnostics)) => (diagnostics, None),
        Err(error) => (error.diagnostics().to_vec(), Some(error)),
    };
    let packs = counted(sources.len(), "pack");
    match arguments.format {
        Format::Json => output.line(&to_json(&diagnostics)),
        Format::Text if diagnostics.is_empty() => output.line(&format!("no findings in {packs}")),
        Format::Text => {
            output.text(&render(
                &diagnostics,
                &sources,
                output.width(),
                output.is_coloured(),
            ));
            output.line(&format!("{} in {packs}", summary(&diagnostics)));
        }
    }
    if let Some(error) = error {
        return Err(Failure::reported(error));
    }
    if arguments.deny == Some(Deny::Warnings) && has(&diagnostics, Severity::Warning) {
        return Err(Failure::reported("there are warnings, and they are denied"));
    }
    Ok(ExitCode::SUCCESS)
}

fn has(diagnostics: &[Diagnostic], severity: Severity) -> bool {
    diagnostics
        .iter()
        .any(|diagnostic| diagnostic.severity == severity)
}

/// `2 errors, 1 warning`.
fn summary(diagnostics: &[Diagnostic]) -> String {
    let kinds = [
        (Severity::Error, "error"),
        (Severity::Warning, "warning"),
        (Severity::Note, "note"),
    ];
    let counts = kinds.iter().map(|(severity, word)| {
        (
            diagnostics
                .iter()
                .filter(|diagnostic| diagnostic.severity == *severity)
                .count(),
            word,
        )
    });
    let counts: Vec<String> = counts
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| counted(count, word))
        .collect();
    counts.join(", ")
}

fn counted(count: usize, word: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {word}{plural}")
}
