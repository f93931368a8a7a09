//! `tests/corpus/*/expected.json`: what the command answers to every call of the conformance corpus.
//!
//! The other front ends run the same calls and must answer the same bytes.

use std::path::Path;
use std::process::Stdio;

use serde_json::Value;

use super::Generated;
use crate::workspace::{liniment, root};

const CORPUS: &str = "tests/corpus";

pub(super) fn answers() -> Result<Vec<Generated>, String> {
    let entries = std::fs::read_dir(root().join(CORPUS)).map_err(|error| format!("{CORPUS}: {error}"))?;
    let names = entries
        .flatten()
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name());
    let mut names: Vec<String> = names.map(|name| name.to_string_lossy().into_owned()).collect();
    names.sort();
    names
        .iter()
        .map(|name| answer(&Path::new(CORPUS).join(name)))
        .collect()
}

fn answer(folder: &Path) -> Result<Generated, String> {
    let fault = |what: &dyn std::fmt::Display| format!("{}: {what}", folder.display());
    let read = |name: &str| std::fs::read(root().join(folder).join(name)).map_err(|error| fault(&error));
    let call: Value = serde_json::from_slice(&read("call.json")?).map_err(|error| fault(&error))?;
    let mut arguments: Vec<&str> = Vec::new();
    let word = |key: &str| call.get(key).and_then(Value::as_str);
    arguments.extend(word("call"));
    arguments.extend(word("id"));
    arguments.extend(["-", "--format", "json"]);
    for pack in call.get("packs").and_then(Value::as_array).into_iter().flatten() {
        arguments.extend([
            "--pack",
            pack.as_str()
                .ok_or_else(|| fault(&"a pack is not named by a string"))?,
        ]);
    }
    if let Some(lang) = word("lang") {
        arguments.extend(["--lang", lang]);
    }
    let case = std::fs::File::open(root().join(folder).join("case.json")).map_err(|error| fault(&error))?;
    let mut command = liniment(&arguments)?;
    // A case that is wrong on purpose fails, and its error is the answer.
    let output = command
        .stdin(Stdio::from(case))
        .output()
        .map_err(|error| fault(&error))?;
    let content = String::from_utf8(output.stdout).map_err(|error| fault(&error))?;
    match content.strip_suffix('\n') {
        Some(answer) if !answer.is_empty() => Ok(Generated {
            path: folder.join("expected.json"),
            content: answer.into(),
        }),
        _ => Err(fault(&String::from_utf8_lossy(&output.stderr).trim())),
    }
}
