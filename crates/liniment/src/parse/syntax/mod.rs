//! The pack language as types: what an author may write, before any name is looked up.
//!
//! Every statement is a variant of [`Statement`], written `Fix(id: "ice", …)`. A field that may be
//! left out has a default; everything else must be written. Unknown fields are errors.

mod condition;
mod fact;
mod manifest;
mod rule;
mod source;
mod test_case;
mod translation;

pub use condition::{Condition, Limit, LimitKind, Row, RowEntry, Test};
pub use fact::{ClockRange, Define, Fact, FactKind, Points, Range, Vague};
pub use manifest::{Manifest, PhaseEntry};
pub use rule::{
    Cause, Certainty, Closes, Dose, Fix, FixVerdict, Group, IfUnknown, Level, NonFix, NonFixVerdict, Note,
    NoteVerdict, Reason, RedFlag, Scope, Span as DoseSpan, Stages, Standing, Suppresses, Variant, Wait,
    Window,
};
pub use source::{Cite, Evidence, Source, SourceKind, Strength};
pub use test_case::TestCase;
pub use translation::Translation;

use super::fill::language;
use super::spanned::Spanned;

/// A name: an id that this statement gives, or that it refers to.
pub type Name = Spanned<String>;
/// Words for a reader.
pub type Text = Spanned<String>;

language! {
    /// One statement of a pack file.
    #[derive(Clone, Debug)]
    pub enum Statement {
        /// Something a case can state.
        Fact(Fact),
        /// A quantity given in words, somewhere between two ends.
        Vague(Vague),
        /// A fact that follows from others.
        Define(Define),
        /// Where knowledge comes from.
        Source(Source),
        /// Why it happens.
        Cause(Cause),
        /// What helps.
        Fix(Box<Fix>),
        /// What does not help, helps less, or does harm.
        NonFix(Box<NonFix>),
        /// What must wait.
        Wait(Box<Wait>),
        /// A plan in steps, each opening when the one before it is comfortable.
        Stages(Stages),
        /// A call for help.
        RedFlag(Box<RedFlag>),
        /// What the pack does not cover.
        Scope(Box<Scope>),
        /// What only informs.
        Note(Box<Note>),
        /// Several measures that belong together.
        Group(Group),
        /// The words of another statement in another language.
        Translation(Box<Translation>),
        /// No case may meet this.
        Never(Condition),
        /// Every case must meet this.
        Always(Condition),
        /// Whoever meets the first must meet the second.
        Implies(Implication),
        /// Once advice of this id is open, time never shuts it.
        OnceOpenStaysOpen(Name),
        /// Knowing less never opens advice of these ids.
        ForgettingNeverOpens(Vec<Name>),
        /// Every real case meets this.
        Assume(Condition),
        /// A case that meets this must get some advice.
        Expect(Condition),
    }
}

language! {
    /// `Implies({…}, {…})`.
    #[derive(Clone, Debug)]
    pub struct Implication(pub Condition, pub Condition);
}

impl Statement {
    /// What statements are called.
    pub(crate) const NAMES: &'static [&'static str] = &[
        "Fact",
        "Vague",
        "Define",
        "Source",
        "Cause",
        "Fix",
        "NonFix",
        "Wait",
        "Stages",
        "RedFlag",
        "Scope",
        "Note",
        "Group",
        "Translation",
        "Never",
        "Always",
        "Implies",
        "OnceOpenStaysOpen",
        "ForgettingNeverOpens",
        "Assume",
        "Expect",
    ];
}
