//! A copy of the workspace with all mutants built in, each behind its switch.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::Mutant;
use super::sites::{Rewritten, rewrite};
use crate::workspace::{cargo, messages, output, program, root, said};

/// The module that the switches ask. Numbers go by the environment: one is on, or which were asked for is written.
const SWITCHES: &str = include_str!("switches.rs.txt");

const LIBRARY: &str = "crates/liniment/src/lib.rs";

/// What `cargo` does for one test program.
pub(super) struct TestProgram {
    pub(super) path: PathBuf,
    /// The folder in which its tests expect to start.
    pub(super) folder: PathBuf,
}

pub(super) struct Tree {
    folder: PathBuf,
    /// The mutants of each file, with their numbers.
    by_file: BTreeMap<String, Vec<usize>>,
    rewritten: BTreeMap<String, Rewritten>,
    /// Mutants that do not compile.
    pub(super) unviable: BTreeSet<usize>,
    /// Mutants that no switch can stand for, though they may compile by themselves.
    pub(super) left_out: BTreeSet<usize>,
}

impl Tree {
    /// Copies what is under version control, as it is now. What has not changed since the last time is not touched,
    /// so that it need not be built again.
    pub(super) fn copied(mutants: &[Mutant]) -> Result<Tree, String> {
        let mut by_file: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (number, mutant) in mutants.iter().enumerate() {
            by_file.entry(mutant.file.clone()).or_default().push(number);
        }
        let tree = Tree {
            folder: root().join("target/mutants/tree"),
            by_file,
            rewritten: BTreeMap::new(),
            unviable: remembered("unviable", mutants),
            left_out: remembered("left-out", mutants),
        };
        let listed = output(program(
            "git",
            ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        ))?;
        for file in listed.split_terminator('\0') {
            let from = root().join(file);
            // Those with mutants are written when it is settled which compile.
            if !from.is_file() || tree.by_file.contains_key(file) {
                continue;
            }
            let bytes = match file {
                // The library in the copy may do what the switches need.
                "crates/liniment/Cargo.toml" => read(&from)?
                    .replace("[lints]\nworkspace = true\n", "")
                    .into_bytes(),
                LIBRARY => (read(&from)? + "\nmod mutants;\n").into_bytes(),
                _ => fs::read(&from).map_err(|error| format!("{file}: {error}"))?,
            };
            write(&tree.folder.join(file), &bytes)?;
        }
        let switches = SWITCHES.replace("COUNT", &mutants.len().to_string());
        let module = tree.folder.join(LIBRARY).with_file_name("mutants.rs");
        write(&module, switches.as_bytes())?;
        Ok(tree)
    }

    /// Builds the mutants in, without those that keep the library from compiling.
    pub(super) fn settle(&mut self, mutants: &[Mutant]) -> Result<(), String> {
        let files: Vec<String> = self.by_file.keys().cloned().collect();
        for file in &files {
            self.write_file(file, mutants)?;
        }
        loop {
            let (fine, said) =
                said(self.cargo(["check", "--package", "liniment", "--message-format", "json"]))?;
            if fine {
                remember("unviable", &self.unviable, mutants)?;
                return remember("left-out", &self.left_out, mutants);
            }
            let touched = self.blame(&said)?;
            println!(
                "{} do not compile, {} cannot be switched",
                self.unviable.len(),
                self.left_out.len()
            );
            for file in &touched {
                self.write_file(file, mutants)?;
            }
        }
    }

    /// Builds the tests of the library and answers their programs.
    pub(super) fn tests(&self) -> Result<Vec<TestProgram>, String> {
        let built = self.cargo([
            "test",
            "--package",
            "liniment",
            "--no-run",
            "--message-format",
            "json-render-diagnostics",
        ]);
        let programs: Vec<TestProgram> = messages(&output(built)?)
            .filter_map(|message| {
                let manifest = Path::new(message.get("manifest_path")?.as_str()?);
                message.pointer("/profile/test")?.as_bool()?.then_some(())?;
                Some(TestProgram {
                    path: PathBuf::from(message.get("executable")?.as_str()?),
                    folder: manifest.parent()?.to_path_buf(),
                })
            })
            .collect();
        Ok(programs)
    }

    fn cargo<const COUNT: usize>(&self, arguments: [&str; COUNT]) -> Command {
        let mut command = cargo(arguments);
        command.current_dir(&self.folder);
        // What the library depends on is built already.
        command.env("CARGO_TARGET_DIR", root().join("target"));
        command
    }

    fn write_file(&mut self, file: &str, mutants: &[Mutant]) -> Result<(), String> {
        let text = read(&root().join(file))?;
        let here: Vec<(usize, &Mutant)> = self
            .by_file
            .get(file)
            .into_iter()
            .flatten()
            .filter(|number| !self.unviable.contains(number) && !self.left_out.contains(number))
            .filter_map(|number| Some((*number, mutants.get(*number)?)))
            .collect();
        let rewritten = rewrite(&text, &here).map_err(|error| format!("{file}: {error}"))?;
        self.left_out.extend(&rewritten.left_out);
        write(&self.folder.join(file), rewritten.text.as_bytes())?;
        self.rewritten.insert(file.to_owned(), rewritten);
        Ok(())
    }

    /// Takes out the mutants that errors stand in. Answers their files.
    fn blame(&mut self, said: &str) -> Result<BTreeSet<String>, String> {
        let mut touched = BTreeSet::new();
        let mut unplaced = String::new();
        for message in messages(said)
            .filter(|message| message.pointer("/message/level").and_then(Value::as_str) == Some("error"))
        {
            let mut blamed = false;
            for (file, span) in spans(&message) {
                let Some(rewritten) = self.rewritten.get(&file) else {
                    continue;
                };
                let within = |ranges: &BTreeMap<usize, Range<usize>>| {
                    ranges
                        .iter()
                        .filter(|(_, range)| range.start <= span.start && span.end <= range.end)
                        .min_by_key(|(_, range)| range.len())
                        .map(|(number, range)| (*number, range.len()))
                };
                if let Some((number, _)) = within(&rewritten.replacement) {
                    self.unviable.insert(number);
                } else if let Some((_, length)) = within(&rewritten.whole) {
                    let same = rewritten
                        .whole
                        .iter()
                        .filter(|(_, range)| {
                            range.len() == length && range.start <= span.start && span.end <= range.end
                        })
                        .map(|(number, _)| *number);
                    self.left_out.extend(same);
                } else {
                    continue;
                }
                blamed = true;
                touched.insert(file);
            }
            if !blamed {
                unplaced = message
                    .pointer("/message/rendered")
                    .and_then(Value::as_str)
                    .unwrap_or_default()
                    .to_owned();
            }
        }
        if touched.is_empty() {
            return Err(format!("the library with switches does not compile: {unplaced}"));
        }
        Ok(touched)
    }
}

/// The files and ranges of bytes that an error stands at.
fn spans(message: &Value) -> Vec<(String, Range<usize>)> {
    let list = message.pointer("/message/spans").and_then(Value::as_array);
    list.into_iter()
        .flatten()
        .filter(|span| span.get("is_primary").and_then(Value::as_bool) == Some(true))
        .filter_map(|span| {
            let place = |name: &str| usize::try_from(span.get(name)?.as_u64()?).ok();
            Some((
                span.get("file_name")?.as_str()?.to_owned(),
                place("byte_start")?..place("byte_end")?,
            ))
        })
        .collect()
}

/// Where it stands which mutants were taken out.
fn memory(why: &str) -> PathBuf {
    root().join("target/mutants").join(why).with_extension("txt")
}

/// Mutants that were taken out the last time; what is built then is what was built before.
fn remembered(why: &str, mutants: &[Mutant]) -> BTreeSet<usize> {
    let text = fs::read_to_string(memory(why)).unwrap_or_default();
    let names: BTreeSet<&str> = text.lines().collect();
    let numbered = mutants.iter().enumerate();
    numbered
        .filter(|(_, mutant)| names.contains(mutant.key().as_str()))
        .map(|(number, _)| number)
        .collect()
}

fn remember(why: &str, which: &BTreeSet<usize>, mutants: &[Mutant]) -> Result<(), String> {
    let names: Vec<String> = which
        .iter()
        .filter_map(|number| Some(mutants.get(*number)?.key()))
        .collect();
    write(&memory(why), names.join("\n").as_bytes())
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// Writes a file, unless it is like that already.
fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    if fs::read(path).is_ok_and(|there| there == bytes) {
        return Ok(());
    }
    path.parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::write(path, bytes))
        .map_err(|error| format!("{}: {error}", path.display()))
}
