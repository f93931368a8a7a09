//! What can never matter: exceptions, precedence, vague bands, facts, and questions that come too late.

use super::claim::Claim;
use super::report::Record;
use super::search::{Answer, Prover};
use super::witness::said;
use crate::check::base::{AdviceIndex, CheckedBase, RuleIndex, RuleKind, Suppresses};
use crate::compile::Program;
use crate::diagnostic::Finding;
use crate::diagnostic::codes::proofs as codes;
use crate::parse::spanned::Span;
use crate::verdict::Verdict;

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

/// Whether what a rule says beside its own condition can matter.
pub(super) fn of_rule(prover: &mut Prover<'_>, scene: usize, record: &mut Record, index: RuleIndex) {
    let Some((base, program)) = prover.subject() else {
        return;
    };
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
