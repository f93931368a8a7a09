//! A small pack whose cases pass, and the same pack with cases that fail in every way.

use super::{PackTestReport, run};
use crate::diagnostic::PackError;
use crate::limits::Limits;
use crate::parse::Source;

const MANIFEST: &str = r#"
Pack(
    id: "feet", version: "1.0.0", schema: 1, language: "en", title: "Sore feet",
    phases: [Phase(id: "now", title: "Now"), Phase(id: "later", title: "Later")],
    ranking: ["rest", "shoes", "walk", "cream"],
)
"#;

const RULES: &str = r#"
[
    Source(id: "leaflet", kind: PatientInformation, title: "On feet", reviewed: "2026-11-23"),
    Fact(id: "sore", kind: YesNo, ask: "Are your feet sore?"),
    Fact(id: "shoes_fit", kind: YesNo, ask: "Do your shoes fit?"),
    Fact(id: "since", kind: Clock, ask: "How long ago did the soreness end?"),
    Fact(id: "cream", kind: Choice(["none", "considering", "used"]), ask: "Is cream used?"),
    Fact(id: "dry_skin", kind: YesNo, ask: "Is the skin dry?"),
    Fact(id: "numb", kind: YesNo, ask: "Are your feet numb?"),
    Fact(id: "broken", kind: YesNo, ask: "Is a bone broken?"),
    Define(id: "bad_shoes", when: {"shoes_fit": No, "sore": Yes}),
    Cause(id: "tight_shoes", standing: Primary, certainty: Usual, when: {"bad_shoes": Yes}, text: "The shoes are tight.",
        cites: [Cite(source: "leaflet", at: "page 1", claims: ["F1"])]),
    Fix(id: "rest", phase: "now", when: {"sore": Yes}, eases: ["soreness"], text: "Rest.", because: "Rest eases soreness.",
        cites: [Cite(source: "leaflet", at: "page 1", claims: ["F2"])]),
    Fix(id: "shoes", phase: "now", acts_on: ["tight_shoes"], when: {"bad_shoes": Yes}, text: "Wear wider shoes.", because: "These are tight.",
        cites: [Cite(source: "leaflet", at: "page 2", claims: ["F3"])]),
    Fix(id: "walk", phase: "later", when: {"sore": No}, not_before: ("since", "24h"), eases: ["stiffness"], text: "Walk.", because: "Walking keeps feet fit.",
        cites: [Cite(source: "leaflet", at: "page 3", claims: ["F4"])]),
    NonFix(id: "cream", phase: "now", verdict: Ineffective, when: {"cream": OneOf(["considering", "used"])}, unless: {"dry_skin": Yes}, then: Optional,
        text: "Cream does nothing.", then_text: "Cream keeps the skin supple.", because: "Soreness lies deeper.", instead: ["rest"],
        cites: [Cite(source: "leaflet", at: "page 4", claims: ["F5"])]),
    RedFlag(id: "numbness", level: Urgent, when: {"numb": Yes}, suppresses: Only(["walk"]), text: "Have it looked at today.",
        cites: [Cite(source: "leaflet", at: "page 5", claims: ["F6"])]),
    Scope(id: "fracture", when: {"broken": Yes}, closes: Everything, text: "Broken bones are not covered.",
        cites: [Cite(source: "leaflet", at: "page 6", claims: ["F7"])]),
]
"#;

const GOOD: &str = r#"
[
    TestCase(id: "tight", title: "Sore in tight shoes", facts: {"sore": true, "shoes_fit": false, "cream": "used", "broken": false},
        must: {"rest": "recommend", "shoes": "recommend", "cream": "ineffective"}, must_not: {"walk": ["any"], "numbness": ["urgent", "refer"]},
        order: [["rest", "shoes", "cream"]], causes: ["tight_shoes"], asks: ["dry_skin", "numb"], asks_not: ["sore"], asks_first: "numb",
        cites: ["F1", "F2", "F3", "F5"]),
    TestCase(id: "roomy", facts: {"sore": true, "shoes_fit": true, "broken": false}, must: {"rest": "recommend"}, causes_not: ["tight_shoes"]),
    TestCase(id: "healed", facts: {"sore": false, "since": "23h", "broken": false, "cream": "none", "numb": false},
        exactly: [("walk", "defer")], opens_in: {"walk": "1h"}),
    TestCase(id: "healed_unknown", facts: {"sore": false, "broken": false}, opens_in: {"walk": "unknown"}),
    TestCase(id: "healed_long", facts: {"sore": false, "since": "2d", "broken": false, "cream": "considering", "dry_skin": true},
        must: {"walk": "recommend", "cream": "optional"}),
    TestCase(id: "numb", facts: {"sore": false, "since": "2d", "numb": true, "broken": false}, exactly: [("numbness", "urgent")],
        suppressed: {"walk": "numbness"}, cites: ["F4", "F6"]),
    TestCase(id: "two_say", facts: {"sore": {"reports": [(value: true, source: "walker"), (value: false, source: "doctor")]}}, conflicts: ["sore"]),
    TestCase(id: "fracture", facts: {"broken": true, "sore": true}, exactly: [("fracture", "out_of_scope")]),
]
"#;

const BAD: &str = r#"
[
    TestCase(id: "bad", title: "Everything is expected otherwise", facts: {"sore": true, "shoes_fit": false, "cream": "used", "broken": false},
        must: {"rest": "optional", "walk": "recommend"}, must_not: {"shoes": ["any"], "cream": ["avoid", "ineffective"]},
        exactly: [("rest", "recommend"), ("cream", "ineffective")], order: [["cream", "rest"], ["rest", "walk"]],
        opens_in: {"walk": "1h"}, nearly: ["rest"], asks: ["sore"], asks_not: ["numb"], asks_first: "dry_skin", causes_not: ["tight_shoes"],
        conflicts: ["sore"], suppressed: {"rest": "numbness"}, cites: ["F9"]),
    TestCase(id: "late", facts: {"sore": false, "since": "20h", "broken": false}, opens_in: {"walk": "1h"}, causes: ["tight_shoes"]),
    TestCase(id: "late_unknown", facts: {"sore": false, "since": "20h", "broken": false}, opens_in: {"walk": "unknown"}),
    TestCase(id: "silenced", facts: {"sore": false, "since": "2d", "broken": false, "numb": true}, must: {"walk": "recommend"}),
]
"#;

fn report(cases: &str) -> Result<PackTestReport, PackError> {
    let pack = Source::files([
        ("pack.ron", MANIFEST),
        ("feet.ron", RULES),
        ("cases/feet.ron", cases),
    ]);
    run(&[pack], &Limits::default())
}

#[test]
fn cases_pass_and_say_what_they_leave_untried() -> Result<(), PackError> {
    let report = report(GOOD)?;
    insta::with_settings!({prepend_module_to_snapshot => false, omit_expression => true}, { insta::assert_snapshot!("good", report.to_text()) });
    assert!(report.passed());
    assert_eq!(report.cases().len(), 8);
    assert!(report.rules().missing.is_empty());
    Ok(())
}

#[test]
fn failures_say_what_was_expected_what_came_and_why() -> Result<(), PackError> {
    let report = report(BAD)?;
    assert!(!report.passed());
    let json: serde_json::Value = serde_json::from_str(&report.to_json()).unwrap_or_default();
    let case = json.pointer("/cases/1");
    insta::with_settings!({prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!("bad", report.to_text());
        insta::assert_snapshot!("bad_json", case.map(|case| format!("{case:#}")).unwrap_or_default());
    });
    Ok(())
}

const NEIGHBOUR: &str = r#"
Pack(
    id: "neighbour", version: "1.0.0", schema: 1, language: "en", title: "Beside sore feet",
    with: {"feet": "^1", "hands": "^1"}, phases: [Phase(id: "now", title: "Now")],
)
"#;

const NEIGHBOUR_RULES: &str = r#"
[
    Source(id: "poster", kind: PatientInformation, title: "On the wall", reviewed: "2026-11-23"),
    Fact(id: "numb", kind: YesNo, ask: "Are your feet numb?"),
    Note(id: "poster", phase: "now", when: {"numb": No}, text: "Look at the poster.", cites: [Cite(source: "poster", at: "top")]),
]
"#;

const NEIGHBOUR_CASES: &str = r#"
[
    TestCase(id: "both", facts: {"numb": false, "sore": true, "broken": false}, must: {"poster": "inform", "rest": "recommend"}),
    TestCase(id: "numb", facts: {"numb": true}, must_not: {"poster": ["any"]}),
]
"#;

fn neighbour() -> Source {
    Source::files([
        ("pack.ron", NEIGHBOUR),
        ("wall.ron", NEIGHBOUR_RULES),
        ("cases/wall.ron", NEIGHBOUR_CASES),
    ])
}

#[test]
fn cases_run_with_the_packs_that_their_pack_names() -> Result<(), PackError> {
    let feet = Source::files([
        ("pack.ron", MANIFEST),
        ("feet.ron", RULES),
        ("cases/feet.ron", GOOD),
    ]);
    // A case of feet that lists the whole advice is not disturbed by a pack that feet does not know.
    let report = run(&[feet, neighbour()], &Limits::default())?;
    assert!(report.passed(), "{}", report.to_text());
    assert_eq!(report.cases().len(), 10);
    assert_eq!(report.rules().total, 10);
    assert!(report.rules().missing.is_empty());
    Ok(())
}

#[test]
fn a_pack_that_is_missing_is_named() -> Result<(), PackError> {
    let report = run(&[neighbour()], &Limits::default())?;
    let failure = report.failed().next().and_then(|case| case.failures.first());
    assert_eq!(
        failure.map(|failure| failure.found.as_str()),
        Some("unknown fact `sore`")
    );
    let why = failure.map(|failure| failure.why.join(", "));
    assert_eq!(
        why.as_deref(),
        Some("the pack names `feet`, which is not loaded, the pack names `hands`, which is not loaded")
    );
    Ok(())
}

/// The neighbour's case of both, which says what it needs.
fn neighbour_with(needs: &str) -> Source {
    let cases = NEIGHBOUR_CASES.replace("id: \"both\",", &format!("id: \"both\", with: [{needs}],"));
    Source::files([
        ("pack.ron", NEIGHBOUR),
        ("wall.ron", NEIGHBOUR_RULES),
        ("cases/wall.ron", &cases),
    ])
}

#[test]
fn a_case_that_needs_a_pack_is_skipped_without_it_and_run_with_it() -> Result<(), PackError> {
    let alone = run(&[neighbour_with("\"feet\"")], &Limits::default())?;
    assert!(alone.passed());
    let skipped: Vec<(&str, &[String])> = alone
        .skipped()
        .map(|case| (case.id.as_str(), case.skipped_without.as_slice()))
        .collect();
    assert_eq!(skipped, [("both", &["feet".to_owned()][..])]);
    assert!(
        alone.to_text().contains("cases: 1 passed, 0 failed, 1 skipped"),
        "{}",
        alone.to_text()
    );

    let feet = Source::files([("pack.ron", MANIFEST), ("feet.ron", RULES)]);
    let with = run(&[feet.clone(), neighbour_with("\"feet\"")], &Limits::default())?;
    assert!(
        with.passed() && with.skipped().next().is_none(),
        "{}",
        with.to_text()
    );

    // All that a case needs must be there.
    let half = run(&[feet, neighbour_with("\"feet\", \"hands\"")], &Limits::default())?;
    let without: Vec<&String> = half.skipped().flat_map(|case| &case.skipped_without).collect();
    assert_eq!(without, ["hands"]);
    Ok(())
}

#[test]
fn a_case_cannot_need_what_its_pack_does_not_name() -> Result<(), PackError> {
    let report = run(&[neighbour_with("\"head\"")], &Limits::default())?;
    let failures: Vec<String> = report
        .failed()
        .flat_map(|case| &case.failures)
        .map(|failure| format!("{} {}: {}", failure.check, failure.subject, failure.found))
        .collect();
    assert_eq!(failures, ["with head: `head`, which it does not name"]);
    Ok(())
}
