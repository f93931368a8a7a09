//! What the packs promise: `Never`, `Always`, `Implies`, `Expect`.

use super::claim::{Claim, World};
use super::report::{Record, test_case};
use super::search::{Answer, Prover};
use crate::check::base::{AdviceIndex, CheckedBase, Condition, PropertyKind};
use crate::diagnostic::Finding;
use crate::diagnostic::codes::proofs as codes;
use crate::verdict::Verdict;

pub(super) fn ask(prover: &mut Prover<'_>, scene: usize, record: &mut Record) {
    let Some(base) = prover.worlds.first().map(World::base) else {
        return;
    };
    let mut numbers = Numbers::default();
    for property in &base.properties {
        let Some(world) = prover.worlds.first_mut() else {
            return;
        };
        let pack = base
            .packs
            .get(property.pack.index())
            .map_or("", |pack| pack.id.as_str());
        let (name, claim, partial) = match &property.kind {
            PropertyKind::Never(condition) => ("Never", claim_of(world, condition), true),
            PropertyKind::Always(condition) => ("Always", claim_of(world, condition).negated(), true),
            PropertyKind::Implies(first, second) => {
                let (first, second) = (claim_of(world, first), claim_of(world, second));
                ("Implies", Claim::All(vec![first, second.negated()]), true)
            }
            // Silence while something is still to be asked is no fault: only complete cases count.
            PropertyKind::Expect(condition) => {
                let said = (0..base.advice.len())
                    .map(|advice| Claim::Listed(AdviceIndex::new(advice), Verdict::ALL.to_vec()));
                (
                    "Expect",
                    Claim::All(vec![
                        claim_of(world, condition),
                        Claim::Any(said.collect()).negated(),
                    ]),
                    false,
                )
            }
            _ => continue,
        };
        let number = numbers.next(pack, name);
        let question = format!(
            "`{name}` {number} of `{pack}` holds{}",
            said_of(base, &property.kind)
        );
        let answer = if partial {
            prover.find(scene, &claim)
        } else {
            prover.find_complete(scene, &claim)
        };
        match answer {
            Answer::None => record.proved(question),
            Answer::Undecided => record.undecided(question, Some(property.span)),
            Answer::Found(cases) => {
                let Some(case) = cases.first() else { continue };
                if partial {
                    let case = prover.shortest(scene, case, &claim);
                    let witness = test_case(&codes::PROPERTY_FAILS, &case, &asserts(base, &property.kind));
                    let finding = Finding::new(
                        &codes::PROPERTY_FAILS,
                        format!("`{name}` does not hold of every case"),
                    )
                    .at(property.span, "promised here")
                    .help("the case below shows it: mend the rules, or promise less")
                    .witness(witness);
                    record.fails(question, finding);
                } else {
                    let finding =
                        Finding::new(&codes::SILENCE, "a case that is expected to get advice gets none")
                            .at(property.span, "expected here")
                            .help("write a rule that speaks in the case below, or expect less")
                            .witness(test_case(&codes::SILENCE, case, "exactly: []"));
                    record.fails(question, finding);
                }
            }
        }
    }
}

/// How many properties of each name a pack has had.
#[derive(Default)]
pub(super) struct Numbers {
    seen: std::collections::HashMap<(String, &'static str), usize>,
}

impl Numbers {
    pub(super) fn next(&mut self, pack: &str, name: &'static str) -> usize {
        let number = self.seen.entry((pack.to_owned(), name)).or_default();
        *number += 1;
        *number
    }
}

/// A row over facts means that it is True; verdicts are those listed.
fn claim_of(world: &mut World<'_>, condition: &Condition) -> Claim {
    match condition {
        Condition::Gives { advice, verdicts, .. } if verdicts.is_empty() => {
            Claim::Listed(*advice, Verdict::ALL.to_vec()).negated()
        }
        Condition::Gives { advice, verdicts, .. } => Claim::Listed(*advice, verdicts.clone()),
        Condition::All(parts, span) if gives(condition) => {
            // The facts of a row are one condition, so that what repeats is seen together.
            let (verdicts, facts): (Vec<Condition>, Vec<Condition>) = parts.iter().cloned().partition(gives);
            let mut claims: Vec<Claim> = verdicts.iter().map(|part| claim_of(world, part)).collect();
            if !facts.is_empty() {
                claims.push(claim_of(world, &Condition::All(facts, *span)));
            }
            Claim::All(claims)
        }
        Condition::Any(parts, _) if gives(condition) => {
            Claim::Any(parts.iter().map(|part| claim_of(world, part)).collect())
        }
        _ => Claim::Sure(world.node(condition)),
    }
}

fn gives(condition: &Condition) -> bool {
    match condition {
        Condition::Gives { .. } => true,
        Condition::All(parts, _) | Condition::Any(parts, _) => parts.iter().any(gives),
        _ => false,
    }
}

/// The advice ids of a condition with their verdicts.
fn gives_in<'c>(condition: &'c Condition, found: &mut Vec<(AdviceIndex, &'c [Verdict])>) {
    match condition {
        Condition::Gives { advice, verdicts, .. } => found.push((*advice, verdicts)),
        Condition::All(parts, _) | Condition::Any(parts, _) => {
            parts.iter().for_each(|part| gives_in(part, found))
        }
        _ => {}
    }
}

fn id(base: &CheckedBase, advice: AdviceIndex) -> &str {
    base.advice
        .get(advice.index())
        .map_or("", |advice| advice.id.as_str())
}

/// ` (on a, b)`: what a property speaks of.
fn said_of(base: &CheckedBase, kind: &PropertyKind) -> String {
    let mut found = Vec::new();
    match kind {
        PropertyKind::Never(condition) | PropertyKind::Always(condition) => gives_in(condition, &mut found),
        PropertyKind::Implies(first, second) => {
            gives_in(first, &mut found);
            gives_in(second, &mut found);
        }
        _ => {}
    }
    let ids: Vec<String> = found
        .iter()
        .map(|(advice, _)| format!("`{}`", id(base, *advice)))
        .collect();
    match ids.as_slice() {
        [] => String::new(),
        [.., _] if ids.len() > 4 => format!(
            " ({} and {} more)",
            ids.iter().take(3).cloned().collect::<Vec<_>>().join(", "),
            ids.len() - 3
        ),
        _ => format!(" ({})", ids.join(", ")),
    }
}

/// What the case of a broken promise should say, where a case can say it.
fn asserts(base: &CheckedBase, kind: &PropertyKind) -> String {
    let quoted = |verdicts: &[Verdict]| {
        verdicts
            .iter()
            .map(|verdict| format!("\"{verdict}\""))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let mut must_not = Vec::new();
    match kind {
        PropertyKind::Never(condition) => {
            let mut found = Vec::new();
            gives_in(condition, &mut found);
            // With several verdicts in the row it is only all of them together that must not be.
            if let [(advice, verdicts)] = found.as_slice() {
                if verdicts.is_empty() {
                    return String::new();
                }
                must_not.push(format!("\"{}\": [{}]", id(base, *advice), quoted(verdicts)));
            }
        }
        PropertyKind::Implies(_, second) => {
            let mut found = Vec::new();
            gives_in(second, &mut found);
            let nothing = found.iter().filter(|(_, verdicts)| verdicts.is_empty());
            must_not.extend(nothing.map(|(advice, _)| format!("\"{}\": [\"any\"]", id(base, *advice))));
        }
        _ => {}
    }
    if must_not.is_empty() {
        String::new()
    } else {
        format!("must_not: {{{}}}", must_not.join(", "))
    }
}
