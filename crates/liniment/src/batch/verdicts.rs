//! Which verdict stands, as operations on planes: the same as `evaluate::verdicts`, row by row.
//!
//! Only what is surely so acts on a verdict, so that one plane of each rule is enough; where several rules
//! that give one verdict are open together, they may surely give it only together: such rows are evaluated
//! alone.

use liniment_planes::Slot;

use crate::batch::planes::{Lower, Merged, Pair};
use crate::cells::{CellSet, Literal, VariableIndex};
use crate::check::base::{AdviceIndex, CheckedBase, Rule, RuleIndex, RuleKind, StagesIndex, Suppresses};
use crate::compact_sort::CompactSort;
use crate::compile::{NodeId, Program};
use crate::verdict::Verdict;

/// The planes of all verdicts: for each advice id, those that it can have, each with its plane.
pub(super) fn lower(
    base: &CheckedBase,
    program: &Program,
    merged: &Merged,
    lower: &mut Lower<'_>,
) -> (Vec<Slot>, Vec<Vec<Verdict>>) {
    let mut circuit = Circuit {
        base,
        program,
        merged,
        lower,
    };
    let silent = circuit.lower.constant(false);
    let mut items = circuit.items(&|_, _| silent);
    if base.rules.iter().any(|rule| !rule.beside.is_empty()) {
        // What stands beside other advice comes last, when that advice is settled.
        let first = items;
        items = circuit.items(&|circuit, rule| circuit.stands_beside(rule, &first));
    }
    let verdicts = items
        .iter()
        .map(|item| item.iter().map(|(verdict, _)| *verdict).collect())
        .collect();
    let slots = items.iter().flatten().map(|(_, slot)| *slot).collect();
    (slots, verdicts)
}

/// Of one advice id: where it has which verdict.
type Item = Vec<(Verdict, Slot)>;

struct Circuit<'c, 'l> {
    base: &'c CheckedBase,
    program: &'c Program,
    merged: &'c Merged,
    lower: &'c mut Lower<'l>,
}

/// How a rule stands.
struct Speaker {
    withdrawn: Slot,
    /// Surely live.
    live: Slot,
    /// What it can say, under which condition beside its node, and the node.
    voices: Vec<(Verdict, Slot, NodeId)>,
    /// Where its gate may be shut; for a gated rule that is no step of a plan.
    shut: Option<Slot>,
}

impl Circuit<'_, '_> {
    fn pair(&mut self, node: NodeId) -> Pair {
        self.lower.exact(&self.merged.nodes, self.merged.of(node))
    }

    fn surely(&mut self, node: Option<NodeId>) -> Slot {
        match node {
            Some(node) => self.pair(node).surely,
            None => self.lower.constant(false),
        }
    }

    fn items(&mut self, beside_listed: &dyn Fn(&mut Self, &Rule) -> Slot) -> Vec<Item> {
        let base = self.base;
        let speakers: Vec<Speaker> = (0..base.rules.len())
            .map(|rule| self.speaker(RuleIndex::new(rule), beside_listed))
            .collect();
        let overridden = self.overridden(&speakers);
        let silencing: Vec<(Slot, AdviceIndex, &Suppresses)> = base
            .rules
            .iter()
            .zip(speakers.iter().zip(&overridden))
            .filter_map(|(rule, (speaker, overridden))| {
                let acts = self.lower.without(speaker.live, *overridden);
                Some((acts, rule.advice, rule.suppresses.as_ref()?))
            })
            .collect();
        base.advice
            .iter()
            .enumerate()
            .map(|(index, advice)| {
                let heard: Vec<(&Speaker, Slot)> = advice
                    .rules
                    .iter()
                    .filter_map(|rule| {
                        let speaker = speakers.get(rule.index())?;
                        let unheard = vec![speaker.withdrawn, *overridden.get(rule.index())?];
                        let unheard = self.lower.any(unheard);
                        Some((speaker, self.lower.not(unheard)))
                    })
                    .collect();
                let item = self.stands(&advice.rules, &heard);
                self.suppressed(AdviceIndex::new(index), item, &silencing)
            })
            .collect()
    }

    fn speaker(&mut self, index: RuleIndex, beside_listed: &dyn Fn(&mut Self, &Rule) -> Slot) -> Speaker {
        let (Some(rule), Some(nodes)) = (
            self.base.rules.get(index.index()),
            self.program.rules.get(index.index()),
        ) else {
            let none = self.lower.constant(false);
            return Speaker {
                withdrawn: none,
                live: none,
                voices: Vec::new(),
                shut: None,
            };
        };
        let mut withdrawing = vec![self.surely(nodes.except), self.surely(nodes.never)];
        if let Some((plan, step)) = rule.stage {
            let present = self.present(plan, step);
            withdrawing.push(self.lower.not(present));
        }
        if !rule.beside.is_empty() {
            let listed = beside_listed(self, rule);
            withdrawing.push(self.lower.not(listed));
        }
        let excepted = self.surely(nodes.unless);
        let not_excepted = self.lower.not(excepted);
        let mut voices: Vec<(Verdict, Slot, NodeId)> = nodes
            .open
            .iter()
            .map(|open| (open.verdict, not_excepted, open.node))
            .collect();
        match rule.then {
            Some(then) => voices.extend(nodes.open.iter().map(|open| (then, excepted, open.node))),
            None => withdrawing.push(excepted),
        }
        let withdrawn = self.lower.any(withdrawing);
        let live = match (rule.stage, rule.kind) {
            (Some(_), _) => self.surely(nodes.open.first().map(|open| open.node)),
            (None, RuleKind::Wait) => {
                let live = self.pair(nodes.live).surely;
                let shut = match nodes.shut {
                    Some(shut) => self.pair(shut).perhaps,
                    None => self.lower.constant(false),
                };
                self.lower.every(vec![live, shut])
            }
            _ => self.pair(nodes.live).surely,
        };
        Speaker {
            withdrawn,
            live: self.lower.without(live, withdrawn),
            voices,
            shut: nodes
                .shut
                .filter(|_| rule.stage.is_none())
                .map(|shut| self.pair(shut).perhaps),
        }
    }

    /// Where a staged plan stands at a step.
    fn present(&mut self, plan: StagesIndex, step: usize) -> Slot {
        let Some(stages) = self.base.stages.get(plan.index()) else {
            return self.lower.constant(false);
        };
        let cells = &self.program.cells;
        let only = |circuit: &mut Self, variable: VariableIndex, cell: u32| {
            let count = cells.variable(variable).map_or(1, |variable| variable.cells);
            let holds_in = CellSet::of(count, |other| other == cell);
            circuit.lower.literal(&Literal { variable, holds_in }).surely
        };
        let at = cells.variable_of(stages.at);
        let comfortable = only(self, cells.variable_of(stages.comfortable), 1);
        let last = stages.steps.len().saturating_sub(1);
        let count = cells.variable(at).map_or(0, |variable| variable.cells);
        let started: Vec<Slot> = (1..count).map(|cell| only(self, at, cell)).collect();
        let mut present = Vec::new();
        if step == 0 {
            let anywhere = self.lower.any(started.clone());
            present.push(self.lower.not(anywhere));
        }
        for (cell, here) in (1usize..).zip(started) {
            if cell.min(last) == step {
                present.push(self.lower.every(vec![here, comfortable]));
            }
            if (cell - 1).min(last) == step {
                present.push(self.lower.without(here, comfortable));
            }
        }
        self.lower.any(present)
    }

    fn stands_beside(&mut self, rule: &Rule, settled: &[Item]) -> Slot {
        let positive = rule
            .beside
            .iter()
            .filter_map(|advice| settled.get(advice.index()))
            .flatten()
            .filter(|(verdict, _)| crate::evaluate::is_positive(*verdict))
            .map(|(_, slot)| *slot)
            .collect();
        self.lower.any(positive)
    }

    /// By rule: where it surely gives way.
    fn overridden(&mut self, speakers: &[Speaker]) -> Vec<Slot> {
        let none = self.lower.constant(false);
        let mut overridden = vec![none; speakers.len()];
        for rule in &self.program.precedence {
            let (Some(speaker), Some(own)) = (speakers.get(rule.index()), overridden.get(rule.index()))
            else {
                continue;
            };
            let acts = self.lower.without(speaker.live, *own);
            let lower_rules = self
                .base
                .rules
                .get(rule.index())
                .map_or(&[][..], |rule| &rule.overrides);
            for lower in lower_rules {
                if let Some(slot) = overridden.get_mut(lower.index()) {
                    *slot = self.lower.any(vec![*slot, acts]);
                }
            }
        }
        overridden
    }

    /// The verdict of one advice id: of those given, the most cautious.
    fn stands(&mut self, rules: &[RuleIndex], heard: &[(&Speaker, Slot)]) -> Item {
        let mut given: Vec<(Verdict, Vec<(Slot, NodeId)>)> = Vec::new();
        let mut add = |verdict: Verdict, condition: Slot, node: NodeId| match given
            .iter_mut()
            .find(|(other, _)| *other == verdict)
        {
            Some((_, list)) => list.push((condition, node)),
            None => given.push((verdict, vec![(condition, node)])),
        };
        for (speaker, heard) in heard {
            for (verdict, condition, node) in &speaker.voices {
                add(*verdict, self.lower.every(vec![*condition, *heard]), *node);
            }
        }
        // Rules with a verdict "not yet" of their own do not count together with shut gates.
        let mut given: Vec<(Verdict, Slot)> = given
            .into_iter()
            .map(|(verdict, list)| (verdict, self.together(&list)))
            .collect();
        let waiting: Vec<(Slot, NodeId)> = rules
            .iter()
            .zip(heard)
            .filter_map(|(rule, (speaker, heard))| {
                let live = self.program.rules.get(rule.index())?.live;
                Some((self.lower.every(vec![speaker.shut?, *heard]), live))
            })
            .collect();
        if !waiting.is_empty() {
            given.push((Verdict::Defer, self.together(&waiting)));
        }
        given.compact_sort_by_key(|(verdict, _)| verdict.caution());
        let mut before = self.lower.constant(false);
        let mut stands: Item = Vec::new();
        for (verdict, slot) in given {
            let first = self.lower.without(slot, before);
            before = self.lower.any(vec![before, slot]);
            match stands.last_mut() {
                Some((last, joined)) if *last == verdict => *joined = self.lower.any(vec![*joined, first]),
                _ => stands.push((verdict, first)),
            }
        }
        stands
    }

    /// Where any of these surely holds, each under its condition. Where none does and several are open, and
    /// test a fact in common, the row is evaluated alone.
    fn together(&mut self, list: &[(Slot, NodeId)]) -> Slot {
        let mut surely = Vec::with_capacity(list.len());
        let mut open = Vec::with_capacity(list.len());
        for (condition, node) in list {
            let pair = self.pair(*node);
            surely.push(self.lower.every(vec![*condition, pair.surely]));
            let unknown = self.lower.without(pair.perhaps, pair.surely);
            open.push(self.lower.every(vec![*condition, unknown]));
        }
        let surely = self.lower.any(surely);
        let nodes: Vec<NodeId> = list.iter().map(|(_, node)| self.merged.of(*node)).collect();
        if list.len() > 1 && !self.merged.nodes.repeated_variables(&nodes).is_empty() {
            let none = self.lower.constant(false);
            let (mut one, mut two) = (none, none);
            for open in open {
                let both = self.lower.every(vec![one, open]);
                two = self.lower.any(vec![two, both]);
                one = self.lower.any(vec![one, open]);
            }
            let alone = self.lower.without(two, surely);
            self.lower.alone(alone);
        }
        surely
    }

    /// Takes away what is silenced.
    fn suppressed(
        &mut self,
        advice: AdviceIndex,
        item: Item,
        silencing: &[(Slot, AdviceIndex, &Suppresses)],
    ) -> Item {
        let acting = silencing
            .iter()
            .filter(|(_, by, suppresses)| {
                *by != advice
                    && match suppresses {
                        Suppresses::Everything => true,
                        Suppresses::Advice(list) => list.contains(&advice),
                    }
            })
            .map(|(acts, ..)| *acts)
            .collect();
        let silenced = self.lower.any(acting);
        item.into_iter()
            .map(|(verdict, slot)| match verdict {
                Verdict::Emergency => (verdict, slot),
                _ => (verdict, self.lower.without(slot, silenced)),
            })
            .collect()
    }
}
