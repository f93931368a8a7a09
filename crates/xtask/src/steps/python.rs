//! The Python package: its tests, its types, its style.

use super::{Step, Tally};
use crate::python::{PYTHON, built};
use crate::workspace::{lines, succeeds};

pub(super) const STEPS: &[Step] = &[
    Step {
        name: "python-test",
        full: false,
        needs: &[PYTHON],
        run: test,
    },
    Step {
        name: "python-types",
        full: false,
        needs: &[PYTHON],
        run: types,
    },
    Step {
        name: "python-lint",
        full: false,
        needs: &[PYTHON],
        run: lint,
    },
];

/// What is typed and linted, from the package's folder.
const CODE: &[&str] = &["python", "tests"];

fn test() -> Result<Tally, String> {
    pytest(&["tests", "--doctest-modules", "python/liniment"])
}

/// Runs pytest and counts what its last line says.
fn pytest(arguments: &[&str]) -> Result<Tally, String> {
    let mut command = built()?.program("python", ["-m", "pytest", "--quiet"]);
    command.args(arguments);
    let mut tally = Tally::default();
    let mut failed = 0;
    let fine = lines(command, |line| {
        if let Some(name) = line
            .strip_prefix("FAILED ")
            .or_else(|| line.strip_prefix("ERROR "))
        {
            tally.failed.push(name.to_owned());
        }
        // "3 failed, 120 passed, 1 skipped in 4.20s"
        if line.contains(" in ") && (line.contains(" passed") || line.contains(" failed")) {
            let words: Vec<&str> = line.split([' ', ',']).filter(|word| !word.is_empty()).collect();
            for (number, what) in words.iter().zip(words.iter().skip(1)) {
                let number: usize = number.parse().unwrap_or(0);
                match *what {
                    "passed" => tally.passed = number,
                    "failed" | "error" | "errors" => failed += number,
                    "skipped" => {
                        let skipped =
                            (1..=number).map(|which| format!("test {which} of those skipped above"));
                        tally.skipped = skipped.collect();
                    }
                    _ => {}
                }
            }
        }
    })?;
    while tally.failed.len() < failed {
        tally.failed.push("a test; see above".to_owned());
    }
    if !fine && tally.failed.is_empty() {
        tally.failed.push("pytest did not succeed; see above".to_owned());
    }
    Ok(tally)
}

fn types() -> Result<Tally, String> {
    let environment = built()?;
    let mut tally = Tally::default();
    let mut mypy = environment.program("python", ["-m", "mypy", "--strict"]);
    mypy.args(CODE);
    tally.count(succeeds(mypy)?, || "mypy --strict has findings".to_owned());
    let mut pyright = environment.program("basedpyright", ["--level", "error", "--pythonpath"]);
    pyright.arg(environment.interpreter());
    tally.count(succeeds(pyright)?, || "basedpyright has findings".to_owned());
    let stubtest = environment.program("stubtest", ["liniment._core"]);
    tally.count(succeeds(stubtest)?, || {
        "the stubs are not what is there".to_owned()
    });
    Ok(tally)
}

fn lint() -> Result<Tally, String> {
    let environment = built()?;
    let mut tally = Tally::default();
    let mut check = environment.program("ruff", ["check", "--quiet"]);
    check.args(CODE);
    tally.count(succeeds(check)?, || "ruff has findings".to_owned());
    let mut format = environment.program("ruff", ["format", "--check", "--quiet"]);
    format.args(CODE);
    tally.count(succeeds(format)?, || {
        "files are not formatted; `ruff format` does it".to_owned()
    });
    Ok(tally)
}
