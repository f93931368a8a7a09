//! A case as it was written: a small value tree, before any fact is looked up.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};

/// A case as it was written: names and values, in order, each name once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CaseInput {
    /// The entries.
    pub entries: Vec<(String, CaseValue)>,
}

/// A value as it was written.
#[derive(Clone, Debug, PartialEq)]
pub enum CaseValue {
    /// `null`, or nothing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction or beyond the whole numbers' range.
    Number(f64),
    /// A string.
    Text(String),
    /// A list.
    List(Vec<CaseValue>),
    /// An object; each name once.
    Object(Vec<(String, CaseValue)>),
}
