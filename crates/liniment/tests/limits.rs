//! How many, and how deep: what is counted is accepted to the last one allowed, and the next is refused or not told.

use liniment::diagnostic::Diagnostic;
use liniment::{KnowledgeBase, Limits, Source};

/// The codes of the findings that are counted here.
const COLLISION: &str = "L0322";
const COLLISION_UNDECIDED: &str = "L0323";

/// What is said of a pack of these statements.
fn findings(statements: &str, limits: Limits) -> Vec<Diagnostic> {
    let manifest = "Pack(id: \"p\", version: \"1.0.0\", schema: 1, language: \"en\", title: \"T\", \
        phases: [Phase(id: \"p\", title: \"P\")])";
    let pack = [
        ("pack.ron", manifest.to_owned()),
        ("rules.ron", format!("[{statements}]")),
    ];
    let pack = pack.map(|(name, text)| (name.to_owned(), text));
    let built = KnowledgeBase::builder()
        .pack(Source::files(pack))
        .limits(limits)
        .build();
    built.map_or_else(
        |error| error.diagnostics().to_vec(),
        |(_, diagnostics)| diagnostics,
    )
}

fn messages(findings: &[Diagnostic]) -> Vec<&str> {
    findings.iter().map(|found| found.message.as_str()).collect()
}

/// A note that stands in the packs below wherever a rule must use something.
fn note(id: &str, when: &str) -> String {
    format!("Note(id: \"{id}\", phase: \"p\", when: {{{when}}}, text: \"T\", inferred: true),")
}

#[test]
fn definitions_stand_on_so_many_others_and_no_more() {
    let chain = |definitions: usize| {
        let mut text =
            "Fact(id: \"f\", kind: YesNo, ask: \"?\"), Define(id: \"d1\", when: {\"f\": Yes}),".to_owned();
        for number in 2..=definitions {
            text += &format!("Define(id: \"d{number}\", when: {{\"d{}\": Yes}}),", number - 1);
        }
        text += &note("n", &format!("\"d{definitions}\": Yes"));
        findings(&text, Limits::default().depth(10))
    };
    assert_eq!(messages(&chain(10)), [""; 0]);
    let expected = ["`d11` stands on top of 10 other definitions; the limit `depth` is 10"];
    assert_eq!(messages(&chain(11)), expected);
    assert_eq!(messages(&chain(13)), expected);
}

#[test]
fn so_many_vague_quantities_overlap_and_no_more() {
    let overlapping = |quantities: usize| {
        let mut text = "Fact(id: \"f\", kind: Integer, ask: \"?\"),".to_owned();
        for number in 0..quantities {
            let to = 100 + number;
            text += &format!("Vague(id: \"v{number}\", words: \"some\", from: {number}, to: {to}),");
            text += &note(
                &format!("n{number}"),
                &format!("\"f\": AtLeast(Vague(\"v{number}\"))"),
            );
        }
        findings(&text, Limits::default().boxes(4))
    };
    assert_eq!(messages(&overlapping(2)), [""; 0]);
    assert_eq!(
        messages(&overlapping(3)),
        [
            "`f` is compared with 3 vague quantities that overlap; the limit `boxes` of 4 combinations is passed"
        ]
    );
}

#[test]
fn a_definition_is_tested_as_what_it_is() {
    let text = "Fact(id: \"f\", kind: YesNo, ask: \"?\"), Define(id: \"d\", when: {\"f\": Yes}), \
        Define(id: \"s\", score: [Points(1, {\"f\": Yes})]),"
        .to_owned()
        + &note("one", "\"d\": AtLeast(1)")
        + &note("two", "\"s\": Yes")
        + &note("three", "\"d\": No, \"s\": AtMost(0)");
    assert_eq!(
        messages(&findings(&text, Limits::default())),
        [
            "`AtLeast` does not fit `d`, which is yes or no",
            "`Yes` does not fit `s`, which is a score"
        ]
    );
}

#[test]
fn ten_thousand_mistakes_are_told_and_that_there_are_more() {
    let of = |mistakes: usize| {
        let text: String = (0..mistakes)
            .map(|number| note(&format!("n{number}"), "\"nothing\": Yes"))
            .collect();
        findings(&text, Limits::default())
    };
    let more = |found: &Diagnostic| found.message.contains("more than 10000 mistakes");
    let all = of(10_000);
    assert_eq!(
        (all.len(), all.iter().filter(|found| more(found)).count()),
        (10_000, 0)
    );
    for mistakes in [10_001, 10_003] {
        let all = of(mistakes);
        assert_eq!(
            (all.len(), all.iter().filter(|found| more(found)).count()),
            (10_001, 1)
        );
    }
}

#[test]
fn a_dose_begins_again_when_it_is_over_and_not_before() {
    let dose = |every: &str| {
        let text = format!(
            "Fix(id: \"a\", phase: \"p\", dose: (lasting: \"10min\", every: \"{every}\"), text: \"T\", because: \"B\", \
             inferred: true),"
        );
        findings(&text, Limits::default()).len()
    };
    assert_eq!([dose("9min"), dose("10min"), dose("11min")], [1, 0, 0]);
}

/// Rules on one advice id, a fix and what is no fix by turns, each under one of these conditions.
fn rules_of_one_advice(conditions: &[&str]) -> String {
    let mut text: String = (0..6)
        .map(|number| format!("Fact(id: \"f{number}\", kind: YesNo, ask: \"?\"),"))
        .collect();
    for (number, when) in conditions.iter().enumerate() {
        text += &match number % 2 {
            0 => format!(
                "Fix(id: \"r{number}\", advice: \"a\", phase: \"p\", when: {when}, text: \"T\", inferred: true),"
            ),
            _ => format!(
                "NonFix(id: \"r{number}\", advice: \"a\", phase: \"p\", verdict: Avoid, when: {when}, text: \"T\", \
                 because: \"B\", inferred: true),"
            ),
        };
    }
    text
}

fn of_code<'d>(found: &'d [Diagnostic], code: &str) -> Vec<&'d Diagnostic> {
    found.iter().filter(|found| found.code == code).collect()
}

#[test]
fn eight_pairs_of_rules_that_collide_are_shown() {
    let further = |found: &Diagnostic| {
        let help = found.help.as_deref().unwrap_or_default();
        help.contains("further pairs of this advice id are not shown")
    };
    // Three of each make nine pairs.
    let conditions: Vec<String> = (0..6).map(|number| format!("{{\"f{number}\": Yes}}")).collect();
    let conditions: Vec<&str> = conditions.iter().map(String::as_str).collect();
    let (fewer, _) = conditions.split_at(4);
    let found = findings(&rules_of_one_advice(&conditions), Limits::default());
    let collisions = of_code(&found, COLLISION);
    let marked: Vec<bool> = collisions.iter().map(|found| further(found)).collect();
    assert_eq!(marked, [false, false, false, false, false, false, false, true]);
    let found = findings(&rules_of_one_advice(fewer), Limits::default());
    let collisions = of_code(&found, COLLISION);
    assert_eq!(
        (collisions.len(), collisions.iter().any(|found| further(found))),
        (4, false)
    );
}

/// Each of the fixes excludes each of the others, which only a search can tell.
#[test]
fn many_pairs_that_never_meet_are_all_decided() {
    let apart = [
        "[{\"f0\": Yes, \"f1\": Yes}, {\"f0\": Yes, \"f2\": Yes}]",
        "[{\"f0\": No, \"f3\": Yes}, {\"f0\": Yes, \"f1\": No, \"f2\": No}]",
    ];
    let conditions: Vec<&str> = apart.iter().copied().cycle().take(40).collect();
    let found = findings(&rules_of_one_advice(&conditions), Limits::default());
    for code in [COLLISION, COLLISION_UNDECIDED] {
        assert_eq!(of_code(&found, code).len(), 0, "{:?}", messages(&found));
    }
}
