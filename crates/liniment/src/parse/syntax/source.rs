//! Sources and citations.

use serde::Deserialize;

use super::{Name, Text};

/// Where knowledge comes from.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Its id.
    pub id: Name,
    /// What kind of source it is.
    pub kind: SourceKind,
    /// Its title, with authors and year as they are commonly given.
    pub title: Text,
    /// Where it can be read; left out when it has no public address.
    #[serde(default)]
    pub address: Option<Text>,
    /// The day it was last read for this pack, `"2026-11-23"`.
    pub reviewed: Text,
    /// Anything a reader should know of it.
    #[serde(default)]
    pub note: Option<Text>,
}

/// What kind of source it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
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

/// A place in a source that bears out a statement.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cite {
    /// The source.
    pub source: Name,
    /// Where in it.
    pub at: Text,
    /// The numbered claims of the source that are meant.
    #[serde(default)]
    pub claims: Vec<Name>,
    /// What it says there, in the pack's own words; asked of dissent.
    #[serde(default)]
    pub says: Option<Text>,
}

/// How certain the evidence is (GRADE keeps this apart from the strength of a recommendation).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
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

/// How strongly it is recommended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Strength {
    /// It depends on the person.
    Conditional,
    /// Nearly everyone.
    Strong,
}
