//! An interview, as the package's `Interview` builds on it.

use liniment::Interview;
use pyo3::prelude::*;

use crate::case::Case;
use crate::convert;
use crate::engine::Engine;
use crate::errors;

/// One question after the other, until no answer can change the advice any more.
#[pyclass(subclass, module = "liniment._core")]
pub(crate) struct InterviewState {
    interview: Interview,
    engine: Py<Engine>,
}

#[pymethods]
impl InterviewState {
    #[new]
    fn new(kb: &Bound<'_, Engine>, case: &Case) -> PyResult<Self> {
        let base = &kb.get().kb;
        let started = kb.py().detach(|| base.interview(case.case.clone()));
        match started {
            Ok(interview) => Ok(Self {
                interview,
                engine: kb.clone().unbind(),
            }),
            Err(error) => Err(errors::of_call(&error)),
        }
    }

    /// The interview as it stands, as JSON.
    fn to_json(&self) -> String {
        self.interview.to_json()
    }

    /// The advice as things are known, as JSON.
    fn advise_json(&self) -> String {
        self.interview.advice().to_json()
    }

    /// What is known; it can be saved, and the interview taken up from there.
    #[getter]
    fn case(&self, py: Python<'_>) -> Case {
        Case::new(self.engine.bind(py), self.interview.case().clone())
    }

    /// Whether no answer can change the advice any more.
    #[getter]
    fn finished(&self) -> bool {
        self.interview.is_finished()
    }

    /// The facts that are still worth asking for, in order, skipped ones included.
    #[getter]
    fn open(&self) -> Vec<&str> {
        self.interview.open()
    }

    /// The facts that were skipped, or answered only in part, and are still worth asking for.
    #[getter]
    fn skipped(&self) -> Vec<&str> {
        self.interview.skipped()
    }

    /// How many questions were answered, declined or skipped, and not taken back.
    #[getter]
    fn answered(&self) -> usize {
        self.interview.answered()
    }

    /// Answers the question with a value as a case states it; `None` skips it.
    #[pyo3(signature = (value: "object", *, now: "object" = None))]
    fn answer(
        &mut self,
        py: Python<'_>,
        value: &Bound<'_, PyAny>,
        now: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<()> {
        let fact = self
            .interview
            .question()
            .map_or("", |question| question.fact.as_str());
        let value = convert::value(value, fact, now)?;
        self.step(py, |interview| interview.answer(value))
    }

    /// Answers the question with what a person typed.
    fn answer_text(&mut self, py: Python<'_>, text: &str) -> PyResult<()> {
        self.step(py, |interview| interview.answer_text(text))
    }

    /// Leaves the question unanswered for good: the fact stays unknown and is not asked again.
    fn decline(&mut self, py: Python<'_>) -> PyResult<()> {
        self.step(py, Interview::decline)
    }

    /// Puts the question off; the case does not remember that.
    fn skip(&mut self, py: Python<'_>) -> PyResult<()> {
        self.step(py, Interview::skip)
    }

    /// Goes back to the question before, and forgets its answer. False at the first question.
    fn back(&mut self, py: Python<'_>) -> bool {
        let interview = &mut self.interview;
        py.detach(|| interview.back())
    }

    /// Takes up the questions that were put off.
    fn ask_skipped(&mut self, py: Python<'_>) {
        let interview = &mut self.interview;
        py.detach(|| interview.ask_skipped());
    }
}

impl InterviewState {
    fn step(
        &mut self,
        py: Python<'_>,
        step: impl FnOnce(&mut Interview) -> Result<(), liniment::Error> + Send,
    ) -> PyResult<()> {
        let interview = &mut self.interview;
        py.detach(|| step(interview))
            .map_err(|error| errors::of_call(&error))
    }
}
