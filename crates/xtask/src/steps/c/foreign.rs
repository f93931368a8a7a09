//! The library driven by somebody else's reader of headers: Python's cffi.

use super::programs::library;
use crate::steps::Tally;
use crate::workspace::{output, program, root, succeeds};

pub(super) fn check() -> Result<Tally, String> {
    library()?;
    let python = environment()?;
    let fine = succeeds(program(python, ["bindings/c/tests/foreign.py"]))?;
    Ok(Tally::of_one(
        fine,
        "the library does not answer cffi as it should",
    ))
}

/// A Python of its own with what `foreign.txt` pins.
fn environment() -> Result<std::path::PathBuf, String> {
    let folder = root().join("target/c-tests/python");
    let python = folder.join("bin/python");
    if !python.exists() {
        output(program("python3", ["-m", "venv", &folder.to_string_lossy()]))?;
    }
    output(program(
        &python,
        [
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--requirement",
            "bindings/c/tests/foreign.txt",
        ],
    ))?;
    Ok(python)
}
