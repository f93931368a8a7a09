//! Cases of workload A as columns.

use std::sync::Arc;

use arrow_array::builder::{BooleanBuilder, Float64Builder, Int64Builder, StringDictionaryBuilder};
use arrow_array::types::{ArrowPrimitiveType, Int8Type};
use arrow_array::{Array, ArrayRef, PrimitiveArray, RecordBatch};
use arrow_buffer::{Buffer, ScalarBuffer};
use liniment_workloads::{Kind, Knowledge, Value, workload_a};

/// Rows that come at once, as from a file.
const AT_ONCE: usize = 65_536;

/// Rows of workload A, in parts.
pub(crate) fn frame(rows: usize) -> Vec<RecordBatch> {
    let workload = workload_a();
    let mut cases = workload.cases(1, Knowledge::Share(0.95));
    let mut case = cases.next_case();
    let mut parts = Vec::new();
    for start in (0..rows).step_by(AT_ONCE) {
        let mut columns: Vec<Column> = workload
            .facts
            .iter()
            .map(|fact| Column::new(&fact.kind))
            .collect();
        for _ in start..rows.min(start + AT_ONCE) {
            cases.fill(&mut case);
            for (column, value) in columns.iter_mut().zip(&case) {
                column.push(*value);
            }
        }
        let named = workload.facts.iter().zip(columns);
        let arrays = named.map(|(fact, column)| (fact.id.clone(), column.finish(), true));
        parts.push(RecordBatch::try_from_iter_with_nullable(arrays).unwrap());
    }
    parts
}

enum Column {
    YesNo(BooleanBuilder),
    Choice(Vec<String>, StringDictionaryBuilder<Int8Type>),
    Integer(Int64Builder),
    Number(Float64Builder),
}

impl Column {
    fn new(kind: &Kind) -> Column {
        match kind {
            Kind::YesNo => Column::YesNo(BooleanBuilder::new()),
            Kind::Choice(options) => Column::Choice(options.clone(), StringDictionaryBuilder::new()),
            Kind::Integer(..) => Column::Integer(Int64Builder::new()),
            Kind::Number(..) => Column::Number(Float64Builder::new()),
        }
    }

    fn push(&mut self, value: Value) {
        match (self, value) {
            (Column::YesNo(column), Value::YesNo(yes)) => column.append_value(yes),
            (Column::YesNo(column), _) => column.append_null(),
            (Column::Choice(options, column), Value::Option(place)) => {
                column.append_value(options.get(place).unwrap());
            }
            (Column::Choice(_, column), _) => column.append_null(),
            (Column::Integer(column), Value::Integer(value)) => column.append_value(value),
            (Column::Integer(column), _) => column.append_null(),
            (Column::Number(column), Value::Number(value)) => column.append_value(value),
            (Column::Number(column), _) => column.append_null(),
        }
    }

    fn finish(self) -> ArrayRef {
        match self {
            Column::YesNo(mut column) => Arc::new(column.finish()),
            Column::Choice(_, mut column) => Arc::new(column.finish()),
            Column::Integer(mut column) => Arc::new(aligned(&column.finish())),
            Column::Number(mut column) => Arc::new(aligned(&column.finish())),
        }
    }
}

/// Values as they come from a file, from another process or from pyarrow: where Arrow asks for them to stand, at
/// multiples of 64 bytes. Builders are the exception.
fn aligned<T: ArrowPrimitiveType>(column: &PrimitiveArray<T>) -> PrimitiveArray<T> {
    let values = Buffer::from_slice_ref(column.values());
    PrimitiveArray::new(
        ScalarBuffer::new(values, 0, column.len()),
        column.nulls().cloned(),
    )
}
