//! `liniment check`: everything that is wrong with packs.

use std::process::ExitCode;

use liniment::diagnostic::{Diagnostic, Severity, render, to_json};
use liniment::prove::{Proofs, diff};
use liniment::{Builder, KnowledgeBase};

use crate::output::{Done, Failure, Format, Output};
use crate::packs::{LimitOptions, build, sources};
use crate::progress;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Built-in packs by name, or folders of packs, checked together; the built-in ones when left out.
    /// With --diff: packs that are loaded with both versions
    #[arg(value_name = "PACK")]
    packs: Vec<String>,
    /// What counts as a fault beside errors
    #[arg(long, value_enum, value_name = "WHAT")]
    deny: Option<Deny>,
    /// Prove what the packs promise of all cases, and look for faults in all of them
    #[arg(long)]
    prove: bool,
    /// How many steps one question of a proof may take
    #[arg(long, value_name = "STEPS", default_value_t = liniment::prove::BUDGET)]
    budget: u64,
    /// Compare two versions of a pack: an example case for each advice or cause that differs, or the proof
    /// that none does
    #[arg(long, num_args = 2, value_names = ["OLD", "NEW"], conflicts_with_all = ["prove", "deny"])]
    diff: Vec<String>,
    #[command(flatten)]
    limits: LimitOptions,
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
    if let [old, new] = arguments.diff.as_slice() {
        return compare(old, new, arguments, output);
    }
    let limits = arguments.limits.get();
    let sources = sources(&arguments.packs, &limits)?;
    let builder = sources
        .iter()
        .cloned()
        .fold(KnowledgeBase::builder().limits(limits), Builder::pack);
    let (diagnostics, proofs, error) = match progress::shown(builder).build() {
        Ok((base, diagnostics)) if arguments.prove => {
            let proofs = base.prove(arguments.budget).after(diagnostics);
            (proofs.diagnostics().to_vec(), Some(proofs), None)
        }
        Ok((_, diagnostics)) => (diagnostics, None, None),
        Err(error) => (error.diagnostics().to_vec(), None, Some(error)),
    };
    let packs = counted(sources.len(), "pack");
    match arguments.format {
        Format::Json => output.line(
            &proofs
                .as_ref()
                .map_or_else(|| to_json(&diagnostics), Proofs::to_json),
        ),
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
    if let (Some(proofs), Format::Text) = (&proofs, arguments.format) {
        output.text(&proofs.to_text());
    }
    if let Some(error) = error {
        return Err(Failure::reported(error));
    }
    if has(&diagnostics, Severity::Error) {
        return Err(Failure::reported("a proof found a fault"));
    }
    if arguments.deny == Some(Deny::Warnings) && has(&diagnostics, Severity::Warning) {
        return Err(Failure::reported("there are warnings, and they are denied"));
    }
    Ok(ExitCode::SUCCESS)
}

fn compare(old: &str, new: &str, arguments: &Arguments, output: &mut Output) -> Done {
    let limits = arguments.limits.get();
    let load = |name: &str, output: &Output| {
        let names: Vec<String> = std::iter::once(name.to_owned())
            .chain(arguments.packs.iter().cloned())
            .collect();
        build(sources(&names, &limits)?, limits.clone(), None, output)
    };
    let (old, new) = (load(old, output)?, load(new, output)?);
    let differences = diff(&old, &new, arguments.budget);
    match arguments.format {
        Format::Json => output.line(&differences.to_json()),
        Format::Text => output.text(&differences.to_text()),
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
