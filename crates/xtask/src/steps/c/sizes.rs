//! How large the shared library is, stripped, in four forms: no larger than what was reached. And that each works.

use std::path::{Path, PathBuf};

use super::interface::{answers_corpus, calls};
use super::programs::{compile_with, link_in, start, test_source};
use crate::install::build;
use crate::steps::Tally;
use crate::workspace::{at_once, liniment, root, succeeds};

/// A form of the library whose size is held.
struct Form {
    name: &'static str,
    profile: &'static str,
    /// All of them where there is nothing.
    features: Option<&'static [&'static str]>,
    /// What it may have, in bytes.
    most: u64,
    /// What it should have one day.
    goal: u64,
}

const FORMS: &[Form] = &[
    Form {
        name: "with everything",
        profile: "shared",
        features: None,
        most: 3_795_000,
        goal: 4_000_000,
    },
    Form {
        name: "without Arrow",
        profile: "shared",
        features: Some(&[
            "prove",
            "reasons",
            "tools",
            "read-packs",
            "calf-cramps",
            "leg-red-flags",
        ]),
        most: 2_805_000,
        goal: 2_000_000,
    },
    Form {
        name: "for devices",
        profile: "device",
        features: Some(&["calf-cramps"]),
        most: 993_000,
        goal: 1_000_000,
    },
    Form {
        name: "for devices that read packs",
        profile: "device",
        features: Some(&["read-packs", "calf-cramps", "leg-red-flags"]),
        most: 1_532_000,
        goal: 1_500_000,
    },
];

pub(super) fn check() -> Result<Tally, String> {
    let mut tally = Tally::default();
    // Each in a folder of its own: to optimise a whole library keeps one processor busy, and they need not wait for each
    // other.
    for (form, library) in FORMS.iter().zip(at_once(FORMS, Form::build)?) {
        let size = std::fs::metadata(&library)
            .map_err(|error| format!("{}: {error}", library.display()))?
            .len();
        let Form { name, most, goal, .. } = form;
        println!("{size:>9} bytes {name}; at most {most}, the goal is {goal}");
        tally.count(size <= *most, || {
            format!(
                "the library {name} has {size} bytes, more than {most}: what was added, and must it be there?"
            )
        });
        use_it(form, &library, &mut tally)?;
    }
    Ok(tally)
}

impl Form {
    fn has(&self, feature: &str) -> bool {
        self.features.is_none_or(|features| features.contains(&feature))
    }

    fn folder(&self) -> PathBuf {
        root().join("target/c-sizes").join(self.name.replace(' ', "-"))
    }

    fn build(&self) -> Result<PathBuf, String> {
        let features: Option<Vec<String>> = self
            .features
            .map(|features| features.iter().map(|feature| (*feature).to_owned()).collect());
        build(
            "cdylib",
            self.profile,
            features.as_deref(),
            Some(&self.folder().join("target")),
        )
    }
}

/// Each gives the advice of the full one, byte for byte; without the reading of packs, of those that the command compiled.
/// The small ones do what they should, and say what they do not have.
fn use_it(form: &Form, library: &Path, tally: &mut Tally) -> Result<(), String> {
    let folder = form.folder();
    link_in(&folder, library)?;
    let corpus = compile_with(&folder, &test_source("corpus.c"), "corpus", &[])?;
    let compiled = match form.has("read-packs") {
        true => None,
        false => Some(compile_packs(&folder)?.to_string_lossy().into_owned()),
    };
    let arguments: Vec<&str> = compiled.as_deref().into_iter().collect();
    let fine = answers_corpus(start(&corpus, &arguments), |call| {
        form.has("reasons") || call == "advise"
    })?;
    tally.count(fine, || {
        format!(
            "the library {} gives other answers than the conformance corpus",
            form.name
        )
    });
    let own_test = match (form.has("tools"), form.has("read-packs")) {
        (true, _) => return Ok(()),
        (false, true) => "plain_packs.c",
        (false, false) => "device.c",
    };
    let built = compile_with(&folder, &test_source(own_test), "own_test", &[])?;
    let fine = succeeds(start(&built, &[]))?;
    tally.count(fine, || {
        format!("the library {} does not do what it should", form.name)
    });
    Ok(())
}

/// Compiles every combination of packs that the corpus calls, each into a file of the name that `corpus.c` looks for.
fn compile_packs(folder: &Path) -> Result<PathBuf, String> {
    let folder = folder.join("compiled");
    std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut combinations: Vec<Vec<String>> = calls()?.into_iter().map(|call| call.packs).collect();
    combinations.sort();
    combinations.dedup();
    for packs in combinations {
        let file = folder.join(format!("{}.liniment", packs.join("+")));
        let mut command = liniment(["compile", "--out"])?;
        command.arg(&file).args(&packs);
        if !succeeds(command)? {
            return Err(format!("{} cannot be compiled", packs.join(" and ")));
        }
    }
    Ok(folder)
}
