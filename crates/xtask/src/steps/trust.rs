//! What could be wrong without any one test showing it: comparisons with the reference, fuzzing, supply.

use std::fs;

use super::c::{CC, CXX};
use super::{Step, Tally, environment, unsafe_code};
use crate::python::PYTHON;
use crate::workspace::{build_as_tested, output, program, root, succeeds};
use crate::{fuzz, pairs};

/// How long each target is fuzzed beyond its corpus.
const FUZZ_SECONDS: u64 = 5;

pub(super) const STEPS: &[Step] = &[
    Step {
        name: "unsafe",
        full: false,
        needs: &[],
        run: unsafe_code::check,
    },
    Step {
        name: "build-scripts",
        full: false,
        needs: &[],
        run: build_scripts,
    },
    Step {
        name: "environment",
        full: false,
        needs: &[CC],
        run: environment::check,
    },
    Step {
        name: "differential",
        full: false,
        needs: &[],
        run: differential,
    },
    Step {
        name: "pairs",
        full: true,
        needs: &[CC, PYTHON],
        run: pairs,
    },
    Step {
        name: "soak",
        full: true,
        needs: &[],
        run: soak,
    },
    Step {
        name: "fuzz",
        full: true,
        needs: &[CXX],
        run: fuzz,
    },
];

/// Our own build scripts start nothing and open nothing: they tell cargo what they were told.
fn build_scripts() -> Result<Tally, String> {
    let listed = output(program("git", ["ls-files", "build.rs", "*/build.rs"]))?;
    let mut tally = Tally::default();
    // Source files may be called so, too: a build script stands beside a manifest.
    let scripts = listed
        .lines()
        .filter(|file| root().join(file).with_file_name("Cargo.toml").exists());
    for file in scripts {
        let text = fs::read_to_string(root().join(file)).map_err(|error| format!("{file}: {error}"))?;
        let found: Vec<&str> = ["Command", "process::", "net::", "fs::", "File"]
            .into_iter()
            .filter(|word| text.contains(word))
            .collect();
        tally.count(found.is_empty(), || format!("{file} uses {}", found.join(", ")));
    }
    tally.count(true, String::new);
    Ok(tally)
}

fn differential() -> Result<Tally, String> {
    let arguments = ["--packs", "100", "--cases", "10"];
    Ok(Tally::of_one(
        succeeds(program(build_as_tested("differential")?, arguments))?,
        "the engine and the reference differ",
    ))
}

/// A few of the random pairs through every front end.
fn pairs() -> Result<Tally, String> {
    let [in_c, in_python] = pairs::repeated(40, 25, 20_261_127)?;
    let mut tally = Tally::default();
    tally.count(in_c, || "C answers otherwise than Rust".to_owned());
    tally.count(in_python, || "Python answers otherwise than Rust".to_owned());
    Ok(tally)
}

fn soak() -> Result<Tally, String> {
    let arguments = ["--minutes", "0.5"];
    Ok(Tally::of_one(
        succeeds(program(build_as_tested("soak")?, arguments))?,
        "memory grew, or answers changed while packs were loaded",
    ))
}

fn fuzz() -> Result<Tally, String> {
    let mut tally = Tally::default();
    for (target, fine) in fuzz::replay(FUZZ_SECONDS)? {
        tally.count(fine, || {
            format!("{target} has a finding, see fuzz/findings/{target}")
        });
    }
    Ok(tally)
}
