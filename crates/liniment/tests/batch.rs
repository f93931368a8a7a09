//! A batch says of each row what is said of that case alone.
#![cfg(feature = "arrow")]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]

#[path = "corpus/respond.rs"]
mod respond;
mod support;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, IntervalDayTimeArray, RecordBatch, StringArray};
use arrow_buffer::IntervalDayTime;
use liniment::batch::{BatchOptions, BatchOutput};
use liniment::{KnowledgeBase, Masks, Source, Truth, Verdict};
use liniment_reference::frames::{CaseJson, frame, plain_cases};
use liniment_reference::print::TimeStyle;
use liniment_reference::strategy::trials;
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestCaseError, TestRunner};
use support::{Knowledge, cases};

fn both() -> KnowledgeBase {
    let builder = KnowledgeBase::builder()
        .pack(liniment_rules::calf_cramps())
        .pack(liniment_rules::leg_red_flags());
    builder.build().unwrap_or_else(|error| panic!("{error}")).0
}

fn for_all<S: Strategy>(cases: u32, strategy: S, test: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let drawn = ProptestConfig::default();
    let rng_seed = if drawn.rng_seed == RngSeed::Random {
        RngSeed::Fixed(20_261_127)
    } else {
        drawn.rng_seed
    };
    let config = ProptestConfig {
        cases: cases * drawn.cases / 256,
        failure_persistence: None,
        max_shrink_iters: 500,
        rng_seed,
        ..drawn
    };
    if let Err(error) = TestRunner::new(config).run(&strategy, test) {
        panic!("{error}");
    }
}

fn run(kb: &KnowledgeBase, rows: &RecordBatch, output: BatchOutput) -> RecordBatch {
    let options = BatchOptions::new().output(output);
    let batch = kb.batch(rows.schema_ref(), options).unwrap();
    batch.run(rows).unwrap()
}

/// Compares every output with the single cases.
fn agrees(kb: &KnowledgeBase, cases: &[CaseJson]) -> Result<(), TestCaseError> {
    let cases = plain_cases(kb, cases);
    let rows = frame(kb, &cases);
    let verdicts = run(kb, &rows, BatchOutput::Verdicts);
    let recommended = run(kb, &rows, BatchOutput::Recommended);
    let advice = run(kb, &rows, BatchOutput::Advice);
    let questions = run(kb, &rows, BatchOutput::NextQuestion);
    let json = run(kb, &rows, BatchOutput::Json);
    let live = run(kb, &rows, BatchOutput::Masks);
    let mut masks = Masks::new();
    for (row, case) in cases.iter().enumerate() {
        let alone = kb.advise(&kb.case_from(case).unwrap()).unwrap();
        kb.masks(&kb.case_from(case).unwrap(), &mut masks).unwrap();
        for (rule, id) in kb.rule_ids().into_iter().enumerate() {
            let column = live.column(rule).as_boolean();
            let found = column.is_valid(row).then(|| column.value(row));
            let expected = match masks.truth(rule) {
                Truth::True => Some(true),
                Truth::False => Some(false),
                Truth::Unknown => None,
            };
            prop_assert_eq!(found, expected, "{}", id);
        }
        prop_assert_eq!(json.column(0).as_string_view().value(row), alone.to_json());
        for (column, id) in kb.advice_ids().into_iter().enumerate() {
            let column = verdicts
                .column(column)
                .as_dictionary::<arrow_array::types::Int8Type>();
            let names = column.values().as_string::<i32>();
            let found = column.key(row).map(|key| names.value(key));
            let expected = alone.get(id).map(|item| item.verdict.name());
            prop_assert_eq!(found, expected, "{}", id);
        }
        let list = recommended.column(0).as_list::<i32>().value(row);
        let list: Vec<&str> = list.as_string::<i32>().iter().flatten().collect();
        let expected: Vec<&str> = alone
            .items()
            .iter()
            .filter(|item| item.verdict == Verdict::Recommend)
            .map(|item| item.id.as_str())
            .collect();
        prop_assert_eq!(list, expected);
        let items = advice.column(0).as_list::<i32>().value(row);
        let items = items.as_struct();
        prop_assert_eq!(items.len(), alone.items().len());
        for (place, item) in alone.items().iter().enumerate() {
            let text = |name: &str| {
                items
                    .column_by_name(name)
                    .unwrap()
                    .as_string::<i32>()
                    .value(place)
                    .to_owned()
            };
            prop_assert_eq!(text("id"), item.id.as_str());
            prop_assert_eq!(text("verdict"), item.verdict.name());
            prop_assert_eq!(text("text"), item.text.as_str());
            let opens = items.column_by_name("opens_in").unwrap();
            let opens = opens.as_primitive::<arrow_array::types::DurationMicrosecondType>();
            let found = opens.is_valid(place).then(|| opens.value(place));
            prop_assert_eq!(found, item.opens_in.map(|time| time.microseconds()));
        }
        let next = questions.column(0).as_string_view();
        let next = next.is_valid(row).then(|| next.value(row));
        prop_assert_eq!(
            next,
            alone.questions().first().map(|question| question.fact.as_str())
        );
    }
    Ok(())
}

#[test]
fn rows_of_the_built_in_packs_are_cases() {
    let kb = both();
    let mixed = (
        proptest::collection::vec(cases(&kb, Knowledge::Full), 3),
        proptest::collection::vec(cases(&kb, Knowledge::Partial), 2),
    );
    for_all(12, mixed, |(full, partial)| {
        agrees(&kb, &[full, partial].concat())
    });
}

#[test]
fn rows_of_random_packs_are_cases() {
    for_all(60, trials(8), |trial| {
        let mut builder = KnowledgeBase::builder();
        for files in trial.base.files(None) {
            builder = builder.pack(Source::files(files));
        }
        let Ok((kb, _)) = builder.build() else {
            return Err(TestCaseError::reject("the pack is refused"));
        };
        let cases: Vec<CaseJson> = trial
            .cases
            .iter()
            .map(|case| {
                let json = trial.base.case_json(case, TimeStyle::Mixed, false);
                serde_json::from_str(&json).unwrap()
            })
            .collect();
        if plain_cases(&kb, &cases).iter().all(CaseJson::is_empty) {
            return Err(TestCaseError::reject("no plain values"));
        }
        agrees(&kb, &cases)
    });
}

/// The calls of the conformance corpus whose cases columns can hold, as rows of one table for each knowledge
/// base: the same JSON byte for byte, and a wrong case is refused.
#[test]
fn the_conformance_corpus_as_tables() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus");
    let mut tables: BTreeMap<String, Vec<(CaseJson, String)>> = BTreeMap::new();
    let (mut compared, mut refused) = (0, 0);
    for (name, call, text) in respond::calls(&corpus).unwrap() {
        let Ok(case) = serde_json::from_str::<CaseJson>(&text) else {
            continue;
        };
        let asked: serde_json::Value = serde_json::from_str(&call).unwrap();
        if asked["call"] != "advise" {
            continue;
        }
        let kb = knowledge_base(&asked);
        if plain_cases(&kb, std::slice::from_ref(&case)) != [case.clone()] {
            continue;
        }
        if kb.case_from_json(&text).is_ok() {
            let key = format!("{} {}", asked["lang"], asked["packs"]);
            let answer = respond::respond(&call, &text).unwrap();
            tables.entry(key).or_default().push((case, answer));
            compared += 1;
        } else if kb.case_from(&case).is_err() {
            let rows = frame(&kb, &[case]);
            let options = BatchOptions::new().output(BatchOutput::Json);
            let batch = kb.batch(rows.schema_ref(), options).unwrap();
            assert!(batch.run(&rows).is_err(), "{name}");
            refused += 1;
        }
    }
    for (key, rows) in tables {
        let (lang, packs) = key.split_once(' ').unwrap();
        let kb = knowledge_base(&serde_json::json!({
            "lang": lang.trim_matches('"'),
            "packs": serde_json::from_str::<serde_json::Value>(packs).unwrap(),
        }));
        let (cases, answers): (Vec<CaseJson>, Vec<String>) = rows.into_iter().unzip();
        let json = run(&kb, &frame(&kb, &cases), BatchOutput::Json);
        let json = json.column(0).as_string_view();
        for (row, answer) in answers.iter().enumerate() {
            assert_eq!(json.value(row), answer, "{key}, row {row}");
        }
        agrees(&kb, &cases).unwrap();
    }
    assert!(compared >= 40, "only {compared} compared");
    assert!(refused >= 3, "only {refused} refused");
}

/// The packs and the language of a call.
fn knowledge_base(call: &serde_json::Value) -> KnowledgeBase {
    let mut builder = KnowledgeBase::builder().lang(call["lang"].as_str().unwrap());
    for name in call["packs"].as_array().unwrap() {
        let packs = liniment_rules::all();
        builder = builder.pack(packs.iter().find(|(pack, _)| name == pack).unwrap().1);
    }
    builder.build().unwrap().0
}

/// Found by fuzzing: so many days are more microseconds than there are numbers for.
#[test]
fn an_interval_beyond_all_measure_is_a_very_long_time() {
    let kb = both();
    let rows = |days: [i32; 2]| {
        let times: IntervalDayTimeArray = days
            .iter()
            .map(|days| Some(IntervalDayTime::new(*days, 0)))
            .collect();
        let state = StringArray::from(vec!["released"; days.len()]);
        RecordBatch::try_from_iter([
            ("time_since_release", Arc::new(times) as ArrayRef),
            ("cramp_state", Arc::new(state) as ArrayRef),
        ])
        .unwrap()
    };
    let given = run(&kb, &rows([100_000, i32::MAX]), BatchOutput::Verdicts);
    assert_eq!(given.slice(0, 1), given.slice(1, 1));
    let negative = rows([0, i32::MIN]);
    let batch = kb.batch(negative.schema_ref(), BatchOptions::new()).unwrap();
    let error = batch.run(&negative).unwrap_err().to_string();
    assert!(error.contains("row 2") && error.contains("negative"), "{error}");
}
