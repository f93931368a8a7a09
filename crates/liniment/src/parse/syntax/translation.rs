//! The words of a pack in another language.

use super::{Name, Text};
use crate::parse::fill::language;

language! {
    /// The words of one statement in another language; the same places as there, in the same order.
    #[derive(Clone, Debug)]
    pub struct Translation {
        /// The language, `"de"`.
        pub lang: Name,
        /// The id of the statement, or of the pack.
        pub of: Name,
        /// For a fact: the question.
        pub ask: Option<Text> = None,
        /// For a fact: words for its options.
        pub labels: Vec<(Name, Text)> = Vec::new(),
        /// For a vague quantity: its words.
        pub words: Option<Text> = None,
        /// For a rule, cause or group: its text.
        pub text: Option<Text> = None,
        /// For a fix: its `not_yet`.
        pub not_yet: Option<Text> = None,
        /// For a non-fix: its `then_text`.
        pub then_text: Option<Text> = None,
        /// For a rule: its `because`.
        pub because: Option<Text> = None,
        /// For a rule: the `why` of each of its reasons, in order.
        pub reasons: Vec<Text> = Vec::new(),
        /// For a rule: its steps, in order.
        pub steps: Vec<Text> = Vec::new(),
        /// For a rule: the text of each of its variants, in order.
        pub variants: Vec<VariantWords> = Vec::new(),
        /// For a fix: what it eases, in order.
        pub eases: Vec<Text> = Vec::new(),
        /// For a cause: why nothing acts on it.
        pub untreated: Option<Text> = None,
        /// For a pack: its title.
        pub title: Option<Text> = None,
        /// For a pack: its notice.
        pub notice: Option<Text> = None,
        /// For a pack: the headings of its phases, by id.
        pub phases: Vec<(Name, Text)> = Vec::new(),
    }
}

language! {
    /// The words of one variant.
    #[derive(Clone, Debug)]
    pub struct VariantWords {
        /// Its text.
        pub text: Option<Text> = None,
        /// Its steps, in order.
        pub steps: Vec<Text> = Vec::new(),
    }
}
