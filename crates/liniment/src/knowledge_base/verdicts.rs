//! What is said of a case as verdicts and bits, without texts.

use super::{AdviceId, KnowledgeBase};
use crate::case::Case;
use crate::check::base::AdviceIndex;
use crate::error::Error;
use crate::screen::{CaseView, Masks, RawValue, with_room};
use crate::verdict::Verdict;

impl KnowledgeBase {
    /// The verdicts for a case, by advice id, without texts: fills `buffer`.
    ///
    /// # Errors
    /// When the case belongs to another knowledge base.
    pub fn verdicts<'a>(
        &self,
        case: &Case,
        buffer: &'a mut Vec<(AdviceId, Verdict)>,
    ) -> Result<&'a [(AdviceId, Verdict)], Error> {
        self.own_case(case)?;
        buffer.clear();
        with_room(|room| {
            let screen = self.shared.screen();
            screen.verdicts(self.base(), self.program(), view(case), room, |index, verdict| {
                let base = self.shared.number;
                buffer.push((AdviceId { base, index }, verdict));
            });
        });
        if !buffer.is_sorted() {
            buffer.sort_unstable();
        }
        Ok(buffer)
    }

    /// The verdicts for a case as numbers, one for each advice id in the order of their ids: 0 for none,
    /// else [`Verdict::code`].
    ///
    /// # Errors
    /// When the case belongs to another knowledge base, or there are not as many numbers as advice ids.
    pub fn verdict_codes(&self, case: &Case, codes: &mut [u8]) -> Result<(), Error> {
        self.own_case(case)?;
        if codes.len() != self.base().advice.len() {
            return Err(Error::length(self.base().advice.len(), codes.len()));
        }
        codes.fill(0);
        let mut say = |advice: AdviceIndex, verdict: Verdict| {
            if let Some(code) = codes.get_mut(advice.index()) {
                *code = verdict.code();
            }
        };
        let (screen, case) = (self.shared.screen(), view(case));
        if !screen.plain_verdicts(self.program(), case, &mut say) {
            with_room(|room| screen.verdicts(self.base(), self.program(), case, room, say));
        }
        Ok(())
    }

    /// The rules that are live for a case, and those that can be.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let (kb, _) = liniment::KnowledgeBase::builder().pack(liniment_rules::calf_cramps()).build()?;
    /// let mut case = kb.case();
    /// case.set("goals", ["prevent"])?.set("hot_conditions", true)?;
    /// let mut masks = liniment::Masks::new();
    /// kb.masks(&case, &mut masks)?;
    /// let reduce_heat = kb.rule_ids().iter().position(|id| *id == "reduce_heat").ok_or("no such rule")?;
    /// assert_eq!(masks.truth(reduce_heat), liniment::Truth::Unknown);
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// When the case belongs to another knowledge base.
    pub fn masks(&self, case: &Case, masks: &mut Masks) -> Result<(), Error> {
        self.own_case(case)?;
        self.shared.screen().of_case(self.program(), view(case), masks);
        Ok(())
    }

    /// The rules that are live for what is known of each fact, and those that can be. The values stand in
    /// the order of [`facts`](Self::facts), one for each.
    ///
    /// # Errors
    /// When there are not as many values as facts, or a value is not of its fact's kind or range.
    pub fn masks_of(&self, values: &[RawValue], masks: &mut Masks) -> Result<(), Error> {
        self.shared
            .screen()
            .of_raw(self.base(), self.program(), values, masks)
    }

    /// The numbers of the rules that are live for a case, in the order of [`rule_ids`](Self::rule_ids), in no
    /// particular order; faster than masks when there are many rules. `masks` is room that is used again.
    ///
    /// # Errors
    /// When the case belongs to another knowledge base.
    pub fn live_rules(&self, case: &Case, masks: &mut Masks, rules: &mut Vec<u32>) -> Result<(), Error> {
        self.own_case(case)?;
        self.shared
            .screen()
            .live_rules(self.program(), view(case), masks, rules);
        Ok(())
    }

    /// The numbers of the rules that are live for what is known of each fact; see
    /// [`masks_of`](Self::masks_of) and [`live_rules`](Self::live_rules).
    ///
    /// # Errors
    /// As [`masks_of`](Self::masks_of).
    pub fn live_rules_of(
        &self,
        values: &[RawValue],
        masks: &mut Masks,
        rules: &mut Vec<u32>,
    ) -> Result<(), Error> {
        self.shared
            .screen()
            .live_rules_of_raw(self.base(), self.program(), values, masks, rules)
    }
}

/// What evaluation needs of a case.
fn view(case: &Case) -> CaseView<'_> {
    CaseView {
        codes: case.codes(),
        possible: case.possible(),
        several: case.has_several(),
    }
}
