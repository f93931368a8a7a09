//! Facts, definitions and vague quantities.

use serde::Deserialize;

use super::{Condition, Limit, Name, Text};
use crate::parse::spanned::Spanned;

/// Something a case can state.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// Its id.
    pub id: Name,
    /// What values it takes.
    pub kind: Spanned<FactKind>,
    /// The question that asks for it.
    pub ask: Text,
    /// Words for its options: `{"calf_only": "just the calf"}`.
    #[serde(default)]
    pub labels: Vec<(Name, Text)>,
    /// Asked only when this is True.
    #[serde(default)]
    pub ask_when: Option<Condition>,
    /// Cannot be changed by anybody's effort (an age, what happened): never proposed as a change.
    #[serde(default)]
    pub fixed: bool,
    /// How long an answer lasts; unknown after that.
    #[serde(default)]
    pub lasts: Option<Text>,
}

/// What values a fact takes.
#[derive(Clone, Debug, Deserialize)]
pub enum FactKind {
    /// Yes or no.
    YesNo,
    /// One of these options.
    Choice(Vec<Name>),
    /// One of these steps, in order.
    Scale(Vec<Name>),
    /// Any number of these options.
    Several(Vec<Name>),
    /// A whole number: `Integer(from: 0, to: 10, unit: "times")`, each part optional.
    Integer(Range),
    /// A decimal number with a unit: `Number(unit: "°C", from: 30, to: 45)`, each part optional.
    Number(Range),
    /// A length of time.
    Duration(Range),
    /// A length of time that grows by itself: `Clock`, or `Clock(runs_while: {…})`.
    Clock(ClockRange),
}

/// The values a number or duration may take.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Range {
    /// The unit, for numbers.
    pub unit: Option<Text>,
    /// The smallest value.
    pub from: Option<Limit>,
    /// The largest value.
    pub to: Option<Limit>,
}

/// When a clock runs.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ClockRange {
    /// It stands still unless this is True.
    pub runs_while: Option<Condition>,
}

/// A quantity given in words.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vague {
    /// Its id.
    pub id: Name,
    /// The words, shown wherever it is shown.
    pub words: Text,
    /// The least it can mean.
    pub from: Limit,
    /// The most it can mean.
    pub to: Limit,
}

/// A fact that follows from others: by rows (`when`), by counting rows (`at_least` with `of`), or by a score.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Define {
    /// Its id.
    pub id: Name,
    /// Yes when this is True.
    #[serde(default)]
    pub when: Option<Condition>,
    /// Yes when at least so many of `of` are True.
    #[serde(default)]
    pub at_least: Option<Spanned<u32>>,
    /// The conditions counted.
    #[serde(default)]
    pub of: Vec<Condition>,
    /// A whole number: the sum of the points whose condition is True.
    #[serde(default)]
    pub score: Vec<Spanned<Points>>,
    /// The certainty of a definition that is a judgement: `true` marks it as inferred by the pack's author.
    #[serde(default)]
    pub inferred: bool,
    /// Where it comes from.
    #[serde(default)]
    pub cites: Vec<Spanned<super::Cite>>,
}

/// One term of a score: `Points(2, {…})`.
#[derive(Clone, Debug, Deserialize)]
pub struct Points(pub Spanned<i32>, pub Condition);
