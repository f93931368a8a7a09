//! The interface used as the header says, and as it does not.

use std::process::Stdio;

use serde_json::Value;

use super::null_calls;
use super::programs::{compile, folder, library, start, test_source};
use crate::steps::Tally;
use crate::workspace::{output, program, root, succeeds};

pub(super) fn check() -> Result<Tally, String> {
    library()?;
    let mut tally = Tally::default();
    for (name, options) in [
        ("interface.c", &[][..]),
        ("interface.cpp", &[]),
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
    let corpus = root().join("tests/corpus");
    let mut lines = String::new();
    let entries = std::fs::read_dir(&corpus).map_err(|error| error.to_string())?;
    for path in entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.is_dir())
    {
        let text = std::fs::read_to_string(path.join("call.json"))
            .map_err(|error| format!("{}: {error}", path.display()))?;
        let call: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
        let word = |key: &str| call.get(key).and_then(Value::as_str).unwrap_or("-");
        let packs = call.get("packs").and_then(Value::as_array);
        let packs: Vec<&str> = packs.into_iter().flatten().filter_map(Value::as_str).collect();
        lines.push_str(&format!(
            "{} {} {} {} {}\n",
            path.display(),
            word("call"),
            word("id"),
            word("lang"),
            packs.join(" ")
        ));
    }
    let list = folder().join("corpus.txt");
    std::fs::write(&list, lines).map_err(|error| error.to_string())?;
    let input = std::fs::File::open(&list).map_err(|error| error.to_string())?;
    let mut command = start(&built, &[]);
    command.stdin(Stdio::from(input));
    succeeds(command)
}

fn nulls() -> Result<bool, String> {
    let header = std::fs::read_to_string(root().join("bindings/c/include/liniment.h"))
        .map_err(|error| format!("liniment.h: {error}"))?;
    let functions = null_calls::functions(&header);
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
