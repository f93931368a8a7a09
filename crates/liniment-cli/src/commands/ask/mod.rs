//! `liniment ask`: the interview, with arrow keys in a terminal, line by line elsewhere.

mod plain;
mod terminal;

use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

use liniment::words::{Words, fill, words};
use liniment::{Interview, InterviewQuestion, KnowledgeBase};

use crate::input::CaseOptions;
use crate::output::{Done, Failure, Format, Output};
use crate::packs::PackOptions;
use crate::text::advice;
use crate::text::layout::{ALARM, HEADING, MARGINAL, PLAIN, Page};
use crate::text::values::Values;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    case: CaseOptions,
    #[command(flatten)]
    packs: PackOptions,
    /// Save the case here, as JSON, when the interview ends
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,
    /// Read answers line by line from the standard input, in a terminal too
    #[arg(long)]
    plain: bool,
    /// How to give the advice at the end; with json the questions go to the standard error
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// With each piece of advice: its rules, what it depends on, and where it comes from
    #[arg(long)]
    why: bool,
    /// The language of the questions and the advice, such as de
    #[arg(long, value_name = "LANGUAGE")]
    lang: Option<String>,
}

/// How an interview ended.
enum Ended {
    /// Nothing is left to ask, or whoever answers has stopped.
    Asked,
    /// Whoever answers wants out, without advice.
    Interrupted,
}

/// What the questions are laid out with.
struct Asker<'a> {
    base: &'a KnowledgeBase,
    values: Values,
    words: &'static Words,
    width: usize,
    coloured: bool,
}

pub(crate) fn run(arguments: &Arguments, output: &mut Output) -> Done {
    output.answer_in(arguments.format);
    let base = arguments.packs.load(arguments.lang.as_deref(), output)?;
    let case = arguments.case.read_or_empty(&base)?;
    let mut interview = base.interview(case)?;
    let json = arguments.format == Format::Json;
    let asker = Asker {
        base: &base,
        values: Values::new(&base),
        words: words(base.lang()),
        width: output.width(),
        coloured: !json && output.is_coloured(),
    };
    let terminal = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    let ended = if terminal && !arguments.plain && !json {
        terminal::ask(&asker, &mut interview)?
    } else {
        plain::ask(&asker, &mut interview, json)?
    };
    if let Some(path) = &arguments.save {
        save(&interview, path)?;
    }
    if let Ended::Interrupted = ended {
        return Ok(ExitCode::from(130));
    }
    match arguments.format {
        Format::Json => output.line(&interview.advice().to_json()),
        Format::Text => {
            let mut page = Page::new(asker.width, asker.coloured);
            if interview.is_finished() {
                page.heading(asker.words.ask_finished, HEADING);
            }
            output.text("\n");
            output.text(&page.finish());
            output.text("\n");
            output.text(&asker.advice(&interview, arguments.why));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn save(interview: &Interview, path: &std::path::Path) -> Result<(), Failure> {
    let case = format!("{}\n", interview.case().to_json());
    std::fs::write(path, case).map_err(|error| Failure::fault("C0302", &path.display().to_string(), error))
}

impl Asker<'_> {
    /// A line, wrapped, without what could command the terminal.
    fn line(&self, text: &str) -> String {
        let mut page = Page::new(self.width, self.coloured);
        page.paragraph("", text, PLAIN);
        page.finish()
    }

    /// The advice as things are known.
    fn advice(&self, interview: &Interview, why: bool) -> String {
        advice::page(self.base, interview.advice(), why, self.width, self.coloured)
    }

    /// The question, why it is asked, and what is known already.
    fn question(&self, question: &InterviewQuestion, interview: &Interview) -> String {
        let words = self.words;
        let mut page = Page::new(self.width, self.coloured);
        let (answered, open) = (
            interview.answered().to_string(),
            interview.open().len().to_string(),
        );
        page.paragraph("", &fill(words.ask_progress, &[&answered, &open]), MARGINAL);
        let (lead, style) = match question.red_flag {
            Some(_) => (format!("{}: ", words.red_flag), ALARM),
            None => (String::new(), HEADING),
        };
        page.tagged(
            "",
            &format!("{lead}{}", question.ask),
            &format!("[{}]", question.fact),
            style,
        );
        let because: Vec<&str> = question.because.iter().map(|stake| stake.id.as_str()).collect();
        let because = match because.get(..4) {
            Some(first) if because.len() > 5 => fill(
                words.and_more,
                &[&first.join(", "), &(because.len() - 4).to_string()],
            ),
            _ => because.join(", "),
        };
        page.paragraph("  ", &fill(words.decides, &[&because]), MARGINAL);
        if !question.known.is_null() {
            let known = self.values.of(&question.fact, &question.known);
            page.paragraph("  ", &format!("{}: {known}", words.known), PLAIN);
        }
        page.finish()
    }
}
