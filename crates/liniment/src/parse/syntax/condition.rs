//! Conditions: rows of tests.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, SeqAccess, Visitor};

use super::Name;
use crate::parse::spanned::{Span, Spanned};

// The pack deserializer knows these names: it answers a row or a list of rows as a list of rows, a row as a
// list of pairs, and a limit as the variant that fits how it is written.
pub(crate) const CONDITION: &str = "$liniment::Condition";
pub(crate) const ROW: &str = "$liniment::Row";
pub(crate) const LIMIT: &str = "$liniment::Limit";

/// One row `{…}`, or a list of rows `[{…}, {…}]` of which any one is enough.
#[derive(Clone, Debug)]
pub struct Condition {
    /// The rows; a condition of one row has one.
    pub rows: Vec<Row>,
    /// From the first bracket to the last.
    pub span: Span,
}

/// Facts with what must hold of each; all of them together.
#[derive(Clone, Debug)]
pub struct Row {
    /// The entries, in the order written.
    pub entries: Vec<RowEntry>,
    /// From `{` to `}`.
    pub span: Span,
}

/// One entry of a row: a fact or definition on the left, a test on the right.
#[derive(Clone, Debug)]
pub struct RowEntry {
    /// The fact, the definition, or, in properties, the advice id.
    pub name: Name,
    /// What must hold of it.
    pub test: Spanned<Test>,
}

/// What must hold of one fact.
#[derive(Clone, Debug, Deserialize)]
pub enum Test {
    /// A yes-or-no fact or definition is yes.
    Yes,
    /// A yes-or-no fact or definition is no.
    No,
    /// A choice or scale has this option.
    Is(Name),
    /// A choice or scale has one of these options.
    OneOf(Vec<Name>),
    /// At least this: `≥`.
    AtLeast(Limit),
    /// More than this: `>`.
    MoreThan(Limit),
    /// At most this: `≤`.
    AtMost(Limit),
    /// Less than this: `<`.
    LessThan(Limit),
    /// Between two limits, both included.
    Between(Limit, Limit),
    /// All of these tests, of the one fact.
    All(Vec<Spanned<Test>>),
    /// A several-fact has all of these options, and perhaps more.
    Includes(Vec<Name>),
    /// A several-fact has none but these options (perhaps not all, perhaps none).
    Only(Vec<Name>),
    /// A several-fact has these options and no others.
    Exactly(Vec<Name>),
    /// A several-fact has at least one of these options.
    AnyOf(Vec<Name>),
    /// A several-fact has none of these options; a choice or scale is none of these.
    NoneOf(Vec<Name>),
    /// In properties: the advice id has one of these verdicts.
    Gives(Vec<Name>),
    /// In properties: the advice id has no verdict.
    GivesNothing,
}

/// The limit of a comparison.
pub type Limit = Spanned<LimitKind>;

/// How a limit is written.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename = "$liniment::Limit")]
pub enum LimitKind {
    /// A string: a duration (`"24h"`), a step of a scale (`"strong"`), or a number with its unit (`"40 °C"`).
    Text(String),
    /// A number, kept as written.
    Number(String),
    /// A vague quantity: `Vague("few_minutes")`.
    Vague(String),
}

/// Reads the elements of a list, whatever it is called.
struct Elements<T>(&'static str, std::marker::PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Elements<T> {
    type Value = Vec<T>;
    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Self::Value, A::Error> {
        let mut list = Vec::with_capacity(elements.size_hint().unwrap_or(0).min(64));
        while let Some(element) = elements.next_element()? {
            list.push(element);
        }
        Ok(list)
    }
}

/// A list that the deserializer answers under one of the names above.
struct Rows(Vec<Row>);
struct Entries(Vec<RowEntry>);

impl<'de> Deserialize<'de> for Rows {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer
            .deserialize_newtype_struct(
                CONDITION,
                Elements("a row or a list of rows", std::marker::PhantomData),
            )
            .map(Rows)
    }
}

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer
            .deserialize_newtype_struct(ROW, Elements("a row", std::marker::PhantomData))
            .map(Entries)
    }
}

impl<'de> Deserialize<'de> for Condition {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let rows: Spanned<Rows> = Spanned::deserialize(deserializer)?;
        Ok(Condition {
            rows: rows.value.0,
            span: rows.span,
        })
    }
}

impl<'de> Deserialize<'de> for Row {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let entries: Spanned<Entries> = Spanned::deserialize(deserializer)?;
        Ok(Row {
            entries: entries.value.0,
            span: entries.span,
        })
    }
}

impl<'de> Deserialize<'de> for RowEntry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (name, test) = Deserialize::deserialize(deserializer)?;
        Ok(RowEntry { name, test })
    }
}
