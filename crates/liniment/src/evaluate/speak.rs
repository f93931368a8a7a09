//! Which rules speak for a case, and what each could say.

use crate::cells::Cells;
use crate::check::base::{CheckedBase, Rule, RuleIndex, RuleKind, StagesIndex};
use crate::compile::{NodeId, Program};
use crate::evaluate::{Possible, Truth, Truths, words_of};
use crate::verdict::Verdict;

/// One verdict that a rule speaks, with the condition that must be True.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Voice {
    pub(crate) verdict: Verdict,
    pub(crate) node: NodeId,
    pub(crate) nearly: bool,
}

/// The verdicts that a rule speaks: no more than two.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Voices {
    list: [Option<Voice>; 2],
}

impl Voices {
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Voice> + Clone {
        self.list.iter().flatten()
    }
}

/// What can be asked about the conditions of one case.
pub(crate) trait Judge {
    fn cells(&self) -> &Cells;
    fn possible(&self) -> &Possible;
    /// The truth of a node.
    fn of(&self, node: NodeId) -> Truth;
    /// Whether any of several nodes surely holds, though perhaps no single one does.
    fn surely_any(&self, nodes: &mut dyn Iterator<Item = NodeId>) -> bool;
}

impl Judge for Truths<'_> {
    fn cells(&self) -> &Cells {
        self.cells
    }
    fn possible(&self) -> &Possible {
        self.possible
    }
    fn of(&self, node: NodeId) -> Truth {
        Truths::of(self, node)
    }
    fn surely_any(&self, nodes: &mut dyn Iterator<Item = NodeId>) -> bool {
        self.any(nodes) == Truth::True
    }
}

/// A rule as it stands for a case.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Speaker {
    pub(crate) rule: RuleIndex,
    /// Whether the rule has anything to say: surely, perhaps, or surely not.
    pub(crate) live: Truth,
    /// What it says while its gate is open. Empty when it is withdrawn.
    pub(crate) voices: Voices,
    /// Live behind its gate, and live with the gate shut; for a gated rule that is not withdrawn.
    pub(crate) gated: Option<(NodeId, NodeId)>,
    /// Withdrawn by its exception, its contraindication, or because it is not the present step of a plan.
    pub(crate) withdrawn: bool,
    /// An exception that is Unknown could still change what it says.
    pub(crate) own_exception_open: bool,
}

/// Where a staged plan stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stage {
    /// The step that may speak, from 0.
    pub(crate) step: usize,
    /// The step that the case states, 0 for "not started", when it is known.
    pub(crate) at: Option<usize>,
    pub(crate) comfortable: Truth,
}

/// Where a staged plan stands: unknown, or known only as one of several, counts as not started.
pub(crate) fn stage_of(base: &CheckedBase, judge: &impl Judge, stages: StagesIndex) -> Stage {
    let Some(plan) = base.stages.get(stages.index()) else {
        return Stage {
            step: 0,
            at: None,
            comfortable: Truth::Unknown,
        };
    };
    let cells = judge.cells();
    let only = |variable| {
        let words = words_of(cells, judge.possible(), variable);
        let count: u32 = words.iter().map(|word| word.count_ones()).sum();
        let first = words
            .iter()
            .enumerate()
            .find(|(_, word)| **word != 0)
            .map(|(position, word)| position * 64 + word.trailing_zeros() as usize);
        (count == 1).then_some(first).flatten()
    };
    let at = only(cells.variable_of(plan.at));
    let comfortable = match only(cells.variable_of(plan.comfortable)) {
        Some(1) => Truth::True,
        Some(_) => Truth::False,
        None => Truth::Unknown,
    };
    let last = plan.steps.len().saturating_sub(1);
    let step = match at {
        None | Some(0) => 0,
        Some(at) if comfortable == Truth::True => at.min(last),
        Some(at) => at - 1,
    };
    Stage {
        step: step.min(last),
        at,
        comfortable,
    }
}

/// How rules stand for a case, by rule.
#[derive(Clone, Debug, Default)]
pub(crate) struct Speakers {
    /// Sorted by rule.
    list: Vec<Speaker>,
    /// All rules of the base are in the list.
    complete: bool,
}

impl Speakers {
    pub(crate) fn get(&self, rule: RuleIndex) -> Option<&Speaker> {
        self.list.get(self.place(rule)?)
    }

    fn place(&self, rule: RuleIndex) -> Option<usize> {
        if self.complete {
            return Some(rule.index());
        }
        self.list.binary_search_by_key(&rule, |speaker| speaker.rule).ok()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Speaker> {
        self.list.iter()
    }

    /// Notes of a rule with `beside` that one of its ids is listed.
    pub(crate) fn let_speak(
        &mut self,
        base: &CheckedBase,
        program: &Program,
        truths: &Truths<'_>,
        rule: RuleIndex,
    ) {
        let place = self.place(rule);
        if let (Some(slot), Some(speaker)) = (
            place.and_then(|place| self.list.get_mut(place)),
            speaker(base, program, truths, rule, &|_| true),
        ) {
            *slot = speaker;
        }
    }
}

/// How every rule stands for a case; rules with `beside`, as where none of their ids is listed.
pub(crate) fn all_speakers(base: &CheckedBase, program: &Program, truths: &Truths<'_>) -> Speakers {
    let rules = (0..base.rules.len()).map(RuleIndex::new);
    let mut list = Vec::with_capacity(rules.len());
    list.extend(rules.filter_map(|rule| speaker(base, program, truths, rule, &|_| false)));
    Speakers { list, complete: true }
}

/// How some rules, sorted, stand for a case; those with `beside` as above.
pub(crate) fn some_speakers(
    base: &CheckedBase,
    program: &Program,
    truths: &Truths<'_>,
    rules: &[RuleIndex],
) -> Speakers {
    let mut list = Vec::with_capacity(rules.len());
    let rules = rules.iter();
    list.extend(rules.filter_map(|rule| speaker(base, program, truths, *rule, &|_| false)));
    Speakers {
        list,
        complete: false,
    }
}

/// How a rule stands for a case.
pub(crate) fn speaker(
    base: &CheckedBase,
    program: &Program,
    judge: &impl Judge,
    index: RuleIndex,
    beside_listed: &impl Fn(&Rule) -> bool,
) -> Option<Speaker> {
    let rule = base.rules.get(index.index())?;
    let nodes = program.rules.get(index.index())?;
    let truth_of = |node: Option<NodeId>| node.map_or(Truth::False, |node| judge.of(node));
    let except = truth_of(nodes.except);
    let unless = truth_of(nodes.unless);
    let never = truth_of(nodes.never);
    let not_present = rule
        .stage
        .is_some_and(|(plan, step)| stage_of(base, judge, plan).step != step);
    let silent = !rule.beside.is_empty() && !beside_listed(rule);
    let mut withdrawn = except == Truth::True || never == Truth::True || not_present || silent;
    let mut voices = Voices::default();
    for (slot, open) in voices.list.iter_mut().zip(&nodes.open) {
        *slot = Some(Voice {
            verdict: open.verdict,
            node: open.node,
            nearly: open.nearly,
        });
    }
    if unless == Truth::True {
        match rule.then {
            Some(then) => voices
                .list
                .iter_mut()
                .flatten()
                .for_each(|voice| voice.verdict = then),
            None => withdrawn = true,
        }
    }
    if withdrawn {
        voices = Voices::default();
    }
    let live = match (withdrawn, rule.stage, rule.kind) {
        (true, ..) => Truth::False,
        // The plan's own wait says "not yet"; a step behind a shut gate says nothing.
        (_, Some(_), _) => truth_of(voices.iter().next().map(|voice| voice.node)),
        (.., RuleKind::Wait) => wait_speaks(judge, judge.of(nodes.live), nodes.shut),
        _ => judge.of(nodes.live),
    };
    let gated = nodes
        .shut
        .filter(|_| !withdrawn && rule.stage.is_none())
        .map(|shut| (nodes.live, shut));
    let own_exception_open = except == Truth::Unknown
        || unless == Truth::Unknown
        || (rule.never_when_unknown_stands && never == Truth::Unknown);
    Some(Speaker {
        rule: index,
        live,
        voices,
        gated,
        withdrawn,
        own_exception_open,
    })
}

/// A wait speaks while it is live and its gate is not surely open.
fn wait_speaks(judge: &impl Judge, live: Truth, shut: Option<NodeId>) -> Truth {
    let shut = shut.map_or(Truth::False, |shut| judge.of(shut));
    match (live, shut) {
        (_, Truth::False) | (Truth::False, _) => Truth::False,
        (Truth::True, _) => Truth::True,
        (Truth::Unknown, _) => Truth::Unknown,
    }
}
