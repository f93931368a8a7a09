//! How large the shared library for devices is, stripped: no larger than what was reached. And that it works.

use std::path::Path;

use super::interface::answers_corpus;
use super::programs::{compile_with, link_in, start, test_source};
use crate::install::build;
use crate::steps::Tally;
use crate::workspace::{root, succeeds};

/// One pack; no batches, proofs, reasons, tools.
const FEATURES: &[&str] = &["calf-cramps"];
/// What it may have, in bytes.
const MOST: u64 = 1_880_000;
/// What it should have one day.
const GOAL: u64 = 1_000_000;

pub(super) fn check() -> Result<Tally, String> {
    let mut tally = Tally::default();
    let features: Vec<String> = FEATURES.iter().map(|feature| (*feature).to_owned()).collect();
    let built = build("cdylib", "device", Some(&features))?;
    let size = std::fs::metadata(&built)
        .map_err(|error| format!("{}: {error}", built.display()))?
        .len();
    println!("{size:>9} bytes for devices; at most {MOST}, the goal is {GOAL}");
    tally.count(size <= MOST, || {
        format!("the library for devices has {size} bytes, more than {MOST}: what was added, and must it be there?")
    });
    use_on_device(&built, &mut tally)?;
    Ok(tally)
}

/// The library for devices says what it does not have, and gives the advice of the full one, byte for byte, also of a
/// pack that it reads from a folder.
fn use_on_device(library: &Path, tally: &mut Tally) -> Result<(), String> {
    let folder = root().join("target/c-device");
    link_in(&folder, library)?;
    let device = compile_with(&folder, &test_source("device.c"), "device", &[])?;
    let fine = succeeds(start(&device, &[]))?;
    tally.count(fine, || {
        "the library for devices does not do what it should".to_owned()
    });
    let corpus = compile_with(&folder, &test_source("corpus.c"), "corpus", &[])?;
    let fine = answers_corpus(start(&corpus, &["rules"]), |call| call == "advise")?;
    tally.count(fine, || {
        "the library for devices gives other advice than the conformance corpus".to_owned()
    });
    Ok(())
}
