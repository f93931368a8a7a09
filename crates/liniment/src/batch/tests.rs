//! What is decided for many rows at once is what is decided group by group, and group by group is case by case.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]

use std::sync::Arc;

use arrow_array::builder::{
    BooleanBuilder, Decimal128Builder, DurationMillisecondBuilder, Float64Builder, Int64Builder, ListBuilder,
    StringBuilder, StringDictionaryBuilder, StringViewBuilder, TimestampSecondBuilder,
};
use arrow_array::types::{Int8Type, Int32Type};
use arrow_array::{ArrayRef, Float32Array, Int32Array, RecordBatch};

use super::bind::Bound;
use super::options::{BatchOptions, BatchOutput, OnBad};
use super::{Batch, BatchHandle};
use crate::{FactInfo, FactType, Instructions, KnowledgeBase};

fn both(instructions: Instructions) -> KnowledgeBase {
    let builder = KnowledgeBase::builder()
        .instructions(instructions)
        .pack(liniment_rules::calf_cramps())
        .pack(liniment_rules::leg_red_flags());
    builder.build().unwrap_or_else(|error| panic!("{error}")).0
}

/// Numbers that look random, the same every time.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end.max(1)
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

const HOUR: i64 = 3_600_000;
const NOW: i64 = 1_700_000_000;

/// A column for a fact in one of the types that can state it, some of its values null or not the fact's.
fn column(fact: &FactInfo, rows: usize, random: &mut Random, bad: usize) -> ArrayRef {
    let option = |random: &mut Random| {
        if random.chance(bad) {
            "no such option".to_owned()
        } else {
            fact.options[random.below(fact.options.len())].id.clone()
        }
    };
    let hours = |random: &mut Random| {
        let limits = [0, 1, 2, 4, 5, 12, 23, 24, 25, 48, 71, 72, 73, 168, 336, 500];
        if random.chance(bad) {
            -1
        } else {
            limits[random.below(limits.len())]
        }
    };
    macro_rules! filled {
        ($builder:expr, $value:expr) => {{
            let mut column = $builder;
            for _ in 0..rows {
                if random.chance(20) {
                    column.append_null();
                } else {
                    column.append_value($value(random));
                }
            }
            Arc::new(column.finish()) as ArrayRef
        }};
    }
    let form = random.below(4);
    match fact.kind {
        FactType::YesNo if form == 0 => {
            filled!(
                StringBuilder::new(),
                |random: &mut Random| if random.chance(bad) {
                    "perhaps"
                } else {
                    ["true", "false"][random.below(2)]
                }
            )
        }
        FactType::YesNo => filled!(BooleanBuilder::new(), |random: &mut Random| random.chance(50)),
        FactType::Choice | FactType::Scale => match form {
            0 => filled!(StringBuilder::new(), option),
            1 => filled!(StringViewBuilder::new(), option),
            2 => {
                let mut column = StringDictionaryBuilder::<Int8Type>::new();
                for _ in 0..rows {
                    if random.chance(20) {
                        column.append_null();
                    } else {
                        column.append_value(option(random));
                    }
                }
                Arc::new(column.finish())
            }
            _ => {
                let mut column = StringDictionaryBuilder::<Int32Type>::new();
                for _ in 0..rows {
                    if random.chance(20) {
                        column.append_null();
                    } else {
                        column.append_value(option(random));
                    }
                }
                Arc::new(column.finish())
            }
        },
        FactType::Several => {
            let mut column = ListBuilder::new(StringBuilder::new());
            for _ in 0..rows {
                for option in &fact.options {
                    if random.chance(25) {
                        column.values().append_value(&option.id);
                    }
                }
                if random.chance(bad) {
                    column.values().append_value("no such option");
                }
                column.append(!random.chance(20));
            }
            Arc::new(column.finish())
        }
        FactType::Integer => {
            let number = |random: &mut Random| {
                i64::try_from(random.below(30)).unwrap() - i64::from(random.chance(bad)) * 1_000
            };
            match form {
                0 => Arc::new(
                    (0..rows)
                        .map(|_| (!random.chance(20)).then(|| number(random) as i32))
                        .collect::<Int32Array>(),
                ),
                1 => filled!(Float64Builder::new(), |random: &mut Random| number(random) as f64),
                _ => filled!(Int64Builder::new(), number),
            }
        }
        FactType::Number => {
            let number = |random: &mut Random| match random.below(100) {
                place if place < bad => [f64::NAN, f64::INFINITY, -1e300][random.below(3)],
                _ => random.below(1_000) as f64 / 10.0,
            };
            match form {
                0 => Arc::new(
                    (0..rows)
                        .map(|_| (!random.chance(20)).then(|| number(random) as f32))
                        .collect::<Float32Array>(),
                ),
                1 => {
                    let decimals = Decimal128Builder::new().with_precision_and_scale(10, 1).unwrap();
                    filled!(decimals, |random: &mut Random| random.below(1_000) as i128)
                }
                _ => filled!(Float64Builder::new(), number),
            }
        }
        FactType::Duration => filled!(DurationMillisecondBuilder::new(), |random: &mut Random| hours(
            random
        ) * HOUR),
        _ => match form {
            0 => filled!(DurationMillisecondBuilder::new(), |random: &mut Random| hours(
                random
            ) * HOUR),
            1 => filled!(TimestampSecondBuilder::new(), |random: &mut Random| NOW
                - hours(random) * 3_600),
            _ => filled!(StringBuilder::new(), |random: &mut Random| {
                match hours(random) {
                    -1 => "-1h".to_owned(),
                    500 => "never".to_owned(),
                    hours => format!("{hours}h"),
                }
            }),
        },
    }
}

fn frame(kb: &KnowledgeBase, rows: usize, seed: u64, bad: usize) -> RecordBatch {
    let mut random = Random(seed);
    let columns = kb
        .facts()
        .into_iter()
        .map(|fact| {
            let array = column(&fact, rows, &mut random, bad);
            (fact.id, array, true)
        })
        .collect::<Vec<_>>();
    RecordBatch::try_from_iter_with_nullable(columns).unwrap()
}

fn options(output: BatchOutput) -> BatchOptions {
    BatchOptions::new()
        .output(output)
        .on_bad(OnBad::Unknown)
        .now(NOW * 1_000_000)
}

fn group_by_group(kb: &KnowledgeBase, rows: &RecordBatch, options: BatchOptions) -> RecordBatch {
    let mut bound = Bound::new(kb, rows.schema_ref(), options).unwrap();
    bound.engine = None;
    let batch = Batch {
        bound: Arc::new(bound),
        handle: BatchHandle::default(),
    };
    batch.run(rows).unwrap()
}

#[test]
fn planes_and_groups_agree() {
    let kb = both(Instructions::best());
    // The answers are the same without any instructions of this machine's own.
    let portable = both(Instructions::Portable);
    for (seed, rows) in [(1, 700), (2, 512), (3, 64), (4, 1), (5, 1_100)] {
        let rows = frame(&kb, rows, seed, 5);
        for output in [BatchOutput::Masks, BatchOutput::Verdicts] {
            let batch = kb.batch(rows.schema_ref(), options(output)).unwrap();
            assert!(batch.bound.engine.is_some());
            let found = batch.run(&rows).unwrap();
            let expected = group_by_group(&kb, &rows, options(output));
            assert_eq!(found, expected, "{output:?}, seed {seed}");
            let batch = portable.batch(rows.schema_ref(), options(output)).unwrap();
            assert_eq!(
                batch.run(&rows).unwrap(),
                expected,
                "{output:?}, seed {seed}, portable"
            );
        }
    }
}

#[test]
fn every_way_to_run_gives_the_same() {
    let kb = both(Instructions::best());
    let rows = frame(&kb, 150, 7, 5);
    for output in BatchOutput::ALL {
        // What could still change is searched for: slow without optimisation.
        let rows = match output {
            BatchOutput::NextQuestion | BatchOutput::Json => rows.slice(0, 5),
            _ => rows.slice(3, 140),
        };
        let whole = kb.batch(rows.schema_ref(), options(output)).unwrap();
        let expected = whole.run(&rows).unwrap();
        assert_eq!(expected.schema(), whole.schema());
        for threads in [1, 3] {
            let batch = kb
                .batch(rows.schema_ref(), options(output).threads(threads).chunk_rows(40))
                .unwrap();
            assert_eq!(batch.run(&rows).unwrap(), expected, "{output:?}");
            assert_eq!(batch.report(), whole.report(), "{output:?}");
            let batch = kb
                .batch(rows.schema_ref(), options(output).threads(threads).chunk_rows(40))
                .unwrap();
            let parts = [rows.slice(0, 2), rows.slice(2, rows.num_rows() - 2)].map(Ok);
            let reader = arrow_array::RecordBatchIterator::new(parts, rows.schema());
            let mut first = 0;
            for answer in batch.stream(reader) {
                let answer = answer.unwrap();
                let count = answer.num_rows();
                assert_eq!(answer, expected.slice(first, count), "{output:?}");
                first += count;
            }
            assert_eq!(first, expected.num_rows(), "{output:?}");
            assert_eq!(batch.report(), whole.report(), "{output:?}");
        }
    }
}
