//! What the tests said of each mutant, kept from run to run.

use std::collections::BTreeMap;
use std::fmt;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use super::Mutant;
use crate::workspace::root;

pub(super) enum Outcome {
    Caught(String),
    TimedOut,
    Missed,
    Unviable,
    LeftOut,
}

impl fmt::Display for Outcome {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Outcome::Caught(by) => write!(out, "caught by {by}:"),
            Outcome::TimedOut => out.write_str("timed out"),
            Outcome::Missed => out.write_str("missed"),
            Outcome::Unviable => out.write_str("does not compile:"),
            Outcome::LeftOut => out.write_str("cannot be switched:"),
        }
    }
}

impl Outcome {
    fn read(text: &str) -> Option<Outcome> {
        Some(match text {
            "timed out" => Outcome::TimedOut,
            "missed" => Outcome::Missed,
            "does not compile:" => Outcome::Unviable,
            "cannot be switched:" => Outcome::LeftOut,
            _ => {
                let by = text.strip_prefix("caught by ")?.strip_suffix(':')?;
                Outcome::Caught(by.to_owned())
            }
        })
    }
}

/// Outcomes by the keys of their mutants.
pub(super) struct Outcomes {
    by_key: BTreeMap<String, Outcome>,
}

impl Outcomes {
    pub(super) fn none() -> Outcomes {
        Outcomes {
            by_key: BTreeMap::new(),
        }
    }

    /// Those of the last run, wherever the mutants stand by now.
    pub(super) fn of_last_run() -> Result<Outcomes, String> {
        let path = path();
        let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(Outcomes::read(&text))
    }

    fn read(text: &str) -> Outcomes {
        let lines = text.lines().filter_map(|line| {
            let (outcome, name) = line.split_at_checked(line.find(" crates/")?)?;
            Some((key(name.trim_start()), Outcome::read(outcome)?))
        });
        Outcomes {
            by_key: lines.collect(),
        }
    }

    /// It was missed, or not tried yet.
    pub(super) fn is_open(&self, mutant: &Mutant) -> bool {
        matches!(self.by_key.get(&mutant.key()), Some(Outcome::Missed) | None)
    }

    pub(super) fn insert(&mut self, mutant: &Mutant, outcome: Outcome) {
        self.by_key.insert(mutant.key(), outcome);
    }

    /// Writes those of these mutants, in their order.
    pub(super) fn keep(&self, mutants: &[Mutant]) -> Result<(), String> {
        let mut text = String::new();
        for mutant in mutants {
            if let Some(outcome) = self.by_key.get(&mutant.key()) {
                let _ = writeln!(text, "{outcome} {}", mutant.full_name());
            }
        }
        let path = path();
        fs::write(&path, &text).map_err(|error| format!("{}: {error}", path.display()))
    }

    pub(super) fn count<'a>(&self, mutants: impl IntoIterator<Item = &'a Mutant>) -> Counts {
        let mut counts = Counts::default();
        for mutant in mutants {
            match self.by_key.get(&mutant.key()) {
                Some(Outcome::Caught(_)) => counts.caught += 1,
                Some(Outcome::TimedOut) => counts.timed_out += 1,
                Some(Outcome::Missed) => counts.missed += 1,
                Some(Outcome::Unviable) => counts.unviable += 1,
                Some(Outcome::LeftOut) => counts.left_out += 1,
                None => {}
            }
        }
        counts
    }
}

#[derive(Default)]
pub(super) struct Counts {
    caught: usize,
    timed_out: usize,
    missed: usize,
    unviable: usize,
    left_out: usize,
}

impl Counts {
    fn tried(&self) -> usize {
        self.caught + self.timed_out + self.missed
    }

    /// Of a hundred that were tried.
    pub(super) fn share(&self) -> f64 {
        100.0 * (self.caught + self.timed_out) as f64 / self.tried().max(1) as f64
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "{} tried: {} caught, {} timed out, {} missed ({:.1} % caught); {} do not compile, {} cannot be switched",
            self.tried(),
            self.caught,
            self.timed_out,
            self.missed,
            self.share(),
            self.unviable,
            self.left_out
        )
    }
}

/// A name of cargo-mutants without line and column, which change with whatever stands above.
pub(super) fn key(name: &str) -> String {
    let place = |rest: &str| {
        let (line, rest) = rest.split_once(':')?;
        let (column, rest) = rest.split_once(':')?;
        let numbers = [line, column].concat();
        numbers
            .bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| rest.to_owned())
    };
    name.split_once(':')
        .and_then(|(file, rest)| Some(format!("{file}:{}", place(rest)?)))
        .unwrap_or_else(|| name.to_owned())
}

fn path() -> PathBuf {
    root().join("target/mutants/outcomes.txt")
}

#[cfg(test)]
mod tests {
    use super::{Outcomes, key};
    use crate::mutants::{Mutant, drawn};

    fn mutant(name: &str, nth: usize) -> Mutant {
        Mutant {
            name: name.to_owned(),
            nth,
            file: String::new(),
            genre: String::new(),
            replacement: String::new(),
            start: (1, 1),
            end: (1, 1),
        }
    }

    #[test]
    fn outcomes_are_found_wherever_the_mutant_stands_by_now() {
        assert_eq!(
            key("crates/a.rs:12:3: replace f with ()"),
            "crates/a.rs: replace f with ()"
        );
        let kept = "missed crates/a.rs:12:3: replace < with > in f\n\
            caught by some_test: crates/a.rs:14:3: replace < with > in f [2]\n\
            does not compile: crates/b.rs:1:1: replace g -> B with Default::default()\n";
        let outcomes = Outcomes::read(kept);
        let first = mutant("crates/a.rs:13:3: replace < with > in f", 1);
        let second = mutant("crates/a.rs:15:3: replace < with > in f", 2);
        let third = mutant("crates/b.rs:9:1: replace g -> B with Default::default()", 1);
        assert!(outcomes.is_open(&first));
        assert!(!outcomes.is_open(&second));
        assert!(!outcomes.is_open(&third));
        assert!(outcomes.is_open(&mutant("crates/b.rs:9:1: replace h with ()", 1)));
        assert_eq!(
            outcomes.count([&first, &second, &third]).to_string(),
            "2 tried: 1 caught, 0 timed out, 1 missed (50.0 % caught); 1 do not compile, 0 cannot be switched"
        );
    }

    #[test]
    fn a_sample_hardly_changes_when_code_does() {
        let listed = |skipped: usize| {
            let mutants: Vec<Mutant> = (0..100)
                .filter(|number| *number != skipped)
                .map(|number| mutant(&format!("crates/a.rs:{number}:1: replace f{number} with ()"), 1))
                .collect();
            drawn(&mutants, 30, 7)
        };
        let all = listed(usize::MAX);
        assert_eq!(all.len(), 30);
        for skipped in 0..100 {
            let same = listed(skipped).iter().filter(|key| all.contains(key)).count();
            assert!(same >= 29, "{same} of 30 are left without the mutant {skipped}");
        }
    }
}
