//! Advice in the form in which C reads it.

use std::sync::Arc;

use liniment::{
    Advice, AdviceItem, Amount as CoreAmount, CauseItem, Citation, Conflict as CoreConflict,
    Verdict as CoreVerdict,
};

use crate::arena::Arena;
use crate::text::{Grows, Str, Strs};

/// What is said of an advice id. The numbers never change; 0 stands for no verdict where verdicts are codes.
#[repr(u8)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing is said of it.
    None = 0,
    /// Call for help now.
    Emergency = 1,
    /// Get help the same day.
    Urgent = 2,
    /// Ask someone qualified, or read this.
    Refer = 3,
    /// The pack does not cover this.
    OutOfScope = 4,
    /// It does harm.
    Avoid = 5,
    /// Not yet.
    Defer = 6,
    /// Do it.
    Recommend = 7,
    /// It can help; the choice is free.
    Optional = 8,
    /// It works less well than something else.
    Inferior = 9,
    /// It does not work.
    Ineffective = 10,
    /// Good to know.
    Inform = 11,
}

impl Verdict {
    fn of(verdict: CoreVerdict) -> Self {
        match verdict {
            CoreVerdict::Emergency => Self::Emergency,
            CoreVerdict::Urgent => Self::Urgent,
            CoreVerdict::Refer => Self::Refer,
            CoreVerdict::OutOfScope => Self::OutOfScope,
            CoreVerdict::Avoid => Self::Avoid,
            CoreVerdict::Defer => Self::Defer,
            CoreVerdict::Recommend => Self::Recommend,
            CoreVerdict::Optional => Self::Optional,
            CoreVerdict::Inferior => Self::Inferior,
            CoreVerdict::Ineffective => Self::Ineffective,
            CoreVerdict::Inform => Self::Inform,
            _ => Self::None,
        }
    }
}

/// A length of time, exact (`from_us` equals `to_us`, no words) or vague.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Amount {
    /// The words of a vague quantity; absent where it is exact.
    pub words: Str,
    /// The least it can mean, in microseconds.
    pub from_us: i64,
    /// The most it can mean, in microseconds.
    pub to_us: i64,
}

/// A place in a source.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Cite {
    /// The source.
    pub source: Str,
    /// Where in it.
    pub at: Str,
    /// The numbered claims that are meant.
    pub claims: Strs,
}

/// What is said of one advice id.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Item {
    /// The size of this struct, set by you.
    pub size: usize,
    /// The advice id.
    pub id: Str,
    /// Its phase; absent where it has none.
    pub phase: Str,
    /// Said to the reader.
    pub text: Str,
    /// The verdict.
    pub verdict: Verdict,
    /// Whether a clock stands between the ends of a vague limit.
    pub nearly: bool,
    /// For `defer`: the time until it is surely open, in microseconds; -1 where that cannot be known.
    pub opens_in_us: i64,
    /// For `defer`: the clock that opens it; absent where there is none.
    pub opens_at_fact: Str,
    /// For `defer`: the limit that the clock must reach, in microseconds.
    pub opens_at_us: i64,
    /// The reasons that hold.
    pub because: Strs,
    /// For `defer`: the unknown facts that it waits for.
    pub needs: Strs,
    /// The rules that could still change this.
    pub subject_to: Strs,
    /// What to do instead.
    pub instead: Strs,
    /// How to do it, step by step.
    pub steps: Strs,
    /// The rules that say so.
    pub rules: Strs,
    /// How long each time; NULL where nothing is said.
    pub dose_lasting: *const Amount,
    /// How often; NULL where nothing is said.
    pub dose_every: *const Amount,
    /// For how long in all; NULL where nothing is said.
    pub dose_for: *const Amount,
    /// Where it comes from; NULL where there is nothing.
    pub cites: *const Cite,
    /// How many citations.
    pub cite_count: usize,
}

/// Why it happens.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Cause {
    /// The size of this struct, set by you.
    pub size: usize,
    /// The cause.
    pub id: Str,
    /// `primary` or `contributing`.
    pub standing: Str,
    /// `possible`, `usual` or `certain`; absent where nothing is said.
    pub certainty: Str,
    /// Said to the reader.
    pub text: Str,
    /// The advice ids that act on it.
    pub acted_on_by: Strs,
    /// Where it comes from; NULL where there is nothing.
    pub cites: *const Cite,
    /// How many citations.
    pub cite_count: usize,
}

/// A question worth asking.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Question {
    /// The size of this struct, set by you.
    pub size: usize,
    /// The fact it asks for.
    pub fact: Str,
    /// The question.
    pub ask: Str,
    /// The advice ids that hang on it.
    pub because: Strs,
}

/// What one source reports of a fact.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Report {
    /// The value, as JSON.
    pub value: Str,
    /// Who says so.
    pub source: Str,
}

/// One of the verdicts that met on one advice id.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct ConflictingVerdict {
    /// The verdict.
    pub verdict: Verdict,
    /// The rules that give it.
    pub rules: Strs,
}

/// Something on which two voices differ: either `fact` and `reports`, or `advice` and `verdicts`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Conflict {
    /// The size of this struct, set by you.
    pub size: usize,
    /// The fact of which reports differ; absent where it is about advice.
    pub fact: Str,
    /// The reports; NULL where it is about advice.
    pub reports: *const Report,
    /// How many reports.
    pub report_count: usize,
    /// The advice id on which verdicts met; absent where it is about a fact.
    pub advice: Str,
    /// The verdicts, the one that stands first; NULL where it is about a fact.
    pub verdicts: *const ConflictingVerdict,
    /// How many verdicts.
    pub verdict_count: usize,
}

/// Advice that another rule silences.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Suppressed {
    /// The size of this struct, set by you.
    pub size: usize,
    /// The advice id.
    pub id: Str,
    /// What would be said of it.
    pub verdict: Verdict,
    /// The rule that silences it.
    pub by: Str,
}

// SAFETY: each is repr(C) with `size` first, and zeros mean absent or none everywhere.
unsafe impl Grows for Item {}
// SAFETY: as above.
unsafe impl Grows for Cause {}
// SAFETY: as above.
unsafe impl Grows for Question {}
// SAFETY: as above.
unsafe impl Grows for Conflict {}
// SAFETY: as above.
unsafe impl Grows for Suppressed {}

/// All of it, and the texts it points to.
pub(crate) struct View {
    pub(crate) items: Vec<Item>,
    pub(crate) causes: Vec<Cause>,
    pub(crate) questions: Vec<Question>,
    pub(crate) conflicts: Vec<Conflict>,
    pub(crate) suppressed: Vec<Suppressed>,
    pub(crate) language: Str,
    // Dropped last: everything above points into it.
    _arena: Arena,
}

impl View {
    pub(crate) fn new(advice: &Advice) -> Self {
        let mut arena = Arena::default();
        View {
            items: advice
                .items()
                .iter()
                .map(|found| item(&mut arena, found))
                .collect(),
            causes: advice
                .causes()
                .iter()
                .map(|found| cause(&mut arena, found))
                .collect(),
            questions: advice
                .questions()
                .iter()
                .map(|question| Question {
                    size: size_of::<Question>(),
                    fact: arena.text(&question.fact),
                    ask: arena.text(&question.ask),
                    because: arena.texts(&question.because),
                })
                .collect(),
            conflicts: advice
                .conflicts()
                .iter()
                .map(|found| conflict(&mut arena, found))
                .collect(),
            suppressed: advice
                .suppressed()
                .iter()
                .map(|suppressed| Suppressed {
                    size: size_of::<Suppressed>(),
                    id: arena.text(&suppressed.id),
                    verdict: Verdict::of(suppressed.verdict),
                    by: arena.text(&suppressed.by),
                })
                .collect(),
            language: arena.text(advice.lang()),
            _arena: arena,
        }
    }
}

fn item(arena: &mut Arena, item: &AdviceItem) -> Item {
    let dose = item.dose.as_ref();
    let (cites, cite_count) = citations(arena, &item.cites);
    let opens_at = item.opens_at.as_ref();
    Item {
        size: size_of::<Item>(),
        id: arena.text(&item.id),
        phase: arena.optional(item.phase.as_deref()),
        text: arena.text(&item.text),
        verdict: Verdict::of(item.verdict),
        nearly: item.nearly,
        opens_in_us: item.opens_in.map_or(-1, |time| time.microseconds()),
        opens_at_fact: arena.optional(opens_at.map(|opens| opens.fact.as_str())),
        opens_at_us: opens_at.map_or(0, |opens| opens.limit.microseconds()),
        because: arena.texts(&item.because),
        needs: arena.texts(&item.needs),
        subject_to: arena.texts(&item.subject_to),
        instead: arena.texts(&item.instead),
        steps: arena.texts(&item.steps),
        rules: arena.texts(&item.rules),
        dose_lasting: amount(arena, dose.and_then(|dose| dose.lasting.as_ref())),
        dose_every: amount(arena, dose.and_then(|dose| dose.every.as_ref())),
        dose_for: amount(arena, dose.and_then(|dose| dose.in_all.as_ref())),
        cites,
        cite_count,
    }
}

fn amount(arena: &mut Arena, amount: Option<&CoreAmount>) -> *const Amount {
    let amount = amount.map(|amount| Amount {
        words: arena.optional(amount.words.as_deref()),
        from_us: amount.from.microseconds(),
        to_us: amount.to.microseconds(),
    });
    arena.list(amount.into_iter().collect()).0
}

fn citations(arena: &mut Arena, cites: &[Arc<Citation>]) -> (*const Cite, usize) {
    let cites = cites
        .iter()
        .map(|cite| Cite {
            source: arena.text(&cite.source),
            at: arena.text(&cite.at),
            claims: arena.texts(&cite.claims),
        })
        .collect();
    arena.list(cites)
}

fn cause(arena: &mut Arena, cause: &CauseItem) -> Cause {
    let (cites, cite_count) = citations(arena, &cause.cites);
    Cause {
        size: size_of::<Cause>(),
        id: arena.text(&cause.id),
        standing: arena.text(cause.standing),
        certainty: arena.optional(cause.certainty),
        text: arena.text(&cause.text),
        acted_on_by: arena.texts(&cause.acted_on_by),
        cites,
        cite_count,
    }
}

fn conflict(arena: &mut Arena, conflict: &CoreConflict) -> Conflict {
    let mut made = Conflict {
        size: size_of::<Conflict>(),
        fact: Str::ABSENT,
        reports: std::ptr::null(),
        report_count: 0,
        advice: Str::ABSENT,
        verdicts: std::ptr::null(),
        verdict_count: 0,
    };
    match conflict {
        CoreConflict::Fact { fact, reports } => {
            let reports = reports
                .iter()
                .map(|report| Report {
                    value: arena.text(&report.value.to_string()),
                    source: arena.text(&report.source),
                })
                .collect();
            made.fact = arena.text(fact);
            (made.reports, made.report_count) = arena.list(reports);
        }
        CoreConflict::Advice { advice, verdicts } => {
            let verdicts = verdicts
                .iter()
                .map(|verdict| ConflictingVerdict {
                    verdict: Verdict::of(verdict.verdict),
                    rules: arena.texts(&verdict.rules),
                })
                .collect();
            made.advice = arena.text(advice);
            (made.verdicts, made.verdict_count) = arena.list(verdicts);
        }
        _ => {}
    }
    made
}
