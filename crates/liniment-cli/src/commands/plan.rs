//! `liniment plan`: the advice as time passes.

use std::process::ExitCode;

use clap::ValueEnum;
use liniment::words::{Words, fill, length, words};
use liniment::{Elapsed, KnowledgeBase, Plan, Verdict};

use crate::input::CaseOptions;
use crate::output::{Done, Failure, Format, Output};
use crate::packs::PackOptions;
use crate::text::layout::{ALARM, HEADING, MARGINAL, PLAIN, Page, WARNING};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    case: CaseOptions,
    #[command(flatten)]
    packs: PackOptions,
    /// How far to look ahead, such as 21d or 36h
    #[arg(long, value_name = "TIME", default_value = "21d")]
    horizon: String,
    /// How to give the plan
    #[arg(long, value_enum, default_value_t)]
    format: PlanFormat,
    /// The language of the advice, such as de
    #[arg(long, value_name = "LANGUAGE")]
    lang: Option<String>,
}

/// How to give a plan.
#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum PlanFormat {
    /// For a reader
    #[default]
    Text,
    /// For a program
    Json,
    /// A picture
    Svg,
}

pub(crate) fn run(arguments: &Arguments, output: &mut Output) -> Done {
    if arguments.format == PlanFormat::Json {
        output.answer_in(Format::Json);
    }
    let base = arguments.packs.load(arguments.lang.as_deref(), output)?;
    let case = arguments.case.read(&base)?;
    let horizon =
        Elapsed::parse(&arguments.horizon).map_err(|error| Failure::usage(format!("--horizon: {error}")))?;
    let plan = base.plan(&case, horizon)?;
    match arguments.format {
        PlanFormat::Json => output.line(&plan.to_json()),
        PlanFormat::Svg => output.line(&plan.to_svg()),
        PlanFormat::Text => {
            let mut page = Page::new(output.width(), output.is_coloured());
            write(&mut page, &base, &plan, words(plan.lang()));
            output.text(&page.finish());
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn write(page: &mut Page, base: &KnowledgeBase, plan: &Plan, words: &Words) {
    let next = match (plan.next_change, &plan.relative_to) {
        (_, Some(clock)) => fill(words.relative, &[clock]),
        (Some(next), None) => fill(words.next_change, &[&words.moment(next)]),
        (None, None) => fill(words.no_change, &[&words.moment(plan.horizon)]),
    };
    page.paragraph("", &next, PLAIN);
    for number in 0..plan.intervals.len() {
        page.heading(&plan.heading(number, words), HEADING);
        for reason in plan.reasons(number, words) {
            page.paragraph("  ", &reason, MARGINAL);
        }
        items(page, plan, number, words);
    }
    for stages in &plan.stages {
        page.heading(&stages.heading(words), HEADING);
        page.paragraph("  ", &fill(words.stages_wait, &[&stages.waits_for]), MARGINAL);
        for (number, step) in stages.steps.iter().enumerate() {
            let here = if stages.step.as_ref() == Some(&step.id) {
                format!(" ← {}", words.stages_here)
            } else {
                String::new()
            };
            page.tagged(
                &format!("  {}. ", number + 1),
                &format!("{}{here}", step.text),
                &format!("[{}]", step.id),
                PLAIN,
            );
        }
    }
    if !plan.expiring.is_empty() {
        page.heading(words.expiring, HEADING);
        for expiry in &plan.expiring {
            let line = fill(words.expires_in, &[&expiry.fact, &length(expiry.at)]);
            page.paragraph("  ", &line, PLAIN);
        }
    }
    page.heading(words.held, HEADING);
    let held = plan.held.join(", ");
    let held = if held.is_empty() {
        words.held_nothing
    } else {
        &held
    };
    page.paragraph("  ", held, MARGINAL);
    for pack in base.packs() {
        if let Some(notice) = pack.notice {
            page.heading(&notice, MARGINAL);
        }
    }
}

/// Everything at first, then what is new and what ends.
fn items(page: &mut Page, plan: &Plan, number: usize, words: &Words) {
    let shown: Vec<_> = plan.shown(number).collect();
    let lead = |verdict: &str| format!("  {verdict:<15} ");
    for item in shown {
        let style = match item.verdict {
            Verdict::Emergency | Verdict::Urgent => ALARM,
            Verdict::Avoid => WARNING,
            _ => PLAIN,
        };
        let nearly = if item.nearly {
            format!(" ({})", words.nearly)
        } else {
            String::new()
        };
        page.tagged(
            &lead(words.verdict(item.verdict)),
            &format!("{}{nearly}", item.text),
            &format!("[{}]", item.id),
            style,
        );
    }
    let changes = plan
        .intervals
        .get(number)
        .map_or(&[][..], |interval| &interval.changes);
    for ended in changes.iter().filter(|change| change.now.is_none()) {
        page.tagged(
            &lead(words.ends),
            &ended.text,
            &format!("[{}]", ended.id),
            MARGINAL,
        );
    }
}
