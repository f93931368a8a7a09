//! What holds never or always, what is never said, and what never matters: compared with evaluating every complete
//! case.

use super::against_evaluation::{MANIFEST, Random, complete_cases, read};
use super::base::{CheckedBase, Condition, DefinitionBody, FactIndex, RuleIndex};
use crate::compile::Program;
use crate::diagnostic::Finding;
use crate::evaluate::{Truth, Truths, speaker};
use crate::progress::Reporter;

const FACTS: &str = r#"
    Fact(id: "a", kind: YesNo, ask: "?"), Fact(id: "b", kind: YesNo, ask: "?"),
    Fact(id: "c", kind: Choice(["x", "y", "z"]), ask: "?"), Fact(id: "i", kind: Integer(from: 0, to: 3), ask: "?"),
    Fact(id: "s", kind: Several(["k", "l"]), ask: "?"), Vague(id: "v", words: "v", from: 1, to: 2),
    Define(id: "d", when: [{"a": Yes, "c": Is("x")}, {"b": Yes}]),
    Define(id: "e", score: [Points(2, {"a": Yes}), Points(1, {"i": AtLeast(2)}), Points(-1, {"b": Yes})]),
    Define(id: "h", score: [Points(2, {"a": Yes}), Points(-1, {"i": AtLeast(Vague("v"))})]),
    Define(id: "m", at_least: 1, of: [{"a": Yes, "b": No}, {"i": LessThan(Vague("v"))}]),
    Define(id: "n", at_least: 2, of: [{"a": Yes}, {"b": Yes}, {"s": Includes(["k"])}]),
    Define(id: "u", when: {"i": AtMost(Vague("v"))}),
"#;

const TESTS: [&str; 33] = [
    r#""a": Yes"#,
    r#""a": No"#,
    r#""b": Yes"#,
    r#""b": No"#,
    r#""c": Is("x")"#,
    r#""c": NoneOf(["x"])"#,
    r#""c": OneOf(["y", "z"])"#,
    r#""i": AtLeast(1)"#,
    r#""i": AtMost(2)"#,
    r#""i": AtLeast(Vague("v"))"#,
    r#""i": MoreThan(Vague("v"))"#,
    r#""i": LessThan(Vague("v"))"#,
    r#""i": All([AtLeast(Vague("v")), AtMost(2)])"#,
    r#""i": MoreThan(3)"#,
    r#""i": Between(0, 3)"#,
    r#""s": Includes(["k"])"#,
    r#""s": Only(["l"])"#,
    r#""s": AnyOf(["k", "l"])"#,
    r#""d": Yes"#,
    r#""d": No"#,
    r#""e": AtLeast(2)"#,
    r#""e": Between(-1, 1)"#,
    r#""e": LessThan(0)"#,
    r#""e": MoreThan(3)"#,
    r#""h": AtLeast(1)"#,
    r#""h": AtMost(0)"#,
    r#""h": LessThan(2)"#,
    r#""m": Yes"#,
    r#""m": No"#,
    r#""n": Yes"#,
    r#""n": No"#,
    r#""u": Yes"#,
    r#""u": No"#,
];

/// One note for a condition, on a line of its own.
fn note(id: usize, when: &str) -> String {
    format!("Note(id: \"n{id:04}\", phase: \"p\", when: {when}, text: \"T\", inferred: true),\n")
}

/// For each line of the rules, the codes of what is said about it.
fn codes_by_line(text: &str, findings: &[Finding]) -> Vec<Vec<&'static str>> {
    let mut lines: Vec<Vec<&'static str>> = vec![Vec::new(); text.lines().count()];
    for finding in findings {
        let Some((place, _)) = finding.labels.first() else {
            continue;
        };
        let line = text
            .bytes()
            .take(place.start as usize)
            .filter(|byte| *byte == b'\n')
            .count();
        if let Some(codes) = lines.get_mut(line) {
            codes.push(finding.code.code);
        }
    }
    lines
}

/// Parts of conditions stand as rules of their own, so that it is known of each what it is in every case.
#[test]
fn conditions_are_certain_when_every_case_says_so() {
    let mut random = Random {
        state: 20_261_125,
        vague: true,
    };
    let mut text = format!("[{}\n", FACTS.replace('\n', " "));
    // By rule: the rules whose conditions are parts of its own.
    let mut parts: Vec<Vec<usize>> = Vec::new();
    let singles = TESTS.map(|test| format!("{{{test}}}"));
    for (number, single) in singles.iter().enumerate() {
        text += &note(number, single);
        parts.push(vec![number]);
    }
    let mut rows: Vec<String> = singles.to_vec();
    let place_of = |wanted: &str| TESTS.iter().position(|test| *test == wanted).unwrap_or(0);
    while rows.len() < 160 {
        let [one, other] = random.two(&TESTS);
        let number = rows.len();
        rows.push(format!("{{{one}, {other}}}"));
        text += &note(number, rows.last().map_or("", String::as_str));
        parts.push(vec![place_of(one), place_of(other), number]);
    }
    for number in rows.len()..rows.len() + 160 {
        let pick = |random: &mut Random| {
            let count = rows.len() as u64;
            usize::try_from(random.below(count)).unwrap_or(0)
        };
        let (one, other) = (pick(&mut random), pick(&mut random));
        let both = [one, other].map(|row| rows.get(row).map_or("", String::as_str));
        text += &note(number, &format!("[{}, {}]", both[0], both[1]));
        let below = [one, other]
            .into_iter()
            .filter_map(|row| parts.get(row))
            .flatten();
        let with_own = below.copied().chain([number]).collect();
        parts.push(with_own);
    }
    text += "]";
    let (base, findings) = read(MANIFEST, &text);
    let program = Program::compile(&base, 100_000, &Reporter::default());
    // Surely met, and surely not.
    let mut never = vec![true; program.rules.len()];
    let mut always = vec![true; program.rules.len()];
    for case in complete_cases(&program.cells) {
        let truths = Truths::new(&program, &case);
        for (number, rule) in program.rules.iter().enumerate() {
            let truth = truths.of(rule.live);
            if let (Some(never), Some(always)) = (never.get_mut(number), always.get_mut(number)) {
                *never &= truth != Truth::True;
                *always &= truth != Truth::False;
            }
        }
    }
    let lines = codes_by_line(&text, &findings);
    let certain = |number: usize| {
        let flag = |flags: &[bool]| flags.get(number).copied().unwrap_or(false);
        flag(&never) || flag(&always)
    };
    let mut met = [0, 0];
    for (number, parts) in parts.iter().enumerate() {
        let codes = lines.get(number + 1).map_or(&[][..], Vec::as_slice);
        let expected = parts.iter().any(|part| certain(*part));
        let line = text.lines().nth(number + 1).unwrap_or_default();
        assert_eq!(!codes.is_empty(), expected, "{codes:?}: {line}");
        if codes.contains(&"L0213")
            && parts
                .iter()
                .filter(|part| **part != number)
                .all(|part| !certain(*part))
        {
            assert_eq!(never.get(number), Some(&true), "{line}");
        }
        if let Some(times) = met.get_mut(usize::from(expected)) {
            *times += 1;
        }
    }
    assert!(met.iter().all(|times| *times > 50), "{met:?}");
}

/// A rule with its exceptions, and a note that applies whenever the rule does.
fn guarded(random: &mut Random, number: usize) -> String {
    let row = |random: &mut Random| loop {
        let (one, other) = (random.one(&TESTS), random.one(&TESTS));
        if random.often(60) {
            return format!("{{{one}}}");
        }
        if one.split(':').next() != other.split(':').next() {
            return format!("{{{one}, {other}}}");
        }
    };
    let mut common = format!(
        "phase: \"p\", inferred: true, text: \"T\", when: {}, ",
        row(random)
    );
    if random.often(40) {
        common += "outside: [\"scope\"], ";
    }
    if random.often(30) {
        common += &format!("reasons: [Reason(when: {}, why: \"W\")], ", row(random));
    }
    let mut own = String::new();
    let kind = random.one(&["Fix", "NonFix", "Wait", "Note"]);
    let fields: &[&str] = match kind {
        "Fix" => &["except", "shut_while", "never_when"],
        "NonFix" => &["except", "unless"],
        "Wait" => &["except", "shut_while"],
        _ => &["except"],
    };
    for field in fields {
        if random.often(50) {
            own += &format!("{field}: {}, ", row(random));
        }
    }
    own += match kind {
        "NonFix" => "verdict: Avoid, because: \"B\", ",
        "Fix" => random.one(&["", "never_when_unknown: Stand, "]),
        _ => "",
    };
    format!("{kind}(id: \"r{number:04}\", {common}{own}),\nNote(id: \"t{number:04}\", {common}),\n")
}

/// Every fact that a condition tests, definitions put in.
fn facts_in(base: &CheckedBase, condition: &Condition) -> Vec<FactIndex> {
    let of_all = |parts: &[Condition]| parts.iter().flat_map(|part| facts_in(base, part)).collect();
    match condition {
        Condition::Fact { fact, .. } => vec![*fact],
        Condition::All(parts, _) | Condition::Any(parts, _) => of_all(parts),
        Condition::Defined { definition, .. } | Condition::Scored { definition, .. } => {
            match base.definitions.get(definition.index()).map(|found| &found.body) {
                Some(DefinitionBody::When(when)) => facts_in(base, when),
                Some(DefinitionBody::Count { of, .. }) => of_all(of),
                Some(DefinitionBody::Score(points)) => {
                    points.iter().flat_map(|(_, when)| facts_in(base, when)).collect()
                }
                None => Vec::new(),
            }
        }
        Condition::Gives { .. } => Vec::new(),
    }
}

#[test]
fn what_is_never_said_and_never_matters_is_what_no_case_shows() {
    let mut random = Random {
        state: 20_261_126,
        vague: true,
    };
    let mut text = format!("[{}\n", FACTS.replace('\n', " "));
    let rules = 300;
    for number in 0..rules {
        text += &guarded(&mut random, number);
    }
    text += "Scope(id: \"scope\", inferred: true, text: \"S\", when: {\"b\": Yes}, closes: Everything)]";
    let (base, findings) = read(MANIFEST, &text);
    let program = Program::compile(&base, 100_000, &Reporter::default());
    let lines = codes_by_line(&text, &findings);
    let number_of = |id: &str| base.rules.iter().position(|rule| rule.id == id);
    let twins: Vec<[usize; 2]> = (0..rules)
        .filter_map(|number| {
            let [rule, twin] = ["r", "t"].map(|start| number_of(&format!("{start}{number:04}")));
            Some([rule?, twin?])
        })
        .collect();
    let mut speaks = vec![false; base.rules.len()];
    let mut matters: Vec<Vec<bool>> = vec![vec![false; 4]; base.rules.len()];
    for case in complete_cases(&program.cells) {
        let truths = Truths::new(&program, &case);
        for (index, speaks) in speaks.iter_mut().enumerate() {
            let rule = RuleIndex::new(index);
            let speaker = speaker(&base, &program, &truths, rule, &|_| true);
            *speaks |= speaker.is_some_and(|speaker| speaker.live == Truth::True);
        }
        for [number, twin] in &twins {
            let (Some(nodes), Some(twin)) = (program.rules.get(*number), program.rules.get(*twin)) else {
                continue;
            };
            if truths.of(twin.live) == Truth::True {
                let guards = [nodes.except, nodes.unless, nodes.never, nodes.shut_while];
                for (guard, matters) in guards.iter().zip(matters.get_mut(*number).into_iter().flatten()) {
                    *matters |= guard.is_some_and(|guard| truths.of(guard) == Truth::True);
                }
            }
        }
    }
    let (mut unsaid, mut idle, mut fine) = (0, 0, 0);
    for (number, [index, _]) in twins.iter().copied().enumerate() {
        let Some(rule) = base.rules.get(index) else {
            continue;
        };
        let codes = lines.get(1 + 2 * number).map_or(&[][..], Vec::as_slice);
        let line = text.lines().nth(1 + 2 * number).unwrap_or_default();
        let guards = [&rule.except, &rule.unless, &rule.never_when, &rule.shut_while];
        let guarded = !rule.closed_by.is_empty()
            || !rule.reasons.is_empty()
            || guards.iter().any(|guard| guard.is_some());
        // Of a rule whose conditions are at fault nothing more is said.
        if codes.iter().any(|code| code.starts_with("L02")) || !guarded {
            assert!(
                codes.iter().all(|code| code.starts_with("L02")),
                "{codes:?}: {line}"
            );
            continue;
        }
        if !speaks.get(index).copied().unwrap_or(false) {
            assert_eq!(codes, ["L0324"], "{line}");
            unsaid += 1;
            continue;
        }
        let shares_facts = |guard: &Condition| {
            let facts = rule
                .when
                .as_ref()
                .map_or_else(Vec::new, |when| facts_in(&base, when));
            facts_in(&base, guard).iter().any(|fact| facts.contains(fact))
        };
        let never_matters = |(place, guard): (usize, &&Option<Condition>)| {
            let matters = matters.get(index).and_then(|guards| guards.get(place));
            guard.as_ref().is_some_and(|guard| {
                matters == Some(&false) && (shares_facts(guard) || !rule.closed_by.is_empty())
            })
        };
        let expected = guards
            .iter()
            .enumerate()
            .filter(|guard| never_matters(*guard))
            .count();
        assert_eq!(codes, vec!["L0325"; expected], "{line}");
        if expected > 0 { idle += 1 } else { fine += 1 }
    }
    assert!(unsaid > 20 && idle > 20 && fine > 50, "{unsaid} {idle} {fine}");
}
