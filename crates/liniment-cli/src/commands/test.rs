//! `liniment test`: the packs' own cases, and what they leave untried.

use std::process::ExitCode;

use liniment::pack_tests::{self, CaseReport, ConditionGap, PackTestReport, RuleGap};
use liniment::{Place, Verdict};

use crate::output::{Done, Failure, Format, Output};
use crate::packs::{LimitOptions, sources};
use crate::text::layout::{ALARM, HEADING, PLAIN, Page};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Built-in packs by name, or folders of packs, loaded together; the built-in ones when left out
    #[arg(value_name = "PACK")]
    packs: Vec<String>,
    /// Also list every verdict and every condition that no case tries
    #[arg(long)]
    gaps: bool,
    #[command(flatten)]
    limits: LimitOptions,
    /// How to give the report
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(crate) fn run(arguments: &Arguments, output: &mut Output) -> Done {
    output.answer_in(arguments.format);
    let sources = sources(&arguments.packs, &arguments.limits.get())?;
    let report = pack_tests::run(&sources, &arguments.limits.get())
        .map_err(|error| Failure::packs(&error, &sources, output))?;
    match arguments.format {
        Format::Json => output.line(&report.to_json()),
        Format::Text => {
            let page = Page::new(output.width(), output.is_coloured());
            output.text(&text(page, &report, arguments.gaps));
        }
    }
    Ok(if report.passed() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn text(mut page: Page, report: &PackTestReport, gaps: bool) -> String {
    for case in report.failed() {
        failure(&mut page, case);
    }
    page.heading("Cases", HEADING);
    page.table("  ", &[false, true, true], &by_pack(report));
    skipped_cases(&mut page, report);
    page.heading("Coverage", HEADING);
    let (rules, conditions) = (report.rules(), report.conditions());
    let rows = [
        ("verdicts given in some case", rules.covered, rules.total),
        (
            "conditions seen both true and false",
            conditions.covered,
            conditions.total,
        ),
    ];
    let rows: Vec<Vec<String>> = rows
        .iter()
        .map(|(what, covered, total)| vec![(*what).to_owned(), covered.to_string(), format!("of {total}")])
        .collect();
    page.table("  ", &[false, true, true], &rows);
    if gaps {
        rules.missing.iter().for_each(|gap| untried_rule(&mut page, gap));
        conditions
            .missing
            .iter()
            .for_each(|gap| untried_condition(&mut page, gap));
    } else if rules.missing.len() + conditions.missing.len() > 0 {
        page.paragraph("  ", "--gaps lists the others", PLAIN);
    }
    let (failed, skipped) = (report.failed().count(), report.skipped().count());
    let passed = report.cases().len() - failed - skipped;
    page.heading(
        &format!("{passed} passed, {failed} failed{}", and_skipped(skipped)),
        PLAIN,
    );
    page.finish()
}

fn failure(page: &mut Page, case: &CaseReport) {
    page.heading(&format!("FAILED {} ({})", case.id, shown(&case.place)), ALARM);
    if let Some(title) = &case.title {
        page.paragraph("  ", title, PLAIN);
    }
    for failure in &case.failures {
        page.paragraph(
            "  ",
            &format!(
                "{} {} (line {})",
                failure.check, failure.subject, failure.place.line
            ),
            PLAIN,
        );
        page.paragraph("    expected ", &failure.expected, PLAIN);
        page.paragraph("    found    ", &failure.found, PLAIN);
        failure
            .why
            .iter()
            .for_each(|line| page.lines(&format!("    {line}")));
    }
}

fn and_skipped(count: usize) -> String {
    if count == 0 {
        String::new()
    } else {
        format!(", {count} skipped")
    }
}

/// The cases that were not run, file by file.
fn skipped_cases(page: &mut Page, report: &PackTestReport) {
    let cases: Vec<&CaseReport> = report.skipped().collect();
    if cases.is_empty() {
        return;
    }
    page.heading("Skipped", HEADING);
    let alike = |one: &&CaseReport, other: &&CaseReport| {
        one.place.file == other.place.file && one.skipped_without == other.skipped_without
    };
    for cases in cases.chunk_by(alike) {
        let Some(first) = cases.first() else { continue };
        let ids: Vec<&str> = cases.iter().map(|case| case.id.as_str()).collect();
        let packs = first.skipped_without.join("`, `");
        let text = format!("{}, without `{packs}`: {}", first.place.file, ids.join(", "));
        page.paragraph("  ", &text, PLAIN);
    }
}

/// A row for each pack, in the order in which their cases stand.
fn by_pack(report: &PackTestReport) -> Vec<Vec<String>> {
    let mut packs: Vec<(&str, usize, usize, usize)> = Vec::new();
    for case in report.cases() {
        let pack = case.place.file.split('/').next().unwrap_or_default();
        if packs.last().is_none_or(|(last, ..)| *last != pack) {
            packs.push((pack, 0, 0, 0));
        }
        if let Some((_, passed, failed, skipped)) = packs.last_mut() {
            let count = match (case.skipped_without.is_empty(), case.failures.is_empty()) {
                (false, _) => skipped,
                (true, true) => passed,
                (true, false) => failed,
            };
            *count += 1;
        }
    }
    let row = |(pack, passed, failed, skipped): &(&str, usize, usize, usize)| {
        vec![
            (*pack).to_owned(),
            format!("{passed} passed"),
            format!("{failed} failed{}", and_skipped(*skipped)),
        ]
    };
    packs.iter().map(row).collect()
}

fn untried_rule(page: &mut Page, gap: &RuleGap) {
    let verdict = gap.verdict.map_or("named", Verdict::name);
    page.paragraph(
        "  ",
        &format!("never {verdict}: {} ({})", gap.rule, shown(&gap.place)),
        PLAIN,
    );
}

fn untried_condition(page: &mut Page, gap: &ConditionGap) {
    let never = match gap.never.as_slice() {
        [true] => "true",
        [false] => "false",
        _ => "true, never false",
    };
    let text = format!(
        "never {never}: {} {} {} ({})",
        gap.of,
        gap.part,
        gap.condition,
        shown(&gap.place)
    );
    page.paragraph("  ", &text, PLAIN);
}

fn shown(place: &Place) -> String {
    format!("{}:{}", place.file, place.line)
}
