//! A slow, obvious evaluator to compare the engine with.
//!
//! It shares nothing with the engine: a pack is a value of [`model::Pack`], which [`print`] turns into
//! RON text for the engine and [`evaluate`] judges directly, by trying every completion of a case.

pub(crate) mod evaluate;
pub(crate) mod generate;
pub(crate) mod model;
pub(crate) mod order;
pub(crate) mod print;
pub(crate) mod questions;
pub(crate) mod values;
