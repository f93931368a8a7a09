//! Why, why not, what if, what then; and what holds of every case.

use std::ffi::c_char;

#[cfg(feature = "tools")]
use liniment::PageFormat;
#[cfg(feature = "reasons")]
use liniment::case::read::CaseValue;
use liniment::{Elapsed, Verdict};

use crate::case::Case;
use crate::error::{Error, Failure};
use crate::guard::{enter_text, only_with};
use crate::kb::Kb;
use crate::status::Status;
use crate::text::{Str, Text};

/// In which form an answer is written. Each function says which of them it gives.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
    /// Canonical JSON, the same bytes as from the command line.
    Json = 1,
    /// Indented text for a person.
    Text = 2,
    /// A picture.
    Svg = 3,
    /// A page: one file that loads nothing, without scripts.
    Html = 4,
    /// The same page as a piece for a page that is there already.
    HtmlFragment = 5,
    /// The same page as Markdown.
    Markdown = 6,
}

impl Output {
    const ALL: [Output; 6] = [
        Output::Json,
        Output::Text,
        Output::Svg,
        Output::Html,
        Output::HtmlFragment,
        Output::Markdown,
    ];

    fn name(self) -> &'static str {
        match self {
            Output::Json => "LINIMENT_OUTPUT_JSON",
            Output::Text => "LINIMENT_OUTPUT_TEXT",
            Output::Svg => "LINIMENT_OUTPUT_SVG",
            Output::Html => "LINIMENT_OUTPUT_HTML",
            Output::HtmlFragment => "LINIMENT_OUTPUT_HTML_FRAGMENT",
            Output::Markdown => "LINIMENT_OUTPUT_MARKDOWN",
        }
    }

    /// The one of this number, among those that a function gives.
    pub(crate) fn of(number: i32, allowed: &[Output]) -> Result<Output, Failure> {
        let found = Output::ALL.into_iter().find(|output| *output as i32 == number);
        found.filter(|output| allowed.contains(output)).ok_or_else(|| {
            let names: Vec<&str> = allowed.iter().map(|output| output.name()).collect();
            Failure::argument(format!(
                "`output` is {number}; this function gives {}",
                names.join(", ")
            ))
        })
    }

    #[cfg(feature = "tools")]
    fn page(number: i32) -> Result<PageFormat, Failure> {
        const PAGES: [Output; 3] = [Output::Html, Output::HtmlFragment, Output::Markdown];
        Ok(match Output::of(number, &PAGES)? {
            Output::Markdown => PageFormat::Markdown,
            Output::HtmlFragment => PageFormat::HtmlFragment,
            _ => PageFormat::Html,
        })
    }
}

fn wanted(verdict: u8) -> Result<Verdict, Failure> {
    Verdict::from_code(verdict).ok_or_else(|| {
        Failure::argument(format!(
            "`verdict` is {verdict}, which is no verdict to be wanted"
        ))
    })
}

/// Why the case gets an advice id or a cause, or why not: the proof, down to facts, sources and lines.
/// `output` is LINIMENT_OUTPUT_JSON or LINIMENT_OUTPUT_TEXT; `text` is yours to free. LINIMENT_STATUS_UNSUPPORTED
/// in a library without reasons.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_explain(
    case: Option<&Case>,
    id: Str,
    output: i32,
    text: Option<&mut Text>,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_text(case, text, "text", error, |case| {
        let id = id.name("id")?;
        let output = Output::of(output, &[Output::Json, Output::Text])?;
        only_with!("reasons", "explanations", (case, id, output), {
            let explanation = case.kb.explain(&case.case, id)?;
            match output {
                Output::Json => Ok(explanation.to_json()),
                _ => Ok(explanation.to_text()),
            }
        })
    })
}

/// The advice for a case as a page to read: every piece with its proof to fold out, why the rest is not
/// advised, the plan as a picture, causes, questions, what is known, sources. What comes from packs and case
/// is escaped. `output` is LINIMENT_OUTPUT_HTML, LINIMENT_OUTPUT_HTML_FRAGMENT or LINIMENT_OUTPUT_MARKDOWN;
/// `text` is yours to free. LINIMENT_STATUS_UNSUPPORTED in a library without tools.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_advise_page(
    case: Option<&Case>,
    output: i32,
    text: Option<&mut Text>,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_text(case, text, "text", error, |case| {
        only_with!("tools", "pages", (case, output), {
            Ok(case.kb.advice_page(&case.case, Output::page(output)?)?)
        })
    })
}

/// The explanation of an advice id or a cause as a page to read: its proof, what would lead to the verdict
/// that is wanted, which facts suffice, what is known, sources. `verdict` is a `liniment_verdict`;
/// LINIMENT_VERDICT_NONE for the one that the id is usually given. `output` is as of `liniment_advise_page`;
/// `text` is yours to free. LINIMENT_STATUS_UNSUPPORTED in a library without tools.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_explain_page(
    case: Option<&Case>,
    id: Str,
    verdict: u8,
    output: i32,
    text: Option<&mut Text>,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_text(case, text, "text", error, |case| {
        let id = id.name("id")?;
        let wanted = match verdict {
            0 => None,
            verdict => Some(wanted(verdict)?),
        };
        only_with!("tools", "pages", (case, id, wanted, output), {
            let format = Output::page(output)?;
            Ok(case.kb.explanation_page(&case.case, id, wanted, format)?)
        })
    })
}

/// Why an advice id does not have a verdict, as the smallest changes of facts that would give it; `verdict`
/// is a `liniment_verdict`. JSON; `json` is yours to free. LINIMENT_STATUS_UNSUPPORTED in a library without
/// reasons.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_ways(
    case: Option<&Case>,
    id: Str,
    verdict: u8,
    json: Option<&mut Text>,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_text(case, json, "json", error, |case| {
        let (id, verdict) = (id.name("id")?, wanted(verdict)?);
        only_with!("reasons", "ways to a verdict", (case, id, verdict), {
            Ok(case.kb.ways_to(&case.case, id, verdict)?.to_json())
        })
    })
}

/// The smallest set of the case's facts that already suffices for what is said of an advice id. JSON; `json`
/// is yours to free. LINIMENT_STATUS_UNSUPPORTED in a library without reasons.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_suffices(
    case: Option<&Case>,
    id: Str,
    json: Option<&mut Text>,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_text(case, json, "json", error, |case| {
        let id = id.name("id")?;
        only_with!("reasons", "what suffices", (case, id), {
            Ok(case.kb.suffices(&case.case, id)?.to_json())
        })
    })
}

/// What some changes of facts would do; the case itself stays as it is. `changes` is a JSON object, fact to
/// value; null forgets a fact. JSON; `json` is yours to free. LINIMENT_STATUS_UNSUPPORTED in a library without
/// reasons.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_what_if(
    case: Option<&Case>,
    changes: Str,
    json: Option<&mut Text>,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_text(case, json, "json", error, |case| {
        let changes = changes.text("changes")?;
        only_with!("reasons", "what-if", (case, changes), {
            // Read as a case first: what is wrong is then said with its place.
            case.kb.case_from_json(changes)?;
            let changes: CaseValue = serde_json::from_str(changes)
                .map_err(|error| Failure::text("changes", format!("is no JSON: {error}")))?;
            Ok(case.kb.what_if(&case.case, &changes)?.to_json())
        })
    })
}

/// The advice as all clocks move forward together, up to `horizon_us` microseconds from now. `output` is
/// LINIMENT_OUTPUT_JSON or LINIMENT_OUTPUT_SVG; `text` is yours to free. LINIMENT_STATUS_UNSUPPORTED in a library
/// without reasons.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_plan(
    case: Option<&Case>,
    horizon_us: i64,
    output: i32,
    text: Option<&mut Text>,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_text(case, text, "text", error, |case| {
        if horizon_us < 0 {
            return Err(Failure::argument(format!(
                "`horizon_us` is {horizon_us}; it cannot be negative"
            )));
        }
        let output = Output::of(output, &[Output::Json, Output::Svg])?;
        let horizon = Elapsed::from_microseconds(horizon_us);
        only_with!("reasons", "plans", (case, horizon, output), {
            let plan = case.kb.plan(&case.case, horizon)?;
            match output {
                Output::Svg => Ok(plan.to_svg()),
                _ => Ok(plan.to_json()),
            }
        })
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
    text: Option<&mut Text>,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_text(kb, text, "text", error, |kb| {
        let output = Output::of(output, &[Output::Json, Output::Text])?;
        #[cfg(feature = "prove")]
        {
            let budget = if budget == 0 {
                liniment::prove::BUDGET
            } else {
                budget
            };
            let proofs = kb.kb.prove(budget);
            match output {
                Output::Json => Ok(proofs.to_json()),
                _ => Ok(proofs.to_text()),
            }
        }
        #[cfg(not(feature = "prove"))]
        {
            let _ = (kb, budget, output);
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
/// where it does not fit. Answers how many bytes the whole takes without the zero byte. `buffer` may be NULL when
/// `count` is 0.
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
