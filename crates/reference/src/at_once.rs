//! One case, many rows at once, wide instructions and narrow ones: the engine against itself.

use arrow_array::cast::AsArray;
use arrow_array::types::Int8Type;
use arrow_array::{Array, RecordBatch};
use liniment::batch::{BatchOptions, BatchOutput};
use liniment::{Error, Instructions, KnowledgeBase, Masks, Truth};

use crate::frames::{CaseJson, frame, plain_cases};

/// Every set of instructions narrower than the widest that this machine has.
pub fn narrower() -> Vec<Instructions> {
    [Instructions::Portable, Instructions::Avx2]
        .into_iter()
        .filter(|instructions| *instructions < Instructions::best())
        .collect()
}

/// Whether these knowledge bases, the same packs for other instructions, agree with the first on the truth of
/// every rule in every case, ranges and reports included.
pub fn instructions_agree(kbs: &[KnowledgeBase], cases: &[CaseJson]) -> Result<(), String> {
    let said = |error: Error| error.to_string();
    let (mut one, mut other) = (Masks::new(), Masks::new());
    for case in cases {
        let Some((first, rest)) = kbs.split_first() else {
            return Ok(());
        };
        first
            .masks(&first.case_from(case).map_err(said)?, &mut one)
            .map_err(said)?;
        for kb in rest {
            kb.masks(&kb.case_from(case).map_err(said)?, &mut other)
                .map_err(said)?;
            if (one.live(), one.possible()) != (other.live(), other.possible()) {
                return Err(format!("wide and narrow instructions differ on {case:?}"));
            }
        }
    }
    Ok(())
}

/// Whether the rows of a frame get what each case gets alone, as far as columns can state it. Answers how
/// many rows were compared.
pub fn rows_agree(kb: &KnowledgeBase, cases: &[CaseJson]) -> Result<u64, String> {
    let cases = plain_cases(kb, cases);
    let rows = frame(kb, &cases);
    let (masks, verdicts) = (
        run(kb, &rows, BatchOutput::Masks)?,
        run(kb, &rows, BatchOutput::Verdicts)?,
    );
    for (row, case) in cases.iter().enumerate() {
        if of_case(kb, case)? != of_row(kb, &masks, &verdicts, row) {
            return Err(format!(
                "alone and as row {row} of a frame, this case differs: {case:?}"
            ));
        }
    }
    Ok(u64::try_from(cases.len()).unwrap_or(0))
}

/// The truth of each rule, and the verdict on each advice id.
type Answers = (Vec<Option<bool>>, Vec<Option<String>>);

fn run(kb: &KnowledgeBase, rows: &RecordBatch, output: BatchOutput) -> Result<RecordBatch, String> {
    let batch = kb.batch(rows.schema_ref(), BatchOptions::new().output(output));
    batch
        .and_then(|batch| batch.run(rows))
        .map_err(|error| error.to_string())
}

fn of_case(kb: &KnowledgeBase, case: &CaseJson) -> Result<Answers, String> {
    let said = |error: Error| error.to_string();
    let case = kb.case_from(case).map_err(said)?;
    let (mut masks, mut buffer) = (Masks::new(), Vec::new());
    kb.masks(&case, &mut masks).map_err(said)?;
    let truths = (0..masks.rules())
        .map(|rule| match masks.truth(rule) {
            Truth::True => Some(true),
            Truth::False => Some(false),
            Truth::Unknown => None,
        })
        .collect();
    let mut verdicts = vec![None; kb.advice_ids().len()];
    for (id, verdict) in kb.verdicts(&case, &mut buffer).map_err(said)? {
        verdicts[id.index()] = Some(verdict.name().to_owned());
    }
    Ok((truths, verdicts))
}

fn of_row(kb: &KnowledgeBase, masks: &RecordBatch, verdicts: &RecordBatch, row: usize) -> Answers {
    let truths = (0..masks.num_columns())
        .map(|rule| {
            let column = masks.column(rule).as_boolean();
            column.is_valid(row).then(|| column.value(row))
        })
        .collect();
    let verdicts = (0..kb.advice_ids().len())
        .map(|id| {
            let column = verdicts.column(id).as_dictionary::<Int8Type>();
            let names = column.values().as_string::<i32>();
            column.key(row).map(|key| names.value(key).to_owned())
        })
        .collect();
    (truths, verdicts)
}
