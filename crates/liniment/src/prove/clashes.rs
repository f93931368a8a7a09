//! Verdicts that meet, emergencies that are masked, steps that come too early.

use super::claim::Claim;
use super::report::Record;
use super::rule_out::Question;
use super::search::{Answer, Prover};
use super::witness::{must_not, said};
use crate::check::base::{AdviceIndex, CheckedBase, Rule, RuleIndex, RuleKind, Stages, Suppresses};
use crate::compact_sort::CompactSort;
use crate::compile::Program;
use crate::diagnostic::Finding;
use crate::diagnostic::codes::proofs as codes;
use crate::verdict::Verdict;

/// The verdicts that a rule can speak.
pub(super) fn verdicts_of(rule: &Rule, program: &Program, index: RuleIndex) -> Vec<Verdict> {
    let Some(nodes) = program.rules.get(index.index()) else {
        return Vec::new();
    };
    let mut verdicts: Vec<Verdict> = nodes.open.iter().map(|open| open.verdict).collect();
    if !nodes.open.is_empty() {
        verdicts.extend(rule.then);
    }
    if nodes.shut.is_some() && rule.stage.is_none() {
        verdicts.push(Verdict::Defer);
    }
    verdicts.compact_sort();
    verdicts.dedup();
    verdicts
}

/// The verdicts that the rules of an advice id can speak.
pub(super) fn verdicts_on(base: &CheckedBase, program: &Program, advice: AdviceIndex) -> Vec<Verdict> {
    let entry = base.advice.get(advice.index());
    let mut verdicts: Vec<Verdict> = entry
        .map_or(&[][..], |entry| &entry.rules)
        .iter()
        .filter_map(|index| base.rules.get(index.index()).map(|rule| (*index, rule)))
        .flat_map(|(index, rule)| verdicts_of(rule, program, index))
        .collect();
    verdicts.compact_sort();
    verdicts.dedup();
    verdicts
}

/// Everything but what is silenced.
fn is_heard(base: &CheckedBase, advice: AdviceIndex) -> Claim {
    let silencing = base.rules.iter().enumerate().filter(|(_, rule)| {
        rule.advice != advice
            && match &rule.suppresses {
                Some(Suppresses::Everything) => true,
                Some(Suppresses::Advice(list)) => list.contains(&advice),
                None => false,
            }
    });
    Claim::Any(
        silencing
            .map(|(index, _)| Claim::Acts(RuleIndex::new(index)))
            .collect(),
    )
    .negated()
}

/// No advice id gets two verdicts at once that nothing ranks.
pub(super) fn collisions(prover: &mut Prover<'_>, scene: usize, record: &mut Record, advice: AdviceIndex) {
    let Some((base, program)) = prover.subject() else {
        return;
    };
    let Some(entry) = base.advice.get(advice.index()) else {
        return;
    };
    let rules: Vec<(RuleIndex, &Rule)> = entry
        .rules
        .iter()
        .filter_map(|index| base.rules.get(index.index()).map(|rule| (*index, rule)))
        .collect();
    let verdicts = verdicts_on(base, program, advice);
    if verdicts.len() < 2 {
        return;
    }
    let span = rules.first().map(|(_, rule)| rule.span);
    let pairs: Vec<(Verdict, Verdict)> = verdicts
        .iter()
        .enumerate()
        .flat_map(|(at, one)| verdicts.iter().skip(at + 1).map(|other| (*one, *other)))
        .collect();
    let meet = |one: Verdict, other: Verdict| {
        let heard = if one == Verdict::Emergency {
            Vec::new()
        } else {
            vec![is_heard(base, advice)]
        };
        Claim::All(
            [Claim::Given(advice, one), Claim::Given(advice, other)]
                .into_iter()
                .chain(heard)
                .collect(),
        )
    };
    let text = format!("`{}` never gets two verdicts at once", entry.id);
    if conditions_exclude(prover, scene, (program, &rules), &pairs) {
        return record.proved(text);
    }
    // All pairs at once: mostly none can meet.
    let any = Claim::Any(pairs.iter().map(|(one, other)| meet(*one, *other)).collect());
    match prover.find(scene, &any) {
        Answer::None => {
            return record.proved(text);
        }
        Answer::Undecided => {
            return record.undecided(text, span);
        }
        Answer::Found(_) => {}
    }
    for (one, other) in pairs {
        let claim = meet(one, other);
        let question = Question {
            text: format!("`{}` never gets `{one}` and `{other}` at once", entry.id),
            span,
            claim: &claim,
        };
        prover.rule_out(scene, record, question, |mut shown| {
            let mut finding = Finding::new(
                &codes::VERDICTS_MEET,
                format!(
                    "`{}` can get the verdicts `{one}` and `{other}` at once",
                    entry.id
                ),
            );
            for verdict in [one, other] {
                for (_, rule) in rules
                    .iter()
                    .filter(|(index, rule)| verdicts_of(rule, program, *index).contains(&verdict))
                {
                    finding = finding.at(rule.span, format!("`{}` can say `{verdict}`", rule.id));
                }
            }
            let witness = shown
                .witness(&codes::VERDICTS_MEET)
                .remark(format!("{}: {one} and {other} at once", entry.id));
            finding
                .help("say which rule stands with `overrides`, or make the conditions exclude each other")
                .witness(witness.written())
        });
    }
}

/// Whether no complete case meets the conditions of two verdicts, whatever exceptions, precedence and silence
/// make of them. Then no partial case gets both: what is sure of it is sure of each of its completions.
fn conditions_exclude(
    prover: &mut Prover<'_>,
    scene: usize,
    (program, rules): (&Program, &[(RuleIndex, &Rule)]),
    pairs: &[(Verdict, Verdict)],
) -> bool {
    let Some(world) = prover.worlds.first_mut() else {
        return false;
    };
    let mut conditions_of = |verdict: Verdict| {
        let mut nodes = Vec::new();
        for (index, rule) in rules {
            let Some(found) = program.rules.get(index.index()) else {
                continue;
            };
            let open = found.open.iter();
            let spoken = open.filter(|open| open.verdict == verdict || rule.then == Some(verdict));
            nodes.extend(spoken.map(|open| open.node));
            if verdict == Verdict::Defer && found.shut.is_some() {
                nodes.push(found.live);
            }
        }
        Claim::Sure(world.nodes.any(nodes))
    };
    let meet = pairs
        .iter()
        .map(|(one, other)| Claim::All(vec![conditions_of(*one), conditions_of(*other)]))
        .collect();
    matches!(prover.find_complete(scene, &Claim::Any(meet)), Answer::None)
}

/// Nothing masks an emergency, and it silences what it should.
pub(super) fn emergencies(prover: &mut Prover<'_>, record: &mut Record) {
    let Some(base) = prover.worlds.first().map(|world| world.base()) else {
        return;
    };
    let scene = prover.fresh_scene();
    let advice = || (0..base.advice.len()).map(AdviceIndex::new);
    let some_emergency = Claim::Any(
        advice()
            .map(|advice| Claim::Listed(advice, vec![Verdict::Emergency]))
            .collect(),
    );
    let lesser: Vec<Verdict> = Verdict::ALL
        .into_iter()
        .filter(|verdict| *verdict != Verdict::Emergency)
        .collect();
    for (index, rule) in base.rules.iter().enumerate() {
        if rule.kind != RuleKind::RedFlag || rule.verdict != Verdict::Emergency {
            continue;
        }
        let index = RuleIndex::new(index);
        // Where it stands, and what overrides it.
        let located = |finding: Finding| {
            base.rules
                .iter()
                .filter(|other| other.overrides.contains(&index))
                .fold(finding.at(rule.span, "this emergency"), |finding, other| {
                    finding.at(other.span, format!("`{}` overrides it", other.id))
                })
        };
        let live = Claim::Live(index);
        let masked = Claim::All(vec![live.clone(), some_emergency.clone().negated()]);
        let question = Question {
            text: format!("no case masks the emergency `{}`", rule.id),
            span: Some(rule.span),
            claim: &masked,
        };
        prover.rule_out(scene, record, question, |mut shown| {
            let must = format!(
                "must: {{\"{}\": \"emergency\"}}",
                super::witness::id_of(base, rule.advice)
            );
            let witness = shown
                .witness(&codes::EMERGENCY_MASKED)
                .remarks(said(shown.world, shown.case, &[rule.advice]))
                .check(must);
            located(Finding::new(
                &codes::EMERGENCY_MASKED,
                format!(
                    "the emergency `{}` can be masked: no emergency is listed",
                    rule.id
                ),
            ))
            .help("let nothing but another emergency override an emergency")
            .witness(witness.written())
        });
        let Some(suppresses) = &rule.suppresses else {
            continue;
        };
        let meant = advice().filter(|advice| {
            *advice != rule.advice
                && match suppresses {
                    Suppresses::Everything => true,
                    Suppresses::Advice(list) => list.contains(advice),
                }
        });
        let meant: Vec<AdviceIndex> = meant.collect();
        let left = Claim::Any(
            meant
                .iter()
                .map(|advice| Claim::Listed(*advice, lesser.clone()))
                .collect(),
        );
        let leaves = Claim::All(vec![live, left]);
        let question = Question {
            text: format!("the emergency `{}` silences all that it should", rule.id),
            span: Some(rule.span),
            claim: &leaves,
        };
        prover.rule_out(scene, record, question, |mut shown| {
            let standing: Vec<(AdviceIndex, Vec<Verdict>)> = shown.listed(&meant, &lesser);
            let ids: Vec<AdviceIndex> = standing.iter().map(|(advice, _)| *advice).collect();
            let witness = shown
                .witness(&codes::EMERGENCY_LEAVES)
                .remarks(said(shown.world, shown.case, &[rule.advice]))
                .remarks(said(shown.world, shown.case, &ids))
                .check(must_not(base, &standing));
            located(Finding::new(
                &codes::EMERGENCY_LEAVES,
                format!(
                    "the emergency `{}` can leave standing what it should silence",
                    rule.id
                ),
            ))
            .help("let what overrides it silence as much, or drop the `overrides`")
            .witness(witness.written())
        });
    }
}

/// No advice of a later step is open while the step before it is not comfortable.
pub(super) fn steps(prover: &mut Prover<'_>, record: &mut Record) {
    let Some((base, program)) = prover.subject() else {
        return;
    };
    for plan in &base.stages {
        let scene = prover.fresh_scene();
        steps_of(prover, scene, record, (base, program), plan);
    }
}

fn steps_of(
    prover: &mut Prover<'_>,
    scene: usize,
    record: &mut Record,
    (base, program): (&CheckedBase, &Program),
    plan: &Stages,
) {
    const OPEN: [Verdict; 2] = [Verdict::Recommend, Verdict::Optional];
    let at = program.cells.variable_of(plan.at);
    let comfortable = Claim::Only(program.cells.variable_of(plan.comfortable), 1);
    for (step, index) in plan.steps.iter().enumerate().skip(1) {
        let Some(rule) = base.rules.get(index.index()) else {
            continue;
        };
        let Some(entry) = base.advice.get(rule.advice.index()) else {
            continue;
        };
        // An id that an earlier step gives too comes early by design.
        let before = plan
            .steps
            .iter()
            .take(step)
            .filter_map(|index| base.rules.get(index.index()));
        if before.into_iter().any(|earlier| earlier.advice == rule.advice) {
            continue;
        }
        let reached = Claim::Any(vec![
            Claim::Only(at, step + 1),
            Claim::All(vec![Claim::Only(at, step), comfortable.clone()]),
        ]);
        let early = Claim::All(vec![Claim::Stands(rule.advice, OPEN.to_vec()), reached.negated()]);
        let question = Question {
            text: format!(
                "the step `{}` of `{}` waits for the one before it",
                rule.id, plan.id
            ),
            span: Some(rule.span),
            claim: &early,
        };
        prover.rule_out(scene, record, question, |mut shown| {
            let finding = Finding::new(
                &codes::STEP_EARLY,
                format!(
                    "`{}` can be open before the step that comes first is comfortable",
                    entry.id
                ),
            )
            .at(rule.span, format!("a step of `{}`", plan.id))
            .at(plan.span, "the plan");
            let finding = entry
                .rules
                .iter()
                .filter(|other| *other != index)
                .filter_map(|other| base.rules.get(other.index()))
                .fold(finding, |finding, other| {
                    finding.at(other.span, format!("`{}` speaks about it too", other.id))
                });
            let witness = shown
                .witness(&codes::STEP_EARLY)
                .remarks(said(shown.world, shown.case, &[rule.advice]))
                .check(must_not(base, &[(rule.advice, OPEN.to_vec())]));
            finding
                .help("give the other rule an advice id of its own, or a condition on the plan")
                .witness(witness.written())
        });
    }
}
