//! Truths of conditions over what is known, compared with every way to complete it.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::{Join, Truth, Truths};
use crate::cells::{Cells, VariableIndex};
use crate::check::tests::{MANIFEST, Random, read};
use crate::compile::{Node, NodeId, Nodes, Program};
use crate::progress::Reporter;

/// Definitions on top of facts, so that facts repeat; a number that is cut into more cells than one word has bits.
const FACTS: &str = r#"
    Fact(id: "a", kind: YesNo, ask: "?"), Fact(id: "b", kind: YesNo, ask: "?"),
    Fact(id: "c", kind: Choice(["x", "y", "z"]), ask: "?"), Fact(id: "s", kind: Several(["k", "l"]), ask: "?"),
    Fact(id: "w", kind: Integer(from: 0, to: 99), ask: "?"), Vague(id: "v", words: "v", from: 30, to: 70),
    Define(id: "d", when: [{"a": Yes, "c": Is("x")}, {"b": Yes}]),
    Define(id: "e", score: [Points(3, {"a": Yes}), Points(2, {"w": AtLeast(40)}), Points(-2, {"b": Yes}),
        Points(4, {"c": Is("y")})]),
    Define(id: "n", at_least: 2, of: [{"a": Yes}, {"b": Yes}, {"s": Includes(["k"])}]),
    Define(id: "u", when: [{"w": AtMost(Vague("v"))}, {"a": No}]),
    Define(id: "t", when: [{"d": Yes, "n": No}, {"u": No, "c": Is("z")}]),
"#;

const TESTS: [&str; 30] = [
    r#""a": Yes"#,
    r#""a": No"#,
    r#""b": Yes"#,
    r#""b": No"#,
    r#""c": Is("x")"#,
    r#""c": NoneOf(["x"])"#,
    r#""c": Is("y")"#,
    r#""w": AtLeast(20)"#,
    r#""w": LessThan(64)"#,
    r#""w": Between(30, 66)"#,
    r#""w": AtLeast(Vague("v"))"#,
    r#""w": LessThan(Vague("v"))"#,
    r#""s": Includes(["k"])"#,
    r#""s": Only(["l"])"#,
    r#""s": AnyOf(["k", "l"])"#,
    r#""s": Exactly(["k"])"#,
    r#""d": Yes"#,
    r#""d": No"#,
    r#""e": AtLeast(2)"#,
    r#""e": AtMost(3)"#,
    r#""e": Between(1, 1)"#,
    r#""e": Between(3, 4)"#,
    r#""e": Between(5, 5)"#,
    r#""e": LessThan(0)"#,
    r#""n": Yes"#,
    r#""n": No"#,
    r#""u": Yes"#,
    r#""u": No"#,
    r#""t": Yes"#,
    r#""t": No"#,
];

fn row(random: &mut Random) -> String {
    let [one, other] = random.two(&TESTS);
    format!("{{{one}, {other}}}")
}

/// The program of these facts and random conditions, each the condition of a note; the notes' nodes.
fn program(random: &mut Random) -> (Program, Vec<NodeId>) {
    let mut text = format!("[{FACTS}");
    let mut conditions: Vec<String> = TESTS.iter().map(|test| format!("{{{test}}}")).collect();
    while conditions.len() < 200 {
        let (one, other) = (row(random), row(random));
        conditions.push(if random.often(50) {
            one
        } else {
            format!("[{one}, {other}]")
        });
    }
    // Every step is a cut of its own.
    conditions.extend((0..80).map(|number| format!("{{\"w\": AtLeast({})}}", number + 1)));
    for (number, condition) in conditions.iter().enumerate() {
        let _ = write!(
            text,
            "Note(id: \"n{number:04}\", phase: \"p\", when: {condition}, text: \"T\", inferred: true),"
        );
    }
    let (base, _) = read(MANIFEST, &(text + "]"));
    let program = Program::compile(&base, 100_000, &Reporter::default());
    let roots = program.rules.iter().map(|rule| rule.live).collect();
    (program, roots)
}

/// What is known of each variable: some of its cells, as numbers.
fn known(random: &mut Random, cells: &Cells) -> Vec<Vec<u32>> {
    let variables = cells.variables.iter();
    let known = variables.map(|variable| {
        let wanted = 1 + random.below(3);
        let mut some: Vec<u32> = (0..wanted)
            .map(|_| u32::try_from(random.below(u64::from(variable.cells))).unwrap_or(0))
            .collect();
        some.sort_unstable();
        some.dedup();
        some
    });
    known.collect()
}

/// Every way to choose one of the cells of each variable.
fn completions(known: &[Vec<u32>]) -> Vec<Vec<u32>> {
    known.iter().fold(vec![Vec::new()], |chosen, cells| {
        let with = |one: &Vec<u32>| {
            let one = one.clone();
            cells.iter().map(move |cell| [one.as_slice(), &[*cell]].concat())
        };
        chosen.iter().flat_map(with).collect()
    })
}

/// Which nodes hold where every variable is in one cell.
fn holding(nodes: &Nodes, chosen: &[u32]) -> Vec<bool> {
    let mut holds: Vec<bool> = Vec::new();
    let cell = |variable: VariableIndex| chosen.get(variable.index()).copied().unwrap_or(0);
    for node in nodes.iter() {
        let of = |child: &NodeId| holds.get(child.index()).copied().unwrap_or(false);
        let value = match node {
            Node::Constant(value) => *value,
            Node::Literal(literal) => literal.holds_in.contains(cell(literal.variable)),
            Node::Not(child) => !of(child),
            Node::All(parts) => parts.iter().all(of),
            Node::Any(parts) => parts.iter().any(of),
            Node::Score { from, to, terms } => {
                let sum: i64 = terms
                    .iter()
                    .filter(|(_, child)| of(child))
                    .map(|(points, _)| points)
                    .sum();
                (*from..=*to).contains(&sum)
            }
        };
        holds.push(value);
    }
    holds
}

fn truth_of(found: &BTreeSet<bool>) -> Truth {
    match (found.contains(&true), found.contains(&false)) {
        (true, true) => Truth::Unknown,
        (true, false) => Truth::True,
        _ => Truth::False,
    }
}

#[test]
fn truths_are_those_of_every_completion() {
    let mut random = Random {
        state: 20_261_127,
        vague: true,
    };
    let (program, roots) = program(&mut random);
    let (cells, nodes) = (&program.cells, &program.nodes);
    assert!(nodes.len() > 128, "the nodes fill several words");
    assert!(cells.variables.iter().any(|variable| variable.words > 1));
    let mut met = [0; 3];
    // How many are open that repeat a fact, and of how many that is found out without a search.
    let (mut open, mut steered) = (0, 0);
    for _ in 0..30 {
        let known = known(&mut random, cells);
        let mut possible = vec![0; cells.unknown.len()];
        for (variable, some) in cells.variables.iter().zip(&known) {
            for cell in some {
                if let Some(word) = possible.get_mut((variable.first_word + cell / 64) as usize) {
                    *word |= 1 << (cell % 64);
                }
            }
        }
        let complete: Vec<Vec<bool>> = completions(&known)
            .iter()
            .map(|chosen| holding(nodes, chosen))
            .collect();
        let holds = |case: &[bool], node: NodeId| case.get(node.index()).copied().unwrap_or(false);
        let truths = Truths::new(&program, &possible);
        for (number, root) in roots.iter().enumerate() {
            let found = complete.iter().map(|case| holds(case, *root)).collect();
            let expected = truth_of(&found);
            assert_eq!(truths.of(*root), expected, "note {number} of {known:?}");
            if let Some(times) = met.get_mut(expected as usize) {
                *times += 1;
            }
            if truths.kleene(*root) == Truth::Unknown && nodes.repeats(*root) {
                let below = truths.open_below(&[*root]);
                let both_ways = truths.comes_out_both_ways(&below, &[*root], Join::All);
                assert!(
                    !both_ways || expected == Truth::Unknown,
                    "note {number} of {known:?}"
                );
                open += usize::from(expected == Truth::Unknown);
                steered += usize::from(both_ways);
            }
            // The same from the nodes below alone.
            let below = nodes.below(&[*root]);
            let some = Truths::some(cells, nodes, program.boxes, &possible, &below);
            assert_eq!(some.of(*root), expected, "note {number} alone of {known:?}");
        }
        for _ in 0..200 {
            let drawn: Vec<NodeId> = (0..1 + random.below(4))
                .filter_map(|_| {
                    let place = random.below(roots.len() as u64);
                    roots.get(usize::try_from(place).ok()?).copied()
                })
                .collect();
            let any = |case: &Vec<bool>| drawn.iter().any(|node| holds(case, *node));
            let found = complete.iter().map(any).collect();
            assert_eq!(
                truths.any(&mut drawn.iter().copied()),
                truth_of(&found),
                "any of {drawn:?} of {known:?}"
            );
        }
    }
    assert!(met.iter().all(|times| *times > 300), "{met:?}");
    assert!(steered > 750, "{steered} of {open}");
}

/// Facts are split into what their tests tell apart, as far as so many parts are allowed.
#[test]
fn no_more_parts_are_tried_than_are_allowed() {
    let text = r#"[Fact(id: "c", kind: Choice(["x", "y", "z"]), ask: "?"), Fact(id: "a", kind: YesNo, ask: "?"),
        Note(id: "n1", phase: "p", when: [{"c": Is("x")}, {"c": Is("y")}, {"c": Is("z")}], text: "T", inferred: true),
        Note(id: "n2", phase: "p", when: [{"c": Is("x")}, {"c": Is("y"), "a": Yes}, {"c": OneOf(["y", "z"]), "a": No},
            {"c": Is("z"), "a": Yes}], text: "T", inferred: true),
        Fact(id: "d", kind: Choice(["w", "x", "y", "z"]), ask: "?"), Fact(id: "e", kind: Choice(["w", "x", "y", "z"]), ask: "?"),
        Note(id: "n3", phase: "p", when: [{"d": Is("w"), "e": Is("x")}, {"d": Is("w"), "e": NoneOf(["x"])},
            {"d": NoneOf(["w"])}], text: "T", inferred: true)]"#;
    let (base, _) = read(MANIFEST, text);
    let program = Program::compile(&base, 100_000, &Reporter::default());
    let roots: Vec<NodeId> = program.rules.iter().map(|rule| rule.live).collect();
    let within = |boxes: usize| -> Vec<Truth> {
        let truths = Truths::over(&program.cells, &program.nodes, boxes, &program.cells.unknown);
        roots.iter().map(|root| truths.of(*root)).collect()
    };
    assert_eq!(within(0), [Truth::Unknown; 3]);
    assert_eq!(within(2), [Truth::Unknown; 3]);
    assert_eq!(within(3), [Truth::True, Truth::Unknown, Truth::Unknown]);
    // Two of the one, and where it is the first, two of the other.
    assert_eq!(within(4), [Truth::True, Truth::Unknown, Truth::True]);
    // Two of the one, and three of the other for each.
    assert_eq!(within(7), [Truth::True, Truth::Unknown, Truth::True]);
    assert_eq!(within(8), [Truth::True; 3]);
}
