//! Why, why not, what if, what then; and what holds of every case.

use std::ffi::c_char;

use liniment::case::read::CaseValue;
use liniment::{Elapsed, Verdict};

use crate::case::Case;
use crate::error::{Error, Failure};
use crate::guard::enter_on;
use crate::kb::Kb;
use crate::status::Status;
use crate::text::{Str, Text, empty, give, needed};

/// In which form an answer is written.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
    /// Canonical JSON, the same bytes as from the command line.
    Json = 1,
    /// Indented text for a person.
    Text = 2,
    /// A picture, for plans.
    Svg = 3,
}

const JSON: i32 = Output::Json as i32;
const TEXT: i32 = Output::Text as i32;
const SVG: i32 = Output::Svg as i32;

fn no_output(output: i32, allowed: &str) -> Failure {
    Failure::argument(format!("`output` is {output}; this function gives {allowed}"))
}

/// Why the case gets an advice id or a cause, or why not: the proof, down to facts, sources and lines.
/// `output` is LINIMENT_OUTPUT_JSON or LINIMENT_OUTPUT_TEXT; `text` is yours to free.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_explain(
    case: Option<&Case>,
    id: Str,
    output: i32,
    mut text: Option<&mut Text>,
    error: Option<&mut *mut Error>,
) -> Status {
    empty(&mut text);
    enter_on(case, error, |case| {
        needed(text.as_ref(), "text")?;
        let explanation = case.kb.explain(&case.case, id.name("id")?)?;
        let answer = match output {
            JSON => explanation.to_json(),
            TEXT => explanation.to_text(),
            _ => return Err(no_output(output, "LINIMENT_OUTPUT_JSON and LINIMENT_OUTPUT_TEXT")),
        };
        give(text, answer, "text")
    })
}

/// Why an advice id does not have a verdict, as the smallest changes of facts that would give it; `verdict`
/// is a `liniment_verdict`. JSON; `json` is yours to free.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_ways(
    case: Option<&Case>,
    id: Str,
    verdict: u8,
    mut json: Option<&mut Text>,
    error: Option<&mut *mut Error>,
) -> Status {
    empty(&mut json);
    enter_on(case, error, |case| {
        needed(json.as_ref(), "json")?;
        let id = id.name("id")?;
        let wanted = Verdict::from_code(verdict).ok_or_else(|| {
            Failure::argument(format!(
                "`verdict` is {verdict}, which is no verdict to be wanted"
            ))
        })?;
        give(json, case.kb.ways_to(&case.case, id, wanted)?.to_json(), "json")
    })
}

/// The smallest set of the case's facts that already suffices for what is said of an advice id. JSON; `json`
/// is yours to free.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_suffices(
    case: Option<&Case>,
    id: Str,
    mut json: Option<&mut Text>,
    error: Option<&mut *mut Error>,
) -> Status {
    empty(&mut json);
    enter_on(case, error, |case| {
        needed(json.as_ref(), "json")?;
        give(
            json,
            case.kb.suffices(&case.case, id.name("id")?)?.to_json(),
            "json",
        )
    })
}

/// What some changes of facts would do; the case itself stays as it is. `changes` is a JSON object, fact to
/// value; null forgets a fact. JSON; `json` is yours to free.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_what_if(
    case: Option<&Case>,
    changes: Str,
    mut json: Option<&mut Text>,
    error: Option<&mut *mut Error>,
) -> Status {
    empty(&mut json);
    enter_on(case, error, |case| {
        needed(json.as_ref(), "json")?;
        let changes = changes.text("changes")?;
        // Read as a case first: what is wrong is then said with its place.
        case.kb.case_from_json(changes)?;
        let changes: CaseValue = serde_json::from_str(changes)
            .map_err(|error| Failure::text("changes", format!("is no JSON: {error}")))?;
        give(json, case.kb.what_if(&case.case, &changes)?.to_json(), "json")
    })
}

/// The advice as all clocks move forward together, up to `horizon_us` microseconds from now. `output` is
/// LINIMENT_OUTPUT_JSON or LINIMENT_OUTPUT_SVG; `text` is yours to free.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_plan(
    case: Option<&Case>,
    horizon_us: i64,
    output: i32,
    mut text: Option<&mut Text>,
    error: Option<&mut *mut Error>,
) -> Status {
    empty(&mut text);
    enter_on(case, error, |case| {
        needed(text.as_ref(), "text")?;
        if horizon_us < 0 {
            return Err(Failure::argument(format!(
                "`horizon_us` is {horizon_us}; it cannot be negative"
            )));
        }
        let plan = case.kb.plan(&case.case, Elapsed::from_microseconds(horizon_us))?;
        let answer = match output {
            JSON => plan.to_json(),
            SVG => plan.to_svg(),
            _ => return Err(no_output(output, "LINIMENT_OUTPUT_JSON and LINIMENT_OUTPUT_SVG")),
        };
        give(text, answer, "text")
    })
}

/// Asks of all possible cases what the packs promise and what would be a fault. `budget` is how many steps
/// of search one question may take; 0 for the usual. `output` is LINIMENT_OUTPUT_JSON or
/// LINIMENT_OUTPUT_TEXT; `text` is yours to free. May take seconds. LINIMENT_STATUS_UNSUPPORTED in a library
/// without proofs.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_prove(
    kb: Option<&Kb>,
    budget: u64,
    output: i32,
    mut text: Option<&mut Text>,
    error: Option<&mut *mut Error>,
) -> Status {
    empty(&mut text);
    enter_on(kb, error, |kb| {
        needed(text.as_ref(), "text")?;
        if ![JSON, TEXT].contains(&output) {
            return Err(no_output(output, "LINIMENT_OUTPUT_JSON and LINIMENT_OUTPUT_TEXT"));
        }
        #[cfg(feature = "prove")]
        {
            let budget = if budget == 0 {
                liniment::prove::BUDGET
            } else {
                budget
            };
            let proofs = kb.kb.prove(budget);
            let answer = if output == JSON {
                proofs.to_json()
            } else {
                proofs.to_text()
            };
            give(text, answer, "text")
        }
        #[cfg(not(feature = "prove"))]
        {
            let _ = (kb, budget, text);
            Err(Failure::unsupported("proofs"))
        }
    })
}

/// A length of time in microseconds, from `24h`, `3d`, `23h59min` or ISO 8601; a day is 24 hours.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_duration_parse(
    text: Str,
    microseconds: Option<&mut i64>,
    error: Option<&mut *mut Error>,
) -> Status {
    crate::guard::enter(error, || {
        let microseconds = microseconds.ok_or_else(|| Failure::null("microseconds"))?;
        *microseconds = Elapsed::parse(text.name("text")?)
            .map_err(|why| Failure::text("text", format!("is no length of time: {why}")))?
            .microseconds();
        Ok(())
    })
}

/// Writes a length of time in words, `23 h 59 min`, with a zero byte, into a buffer of `count` bytes, cut off
/// where it does not fit. Answers how many bytes the whole takes without the zero byte.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_duration_words(
    microseconds: i64,
    buffer: *mut c_char,
    count: usize,
) -> usize {
    let mut needed = 0;
    crate::guard::enter(None, || {
        let words = Elapsed::from_microseconds(microseconds).to_string();
        needed = words.len();
        if count > 0 {
            let buffer = crate::text::list_mut(buffer.cast::<u8>(), count, "buffer")?;
            let zero = [0];
            let fitting = words.as_bytes().iter().take(count - 1).chain(&zero);
            for (place, byte) in buffer.iter_mut().zip(fitting) {
                *place = *byte;
            }
        }
        Ok(())
    });
    needed
}
