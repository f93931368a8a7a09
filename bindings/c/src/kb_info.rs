//! What a knowledge base is made of: facts, options, advice ids, packs, phases, sources, languages.

use liniment::diagnostic as core;
use liniment::{FactType, KnowledgeBase};

use crate::arena::Arena;
use crate::diagnostic::{Diagnostic, diagnostics};
use crate::error::Failure;
use crate::guard::{answer, enter_on};
use crate::kb::Kb;
use crate::status::Status;
use crate::text::{Grows, Str, Strs, entry};

/// What values a fact takes.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactKind {
    /// Yes or no.
    YesNo = 1,
    /// One of its options.
    Choice = 2,
    /// One of its options, which have an order.
    Scale = 3,
    /// Any number of its options.
    Several = 4,
    /// A whole number.
    Integer = 5,
    /// A decimal number.
    Number = 6,
    /// A length of time.
    Duration = 7,
    /// A length of time that grows by itself, or `never`.
    Clock = 8,
}

/// A fact that a case can state.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct FactInfo {
    /// The size of this struct, set by you.
    pub size: usize,
    /// Its number.
    pub fact: u32,
    /// What values it takes.
    pub kind: FactKind,
    /// Its name.
    pub id: Str,
    /// The question that asks for it.
    pub ask: Str,
    /// The unit of a number; absent where it has none.
    pub unit: Str,
    /// Whether there is a smallest value.
    pub has_from: bool,
    /// Whether there is a largest value.
    pub has_to: bool,
    /// Whether nobody can change it.
    pub fixed: bool,
    /// The smallest value; durations in microseconds.
    pub from: f64,
    /// The largest value; durations in microseconds.
    pub to: f64,
    /// How many options it has; see `liniment_kb_option_info`.
    pub option_count: u32,
    /// The packs that declare it.
    pub packs: Strs,
}

/// An option of a fact.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct OptionInfo {
    /// The size of this struct, set by you.
    pub size: usize,
    /// Its name.
    pub id: Str,
    /// Words for it.
    pub label: Str,
}

/// A pack of a knowledge base.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct PackInfo {
    /// The size of this struct, set by you.
    pub size: usize,
    /// Its id.
    pub id: Str,
    /// Its version.
    pub version: Str,
    /// Its title.
    pub title: Str,
    /// What a reader must know before acting on its advice; absent where there is nothing.
    pub notice: Str,
    /// The hash of its text, 16 hexadecimal digits.
    pub hash: Str,
    /// Its languages, its own first.
    pub languages: Strs,
}

/// A phase: a heading under which advice stands.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct PhaseInfo {
    /// The size of this struct, set by you.
    pub size: usize,
    /// Its id.
    pub id: Str,
    /// Its heading.
    pub title: Str,
}

/// A source that advice cites.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct SourceInfo {
    /// The size of this struct, set by you.
    pub size: usize,
    /// Its id.
    pub id: Str,
    /// Its title.
    pub title: Str,
    /// Where it can be read; absent where it cannot.
    pub address: Str,
    /// The day it was last read for the pack.
    pub reviewed: Str,
    /// Anything a reader should know of it; absent where there is nothing.
    pub note: Str,
}

// SAFETY: each is repr(C) with `size` first, and zeros mean absent or none everywhere.
unsafe impl Grows for FactInfo {}
// SAFETY: as above.
unsafe impl Grows for OptionInfo {}
// SAFETY: as above.
unsafe impl Grows for PackInfo {}
// SAFETY: as above.
unsafe impl Grows for PhaseInfo {}
// SAFETY: as above.
unsafe impl Grows for SourceInfo {}

/// Everything of a knowledge base in the form in which C reads it.
pub(crate) struct View {
    facts: Vec<FactInfo>,
    options: Vec<Vec<OptionInfo>>,
    packs: Vec<PackInfo>,
    phases: Vec<PhaseInfo>,
    sources: Vec<SourceInfo>,
    advice: Vec<Str>,
    languages: Vec<Str>,
    language: Str,
    warnings: Vec<Diagnostic>,
    // Dropped last: everything above points into it.
    _arena: Arena,
}

// SAFETY: it is never written after it was made, and its pointers lead into its own arena.
unsafe impl Send for View {}
// SAFETY: as above.
unsafe impl Sync for View {}

impl View {
    pub(crate) fn new(kb: &KnowledgeBase, warnings: &[core::Diagnostic]) -> Self {
        let mut arena = Arena::default();
        let mut facts = Vec::new();
        let mut options = Vec::new();
        for (index, fact) in kb.facts().iter().enumerate() {
            let its_options: Vec<OptionInfo> = fact
                .options
                .iter()
                .map(|option| OptionInfo {
                    size: size_of::<OptionInfo>(),
                    id: arena.text(&option.id),
                    label: arena.text(&option.label),
                })
                .collect();
            facts.push(FactInfo {
                size: size_of::<FactInfo>(),
                fact: u32::try_from(index).unwrap_or(u32::MAX),
                kind: kind(fact.kind),
                id: arena.text(&fact.id),
                ask: arena.text(&fact.ask),
                unit: arena.optional(fact.unit.as_deref()),
                has_from: fact.from.is_some(),
                has_to: fact.to.is_some(),
                fixed: fact.fixed,
                from: fact.from.unwrap_or_default(),
                to: fact.to.unwrap_or_default(),
                option_count: u32::try_from(its_options.len()).unwrap_or(u32::MAX),
                packs: arena.texts(&fact.packs),
            });
            options.push(its_options);
        }
        let packs = kb.packs();
        let packs = packs.iter().map(|pack| PackInfo {
            size: size_of::<PackInfo>(),
            id: arena.text(&pack.id),
            version: arena.text(&pack.version),
            title: arena.text(&pack.title),
            notice: arena.optional(pack.notice.as_deref()),
            hash: arena.text(&pack.hash),
            languages: arena.texts(&pack.languages),
        });
        let packs = packs.collect();
        let phases = kb.phases();
        let phases = phases.iter().map(|phase| PhaseInfo {
            size: size_of::<PhaseInfo>(),
            id: arena.text(&phase.id),
            title: arena.text(&phase.title),
        });
        let phases = phases.collect();
        let sources = kb.sources();
        let sources = sources.iter().map(|source| SourceInfo {
            size: size_of::<SourceInfo>(),
            id: arena.text(&source.id),
            title: arena.text(&source.title),
            address: arena.optional(source.address.as_deref()),
            reviewed: arena.text(&source.reviewed),
            note: arena.optional(source.note.as_deref()),
        });
        let sources = sources.collect();
        View {
            facts,
            options,
            packs,
            phases,
            sources,
            advice: kb.advice_ids().into_iter().map(|id| arena.text(id)).collect(),
            languages: kb
                .languages()
                .iter()
                .map(|language| arena.text(language))
                .collect(),
            language: arena.text(kb.lang()),
            warnings: diagnostics(&mut arena, warnings),
            _arena: arena,
        }
    }
}

fn kind(kind: FactType) -> FactKind {
    match kind {
        FactType::Choice => FactKind::Choice,
        FactType::Scale => FactKind::Scale,
        FactType::Several => FactKind::Several,
        FactType::Integer => FactKind::Integer,
        FactType::Number => FactKind::Number,
        FactType::Duration => FactKind::Duration,
        FactType::Clock => FactKind::Clock,
        _ => FactKind::YesNo,
    }
}

/// How many facts there are.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_kb_fact_count(kb: Option<&Kb>) -> usize {
    answer(kb, 0, |kb| kb.view().facts.len())
}

/// Fills `info` with the fact of this number. Set `info->size` before the call; the texts live as long as
/// `kb`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_kb_fact_info(kb: Option<&Kb>, fact: u32, info: *mut FactInfo) -> Status {
    enter_on(kb, None, |kb| {
        entry(&kb.view().facts, fact as usize, info, "info")
    })
}

/// Fills `info` with an option of a fact. Set `info->size` before the call; the texts live as long as `kb`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_kb_option_info(
    kb: Option<&Kb>,
    fact: u32,
    option: u32,
    info: *mut OptionInfo,
) -> Status {
    enter_on(kb, None, |kb| {
        if info.is_null() {
            return Err(Failure::null("info"));
        }
        kb.kb.fact_at(fact as usize)?;
        let options = kb.view().options.get(fact as usize);
        entry(options.map_or(&[], Vec::as_slice), option as usize, info, "info")
    })
}

/// How many advice ids there are: how long the codes of `liniment_verdicts` are.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_kb_advice_count(kb: Option<&Kb>) -> usize {
    answer(kb, 0, |kb| kb.view().advice.len())
}

/// The name of an advice id; absent past the last. Lives as long as `kb`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_kb_advice_name(kb: Option<&Kb>, advice: u32) -> Str {
    answer(kb, Str::ABSENT, |kb| {
        kb.view()
            .advice
            .get(advice as usize)
            .copied()
            .unwrap_or(Str::ABSENT)
    })
}

/// How many packs it was made of.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_kb_pack_count(kb: Option<&Kb>) -> usize {
    answer(kb, 0, |kb| kb.view().packs.len())
}

/// Fills `info` with a pack, from 0. Set `info->size` before the call; the texts live as long as `kb`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_kb_pack_info(kb: Option<&Kb>, index: usize, info: *mut PackInfo) -> Status {
    enter_on(kb, None, |kb| entry(&kb.view().packs, index, info, "info"))
}

/// How many phases there are.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_kb_phase_count(kb: Option<&Kb>) -> usize {
    answer(kb, 0, |kb| kb.view().phases.len())
}

/// Fills `info` with a phase, in the order in which advice is given. Set `info->size` before the call; the
/// texts live as long as `kb`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_kb_phase_info(
    kb: Option<&Kb>,
    index: usize,
    info: *mut PhaseInfo,
) -> Status {
    enter_on(kb, None, |kb| entry(&kb.view().phases, index, info, "info"))
}

/// How many sources there are.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_kb_source_count(kb: Option<&Kb>) -> usize {
    answer(kb, 0, |kb| kb.view().sources.len())
}

/// Fills `info` with a source, by id. Set `info->size` before the call; the texts live as long as `kb`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_kb_source_info(
    kb: Option<&Kb>,
    index: usize,
    info: *mut SourceInfo,
) -> Status {
    enter_on(kb, None, |kb| entry(&kb.view().sources, index, info, "info"))
}

/// The language of its texts. Lives as long as `kb`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_kb_language(kb: Option<&Kb>) -> Str {
    answer(kb, Str::ABSENT, |kb| kb.view().language)
}

/// The languages it can speak. The list lives as long as `kb`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_kb_languages(kb: Option<&Kb>) -> Strs {
    let nothing = Strs {
        items: std::ptr::null(),
        count: 0,
    };
    answer(kb, nothing, |kb| Strs {
        items: kb.view().languages.as_ptr(),
        count: kb.view().languages.len(),
    })
}

/// How many warnings and notes there were when it was loaded.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_kb_warning_count(kb: Option<&Kb>) -> usize {
    answer(kb, 0, |kb| kb.view().warnings.len())
}

/// Fills `warning` with one of them, from 0. Set `warning->size` before the call; the texts live as long as
/// `kb`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_kb_warning(
    kb: Option<&Kb>,
    index: usize,
    warning: *mut Diagnostic,
) -> Status {
    enter_on(kb, None, |kb| {
        entry(&kb.view().warnings, index, warning, "warning")
    })
}
