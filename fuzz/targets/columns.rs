//! Frames of any types, with odd offsets, slices and buffers as they come: refused with a message, or
//! answered, and what a row gets does not depend on how its columns lie in memory.
#![no_main]

use std::sync::{Arc, LazyLock};

use arrow_array::{Array, ArrayRef, RecordBatch, make_array};
use arrow_buffer::Buffer;
use arrow_data::ArrayData;
use arrow_schema::{DataType, Field, IntervalUnit, Schema, TimeUnit};
use arrow_select::concat::concat;
use libfuzzer_sys::{Corpus, fuzz_target};
use liniment::KnowledgeBase;
use liniment::batch::{BatchOptions, BatchOutput, OnBad};

static PACKS: LazyLock<KnowledgeBase> = LazyLock::new(|| {
    KnowledgeBase::builder()
        .pack(liniment_rules::calf_cramps())
        .pack(liniment_rules::leg_red_flags())
        .build()
        .expect("the packs are correct")
        .0
});

/// The bytes that decide what is made; 0 past their end.
struct Choices<'a>(&'a [u8]);

impl Choices<'_> {
    fn below(&mut self, end: usize) -> usize {
        let (byte, rest) = self.0.split_first().unwrap_or((&0, &[]));
        self.0 = rest;
        usize::from(*byte) % end
    }

    /// A buffer of so many bytes: those that come next, over and over, or a few steps that rise, as offsets do.
    fn buffer(&mut self, bytes: usize) -> Buffer {
        // Whole numbers of every width, as the library of arrays insists on.
        let bytes = bytes.next_multiple_of(16);
        if self.below(4) == 0 {
            let step = i32::try_from(self.below(3)).unwrap_or(0);
            let steps = (0..i32::try_from(bytes / 4).unwrap_or(0)).map(|place| place * step);
            return Buffer::from_iter(steps);
        }
        let length = self.below(24) + 1;
        let pattern: Vec<u8> = (0..length)
            .map(|_| u8::try_from(self.below(256)).unwrap_or(0))
            .collect();
        Buffer::from_iter((0..bytes).map(|place| pattern[place % length]))
    }
}

/// Not text by views: the library of arrays panics over views that lead nowhere, before it can refuse them.
fn types() -> Vec<DataType> {
    let text = || Arc::new(Field::new("item", DataType::Utf8, true));
    vec![
        DataType::Boolean,
        DataType::Int8,
        DataType::Int64,
        DataType::UInt64,
        DataType::Float32,
        DataType::Float64,
        DataType::Decimal128(10, 2),
        DataType::Utf8,
        DataType::LargeUtf8,
        DataType::Dictionary(Box::new(DataType::Int8), Box::new(DataType::Utf8)),
        DataType::Duration(TimeUnit::Millisecond),
        DataType::Duration(TimeUnit::Nanosecond),
        DataType::Interval(IntervalUnit::DayTime),
        DataType::Interval(IntervalUnit::MonthDayNano),
        DataType::Timestamp(TimeUnit::Second, None),
        DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into())),
        DataType::Date32,
        DataType::List(text()),
        DataType::LargeList(text()),
        DataType::Null,
        DataType::Binary,
    ]
}

/// An array with buffers as drawn, where the validation of its library accepts them.
fn array(kind: &DataType, length: usize, choices: &mut Choices, depth: usize) -> Option<ArrayData> {
    let offset = choices.below(9);
    let room = length + offset + 1;
    let mut data = ArrayData::builder(kind.clone()).len(length).offset(offset);
    if choices.below(2) == 0 {
        data = data.null_bit_buffer(Some(choices.buffer(room.div_ceil(8))));
    }
    match kind {
        DataType::Null => data = ArrayData::builder(DataType::Null).len(length),
        DataType::Boolean => data = data.add_buffer(choices.buffer(room.div_ceil(8))),
        DataType::Utf8 | DataType::Binary => {
            data = data
                .add_buffer(choices.buffer(room * 4))
                .add_buffer(choices.buffer(64));
        }
        DataType::LargeUtf8 => {
            data = data
                .add_buffer(choices.buffer(room * 8))
                .add_buffer(choices.buffer(64));
        }
        DataType::List(item) | DataType::LargeList(item) if depth == 0 => {
            data = data.add_buffer(choices.buffer(room * 8));
            data = data.add_child_data(array(item.data_type(), 8, choices, 1)?);
        }
        DataType::Dictionary(_, values) => {
            data = data.add_buffer(choices.buffer(room));
            data = data.add_child_data(array(values, 8, choices, 1)?);
        }
        DataType::Int8 => data = data.add_buffer(choices.buffer(room)),
        _ => data = data.add_buffer(choices.buffer(room * 16)),
    }
    data.align_buffers(true).build().ok()
}

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let mut choices = Choices(bytes);
    let (kb, facts, types) = (&*PACKS, PACKS.facts(), types());
    let rows = choices.below(70);
    let mut columns: Vec<(String, ArrayRef)> = Vec::new();
    for _ in 0..choices.below(6) + 1 {
        let fact = &facts[choices.below(facts.len())];
        let kind = &types[choices.below(types.len())];
        let Some(data) = array(kind, rows, &mut choices, 0) else {
            return Corpus::Reject;
        };
        if columns.iter().all(|(name, _)| *name != fact.id) {
            columns.push((fact.id.clone(), make_array(data)));
        }
    }
    let frame = |columns: &[(String, ArrayRef)]| {
        let fields = columns
            .iter()
            .map(|(name, array)| Field::new(name, array.data_type().clone(), true));
        let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
        let arrays = columns.iter().map(|(_, array)| Arc::clone(array)).collect();
        RecordBatch::try_new(schema, arrays).expect("as many rows in each column")
    };
    let outputs = [
        BatchOutput::Masks,
        BatchOutput::Verdicts,
        BatchOutput::Recommended,
    ];
    let options = BatchOptions::new()
        .output(outputs[choices.below(outputs.len())])
        .on_bad(if choices.below(4) == 0 {
            OnBad::Error
        } else {
            OnBad::Unknown
        })
        .now(1_700_000_000_000_000);
    let rows_as_given = frame(&columns);
    let batch = match kb.batch(rows_as_given.schema_ref(), options) {
        Ok(batch) => batch,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            return Corpus::Keep;
        }
    };
    let whole = batch.run(&rows_as_given);
    // The same rows, copied to where nothing is shared and no offset is left.
    let copied: Vec<(String, ArrayRef)> = columns
        .iter()
        .map(|(name, array)| {
            let half = rows / 2;
            let parts = [array.slice(0, half), array.slice(half, rows - half)];
            let copy = concat(&[&parts[0], &parts[1]]).expect("of one type");
            (name.clone(), copy)
        })
        .collect();
    let again = batch.run(&frame(&copied));
    match (whole, again) {
        (Ok(one), Ok(other)) => {
            assert_eq!(one, other, "how columns lie in memory matters");
            for row in [0, rows / 3].into_iter().filter(|row| *row < rows) {
                let alone = batch
                    .run(&rows_as_given.slice(row, 1))
                    .expect("a row of a good frame is good");
                assert_eq!(alone, one.slice(row, 1), "the other rows matter");
            }
        }
        (Err(one), Err(other)) => assert_eq!(one.to_string(), other.to_string()),
        (one, other) => panic!("{one:?} as given, {other:?} copied"),
    }
    Corpus::Keep
});
