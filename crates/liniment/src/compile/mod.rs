//! `CheckedBase` → `Program`: conditions as numbered nodes over literals.

mod focus;
mod nodes;
mod rules;

pub(crate) use focus::{Focus, FocusNodes, Root};
pub(crate) use nodes::{Node, NodeId, Nodes};
pub(crate) use rules::{CauseProgram, RuleProgram};

use std::sync::OnceLock;

use crate::cells::Cells;
use crate::check::base::{
    CheckedBase, Condition, DefinitionBody, DefinitionIndex, FactIndex, FactKind, RuleIndex,
};
use crate::progress::{Reporter, Stage};

/// A compiled base: what evaluation runs.
#[derive(Debug)]
pub(crate) struct Program {
    pub(crate) cells: Cells,
    pub(crate) nodes: Nodes,
    /// By rule.
    pub(crate) rules: Vec<RuleProgram>,
    /// By cause.
    pub(crate) causes: Vec<CauseProgram>,
    /// By fact: when it may be asked.
    pub(crate) ask_when: Vec<Option<NodeId>>,
    /// By fact: when its clock runs.
    pub(crate) runs_while: Vec<Option<NodeId>>,
    /// The rules that override others, each before those it overrides.
    pub(crate) precedence: Vec<RuleIndex>,
    /// What the verdict of each advice id rests on.
    pub(crate) focuses: Vec<Focus>,
    /// By rule: its roots, worked out when first asked for.
    rule_roots: Vec<OnceLock<Vec<Root>>>,
    /// How many combinations of cells the exact step may try.
    pub(crate) boxes: usize,
}

impl Program {
    /// Compiles a base. Where nobody wants to go on, it is not whole.
    pub(crate) fn compile(base: &CheckedBase, boxes: usize, progress: &Reporter) -> Self {
        progress.start(Stage::Compile, base.rules.len() as u64);
        let cells = Cells::cut(base);
        let mut compiler = Compiler {
            base,
            cells: &cells,
            nodes: Nodes::new(),
            definitions: vec![None; base.definitions.len()],
        };
        let scopes = rules::scopes(&mut compiler);
        let gates = rules::gates(&mut compiler);
        let rules = base
            .rules
            .iter()
            .zip(&gates)
            .take_while(|_| !progress.is_stopped())
            .map(|(rule, gate)| {
                progress.advance(1);
                rules::compile_rule(&mut compiler, rule, *gate, &scopes, &gates)
            })
            .collect();
        let causes = base
            .causes
            .iter()
            .map(|cause| rules::compile_cause(&mut compiler, cause, &scopes))
            .collect();
        let ask_when = base
            .facts
            .iter()
            .map(|fact| {
                fact.ask_when
                    .as_ref()
                    .map(|condition| compiler.condition(condition))
            })
            .collect();
        let runs_while = base
            .facts
            .iter()
            .map(|fact| match &fact.kind {
                FactKind::Clock {
                    runs_while: Some(condition),
                } => Some(compiler.condition(condition)),
                _ => None,
            })
            .collect();
        let nodes = compiler.nodes;
        let rules: Vec<RuleProgram> = rules;
        let focuses = focus::focuses(base);
        let rule_roots = base.rules.iter().map(|_| OnceLock::new()).collect();
        let precedence = focus::precedence(base);
        progress.finish();
        Self {
            cells,
            nodes,
            rules,
            causes,
            ask_when,
            runs_while,
            precedence,
            focuses,
            rule_roots,
            boxes,
        }
    }

    /// The fact that a literal tests.
    pub(crate) fn fact_of(&self, node: NodeId) -> Option<FactIndex> {
        match self.nodes.get(node) {
            Node::Literal(literal) => self
                .cells
                .variable(literal.variable)
                .map(|variable| variable.fact),
            _ => None,
        }
    }

    /// The nodes that decide whether and what a rule speaks, with the literals below each.
    pub(crate) fn roots_of(&self, rule: RuleIndex) -> &[Root] {
        match (self.rule_roots.get(rule.index()), self.rules.get(rule.index())) {
            (Some(found), Some(program)) => {
                found.get_or_init(|| focus::roots(&self.cells, &self.nodes, program, program.staged))
            }
            _ => &[],
        }
    }
}

/// Puts definitions in and turns tests into literals.
pub(crate) struct Compiler<'a> {
    pub(crate) base: &'a CheckedBase,
    pub(crate) cells: &'a Cells,
    pub(crate) nodes: Nodes,
    definitions: Vec<Option<NodeId>>,
}

impl<'a> Compiler<'a> {
    pub(crate) fn new(base: &'a CheckedBase, cells: &'a Cells, nodes: Nodes) -> Self {
        Self {
            base,
            cells,
            nodes,
            definitions: vec![None; base.definitions.len()],
        }
    }

    /// The node of a condition. Conditions nest no deeper than the parser's depth limit, definitions no
    /// deeper than the check's.
    pub(crate) fn condition(&mut self, condition: &Condition) -> NodeId {
        match condition {
            Condition::Fact { fact, test, .. } => {
                let cells = self.cells;
                let parts: Vec<NodeId> = cells
                    .literals(*fact, test)
                    .into_iter()
                    .map(|literals| self.nodes.literals(literals))
                    .collect();
                self.nodes.all(parts)
            }
            Condition::Defined { definition, yes, .. } => {
                let node = self.definition(*definition);
                if *yes { node } else { self.nodes.not(node) }
            }
            Condition::Scored {
                definition, from, to, ..
            } => {
                let base = self.base;
                match base.definitions.get(definition.index()).map(|found| &found.body) {
                    Some(DefinitionBody::Score(points)) => {
                        let terms = points
                            .iter()
                            .map(|(points, condition)| (i64::from(*points), self.condition(condition)))
                            .collect();
                        self.nodes.score(*from, *to, terms)
                    }
                    _ => self.nodes.constant(false),
                }
            }
            Condition::All(parts, _) => {
                let parts = parts.iter().map(|part| self.condition(part)).collect();
                self.nodes.all(parts)
            }
            Condition::Any(parts, _) => {
                let parts = parts.iter().map(|part| self.condition(part)).collect();
                self.nodes.any(parts)
            }
            // Verdicts occur in properties alone, which the prover reads.
            Condition::Gives { .. } => self.nodes.constant(false),
        }
    }

    pub(crate) fn condition_or_true(&mut self, condition: Option<&Condition>) -> NodeId {
        match condition {
            Some(condition) => self.condition(condition),
            None => self.nodes.constant(true),
        }
    }

    fn definition(&mut self, definition: DefinitionIndex) -> NodeId {
        if let Some(Some(node)) = self.definitions.get(definition.index()) {
            return *node;
        }
        let base = self.base;
        let node = match base.definitions.get(definition.index()).map(|found| &found.body) {
            Some(DefinitionBody::When(condition)) => self.condition(condition),
            Some(DefinitionBody::Count { at_least, of }) => {
                let terms = of
                    .iter()
                    .map(|condition| (1, self.condition(condition)))
                    .collect();
                self.nodes.score(i64::from(*at_least), i64::MAX, terms)
            }
            _ => self.nodes.constant(false),
        };
        if let Some(slot) = self.definitions.get_mut(definition.index()) {
            *slot = Some(node);
        }
        node
    }
}
