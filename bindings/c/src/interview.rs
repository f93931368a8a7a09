//! Interviews: the most telling question first, until no answer can change the advice.

use crate::advice::Advice;
use crate::case::Case;
use crate::error::{Error, Failure};
use crate::guard::{Handle, Poison, answer, enter_mut, enter_new, enter_text, free};
use crate::status::Status;
use crate::text::{Str, Text};

/// An interview about a case. It has one owner: one thread at a time. It keeps what it needs alive.
pub struct Interview {
    kb: liniment::KnowledgeBase,
    interview: liniment::Interview,
    poison: Poison,
}

impl Handle for Interview {
    const NAME: &'static str = "interview";
    fn poison(&self) -> &Poison {
        &self.poison
    }
}

/// An interview that goes on from what the case knows; the case itself is not changed. `*interview` is yours
/// to free with `liniment_interview_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_interview_new(
    case: Option<&Case>,
    interview: Option<&mut *mut Interview>,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_new(case, interview, "interview", error, |case| {
        Ok(Interview {
            kb: case.kb.clone(),
            interview: case.kb.interview(case.case.clone())?,
            poison: Poison::default(),
        })
    })
}

/// Frees an interview; NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_interview_free(interview: *mut Interview) {
    // SAFETY: the header asks for an interview of this library, freed once.
    unsafe { free(interview) }
}

/// The number of the fact to ask for now; -1 when the interview is finished, or only questions that were
/// skipped are left, or for NULL. `liniment_kb_fact_info` has the question and its options.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_interview_question(interview: Option<&Interview>) -> i64 {
    answer(interview, -1, |interview| {
        let question = interview.interview.question();
        let fact = question.and_then(|question| interview.kb.fact(&question.fact).ok());
        fact.and_then(|fact| i64::try_from(fact.index()).ok())
            .unwrap_or(-1)
    })
}

/// Whether no answer can change the advice any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_interview_finished(interview: Option<&Interview>) -> bool {
    answer(interview, false, |interview| interview.interview.is_finished())
}

/// Answers the question with what a person typed: an option by its name, label or number from 1; several
/// with commas between; `yes` or `no`; a number; a length of time such as `36h`; a range, `1d to 3d`. When
/// it is no answer, the error says what is, and the question stands.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_interview_answer(
    interview: Option<&mut Interview>,
    text: Str,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_mut(interview, error, |interview| {
        interview.interview.answer_text(text.name("text")?)?;
        Ok(())
    })
}

/// Leaves the question unanswered for good.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_interview_decline(
    interview: Option<&mut Interview>,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_mut(interview, error, |interview| Ok(interview.interview.decline()?))
}

/// Puts the question off; `liniment_interview_ask_skipped` takes such questions up again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_interview_skip(
    interview: Option<&mut Interview>,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_mut(interview, error, |interview| Ok(interview.interview.skip()?))
}

/// Takes up the questions that were put off.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_interview_ask_skipped(
    interview: Option<&mut Interview>,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_mut(interview, error, |interview| {
        interview.interview.ask_skipped();
        Ok(())
    })
}

/// Goes back to the question before, and forgets its answer. `*moved` is false at the first question.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_interview_back(
    interview: Option<&mut Interview>,
    moved: Option<&mut bool>,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_mut(interview, error, |interview| {
        let moved = moved.ok_or_else(|| Failure::null("moved"))?;
        *moved = interview.interview.back();
        Ok(())
    })
}

/// The advice as things are known. `*advice` is yours to free with `liniment_advice_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_interview_advice(
    interview: Option<&Interview>,
    advice: Option<&mut *mut Advice>,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_new(interview, advice, "advice", error, |interview| {
        Ok(Advice::new(interview.interview.advice().clone()))
    })
}

/// A case with what is known by now. `*new_case` is yours to free with `liniment_case_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_interview_case(
    interview: Option<&Interview>,
    new_case: Option<&mut *mut Case>,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_new(interview, new_case, "new_case", error, |interview| {
        Ok(Case::new(&interview.kb, interview.interview.case().clone()))
    })
}

/// The interview as it stands as JSON: the question, what hangs on it, what is open; `json` is yours to free.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_interview_json(
    interview: Option<&Interview>,
    json: Option<&mut Text>,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_text(interview, json, "json", error, |interview| {
        Ok(interview.interview.to_json())
    })
}
