//! What can never matter: exceptions, precedence, vague bands, facts, and questions that come too late.

use batsat::Lit;

use super::claim::{Claim, Replay, World};
use super::clashes::verdicts_of;
use super::report::Record;
use super::scene::Scene;
use super::search::{Answer, Prover};
use super::witness::{Witness, all_said, facts_of, said};
use crate::case::Case;
use crate::case::value::FactValue;
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

/// What is asked of something that should matter.
struct Matter<'m> {
    what: String,
    /// Met by every case in which it matters.
    claim: Claim,
    spans: &'m [(Span, String)],
    /// As near as a case comes to it.
    nearest: Claim,
    /// What to say of that case.
    remark: String,
    advice: Vec<AdviceIndex>,
}

/// Asks for a case in which something matters; says so when there is none.
fn matters(prover: &mut Prover<'_>, scene: usize, record: &mut Record, matter: Matter<'_>) {
    let question = format!("{} matters in some case", matter.what);
    match prover.find(scene, &matter.claim) {
        Answer::Found(_) => record.proved(question),
        Answer::Undecided => record.undecided(question, matter.spans.first().map(|(span, _)| *span)),
        Answer::None => {
            let mut finding = Finding::new(&codes::IDLE, format!("{} can never matter", matter.what));
            for (span, text) in matter.spans {
                finding = finding.at(*span, text.clone());
            }
            let witness = prover.nearest(scene, record, &codes::IDLE, &matter.nearest, |world, case| {
                std::iter::once(matter.remark.clone())
                    .chain(said(world, case, &matter.advice))
                    .collect()
            });
            if let Some(witness) = witness {
                finding = finding.witness(witness);
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
            matters(
                prover,
                scene,
                record,
                Matter {
                    what: format!("{name} of `{}`", rule.id),
                    claim: Claim::All(vec![Claim::Sure(node), Claim::Sure(nodes.live), ready.clone()]),
                    spans: &[(rule.span, "it is never met while the rule would speak".to_owned())],
                    nearest: Claim::Sure(node),
                    remark: format!(
                        "{name} holds here, and without it `{}` would not speak either:",
                        rule.id
                    ),
                    advice: vec![rule.advice],
                },
            );
        }
    }
    for (lower, found) in rule
        .overrides
        .iter()
        .filter_map(|lower| base.rules.get(lower.index()).map(|rule| (*lower, rule)))
    {
        matters(
            prover,
            scene,
            record,
            Matter {
                what: format!("that `{}` goes before `{}`", rule.id, found.id),
                claim: Claim::All(vec![Claim::Live(index), Claim::Live(lower)]),
                spans: &[
                    (rule.span, "this rule".to_owned()),
                    (found.span, "never speaks together with this one".to_owned()),
                ],
                nearest: Claim::Live(index),
                remark: format!("`{}` speaks here, and `{}` would not:", rule.id, found.id),
                advice: if rule.advice == found.advice {
                    vec![rule.advice]
                } else {
                    vec![rule.advice, found.advice]
                },
            },
        );
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
        let silenced: Vec<AdviceIndex> = silenced.collect();
        let standing = silenced
            .iter()
            .map(|advice| Claim::Stands(*advice, lesser.clone()))
            .collect();
        // What it names may belong to a pack that is not loaded.
        if !silenced.is_empty() {
            let mut spans = vec![(
                rule.span,
                "nothing that it silences is ever said beside it".to_owned(),
            )];
            let quiet = base
                .rules
                .iter()
                .filter(|other| silenced.contains(&other.advice))
                .take(3);
            spans.extend(quiet.map(|other| (other.span, format!("`{}` is not said then", other.id))));
            matters(
                prover,
                scene,
                record,
                Matter {
                    what: format!("what `{}` suppresses", rule.id),
                    claim: Claim::All(vec![Claim::Acts(index), Claim::Any(standing)]),
                    spans: &spans,
                    nearest: Claim::Acts(index),
                    remark: format!("`{}` acts here, and there is nothing to silence:", rule.id),
                    advice: vec![rule.advice],
                },
            );
        }
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
    // Each with the case that comes nearest to it.
    let mut bands: Vec<(Claim, Claim)> = Vec::new();
    if let (Some(nearly), Some(shut)) = (nodes.nearly, nodes.shut) {
        let met = Claim::All(vec![Claim::Sure(nearly), Claim::Sure(shut), Claim::Live(index)]);
        bands.push((met, Claim::Sure(nearly)));
    }
    for open in nodes.open.iter().filter(|open| open.nearly) {
        let met = Claim::All(vec![Claim::Sure(open.node), Claim::Live(index)]);
        bands.push((met, Claim::Live(index)));
    }
    // A step behind a shut gate says nothing at all.
    if rule.stage.is_some() {
        return;
    }
    for (claim, nearest) in bands {
        let question = format!("the vague limit of `{}` is nearly reached in some case", rule.id);
        match prover.find(scene, &claim) {
            Answer::Found(_) => record.proved(question),
            Answer::Undecided => record.undecided(question, Some(rule.span)),
            Answer::None => {
                let witness = prover.nearest(scene, record, &codes::BAND_UNMET, &nearest, |world, case| {
                    std::iter::once("as near as a case comes to it:".to_owned())
                        .chain(said(world, case, &[rule.advice]))
                        .collect()
                });
                let mut finding = Finding::new(
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
                if let Some(witness) = witness {
                    finding = finding.witness(witness);
                }
                record.fails(question, finding);
            }
        }
    }
}

/// Two cases, linked fact by fact.
struct Twins {
    one: usize,
    other: usize,
    /// By fact: assumed where the two agree on it.
    same: Vec<Lit>,
    /// Something that the reader can see differs.
    differ: Lit,
    /// A verdict differs.
    verdicts_differ: Lit,
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
    let mut differ = |claims: &[Claim]| {
        let mut differences = Vec::with_capacity(claims.len());
        for claim in claims {
            let (left, right) = (prover.put(one, claim), prover.put(other, claim));
            differences.push(prover.gates.differ(left, right));
        }
        prover.gates.or(differences)
    };
    let (differ, verdicts_differ) = (differ(&seen(base, program)), differ(&listed(base, program)));
    Twins {
        one,
        other,
        same,
        differ,
        verdicts_differ,
    }
}

/// Every verdict that can be listed.
fn listed(base: &CheckedBase, program: &Program) -> Vec<Claim> {
    let mut listed = Vec::new();
    for (number, entry) in base.advice.iter().enumerate() {
        let mut verdicts: Vec<Verdict> = entry
            .rules
            .iter()
            .filter_map(|index| base.rules.get(index.index()).map(|rule| (*index, rule)))
            .flat_map(|(index, rule)| verdicts_of(rule, program, index))
            .collect();
        verdicts.sort_unstable();
        verdicts.dedup();
        listed.extend(
            verdicts
                .into_iter()
                .map(|verdict| Claim::Listed(AdviceIndex::new(number), vec![verdict])),
        );
    }
    listed
}

/// What a reader can see: verdicts, the reasons behind them, variants and causes.
fn seen(base: &CheckedBase, program: &Program) -> Vec<Claim> {
    let mut seen: Vec<Claim> = listed(base, program);
    for (number, entry) in base.advice.iter().enumerate() {
        let advice = AdviceIndex::new(number);
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
        }
    }
    seen.extend(
        (0..base.causes.len()).filter_map(|number| cause_named(base, program, CauseIndex::new(number))),
    );
    seen
}

/// A cause is listed: it is met, and nothing silences everything.
pub(super) fn cause_named(base: &CheckedBase, program: &Program, cause: CauseIndex) -> Option<Claim> {
    let found = program.causes.get(cause.index())?;
    let silencing = base
        .rules
        .iter()
        .enumerate()
        .filter(|(_, rule)| rule.suppresses == Some(Suppresses::Everything));
    let silencing: Vec<Claim> = silencing
        .map(|(index, _)| Claim::Acts(RuleIndex::new(index)))
        .collect();
    let mut parts = vec![Claim::Sure(found.live), Claim::Any(silencing).negated()];
    parts.extend(found.except.map(|except| Claim::Sure(except).negated()));
    Some(Claim::All(parts))
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
        let differs: Vec<Lit> = [twins.differ].into_iter().chain(others).chain(complete).collect();
        let apart = |replays: &[Replay<'_>]| match replays {
            [one, other] => seen.iter().any(|claim| one.is(claim) != other.is(claim)),
            _ => false,
        };
        // In a complete case, or else in one of which something is not known.
        let answer = match prover.ask(&[twins.one, twins.other], &differs, apart) {
            Answer::Found(cases) => Answer::Found(cases),
            unsettled => {
                let (other, differ) = twin(prover, twins.one, program, index, &seen);
                match (unsettled, prover.ask(&[twins.one, other], &[differ], apart)) {
                    (_, Answer::Found(cases)) => Answer::Found(cases),
                    (Answer::None, Answer::None) => Answer::None,
                    _ => Answer::Undecided,
                }
            }
        };
        match answer {
            Answer::Found(_) => record.proved(question),
            Answer::Undecided => record.undecided(question, Some(fact.span)),
            Answer::None if running.contains(&index) => record.proved(question),
            Answer::None => {
                let finding = is_idle(prover, twins.one, record, (base, program), index);
                record.fails(question, finding);
                continue;
            }
        }
        if let Some(node) = program.ask_when.get(position).copied().flatten() {
            asked_in_time(prover, record, (base, program), &twins, (index, node));
        }
    }
}

/// The same case with something else known of one fact, and whether one of these claims differs. All that
/// does not rest on the fact is the same circuit.
fn twin(
    prover: &mut Prover<'_>,
    scene: usize,
    program: &Program,
    fact: FactIndex,
    claims: &[Claim],
) -> (usize, Lit) {
    let mut segments = prover
        .scenes
        .get(scene)
        .map_or_else(Vec::new, |scene| scene.segments.clone());
    for variable in program.cells.variables_of(fact) {
        if let Some(segments) = segments.get_mut(variable.index()) {
            for segment in segments {
                *segment = prover.gates.fresh();
            }
        }
    }
    let twin = Scene::over(&mut prover.gates, 0, segments);
    let twin = prover.add_scene(twin);
    let mut differences = Vec::with_capacity(claims.len());
    for claim in claims {
        let (left, right) = (prover.put(scene, claim), prover.put(twin, claim));
        differences.push(prover.gates.differ(left, right));
    }
    (twin, prover.gates.or(differences))
}

/// A fact on which nothing hangs, with the rules that test it and a case in which one of them speaks.
fn is_idle(
    prover: &mut Prover<'_>,
    scene: usize,
    record: &mut Record,
    (base, program): (&CheckedBase, &Program),
    index: FactIndex,
) -> Finding {
    let id = base.facts.get(index.index()).map_or("", |fact| fact.id.as_str());
    let mut finding = Finding::new(
        &codes::FACT_IDLE,
        format!("the answer to `{id}` never changes anything"),
    )
    .help("take the fact out, or mend the rules that should use it");
    if let Some(fact) = base.facts.get(index.index()) {
        finding = finding.at(fact.span, "no verdict, reason, note or cause hangs on it");
    }
    let testing: Vec<(RuleIndex, &crate::check::base::Rule)> = base
        .rules
        .iter()
        .enumerate()
        .filter(|(number, _)| {
            program.rules.get(*number).is_some_and(|nodes| {
                program
                    .nodes
                    .facts_below(&program.cells, &nodes.roots())
                    .contains(&index)
            })
        })
        .map(|(number, rule)| (RuleIndex::new(number), rule))
        .collect();
    for (_, rule) in testing.iter().take(3) {
        finding = finding.at(rule.span, format!("`{}` tests it", rule.id));
    }
    let speaks = testing.iter().map(|(rule, _)| Claim::Live(*rule)).collect();
    let advice: Vec<AdviceIndex> = testing.iter().map(|(_, rule)| rule.advice).take(1).collect();
    let witness = prover.nearest(
        scene,
        record,
        &codes::FACT_IDLE,
        &Claim::Any(speaks),
        |world, case| {
            std::iter::once(format!("whatever `{id}` is here:"))
                .chain(said(world, case, &advice))
                .collect()
        },
    );
    match witness {
        Some(witness) => finding.witness(witness),
        None => finding,
    }
}

/// Wherever a fact can change a verdict, it may be asked.
///
/// Asked of all cases in which everything but the fact is known: where `ask_when` is not True, no answer
/// changes a verdict, neither compared with another answer nor with none.
///
/// That is enough for partial cases, as long as two answers would give different verdicts. Take a partial
/// case in which they would under some completion of the others, and `ask_when` is not True. That
/// completion makes it True, by what was proved; and as it is not True of the case, another completion
/// makes it False. Go from the one to the other fact by fact. At the step where the two answers stop
/// differing, the fact that changes there changes the verdict of one of them: it is worth asking itself,
/// or, by the same argument, what decides its own `ask_when`, and `ask_when` has no circles. So the
/// interview goes on.
fn asked_in_time(
    prover: &mut Prover<'_>,
    record: &mut Record,
    (base, program): (&CheckedBase, &Program),
    twins: &Twins,
    (fact, node): (FactIndex, NodeId),
) {
    let Some(found) = base.facts.get(fact.index()) else {
        return;
    };
    let question = format!("`{}` is asked wherever it matters", found.id);
    let complete = prover.complete(twins.one);
    let listed = listed(base, program);
    let not_asked = prover.put(twins.one, &Claim::Sure(node).negated());
    let others = twins
        .same
        .iter()
        .enumerate()
        .filter(|(other, _)| *other != fact.index())
        .map(|(_, same)| *same);
    let unasked = Claim::Sure(node).negated();
    let differs: Vec<Lit> = [
        twins.verdicts_differ,
        not_asked,
        complete,
        prover.complete(twins.other),
    ]
    .into_iter()
    .chain(others)
    .collect();
    let apart = |replays: &[Replay<'_>]| match replays {
        [one, other] => one.is(&unasked) && listed.iter().any(|claim| one.is(claim) != other.is(claim)),
        _ => false,
    };
    // Two answers first, then an answer and none: what is known of the fact includes the answer.
    let answer = match prover.ask(&[twins.one, twins.other], &differs, apart) {
        Answer::None => {
            let (answered, differ) = twin(prover, twins.one, program, fact, &listed);
            for variable in program.cells.variables_of(fact) {
                let of = |scene: usize| {
                    let scene = prover.scenes.get(scene)?;
                    scene.segments.get(variable.index()).cloned()
                };
                let (known, answer) = (of(twins.one), of(answered));
                for (known, answer) in known.into_iter().flatten().zip(answer.into_iter().flatten()) {
                    prover.gates.clause(&[known, !answer]);
                }
            }
            let assumptions = [differ, not_asked, prover.complete(answered)];
            prover.ask(&[twins.one, answered], &assumptions, apart)
        }
        answer => answer,
    };
    match answer {
        Answer::None => record.proved(question),
        Answer::Undecided => record.undecided(question, Some(found.span)),
        Answer::Found(cases) => {
            let [one, other] = cases.as_slice() else {
                return;
            };
            // Shown where it is sure that it is not asked.
            let never = Claim::Possible(node).negated();
            let (one, other) = shortest_twins(prover, twins, (fact, &never), (one, other), &listed);
            let mut case = one.clone();
            case.put(fact, FactValue::Unknown);
            let Some(world) = prover.world_of(twins.one) else {
                return;
            };
            let mut witness = Witness::new(record.name(&codes::NOT_ASKED), base, &case);
            for answered in [&one, &other] {
                witness = witness
                    .remark(format!("with {}:", answer_in(base, answered, fact)))
                    .remarks(all_said(world, answered, 6));
            }
            let finding = Finding::new(
                &codes::NOT_ASKED,
                format!("`{}` matters in a case in which it is never asked", found.id),
            )
            .at(found.span, "`ask_when` is not met in the case below")
            .help("widen `ask_when`, or let the rules use it only where it is asked")
            .witness(witness.check(format!("asks: [\"{}\"]", found.id)).written());
            record.fails(question, finding);
        }
    }
}

/// What is known of a fact, as an author writes it.
fn answer_in(base: &CheckedBase, case: &Case, fact: FactIndex) -> String {
    let mut only = case.clone();
    for position in (0..base.facts.len()).filter(|position| *position != fact.index()) {
        only.put(FactIndex::new(position), FactValue::Unknown);
    }
    facts_of(base, &only)
}

/// Two cases that differ in one answer and in a verdict, with as little else stated as that needs.
fn shortest_twins(
    prover: &Prover<'_>,
    twins: &Twins,
    (fact, unasked): (FactIndex, &Claim),
    (one, other): (&Case, &Case),
    listed: &[Claim],
) -> (Case, Case) {
    let (mut one, mut other) = (one.clone(), other.clone());
    let Some(world) = prover.world_of(twins.one) else {
        return (one, other);
    };
    for position in 0..world.base().facts.len() {
        let index = FactIndex::new(position);
        if index == fact {
            continue;
        }
        let (mut left, mut right) = (one.clone(), other.clone());
        left.put(index, FactValue::Unknown);
        right.put(index, FactValue::Unknown);
        let differs = {
            let (left, right) = (Replay::of(world, &left), Replay::of(world, &right));
            prover.is_assumed(twins.one, &left)
                && prover.is_assumed(twins.one, &right)
                && left.is(unasked)
                && listed.iter().any(|claim| left.is(claim) != right.is(claim))
        };
        if differs {
            (one, other) = (left, right);
        }
    }
    (one, other)
}
