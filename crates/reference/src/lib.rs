//! A slow, obvious evaluator to compare the engine with.
//!
//! It shares nothing with the engine: a pack is a value of [`model::Base`], which [`mod@print`] turns into
//! RON text for the engine and [`evaluate`] judges directly, by trying every completion of a case.
//! [`generate`] draws packs and cases, [`compare`] tells whether the engine says the same, [`at_once`] whether
//! it says of many rows, and with every set of instructions, what it says of one case.

pub mod at_once;
pub mod compare;
pub mod differential;
pub mod evaluate;
pub mod frames;
pub mod generate;
pub mod hostile;
pub mod model;
pub mod order;
pub mod print;
pub mod questions;
pub mod random;
pub mod shuffle;
pub mod soak;
pub mod strategy;
pub mod values;
