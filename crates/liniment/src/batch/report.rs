//! What was done so far, and stopping it.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use crate::verdict::Verdict;

/// What a batch has done so far, all its runs together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct BatchReport {
    /// The rows done.
    pub rows: u64,
    /// The rows with a value that its fact does not take.
    pub bad_rows: u64,
    /// How many such values each fact had; facts without any are left out.
    pub bad_values: Vec<(String, u64)>,
    /// How often each verdict was given; those never given are left out. Empty for
    /// [`BatchOutput::Masks`](super::BatchOutput::Masks), where no verdict is decided.
    pub verdicts: Vec<(Verdict, u64)>,
}

/// Tells from another thread how far a batch is, and stops it. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct BatchHandle {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    stopped: AtomicBool,
    rows: AtomicU64,
    tally: Mutex<Tally>,
}

impl BatchHandle {
    /// Stops the batch: what runs ends soon with an error, what starts later at once.
    pub fn stop(&self) {
        self.shared.stopped.store(true, Ordering::Relaxed);
    }

    /// Whether it was stopped.
    pub fn is_stopped(&self) -> bool {
        self.shared.stopped.load(Ordering::Relaxed)
    }

    /// How many rows are done.
    pub fn rows_done(&self) -> u64 {
        self.shared.rows.load(Ordering::Relaxed)
    }

    pub(super) fn add(&self, tally: &Tally) {
        self.shared.rows.fetch_add(tally.rows, Ordering::Relaxed);
        let mut whole = match self.shared.tally.lock() {
            Ok(whole) => whole,
            // Numbers cannot be left half-written.
            Err(poisoned) => poisoned.into_inner(),
        };
        whole.add(tally);
    }

    pub(super) fn tally(&self) -> Tally {
        match self.shared.tally.lock() {
            Ok(tally) => tally.clone(),
            Err(poisoned) => poisoned.into_inner().clone(),
        }
    }
}

/// Counts of one chunk, or of all.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    pub(super) rows: u64,
    pub(super) bad_rows: u64,
    /// By column bound to a fact.
    pub(super) bad_values: Vec<u64>,
    /// By verdict code.
    pub(super) verdicts: [u64; 12],
}

impl Tally {
    fn add(&mut self, other: &Tally) {
        self.rows += other.rows;
        self.bad_rows += other.bad_rows;
        if self.bad_values.len() < other.bad_values.len() {
            self.bad_values.resize(other.bad_values.len(), 0);
        }
        for (sum, more) in self.bad_values.iter_mut().zip(&other.bad_values) {
            *sum += more;
        }
        for (sum, more) in self.verdicts.iter_mut().zip(&other.verdicts) {
            *sum += more;
        }
    }

    pub(super) fn count(&mut self, verdict: Verdict, times: u64) {
        if let Some(sum) = self.verdicts.get_mut(usize::from(verdict.code())) {
            *sum += times;
        }
    }
}
