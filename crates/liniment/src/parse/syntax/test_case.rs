//! `cases/*.ron`: the pack's own tests.

use super::{Name, Text};
use crate::case::read::CaseInput;
use crate::parse::fill::language;
use crate::parse::spanned::Spanned;

language! {
    /// One test: what is known of a case, then what must and must not be advised.
    #[derive(Clone, Debug)]
    pub struct TestCase as "TestCase" {
        /// Its id, unique in the pack's cases.
        pub id: Name,
        /// What it is about.
        pub title: Option<Text> = None,
        /// Further packs that it needs, of those that its pack extends or names in `with`: where one of them is
        /// not loaded, the case is skipped.
        pub with_packs as "with": Vec<Name> = Vec::new(),
        /// The case, as in a case file.
        pub facts: Spanned<CaseInput>,
        /// Verdicts that must be given: `{"strength": "recommend"}`.
        pub must: Vec<(Name, Name)> = Vec::new(),
        /// Verdicts that must not be given; `"any"` forbids every verdict of that id.
        pub must_not: Vec<(Name, Vec<Name>)> = Vec::new(),
        /// When written, the whole advice, in order: `[("stop", "recommend"), …]`.
        pub exactly: Option<Vec<(Name, Name)>> = None,
        /// Advice ids in the order in which they must stand (others may stand between).
        pub order: Vec<Vec<Name>> = Vec::new(),
        /// Time until an advice opens: `{"return": "1min"}`; `"unknown"` when it must be null.
        pub opens_in: Vec<(Name, Text)> = Vec::new(),
        /// Advice that must be marked `nearly`.
        pub nearly: Vec<Name> = Vec::new(),
        /// Facts that must be asked.
        pub asks: Vec<Name> = Vec::new(),
        /// Facts that must not be asked.
        pub asks_not: Vec<Name> = Vec::new(),
        /// The fact that must be asked first.
        pub asks_first: Option<Name> = None,
        /// Causes that must be named.
        pub causes: Vec<Name> = Vec::new(),
        /// Causes that must not be named.
        pub causes_not: Vec<Name> = Vec::new(),
        /// Facts whose reports must be shown as a conflict.
        pub conflicts: Vec<Name> = Vec::new(),
        /// Advice that must be suppressed, and by what.
        pub suppressed: Vec<(Name, Name)> = Vec::new(),
        /// Claims that the explanation must be able to reach.
        pub cites: Vec<Name> = Vec::new(),
    }
}
