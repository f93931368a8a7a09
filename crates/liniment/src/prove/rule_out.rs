//! Questions of one shape: no case meets this. What is found is shortened before it is shown.

use super::claim::{Claim, Replay, World};
use super::report::Record;
use super::search::{Answer, Prover};
use super::witness::Witness;
use crate::case::Case;
use crate::check::base::AdviceIndex;
use crate::diagnostic::{Code, Finding};
use crate::parse::spanned::Span;
use crate::verdict::Verdict;

/// What no case may meet.
pub(super) struct Question<'q> {
    /// What should hold instead, for the record.
    pub(super) text: String,
    /// Where it comes from.
    pub(super) span: Option<Span>,
    pub(super) claim: &'q Claim,
}

impl Prover<'_> {
    /// Asks; a case that meets the claim after all becomes a finding.
    pub(super) fn rule_out(
        &mut self,
        scene: usize,
        record: &mut Record,
        question: Question<'_>,
        finding: impl FnOnce(Shown<'_>) -> Finding,
    ) {
        match self.find(scene, question.claim) {
            Answer::None => record.proved(question.text),
            Answer::Undecided => record.undecided(question.text, question.span),
            Answer::Found(cases) => {
                let (Some(case), Some(world)) = (cases.first(), self.world_of(scene)) else {
                    return;
                };
                let case = self.shortest(scene, case, question.claim);
                let finding = finding(Shown {
                    world,
                    case: &case,
                    record,
                });
                record.fails(question.text, finding);
            }
        }
    }
}

impl Prover<'_> {
    /// A case that meets a claim, written with remarks: what comes nearest to something that no case shows.
    pub(super) fn nearest(
        &mut self,
        scene: usize,
        record: &mut Record,
        code: &Code,
        claim: &Claim,
        remarks: impl FnOnce(&World<'_>, &Case) -> Vec<String>,
    ) -> Option<String> {
        let Answer::Found(cases) = self.find(scene, claim) else {
            return None;
        };
        let case = self.shortest(scene, cases.first()?, claim);
        let world = self.world_of(scene)?;
        let witness = Witness::new(record.name(code), world.base(), &case).remarks(remarks(world, &case));
        Some(witness.written())
    }
}

/// A case that shows a fault.
pub(super) struct Shown<'s> {
    pub(super) world: &'s World<'s>,
    pub(super) case: &'s Case,
    record: &'s mut Record,
}

impl Shown<'_> {
    /// Which of these advice ids are listed there with one of these verdicts.
    pub(super) fn listed(
        &self,
        advice: &[AdviceIndex],
        verdicts: &[Verdict],
    ) -> Vec<(AdviceIndex, Vec<Verdict>)> {
        let replay = Replay::of(self.world, self.case);
        advice
            .iter()
            .filter_map(|advice| replay.listed(*advice).map(|verdict| (*advice, verdict)))
            .filter(|(_, verdict)| verdicts.contains(verdict))
            .map(|(advice, verdict)| (advice, vec![verdict]))
            .collect()
    }

    pub(super) fn witness(&mut self, code: &Code) -> Witness {
        Witness::new(self.record.name(code), self.world.base(), self.case)
    }
}
