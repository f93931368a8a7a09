//! Two versions of packs: a case for each advice id on which they differ.

use batsat::Lit;
use serde::Serialize;

use super::claim::{Claim, Replay, World};
use super::scene::{Scene, segment_count};
use super::search::{Answer, Prover};
use super::values::ordered_value;
use crate::case::value::FactValue;
use crate::case::{Case, options_of};
use crate::cells::{Ordered, has_bit};
use crate::check::base::{AdviceIndex, CauseIndex, CheckedBase, Fact, FactIndex, FactKind};
use crate::compact_sort::{CompactSort, distinct};
use crate::evaluate::words_of;
use crate::knowledge_base::KnowledgeBase;
use crate::text::json;
use crate::verdict::Verdict;

/// An advice id on which two versions differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Difference {
    /// The advice id.
    pub advice: String,
    /// What the old version says of the case; none when it says nothing.
    pub old: Option<Verdict>,
    /// What the new version says of it.
    pub new: Option<Verdict>,
    /// The facts of the case, as in a pack's cases.
    pub case: String,
}

/// A cause on which two versions differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CauseDifference {
    /// The cause.
    pub cause: String,
    /// Whether the old version names it in the case.
    pub old: bool,
    /// Whether the new version does.
    pub new: bool,
    /// The facts of the case, as in a pack's cases.
    pub case: String,
}

/// How two versions differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Differences {
    format: u32,
    /// The advice ids that differ in some case, by id.
    pub differences: Vec<Difference>,
    /// The causes that differ in some case, by id.
    pub causes: Vec<CauseDifference>,
    /// The advice ids and causes proved to be the same in every case.
    pub equal: Vec<String>,
    /// The advice ids and causes that were not decided within the budget.
    pub undecided: Vec<String>,
    /// Options that only one version has, and facts of two kinds: no case of both states them.
    pub not_compared: Vec<String>,
}

impl Differences {
    /// Whether no case tells the two versions apart; that is proved.
    pub fn agree(&self) -> bool {
        self.differences.is_empty()
            && self.causes.is_empty()
            && self.undecided.is_empty()
            && self.not_compared.is_empty()
    }

    /// The first difference, in one line.
    pub(crate) fn first_difference(&self) -> Option<String> {
        self.lines()
            .into_iter()
            .next()
            .map(|(change, case)| format!("{change} in the case {case}"))
    }

    /// One JSON object: `format`, `differences`, `causes`, `equal`, `undecided`, `not_compared`.
    pub fn to_json(&self) -> String {
        json::to_json(self)
    }

    /// Every difference with its case, every open question, and the counts.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for (change, case) in self.lines() {
            text.push_str(&format!("{change}\n    in the case {case}\n"));
        }
        for id in &self.undecided {
            text.push_str(&format!("{id}: undecided; allow more steps\n"));
        }
        for what in &self.not_compared {
            text.push_str(&format!("{what}: not compared\n"));
        }
        let differ = self.differences.len() + self.causes.len();
        if self.agree() {
            text.push_str(&format!(
                "the two say the same in every case: proved for all {} advice ids and causes\n",
                self.equal.len()
            ));
        } else {
            text.push_str(&format!(
                "{differ} differ, {} proved the same in every case, {} undecided\n",
                self.equal.len(),
                self.undecided.len()
            ));
        }
        text
    }

    /// What changes, and the case.
    fn lines(&self) -> Vec<(String, &str)> {
        let name = |verdict: Option<Verdict>| verdict.map_or("nothing", Verdict::name);
        let named = |named: bool| if named { "named" } else { "not named" };
        let advice = self.differences.iter().map(|found| {
            let change = format!("{}: {} → {}", found.advice, name(found.old), name(found.new));
            (change, found.case.as_str())
        });
        let causes = self.causes.iter().map(|found| {
            let change = format!(
                "cause {}: {} → {}",
                found.cause,
                named(found.old),
                named(found.new)
            );
            (change, found.case.as_str())
        });
        advice.chain(causes).collect()
    }
}

/// Compares what two versions list on each advice id, and which causes they name, over all cases, partial
/// ones included.
///
/// Facts of one id and kind are one fact, cut at the limits of both versions; an option that only one
/// version has is chosen in no case. `budget` is as in [`KnowledgeBase::prove`].
pub fn diff(old: &KnowledgeBase, new: &KnowledgeBase, budget: u64) -> Differences {
    let mut prover = Prover::new(vec![World::new(old), World::new(new)], budget);
    let scenes = linked(&mut prover, old, new);
    let mut found = Differences {
        format: 1,
        differences: Vec::new(),
        causes: Vec::new(),
        equal: Vec::new(),
        undecided: Vec::new(),
        not_compared: not_compared(old.base(), new.base()),
    };
    let ids = distinct(old.advice_ids().into_iter().chain(new.advice_ids()));
    for id in ids {
        let of = |kb: &KnowledgeBase| {
            kb.base()
                .advice
                .binary_search_by(|advice| advice.id.as_str().cmp(id))
                .ok()
                .map(AdviceIndex::new)
        };
        let (before, after) = (of(old), of(new));
        let listed = |advice: Option<AdviceIndex>, verdict: Verdict| {
            advice.map_or(Claim::Any(Vec::new()), |advice| {
                Claim::Listed(advice, vec![verdict])
            })
        };
        let claims: Vec<(Claim, Claim)> = Verdict::ALL
            .into_iter()
            .map(|verdict| (listed(before, verdict), listed(after, verdict)))
            .collect();
        match told_apart(&mut prover, scenes, (old, new), &claims) {
            Answer::None => found.equal.push(id.to_owned()),
            Answer::Undecided => found.undecided.push(id.to_owned()),
            Answer::Found(cases) => {
                let [left, right] = cases.as_slice() else { continue };
                let verdict = |kb: &KnowledgeBase, case: &Case, advice: Option<AdviceIndex>| {
                    let world = World::new(kb);
                    advice.and_then(|advice| Replay::of(&world, case).listed(advice))
                };
                found.differences.push(Difference {
                    advice: id.to_owned(),
                    old: verdict(old, left, before),
                    new: verdict(new, right, after),
                    case: both(old, new, left, right),
                });
            }
        }
    }
    let cause_ids = |kb: &KnowledgeBase| -> Vec<String> {
        kb.base().causes.iter().map(|cause| cause.id.clone()).collect()
    };
    let causes = distinct(cause_ids(old).into_iter().chain(cause_ids(new)));
    for id in causes {
        let (before, after) = (is_named(old, &id), is_named(new, &id));
        match told_apart(
            &mut prover,
            scenes,
            (old, new),
            &[(before.clone(), after.clone())],
        ) {
            Answer::None => found.equal.push(id),
            Answer::Undecided => found.undecided.push(id),
            Answer::Found(cases) => {
                let [left, right] = cases.as_slice() else { continue };
                let named = |kb: &KnowledgeBase, case: &Case, claim: &Claim| {
                    Replay::of(&World::new(kb), case).is(claim)
                };
                found.causes.push(CauseDifference {
                    old: named(old, left, &before),
                    new: named(new, right, &after),
                    case: both(old, new, left, right),
                    cause: id,
                });
            }
        }
    }
    found
}

/// What no case of both versions states.
fn not_compared(old: &CheckedBase, new: &CheckedBase) -> Vec<String> {
    let mut found = Vec::new();
    for fact in &old.facts {
        let Some((_, twin)) = fact_named(new, &fact.id) else {
            continue;
        };
        if !same_kind(fact, twin) {
            found.push(format!("{} is of another kind in the new version", fact.id));
            continue;
        }
        let (before, after) = (options_of(&fact.kind), options_of(&twin.kind));
        for (options, others, version) in [(before, after, "old"), (after, before, "new")] {
            let alone = options.iter().filter(|option| !others.contains(option));
            found.extend(alone.map(|option| format!("{} {option}, only in the {version} version", fact.id)));
        }
    }
    found
}

/// A cause is listed.
fn is_named(kb: &KnowledgeBase, id: &str) -> Claim {
    let index = kb
        .base()
        .causes
        .iter()
        .position(|cause| cause.id == id)
        .map(CauseIndex::new);
    index
        .and_then(|index| super::answers::cause_named(kb.base(), kb.program(), index))
        .unwrap_or(Claim::Any(Vec::new()))
}

/// A case in which one of these pairs of claims is so of one version alone: a complete case if there is
/// one, with as little stated as shows it.
fn told_apart(
    prover: &mut Prover<'_>,
    (one, other): (usize, usize),
    (old, new): (&KnowledgeBase, &KnowledgeBase),
    claims: &[(Claim, Claim)],
) -> Answer {
    let mut differences = Vec::new();
    for (before, after) in claims {
        let (left, right) = (prover.put(one, before), prover.put(other, after));
        differences.push(prover.gates.differ(left, right));
    }
    let differ = prover.gates.or(differences);
    let complete = [prover.complete(one), prover.complete(other)];
    let apart = |left: &Replay<'_>, right: &Replay<'_>| {
        claims
            .iter()
            .any(|(before, after)| left.is(before) != right.is(after))
    };
    let mut ask = |assumptions: &[Lit]| {
        prover.ask_with(
            &[one, other],
            assumptions,
            |cases| agree(old, new, cases),
            |replays| match replays {
                [left, right] => apart(left, right),
                _ => false,
            },
        )
    };
    let answer = match ask(&[[differ].as_slice(), &complete].concat()) {
        Answer::Found(cases) => Answer::Found(cases),
        Answer::None => ask(&[differ]),
        Answer::Undecided => match ask(&[differ]) {
            Answer::Found(cases) => Answer::Found(cases),
            Answer::None | Answer::Undecided => Answer::Undecided,
        },
    };
    match answer {
        Answer::Found(cases) => {
            let (old_world, new_world) = (World::new(old), World::new(new));
            let differs = |cases: &[Case]| match cases {
                [left, right] => apart(&Replay::of(&old_world, left), &Replay::of(&new_world, right)),
                _ => false,
            };
            Answer::Found(shortest(old, new, cases, differs))
        }
        other => other,
    }
}

/// The same two cases with as little stated as still tells the versions apart.
fn shortest(
    old: &KnowledgeBase,
    new: &KnowledgeBase,
    mut cases: Vec<Case>,
    differs: impl Fn(&[Case]) -> bool,
) -> Vec<Case> {
    let facts = [old, new].into_iter().flat_map(|kb| &kb.base().facts);
    for id in distinct(facts.map(|fact| fact.id.as_str())) {
        let mut less = cases.clone();
        for (kb, case) in [old, new].into_iter().zip(&mut less) {
            if let Some((index, _)) = fact_named(kb.base(), id) {
                case.put(index, FactValue::Unknown);
            }
        }
        if differs(&less) {
            cases = less;
        }
    }
    cases
}

/// The pieces that two ordered facts have in common: least and greatest key of each.
fn pieces(one: &Ordered, other: &Ordered) -> Vec<(i64, i64)> {
    let ends = |ordered: &Ordered| {
        (
            ordered.bounds_of_segment(0).0,
            ordered.bounds_of_segment(ordered.cuts().len()).1,
        )
    };
    let ((least, most), (other_least, other_most)) = (ends(one), ends(other));
    let (least, most) = (least.max(other_least), most.min(other_most));
    let mut cuts: Vec<i64> = one
        .cuts()
        .iter()
        .chain(other.cuts())
        .copied()
        .filter(|cut| *cut > least && *cut <= most)
        .collect();
    cuts.compact_sort();
    cuts.dedup();
    let starts: Vec<i64> = std::iter::once(least).chain(cuts.iter().copied()).collect();
    let stops = cuts.iter().map(|cut| cut - 1).chain([most]);
    starts
        .into_iter()
        .zip(stops)
        .filter(|(low, high)| low <= high)
        .collect()
}

fn same_kind(one: &Fact, other: &Fact) -> bool {
    std::mem::discriminant(&one.kind) == std::mem::discriminant(&other.kind)
}

fn fact_named<'b>(base: &'b CheckedBase, id: &str) -> Option<(FactIndex, &'b Fact)> {
    let position = base
        .facts
        .binary_search_by(|fact| fact.id.as_str().cmp(id))
        .ok()?;
    base.facts
        .get(position)
        .map(|fact| (FactIndex::new(position), fact))
}

/// A case of each version; what both know is one.
fn linked(prover: &mut Prover<'_>, old: &KnowledgeBase, new: &KnowledgeBase) -> (usize, usize) {
    let (old_cells, new_cells) = (&old.program().cells, &new.program().cells);
    let first = Scene::new(&mut prover.gates, 0, old_cells);
    let second = Scene::new(&mut prover.gates, 1, new_cells);
    let (mut left, mut right) = (first.segments, second.segments);
    for (position, fact) in old.base().facts.iter().enumerate() {
        let index = FactIndex::new(position);
        let Some((twin, found)) =
            fact_named(new.base(), &fact.id).filter(|(_, found)| same_kind(fact, found))
        else {
            continue;
        };
        let (variable, mirror) = (old_cells.variable_of(index), new_cells.variable_of(twin));
        if let (Some(one), Some(other)) = (old_cells.ordered(index), new_cells.ordered(twin)) {
            let pieces: Vec<((i64, i64), Lit)> = pieces(one, other)
                .into_iter()
                .map(|piece| (piece, prover.gates.fresh()))
                .collect();
            let over = |prover: &mut Prover<'_>, ordered: &Ordered, count: usize| -> Vec<Lit> {
                let of = |segment: usize| {
                    pieces
                        .iter()
                        .filter(move |((low, _), _)| ordered.segment_of(*low) == segment)
                        .map(|(_, lit)| *lit)
                };
                (0..count).map(|segment| prover.gates.or(of(segment))).collect()
            };
            let (one, other) = (
                over(prover, one, segment_count(old_cells, variable)),
                over(prover, other, segment_count(new_cells, mirror)),
            );
            set(&mut left, variable.index(), one);
            set(&mut right, mirror.index(), other);
        } else if matches!(fact.kind, FactKind::Several(_)) {
            for (option, name) in (0u16..).zip(options_of(&fact.kind)) {
                let same = options_of(&found.kind)
                    .iter()
                    .position(|other| other == name)
                    .and_then(|option| u16::try_from(option).ok());
                if let Some(same) = same {
                    let shared = left
                        .get(old_cells.variable_of_option(index, option).index())
                        .cloned()
                        .unwrap_or_default();
                    set(
                        &mut right,
                        new_cells.variable_of_option(twin, same).index(),
                        shared,
                    );
                }
            }
        } else if matches!(fact.kind, FactKind::YesNo) {
            let shared = left.get(variable.index()).cloned().unwrap_or_default();
            set(&mut right, mirror.index(), shared);
        } else {
            let never = prover.gates.constant(false);
            let (names, others) = (options_of(&fact.kind), options_of(&found.kind));
            let own = left.get(variable.index()).cloned().unwrap_or_default();
            let common: Vec<Lit> = names
                .iter()
                .zip(own)
                .map(|(name, lit)| if others.contains(name) { lit } else { never })
                .collect();
            let mirrored = others
                .iter()
                .map(|other| {
                    names
                        .iter()
                        .position(|name| name == other)
                        .and_then(|at| common.get(at))
                        .copied()
                        .unwrap_or(never)
                })
                .collect();
            set(&mut left, variable.index(), common);
            set(&mut right, mirror.index(), mirrored);
        }
    }
    let left = Scene::over(&mut prover.gates, 0, left);
    let right = Scene::over(&mut prover.gates, 1, right);
    (prover.add_scene(left), prover.add_scene(right))
}

fn set(segments: &mut [Vec<Lit>], variable: usize, lits: Vec<Lit>) {
    if let Some(slot) = segments.get_mut(variable) {
        *slot = lits;
    }
}

/// The same values of ordered facts in both cases.
fn agree(old: &KnowledgeBase, new: &KnowledgeBase, mut cases: Vec<Case>) -> Option<Vec<Case>> {
    let [left, right] = cases.as_mut_slice() else {
        return None;
    };
    for (position, fact) in old.base().facts.iter().enumerate() {
        let index = FactIndex::new(position);
        let Some((twin, found)) =
            fact_named(new.base(), &fact.id).filter(|(_, found)| same_kind(fact, found))
        else {
            continue;
        };
        let (Some(one), Some(other)) = (
            old.program().cells.ordered(index),
            new.program().cells.ordered(twin),
        ) else {
            continue;
        };
        let pieces = pieces(one, other);
        let both: Vec<bool> = pieces
            .iter()
            .map(|(low, _)| {
                leaves(old, left, index, one.segment_of(*low))
                    && leaves(new, right, twin, other.segment_of(*low))
            })
            .collect();
        let value = ordered_value(&found.kind, &pieces, &both);
        left.put(index, value.clone());
        right.put(twin, value);
    }
    Some(cases)
}

/// Whether a case leaves a segment of an ordered fact possible.
fn leaves(kb: &KnowledgeBase, case: &Case, fact: FactIndex, segment: usize) -> bool {
    let cells = &kb.program().cells;
    let Some(ordered) = cells.ordered(fact) else {
        return false;
    };
    let (first, _) = ordered.cells_of_segment(segment);
    has_bit(words_of(cells, case.possible(), cells.variable_of(fact)), first)
}

/// The facts of both cases; those that both state are the same.
fn both(old: &KnowledgeBase, new: &KnowledgeBase, left: &Case, right: &Case) -> String {
    let mut facts = super::witness::stated(old.base(), left);
    facts.extend(super::witness::stated(new.base(), right));
    super::witness::shown(&serde_json::Value::Object(facts))
}
