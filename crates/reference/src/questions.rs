//! Which unknown facts matter, by trying every answer under every completion of the others.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use liniment::Verdict;

use crate::evaluate::{Judge, Truth, outcome};
use crate::model::{Base, Case, Stated, Value};
use crate::values::Possible;

/// The facts that have to be asked: some answer changes the pairs of id and verdict, compared with the
/// fact as it is known now, under some completion of the others.
pub fn questions(base: &Base, case: &Case) -> BTreeSet<String> {
    let possible = base.possible(case);
    let worlds = base.worlds(&possible);
    let judge = Judge::new(base, &worlds);
    let mut known: HashMap<Vec<Value>, BTreeMap<String, Verdict>> = HashMap::new();
    let mut asked = BTreeSet::new();
    for (number, fact) in base.facts.iter().enumerate() {
        let may_be_asked =
            judge.condition(fact.ask_when.as_ref(), true) == Truth::True && case[number] != Stated::Declined;
        let matters = may_be_asked
            && completions(&possible, number).into_iter().any(|others| {
                let mut unknown: Possible = others.iter().map(|value| vec![*value]).collect();
                unknown[number].clone_from(&possible[number]);
                let before = outcome(base, &unknown).verdicts();
                possible[number].iter().any(|answer| {
                    let mut values = others.clone();
                    values[number] = *answer;
                    *known.entry(values).or_insert_with_key(|values| {
                        outcome(base, &values.iter().map(|value| vec![*value]).collect()).verdicts()
                    }) != before
                })
            });
        if matters {
            asked.insert(fact.id.clone());
        }
    }
    asked
}

/// Every completion of the other facts; this one keeps its first value.
fn completions(possible: &Possible, but: usize) -> Vec<Vec<Value>> {
    let mut found: Vec<Vec<Value>> = vec![Vec::new()];
    for (fact, values) in possible.iter().enumerate() {
        let values = if fact == but { &values[..1] } else { &values[..] };
        found = found
            .iter()
            .flat_map(|others| {
                values
                    .iter()
                    .map(move |value| [others.as_slice(), &[*value]].concat())
            })
            .collect();
    }
    found
}
