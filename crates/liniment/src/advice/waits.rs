//! What a deferred item waits for, and how long.

use super::{Elapsed, OpensAt};
use crate::check::base::{CheckedBase, FactIndex};

/// What a deferred item waits for, but for the values of the clocks: the same for all cases in the same cells.
#[derive(Clone, Debug, Default)]
pub(crate) struct Waits {
    /// By rule.
    pub(crate) clocks: Vec<ClockWait>,
    /// Some rule waits for no clock.
    pub(crate) endless: bool,
}

/// A clock that must reach a limit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ClockWait {
    pub(crate) clock: FactIndex,
    pub(crate) limit: i64,
    /// The clock runs, and nothing else keeps the gate shut.
    pub(crate) runs: bool,
}

impl Waits {
    /// The time until the item is surely open, the longest of its rules', none when one is not known; and the
    /// clock and limit that open it. `least` says how much of a clock has surely passed.
    pub(crate) fn opens(
        &self,
        base: &CheckedBase,
        least: impl Fn(FactIndex) -> Option<i64>,
    ) -> (Option<Elapsed>, Option<OpensAt>) {
        let mut longest: Option<(Option<i64>, &ClockWait)> = None;
        let mut known = !self.endless;
        for wait in &self.clocks {
            let remaining = least(wait.clock)
                .filter(|_| wait.runs)
                .map(|least| wait.limit.saturating_sub(least).max(0));
            known &= remaining.is_some();
            if longest.is_none_or(|(longest, _)| remaining > longest) {
                longest = Some((remaining, wait));
            }
        }
        let Some((remaining, wait)) = longest else {
            return (None, None);
        };
        let fact = base.facts.get(wait.clock.index());
        let opens_at = OpensAt {
            fact: fact.map(|fact| fact.id.clone()).unwrap_or_default(),
            limit: Elapsed::from_microseconds(wait.limit),
        };
        (
            remaining.filter(|_| known).map(Elapsed::from_microseconds),
            Some(opens_at),
        )
    }
}
