//! `pack.ron`: one `Pack(…)`.

use serde::Deserialize;

use super::{Name, Text};
use crate::parse::spanned::Spanned;

/// What a pack is, how its advice is ordered, and what it builds on.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename = "Pack")]
pub struct Manifest {
    /// Its id, kebab-case: `"calf-cramps"`.
    pub id: Name,
    /// Its version, `"1.0.0"`.
    pub version: Text,
    /// The version of the pack language it is written in: 1.
    pub schema: Spanned<u32>,
    /// The language of its texts, `"en"`.
    pub language: Name,
    /// Languages it is translated into; each must then be complete.
    #[serde(default)]
    pub translations: Vec<Name>,
    /// Its title.
    pub title: Text,
    /// What a reader must know before acting on any of its advice; said once.
    #[serde(default)]
    pub notice: Option<Text>,
    /// Packs it needs: `{"base": "^1"}`.
    #[serde(default)]
    pub extends: Vec<(Name, Text)>,
    /// Packs whose ids and facts it may name when they are loaded too.
    #[serde(default, rename = "with")]
    pub with_packs: Vec<(Name, Text)>,
    /// The phases, in the order in which their advice is given.
    #[serde(default)]
    pub phases: Vec<Spanned<PhaseEntry>>,
    /// Advice ids and rule ids, first to last; those not named come after, by id.
    #[serde(default)]
    pub ranking: Vec<Name>,
    /// Facts to ask before all others but red flags'.
    #[serde(default)]
    pub ask_first: Vec<Name>,
}

/// `Phase(id: "relief", title: "While it cramps")`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename = "Phase")]
pub struct PhaseEntry {
    /// Its id.
    pub id: Name,
    /// Its heading.
    pub title: Text,
}
