//! What can be claimed of a case: put to the solver as a circuit, and to the real evaluator as it is.

use std::cell::RefCell;
use std::rc::Rc;

use hashbrown::HashMap;

use batsat::Lit;

use super::circuits::{Drawing, Precedence, verdict_in};
use super::gates::Gates;
use super::scene::Scene;
use crate::case::Case;
use crate::cells::{VariableIndex, has_bit};
use crate::check::base::{AdviceIndex, CheckedBase, Condition, PropertyKind, RuleIndex};
use crate::compile::{Compiler, NodeId, Nodes, Program};
use crate::evaluate::{Outcome, Truth, Truths, outcome, outcome_of, words_of};
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
    precedence: Precedence,
    /// Every real case meets this: some completion meets all that the packs assume.
    pub(super) assumed: Claim,
}

impl<'a> World<'a> {
    pub(super) fn new(kb: &'a KnowledgeBase) -> Self {
        let (base, program) = (kb.base(), kb.program());
        let mut world = Self {
            kb,
            nodes: program.nodes.clone(),
            precedence: Precedence::new(base, program),
            assumed: Claim::All(Vec::new()),
        };
        let conditions = base
            .properties
            .iter()
            .filter_map(|property| match &property.kind {
                PropertyKind::Assume(condition) => Some(condition),
                _ => None,
            });
        let nodes: Vec<NodeId> = conditions.map(|condition| world.node(condition)).collect();
        world.assumed = Claim::Possible(world.nodes.all(nodes));
        world
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

    fn drawing<'d>(&'d mut self, gates: &'d mut Gates, scene: &'d mut Scene) -> Drawing<'d> {
        let base = (self.kb.base(), self.kb.program());
        Drawing::new(gates, base, (&self.precedence, &mut self.nodes), scene)
    }

    /// The circuit of a claim.
    pub(super) fn put(&mut self, gates: &mut Gates, scene: &mut Scene, claim: &Claim) -> Lit {
        let never = gates.constant(false);
        let program = self.program();
        match claim {
            Claim::Sure(node) => scene.of(gates, &program.cells, &self.nodes, *node).sure,
            Claim::Possible(node) => scene.of(gates, &program.cells, &self.nodes, *node).possible,
            Claim::Live(rule) => self.drawing(gates, scene).live(*rule),
            Claim::Acts(rule) => self.drawing(gates, scene).acts(*rule),
            Claim::Says(rule, verdict) => {
                let says = self.drawing(gates, scene).says(*rule);
                verdict_in(&says, *verdict).unwrap_or(never)
            }
            Claim::Given(advice, verdict) => {
                let given = self.drawing(gates, scene).given(*advice);
                verdict_in(&given, *verdict).unwrap_or(never)
            }
            Claim::Stands(advice, verdicts) => {
                let stands = self.drawing(gates, scene).stands(*advice);
                gates.or(verdicts
                    .iter()
                    .filter_map(|verdict| verdict_in(&stands, *verdict)))
            }
            Claim::Listed(advice, verdicts) => {
                let listed = self.drawing(gates, scene).listed(*advice);
                gates.or(verdicts
                    .iter()
                    .filter_map(|verdict| verdict_in(&listed, *verdict)))
            }
            Claim::Only(variable, segment) => scene.only(gates, &program.cells, *variable, *segment),
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

/// What the real evaluator says of a case, worked out when it is asked for: of the advice ids that a claim is
/// about, and what they rest on.
pub(super) struct Replay<'a> {
    world: &'a World<'a>,
    case: &'a Case,
    parts: RefCell<HashMap<AdviceIndex, Rc<Part<'a>>>>,
    truths: RefCell<HashMap<NodeId, Truth>>,
}

/// One advice id.
struct Part<'a> {
    truths: Truths<'a>,
    outcome: Outcome,
}

impl<'a> Replay<'a> {
    pub(super) fn of(world: &'a World<'_>, case: &'a Case) -> Self {
        Self {
            world,
            case,
            parts: RefCell::default(),
            truths: RefCell::default(),
        }
    }

    /// Everything at once.
    pub(super) fn outcome(&self) -> Outcome {
        let (world, program) = (self.world, self.world.program());
        let truths = Truths::over(&program.cells, &world.nodes, program.boxes, self.case.possible());
        outcome(world.base(), program, &truths)
    }

    fn truths(&self, below: &[NodeId]) -> Truths<'a> {
        let (world, program) = (self.world, self.world.program());
        Truths::some(
            &program.cells,
            &world.nodes,
            program.boxes,
            self.case.possible(),
            below,
        )
    }

    fn truth(&self, node: NodeId) -> Truth {
        if let Some(known) = self.truths.borrow().get(&node) {
            return *known;
        }
        let truth = self.truths(&self.world.nodes.below(&[node])).of(node);
        self.truths.borrow_mut().insert(node, truth);
        truth
    }

    fn part(&self, advice: AdviceIndex) -> Rc<Part<'a>> {
        if let Some(known) = self.parts.borrow().get(&advice) {
            return Rc::clone(known);
        }
        let (base, program) = (self.world.base(), self.world.program());
        let focus = program.focuses.get(advice.index());
        let (nodes, rules) = focus.map_or((&[][..], &[][..]), |focus| {
            let found = focus.nodes(base, program);
            (found.nodes.as_slice(), found.rules.as_slice())
        });
        let truths = self.truths(nodes);
        let outcome = outcome_of(base, program, &truths, advice, rules);
        let part = Rc::new(Part { truths, outcome });
        self.parts.borrow_mut().insert(advice, Rc::clone(&part));
        part
    }

    /// What is said of the advice id of a rule.
    fn part_of_rule(&self, rule: RuleIndex) -> Option<(AdviceIndex, Rc<Part<'a>>)> {
        let advice = self.world.base().rules.get(rule.index())?.advice;
        Some((advice, self.part(advice)))
    }

    /// The verdict that stands on an advice id, silenced or not.
    pub(super) fn stands(&self, advice: AdviceIndex) -> Option<Verdict> {
        let part = self.part(advice);
        let silenced = part.outcome.suppressed.iter().map(|silenced| &silenced.item);
        part.outcome
            .items
            .iter()
            .chain(silenced)
            .find(|item| item.advice == advice)
            .map(|item| item.verdict)
    }

    pub(super) fn listed(&self, advice: AdviceIndex) -> Option<Verdict> {
        self.part(advice)
            .outcome
            .items
            .iter()
            .find(|item| item.advice == advice)
            .map(|item| item.verdict)
    }

    /// Whether the claim is so.
    pub(super) fn is(&self, claim: &Claim) -> bool {
        match claim {
            Claim::Sure(node) => self.truth(*node) == Truth::True,
            Claim::Possible(node) => self.truth(*node) != Truth::False,
            Claim::Live(rule) => self.live(*rule),
            Claim::Acts(rule) => self.acts(*rule),
            Claim::Says(rule, verdict) => self.says(*rule, *verdict),
            Claim::Given(advice, verdict) => self
                .part(*advice)
                .given(*advice)
                .iter()
                .any(|(given, _)| given == verdict),
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

    fn live(&self, rule: RuleIndex) -> bool {
        self.part_of_rule(rule).is_some_and(|(_, part)| {
            let speaker = part.outcome.speakers.get(rule);
            speaker.is_some_and(|speaker| speaker.live == Truth::True)
        })
    }

    /// A rule acts when it is live and no rule that overrides it acts. As deep as rules override each
    /// other; the check has refused cycles.
    fn acts(&self, rule: RuleIndex) -> bool {
        let mut overriders = self.world.precedence.overriders(rule).iter();
        self.live(rule) && !overriders.any(|overrider| self.acts(*overrider))
    }

    fn says(&self, rule: RuleIndex, verdict: Verdict) -> bool {
        let Some((advice, part)) = self.part_of_rule(rule) else {
            return false;
        };
        let named = part
            .given(advice)
            .iter()
            .any(|(given, rules)| *given == verdict && rules.contains(&rule));
        let Some(speaker) = part.outcome.speakers.get(rule).filter(|_| named) else {
            return false;
        };
        let voiced = speaker
            .voices
            .iter()
            .any(|voice| voice.verdict == verdict && part.truths.of(voice.node) == Truth::True);
        let waits = verdict == Verdict::Defer
            && speaker
                .gated
                .is_some_and(|(live, _)| part.truths.of(live) == Truth::True);
        voiced || waits
    }

    fn only(&self, variable: VariableIndex, segment: usize) -> bool {
        let cells = &self.world.program().cells;
        let (first, next) = super::scene::cells_of_segment(cells, variable, segment);
        let words = words_of(cells, self.case.possible(), variable);
        let count = cells.variable(variable).map_or(0, |variable| variable.cells);
        (0..count).all(|cell| has_bit(words, cell) == (first..next).contains(&cell))
    }
}

impl Part<'_> {
    /// The verdicts given on the advice id, each with the rules that say so.
    fn given(&self, advice: AdviceIndex) -> Vec<(Verdict, &[RuleIndex])> {
        let outcome = &self.outcome;
        let conflict = outcome
            .conflicts
            .iter()
            .find(|conflict| conflict.advice == advice);
        if let Some(conflict) = conflict {
            return conflict
                .verdicts
                .iter()
                .map(|(verdict, rules)| (*verdict, rules.as_slice()))
                .collect();
        }
        let silenced = outcome.suppressed.iter().map(|silenced| &silenced.item);
        let items = outcome.items.iter().chain(silenced);
        items
            .filter(|item| item.advice == advice)
            .map(|item| (item.verdict, item.rules.as_slice()))
            .collect()
    }
}
