//! The binary interface against the committed one: `bindings/c/abi/liniment.abi`.
//!
//! A change that is meant is accepted by `cargo xtask abi`, together with a new `ABI_VERSION` where programs
//! must be compiled anew.

use super::programs::{folder, library};
use crate::steps::Tally;
use crate::workspace::{output, program, root, succeeds};

const BASELINE: &str = "bindings/c/abi/liniment.abi";

pub(super) fn check() -> Result<Tally, String> {
    let now = folder().join("now.abi");
    write(&now.to_string_lossy())?;
    let mut command = program("abidiff", ["--no-added-syms", BASELINE]);
    command.arg(&now);
    let fine = succeeds(command)?;
    Ok(Tally::of_one(
        fine,
        "the binary interface has changed; `cargo xtask abi` accepts it",
    ))
}

/// Writes the interface as it is now over the committed one.
pub(crate) fn accept() -> Result<bool, String> {
    let folder = root().join("bindings/c/abi");
    std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    write(BASELINE)?;
    println!("wrote {BASELINE}");
    Ok(true)
}

/// Only what the header declares: types inside the library may change as they like.
fn write(path: &str) -> Result<(), String> {
    library()?;
    output(program(
        "abidw",
        [
            "--headers-dir",
            "bindings/c/include",
            "--drop-private-types",
            "--no-corpus-path",
            "--no-comp-dir-path",
            "--no-show-locs",
            "--type-id-style",
            "hash",
            "--out-file",
            path,
            "target/debug/libliniment_c.so",
        ],
    ))?;
    Ok(())
}
