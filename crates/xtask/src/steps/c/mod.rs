//! The C library: its header, its interface used from C and C++, its memory, its threads, its installation.

mod abi;
mod foreign;
mod header;
mod installed;
mod interface;
mod memory;
mod null_calls;
mod programs;
mod sizes;

use std::path::PathBuf;

use super::{Step, Tally, Tool};

/// Builds the library and a program of the folder of its tests.
pub(crate) fn test_program(name: &str) -> Result<PathBuf, String> {
    programs::library()?;
    programs::compile(&programs::test_source(name), &name.replace('.', "_"), &[])
}

pub(super) const CC: Tool = debian("cc", &["cc", "--version"], "apt-get install gcc");
pub(super) const CXX: Tool = debian("c++", &["c++", "--version"], "apt-get install g++");
const NM: Tool = debian("nm", &["nm", "--version"], "apt-get install binutils");
const ABIDIFF: Tool = debian(
    "abidiff",
    &["abidiff", "--version"],
    "apt-get install abigail-tools",
);
pub(super) const VALGRIND: Tool = debian("valgrind", &["valgrind", "--version"], "apt-get install valgrind");
const CMAKE: Tool = debian("cmake", &["cmake", "--version"], "apt-get install cmake");
const MAKE: Tool = debian("make", &["make", "--version"], "apt-get install make");
const PKG_CONFIG: Tool = debian(
    "pkg-config",
    &["pkg-config", "--version"],
    "apt-get install pkg-config",
);
const SQLITE: Tool = debian("sqlite3", &["sqlite3", "--version"], "apt-get install sqlite3");
const PYTHON: Tool = debian(
    "python3",
    &["python3", "-m", "venv", "--help"],
    "apt-get install python3-venv",
);

const fn debian(name: &'static str, probe: &'static [&'static str], install: &'static str) -> Tool {
    Tool { name, probe, install }
}

/// What runs always, and what runs with `--full` only.
const ALWAYS: bool = false;
const FULL: bool = true;

const fn step(
    name: &'static str,
    full: bool,
    needs: &'static [Tool],
    run: fn() -> Result<Tally, String>,
) -> Step {
    Step {
        name,
        full,
        needs,
        run,
    }
}

pub(super) const STEPS: &[Step] = &[
    step("c-header", ALWAYS, &[CC, CXX], header::check),
    step("c-interface", ALWAYS, &[CC, CXX, NM], interface::check),
    step("c-abi", ALWAYS, &[CC, ABIDIFF], abi::check),
    step("c-memory", FULL, &[CC, VALGRIND], memory::check),
    step("c-foreign", FULL, &[CC, PYTHON], foreign::check),
    step(
        "c-installed",
        FULL,
        &[CC, CXX, CMAKE, MAKE, PKG_CONFIG, SQLITE],
        installed::check,
    ),
    step("c-sizes", FULL, &[CC], sizes::check),
];
