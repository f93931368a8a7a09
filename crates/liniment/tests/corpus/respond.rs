//! Answers the calls of the conformance corpus. `cargo xtask generate` writes what the command answers to them.

use std::path::Path;

use liniment::KnowledgeBase;
use serde_json::Value;

/// The answer to one call, right or wrong: what `expected.json` holds.
pub(crate) fn respond(call: &str, case: &str) -> Result<String, String> {
    respond_with(call, case, |kb| kb)
}

/// The answer of a knowledge base after something was done to it.
pub(crate) fn respond_with(
    call: &str,
    case: &str,
    done: impl FnOnce(KnowledgeBase) -> KnowledgeBase,
) -> Result<String, String> {
    let call: Value = serde_json::from_str(call).map_err(|error| error.to_string())?;
    let text = |key: &str| {
        call.get(key)
            .and_then(Value::as_str)
            .ok_or_else(|| format!("the call has no `{key}`"))
    };
    let mut builder = KnowledgeBase::builder().lang(text("lang")?);
    for name in call
        .get("packs")
        .and_then(Value::as_array)
        .ok_or("the call has no `packs`")?
    {
        let files = liniment_rules::all()
            .iter()
            .find(|(pack, _)| name == pack)
            .map(|(_, files)| *files);
        builder = builder.pack(files.ok_or_else(|| format!("no pack {name}"))?);
    }
    let (kb, _) = builder.build().map_err(|error| error.to_string())?;
    let kb = done(kb);
    let answer = kb.case_from_json(case).and_then(|case| match text("call") {
        Ok("explain") => kb
            .explain(&case, text("id").unwrap_or_default())
            .map(|explanation| explanation.to_json()),
        _ => kb.advise(&case).map(|advice| advice.to_json()),
    });
    Ok(answer.unwrap_or_else(|error| error.to_json()))
}

/// The folders of the corpus, by name, with the call and the case of each.
pub(crate) fn calls(corpus: &Path) -> Result<Vec<(String, String, String)>, String> {
    let folders = std::fs::read_dir(corpus).map_err(|error| format!("{}: {error}", corpus.display()))?;
    let mut calls = Vec::new();
    for folder in folders {
        let folder = folder.map_err(|error| error.to_string())?.path();
        if folder.is_dir() {
            let read = |name: &str| {
                std::fs::read_to_string(folder.join(name))
                    .map_err(|error| format!("{}: {error}", folder.join(name).display()))
            };
            let name = folder
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            calls.push((name, read("call.json")?, read("case.json")?));
        }
    }
    calls.sort();
    Ok(calls)
}
