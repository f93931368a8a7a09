//! The packs under `rules/`: no findings, proved clean, their own cases, and whether those notice changes.

use serde_json::Value;

use super::{Step, Tally};
use crate::workspace::{liniment, output, root, succeeds};

pub(super) const STEPS: &[Step] = &[
    Step {
        name: "pack-check",
        full: false,
        needs: &[],
        run: check,
    },
    Step {
        name: "pack-test",
        full: false,
        needs: &[],
        run: test,
    },
    Step {
        name: "pack-mutations",
        full: true,
        needs: &[],
        run: mutations,
    },
];

/// The folders of the packs, in the order of their names.
pub(crate) fn folders() -> Result<Vec<String>, String> {
    let entries = std::fs::read_dir(root().join("rules")).map_err(|error| format!("rules: {error}"))?;
    let mut folders: Vec<String> = entries
        .flatten()
        .filter(|entry| entry.path().join("pack.ron").is_file())
        .map(|entry| format!("rules/{}", entry.file_name().to_string_lossy()))
        .collect();
    folders.sort();
    if folders.is_empty() {
        Err("rules: no pack is there".to_owned())
    } else {
        Ok(folders)
    }
}

/// Each pack alone, then all together: checked, and what it promises of all cases proved.
fn check() -> Result<Tally, String> {
    let folders = folders()?;
    let mut tally = Tally::default();
    let alone = folders.iter().map(|folder| vec![folder.clone()]);
    for packs in alone.chain((folders.len() > 1).then(|| folders.clone())) {
        let mut command = liniment(["check", "--prove", "--deny", "warnings"])?;
        command.args(&packs);
        let fine = succeeds(command)?;
        tally.count(fine, || format!("{} has findings", packs.join(" with ")));
    }
    Ok(tally)
}

/// The packs' own cases, all packs loaded; each case counts.
fn test() -> Result<Tally, String> {
    let folders = folders()?;
    let mut command = liniment(["test", "--format", "json"])?;
    command.args(&folders);
    // Failing cases make the command fail, and are in its output all the same.
    let text = match command.output() {
        Ok(done) if !done.stdout.is_empty() => String::from_utf8_lossy(&done.stdout).into_owned(),
        _ => output(command)?,
    };
    let report: Value = serde_json::from_str(&text).map_err(|error| format!("liniment test: {error}"))?;
    let mut tally = Tally::default();
    for case in report
        .get("cases")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        let failures = case
            .get("failures")
            .and_then(Value::as_array)
            .map_or(&[][..], Vec::as_slice);
        let name = case.get("id").and_then(Value::as_str).unwrap_or("?");
        for failure in failures {
            let part = |key: &str| failure.get(key).and_then(Value::as_str).unwrap_or_default();
            println!(
                "{name}: {} {}: expected {}, found {}",
                part("check"),
                part("subject"),
                part("expected"),
                part("found")
            );
        }
        tally.count(failures.is_empty(), || format!("case {name}"));
    }
    if tally.passed + tally.failed.len() == 0 {
        tally.failed.push("the packs have no cases".to_owned());
    }
    Ok(tally)
}

/// All small changes of the rules: the cases and promises catch at least 95 in a hundred.
fn mutations() -> Result<Tally, String> {
    let mut command = liniment(["test", "--mutate", "--least", "95"])?;
    command.args(folders()?);
    Ok(Tally::of_one(
        succeeds(command)?,
        "changes of the packs that their cases and promises do not notice",
    ))
}
