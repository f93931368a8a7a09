//! The interview in a terminal: arrow keys, typed answers, and a menu behind Esc.

use std::fmt;
use std::path::Path;

use inquire::ui::{RenderConfig, Styled};
use inquire::{InquireError, MultiSelect, Select, Text};
use liniment::case::read::CaseValue;
use liniment::words::{Words, fill};
use liniment::{FactType, Interview, InterviewQuestion, OptionInfo};

use super::{Asker, Ended, save};
use crate::output::{Failure, shown};

/// What was said to a question.
enum Reply {
    Value(CaseValue),
    Text(String),
    Other(Other),
}

/// What can be done instead of answering.
#[derive(Clone, Copy)]
enum Other {
    Decline,
    Skip,
    Back,
    Advice,
    Save,
    Stop,
    GoOn,
}

/// An entry of a list.
struct Entry<T> {
    label: String,
    means: T,
}

impl<T> fmt::Display for Entry<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.label)
    }
}

/// Asks until nothing is left to ask or whoever answers has stopped. Ctrl-C ends it without advice.
pub(super) fn ask(asker: &Asker<'_>, interview: &mut Interview) -> Result<Ended, Failure> {
    // Colours as the command decides, whatever the environment says.
    let colours = if asker.coloured {
        RenderConfig::default_colored()
    } else {
        RenderConfig::empty()
    };
    inquire::set_global_render_config(
        colours
            .with_prompt_prefix(Styled::new(""))
            .with_answered_prompt_prefix(Styled::new(""))
            .with_canceled_prompt_indicator(Styled::new("…")),
    );
    while let Some(question) = interview.question().cloned() {
        show(&format!("\n{}", asker.question(&question, interview)));
        let mut reply = match prompt(asker.words, &question) {
            Ok(reply) => reply,
            Err(InquireError::OperationInterrupted) => return Ok(Ended::Interrupted),
            Err(error) => return Err(Failure::unexpected(error)),
        };
        if let Reply::Text(text) = &reply
            && text.trim() == "?"
        {
            reply = Reply::Other(Other::Decline);
        }
        match reply {
            Reply::Value(value) => interview.answer(value)?,
            Reply::Text(text) => {
                if let Err(error) = interview.answer_text(&text) {
                    show(&asker.line(&error.to_string()));
                }
            }
            Reply::Other(Other::Decline) => interview.decline()?,
            Reply::Other(Other::Skip) => interview.skip()?,
            Reply::Other(Other::Back) => {
                if !interview.back() {
                    show(&format!("{}\n", asker.words.ask_first));
                }
            }
            Reply::Other(Other::Advice) => {
                show(&format!("\n{}", asker.advice(interview, false)));
            }
            Reply::Other(Other::Save) => save_as(asker.words, interview)?,
            Reply::Other(Other::Stop) => return Ok(Ended::Asked),
            Reply::Other(Other::GoOn) => {}
        }
    }
    Ok(Ended::Asked)
}

fn prompt(words: &Words, question: &InterviewQuestion) -> Result<Reply, InquireError> {
    let answer = match question.kind {
        FactType::YesNo => {
            let options = [(words.yes, true), (words.no, false)];
            let entries = options.map(|(label, yes)| Entry {
                label: label.to_owned(),
                means: CaseValue::from(yes),
            });
            choose(words, entries.into())?
        }
        FactType::Choice | FactType::Scale => {
            let entries = question.options.iter().map(|option| Entry {
                label: shown(&option.label),
                means: CaseValue::from(option.id.as_str()),
            });
            choose(words, entries.collect())?
        }
        FactType::Several => several(words, &question.options)?,
        _ => {
            let hint = match question.kind {
                FactType::Duration => words.duration.to_owned(),
                FactType::Clock => words.clock.to_owned(),
                _ => question.unit.clone().unwrap_or_default(),
            };
            Text::new(words.ask_answer)
                .with_placeholder(&hint)
                .with_help_message(words.ask_keys)
                .prompt_skippable()?
                .map(Reply::Text)
        }
    };
    answer.map_or_else(|| menu(words), Ok)
}

fn choose(words: &Words, mut entries: Vec<Entry<CaseValue>>) -> Result<Option<Reply>, InquireError> {
    entries.push(Entry {
        label: words.ask_unknown.to_owned(),
        means: CaseValue::Object(vec![("declined".to_owned(), CaseValue::Bool(true))]),
    });
    let rows = entries.len();
    let chosen = Select::new(words.ask_answer, entries)
        .with_help_message(words.ask_keys)
        .with_page_size(rows.min(15))
        .without_filtering()
        .prompt_skippable()?;
    Ok(chosen.map(|entry| Reply::Value(entry.means)))
}

fn several(words: &Words, options: &[OptionInfo]) -> Result<Option<Reply>, InquireError> {
    let entries: Vec<Entry<CaseValue>> = options
        .iter()
        .map(|option| Entry {
            label: shown(&option.label),
            means: CaseValue::from(option.id.as_str()),
        })
        .collect();
    let rows = entries.len();
    let chosen = MultiSelect::new(words.ask_answer, entries)
        .with_help_message(words.ask_keys_several)
        .with_page_size(rows.min(15))
        .without_filtering()
        .prompt_skippable()?;
    Ok(chosen.map(|entries| {
        let values = entries.into_iter().map(|entry| entry.means);
        Reply::Value(CaseValue::List(values.collect()))
    }))
}

fn menu(words: &Words) -> Result<Reply, InquireError> {
    let entries = [
        (words.ask_unknown, Other::Decline),
        (words.ask_skip, Other::Skip),
        (words.ask_back, Other::Back),
        (words.ask_so_far, Other::Advice),
        (words.ask_save, Other::Save),
        (words.ask_stop, Other::Stop),
        (words.ask_go_on, Other::GoOn),
    ];
    let entries = entries.map(|(label, means)| Entry {
        label: label.to_owned(),
        means,
    });
    let chosen = Select::new(words.ask_else, entries.into())
        .without_help_message()
        .with_page_size(7)
        .without_filtering()
        .prompt_skippable()?;
    Ok(Reply::Other(chosen.map_or(Other::GoOn, |entry| entry.means)))
}

fn save_as(words: &Words, interview: &Interview) -> Result<(), Failure> {
    let name = match Text::new(words.ask_save_as).prompt_skippable() {
        Ok(name) => name,
        Err(InquireError::OperationInterrupted) => None,
        Err(error) => return Err(Failure::unexpected(error)),
    };
    if let Some(name) = name.filter(|name| !name.trim().is_empty()) {
        let said = match save(interview, Path::new(name.trim())) {
            Ok(()) => fill(words.ask_saved, &[name.trim()]),
            Err(failure) => failure.message().trim_end().to_owned(),
        };
        show(&format!("{}\n", shown(&said)));
    }
    Ok(())
}

/// Writes at once; when the terminal is gone, the next prompt says so.
fn show(text: &str) {
    use std::io::Write;
    let mut stdout = std::io::stdout().lock();
    drop(stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()));
}
