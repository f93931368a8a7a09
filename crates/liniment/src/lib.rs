//! Liniment: a rule engine and knowledge base for advice.

mod advice;
pub mod case;
mod cells;
mod check;
mod compile;
pub mod diagnostic;
mod error;
mod evaluate;
mod explain;
mod knowledge_base;
mod limits;
pub mod pack_tests;
pub mod parse;
mod plan;
mod questions;
pub mod schema;
pub(crate) mod text;
mod verdict;

pub use advice::{
    Advice, AdviceItem, Amount, CauseItem, Citation, Conflict, ConflictingVerdict, Dose, Elapsed, OpensAt, PackVersion, Question, Report, Suppressed,
};
pub use case::{Case, FactKey};
pub use error::Error;
pub use evaluate::Truth;
pub use explain::{Explained, Explanation, Place, Proof, RuleProof, SourceCitation};
pub use knowledge_base::{AdviceId, Builder, FactId, FactInfo, FactType, KnowledgeBase, OptionId, OptionInfo, PackInfo, PhaseInfo, SourceInfo};
pub use limits::Limits;
pub use parse::Source;
pub use plan::{Change, Expiry, Interval, Plan, PlannedItem, StagePlan, Step};
pub use verdict::Verdict;
