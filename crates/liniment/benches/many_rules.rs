//! Many rules: 100 to 100,000 of workload B and of three harder ones. `cargo bench -p liniment --bench
//! many_rules`.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a benchmark has nobody to report to"
)]

#[path = "support/round.rs"]
mod round;
mod support;

use std::collections::HashMap;
use std::hint::black_box;
use std::sync::{Mutex, OnceLock};

use divan::Bencher;
use liniment::{Instructions, KnowledgeBase, Masks};
use liniment_workloads::{Knowledge, Truth, Workload, ranges_only, shared_condition, sparse, workload_b};
use round::Round;
use support::{build, cases, raw, rows};

fn main() {
    // Enough at once for the clock, and for every case to be met.
    divan::Divan::from_args().sample_size(64).sample_count(20).main();
}

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Work {
    /// Workload B, all facts known.
    Known,
    /// Workload B, half of the facts unknown.
    Half,
    Ranges,
    Shared,
    Sparse,
}

const WORKS: [(Work, usize); 20] = {
    let sizes = [100, 1_000, 10_000, 100_000];
    let works = [Work::Known, Work::Half, Work::Ranges, Work::Shared, Work::Sparse];
    let mut all = [(Work::Known, 0); 20];
    let mut place = 0;
    while place < 20 {
        all[place] = (works[place / 4], sizes[place % 4]);
        place += 1;
    }
    all
};

impl Work {
    fn workload(self, rules: usize) -> Workload {
        match self {
            Work::Known | Work::Half => workload_b(rules, rules),
            Work::Ranges => ranges_only(rules),
            Work::Shared => shared_condition(rules),
            Work::Sparse => sparse(rules),
        }
    }

    fn knowledge(self) -> Knowledge {
        match self {
            Work::Half => Knowledge::Share(0.5),
            Work::Sparse => Knowledge::Facts(20),
            _ => Knowledge::All,
        }
    }
}

/// Large packs are built once for all that is measured on them.
fn prepared(work: Work, rules: usize, instructions: Instructions) -> &'static (Workload, KnowledgeBase) {
    type Key = (&'static str, usize, Instructions);
    static BUILT: OnceLock<Mutex<HashMap<Key, &'static (Workload, KnowledgeBase)>>> = OnceLock::new();
    let workload = work.workload(rules);
    let mut built = BUILT.get_or_init(Mutex::default).lock().unwrap();
    built
        .entry((workload.name, rules, instructions))
        .or_insert_with(|| {
            let kb = build(&workload, instructions);
            // What the first case of a knowledge base prepares is no part of it.
            kb.masks(&kb.case(), &mut Masks::new()).unwrap();
            Box::leak(Box::new((workload, kb)))
        })
}

fn live(bencher: Bencher, work: Work, rules: usize, instructions: Instructions) {
    let (workload, kb) = prepared(work, rules, instructions);
    let cases = cases(kb, workload, &rows(workload, work.knowledge()));
    let mut round = Round::new(&cases);
    let (mut masks, mut live) = (Masks::new(), Vec::new());
    bencher.bench_local(|| {
        kb.live_rules(black_box(round.next()), &mut masks, &mut live)
            .unwrap();
        black_box(live.len())
    });
}

/// From a case to the rules that are True.
#[divan::bench(args = WORKS)]
fn live_rules(bencher: Bencher, (work, rules): (Work, usize)) {
    live(bencher, work, rules, Instructions::default());
}

/// The same with portable instructions.
#[divan::bench(args = WORKS)]
fn live_rules_portable(bencher: Bencher, (work, rules): (Work, usize)) {
    live(bencher, work, rules, Instructions::Portable);
}

/// The same from raw values.
#[divan::bench(args = WORKS)]
fn live_rules_of_raw_values(bencher: Bencher, (work, rules): (Work, usize)) {
    let (workload, kb) = prepared(work, rules, Instructions::default());
    let raw = raw(kb, workload, &rows(workload, work.knowledge()));
    let mut round = Round::new(&raw);
    let (mut masks, mut live) = (Masks::new(), Vec::new());
    bencher.bench_local(|| {
        kb.live_rules_of(black_box(round.next()), &mut masks, &mut live)
            .unwrap();
        black_box(live.len())
    });
}

/// From a case to both masks: the rules that are True, and those that are not False.
#[divan::bench(args = WORKS)]
fn masks(bencher: Bencher, (work, rules): (Work, usize)) {
    let (workload, kb) = prepared(work, rules, Instructions::default());
    let cases = cases(kb, workload, &rows(workload, work.knowledge()));
    let mut round = Round::new(&cases);
    let mut masks = Masks::new();
    bencher.bench_local(|| {
        kb.masks(black_box(round.next()), &mut masks).unwrap();
        black_box(masks.possible()[0])
    });
}

/// A plain scan for the rules that are True: each rule until its first condition that does not hold.
#[divan::bench(args = WORKS)]
fn plain_scan(bencher: Bencher, (work, rules): (Work, usize)) {
    let workload = work.workload(rules);
    let rows = rows(&workload, work.knowledge());
    let mut round = Round::new(&rows);
    let mut live = Vec::new();
    bencher.bench_local(|| {
        let row = black_box(round.next());
        live.clear();
        let holds = |rule: &liniment_workloads::Rule| {
            rule.conditions
                .iter()
                .all(|condition| condition.test.truth(row[condition.fact]) == Truth::True)
        };
        live.extend(
            (0u32..)
                .zip(&workload.rules)
                .filter(|(_, rule)| holds(rule))
                .map(|(number, _)| number),
        );
        black_box(live.len())
    });
}

/// A plain scan for both masks: each rule until its first condition that is False.
#[divan::bench(args = WORKS)]
fn plain_scan_for_masks(bencher: Bencher, (work, rules): (Work, usize)) {
    let workload = work.workload(rules);
    let rows = rows(&workload, work.knowledge());
    let mut round = Round::new(&rows);
    let words = workload.rules.len().div_ceil(64);
    let (mut sure, mut possible) = (vec![0u64; words], vec![0u64; words]);
    bencher.bench_local(|| {
        let row = black_box(round.next());
        sure.fill(0);
        possible.fill(0);
        for (number, rule) in workload.rules.iter().enumerate() {
            let mut all = true;
            let mut truths = rule.conditions.iter().map(|condition| {
                let truth = condition.test.truth(row[condition.fact]);
                all &= truth == Truth::True;
                truth
            });
            if !truths.any(|truth| truth == Truth::False) {
                possible[number / 64] |= 1 << (number % 64);
                sure[number / 64] |= u64::from(all) << (number % 64);
            }
        }
        black_box(possible[0] ^ sure[0])
    });
}
