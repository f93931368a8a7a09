//! What is said of a case, with texts, reasons and questions.

use serde::Serialize;

use super::KnowledgeBase;
use crate::advice::{Advice, Assembly, Elapsed, assemble};
use crate::case::{Case, serialize};
use crate::check::base::CauseIndex;
use crate::check::base::RuleKind;
use crate::counterfactual::{Suffices, Ways, WhatIf, suffices, ways_to, what_if};
use crate::error::Error;
use crate::evaluate::{Truths, outcome};
use crate::explain::{Explanation, Subject, explain};
use crate::plan::{Plan, plan};
use crate::text::nearest::nearest;
use crate::verdict::Verdict;

impl KnowledgeBase {
    /// The advice for a case.
    ///
    /// # Errors
    /// When the case belongs to another knowledge base.
    pub fn advise(&self, case: &Case) -> Result<Advice, Error> {
        self.advise_with(case, true)
    }

    /// The advice for a case, its `questions` left empty.
    pub(crate) fn advise_without_questions(&self, case: &Case) -> Result<Advice, Error> {
        self.advise_with(case, false)
    }

    fn advise_with(&self, case: &Case, questions: bool) -> Result<Advice, Error> {
        self.own_case(case)?;
        let truths = Truths::new(self.program(), case.possible());
        let outcome = outcome(self.base(), self.program(), &truths);
        let assembly = self.assembly(case, &truths);
        Ok(assemble(&assembly, &outcome, questions))
    }

    fn assembly<'a>(&'a self, case: &'a Case, truths: &'a Truths<'a>) -> Assembly<'a> {
        Assembly {
            base: self.base(),
            program: self.program(),
            truths,
            known: case.known(),
            language: self.language,
        }
    }

    /// The advice for a case, with what each item waits for.
    #[cfg(feature = "arrow")]
    pub(crate) fn advise_waiting(&self, case: &Case, questions: bool) -> (Advice, Vec<crate::advice::Waits>) {
        let truths = Truths::new(self.program(), case.possible());
        let outcome = outcome(self.base(), self.program(), &truths);
        let assembly = self.assembly(case, &truths);
        let waits = crate::advice::waits_of(&assembly, &outcome);
        (assemble(&assembly, &outcome, questions), waits)
    }

    /// The verdicts for a case in the order of the advice, without texts.
    #[cfg(feature = "arrow")]
    pub(crate) fn verdicts_in_order(&self, case: &Case) -> Vec<(&str, Verdict)> {
        let truths = Truths::new(self.program(), case.possible());
        let outcome = outcome(self.base(), self.program(), &truths);
        crate::advice::ordered(self.base(), outcome.items.iter())
            .iter()
            .filter_map(|item| {
                let advice = self.base().advice.get(item.advice.index())?;
                Some((advice.id.as_str(), item.verdict))
            })
            .collect()
    }

    /// The advice as all clocks move forward together, up to the horizon.
    ///
    /// # Errors
    /// When the case belongs to another knowledge base.
    pub fn plan(&self, case: &Case, horizon: Elapsed) -> Result<Plan, Error> {
        self.own_case(case)?;
        plan(self, case, horizon)
    }

    /// The proof of what is said of an advice id or cause, or of why nothing is.
    ///
    /// An advice id goes before a cause of the same name.
    ///
    /// # Errors
    /// When the case belongs to another knowledge base, or there is no such advice id or cause.
    pub fn explain(&self, case: &Case, id: &str) -> Result<Explanation, Error> {
        self.own_case(case)?;
        let subject = match (
            self.advice_id(id),
            self.base()
                .causes
                .binary_search_by(|cause| cause.id.as_str().cmp(id)),
        ) {
            (Ok(advice), _) => Subject::Advice(advice.index),
            (_, Ok(cause)) => Subject::Cause(CauseIndex::new(cause)),
            _ => {
                let causes = self.base().causes.iter().map(|cause| cause.id.as_str());
                return Err(Error::unknown_advice(
                    id,
                    nearest(id, self.advice_ids().into_iter().chain(causes)),
                ));
            }
        };
        let truths = Truths::new(self.program(), case.possible());
        let outcome = outcome(self.base(), self.program(), &truths);
        let assembly = self.assembly(case, &truths);
        Ok(explain(&assembly, &outcome, subject))
    }

    /// What some changes of facts would do: which verdicts change, appear or vanish, and why. The changes
    /// are a struct or map, fact to value; null forgets a fact.
    ///
    /// # Errors
    /// When the case belongs to another knowledge base, or a change is not of its fact's kind.
    pub fn what_if<T: Serialize + ?Sized>(&self, case: &Case, changes: &T) -> Result<WhatIf, Error> {
        self.own_case(case)?;
        what_if(self, case, &serialize::to_input(changes)?)
    }

    /// The smallest changes of facts that would give an advice id a verdict: fewest facts, then the shortest
    /// distance (steps of a scale, amounts of a number or time, one for a choice). Facts that nobody can
    /// change stay, and clocks only move forward. Every way listed was tried.
    ///
    /// # Errors
    /// When the case belongs to another knowledge base, or there is no such advice id.
    pub fn ways_to(&self, case: &Case, id: &str, wanted: Verdict) -> Result<Ways, Error> {
        self.own_case(case)?;
        ways_to(self, case, self.advice_id(id)?.index, wanted)
    }

    /// The verdict that the best ranked rule of an advice id gives when it speaks: what a reader would want
    /// of it, as a rule.
    ///
    /// # Errors
    /// When there is no such advice id.
    pub fn main_verdict(&self, id: &str) -> Result<Verdict, Error> {
        let entry = self.base().advice.get(self.advice_id(id)?.index());
        let rules = entry.map_or(&[][..], |entry| &entry.rules);
        let rules = || {
            rules
                .iter()
                .filter_map(|rule| self.base().rules.get(rule.index()))
        };
        // A wait only says: not yet.
        let speaks = rules().find(|rule| rule.kind != RuleKind::Wait);
        Ok(speaks
            .or_else(|| rules().next())
            .map_or(Verdict::Inform, |rule| rule.verdict))
    }

    /// The smallest set of the case's facts that already suffices for the verdict of an advice id.
    ///
    /// # Errors
    /// When the case belongs to another knowledge base, or there is no such advice id.
    pub fn suffices(&self, case: &Case, id: &str) -> Result<Suffices, Error> {
        self.own_case(case)?;
        Ok(suffices(self, case, self.advice_id(id)?.index))
    }
}
