//! Random cases of any knowledge base, from its facts as the public interface lists them.

use liniment::{FactInfo, FactType, KnowledgeBase};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// A case as JSON, fact to value.
pub(crate) type CaseJson = Map<String, Value>;

/// Clock values at which the built-in packs change their minds, and their neighbours.
pub(crate) const MOMENTS: [&str; 22] = [
    "0s",
    "1min",
    "1min59s",
    "2min",
    "3min",
    "4min59s",
    "5min",
    "10min",
    "12h",
    "23h59min",
    "24h",
    "24h1min",
    "30h",
    "71h59min",
    "72h",
    "3d1min",
    "7d",
    "7d1min",
    "13d23h59min",
    "14d",
    "60d",
    "never",
];

/// How much of a case is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Knowledge {
    /// Every fact.
    Full,
    /// Some facts, and ranges, reports and several-facts in part.
    Partial,
}

/// Random cases of this knowledge base.
pub(crate) fn cases(kb: &KnowledgeBase, knowledge: Knowledge) -> impl Strategy<Value = CaseJson> + use<> {
    let facts = kb.facts();
    let numbers = proptest::collection::vec((any::<u16>(), any::<u16>(), any::<u16>()), facts.len());
    numbers.prop_map(move |numbers| {
        let stated = facts.iter().zip(&numbers).filter_map(|(fact, numbers)| {
            let (how, one, other) = (
                usize::from(numbers.0),
                usize::from(numbers.1),
                usize::from(numbers.2),
            );
            let value = match knowledge {
                Knowledge::Full => Some(value(fact, one)),
                Knowledge::Partial => partial(fact, how, one, other),
            };
            value.map(|value| (fact.id.clone(), value))
        });
        stated.collect()
    })
}

/// A known value. Small numbers choose what keeps a case of the built-in packs in their scope.
pub(crate) fn value(fact: &FactInfo, number: usize) -> Value {
    let option = |number: usize| json!(fact.options[number % fact.options.len()].id);
    match fact.kind {
        FactType::YesNo => json!(number.is_multiple_of(2)),
        // The first option is the usual one of most facts: take it half of the time.
        FactType::Choice | FactType::Scale => option(if number.is_multiple_of(2) && fact.fixed {
            0
        } else {
            number / 2
        }),
        FactType::Several => set(fact, number),
        FactType::Integer => json!(number % 12),
        FactType::Number => {
            let (from, to) = (fact.from.unwrap_or(0.0), fact.to.unwrap_or(100.0));
            json!(from + (to - from) * f64::from(u32::try_from(number % 31).unwrap_or(0)) / 30.0)
        }
        FactType::Duration => json!(["0s", "5min", "10min", "10min1s", "1h"][number % 5]),
        FactType::Clock => json!(MOMENTS[number % MOMENTS.len()]),
        _ => Value::Null,
    }
}

fn set(fact: &FactInfo, bits: usize) -> Value {
    let chosen: Vec<&str> = fact
        .options
        .iter()
        .enumerate()
        .filter(|(option, _)| bits & (1 << option) != 0)
        .map(|(_, option)| option.id.as_str())
        .collect();
    json!(chosen)
}

fn partial(fact: &FactInfo, how: usize, one: usize, other: usize) -> Option<Value> {
    match how % 20 {
        0..=5 => None,
        6 => Some(Value::Null),
        7 => Some(json!({ "declined": true })),
        8 => Some(
            json!({ "reports": [{ "value": value(fact, one), "source": "one" }, { "value": value(fact, other), "source": "another" }] }),
        ),
        9 | 10 => match fact.kind {
            FactType::Several => {
                let excluded = other & !one;
                Some(json!({ "includes": set(fact, one), "excludes": set(fact, excluded) }))
            }
            FactType::Clock => {
                let moments = MOMENTS.len() - 1;
                let (from, to) = (one % moments, other % moments);
                Some(json!({ "from": MOMENTS[from.min(to)], "to": MOMENTS[from.max(to)] }))
            }
            FactType::Scale => {
                let steps = fact.options.len();
                let (from, to) = (one % steps, other % steps);
                Some(json!({ "from": fact.options[from.min(to)].id, "to": fact.options[from.max(to)].id }))
            }
            _ => Some(value(fact, one)),
        },
        _ => Some(value(fact, one)),
    }
}
