//! Facts, options and advice ids by number: a name is looked up once.

use super::KnowledgeBase;
use crate::case::Case;
use crate::check::base::{AdviceIndex, Fact, FactIndex};
use crate::error::Error;
use crate::text::nearest::nearest;

/// The number of a fact in one knowledge base; looking it up once spares the name at every use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FactId {
    pub(crate) base: u64,
    pub(crate) index: FactIndex,
}

/// The number of an advice id in one knowledge base.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AdviceId {
    pub(crate) base: u64,
    pub(crate) index: AdviceIndex,
}

impl AdviceId {
    /// Its place among the advice ids of its knowledge base, from 0, by name.
    pub fn index(self) -> usize {
        self.index.index()
    }
}

/// The number of an option of a fact in one knowledge base.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OptionId {
    pub(crate) fact: FactId,
    pub(crate) option: u16,
}

impl KnowledgeBase {
    /// The number of a fact.
    ///
    /// # Errors
    /// When there is no such fact; the error names the nearest.
    pub fn fact(&self, name: &str) -> Result<FactId, Error> {
        match self
            .base()
            .facts
            .binary_search_by(|fact| fact.id.as_str().cmp(name))
        {
            Ok(position) => Ok(FactId {
                base: self.shared.number,
                index: FactIndex::new(position),
            }),
            Err(_) => Err(Error::unknown_fact(self.base(), name)),
        }
    }

    /// The number of an option of a fact.
    ///
    /// # Errors
    /// When the fact is another knowledge base's, or has no such option; the error names the nearest.
    pub fn option(&self, fact: FactId, name: &str) -> Result<OptionId, Error> {
        let found = self.own_fact(fact)?;
        let options = crate::case::options_of(&found.kind);
        match options
            .iter()
            .position(|option| option == name)
            .and_then(|position| u16::try_from(position).ok())
        {
            Some(option) => Ok(OptionId { fact, option }),
            None => Err(Error::unknown_option(&found.id, name, options)),
        }
    }

    /// The number of an advice id.
    ///
    /// # Errors
    /// When there is no such advice id; the error names the nearest.
    pub fn advice_id(&self, name: &str) -> Result<AdviceId, Error> {
        match self
            .base()
            .advice
            .binary_search_by(|advice| advice.id.as_str().cmp(name))
        {
            Ok(position) => Ok(AdviceId {
                base: self.shared.number,
                index: AdviceIndex::new(position),
            }),
            Err(_) => {
                let ids: Vec<&str> = self.advice_ids();
                let nearest = nearest(name, ids.iter().copied());
                Err(Error::unknown_advice(name, nearest))
            }
        }
    }

    pub(crate) fn own_fact(&self, fact: FactId) -> Result<&Fact, Error> {
        match self.base().facts.get(fact.index.index()) {
            Some(found) if fact.base == self.shared.number => Ok(found),
            _ => Err(Error::foreign()),
        }
    }

    pub(crate) fn own_case(&self, case: &Case) -> Result<(), Error> {
        if case.base_number() == self.shared.number {
            Ok(())
        } else {
            Err(Error::foreign())
        }
    }
}
