//! The smallest changes of facts that would give a verdict.
//!
//! Few facts are tried out: all changes of one, then of two, as long as that is little work. What is left
//! goes to the solver: how many facts must change, which sets of so many do it, and the nearest values of
//! each set; that no change can do it is proved the same way. Every way is evaluated before it is listed.

use serde_json::Value;

#[cfg(feature = "prove")]
use super::candidates::Distance;
use super::candidates::{Candidate, total};
use super::{FactChange, Way, Ways, WaysAnswer};
use crate::case::Case;
use crate::case::value::FactValue;
use crate::check::base::{AdviceIndex, FactIndex, FactKind, Scalar};
use crate::compact_sort::CompactSort;
use crate::compile::FocusNodes;
use crate::error::Error;
use crate::evaluate::{Truth, Truths, verdict_of};
use crate::knowledge_base::KnowledgeBase;
#[cfg(feature = "prove")]
use crate::prove::{Slot, Variant, Variants, Wish};
use crate::verdict::Verdict;

/// How many cases are tried out for one number of facts.
const MOST_TRIES: usize = 4_000;
/// How many ways are listed.
const MOST_WAYS: usize = 5;
/// How many sets of facts the solver may name.
#[cfg(feature = "prove")]
const MOST_FACT_SETS: usize = 100;
/// How many times the solver may be asked for the nearest values of one set of facts.
#[cfg(feature = "prove")]
const MOST_STEPS: usize = 400;

/// A search for the ways to one verdict.
pub(super) struct Hunt<'a> {
    pub(super) kb: &'a KnowledgeBase,
    pub(super) nodes: &'a FocusNodes,
    advice: AdviceIndex,
    wanted: Verdict,
    tries: usize,
}

/// What a search came to.
enum Hunted {
    /// The smallest ways, and whether that is proved.
    Found(Vec<Vec<Candidate>>, bool),
    Impossible,
    Undecided,
}

pub(crate) fn ways_to(
    kb: &KnowledgeBase,
    case: &Case,
    advice: AdviceIndex,
    wanted: Verdict,
) -> Result<Ways, Error> {
    ways_within(kb, case, advice, wanted, MOST_TRIES)
}

/// Tries out so many cases for one number of facts; beyond, the solver is asked.
pub(super) fn ways_within(
    kb: &KnowledgeBase,
    case: &Case,
    advice: AdviceIndex,
    wanted: Verdict,
    tries: usize,
) -> Result<Ways, Error> {
    let (base, program) = (kb.base(), kb.program());
    let id = base
        .advice
        .get(advice.index())
        .map(|advice| advice.id.clone())
        .unwrap_or_default();
    let Some(focus) = program.focuses.get(advice.index()) else {
        return Err(Error::foreign());
    };
    let hunt = Hunt {
        kb,
        nodes: focus.nodes(base, program),
        advice,
        wanted,
        tries,
    };
    let now = hunt.verdict(case);
    let mut ways = Ways {
        format: 1,
        id,
        wanted,
        now,
        answer: WaysAnswer::GivenAlready,
        exact: true,
        ways: Vec::new(),
    };
    if now == Some(wanted) {
        return Ok(ways);
    }
    let changeable = hunt.changeable(case);
    let mut all_listed = true;
    let candidates: Vec<Vec<Candidate>> = changeable
        .iter()
        .map(|fact| {
            let (candidates, all) = hunt.candidates(case, *fact);
            all_listed &= all;
            candidates
        })
        .collect();
    let hunted = if hunt.surely_impossible(case, &candidates) {
        Hunted::Impossible
    } else {
        hunt.search(case, &candidates)
    };
    match hunted {
        // Values that were left out might do what these do not.
        Hunted::Impossible if all_listed => ways.answer = WaysAnswer::Impossible,
        Hunted::Impossible | Hunted::Undecided => {
            ways.answer = WaysAnswer::Undecided;
            ways.exact = false;
        }
        Hunted::Found(mut found, exact) => {
            ways.answer = WaysAnswer::Found;
            ways.exact = exact && all_listed;
            sort(&mut found);
            // Of several values of the same facts the nearest is enough.
            let mut listed: Vec<Vec<FactIndex>> = Vec::new();
            for way in found {
                if ways.ways.len() < MOST_WAYS && !listed.contains(&facts_of(&way)) {
                    listed.push(facts_of(&way));
                    ways.ways.push(Way {
                        changes: way
                            .iter()
                            .filter_map(|candidate| fact_change(kb, case, candidate))
                            .collect(),
                    });
                }
            }
        }
    }
    Ok(ways)
}

/// The shortest distance first, then by fact.
fn sort(ways: &mut [Vec<Candidate>]) {
    ways.compact_sort_by(|one, other| {
        total(one)
            .order(&total(other))
            .then_with(|| facts_of(one).cmp(&facts_of(other)))
    });
}

/// How many choices of so many facts there are, each with one of its values.
fn choices(candidates: &[Vec<Candidate>], size: usize) -> usize {
    // By number of facts: the choices among those seen so far.
    let mut ways = vec![0usize; size + 1];
    if let Some(none) = ways.first_mut() {
        *none = 1;
    }
    for list in candidates {
        for number in (1..=size).rev() {
            let fewer = ways.get(number - 1).copied().unwrap_or(0);
            if let Some(slot) = ways.get_mut(number) {
                *slot = slot.saturating_add(fewer.saturating_mul(list.len()));
            }
        }
    }
    ways.get(size).copied().unwrap_or(usize::MAX)
}

/// Takes the nearest of what is open; of equals the first.
#[cfg(feature = "prove")]
fn next<T>(open: &mut Vec<T>, distance: impl Fn(&T) -> Distance) -> Option<T> {
    let nearest = (0..open.len()).min_by(|one, other| {
        let of = |position: &usize| open.get(*position).map(&distance).unwrap_or_default();
        of(one).order(&of(other))
    })?;
    Some(open.remove(nearest))
}

fn facts_of(way: &[Candidate]) -> Vec<FactIndex> {
    way.iter().map(|candidate| candidate.fact).collect()
}

fn fact_change(kb: &KnowledgeBase, case: &Case, candidate: &Candidate) -> Option<FactChange> {
    let fact = kb.base().facts.get(candidate.fact.index())?;
    let was = case
        .known()
        .get(candidate.fact.index())
        .map_or(Value::Null, |known| known.0.to_json(fact));
    Some(FactChange {
        fact: fact.id.clone(),
        was,
        now: candidate.value.to_json(fact),
    })
}

impl Hunt<'_> {
    fn verdict(&self, case: &Case) -> Option<Verdict> {
        let (base, program) = (self.kb.base(), self.kb.program());
        let truths = Truths::some(
            &program.cells,
            &program.nodes,
            program.boxes,
            case.possible(),
            &self.nodes.nodes,
        );
        verdict_of(base, program, &truths, self.advice, &self.nodes.rules)
    }

    pub(super) fn runs_forward(&self, fact: FactIndex) -> bool {
        let found = self.kb.base().facts.get(fact.index());
        found.is_some_and(|fact| matches!(fact.kind, FactKind::Clock { .. }))
    }

    /// The facts that the verdict rests on and that can change.
    fn changeable(&self, case: &Case) -> Vec<FactIndex> {
        let roots = self.nodes.core.iter().chain(&self.nodes.suppressors);
        let mut facts: Vec<FactIndex> = roots
            .flat_map(|root| &root.literals)
            .map(|(_, fact)| *fact)
            .chain(self.nodes.stage_facts.iter().copied())
            .collect();
        facts.compact_sort();
        facts.dedup();
        facts.retain(|fact| {
            self.kb.base().facts.get(fact.index()).is_some_and(|found| {
                !found.fixed
                    || case
                        .known()
                        .get(fact.index())
                        .is_some_and(|known| known.0 == FactValue::Unknown)
            })
        });
        facts
    }

    /// Tries out one fact more at a time while that is little work, and asks the solver then.
    fn search(&self, case: &Case, candidates: &[Vec<Candidate>]) -> Hunted {
        for size in 1..=candidates.len() {
            if choices(candidates, size) > self.tries {
                return self.solve(case, candidates, size);
            }
            let mut found: Vec<Vec<Candidate>> = Vec::new();
            self.of_size(case, candidates, size, 0, &mut Vec::new(), &mut found);
            if !found.is_empty() {
                return Hunted::Found(found, true);
            }
        }
        Hunted::Impossible
    }

    /// Tries every choice of `size` facts from `first` on.
    fn of_size(
        &self,
        case: &Case,
        candidates: &[Vec<Candidate>],
        size: usize,
        first: usize,
        chosen: &mut Vec<Candidate>,
        found: &mut Vec<Vec<Candidate>>,
    ) {
        if size == 0 {
            if self.verdict(case) == Some(self.wanted) {
                found.push(chosen.clone());
            }
            return;
        }
        for position in first..candidates.len() {
            for candidate in candidates.get(position).into_iter().flatten() {
                let mut changed = case.clone();
                changed.put(candidate.fact, candidate.value.clone());
                chosen.push(candidate.clone());
                self.of_size(&changed, candidates, size - 1, position + 1, chosen, found);
                chosen.pop();
            }
        }
    }

    #[cfg(not(feature = "prove"))]
    fn solve(&self, _: &Case, _: &[Vec<Candidate>], _: usize) -> Hunted {
        Hunted::Undecided
    }

    /// The ways of at least so many facts.
    #[cfg(feature = "prove")]
    fn solve(&self, case: &Case, candidates: &[Vec<Candidate>], least: usize) -> Hunted {
        let slots: Vec<Slot> = candidates
            .iter()
            .filter_map(|candidates| {
                let fact = candidates.first()?.fact;
                let values = candidates.iter().map(|candidate| candidate.value.clone());
                Some(Slot {
                    fact,
                    values: values.collect(),
                })
            })
            .collect();
        let candidates: Vec<&Vec<Candidate>> = candidates.iter().filter(|list| !list.is_empty()).collect();
        let mut variants = Variants::new(self.kb, case, &slots, self.advice, Some(self.wanted));
        let any = Wish {
            least,
            most: slots.len(),
            ..Wish::default()
        };
        match variants.ask(&any) {
            Variant::None => return Hunted::Impossible,
            Variant::Undecided => return Hunted::Undecided,
            Variant::Found(_) => {}
        }
        for size in least..=slots.len() {
            let mut found: Vec<Vec<Candidate>> = Vec::new();
            let mut exact = true;
            let exactly = Wish {
                least: size,
                most: size,
                ..Wish::default()
            };
            for number in 0..=MOST_FACT_SETS {
                let changed = match variants.ask(&exactly) {
                    Variant::None => break,
                    Variant::Found(changed) if number < MOST_FACT_SETS => changed,
                    Variant::Found(_) | Variant::Undecided => {
                        exact = false;
                        break;
                    }
                };
                let set: Vec<usize> = (0..changed.len())
                    .filter(|slot| changed.get(*slot).is_some_and(Option::is_some))
                    .collect();
                let (nearest, surely) = self.nearest(case, &mut variants, &candidates, &set, &changed);
                exact &= surely;
                found.extend(nearest);
                variants.rule_out(&set);
            }
            if !found.is_empty() {
                return Hunted::Found(found, exact);
            }
            if !exact {
                return Hunted::Undecided;
            }
        }
        Hunted::Undecided
    }

    /// The nearest values of a set of facts, and whether that is proved: the shortest distance first,
    /// fact by fact, as long as the rest can still follow.
    #[cfg(feature = "prove")]
    fn nearest(
        &self,
        case: &Case,
        variants: &mut Variants<'_>,
        candidates: &[&Vec<Candidate>],
        set: &[usize],
        known: &[Option<usize>],
    ) -> (Option<Vec<Candidate>>, bool) {
        let way = |taken: &[(usize, usize)]| -> Vec<Candidate> {
            taken
                .iter()
                .filter_map(|(slot, value)| candidates.get(*slot)?.get(*value).cloned())
                .collect()
        };
        let mut steps = 0;
        let mut open: Vec<Vec<(usize, usize)>> = vec![Vec::new()];
        while let Some(taken) = next(&mut open, |taken| total(&way(taken))) {
            let Some(slot) = set.get(taken.len()) else {
                let found = way(&taken);
                let mut changed = case.clone();
                for candidate in &found {
                    changed.put(candidate.fact, candidate.value.clone());
                }
                if self.verdict(&changed) == Some(self.wanted) {
                    return (Some(found), true);
                }
                continue;
            };
            for value in 0..candidates.get(*slot).map_or(0, |list| list.len()) {
                let mut more = taken.clone();
                more.push((*slot, value));
                let wish = Wish {
                    taken: more.clone(),
                    kept: (0..candidates.len()).filter(|slot| !set.contains(slot)).collect(),
                    least: set.len(),
                    most: set.len(),
                };
                steps += 1;
                if steps > MOST_STEPS {
                    let any = set.iter().filter_map(|slot| Some((*slot, (*known.get(*slot)?)?)));
                    return (Some(way(&any.collect::<Vec<_>>())), false);
                }
                if variants.ask(&wish) != Variant::None {
                    open.push(more);
                }
            }
        }
        (None, false)
    }

    /// Whether no rule could speak the verdict even if everything that can change were open at once.
    fn surely_impossible(&self, case: &Case, candidates: &[Vec<Candidate>]) -> bool {
        let (base, program) = (self.kb.base(), self.kb.program());
        let mut open = case.clone();
        for candidate in candidates.iter().flatten() {
            // A clock may take any value to come.
            let least = open
                .known()
                .get(candidate.fact.index())
                .and_then(|known| known.bounds())
                .filter(|_| self.runs_forward(candidate.fact))
                .map(|(least, _)| least);
            open.put(
                candidate.fact,
                least.map_or(FactValue::Unknown, |least| {
                    FactValue::Range(Some(Scalar::Duration(least)), None)
                }),
            );
        }
        let truths = Truths::some(
            &program.cells,
            &program.nodes,
            program.boxes,
            open.possible(),
            &self.nodes.nodes,
        );
        let rules = base
            .advice
            .get(self.advice.index())
            .map_or(&[][..], |advice| &advice.rules);
        !rules
            .iter()
            .filter_map(|rule| base.rules.get(rule.index()).zip(program.rules.get(rule.index())))
            .any(|(rule, nodes)| {
                let opens = nodes.open.iter().any(|open| {
                    (open.verdict == self.wanted || rule.then == Some(self.wanted))
                        && truths.kleene(open.node) != Truth::False
                });
                let shut = self.wanted == Verdict::Defer
                    && rule.stage.is_none()
                    && nodes.shut.is_some_and(|shut| truths.kleene(shut) != Truth::False);
                opens || shut
            })
    }
}
