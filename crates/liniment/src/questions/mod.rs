//! What to ask next.

use crate::advice::{Assembly, Question};
use crate::check::base::{FactIndex, RuleKind};
use crate::compile::{Node, NodeId};
use crate::evaluate::{Outcome, Truth, words_of};
use crate::verdict::Verdict;

/// The questions, and whether each was proved to be able to change the advice.
pub(crate) struct Questions {
    pub(crate) list: Vec<Question>,
    pub(crate) exact: bool,
}

/// The unknown facts below Unknown nodes: those that could settle one of them.
pub(crate) fn unknown_facts(assembly: &Assembly<'_>, nodes: &[NodeId]) -> Vec<FactIndex> {
    let truths = assembly.truths;
    let program = assembly.program;
    let mut facts: Vec<FactIndex> = program
        .nodes
        .below(nodes)
        .into_iter()
        .filter(|node| truths.kleene(*node) == Truth::Unknown)
        .filter_map(|node| match program.nodes.get(node) {
            Node::Literal(literal) => program.cells.variable(literal.variable).map(|variable| variable.fact),
            _ => None,
        })
        .filter(|fact| is_unknown(assembly, *fact))
        .collect();
    facts.sort_unstable();
    facts.dedup();
    facts
}

/// Whether an answer could say more of a fact than is known: more than one value is possible, hidden
/// limits apart.
pub(crate) fn is_unknown(assembly: &Assembly<'_>, fact: FactIndex) -> bool {
    let cells = assembly.truths.cells;
    cells.variables_of(fact).any(|variable| {
        let words = words_of(cells, assembly.truths.possible, variable);
        match cells.ordered(fact) {
            Some(ordered) => {
                let mut segments = words
                    .iter()
                    .enumerate()
                    .flat_map(|(position, word)| (0..64u32).filter(move |bit| word >> bit & 1 == 1).map(move |bit| u32::try_from(position * 64).unwrap_or(0) + bit))
                    .map(|cell| ordered.segment_of_cell(cell));
                let first = segments.next();
                segments.any(|segment| Some(segment) != first)
            }
            None => words.iter().map(|word| word.count_ones()).sum::<u32>() > 1,
        }
    })
}

/// The unknown facts of every rule that is not settled, in the order in which they should be asked.
pub(crate) fn questions(assembly: &Assembly<'_>, outcome: &Outcome) -> Questions {
    let base = assembly.base;
    let program = assembly.program;
    let truths = assembly.truths;
    // By fact: the advice ids that hang on it, and the most urgent red flag that does.
    let mut hanging: Vec<Vec<u32>> = vec![Vec::new(); base.facts.len()];
    let mut urgency: Vec<Option<Verdict>> = vec![None; base.facts.len()];
    for ((rule, nodes), speaker) in base.rules.iter().zip(&program.rules).zip(&outcome.speakers) {
        if outcome.silenced_by.is_some() && rule.verdict != Verdict::Emergency {
            continue;
        }
        let withdrawn_for_good =
            [nodes.except, nodes.never].into_iter().flatten().any(|node| truths.of(node) == Truth::True) || truths.of(nodes.live) == Truth::False;
        if withdrawn_for_good {
            continue;
        }
        let mut roots: Vec<NodeId> = [Some(nodes.live), nodes.gate, nodes.shut, nodes.except, nodes.unless, nodes.never].into_iter().flatten().collect();
        roots.extend(nodes.open.iter().map(|open| open.node));
        roots.retain(|node| truths.of(*node) == Truth::Unknown);
        let mut facts = unknown_facts(assembly, &roots);
        if let Some((plan, _)) = rule.stage {
            facts.extend(base.stages.get(plan.index()).into_iter().flat_map(|plan| [plan.at, plan.comfortable]).filter(|fact| is_unknown(assembly, *fact)));
        }
        let _ = speaker;
        for fact in facts {
            if let Some(list) = hanging.get_mut(fact.index()) {
                list.push(rule.advice.0);
            }
            if rule.kind == RuleKind::RedFlag
                && let Some(slot) = urgency.get_mut(fact.index())
            {
                *slot = Some(slot.map_or(rule.verdict, |urgent: Verdict| urgent.min(rule.verdict)));
            }
        }
    }
    let mut asked: Vec<(Option<u8>, usize, usize, FactIndex)> = Vec::new();
    for (position, advice) in hanging.iter_mut().enumerate() {
        advice.sort_unstable();
        advice.dedup();
        let fact = FactIndex::new(position);
        let declined = assembly.known.get(position).is_some_and(crate::case::Known::is_declined);
        let may_ask = program.ask_when.get(position).copied().flatten().is_none_or(|node| truths.of(node) == Truth::True);
        if advice.is_empty() || declined || !may_ask {
            continue;
        }
        let urgent = urgency.get(position).copied().flatten().map(|verdict| verdict as u8);
        let first = base.ask_first.iter().position(|other| *other == fact).unwrap_or(usize::MAX);
        asked.push((urgent, first, advice.len(), fact));
    }
    asked.sort_by_key(|(urgent, first, count, fact)| (urgent.is_none(), *urgent, *first, std::cmp::Reverse(*count), *fact));
    let list = asked
        .into_iter()
        .filter_map(|(.., fact)| {
            let found = base.facts.get(fact.index())?;
            let because = hanging.get(fact.index())?.iter().map(|advice| assembly.advice_id(crate::check::base::AdviceIndex(*advice))).collect();
            Some(Question { fact: found.id.clone(), ask: assembly.words(&found.ask), because })
        })
        .collect();
    Questions { list, exact: false }
}
