//! The words of a pack in another language.

use serde::Deserialize;

use super::{Name, Text};

/// The words of one statement in another language; the same places as there, in the same order.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Translation {
    /// The language, `"de"`.
    pub lang: Name,
    /// The id of the statement, or of the pack.
    pub of: Name,
    /// For a fact: the question.
    #[serde(default)]
    pub ask: Option<Text>,
    /// For a fact: words for its options.
    #[serde(default)]
    pub labels: Vec<(Name, Text)>,
    /// For a vague quantity: its words.
    #[serde(default)]
    pub words: Option<Text>,
    /// For a rule, cause or group: its text.
    #[serde(default)]
    pub text: Option<Text>,
    /// For a fix: its `not_yet`.
    #[serde(default)]
    pub not_yet: Option<Text>,
    /// For a non-fix: its `then_text`.
    #[serde(default)]
    pub then_text: Option<Text>,
    /// For a rule: its `because`.
    #[serde(default)]
    pub because: Option<Text>,
    /// For a rule: the `why` of each of its reasons, in order.
    #[serde(default)]
    pub reasons: Vec<Text>,
    /// For a rule: its steps, in order.
    #[serde(default)]
    pub steps: Vec<Text>,
    /// For a rule: the text of each of its variants, in order.
    #[serde(default)]
    pub variants: Vec<VariantWords>,
    /// For a fix: what it eases, in order.
    #[serde(default)]
    pub eases: Vec<Text>,
    /// For a cause: why nothing acts on it.
    #[serde(default)]
    pub untreated: Option<Text>,
    /// For a pack: its title.
    #[serde(default)]
    pub title: Option<Text>,
    /// For a pack: its notice.
    #[serde(default)]
    pub notice: Option<Text>,
    /// For a pack: the headings of its phases, by id.
    #[serde(default)]
    pub phases: Vec<(Name, Text)>,
}

/// The words of one variant.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct VariantWords {
    /// Its text.
    pub text: Option<Text>,
    /// Its steps, in order.
    pub steps: Vec<Text>,
}
