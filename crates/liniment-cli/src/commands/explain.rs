//! `liniment explain`: the proof of one verdict, what would change it, and what suffices for it.

use std::process::ExitCode;

use liniment::words::{fill, words};
use liniment::{Explained, KnowledgeBase, PageFormat, Suffices, Verdict, Ways, WaysAnswer};

use crate::commands::advise::AdviceFormat;
use crate::input::CaseOptions;
use crate::output::{Done, Failure, Format, Output};
use crate::packs::PackOptions;
use crate::text::layout::{HEADING, MARGINAL, PLAIN, Page};
use crate::text::values::Values;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The advice or cause to explain
    id: String,
    #[command(flatten)]
    case: CaseOptions,
    #[command(flatten)]
    packs: PackOptions,
    /// Look for the smallest changes that would give this verdict; what the advice's first rule says by
    /// default
    #[arg(long, value_name = "VERDICT", value_parser = verdict)]
    wanted: Option<Verdict>,
    /// With JSON: answer the ways to the verdict, or the facts that suffice, instead of the proof
    #[arg(long, value_enum, default_value_t, value_name = "PART")]
    part: Part,
    /// How to give the explanation
    #[arg(long, value_enum, default_value_t)]
    format: AdviceFormat,
    /// The language of the advice, such as de
    #[arg(long, value_name = "LANGUAGE")]
    lang: Option<String>,
}

/// What of an explanation is answered as JSON.
#[derive(Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    /// Why, or why not
    #[default]
    Proof,
    /// The smallest changes that would give a verdict
    Ways,
    /// The smallest set of the case's facts that leads to it already
    Suffices,
}

fn verdict(name: &str) -> Result<Verdict, String> {
    let names = Verdict::ALL.map(Verdict::name);
    Verdict::ALL
        .into_iter()
        .find(|verdict| verdict.name() == name)
        .ok_or_else(|| format!("a verdict is one of {}", names.join(", ")))
}

pub(crate) fn run(arguments: &Arguments, output: &mut Output) -> Done {
    if arguments.format == AdviceFormat::Json {
        output.answer_in(Format::Json);
    } else if arguments.part != Part::Proof {
        return Err(Failure::usage(
            "--part goes with --format json; text and pages show all parts",
        ));
    }
    let base = arguments.packs.load(arguments.lang.as_deref(), output)?;
    let case = arguments.case.read(&base)?;
    let id = arguments.id.as_str();
    let wanted = || match arguments.wanted {
        Some(wanted) => Ok(wanted),
        None => base.main_verdict(id),
    };
    match (arguments.format, arguments.part) {
        (AdviceFormat::Json, Part::Proof) => output.line(&base.explain(&case, id)?.to_json()),
        (AdviceFormat::Json, Part::Ways) => output.line(&base.ways_to(&case, id, wanted()?)?.to_json()),
        (AdviceFormat::Json, Part::Suffices) => output.line(&base.suffices(&case, id)?.to_json()),
        (AdviceFormat::Html, _) => {
            output.text(&base.explanation_page(&case, id, arguments.wanted, PageFormat::Html)?);
        }
        (AdviceFormat::Md, _) => {
            output.text(&base.explanation_page(&case, id, arguments.wanted, PageFormat::Markdown)?);
        }
        (AdviceFormat::Text, _) => {
            let explanation = base.explain(&case, id)?;
            let mut page = Page::new(output.width(), output.is_coloured());
            page.lines(&explanation.to_text());
            if explanation.kind == Explained::Advice {
                let values = Values::new(&base);
                ways(&mut page, &base, &base.ways_to(&case, id, wanted()?)?, &values);
                suffices(
                    &mut page,
                    &base,
                    &base.suffices(&case, id)?,
                    &case.to_json(),
                    &values,
                );
            }
            output.text(&page.finish());
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn ways(page: &mut Page, base: &KnowledgeBase, ways: &Ways, values: &Values) {
    if ways.answer == WaysAnswer::GivenAlready {
        return;
    }
    let words = words(base.lang());
    page.heading(&fill(words.ways, &[words.verdict(ways.wanted)]), HEADING);
    match ways.answer {
        WaysAnswer::Impossible => page.paragraph("  ", words.ways_impossible, PLAIN),
        WaysAnswer::Undecided => page.paragraph("  ", words.ways_undecided, PLAIN),
        _ => {}
    }
    for way in &ways.ways {
        let changes = way.changes.iter().map(|change| {
            let (was, now) = (
                values.of(&change.fact, &change.was),
                values.of(&change.fact, &change.now),
            );
            fill(words.way_change, &[&change.fact, &now, &was])
        });
        page.paragraph("  • ", &changes.collect::<Vec<_>>().join("; "), PLAIN);
    }
}

fn suffices(page: &mut Page, base: &KnowledgeBase, suffices: &Suffices, case: &str, values: &Values) {
    let words = words(base.lang());
    page.heading(words.suffices, HEADING);
    if suffices.facts.is_empty() {
        page.paragraph("  ", words.suffices_nothing, PLAIN);
        return;
    }
    let known: serde_json::Value = serde_json::from_str(case).unwrap_or_default();
    for fact in &suffices.facts {
        let value = known.get(fact).cloned().unwrap_or_default();
        page.paragraph("  • ", &format!("{fact}: {}", values.of(fact, &value)), PLAIN);
    }
    page.paragraph("  ", words.whatever_else, MARGINAL);
}
