//! Sources and citations.

use super::{Name, Text};
use crate::parse::fill::language;

language! {
    /// Where knowledge comes from.
    #[derive(Clone, Debug)]
    pub struct Source {
        /// Its id.
        pub id: Name,
        /// What kind of source it is.
        pub kind: SourceKind,
        /// Its title, with authors and year as they are commonly given.
        pub title: Text,
        /// Where it can be read; left out when it has no public address.
        pub address: Option<Text> = None,
        /// The day it was last read for this pack, `"2026-11-23"`.
        pub reviewed: Text,
        /// Anything a reader should know of it.
        pub note: Option<Text> = None,
    }
}

language! {
    /// What kind of source it is.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum SourceKind {
        /// An article for the public.
        Article,
        /// One study.
        Study,
        /// A review of studies.
        Review,
        /// A guideline or consensus statement.
        Guideline,
        /// A leaflet or page for patients.
        PatientInformation,
        /// What is printed with a product.
        Label,
        /// Experience or opinion.
        Opinion,
    }
}

language! {
    /// A place in a source that bears out a statement.
    #[derive(Clone, Debug)]
    pub struct Cite {
        /// The source.
        pub source: Name,
        /// Where in it.
        pub at: Text,
        /// The numbered claims of the source that are meant.
        pub claims: Vec<Name> = Vec::new(),
        /// What it says there, in the pack's own words; asked of dissent.
        pub says: Option<Text> = None,
    }
}

language! {
    /// How certain the evidence is (GRADE keeps this apart from the strength of a recommendation).
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
    pub enum Evidence {
        /// Little but opinion or analogy.
        VeryLow,
        /// Small or indirect studies.
        Low,
        /// Some good studies.
        Moderate,
        /// Consistent good studies.
        High,
    }
}

language! {
    /// How strongly it is recommended.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Strength {
        /// It depends on the person.
        Conditional,
        /// Nearly everyone.
        Strong,
    }
}
