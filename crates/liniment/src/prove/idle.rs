//! What can never matter: exceptions, precedence, vague bands, facts, and questions that come too late.

use batsat::Lit;

use super::claim::{Claim, World};
use super::clashes::verdicts_of;
use super::report::{Record, test_case};
use super::search::{Answer, Prover};
use crate::check::base::{AdviceIndex, CauseIndex, CheckedBase, FactIndex, RuleIndex, RuleKind, Suppresses};
use crate::compile::{NodeId, Program};
use crate::diagnostic::Finding;
use crate::diagnostic::codes::proofs as codes;
use crate::parse::spanned::Span;
use crate::verdict::Verdict;

pub(super) fn ask(prover: &mut Prover<'_>, scene: usize, record: &mut Record) {
    let Some((base, program)) = prover
        .worlds
        .first()
        .map(|world: &World<'_>| (world.base(), world.program()))
    else {
        return;
    };
    for number in 0..base.rules.len() {
        of_rule(prover, scene, record, (base, program), RuleIndex::new(number));
    }
    facts(prover, record, (base, program));
}

/// Asks for a case in which something matters; says so when there is none.
fn matters(
    prover: &mut Prover<'_>,
    scene: usize,
    record: &mut Record,
    claim: &Claim,
    what: &str,
    spans: &[(Span, String)],
) {
    let question = format!("{what} matters in some case");
    match prover.find(scene, claim) {
        Answer::Found(_) => record.proved(question),
        Answer::Undecided => record.undecided(question, spans.first().map(|(span, _)| *span)),
        Answer::None => {
            let mut finding = Finding::new(&codes::IDLE, format!("{what} can never matter"));
            for (span, text) in spans {
                finding = finding.at(*span, text.clone());
            }
            record.fails(
                question,
                finding.help("take it out, or mend the conditions so that it can"),
            );
        }
    }
}

fn of_rule(
    prover: &mut Prover<'_>,
    scene: usize,
    record: &mut Record,
    (base, program): (&CheckedBase, &Program),
    index: RuleIndex,
) {
    let (Some(rule), Some(nodes)) = (base.rules.get(index.index()), program.rules.get(index.index())) else {
        return;
    };
    // It would have something to say: a wait only while it waits.
    let ready = match (rule.kind, nodes.shut) {
        (RuleKind::Wait, Some(shut)) => Claim::Possible(shut),
        _ => Claim::Sure(nodes.live),
    };
    for (node, name) in [(nodes.except, "the exception"), (nodes.unless, "`unless`")] {
        if let Some(node) = node {
            let claim = Claim::All(vec![Claim::Sure(node), Claim::Sure(nodes.live), ready.clone()]);
            let what = format!("{name} of `{}`", rule.id);
            matters(
                prover,
                scene,
                record,
                &claim,
                &what,
                &[(rule.span, "it is never met while the rule would speak".to_owned())],
            );
        }
    }
    for (lower, found) in rule
        .overrides
        .iter()
        .filter_map(|lower| base.rules.get(lower.index()).map(|rule| (*lower, rule)))
    {
        let claim = Claim::All(vec![Claim::Live(index), Claim::Live(lower)]);
        let what = format!("that `{}` goes before `{}`", rule.id, found.id);
        let spans = [
            (rule.span, "this rule".to_owned()),
            (found.span, "never speaks together with this one".to_owned()),
        ];
        matters(prover, scene, record, &claim, &what, &spans);
    }
    if let Some(suppresses) = &rule.suppresses {
        let lesser: Vec<Verdict> = Verdict::ALL
            .into_iter()
            .filter(|verdict| *verdict != Verdict::Emergency)
            .collect();
        let silenced = (0..base.advice.len()).map(AdviceIndex::new).filter(|advice| {
            *advice != rule.advice
                && match suppresses {
                    Suppresses::Everything => true,
                    Suppresses::Advice(list) => list.contains(advice),
                }
        });
        let silenced: Vec<Claim> = silenced
            .map(|advice| Claim::Stands(advice, lesser.clone()))
            .collect();
        // What it names may belong to a pack that is not loaded.
        if silenced.is_empty() {
            return band(prover, scene, record, (base, program), index);
        }
        let standing = Claim::Any(silenced);
        let claim = Claim::All(vec![Claim::Acts(index), standing]);
        let spans = [(
            rule.span,
            "nothing that it silences is ever said beside it".to_owned(),
        )];
        matters(
            prover,
            scene,
            record,
            &claim,
            &format!("what `{}` suppresses", rule.id),
            &spans,
        );
    }
    band(prover, scene, record, (base, program), index);
}

/// The time between the ends of a vague limit.
fn band(
    prover: &mut Prover<'_>,
    scene: usize,
    record: &mut Record,
    (base, program): (&CheckedBase, &Program),
    index: RuleIndex,
) {
    let (Some(rule), Some(nodes)) = (base.rules.get(index.index()), program.rules.get(index.index())) else {
        return;
    };
    let mut bands: Vec<Claim> = Vec::new();
    if let (Some(nearly), Some(shut)) = (nodes.nearly, nodes.shut) {
        bands.push(Claim::All(vec![
            Claim::Sure(nearly),
            Claim::Sure(shut),
            Claim::Live(index),
        ]));
    }
    for open in nodes.open.iter().filter(|open| open.nearly) {
        bands.push(Claim::All(vec![Claim::Sure(open.node), Claim::Live(index)]));
    }
    // A step behind a shut gate says nothing at all.
    if rule.stage.is_some() {
        return;
    }
    for claim in bands {
        let question = format!("the vague limit of `{}` is nearly reached in some case", rule.id);
        match prover.find(scene, &claim) {
            Answer::Found(_) => record.proved(question),
            Answer::Undecided => record.undecided(question, Some(rule.span)),
            Answer::None => {
                let finding = Finding::new(
                    &codes::BAND_UNMET,
                    format!(
                        "no case lies between the ends of the vague limit of `{}`",
                        rule.id
                    ),
                )
                .at(rule.span, "its vague limit is as good as an exact one")
                .help(
                    "mend the conditions so that the time between the ends can be met, or use an exact limit",
                );
                record.fails(question, finding);
            }
        }
    }
}

/// Two complete cases, linked fact by fact.
struct Twins {
    one: usize,
    other: usize,
    /// By fact: assumed where the two agree on it.
    same: Vec<Lit>,
    /// Something that the reader can see differs.
    differ: Lit,
}

fn twins(prover: &mut Prover<'_>, (base, program): (&CheckedBase, &Program)) -> Twins {
    let (one, other) = (prover.scene(0), prover.scene(0));
    let mut same = Vec::with_capacity(base.facts.len());
    for position in 0..base.facts.len() {
        let agree = prover.gates.fresh();
        for variable in program.cells.variables_of(FactIndex::new(position)) {
            let of = |scene: usize| {
                prover
                    .scenes
                    .get(scene)
                    .and_then(|scene| scene.segments.get(variable.index()))
                    .cloned()
                    .unwrap_or_default()
            };
            for (left, right) in of(one).into_iter().zip(of(other)) {
                prover.gates.clause(&[!agree, !left, right]);
                prover.gates.clause(&[!agree, left, !right]);
            }
        }
        same.push(agree);
    }
    let mut differences = Vec::new();
    for claim in seen(base, program) {
        let (left, right) = (prover.put(one, &claim), prover.put(other, &claim));
        differences.push(prover.gates.differ(left, right));
    }
    let differ = prover.gates.or(differences);
    Twins {
        one,
        other,
        same,
        differ,
    }
}

/// What a reader can see: verdicts, the reasons behind them, variants and causes.
fn seen(base: &CheckedBase, program: &Program) -> Vec<Claim> {
    let mut seen: Vec<Claim> = Vec::new();
    for (number, entry) in base.advice.iter().enumerate() {
        let advice = AdviceIndex::new(number);
        let mut verdicts: Vec<Verdict> = Vec::new();
        for index in &entry.rules {
            let (Some(rule), Some(nodes)) = (base.rules.get(index.index()), program.rules.get(index.index()))
            else {
                continue;
            };
            let of_rule = verdicts_of(rule, program, *index);
            let listed = Claim::Listed(advice, of_rule.clone());
            seen.extend(
                nodes
                    .reasons
                    .iter()
                    .chain(&nodes.variants)
                    .map(|node| Claim::All(vec![listed.clone(), Claim::Sure(*node)])),
            );
            // Which rules are behind a verdict decides what is cited.
            seen.extend(of_rule.iter().map(|verdict| {
                Claim::All(vec![
                    Claim::Listed(advice, vec![*verdict]),
                    Claim::Says(*index, *verdict),
                ])
            }));
            verdicts.extend(of_rule);
        }
        verdicts.sort_unstable();
        verdicts.dedup();
        seen.extend(
            verdicts
                .into_iter()
                .map(|verdict| Claim::Listed(advice, vec![verdict])),
        );
    }
    let silenced = base
        .rules
        .iter()
        .enumerate()
        .filter(|(_, rule)| rule.suppresses == Some(Suppresses::Everything));
    let silenced: Vec<Claim> = silenced
        .map(|(index, _)| Claim::Acts(RuleIndex::new(index)))
        .collect();
    for number in 0..base.causes.len() {
        let Some(cause) = program.causes.get(CauseIndex::new(number).index()) else {
            continue;
        };
        let mut parts = vec![Claim::Sure(cause.live), Claim::Any(silenced.clone()).negated()];
        parts.extend(cause.except.map(|except| Claim::Sure(except).negated()));
        seen.push(Claim::All(parts));
    }
    seen
}

fn facts(prover: &mut Prover<'_>, record: &mut Record, (base, program): (&CheckedBase, &Program)) {
    if base.facts.is_empty() {
        return;
    }
    let twins = twins(prover, (base, program));
    let seen = seen(base, program);
    let complete = [prover.complete(twins.one), prover.complete(twins.other)];
    // What only the time until a gate opens hangs on is told from the clock.
    let running: Vec<FactIndex> = program.nodes.facts_below(
        &program.cells,
        &program.runs_while.iter().flatten().copied().collect::<Vec<_>>(),
    );
    for (position, fact) in base.facts.iter().enumerate() {
        let index = FactIndex::new(position);
        let question = format!("the answer to `{}` changes something", fact.id);
        let others = twins
            .same
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != position)
            .map(|(_, same)| *same);
        let assumptions: Vec<Lit> = [twins.differ].into_iter().chain(complete).chain(others).collect();
        let answer = prover.ask(&[twins.one, twins.other], &assumptions, |replays| match replays {
            [one, other] => seen.iter().any(|claim| one.is(claim) != other.is(claim)),
            _ => false,
        });
        match answer {
            Answer::Found(_) => record.proved(question),
            Answer::Undecided => record.undecided(question, Some(fact.span)),
            Answer::None if running.contains(&index) => record.proved(question),
            Answer::None => {
                let finding = Finding::new(
                    &codes::FACT_IDLE,
                    format!("the answer to `{}` never changes anything", fact.id),
                )
                .at(fact.span, "no verdict, reason, note or cause hangs on it")
                .help("take the fact out, or mend the rules that should use it");
                record.fails(question, finding);
                continue;
            }
        }
        if let Some(node) = program.ask_when.get(position).copied().flatten() {
            asked_in_time(prover, record, (base, program), &twins, (index, node), &seen);
        }
    }
}

/// A fact matters in a case in which it is not asked, and no question is open that could make it be asked.
fn asked_in_time(
    prover: &mut Prover<'_>,
    record: &mut Record,
    (base, program): (&CheckedBase, &Program),
    twins: &Twins,
    (fact, node): (FactIndex, NodeId),
    seen: &[Claim],
) {
    let Some(found) = base.facts.get(fact.index()) else {
        return;
    };
    let question = format!("`{}` is asked wherever it matters", found.id);
    // What decides whether it is asked is known; so `ask_when` is settled, and not True.
    let deciding = program.nodes.facts_below(&program.cells, &[node]);
    if deciding.contains(&fact) {
        return;
    }
    let not_asked = prover.put(twins.one, &Claim::Sure(node).negated());
    let others = twins
        .same
        .iter()
        .enumerate()
        .filter(|(other, _)| *other != fact.index())
        .map(|(_, same)| *same);
    let complete = [prover.complete(twins.one), prover.complete(twins.other)];
    let assumptions: Vec<Lit> = [twins.differ, not_asked]
        .into_iter()
        .chain(complete)
        .chain(others)
        .collect();
    let unasked = Claim::Sure(node).negated();
    let answer = prover.ask(&[twins.one, twins.other], &assumptions, |replays| match replays {
        [one, other] => one.is(&unasked) && seen.iter().any(|claim| one.is(claim) != other.is(claim)),
        _ => false,
    });
    match answer {
        Answer::None => record.proved(question),
        Answer::Undecided => record.undecided(question, Some(found.span)),
        Answer::Found(cases) => {
            let Some(mut case) = cases.first().cloned() else {
                return;
            };
            let answered = case.clone();
            case.put(fact, crate::case::value::FactValue::Unknown);
            let asserts = format!("asks: [\"{}\"]", found.id);
            let finding = Finding::new(
                &codes::NOT_ASKED,
                format!("`{}` matters in a case in which it is never asked", found.id),
            )
            .at(found.span, "`ask_when` is not met")
            .help(format!(
                "widen `ask_when`; one answer that matters gives the case {}",
                super::report::facts_of(&answered)
            ))
            .witness(test_case(&codes::NOT_ASKED, &case, &asserts));
            record.fails(question, finding);
        }
    }
}
