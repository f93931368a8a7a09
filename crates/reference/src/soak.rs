//! Mixed work for a long time: packs are loaded and dropped while threads advise, explain, plan and prove.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, RwLock};
use std::thread;
use std::time::{Duration, Instant};

use liniment::{Elapsed, KnowledgeBase};

use crate::compare::{agreement, build};
use crate::differential::case_of_facts;
use crate::generate::{MOST_CASE_NUMBERS, Trial, case_of_numbers};
use crate::random::Random;

/// Threads that evaluate while another loads packs.
pub const THREADS: u64 = 8;
/// Random packs that are loaded at one time.
const SLOTS: usize = 4;
/// Steps that one question of a proof may take.
const BUDGET: u64 = 50;
/// Memory may swing by so much without having grown.
const SWING: u64 = 16 * 1024 * 1024;

/// What was done.
#[derive(Debug, Default)]
pub struct Report {
    pub cases: u64,
    pub built_in: u64,
    pub explanations: u64,
    pub plans: u64,
    pub proofs: u64,
    pub loads: u64,
    /// Resident memory in bytes, at regular intervals; empty where the system does not tell.
    pub memory: Vec<u64>,
    pub differences: Vec<String>,
}

impl Report {
    /// The most memory in the second and in the last third of the time, once everything is warm.
    pub fn memory_of_thirds(&self) -> Option<(u64, u64)> {
        let third = self.memory.len() / 3;
        let most = |from: usize, to: usize| self.memory.get(from..to)?.iter().max().copied();
        Some((most(third, 2 * third)?, most(2 * third, self.memory.len())?))
    }

    /// Whether memory was no larger at the end than before.
    pub fn is_flat(&self) -> bool {
        self.memory_of_thirds()
            .is_none_or(|(before, after)| after <= before + before / 10 + SWING)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mebibytes = |bytes: u64| bytes / (1024 * 1024);
        writeln!(
            out,
            "{} cases of random packs against the reference, {} of the built-in packs against themselves, \
             {} explanations, {} plans, {} proofs, {} loads of packs",
            self.cases, self.built_in, self.explanations, self.plans, self.proofs, self.loads
        )?;
        match self.memory_of_thirds() {
            Some((before, after)) => writeln!(
                out,
                "most memory: {} MiB in the second third of the time, {} MiB in the last",
                mebibytes(before),
                mebibytes(after)
            )?,
            None => writeln!(out, "memory: this system does not tell")?,
        }
        write!(out, "{} differences", self.differences.len())
    }
}

struct Loaded {
    kb: KnowledgeBase,
    trial: Trial,
}

/// The built-in packs, and what they answered to each case when they were first loaded.
struct BuiltIn {
    kb: RwLock<KnowledgeBase>,
    answers: BTreeMap<String, String>,
}

#[derive(Default)]
struct Counters {
    cases: AtomicU64,
    built_in: AtomicU64,
    explanations: AtomicU64,
    plans: AtomicU64,
    proofs: AtomicU64,
    loads: AtomicU64,
}

struct Shared {
    slots: Vec<RwLock<Arc<Loaded>>>,
    built_in: BuiltIn,
    counters: Counters,
    differences: Mutex<Vec<String>>,
    over: AtomicBool,
}

impl Shared {
    fn differs(&self, difference: String) {
        if let Ok(mut differences) = self.differences.lock() {
            differences.push(difference);
        }
    }
}

/// Works for so long, from this seed.
pub fn soak(time: Duration, seed: u64) -> Result<Report, String> {
    let mut random = Random::new(seed);
    let slots = (0..SLOTS)
        .map(|_| Ok(RwLock::new(Arc::new(load(&mut random)?))))
        .collect::<Result<Vec<_>, String>>()?;
    let shared = Shared {
        slots,
        built_in: built_in(&mut random)?,
        counters: Counters::default(),
        differences: Mutex::default(),
        over: AtomicBool::new(false),
    };
    let mut memory = Vec::new();
    thread::scope(|scope| {
        for number in 0..THREADS {
            let random = Random::new(seed ^ (number + 1));
            scope.spawn(|| evaluate(&shared, random));
        }
        scope.spawn(|| reload(&shared, random));
        let end = Instant::now() + time;
        while Instant::now() < end {
            thread::sleep(time.min(Duration::from_secs(60)) / 60);
            memory.extend(resident());
        }
        shared.over.store(true, Ordering::Relaxed);
    });
    let count = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
    let counters = &shared.counters;
    Ok(Report {
        cases: count(&counters.cases),
        built_in: count(&counters.built_in),
        explanations: count(&counters.explanations),
        plans: count(&counters.plans),
        proofs: count(&counters.proofs),
        loads: count(&counters.loads),
        memory,
        differences: shared.differences.into_inner().unwrap_or_default(),
    })
}

/// A random pack that the engine takes.
fn load(random: &mut Random) -> Result<Loaded, String> {
    for _ in 0..1_000 {
        let trial = Trial::of_seed(random.next_number(), 0);
        if let Ok(kb) = build(&trial.base, None) {
            return Ok(Loaded { kb, trial });
        }
    }
    Err("a thousand packs in a row were refused".to_owned())
}

fn load_built_in() -> Result<KnowledgeBase, String> {
    KnowledgeBase::builder()
        .pack(liniment_rules::calf_cramps())
        .pack(liniment_rules::leg_red_flags())
        .build()
        .map(|(kb, _)| kb)
        .map_err(|error| error.to_string())
}

fn built_in(random: &mut Random) -> Result<BuiltIn, String> {
    let kb = load_built_in()?;
    let facts = kb.facts();
    let mut answers = BTreeMap::new();
    for _ in 0..200 {
        let case = case_of_facts(&facts, random).to_string();
        let advice = kb.case_from_json(&case).and_then(|case| kb.advise(&case));
        answers.insert(case, advice.map_err(|error| error.to_string())?.to_json());
    }
    Ok(BuiltIn {
        kb: RwLock::new(kb),
        answers,
    })
}

fn reload(shared: &Shared, mut random: Random) {
    while !shared.over.load(Ordering::Relaxed) {
        match load(&mut random) {
            Ok(loaded) => {
                if let Ok(mut slot) = shared.slots[random.below(SLOTS)].write() {
                    *slot = Arc::new(loaded);
                }
            }
            Err(error) => shared.differs(error),
        }
        if random.below(20) == 0 {
            match load_built_in() {
                Ok(kb) => {
                    if let Ok(mut slot) = shared.built_in.kb.write() {
                        *slot = kb;
                    }
                }
                Err(error) => shared.differs(error),
            }
        }
        shared.counters.loads.fetch_add(1, Ordering::Relaxed);
        thread::sleep(Duration::from_millis(5));
    }
}

fn evaluate(shared: &Shared, mut random: Random) {
    while !shared.over.load(Ordering::Relaxed) {
        let done = if random.below(4) == 0 {
            built_in_case(shared, &mut random)
        } else {
            random_case(shared, &mut random)
        };
        if let Err(difference) = done {
            shared.differs(difference);
        }
    }
}

fn random_case(shared: &Shared, random: &mut Random) -> Result<(), String> {
    let counters = &shared.counters;
    let loaded = match shared.slots[random.below(SLOTS)].read() {
        Ok(slot) => Arc::clone(&slot),
        Err(error) => return Err(error.to_string()),
    };
    let length = random.below(MOST_CASE_NUMBERS);
    let case = case_of_numbers(&loaded.trial.base, &random.numbers(length));
    agreement(&loaded.kb, &loaded.trial.base, &case)?;
    counters.cases.fetch_add(1, Ordering::Relaxed);
    if random.below(500) == 0 {
        loaded.kb.prove(BUDGET);
        counters.proofs.fetch_add(1, Ordering::Relaxed);
    }
    Ok(())
}

fn built_in_case(shared: &Shared, random: &mut Random) -> Result<(), String> {
    let counters = &shared.counters;
    let kb = match shared.built_in.kb.read() {
        Ok(kb) => kb.clone(),
        Err(error) => return Err(error.to_string()),
    };
    let answers = &shared.built_in.answers;
    let (json, expected) = answers
        .iter()
        .nth(random.below(answers.len()))
        .ok_or("there is no case")?;
    let said = |error: liniment::Error| error.to_string();
    let case = kb.case_from_json(json).map_err(said)?;
    let got = kb.advise(&case).map_err(said)?.to_json();
    if got != *expected {
        return Err(format!("{json}\nwas {expected}\nis now {got}"));
    }
    counters.built_in.fetch_add(1, Ordering::Relaxed);
    if random.below(10) == 0 {
        let ids = kb.advice_ids();
        let id = ids[random.below(ids.len())];
        kb.explain(&case, id).map_err(said)?.to_text();
        counters.explanations.fetch_add(1, Ordering::Relaxed);
    }
    if random.below(50) == 0 {
        kb.plan(&case, Elapsed::from_microseconds(14 * 86_400_000_000))
            .map_err(said)?;
        counters.plans.fetch_add(1, Ordering::Relaxed);
    }
    Ok(())
}

/// The memory that this program has in use, where the system tells.
fn resident() -> Option<u64> {
    of_status("VmRSS:")
}

/// The most memory that this program has had in use, where the system tells.
pub fn most_resident() -> Option<u64> {
    of_status("VmHWM:")
}

fn of_status(name: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with(name))?;
    let kibibytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kibibytes * 1024)
}
