//! Facts, definitions and vague quantities.

use super::{Condition, Limit, Name, Text};
use crate::parse::fill::language;
use crate::parse::spanned::Spanned;

language! {
    /// Something a case can state.
    #[derive(Clone, Debug)]
    pub struct Fact {
        /// Its id.
        pub id: Name,
        /// What values it takes.
        pub kind: Spanned<FactKind>,
        /// The question that asks for it.
        pub ask: Text,
        /// Words for its options: `{"calf_only": "just the calf"}`.
        pub labels: Vec<(Name, Text)> = Vec::new(),
        /// Asked only when this is True.
        pub ask_when: Option<Condition> = None,
        /// Cannot be changed by anybody's effort (an age, what happened): never proposed as a change.
        pub fixed: bool = false,
        /// How long an answer lasts; unknown after that.
        pub lasts: Option<Text> = None,
    }
}

language! {
    /// What values a fact takes.
    #[derive(Clone, Debug)]
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
}

language! {
    /// The values a number or duration may take.
    #[derive(Clone, Debug)]
    pub struct Range {
        /// The unit, for numbers.
        pub unit: Option<Text> = None,
        /// The smallest value.
        pub from: Option<Limit> = None,
        /// The largest value.
        pub to: Option<Limit> = None,
    }
}

language! {
    /// When a clock runs.
    #[derive(Clone, Debug)]
    pub struct ClockRange {
        /// It stands still unless this is True.
        pub runs_while: Option<Condition> = None,
    }
}

language! {
    /// A quantity given in words.
    #[derive(Clone, Debug)]
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
}

language! {
    /// A fact that follows from others: by rows (`when`), by counting rows (`at_least` with `of`), or by a score.
    #[derive(Clone, Debug)]
    pub struct Define {
        /// Its id.
        pub id: Name,
        /// Yes when this is True.
        pub when: Option<Condition> = None,
        /// Yes when at least so many of `of` are True.
        pub at_least: Option<Spanned<u32>> = None,
        /// The conditions counted.
        pub of: Vec<Condition> = Vec::new(),
        /// A whole number: the sum of the points whose condition is True.
        pub score: Vec<Spanned<Points>> = Vec::new(),
        /// The certainty of a definition that is a judgement: `true` marks it as inferred by the pack's author.
        pub inferred: bool = false,
        /// Where it comes from.
        pub cites: Vec<Spanned<super::Cite>> = Vec::new(),
    }
}

language! {
    /// One term of a score: `Points(2, {…})`.
    #[derive(Clone, Debug)]
    pub struct Points(pub Spanned<i32>, pub Condition);
}
