//! What to ask next: the unknown facts of which some answer would change the advice.

mod above;
mod change;
mod values;

use crate::advice::{Assembly, Question};
use crate::case::Known;
use crate::cells::{Cells, bits};
use crate::check::base::{AdviceIndex, FactIndex, RuleIndex, RuleKind};
use crate::compact_sort::CompactSort;
use crate::evaluate::{Outcome, Possible, Truth, words_of};
use crate::verdict::Verdict;
use change::{Answer, Change};

/// The questions, and whether each was proved to be able to change the advice.
pub(crate) struct Questions {
    pub(crate) list: Vec<Question>,
    pub(crate) exact: bool,
}

/// How many completions may be tried for one question and one advice id.
const COMPLETIONS: usize = 2_000;

/// Whether an answer could say more of a fact than is known: more than one value is possible, hidden
/// limits apart.
pub(crate) fn is_unknown(cells: &Cells, possible: &Possible, fact: FactIndex) -> bool {
    cells.variables_of(fact).any(|variable| {
        let words = words_of(cells, possible, variable);
        bits(words).nth(1).is_some()
            && cells.ordered(fact).is_none_or(|ordered| {
                let mut segments = bits(words).map(|cell| ordered.segment_of_cell(cell));
                let first = segments.next();
                segments.any(|segment| Some(segment) != first)
            })
    })
}

/// The questions worth asking, in the order in which they should be asked.
pub(crate) fn questions(assembly: &Assembly<'_>, outcome: &Outcome) -> Questions {
    let base = assembly.base;
    let program = assembly.program;
    let truths = assembly.truths;
    let may_ask = |fact: FactIndex| {
        !assembly.known.get(fact.index()).is_some_and(Known::is_declined)
            && program
                .ask_when
                .get(fact.index())
                .copied()
                .flatten()
                .is_none_or(|node| truths.of(node) == Truth::True)
    };
    let facts = (0..base.facts.len()).map(FactIndex::new);
    let unknown: Vec<bool> = facts
        .map(|fact| is_unknown(truths.cells, truths.possible, fact))
        .collect();
    if !unknown.contains(&true) {
        return Questions {
            list: Vec::new(),
            exact: true,
        };
    }
    // By fact: the advice ids that may hang on it, and the red flags among them.
    let mut hanging: Vec<Vec<AdviceIndex>> = vec![Vec::new(); base.facts.len()];
    let mut flags: Vec<Vec<(AdviceIndex, Verdict)>> = vec![Vec::new(); base.facts.len()];
    // By rule: the facts that could still settle it.
    let mut open: Vec<Vec<FactIndex>> = Vec::with_capacity(base.rules.len());
    for (position, rule) in base.rules.iter().enumerate() {
        let mut facts = Vec::new();
        if outcome.silenced_by.is_none() || rule.verdict == Verdict::Emergency {
            facts = open_facts(assembly, RuleIndex::new(position), &unknown);
            facts.retain(|fact| may_ask(*fact));
        }
        for fact in &facts {
            if let Some(list) = hanging.get_mut(fact.index()) {
                list.push(rule.advice);
            }
            if rule.kind == RuleKind::RedFlag
                && let Some(list) = flags.get_mut(fact.index())
            {
                list.push((rule.advice, rule.verdict));
            }
        }
        open.push(facts);
    }
    if open.iter().all(Vec::is_empty) {
        return Questions {
            list: Vec::new(),
            exact: true,
        };
    }
    let mut exact = true;
    let mut changing: Vec<Vec<AdviceIndex>> = vec![Vec::new(); base.facts.len()];
    for (advice, facts) in by_advice(&hanging, base.advice.len()) {
        exact &= try_facts(Change::new(assembly, advice, &[]), advice, &facts, &mut changing);
    }
    // A rule may silence or override other advice while its own stays as it is.
    for (position, focus) in program.focuses.iter().enumerate() {
        let advice = AdviceIndex::new(position);
        let rules = focus.core.iter().chain(&focus.suppressors);
        let mut facts: Vec<FactIndex> = rules
            .filter(|rule| {
                base.rules
                    .get(rule.index())
                    .is_some_and(|rule| rule.advice != advice)
            })
            .filter_map(|rule| open.get(rule.index()))
            .flatten()
            .copied()
            .filter(|fact| changing.get(fact.index()).is_some_and(Vec::is_empty))
            .collect();
        if facts.is_empty() {
            continue;
        }
        facts.compact_sort();
        facts.dedup();
        exact &= try_facts(
            Change::new(assembly, advice, &facts),
            advice,
            &facts,
            &mut changing,
        );
    }
    let mut asked: Vec<(Option<Verdict>, usize, FactIndex, Vec<AdviceIndex>)> = Vec::new();
    for (position, advice) in changing
        .into_iter()
        .enumerate()
        .filter(|(_, advice)| !advice.is_empty())
    {
        let fact = FactIndex::new(position);
        let first = base
            .ask_first
            .iter()
            .position(|other| *other == fact)
            .unwrap_or(usize::MAX);
        let urgent = flags.get(position).into_iter().flatten();
        let urgent = urgent
            .filter(|(flag, _)| advice.contains(flag))
            .map(|(_, level)| *level)
            .min();
        asked.push((urgent, first, fact, advice));
    }
    asked.compact_sort_by_key(|(urgent, first, fact, advice)| {
        (
            urgent.is_none(),
            *urgent,
            *first,
            std::cmp::Reverse(advice.len()),
            *fact,
        )
    });
    let list = asked
        .into_iter()
        .filter_map(|(red_flag, _, fact, advice)| {
            let found = base.facts.get(fact.index())?;
            let because = advice
                .into_iter()
                .map(|advice| assembly.advice_id(advice))
                .collect();
            Some(Question {
                fact: found.id.clone(),
                ask: assembly.words(&found.ask),
                because,
                red_flag,
            })
        })
        .collect();
    Questions { list, exact }
}

/// Notes which of the facts can change an advice id; false when that was not decided of each.
fn try_facts(
    mut change: Option<Change<'_>>,
    advice: AdviceIndex,
    facts: &[FactIndex],
    changing: &mut [Vec<AdviceIndex>],
) -> bool {
    let mut exact = true;
    for fact in facts {
        match change
            .as_mut()
            .and_then(|change| change.possible(*fact, COMPLETIONS))
        {
            Some(Answer::ChangesNothing) => continue,
            Some(Answer::Changes) => {}
            // Undecided within the budget: asked, never dropped.
            None => exact = false,
        }
        if let Some(list) = changing.get_mut(fact.index()) {
            list.push(advice);
        }
    }
    exact
}

/// The facts that may bear on each advice id, by advice id.
fn by_advice(
    hanging: &[Vec<AdviceIndex>],
    count: usize,
) -> impl Iterator<Item = (AdviceIndex, Vec<FactIndex>)> {
    let mut by_advice: Vec<Vec<FactIndex>> = vec![Vec::new(); count];
    for (position, advice) in hanging.iter().enumerate() {
        for advice in advice {
            if let Some(facts) = by_advice.get_mut(advice.index())
                && facts.last() != Some(&FactIndex::new(position))
            {
                facts.push(FactIndex::new(position));
            }
        }
    }
    let numbered = by_advice.into_iter().enumerate();
    numbered
        .filter(|(_, facts)| !facts.is_empty())
        .map(|(number, facts)| (AdviceIndex::new(number), facts))
}

/// The unknown facts of what is not settled about a rule.
fn open_facts(assembly: &Assembly<'_>, rule: RuleIndex, unknown: &[bool]) -> Vec<FactIndex> {
    let (base, program, truths) = (assembly.base, assembly.program, assembly.truths);
    let (Some(found), Some(nodes)) = (base.rules.get(rule.index()), program.rules.get(rule.index())) else {
        return Vec::new();
    };
    let settled = [nodes.except, nodes.never]
        .into_iter()
        .flatten()
        .any(|node| truths.of(node) == Truth::True)
        || truths.of(nodes.live) == Truth::False;
    if settled {
        return Vec::new();
    }
    let mut facts: Vec<FactIndex> = program
        .roots_of(rule)
        .iter()
        .filter(|root| truths.of(root.node) == Truth::Unknown)
        .flat_map(|root| &root.literals)
        .filter(|(literal, _)| truths.kleene(*literal) == Truth::Unknown)
        .map(|(_, fact)| *fact)
        .collect();
    facts.extend(
        found
            .stage
            .and_then(|(plan, _)| base.stages.get(plan.index()))
            .into_iter()
            .flat_map(|plan| [plan.at, plan.comfortable]),
    );
    facts.compact_sort();
    facts.dedup();
    facts.retain(|fact| unknown.get(fact.index()) == Some(&true));
    facts
}
