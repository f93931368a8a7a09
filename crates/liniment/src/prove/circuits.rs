//! Verdicts as circuits over one case: the same steps as `evaluate`, in the same order.

use std::rc::Rc;

use batsat::Lit;
use hashbrown::{HashMap, HashSet};

use super::gates::Gates;
use super::scene::{Join, Rail, Scene, segment_count};
use crate::check::base::{AdviceIndex, CheckedBase, RuleIndex, RuleKind, Suppresses};
use crate::compact_sort::CompactSort;
use crate::compile::{NodeId, Nodes, Program};
use crate::verdict::Verdict;

/// What is given on one advice id, verdict by verdict.
pub(super) type Given = Vec<(Verdict, Lit)>;

/// What has been drawn of one case so far. Only what a question rests on is: each question about a few rules of
/// many stays as small as these.
#[derive(Default)]
pub(super) struct Picture {
    /// By rule: how it stands.
    speakers: HashMap<RuleIndex, Rc<Speaker>>,
    /// By rule: it has given way to one that acts.
    gave_way: HashMap<RuleIndex, Lit>,
    /// By advice id: every verdict that its rules give.
    given: HashMap<AdviceIndex, Given>,
    /// By advice id: the one that stands and is not silenced.
    listed: HashMap<AdviceIndex, Given>,
}

/// The literal of a verdict in a list.
pub(super) fn verdict_in(given: &Given, verdict: Verdict) -> Option<Lit> {
    given
        .iter()
        .find(|(found, _)| *found == verdict)
        .map(|(_, lit)| *lit)
}

/// Which rules act on which: the other way round than rules say it.
pub(super) struct Precedence {
    /// By rule: those that override it.
    overriders: HashMap<RuleIndex, Vec<RuleIndex>>,
    /// By rule that overrides others: its place, before those that it overrides.
    places: HashMap<RuleIndex, usize>,
    silencing: Vec<RuleIndex>,
}

impl Precedence {
    pub(super) fn new(base: &CheckedBase, program: &Program) -> Self {
        let mut overriders: HashMap<RuleIndex, Vec<RuleIndex>> = HashMap::new();
        let mut silencing = Vec::new();
        for (number, rule) in base.rules.iter().enumerate() {
            let index = RuleIndex::new(number);
            for lower in &rule.overrides {
                overriders.entry(*lower).or_default().push(index);
            }
            if rule.suppresses.is_some() {
                silencing.push(index);
            }
        }
        let places = program.precedence.iter().enumerate();
        Self {
            overriders,
            places: places.map(|(place, rule)| (*rule, place)).collect(),
            silencing,
        }
    }

    /// The rules that override a rule.
    pub(super) fn overriders(&self, rule: RuleIndex) -> &[RuleIndex] {
        self.overriders.get(&rule).map_or(&[], Vec::as_slice)
    }

    /// A rule and all that override it, directly or not: each after those that override it.
    fn before(&self, rule: RuleIndex) -> Vec<RuleIndex> {
        let mut found = vec![rule];
        let mut known: HashSet<RuleIndex> = HashSet::from([rule]);
        let mut next = 0;
        while let Some(current) = found.get(next).copied() {
            next += 1;
            for overrider in self.overriders(current) {
                if known.insert(*overrider) {
                    found.push(*overrider);
                }
            }
        }
        found.compact_sort_by_key(|rule| self.places.get(rule).copied().unwrap_or(usize::MAX));
        found
    }
}

/// More rules than this on one verdict are not joined in every way.
const MOST_JOINED: usize = 4;

/// Advice beside which a rule stands is settled first, as if no rule stood beside any.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pass {
    First,
    Last,
}

pub(super) struct Drawing<'a> {
    gates: &'a mut Gates,
    base: &'a CheckedBase,
    program: &'a Program,
    precedence: &'a Precedence,
    nodes: &'a mut Nodes,
    scene: &'a mut Scene,
    pass: Pass,
}

/// A rule as it stands in a case.
struct Speaker {
    live: Rail,
    withdrawn: Lit,
    /// Verdict, the condition of its use, and the node that must be True.
    voices: Vec<(Verdict, Lit, NodeId)>,
    gated: Option<(NodeId, NodeId)>,
}

impl<'a> Drawing<'a> {
    pub(super) fn new(
        gates: &'a mut Gates,
        (base, program): (&'a CheckedBase, &'a Program),
        (precedence, nodes): (&'a Precedence, &'a mut Nodes),
        scene: &'a mut Scene,
    ) -> Self {
        Self {
            gates,
            base,
            program,
            precedence,
            nodes,
            scene,
            pass: Pass::Last,
        }
    }

    /// A rule has something to say.
    pub(super) fn live(&mut self, rule: RuleIndex) -> Lit {
        self.speaker(rule).live.sure
    }

    /// It has, and has not given way.
    pub(super) fn acts(&mut self, rule: RuleIndex) -> Lit {
        let gone = self.gave_way(rule);
        let live = self.live(rule);
        self.gates.and([live, !gone])
    }

    fn picture(&mut self) -> &mut Picture {
        let [first, last] = &mut self.scene.pictures;
        match self.pass {
            Pass::First => first,
            Pass::Last => last,
        }
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

    fn speaker(&mut self, rule: RuleIndex) -> Rc<Speaker> {
        if let Some(known) = self.picture().speakers.get(&rule) {
            return Rc::clone(known);
        }
        let speaker = Rc::new(self.new_speaker(rule));
        self.picture().speakers.insert(rule, Rc::clone(&speaker));
        speaker
    }

    /// Whether advice is open that a rule stands beside.
    fn stands_beside(&mut self, advice: &[AdviceIndex]) -> Lit {
        if self.pass == Pass::First {
            return self.gates.constant(false);
        }
        self.pass = Pass::First;
        let mut open = Vec::new();
        for advice in advice {
            let listed = self.listed(*advice);
            open.extend(verdict_in(&listed, Verdict::Recommend));
            open.extend(verdict_in(&listed, Verdict::Optional));
        }
        self.pass = Pass::Last;
        self.gates.or(open)
    }

    fn new_speaker(&mut self, index: RuleIndex) -> Speaker {
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
        let (base, program) = (self.base, self.program);
        let (Some(rule), Some(nodes)) = (base.rules.get(index.index()), program.rules.get(index.index()))
        else {
            return nothing;
        };
        let mut reasons = vec![self.sure(nodes.except), self.sure(nodes.never)];
        if rule.stage.is_some() {
            reasons.push(!self.present(index));
        }
        if !rule.beside.is_empty() {
            reasons.push(!self.stands_beside(&rule.beside));
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
            .only(self.gates, cells, cells.variable_of(plan.comfortable), 1);
        let last = plan.steps.len().saturating_sub(1);
        let count = segment_count(cells, at);
        let (mut ways, mut begun) = (Vec::new(), Vec::new());
        for stated in 1..count {
            let known = self.scene.only(self.gates, cells, at, stated);
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

    /// It has given way to one that acts.
    fn gave_way(&mut self, rule: RuleIndex) -> Lit {
        if let Some(known) = self.picture().gave_way.get(&rule) {
            return *known;
        }
        let precedence = self.precedence;
        for current in precedence.before(rule) {
            if self.picture().gave_way.contains_key(&current) {
                continue;
            }
            let mut acting = Vec::new();
            for overrider in precedence.overriders(current) {
                // Those before have been settled; the check has refused circles.
                let Some(gone) = self.picture().gave_way.get(overrider).copied() else {
                    continue;
                };
                let live = self.live(*overrider);
                acting.push(self.gates.and([live, !gone]));
            }
            let gone = self.gates.or(acting);
            self.picture().gave_way.insert(current, gone);
        }
        self.picture()
            .gave_way
            .get(&rule)
            .copied()
            .unwrap_or_else(|| self.gates.constant(false))
    }

    /// It is neither withdrawn nor has it given way.
    fn heard(&mut self, rule: RuleIndex) -> Lit {
        let gone = self.gave_way(rule);
        let withdrawn = self.speaker(rule).withdrawn;
        self.gates.and([!withdrawn, !gone])
    }

    /// The verdicts that a rule surely says by itself, and is heard with.
    pub(super) fn says(&mut self, rule: RuleIndex) -> Given {
        let heard = self.heard(rule);
        let speaker = self.speaker(rule);
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
        given.compact_sort_by_key(|(verdict, _)| verdict.caution());
        given
    }

    /// Every verdict that the rules of an advice id give.
    pub(super) fn given(&mut self, advice: AdviceIndex) -> Given {
        if let Some(known) = self.picture().given.get(&advice) {
            return known.clone();
        }
        let given = self.new_given(advice);
        self.picture().given.insert(advice, given.clone());
        given
    }

    fn new_given(&mut self, advice: AdviceIndex) -> Given {
        let base = self.base;
        let mut voices: HashMap<Verdict, Vec<(Lit, NodeId)>> = HashMap::new();
        let mut waiting: Vec<(Lit, NodeId)> = Vec::new();
        for rule in base
            .advice
            .get(advice.index())
            .map_or(&[][..], |advice| &advice.rules)
        {
            let (speaker, heard) = (self.speaker(*rule), self.heard(*rule));
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
        verdicts.compact_sort_by_key(|(verdict, _)| *verdict);
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

    /// The verdict that stands on an advice id, silenced or not: the earliest of those given.
    pub(super) fn stands(&mut self, advice: AdviceIndex) -> Given {
        let mut before: Vec<Lit> = Vec::new();
        self.given(advice)
            .into_iter()
            .map(|(verdict, said)| {
                let stands = self
                    .gates
                    .and(before.iter().map(|earlier| !*earlier).chain([said]));
                before.push(said);
                (verdict, stands)
            })
            .collect()
    }

    /// The verdict that stands on an advice id and is not silenced.
    pub(super) fn listed(&mut self, advice: AdviceIndex) -> Given {
        if let Some(known) = self.picture().listed.get(&advice) {
            return known.clone();
        }
        let (base, precedence) = (self.base, self.precedence);
        let mut silencing = Vec::new();
        for index in &precedence.silencing {
            let silences = base.rules.get(index.index()).is_some_and(|rule| {
                rule.advice != advice
                    && match &rule.suppresses {
                        Some(Suppresses::Everything) => true,
                        Some(Suppresses::Advice(list)) => list.contains(&advice),
                        None => false,
                    }
            });
            if silences {
                silencing.push(self.acts(*index));
            }
        }
        let silenced = self.gates.or(silencing);
        let listed: Given = self
            .stands(advice)
            .into_iter()
            .map(|(verdict, stands)| {
                let listed = if verdict == Verdict::Emergency {
                    stands
                } else {
                    self.gates.and([stands, !silenced])
                };
                (verdict, listed)
            })
            .collect();
        self.picture().listed.insert(advice, listed.clone());
        listed
    }
}
