//! What the packs promise: `Never`, `Always`, `Implies`, `Expect`.

use super::claim::{Claim, World};
use super::report::Record;
use super::rule_out::Question;
use super::search::Prover;
use super::witness::{id_of, must_not, said};
use crate::check::base::{AdviceIndex, CheckedBase, Condition, PropertyKind};
use crate::compact_sort::CompactSort;
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
        let (name, claim) = match &property.kind {
            PropertyKind::Never(condition) => ("Never", claim_of(world, condition)),
            PropertyKind::Always(condition) => ("Always", claim_of(world, condition).negated()),
            PropertyKind::Implies(first, second) => {
                let (first, second) = (claim_of(world, first), claim_of(world, second));
                ("Implies", Claim::All(vec![first, second.negated()]))
            }
            // Whoever meets the row gets advice, however little else is known: the rest may be declined.
            PropertyKind::Expect(condition) => {
                let said = (0..base.advice.len())
                    .map(|advice| Claim::Listed(AdviceIndex::new(advice), Verdict::ALL.to_vec()));
                let silent = Claim::Any(said.collect()).negated();
                ("Expect", Claim::All(vec![claim_of(world, condition), silent]))
            }
            _ => continue,
        };
        let number = numbers.next(pack, name);
        let question = Question {
            text: format!(
                "`{name}` {number} of `{pack}` holds{}",
                said_of(base, &property.kind)
            ),
            span: Some(property.span),
            claim: &claim,
        };
        let mentioned = mentioned(&property.kind);
        prover.rule_out(scene, record, question, |mut shown| {
            if name == "Expect" {
                let witness = shown
                    .witness(&codes::SILENCE)
                    .remark("nothing is said; once something is, say here what must be")
                    .check("exactly: []");
                return Finding::new(&codes::SILENCE, "a case that is expected to get advice gets none")
                    .at(property.span, "expected here")
                    .help("write a rule that speaks in the case below, or expect less")
                    .witness(witness.written());
            }
            let witness = shown
                .witness(&codes::PROPERTY_FAILS)
                .remarks(said(shown.world, shown.case, &mentioned))
                .check(asserts(base, &property.kind));
            Finding::new(
                &codes::PROPERTY_FAILS,
                format!("`{name}` does not hold of every case"),
            )
            .at(property.span, "promised here")
            .help("the case below shows it: mend the rules, or promise less")
            .witness(witness.written())
        });
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

/// The advice ids that a property speaks of, each once.
fn mentioned(kind: &PropertyKind) -> Vec<AdviceIndex> {
    let mut found = Vec::new();
    match kind {
        PropertyKind::Never(condition) | PropertyKind::Always(condition) => gives_in(condition, &mut found),
        PropertyKind::Implies(first, second) => {
            gives_in(first, &mut found);
            gives_in(second, &mut found);
        }
        _ => {}
    }
    let mut advice: Vec<AdviceIndex> = found.into_iter().map(|(advice, _)| advice).collect();
    advice.compact_sort();
    advice.dedup();
    advice
}

/// ` (a, b)`: what a property speaks of.
fn said_of(base: &CheckedBase, kind: &PropertyKind) -> String {
    let ids: Vec<String> = mentioned(kind)
        .iter()
        .map(|advice| format!("`{}`", id_of(base, *advice)))
        .collect();
    match ids.as_slice() {
        [] => String::new(),
        [first, second, third, _, _, ..] => {
            format!(" ({first}, {second}, {third} and {} more)", ids.len() - 3)
        }
        _ => format!(" ({})", ids.join(", ")),
    }
}

/// What the case of a broken promise should say, where a case can say it.
fn asserts(base: &CheckedBase, kind: &PropertyKind) -> String {
    let mut found = Vec::new();
    match kind {
        PropertyKind::Never(condition) => {
            gives_in(condition, &mut found);
            // With several verdicts in the row it is only all of them together that must not be.
            match found.as_slice() {
                [(advice, verdicts)] if !verdicts.is_empty() => {
                    must_not(base, &[(*advice, verdicts.to_vec())])
                }
                _ => String::new(),
            }
        }
        // All of the second row must be so; one of several verdicts a case cannot ask for.
        PropertyKind::Implies(_, second @ (Condition::Gives { .. } | Condition::All(..))) => {
            gives_in(second, &mut found);
            let (nothing, something): (Vec<_>, Vec<_>) =
                found.into_iter().partition(|(_, verdicts)| verdicts.is_empty());
            let must: Vec<String> = something
                .iter()
                .filter_map(|(advice, verdicts)| match verdicts {
                    [verdict] => Some(format!("\"{}\": \"{verdict}\"", id_of(base, *advice))),
                    _ => None,
                })
                .collect();
            let must_not: Vec<String> = nothing
                .iter()
                .map(|(advice, _)| format!("\"{}\": [\"any\"]", id_of(base, *advice)))
                .collect();
            let fields = [("must", must), ("must_not", must_not)];
            let fields = fields.into_iter().filter(|(_, parts)| !parts.is_empty());
            let fields: Vec<String> = fields
                .map(|(name, parts)| format!("{name}: {{{}}}", parts.join(", ")))
                .collect();
            fields.join(", ")
        }
        _ => String::new(),
    }
}
