//! How far the building of a knowledge base has come.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::ops::ControlFlow;

use serde::Serialize;

/// A stage of building a knowledge base, in the order in which they come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Stage {
    /// The text is read; counted in bytes.
    Parse,
    /// Names and types are looked up; counted in statements, of which rules take the time.
    Check,
    /// Cases are searched for that no rule should have; counted in rules and advice ids.
    Search,
    /// Conditions are compiled; counted in rules.
    Compile,
}

impl Stage {
    /// All stages, in order.
    pub const ALL: [Stage; 4] = [Stage::Parse, Stage::Check, Stage::Search, Stage::Compile];

    /// Its name, as in JSON: `parse`, `check`, `search`, `compile`.
    pub fn name(self) -> &'static str {
        match self {
            Stage::Parse => "parse",
            Stage::Check => "check",
            Stage::Search => "search",
            Stage::Compile => "compile",
        }
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// How far one stage has come; see [`Builder::progress`](crate::Builder::progress).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Progress {
    /// The stage.
    pub stage: Stage,
    /// How much of it is done: bytes or rules, see [`Stage`].
    pub done: u64,
    /// How much there is to do; never less than `done`.
    pub total: u64,
}

/// What is called, and whether to go on.
pub(crate) type Callback = Box<dyn FnMut(Progress) -> ControlFlow<()> + Send>;

/// Tells of progress about a hundred times a stage, so that a stage can count as often as it likes.
#[derive(Default)]
pub(crate) struct Reporter {
    callback: RefCell<Option<Callback>>,
    now: Cell<Option<Progress>>,
    /// What must be done before the next call.
    next: Cell<u64>,
    stopped: Cell<bool>,
}

impl Reporter {
    pub(crate) fn new(callback: Option<Callback>) -> Self {
        Self {
            callback: RefCell::new(callback),
            ..Self::default()
        }
    }

    /// Nobody wants to go on.
    pub(crate) fn is_stopped(&self) -> bool {
        self.stopped.get()
    }

    /// A stage begins.
    pub(crate) fn start(&self, stage: Stage, total: u64) {
        self.tell(Progress {
            stage,
            done: 0,
            total,
        });
    }

    /// So much more of the stage is done.
    pub(crate) fn advance(&self, by: u64) {
        if let Some(now) = self.now.get() {
            let done = now.done.saturating_add(by).min(now.total);
            let now = Progress { done, ..now };
            self.now.set(Some(now));
            if done >= self.next.get() && done < now.total {
                self.tell(now);
            }
        }
    }

    /// The stage is over.
    pub(crate) fn finish(&self) {
        if let Some(now) = self.now.take() {
            self.tell(Progress {
                done: now.total,
                ..now
            });
        }
    }

    fn tell(&self, progress: Progress) {
        self.now.set(Some(progress));
        self.next.set(progress.done + progress.total.div_ceil(100).max(1));
        let mut callback = self.callback.borrow_mut();
        if let Some(call) = callback.as_mut().filter(|_| !self.stopped.get())
            && call(progress).is_break()
        {
            self.stopped.set(true);
        }
    }
}
