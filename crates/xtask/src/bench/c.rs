//! The C library from C: one call that states facts, evaluates and fills the verdicts.

use std::fs;
use std::os::unix::fs::symlink;

use crate::install::{build, so_version};
use crate::workspace::{cargo, program, root, succeeds};

/// From the root of the workspace.
const FOLDER: &str = "target/c-bench";

/// Measures workload A: 25 rules over ten facts.
pub(super) fn run() -> Result<bool, String> {
    let folder = root().join(FOLDER);
    fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let library = build("cdylib", "shared", None, None)?;
    for name in [
        "libliniment.so".to_owned(),
        format!("libliniment.so.{}", so_version()?),
    ] {
        let link = folder.join(name);
        let _ = fs::remove_file(&link);
        symlink(&library, &link).map_err(|error| format!("{}: {error}", link.display()))?;
    }
    let pack = format!("{FOLDER}/workload-a");
    let mut write = cargo([
        "run",
        "--quiet",
        "--package",
        "liniment-workloads",
        "--example",
        "write",
    ]);
    write.args(["--", "a", "25", &pack]);
    if !succeeds(write)? {
        return Err("the packs to measure with cannot be written".to_owned());
    }
    let measurement = folder.join("hot_path");
    let mut compile = program(
        "cc",
        [
            "-O2",
            "-Ibindings/c/include",
            "bindings/c/benches/hot_path.c",
            "-o",
        ],
    );
    compile
        .arg(&measurement)
        .arg(format!("-L{FOLDER}"))
        .arg("-lliniment")
        .arg(format!("-Wl,-rpath,{}", folder.display()));
    if !succeeds(compile)? {
        return Err("the benchmark in C does not compile".to_owned());
    }
    match succeeds(program(&measurement, [&pack]))? {
        true => Ok(true),
        false => Err("the benchmark in C did not succeed".to_owned()),
    }
}
