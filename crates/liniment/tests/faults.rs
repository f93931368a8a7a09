//! Every planted fault is found by a proof, and every good pack is proved clean.
//!
//! `tests/packs/faults` plants each kind of fault in a small pack. What is said is kept in
//! `tests/snapshots/faults`, as text and as JSON; `INSTA_UPDATE=always cargo test` writes it anew.
#![cfg(feature = "prove")]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot read its data fails"
)]

mod pack_folders;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use liniment::diagnostic::{Diagnostic, codes, render};
use liniment::prove::BUDGET;
use liniment::{KnowledgeBase, Limits, Source, pack_tests};
use pack_folders::{WIDTH, folders, name, packs, snapshots, sources, together};

fn build(sources: &[Source]) -> KnowledgeBase {
    together(sources)
        .build()
        .unwrap_or_else(|error| panic!("{}", error.render(WIDTH, false)))
        .0
}

/// Few steps where they would not suffice anyway.
fn budget(name: &str) -> u64 {
    match name {
        "undecided" | "rules_collision_undecided" => 50,
        _ => BUDGET,
    }
}

/// A pack with the cases that its findings write out instead of its own.
fn with_cases(folder: &Path, found: &[Diagnostic]) -> Source {
    let cases: Vec<&str> = found
        .iter()
        .filter_map(|diagnostic| diagnostic.witness.as_deref())
        .collect();
    let read = |file: &str| (file.to_owned(), fs::read_to_string(folder.join(file)).unwrap());
    Source::files([
        read("pack.ron"),
        read("rules.ron"),
        (
            "cases/found.ron".to_owned(),
            format!("[\n{}\n]", cases.join(",\n")),
        ),
    ])
}

#[test]
fn planted_faults_are_found() {
    let _bound = snapshots("snapshots/faults").bind_to_scope();
    let mut seen = BTreeSet::new();
    for folder in folders(&packs().join("faults")) {
        let sources = sources(&folder);
        let proofs = build(&sources).prove(budget(&name(&folder)));
        let found = proofs.diagnostics();
        assert!(!found.is_empty(), "{}: nothing is found", name(&folder));
        for diagnostic in found {
            let case = diagnostic.witness.as_ref();
            assert!(
                case.is_some() || diagnostic.code == "L0515",
                "{}: no case shows {}",
                name(&folder),
                diagnostic.code
            );
            assert!(diagnostic.help.is_some() && !diagnostic.labels.is_empty());
            seen.insert(diagnostic.code);
        }
        insta::assert_snapshot!(
            name(&folder),
            format!(
                "{}\n{}",
                render(found, &sources, WIDTH, false).trim_end(),
                proofs.to_text().trim_end()
            )
        );
        insta::assert_snapshot!(format!("{}_json", name(&folder)), proofs.to_json());
    }
    let unseen: Vec<&str> = codes()
        .iter()
        .map(|code| code.code)
        .filter(|code| *code >= "L0500" && !seen.contains(code))
        .collect();
    assert!(unseen.is_empty(), "no planted fault shows {unseen:?}");
}

/// What is written out can be pasted into the pack: it is read, and what it asks for is what fails.
#[test]
fn found_cases_are_cases_of_the_pack() {
    for folder in folders(&packs().join("faults")) {
        let proofs = build(&sources(&folder)).prove(budget(&name(&folder)));
        let with_cases = with_cases(&folder, proofs.diagnostics());
        let report = pack_tests::run(&[with_cases], &Limits::default())
            .unwrap_or_else(|error| panic!("{}: {}", name(&folder), error.render(WIDTH, false)));
        let witnesses = proofs
            .diagnostics()
            .iter()
            .filter_map(|diagnostic| diagnostic.witness.as_deref());
        for (case, witness) in report.cases().iter().zip(witnesses) {
            assert!(
                case.failures.iter().all(|failure| failure.check != "facts"),
                "{}: {:?}",
                name(&folder),
                case.failures
            );
            // Nothing is what silence is: that case holds until the pack speaks.
            let asks = ["must", "must_not", "asks"]
                .iter()
                .any(|check| witness.contains(&format!(", {check}:")));
            assert_eq!(
                !case.failures.is_empty(),
                asks,
                "{}: {witness}\n{:?}",
                name(&folder),
                case.failures
            );
        }
    }
}

/// Findings that a good pack of the checker's own tests is allowed: it shows one thing only.
const ALLOWED: [(&str, &str); 3] = [
    ("names_override_cycle", "L0501"),
    ("names_unknown_rule", "L0508"),
    ("rules_collision_undecided", "L0515"),
];

#[test]
fn good_packs_are_proved_clean() {
    let drivetrain = packs().join("drivetrain");
    let electric = packs().join("drivetrain-electric");
    let mut bases: Vec<(String, Vec<Source>)> = folders(&packs().join("good"))
        .iter()
        .map(|folder| (name(folder), sources(folder)))
        .collect();
    bases.push(("drivetrain".to_owned(), sources(&drivetrain)));
    bases.push((
        "both drivetrains".to_owned(),
        [sources(&drivetrain), sources(&electric)].concat(),
    ));
    for (name, sources) in bases {
        let proofs = build(&sources).prove(budget(&name));
        let unexpected: Vec<Diagnostic> = proofs
            .diagnostics()
            .iter()
            .filter(|found| !ALLOWED.contains(&(name.as_str(), found.code)))
            .cloned()
            .collect();
        assert!(
            unexpected.is_empty(),
            "{name}: {}",
            render(&unexpected, &sources, WIDTH, false)
        );
    }
}

/// A fault planted in a copy of the calf pack: what is changed in which file, what is added, and the code
/// that finds it.
struct Planted {
    code: &'static str,
    /// A file, what stands there, and what is put in its place.
    changed: &'static [(&'static str, &'static str, &'static str)],
    /// Further statements.
    added: &'static str,
    /// What the message must name.
    names: &'static str,
}

const PLANTED: &[Planted] = &[
    Planted {
        code: "L0501",
        changed: &[],
        added: r#"Fix(id: "planted", phase: "recovery", eases: ["it"], when: {"recovering": Yes, "walking_normally": No}, yields_to: ["push_too_hard"], text: "T.", inferred: true)"#,
        names: "`planted` can never speak",
    },
    Planted {
        code: "L0502",
        changed: &[],
        added: r#"Note(id: "planted", advice: "strain_guide", phase: "recovery", verdict: Refer, when: {"recovering": Yes, "unsure": Yes}, text: "T.", inferred: true)"#,
        names: "whenever `planted` says `refer`, so does `strain_guide`",
    },
    Planted {
        code: "L0504",
        changed: &[(
            "properties.ron",
            r#"Expect({"onset_setting": OneOf(["during_exercise", "after_exercise"]), "cramp_state": Is("active")})"#,
            r#"Expect({"cramp_state": Is("none"), "onset_setting": Is("during_exercise")})"#,
        )],
        added: "",
        names: "gets none",
    },
    Planted {
        code: "L0505",
        changed: &[],
        added: r#"Note(id: "planted", phase: "emergency", verdict: Inform, when: {"muscles_affected": Is("all_muscles"), "in_session": Yes}, overrides: ["all_muscles"], text: "T.", inferred: true)"#,
        names: "`all_muscles` can be masked",
    },
    Planted {
        code: "L0506",
        changed: &[],
        added: r#"Note(id: "planted", phase: "emergency", verdict: Inform, when: {"muscles_affected": Is("all_muscles"), "in_session": Yes}, overrides: ["all_muscles"], text: "T.", inferred: true)"#,
        names: "`all_muscles` can leave standing",
    },
    Planted {
        code: "L0507",
        changed: &[],
        added: r#"Fix(id: "planted", advice: "return_run", phase: "recovery", eases: ["it"], when: {"recovering": Yes, "wants_to_run_now": Yes}, not_before: ("time_since_release", "72h"), text: "T.", inferred: true)"#,
        names: "`return_run` can be open before",
    },
    Planted {
        code: "L0508",
        changed: &[(
            "return.ron",
            r#"except: {"minutes_apply": Yes},"#,
            r#"except: {"minutes_apply": Yes, "time_since_release": MoreThan("72h")},"#,
        )],
        added: "",
        names: "the exception of `return` can never matter",
    },
    Planted {
        code: "L0509",
        changed: &[(
            "recovery.ron",
            r#"when: {"recovering": Yes},
        until: ("time_since_release", Vague("several_days")),"#,
            r#"when: {"recovering": Yes, "time_since_release": LessThan("2d")},
        until: ("time_since_release", Vague("several_days")),"#,
        )],
        added: "",
        names: "vague limit of `ice`",
    },
    Planted {
        code: "L0510",
        changed: &[],
        added: r#"Fact(id: "spare", kind: YesNo, ask: "?"),
            Note(id: "planted", phase: "recovery", verdict: Inform, when: [{"recovering": Yes, "spare": Yes}, {"recovering": Yes, "spare": No}], text: "T.", inferred: true)"#,
        names: "`spare` never changes anything",
    },
    Planted {
        code: "L0511",
        changed: &[(
            "facts.ron",
            r#"ask_when: {"spray": OneOf(["considering", "used"])}"#,
            r#"ask_when: {"spray": Is("considering")}"#,
        )],
        added: "",
        names: "`heat_primary_cause` matters in a case",
    },
    Planted {
        code: "L0512",
        changed: &[(
            "recovery.ron",
            r#"not_before: ("time_since_release", "24h")"#,
            r#"not_before: ("time_since_release", "23h59min")"#,
        )],
        added: "",
        names: "`Never` does not hold",
    },
    Planted {
        code: "L0513",
        changed: &[(
            "recovery.ron",
            r#"not_before: ("time_since_release", "24h"),"#,
            r#"not_before: ("time_since_release", "24h"),
        until: ("time_since_release", "30d"),"#,
        )],
        added: "",
        names: "`massage_rolling` is open and shuts again",
    },
    Planted {
        code: "L0514",
        changed: &[(
            "recovery.ron",
            r#"not_before: ("time_since_release", "24h"),"#,
            r#"not_before: ("time_since_release", "24h"),
        except: {"walking_normally": No},"#,
        )],
        added: "",
        names: "knowing less opens `massage_rolling`",
    },
    Planted {
        code: "L0516",
        changed: &[(
            "recovery.ron",
            r#"when: {"recovering": Yes},
        not_before: ("time_since_release", "24h"),"#,
            r#"when: {"recovering": Yes, "time_since_release": AtMost("12h")},
        not_before: ("time_since_release", "24h"),"#,
        )],
        added: "",
        names: "`massage_rolling` says to wait",
    },
];

#[test]
fn faults_planted_in_the_calf_pack_are_found() {
    let mut missed = Vec::new();
    for planted in PLANTED {
        let mut files: Vec<(String, String)> = liniment_rules::calf_cramps()
            .iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .filter(|(name, _)| !name.starts_with("cases/") && name != "de.ron")
            .collect();
        let untranslated = ("pack.ron", r#"translations: ["de"],"#, "");
        for (file, was, now) in planted.changed.iter().chain([&untranslated]) {
            let (_, text) = files.iter_mut().find(|(name, _)| name == file).unwrap();
            assert!(text.contains(was), "{file} has no {was}");
            *text = text.replacen(was, now, 1);
        }
        files.push(("planted.ron".to_owned(), format!("[\n{}\n]", planted.added)));
        let source = Source::files(files);
        let (kb, _) = match KnowledgeBase::builder().pack(source.clone()).build() {
            Ok(built) => built,
            Err(error) => {
                missed.push(format!("{}: {}", planted.code, error.render(WIDTH, false)));
                continue;
            }
        };
        let proofs = kb.prove(BUDGET);
        let found = proofs
            .diagnostics()
            .iter()
            .find(|found| found.code == planted.code && found.message.contains(planted.names));
        if found.is_none_or(|found| found.witness.is_none()) {
            missed.push(format!(
                "{} {}: {}",
                planted.code,
                planted.names,
                render(proofs.diagnostics(), &[source], WIDTH, false)
            ));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}
