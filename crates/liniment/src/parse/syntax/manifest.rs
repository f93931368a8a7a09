//! `pack.ron`: one `Pack(…)`.

use super::{Name, Text};
use crate::parse::fill::language;
use crate::parse::spanned::Spanned;

language! {
    /// What a pack is, how its advice is ordered, and what it builds on.
    #[derive(Clone, Debug)]
    pub struct Manifest as "Pack" {
        /// Its id, kebab-case: `"calf-cramps"`.
        pub id: Name,
        /// Its version, `"1.0.0"`.
        pub version: Text,
        /// The version of the pack language it is written in: 1.
        pub schema: Spanned<u32>,
        /// The language of its texts, `"en"`.
        pub language: Name,
        /// Languages it is translated into; each must then be complete.
        pub translations: Vec<Name> = Vec::new(),
        /// Its title.
        pub title: Text,
        /// What a reader must know before acting on any of its advice; said once.
        pub notice: Option<Text> = None,
        /// Packs it needs: `{"base": "^1"}`.
        pub extends: Vec<(Name, Text)> = Vec::new(),
        /// Packs whose ids and facts it may name when they are loaded too.
        pub with_packs as "with": Vec<(Name, Text)> = Vec::new(),
        /// The phases, in the order in which their advice is given.
        pub phases: Vec<Spanned<PhaseEntry>> = Vec::new(),
        /// Advice ids and rule ids, first to last; those not named come after, by id.
        pub ranking: Vec<Name> = Vec::new(),
        /// Facts to ask before all others but red flags'.
        pub ask_first: Vec<Name> = Vec::new(),
    }
}

language! {
    /// `Phase(id: "relief", title: "While it cramps")`.
    #[derive(Clone, Debug)]
    pub struct PhaseEntry as "Phase" {
        /// Its id.
        pub id: Name,
        /// Its heading.
        pub title: Text,
    }
}
