//! The binary interface against the baseline that is committed.

use crate::abi::{Difference, compare};
use crate::steps::Tally;

pub(super) fn check() -> Result<Tally, String> {
    let (report, failure) = match compare()? {
        Difference::Nothing => return Ok(Tally::of_one(true, "")),
        Difference::Additions(report) => (
            report,
            "the binary interface has grown; `cargo xtask abi` accepts it",
        ),
        Difference::Changes(report) => (
            report,
            "programs that were compiled before may not work any more; `cargo xtask abi` tells what to do",
        ),
    };
    println!("{report}");
    Ok(Tally::of_one(false, failure))
}
