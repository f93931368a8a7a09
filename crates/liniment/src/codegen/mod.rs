//! A pack as source text of another language: names become types, so that a misuse does not compile.
//!
//! A language is a function from [`Names`] to text; a new one is an entry in [`Language`].

mod c;

use crate::error::Error;
use crate::knowledge_base::{FactInfo, KnowledgeBase};

/// A language that packs can be written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Language {
    /// A header of C99 that C++17 can include too, for the C library.
    C,
}

impl Language {
    /// Every language.
    pub const ALL: [Language; 1] = [Language::C];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Language::C => "c",
        }
    }

    /// The language of this name.
    pub fn from_name(name: &str) -> Option<Language> {
        Language::ALL.into_iter().find(|language| language.name() == name)
    }
}

/// What a generator knows of a knowledge base.
struct Names<'a> {
    /// The word that all generated names begin with, in snake_case.
    prefix: &'a str,
    /// The hash that a program compares when it loads the packs.
    hash: u64,
    /// The packs, `id version` each.
    packs: Vec<(String, String)>,
    /// In the order of their numbers.
    facts: Vec<FactInfo>,
    /// In the order of their numbers.
    advice: Vec<String>,
}

impl KnowledgeBase {
    /// The packs as source text of another language: numbers of facts, options and advice ids, a struct for
    /// a case, and the [`hash`](KnowledgeBase::hash) of the packs, compared when the program loads them.
    ///
    /// All names begin with `prefix`, letters, digits and `_`; the ids of the packs where it is left out.
    ///
    /// # Errors
    /// When the prefix is no such word.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let (kb, _) = liniment::KnowledgeBase::builder().pack(liniment_rules::calf_cramps()).build()?;
    /// let header = kb.codegen(liniment::Language::C, None)?;
    /// assert!(header.contains("CALF_CRAMPS_ADVICE_ICE"));
    /// # Ok(()) }
    /// ```
    pub fn codegen(&self, language: Language, prefix: Option<&str>) -> Result<String, Error> {
        let packs: Vec<(String, String)> = self
            .packs()
            .into_iter()
            .map(|pack| (pack.id, pack.version))
            .collect();
        let ids: Vec<&str> = packs.iter().map(|(id, _)| id.as_str()).collect();
        let prefix = match prefix {
            Some(prefix) => prefix.to_owned(),
            None => ids.join("_").replace('-', "_"),
        };
        let word = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
        if !prefix.chars().all(word) || !prefix.starts_with(|letter: char| letter.is_ascii_lowercase()) {
            return Err(Error::no_prefix(&prefix));
        }
        let names = Names {
            prefix: &prefix,
            hash: self.hash(),
            packs,
            facts: self.facts(),
            advice: self.advice_ids().into_iter().map(str::to_owned).collect(),
        };
        Ok(match language {
            Language::C => c::header(&names),
        })
    }
}
