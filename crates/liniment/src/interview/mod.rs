//! The interview: one question after the other, until no answer can change the advice any more.

mod answer;
#[cfg(test)]
mod tests;

use serde::Serialize;
use serde_json::Value;

use crate::advice::Advice;
use crate::case::Case;
use crate::case::read::CaseValue;
use crate::case::value::FactValue;
use crate::check::base::{FactIndex, FactKind, RuleKind, Scalar};
use crate::compact_sort::CompactSort;
use crate::error::Error;
use crate::knowledge_base::{FactType, KnowledgeBase, OptionInfo};
use crate::questions::is_unknown;
use crate::text::{duration, json};
use crate::verdict::Verdict;

/// Asks for what is not known of a case, the most telling first, until no answer can change the advice.
///
/// A fact whose answer was declined is not asked again. A question that was skipped, or answered only in
/// part (by a range, say), is put off: [`ask_skipped`](Self::ask_skipped) takes these up again.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let (kb, _) = liniment::KnowledgeBase::builder().pack(liniment_rules::calf_cramps()).build()?;
/// let mut interview = kb.interview(kb.case())?;
/// let question = interview.question().ok_or("nothing to ask")?;
/// assert_eq!(question.fact, "muscles_affected");
/// assert!(question.red_flag.is_some());
/// interview.answer_text("calf_only")?;
/// interview.decline()?;
/// assert!(interview.back());
/// println!("{} to go, {} so far", interview.open().len(), interview.advice().items().len());
/// let saved = interview.case().to_json();
/// # let _ = saved; Ok(()) }
/// ```
#[derive(Clone, Debug)]
pub struct Interview {
    kb: KnowledgeBase,
    case: Case,
    advice: Advice,
    question: Option<InterviewQuestion>,
    skipped: Vec<FactIndex>,
    steps: Vec<Step>,
}

/// What `back` undoes.
#[derive(Clone, Debug)]
struct Step {
    fact: FactIndex,
    value: FactValue,
    skipped: Vec<FactIndex>,
}

/// A question of an interview, with all that is needed to ask it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct InterviewQuestion {
    /// The fact it asks for.
    pub fact: String,
    /// What values the fact takes.
    pub kind: FactType,
    /// The question.
    pub ask: String,
    /// The options, if the fact has any, in order.
    pub options: Vec<OptionInfo>,
    /// The unit of a number.
    pub unit: Option<String>,
    /// The smallest value, as a case states it; null when there is no such limit.
    pub from: Value,
    /// The largest value, as a case states it; null when there is no such limit.
    pub to: Value,
    /// What is known already, as a case states it: a range, a part, reports that disagree; null when nothing is.
    pub known: Value,
    /// The most urgent red flag that hangs on the answer, if one does.
    pub red_flag: Option<Verdict>,
    /// What hangs on the answer, red flags first, the most urgent first.
    pub because: Vec<Stake>,
}

/// An advice id that hangs on an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Stake {
    /// The advice id.
    pub id: String,
    /// The level of its most urgent red flag, if a red flag speaks of it.
    pub red_flag: Option<Verdict>,
    /// The verdict as things are known; none when there is none.
    pub now: Option<Verdict>,
    /// What its best ranked rule says to the reader.
    pub text: String,
}

/// An interview as it stands, for programs.
#[derive(Serialize)]
struct State<'a> {
    format: u32,
    lang: &'a str,
    question: Option<&'a InterviewQuestion>,
    finished: bool,
    exact: bool,
    open: Vec<&'a str>,
    skipped: Vec<&'a str>,
    answered: usize,
    case: Value,
}

impl KnowledgeBase {
    /// An interview that goes on from what is known of a case.
    ///
    /// # Errors
    /// When the case belongs to another knowledge base.
    pub fn interview(&self, case: Case) -> Result<Interview, Error> {
        let advice = self.advise(&case)?;
        let mut interview = Interview {
            kb: self.clone(),
            case,
            advice,
            question: None,
            skipped: Vec::new(),
            steps: Vec::new(),
        };
        interview.choose();
        Ok(interview)
    }
}

impl Interview {
    /// The question to ask now: none when the interview is finished, or only skipped questions are left.
    pub fn question(&self) -> Option<&InterviewQuestion> {
        self.question.as_ref()
    }

    /// Whether no answer can change the advice any more. Questions that could not be decided keep it open.
    pub fn is_finished(&self) -> bool {
        self.advice.questions().is_empty()
    }

    /// The facts that are still worth asking for, in order, skipped ones included.
    pub fn open(&self) -> Vec<&str> {
        let questions = self.advice.questions().iter();
        questions.map(|question| question.fact.as_str()).collect()
    }

    /// The facts that were skipped, or answered only in part, and are still worth asking for.
    pub fn skipped(&self) -> Vec<&str> {
        let open = self.advice.questions().iter();
        open.filter(|question| self.is_skipped(&question.fact))
            .map(|question| question.fact.as_str())
            .collect()
    }

    /// How many questions were answered, declined or skipped, and not taken back.
    pub fn answered(&self) -> usize {
        self.steps.len()
    }

    /// The advice as things are known.
    pub fn advice(&self) -> &Advice {
        &self.advice
    }

    /// What is known of the case; its JSON can be saved, and the interview taken up from there.
    pub fn case(&self) -> &Case {
        &self.case
    }

    /// Ends the interview with what is known of the case.
    pub fn into_case(self) -> Case {
        self.case
    }

    /// Answers the question with a value as a case states it. Null skips it.
    ///
    /// # Errors
    /// When there is no question, or the value is not of its fact's kind; the question stands then.
    pub fn answer(&mut self, value: impl Into<CaseValue>) -> Result<(), Error> {
        let (fact, id) = self.asked()?;
        let mut case = self.case.clone();
        case.set(id.as_str(), value)?;
        let open = is_unknown(&self.kb.program().cells, case.possible(), fact);
        self.step(fact, case, open)
    }

    /// Answers the question with what a person typed: an option by its id, its label or its number from 1;
    /// several of them with commas between, or `none`; `yes` or `no`; a number with or without its unit; a
    /// length of time such as `36h` or `3 days`, or `never`; a range such as `1d to 3d`. The words of the
    /// knowledge base's language count beside the English ones; capitals do not matter.
    ///
    /// # Errors
    /// When there is no question, or the text is no answer to it; the question stands then.
    pub fn answer_text(&mut self, text: &str) -> Result<(), Error> {
        let Some(question) = &self.question else {
            return Err(Error::no_question());
        };
        let value = answer::read(question, text);
        self.answer(value)
    }

    /// Leaves the question unanswered for good: the fact stays unknown and is not asked again.
    ///
    /// # Errors
    /// When there is no question.
    pub fn decline(&mut self) -> Result<(), Error> {
        let (fact, id) = self.asked()?;
        let mut case = self.case.clone();
        case.decline(id.as_str())?;
        self.step(fact, case, false)
    }

    /// Puts the question off; the case does not remember that.
    ///
    /// # Errors
    /// When there is no question.
    pub fn skip(&mut self) -> Result<(), Error> {
        let (fact, _) = self.asked()?;
        self.step(fact, self.case.clone(), true)
    }

    /// Goes back to the question before, and forgets its answer. False at the first question.
    pub fn back(&mut self) -> bool {
        let Some(step) = self.steps.pop() else {
            return false;
        };
        self.case.put(step.fact, step.value);
        self.skipped = step.skipped;
        // The case is this knowledge base's own.
        if let Ok(advice) = self.kb.advise(&self.case) {
            self.advice = advice;
        }
        self.choose();
        true
    }

    /// Takes up the questions that were put off.
    pub fn ask_skipped(&mut self) {
        self.skipped.clear();
        self.choose();
    }

    /// The interview as it stands, as canonical JSON.
    pub fn to_json(&self) -> String {
        let state = State {
            format: 1,
            lang: self.kb.lang(),
            question: self.question.as_ref(),
            finished: self.is_finished(),
            exact: self.advice.questions_exact(),
            open: self.open(),
            skipped: self.skipped(),
            answered: self.answered(),
            case: serde_json::from_str(&self.case.to_json()).unwrap_or_default(),
        };
        json::to_json(&state)
    }

    fn asked(&self) -> Result<(FactIndex, String), Error> {
        let question = self.question.as_ref().ok_or_else(Error::no_question)?;
        let fact = self.kb.fact(&question.fact)?;
        Ok((fact.index, question.fact.clone()))
    }

    fn step(&mut self, fact: FactIndex, case: Case, put_off: bool) -> Result<(), Error> {
        let advice = self.kb.advise(&case)?;
        let known = self.case.known().get(fact.index());
        self.steps.push(Step {
            fact,
            value: known.map_or(FactValue::Unknown, |known| known.0.clone()),
            skipped: self.skipped.clone(),
        });
        if put_off {
            self.skipped.push(fact);
        }
        self.case = case;
        self.advice = advice;
        self.choose();
        Ok(())
    }

    fn is_skipped(&self, fact: &str) -> bool {
        self.kb
            .fact(fact)
            .is_ok_and(|fact| self.skipped.contains(&fact.index))
    }

    fn choose(&mut self) {
        let questions = self.advice.questions();
        let next = questions.iter().find(|question| !self.is_skipped(&question.fact));
        self.question = next.and_then(|question| {
            let fact = self.kb.fact(&question.fact).ok()?;
            let found = self.kb.base().facts.get(fact.index.index())?;
            let info = self.kb.fact_info(found);
            let (from, to) = limits(&found.kind);
            let known = self.case.known().get(fact.index.index());
            let because = self.stakes(&question.because);
            Some(InterviewQuestion {
                fact: info.id,
                kind: info.kind,
                ask: info.ask,
                options: info.options,
                unit: info.unit,
                from,
                to,
                known: known.map_or(Value::Null, |known| known.0.to_json(found)),
                red_flag: question.red_flag,
                because,
            })
        });
    }

    fn stakes(&self, ids: &[String]) -> Vec<Stake> {
        let base = self.kb.base();
        let stake = |id: &String| {
            let advice = self.kb.advice_id(id).ok()?;
            let rules: Vec<_> = base
                .advice
                .get(advice.index())?
                .rules
                .iter()
                .filter_map(|rule| base.rules.get(rule.index()))
                .collect();
            let flags = rules.iter().filter(|rule| rule.kind == RuleKind::RedFlag);
            Some(Stake {
                id: id.clone(),
                red_flag: flags.map(|rule| rule.verdict).min(),
                now: self.advice.get(id).map(|item| item.verdict),
                text: rules
                    .first()
                    .map(|rule| self.kb.say(&rule.text))
                    .unwrap_or_default(),
            })
        };
        let mut stakes: Vec<Stake> = ids.iter().filter_map(stake).collect();
        stakes.compact_sort_by_key(|stake| (stake.red_flag.is_none(), stake.red_flag));
        stakes
    }
}

/// The smallest and the largest value of a fact, as a case states them.
fn limits(kind: &FactKind) -> (Value, Value) {
    let value = |scalar: Option<Scalar>| match scalar {
        Some(Scalar::Integer(value)) => Value::from(value),
        Some(Scalar::Number(value)) => Value::from(value),
        Some(Scalar::Duration(value)) => Value::from(duration::iso(value)),
        None => Value::Null,
    };
    match kind {
        FactKind::Integer { from, to, .. } => {
            (value(from.map(Scalar::Integer)), value(to.map(Scalar::Integer)))
        }
        FactKind::Number { from, to, .. } => (value(from.map(Scalar::Number)), value(to.map(Scalar::Number))),
        FactKind::Duration { from, to } => {
            (value(from.map(Scalar::Duration)), value(to.map(Scalar::Duration)))
        }
        _ => (Value::Null, Value::Null),
    }
}
