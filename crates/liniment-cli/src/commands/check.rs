//! `liniment check`: everything that is wrong with packs.

use std::process::ExitCode;

use liniment::diagnostic::{Diagnostic, Severity, render, to_json};
use liniment::prove::{Asked, Counts, Proofs, diff};
use liniment::{Builder, KnowledgeBase};

use crate::output::{Done, Failure, Format, Output};
use crate::packs::{LimitOptions, build, sources};
use crate::progress;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Built-in packs by name, or folders of packs, checked together; the built-in ones when left out
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
    /// Compare two versions: an example case for each advice that differs
    #[arg(long, num_args = 2, value_names = ["OLD", "NEW"], conflicts_with_all = ["packs", "prove"])]
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
    let (mut diagnostics, proofs, error) = match progress::shown(builder).build() {
        Ok((base, diagnostics)) => {
            let proofs = arguments.prove.then(|| base.prove(arguments.budget));
            (diagnostics, proofs, None)
        }
        Err(error) => (error.diagnostics().to_vec(), None, Some(error)),
    };
    if let Some(proofs) = &proofs {
        diagnostics.extend(proofs.diagnostics().iter().cloned());
    }
    let packs = counted(sources.len(), "pack");
    match arguments.format {
        Format::Json => output.line(&as_json(&diagnostics, proofs.as_ref())),
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

/// The diagnostics, and what was asked and answered.
fn as_json(diagnostics: &[Diagnostic], proofs: Option<&Proofs>) -> String {
    #[derive(serde::Serialize)]
    struct Proved<'a> {
        format: u32,
        diagnostics: &'a [Diagnostic],
        counts: Counts,
        questions: &'a [Asked],
    }
    let Some(proofs) = proofs else {
        return to_json(diagnostics);
    };
    let whole = Proved {
        format: 1,
        diagnostics,
        counts: proofs.counts(),
        questions: proofs.questions(),
    };
    // Strings, numbers and lists always have a JSON form.
    serde_json::to_string(&whole).unwrap_or_default()
}

fn compare(old: &str, new: &str, arguments: &Arguments, output: &mut Output) -> Done {
    let limits = arguments.limits.get();
    let load = |name: &str, output: &Output| {
        build(
            sources(&[name.to_owned()], &limits)?,
            limits.clone(),
            None,
            output,
        )
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
