//! An installation in an empty folder, and programs that use it the way outsiders do.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::interface::example_of_readme;
use super::programs::folder;
use crate::install::{install, so_version};
use crate::steps::Tally;
use crate::workspace::{output, program, root, succeeds};

pub(super) fn check() -> Result<Tally, String> {
    let prefix = folder().join("prefix");
    let _ = fs::remove_dir_all(&prefix);
    install(&prefix, "dev", None)?;
    let mut tally = Tally::default();
    for (what, fine) in [
        (
            "the shared library has no name, or no file has it",
            soname(&prefix)?,
        ),
        (
            "a program cannot be built with pkg-config and make",
            with_make(&prefix)?,
        ),
        (
            "a program cannot be built as the guide says",
            by_the_guide(&prefix)?,
        ),
        ("a program cannot be built with CMake", with_cmake(&prefix)?),
        (
            "the SQLite extension does not do what it should",
            with_sqlite(&prefix)?,
        ),
    ] {
        tally.count(fine, || what.to_owned());
    }
    Ok(tally)
}

fn soname(prefix: &Path) -> Result<bool, String> {
    let dynamic = output(program(
        "readelf",
        ["-d".as_ref(), prefix.join("lib/libliniment.so").as_os_str()],
    ))?;
    let name = format!("libliniment.so.{}", so_version()?);
    Ok(dynamic.contains(&format!("[{name}]")) && prefix.join("lib").join(name).exists())
}

fn pkg_config(prefix: &Path, arguments: &[&str]) -> Result<Vec<String>, String> {
    let mut command = program("pkg-config", arguments);
    command
        .env("PKG_CONFIG_PATH", prefix.join("lib/pkgconfig"))
        .arg("liniment");
    Ok(output(command)?.split_whitespace().map(str::to_owned).collect())
}

/// A fresh copy of an example.
fn example(name: &str) -> Result<PathBuf, String> {
    let copy = folder().join("examples").join(name);
    let _ = fs::remove_dir_all(&copy);
    fs::create_dir_all(&copy).map_err(|error| error.to_string())?;
    let from = root().join("bindings/c/examples").join(name);
    for file in fs::read_dir(&from).map_err(|error| error.to_string())?.flatten() {
        fs::copy(file.path(), copy.join(file.file_name())).map_err(|error| error.to_string())?;
    }
    Ok(copy)
}

/// Runs a program with words on its standard input and answers what it prints.
fn said(mut command: Command, input: &str) -> Result<String, String> {
    let words = folder().join("input.txt");
    fs::write(&words, input).map_err(|error| error.to_string())?;
    let file = fs::File::open(&words).map_err(|error| error.to_string())?;
    command.stdin(Stdio::from(file));
    output(command)
}

fn with_make(prefix: &Path) -> Result<bool, String> {
    let folder = example("make")?;
    for name in ["advisor.c", "watch.c"] {
        let from = root().join("bindings/c/examples").join(name);
        let beside = folder.join("..").join(name);
        fs::copy(from, beside).map_err(|error| error.to_string())?;
    }
    let mut make = program("make", ["-s"]);
    make.current_dir(&folder)
        .env("PKG_CONFIG_PATH", prefix.join("lib/pkgconfig"));
    if !succeeds(make)? {
        return Ok(false);
    }
    let watched = output(program(folder.join("watch"), ["100", "3600"]))?;
    let advised = said(program(folder.join("advisor"), ["de"]), "1\n?\nvielleicht\n-\n")?;
    let fine = watched.contains("after 24 h\n  massage_rolling: recommend") && advised.contains("1. ");
    if !fine {
        println!("{watched}{advised}");
    }
    Ok(fine)
}

/// The commands of the guide that compile a program, shared and static, to the letter.
fn by_the_guide(prefix: &Path) -> Result<bool, String> {
    let folder = folder().join("by_the_guide");
    fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    fs::write(folder.join("program.c"), example_of_readme()?).map_err(|error| error.to_string())?;
    let guide = fs::read_to_string(root().join("docs/C.md")).map_err(|error| error.to_string())?;
    let commands: Vec<&str> = guide
        .lines()
        .filter(|line| line.starts_with("cc program.c "))
        .collect();
    for line in &commands {
        let line = line.replace("DIR", &prefix.display().to_string());
        let mut compile = program("sh", ["-c", &line]);
        compile
            .current_dir(&folder)
            .env("PKG_CONFIG_PATH", prefix.join("lib/pkgconfig"));
        if !succeeds(compile)? {
            return Ok(false);
        }
        let mut run = program(folder.join("a.out"), [""; 0]);
        if !line.contains(".a ") {
            run.env("LD_LIBRARY_PATH", prefix.join("lib"));
        }
        if !output(run)?.contains("recommend") {
            return Ok(false);
        }
    }
    Ok(commands.len() == 2)
}

fn with_cmake(prefix: &Path) -> Result<bool, String> {
    let folder = example("cmake")?;
    let prefix = format!("-DCMAKE_PREFIX_PATH={}", prefix.display());
    let mut configure = program("cmake", ["-S", ".", "-B", "build", &prefix]);
    configure.current_dir(&folder);
    output(configure)?;
    let mut build = program("cmake", ["--build", "build"]);
    build.current_dir(&folder);
    output(build)?;
    for name in ["calf_shared", "calf_static", "calf_cpp"] {
        if !output(program(folder.join("build").join(name), [""; 0]))?.starts_with("{\"format\":1") {
            return Ok(false);
        }
    }
    Ok(true)
}

const CASES: &str = r#"CREATE TABLE runners(id INTEGER, facts TEXT);
INSERT INTO runners VALUES
  (1, '{"onset_setting":"during_exercise","muscles_affected":"calf_only","cramp_state":"active","in_session":true}'),
  (2, NULL), (3, '{}');
SELECT id, liniment_verdict('calf-cramps', facts, 'stretch') FROM runners ORDER BY id;
SELECT count(*) FROM runners, liniment_advice('calf-cramps,leg-red-flags', runners.facts) AS a WHERE a.verdict = 'recommend' AND runners.id = 1;
SELECT substr(liniment_advise('calf-cramps', facts), 1, 11) FROM runners WHERE id = 3;
"#;

fn with_sqlite(prefix: &Path) -> Result<bool, String> {
    let built = folder().join("liniment_sqlite.so");
    let mut command = program(
        "cc",
        [
            "-shared",
            "-fPIC",
            "-Wall",
            "-Wextra",
            "-Werror",
            "bindings/c/examples/sqlite/liniment_sqlite.c",
            "-o",
        ],
    );
    command
        .arg(&built)
        .args(pkg_config(prefix, &["--cflags", "--libs"])?)
        .arg(format!("-Wl,-rpath,{}", prefix.join("lib").display()));
    if !succeeds(command)? {
        return Ok(false);
    }
    let load = format!(".load {}\n", built.with_extension("").display());
    let sqlite = || program("sqlite3", [":memory:"]);
    let rows = said(sqlite(), &format!("{load}{CASES}"))?;
    let mut wrong = Vec::new();
    for (call, message) in [
        (
            "SELECT liniment_advise('calf-cramps', '{');",
            "the text ends before the case is complete",
        ),
        ("SELECT liniment_advise('calf', '{}');", "no pack `calf`"),
        (
            "SELECT liniment_verdict('calf-cramps', '{}', 'icy');",
            "did you mean `ice`?",
        ),
        (
            "SELECT * FROM liniment_advice('calf-cramps');",
            "no query solution",
        ),
    ] {
        let answer = said(sqlite(), &format!("{load}{call}\n"));
        if !answer.as_ref().err().is_some_and(|error| error.contains(message)) {
            wrong.push(format!("{call} {answer:?}"));
        }
    }
    let lines: Vec<&str> = rows.lines().collect();
    let count = lines
        .get(3)
        .and_then(|line| line.parse::<u32>().ok())
        .unwrap_or(0);
    let fine = lines.starts_with(&["1|recommend", "2|", "3|"])
        && count > 1
        && lines.get(4) == Some(&"{\"format\":1")
        && wrong.is_empty();
    if !fine {
        println!("{rows}{}", wrong.join("\n"));
    }
    Ok(fine)
}
