//! Facts whose answer can never matter, and questions that come too late.

use batsat::Lit;

use super::claim::{Claim, Replay};
use super::clashes::{verdicts_of, verdicts_on};
use super::report::Record;
use super::scene::Scene;
use super::search::{Answer, Prover};
use super::witness::{Witness, all_said, facts_of, said};
use crate::case::Case;
use crate::case::value::FactValue;
use crate::check::base::{AdviceIndex, CauseIndex, CheckedBase, FactIndex, RuleIndex, Suppresses};
use crate::compile::{NodeId, Program};
use crate::diagnostic::Finding;
use crate::diagnostic::codes::proofs as codes;

/// What one question of many parts came to.
#[derive(Default)]
enum Settled {
    /// In no part so far.
    #[default]
    Nowhere,
    Somewhere,
    Open,
}

/// What came of the questions about one fact.
#[derive(Default)]
struct Fact {
    /// An answer changes something that a reader can see.
    matters: Settled,
    /// An answer changes a verdict where it is not asked.
    unasked: Settled,
    finding: Option<Finding>,
}

/// Asks of every fact whether its answer can matter, and whether it is asked wherever it does.
pub(super) fn ask(prover: &mut Prover<'_>, record: &mut Record) {
    let Some((base, program)) = prover.subject() else {
        return;
    };
    let mut facts: Vec<Fact> = base.facts.iter().map(|_| Fact::default()).collect();
    // What the verdict of one advice id rests on is little of a large base.
    for seen in seen_parts(base, program) {
        part(prover, record, (base, program), &seen, &mut facts);
    }
    // What only the time until a gate opens hangs on is told from the clock.
    let running: Vec<FactIndex> = program.nodes.facts_below(
        &program.cells,
        &program.runs_while.iter().flatten().copied().collect::<Vec<_>>(),
    );
    for (position, found) in facts.into_iter().enumerate() {
        let index = FactIndex::new(position);
        let Some(fact) = base.facts.get(position) else {
            continue;
        };
        let question = format!("the answer to `{}` changes something", fact.id);
        match found.matters {
            Settled::Somewhere => record.proved(question),
            Settled::Open => record.undecided(question, Some(fact.span)),
            Settled::Nowhere if running.contains(&index) => record.proved(question),
            Settled::Nowhere => {
                let finding = is_idle(prover, record, (base, program), index);
                record.fails(question, finding);
                continue;
            }
        }
        if program.ask_when.get(position).copied().flatten().is_none() {
            continue;
        }
        let question = format!("`{}` is asked wherever it matters", fact.id);
        match (found.finding, found.unasked) {
            (Some(finding), _) => record.fails(question, finding),
            (None, Settled::Open) => record.undecided(question, Some(fact.span)),
            (None, _) => record.proved(question),
        }
    }
}

/// What a reader can see of one advice id, or of one cause.
struct Seen {
    /// Verdicts.
    listed: Vec<Claim>,
    /// The reasons behind them, variants, rules, causes.
    beside: Vec<Claim>,
}

fn seen_parts(base: &CheckedBase, program: &Program) -> Vec<Seen> {
    let advice = (0..base.advice.len()).map(|number| {
        let advice = AdviceIndex::new(number);
        Seen {
            listed: listed(base, program, advice),
            beside: beside(base, program, advice),
        }
    });
    let causes = (0..base.causes.len())
        .filter_map(|number| cause_named(base, program, CauseIndex::new(number)))
        .map(|named| Seen {
            listed: Vec::new(),
            beside: vec![named],
        });
    advice.chain(causes).collect()
}

/// Every verdict that can be listed on an advice id.
fn listed(base: &CheckedBase, program: &Program, advice: AdviceIndex) -> Vec<Claim> {
    verdicts_on(base, program, advice)
        .into_iter()
        .map(|verdict| Claim::Listed(advice, vec![verdict]))
        .collect()
}

/// What is said beside the verdict of an advice id.
fn beside(base: &CheckedBase, program: &Program, advice: AdviceIndex) -> Vec<Claim> {
    let mut seen = Vec::new();
    let rules = base
        .advice
        .get(advice.index())
        .map_or(&[][..], |entry| &entry.rules);
    for index in rules {
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

/// Asks of the facts on which some part of what is seen rests.
fn part(
    prover: &mut Prover<'_>,
    record: &mut Record,
    (base, program): (&CheckedBase, &Program),
    seen: &Seen,
    facts: &mut [Fact],
) {
    let everything: Vec<Claim> = seen.listed.iter().chain(&seen.beside).cloned().collect();
    let twins = twins(prover, program, (&everything, &seen.listed));
    for (index, _) in &twins.same {
        let Some(fact) = facts.get_mut(index.index()) else {
            continue;
        };
        if !matches!(fact.matters, Settled::Somewhere) {
            let answer = matters(prover, program, &twins, *index, &everything);
            fact.matters = match answer {
                Answer::Found(_) => Settled::Somewhere,
                Answer::Undecided => Settled::Open,
                Answer::None => std::mem::take(&mut fact.matters),
            };
        }
        let ask_when = program.ask_when.get(index.index()).copied().flatten();
        if let Some(node) = ask_when.filter(|_| fact.finding.is_none() && !seen.listed.is_empty()) {
            match unasked(prover, program, &twins, (*index, node), &seen.listed) {
                Answer::None => {}
                Answer::Undecided => fact.unasked = Settled::Open,
                Answer::Found(cases) => {
                    let found = (*index, node);
                    fact.finding = not_asked(prover, twins.one, record, base, found, &cases, &seen.listed);
                }
            }
        }
    }
}

/// Two cases, linked fact by fact.
struct Twins {
    one: usize,
    other: usize,
    /// By fact that questions rest on: assumed where the two agree on it.
    same: Vec<(FactIndex, Lit)>,
    /// Something that the reader can see differs.
    differ: Lit,
    /// A verdict differs.
    verdicts_differ: Lit,
}

fn twins(prover: &mut Prover<'_>, program: &Program, (seen, listed): (&[Claim], &[Claim])) -> Twins {
    let one = prover.fresh_scene();
    let other = prover.scene();
    let mut differ = |claims: &[Claim]| {
        let mut differences = Vec::with_capacity(claims.len());
        for claim in claims {
            let (left, right) = (prover.put(one, claim), prover.put(other, claim));
            differences.push(prover.gates.differ(left, right));
        }
        prover.gates.or(differences)
    };
    let (differ, verdicts_differ) = (differ(seen), differ(listed));
    let mut same = Vec::new();
    for fact in prover.facts_of(one) {
        let agree = prover.gates.fresh();
        for variable in program.cells.variables_of(fact) {
            let (left, right) = (
                prover.segments_of(one, variable),
                prover.segments_of(other, variable),
            );
            for (left, right) in left.into_iter().zip(right) {
                prover.gates.clause(&[!agree, !left, right]);
                prover.gates.clause(&[!agree, left, !right]);
            }
        }
        same.push((fact, agree));
    }
    Twins {
        one,
        other,
        same,
        differ,
        verdicts_differ,
    }
}

impl Twins {
    /// Assumed where the two agree on all other facts, and both are complete.
    fn apart_from(&self, prover: &Prover<'_>, fact: FactIndex) -> Vec<Lit> {
        let others = self.same.iter().filter(|(other, _)| *other != fact);
        others
            .map(|(_, same)| *same)
            .chain([prover.complete(self.one), prover.complete(self.other)])
            .collect()
    }
}

/// Two cases in which something different is known of one fact, and one of these claims differs: complete
/// cases, or else some of which something is not known.
fn matters(
    prover: &mut Prover<'_>,
    program: &Program,
    twins: &Twins,
    fact: FactIndex,
    claims: &[Claim],
) -> Answer {
    let mut assumptions = twins.apart_from(prover, fact);
    assumptions.push(twins.differ);
    let apart = |replays: &[Replay<'_>]| differs(replays, claims);
    match prover.ask(&[twins.one, twins.other], &assumptions, apart) {
        Answer::Found(cases) => Answer::Found(cases),
        unsettled => {
            let (twin, differ) = twin(prover, twins.one, program, fact, claims);
            match (unsettled, prover.ask(&[twins.one, twin], &[differ], apart)) {
                (_, Answer::Found(cases)) => Answer::Found(cases),
                (Answer::None, Answer::None) => Answer::None,
                _ => Answer::Undecided,
            }
        }
    }
}

fn differs(replays: &[Replay<'_>], claims: &[Claim]) -> bool {
    match replays {
        [one, other] => claims.iter().any(|claim| one.is(claim) != other.is(claim)),
        _ => false,
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
    // First, so that both are cases of the same unknowns.
    let known: Vec<Lit> = claims.iter().map(|claim| prover.put(scene, claim)).collect();
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
    for (claim, left) in claims.iter().zip(known) {
        let right = prover.put(twin, claim);
        differences.push(prover.gates.differ(left, right));
    }
    (twin, prover.gates.or(differences))
}

/// A fact on which nothing hangs, with the rules that test it and a case in which one of them speaks.
fn is_idle(
    prover: &mut Prover<'_>,
    record: &mut Record,
    (base, program): (&CheckedBase, &Program),
    index: FactIndex,
) -> Finding {
    let scene = prover.fresh_scene();
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
fn unasked(
    prover: &mut Prover<'_>,
    program: &Program,
    twins: &Twins,
    (fact, node): (FactIndex, NodeId),
    listed: &[Claim],
) -> Answer {
    let scene = twins.one;
    let unasked = Claim::Sure(node).negated();
    let not_asked = prover.put(scene, &unasked);
    let apart = |replays: &[Replay<'_>]| {
        replays.first().is_some_and(|one| one.is(&unasked)) && differs(replays, listed)
    };
    // Two answers first, then an answer and none: what is known of the fact includes the answer.
    let mut answers = twins.apart_from(prover, fact);
    answers.extend([twins.verdicts_differ, not_asked]);
    match prover.ask(&[scene, twins.other], &answers, apart) {
        Answer::None => {
            let (answered, differ) = twin(prover, scene, program, fact, listed);
            for variable in program.cells.variables_of(fact) {
                let (known, answer) = (
                    prover.segments_of(scene, variable),
                    prover.segments_of(answered, variable),
                );
                for (known, answer) in known.into_iter().zip(answer) {
                    prover.gates.implies(answer, known);
                }
            }
            let assumptions = [differ, not_asked, prover.complete(answered)];
            prover.ask(&[scene, answered], &assumptions, apart)
        }
        answer => answer,
    }
}

/// A fact that matters in a case in which it is never asked.
fn not_asked(
    prover: &Prover<'_>,
    scene: usize,
    record: &mut Record,
    base: &CheckedBase,
    (fact, node): (FactIndex, NodeId),
    cases: &[Case],
    listed: &[Claim],
) -> Option<Finding> {
    let [one, other] = cases else {
        return None;
    };
    let found = base.facts.get(fact.index())?;
    // Shown where it is sure that it is not asked.
    let never = Claim::Possible(node).negated();
    let (one, other) = shortest_twins(prover, scene, (fact, &never), (one, other), listed);
    let mut case = one.clone();
    case.put(fact, FactValue::Unknown);
    let world = prover.world_of(scene)?;
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
    Some(finding)
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
    scene: usize,
    (fact, unasked): (FactIndex, &Claim),
    (one, other): (&Case, &Case),
    listed: &[Claim],
) -> (Case, Case) {
    let (mut one, mut other) = (one.clone(), other.clone());
    let Some(world) = prover.world_of(scene) else {
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
            prover.is_assumed(scene, &left)
                && prover.is_assumed(scene, &right)
                && left.is(unasked)
                && listed.iter().any(|claim| left.is(claim) != right.is(claim))
        };
        if differs {
            (one, other) = (left, right);
        }
    }
    (one, other)
}
