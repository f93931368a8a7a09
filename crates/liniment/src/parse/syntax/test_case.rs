//! `cases/*.ron`: the pack's own tests.

use serde::Deserialize;

use super::{Name, Text};
use crate::case::read::CaseInput;
use crate::parse::spanned::Spanned;

/// One test: what is known of a case, then what must and must not be advised.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename = "TestCase")]
pub struct TestCase {
    /// Its id, unique in the pack's cases.
    pub id: Name,
    /// What it is about.
    #[serde(default)]
    pub title: Option<Text>,
    /// Further packs that it needs, of those that its pack extends or names in `with`: where one of them is
    /// not loaded, the case is skipped.
    #[serde(default, rename = "with")]
    pub with_packs: Vec<Name>,
    /// The case, as in a case file.
    pub facts: Spanned<CaseInput>,
    /// Verdicts that must be given: `{"strength": "recommend"}`.
    #[serde(default)]
    pub must: Vec<(Name, Name)>,
    /// Verdicts that must not be given; `"any"` forbids every verdict of that id.
    #[serde(default)]
    pub must_not: Vec<(Name, Vec<Name>)>,
    /// When written, the whole advice, in order: `[("stop", "recommend"), …]`.
    #[serde(default)]
    pub exactly: Option<Vec<(Name, Name)>>,
    /// Advice ids in the order in which they must stand (others may stand between).
    #[serde(default)]
    pub order: Vec<Vec<Name>>,
    /// Time until an advice opens: `{"return": "1min"}`; `"unknown"` when it must be null.
    #[serde(default)]
    pub opens_in: Vec<(Name, Text)>,
    /// Advice that must be marked `nearly`.
    #[serde(default)]
    pub nearly: Vec<Name>,
    /// Facts that must be asked.
    #[serde(default)]
    pub asks: Vec<Name>,
    /// Facts that must not be asked.
    #[serde(default)]
    pub asks_not: Vec<Name>,
    /// The fact that must be asked first.
    #[serde(default)]
    pub asks_first: Option<Name>,
    /// Causes that must be named.
    #[serde(default)]
    pub causes: Vec<Name>,
    /// Causes that must not be named.
    #[serde(default)]
    pub causes_not: Vec<Name>,
    /// Facts whose reports must be shown as a conflict.
    #[serde(default)]
    pub conflicts: Vec<Name>,
    /// Advice that must be suppressed, and by what.
    #[serde(default)]
    pub suppressed: Vec<(Name, Name)>,
    /// Claims that the explanation must be able to reach.
    #[serde(default)]
    pub cites: Vec<Name>,
}
