//! The binary interface against the baseline that is committed.

use crate::abi::{Difference, compare, compare_changed};
use crate::steps::Tally;

pub(super) fn check() -> Result<Tally, String> {
    let mut tally = tells_changes_apart()?;
    let (report, failure) = match compare()? {
        Difference::Nothing => {
            tally.passed += 1;
            return Ok(tally);
        }
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
    tally.failed.push(failure.to_owned());
    Ok(tally)
}

/// Whether the comparison tells what programs survive from what they do not.
fn tells_changes_apart() -> Result<Tally, String> {
    let last = "LINIMENT_FACT_KIND_CLOCK = 8,";
    let added = compare_changed("added-number", |header| {
        header.replace(last, &format!("{last} LINIMENT_FACT_KIND_MORE = 9,"))
    })?;
    let changed = compare_changed("changed-number", |header| {
        header.replace(last, "LINIMENT_FACT_KIND_CLOCK = 9,")
    })?;
    let removed = compare_changed("removed-number", |header| header.replace(last, ""))?;
    let function = "size_t liniment_kb_fact_count(const liniment_kb *kb);";
    let more = compare_changed("added-function", |header| {
        header.replace(
            function,
            &format!("{function}\nsize_t liniment_kb_more(const liniment_kb *kb);"),
        )
    })?;
    let other = compare_changed("changed-parameter", |header| {
        header.replace(
            function,
            "size_t liniment_kb_fact_count(const liniment_case *kb);",
        )
    })?;
    let mut tally = Tally::default();
    for (what, fine) in [
        (
            "a number added to an enumeration is no addition",
            matches!(added, Difference::Additions(_)),
        ),
        (
            "a changed number is not noticed",
            matches!(changed, Difference::Changes(_)),
        ),
        (
            "a removed number is not noticed",
            matches!(removed, Difference::Changes(_)),
        ),
        (
            "an added function is no addition",
            matches!(more, Difference::Additions(_)),
        ),
        (
            "a changed parameter is not noticed",
            matches!(other, Difference::Changes(_)),
        ),
    ] {
        tally.count(fine, || what.to_owned());
    }
    Ok(tally)
}
