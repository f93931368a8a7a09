//! What the cases try: which rules spoke, and which conditions were seen true and seen false.
//!
//! A condition is seen only where its truth could matter: its rule is within scope, no other entry of
//! its row is False, and no other row is True.

use hashbrown::HashSet;

use super::tally::{At, Tally};
use crate::case::Case;
use crate::check::base::{
    CheckedBase, Condition, DefinitionBody, FactKind, Rule, RuleIndex, RuleKind, Window,
};
use crate::compile::{Compiler, NodeId, Nodes, Program};
use crate::evaluate::{Outcome, Truth, Truths, outcome};
use crate::explain::place;
use crate::parse::FileText;
use crate::parse::spanned::Span;
use crate::verdict::Verdict;

/// A condition to be seen true and seen false.
struct Literal {
    of: String,
    part: &'static str,
    span: Span,
    seen: [bool; 2],
}

/// A condition as its author wrote it, down to its literals.
struct Tree {
    node: NodeId,
    shape: Shape,
}

enum Shape {
    Literal(usize),
    All(Vec<Tree>),
    Any(Vec<Tree>),
    /// The first that is True counts.
    First(Vec<Tree>),
    /// Each by itself.
    Each(Vec<Tree>),
}

/// A part of a rule with what must not be False for it to matter.
struct Part {
    guards: Vec<NodeId>,
    tree: Tree,
}

/// What the cases have tried so far.
pub(super) struct Coverage<'a> {
    base: &'a CheckedBase,
    program: &'a Program,
    nodes: Nodes,
    parts: Vec<Part>,
    literals: Vec<Literal>,
    spoke: HashSet<(RuleIndex, Verdict)>,
    named: HashSet<usize>,
}

impl<'a> Coverage<'a> {
    pub(super) fn new(base: &'a CheckedBase, program: &'a Program) -> Self {
        let compiler = Compiler::new(base, &program.cells, Nodes::new());
        let mut planter = Planter {
            base,
            compiler,
            parts: Vec::new(),
            literals: Vec::new(),
        };
        planter.definitions();
        planter.facts();
        planter.causes();
        base.rules.iter().for_each(|rule| planter.rule(rule));
        let Planter {
            compiler,
            parts,
            literals,
            ..
        } = planter;
        Self {
            base,
            program,
            nodes: compiler.nodes,
            parts,
            literals,
            spoke: HashSet::new(),
            named: HashSet::new(),
        }
    }

    /// Takes note of what one case tries.
    pub(super) fn see(&mut self, case: &Case) {
        let truths = Truths::new(self.program, case.possible());
        let outcome = outcome(self.base, self.program, &truths);
        let items = outcome
            .items
            .iter()
            .chain(outcome.suppressed.iter().map(|suppressed| &suppressed.item));
        for item in items {
            self.spoke
                .extend(item.rules.iter().map(|rule| (*rule, item.verdict)));
        }
        self.see_gates(&truths, &outcome);
        if outcome.silenced_by.is_none() {
            for (index, cause) in self.program.causes.iter().enumerate() {
                if truths.of(cause.live) == Truth::True
                    && cause.except.is_none_or(|except| truths.of(except) != Truth::True)
                {
                    self.named.insert(index);
                }
            }
        }
        let truths = Truths::over(
            &self.program.cells,
            &self.nodes,
            self.program.boxes,
            case.possible(),
        );
        for part in &self.parts {
            if part.guards.iter().all(|guard| truths.of(*guard) != Truth::False) {
                see(&part.tree, &truths, &mut self.literals);
            }
        }
    }

    /// A fix whose gate is shut has waited, also where a wait of the same advice id says so in its place.
    fn see_gates(&mut self, truths: &Truths<'_>, outcome: &Outcome) {
        for item in outcome.items.iter().filter(|item| item.verdict == Verdict::Defer) {
            let rules = self
                .base
                .advice
                .get(item.advice.index())
                .map_or(&[][..], |advice| &advice.rules);
            for rule in rules {
                let Some(program) = self.program.rules.get(rule.index()) else {
                    continue;
                };
                let shut = program.shut.is_some_and(|shut| truths.of(shut) != Truth::False);
                if shut && truths.of(program.live) == Truth::True {
                    self.spoke.insert((*rule, Verdict::Defer));
                }
            }
        }
    }

    /// Adds what was seen to what other cases have tried, perhaps together with other packs.
    pub(super) fn add_to(self, tally: &mut Tally) {
        for (index, cause) in self.base.causes.iter().enumerate() {
            tally.verdict(self.at(cause.span), &cause.id, None, self.named.contains(&index));
        }
        for (index, rule) in self.base.rules.iter().enumerate() {
            for verdict in verdicts_of(rule) {
                let spoke = self.spoke.contains(&(RuleIndex::new(index), verdict));
                tally.verdict(self.at(rule.span), &rule.id, Some(verdict), spoke);
            }
        }
        for literal in &self.literals {
            let written = || self.written(literal.span);
            tally.condition(
                self.at(literal.span),
                &literal.of,
                literal.part,
                literal.seen,
                written,
            );
        }
    }

    fn at(&self, span: Span) -> At {
        let place = place(self.base, span);
        At {
            file: place.file,
            start: span.start,
            line: place.line,
        }
    }

    /// The text of a condition, on one line.
    fn written(&self, span: Span) -> String {
        let file = self.base.files.get(span.file.0 as usize);
        let text = file
            .and_then(FileText::text)
            .and_then(|text| text.get(span.start as usize..span.end as usize))
            .unwrap_or_default();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// The verdicts that a rule has to give.
fn verdicts_of(rule: &Rule) -> Vec<Verdict> {
    let mut verdicts = vec![rule.verdict];
    // A step of a plan says nothing while its gate is shut: the plan's own wait does.
    let gated = rule.kind == RuleKind::Fix
        && rule.stage.is_none()
        && (rule.not_before.is_some() || rule.shut_while.is_some());
    if gated {
        verdicts.push(Verdict::Defer);
    }
    verdicts.extend(rule.then);
    verdicts
}

/// Takes note of every literal whose truth could matter.
fn see(tree: &Tree, truths: &Truths<'_>, literals: &mut [Literal]) {
    match &tree.shape {
        Shape::Literal(index) => {
            let truth = truths.of(tree.node);
            if let Some(literal) = literals.get_mut(*index) {
                let [seen_true, seen_false] = &mut literal.seen;
                *seen_true |= truth == Truth::True;
                *seen_false |= truth == Truth::False;
            }
        }
        Shape::All(parts) => see_beside(parts, Truth::False, truths, literals),
        Shape::Any(parts) => see_beside(parts, Truth::True, truths, literals),
        Shape::First(parts) => {
            for part in parts {
                see(part, truths, literals);
                if truths.of(part.node) == Truth::True {
                    break;
                }
            }
        }
        Shape::Each(parts) => parts.iter().for_each(|part| see(part, truths, literals)),
    }
}

/// The parts that no other part makes immaterial by having the deciding truth.
fn see_beside(parts: &[Tree], decider: Truth, truths: &Truths<'_>, literals: &mut [Literal]) {
    let mut deciding = parts
        .iter()
        .enumerate()
        .filter(|(_, part)| truths.of(part.node) == decider)
        .map(|(index, _)| index);
    match (deciding.next(), deciding.next()) {
        (None, _) => parts.iter().for_each(|part| see(part, truths, literals)),
        (Some(only), None) => parts
            .iter()
            .skip(only)
            .take(1)
            .for_each(|part| see(part, truths, literals)),
        (Some(_), Some(_)) => {}
    }
}

/// Collects the conditions of a base.
struct Planter<'a> {
    base: &'a CheckedBase,
    compiler: Compiler<'a>,
    parts: Vec<Part>,
    literals: Vec<Literal>,
}

impl Planter<'_> {
    fn definitions(&mut self) {
        let base = self.base;
        for definition in &base.definitions {
            let (part, conditions): (_, Vec<&Condition>) = match &definition.body {
                DefinitionBody::When(condition) => ("when", vec![condition]),
                DefinitionBody::Count { of, .. } => ("of", of.iter().collect()),
                DefinitionBody::Score(points) => {
                    ("score", points.iter().map(|(_, condition)| condition).collect())
                }
            };
            for condition in conditions {
                self.part(&definition.id, part, &[], condition);
            }
        }
    }

    fn facts(&mut self) {
        let base = self.base;
        for fact in &base.facts {
            if let Some(ask_when) = &fact.ask_when {
                self.part(&fact.id, "ask_when", &[], ask_when);
            }
            if let FactKind::Clock {
                runs_while: Some(runs_while),
            } = &fact.kind
            {
                self.part(&fact.id, "runs_while", &[], runs_while);
            }
        }
    }

    fn causes(&mut self) {
        let base = self.base;
        for cause in &base.causes {
            let within = self.within(&cause.closed_by);
            let when = self.compiler.condition_or_true(cause.when.as_ref());
            if let Some(when) = &cause.when {
                self.part(&cause.id, "when", &[within], when);
            }
            if let Some(except) = &cause.except {
                self.part(&cause.id, "except", &[within, when], except);
            }
        }
    }

    fn rule(&mut self, rule: &Rule) {
        let within = self.within(&rule.closed_by);
        let when = self.compiler.condition_or_true(rule.when.as_ref());
        if let Some(when) = &rule.when {
            self.part(&rule.id, "when", &[within], when);
        }
        let guards = [within, when];
        // What a note is shown unless stands in the same place.
        let others = [
            ("except", &rule.except),
            ("unless", &rule.unless),
            ("shut_while", &rule.shut_while),
            ("never_when", &rule.never_when),
        ];
        for (part, condition) in others {
            if let Some(condition) = condition {
                self.part(&rule.id, part, &guards, condition);
            }
        }
        if let Some(window) = &rule.not_before {
            let node = self.reached(window);
            self.window(&rule.id, "not_before", &guards, window, node);
        }
        if let Some(window) = &rule.until {
            let node = if rule.kind == RuleKind::Fix {
                self.within_window(window)
            } else {
                self.reached(window)
            };
            self.window(&rule.id, "until", &guards, window, node);
        }
        let reasons: Vec<Tree> = rule
            .reasons
            .iter()
            .map(|reason| self.tree(&rule.id, "reason", &reason.when))
            .collect();
        self.together(reasons, &guards, Shape::Each);
        let variants = rule.variants.iter().filter_map(|variant| variant.when.as_ref());
        let variants: Vec<Tree> = variants
            .map(|when| self.tree(&rule.id, "variant", when))
            .collect();
        self.together(variants, &guards, Shape::First);
    }

    /// Not closed by any of these scopes.
    fn within(&mut self, closed_by: &[RuleIndex]) -> NodeId {
        let base = self.base;
        let scopes = closed_by.iter().filter_map(|scope| base.rules.get(scope.index()));
        let scopes = scopes
            .map(|scope| self.compiler.condition_or_true(scope.when.as_ref()))
            .collect();
        let closed = self.compiler.nodes.any(scopes);
        self.compiler.nodes.not(closed)
    }

    fn reached(&mut self, window: &Window) -> NodeId {
        let literal = self.compiler.cells.reached(window);
        self.compiler.nodes.literal(literal)
    }

    fn within_window(&mut self, window: &Window) -> NodeId {
        let literal = self.compiler.cells.within(window);
        self.compiler.nodes.literal(literal)
    }

    fn part(&mut self, of: &str, part: &'static str, guards: &[NodeId], condition: &Condition) {
        let tree = self.tree(of, part, condition);
        self.parts.push(Part {
            guards: guards.to_vec(),
            tree,
        });
    }

    fn window(&mut self, of: &str, part: &'static str, guards: &[NodeId], window: &Window, node: NodeId) {
        let tree = self.literal(of, part, node, window.span);
        self.parts.push(Part {
            guards: guards.to_vec(),
            tree,
        });
    }

    fn together(&mut self, trees: Vec<Tree>, guards: &[NodeId], shape: fn(Vec<Tree>) -> Shape) {
        if !trees.is_empty() {
            let node = self.compiler.nodes.constant(true);
            self.parts.push(Part {
                guards: guards.to_vec(),
                tree: Tree {
                    node,
                    shape: shape(trees),
                },
            });
        }
    }

    fn tree(&mut self, of: &str, part: &'static str, condition: &Condition) -> Tree {
        let node = self.compiler.condition(condition);
        match condition {
            Condition::All(inner, _) => Tree {
                node,
                shape: Shape::All(inner.iter().map(|inner| self.tree(of, part, inner)).collect()),
            },
            Condition::Any(inner, _) => Tree {
                node,
                shape: Shape::Any(inner.iter().map(|inner| self.tree(of, part, inner)).collect()),
            },
            Condition::Fact { span, .. }
            | Condition::Defined { span, .. }
            | Condition::Scored { span, .. }
            | Condition::Gives { span, .. } => self.literal(of, part, node, *span),
        }
    }

    fn literal(&mut self, of: &str, part: &'static str, node: NodeId, span: Span) -> Tree {
        let index = self.literals.len();
        self.literals.push(Literal {
            of: of.to_owned(),
            part,
            span,
            seen: [false; 2],
        });
        Tree {
            node,
            shape: Shape::Literal(index),
        }
    }
}
