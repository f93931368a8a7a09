//! `cargo xtask fuzz`: the targets under `fuzz/`, and calls from C, built with coverage counters and run by libFuzzer.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::install::library_in;
use crate::workspace::{cargo, messages, output, program, root, succeeds};

/// Every target and the longest input it is given.
const TARGETS: &[(&str, usize)] = &[
    ("pack_text", 4_096),
    ("locator", 1_024),
    ("case_text", 2_048),
    ("meaning", 1_400),
    ("columns", 1_024),
    ("compiled", 64),
    (CALLS, 400),
];

/// Calls of the C library in random order, from `bindings/c/tests/random_calls.c`.
const CALLS: &str = "calls";

/// What the compiler does for libFuzzer: counters for edges and compared values. Plain stable Rust has it.
const FLAGS: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing";

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// How long, for each target
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// Only these targets
    #[arg(value_name = "TARGET")]
    only: Vec<String>,
}

/// Runs the targets. False when one of them has a finding.
pub(crate) fn run(arguments: &Arguments) -> Result<bool, String> {
    if let Some(name) = arguments
        .only
        .iter()
        .find(|name| TARGETS.iter().all(|(target, _)| target != name))
    {
        let names: Vec<&str> = TARGETS.iter().map(|(name, _)| *name).collect();
        return Err(format!(
            "no target is called `{name}`; there are {}",
            names.join(", ")
        ));
    }
    let binaries = build()?;
    let mut fine = true;
    for (target, longest) in TARGETS {
        if !arguments.only.is_empty() && !arguments.only.iter().any(|only| only == target) {
            continue;
        }
        println!("\n── {target}");
        let success = fuzz(&binaries, target, *longest, arguments.seconds)?;
        println!(
            "── {target}: {}",
            if success { "no findings" } else { "a finding" }
        );
        fine &= success;
    }
    Ok(fine)
}

/// The committed corpus through every target: for the tests.
pub(crate) fn replay(seconds: u64) -> Result<Vec<(&'static str, bool)>, String> {
    let binaries = build()?;
    TARGETS
        .iter()
        .map(|(target, longest)| Ok((*target, fuzz(&binaries, target, *longest, seconds)?)))
        .collect()
}

fn folder() -> PathBuf {
    root().join("fuzz")
}

/// Builds all targets and answers the folder in which they are.
fn build() -> Result<PathBuf, String> {
    let version = output(program("rustc", ["-vV"]))?;
    let host = version
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .ok_or("rustc does not say what it builds for")?;
    // With a target named, build scripts and macros stay without counters.
    let mut command = cargo(["build", "--release", "--target", host]);
    command
        .args(["--message-format", "json-render-diagnostics"])
        .current_dir(folder())
        .env("RUSTFLAGS", FLAGS)
        .stderr(Stdio::inherit());
    let said = output(command).map_err(|_| "the fuzz targets do not build".to_owned())?;
    let binaries = folder().join("target").join(host).join("release");
    build_calls(&said, &binaries)?;
    Ok(binaries)
}

/// Links the calls from C with the library of this build, the fuzzer, and the sanitizers: the library has counters,
/// the C side and the heap are watched.
fn build_calls(said: &str, binaries: &Path) -> Result<(), String> {
    let library = library_in(said, ".a").ok_or("cargo built no library for C")?;
    let fuzzer = messages(said)
        .filter(|message| {
            let package = message.get("package_id").and_then(Value::as_str);
            package.is_some_and(|package| package.contains("libfuzzer-sys"))
        })
        .find_map(|message| Some(message.get("out_dir")?.as_str()?.to_owned()))
        .ok_or("cargo built no fuzzer")?;
    let object = binaries.join("random_calls.o");
    let sanitized = [
        "-g",
        "-O1",
        "-fsanitize=address,undefined",
        "-fno-sanitize-recover=all",
    ];
    let mut compile = program("cc", ["-std=c99", "-DFUZZER", "-Ibindings/c/include"]);
    compile
        .args(sanitized)
        .args(["-c", "bindings/c/tests/random_calls.c", "-o"])
        .arg(&object);
    let mut link = program("c++", sanitized);
    link.arg(&object)
        .arg(library)
        .arg(Path::new(&fuzzer).join("libfuzzer.a"))
        .args(["-lpthread", "-ldl", "-lm", "-o"])
        .arg(binaries.join(CALLS));
    if succeeds(compile)? && succeeds(link)? {
        Ok(())
    } else {
        Err("the calls from C do not build".to_owned())
    }
}

fn fuzz(binaries: &Path, target: &str, longest: usize, seconds: u64) -> Result<bool, String> {
    let [found, corpus] = [working_corpus(target), committed_corpus(target)];
    let findings = folder().join("findings").join(target);
    for folder in [&found, &corpus, &findings] {
        fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    // What is new goes into the first folder; the committed corpus is only read.
    let mut command = Command::new(binaries.join(target));
    command.current_dir(folder()).args([found, corpus]).args([
        format!("-max_total_time={seconds}"),
        format!("-max_len={longest}"),
        "-timeout=20".to_owned(),
        "-rss_limit_mb=2048".to_owned(),
        "-print_final_stats=1".to_owned(),
        "-verbosity=0".to_owned(),
        format!("-artifact_prefix={}/", findings.display()),
    ]);
    let dictionary = folder().join("dictionaries").join(format!("{target}.txt"));
    if dictionary.exists() {
        command.arg(format!("-dict={}", dictionary.display()));
    }
    succeeds(command)
}

fn working_corpus(target: &str) -> PathBuf {
    folder().join("target").join("corpus").join(target)
}

fn committed_corpus(target: &str) -> PathBuf {
    folder().join("corpus").join(target)
}
