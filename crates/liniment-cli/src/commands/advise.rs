//! `liniment advise`: the main job.

use std::process::ExitCode;

use clap::ValueEnum;
use liniment::case::read::{CaseInput, CaseValue};
use liniment::words::{fill, words};
use liniment::{KnowledgeBase, PageFormat, Truth, WhatIf};

use crate::input::{CaseOptions, setting};
use crate::output::{Done, Format, Output};
use crate::packs::PackOptions;
use crate::text::advice;
use crate::text::layout::{HEADING, MARGINAL, PLAIN, Page};
use crate::text::values::Values;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    case: CaseOptions,
    #[command(flatten)]
    packs: PackOptions,
    /// Instead of the advice: what would change if this were so; the value as with --set, null forgets; may
    /// be repeated
    #[arg(long, value_name = "FACT=VALUE", value_parser = setting)]
    what_if: Vec<(String, CaseValue)>,
    /// How to give the result
    #[arg(long, value_enum, default_value_t)]
    format: AdviceFormat,
    /// With each piece of advice: its rules, what it depends on, and where it comes from
    #[arg(long)]
    why: bool,
    /// The language of the advice, such as de
    #[arg(long, value_name = "LANGUAGE")]
    lang: Option<String>,
}

/// How to give advice and explanations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum AdviceFormat {
    /// For a reader
    #[default]
    Text,
    /// For a program
    Json,
    /// One self-contained page
    Html,
    /// One page of Markdown
    Md,
}

pub(crate) fn run(arguments: &Arguments, output: &mut Output) -> Done {
    if arguments.format == AdviceFormat::Json {
        output.answer_in(Format::Json);
    }
    let base = arguments.packs.load(arguments.lang.as_deref(), output)?;
    let case = arguments.case.read(&base)?;
    if !arguments.what_if.is_empty() {
        let changes = CaseInput {
            entries: arguments.what_if.clone(),
        };
        let what_if = base.what_if(&case, &changes)?;
        match arguments.format {
            AdviceFormat::Json => output.line(&what_if.to_json()),
            AdviceFormat::Text => {
                let mut page = Page::new(output.width(), output.is_coloured());
                changes_of(&mut page, &base, &what_if);
                output.text(&page.finish());
            }
            AdviceFormat::Html | AdviceFormat::Md => {
                return Err(crate::output::Failure::usage(
                    "--what-if answers as text or json; state the facts with --set to have the page",
                ));
            }
        }
        return Ok(ExitCode::SUCCESS);
    }
    match arguments.format {
        AdviceFormat::Json => output.line(&base.advise(&case)?.to_json()),
        AdviceFormat::Html => output.text(&base.advice_page(&case, PageFormat::Html)?),
        AdviceFormat::Md => output.text(&base.advice_page(&case, PageFormat::Markdown)?),
        AdviceFormat::Text => {
            let page = advice::page(
                &base,
                &base.advise(&case)?,
                arguments.why,
                output.width(),
                output.is_coloured(),
            );
            output.text(&page);
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Which verdicts change, and why.
fn changes_of(page: &mut Page, base: &KnowledgeBase, what_if: &WhatIf) {
    let words = words(base.lang());
    let values = Values::new(base);
    page.heading(words.what_if_facts, HEADING);
    for change in &what_if.changes {
        let (was, now) = (
            values.of(&change.fact, &change.was),
            values.of(&change.fact, &change.now),
        );
        page.paragraph(
            "  • ",
            &fill(words.way_change, &[&change.fact, &now, &was]),
            PLAIN,
        );
    }
    page.heading(words.what_if, HEADING);
    if what_if.verdicts.is_empty() {
        page.paragraph("  ", words.what_if_nothing, PLAIN);
    }
    for change in &what_if.verdicts {
        let line = match (change.was, change.now) {
            (Some(was), Some(now)) => fill(
                words.was_now,
                &[&change.id, words.verdict(now), words.verdict(was)],
            ),
            (None, Some(now)) => fill(words.appears, &[&change.id, words.verdict(now)]),
            (Some(was), None) => fill(words.vanishes, &[&change.id, words.verdict(was)]),
            (None, None) => continue,
        };
        page.paragraph("  • ", &line, PLAIN);
        for because in &change.because {
            let truth = match because.now {
                Truth::True => words.holds,
                Truth::False => words.fails,
                Truth::Unknown => words.unknown,
            };
            let line = fill(words.because_now, &[&because.statement, truth]);
            page.tagged("      ", &line, &format!("[{}]", because.rule), MARGINAL);
        }
    }
}
