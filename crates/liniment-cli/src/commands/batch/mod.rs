//! `liniment batch`: a table of cases in, a table of advice out.

mod input;
mod progress;
mod table;

use std::error::Error as _;
use std::io::ErrorKind;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use arrow_array::RecordBatchReader;
use arrow_schema::ArrowError;
use clap::ValueEnum;
use liniment::batch::{Batch, BatchOptions, BatchOutput, BatchReport, OnBad, OtherColumns};

use crate::output::{Done, Failure, Output};
use crate::packs::PackOptions;
use crate::target::Target;
use progress::{Progress, grouped};
use table::Table;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The cases, a row each: a file that ends in .csv, .jsonl, .arrow or .parquet, or - for the standard
    /// input
    #[arg(long = "in", value_name = "FILE")]
    input: String,
    /// Where the advice goes, row for row: a file, or - for the standard output
    #[arg(long = "out", value_name = "FILE")]
    out: String,
    /// The form of what has no name that tells it, such as -
    #[arg(long, value_enum, value_name = "FORM")]
    format: Option<Table>,
    #[command(flatten)]
    packs: PackOptions,
    /// What to say of each row
    #[arg(long, value_enum, default_value_t, value_name = "WHAT")]
    output: What,
    /// Read a fact from a column of another name; may be repeated
    #[arg(long, value_name = "FACT=COLUMN", value_parser = column)]
    columns: Vec<(String, String)>,
    /// Pass a column on, such as a number of the case; may be repeated
    #[arg(long, value_name = "COLUMN")]
    keep: Vec<String>,
    /// What becomes of the other columns that are no fact's
    #[arg(long, value_enum, default_value_t, value_name = "WHAT")]
    others: Others,
    /// What becomes of a value that its fact does not take
    #[arg(long, value_enum, default_value_t, value_name = "WHAT")]
    on_bad: Bad,
    /// The present moment, such as 2026-11-27T08:00:00Z, or now: clocks are then read from columns of moments
    #[arg(long, value_name = "MOMENT", value_parser = moment)]
    now: Option<i64>,
    /// How many threads work; as many as the machine has when left out
    #[arg(long, value_name = "NUMBER")]
    threads: Option<usize>,
    /// How many rows are worked on at once; 65536 when left out, 4096 for --output advice
    #[arg(long, value_name = "NUMBER", value_parser = rows)]
    chunk_rows: Option<usize>,
    /// The language of the advice, such as de
    #[arg(long, value_name = "LANGUAGE")]
    lang: Option<String>,
}

/// What to say of a row.
#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum What {
    /// A column for each rule: whether it is live
    Masks,
    /// A column for each advice id: its verdict
    #[default]
    Verdicts,
    /// The list of what is recommended
    Recommended,
    /// All the advice, in order, with its texts
    Advice,
    /// What to ask next
    NextQuestion,
    /// What advise --format json prints
    Json,
}

impl From<What> for BatchOutput {
    fn from(what: What) -> BatchOutput {
        match what {
            What::Masks => BatchOutput::Masks,
            What::Verdicts => BatchOutput::Verdicts,
            What::Recommended => BatchOutput::Recommended,
            What::Advice => BatchOutput::Advice,
            What::NextQuestion => BatchOutput::NextQuestion,
            What::Json => BatchOutput::Json,
        }
    }
}

#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Others {
    /// Refuse the table
    #[default]
    Refuse,
    /// Pass them on
    Keep,
    /// Leave them out
    Drop,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Bad {
    /// End with an error that names the row
    #[default]
    Error,
    /// Count it as unknown, and flag its row
    Unknown,
}

fn column(text: &str) -> Result<(String, String), String> {
    text.split_once('=')
        .map(|(fact, column)| (fact.trim().to_owned(), column.to_owned()))
        .ok_or_else(|| "a fact and its column are written fact=column".to_owned())
}

fn rows(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) | Err(_) => Err("a number of rows is 1 or more".to_owned()),
        Ok(rows) => Ok(rows),
    }
}

/// A moment in microseconds since 1970-01-01 UTC.
fn moment(text: &str) -> Result<i64, String> {
    if text == "now" {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        return since
            .ok()
            .and_then(|since| i64::try_from(since.as_micros()).ok())
            .ok_or_else(|| "the clock of this machine is wrong".to_owned());
    }
    arrow_cast::parse::string_to_timestamp_nanos(text)
        .map(|nanoseconds| nanoseconds.div_euclid(1_000))
        .map_err(|_| "a moment is written 2026-11-27T08:00:00Z, or now".to_owned())
}

pub(crate) fn run(arguments: &Arguments, output: &mut Output) -> Done {
    let what = BatchOutput::from(arguments.output);
    let from = Table::of(&arguments.input, arguments.format)?;
    let to = Table::of(&arguments.out, arguments.format)?;
    to.can_hold(what)?;
    let base = arguments.packs.load(arguments.lang.as_deref(), output)?;
    let options = arguments.options(what);
    let cases = input::open(&arguments.input, from, &base, &arguments.columns)?;
    let batch = base
        .batch(&cases.rows.schema(), options)
        .map_err(|error| arguments.at_fault(&error))?;

    let target =
        Target::open(&arguments.out).map_err(|error| Failure::fault("C0409", &arguments.out, error))?;
    let interrupted = on_interrupt(&batch, &target);
    let progress = Progress::new(&cases);
    let written = write(arguments, to, &batch, cases, target, &progress);
    progress.finish();
    match written {
        Ok(()) => {
            crate::output::report(&summary(&batch.report(), progress.time()));
            Ok(ExitCode::SUCCESS)
        }
        Err(_) if interrupted.load(Ordering::Relaxed) => {
            Err(Failure::interrupted("stopped; nothing was written"))
        }
        // Whoever reads has seen enough.
        Err(Fault::Reader) => Ok(ExitCode::SUCCESS),
        Err(Fault::Other(failure)) => Err(failure),
    }
}

impl Arguments {
    fn options(&self, what: BatchOutput) -> BatchOptions {
        let mut options = BatchOptions::new()
            .output(what)
            .threads(self.threads.unwrap_or(0))
            .chunk_rows(self.chunk_rows.unwrap_or(0))
            .others(match self.others {
                Others::Refuse => OtherColumns::Refuse,
                Others::Keep => OtherColumns::Keep,
                Others::Drop => OtherColumns::Drop,
            })
            .on_bad(match self.on_bad {
                Bad::Error => OnBad::Error,
                Bad::Unknown => OnBad::Unknown,
            });
        for (fact, column) in &self.columns {
            options = options.column(fact, column);
        }
        for column in &self.keep {
            options = options.keep(column);
        }
        match self.now {
            Some(now) => options.now(now),
            None => options,
        }
    }

    fn at_fault(&self, error: &liniment::Error) -> Failure {
        let hint = match error.code() {
            "C0401" => " (--keep passes a column on, --others drop leaves such columns out)",
            "C0404" => " (--now gives it)",
            _ => "",
        };
        Failure::case(error, Some(&self.input)).with_hint(hint)
    }

    /// Why the rows could not be read or answered.
    fn unread(&self, error: &ArrowError) -> Failure {
        match error
            .source()
            .and_then(|source| source.downcast_ref::<liniment::Error>())
        {
            Some(error) => self.at_fault(error),
            None => Failure::fault("C0409", &self.input, error),
        }
    }
}

/// Why nothing was written.
enum Fault {
    /// Who reads the output has closed it.
    Reader,
    Other(Failure),
}

fn write(
    arguments: &Arguments,
    to: Table,
    batch: &Batch,
    cases: input::Cases,
    target: Target,
    progress: &Progress,
) -> Result<(), Fault> {
    let unwritten = |error: &ArrowError| match broken_pipe(error) {
        true => Fault::Reader,
        false => Fault::Other(Failure::fault("C0409", &arguments.out, error)),
    };
    let stream = batch.stream(cases.rows);
    let mut writer = to
        .writer(&target, &stream.schema())
        .map_err(|error| unwritten(&error))?;
    for rows in stream {
        let rows = rows.map_err(|error| Fault::Other(arguments.unread(&error)))?;
        writer.write(&rows).map_err(|error| unwritten(&error))?;
        progress.tell(batch.handle().rows_done());
    }
    writer.finish().map_err(|error| unwritten(&error))?;
    target.keep().map_err(|error| match error.kind() {
        ErrorKind::BrokenPipe => Fault::Reader,
        _ => Fault::Other(Failure::fault("C0409", &arguments.out, error)),
    })
}

fn broken_pipe(error: &ArrowError) -> bool {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref::<std::io::Error>() {
            return error.kind() == ErrorKind::BrokenPipe;
        }
        if let Some(ArrowError::IoError(_, error)) = error.downcast_ref::<ArrowError>() {
            return error.kind() == ErrorKind::BrokenPipe;
        }
        cause = error.source();
    }
    error.to_string().contains("Broken pipe")
}

/// Stops the batch when the command is interrupted; interrupted again, it ends at once.
fn on_interrupt(batch: &Batch, target: &Target) -> Arc<AtomicBool> {
    let interrupted = Arc::new(AtomicBool::new(false));
    let (flag, handle, temporary) = (Arc::clone(&interrupted), batch.handle(), target.temporary());
    // Where no handler can be set, an interrupt ends the command as it always does.
    drop(ctrlc::set_handler(move || {
        if flag.swap(true, Ordering::Relaxed) {
            if let Some(temporary) = &temporary {
                drop(std::fs::remove_file(temporary));
            }
            std::process::exit(i32::from(crate::output::INTERRUPTED));
        }
        handle.stop();
    }));
    interrupted
}

/// What was done, a line for each thing.
fn summary(report: &BatchReport, time: Option<std::time::Duration>) -> String {
    let speed = time.map_or(String::new(), |time| {
        let seconds = time.as_secs_f64().max(0.001);
        format!(
            " in {seconds:.1} s, {} a second",
            grouped((report.rows as f64 / seconds) as u64)
        )
    });
    let mut lines = vec![format!("{:<14}{}{speed}", "rows", grouped(report.rows))];
    let of_facts: Vec<String> = report
        .bad_values
        .iter()
        .map(|(fact, times)| format!("{fact} {}", grouped(*times)))
        .collect();
    let of_facts = match of_facts.as_slice() {
        [] => String::new(),
        list => format!(" ({})", list.join(", ")),
    };
    lines.push(format!(
        "{:<14}{}{of_facts}",
        "bad rows",
        grouped(report.bad_rows)
    ));
    for (verdict, times) in &report.verdicts {
        lines.push(format!(
            "{:<14}{}",
            verdict.name().replace('_', " "),
            grouped(*times)
        ));
    }
    lines.join("\n")
}
