//! Conditions: rows of tests.

use super::Name;
use crate::parse::deserialize::{Reader, Stop};
use crate::parse::fill::{Fill, language};
use crate::parse::spanned::{Span, Spanned};

/// One row `{…}`, or a list of rows `[{…}, {…}]` of which any one is enough.
#[derive(Clone, Debug, Default)]
pub struct Condition {
    /// The rows; a condition of one row has one.
    pub rows: Vec<Row>,
    /// From the first bracket to the last.
    pub span: Span,
}

/// Facts with what must hold of each; all of them together.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// The entries, in the order written.
    pub entries: Vec<RowEntry>,
    /// From `{` to `}`.
    pub span: Span,
}

/// One entry of a row: a fact or definition on the left, a test on the right.
#[derive(Clone, Debug, Default)]
pub struct RowEntry {
    /// The fact, the definition, or, in properties, the advice id.
    pub name: Name,
    /// What must hold of it.
    pub test: Spanned<Test>,
}

language! {
    /// What must hold of one fact.
    #[derive(Clone, Debug)]
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
}

/// The limit of a comparison.
pub type Limit = Spanned<LimitKind>;

language! {
    /// How a limit is written.
    #[derive(Clone, Debug, PartialEq)]
    pub enum LimitKind {
        /// A string: a duration (`"24h"`), a step of a scale (`"strong"`), or a number with its unit (`"40 °C"`).
        Text(String),
        /// A number, kept as written.
        Number(String),
        /// A vague quantity: `Vague("few_minutes")`.
        Vague(String),
    }
}

impl Fill for Condition {
    fn fill(&mut self, reader: Reader<'_, '_>) -> Result<(), Stop> {
        reader.spanned(&mut self.span, &mut Rows(&mut self.rows))
    }
}

impl Fill for Row {
    fn fill(&mut self, reader: Reader<'_, '_>) -> Result<(), Stop> {
        reader.spanned(&mut self.span, &mut Entries(&mut self.entries))
    }
}

impl Fill for RowEntry {
    fn fill(&mut self, reader: Reader<'_, '_>) -> Result<(), Stop> {
        reader.tuple("", &mut [&mut self.name, &mut self.test])
    }
}

/// The rows of a condition, which may be one alone.
struct Rows<'a>(&'a mut Vec<Row>);

impl Fill for Rows<'_> {
    fn fill(&mut self, reader: Reader<'_, '_>) -> Result<(), Stop> {
        reader.rows().fill(self.0)
    }
}

/// The entries of a row.
struct Entries<'a>(&'a mut Vec<RowEntry>);

impl Fill for Entries<'_> {
    fn fill(&mut self, reader: Reader<'_, '_>) -> Result<(), Stop> {
        reader.row().fill(self.0)
    }
}
