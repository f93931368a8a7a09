//! Frames from cases as JSON.

use std::sync::Arc;

use arrow_array::builder::{BooleanBuilder, Float64Builder, Int64Builder, ListBuilder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use liniment::{FactType, KnowledgeBase};
use serde_json::{Map, Value};

/// A case as JSON, fact to value.
pub type CaseJson = Map<String, Value>;

/// The value, when a plain column can hold it.
fn plain(kind: FactType, value: &Value) -> Option<&Value> {
    match kind {
        FactType::YesNo => value.is_boolean(),
        FactType::Choice | FactType::Scale | FactType::Duration | FactType::Clock => value.is_string(),
        FactType::Several => value.is_array(),
        FactType::Integer | FactType::Number => value.is_number(),
        _ => false,
    }
    .then_some(value)
}

/// The cases as far as columns can hold them: ranges, reports and lists in part are left out.
pub fn plain_cases(kb: &KnowledgeBase, cases: &[CaseJson]) -> Vec<CaseJson> {
    let facts = kb.facts();
    let kind = |name: &str| facts.iter().find(|fact| fact.id == name).map(|fact| fact.kind);
    let keep = |case: &CaseJson| -> CaseJson {
        case.iter()
            .filter(|(name, value)| kind(name).is_some_and(|kind| plain(kind, value).is_some()))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect()
    };
    cases.iter().map(keep).collect()
}

/// A column for every fact of the knowledge base, a row for every case.
pub fn frame(kb: &KnowledgeBase, cases: &[CaseJson]) -> RecordBatch {
    let columns = kb.facts().into_iter().map(|fact| {
        let values = cases
            .iter()
            .map(|case| case.get(&fact.id).and_then(|value| plain(fact.kind, value)));
        let array: ArrayRef = match fact.kind {
            FactType::YesNo => {
                let mut column = BooleanBuilder::new();
                values.for_each(|value| column.append_option(value.and_then(Value::as_bool)));
                Arc::new(column.finish())
            }
            FactType::Integer => {
                let mut column = Int64Builder::new();
                values.for_each(|value| column.append_option(value.and_then(Value::as_i64)));
                Arc::new(column.finish())
            }
            FactType::Number => {
                let mut column = Float64Builder::new();
                values.for_each(|value| column.append_option(value.and_then(Value::as_f64)));
                Arc::new(column.finish())
            }
            FactType::Several => {
                let mut column = ListBuilder::new(StringBuilder::new());
                for value in values {
                    for option in value.and_then(Value::as_array).into_iter().flatten() {
                        column.values().append_value(option.as_str().unwrap());
                    }
                    column.append(value.is_some());
                }
                Arc::new(column.finish())
            }
            _ => {
                let mut column = StringBuilder::new();
                values.for_each(|value| column.append_option(value.and_then(Value::as_str)));
                Arc::new(column.finish())
            }
        };
        (fact.id, array)
    });
    RecordBatch::try_from_iter_with_nullable(columns.map(|(name, array)| (name, array, true)))
        .unwrap_or_else(|error| panic!("{error}"))
}
