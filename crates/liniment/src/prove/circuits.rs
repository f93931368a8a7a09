//! Verdicts as circuits over one case: the same steps as `evaluate`, in the same order.

use std::collections::HashMap;
use std::rc::Rc;

use batsat::Lit;

use super::gates::Gates;
use super::scene::{Join, Rail, Scene};
use crate::check::base::{AdviceIndex, CheckedBase, RuleIndex, RuleKind, Suppresses};
use crate::compile::{NodeId, Nodes, Program};
use crate::verdict::Verdict;

/// What is given on one advice id, verdict by verdict.
pub(super) type Given = Vec<(Verdict, Lit)>;

/// Everything that is said in one case.
pub(super) struct Picture {
    /// By rule: it has something to say.
    pub(super) live: Vec<Rail>,
    /// By rule: it has something to say and has not given way.
    pub(super) acts: Vec<Lit>,
    /// By rule: the verdicts it surely says by itself, and is heard with.
    pub(super) says: Vec<Given>,
    /// By advice id: every verdict that its rules give.
    pub(super) given: Vec<Given>,
    /// By advice id: the one that stands.
    pub(super) stands: Vec<Given>,
    /// By advice id: it stands and is not silenced.
    pub(super) listed: Vec<Given>,
}

/// The literal of a verdict in a list.
pub(super) fn verdict_in(given: Option<&Given>, verdict: Verdict) -> Option<Lit> {
    given?
        .iter()
        .find(|(found, _)| *found == verdict)
        .map(|(_, lit)| *lit)
}

/// More rules than this on one verdict are not joined in every way.
const MOST_JOINED: usize = 4;

pub(super) struct Drawing<'a> {
    pub(super) gates: &'a mut Gates,
    pub(super) base: &'a CheckedBase,
    pub(super) program: &'a Program,
    pub(super) nodes: &'a mut Nodes,
    pub(super) scene: &'a mut Scene,
}

/// A rule as it stands in a case.
struct Speaker {
    live: Rail,
    withdrawn: Lit,
    /// Verdict, the condition of its use, and the node that must be True.
    voices: Vec<(Verdict, Lit, NodeId)>,
    gated: Option<(NodeId, NodeId)>,
}

impl Drawing<'_> {
    pub(super) fn draw(mut self) -> Rc<Picture> {
        let first = self.pass(None);
        if self.base.rules.iter().all(|rule| rule.beside.is_empty()) {
            return Rc::new(first);
        }
        Rc::new(self.pass(Some(&first)))
    }

    fn of(&mut self, node: NodeId) -> Rail {
        self.scene.of(self.gates, &self.program.cells, self.nodes, node)
    }

    fn sure(&mut self, node: Option<NodeId>) -> Lit {
        match node {
            Some(node) => self.of(node).sure,
            None => self.gates.constant(false),
        }
    }

    fn pass(&mut self, settled: Option<&Picture>) -> Picture {
        let speakers: Vec<Speaker> = (0..self.base.rules.len())
            .map(|rule| self.speaker(RuleIndex::new(rule), settled))
            .collect();
        let gave_way = self.gave_way(&speakers);
        let never = self.gates.constant(false);
        let at = |list: &[Lit], index: usize| list.get(index).copied().unwrap_or(never);
        let mut acts = Vec::with_capacity(speakers.len());
        let mut heard = Vec::with_capacity(speakers.len());
        for (index, speaker) in speakers.iter().enumerate() {
            acts.push(self.gates.and([speaker.live.sure, !at(&gave_way, index)]));
            heard.push(self.gates.and([!speaker.withdrawn, !at(&gave_way, index)]));
        }
        let says = speakers
            .iter()
            .zip(&heard)
            .map(|(speaker, heard)| self.says(speaker, *heard))
            .collect();
        let given: Vec<Given> = (0..self.base.advice.len())
            .map(|advice| self.given(AdviceIndex::new(advice), &speakers, &heard))
            .collect();
        let stands: Vec<Given> = given.iter().map(|given| self.standing(given)).collect();
        let listed = stands
            .iter()
            .enumerate()
            .map(|(advice, stands)| self.listed(AdviceIndex::new(advice), stands, &acts))
            .collect();
        let live = speakers.iter().map(|speaker| speaker.live).collect();
        Picture {
            live,
            acts,
            says,
            given,
            stands,
            listed,
        }
    }

    fn speaker(&mut self, index: RuleIndex, settled: Option<&Picture>) -> Speaker {
        let never = self.gates.constant(false);
        let nothing = Speaker {
            live: Rail {
                sure: never,
                possible: never,
            },
            withdrawn: !never,
            voices: Vec::new(),
            gated: None,
        };
        let (Some(rule), Some(nodes)) = (
            self.base.rules.get(index.index()),
            self.program.rules.get(index.index()),
        ) else {
            return nothing;
        };
        let mut reasons = vec![self.sure(nodes.except), self.sure(nodes.never)];
        if rule.stage.is_some() {
            reasons.push(!self.present(index));
        }
        if !rule.beside.is_empty() {
            let beside = rule.beside.iter().flat_map(|advice| {
                let listed = settled.and_then(|picture| picture.listed.get(advice.index()));
                [
                    verdict_in(listed, Verdict::Recommend),
                    verdict_in(listed, Verdict::Optional),
                ]
            });
            let beside: Vec<Lit> = beside.flatten().collect();
            reasons.push(!self.gates.or(beside));
        }
        let unless = self.sure(nodes.unless);
        if rule.then.is_none() {
            reasons.push(unless);
        }
        let withdrawn = self.gates.or(reasons);
        let mut voices = Vec::new();
        for open in &nodes.open {
            voices.push((open.verdict, !unless, open.node));
            if let Some(then) = rule.then {
                voices.push((then, unless, open.node));
            }
        }
        let node = match (rule.stage, nodes.open.first()) {
            (Some(_), Some(open)) => open.node,
            _ => nodes.live,
        };
        let mut live = self.of(node);
        if rule.kind == RuleKind::Wait {
            let shut = match nodes.shut {
                Some(shut) => self.of(shut).possible,
                None => never,
            };
            live = Rail {
                sure: self.gates.and([live.sure, shut]),
                possible: self.gates.and([live.possible, shut]),
            };
        }
        let live = Rail {
            sure: self.gates.and([live.sure, !withdrawn]),
            possible: self.gates.and([live.possible, !withdrawn]),
        };
        let gated = nodes
            .shut
            .filter(|_| rule.stage.is_none())
            .map(|shut| (nodes.live, shut));
        Speaker {
            live,
            withdrawn,
            voices,
            gated,
        }
    }

    /// A fix is the present step of its plan.
    fn present(&mut self, index: RuleIndex) -> Lit {
        let found = self.base.rules.get(index.index()).and_then(|rule| rule.stage);
        let Some((step, plan)) =
            found.and_then(|(plan, step)| self.base.stages.get(plan.index()).map(|plan| (step, plan)))
        else {
            return self.gates.constant(false);
        };
        let cells = &self.program.cells;
        let at = cells.variable_of(plan.at);
        let comfortable = self
            .scene
            .only(self.gates, cells.variable_of(plan.comfortable), 1);
        let last = plan.steps.len().saturating_sub(1);
        let count = self.scene.segments.get(at.index()).map_or(0, Vec::len);
        let (mut ways, mut begun) = (Vec::new(), Vec::new());
        for stated in 1..count {
            let known = self.scene.only(self.gates, at, stated);
            begun.push(known);
            if stated.min(last) == step {
                ways.push(self.gates.and([known, comfortable]));
            }
            if (stated - 1).min(last) == step {
                ways.push(self.gates.and([known, !comfortable]));
            }
        }
        if step == 0 {
            ways.push(!self.gates.or(begun));
        }
        self.gates.or(ways)
    }

    /// By rule: it has given way to one that acts.
    fn gave_way(&mut self, speakers: &[Speaker]) -> Vec<Lit> {
        let mut surely: Vec<Vec<Lit>> = vec![Vec::new(); speakers.len()];
        for rule in &self.program.precedence {
            let Some(speaker) = speakers.get(rule.index()) else {
                continue;
            };
            let gone = self
                .gates
                .or(surely.get(rule.index()).cloned().unwrap_or_default());
            let acts = self.gates.and([speaker.live.sure, !gone]);
            for lower in self
                .base
                .rules
                .get(rule.index())
                .map_or(&[][..], |rule| &rule.overrides)
            {
                if let Some(list) = surely.get_mut(lower.index()) {
                    list.push(acts);
                }
            }
        }
        surely.into_iter().map(|list| self.gates.or(list)).collect()
    }

    fn says(&mut self, speaker: &Speaker, heard: Lit) -> Given {
        let mut said: HashMap<Verdict, Vec<Lit>> = HashMap::new();
        for (verdict, used, node) in &speaker.voices {
            let sure = self.of(*node).sure;
            let voice = self.gates.and([heard, *used, sure]);
            said.entry(*verdict).or_default().push(voice);
        }
        if let Some((live, shut)) = speaker.gated {
            let (live, shut) = (self.of(live).sure, self.of(shut).possible);
            let waits = self.gates.and([heard, live, shut]);
            said.entry(Verdict::Defer).or_default().push(waits);
        }
        self.in_order(said)
    }

    fn in_order(&mut self, said: HashMap<Verdict, Vec<Lit>>) -> Given {
        let mut given: Given = said
            .into_iter()
            .map(|(verdict, ways)| (verdict, self.gates.or(ways)))
            .collect();
        given.sort_by_key(|(verdict, _)| verdict.caution());
        given
    }

    fn given(&mut self, advice: AdviceIndex, speakers: &[Speaker], heard: &[Lit]) -> Given {
        let mut voices: HashMap<Verdict, Vec<(Lit, NodeId)>> = HashMap::new();
        let mut waiting: Vec<(Lit, NodeId)> = Vec::new();
        for rule in self
            .base
            .advice
            .get(advice.index())
            .map_or(&[][..], |advice| &advice.rules)
        {
            let (Some(speaker), Some(heard)) = (speakers.get(rule.index()), heard.get(rule.index()).copied())
            else {
                continue;
            };
            for (verdict, used, node) in &speaker.voices {
                let used = self.gates.and([heard, *used]);
                voices.entry(*verdict).or_default().push((used, *node));
            }
            if let Some((live, shut)) = speaker.gated {
                let shut = self.of(shut).possible;
                waiting.push((self.gates.and([heard, shut]), live));
            }
        }
        let mut said: HashMap<Verdict, Vec<Lit>> = HashMap::new();
        let mut verdicts: Vec<(Verdict, Vec<(Lit, NodeId)>)> = voices.into_iter().collect();
        verdicts.sort_by_key(|(verdict, _)| *verdict);
        for (verdict, voices) in verdicts {
            let sure = self.any_sure(&voices);
            said.entry(verdict).or_default().push(sure);
        }
        if !waiting.is_empty() {
            let sure = self.any_sure(&waiting);
            said.entry(Verdict::Defer).or_default().push(sure);
        }
        self.in_order(said)
    }

    /// "Any of these" is True, of those that count: one of them is, or several together are.
    fn any_sure(&mut self, voices: &[(Lit, NodeId)]) -> Lit {
        let never = self.gates.constant(false);
        let voices: Vec<(Lit, NodeId)> = voices
            .iter()
            .copied()
            .filter(|(used, _)| *used != never)
            .collect();
        let mut ways = Vec::new();
        for (used, node) in &voices {
            let sure = self.of(*node).sure;
            ways.push(self.gates.and([*used, sure]));
        }
        if voices.len() < 2 {
            return self.gates.or(ways);
        }
        if voices.len() > MOST_JOINED {
            // One of them, or several together; which, is settled as cases are found.
            let all = self.nodes.any(voices.iter().map(|(_, node)| *node).collect());
            if self.nodes.repeats(all) {
                let all = self.of(all).sure;
                let mut parts = Vec::with_capacity(voices.len());
                for (used, node) in &voices {
                    let number = self
                        .scene
                        .number_of(self.gates, &self.program.cells, self.nodes, *node);
                    parts.push((*used, number));
                }
                let sure = self.gates.join(parts);
                self.gates.implies(sure, all);
                self.scene.joins.push(Join { parts: voices, sure });
                ways.push(sure);
            }
            return self.gates.or(ways);
        }
        for chosen in 1u32..1 << voices.len() {
            let part: Vec<(Lit, NodeId)> = voices
                .iter()
                .zip(0u32..)
                .filter(|(_, position)| chosen >> position & 1 == 1)
                .map(|(voice, _)| *voice)
                .collect();
            if part.len() < 2 {
                continue;
            }
            let any = self.nodes.any(part.iter().map(|(_, node)| *node).collect());
            if self.nodes.repeats(any) {
                let sure = self.of(any).sure;
                ways.push(self.gates.and(part.iter().map(|(used, _)| *used).chain([sure])));
            }
        }
        self.gates.or(ways)
    }

    /// The earliest of several verdicts stands.
    fn standing(&mut self, given: &Given) -> Given {
        let mut before: Vec<Lit> = Vec::new();
        given
            .iter()
            .map(|(verdict, said)| {
                let stands = self
                    .gates
                    .and(before.iter().map(|earlier| !*earlier).chain([*said]));
                before.push(*said);
                (*verdict, stands)
            })
            .collect()
    }

    fn listed(&mut self, advice: AdviceIndex, stands: &Given, acts: &[Lit]) -> Given {
        let silencing: Vec<Lit> = self
            .base
            .rules
            .iter()
            .zip(acts)
            .filter(|(rule, _)| {
                rule.advice != advice
                    && match &rule.suppresses {
                        Some(Suppresses::Everything) => true,
                        Some(Suppresses::Advice(list)) => list.contains(&advice),
                        None => false,
                    }
            })
            .map(|(_, acts)| *acts)
            .collect();
        let silenced = self.gates.or(silencing);
        stands
            .iter()
            .map(|(verdict, stands)| {
                let listed = if *verdict == Verdict::Emergency {
                    *stands
                } else {
                    self.gates.and([*stands, !silenced])
                };
                (*verdict, listed)
            })
            .collect()
    }
}
