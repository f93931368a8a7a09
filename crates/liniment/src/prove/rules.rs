//! Rules that can never speak, and rules whose verdict others always give too.

use batsat::Lit;

use super::claim::{Claim, Replay, World};
use super::clashes::verdicts_of;
use super::report::Record;
use super::search::{Answer, Prover};
use super::witness::said;
use crate::case::Case;
use crate::check::base::{CheckedBase, Condition, Rule, RuleIndex, RuleKind};
use crate::compile::{NodeId, Program};
use crate::diagnostic::Finding;
use crate::diagnostic::codes::proofs as codes;
use crate::verdict::Verdict;

/// Whether a rule speaks at all, and where others do not.
pub(super) fn ask(prover: &mut Prover<'_>, scene: usize, record: &mut Record, index: RuleIndex) {
    let Some((base, program)) = prover.subject() else {
        return;
    };
    let Some(rule) = base.rules.get(index.index()) else {
        return;
    };
    // What stands beside advice of a pack that is not loaded has nothing to say, and no fault.
    if matches!(&rule.when, Some(Condition::Any(rows, _)) if rows.is_empty()) {
        return;
    }
    let verdicts = verdicts_of(rule, program, index);
    let says = Claim::Any(
        verdicts
            .iter()
            .map(|verdict| Claim::Says(index, *verdict))
            .collect(),
    );
    let question = format!("`{}` speaks in some case", rule.id);
    match prover.find(scene, &says) {
        Answer::Found(_) => {
            record.proved(question);
            opens(prover, scene, record, program, (index, rule), &verdicts);
            for verdict in verdicts {
                covered(prover, scene, record, (base, program), (index, rule), verdict);
            }
        }
        Answer::None => {
            let mut finding = Finding::new(&codes::NEVER_SPEAKS, format!("`{}` can never speak", rule.id))
                .at(rule.span, "no case lets it speak");
            for other in base.rules.iter().filter(|other| other.overrides.contains(&index)) {
                finding = finding.at(other.span, format!("`{}` overrides it", other.id));
            }
            for scope in rule
                .closed_by
                .iter()
                .filter_map(|scope| base.rules.get(scope.index()))
            {
                finding = finding.at(scope.span, format!("`{}` closes it", scope.id));
            }
            let met = Claim::Any(when_of(prover, rule).map(Claim::Sure).into_iter().collect());
            let witness = prover.nearest(scene, record, &codes::NEVER_SPEAKS, &met, |world, case| {
                let mut lines = vec![format!("`{}` should speak here, and does not:", rule.id)];
                lines.extend(said(world, case, &[rule.advice]));
                lines.extend(stops(world, case, (index, rule)));
                lines
            });
            finding = match witness {
                Some(witness) => finding.witness(witness),
                None => finding.at(rule.span, "no case meets its own conditions"),
            };
            record.fails(question, finding.help("widen its conditions, or take it out"));
        }
        Answer::Undecided => record.undecided(question, Some(rule.span)),
    }
}

/// Whether a rule behind a gate ever says more than to wait.
fn opens(
    prover: &mut Prover<'_>,
    scene: usize,
    record: &mut Record,
    program: &Program,
    (index, rule): (RuleIndex, &Rule),
    verdicts: &[Verdict],
) {
    let gate = program.rules.get(index.index()).and_then(|nodes| nodes.gate);
    if gate.is_none() || rule.kind == RuleKind::Wait || !verdicts.contains(&Verdict::Defer) {
        return;
    }
    let open = verdicts.iter().filter(|verdict| **verdict != Verdict::Defer);
    let open = Claim::Any(open.map(|verdict| Claim::Says(index, *verdict)).collect());
    let question = format!("the gate of `{}` opens in some case", rule.id);
    match prover.find(scene, &open) {
        Answer::Found(_) => record.proved(question),
        Answer::Undecided => record.undecided(question, Some(rule.span)),
        Answer::None => {
            let waits = Claim::Says(index, Verdict::Defer);
            let witness = prover.nearest(scene, record, &codes::NEVER_OPENS, &waits, |world, case| {
                std::iter::once("it waits here, and waits wherever it speaks:".to_owned())
                    .chain(said(world, case, &[rule.advice]))
                    .collect()
            });
            let mut finding = Finding::new(
                &codes::NEVER_OPENS,
                format!("`{}` says to wait, and its gate opens in no case", rule.id),
            )
            .at(rule.span, "whoever it speaks to waits for ever")
            .help("let the rule still speak when its gate is open, or say `avoid` instead");
            if let Some(witness) = witness {
                finding = finding.witness(witness);
            }
            record.fails(question, finding);
        }
    }
}

/// The node of a rule's own condition, apart from what stands against it.
fn when_of(prover: &mut Prover<'_>, rule: &Rule) -> Option<NodeId> {
    let world = prover.worlds.first_mut()?;
    let mut conditions: Vec<NodeId> = rule.when.iter().map(|when| world.node(when)).collect();
    // A red flag's reasons never hold it back.
    if !rule.reasons.is_empty() && rule.kind != RuleKind::RedFlag {
        let reasons = rule
            .reasons
            .iter()
            .map(|reason| world.node(&reason.when))
            .collect();
        conditions.push(world.nodes.any(reasons));
    }
    Some(world.nodes.all(conditions))
}

/// What keeps a rule from speaking in a case, a line each.
fn stops(world: &World<'_>, case: &Case, (index, rule): (RuleIndex, &Rule)) -> Vec<String> {
    let replay = Replay::of(world, case);
    let (base, program) = (world.base(), world.program());
    let acting = base
        .rules
        .iter()
        .enumerate()
        .filter(|(_, other)| other.overrides.contains(&index))
        .filter(|(number, _)| replay.is(&Claim::Acts(RuleIndex::new(*number))))
        .map(|(_, other)| format!("{} overrides it", other.id));
    let closing = rule.closed_by.iter().filter_map(|scope| {
        let scope_is = replay.is(&Claim::Live(*scope));
        base.rules
            .get(scope.index())
            .filter(|_| scope_is)
            .map(|scope| format!("{} closes it", scope.id))
    });
    let nodes = program.rules.get(index.index());
    let own = [
        (nodes.and_then(|nodes| nodes.except), "its exception holds"),
        (nodes.and_then(|nodes| nodes.never), "`never_when` holds"),
        (nodes.and_then(|nodes| nodes.unless), "`unless` holds"),
    ];
    let own = own.into_iter().filter_map(|(node, line)| {
        node.filter(|node| replay.is(&Claim::Sure(*node)))
            .map(|_| line.to_owned())
    });
    acting.chain(closing).chain(own).collect()
}

/// Whether other rules of the same advice id always give the verdict too.
fn covered(
    prover: &mut Prover<'_>,
    scene: usize,
    record: &mut Record,
    (base, program): (&CheckedBase, &Program),
    (index, rule): (RuleIndex, &Rule),
    verdict: Verdict,
) {
    // What a rule does beside its verdict is not covered by others: silencing, a reason, causes of its own.
    let does_more = rule.suppresses.is_some()
        || !rule.overrides.is_empty()
        || !rule.limits.is_empty()
        || !rule.beside.is_empty()
        || !rule.acts_on.is_empty()
        || rule.because.is_some()
        || !rule.reasons.is_empty();
    // The gates of one advice id wait together by design.
    if does_more || verdict == Verdict::Defer && rule.kind != RuleKind::Wait {
        return;
    }
    let others: Vec<(RuleIndex, &Rule)> = base
        .advice
        .get(rule.advice.index())
        .map_or(&[][..], |advice| &advice.rules)
        .iter()
        // The best ranked of those that speak lends its text: only what stands before can cover.
        .take_while(|other| **other != index)
        .filter_map(|other| base.rules.get(other.index()).map(|rule| (*other, rule)))
        .filter(|(other, rule)| verdicts_of(rule, program, *other).contains(&verdict))
        .collect();
    if others.is_empty() {
        return;
    }
    let question = format!("`{}` says `{verdict}` where no other rule does", rule.id);
    let says = Claim::Says(index, verdict);
    let alone = std::iter::once(says.clone()).chain(
        others
            .iter()
            .map(|(other, _)| Claim::Says(*other, verdict).negated()),
    );
    let alone_claim = Claim::All(alone.collect());
    let silent: Vec<Lit> = others
        .iter()
        .map(|(other, _)| !prover.put(scene, &Claim::Says(*other, verdict)))
        .collect();
    match prover.find_complete(scene, &alone_claim) {
        Answer::Found(_) => record.proved(question),
        Answer::Undecided => record.undecided(question, Some(rule.span)),
        Answer::None => {
            let speaks = prover.put(scene, &says);
            let complete = prover.complete(scene);
            // First one other rule alone, then those that the proof needed.
            let mut enough: Vec<&Rule> = Vec::new();
            for (position, (_, other)) in others.iter().enumerate() {
                let Some(silent) = silent.get(position) else {
                    continue;
                };
                if matches!(
                    prover.ask(&[scene], &[speaks, complete, *silent], |_| true),
                    Answer::None
                ) {
                    enough = vec![other];
                    break;
                }
            }
            if enough.is_empty() {
                let assumptions: Vec<Lit> = [speaks, complete]
                    .into_iter()
                    .chain(silent.iter().copied())
                    .collect();
                if !matches!(prover.ask(&[scene], &assumptions, |_| true), Answer::None) {
                    return record.undecided(question, Some(rule.span));
                }
                let core = prover.gates.core(&assumptions);
                enough = others
                    .iter()
                    .zip(&silent)
                    .filter(|(_, silent)| core.contains(silent))
                    .map(|((_, other), _)| *other)
                    .collect();
            }
            let names: Vec<String> = enough.iter().map(|other| format!("`{}`", other.id)).collect();
            let mut finding = Finding::new(
                &codes::COVERED,
                format!(
                    "whenever `{}` says `{verdict}`, so does {}",
                    rule.id,
                    names.join(" or ")
                ),
            )
            .at(rule.span, "adds no verdict of its own");
            for other in enough {
                finding = finding.at(other.span, format!("`{}` says it too", other.id));
            }
            let witness = prover.nearest(scene, record, &codes::COVERED, &says, |world, case| {
                said(world, case, &[rule.advice])
            });
            if let Some(witness) = witness {
                finding = finding.witness(witness);
            }
            record.fails(
                question,
                finding.help("take one of them out, or join their conditions"),
            );
        }
    }
}
