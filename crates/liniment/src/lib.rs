//! Liniment: a rule engine and knowledge base for advice.

pub mod case;
mod cells;
mod check;
pub mod diagnostic;
pub mod parse;
mod verdict;

pub use verdict::Verdict;
