//! Packs among themselves, circles, and the order of advice: compared with small graphs drawn at random.

use std::collections::BTreeSet;

use liniment::{KnowledgeBase, Source};

use super::{findings, pack};

const NOT_VISIBLE: &str = "L0110";
const OVERRIDE_CYCLE: &str = "L0123";

/// A small generator of numbers, so that a failure can be repeated.
struct Random(u64);

impl Random {
    fn often(&mut self, percent: u64) -> bool {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % 100 < percent
    }
}

const IDS: [&str; 4] = ["a", "b", "c", "d"];

/// For each of four, some of the others.
fn graph(random: &mut Random, percent: u64) -> Vec<BTreeSet<usize>> {
    (0..4)
        .map(|from| (0..4).filter(|to| *to != from && random.often(percent)).collect())
        .collect()
}

/// Where one can get from each, one step or more.
fn reached(edges: &[BTreeSet<usize>]) -> Vec<BTreeSet<usize>> {
    let mut reached = edges.to_vec();
    for _ in 0..edges.len() {
        reached = reached
            .iter()
            .map(|targets| {
                let further = targets.iter().filter_map(|target| edges.get(*target)).flatten();
                targets.iter().chain(further).copied().collect()
            })
            .collect();
    }
    reached
}

fn named(places: &BTreeSet<usize>) -> Vec<&'static str> {
    places
        .iter()
        .filter_map(|place| IDS.get(*place).copied())
        .collect()
}

/// What a pack extends it sees, and what that extends in turn; what it names in `with`, and no more.
#[test]
fn packs_see_what_they_extend_and_what_they_name() {
    let mut random = Random(11);
    let (mut seen, mut hidden) = (0, 0);
    for _ in 0..40 {
        let extends = graph(&mut random, 30);
        let with = graph(&mut random, 20);
        let further = reached(&extends);
        if further
            .iter()
            .enumerate()
            .any(|(from, targets)| targets.contains(&from))
        {
            continue;
        }
        let written = |places: &BTreeSet<usize>| {
            let entries: Vec<String> = named(places)
                .iter()
                .map(|id| format!("\"{id}\": \"^1\""))
                .collect();
            entries.join(", ")
        };
        let packs = |order: [usize; 4]| {
            order.map(|place| {
                let id = IDS.get(place).unwrap();
                let manifest = format!(
                    "Pack(id: \"{id}\", version: \"1.0.0\", schema: 1, language: \"en\", title: \"T\", \
                     extends: {{{}}}, with: {{{}}}, phases: [Phase(id: \"p\", title: \"P\")])",
                    written(extends.get(place).unwrap()),
                    written(with.get(place).unwrap())
                );
                let tests: Vec<String> = IDS.iter().map(|other| format!("{{\"fact_of_{other}\": Yes}}")).collect();
                let rules = format!(
                    "[Fact(id: \"fact_of_{id}\", kind: YesNo, ask: \"?\"), Note(id: \"note_of_{id}\", phase: \"p\", \
                     when: [{}], text: \"T\", inferred: true)]",
                    tests.join(", ")
                );
                Source::files([("pack.ron".to_owned(), manifest), ("rules.ron".to_owned(), rules)])
            })
        };
        let said: BTreeSet<String> = findings(packs([0, 1, 2, 3]))
            .into_iter()
            .filter(|found| found.code == NOT_VISIBLE)
            .map(|found| found.message)
            .collect();
        let mut expected = BTreeSet::new();
        for (place, id) in IDS.iter().enumerate() {
            for (other_place, other) in IDS.iter().enumerate() {
                let visible = place == other_place
                    || further.get(place).unwrap().contains(&other_place)
                    || with.get(place).unwrap().contains(&other_place);
                if visible {
                    seen += 1;
                } else {
                    hidden += 1;
                    expected.insert(format!(
                        "`fact_of_{other}` is a fact of the pack `{other}`, which `{id}` neither extends nor names in `with`"
                    ));
                }
            }
        }
        assert_eq!(said, expected);
        assert_eq!(
            findings(packs([3, 1, 0, 2])).len(),
            findings(packs([0, 1, 2, 3])).len()
        );
    }
    assert!(seen > 50 && hidden > 50, "{seen} {hidden}");
}

/// Each pack stands after those that it extends, otherwise by id.
#[test]
fn packs_stand_after_those_that_they_extend() {
    let mut random = Random(12);
    let mut drawn = 0;
    for _ in 0..60 {
        let extends = graph(&mut random, 25);
        let further = reached(&extends);
        if further
            .iter()
            .enumerate()
            .any(|(from, targets)| targets.contains(&from))
        {
            continue;
        }
        drawn += 1;
        let of = |place: usize| {
            let id = IDS.get(place).unwrap();
            let needs: Vec<String> = named(extends.get(place).unwrap())
                .iter()
                .map(|id| format!("\"{id}\": \"^1\""))
                .collect();
            let manifest = format!(
                "Pack(id: \"{id}\", version: \"1.0.0\", schema: 1, language: \"en\", title: \"T\", extends: {{{}}}, \
                 phases: [Phase(id: \"p\", title: \"P\")])",
                needs.join(", ")
            );
            let rules = format!("[Note(id: \"note_of_{id}\", phase: \"p\", text: \"T\", inferred: true)]");
            Source::files([("pack.ron".to_owned(), manifest), ("rules.ron".to_owned(), rules)])
        };
        // The first by id of which all that it needs stands already, and so on.
        let mut expected: Vec<usize> = Vec::new();
        while expected.len() < 4 {
            let ready = |place: &usize| {
                !expected.contains(place)
                    && extends
                        .get(*place)
                        .unwrap()
                        .iter()
                        .all(|need| expected.contains(need))
            };
            let next = (0..4).find(ready).unwrap();
            expected.push(next);
        }
        let expected: Vec<&str> = expected
            .iter()
            .filter_map(|place| IDS.get(*place).copied())
            .collect();
        for order in [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1]] {
            let mut builder = KnowledgeBase::builder();
            for place in order {
                builder = builder.pack(of(place));
            }
            let (kb, _) = builder.build().unwrap();
            let packs: Vec<String> = kb.packs().into_iter().map(|pack| pack.id).collect();
            assert_eq!(packs, expected);
        }
    }
    assert!(drawn > 20, "{drawn}");
}

/// A circle is told where there is one; the path that is shown is one, from its first name on.
#[test]
fn circles_are_told_where_there_are_some() {
    let mut random = Random(13);
    let (mut straight, mut round) = (0, 0);
    for percent in [20, 30, 40] {
        for _ in 0..40 {
            let edges = graph(&mut random, percent);
            let rules: String = IDS
                .iter()
                .zip(&edges)
                .map(|(id, weaker)| {
                    format!(
                        "Fix(id: \"{id}\", phase: \"p\", overrides: {:?}, text: \"T\", inferred: true),",
                        named(weaker)
                    )
                })
                .collect();
            let circles: Vec<String> = findings([pack("one", &rules)])
                .into_iter()
                .filter(|found| found.code == OVERRIDE_CYCLE)
                .map(|found| found.message)
                .collect();
            let in_circles: BTreeSet<usize> = reached(&edges)
                .iter()
                .enumerate()
                .filter(|(from, targets)| targets.contains(from))
                .map(|(from, _)| from)
                .collect();
            assert_eq!(circles.is_empty(), in_circles.is_empty(), "{rules} {circles:?}");
            for circle in &circles {
                let path: Vec<usize> = circle
                    .split('`')
                    .skip(1)
                    .step_by(2)
                    .filter_map(|id| IDS.iter().position(|one| *one == id))
                    .collect();
                assert_eq!(path.first(), path.last(), "{circle}");
                assert_eq!(path.first(), path.iter().min(), "{circle}");
                let steps = path.windows(2).filter_map(|step| step.first().zip(step.last()));
                assert!(path.len() > 2, "{circle}");
                for (from, to) in steps {
                    assert!(edges.get(*from).unwrap().contains(to), "{circle} of {rules}");
                }
            }
            if circles.is_empty() {
                straight += 1
            } else {
                round += 1
            }
        }
    }
    assert!(straight > 20 && round > 20, "{straight} {round}");
}

/// Advice stands in the order of the ranking, what is not ranked behind it by id. A rule's rank is its advice's where that
/// has none, and the first of its rules has the word.
#[test]
fn advice_is_given_as_it_is_ranked() {
    let given = |ranking: &str| {
        let manifest = format!(
            "Pack(id: \"one\", version: \"1.0.0\", schema: 1, language: \"en\", title: \"T\", ranking: [{ranking}], \
             phases: [Phase(id: \"p\", title: \"P\")])"
        );
        let fix = |id: &str, advice: &str| {
            format!("Fix(id: \"{id}\", advice: \"{advice}\", phase: \"p\", text: \"{id}\", inferred: true),")
        };
        let rules = format!(
            "[{}{}{}{}{}]",
            fix("r1", "x"),
            fix("r2", "y"),
            fix("r3", "y"),
            fix("r4", "z"),
            fix("r5", "v")
        );
        let source = Source::files([("pack.ron", manifest.as_str()), ("rules.ron", rules.as_str())]);
        let (kb, _) = KnowledgeBase::builder().pack(source).build().unwrap();
        let advice = kb.advise(&kb.case_from_json("{}").unwrap()).unwrap();
        let items = advice.items().iter();
        items
            .map(|item| format!("{} by {}", item.id, item.text))
            .collect::<Vec<_>>()
    };
    assert_eq!(given(""), ["v by r5", "x by r1", "y by r2", "z by r4"]);
    assert_eq!(given(r#""z", "x""#), ["z by r4", "x by r1", "v by r5", "y by r2"]);
    assert_eq!(
        given(r#""y", "r4", "x""#),
        ["y by r2", "z by r4", "x by r1", "v by r5"]
    );
    assert_eq!(
        given(r#""r4", "r3", "x""#),
        ["z by r4", "y by r3", "x by r1", "v by r5"]
    );
    assert_eq!(
        given(r#""x", "r3", "r1""#),
        ["x by r1", "y by r3", "v by r5", "z by r4"]
    );
}

/// Windows that never open, and those that do.
#[test]
fn windows_end_after_they_open() {
    let said = |kind: &str, fields: &str| {
        let text = format!(
            r#"Fact(id: "time", kind: Clock, ask: "?"), Fact(id: "other", kind: Clock, ask: "?"),
            Vague(id: "some", words: "some time", from: "1h", to: "3h"), Vague(id: "none", words: "no time", from: "0s", to: "1h"),
            {kind}(id: "r", phase: "p", {fields}, text: "T", inferred: true),"#
        );
        let found = findings([pack("one", &text)]);
        found
            .iter()
            .filter(|found| found.code == "L0307")
            .map(|found| found.message.clone())
            .collect::<Vec<_>>()
    };
    let nothing: [&str; 0] = [];
    assert_eq!(
        said("Fix", r#"not_before: ("time", "1h"), until: ("time", "61min")"#),
        nothing
    );
    assert_eq!(
        said("Fix", r#"not_before: ("time", "1h"), until: ("time", "1h")"#),
        ["`r` is over after 1 h and opens after 1 h"]
    );
    assert_eq!(
        said("Fix", r#"not_before: ("time", "2h"), until: ("time", "1h")"#),
        ["`r` is over after 1 h and opens after 2 h"]
    );
    assert_eq!(
        said("Fix", r#"not_before: ("other", "2h"), until: ("time", "1h")"#),
        nothing
    );
    assert_eq!(
        said(
            "Fix",
            r#"not_before: ("time", Vague("some")), until: ("time", "4h")"#
        ),
        nothing
    );
    assert_eq!(
        said(
            "Fix",
            r#"not_before: ("time", Vague("some")), until: ("time", "3h")"#
        ),
        ["`r` is over after 3 h and opens after 3 h"]
    );
    assert_eq!(
        said(
            "Fix",
            r#"not_before: ("time", "2h"), until: ("time", Vague("some"))"#
        ),
        nothing
    );
    assert_eq!(
        said(
            "Fix",
            r#"not_before: ("time", "3h"), until: ("time", Vague("some"))"#
        ),
        ["`r` is over after 3 h and opens after 3 h"]
    );
    assert_eq!(
        said("Fix", r#"until: ("time", "0s")"#),
        ["advice that ends at once is hardly ever said"]
    );
    assert_eq!(
        said("Wait", r#"until: ("time", "0s")"#),
        ["a wait of no time is over at once"]
    );
    assert_eq!(said("Wait", r#"until: ("time", Vague("none"))"#), nothing);
    assert_eq!(said("Wait", r#"until: ("time", "1s")"#), nothing);
}
