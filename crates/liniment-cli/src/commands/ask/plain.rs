//! The interview line by line: questions are printed, answers are read.

use std::io::{BufRead, Write};
use std::path::Path;

use liniment::words::{fill, length};
use liniment::{Elapsed, FactType, Interview, InterviewQuestion};

use super::{Asker, Ended, save};
use crate::output::{Failure, shown};

/// No answer is longer.
const LONGEST: u64 = 64 * 1024;

/// Asks until nothing is left to ask, the answers end, or `/stop` is read. Questions go to the standard
/// output, or to the standard error where that is for JSON.
pub(super) fn ask(asker: &Asker<'_>, interview: &mut Interview, json: bool) -> Result<Ended, Failure> {
    let words = asker.words;
    let mut input = std::io::stdin().lock();
    let print = |text: &str| {
        // When nobody reads the questions, answers may still come.
        if json {
            let mut to = std::io::stderr().lock();
            drop(to.write_all(text.as_bytes()).and_then(|()| to.flush()));
        } else {
            let mut to = std::io::stdout().lock();
            drop(to.write_all(text.as_bytes()).and_then(|()| to.flush()));
        }
    };
    print(&format!("{}\n", words.ask_help));
    let mut stands = false;
    while let Some(question) = interview.question().cloned() {
        if !stands {
            print(&format!(
                "\n{}{}",
                asker.question(&question, interview),
                answers(asker, &question)
            ));
        }
        print("> ");
        stands = true;
        let Some(line) = line(&mut input)? else {
            print("\n");
            return Ok(Ended::Asked);
        };
        let line = line.trim();
        match line.split_once(' ').unwrap_or((line, "")) {
            ("", _) => {}
            ("?", "") => {
                interview.decline()?;
                stands = false;
            }
            ("/skip", "") => {
                interview.skip()?;
                stands = false;
            }
            ("/back", "") => {
                if interview.back() {
                    stands = false;
                } else {
                    print(&format!("{}\n", words.ask_first));
                }
            }
            ("/advice", "") => {
                print(&format!("\n{}", asker.advice(interview, false)));
                stands = false;
            }
            ("/save", file) if !file.trim().is_empty() => match save(interview, Path::new(file.trim())) {
                Ok(()) => print(&format!("{}\n", shown(&fill(words.ask_saved, &[file.trim()])))),
                Err(failure) => print(&format!("{}\n", failure.message().trim_end())),
            },
            ("/stop", "") => return Ok(Ended::Asked),
            (command, _) if command.starts_with('/') => print(&format!("{}\n", words.ask_help)),
            _ => match interview.answer_text(line) {
                Ok(()) => stands = false,
                Err(error) => print(&asker.line(&error.to_string())),
            },
        }
    }
    Ok(Ended::Asked)
}

/// The next line; none at the end of the answers.
fn line(input: &mut impl BufRead) -> Result<Option<String>, Failure> {
    let mut bytes = Vec::new();
    let read = std::io::Read::take(&mut *input, LONGEST)
        .read_until(b'\n', &mut bytes)
        .map_err(|error| Failure::fault("C0302", "the standard input", error))?;
    Ok((read > 0).then(|| String::from_utf8_lossy(&bytes).into_owned()))
}

/// What can be answered.
fn answers(asker: &Asker<'_>, question: &InterviewQuestion) -> String {
    let words = asker.words;
    let hint = match question.kind {
        FactType::YesNo => words.ask_yes_no.to_owned(),
        FactType::Choice | FactType::Scale => words.ask_number.to_owned(),
        FactType::Several => words.ask_several.to_owned(),
        FactType::Duration => format!("({})", words.duration),
        FactType::Clock => format!("({})", words.clock),
        _ => {
            let limits: Vec<String> = [&question.from, &question.to]
                .into_iter()
                .filter(|limit| !limit.is_null())
                .map(|limit| match limit.as_str().map(Elapsed::parse) {
                    Some(Ok(limit)) => length(limit),
                    _ => limit.to_string(),
                })
                .collect();
            let unit = question.unit.as_deref().unwrap_or_default();
            let number = if question.kind == FactType::Integer {
                words.whole_number
            } else {
                words.number
            };
            match limits.as_slice() {
                [from, to] => format!("({number}, {} {unit})", fill(words.range, &[from, to])),
                _ => format!("({number} {unit})"),
            }
        }
    };
    let mut text = String::new();
    for (number, option) in question.options.iter().enumerate() {
        text.push_str(&format!("  {}. {}\n", number + 1, shown(&option.label)));
    }
    text.push_str(&format!("  {}\n", shown(hint.replace(" )", ")").as_str())));
    text
}
