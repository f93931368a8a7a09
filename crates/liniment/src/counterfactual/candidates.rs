//! What a fact could be instead of what is known of it, and how far away that is.

use std::cmp::Ordering;

use super::ways::Hunt;
use crate::case::Case;
use crate::case::value::FactValue;
use crate::cells::value_of_key;
use crate::check::base::{Fact, FactIndex, FactKind};
use crate::compact_sort::CompactSort;
use crate::compile::Node;

/// How many sets of options of one several-fact are considered.
const MOST_SETS: usize = 256;

/// How far a change goes: steps of choices and scales, then amounts of numbers and times.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub(super) struct Distance {
    pub(super) steps: f64,
    pub(super) amount: f64,
}

/// A value that a fact could take instead.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) fact: FactIndex,
    pub(super) value: FactValue,
    distance: Distance,
}

impl Distance {
    /// The shorter first: fewer steps, then a smaller amount.
    pub(super) fn order(&self, other: &Distance) -> Ordering {
        self.steps
            .total_cmp(&other.steps)
            .then(self.amount.total_cmp(&other.amount))
    }
}

/// How far several changes go together.
pub(super) fn total(way: &[Candidate]) -> Distance {
    way.iter().fold(Distance::default(), |sum, candidate| Distance {
        steps: sum.steps + candidate.distance.steps,
        amount: sum.amount + candidate.distance.amount,
    })
}

impl Hunt<'_> {
    /// The values that a fact could take instead of what is known of it, one for each that some rule of the
    /// focus tells from the others: the nearest; nearest first. And whether these are all.
    pub(super) fn candidates(&self, case: &Case, fact: FactIndex) -> (Vec<Candidate>, bool) {
        let Some((found, known)) = self
            .kb
            .base()
            .facts
            .get(fact.index())
            .zip(case.known().get(fact.index()))
        else {
            return (Vec::new(), true);
        };
        let mut all = true;
        let values: Vec<(FactValue, Distance)> = match &found.kind {
            FactKind::YesNo => [false, true]
                .into_iter()
                .map(|yes| (FactValue::YesNo(yes), step(1.0)))
                .collect(),
            FactKind::Choice(options) => (0..options.len())
                .filter_map(|option| u16::try_from(option).ok())
                .map(|option| (FactValue::Option(option), step(1.0)))
                .collect(),
            FactKind::Scale(options) => (0..options.len())
                .filter_map(|option| u16::try_from(option).ok())
                .map(|option| (FactValue::Option(option), step(steps_from(&known.0, option))))
                .collect(),
            FactKind::Several(options) => {
                let (sets, complete) = self.sets(case, fact, options.len());
                all = complete;
                sets
            }
            _ => self.amounts(found, fact, &known.stretches()),
        };
        let mut candidates: Vec<Candidate> = values
            .into_iter()
            .filter(|(value, _)| *value != known.0)
            .map(|(value, distance)| Candidate {
                fact,
                value,
                distance,
            })
            .collect();
        candidates.compact_sort_by(|one, other| one.distance.order(&other.distance));
        (candidates, all)
    }

    /// The sets of options that differ in the options that matter here, and whether these are all.
    fn sets(&self, case: &Case, fact: FactIndex, count: usize) -> (Vec<(FactValue, Distance)>, bool) {
        let cells = &self.kb.program().cells;
        let all = || (0..count).filter_map(|option| u16::try_from(option).ok());
        // The cells of an option: 0 when it is not there, 1 when it is.
        let may_be = |option: u16, there: bool| {
            cells
                .variable(cells.variable_of_option(fact, option))
                .and_then(|variable| case.possible().get(variable.first_word as usize))
                .is_none_or(|word| word >> u32::from(there) & 1 == 1)
        };
        let used: Vec<u16> = all()
            .filter(|option| {
                let variable = cells.variable_of_option(fact, *option);
                self.nodes.nodes.iter().any(|node| matches!(self.kb.program().nodes.get(*node), Node::Literal(literal) if literal.variable == variable))
            })
            .collect();
        let sets = 1usize
            .checked_shl(u32::try_from(used.len()).unwrap_or(u32::MAX))
            .unwrap_or(usize::MAX);
        let complete = sets <= MOST_SETS;
        let listed = (0..sets.min(MOST_SETS))
            .map(|set| {
                let chosen = |option: u16| {
                    used.iter()
                        .position(|used| *used == option)
                        .map_or_else(|| !may_be(option, false), |position| set >> position & 1 == 1)
                };
                let includes: Vec<u16> = all().filter(|option| chosen(*option)).collect();
                let excludes: Vec<u16> = all().filter(|option| !chosen(*option)).collect();
                let differing = all().filter(|option| !may_be(*option, chosen(*option))).count();
                let steps = differing.max(1);
                (FactValue::Options { includes, excludes }, step(steps as f64))
            })
            .collect();
        (listed, complete)
    }

    /// The nearest value of every segment; of a clock only those to come.
    fn amounts(&self, fact: &Fact, index: FactIndex, reach: &[(i64, i64)]) -> Vec<(FactValue, Distance)> {
        let Some(ordered) = self.kb.program().cells.ordered(index) else {
            return Vec::new();
        };
        let forward = self.runs_forward(index);
        (0..=ordered.cuts().len())
            .filter_map(|segment| {
                let (low, high) = ordered.bounds_of_segment(segment);
                let (key, distance) = if reach.is_empty() {
                    (plainest(low, high), step(1.0))
                } else {
                    reach
                        .iter()
                        .filter_map(|(least, greatest)| {
                            let key = nearest_key((low, high), (*least, *greatest), forward)?;
                            let amount = apart(&fact.kind, key, key.clamp(*least, *greatest));
                            Some((key, Distance { steps: 0.0, amount }))
                        })
                        .min_by(|(_, one), (_, other)| one.amount.total_cmp(&other.amount))?
                };
                let value = match fact.kind {
                    FactKind::Number { .. } => FactValue::Number(value_of_key(key)),
                    FactKind::Integer { .. } => FactValue::Integer(key),
                    // A clock that was never started does not start by itself.
                    _ if key == i64::MAX => return None,
                    _ => FactValue::Duration(key),
                };
                Some((value, distance))
            })
            .collect()
    }
}

fn step(steps: f64) -> Distance {
    Distance { steps, amount: 0.0 }
}

/// How many steps of a scale lie between what is known of it and another step.
fn steps_from(known: &FactValue, option: u16) -> f64 {
    match known {
        FactValue::Option(now) => f64::from(now.abs_diff(option)),
        FactValue::StepRange(from, to) => f64::from(option.clamp(*from, *to).abs_diff(option)),
        FactValue::Reports(reports) => reports
            .iter()
            .map(|(report, _)| steps_from(report, option))
            .fold(f64::INFINITY, f64::min),
        _ => 1.0,
    }
}

/// How far apart two keys are: in the fact's own unit, or in seconds.
fn apart(kind: &FactKind, key: i64, from: i64) -> f64 {
    match kind {
        FactKind::Number { .. } => (value_of_key(key) - value_of_key(from)).abs(),
        FactKind::Integer { .. } => key.abs_diff(from) as f64,
        _ => key.abs_diff(from) as f64 / 1e6,
    }
}

/// A key to show for a segment of which any will do: its start, or zero where it has none.
fn plainest(low: i64, high: i64) -> i64 {
    if low == i64::MIN { high.min(0) } else { low }
}

/// The key of a segment that is nearest to a stretch of keys; from there a clock only moves forward.
fn nearest_key((low, high): (i64, i64), (least, greatest): (i64, i64), forward: bool) -> Option<i64> {
    if high < least {
        (!forward).then_some(high)
    } else if greatest < low {
        Some(low)
    } else {
        Some(plainest(low.max(least), high.min(greatest)))
    }
}
