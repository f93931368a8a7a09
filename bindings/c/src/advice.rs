//! Advice: what is said of a case, read item by item or as JSON.

use std::ffi::{CStr, c_char};

use crate::advice_view::{Cause, Conflict, Item, Question, Suppressed, View};
use crate::case::Case;
use crate::error::{Error, Failure};
use crate::guard::{Handle, Poison, answer, enter_new, enter_on, enter_text, free};
use crate::status::Status;
use crate::text::{Str, Text, entry};

/// The advice for a case: verdicts in the order in which a reader should meet them, causes, questions,
/// conflicts, and what is silenced.
///
/// It never changes; several threads may read it. It needs neither its case nor its knowledge base any more.
/// Texts and lists that are handed out of it live as long as it does.
pub struct Advice {
    advice: liniment::Advice,
    view: View,
    poison: Poison,
}

impl Handle for Advice {
    const NAME: &'static str = "advice";
    fn poison(&self) -> &Poison {
        &self.poison
    }
}

impl Advice {
    pub(crate) fn new(advice: liniment::Advice) -> Self {
        Self {
            view: View::new(&advice),
            advice,
            poison: Poison::default(),
        }
    }
}

/// The advice for a case. `*advice` is yours to free with `liniment_advice_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_advise(
    case: Option<&Case>,
    advice: Option<&mut *mut Advice>,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_new(case, advice, "advice", error, |case| {
        Ok(Advice::new(case.kb.advise(&case.case)?))
    })
}

/// Frees advice; NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_advice_free(advice: *mut Advice) {
    // SAFETY: the header asks for advice of this library, freed once.
    unsafe { free(advice) }
}

/// The advice as canonical JSON, the same bytes as from the command line; `json` is yours to free.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_advice_json(
    advice: Option<&Advice>,
    json: Option<&mut Text>,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_text(advice, json, "json", error, |advice| Ok(advice.advice.to_json()))
}

/// The advice for a case as canonical JSON, in one call; `json` is yours to free.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_advise_json(
    case: Option<&Case>,
    json: Option<&mut Text>,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_text(case, json, "json", error, |case| {
        Ok(case.kb.advise(&case.case)?.to_json())
    })
}

/// How many verdicts there are.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_advice_count(advice: Option<&Advice>) -> usize {
    answer(advice, 0, |advice| advice.view.items.len())
}

/// Fills `item` with a verdict, in order, from 0. Set `item->size` before the call; the texts live as long as
/// `advice`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_advice_item(
    advice: Option<&Advice>,
    index: usize,
    item: *mut Item,
) -> Status {
    enter_on(advice, None, |advice| {
        entry(&advice.view.items, index, item, "item")
    })
}

/// Fills `item` with the verdict of an advice id. LINIMENT_STATUS_UNKNOWN_NAME when nothing is said of it.
/// Set `item->size` before the call; the texts live as long as `advice`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_advice_find(advice: Option<&Advice>, id: Str, item: *mut Item) -> Status {
    enter_on(advice, None, |advice| {
        let id = id.name("id")?;
        let position = advice.advice.items().iter().position(|item| item.id == id);
        match position {
            Some(index) => entry(&advice.view.items, index, item, "item"),
            None if item.is_null() => Err(Failure::null("item")),
            None => Err(Failure::nothing_said(id)),
        }
    })
}

/// How many causes are named.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_advice_cause_count(advice: Option<&Advice>) -> usize {
    answer(advice, 0, |advice| advice.view.causes.len())
}

/// Fills `cause` with a cause, primary ones first, from 0. Set `cause->size` before the call; the texts live as
/// long as `advice`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_advice_cause(
    advice: Option<&Advice>,
    index: usize,
    cause: *mut Cause,
) -> Status {
    enter_on(advice, None, |advice| {
        entry(&advice.view.causes, index, cause, "cause")
    })
}

/// How many questions are worth asking.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_advice_question_count(advice: Option<&Advice>) -> usize {
    answer(advice, 0, |advice| advice.view.questions.len())
}

/// Whether every question was proved to be able to change the advice.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_advice_questions_exact(advice: Option<&Advice>) -> bool {
    answer(advice, false, |advice| advice.advice.questions_exact())
}

/// Fills `question` with a question, the most telling first, from 0. Set `question->size` before the call; the
/// texts live as long as `advice`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_advice_question(
    advice: Option<&Advice>,
    index: usize,
    question: *mut Question,
) -> Status {
    enter_on(advice, None, |advice| {
        entry(&advice.view.questions, index, question, "question")
    })
}

/// How many conflicts there are.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_advice_conflict_count(advice: Option<&Advice>) -> usize {
    answer(advice, 0, |advice| advice.view.conflicts.len())
}

/// Fills `conflict` with a conflict, from 0. Set `conflict->size` before the call; the texts live as long as
/// `advice`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_advice_conflict(
    advice: Option<&Advice>,
    index: usize,
    conflict: *mut Conflict,
) -> Status {
    enter_on(advice, None, |advice| {
        entry(&advice.view.conflicts, index, conflict, "conflict")
    })
}

/// How many advice ids are silenced.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_advice_suppressed_count(advice: Option<&Advice>) -> usize {
    answer(advice, 0, |advice| advice.view.suppressed.len())
}

/// Fills `suppressed` with what is silenced, from 0. Set `suppressed->size` before the call; the texts live as
/// long as `advice`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_advice_suppressed(
    advice: Option<&Advice>,
    index: usize,
    suppressed: *mut Suppressed,
) -> Status {
    enter_on(advice, None, |advice| {
        entry(&advice.view.suppressed, index, suppressed, "suppressed")
    })
}

/// The language of its texts. Lives as long as `advice`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_advice_language(advice: Option<&Advice>) -> Str {
    answer(advice, Str::ABSENT, |advice| advice.view.language)
}

/// The name of a verdict as it stands in JSON, `recommend`; `none` for 0, NULL for what is no verdict. Lives
/// for ever.
#[unsafe(no_mangle)]
pub extern "C" fn liniment_verdict_name(verdict: u8) -> *const c_char {
    const NAMES: [&CStr; 12] = [
        c"none",
        c"emergency",
        c"urgent",
        c"refer",
        c"out_of_scope",
        c"avoid",
        c"defer",
        c"recommend",
        c"optional",
        c"inferior",
        c"ineffective",
        c"inform",
    ];
    NAMES
        .get(usize::from(verdict))
        .map_or(std::ptr::null(), |name| name.as_ptr())
}
