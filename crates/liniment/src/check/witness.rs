//! A found case as an author would write it: facts in RON.

use std::collections::BTreeMap;

use super::base::{FactIndex, FactKind};
use super::search::Found;
use super::speaks::Speech;
use crate::cells::{VariableIndex, value_of_key};
use crate::text::duration;

/// The possible cells of each variable of a fact.
type OptionCells = Vec<(Option<u16>, Vec<u32>)>;

/// The facts of these variables (sorted), each with one value from the cells found for it.
pub(super) fn witness(speech: &Speech<'_>, case: &Found, shown: &[VariableIndex]) -> String {
    // Each fact with the cells of its variables: a several-fact has one per option.
    let mut facts: BTreeMap<FactIndex, OptionCells> = BTreeMap::new();
    for (variable, words) in case.variables() {
        let Some(found) = speech.cells.variable(variable) else {
            continue;
        };
        if shown.binary_search(&variable).is_err() {
            continue;
        }
        let variable = found;
        let possible: Vec<u32> = (0..variable.cells)
            .filter(|cell| {
                words
                    .get((cell / 64) as usize)
                    .is_some_and(|word| word >> (cell % 64) & 1 == 1)
            })
            .collect();
        // What may be anything does not matter.
        if possible.len() < variable.cells as usize {
            facts
                .entry(variable.fact)
                .or_default()
                .push((variable.option, possible));
        }
    }
    let entries: Vec<String> = facts
        .iter()
        .filter_map(|(fact, found)| {
            let declared = speech.base.facts.get(fact.index())?;
            Some(format!(
                "\"{}\": {}",
                declared.id,
                value(speech, *fact, &declared.kind, found)?
            ))
        })
        .collect();
    format!("{{{}}}", entries.join(", "))
}

fn value(
    speech: &Speech<'_>,
    fact: FactIndex,
    kind: &FactKind,
    found: &[(Option<u16>, Vec<u32>)],
) -> Option<String> {
    let first = found.first()?.1.first().copied()?;
    match kind {
        FactKind::YesNo => Some((first == 1).to_string()),
        FactKind::Choice(options) | FactKind::Scale(options) => {
            Some(format!("\"{}\"", options.get(first as usize)?))
        }
        FactKind::Several(options) => {
            let named = |wanted: u32| {
                let options = found
                    .iter()
                    .filter(|(_, cells)| cells.first() == Some(&wanted))
                    .filter_map(|(option, _)| options.get(usize::from((*option)?)));
                options
                    .map(|option| format!("\"{option}\""))
                    .collect::<Vec<_>>()
                    .join(", ")
            };
            if found.len() == options.len() {
                return Some(format!("[{}]", named(1)));
            }
            Some(format!(
                "{{\"includes\": [{}], \"excludes\": [{}]}}",
                named(1),
                named(0)
            ))
        }
        FactKind::Integer { .. }
        | FactKind::Number { .. }
        | FactKind::Duration { .. }
        | FactKind::Clock { .. } => {
            let ordered = speech.cells.ordered(fact)?;
            let (low, high) = ordered.bounds_of_segment(ordered.segment_of_cell(first));
            Some(ordered_value(kind, low, high))
        }
    }
}

/// A plain value between two keys, both included.
fn ordered_value(kind: &FactKind, low: i64, high: i64) -> String {
    const SECOND: i64 = 1_000_000;
    match kind {
        FactKind::Integer { .. } => if low > i64::MIN {
            low
        } else if high < i64::MAX {
            high
        } else {
            0
        }
        .to_string(),
        FactKind::Number { .. } => plain_number(low, high),
        _ => {
            // The roundest length that fits: whole days, hours, minutes, seconds.
            let units = [86_400, 3_600, 60, 1].map(|seconds| seconds * SECOND);
            let fits = units.into_iter().find_map(|unit| {
                let up = low.checked_add(unit - 1)? / unit * unit;
                (up <= high).then_some(up)
            });
            format!("\"{}\"", spell(fits.unwrap_or(low)))
        }
    }
}

/// A length of time as authors write it: `3d`, `26h`, `90min`.
fn spell(microseconds: i64) -> String {
    const SECOND: i64 = 1_000_000;
    for (unit, name) in [(86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")] {
        let size = unit * SECOND;
        if microseconds > 0 && microseconds % size == 0 {
            return format!("{}{name}", microseconds / size);
        }
    }
    if microseconds == 0 {
        "0s".to_owned()
    } else {
        duration::iso(microseconds)
    }
}

fn plain_number(low: i64, high: i64) -> String {
    let (low_value, high_value) = (value_of_key(low), value_of_key(high));
    let bounded_low = low > i64::MIN && low_value.is_finite();
    let bounded_high = high < i64::MAX && high_value.is_finite();
    match (bounded_low, bounded_high) {
        (false, false) => "0".to_owned(),
        (false, true) => round_within(high_value.floor(), f64::NEG_INFINITY, high_value).to_string(),
        (true, false) => round_within(low_value.ceil(), low_value, f64::INFINITY).to_string(),
        (true, true) => {
            let candidates = [
                low_value.ceil(),
                (low_value * 10.0).ceil() / 10.0,
                (low_value + high_value) / 2.0,
                low_value,
            ];
            candidates
                .into_iter()
                .find(|value| *value >= low_value && *value <= high_value)
                .unwrap_or(low_value)
                .to_string()
        }
    }
}

fn round_within(value: f64, low: f64, high: f64) -> f64 {
    if value >= low && value <= high {
        value
    } else if low.is_finite() {
        low
    } else {
        high
    }
}
