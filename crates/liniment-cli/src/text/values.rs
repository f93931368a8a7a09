//! Values of facts in words.

use liniment::words::{Words, words};
use liniment::{FactInfo, KnowledgeBase};
use serde_json::Value;

/// What is needed to say a value.
pub(crate) struct Values {
    facts: Vec<FactInfo>,
    words: &'static Words,
}

impl Values {
    pub(crate) fn new(base: &KnowledgeBase) -> Values {
        Values {
            facts: base.facts(),
            words: words(base.lang()),
        }
    }

    /// A value as a case states it, in words.
    pub(crate) fn of(&self, fact: &str, value: &Value) -> String {
        match self.facts.iter().find(|known| known.id == fact) {
            Some(fact) => self.words.value(fact, value),
            None => value.to_string(),
        }
    }
}
