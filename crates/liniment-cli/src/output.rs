//! Where output and errors go, and with which exit code the command ends.

use std::fmt::Display;
use std::io::{ErrorKind, IsTerminal, Write};
use std::process::ExitCode;

use liniment::Source;
use liniment::diagnostic::{Diagnostic, PackError, Severity, render};
use serde::Serialize;

use crate::Colour;

/// The widest line.
const WIDTH: usize = 80;

/// The exit code of a command that somebody stopped, as shells have it.
#[cfg(feature = "batch")]
pub(crate) const INTERRUPTED: u8 = 130;

/// How a subcommand ends.
pub(crate) type Done = Result<ExitCode, Failure>;

/// Why a subcommand cannot do its work.
pub(crate) struct Failure {
    /// What goes to the standard error.
    message: String,
    code: u8,
    /// What goes to the standard output where JSON is asked for.
    json: Option<String>,
}

impl Failure {
    /// The command was called wrongly.
    pub(crate) fn usage(message: impl Display) -> Failure {
        Failure {
            message: error_line(&message.to_string()),
            code: 2,
            json: None,
        }
    }

    /// What goes to the standard error.
    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    /// A file, folder or pack is at fault; `code` is one of the library's.
    pub(crate) fn fault(code: &'static str, place: &str, message: impl Display) -> Failure {
        let message = format!("`{place}`: {message}");
        let error = ErrorParts {
            code,
            place,
            found: None,
            allowed: [],
            nearest: None,
            message: &message,
        };
        let json = serde_json::to_string(&ErrorWhole { format: 1, error }).ok();
        Failure {
            message: error_line(&message),
            code: 1,
            json,
        }
    }

    /// A case is at fault, and perhaps the file that it stands in is worth naming.
    pub(crate) fn case(error: &liniment::Error, file: Option<&str>) -> Failure {
        let message = match file {
            Some(file) => format!("{file}: {error}"),
            None => error.to_string(),
        };
        Failure {
            message: error_line(&message),
            code: 1,
            json: Some(error.to_json()),
        }
    }

    /// With a line that says what helps.
    pub(crate) fn with_hint(mut self, hint: &str) -> Failure {
        self.message.push_str(hint);
        self
    }

    /// Somebody stopped the command.
    #[cfg(feature = "batch")]
    pub(crate) fn interrupted(message: impl Display) -> Failure {
        Failure {
            code: INTERRUPTED,
            ..Failure::reported(message)
        }
    }

    /// Packs are at fault. Only their errors are shown; `check` shows the rest.
    pub(crate) fn packs(error: &PackError, packs: &[Source], output: &Output) -> Failure {
        let is_error = |diagnostic: &&Diagnostic| diagnostic.severity == Severity::Error;
        let errors: Vec<Diagnostic> = error.diagnostics().iter().filter(is_error).cloned().collect();
        let mut message = render(&errors, packs, output.width(), output.are_errors_coloured());
        message.push_str(&error_line(&error.to_string()));
        Failure {
            message,
            code: 1,
            json: Some(error.to_json()),
        }
    }

    /// What is wrong stands in the result already.
    pub(crate) fn reported(message: impl Display) -> Failure {
        Failure {
            message: error_line(&message.to_string()),
            code: 1,
            json: None,
        }
    }

    /// Something that cannot be, but for a fault of this program.
    pub(crate) fn unexpected(error: impl Display) -> Failure {
        Failure {
            message: error_line(&error.to_string()),
            code: 1,
            json: None,
        }
    }
}

impl From<liniment::Error> for Failure {
    fn from(error: liniment::Error) -> Failure {
        Failure::case(&error, None)
    }
}

/// An error of the command itself, in the shape of the library's.
#[derive(Serialize)]
struct ErrorWhole<'a> {
    format: u32,
    error: ErrorParts<'a>,
}

#[derive(Serialize)]
struct ErrorParts<'a> {
    code: &'a str,
    place: &'a str,
    found: Option<&'a str>,
    allowed: [&'a str; 0],
    nearest: Option<&'a str>,
    message: &'a str,
}

/// How results are given: for reading, or for programs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    #[default]
    Text,
    Json,
}

/// The standard output, written at the end in one go.
pub(crate) struct Output {
    content: Vec<u8>,
    colour: Colour,
    format: Format,
}

impl Output {
    pub(crate) fn new(colour: Colour) -> Output {
        Output {
            content: Vec::new(),
            colour,
            format: Format::Text,
        }
    }

    /// Sets how errors are given, beside their message on the standard error.
    pub(crate) fn answer_in(&mut self, format: Format) {
        self.format = format;
    }

    /// Adds text as it is.
    pub(crate) fn text(&mut self, text: &str) {
        self.content.extend_from_slice(text.as_bytes());
    }

    /// Adds a line.
    pub(crate) fn line(&mut self, text: &str) {
        self.text(text);
        self.content.push(b'\n');
    }

    /// Whether what is printed is coloured.
    pub(crate) fn is_coloured(&self) -> bool {
        coloured(self.colour, &std::io::stdout())
    }

    /// How wide a line may be: 80 columns, fewer on a narrow terminal.
    pub(crate) fn width(&self) -> usize {
        let terminal = terminal_size::terminal_size_of(std::io::stdout());
        let columns = terminal.map_or(WIDTH, |(width, _)| usize::from(width.0));
        columns.clamp(40, WIDTH)
    }

    /// Whether messages on the standard error are coloured.
    pub(crate) fn are_errors_coloured(&self) -> bool {
        coloured(self.colour, &std::io::stderr())
    }

    /// Writes everything and answers the exit code.
    pub(crate) fn finish(mut self, done: Done) -> ExitCode {
        let code = match done {
            Ok(code) => code,
            Err(failure) => {
                if self.format == Format::Json
                    && let Some(json) = &failure.json
                {
                    self.line(json);
                }
                report(failure.message.trim_end());
                ExitCode::from(failure.code)
            }
        };
        let mut stdout = std::io::stdout().lock();
        match stdout.write_all(&self.content).and_then(|()| stdout.flush()) {
            Ok(()) => code,
            // Whoever reads has seen enough.
            Err(error) if error.kind() == ErrorKind::BrokenPipe => code,
            Err(error) => {
                report(&error_line(&format!("cannot write the result: {error}")));
                ExitCode::FAILURE
            }
        }
    }
}

/// Answers `--help`, `--version` and calls that do not parse.
pub(crate) fn answer_parse_error(error: &clap::Error) -> ExitCode {
    let text = error.render().to_string();
    if error.use_stderr() {
        report(text.trim_end());
        ExitCode::from(2)
    } else {
        let mut output = Output::new(Colour::Never);
        output.text(&text);
        output.finish(Ok(ExitCode::SUCCESS))
    }
}

/// Text without control characters: what a case or a pack says must not command the terminal.
pub(crate) fn shown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_control() && character != '\n' {
            shown.extend(character.escape_default());
        } else {
            shown.push(character);
        }
    }
    shown
}

fn error_line(message: &str) -> String {
    format!("error: {}", shown(message))
}

fn coloured(colour: Colour, stream: &impl IsTerminal) -> bool {
    match colour {
        Colour::Auto => stream.is_terminal(),
        Colour::Always => true,
        Colour::Never => false,
    }
}

/// Writes to the standard error; when that is closed, there is nobody to tell.
pub(crate) fn report(text: &str) {
    let mut stderr = std::io::stderr().lock();
    drop(writeln!(stderr, "{text}"));
}
