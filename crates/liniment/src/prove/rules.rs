//! Rules that can never speak, and rules whose verdict others always give too.

use batsat::Lit;

use super::claim::{Claim, World};
use super::clashes::verdicts_of;
use super::report::Record;
use super::search::{Answer, Prover};
use crate::check::base::{CheckedBase, Rule, RuleIndex, RuleKind};
use crate::compile::Program;
use crate::diagnostic::Finding;
use crate::diagnostic::codes::proofs as codes;
use crate::verdict::Verdict;

pub(super) fn ask(prover: &mut Prover<'_>, scene: usize, record: &mut Record) {
    let Some((base, program)) = prover
        .worlds
        .first()
        .map(|world: &World<'_>| (world.base(), world.program()))
    else {
        return;
    };
    for (number, rule) in base.rules.iter().enumerate() {
        let index = RuleIndex::new(number);
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
                for verdict in verdicts {
                    covered(prover, scene, record, (base, program), (index, rule), verdict);
                }
            }
            Answer::None => {
                let mut finding =
                    Finding::new(&codes::NEVER_SPEAKS, format!("`{}` can never speak", rule.id))
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
                record.fails(question, finding.help("widen its conditions, or take it out"));
            }
            Answer::Undecided => record.undecided(question, Some(rule.span)),
        }
    }
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
            record.fails(
                question,
                finding.help("take one of them out, or join their conditions"),
            );
        }
    }
}
