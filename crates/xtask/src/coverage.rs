//! `cargo xtask audit llvm-cov`: which lines of the library's check, compile and evaluate its tests reach.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use serde_json::Value;

use crate::steps::Tool;
use crate::workspace::{answers, cargo, output, program, root, succeeds};

pub(crate) const TOOL: Tool = Tool {
    name: "llvm-cov",
    probe: &["cargo", "llvm-cov", "--version"],
    install: "cargo install --locked cargo-llvm-cov",
};

/// What must be reached, in the folder of the library's sources.
const FOLDERS: &[&str] = &["check", "compile", "evaluate"];
/// So many lines in a hundred of each folder.
const LEAST: f64 = 95.0;

/// Lines of a file or folder, and how many of them are reached.
#[derive(Clone, Copy, Default)]
struct Lines {
    all: u64,
    reached: u64,
}

impl Lines {
    fn share(self) -> f64 {
        100.0 * self.reached as f64 / self.all.max(1) as f64
    }
}

/// Runs the tests of the library and prints each file of the folders. False when a folder is not reached enough.
pub(crate) fn audit() -> Result<bool, String> {
    let report = root().join("target/llvm-cov/summary.json");
    report
        .parent()
        .map_or(Ok(()), fs::create_dir_all)
        .map_err(|error| error.to_string())?;
    let mut command = cargo(["llvm-cov", "--package", "liniment", "--json", "--summary-only"]);
    command.arg("--output-path").arg(&report);
    with_tools_of_the_system(&mut command)?;
    if !succeeds(command)? {
        return Err("the tests of the library fail, or their coverage cannot be read".to_owned());
    }
    let text = fs::read_to_string(&report).map_err(|error| format!("{}: {error}", report.display()))?;
    let report: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let mut fine = true;
    for folder in FOLDERS {
        let files = lines_of(&report, folder)?;
        let mut whole = Lines::default();
        for (name, lines) in &files {
            whole.all += lines.all;
            whole.reached += lines.reached;
            println!(
                "{:6.2} % of {:5} lines  {folder}/{name}",
                lines.share(),
                lines.all
            );
        }
        println!("{:6.2} % of {:5} lines  {folder}", whole.share(), whole.all);
        fine &= !files.is_empty() && whole.share() >= LEAST;
    }
    Ok(fine)
}

/// The files of a folder of the library, without its tests.
fn lines_of(report: &Value, folder: &str) -> Result<BTreeMap<String, Lines>, String> {
    let prefix = format!("crates/liniment/src/{folder}/");
    let module = root().join(&prefix).join("mod.rs");
    let module = fs::read_to_string(&module).map_err(|error| format!("{}: {error}", module.display()))?;
    let tests: Vec<&str> = module
        .split("#[cfg(test)]\nmod ")
        .skip(1)
        .filter_map(|after| after.split_once(';').map(|(name, _)| name))
        .collect();
    let is_test = |name: &str| {
        let module = name.split(['/', '.']).next().unwrap_or_default();
        tests.contains(&module)
    };
    let files = report.pointer("/data/0/files").and_then(Value::as_array);
    Ok(files
        .into_iter()
        .flatten()
        .filter_map(|file| {
            let (_, name) = file.get("filename")?.as_str()?.split_once(&prefix)?;
            let number = |what: &str| file.pointer(&format!("/summary/lines/{what}"))?.as_u64();
            let lines = Lines {
                all: number("count")?,
                reached: number("covered")?,
            };
            (!is_test(name)).then(|| (name.to_owned(), lines))
        })
        .collect())
}

/// Where rustup's component `llvm-tools` cannot be had, those of a system's LLVM will do, if it is the compiler's version.
fn with_tools_of_the_system(command: &mut Command) -> Result<(), String> {
    let version = output(program("rustc", ["--version", "--verbose"]))?;
    let llvm = version
        .lines()
        .find_map(|line| line.strip_prefix("LLVM version: "));
    let Some((major, _)) = llvm.and_then(|llvm| llvm.split_once('.')) else {
        return Ok(());
    };
    for (variable, tool) in [("LLVM_COV", "llvm-cov"), ("LLVM_PROFDATA", "llvm-profdata")] {
        let tool = format!("{tool}-{major}");
        if std::env::var_os(variable).is_none() && answers(program(&tool, ["--version"])) {
            command.env(variable, tool);
        }
    }
    Ok(())
}
