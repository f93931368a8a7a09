//! The Python package: its tests, its types, its style.

use super::{Step, Tally, Tool};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::python::{Environment, PACKAGE, PYTHON, built, newest_python};
use crate::workspace::{answers, at_once, lines, program, root, succeeds};

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
    Step {
        name: "python-docs",
        full: false,
        needs: &[PYTHON],
        run: docs,
    },
    Step {
        name: "python-notebooks",
        full: true,
        needs: &[PYTHON],
        run: notebooks,
    },
    Step {
        name: "python-plain",
        full: false,
        needs: &[PYTHON],
        run: plain,
    },
    Step {
        name: "python-spark",
        full: true,
        needs: &[PYTHON, JAVA],
        run: spark,
    },
    Step {
        name: "python-wheel",
        full: true,
        needs: &[PYTHON],
        run: wheel,
    },
    Step {
        name: "python-sdist",
        full: true,
        needs: &[PYTHON],
        run: sdist,
    },
];

/// What Spark runs on.
const JAVA: Tool = Tool {
    name: "Java 17 or newer",
    probe: &["java", "-version"],
    install: "Debian has it as openjdk-17-jre-headless",
};

/// What is linted, from the package's folder.
const CODE: &[&str] = &["python", "tests", "benches", "docs", "notebooks"];

/// What is typed.
const TYPED: &[&str] = &["python", "tests", "benches"];

/// The tests with Spark.
const SPARK_TESTS: &str = "tests/spark";

/// The tests that need no pyarrow.
const PLAIN_TESTS: &str = "tests/test_plain_frames.py";

fn test() -> Result<Tally, String> {
    // The README is the first of the pages.
    let mut tally = pytest(&["tests", "--ignore", SPARK_TESTS, "docs"])?;
    let modules = [
        "--doctest-modules",
        "python/liniment",
        "--ignore",
        "python/liniment/spark.py",
    ];
    tally.add(pytest(&modules)?);
    Ok(tally)
}

/// The pages, without a warning; what they show is run by `python-test`.
fn docs() -> Result<Tally, String> {
    let mut build = Environment::of("docs")?.program("mkdocs", ["build", "--strict", "--quiet"]);
    // What its makers say of another version is no warning about these pages.
    build.env("NO_MKDOCS_2_WARNING", "1");
    Ok(Tally::of_one(succeeds(build)?, "the pages do not build"))
}

/// Each notebook runs from its first cell to its last, and gives what is committed with it.
fn notebooks() -> Result<Tally, String> {
    let mut tally = executed()?;
    if tally.failed.is_empty() {
        tally.count(succeeds(outputs()?)?, || {
            "the outputs of notebooks are others; `cargo xtask notebooks` accepts them".to_owned()
        });
    }
    Ok(tally)
}

/// Where the notebooks are executed.
const EXECUTED: &str = "target/python/notebooks";

/// Executes copies of the notebooks.
fn executed() -> Result<Tally, String> {
    let said = |error: std::io::Error| format!("{EXECUTED}: {error}");
    let folder = root().join(EXECUTED);
    if folder.exists() {
        std::fs::remove_dir_all(&folder).map_err(said)?;
    }
    std::fs::create_dir_all(&folder).map_err(said)?;
    for entry in std::fs::read_dir(root().join(PACKAGE).join("notebooks")).map_err(said)? {
        let path = entry.map_err(said)?.path();
        if let (Some(name), Some("ipynb")) = (path.file_name(), path.extension().and_then(|end| end.to_str()))
        {
            std::fs::copy(&path, folder.join(name)).map_err(said)?;
        }
    }
    let mut command = built()?.program("python", ["-m", "pytest", "--quiet", "--nbmake", "--overwrite"]);
    command.args(["--nbmake-timeout", "300"]).arg(folder);
    counted(command)
}

/// Compares what was executed with what is committed.
fn outputs() -> Result<Command, String> {
    let mut compare = built()?.program("python", ["tests/notebook_outputs.py"]);
    compare.arg(root().join(EXECUTED));
    Ok(compare)
}

/// `cargo xtask notebooks`: what the notebooks give becomes what is committed with them.
pub(crate) fn accept_notebooks() -> Result<bool, String> {
    let tally = executed()?;
    if !tally.failed.is_empty() {
        return Err(format!("they do not run: {}", tally.failed.join(", ")));
    }
    let mut accept = outputs()?;
    accept.arg("--accept");
    succeeds(accept)
}

/// Spark with two workers, on this machine.
fn spark() -> Result<Tally, String> {
    elsewhere(&Environment::of("spark")?, SPARK_TESTS)
}

/// Frames where pyarrow is not installed.
fn plain() -> Result<Tally, String> {
    let environment = Environment::of("plain")?;
    let mut tally = elsewhere(&environment, PLAIN_TESTS)?;
    let import = environment.python(["-c", "import pyarrow"]);
    tally.count(!answers(import), || "pyarrow is installed there".to_owned());
    Ok(tally)
}

/// Tests in another environment, which borrows the package from where it was built.
fn elsewhere(environment: &Environment, tests: &str) -> Result<Tally, String> {
    built()?;
    let mut command = environment.program("python", ["-m", "pytest", "--quiet", tests]);
    command.env("PYTHONPATH", root().join(PACKAGE).join("python"));
    counted(command)
}

fn pytest(arguments: &[&str]) -> Result<Tally, String> {
    let mut command = built()?.program("python", ["-m", "pytest", "--quiet"]);
    command.args(arguments);
    counted(command)
}

/// Runs pytest and counts what its last line says.
fn counted(command: Command) -> Result<Tally, String> {
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
    mypy.args(TYPED);
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

/// Where wheels and source distributions go.
const MADE: &str = "target/python/wheels";

/// The wheel as it would be published: audited, installed where nothing else is, and tested there.
fn wheel() -> Result<Tally, String> {
    let tools = Environment::of("wheel")?;
    clear()?;
    let mut build = tools.program(
        "maturin",
        ["build", "--quiet", "--release", "--locked", "--strip", "--zig"],
    );
    build
        .args(["--compatibility", "manylinux_2_17", "--out"])
        .arg(root().join(MADE))
        // The environment brings zig along; another Python has none.
        .env("CARGO_ZIGBUILD_PYTHON_PATH", tools.interpreter());
    if !succeeds(build)? {
        return Err("the wheel does not build".to_owned());
    }
    let wheel = made(".whl")?;
    let mut tally = Tally::default();
    let mut audit = tools.program("abi3audit", ["--strict"]);
    audit.arg(&wheel);
    tally.count(succeeds(audit)?, || "abi3audit has findings".to_owned());

    let empty = Environment::empty("installed", "python3")?;
    tally.count(install(&empty, &wheel)?, || {
        "the wheel cannot be installed".to_owned()
    });
    let advise = "import liniment; assert liniment.load().advise(cramp_state='active').questions";
    let mut alone = empty.python(["-c", advise]);
    alone.env_clear().env("PATH", "/nowhere");
    tally.count(succeeds(alone)?, || {
        "the installed wheel does not advise".to_owned()
    });
    // Only the packages: what the other environment has of this one is found by way of files of its own.
    empty.borrow(&Environment::of("test")?)?;
    let mut environments = vec![empty];
    if let Some(newest) = newest_python() {
        println!("and also with {}", newest.display());
        let newest = Environment::of_python("test", "newest", &newest)?;
        tally.count(install(&newest, &wheel)?, || {
            "the wheel cannot be installed with the newest Python".to_owned()
        });
        environments.push(newest);
    }
    // At once: each leaves a processor idle for much of the time.
    for tests in at_once(&environments, tests_of_installed)? {
        tally.add(tests);
    }
    Ok(tally)
}

fn install(environment: &Environment, wheel: &Path) -> Result<bool, String> {
    let quietly = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-index",
        "--no-deps",
        "--force-reinstall",
    ];
    let mut install = environment.python(quietly);
    install.arg(wheel);
    succeeds(install)
}

/// The package's tests against what is installed, not against the folder.
fn tests_of_installed(environment: &Environment) -> Result<Tally, String> {
    let folder = root().join(PACKAGE).join("tests");
    let mut tests = environment.python(["-m", "pytest", "--quiet"]);
    tests
        .arg(&folder)
        .arg("--ignore")
        .arg(root().join(PACKAGE).join(SPARK_TESTS));
    counted(tests)
}

/// The source distribution builds away from the workspace.
fn sdist() -> Result<Tally, String> {
    let tools = Environment::of("wheel")?;
    clear()?;
    let mut make = tools.program("maturin", ["sdist", "--out"]);
    make.arg(root().join(MADE));
    if !succeeds(make)? {
        return Err("the source distribution cannot be made".to_owned());
    }
    let apart = root().join("target/python/apart");
    if apart.exists() {
        std::fs::remove_dir_all(&apart).map_err(|error| error.to_string())?;
    }
    std::fs::create_dir_all(&apart).map_err(|error| error.to_string())?;
    let mut unpack = program("tar", ["--extract", "--strip-components", "1", "--file"]);
    unpack.arg(made(".tar.gz")?).arg("--directory").arg(&apart);
    if !succeeds(unpack)? {
        return Err("the source distribution cannot be unpacked".to_owned());
    }
    let mut tally = Tally::default();
    for file in ["PKG-INFO", "README.md", "LICENSE-MIT", "LICENSE-APACHE"] {
        tally.count(apart.join(file).is_file(), || format!("it lacks {file}"));
    }
    let mut build = tools.program("maturin", ["build", "--quiet", "--profile", "dev", "--out"]);
    build
        .arg(&apart)
        .arg("--target-dir")
        .arg(root().join("target"))
        .current_dir(&apart);
    tally.count(succeeds(build)?, || "it does not build by itself".to_owned());
    Ok(tally)
}

fn clear() -> Result<(), String> {
    let folder = root().join(MADE);
    if folder.exists() {
        std::fs::remove_dir_all(&folder).map_err(|error| error.to_string())?;
    }
    std::fs::create_dir_all(&folder).map_err(|error| error.to_string())
}

/// The one file with this ending that was made.
fn made(ending: &str) -> Result<PathBuf, String> {
    let entries = std::fs::read_dir(root().join(MADE)).map_err(|error| error.to_string())?;
    let found = entries.flatten().map(|entry| entry.path());
    let mut found = found.filter(|path: &PathBuf| path.to_string_lossy().ends_with(ending));
    found
        .next()
        .ok_or_else(|| format!("{}: no *{ending} is there", Path::new(MADE).display()))
}
