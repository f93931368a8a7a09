//! Tests that nothing passes, and tests that everything passes, compared with trying every value.

use liniment::KnowledgeBase;

use super::{findings, pack};

const DEPENDS: &str = "";
const IMPOSSIBLE: &str = "L0211";
const CERTAIN: &str = "L0212";
const OPTIONS: [&str; 3] = ["a", "b", "c"];

/// A test as it is written, and whether a value passes it: a number, or the options of a several-fact as bits. What a
/// vague quantity hides comes second.
type Test = (String, Box<dyn Fn(u32, u32) -> bool>);

/// Whether a value passes with a limit, or with a list.
type Passes = fn(u32, u32) -> bool;

/// Both of two tests.
fn both(one: &Test, other: &Test, values: &[u32], hidden: &[u32]) -> Test {
    let passed: Vec<(u32, u32)> = pairs(values, hidden)
        .filter(|(value, limit)| one.1(*value, *limit) && other.1(*value, *limit))
        .collect();
    (
        format!("All([{}, {}])", one.0, other.0),
        Box::new(move |value, limit| passed.contains(&(value, limit))),
    )
}

fn pairs(values: &[u32], hidden: &[u32]) -> impl Iterator<Item = (u32, u32)> {
    values
        .iter()
        .flat_map(|value| hidden.iter().map(|limit| (*value, *limit)))
}

fn option(value: u32) -> String {
    format!("{:?}", OPTIONS.get(value as usize).unwrap())
}

/// Every list of options, with its bits.
fn subsets() -> impl Iterator<Item = (String, u32)> {
    (0..8).map(|bits: u32| {
        let chosen = OPTIONS.iter().enumerate();
        let chosen: Vec<String> = chosen
            .filter(|(place, _)| bits >> place & 1 == 1)
            .map(|(_, option)| format!("{option:?}"))
            .collect();
        (format!("[{}]", chosen.join(", ")), bits)
    })
}

fn of_options() -> Vec<Test> {
    let mut tests: Vec<Test> = Vec::new();
    for (list, bits) in subsets() {
        tests.push((
            format!("OneOf({list})"),
            Box::new(move |value, _| bits >> value & 1 == 1),
        ));
        tests.push((
            format!("NoneOf({list})"),
            Box::new(move |value, _| bits >> value & 1 == 0),
        ));
    }
    tests
}

fn of_several() -> Vec<Test> {
    let mut tests: Vec<Test> = Vec::new();
    for (list, bits) in subsets() {
        let of: [(&str, Passes); 5] = [
            ("Includes", |value, list| value & list == list),
            ("Only", |value, list| value & !list == 0),
            ("Exactly", |value, list| value == list),
            ("AnyOf", |value, list| value & list != 0),
            ("NoneOf", |value, list| value & list == 0),
        ];
        for (name, passes) in of {
            tests.push((
                format!("{name}({list})"),
                Box::new(move |value, _| passes(value, bits)),
            ));
        }
    }
    tests
}

/// Comparisons with each of these limits, and with a vague one where there is one.
fn of_order(limits: &[String], vague: Option<&str>) -> Vec<Test> {
    let mut tests: Vec<Test> = Vec::new();
    let of: [(&str, Passes); 4] = [
        ("AtLeast", |value, limit| value >= limit),
        ("MoreThan", |value, limit| value > limit),
        ("AtMost", |value, limit| value <= limit),
        ("LessThan", |value, limit| value < limit),
    ];
    for (name, passes) in of {
        for (place, limit) in (0..).zip(limits) {
            tests.push((
                format!("{name}({limit})"),
                Box::new(move |value, _| passes(value, place)),
            ));
        }
        if let Some(vague) = vague {
            tests.push((format!("{name}(Vague({vague:?}))"), Box::new(passes)));
        }
    }
    tests
}

/// A fact, and how its values are stated in a case.
struct Fact<'a> {
    declared: &'a str,
    values: &'a [u32],
    hidden: &'a [u32],
    stated: &'a dyn Fn(u32) -> String,
}

/// Every test, and every two of them where no other values lie between these: whether it is certain, and when it is
/// not, which values pass it.
fn compare(fact: &Fact<'_>, mut tests: Vec<Test>, together: bool) {
    let Fact {
        declared,
        values,
        hidden,
        ..
    } = *fact;
    let single = tests.len();
    for one in (0..single).filter(|_| together) {
        for other in 0..single {
            if let (Some(left), Some(right)) = (tests.get(one), tests.get(other)) {
                tests.push(both(left, right, values, hidden));
            }
        }
    }
    // A line for each: the line of a finding tells of which test it is.
    let mut text = declared.to_owned();
    for (number, (test, _)) in tests.iter().enumerate() {
        text += &note(number, test);
    }
    let mut said = vec![0; tests.len()];
    for found in findings([pack("one", &text)]) {
        let what = [DEPENDS, IMPOSSIBLE, CERTAIN]
            .iter()
            .position(|code| *code == found.code);
        let line = found.labels.first().map_or(0, |label| label.start_line as usize);
        if let Some(slot) = line.checked_sub(2).and_then(|number| said.get_mut(number)) {
            *slot = what.unwrap_or(usize::MAX);
        }
    }
    let mut met = [0; 3];
    let mut possible = declared.to_owned();
    let mut passing: Vec<(&str, Vec<bool>)> = Vec::new();
    for ((number, (test, passes)), said) in tests.iter().enumerate().zip(said) {
        let passed: Vec<bool> = pairs(values, hidden)
            .map(|(value, limit)| passes(value, limit))
            .collect();
        let expected = match (passed.contains(&true), passed.contains(&false)) {
            (true, true) => 0,
            (false, _) => 1,
            (true, false) => 2,
        };
        assert_eq!(said, expected, "{test} of {declared}");
        if let Some(times) = met.get_mut(expected) {
            *times += 1;
        }
        if expected == 0 && number < 120 {
            possible += &note(passing.len(), test);
            // Surely passed: wherever the hidden limit lies.
            let surely = |value: &u32| hidden.iter().all(|limit| passes(*value, *limit));
            passing.push((test, values.iter().map(surely).collect()));
        }
    }
    let least = if together { 4 } else { 1 };
    assert!(met.iter().all(|times| *times >= least), "{met:?}");
    let (kb, _) = KnowledgeBase::builder()
        .pack(pack("one", &possible))
        .build()
        .unwrap();
    for (place, value) in values.iter().enumerate() {
        let case = format!("{{\"f\": {}}}", (fact.stated)(*value));
        let case = kb.case_from_json(&case).unwrap();
        let mut codes = vec![0; passing.len()];
        kb.verdict_codes(&case, &mut codes).unwrap();
        for ((test, passes), code) in passing.iter().zip(codes) {
            assert_eq!(
                Some(&(code > 0)),
                passes.get(place),
                "{test} of {declared} at {value}"
            );
        }
    }
}

fn note(number: usize, test: &str) -> String {
    format!(
        "\nNote(id: \"n{number:05}\", phase: \"p\", when: {{\"f\": {test}}}, text: \"T\", inferred: true),"
    )
}

#[test]
fn tests_of_choices_are_certain_when_every_option_says_so() {
    let fact = Fact {
        declared: r#"Fact(id: "f", kind: Choice(["a", "b", "c"]), ask: "?"),"#,
        values: &[0, 1, 2],
        hidden: &[0],
        stated: &option,
    };
    compare(&fact, of_options(), true);
}

#[test]
fn tests_of_scales_are_certain_when_every_step_says_so() {
    let fact = Fact {
        declared: r#"Fact(id: "f", kind: Scale(["a", "b", "c"]), ask: "?"),"#,
        values: &[0, 1, 2],
        hidden: &[0],
        stated: &option,
    };
    let mut tests = of_options();
    tests.extend(of_order(&OPTIONS.map(|option| format!("{option:?}")), None));
    compare(&fact, tests, true);
}

#[test]
fn tests_of_several_are_certain_when_every_set_says_so() {
    let set = |value| {
        subsets()
            .nth(value as usize)
            .map_or_else(String::new, |(list, _)| list)
    };
    let fact = Fact {
        declared: r#"Fact(id: "f", kind: Several(["a", "b", "c"]), ask: "?"),"#,
        values: &[0, 1, 2, 3, 4, 5, 6, 7],
        hidden: &[0],
        stated: &set,
    };
    compare(&fact, of_several(), true);
}

#[test]
fn comparisons_are_certain_when_every_value_says_so() {
    let limits = ["0", "1", "2", "3"];
    for hidden in [&[1, 2][..], &[0, 1, 2, 3], &[0, 1], &[2, 3]] {
        let (from, to) = (hidden.first().unwrap(), hidden.last().unwrap());
        for (kind, unit) in [("Integer", ""), ("Number", ""), ("Duration", "h")] {
            let written = |value: &str| {
                if unit.is_empty() {
                    value.to_owned()
                } else {
                    format!("\"{value}{unit}\"")
                }
            };
            let declared = format!(
                r#"Fact(id: "f", kind: {kind}(from: {}, to: {}), ask: "?"), Vague(id: "v", words: "V", from: {}, to: {}),"#,
                written("0"),
                written("3"),
                written(&from.to_string()),
                written(&to.to_string())
            );
            let fact = Fact {
                declared: &declared,
                values: &[0, 1, 2, 3],
                hidden,
                stated: &|value| written(&value.to_string()),
            };
            compare(
                &fact,
                of_order(&limits.map(written), Some("v")),
                kind == "Integer",
            );
        }
    }
}
