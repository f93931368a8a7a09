//! Mutations: do a pack's own cases and promises notice when its rules are changed?
//!
//! ```text
//! pack text ─changes→ a changed pack ─check→ rejected?
//!                          └─ cases, then promises → caught?
//!                                 └─ compared with the pack as it was → the same, or a survivor with a case
//! ```
//!
//! One change at a time: a row, an exception, a suppression, a stage left out, a test turned round, a limit
//! moved by a minute. A change that neither the cases nor the promises notice is compared with the pack as
//! it was: either no case whatever tells the two apart, or one is shown.

mod changes;
mod report;

use std::sync::atomic::{AtomicUsize, Ordering};

use changes::{Change, changes};
pub use report::{Mutation, MutationFate, MutationReport};

use crate::compact_sort::CompactSort;
use crate::diagnostic::PackError;
use crate::knowledge_base::KnowledgeBase;
use crate::limits::Limits;
use crate::pack_tests::Suite;
use crate::parse::Source;
use crate::prove::{BUDGET, diff};

/// Which changes are made.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sample {
    /// How many of the changes; all, when left out.
    pub most: Option<usize>,
    /// Which of them: another seed, another choice.
    pub seed: u64,
}

/// Changes the rules of each pack, one change at a time, and runs the cases and promises of all packs.
///
/// # Errors
/// When a pack has an error, or one of its cases fails, before anything is changed.
pub fn run(packs: &[Source], limits: &Limits, sample: Sample) -> Result<MutationReport, PackError> {
    let bench = Bench::new(packs, limits)?;
    let mut made: Vec<(usize, usize, Change)> = Vec::new();
    for (pack, source) in packs.iter().enumerate() {
        for (file, (name, text)) in source.texts().enumerate() {
            if name != "pack.ron" && !name.starts_with("cases/") {
                let found = changes(text, limits.depth);
                made.extend(found.into_iter().map(|change| (pack, file, change)));
            }
        }
    }
    let total = made.len();
    let chosen = choose(made, sample);
    let next = AtomicUsize::new(0);
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let mut mutations: Vec<(usize, Mutation)> = Vec::with_capacity(chosen.len());
    std::thread::scope(|scope| {
        let running: Vec<_> = (0..workers)
            .map(|_| {
                scope.spawn(|| {
                    let mut done = Vec::new();
                    loop {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        let Some((pack, file, change)) = chosen.get(number) else {
                            return done;
                        };
                        done.push((number, bench.judge(*pack, *file, change)));
                    }
                })
            })
            .collect();
        for worker in running {
            // A worker that stopped early leaves its changes out; the counts show it.
            mutations.extend(worker.join().unwrap_or_default());
        }
    });
    mutations.compact_sort_by_key(|(number, _)| *number);
    Ok(MutationReport::new(
        total,
        mutations.into_iter().map(|(_, mutation)| mutation).collect(),
    ))
}

/// Some of the changes, spread evenly; the seed moves the choice.
fn choose(made: Vec<(usize, usize, Change)>, sample: Sample) -> Vec<(usize, usize, Change)> {
    let total = made.len();
    let Some(most) = sample.most.filter(|most| *most < total) else {
        return made;
    };
    let scattered = |number: usize| {
        // A fixed mixing of bits: the same choice on every machine.
        let mut bits = (number as u64)
            .wrapping_add(sample.seed.wrapping_mul(0x9e37_79b9_7f4a_7c15))
            .wrapping_add(0x9e37_79b9_7f4a_7c15);
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    };
    let mut order: Vec<usize> = (0..total).collect();
    order.compact_sort_by_key(|number| scattered(*number));
    order.truncate(most);
    order.compact_sort();
    let mut wanted = order.into_iter().peekable();
    made.into_iter()
        .enumerate()
        .filter(|(number, _)| wanted.next_if_eq(number).is_some())
        .map(|(_, change)| change)
        .collect()
}

/// The packs as they are.
struct Bench<'a> {
    packs: &'a [Source],
    limits: &'a Limits,
    suite: Suite,
    /// All packs together, and each with those that it names.
    before: Vec<(Vec<usize>, KnowledgeBase)>,
}

impl<'a> Bench<'a> {
    fn new(packs: &'a [Source], limits: &'a Limits) -> Result<Self, PackError> {
        let suite = Suite::new(packs, limits)?;
        let mut before = Vec::new();
        for set in suite.sets() {
            before.push((set.clone(), Suite::build(packs, limits, &set)?));
        }
        Ok(Self {
            packs,
            limits,
            suite,
            before,
        })
    }

    fn judge(&self, pack: usize, file: usize, change: &Change) -> Mutation {
        let mut fate = MutationFate::Rejected;
        let mut by = String::new();
        for text in &change.by {
            text.clone_into(&mut by);
            fate = self.fate(pack, file, change, text);
            if fate != MutationFate::Rejected {
                break;
            }
        }
        let (name, line, was) = self
            .packs
            .get(pack)
            .map(|source| source.piece(file, change.start..change.end))
            .unwrap_or_default();
        Mutation {
            file: name,
            line,
            what: change.what,
            was,
            now: by,
            fate,
        }
    }

    fn fate(&self, pack: usize, file: usize, change: &Change, by: &str) -> MutationFate {
        let mut packs = self.packs.to_vec();
        if let Some(source) = packs.get_mut(pack) {
            *source = source.changed(file, change.start..change.end, by);
        }
        // The sets of packs in which the changed one stands.
        let mut after: Vec<(&KnowledgeBase, KnowledgeBase)> = Vec::new();
        let sets = self.before.iter().filter(|(set, _)| set.contains(&pack));
        for (set, before) in sets {
            let Ok(kb) = Suite::build(&packs, self.limits, set) else {
                return MutationFate::Rejected;
            };
            if let Some(case) = self.suite.first_failure(set, &kb) {
                return MutationFate::CaughtByCase(case);
            }
            after.push((before, kb));
        }
        for (_, kb) in &after {
            if let Some(promise) = kb.broken_promise(BUDGET) {
                return MutationFate::CaughtByPromise(promise);
            }
        }
        let mut undecided = false;
        for (before, kb) in &after {
            let found = diff(before, kb, BUDGET);
            if let Some(shown) = found.first_difference() {
                return MutationFate::Survived(shown);
            }
            undecided |= !found.undecided.is_empty();
        }
        if undecided {
            MutationFate::Undecided
        } else {
            MutationFate::Equal
        }
    }
}
