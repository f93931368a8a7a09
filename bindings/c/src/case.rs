//! Cases: what is known, stated by number, and the verdicts as codes.

use liniment::KnowledgeBase;

use crate::error::{Error, Failure};
use crate::guard::{Handle, Poison, enter_mut, enter_mut_fast, enter_new, enter_on, enter_text, free};
use crate::kb::Kb;
use crate::status::Status;
use crate::text::{Str, Text, list, list_mut};
use crate::value::{Content, Kind, Value};

/// What is known of one person or thing at one moment. Every fact starts unknown.
///
/// It has one owner: only one thread at a time may use it, also where it is `const`. It keeps its knowledge
/// base alive, so that both can be freed in any order.
pub struct Case {
    pub(crate) kb: KnowledgeBase,
    pub(crate) case: liniment::Case,
    poison: Poison,
}

impl Handle for Case {
    const NAME: &'static str = "case";
    fn poison(&self) -> &Poison {
        &self.poison
    }
}

impl Case {
    pub(crate) fn new(kb: &KnowledgeBase, case: liniment::Case) -> Self {
        Self {
            kb: kb.clone(),
            case,
            poison: Poison::default(),
        }
    }

    #[inline(never)]
    fn state(&mut self, value: &Value) -> Result<(), Failure> {
        value.state(&self.kb, &mut self.case)
    }

    /// States one after the other, as far as none is refused.
    #[inline(always)]
    fn state_all(&mut self, values: &[Value]) -> Result<(), Failure> {
        let mut values = values.iter();
        values.try_for_each(|value| value.state(&self.kb, &mut self.case))
    }
}

/// In which format a case is written.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A JSON object.
    Json = 1,
    /// A RON map or struct.
    Ron = 2,
    /// A TOML table.
    Toml = 3,
}

/// A case of which nothing is known. `*new_case` is yours to free with `liniment_case_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_case_new(
    kb: Option<&Kb>,
    new_case: Option<&mut *mut Case>,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_new(kb, new_case, "new_case", error, |kb| {
        Ok(Case::new(&kb.kb, kb.kb.case()))
    })
}

/// A case from a JSON object, fact to value. `*new_case` is yours to free with `liniment_case_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_case_from_json(
    kb: Option<&Kb>,
    json: Str,
    new_case: Option<&mut *mut Case>,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_new(kb, new_case, "new_case", error, |kb| {
        let case = kb.kb.case_from_json_bytes(json.bytes("json")?)?;
        Ok(Case::new(&kb.kb, case))
    })
}

/// A case from a text in one of the formats; `format` is a `liniment_format`. `*new_case` is yours to free
/// with `liniment_case_free`. LINIMENT_STATUS_UNSUPPORTED for RON and TOML in a library without tools.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_case_from_text(
    kb: Option<&Kb>,
    format: i32,
    text: Str,
    new_case: Option<&mut *mut Case>,
    error: Option<&mut *mut Error>,
) -> Status {
    const JSON: i32 = Format::Json as i32;
    const RON: i32 = Format::Ron as i32;
    const TOML: i32 = Format::Toml as i32;
    enter_new(kb, new_case, "new_case", error, |kb| {
        let bytes = text.bytes("text")?;
        let case = match format {
            JSON => kb.kb.case_from_json_bytes(bytes)?,
            #[cfg(feature = "tools")]
            RON => kb.kb.case_from_ron(text.text("text")?)?,
            #[cfg(feature = "tools")]
            TOML => kb.kb.case_from_toml(text.text("text")?)?,
            #[cfg(not(feature = "tools"))]
            RON | TOML => return Err(Failure::unsupported("cases in RON and TOML")),
            _ => {
                let message = format!("`format` is {format}; there are {JSON} to {TOML}, LINIMENT_FORMAT_…");
                return Err(Failure::argument(message));
            }
        };
        Ok(Case::new(&kb.kb, case))
    })
}

/// A case of its own that knows the same. `*copy` is yours to free.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_case_copy(
    case: Option<&Case>,
    copy: Option<&mut *mut Case>,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_new(case, copy, "copy", error, |case| {
        Ok(Case::new(&case.kb, case.case.clone()))
    })
}

/// Frees a case; NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_case_free(case: *mut Case) {
    // SAFETY: the header asks for a case of this library, freed once.
    unsafe { free(case) }
}

/// Forgets everything.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_case_clear(
    case: Option<&mut Case>,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_mut(case, error, |case| {
        case.case.clear();
        Ok(())
    })
}

/// What is stated, as JSON that `liniment_case_from_json` reads; `json` is yours to free.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_case_json(
    case: Option<&Case>,
    json: Option<&mut Text>,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_text(case, json, "json", error, |case| Ok(case.case.to_json()))
}

fn whole(fact: u32, kind: Kind, whole: i64) -> Value {
    Value {
        fact,
        kind: kind as u32,
        r#as: Content { whole },
        excludes: 0,
    }
}

/// What all functions that state one value by number do. Programs call them in their loops.
#[inline(never)]
fn state(case: Option<&mut Case>, value: &Value, error: Option<&mut *mut Error>) -> Status {
    enter_mut_fast(case, error, |case| case.state(value))
}

/// States a yes-or-no fact.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_case_set_bool(
    case: Option<&mut Case>,
    fact: u32,
    value: bool,
    error: Option<&mut *mut Error>,
) -> Status {
    state(case, &whole(fact, Kind::Bool, value.into()), error)
}

/// States a choice or a scale, by the number of its option.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_case_set_option(
    case: Option<&mut Case>,
    fact: u32,
    option: u32,
    error: Option<&mut *mut Error>,
) -> Status {
    state(case, &whole(fact, Kind::Option, option.into()), error)
}

/// States a whole number, in the fact's unit.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_case_set_integer(
    case: Option<&mut Case>,
    fact: u32,
    value: i64,
    error: Option<&mut *mut Error>,
) -> Status {
    state(case, &whole(fact, Kind::Integer, value), error)
}

/// States a number, in the fact's unit.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_case_set_number(
    case: Option<&mut Case>,
    fact: u32,
    value: f64,
    error: Option<&mut *mut Error>,
) -> Status {
    let value = Value {
        fact,
        kind: Kind::Number as u32,
        r#as: Content { number: value },
        excludes: 0,
    };
    state(case, &value, error)
}

/// States a length of time, in microseconds: a duration, or what a clock shows now.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_case_set_duration_us(
    case: Option<&mut Case>,
    fact: u32,
    microseconds: i64,
    error: Option<&mut *mut Error>,
) -> Status {
    state(case, &whole(fact, Kind::DurationUs, microseconds), error)
}

/// States a fact that takes several options: which it has, and which it has not; nothing is known of the
/// others.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_case_set_several(
    case: Option<&mut Case>,
    fact: u32,
    includes: *const u32,
    include_count: usize,
    excludes: *const u32,
    exclude_count: usize,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_mut(case, error, |case| {
        let includes = list(includes, include_count, "includes")?;
        let excludes = list(excludes, exclude_count, "excludes")?;
        let places = |options: &'static [u32]| options.iter().map(|option| *option as usize);
        let fact = case.kb.fact_at(fact as usize)?;
        case.case.set_several(fact, places(includes), places(excludes))?;
        Ok(())
    })
}

/// States a fact by a value, as `liniment_bool()` and its like make one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_case_set(
    case: Option<&mut Case>,
    value: Option<&Value>,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_mut(case, error, |case| {
        case.state(value.ok_or_else(|| Failure::null("value"))?)
    })
}

/// States several facts. Stops at the first that is refused; those before it stay stated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_case_set_all(
    case: Option<&mut Case>,
    values: *const Value,
    count: usize,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_mut(case, error, |case| case.state_all(list(values, count, "values")?))
}

/// States that a fact lies between two values, both included; an end that is NULL is open. The `fact` of
/// the ends does not matter.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_case_set_range(
    case: Option<&mut Case>,
    fact: u32,
    from: Option<&Value>,
    to: Option<&Value>,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_mut(case, error, |case| {
        let mut ends = Vec::new();
        for (name, end) in [("from", from), ("to", to)] {
            if let Some(end) = end {
                ends.push((name.to_owned(), Value { fact, ..*end }.written(&case.kb)?));
            }
        }
        let fact = case.kb.fact_at(fact as usize)?;
        case.case
            .set(fact, liniment::case::read::CaseValue::Object(ends))?;
        Ok(())
    })
}

/// Adds what one source reports of a fact. Where reports differ, the fact stays unknown among them, and the
/// advice lists the conflict.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_case_report(
    case: Option<&mut Case>,
    value: Option<&Value>,
    source: Str,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_mut(case, error, |case| {
        let value = value.ok_or_else(|| Failure::null("value"))?;
        let fact = case.kb.fact_at(value.fact as usize)?;
        let written = value.written(&case.kb)?;
        case.case.report(fact, written, source.name("source")?)?;
        Ok(())
    })
}

/// States that the answer was declined: unknown, and not asked again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_case_decline(
    case: Option<&mut Case>,
    fact: u32,
    error: Option<&mut *mut Error>,
) -> Status {
    state(case, &whole(fact, Kind::Declined, 0), error)
}

/// Forgets a fact.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_case_unset(
    case: Option<&mut Case>,
    fact: u32,
    error: Option<&mut *mut Error>,
) -> Status {
    state(case, &whole(fact, Kind::Unknown, 0), error)
}

/// The verdicts as numbers: `codes[i]` is the `liniment_verdict` of the advice id of number `i`, or 0 for
/// none. `count` is `liniment_kb_advice_count`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_verdicts(
    case: Option<&Case>,
    codes: *mut u8,
    count: usize,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_on(case, error, |case| {
        case.kb
            .verdict_codes(&case.case, list_mut(codes, count, "codes")?)?;
        Ok(())
    })
}

/// States several facts and gives the verdicts: `liniment_case_set_all` and `liniment_verdicts` in one call,
/// for loops. On failure the codes stay as they were, and facts before the one that was refused stay stated.
///
/// After the first call for a knowledge base nothing is allocated for bools, options, numbers and lengths of
/// time that their facts take, nor for LINIMENT_KIND_UNKNOWN.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_evaluate(
    case: Option<&mut Case>,
    values: *const Value,
    value_count: usize,
    codes: *mut u8,
    code_count: usize,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_mut_fast(case, error, |case| {
        let codes = list_mut(codes, code_count, "codes")?;
        case.state_all(list(values, value_count, "values")?)?;
        case.kb.verdict_codes(&case.case, codes)?;
        Ok(())
    })
}
