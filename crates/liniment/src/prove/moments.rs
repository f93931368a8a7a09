//! Promises about two cases at once: a later moment, and a case of which less is known.

use std::collections::BTreeMap;

use batsat::Lit;

use super::claim::{Claim, Replay, World};
use super::properties::Numbers;
use super::report::Record;
use super::search::{Answer, Prover};
use super::values::{of_key, plain_between};
use super::witness::{Witness, facts_of, id_of, must_not, said};
use crate::case::Case;
use crate::case::value::FactValue;
use crate::cells::{Cells, VariableIndex, has_bit};
use crate::check::base::{AdviceIndex, CheckedBase, FactIndex, FactKind, PropertyKind, Rule, Scalar};
use crate::compact_sort::distinct;
use crate::compile::Program;
use crate::diagnostic::Finding;
use crate::diagnostic::codes::proofs as codes;
use crate::evaluate::{Truth, Truths, words_of};
use crate::verdict::Verdict;

const OPEN: [Verdict; 2] = [Verdict::Recommend, Verdict::Optional];

pub(super) fn ask(prover: &mut Prover<'_>, record: &mut Record) {
    let Some(base) = prover.worlds.first().map(World::base) else {
        return;
    };
    let mut numbers = Numbers::default();
    for property in &base.properties {
        let pack = base
            .packs
            .get(property.pack.index())
            .map_or("", |pack| pack.id.as_str());
        match &property.kind {
            PropertyKind::OnceOpenStaysOpen(advice) => {
                let question = format!(
                    "`OnceOpenStaysOpen` {} of `{pack}` holds (`{}`)",
                    numbers.next(pack, "OnceOpenStaysOpen"),
                    id_of(base, *advice)
                );
                let open = Claim::Stands(*advice, OPEN.to_vec());
                let shut = Claim::Any(vec![
                    Claim::Stands(*advice, vec![Verdict::Defer]),
                    Claim::Stands(*advice, Verdict::ALL.to_vec()).negated(),
                ]);
                let Some(program) = prover.worlds.first().map(World::program) else {
                    return;
                };
                match pair(prover, (&open, &shut), two_moments, |cases| {
                    move_clocks(base, program, cases)
                }) {
                    Answer::None => record.proved(question),
                    Answer::Undecided => record.undecided(question, Some(property.span)),
                    Answer::Found(cases) => {
                        let [before, after] = cases.as_slice() else {
                            continue;
                        };
                        let Some(world) = prover.worlds.first() else {
                            continue;
                        };
                        let open = Replay::of(world, before)
                            .stands(*advice)
                            .unwrap_or(Verdict::Recommend);
                        let witness = Witness::new(record.name(&codes::TIME_CLOSES), base, after)
                            .remark(format!("before: {}", facts_of(base, before)))
                            .remarks(said(world, before, &[*advice]))
                            .remark("later:")
                            .remarks(said(world, after, &[*advice]))
                            .check(format!("must: {{\"{}\": \"{open}\"}}", id_of(base, *advice)));
                        let mut finding = Finding::new(
                            &codes::TIME_CLOSES,
                            format!(
                                "`{}` is open and shuts again as time passes",
                                id_of(base, *advice)
                            ),
                        )
                        .at(property.span, "promised here");
                        for rule in rules_of(base, *advice) {
                            finding = finding.at(rule.span, format!("`{}` speaks of it", rule.id));
                        }
                        record.fails(
                            question,
                            finding
                                .help("take out what shuts it again, or do not promise this")
                                .witness(witness.written()),
                        );
                    }
                }
            }
            PropertyKind::ForgettingNeverOpens(advice) => {
                let ids: Vec<String> = advice
                    .iter()
                    .map(|advice| format!("`{}`", id_of(base, *advice)))
                    .collect();
                let ids = ids.join(", ");
                let question = format!(
                    "`ForgettingNeverOpens` {} of `{pack}` holds ({ids})",
                    numbers.next(pack, "ForgettingNeverOpens")
                );
                let open = Claim::Any(
                    advice
                        .iter()
                        .map(|advice| Claim::Stands(*advice, OPEN.to_vec()))
                        .collect(),
                );
                match pair(prover, (&open.clone().negated(), &open), more_and_less, Some) {
                    Answer::None => record.proved(question),
                    Answer::Undecided => record.undecided(question, Some(property.span)),
                    Answer::Found(cases) => {
                        let [known, forgot] = cases.as_slice() else {
                            continue;
                        };
                        let Some(world) = prover.worlds.first() else {
                            continue;
                        };
                        let forbidden: Vec<(AdviceIndex, Vec<Verdict>)> =
                            advice.iter().map(|advice| (*advice, OPEN.to_vec())).collect();
                        let witness = Witness::new(record.name(&codes::FORGETTING_OPENS), base, forgot)
                            .remark(format!("when more is known: {}", facts_of(base, known)))
                            .remarks(said(world, known, advice))
                            .remark("when less is known:")
                            .remarks(said(world, forgot, advice))
                            .check(must_not(base, &forbidden));
                        let mut finding =
                            Finding::new(&codes::FORGETTING_OPENS, format!("knowing less opens {ids}"))
                                .at(property.span, "promised here");
                        for rule in advice.iter().flat_map(|advice| rules_of(base, *advice)) {
                            finding = finding.at(rule.span, format!("`{}` speaks of it", rule.id));
                        }
                        record.fails(
                            question,
                            finding
                                .help(
                                    "let what holds it back act while it is unknown too: `never_when`, a gate, \
                                     a scope",
                                )
                                .witness(witness.written()),
                        );
                    }
                }
            }
            _ => {}
        }
    }
}

fn rules_of(base: &CheckedBase, advice: AdviceIndex) -> impl Iterator<Item = &Rule> {
    let rules = base
        .advice
        .get(advice.index())
        .map_or(&[][..], |advice| &advice.rules);
    rules.iter().filter_map(|rule| base.rules.get(rule.index()))
}

/// Two cases that meet a claim each, linked by what they rest on; where the first is complete, if there are such.
fn pair(
    prover: &mut Prover<'_>,
    (one, other): (&Claim, &Claim),
    link: impl FnOnce(&mut Prover<'_>, usize, usize),
    change: impl Fn(Vec<Case>) -> Option<Vec<Case>> + Copy,
) -> Answer {
    let (first, second) = (prover.fresh_scene(), prover.scene());
    let wanted = [prover.put(first, one), prover.put(second, other)];
    link(prover, first, second);
    prover.ask_with(&[first, second], &wanted, change, |replays| match replays {
        [before, after] => before.is(one) && after.is(other),
        _ => false,
    })
}

/// The facts that either of two cases rests on.
fn facts_of_both(prover: &Prover<'_>, one: usize, other: usize) -> Vec<FactIndex> {
    let facts = prover.facts_of(one).into_iter();
    distinct(facts.chain(prover.facts_of(other)))
}

/// A case, and one of which no more is known.
fn more_and_less(prover: &mut Prover<'_>, more: usize, less: usize) {
    let Some(program) = prover.worlds.first().map(World::program) else {
        return;
    };
    for fact in facts_of_both(prover, more, less) {
        for variable in program.cells.variables_of(fact) {
            let (known, forgot) = (
                prover.segments_of(more, variable),
                prover.segments_of(less, variable),
            );
            for (known, forgot) in known.into_iter().zip(forgot) {
                prover.gates.implies(known, forgot);
            }
        }
    }
}

/// A case, and the same later: every clock that runs has moved forward, all else is as it was. What is
/// not known of a clock at all is not known later either.
fn two_moments(prover: &mut Prover<'_>, now: usize, then: usize) {
    let Some((base, program)) = prover.subject() else {
        return;
    };
    // Whether a clock runs may rest on more facts, and these may be clocks.
    let mut running: BTreeMap<FactIndex, Lit> = BTreeMap::new();
    let facts = loop {
        let facts = facts_of_both(prover, now, then);
        let mut more = false;
        for fact in &facts {
            let runs = program.runs_while.get(fact.index()).copied().flatten();
            if let Some(runs) = runs.filter(|_| !running.contains_key(fact)) {
                running.insert(*fact, prover.put(now, &Claim::Possible(runs)));
                more = true;
            }
        }
        if !more {
            break facts;
        }
    };
    for fact in facts {
        let is_clock = base
            .facts
            .get(fact.index())
            .is_some_and(|fact| matches!(fact.kind, FactKind::Clock { .. }));
        for variable in program.cells.variables_of(fact) {
            let (before, after) = (
                prover.segments_of(now, variable),
                prover.segments_of(then, variable),
            );
            if is_clock {
                move_on(prover, &before, &after);
            }
            // What is no clock stays as it was, and so does a clock that stands still.
            let may_move = match (is_clock, running.get(&fact)) {
                (true, Some(runs)) => *runs,
                (true, None) => continue,
                (false, _) => prover.gates.constant(false),
            };
            for (one, other) in before.into_iter().zip(after) {
                prover.gates.clause(&[may_move, !one, other]);
                prover.gates.clause(&[may_move, one, !other]);
            }
        }
    }
}

/// Whatever was possible has moved on to something possible, and nothing comes from nowhere.
fn move_on(prover: &mut Prover<'_>, before: &[Lit], after: &[Lit]) {
    for (from, one) in before.iter().enumerate() {
        let later = after.iter().skip(from).copied();
        let moved: Vec<Lit> = later.chain([!*one]).collect();
        prover.gates.clause(&moved);
    }
    for (to, other) in after.iter().enumerate() {
        let earlier = before.iter().take(to + 1).copied();
        let came: Vec<Lit> = earlier.chain([!*other]).collect();
        prover.gates.clause(&came);
    }
}

/// Gives the clocks of two cases values that lie the same time apart; none when there are no such values.
fn move_clocks(base: &CheckedBase, program: &Program, mut cases: Vec<Case>) -> Option<Vec<Case>> {
    let mut moved: Vec<(FactIndex, Vec<Step>)> = Vec::new();
    let (mut least, mut most) = (0i64, i64::MAX / 4);
    let cells = &program.cells;
    {
        let [before, after] = cases.as_slice() else {
            return None;
        };
        let truths = Truths::new(program, before.possible());
        for (position, fact) in base.facts.iter().enumerate() {
            let index = FactIndex::new(position);
            if !matches!(fact.kind, FactKind::Clock { .. }) {
                continue;
            }
            let runs = program.runs_while.get(position).copied().flatten();
            if runs.is_some_and(|runs| truths.of(runs) == Truth::False) {
                continue;
            }
            let ordered = cells.ordered(index)?;
            let variable = cells.variable_of(index);
            let (one, other) = (
                possible(cells, before, variable),
                possible(cells, after, variable),
            );
            let count = ordered.cuts().len() + 1;
            if one.len() == count && other.len() == count {
                continue;
            }
            let bounds = |segment: usize| {
                let (low, high) = ordered.bounds_of_segment(segment);
                (low, high.min(i64::MAX / 4))
            };
            let steps = steps(&one, &other, count)?;
            for step in &steps {
                let ((from_low, from_high), (to_low, to_high)) = (bounds(step.from), bounds(step.to));
                // A value in the last segment may be as late as it likes.
                least = least.max(to_low.saturating_sub(from_high));
                most = most.min(to_high.saturating_sub(from_low));
            }
            moved.push((index, steps));
        }
    }
    if least > most {
        return None;
    }
    let kind = FactKind::Clock { runs_while: None };
    let apart = plain_between(&kind, least, most);
    for (index, steps) in moved {
        let ordered = cells.ordered(index)?;
        let mut values = Vec::new();
        for step in &steps {
            let (from_low, from_high) = ordered.bounds_of_segment(step.from);
            let (to_low, to_high) = ordered.bounds_of_segment(step.to);
            let (low, high) = (
                from_low.max(to_low.saturating_sub(apart)),
                from_high.min(to_high.saturating_sub(apart)),
            );
            if low > high {
                return None;
            }
            let value = plain_between(&kind, low, high.min(i64::MAX / 4).max(low));
            values.push((value, value.saturating_add(apart)));
        }
        let [before, after] = cases.as_mut_slice() else {
            return None;
        };
        before.put(
            index,
            several(
                &kind,
                &values.iter().map(|(before, _)| *before).collect::<Vec<_>>(),
                &steps,
            ),
        );
        after.put(
            index,
            several(
                &kind,
                &values.iter().map(|(_, after)| *after).collect::<Vec<_>>(),
                &steps,
            ),
        );
    }
    Some(cases)
}

/// One value of a clock, before and after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Step {
    from: usize,
    to: usize,
    /// Everything between this value and the next is possible too.
    range: bool,
}

fn possible(cells: &Cells, case: &Case, variable: VariableIndex) -> Vec<usize> {
    let Some(found) = cells.variable(variable) else {
        return Vec::new();
    };
    let words = words_of(cells, case.possible(), variable);
    let Some(ordered) = cells.ordered(found.fact) else {
        return Vec::new();
    };
    let mut segments: Vec<usize> = (0..found.cells)
        .filter(|cell| has_bit(words, *cell))
        .map(|cell| ordered.segment_of_cell(cell))
        .collect();
    segments.dedup();
    segments
}

/// Values whose moving takes the possible segments of one case to those of the other.
fn steps(one: &[usize], other: &[usize], count: usize) -> Option<Vec<Step>> {
    let gapless = |list: &[usize]| {
        list.windows(2)
            .all(|pair| matches!(pair, [one, next] if one + 1 == *next))
    };
    if let ([from], [to]) = (one, other) {
        return Some(vec![Step {
            from: *from,
            to: *to,
            range: false,
        }]);
    }
    let ends = |list: &[usize]| list.first().copied().zip(list.last().copied());
    let ((first, last), (next_first, next_last)) = (ends(one)?, ends(other)?);
    if gapless(one) && gapless(other) && last < count {
        return Some(vec![
            Step {
                from: first,
                to: next_first,
                range: true,
            },
            Step {
                from: last,
                to: next_last,
                range: true,
            },
        ]);
    }
    let mut steps: Vec<Step> = Vec::new();
    for from in one {
        let to = other.iter().find(|to| *to >= from)?;
        steps.push(Step {
            from: *from,
            to: *to,
            range: false,
        });
    }
    for to in other {
        let from = one.iter().rev().find(|from| *from <= to)?;
        let step = Step {
            from: *from,
            to: *to,
            range: false,
        };
        if !steps.contains(&step) {
            steps.push(step);
        }
    }
    Some(steps)
}

fn several(kind: &FactKind, values: &[i64], steps: &[Step]) -> FactValue {
    match (values, steps.first().is_some_and(|step| step.range)) {
        ([one], _) => of_key(kind, *one),
        ([first, last], true) if first == last => of_key(kind, *first),
        ([first, last], true) => FactValue::Range(
            Some(Scalar::Duration(*first.min(last))),
            Some(Scalar::Duration(*first.max(last))),
        ),
        _ => {
            let reports = values
                .iter()
                .enumerate()
                .map(|(number, value)| (of_key(kind, *value), format!("source {}", number + 1)));
            FactValue::Reports(reports.collect())
        }
    }
}
