//! Builds explanations: walks the conditions as their author wrote them.

use serde_json::Value;

use super::statement::Statements;
use super::{Explained, Explanation, Place, Proof, RuleProof, SourceCitation};
use crate::advice::Assembly;
use crate::case::value::FactValue;
use crate::cells::{Cells, value_of_key};
use crate::check::base::{
    AdviceIndex, CauseIndex, CheckedBase, Cite, Comparison, Condition, DefinitionBody, Fact, FactIndex,
    FactKind, Limit, PackIndex, Rule, RuleIndex, RuleKind, Test, Window,
};
use crate::compact_sort::CompactSort;
use crate::compile::{Compiler, NodeId, Nodes};
use crate::evaluate::{Outcome, Truth, Truths, stage_of};
use crate::parse::spanned::Span;
use crate::parse::syntax::{Evidence, SourceKind, Strength};
use crate::text::duration;
use crate::verdict::Verdict;
use crate::words::fill;

/// A condition whose truth is not looked up yet.
struct Draft {
    role: Option<&'static str>,
    statement: String,
    node: NodeId,
    /// The truth that the rule needs here.
    wanted: Wanted,
    fact: Option<FactIndex>,
    test: Option<Test>,
    /// A window, and whether it is a gate; an end otherwise.
    window: Option<(Window, bool)>,
    /// A score: the points of its parts, and between what it must lie.
    score: Option<(Vec<i64>, i64, i64)>,
    span: Span,
    cites: Vec<Cite>,
    inferred: bool,
    parts: Vec<Draft>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    True,
    False,
    /// Only True counts, and it is not wanted.
    NotTrue,
    /// It explains, and holds nothing back.
    Either,
}

impl Wanted {
    fn met_by(self, truth: Truth) -> bool {
        match self {
            Wanted::True => truth == Truth::True,
            Wanted::False => truth == Truth::False,
            Wanted::NotTrue => truth != Truth::True,
            Wanted::Either => true,
        }
    }
}

/// What an id names.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Subject {
    Advice(AdviceIndex),
    Cause(CauseIndex),
}

/// Explains an advice id or a cause.
pub(crate) fn explain(assembly: &Assembly<'_>, outcome: &Outcome, subject: Subject) -> Explanation {
    let base = assembly.base;
    let mut drafter = Drafter {
        base,
        statements: Statements::new(base, assembly.language),
        compiler: Compiler::new(base, assembly.truths.cells, Nodes::new()),
    };
    let lang = base.languages.get(assembly.language).cloned().unwrap_or_default();
    match subject {
        Subject::Cause(index) => {
            let Some(cause) = base.causes.get(index.index()) else {
                return Explanation {
                    format: 1,
                    lang,
                    id: String::new(),
                    kind: Explained::Cause,
                    verdict: None,
                    listed: false,
                    suppressed_by: None,
                    rules: Vec::new(),
                    against: Vec::new(),
                };
            };
            let mut drafts = Vec::new();
            drafts.extend(
                cause
                    .when
                    .as_ref()
                    .map(|when| drafter.condition(Some("when"), when, Wanted::True)),
            );
            drafts.extend(cause.closed_by.iter().filter_map(|scope| drafter.scope(*scope)));
            drafts.extend(
                cause
                    .except
                    .as_ref()
                    .map(|except| drafter.condition(Some("except"), except, Wanted::NotTrue)),
            );
            let parts = drafter.settle(assembly, drafts);
            let held = parts.iter().all(|part| part.met);
            let silenced = outcome.silenced_by.map(|rule| assembly.rule_id(rule));
            let closing = cause.closed_by.iter().copied();
            let against = against(
                assembly,
                outcome,
                &mut drafter,
                outcome.silenced_by.into_iter(),
                closing,
            );
            let proof = RuleProof {
                rule: cause.id.clone(),
                pack: pack_id(base, cause.pack),
                kind: "cause",
                says: None,
                gives_way_to: Vec::new(),
                text: assembly.words(&cause.text),
                because: cause
                    .untreated
                    .iter()
                    .map(|untreated| assembly.words(untreated))
                    .collect(),
                eases: Vec::new(),
                than: Vec::new(),
                variant: None,
                parts,
                place: place(base, cause.span),
                inferred: false,
                evidence: cause.evidence.map(evidence_word),
                strength: None,
                cites: citations(base, &cause.cites),
                dissent: citations(base, &cause.dissent),
            };
            Explanation {
                format: 1,
                lang,
                id: cause.id.clone(),
                kind: Explained::Cause,
                verdict: None,
                listed: held && silenced.is_none(),
                suppressed_by: silenced.filter(|_| held),
                rules: vec![proof],
                against,
            }
        }
        Subject::Advice(index) => {
            let item = outcome.items.iter().find(|item| item.advice == index);
            let suppressed = outcome
                .suppressed
                .iter()
                .find(|suppressed| suppressed.item.advice == index);
            let rules = base
                .advice
                .get(index.index())
                .map_or(&[][..], |advice| &advice.rules);
            let overriders = (0..base.rules.len()).map(RuleIndex::new).filter(|other| {
                let overridden = base.rules.get(other.index()).map(|other| &other.overrides);
                overridden.is_some_and(|list| list.iter().any(|rule| rules.contains(rule)))
                    && is_live(outcome, *other, |live| live == Truth::True)
            });
            let closing = rules
                .iter()
                .filter_map(|rule| base.rules.get(rule.index()))
                .flat_map(|rule| rule.closed_by.iter().copied());
            let silencer = suppressed.map(|suppressed| suppressed.by);
            let against = against(
                assembly,
                outcome,
                &mut drafter,
                overriders.chain(silencer),
                closing,
            );
            let rules = rules
                .iter()
                .filter_map(|rule| rule_proof(assembly, outcome, &mut drafter, *rule))
                .collect();
            Explanation {
                format: 1,
                lang,
                id: assembly.advice_id(index),
                kind: Explained::Advice,
                verdict: item.map(|item| item.verdict),
                listed: item.is_some(),
                suppressed_by: suppressed.map(|suppressed| assembly.rule_id(suppressed.by)),
                rules,
                against,
            }
        }
    }
}

fn is_live(outcome: &Outcome, rule: RuleIndex, is: impl Fn(Truth) -> bool) -> bool {
    outcome.speakers.get(rule).is_some_and(|speaker| is(speaker.live))
}

/// The proofs of rules that act, and of scopes that close or may close; each once, by id.
fn against(
    assembly: &Assembly<'_>,
    outcome: &Outcome,
    drafter: &mut Drafter<'_>,
    acting: impl Iterator<Item = RuleIndex>,
    closing: impl Iterator<Item = RuleIndex>,
) -> Vec<RuleProof> {
    // A scope closes while it is Unknown too.
    let closing = closing.filter(|scope| is_live(outcome, *scope, |live| live != Truth::False));
    let mut rules: Vec<RuleIndex> = acting.chain(closing).collect();
    rules.compact_sort();
    rules.dedup();
    let mut proofs: Vec<RuleProof> = rules
        .into_iter()
        .filter_map(|rule| rule_proof(assembly, outcome, drafter, rule))
        .collect();
    proofs.compact_sort_by(|one, other| one.rule.cmp(&other.rule));
    proofs
}

fn rule_proof(
    assembly: &Assembly<'_>,
    outcome: &Outcome,
    drafter: &mut Drafter<'_>,
    index: RuleIndex,
) -> Option<RuleProof> {
    let base = assembly.base;
    let rule = base.rules.get(index.index())?;
    let mut drafts = Vec::new();
    drafts.extend(
        rule.when
            .as_ref()
            .map(|when| drafter.condition(Some("when"), when, Wanted::True)),
    );
    if !rule.reasons.is_empty() {
        // A red flag's reasons never hold it back.
        let wanted = match rule.kind {
            RuleKind::RedFlag => Wanted::Either,
            _ => Wanted::True,
        };
        let parts: Vec<Draft> = rule
            .reasons
            .iter()
            .map(|reason| drafter.condition(None, &reason.when, wanted))
            .collect();
        drafts.push(drafter.any_of(Some("reasons"), parts, wanted, rule.span));
    }
    drafts.extend(rule.closed_by.iter().filter_map(|scope| drafter.scope(*scope)));
    drafts.extend(rule.never_when.as_ref().map(|never| {
        drafter.condition(
            Some("never_when"),
            never,
            if rule.never_when_unknown_stands {
                Wanted::NotTrue
            } else {
                Wanted::False
            },
        )
    }));
    drafts.extend(drafter.windows(rule));
    drafts.extend(
        rule.shut_while
            .as_ref()
            .map(|shut| drafter.condition(Some("shut_while"), shut, Wanted::False)),
    );
    drafts.extend(
        rule.except
            .as_ref()
            .map(|except| drafter.condition(Some("except"), except, Wanted::NotTrue)),
    );
    drafts.extend(
        rule.unless
            .as_ref()
            .map(|unless| drafter.condition(Some("unless"), unless, Wanted::NotTrue)),
    );
    let mut parts = drafter.settle(assembly, drafts);
    parts.extend(stage_proof(assembly, rule));
    let speaker = outcome.speakers.get(index);
    let says = speaker.filter(|speaker| !speaker.withdrawn).and_then(|speaker| {
        let open = speaker
            .voices
            .iter()
            .find(|voice| assembly.truths.of(voice.node) == Truth::True)
            .map(|voice| voice.verdict);
        open.or_else(|| {
            let (live, shut) = speaker.gated?;
            (assembly.truths.of(live) == Truth::True && assembly.truths.of(shut) != Truth::False)
                .then_some(Verdict::Defer)
        })
    });
    let gives_way_to = base
        .rules
        .iter()
        .enumerate()
        .filter(|(_, other)| other.overrides.contains(&index))
        .filter(|(other, _)| {
            outcome
                .speakers
                .get(RuleIndex::new(*other))
                .is_some_and(|speaker| speaker.live == Truth::True)
        })
        .map(|(_, other)| other.id.clone())
        .collect();
    Some(RuleProof {
        rule: rule.id.clone(),
        pack: pack_id(base, rule.pack),
        kind: kind_word(rule.kind),
        says,
        gives_way_to,
        text: assembly.words(&rule.text),
        because: rule
            .because
            .iter()
            .map(|because| assembly.words(because))
            .collect(),
        eases: rule.eases.iter().map(|eases| assembly.words(eases)).collect(),
        than: rule
            .than
            .iter()
            .map(|advice| assembly.advice_id(*advice))
            .collect(),
        variant: assembly.variant(index, rule).map(|variant| variant.id.clone()),
        parts,
        place: place(base, rule.span),
        inferred: rule.inferred,
        evidence: rule.evidence.map(evidence_word),
        strength: rule.strength.map(|strength| match strength {
            Strength::Strong => "strong",
            Strength::Conditional => "conditional",
        }),
        cites: citations(base, &rule.cites),
        dissent: citations(base, &rule.dissent),
    })
}

/// A step of a plan: which step may speak now.
fn stage_proof(assembly: &Assembly<'_>, rule: &Rule) -> Option<Proof> {
    let base = assembly.base;
    let (plan_index, step) = rule.stage?;
    let plan = base.stages.get(plan_index.index())?;
    let stage = stage_of(base, assembly.truths, plan_index);
    let step_id = |step: usize| {
        plan.steps
            .get(step)
            .map(|rule| assembly.rule_id(*rule))
            .unwrap_or_default()
    };
    let known = |fact: FactIndex| {
        base.facts
            .get(fact.index())
            .zip(assembly.known.get(fact.index()))
            .map_or(Value::Null, |(fact, known)| known.0.to_json(fact))
    };
    let met = stage.step == step;
    Some(Proof {
        role: Some("stage"),
        statement: fill(
            Statements::new(base, assembly.language).words.has_come_to,
            &[&plan.id, &step_id(stage.step), &step_id(step)],
        ),
        truth: if met { Truth::True } else { Truth::False },
        met,
        fact: Some(assembly.fact_id(plan.at)),
        ask: base
            .facts
            .get(plan.at.index())
            .map(|fact| assembly.words(&fact.ask)),
        value: known(plan.at),
        misses_by: None,
        place: place(base, plan.span),
        inferred: plan.inferred,
        cites: citations(base, &plan.cites),
        parts: Vec::new(),
    })
}

struct Drafter<'a> {
    base: &'a CheckedBase,
    statements: Statements<'a>,
    compiler: Compiler<'a>,
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

    fn condition(&mut self, role: Option<&'static str>, condition: &Condition, wanted: Wanted) -> Draft {
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

    fn any_of(&mut self, role: Option<&'static str>, parts: Vec<Draft>, wanted: Wanted, span: Span) -> Draft {
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

    fn scope(&mut self, scope: RuleIndex) -> Option<Draft> {
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
    fn windows(&mut self, rule: &Rule) -> Vec<Draft> {
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

    /// Looks up the truth of all drafts at once.
    fn settle(&self, assembly: &Assembly<'_>, drafts: Vec<Draft>) -> Vec<Proof> {
        let truths = Truths::over(
            self.compiler.cells,
            &self.compiler.nodes,
            assembly.program.boxes,
            assembly.truths.possible,
        );
        drafts
            .into_iter()
            .map(|draft| proof(assembly, &truths, draft))
            .collect()
    }
}

// As deep as conditions and definitions nest, which the limits bound.
fn proof(assembly: &Assembly<'_>, truths: &Truths<'_>, draft: Draft) -> Proof {
    let base = assembly.base;
    let truth = truths.of(draft.node);
    let met = draft.wanted.met_by(truth);
    let fact = draft
        .fact
        .and_then(|fact| base.facts.get(fact.index()).zip(assembly.known.get(fact.index())));
    let parts: Vec<Proof> = draft
        .parts
        .into_iter()
        .map(|part| proof(assembly, truths, part))
        .collect();
    let mut value = fact.map_or(Value::Null, |(fact, known)| known.0.to_json(fact));
    let mut misses_by = fact.filter(|_| !met).and_then(|(fact, known)| {
        misses_by(
            truths.cells,
            (draft.fact?, fact),
            known,
            draft.test.as_ref(),
            draft.window.as_ref(),
        )
    });
    if let Some((points, from, to)) = &draft.score {
        let (least, most) = reached(points, &parts);
        value = if least == most {
            Value::from(least)
        } else {
            serde_json::json!({ "from": least, "to": most })
        };
        // By how much even the best that is possible misses it, or what is known of it.
        misses_by = match (truth, draft.wanted) {
            (Truth::False, Wanted::True) if most < *from => Some(Value::from(from.saturating_sub(most))),
            (Truth::False, Wanted::True) if least > *to => Some(Value::from(least.saturating_sub(*to))),
            _ => None,
        };
    }
    Proof {
        role: draft.role,
        statement: draft.statement,
        truth,
        met,
        fact: fact.map(|(fact, _)| fact.id.clone()),
        ask: fact.map(|(fact, _)| assembly.words(&fact.ask)),
        value,
        misses_by,
        place: place(base, draft.span),
        inferred: draft.inferred,
        cites: citations(base, &draft.cites),
        parts,
    }
}

/// The least and the most points that are possible.
fn reached(points: &[i64], parts: &[Proof]) -> (i64, i64) {
    points
        .iter()
        .zip(parts)
        .fold((0, 0), |(least, most), (points, part)| {
            let (surely, perhaps) = match part.truth {
                Truth::True => (*points, *points),
                Truth::False => (0, 0),
                Truth::Unknown => (0.min(*points), 0.max(*points)),
            };
            (
                i64::saturating_add(least, surely),
                i64::saturating_add(most, perhaps),
            )
        })
}

/// How far the nearest known value is from the limit.
fn misses_by(
    cells: &Cells,
    (index, fact): (FactIndex, &Fact),
    known: &crate::case::Known,
    test: Option<&Test>,
    window: Option<&(Window, bool)>,
) -> Option<Value> {
    let compared: Vec<(Comparison, Limit)> = match (test, window) {
        (Some(Test::Compare(comparison, limit)), _) => vec![(*comparison, *limit)],
        (Some(Test::All(tests)), _) => tests
            .iter()
            .filter_map(|test| match test {
                Test::Compare(comparison, limit) => Some((*comparison, *limit)),
                _ => None,
            })
            .collect(),
        (_, Some((window, true))) => vec![(Comparison::AtLeast, window.limit)],
        (_, Some((window, false))) => vec![(Comparison::AtMost, window.limit)],
        _ => return None,
    };
    compared
        .into_iter()
        .find_map(|(comparison, limit)| misses(cells, (index, fact), known, comparison, limit))
}

/// How far it is from this limit; none where it is met, or cannot be measured.
fn misses(
    cells: &Cells,
    (index, fact): (FactIndex, &Fact),
    known: &crate::case::Known,
    comparison: Comparison,
    limit: Limit,
) -> Option<Value> {
    let is_lower = matches!(comparison, Comparison::AtLeast | Comparison::MoreThan);
    if let (FactKind::Scale(_), Limit::Step(step)) = (&fact.kind, &limit) {
        let FactValue::Option(now) = known.0 else {
            return None;
        };
        let short = if is_lower {
            step.checked_sub(now)
        } else {
            now.checked_sub(*step)
        };
        return short.filter(|steps| *steps > 0).map(Value::from);
    }
    let ordered = cells.ordered(index)?;
    let (least, most) = known.bounds()?;
    let (low, high) = ordered.limit_keys(&limit);
    let (value, limit_key) = if is_lower {
        (least, high)
    } else {
        (most, low.max(high))
    };
    let missed = if is_lower {
        value <= limit_key
    } else {
        value >= limit_key
    };
    if value == i64::MAX || !missed {
        return None;
    }
    Some(match &fact.kind {
        FactKind::Duration { .. } | FactKind::Clock { .. } => {
            Value::from(duration::iso(limit_key.saturating_sub(value).saturating_abs()))
        }
        FactKind::Integer { .. } => Value::from(limit_key.saturating_sub(value).saturating_abs()),
        _ => Value::from((value_of_key(limit_key) - value_of_key(value)).abs()),
    })
}

fn citations(base: &CheckedBase, cites: &[Cite]) -> Vec<SourceCitation> {
    cites
        .iter()
        .filter_map(|cite| {
            let source = base.sources.get(cite.source.index())?;
            Some(SourceCitation {
                source: source.id.clone(),
                kind: source_word(source.kind),
                title: source.title.clone(),
                address: source.address.clone(),
                at: cite.at.clone(),
                claims: cite.claims.clone(),
                says: cite.says.clone(),
            })
        })
        .collect()
}

/// Where something stands in a pack.
pub(crate) fn place(base: &CheckedBase, span: Span) -> Place {
    let file = base.files.get(span.file.0 as usize);
    let line = file
        .and_then(|file| file.text.get(..span.start as usize))
        .map_or(1, |before| before.matches('\n').count() + 1);
    Place {
        file: file.map(|file| file.name.to_string()).unwrap_or_default(),
        line,
    }
}

fn pack_id(base: &CheckedBase, pack: PackIndex) -> String {
    base.packs
        .get(pack.index())
        .map(|pack| pack.id.clone())
        .unwrap_or_default()
}

fn kind_word(kind: RuleKind) -> &'static str {
    match kind {
        RuleKind::Fix => "fix",
        RuleKind::NonFix => "non_fix",
        RuleKind::Wait => "wait",
        RuleKind::RedFlag => "red_flag",
        RuleKind::Scope => "scope",
        RuleKind::Note => "note",
    }
}

fn evidence_word(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::VeryLow => "very_low",
        Evidence::Low => "low",
        Evidence::Moderate => "moderate",
        Evidence::High => "high",
    }
}

pub(crate) fn source_word(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::Article => "article",
        SourceKind::Study => "study",
        SourceKind::Review => "review",
        SourceKind::Guideline => "guideline",
        SourceKind::PatientInformation => "patient_information",
        SourceKind::Label => "label",
        SourceKind::Opinion => "opinion",
    }
}
