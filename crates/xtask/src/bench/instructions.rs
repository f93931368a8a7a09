//! How many instructions the fast paths take, beside the counts that are kept: what a machine is busy with
//! does not change them.
//!
//! `crates/liniment/benches/instructions.rs` does the work, valgrind's callgrind counts. It does not know
//! AVX-512: the other two ways are counted.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::steps::Tally;
use crate::workspace::{built, cargo, output, program, root};

/// The counts that are kept.
const KEPT: &str = "crates/liniment/benches/instructions.json";
/// A rise of more than so many percent fails.
const MOST: f64 = 10.0;
const WAYS: [&str; 2] = ["avx2", "portable"];

/// Instructions for each case, by work and way.
type Counts = BTreeMap<String, f64>;

/// Prints the counts beside those that are kept; keeps them when asked to. False when one has risen.
pub(super) fn run(keep: bool) -> Result<bool, String> {
    let counts = count()?;
    let kept = if keep { Counts::new() } else { kept()? };
    println!(
        "{:<40} {:>12} {:>12} {:>8}",
        "instructions a case", "now", "kept", "change"
    );
    for (name, now) in &counts {
        match kept.get(name) {
            Some(before) => {
                let change = (now / before - 1.0) * 100.0;
                println!("{name:<40} {now:>12.1} {before:>12.1} {change:>+7.1}%");
            }
            None => println!("{name:<40} {now:>12.1}"),
        }
    }
    if keep {
        let text = serde_json::to_string_pretty(&counts).map_err(|error| error.to_string())?;
        fs::write(root().join(KEPT), text + "\n").map_err(|error| format!("{KEPT}: {error}"))?;
        println!("wrote {KEPT}");
    }
    Ok(compare(&counts, &kept).failed.is_empty() || keep)
}

/// Each count is checked against the one that is kept.
pub(crate) fn check() -> Result<Tally, String> {
    Ok(compare(&count()?, &kept()?))
}

fn compare(counts: &Counts, kept: &Counts) -> Tally {
    let mut tally = Tally::default();
    for name in kept.keys().filter(|name| !counts.contains_key(*name)) {
        tally.count(false, || format!("{KEPT} has `{name}`, which nothing does"));
    }
    for (name, now) in counts {
        let Some(before) = kept.get(name) else {
            tally.count(false, || format!("{KEPT} does not have `{name}`"));
            continue;
        };
        let change = (now / before - 1.0) * 100.0;
        tally.count(change <= MOST, || {
            format!("`{name}` takes {now:.1} instructions a case, {change:+.1} % from {before:.1}")
        });
    }
    tally
}

fn kept() -> Result<Counts, String> {
    let text = fs::read_to_string(root().join(KEPT)).map_err(|error| format!("{KEPT}: {error}"))?;
    serde_json::from_str(&text).map_err(|error| format!("{KEPT}: {error}"))
}

fn count() -> Result<Counts, String> {
    let binary = built(cargo([
        "bench",
        "--no-run",
        "--package",
        "liniment",
        "--features",
        "arrow",
        "--bench",
        "instructions",
        "--message-format",
        "json-render-diagnostics",
    ]))?;
    let mut counts = Counts::new();
    for name in output(program(&binary, [] as [&str; 0]))?.lines() {
        for way in WAYS {
            counts.insert(format!("{name}, {way}"), count_one(&binary, name, way)?);
        }
    }
    Ok(counts)
}

/// Instructions for each case of one work, done one way.
fn count_one(binary: &Path, name: &str, way: &str) -> Result<f64, String> {
    let folder = root().join("target/instructions");
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let profile = folder.join(format!("{name}-{way}"));
    let mut command = program(
        "valgrind",
        [
            "--tool=callgrind",
            "--quiet",
            "--toggle-collect=*instructions::counted*",
        ],
    );
    command
        .arg(format!("--callgrind-out-file={}", profile.display()))
        .arg(binary)
        .args([name, way]);
    let cases: f64 = number(&output(command)?)?;
    let text = fs::read_to_string(&profile).map_err(|error| format!("{}: {error}", profile.display()))?;
    let total = text
        .lines()
        .find_map(|line| line.strip_prefix("totals: ").or(line.strip_prefix("summary: ")))
        .ok_or_else(|| format!("{} has no total", profile.display()))?;
    let total = number(total)?;
    // Nothing would be counted if the function were called something else.
    if total < cases {
        return Err(format!(
            "only {total} instructions were counted for {name}, {way}"
        ));
    }
    Ok((total / cases * 10.0).round() / 10.0)
}

fn number(text: &str) -> Result<f64, String> {
    let text = text.trim();
    text.parse()
        .map_err(|_| format!("expected a number, found `{text}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rise_of_more_than_a_tenth_fails() {
        let counts = |value: f64| Counts::from([("work, avx2".to_owned(), value)]);
        for (now, failures) in [(90.0, 0), (109.9, 0), (110.1, 1)] {
            assert_eq!(
                compare(&counts(now), &counts(100.0)).failed.len(),
                failures,
                "{now}"
            );
        }
        assert_eq!(compare(&counts(1.0), &Counts::new()).failed.len(), 1);
        assert_eq!(compare(&Counts::new(), &counts(1.0)).failed.len(), 1);
    }
}
