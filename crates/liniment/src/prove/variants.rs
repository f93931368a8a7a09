//! Variants of one case: some of its facts are known otherwise, and a verdict is wanted.

use batsat::Lit;

use super::claim::{Claim, World};
use super::scene::{Scene, segment_count};
use super::search::{Answer, Prover, is_possible};
use crate::case::Case;
use crate::case::value::FactValue;
use crate::cells::VariableIndex;
use crate::check::base::{AdviceIndex, FactIndex};
use crate::knowledge_base::KnowledgeBase;
use crate::verdict::Verdict;

/// How many steps one question may take.
const BUDGET: u64 = 2_000;

/// A fact of the case, and what may be known of it instead.
pub(crate) struct Slot {
    pub(crate) fact: FactIndex,
    pub(crate) values: Vec<FactValue>,
}

/// Which variant is asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wish {
    /// Slots with the value that they take.
    pub(crate) taken: Vec<(usize, usize)>,
    /// Slots that stay as they are.
    pub(crate) kept: Vec<usize>,
    /// At least so many slots change.
    pub(crate) least: usize,
    /// At most so many slots change.
    pub(crate) most: usize,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Variant {
    /// By slot: the value it takes, or none where it stays as it is. The evaluator has confirmed it.
    Found(Vec<Option<usize>>),
    None,
    Undecided,
}

/// All variants of one case at once.
pub(crate) struct Variants<'a> {
    prover: Prover<'a>,
    claim: Claim,
    /// By slot, by value.
    takes: Vec<Vec<Lit>>,
    /// `at_least[n]`: so many slots change.
    at_least: Vec<Lit>,
    /// Holds only where none of the sets that were ruled out changes.
    others: Lit,
}

impl<'a> Variants<'a> {
    /// The variants in which an advice id gets a verdict; none wants silence.
    pub(crate) fn new(
        kb: &'a KnowledgeBase,
        case: &Case,
        slots: &[Slot],
        advice: AdviceIndex,
        wanted: Option<Verdict>,
    ) -> Self {
        let mut prover = Prover::new(vec![World::new(kb)], BUDGET);
        let cells = &kb.program().cells;
        let gates = &mut prover.gates;
        let takes: Vec<Vec<Lit>> = slots
            .iter()
            .map(|slot| slot.values.iter().map(|_| gates.fresh()).collect())
            .collect();
        let mut keeps = Vec::with_capacity(slots.len());
        for takes in &takes {
            let keep = !gates.or(takes.iter().copied());
            for (position, one) in takes.iter().enumerate() {
                for other in takes.iter().skip(position + 1) {
                    gates.clause(&[!*one, !*other]);
                }
            }
            keeps.push(keep);
        }
        // What is possible of each variable, as it is and with each value.
        let mut segments: Vec<Vec<Lit>> = (0..cells.variables.len())
            .map(|position| {
                let variable = VariableIndex(u32::try_from(position).unwrap_or(u32::MAX));
                (0..segment_count(cells, variable))
                    .map(|segment| gates.constant(is_possible(cells, case.possible(), variable, segment)))
                    .collect()
            })
            .collect();
        for ((slot, takes), keep) in slots.iter().zip(&takes).zip(&keeps) {
            let variants: Vec<(Lit, Case)> = slot
                .values
                .iter()
                .zip(takes)
                .map(|(value, take)| {
                    let mut variant = case.clone();
                    variant.put(slot.fact, value.clone());
                    (*take, variant)
                })
                .chain([(*keep, case.clone())])
                .collect();
            for variable in cells.variables_of(slot.fact) {
                let possible = (0..segment_count(cells, variable)).map(|segment| {
                    let ways = variants
                        .iter()
                        .filter(|(_, variant)| is_possible(cells, variant.possible(), variable, segment));
                    gates.or(ways.map(|(lit, _)| *lit))
                });
                let possible: Vec<Lit> = possible.collect();
                if let Some(slot) = segments.get_mut(variable.index()) {
                    *slot = possible;
                }
            }
        }
        let scene = Scene::over(gates, 0, segments);
        let at_least = count(gates, &keeps);
        let others = gates.fresh();
        // What the packs assume of all cases is not asked: the case in hand is as it is.
        prover.scenes.push(scene);
        let claim = match wanted {
            Some(verdict) => Claim::Listed(advice, vec![verdict]),
            None => Claim::Listed(advice, Verdict::ALL.to_vec()).negated(),
        };
        Self {
            prover,
            claim,
            takes,
            at_least,
            others,
        }
    }

    pub(crate) fn ask(&mut self, wish: &Wish) -> Variant {
        let mut assumptions = vec![self.prover.put(0, &self.claim), self.others];
        let at_least = |number: usize| self.at_least.get(number).copied();
        assumptions.extend(at_least(wish.least));
        assumptions.extend(at_least(wish.most + 1).map(|more| !more));
        let take = |(slot, value): &(usize, usize)| self.takes.get(*slot)?.get(*value).copied();
        assumptions.extend(wish.taken.iter().filter_map(take));
        let kept = wish.kept.iter().filter_map(|slot| self.takes.get(*slot));
        assumptions.extend(kept.flatten().map(|take| !*take));
        let claim = self.claim.clone();
        let answer = self.prover.ask(&[0], &assumptions, |replays| {
            replays.first().is_some_and(|replay| replay.is(&claim))
        });
        match answer {
            Answer::None => Variant::None,
            Answer::Undecided => Variant::Undecided,
            Answer::Found(_) => Variant::Found(
                self.takes
                    .iter()
                    .map(|takes| takes.iter().position(|take| self.prover.gates.holds(*take)))
                    .collect(),
            ),
        }
    }

    /// From now on only variants in which not all of these slots change.
    pub(crate) fn rule_out(&mut self, slots: &[usize]) {
        let mut clause = vec![!self.others];
        for takes in slots.iter().filter_map(|slot| self.takes.get(*slot)) {
            let changes = self.prover.gates.or(takes.iter().copied());
            clause.push(!changes);
        }
        self.prover.gates.clause(&clause);
    }
}

/// By number: at least so many of these do not hold. As many gates as the square of their number.
fn count(gates: &mut super::gates::Gates, keeps: &[Lit]) -> Vec<Lit> {
    let mut at_least = vec![gates.constant(true)];
    for keep in keeps {
        let mut next = at_least.clone();
        next.push(gates.constant(false));
        for (number, slot) in next.iter_mut().enumerate().skip(1) {
            let Some(one_less) = number.checked_sub(1).and_then(|less| at_least.get(less)) else {
                continue;
            };
            let one_more = gates.and([*one_less, !*keep]);
            *slot = gates.or([*slot, one_more]);
        }
        at_least = next;
    }
    at_least
}
