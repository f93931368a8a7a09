//! The interface used as the header says, and as it does not.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;

use super::null_calls;
use super::programs::{compile, folder, library, start, test_source};
use crate::c_header::functions;
use crate::steps::Tally;
use crate::workspace::{answers, liniment, output, program, root, succeeds};

pub(super) fn check() -> Result<Tally, String> {
    library()?;
    let mut tally = Tally::default();
    for (name, options) in [
        ("interface.c", &["-DNO_GIBIBYTE"][..]),
        ("interface.cpp", &[]),
        ("handles.c", &[]),
        ("random_calls.c", &[]),
        ("arrow.c", &[]),
        ("threads.c", &["-pthread"]),
    ] {
        let built = compile(&test_source(name), &name.replace('.', "_"), options)?;
        let fine = succeeds(start(&built, &[]))?;
        tally.count(fine, || format!("{name} has failures"));
    }
    let fine = corpus()?;
    tally.count(fine, || {
        "the conformance corpus is not answered byte for byte".to_owned()
    });
    let fine = nulls()?;
    tally.count(fine, || "NULL is not refused everywhere".to_owned());
    let fine = generated()?;
    tally.count(fine, || {
        "a pack written as C does not do what it should".to_owned()
    });
    let fine = readme()?;
    tally.count(fine, || "the example of the README does not run".to_owned());
    let fine = guide()?;
    tally.count(fine, || {
        "the examples of docs/C.md do not do what they say".to_owned()
    });
    match strange_symbols()? {
        strange if strange.is_empty() => tally.passed += 1,
        strange => tally
            .failed
            .push(format!("the library exports {}", strange.join(", "))),
    }
    Ok(tally)
}

/// Hands the calls of the corpus to a program in C.
fn corpus() -> Result<bool, String> {
    let built = compile(&test_source("corpus.c"), "corpus_c", &[])?;
    answers_corpus(start(&built, &[]), |_| true)
}

/// Whether a program made of `corpus.c` answers the calls of these kinds.
pub(super) fn answers_corpus(mut command: Command, wanted: impl Fn(&str) -> bool) -> Result<bool, String> {
    let mut lines = String::new();
    for Call {
        folder,
        call,
        id,
        language,
        packs,
    } in calls()?
    {
        if wanted(&call) {
            let packs = packs.join(" ");
            lines.push_str(&format!("{} {call} {id} {language} {packs}\n", folder.display()));
        }
    }
    std::fs::create_dir_all(folder()).map_err(|error| error.to_string())?;
    let list = folder().join("corpus.txt");
    std::fs::write(&list, lines).map_err(|error| error.to_string())?;
    let input = std::fs::File::open(&list).map_err(|error| error.to_string())?;
    command.stdin(Stdio::from(input));
    succeeds(command)
}

/// A call of the conformance corpus.
pub(super) struct Call {
    folder: PathBuf,
    call: String,
    id: String,
    language: String,
    pub(super) packs: Vec<String>,
}

/// Every call of the conformance corpus.
pub(super) fn calls() -> Result<Vec<Call>, String> {
    let corpus = root().join("tests/corpus");
    let mut calls = Vec::new();
    let entries = std::fs::read_dir(&corpus).map_err(|error| error.to_string())?;
    for path in entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.is_dir())
    {
        let text = std::fs::read_to_string(path.join("call.json"))
            .map_err(|error| format!("{}: {error}", path.display()))?;
        let call: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
        let word = |key: &str| call.get(key).and_then(Value::as_str).unwrap_or("-").to_owned();
        let packs = call.get("packs").and_then(Value::as_array);
        calls.push(Call {
            call: word("call"),
            id: word("id"),
            language: word("lang"),
            packs: packs
                .into_iter()
                .flatten()
                .filter_map(|pack| pack.as_str().map(str::to_owned))
                .collect(),
            folder: path,
        });
    }
    Ok(calls)
}

fn nulls() -> Result<bool, String> {
    let header = std::fs::read_to_string(root().join("bindings/c/include/liniment.h"))
        .map_err(|error| format!("liniment.h: {error}"))?;
    let functions = functions(&header);
    if functions.len() < 80 {
        return Err(format!(
            "only {} functions are found in the header",
            functions.len()
        ));
    }
    let source = folder().join("nulls.c");
    std::fs::write(&source, null_calls::program(&functions)).map_err(|error| error.to_string())?;
    let built = compile(&source, "nulls", &["-Wno-unused-variable"])?;
    succeeds(start(&built, &[]))
}

/// A header made from packs: its use compiles and runs, its misuse does not compile.
fn generated() -> Result<bool, String> {
    let arguments = [
        "codegen",
        "--lang",
        "c",
        "--prefix",
        "calf",
        "calf-cramps",
        "leg-red-flags",
    ];
    let header = output(liniment(arguments)?)?;
    std::fs::write(folder().join("calf.h"), header).map_err(|error| error.to_string())?;
    let include = format!("-I{}", folder().display());
    let source = test_source("generated.c");
    // Constants that a program does not use are nothing to warn of.
    let options = [include.as_str(), "-Wno-unused-const-variable"];
    let built = compile(&source, "generated", &options)?;
    let mut fine = succeeds(start(&built, &[]))?;
    for misuse in ["OPTION", "BOOL", "NAME", "NUMBER"] {
        let mut command = program(
            "cc",
            [
                "-std=c99",
                "-fsyntax-only",
                "-Ibindings/c/include",
                "-Ibindings/c/tests",
            ],
        );
        command
            .arg(&include)
            .arg(format!("-DMISUSE_{misuse}"))
            .arg(&source);
        if answers(command) {
            println!("{misuse} of a generated header is misused and compiles all the same");
            fine = false;
        }
    }
    // The same header for C++.
    let mut command = program(
        "c++",
        [
            "-std=c++17",
            "-fsyntax-only",
            "-Wall",
            "-Wextra",
            "-Werror",
            "-x",
            "c++",
        ],
    );
    command.arg("-Ibindings/c/include").arg(folder().join("calf.h"));
    Ok(fine && succeeds(command)?)
}

/// The example of the README.
pub(super) fn example_of_readme() -> Result<String, String> {
    let text = std::fs::read_to_string(root().join("README.md")).map_err(|error| error.to_string())?;
    text.split_once("```c\n")
        .and_then(|(_, rest)| rest.split_once("```"))
        .map(|(example, _)| example.to_owned())
        .ok_or_else(|| "the README has no example in C".to_owned())
}

/// It is compiled and run.
fn readme() -> Result<bool, String> {
    let example = example_of_readme()?;
    let source = folder().join("readme.c");
    std::fs::write(&source, example).map_err(|error| error.to_string())?;
    let said = output(start(&compile(&source, "readme", &[])?, &[]))?;
    Ok(said.contains("ineffective") && said.contains("recommend"))
}

/// The examples of the guide, compiled and run inside of `guide.c`.
fn guide() -> Result<bool, String> {
    let text = std::fs::read_to_string(root().join("docs/C.md")).map_err(|error| error.to_string())?;
    let examples: Vec<&str> = text
        .split("```c\n")
        .skip(1)
        .filter_map(|rest| rest.split("```").next())
        .collect();
    for (number, example) in (1..).zip(&examples) {
        std::fs::write(folder().join(format!("guide_{number}.inc")), example)
            .map_err(|error| error.to_string())?;
    }
    if examples.len() != 3 {
        return Err(format!(
            "`guide.c` has three examples, docs/C.md {}",
            examples.len()
        ));
    }
    let header = output(liniment(["codegen", "--lang", "c", "calf-cramps"])?)?;
    std::fs::write(folder().join("calf_cramps.h"), header).map_err(|error| error.to_string())?;
    let include = format!("-I{}", folder().display());
    let options = [include.as_str(), "-Wno-unused-const-variable"];
    succeeds(start(&compile(&test_source("guide.c"), "guide", &options)?, &[]))
}

/// What the shared library shows besides its own functions.
fn strange_symbols() -> Result<Vec<String>, String> {
    let symbols = output(program(
        "nm",
        [
            "-D",
            "--defined-only",
            "--format=posix",
            "target/debug/libliniment_c.so",
        ],
    ))?;
    let names = symbols.lines().filter_map(|line| line.split_whitespace().next());
    Ok(names
        .filter(|name| !name.starts_with("liniment_"))
        .map(str::to_owned)
        .collect())
}
