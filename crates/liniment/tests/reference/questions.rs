//! Which unknown facts matter, by trying every answer under every completion of the others.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use liniment::Verdict;

use super::evaluate::{Judge, Truth, outcome};
use super::model::{Base, Case, Stated, Value};
use super::values::Possible;

/// The facts that have to be asked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Questions {
    /// Two answers lead to different advice.
    pub(crate) by_answers: BTreeSet<String>,
    /// An answer changes the advice that is given while the fact is unknown. Holds all of the others.
    pub(crate) by_answering: BTreeSet<String>,
}

type Verdicts = BTreeMap<String, Verdict>;

pub(crate) fn questions(base: &Base, case: &Case) -> Questions {
    let possible = base.possible(case);
    let worlds = base.worlds(&possible);
    let judge = Judge::new(base, &worlds);
    let mut known: HashMap<Vec<Value>, Verdicts> = HashMap::new();
    let mut questions = Questions::default();
    for (number, fact) in base.facts.iter().enumerate() {
        let asked = judge.condition(fact.ask_when.as_ref(), true) == Truth::True;
        if possible[number].len() < 2 || case[number] == Stated::Declined || !asked {
            continue;
        }
        for others in completions(&possible, number) {
            let mut unknown: Possible = others.iter().map(|value| vec![*value]).collect();
            unknown[number].clone_from(&possible[number]);
            let before = outcome(base, &unknown).verdicts();
            let mut differ = false;
            let mut first: Option<Verdicts> = None;
            for answer in &possible[number] {
                let mut values = others.clone();
                values[number] = *answer;
                let after = known.entry(values).or_insert_with_key(|values| outcome(base, &values.iter().map(|value| vec![*value]).collect()).verdicts());
                if *after != before {
                    questions.by_answering.insert(fact.id.clone());
                }
                differ |= first.get_or_insert_with(|| after.clone()) != after;
            }
            if differ {
                questions.by_answers.insert(fact.id.clone());
                break;
            }
        }
    }
    questions
}

/// Every completion of the other facts; this one keeps its first value.
fn completions(possible: &Possible, but: usize) -> Vec<Vec<Value>> {
    let mut found: Vec<Vec<Value>> = vec![Vec::new()];
    for (fact, values) in possible.iter().enumerate() {
        let values = if fact == but { &values[..1] } else { &values[..] };
        found = found
            .iter()
            .flat_map(|others| {
                values.iter().map(move |value| {
                    let mut others = others.clone();
                    others.push(*value);
                    others
                })
            })
            .collect();
    }
    found
}
