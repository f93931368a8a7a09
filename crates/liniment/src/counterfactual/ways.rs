//! The smallest changes of facts that would give a verdict.
//!
//! All changes of one fact, then of two, and so on: the first size at which the verdict is given holds the
//! smallest. That no change can do it is shown by a search over everything that may change at once.

use serde_json::Value;

use super::{FactChange, Way, Ways, WaysAnswer};
use crate::case::Case;
use crate::case::value::FactValue;
use crate::cells::value_of_key;
use crate::check::base::{AdviceIndex, Fact, FactIndex, FactKind};
use crate::compile::{FocusNodes, Node};
use crate::error::Error;
use crate::evaluate::{Truth, Truths, verdict_of};
use crate::knowledge_base::KnowledgeBase;
use crate::verdict::Verdict;

/// How many facts may change together.
const MOST_CHANGES: usize = 4;
/// How many cases may be tried.
const MOST_TRIES: usize = 30_000;
/// How many ways are listed.
const MOST_WAYS: usize = 5;
/// How many sets of options of one several-fact are tried.
const MOST_SETS: usize = 64;

/// How far a change goes: steps of choices and scales, then amounts of numbers and times.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
struct Distance {
    steps: f64,
    amount: f64,
}

/// A value that a fact could take instead.
#[derive(Clone, Debug)]
struct Candidate {
    fact: FactIndex,
    value: FactValue,
    distance: Distance,
}

struct Hunt<'a> {
    kb: &'a KnowledgeBase,
    nodes: &'a FocusNodes,
    advice: AdviceIndex,
    wanted: Verdict,
    tries: usize,
}

pub(crate) fn ways_to(
    kb: &KnowledgeBase,
    case: &Case,
    advice: AdviceIndex,
    wanted: Verdict,
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
    let mut hunt = Hunt {
        kb,
        nodes: focus.nodes(base, program),
        advice,
        wanted,
        tries: MOST_TRIES,
    };
    let now = hunt.verdict(case);
    let mut ways = Ways {
        format: 1,
        id,
        wanted,
        now,
        answer: WaysAnswer::GivenAlready,
        ways: Vec::new(),
    };
    if now == Some(wanted) {
        return Ok(ways);
    }
    let changeable = hunt.changeable(case);
    let candidates: Vec<Vec<Candidate>> = changeable
        .iter()
        .map(|fact| hunt.candidates(case, *fact))
        .collect();
    if hunt.surely_impossible(case, &candidates) {
        ways.answer = WaysAnswer::Impossible;
        return Ok(ways);
    }
    let mut complete = true;
    for size in 1..=MOST_CHANGES.min(candidates.len()) {
        let mut found: Vec<Vec<Candidate>> = Vec::new();
        complete &= hunt.of_size(case, &candidates, size, 0, &mut Vec::new(), &mut found);
        if !found.is_empty() {
            let total = |way: &[Candidate]| {
                let sum = |part: fn(&Distance) -> f64| {
                    way.iter().map(|candidate| part(&candidate.distance)).sum::<f64>()
                };
                (sum(|distance| distance.steps), sum(|distance| distance.amount))
            };
            found.sort_by(|one, other| {
                let ((steps, amount), (other_steps, other_amount)) = (total(one), total(other));
                steps
                    .total_cmp(&other_steps)
                    .then(amount.total_cmp(&other_amount))
                    .then_with(|| facts_of(one).cmp(&facts_of(other)))
            });
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
            ways.answer = WaysAnswer::Found;
            return Ok(ways);
        }
        if !complete {
            break;
        }
    }
    // Every change of every changeable fact was tried when there are no more facts than may change together.
    ways.answer = if complete && candidates.len() <= MOST_CHANGES {
        WaysAnswer::Impossible
    } else {
        WaysAnswer::Undecided
    };
    Ok(ways)
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

    /// The facts that the verdict rests on and that can change.
    fn changeable(&self, case: &Case) -> Vec<FactIndex> {
        let roots = self.nodes.core.iter().chain(&self.nodes.suppressors);
        let mut facts: Vec<FactIndex> = roots
            .flat_map(|root| &root.literals)
            .map(|(_, fact)| *fact)
            .chain(self.nodes.stage_facts.iter().copied())
            .collect();
        facts.sort_unstable();
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

    /// The values that a fact could take instead of what is known of it, one for each that some rule of the
    /// focus tells from the others: the nearest.
    fn candidates(&self, case: &Case, fact: FactIndex) -> Vec<Candidate> {
        let Some((found, known)) = self
            .kb
            .base()
            .facts
            .get(fact.index())
            .zip(case.known().get(fact.index()))
        else {
            return Vec::new();
        };
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
                .map(|option| {
                    let steps = match &known.0 {
                        FactValue::Option(now) => f64::from(now.abs_diff(option)),
                        _ => 1.0,
                    };
                    (FactValue::Option(option), step(steps))
                })
                .collect(),
            FactKind::Several(options) => self.sets(fact, options.len(), &known.0),
            _ => self.amounts(found, fact, known.bounds()),
        };
        values
            .into_iter()
            .filter(|(value, _)| *value != known.0)
            .map(|(value, distance)| Candidate {
                fact,
                value,
                distance,
            })
            .collect()
    }

    /// The sets of options that differ in the options that matter here.
    fn sets(&self, fact: FactIndex, count: usize, known: &FactValue) -> Vec<(FactValue, Distance)> {
        let program = self.kb.program();
        let all = || (0..count).filter_map(|option| u16::try_from(option).ok());
        let included =
            |option: u16| matches!(known, FactValue::Options { includes, .. } if includes.contains(&option));
        let excluded =
            |option: u16| matches!(known, FactValue::Options { excludes, .. } if excludes.contains(&option));
        let used: Vec<u16> = all()
            .filter(|option| {
                let variable = program.cells.variable_of_option(fact, *option);
                self.nodes.nodes.iter().any(|node| matches!(program.nodes.get(*node), Node::Literal(literal) if literal.variable == variable))
            })
            .collect();
        let sets = 1usize
            .checked_shl(u32::try_from(used.len()).unwrap_or(u32::MAX))
            .unwrap_or(usize::MAX)
            .min(MOST_SETS);
        (0..sets)
            .map(|set| {
                let chosen = |option: u16| {
                    used.iter()
                        .position(|used| *used == option)
                        .map_or_else(|| included(option), |position| set >> position & 1 == 1)
                };
                let includes: Vec<u16> = all().filter(|option| chosen(*option)).collect();
                let excludes: Vec<u16> = all().filter(|option| !chosen(*option)).collect();
                let flips = all().filter(|option| {
                    if chosen(*option) {
                        !included(*option)
                    } else {
                        !excluded(*option) && (included(*option) || *known != FactValue::Unknown)
                    }
                });
                let steps = flips.count().max(1);
                (FactValue::Options { includes, excludes }, step(steps as f64))
            })
            .collect()
    }

    /// The nearest value of every segment; of a clock only those to come.
    fn amounts(
        &self,
        fact: &Fact,
        index: FactIndex,
        bounds: Option<(i64, i64)>,
    ) -> Vec<(FactValue, Distance)> {
        let Some(ordered) = self.kb.program().cells.ordered(index) else {
            return Vec::new();
        };
        let forward = matches!(fact.kind, FactKind::Clock { .. });
        (0..=ordered.cuts().len())
            .filter_map(|segment| {
                let (low, high) = ordered.bounds_of_segment(segment);
                let key = match bounds {
                    Some((least, greatest)) if least == greatest => least.clamp(low, high),
                    Some((least, _)) if forward => least.clamp(low, high),
                    _ if low == i64::MIN => high.min(0),
                    _ => low,
                };
                if forward && bounds.is_some_and(|(least, _)| key < least || least == i64::MAX) {
                    return None;
                }
                let amount = bounds.map_or(0.0, |(least, greatest)| {
                    let from = key.clamp(least, greatest);
                    match fact.kind {
                        FactKind::Number { .. } => (value_of_key(key) - value_of_key(from)).abs(),
                        FactKind::Integer { .. } => key.abs_diff(from) as f64,
                        _ => key.abs_diff(from) as f64 / 1e6,
                    }
                });
                let value = match fact.kind {
                    FactKind::Number { .. } => FactValue::Number(value_of_key(key)),
                    FactKind::Integer { .. } => FactValue::Integer(key),
                    _ => FactValue::Duration(key),
                };
                Some((
                    value,
                    Distance {
                        steps: if bounds.is_none() { 1.0 } else { 0.0 },
                        amount,
                    },
                ))
            })
            .collect()
    }

    /// Tries every choice of `size` facts from `first` on; false when the budget ran out.
    fn of_size(
        &mut self,
        case: &Case,
        candidates: &[Vec<Candidate>],
        size: usize,
        first: usize,
        chosen: &mut Vec<Candidate>,
        found: &mut Vec<Vec<Candidate>>,
    ) -> bool {
        if size == 0 {
            if self.tries == 0 {
                return false;
            }
            self.tries -= 1;
            if self.verdict(case) == Some(self.wanted) {
                found.push(chosen.clone());
            }
            return true;
        }
        for position in first..candidates.len() {
            for candidate in candidates.get(position).into_iter().flatten() {
                let mut changed = case.clone();
                changed.put(candidate.fact, candidate.value.clone());
                chosen.push(candidate.clone());
                let went_on = self.of_size(&changed, candidates, size - 1, position + 1, chosen, found);
                chosen.pop();
                if !went_on {
                    return false;
                }
            }
        }
        true
    }

    /// Whether no rule could speak the verdict even if everything that can change were open at once.
    fn surely_impossible(&self, case: &Case, candidates: &[Vec<Candidate>]) -> bool {
        let (base, program) = (self.kb.base(), self.kb.program());
        let mut open = case.clone();
        for candidate in candidates.iter().flatten() {
            let value = match (
                &candidate.value,
                open.known()
                    .get(candidate.fact.index())
                    .and_then(|known| known.bounds()),
            ) {
                // A clock may take any value to come.
                (FactValue::Duration(_), Some((least, _))) => {
                    FactValue::Range(Some(crate::check::base::Scalar::Duration(least)), None)
                }
                _ => FactValue::Unknown,
            };
            open.put(candidate.fact, value);
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

fn step(steps: f64) -> Distance {
    Distance { steps, amount: 0.0 }
}
