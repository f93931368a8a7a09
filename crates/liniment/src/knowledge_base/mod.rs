//! The public name for the whole: packs, checked and compiled.

mod advise;
mod cases;
mod describe;
mod ids;
mod verdicts;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

pub use describe::{FactInfo, FactType, OptionInfo, PackInfo, PhaseInfo, SourceInfo};
pub use ids::{AdviceId, FactId, OptionId};

use crate::builder::Builder;
use crate::check::base::{CheckedBase, Words};
use crate::compact_sort::CompactSort;
use crate::compile::Program;
use crate::error::Error;
use crate::parse::Source;
use crate::screen::{Instructions, Screen};
use crate::text::hash;

/// One or more packs, checked together and compiled.
///
/// It never changes, is shared between threads, and is cheap to clone.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let (kb, _) = liniment::KnowledgeBase::builder().pack(liniment_rules::calf_cramps()).build()?;
/// let mut case = kb.case();
/// case.set("onset_setting", "during_exercise")?;
/// case.set("muscles_affected", "calf_only")?;
/// case.set("cramp_state", "active")?;
/// let advice = kb.advise(&case)?;
/// assert_eq!(advice.get("stretch").map(|item| item.verdict), Some(liniment::Verdict::Recommend));
/// # Ok(()) }
/// ```
#[derive(Clone, Debug)]
pub struct KnowledgeBase {
    pub(crate) shared: Arc<Shared>,
    language: usize,
}

#[derive(Debug)]
pub(crate) struct Shared {
    /// Tells the ids and cases of one knowledge base from those of another.
    pub(crate) number: u64,
    /// The text of each pack, in the order of the packs; a compiled knowledge base has none.
    sources: Vec<Source>,
    /// The hash of each pack's text, once somebody has asked, or as it was compiled.
    hashes: OnceLock<Vec<u64>>,
    pub(crate) base: CheckedBase,
    pub(crate) program: Program,
    instructions: Instructions,
    /// Prepared when it is first needed: advice with texts needs none.
    screen: OnceLock<Screen>,
}

impl Shared {
    fn new(
        sources: Vec<Source>,
        hashes: OnceLock<Vec<u64>>,
        base: CheckedBase,
        program: Program,
        instructions: Instructions,
    ) -> Self {
        static NUMBER: AtomicU64 = AtomicU64::new(1);
        Self {
            number: NUMBER.fetch_add(1, Ordering::Relaxed),
            sources,
            hashes,
            base,
            program,
            instructions,
            screen: OnceLock::new(),
        }
    }

    fn speaking(self, language: usize) -> KnowledgeBase {
        KnowledgeBase {
            shared: Arc::new(self),
            language,
        }
    }

    pub(crate) fn screen(&self) -> &Screen {
        self.screen
            .get_or_init(|| Screen::new(&self.base, &self.program, self.instructions))
    }
}

impl KnowledgeBase {
    /// Starts collecting packs.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// A knowledge base of packs: the id and text of each, in any order, and what became of them.
    pub(crate) fn new(
        mut sources: Vec<(String, Source)>,
        base: CheckedBase,
        program: Program,
        language: usize,
        instructions: Instructions,
    ) -> Self {
        sources.compact_sort_by_key(|(id, _)| base.packs.iter().position(|pack| pack.id == *id));
        let sources = sources.into_iter().map(|(_, source)| source).collect();
        Shared::new(sources, OnceLock::new(), base, program, instructions).speaking(language)
    }

    /// A knowledge base of packs whose texts are not there: the hash of each, and what became of them.
    pub(crate) fn of_compiled(
        hashes: Vec<u64>,
        base: CheckedBase,
        program: Program,
        language: usize,
    ) -> Self {
        let hashes = OnceLock::from(hashes);
        Shared::new(Vec::new(), hashes, base, program, Instructions::default()).speaking(language)
    }

    /// The number of its language.
    pub(crate) fn language(&self) -> usize {
        self.language
    }

    pub(crate) fn base(&self) -> &CheckedBase {
        &self.shared.base
    }

    pub(crate) fn program(&self) -> &Program {
        &self.shared.program
    }

    /// The widest instructions that evaluation may use, and that the machine has.
    #[cfg(feature = "arrow")]
    pub(crate) fn instructions(&self) -> Instructions {
        self.shared.instructions.available()
    }

    pub(crate) fn say(&self, words: &Words) -> String {
        words
            .get(self.language)
            .map(|words| words.to_string())
            .unwrap_or_default()
    }

    /// The language of its texts.
    pub fn lang(&self) -> &str {
        self.base()
            .languages
            .get(self.language)
            .map_or("", String::as_str)
    }

    /// The languages it can speak.
    pub fn languages(&self) -> &[String] {
        &self.base().languages
    }

    /// The same knowledge base with its texts in another language.
    ///
    /// # Errors
    /// When it does not speak that language.
    pub fn in_language(&self, language: &str) -> Result<KnowledgeBase, Error> {
        match self.base().languages.iter().position(|known| known == language) {
            Some(position) => Ok(KnowledgeBase {
                shared: Arc::clone(&self.shared),
                language: position,
            }),
            None => Err(Error::unknown_language(language, &self.base().languages)),
        }
    }

    /// A number made of the texts of all its packs: another text, another number. Programs that were made
    /// for certain packs compare it when they load them. The packs' own tests, and the order in which the
    /// packs were given, do not count.
    pub fn hash(&self) -> u64 {
        let hashes = self.hashes().iter();
        hashes.fold(hash::START, |whole, pack| hash::add(whole, &pack.to_le_bytes()))
    }

    pub(crate) fn hashes(&self) -> &[u64] {
        self.shared
            .hashes
            .get_or_init(|| self.shared.sources.iter().map(Source::hash).collect())
    }
}
