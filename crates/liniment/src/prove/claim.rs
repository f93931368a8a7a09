//! What can be claimed of a case: put to the solver as a circuit, and to the real evaluator as it is.

use std::rc::Rc;

use batsat::Lit;

use super::circuits::{Drawing, Picture, verdict_in};
use super::gates::Gates;
use super::scene::Scene;
use crate::case::Case;
use crate::cells::VariableIndex;
use crate::check::base::{AdviceIndex, CheckedBase, Condition, RuleIndex};
use crate::compile::{Compiler, NodeId, Nodes, Program};
use crate::evaluate::{Outcome, Truth, Truths, outcome, words_of};
use crate::knowledge_base::KnowledgeBase;
use crate::verdict::Verdict;

/// Something that is so or not so of every case, partial ones included.
#[derive(Clone, Debug)]
pub(super) enum Claim {
    /// A condition is True.
    Sure(NodeId),
    /// A condition is not False.
    Possible(NodeId),
    /// A rule has something to say.
    Live(RuleIndex),
    /// It has, and has not given way.
    Acts(RuleIndex),
    /// A rule surely says this by itself, and is heard.
    Says(RuleIndex, Verdict),
    /// The rules of an advice id give this verdict, whatever else they give.
    Given(AdviceIndex, Verdict),
    /// One of these verdicts stands on an advice id, silenced or not.
    Stands(AdviceIndex, Vec<Verdict>),
    /// One of these verdicts is listed.
    Listed(AdviceIndex, Vec<Verdict>),
    /// Only this segment of a variable is possible.
    Only(VariableIndex, usize),
    All(Vec<Claim>),
    Any(Vec<Claim>),
    Not(Box<Claim>),
}

impl Claim {
    pub(super) fn negated(self) -> Claim {
        Claim::Not(Box::new(self))
    }
}

/// A knowledge base with the conditions of the questions beside its own.
pub(super) struct World<'a> {
    pub(super) kb: &'a KnowledgeBase,
    pub(super) nodes: Nodes,
}

impl<'a> World<'a> {
    pub(super) fn new(kb: &'a KnowledgeBase) -> Self {
        Self {
            kb,
            nodes: kb.program().nodes.clone(),
        }
    }

    pub(super) fn base(&self) -> &'a CheckedBase {
        self.kb.base()
    }

    pub(super) fn program(&self) -> &'a Program {
        self.kb.program()
    }

    /// The node of a condition over facts.
    pub(super) fn node(&mut self, condition: &Condition) -> NodeId {
        let nodes = std::mem::take(&mut self.nodes);
        let mut compiler = Compiler::new(self.kb.base(), &self.kb.program().cells, nodes);
        let node = compiler.condition(condition);
        self.nodes = compiler.nodes;
        node
    }

    pub(super) fn picture(&mut self, gates: &mut Gates, scene: &mut Scene) -> Rc<Picture> {
        if let Some(picture) = &scene.picture {
            return Rc::clone(picture);
        }
        let (base, program) = (self.base(), self.program());
        let picture = Drawing {
            gates,
            base,
            program,
            nodes: &mut self.nodes,
            scene,
        }
        .draw();
        scene.picture = Some(Rc::clone(&picture));
        picture
    }

    /// The circuit of a claim.
    pub(super) fn put(&mut self, gates: &mut Gates, scene: &mut Scene, claim: &Claim) -> Lit {
        let never = gates.constant(false);
        let program = self.program();
        match claim {
            Claim::Sure(node) => scene.of(gates, &program.cells, &self.nodes, *node).sure,
            Claim::Possible(node) => scene.of(gates, &program.cells, &self.nodes, *node).possible,
            Claim::Live(rule) => self
                .picture(gates, scene)
                .live
                .get(rule.index())
                .map_or(never, |live| live.sure),
            Claim::Acts(rule) => self
                .picture(gates, scene)
                .acts
                .get(rule.index())
                .copied()
                .unwrap_or(never),
            Claim::Says(rule, verdict) => {
                verdict_in(self.picture(gates, scene).says.get(rule.index()), *verdict).unwrap_or(never)
            }
            Claim::Given(advice, verdict) => {
                verdict_in(self.picture(gates, scene).given.get(advice.index()), *verdict).unwrap_or(never)
            }
            Claim::Stands(advice, verdicts) => {
                let picture = self.picture(gates, scene);
                gates.or(verdicts
                    .iter()
                    .filter_map(|verdict| verdict_in(picture.stands.get(advice.index()), *verdict)))
            }
            Claim::Listed(advice, verdicts) => {
                let picture = self.picture(gates, scene);
                gates.or(verdicts
                    .iter()
                    .filter_map(|verdict| verdict_in(picture.listed.get(advice.index()), *verdict)))
            }
            Claim::Only(variable, segment) => scene.only(gates, *variable, *segment),
            Claim::All(parts) => {
                let parts: Vec<Lit> = parts.iter().map(|part| self.put(gates, scene, part)).collect();
                gates.and(parts)
            }
            Claim::Any(parts) => {
                let parts: Vec<Lit> = parts.iter().map(|part| self.put(gates, scene, part)).collect();
                gates.or(parts)
            }
            Claim::Not(inner) => !self.put(gates, scene, inner),
        }
    }
}

/// What the real evaluator says of a case.
pub(super) struct Replay<'a> {
    base: &'a CheckedBase,
    program: &'a Program,
    pub(super) truths: Truths<'a>,
    pub(super) outcome: Outcome,
}

impl<'a> Replay<'a> {
    pub(super) fn of(world: &'a World<'_>, case: &'a Case) -> Self {
        let (base, program) = (world.base(), world.program());
        let truths = Truths::over(&program.cells, &world.nodes, program.boxes, case.possible());
        let outcome = outcome(base, program, &truths);
        Self {
            base,
            program,
            truths,
            outcome,
        }
    }

    /// The verdict that stands on an advice id, silenced or not.
    pub(super) fn stands(&self, advice: AdviceIndex) -> Option<Verdict> {
        let silenced = self.outcome.suppressed.iter().map(|silenced| &silenced.item);
        self.outcome
            .items
            .iter()
            .chain(silenced)
            .find(|item| item.advice == advice)
            .map(|item| item.verdict)
    }

    pub(super) fn listed(&self, advice: AdviceIndex) -> Option<Verdict> {
        self.outcome
            .items
            .iter()
            .find(|item| item.advice == advice)
            .map(|item| item.verdict)
    }

    /// The verdicts given on an advice id, each with the rules that say so.
    fn given(&self, advice: AdviceIndex) -> Vec<(Verdict, &[RuleIndex])> {
        if let Some(conflict) = self
            .outcome
            .conflicts
            .iter()
            .find(|conflict| conflict.advice == advice)
        {
            return conflict
                .verdicts
                .iter()
                .map(|(verdict, rules)| (*verdict, rules.as_slice()))
                .collect();
        }
        let silenced = self.outcome.suppressed.iter().map(|silenced| &silenced.item);
        let items = self
            .outcome
            .items
            .iter()
            .chain(silenced)
            .filter(|item| item.advice == advice);
        items.map(|item| (item.verdict, item.rules.as_slice())).collect()
    }

    /// Whether the claim is so.
    pub(super) fn is(&self, claim: &Claim) -> bool {
        match claim {
            Claim::Sure(node) => self.truths.of(*node) == Truth::True,
            Claim::Possible(node) => self.truths.of(*node) != Truth::False,
            Claim::Live(rule) => self
                .outcome
                .speakers
                .get(*rule)
                .is_some_and(|speaker| speaker.live == Truth::True),
            Claim::Acts(rule) => self.acts(*rule),
            Claim::Says(rule, verdict) => self.says(*rule, *verdict),
            Claim::Given(advice, verdict) => self.given(*advice).iter().any(|(given, _)| given == verdict),
            Claim::Stands(advice, verdicts) => self
                .stands(*advice)
                .is_some_and(|verdict| verdicts.contains(&verdict)),
            Claim::Listed(advice, verdicts) => self
                .listed(*advice)
                .is_some_and(|verdict| verdicts.contains(&verdict)),
            Claim::Only(variable, segment) => self.only(*variable, *segment),
            Claim::All(parts) => parts.iter().all(|part| self.is(part)),
            Claim::Any(parts) => parts.iter().any(|part| self.is(part)),
            Claim::Not(inner) => !self.is(inner),
        }
    }

    /// A rule acts when it is live and no rule that overrides it acts. As deep as rules override each
    /// other; the check has refused cycles.
    fn acts(&self, rule: RuleIndex) -> bool {
        let live = self
            .outcome
            .speakers
            .get(rule)
            .is_some_and(|speaker| speaker.live == Truth::True);
        let mut overriders = self
            .base
            .rules
            .iter()
            .enumerate()
            .filter(|(_, other)| other.overrides.contains(&rule));
        live && !overriders.any(|(index, _)| self.acts(RuleIndex::new(index)))
    }

    fn says(&self, rule: RuleIndex, verdict: Verdict) -> bool {
        let Some(advice) = self.base.rules.get(rule.index()).map(|rule| rule.advice) else {
            return false;
        };
        let named = self
            .given(advice)
            .iter()
            .any(|(given, rules)| *given == verdict && rules.contains(&rule));
        let voiced = self.outcome.speakers.get(rule).is_some_and(|speaker| {
            speaker
                .voices
                .iter()
                .any(|voice| voice.verdict == verdict && self.truths.of(voice.node) == Truth::True)
        });
        let waits = verdict == Verdict::Defer
            && self
                .outcome
                .speakers
                .get(rule)
                .and_then(|speaker| speaker.gated)
                .is_some_and(|(live, _)| self.truths.of(live) == Truth::True);
        named && (voiced || waits)
    }

    fn only(&self, variable: VariableIndex, segment: usize) -> bool {
        let cells = &self.program.cells;
        let (first, next) = super::scene::cells_of_segment(cells, variable, segment);
        let words = words_of(cells, self.truths.possible, variable);
        let count = cells.variable(variable).map_or(0, |variable| variable.cells);
        let is_possible = |cell: u32| {
            words
                .get((cell / 64) as usize)
                .is_some_and(|word| word >> (cell % 64) & 1 == 1)
        };
        (0..count).all(|cell| is_possible(cell) == (first..next).contains(&cell))
    }
}
