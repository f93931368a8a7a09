//! `liniment plan`: the advice as time passes.

use std::process::ExitCode;

use clap::ValueEnum;
use liniment::{Elapsed, Interval, KnowledgeBase, Plan, Verdict};

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
            write(&mut page, &base, &plan);
            output.text(&page.finish());
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn write(page: &mut Page, base: &KnowledgeBase, plan: &Plan) {
    for (number, interval) in plan.intervals.iter().enumerate() {
        let when = match (number, &plan.relative_to) {
            (0, None) => "Now".to_owned(),
            (0, Some(clock)) => format!("When {clock} is 0"),
            (_, None) => format!("In {}", plan.moment(interval.from)),
            (_, Some(clock)) => format!("When {clock} is {}", plan.moment(interval.from)),
        };
        page.heading(&when, HEADING);
        items(page, interval, number == 0);
    }
    for stages in &plan.stages {
        let from = stages.from.map_or_else(
            || "later".to_owned(),
            |from| {
                if from.microseconds() == 0 {
                    "now".to_owned()
                } else {
                    format!("in {}", plan.moment(from))
                }
            },
        );
        page.heading(&format!("Step by step, from {from}"), HEADING);
        page.paragraph(
            "  ",
            &format!(
                "Each step waits until the one before it is comfortable ({}).",
                stages.waits_for
            ),
            MARGINAL,
        );
        for (number, step) in stages.steps.iter().enumerate() {
            let here = if stages.step.as_ref() == Some(&step.id) {
                " ←"
            } else {
                ""
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
        let expiring: Vec<String> = plan
            .expiring
            .iter()
            .map(|expiry| format!("{} in {}", expiry.fact, expiry.at))
            .collect();
        page.heading("Answers that expire", HEADING);
        page.paragraph("  ", &expiring.join(", "), PLAIN);
    }
    page.heading("Taken to stay as it is", HEADING);
    page.paragraph(
        "  ",
        &if plan.held.is_empty() {
            "nothing".to_owned()
        } else {
            plan.held.join(", ")
        },
        MARGINAL,
    );
    for pack in base.packs() {
        if let Some(notice) = pack.notice {
            page.heading(&notice, MARGINAL);
        }
    }
}

/// Everything at first, then what is new and what ends.
fn items(page: &mut Page, interval: &Interval, all: bool) {
    for item in interval
        .advice
        .iter()
        .filter(|item| all || interval.changes.iter().any(|change| change.id == item.id))
    {
        let style = match item.verdict {
            Verdict::Emergency | Verdict::Urgent => ALARM,
            Verdict::Avoid => WARNING,
            _ => PLAIN,
        };
        let nearly = if item.nearly { ", nearly" } else { "" };
        page.tagged(
            &format!(
                "  {:<12}",
                format!("{}{nearly}", item.verdict.name().replace('_', " "))
            ),
            &item.text,
            &format!("[{}]", item.id),
            style,
        );
    }
    for ended in interval.changes.iter().filter(|change| change.now.is_none()) {
        page.tagged(
            "  ends        ",
            &ended.text,
            &format!("[{}]", ended.id),
            MARGINAL,
        );
    }
}
