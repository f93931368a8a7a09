//! Many rows at once: Liniment's batch; Polars and DuckDB are asked in `peers.py`.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::Int8Type;
use arrow_array::{Array, ArrayRef, BooleanArray, DictionaryArray, Float64Array, Int64Array, RecordBatch};
use liniment::batch::{Batch, BatchOptions, BatchOutput};
use liniment_workloads::{Kind, Value, Workload};

use crate::engines::liniment::base;
use crate::engines::{Answers, option};

/// Rows as Arrow columns, and the batch that reads them.
pub(crate) struct Rows {
    batch: Batch,
    columns: RecordBatch,
}

impl Rows {
    pub(crate) fn new(workload: &Workload, rows: &[Vec<Value>]) -> Self {
        let columns = workload.facts.iter().enumerate().map(|(place, fact)| {
            let values = rows.iter().map(|row| row[place]);
            let column: ArrayRef = match fact.kind {
                Kind::YesNo => Arc::new(BooleanArray::from_iter(values.map(|value| match value {
                    Value::YesNo(value) => Some(value),
                    _ => None,
                }))),
                // As Polars has its categories: the names once, and a number for each row.
                Kind::Choice(_) => {
                    let names = values.map(|value| match value {
                        Value::Option(place) => Some(option(fact, place)),
                        _ => None,
                    });
                    Arc::new(names.collect::<DictionaryArray<Int8Type>>())
                }
                Kind::Integer(..) => Arc::new(Int64Array::from_iter(values.map(|value| match value {
                    Value::Integer(value) => Some(value),
                    _ => None,
                }))),
                Kind::Number(..) => Arc::new(Float64Array::from_iter(values.map(|value| match value {
                    Value::Number(value) => Some(value),
                    _ => None,
                }))),
            };
            (fact.id.as_str(), column, true)
        });
        let columns = RecordBatch::try_from_iter_with_nullable(columns).expect("columns of one length");
        let options = BatchOptions::new().output(BatchOutput::Masks).threads(1);
        let batch = base(workload)
            .batch(columns.schema_ref(), options)
            .expect("a column for each fact");
        Self { batch, columns }
    }

    /// True, False or null for each rule and row.
    pub(crate) fn run(&self) -> RecordBatch {
        self.batch.run(&self.columns).expect("values of the facts")
    }

    pub(crate) fn answers(masks: &RecordBatch) -> Answers {
        let mut answers = Answers::default();
        for row in 0..masks.num_rows() {
            for (rule, column) in masks.columns().iter().enumerate() {
                let column = column.as_boolean();
                if column.is_valid(row) && column.value(row) {
                    answers.add(row, rule);
                }
            }
        }
        answers
    }
}
