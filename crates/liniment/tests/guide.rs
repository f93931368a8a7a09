//! The packs of the author's guide and the example packs: each checks, and its cases hold.
//!
//! A fenced block `ron pack=a,b file=rules.ron` of `docs/PACKS.md` is the file `rules.ron` of the packs a and b.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use liniment::pack_tests;
use liniment::{KnowledgeBase, Limits, Source};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The packs of the guide: by name, their files.
fn guide() -> BTreeMap<String, Vec<(String, String)>> {
    let text = std::fs::read_to_string(root().join("docs/PACKS.md")).expect("the guide");
    let mut packs: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let Some(marks) = line.strip_prefix("```ron") else {
            continue;
        };
        let mark = |name: &str| {
            marks
                .split_whitespace()
                .find_map(|mark| mark.strip_prefix(name))
                .unwrap_or_else(|| panic!("no `{name}` in `{line}`"))
        };
        let body: String = lines
            .by_ref()
            .take_while(|line| *line != "```")
            .flat_map(|line| [line, "\n"])
            .collect();
        for pack in mark("pack=").split(',') {
            packs
                .entry(pack.to_owned())
                .or_default()
                .push((mark("file=").to_owned(), body.clone()));
        }
    }
    packs
}

/// The codes of the warnings, and whether every case holds.
fn judge(name: &str, packs: &[Source]) -> (Vec<String>, String) {
    let builder = packs.iter().fold(KnowledgeBase::builder(), |builder, pack| {
        builder.pack(pack.clone())
    });
    let (_, warnings) = builder.build().unwrap_or_else(|error| panic!("{name}: {error}"));
    let report = pack_tests::run(packs, &Limits::default()).unwrap_or_else(|error| panic!("{name}: {error}"));
    let failures = if report.passed() {
        String::new()
    } else {
        report.to_text()
    };
    (
        warnings.iter().map(|warning| warning.code.to_string()).collect(),
        failures,
    )
}

#[test]
fn every_pack_of_the_guide_checks_and_its_cases_hold() {
    let packs = guide();
    assert_eq!(
        packs.len(),
        8,
        "seven steps of the tutorial, and the reference: {:?}",
        packs.keys()
    );
    for (name, files) in packs {
        let source = Source::files(files.iter().map(|(file, text)| (file.as_str(), text.as_str())));
        let (warnings, failures) = judge(&name, &[source]);
        // The first step has no source yet, and the guide says that the checker remarks on it.
        let expected: &[&str] = if name == "plant-1" { &["L0301"] } else { &[] };
        assert_eq!(warnings, expected, "{name}");
        assert!(failures.is_empty(), "{name}: {failures}");
    }
}

#[test]
fn the_example_packs_are_silent_and_their_cases_hold() {
    let folder = |name: &str| Source::folder(root().join("tests/packs").join(name)).expect("an example pack");
    for packs in [vec!["drivetrain"], vec!["drivetrain", "drivetrain-electric"]] {
        let sources: Vec<Source> = packs.iter().map(|name| folder(name)).collect();
        let (warnings, failures) = judge("drivetrain", &sources);
        assert!(warnings.is_empty(), "{packs:?}: {warnings:?}");
        assert!(failures.is_empty(), "{packs:?}: {failures}");
    }
}

#[test]
fn the_cases_of_the_drivetrain_try_every_rule_and_condition() {
    let source = Source::folder(root().join("tests/packs/drivetrain")).expect("an example pack");
    let report = pack_tests::run(&[source], &Limits::default()).unwrap_or_else(|error| panic!("{error}"));
    assert!(report.rules().missing.is_empty(), "{:?}", report.rules().missing);
    assert!(
        report.conditions().missing.is_empty(),
        "{:?}",
        report.conditions().missing
    );
}
