//! Two cases side by side.

use std::collections::BTreeMap;

use super::{FactChange, TruthChange, VerdictChange, WhatIf};
use crate::case::Case;
use crate::case::read::CaseInput;
use crate::case::value::read_case;
use crate::compact_sort::CompactSort;
use crate::error::Error;
use crate::evaluate::Truth;
use crate::explain::{Explanation, Proof};
use crate::knowledge_base::KnowledgeBase;
use crate::verdict::Verdict;

/// Applies the changes to a copy of the case, and compares.
pub(crate) fn what_if(kb: &KnowledgeBase, case: &Case, changes: &CaseInput) -> Result<WhatIf, Error> {
    let base = kb.base();
    let mut changed = case.clone();
    let mut facts = Vec::new();
    for (fact, value) in read_case(base, changes)? {
        let found = base.facts.get(fact.index()).zip(case.known().get(fact.index()));
        if let Some((found, known)) = found.filter(|(_, known)| known.0 != value) {
            facts.push(FactChange {
                fact: found.id.clone(),
                was: known.0.to_json(found),
                now: value.to_json(found),
            });
        }
        changed.put(fact, value);
    }
    facts.compact_sort_by(|one, other| one.fact.cmp(&other.fact));
    let before = verdicts(kb, case)?;
    let after = verdicts(kb, &changed)?;
    let mut ids: Vec<&String> = before.keys().chain(after.keys()).collect();
    ids.compact_sort();
    ids.dedup();
    let mut changes = Vec::new();
    for id in ids {
        let (was, now) = (before.get(id).copied(), after.get(id).copied());
        if was != now {
            let because = truth_changes(&kb.explain(case, id)?, &kb.explain(&changed, id)?);
            changes.push(VerdictChange {
                id: id.clone(),
                was,
                now,
                because,
            });
        }
    }
    Ok(WhatIf {
        format: 1,
        lang: kb.lang().to_owned(),
        changes: facts,
        verdicts: changes,
    })
}

fn verdicts(kb: &KnowledgeBase, case: &Case) -> Result<BTreeMap<String, Verdict>, Error> {
    let advice = kb.advise_without_questions(case)?;
    let mut verdicts = BTreeMap::new();
    verdicts.extend(advice.items().iter().map(|item| (item.id.clone(), item.verdict)));
    Ok(verdicts)
}

/// The tests of facts, and what silences, whose truth differs between two explanations of one advice id.
fn truth_changes(before: &Explanation, after: &Explanation) -> Vec<TruthChange> {
    let mut changes = Vec::new();
    for (old, new) in before.rules.iter().zip(&after.rules) {
        let (mut was, mut now) = (Vec::new(), Vec::new());
        old.parts.iter().for_each(|part| leaves(part, &mut was));
        new.parts.iter().for_each(|part| leaves(part, &mut now));
        for ((statement, was), (_, now)) in was.into_iter().zip(now).filter(|((_, was), (_, now))| was != now)
        {
            let change = TruthChange {
                rule: old.rule.clone(),
                statement,
                was,
                now,
            };
            if !changes.contains(&change) {
                changes.push(change);
            }
        }
    }
    let silenced = |explanation: &Explanation, by: &String| {
        if explanation.suppressed_by.as_ref() == Some(by) {
            Truth::True
        } else {
            Truth::False
        }
    };
    for by in before.suppressed_by.iter().chain(&after.suppressed_by) {
        let (was, now) = (silenced(before, by), silenced(after, by));
        if was != now {
            changes.push(TruthChange {
                rule: by.clone(),
                statement: format!("{by} silences {}", before.id),
                was,
                now,
            });
        }
    }
    changes
}

fn leaves(proof: &Proof, found: &mut Vec<(String, Truth)>) {
    if proof.parts.is_empty() {
        found.push((proof.statement.clone(), proof.truth));
    }
    proof.parts.iter().for_each(|part| leaves(part, found));
}
