//! How large the stripped shared library may be.

use std::path::Path;

use super::programs::folder;
use crate::install::build;
use crate::steps::Tally;
use crate::workspace::{output, program};

const MIB: u64 = 1024 * 1024;

/// What is built, and how many bytes it may have.
const KINDS: &[(&str, &str, &[&str], u64)] = &[
    (
        "everything",
        "release",
        &["arrow", "prove", "calf-cramps", "leg-red-flags"],
        4 * MIB,
    ),
    (
        "without arrow",
        "release",
        &["prove", "calf-cramps", "leg-red-flags"],
        2 * MIB,
    ),
    ("for a device", "device", &["calf-cramps"], MIB),
];

pub(super) fn check() -> Result<Tally, String> {
    let mut tally = Tally::default();
    for (what, profile, features, most) in KINDS {
        let features: Vec<String> = features.iter().map(|feature| (*feature).to_owned()).collect();
        let size = stripped(&build("cdylib", profile, Some(&features))?)?;
        println!("{what}: {size} bytes, {most} allowed");
        tally.count(size <= *most, || {
            format!("the library {what} has {size} bytes; {most} are allowed")
        });
    }
    Ok(tally)
}

fn stripped(library: &Path) -> Result<u64, String> {
    std::fs::create_dir_all(folder()).map_err(|error| error.to_string())?;
    let copy = folder().join("stripped.so");
    output(program(
        "strip",
        [
            "--strip-unneeded".as_ref(),
            "-o".as_ref(),
            copy.as_os_str(),
            library.as_os_str(),
        ],
    ))?;
    std::fs::metadata(&copy)
        .map(|data| data.len())
        .map_err(|error| error.to_string())
}
