//! Liniment: a rule engine and knowledge base for advice.

pub mod case;
pub(crate) mod check;
pub mod diagnostic;
mod limits;
pub mod parse;
pub(crate) mod text;
mod verdict;

pub use limits::Limits;
pub use parse::Source;
pub use verdict::Verdict;
