//! Rows → answers, chunk by chunk.

use std::sync::Arc;

use arrow_array::{ArrayRef, BooleanArray, RecordBatch, RecordBatchOptions};

use super::bind::Bound;
use super::columns::{Answer, arrays};
use super::options::{BatchOutput, OnBad};
use super::read::{Values, values};
use super::report::{BatchHandle, Tally};
use crate::advice::Advice;
use crate::case::Case;
use crate::case::value::FactValue;
use crate::error::{Error, Kind};
use crate::evaluate::Truths;
use crate::verdict::Verdict;

/// Answers the rows of one chunk, the first of which is row `first` (from 0) of all.
pub(super) fn chunk(
    bound: &Bound,
    rows: &RecordBatch,
    first: u64,
    handle: &BatchHandle,
) -> Result<RecordBatch, Error> {
    let kb = &bound.kb;
    let base = kb.base();
    let mut tally = Tally {
        rows: u64::try_from(rows.num_rows()).unwrap_or(u64::MAX),
        bad_values: vec![0; bound.columns.len()],
        ..Tally::default()
    };
    let columns: Vec<(usize, crate::check::base::FactIndex, Values<'_>, &str)> = bound
        .columns
        .iter()
        .zip(bound.names())
        .enumerate()
        .filter_map(|(number, (column, (_, name)))| {
            let fact = base.facts.get(column.fact.index())?;
            let array = rows.columns().get(column.position)?;
            Some((
                number,
                column.fact,
                values(fact, array.as_ref(), bound.options.now)?,
                name,
            ))
        })
        .collect();
    let mut case = kb.case();
    let mut answers = Vec::with_capacity(rows.num_rows());
    let mut bad = vec![false; rows.num_rows()];
    for (row, bad) in bad.iter_mut().enumerate() {
        if handle.is_stopped() {
            return Err(Error::new(Kind::Stopped));
        }
        for (number, fact, values, name) in &columns {
            let value = match values(row) {
                Ok(value) => value,
                Err(error) if bound.options.on_bad == OnBad::Error => {
                    let row = first + u64::try_from(row).unwrap_or(0) + 1;
                    return Err(error.in_row(row, name));
                }
                Err(_) => {
                    *bad = true;
                    if let Some(times) = tally.bad_values.get_mut(*number) {
                        *times += 1;
                    }
                    FactValue::Unknown
                }
            };
            case.put(*fact, value);
        }
        answers.push(answer(bound, &case, &mut tally)?);
    }
    tally.bad_rows = u64::try_from(bad.iter().filter(|bad| **bad).count()).unwrap_or(0);
    let given = arrays(&bound.given, bound.options.output, &answers);
    let whole = assemble(bound, rows, given, &bad)?;
    handle.add(&tally);
    Ok(whole)
}

/// What is decided of one case.
fn answer(bound: &Bound, case: &Case, tally: &mut Tally) -> Result<Answer, Error> {
    let kb = &bound.kb;
    let mut count = |advice: &Advice| {
        for item in advice.items() {
            tally.count(item.verdict, 1);
        }
    };
    Ok(match bound.options.output {
        BatchOutput::Masks => {
            let truths = Truths::new(kb.program(), case.possible());
            Answer::Masks(
                kb.program()
                    .rules
                    .iter()
                    .map(|rule| truths.of(rule.live))
                    .collect(),
            )
        }
        BatchOutput::Verdicts => {
            let mut codes = vec![0; kb.base().advice.len()];
            kb.verdict_codes(case, &mut codes)?;
            for verdict in codes.iter().filter_map(|code| Verdict::from_code(*code)) {
                tally.count(verdict, 1);
            }
            Answer::Verdicts(codes)
        }
        BatchOutput::Recommended => {
            let advice = kb.advise_without_questions(case)?;
            count(&advice);
            let recommended = advice
                .items()
                .iter()
                .filter(|item| item.verdict == Verdict::Recommend);
            Answer::Recommended(recommended.map(|item| item.id.clone()).collect())
        }
        BatchOutput::Advice => {
            let advice = kb.advise_without_questions(case)?;
            count(&advice);
            Answer::Advice(advice.items().to_vec())
        }
        BatchOutput::NextQuestion => {
            let advice = kb.advise(case)?;
            count(&advice);
            let question = advice.questions().first();
            Answer::NextQuestion(question.map(|question| (question.fact.clone(), question.ask.clone())))
        }
        BatchOutput::Json => {
            let advice = kb.advise(case)?;
            count(&advice);
            Answer::Json(advice.to_json())
        }
    })
}

/// The columns passed on, those given, and the flag.
fn assemble(
    bound: &Bound,
    rows: &RecordBatch,
    given: Vec<ArrayRef>,
    bad: &[bool],
) -> Result<RecordBatch, Error> {
    let mut columns: Vec<ArrayRef> = bound
        .kept
        .iter()
        .filter_map(|position| rows.columns().get(*position))
        .cloned()
        .collect();
    columns.extend(given);
    if bound.options.on_bad == OnBad::Unknown {
        columns.push(Arc::new(BooleanArray::from(bad.to_vec())));
    }
    let count = RecordBatchOptions::new().with_row_count(Some(rows.num_rows()));
    RecordBatch::try_new_with_options(Arc::clone(&bound.output_schema), columns, &count)
        .map_err(|error| Error::new(Kind::Rows(error.to_string())))
}
