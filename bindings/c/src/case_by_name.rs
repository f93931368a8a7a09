//! Cases: what is known, stated by name.

use liniment::Elapsed;
use liniment::case::read::CaseValue;

use crate::case::Case;
use crate::error::Error;
use crate::guard::{Outcome, enter_mut};
use crate::status::Status;
use crate::text::Str;

fn set(case: &mut Case, name: Str, value: impl Into<CaseValue>) -> Outcome {
    case.case.set(name.name("name")?, value)?;
    Ok(())
}

/// A value as on the command line: JSON where it is JSON, otherwise a word.
fn written(text: Str, what: &'static str) -> Result<CaseValue, crate::error::Failure> {
    let text = text.text(what)?;
    Ok(serde_json::from_str(text).unwrap_or_else(|_| CaseValue::from(text)))
}

/// States a fact by its name, in any way that a case can be written: `true`, `released`, `40.2`, `24h`,
/// `["thick"]`, `{"from":"1d","to":"3d"}`, `null`. What is no JSON is taken for a word.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_case_set_text(
    case: Option<&mut Case>,
    name: Str,
    value: Str,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_mut(case, error, |case| set(case, name, written(value, "value")?))
}

/// States a yes-or-no fact by its name.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_case_set_bool_by_name(
    case: Option<&mut Case>,
    name: Str,
    value: bool,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_mut(case, error, |case| set(case, name, value))
}

/// States a choice or a scale by its name and that of its option.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_case_set_option_by_name(
    case: Option<&mut Case>,
    name: Str,
    option: Str,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_mut(case, error, |case| set(case, name, option.name("option")?))
}

/// States a whole number by the name of its fact.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_case_set_integer_by_name(
    case: Option<&mut Case>,
    name: Str,
    value: i64,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_mut(case, error, |case| set(case, name, value))
}

/// States a number by the name of its fact.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_case_set_number_by_name(
    case: Option<&mut Case>,
    name: Str,
    value: f64,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_mut(case, error, |case| set(case, name, value))
}

/// States a length of time, in microseconds, by the name of its fact.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_case_set_duration_us_by_name(
    case: Option<&mut Case>,
    name: Str,
    microseconds: i64,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_mut(case, error, |case| {
        set(case, name, Elapsed::from_microseconds(microseconds))
    })
}

/// States that a fact lies between two values, both included, as `liniment_case_set_text` reads them; an end
/// that is absent is open.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_case_set_range_by_name(
    case: Option<&mut Case>,
    name: Str,
    from: Str,
    to: Str,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_mut(case, error, |case| {
        let mut ends = Vec::new();
        for (key, end) in [("from", from), ("to", to)] {
            if !end.data.is_null() {
                ends.push((key.to_owned(), written(end, key)?));
            }
        }
        set(case, name, CaseValue::Object(ends))
    })
}

/// Adds what one source reports of a fact, the value as `liniment_case_set_text` reads it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_case_report_by_name(
    case: Option<&mut Case>,
    name: Str,
    value: Str,
    source: Str,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_mut(case, error, |case| {
        let value = written(value, "value")?;
        case.case
            .report(name.name("name")?, value, source.name("source")?)?;
        Ok(())
    })
}

/// States that the answer was declined, by the name of the fact.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_case_decline_by_name(
    case: Option<&mut Case>,
    name: Str,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_mut(case, error, |case| {
        case.case.decline(name.name("name")?)?;
        Ok(())
    })
}

/// Forgets a fact, by its name.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_case_unset_by_name(
    case: Option<&mut Case>,
    name: Str,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_mut(case, error, |case| {
        case.case.unset(name.name("name")?)?;
        Ok(())
    })
}
