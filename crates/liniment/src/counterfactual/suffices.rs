//! The smallest set of a case's facts that already suffices for a verdict.

use super::Suffices;
use crate::case::Case;
use crate::case::value::FactValue;
use crate::check::base::{AdviceIndex, FactIndex};
use crate::evaluate::{Truths, verdict_of};
use crate::knowledge_base::KnowledgeBase;
use crate::verdict::Verdict;

/// Up to so many facts every set is tried, the smallest first; beyond, facts are left out one by one.
const MOST_FACTS: usize = 14;

pub(crate) fn suffices(kb: &KnowledgeBase, case: &Case, advice: AdviceIndex) -> Suffices {
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
    stated.sort_unstable();
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
    if stated.len() <= MOST_FACTS {
        let mut sets: Vec<u32> = (0..1u32 << stated.len()).collect();
        sets.sort_by_key(|set| (set.count_ones(), *set));
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
    let mut kept = vec![true; stated.len()];
    for position in 0..stated.len() {
        let without = |other: usize| other != position && kept.get(other).copied().unwrap_or(true);
        if verdict(&keeping(&without)) == wanted
            && let Some(slot) = kept.get_mut(position)
        {
            *slot = false;
        }
    }
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
        smallest: false,
    }
}
