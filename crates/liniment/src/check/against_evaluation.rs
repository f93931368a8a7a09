//! Collisions, never and always, compared with evaluating every complete case of small random packs.

use std::collections::BTreeSet;

use super::base::CheckedBase;
use super::{build, packs, prepare};
use crate::cells::Cells;
use crate::compile::Program;
use crate::diagnostic::Finding;
use crate::evaluate::{Truths, outcome};
use crate::limits::Limits;
use crate::parse::{Counts, Source, parse};
use crate::progress::Reporter;

pub(crate) const MANIFEST: &str = r#"Pack(id: "random", version: "1.0.0", schema: 1, language: "en", title: "R", phases: [Phase(id: "p", title: "P"), Phase(id: "q", title: "Q")])"#;

/// A small generator of numbers, so that a failure can be repeated.
pub(crate) struct Random {
    pub(crate) state: u64,
    /// Whether conditions may compare with vague quantities; windows always may.
    pub(crate) vague: bool,
}

impl Random {
    pub(crate) fn below(&mut self, count: u64) -> u64 {
        self.state = self
            .state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.state >> 33) % count
    }
    pub(crate) fn one<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list.get(usize::try_from(self.below(list.len() as u64)).unwrap_or(0))
            .copied()
            .unwrap_or("")
    }
    /// Two tests, of different names.
    pub(crate) fn two<'a>(&mut self, tests: &[&'a str]) -> [&'a str; 2] {
        loop {
            let (one, other) = (self.one(tests), self.one(tests));
            if one.split(':').next() != other.split(':').next() {
                return [one, other];
            }
        }
    }
    pub(crate) fn often(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
    fn row(&mut self) -> String {
        let tests = [
            r#""a": Yes"#,
            r#""a": No"#,
            r#""b": Yes"#,
            r#""c": OneOf(["x", "y"])"#,
            r#""c": Is("z")"#,
            r#""t": AtLeast("1h")"#,
            r#""t": LessThan("3h")"#,
            r#""t": AtMost(Vague("v"))"#,
            r#""t": MoreThan(Vague("v"))"#,
            r#""s": Includes(["k"])"#,
            r#""s": Only(["l"])"#,
            r#""d": Yes"#,
            r#""d": No"#,
            r#""e": AtLeast(2)"#,
            r#""e": Between(-1, 1)"#,
            r#""n": No"#,
        ];
        let tests: Vec<&str> = tests
            .into_iter()
            .filter(|test| self.vague || !test.contains("Vague"))
            .collect();
        let first = self.one(&tests);
        let second = self.one(&tests);
        let name = |test: &str| test.split(':').next().unwrap_or("").to_owned();
        if self.often(40) && name(first) != name(second) {
            format!("{{{first}, {second}}}")
        } else {
            format!("{{{first}}}")
        }
    }
    fn condition(&mut self) -> String {
        if self.often(25) {
            format!("[{}, {}]", self.row(), self.row())
        } else {
            self.row()
        }
    }
    fn limit(&mut self) -> &'static str {
        self.one(&[r#""1h""#, r#""2h""#, r#""3h""#, r#"Vague("v")"#, r#"Vague("w")"#])
    }
    fn maybe(&mut self, percent: u64, field: &str) -> String {
        if self.often(percent) {
            format!("{field}: {}, ", self.condition())
        } else {
            String::new()
        }
    }
    fn window(&mut self, percent: u64, field: &str) -> String {
        if self.often(percent) {
            format!("{field}: (\"t\", {}), ", self.limit())
        } else {
            String::new()
        }
    }
    fn rule(&mut self, number: u64, rules: u64) -> String {
        let id = format!("r{number}");
        let advice = self.one(&["x", "x", "x", "y"]);
        let phase = self.one(&["p", "q"]);
        let mut common =
            format!("id: \"{id}\", advice: \"{advice}\", phase: \"{phase}\", inferred: true, text: \"T\", ");
        common += &self.maybe(80, "when");
        common += &self.maybe(20, "except");
        if self.often(40) && number + 1 < rules {
            common += &format!(
                "overrides: [\"r{}\"], ",
                number + 1 + self.below(rules - number - 1)
            );
        }
        if self.often(20) {
            common += "outside: [\"scope\"], ";
        }
        match self.below(4) {
            0 | 1 => {
                let verdict = self.one(&["", "verdict: Optional, "]);
                let rest = format!(
                    "{}{}{}{}{}",
                    self.window(40, "not_before"),
                    self.window(40, "until"),
                    self.maybe(20, "shut_while"),
                    self.maybe(20, "never_when"),
                    self.one(&["", "never_when_unknown: Stand, "])
                );
                format!("Fix({common}{verdict}{rest}),")
            }
            2 => {
                let verdict = self.one(&["Avoid", "Ineffective", "Inferior"]);
                let unless = if self.often(40) {
                    format!("unless: {}, then: Optional, ", self.condition())
                } else {
                    String::new()
                };
                format!("NonFix({common}verdict: {verdict}, {unless}because: \"B\"),")
            }
            _ => format!(
                "Wait({common}{}{}),",
                self.window(60, "until"),
                self.maybe(30, "shut_while")
            ),
        }
    }
    fn pack(&mut self) -> String {
        let mut text = String::from(
            r#"[
            Fact(id: "a", kind: YesNo, ask: "?"), Fact(id: "b", kind: YesNo, ask: "?"),
            Fact(id: "c", kind: Choice(["x", "y", "z"]), ask: "?"), Fact(id: "t", kind: Clock, ask: "?"),
            Fact(id: "s", kind: Several(["k", "l"]), ask: "?"),
            Vague(id: "v", words: "v", from: "1h", to: "2h"), Vague(id: "w", words: "w", from: "2h", to: "4h"),
            Define(id: "d", when: [{"a": Yes, "c": Is("x")}, {"b": Yes}]),
            Define(id: "e", score: [Points(2, {"a": Yes}), Points(1, {"t": AtLeast(LIMIT)}), Points(-1, {"b": Yes})]),
            Define(id: "n", at_least: 2, of: [{"a": Yes}, {"b": Yes}, {"s": Includes(["k"])}]),
            "#,
        );
        text = text.replace("LIMIT", if self.vague { r#"Vague("v")"# } else { r#""2h""# });
        let rules = 2 + self.below(3);
        for number in 0..rules {
            text += &self.rule(number, rules);
        }
        text += &format!(
            "Scope(id: \"scope\", inferred: true, text: \"S\", when: {}, closes: Phases([\"p\"])),",
            self.condition()
        );
        if self.often(30) {
            let level = self.one(&["Emergency", "Urgent"]);
            let silenced = if level == "Emergency" {
                "Everything"
            } else {
                r#"["x"]"#
            };
            text += &format!(
                "RedFlag(id: \"flag\", inferred: true, level: {level}, when: {}, suppresses: {silenced}, text: \"F\"),",
                self.condition()
            );
        }
        text + "]"
    }
}

/// Every complete case: of each variable one cell, or the cells of one segment.
pub(crate) fn complete_cases(cells: &Cells) -> Vec<Vec<u64>> {
    let mut cases = vec![vec![0u64; cells.unknown.len()]];
    for variable in &cells.variables {
        let ordered = cells.ordered(variable.fact);
        let mut groups: BTreeSet<Vec<u32>> = BTreeSet::new();
        for cell in 0..variable.cells {
            groups.insert(match ordered {
                Some(ordered) => {
                    let (first, after) = ordered.cells_of_segment(ordered.segment_of_cell(cell));
                    (first..after).collect()
                }
                None => vec![cell],
            });
        }
        cases = cases
            .iter()
            .flat_map(|case| {
                groups.iter().map(|group| {
                    let mut case = case.clone();
                    for cell in group {
                        if let Some(word) = case.get_mut((variable.first_word + cell / 64) as usize) {
                            *word |= 1 << (cell % 64);
                        }
                    }
                    case
                })
            })
            .collect();
    }
    cases
}

/// A pack of a manifest and one file of statements: the base, whatever is wrong with it, and what is.
pub(crate) fn read(manifest: &str, text: &str) -> (CheckedBase, Vec<Finding>) {
    let source = Source::files([("pack.ron", manifest), ("rules.ron", text)]);
    let limits = Limits::default();
    let mut findings = Vec::new();
    let (mut counts, progress) = (Counts::default(), Reporter::default());
    let pack = parse(&source, &limits, 0, &mut counts, &progress, &mut findings);
    let shown = findings
        .iter()
        .map(|finding| finding.message.clone())
        .collect::<Vec<_>>()
        .join("\n");
    assert!(findings.is_empty(), "{shown}\n{text}");
    let inputs = pack
        .iter()
        .map(|pack| packs::Input {
            manifest: &pack.manifest,
            statements: pack
                .statements
                .iter()
                .map(|statement| (&statement.value, statement.span))
                .collect(),
        })
        .collect();
    let context = prepare(inputs, &limits, &progress, &mut findings);
    let base = build(&context);
    findings.append(&mut context.findings.borrow_mut());
    (base, findings)
}

#[test]
fn collisions_are_those_that_evaluation_finds() {
    compare(Random {
        state: 20_261_123,
        vague: false,
    });
}

/// Where a vague quantity leaves two rules of one verdict unknown, they may still surely give it together.
/// Pairs do not show that; what they do show is so.
#[test]
fn collisions_with_vague_conditions_do_happen() {
    compare(Random {
        state: 20_261_124,
        vague: true,
    });
}

fn compare(mut random: Random) {
    let exact = !random.vague;
    let (mut met, mut apart, mut unreachable) = (0, 0, 0);
    for _ in 0..200 {
        let text = random.pack();
        let (base, findings) = read(MANIFEST, &text);
        let said = |code: &str, id: &str| {
            let named = format!("`{id}`");
            findings
                .iter()
                .any(|finding| finding.code.code == code && finding.message.contains(&named))
        };
        let program = Program::compile(&base, 100_000, &Reporter::default());
        let mut conflicting: BTreeSet<String> = BTreeSet::new();
        let mut live: BTreeSet<usize> = BTreeSet::new();
        for case in complete_cases(&program.cells) {
            let truths = Truths::new(&program, &case);
            let found = outcome(&base, &program, &truths);
            for conflict in &found.conflicts {
                let silenced = found
                    .suppressed
                    .iter()
                    .any(|suppressed| suppressed.item.advice == conflict.advice);
                if let (false, Some(entry)) = (silenced, base.advice.get(conflict.advice.index())) {
                    conflicting.insert(entry.id.clone());
                }
            }
            let given = found
                .items
                .iter()
                .chain(found.suppressed.iter().map(|suppressed| &suppressed.item));
            live.extend(given.flat_map(|item| item.rules.iter().map(|rule| rule.index())));
        }
        for entry in &base.advice {
            let reported = said("L0322", &entry.id);
            let happens = conflicting.contains(&entry.id);
            assert!(
                reported == happens || !exact && happens,
                "`{}`: reported {reported}, happens {happens}\n{text}",
                entry.id
            );
            if reported { met += 1 } else { apart += 1 }
        }
        for (number, rule) in base.rules.iter().enumerate() {
            if said("L0324", &rule.id) {
                unreachable += 1;
                assert!(!live.contains(&number), "`{}` does speak\n{text}", rule.id);
            }
        }
    }
    assert!(
        met > 30 && apart > 30 && unreachable > 3,
        "{met} {apart} {unreachable}"
    );
}
