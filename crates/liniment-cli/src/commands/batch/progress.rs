//! How far a batch is: a line on a terminal, nothing elsewhere.

use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use super::input::{Cases, Size};

/// The progress of a batch.
pub(super) struct Progress {
    bar: Option<ProgressBar>,
    /// The bytes read so far, where these tell how far it is.
    read: Option<Arc<AtomicU64>>,
    started: Instant,
}

impl Progress {
    pub(super) fn new(cases: &Cases) -> Progress {
        let read = match &cases.size {
            Size::Bytes { read, .. } => Some(Arc::clone(read)),
            _ => None,
        };
        Progress {
            bar: std::io::stderr().is_terminal().then(|| bar(&cases.size)),
            read,
            started: Instant::now(),
        }
    }

    /// So many rows are done.
    pub(super) fn tell(&self, rows: u64) {
        let Some(bar) = &self.bar else { return };
        let seconds = self.started.elapsed().as_secs_f64().max(0.001);
        bar.set_message(format!(
            "{} rows, {} a second",
            grouped(rows),
            grouped((rows as f64 / seconds) as u64)
        ));
        bar.set_position(
            self.read
                .as_ref()
                .map_or(rows, |read| read.load(Ordering::Relaxed)),
        );
    }

    /// Takes the line away.
    pub(super) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }

    /// How long it took; none where nobody watches.
    pub(super) fn time(&self) -> Option<Duration> {
        self.bar.as_ref().map(|_| self.started.elapsed())
    }
}

fn bar(size: &Size) -> ProgressBar {
    let count = match size {
        #[cfg(feature = "parquet")]
        Size::Rows(count) => Some(*count),
        Size::Bytes { count, .. } => Some(*count),
        Size::Unknown => None,
    };
    let (bar, template) = match count {
        Some(count) => (
            ProgressBar::new(count),
            "{bar:24} {percent:>3} %  {msg}  {eta} left",
        ),
        None => (ProgressBar::no_length(), "{spinner}  {msg}"),
    };
    bar.with_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// A number with its digits in groups of three.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
