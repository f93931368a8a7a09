//! The columns that a batch gives: their types, and their values from what was decided.

use std::sync::{Arc, LazyLock};

use arrow_array::builder::{Int8Builder, StringViewBuilder};
use arrow_array::types::Int8Type;
use arrow_array::{
    ArrayRef, BooleanArray, DictionaryArray, DurationMicrosecondArray, ListArray, StringArray, StructArray,
};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::{DataType, Field, Fields, TimeUnit};
use serde_json::Value;

use super::options::BatchOutput;
use crate::advice::AdviceItem;
use crate::check::base::CheckedBase;
use crate::evaluate::Truth;
use crate::text::duration;
use crate::verdict::Verdict;

/// The name of the column that flags rows with a value their fact does not take. No id starts so.
pub(super) const BAD: &str = "_bad";

/// What was decided of rows that are alike.
#[derive(Clone, Debug)]
pub(super) enum Answer {
    /// By rule.
    Masks(Vec<Truth>),
    /// By advice id, 0 for none.
    Verdicts(Vec<u8>),
    Recommended(Vec<String>),
    Advice(Vec<AdviceItem>),
    NextQuestion(Option<(String, String)>),
    Json(String),
}

/// A text within a list or struct.
fn text() -> DataType {
    DataType::Utf8
}

/// A text of its own column: rows that have the same share its bytes. (Within lists, views of texts are not
/// yet read by everybody.)
fn shared_text() -> DataType {
    DataType::Utf8View
}

fn list_of(item: DataType) -> DataType {
    DataType::List(Arc::new(Field::new("item", item, false)))
}

fn verdict_type() -> DataType {
    DataType::Dictionary(Box::new(DataType::Int8), Box::new(DataType::Utf8))
}

fn structure(fields: Vec<(&str, DataType, bool)>) -> DataType {
    DataType::Struct(
        fields
            .into_iter()
            .map(|(name, data_type, nullable)| Field::new(name, data_type, nullable))
            .collect(),
    )
}

/// A piece of advice, with the fields of the result's JSON.
fn advice_type() -> DataType {
    let time = || DataType::Duration(TimeUnit::Microsecond);
    let amount = || {
        structure(vec![
            ("words", text(), true),
            ("from", time(), false),
            ("to", time(), false),
        ])
    };
    let dose = structure(vec![
        ("lasting", amount(), true),
        ("every", amount(), true),
        ("for", amount(), true),
    ]);
    let cite = structure(vec![
        ("source", text(), false),
        ("at", text(), false),
        ("claims", list_of(text()), false),
    ]);
    structure(vec![
        ("id", text(), false),
        ("verdict", text(), false),
        ("phase", text(), true),
        ("text", text(), false),
        ("because", list_of(text()), false),
        ("opens_in", time(), true),
        (
            "opens_at",
            structure(vec![("fact", text(), false), ("limit", time(), false)]),
            true,
        ),
        ("nearly", DataType::Boolean, false),
        ("needs", list_of(text()), false),
        ("subject_to", list_of(text()), false),
        ("instead", list_of(text()), false),
        ("dose", dose, true),
        ("steps", list_of(text()), false),
        ("rules", list_of(text()), false),
        ("cites", list_of(cite), false),
    ])
}

/// The columns of an output.
pub(super) fn fields(base: &CheckedBase, output: BatchOutput) -> Vec<Field> {
    match output {
        BatchOutput::Masks => {
            let rules = base.rules.iter();
            rules
                .map(|rule| Field::new(&rule.id, DataType::Boolean, true))
                .collect()
        }
        BatchOutput::Verdicts => {
            let advice = base.advice.iter();
            advice
                .map(|advice| Field::new(&advice.id, verdict_type(), true))
                .collect()
        }
        BatchOutput::Recommended => vec![Field::new("recommended", list_of(text()), false)],
        BatchOutput::Advice => vec![Field::new("advice", list_of(advice_type()), false)],
        BatchOutput::NextQuestion => {
            vec![
                Field::new("next_question", shared_text(), true),
                Field::new("ask", shared_text(), true),
            ]
        }
        BatchOutput::Json => vec![Field::new("json", shared_text(), false)],
    }
}

/// The values of the columns, a row for each answer.
pub(super) fn arrays(fields: &[Field], output: BatchOutput, answers: &[&Answer]) -> Vec<ArrayRef> {
    match output {
        BatchOutput::Masks => (0..fields.len())
            .map(|rule| {
                let truths = answers.iter().map(|answer| match answer {
                    Answer::Masks(truths) => truths.get(rule).copied().and_then(known),
                    _ => None,
                });
                Arc::new(truths.collect::<BooleanArray>()) as ArrayRef
            })
            .collect(),
        BatchOutput::Verdicts => (0..fields.len())
            .map(|advice| {
                let mut keys = Int8Builder::with_capacity(answers.len());
                for answer in answers {
                    let code = match answer {
                        Answer::Verdicts(codes) => codes.get(advice).copied().unwrap_or(0),
                        _ => 0,
                    };
                    keys.append_option(
                        i8::try_from(code)
                            .ok()
                            .filter(|code| *code > 0)
                            .map(|code| code - 1),
                    );
                }
                verdict_column(keys.finish())
            })
            .collect(),
        _ => {
            let values: Vec<Vec<Value>> = answers.iter().map(|answer| values(answer)).collect();
            fields
                .iter()
                .enumerate()
                .map(|(column, field)| {
                    let values: Vec<&Value> = values
                        .iter()
                        .map(|values| values.get(column).unwrap_or(&Value::Null))
                        .collect();
                    array(field.data_type(), &values)
                })
                .collect()
        }
    }
}

fn known(truth: Truth) -> Option<bool> {
    match truth {
        Truth::True => Some(true),
        Truth::False => Some(false),
        Truth::Unknown => None,
    }
}

/// The names of the verdicts, each at its code less one: the dictionary of every verdict column.
static NAMES: LazyLock<ArrayRef> =
    LazyLock::new(|| Arc::new(StringArray::from_iter_values(Verdict::ALL.map(Verdict::name))));

/// A column of verdicts, from their codes less one.
pub(super) fn verdict_column(keys: arrow_array::Int8Array) -> ArrayRef {
    // Codes are those of the names, so that every key has its name.
    match DictionaryArray::<Int8Type>::try_new(keys, Arc::clone(&NAMES)) {
        Ok(column) => Arc::new(column),
        Err(_) => arrow_array::new_empty_array(&verdict_type()),
    }
}

/// What stands in the columns of one answer.
fn values(answer: &Answer) -> Vec<Value> {
    match answer {
        Answer::Masks(_) | Answer::Verdicts(_) => Vec::new(),
        Answer::Recommended(ids) => vec![Value::from(ids.clone())],
        Answer::Advice(items) => vec![serde_json::to_value(items).unwrap_or_default()],
        Answer::NextQuestion(Some((fact, ask))) => {
            vec![Value::from(fact.as_str()), Value::from(ask.as_str())]
        }
        Answer::NextQuestion(None) => vec![Value::Null, Value::Null],
        Answer::Json(json) => vec![Value::from(json.as_str())],
    }
}

/// An array of one of the types above from JSON values; what does not fit its type is null.
fn array(data_type: &DataType, values: &[&Value]) -> ArrayRef {
    match data_type {
        DataType::Boolean => Arc::new(
            values
                .iter()
                .map(|value| value.as_bool())
                .collect::<BooleanArray>(),
        ),
        DataType::Duration(_) => {
            let times = values
                .iter()
                .map(|value| value.as_str().and_then(|text| duration::parse(text).ok()));
            Arc::new(times.collect::<DurationMicrosecondArray>())
        }
        DataType::List(item) => {
            let lists: Vec<&[Value]> = values
                .iter()
                .map(|value| value.as_array().map_or(&[][..], Vec::as_slice))
                .collect();
            let items: Vec<&Value> = lists.iter().flat_map(|list| list.iter()).collect();
            let offsets = OffsetBuffer::from_lengths(lists.iter().map(|list| list.len()));
            Arc::new(ListArray::new(
                Arc::clone(item),
                offsets,
                array(item.data_type(), &items),
                None,
            ))
        }
        DataType::Struct(fields) => Arc::new(struct_array(fields, values)),
        DataType::Utf8 => Arc::new(values.iter().map(|value| value.as_str()).collect::<StringArray>()),
        _ => {
            // Equal texts are stored once.
            let mut texts = StringViewBuilder::with_capacity(values.len()).with_deduplicate_strings();
            for value in values {
                texts.append_option(value.as_str());
            }
            Arc::new(texts.finish())
        }
    }
}

fn struct_array(fields: &Fields, values: &[&Value]) -> StructArray {
    let valid: Vec<bool> = values.iter().map(|value| value.is_object()).collect();
    let columns = fields
        .iter()
        .map(|field| {
            let inner: Vec<&Value> = values
                .iter()
                .map(|value| value.get(field.name()).unwrap_or(&Value::Null))
                .collect();
            column_under(field, &inner, &valid)
        })
        .collect();
    let nulls = valid
        .iter()
        .any(|valid| !valid)
        .then(|| NullBuffer::from(valid.clone()));
    StructArray::new(fields.clone(), columns, nulls)
}

/// A field's values; where its struct is null, a value that its type allows.
fn column_under(field: &Field, values: &[&Value], valid: &[bool]) -> ArrayRef {
    if field.is_nullable() || valid.iter().all(|valid| *valid) {
        return array(field.data_type(), values);
    }
    let filler = match field.data_type() {
        DataType::Duration(_) => Value::from("PT0S"),
        DataType::Boolean => Value::from(false),
        _ => Value::from(""),
    };
    let filled: Vec<&Value> = values
        .iter()
        .zip(valid)
        .map(|(value, valid)| if *valid { *value } else { &filler })
        .collect();
    array(field.data_type(), &filled)
}
