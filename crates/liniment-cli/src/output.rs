//! Where output and errors go, and with which exit code the command ends.

use std::fmt::Display;
use std::io::{ErrorKind, IsTerminal, Write};
use std::process::ExitCode;

use crate::Colour;

/// The widest line.
const WIDTH: usize = 80;

/// How a subcommand ends.
pub(crate) type Done = Result<ExitCode, Failure>;

/// Why a subcommand cannot do its work.
pub(crate) enum Failure {
    /// The pack or the case is at fault, or a file cannot be read.
    Fault(String),
    /// The command was called wrongly.
    Usage(String),
    /// The diagnostics of a pack, ready to be shown.
    Diagnostics(String),
}

impl Failure {
    /// A pack or case at fault.
    pub(crate) fn fault(message: impl Display) -> Failure {
        Failure::Fault(message.to_string())
    }
}

/// How results are given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// For reading
    #[default]
    Text,
    /// For programs
    Json,
}

/// The standard output, written at the end in one go.
pub(crate) struct Output {
    content: Vec<u8>,
    colour: Colour,
}

impl Output {
    pub(crate) fn new(colour: Colour) -> Output {
        Output { content: Vec::new(), colour }
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
    pub(crate) fn finish(self, done: Done) -> ExitCode {
        let mut stdout = std::io::stdout().lock();
        let written = match stdout.write_all(&self.content).and_then(|()| stdout.flush()) {
            // Whoever reads has seen enough.
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
            written => written,
        };
        let done = done.and_then(|code| match written {
            Ok(()) => Ok(code),
            Err(error) => Err(Failure::Fault(format!("cannot write the result: {error}"))),
        });
        match done {
            Ok(code) => code,
            Err(failure) => {
                let (text, code) = match failure {
                    Failure::Fault(message) => (format!("error: {}", shown(&message)), 1),
                    Failure::Usage(message) => (format!("error: {}", shown(&message)), 2),
                    Failure::Diagnostics(text) => (text, 1),
                };
                report(text.trim_end());
                ExitCode::from(code)
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

fn coloured(colour: Colour, stream: &impl IsTerminal) -> bool {
    match colour {
        Colour::Auto => stream.is_terminal(),
        Colour::Always => true,
        Colour::Never => false,
    }
}

/// Writes to the standard error; when that is closed, there is nobody to tell.
fn report(text: &str) {
    let mut stderr = std::io::stderr().lock();
    drop(writeln!(stderr, "{text}"));
}
