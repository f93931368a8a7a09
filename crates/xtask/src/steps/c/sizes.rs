//! How large the shared library is, stripped: no larger than what was reached.

use crate::install::build;
use crate::steps::Tally;

struct Library {
    what: &'static str,
    profile: &'static str,
    /// All of them when left out.
    features: Option<&'static [&'static str]>,
    /// What it may have, in bytes.
    most: u64,
    /// What it should have one day.
    goal: u64,
}

const LIBRARIES: &[Library] = &[Library {
    what: "for devices: one pack; no batches, proofs, tools",
    profile: "device",
    features: Some(&["calf-cramps"]),
    most: 2_850_000,
    goal: 1_000_000,
}];

pub(super) fn check() -> Result<Tally, String> {
    let mut tally = Tally::default();
    for library in LIBRARIES {
        let features: Option<Vec<String>> = library
            .features
            .map(|features| features.iter().map(|feature| (*feature).to_owned()).collect());
        let built = build("cdylib", library.profile, features.as_deref())?;
        let size = std::fs::metadata(&built)
            .map_err(|error| format!("{}: {error}", built.display()))?
            .len();
        println!(
            "{:>9} bytes {}; at most {}, the goal is {}",
            size, library.what, library.most, library.goal
        );
        tally.count(size <= library.most, || {
            format!(
                "the library {} has {size} bytes, more than {}: what was added, and must it be there?",
                library.what, library.most
            )
        });
    }
    Ok(tally)
}
