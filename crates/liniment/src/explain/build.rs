//! Builds explanations: walks the conditions as their author wrote them.

use serde_json::Value;

use super::draft::{Draft, Drafter, Wanted};
use super::names::{citations, evidence_word, kind_word, pack_id, place};
use super::statement::Statements;
use super::{Explained, Explanation, Proof, RuleProof};
use crate::advice::Assembly;
use crate::check::base::{AdviceIndex, CauseIndex, FactIndex, Rule, RuleIndex, RuleKind};
use crate::compact_sort::CompactSort;
use crate::compile::{Compiler, Nodes};
use crate::evaluate::{Outcome, Truth, stage_of};
use crate::parse::syntax::Strength;
use crate::verdict::Verdict;
use crate::words::fill;

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
        text: says.map_or_else(
            || assembly.words(&rule.text),
            |verdict| assembly.text_of(index, rule, verdict),
        ),
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
