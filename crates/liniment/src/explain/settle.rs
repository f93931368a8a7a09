//! The truth of what was drafted, what is known of it, and by how much it misses.

use serde_json::Value;

use super::Proof;
use super::draft::{Draft, Drafter, Wanted};
use super::names::{citations, place};
use crate::advice::Assembly;
use crate::case::value::FactValue;
use crate::cells::{Cells, value_of_key};
use crate::check::base::{Comparison, Fact, FactIndex, FactKind, Limit, Test, Window};
use crate::evaluate::{Truth, Truths};
use crate::text::duration;

impl Drafter<'_> {
    /// Looks up the truth of all drafts at once.
    pub(super) fn settle(&self, assembly: &Assembly<'_>, drafts: Vec<Draft>) -> Vec<Proof> {
        let truths = Truths::over(
            self.compiler.cells,
            &self.compiler.nodes,
            assembly.program.boxes,
            assembly.truths.possible,
        );
        drafts
            .into_iter()
            .map(|draft| proof(assembly, &truths, draft))
            .collect()
    }
}

// As deep as conditions and definitions nest, which the limits bound.
fn proof(assembly: &Assembly<'_>, truths: &Truths<'_>, draft: Draft) -> Proof {
    let base = assembly.base;
    let truth = truths.of(draft.node);
    let met = draft.wanted.met_by(truth);
    let fact = draft
        .fact
        .and_then(|fact| base.facts.get(fact.index()).zip(assembly.known.get(fact.index())));
    let parts: Vec<Proof> = draft
        .parts
        .into_iter()
        .map(|part| proof(assembly, truths, part))
        .collect();
    let mut value = fact.map_or(Value::Null, |(fact, known)| known.0.to_json(fact));
    let mut misses_by = fact.filter(|_| !met).and_then(|(fact, known)| {
        misses_by(
            truths.cells,
            (draft.fact?, fact),
            known,
            draft.test.as_ref(),
            draft.window.as_ref(),
        )
    });
    if let Some((points, from, to)) = &draft.score {
        let (least, most) = reached(points, &parts);
        value = if least == most {
            Value::from(least)
        } else {
            serde_json::json!({ "from": least, "to": most })
        };
        // By how much even the best that is possible misses it, or what is known of it.
        misses_by = match (truth, draft.wanted) {
            (Truth::False, Wanted::True) if most < *from => Some(Value::from(from.saturating_sub(most))),
            (Truth::False, Wanted::True) if least > *to => Some(Value::from(least.saturating_sub(*to))),
            _ => None,
        };
    }
    Proof {
        role: draft.role,
        statement: draft.statement,
        truth,
        met,
        fact: fact.map(|(fact, _)| fact.id.clone()),
        ask: fact.map(|(fact, _)| assembly.words(&fact.ask)),
        value,
        misses_by,
        place: place(base, draft.span),
        inferred: draft.inferred,
        cites: citations(base, &draft.cites),
        parts,
    }
}

/// The least and the most points that are possible.
fn reached(points: &[i64], parts: &[Proof]) -> (i64, i64) {
    points
        .iter()
        .zip(parts)
        .fold((0, 0), |(least, most), (points, part)| {
            let (surely, perhaps) = match part.truth {
                Truth::True => (*points, *points),
                Truth::False => (0, 0),
                Truth::Unknown => (0.min(*points), 0.max(*points)),
            };
            (
                i64::saturating_add(least, surely),
                i64::saturating_add(most, perhaps),
            )
        })
}

/// How far the nearest known value is from the limit.
fn misses_by(
    cells: &Cells,
    (index, fact): (FactIndex, &Fact),
    known: &crate::case::Known,
    test: Option<&Test>,
    window: Option<&(Window, bool)>,
) -> Option<Value> {
    let compared: Vec<(Comparison, Limit)> = match (test, window) {
        (Some(Test::Compare(comparison, limit)), _) => vec![(*comparison, *limit)],
        (Some(Test::All(tests)), _) => tests
            .iter()
            .filter_map(|test| match test {
                Test::Compare(comparison, limit) => Some((*comparison, *limit)),
                _ => None,
            })
            .collect(),
        (_, Some((window, true))) => vec![(Comparison::AtLeast, window.limit)],
        (_, Some((window, false))) => vec![(Comparison::AtMost, window.limit)],
        _ => return None,
    };
    compared
        .into_iter()
        .find_map(|(comparison, limit)| misses(cells, (index, fact), known, comparison, limit))
}

/// How far it is from this limit; none where it is met, or cannot be measured.
fn misses(
    cells: &Cells,
    (index, fact): (FactIndex, &Fact),
    known: &crate::case::Known,
    comparison: Comparison,
    limit: Limit,
) -> Option<Value> {
    let is_lower = matches!(comparison, Comparison::AtLeast | Comparison::MoreThan);
    if let (FactKind::Scale(_), Limit::Step(step)) = (&fact.kind, &limit) {
        let FactValue::Option(now) = known.0 else {
            return None;
        };
        let short = if is_lower {
            step.checked_sub(now)
        } else {
            now.checked_sub(*step)
        };
        return short.filter(|steps| *steps > 0).map(Value::from);
    }
    let ordered = cells.ordered(index)?;
    let (least, most) = known.bounds()?;
    let (low, high) = ordered.limit_keys(&limit);
    let (value, limit_key) = if is_lower {
        (least, high)
    } else {
        (most, low.max(high))
    };
    let missed = if is_lower {
        value <= limit_key
    } else {
        value >= limit_key
    };
    if value == i64::MAX || !missed {
        return None;
    }
    Some(match &fact.kind {
        FactKind::Duration { .. } | FactKind::Clock { .. } => {
            Value::from(duration::iso(limit_key.saturating_sub(value).saturating_abs()))
        }
        FactKind::Integer { .. } => Value::from(limit_key.saturating_sub(value).saturating_abs()),
        _ => Value::from((value_of_key(limit_key) - value_of_key(value)).abs()),
    })
}
