//! Conditions as their author wrote them, put into words; their truth is looked up later.

use super::statement::Statements;
use crate::cells::Cells;
use crate::check::base::{
    CheckedBase, Cite, Condition, DefinitionBody, FactIndex, Rule, RuleIndex, RuleKind, Test, Window,
};
use crate::compile::{Compiler, NodeId};
use crate::evaluate::Truth;
use crate::parse::spanned::Span;
use crate::words::fill;

/// A condition whose truth is not looked up yet.
pub(super) struct Draft {
    pub(super) role: Option<&'static str>,
    pub(super) statement: String,
    pub(super) node: NodeId,
    /// The truth that the rule needs here.
    pub(super) wanted: Wanted,
    pub(super) fact: Option<FactIndex>,
    pub(super) test: Option<Test>,
    /// A window, and whether it is a gate; an end otherwise.
    pub(super) window: Option<(Window, bool)>,
    /// A score: the points of its parts, and between what it must lie.
    pub(super) score: Option<(Vec<i64>, i64, i64)>,
    pub(super) span: Span,
    pub(super) cites: Vec<Cite>,
    pub(super) inferred: bool,
    pub(super) parts: Vec<Draft>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    True,
    False,
    /// Only True counts, and it is not wanted.
    NotTrue,
    /// It explains, and holds nothing back.
    Either,
}

impl Wanted {
    pub(super) fn met_by(self, truth: Truth) -> bool {
        match self {
            Wanted::True => truth == Truth::True,
            Wanted::False => truth == Truth::False,
            Wanted::NotTrue => truth != Truth::True,
            Wanted::Either => true,
        }
    }
}

pub(super) struct Drafter<'a> {
    pub(super) base: &'a CheckedBase,
    pub(super) statements: Statements<'a>,
    pub(super) compiler: Compiler<'a>,
}

impl Drafter<'_> {
    fn draft(
        &mut self,
        role: Option<&'static str>,
        statement: String,
        node: NodeId,
        wanted: Wanted,
        span: Span,
    ) -> Draft {
        Draft {
            role,
            statement,
            node,
            wanted,
            fact: None,
            test: None,
            window: None,
            score: None,
            span,
            cites: Vec::new(),
            inferred: false,
            parts: Vec::new(),
        }
    }

    pub(super) fn condition(
        &mut self,
        role: Option<&'static str>,
        condition: &Condition,
        wanted: Wanted,
    ) -> Draft {
        let node = self.compiler.condition(condition);
        match condition {
            Condition::Fact { fact, test, span } => {
                let statement = self
                    .base
                    .facts
                    .get(fact.index())
                    .map(|found| self.statements.of_test(found, test))
                    .unwrap_or_default();
                let draft = self.draft(role, statement, node, wanted, *span);
                Draft {
                    fact: Some(*fact),
                    test: Some(test.clone()),
                    ..draft
                }
            }
            Condition::Defined {
                definition,
                yes,
                span,
            } => {
                let inner = match wanted {
                    Wanted::Either => Wanted::Either,
                    _ if *yes == (wanted == Wanted::True) => Wanted::True,
                    _ => Wanted::False,
                };
                let (id, parts, cites, inferred) = self.definition(definition.index(), inner);
                let words = self.statements.words;
                let statement = fill(words.is, &[&id, if *yes { words.yes } else { words.no }]);
                let draft = self.draft(role, statement, node, wanted, *span);
                Draft {
                    parts,
                    cites,
                    inferred,
                    ..draft
                }
            }
            Condition::Scored {
                definition,
                from,
                to,
                span,
            } => {
                let (id, parts, cites, inferred) = self.definition(definition.index(), Wanted::True);
                let words = self.statements.words;
                let statement = match (*from, *to) {
                    (i64::MIN, to) => fill(words.is_at_most, &[&id, &to.to_string()]),
                    (from, i64::MAX) => fill(words.is_at_least, &[&id, &from.to_string()]),
                    (from, to) => fill(words.is_between, &[&id, &from.to_string(), &to.to_string()]),
                };
                let points =
                    self.base
                        .definitions
                        .get(definition.index())
                        .map(|definition| match &definition.body {
                            DefinitionBody::Score(points) => {
                                points.iter().map(|(points, _)| i64::from(*points)).collect()
                            }
                            _ => Vec::new(),
                        });
                let draft = self.draft(role, statement, node, wanted, *span);
                Draft {
                    score: points.map(|points| (points, *from, *to)),
                    parts,
                    cites,
                    inferred,
                    ..draft
                }
            }
            Condition::All(parts, span) | Condition::Any(parts, span) => {
                let mut drafts: Vec<Draft> = parts
                    .iter()
                    .map(|part| self.condition(None, part, wanted))
                    .collect();
                // A single part needs no heading of its own.
                if drafts.len() == 1
                    && let Some(only) = drafts.pop()
                {
                    return Draft { role, ..only };
                }
                let statement = if matches!(condition, Condition::All(..)) {
                    self.statements.words.all_of_these
                } else {
                    self.statements.words.any_of_these
                };
                let draft = self.draft(role, statement.to_owned(), node, wanted, *span);
                Draft {
                    parts: drafts,
                    ..draft
                }
            }
            Condition::Gives { span, .. } => self.draft(role, String::new(), node, wanted, *span),
        }
    }

    pub(super) fn any_of(
        &mut self,
        role: Option<&'static str>,
        parts: Vec<Draft>,
        wanted: Wanted,
        span: Span,
    ) -> Draft {
        let node = self
            .compiler
            .nodes
            .any(parts.iter().map(|part| part.node).collect());
        let statement = self.statements.words.any_of_these.to_owned();
        let draft = self.draft(role, statement, node, wanted, span);
        Draft { parts, ..draft }
    }

    fn definition(&mut self, index: usize, wanted: Wanted) -> (String, Vec<Draft>, Vec<Cite>, bool) {
        let base = self.base;
        let Some(definition) = base.definitions.get(index) else {
            return Default::default();
        };
        let parts = match &definition.body {
            DefinitionBody::When(condition) => vec![self.condition(None, condition, wanted)],
            DefinitionBody::Count { of, .. } => of
                .iter()
                .map(|condition| self.condition(None, condition, wanted))
                .collect(),
            DefinitionBody::Score(points) => points
                .iter()
                .map(|(points, condition)| {
                    let draft = self.condition(None, condition, wanted);
                    Draft {
                        statement: fill(
                            self.statements.words.points_for,
                            &[&format!("{points:+}"), &draft.statement],
                        ),
                        ..draft
                    }
                })
                .collect(),
        };
        (
            definition.id.clone(),
            parts,
            definition.cites.clone(),
            definition.inferred,
        )
    }

    pub(super) fn scope(&mut self, scope: RuleIndex) -> Option<Draft> {
        let base = self.base;
        let rule = base.rules.get(scope.index())?;
        let draft = self.condition(Some("scope"), rule.when.as_ref()?, Wanted::False);
        let statement = format!("{}: {}", rule.id, draft.statement);
        Some(Draft {
            statement,
            cites: rule.cites.clone(),
            ..draft
        })
    }

    /// The windows of a rule: its gate, the gate of its plan, its end.
    pub(super) fn windows(&mut self, rule: &Rule) -> Vec<Draft> {
        let base = self.base;
        let plan_gate = rule
            .stage
            .and_then(|(plan, _)| base.stages.get(plan.index()))
            .and_then(|plan| plan.after)
            .and_then(|after| base.rules.get(after.index()))
            .and_then(|wait| wait.until.as_ref());
        let gates = match rule.kind {
            RuleKind::Wait => vec![rule.until.as_ref()],
            _ => vec![rule.not_before.as_ref(), plan_gate],
        };
        let mut drafts: Vec<Draft> = gates
            .into_iter()
            .flatten()
            .filter_map(|window| self.window("gate", window, true))
            .collect();
        if rule.kind == RuleKind::Fix {
            drafts.extend(
                rule.until
                    .as_ref()
                    .and_then(|window| self.window("until", window, false)),
            );
        }
        drafts
    }

    fn window(&mut self, role: &'static str, window: &Window, gate: bool) -> Option<Draft> {
        let base = self.base;
        let fact = base.facts.get(window.fact.index())?;
        let statement = if gate {
            self.statements.of_gate(fact, window)
        } else {
            self.statements.of_end(fact, window)
        };
        let cells: &Cells = self.compiler.cells;
        let node = if gate {
            self.compiler.nodes.literal(cells.reached(window))
        } else {
            let surely = self.compiler.nodes.literal(cells.within(window));
            match cells.nearly_within(window) {
                Some(band) => {
                    let band = self.compiler.nodes.literal(band);
                    self.compiler.nodes.any(vec![surely, band])
                }
                None => surely,
            }
        };
        let draft = self.draft(Some(role), statement, node, Wanted::True, window.span);
        Some(Draft {
            fact: Some(window.fact),
            window: Some((window.clone(), gate)),
            ..draft
        })
    }
}
