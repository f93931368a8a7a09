//! Where the time goes from the text of packs to a knowledge base: a row for each size, a column for each
//! stage. `cargo bench -p liniment --bench load -- [ROUNDS]`.
//!
//! The stages are those that `Builder::progress` tells of. Sizes take turns, so that what else the machine
//! does falls on all of them alike; each figure is the median of its rounds.
#![expect(clippy::unwrap_used, reason = "a benchmark has nobody to report to")]

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use liniment::{KnowledgeBase, Source, Stage};
use liniment_workloads::{Workload, workload_b};

/// What is loaded.
struct Pack {
    name: String,
    sources: Vec<Source>,
    rules: u64,
    bytes: usize,
    /// By stage, and last the whole: the time of each round.
    times: BTreeMap<Option<Stage>, Vec<Duration>>,
    /// The time of the first verdicts, of each round.
    first: Vec<Duration>,
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let rounds = words.iter().find_map(|word| word.parse().ok()).unwrap_or(5);
    let mut packs = vec![calf()];
    for rules in [1_000, 10_000, 100_000] {
        packs.push(generated(format!("B, {rules} rules"), &workload_b(rules, rules)));
    }
    packs.push(generated(
        "B, 100 advice ids".to_owned(),
        &workload_b(100_000, 100),
    ));
    for _ in 0..rounds {
        for pack in &mut packs {
            measure(pack);
        }
    }
    table(&packs, rounds);
}

fn calf() -> Pack {
    let files = [liniment_rules::calf_cramps(), liniment_rules::leg_red_flags()];
    let bytes = files
        .iter()
        .flat_map(|files| files.iter())
        .filter(|(name, _)| !name.starts_with("cases/"))
        .map(|(_, text)| text.len())
        .sum();
    let sources: Vec<Source> = files.map(|files| Source::from(files).without_cases()).to_vec();
    Pack {
        name: "both calf packs".to_owned(),
        sources,
        rules: 0,
        bytes,
        times: BTreeMap::new(),
        first: Vec::new(),
    }
}

fn generated(name: String, workload: &Workload) -> Pack {
    let files = workload.files();
    Pack {
        name,
        rules: 0,
        bytes: files.iter().map(|(_, text)| text.len()).sum(),
        sources: vec![Source::files(files)],
        times: BTreeMap::new(),
        first: Vec::new(),
    }
}

fn measure(pack: &mut Pack) {
    let (sender, receiver) = channel();
    let builder = pack
        .sources
        .iter()
        .cloned()
        .fold(KnowledgeBase::builder(), |builder, pack| builder.pack(pack));
    let builder = builder.progress(move |progress| {
        if progress.done == 0 {
            sender
                .send((progress.stage, progress.total, Instant::now()))
                .unwrap();
        }
        ControlFlow::Continue(())
    });
    let started = Instant::now();
    let base = builder.build().unwrap();
    let ended = Instant::now();
    // What is prepared for fast verdicts is prepared at the first ones.
    let (base, _) = base;
    let mut buffer = Vec::new();
    base.verdicts(&base.case(), &mut buffer).unwrap();
    pack.first.push(ended.elapsed());
    drop(base);
    let starts: Vec<(Stage, u64, Instant)> = receiver.try_iter().collect();
    let ends = starts.iter().skip(1).map(|(_, _, start)| *start).chain([ended]);
    for ((stage, total, start), end) in starts.iter().zip(ends) {
        if *stage == Stage::Compile {
            pack.rules = *total;
        }
        pack.times.entry(Some(*stage)).or_default().push(end - *start);
    }
    pack.times.entry(None).or_default().push(ended - started);
}

fn table(packs: &[Pack], rounds: usize) {
    println!("from text to a knowledge base, milliseconds, median of {rounds}");
    print!("{:<20} {:>8} {:>8}", "", "rules", "kB");
    for stage in Stage::ALL {
        print!(" {:>9}", stage.name());
    }
    println!(" {:>9} {:>10} {:>15}", "whole", "rules/s", "first verdicts");
    for pack in packs {
        print!("{:<20} {:>8} {:>8}", pack.name, pack.rules, pack.bytes / 1000);
        let median = |times: &[Duration]| {
            let mut sorted = times.to_vec();
            sorted.sort();
            let middle = sorted.get(sorted.len() / 2).copied();
            middle.unwrap_or_default().as_secs_f64()
        };
        let of_stage = |stage| pack.times.get(&stage).map_or(0.0, |times| median(times));
        for stage in Stage::ALL {
            print!(" {:>9.2}", of_stage(Some(stage)) * 1000.0);
        }
        let whole = of_stage(None);
        print!(" {:>9.2} {:>10.0}", whole * 1000.0, pack.rules as f64 / whole);
        println!(" {:>15.2}", median(&pack.first) * 1000.0);
    }
}
