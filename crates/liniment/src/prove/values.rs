//! From possible segments to values that an author would write.

use crate::case::value::FactValue;
use crate::cells::{Cells, number_key, value_of_key};
use crate::check::base::{Fact, FactIndex, FactKind, Scalar};

/// What a case states so that exactly these segments are possible; by variable of the fact.
pub(super) fn value_of(cells: &Cells, index: FactIndex, fact: &Fact, possible: &[Vec<bool>]) -> FactValue {
    if possible.iter().flatten().all(|possible| *possible) {
        return FactValue::Unknown;
    }
    if let FactKind::Several(_) = fact.kind {
        let mut value = (Vec::new(), Vec::new());
        for (option, cells) in possible.iter().enumerate() {
            let option = u16::try_from(option).unwrap_or(u16::MAX);
            match cells.as_slice() {
                [true, false] => value.1.push(option),
                [false, true] => value.0.push(option),
                _ => {}
            }
        }
        return FactValue::Options {
            includes: value.0,
            excludes: value.1,
        };
    }
    let one = possible.first().map_or(&[][..], Vec::as_slice);
    if let Some(ordered) = cells.ordered(index) {
        let bounds: Vec<(i64, i64)> = (0..one.len())
            .map(|segment| ordered.bounds_of_segment(segment))
            .collect();
        return ordered_value(&fact.kind, &bounds, one);
    }
    let chosen = chosen(one);
    let number = |option: usize| u16::try_from(option).unwrap_or(u16::MAX);
    match (chosen.as_slice(), &fact.kind) {
        ([], _) => FactValue::Unknown,
        ([option], FactKind::YesNo) => FactValue::YesNo(*option == 1),
        ([option], _) => FactValue::Option(number(*option)),
        ([first, .., last], FactKind::Scale(_)) if gapless(&chosen) => {
            FactValue::StepRange(number(*first), number(*last))
        }
        (several, _) => reports(several.iter().map(|option| FactValue::Option(number(*option)))),
    }
}

/// What a case states of an ordered fact so that exactly these of its pieces are possible.
pub(super) fn ordered_value(kind: &FactKind, bounds: &[(i64, i64)], possible: &[bool]) -> FactValue {
    let chosen = chosen(possible);
    let key = |piece: usize| {
        bounds
            .get(piece)
            .map_or(0, |(low, high)| plain_between(kind, *low, *high))
    };
    match chosen.as_slice() {
        [] => FactValue::Unknown,
        all if all.len() == bounds.len() => FactValue::Unknown,
        [piece] => of_key(kind, key(*piece)),
        [first, .., last] if gapless(&chosen) => {
            FactValue::Range(scalar(kind, key(*first)), scalar(kind, key(*last)))
        }
        several => reports(several.iter().map(|piece| of_key(kind, key(*piece)))),
    }
}

fn chosen(possible: &[bool]) -> Vec<usize> {
    possible
        .iter()
        .enumerate()
        .filter(|(_, possible)| **possible)
        .map(|(number, _)| number)
        .collect()
}

fn gapless(list: &[usize]) -> bool {
    list.windows(2)
        .all(|pair| matches!(pair, [one, next] if one + 1 == *next))
}

fn reports(values: impl Iterator<Item = FactValue>) -> FactValue {
    FactValue::Reports(
        values
            .enumerate()
            .map(|(number, value)| (value, format!("source {}", number + 1)))
            .collect(),
    )
}

/// The value of a key.
pub(super) fn of_key(kind: &FactKind, key: i64) -> FactValue {
    match kind {
        FactKind::Integer { .. } => FactValue::Integer(key),
        FactKind::Number { .. } => FactValue::Number(value_of_key(key)),
        _ => FactValue::Duration(key),
    }
}

fn scalar(kind: &FactKind, key: i64) -> Option<Scalar> {
    match kind {
        FactKind::Integer { .. } => Some(Scalar::Integer(key)),
        FactKind::Number { .. } => Some(Scalar::Number(value_of_key(key))),
        FactKind::Duration { .. } | FactKind::Clock { .. } => Some(Scalar::Duration(key)),
        _ => None,
    }
}

/// The plainest key between two, both included.
pub(super) fn plain_between(kind: &FactKind, low: i64, high: i64) -> i64 {
    match kind {
        FactKind::Integer { .. } => 0.clamp(low, high),
        FactKind::Number { .. } => {
            let (low, high) = (low.max(number_key(f64::MIN)), high.min(number_key(f64::MAX)));
            let (least, most) = (value_of_key(low), value_of_key(high));
            let inner = if low == number_key(f64::MIN) {
                most.floor()
            } else {
                least.ceil()
            };
            let tenth = (least * 10.0).ceil() / 10.0;
            let plain = [0.0, inner, tenth, least.midpoint(most)];
            plain
                .into_iter()
                .map(number_key)
                .find(|key| (low..=high).contains(key))
                .unwrap_or(low)
        }
        _ => {
            // The roundest length that fits: whole days, hours, minutes, seconds.
            let fits = [86_400, 3_600, 60, 1].into_iter().find_map(|seconds: i64| {
                let unit = seconds * 1_000_000;
                let up = low.checked_add(unit - 1)? / unit * unit;
                (up <= high).then_some(up)
            });
            fits.unwrap_or(low)
        }
    }
}
