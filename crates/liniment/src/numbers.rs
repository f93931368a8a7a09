//! Facts, options and advice ids by their places, for callers that keep plain numbers.
//!
//! The places depend on nothing but the packs' texts: facts and advice ids count by name, the options of a
//! fact as the pack lists them. Two knowledge bases of the same [`hash`](KnowledgeBase::hash) have the same.

use crate::case::options_of;
use crate::check::base::{AdviceIndex, FactIndex};
use crate::error::Error;
use crate::knowledge_base::{AdviceId, FactId, KnowledgeBase, OptionId};

impl FactId {
    /// Its place among the facts of its knowledge base, from 0, by name.
    pub fn index(self) -> usize {
        self.index.index()
    }
}

impl OptionId {
    /// Its place among the options of its fact, from 0, as the pack lists them.
    pub fn index(self) -> usize {
        usize::from(self.option)
    }
}

impl KnowledgeBase {
    /// The fact at a place: the inverse of [`FactId::index`].
    ///
    /// # Errors
    /// When there are not that many facts.
    pub fn fact_at(&self, index: usize) -> Result<FactId, Error> {
        let count = self.base().facts.len();
        if index < count {
            Ok(FactId {
                base: self.shared.number,
                index: FactIndex::new(index),
            })
        } else {
            Err(Error::no_number("fact", index, count))
        }
    }

    /// The option of a fact at a place: the inverse of [`OptionId::index`].
    ///
    /// # Errors
    /// When the fact is another knowledge base's, or does not have that many options.
    pub fn option_at(&self, fact: FactId, index: usize) -> Result<OptionId, Error> {
        let found = self.own_fact(fact)?;
        let count = options_of(&found.kind).len();
        match u16::try_from(index).ok().filter(|_| index < count) {
            Some(option) => Ok(OptionId { fact, option }),
            None => Err(Error::no_number("option", index, count).at(found.id.as_str())),
        }
    }

    /// The name of an option.
    ///
    /// # Errors
    /// When it is another knowledge base's.
    pub fn option_name(&self, option: OptionId) -> Result<&str, Error> {
        let options = options_of(&self.own_fact(option.fact)?.kind);
        options
            .get(usize::from(option.option))
            .map(String::as_str)
            .ok_or_else(Error::foreign)
    }

    /// The advice id at a place: the inverse of [`AdviceId::index`].
    ///
    /// # Errors
    /// When there are not that many advice ids.
    pub fn advice_id_at(&self, index: usize) -> Result<AdviceId, Error> {
        let count = self.base().advice.len();
        if index < count {
            Ok(AdviceId {
                base: self.shared.number,
                index: AdviceIndex::new(index),
            })
        } else {
            Err(Error::no_number("advice id", index, count))
        }
    }
}
