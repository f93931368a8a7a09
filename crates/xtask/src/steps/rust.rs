//! The Rust workspace: format, lints, tests, documentation, the package by itself.

use std::process::Command;

use super::c::VALGRIND;
use super::{Step, Tally, Tool};
use crate::bench::instructions;
use crate::libtest::Count;
use crate::workspace::{TARGETS, TESTED, cargo, lines, succeeds};

const RUSTFMT: Tool = Tool {
    name: "rustfmt",
    probe: &["cargo", "fmt", "--version"],
    install: "rustup component add rustfmt",
};
const CLIPPY: Tool = Tool {
    name: "clippy",
    probe: &["cargo", "clippy", "--version"],
    install: "rustup component add clippy",
};

pub(super) const STEPS: &[Step] = &[
    Step {
        name: "fmt",
        full: false,
        needs: &[RUSTFMT],
        run: fmt,
    },
    Step {
        name: "clippy",
        full: false,
        needs: &[CLIPPY],
        run: clippy,
    },
    Step {
        name: "features",
        full: true,
        needs: &[CLIPPY],
        run: features,
    },
    Step {
        name: "test",
        full: false,
        needs: &[],
        run: test,
    },
    Step {
        name: "doctest",
        full: false,
        needs: &[],
        run: doctest,
    },
    Step {
        name: "doc",
        full: false,
        needs: &[],
        run: doc,
    },
    Step {
        name: "parquet",
        full: true,
        needs: &[],
        run: parquet,
    },
    Step {
        name: "instructions",
        full: true,
        needs: &[VALGRIND],
        run: instructions::check,
    },
    Step {
        name: "package",
        full: true,
        needs: &[],
        run: package,
    },
];

fn fmt() -> Result<Tally, String> {
    let fine = succeeds(cargo(["fmt", "--all", "--check"]))?;
    Ok(Tally::of_one(
        fine,
        "files are not formatted; `cargo fmt --all` does it",
    ))
}

fn clippy() -> Result<Tally, String> {
    let fine = succeeds(cargo([
        "clippy",
        "--workspace",
        "--all-targets",
        "--",
        "--deny",
        "warnings",
    ]))?;
    Ok(Tally::of_one(fine, "clippy has findings"))
}

/// The library and that of C with each set of features: what a set leaves out leaves nothing unused behind.
fn features() -> Result<Tally, String> {
    let mut tally = Tally::default();
    for set in [
        "",
        "read-packs",
        "tools",
        "prove",
        "arrow",
        "calf-cramps,leg-red-flags",
    ] {
        let mut command = cargo([
            "clippy",
            "--package",
            "liniment",
            "--package",
            "liniment-c",
            "--lib",
        ]);
        let qualified: Vec<String> = set
            .split(',')
            .filter(|feature| !feature.is_empty())
            .map(|feature| format!("liniment-c/{feature}"))
            .collect();
        command.args(["--no-default-features", "--features", &qualified.join(",")]);
        command.args(["--", "--deny", "warnings"]);
        let fine = succeeds(command)?;
        tally.count(fine, || {
            format!("there are warnings with the features `{set}` alone")
        });
    }
    Ok(tally)
}

fn test() -> Result<Tally, String> {
    libtest(&TARGETS)
}

fn doctest() -> Result<Tally, String> {
    libtest(&["--doc"])
}

fn doc() -> Result<Tally, String> {
    let mut command = cargo(["doc", "--workspace", "--no-deps"]);
    command.env("RUSTDOCFLAGS", "-D warnings");
    Ok(Tally::of_one(
        succeeds(command)?,
        "the documentation does not build without warnings",
    ))
}

fn package() -> Result<Tally, String> {
    let fine = succeeds(cargo([
        "package",
        "--package",
        "liniment-planes",
        "--package",
        "liniment",
        "--allow-dirty",
    ]))?;
    Ok(Tally::of_one(
        fine,
        "the library does not build from its packages alone",
    ))
}

/// The command's tables once more, with the form that a feature of its own brings.
fn parquet() -> Result<Tally, String> {
    let mut command = cargo(["test", "--package", "liniment-cli", "--features", "parquet"]);
    command.args(["--test", "cli", "batch::"]);
    counted(command)
}

/// `cargo test` of the workspace.
fn libtest(targets: &[&str]) -> Result<Tally, String> {
    let mut command = cargo(["test", "--no-fail-fast"]);
    command.args(TESTED).args(targets);
    counted(command)
}

/// Runs `cargo test` and counts its single tests.
fn counted(command: Command) -> Result<Tally, String> {
    let mut count = Count::default();
    let fine = lines(command, |line| count.line(line))?;
    let cut_short = count.cut_short();
    let mut tally = Tally {
        passed: count.passed,
        failed: count.failed,
        skipped: count.ignored,
    };
    if cut_short {
        tally
            .failed
            .push("a test program stopped before its end".to_owned());
    } else if !fine && tally.failed.is_empty() {
        tally
            .failed
            .push("cargo test did not succeed; see its messages above".to_owned());
    }
    Ok(tally)
}
