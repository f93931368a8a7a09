//! The smallest set of a case's facts that already suffices for a verdict.

use super::Suffices;
use crate::case::Case;
use crate::case::value::FactValue;
use crate::check::base::{AdviceIndex, FactIndex};
use crate::compact_sort::CompactSort;
use crate::evaluate::{Truths, verdict_of};
use crate::knowledge_base::KnowledgeBase;
#[cfg(feature = "prove")]
use crate::prove::{Slot, Variant, Variants, Wish};
use crate::verdict::Verdict;

/// Up to so many facts every set is tried, the smallest first; beyond, the solver is asked.
const MOST_FACTS: usize = 9;

pub(crate) fn suffices(kb: &KnowledgeBase, case: &Case, advice: AdviceIndex) -> Suffices {
    suffices_within(kb, case, advice, MOST_FACTS)
}

/// Tries every set of up to so many facts; of more the solver is asked.
pub(super) fn suffices_within(
    kb: &KnowledgeBase,
    case: &Case,
    advice: AdviceIndex,
    most_facts: usize,
) -> Suffices {
    let (base, program) = (kb.base(), kb.program());
    let id = base
        .advice
        .get(advice.index())
        .map(|advice| advice.id.clone())
        .unwrap_or_default();
    let Some(focus) = program.focuses.get(advice.index()) else {
        return Suffices {
            format: 1,
            id,
            verdict: None,
            facts: Vec::new(),
            smallest: true,
        };
    };
    let nodes = focus.nodes(base, program);
    let verdict = |case: &Case| -> Option<Verdict> {
        let truths = Truths::some(
            &program.cells,
            &program.nodes,
            program.boxes,
            case.possible(),
            &nodes.nodes,
        );
        verdict_of(base, program, &truths, advice, &nodes.rules)
    };
    let wanted = verdict(case);
    let mut stated: Vec<FactIndex> = nodes
        .core
        .iter()
        .chain(&nodes.suppressors)
        .flat_map(|root| &root.literals)
        .map(|(_, fact)| *fact)
        .chain(nodes.stage_facts.iter().copied())
        .collect();
    stated.compact_sort();
    stated.dedup();
    stated.retain(|fact| {
        case.known()
            .get(fact.index())
            .is_some_and(|known| !matches!(known.0, FactValue::Unknown | FactValue::Declined))
    });
    let keeping = |kept: &dyn Fn(usize) -> bool| {
        let mut less = case.clone();
        for (_, fact) in stated.iter().enumerate().filter(|(position, _)| !kept(*position)) {
            less.put(*fact, FactValue::Unknown);
        }
        less
    };
    let name = |fact: &FactIndex| {
        base.facts
            .get(fact.index())
            .map(|fact| fact.id.clone())
            .unwrap_or_default()
    };
    if stated.len() <= most_facts {
        let mut sets: Vec<u32> = (0..1u32 << stated.len()).collect();
        sets.compact_sort_by_key(|set| (set.count_ones(), *set));
        for set in sets {
            let kept = |position: usize| set >> position & 1 == 1;
            if verdict(&keeping(&kept)) == wanted {
                let facts = stated
                    .iter()
                    .enumerate()
                    .filter(|(position, _)| kept(*position))
                    .map(|(_, fact)| name(fact))
                    .collect();
                return Suffices {
                    format: 1,
                    id,
                    verdict: wanted,
                    facts,
                    smallest: true,
                };
            }
        }
    }
    let found = smallest(kb, case, &stated, advice, wanted);
    let smallest = found.is_some();
    let kept = found.unwrap_or_else(|| {
        let mut kept = vec![true; stated.len()];
        for position in 0..stated.len() {
            let without = |other: usize| other != position && kept.get(other).copied().unwrap_or(true);
            if verdict(&keeping(&without)) == wanted
                && let Some(slot) = kept.get_mut(position)
            {
                *slot = false;
            }
        }
        kept
    });
    let facts = stated
        .iter()
        .zip(&kept)
        .filter(|(_, kept)| **kept)
        .map(|(fact, _)| name(fact))
        .collect();
    Suffices {
        format: 1,
        id,
        verdict: wanted,
        facts,
        smallest,
    }
}

#[cfg(not(feature = "prove"))]
fn smallest(
    _: &KnowledgeBase,
    _: &Case,
    _: &[FactIndex],
    _: AdviceIndex,
    _: Option<Verdict>,
) -> Option<Vec<bool>> {
    None
}

/// Which facts of many are kept in the smallest set, found by the solver; of several sets the one whose
/// last facts come first.
#[cfg(feature = "prove")]
fn smallest(
    kb: &KnowledgeBase,
    case: &Case,
    stated: &[FactIndex],
    advice: AdviceIndex,
    wanted: Option<Verdict>,
) -> Option<Vec<bool>> {
    let slots: Vec<Slot> = stated
        .iter()
        .map(|fact| Slot {
            fact: *fact,
            values: vec![FactValue::Unknown],
        })
        .collect();
    let mut variants = Variants::new(kb, case, &slots, advice, wanted);
    // To change is to forget: as many as possible.
    let mut wish = Wish {
        least: slots.len(),
        most: slots.len(),
        ..Wish::default()
    };
    loop {
        match variants.ask(&wish) {
            Variant::Found(_) => break,
            Variant::Undecided => return None,
            Variant::None => wish.least = wish.least.checked_sub(1)?,
        }
    }
    for slot in (0..slots.len()).rev() {
        wish.taken.push((slot, 0));
        match variants.ask(&wish) {
            Variant::Found(_) => {}
            Variant::Undecided => return None,
            Variant::None => {
                wish.taken.pop();
                wish.kept.push(slot);
            }
        }
    }
    Some((0..slots.len()).map(|slot| wish.kept.contains(&slot)).collect())
}
