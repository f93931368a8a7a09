//! What the verdict of one advice id rests on.

use std::sync::OnceLock;

use super::{Node, NodeId, Nodes, Program, RuleProgram};
use crate::cells::Cells;
use crate::check::base::{AdviceIndex, CheckedBase, FactIndex, RuleIndex, Suppresses};
use crate::compact_sort::CompactSort;

/// The rules that can have a say in the verdict of one advice id.
#[derive(Debug, Default)]
pub(crate) struct Focus {
    /// The advice id, and those beside which any of the rules below stands; sorted.
    pub(crate) advice: Vec<AdviceIndex>,
    /// The rules that speak about these, and those that override them; sorted.
    pub(crate) core: Vec<RuleIndex>,
    /// The rules that may silence these, and those that override them; sorted.
    pub(crate) suppressors: Vec<RuleIndex>,
    found: OnceLock<FocusNodes>,
}

/// A node that decides something, and the literals below it.
#[derive(Clone, Debug)]
pub(crate) struct Root {
    pub(crate) node: NodeId,
    /// Where this is False the rule says nothing, whatever the node.
    pub(crate) live: NodeId,
    /// The rule is a step of a staged plan.
    pub(crate) staged: bool,
    pub(crate) literals: Vec<(NodeId, FactIndex)>,
}

/// What a focus rests on, node by node; worked out when first asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct FocusNodes {
    /// Every rule, sorted.
    pub(crate) rules: Vec<RuleIndex>,
    /// Every node, children before parents.
    pub(crate) nodes: Vec<NodeId>,
    pub(crate) core: Vec<Root>,
    pub(crate) suppressors: Vec<Root>,
    /// The facts that say where the staged plans of its steps stand.
    pub(crate) stage_facts: Vec<FactIndex>,
}

impl Focus {
    /// The nodes of the focus.
    pub(crate) fn nodes<'a>(&'a self, base: &CheckedBase, program: &'a Program) -> &'a FocusNodes {
        self.found.get_or_init(|| {
            let mut rules: Vec<RuleIndex> = self.core.iter().chain(&self.suppressors).copied().collect();
            rules.compact_sort();
            rules.dedup();
            let roots_of = |rules: &[RuleIndex]| -> Vec<Root> {
                rules
                    .iter()
                    .flat_map(|rule| program.roots_of(*rule).iter().cloned())
                    .collect()
            };
            let core = roots_of(&self.core);
            let suppressors = roots_of(&self.suppressors);
            let all: Vec<NodeId> = core.iter().chain(&suppressors).map(|root| root.node).collect();
            let mut stage_facts: Vec<FactIndex> = self
                .core
                .iter()
                .filter_map(|rule| base.rules.get(rule.index()).and_then(|rule| rule.stage))
                .filter_map(|(plan, _)| base.stages.get(plan.index()))
                .flat_map(|plan| [plan.at, plan.comfortable])
                .collect();
            stage_facts.compact_sort();
            stage_facts.dedup();
            FocusNodes {
                rules,
                nodes: program.nodes.below(&all),
                core,
                suppressors,
                stage_facts,
            }
        })
    }
}

/// The roots of one rule, with the literals below each.
pub(super) fn roots(cells: &Cells, nodes: &Nodes, rule: &RuleProgram, staged: bool) -> Vec<Root> {
    rule.roots()
        .into_iter()
        .map(|node| {
            let literals = nodes
                .below(&[node])
                .into_iter()
                .filter_map(|below| match nodes.get(below) {
                    Node::Literal(literal) => cells
                        .variable(literal.variable)
                        .map(|variable| (below, variable.fact)),
                    _ => None,
                });
            Root {
                node,
                live: rule.live,
                staged,
                literals: literals.collect(),
            }
        })
        .collect()
}

pub(super) fn focuses(base: &CheckedBase) -> Vec<Focus> {
    let mut overriders = Overriders::new(base);
    let everything: Vec<RuleIndex> = suppressing(base, |suppresses| *suppresses == Suppresses::Everything);
    let mut silencing: Vec<Vec<RuleIndex>> = vec![Vec::new(); base.advice.len()];
    for (index, rule) in base.rules.iter().enumerate() {
        if let Some(Suppresses::Advice(advice)) = &rule.suppresses {
            for advice in advice {
                if let Some(list) = silencing.get_mut(advice.index()) {
                    list.push(RuleIndex::new(index));
                }
            }
        }
    }
    (0..base.advice.len())
        .map(|index| {
            let mut advice = vec![AdviceIndex::new(index)];
            let (mut core, mut suppressors) = (Vec::new(), Vec::new());
            let mut next = 0;
            // Advice beside which a rule stands decides with it.
            while let Some(current) = advice.get(next).copied() {
                next += 1;
                let rules = base
                    .advice
                    .get(current.index())
                    .map_or(&[][..], |entry| &entry.rules);
                let silencing = silencing.get(current.index()).map_or(&[][..], Vec::as_slice);
                let speaking = overriders.closure(rules.iter().copied());
                let silencing = overriders.closure(silencing.iter().chain(&everything).copied());
                for beside in speaking
                    .iter()
                    .chain(&silencing)
                    .filter_map(|rule| base.rules.get(rule.index()))
                    .flat_map(|rule| &rule.beside)
                {
                    if !advice.contains(beside) {
                        advice.push(*beside);
                    }
                }
                core.extend(speaking);
                suppressors.extend(silencing);
            }
            advice.compact_sort();
            core.compact_sort();
            core.dedup();
            suppressors.compact_sort();
            suppressors.dedup();
            Focus {
                advice,
                core,
                suppressors,
                found: OnceLock::new(),
            }
        })
        .collect()
}

fn suppressing(base: &CheckedBase, wanted: impl Fn(&Suppresses) -> bool) -> Vec<RuleIndex> {
    base.rules
        .iter()
        .enumerate()
        .filter(|(_, rule)| rule.suppresses.as_ref().is_some_and(&wanted))
        .map(|(index, _)| RuleIndex::new(index))
        .collect()
}

/// Follows rules to what overrides them.
struct Overriders {
    /// By rule: the rules that override it.
    of: Vec<Vec<RuleIndex>>,
    /// By rule: the last walk that met it.
    met: Vec<u32>,
    walk: u32,
}

impl Overriders {
    fn new(base: &CheckedBase) -> Self {
        let mut of: Vec<Vec<RuleIndex>> = vec![Vec::new(); base.rules.len()];
        for (index, rule) in base.rules.iter().enumerate() {
            for lower in &rule.overrides {
                if let Some(list) = of.get_mut(lower.index()) {
                    list.push(RuleIndex::new(index));
                }
            }
        }
        Self {
            of,
            met: vec![0; base.rules.len()],
            walk: 0,
        }
    }

    /// The rules and whatever overrides them, and whatever overrides that; sorted, each once.
    fn closure(&mut self, rules: impl IntoIterator<Item = RuleIndex>) -> Vec<RuleIndex> {
        self.walk += 1;
        let mut found = Vec::new();
        let mut open: Vec<RuleIndex> = rules.into_iter().collect();
        while let Some(rule) = open.pop() {
            match self.met.get_mut(rule.index()) {
                Some(met) if *met != self.walk => *met = self.walk,
                _ => continue,
            }
            found.push(rule);
            open.extend(self.of.get(rule.index()).into_iter().flatten());
        }
        found.compact_sort();
        found
    }
}

/// The rules that override others, each before those it overrides. The check has refused cycles.
pub(super) fn precedence(base: &CheckedBase) -> Vec<RuleIndex> {
    let mut above = vec![0u32; base.rules.len()];
    for lower in base.rules.iter().flat_map(|rule| &rule.overrides) {
        if let Some(count) = above.get_mut(lower.index()) {
            *count += 1;
        }
    }
    let mut ready: Vec<RuleIndex> = base
        .rules
        .iter()
        .enumerate()
        .filter(|(index, rule)| !rule.overrides.is_empty() && above.get(*index) == Some(&0))
        .map(|(index, _)| RuleIndex::new(index))
        .collect();
    let mut order = Vec::new();
    while let Some(rule) = ready.pop() {
        order.push(rule);
        for lower in base
            .rules
            .get(rule.index())
            .map_or(&[][..], |rule| &rule.overrides)
        {
            if let Some(count) = above.get_mut(lower.index()) {
                *count = count.saturating_sub(1);
                if *count == 0
                    && base
                        .rules
                        .get(lower.index())
                        .is_some_and(|rule| !rule.overrides.is_empty())
                {
                    ready.push(*lower);
                }
            }
        }
    }
    order
}
