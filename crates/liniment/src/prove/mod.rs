//! `KnowledgeBase` → `Proofs`: what holds of every case, or a case of which it does not.
//!
//! Every question becomes a circuit over the possible values of a case and goes to a SAT solver. A case
//! that it finds counts only after the real evaluator has confirmed it; what is not decided within the
//! budget is said to be undecided, never passed over.
//!
//! A circuit holds what its question rests on and no more, and what is asked of one advice id is asked apart
//! from all others: the cost of a base grows with its rules, not with their square.

mod answers;
mod circuits;
mod claim;
mod clashes;
mod diff;
mod gates;
mod idle;
mod moments;
mod properties;
mod report;
mod rule_out;
mod rules;
mod scene;
mod search;
#[cfg(test)]
mod tests;
mod values;
mod variants;
mod witness;

pub use diff::{CauseDifference, Difference, Differences, diff};
pub(crate) use variants::{Slot, Variant, Variants, Wish};

pub use report::{Asked, Counts, ProofAnswer, Proofs};

use claim::World;
use report::Record;
use search::Prover;

use crate::check::base::AdviceIndex;
use crate::knowledge_base::KnowledgeBase;

/// How many steps, conflicts of the search, one question may take when nothing else is said.
pub const BUDGET: u64 = 20_000;

impl KnowledgeBase {
    /// Asks of all cases, partial ones included, what the packs promise and what would be a fault.
    ///
    /// `budget` is how many steps of search one question may take; [`BUDGET`](crate::prove::BUDGET) does
    /// for packs of a thousand rules. The answer is the same on every machine.
    pub fn prove(&self, budget: u64) -> Proofs {
        let mut prover = Prover::new(vec![World::new(self)], budget);
        let mut record = Record::default();
        promises(&mut prover, &mut record);
        let base = self.base();
        for (number, entry) in base.advice.iter().enumerate() {
            let scene = prover.fresh_scene();
            clashes::collisions(&mut prover, scene, &mut record, AdviceIndex::new(number));
            for rule in &entry.rules {
                rules::ask(&mut prover, scene, &mut record, *rule);
            }
            for rule in &entry.rules {
                idle::of_rule(&mut prover, scene, &mut record, *rule);
            }
        }
        clashes::emergencies(&mut prover, &mut record);
        clashes::steps(&mut prover, &mut record);
        answers::ask(&mut prover, &mut record);
        record.finish(self)
    }

    /// The first promise of the packs that is not proved, if there is one.
    pub(crate) fn broken_promise(&self, budget: u64) -> Option<String> {
        let mut prover = Prover::new(vec![World::new(self)], budget);
        let mut record = Record::default();
        promises(&mut prover, &mut record);
        record.first_open()
    }
}

/// The packs' own properties.
fn promises(prover: &mut Prover<'_>, record: &mut Record) {
    let scene = prover.scene();
    properties::ask(prover, scene, record);
    moments::ask(prover, record);
}
