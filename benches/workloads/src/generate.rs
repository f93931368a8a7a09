//! The workloads.

use crate::random::Random;
use crate::{Condition, Fact, Kind, Rule, Test, Workload};

/// A: 25 rules of 2–4 conditions over 10 facts: two numbers, a whole number, a choice, six yes-or-no.
///
/// Cases as measured know each fact with a probability of 70 % (`Knowledge::Share(0.7)`).
pub fn workload_a() -> Workload {
    let mut facts = vec![
        fact("amount", Kind::Number(0, 100)),
        fact("level", Kind::Number(0, 100)),
        fact("times", Kind::Integer(0, 20)),
        fact("setting", choice(5)),
    ];
    facts.extend((0..6).map(|number| fact(&format!("sign_{number}"), Kind::YesNo)));
    let mut random = Random::new(0xA);
    let rules = (0..25).map(|number| {
        let count = 2 + random.below(3);
        let chosen = random.distinct(count, facts.len());
        rule(number, number, &facts, &chosen, &mut random)
    });
    Workload {
        name: "a",
        rules: rules.collect(),
        facts,
    }
}

/// B: so many rules of 3–5 conditions over 50 facts: 25 choices of 100 options, 25 numbers.
///
/// Every rule tests at least one choice. `advice` is how many advice ids the rules share; each has its own
/// when there are as many as rules. Cases as measured know all, or each with a probability of one half.
pub fn workload_b(rules: usize, advice: usize) -> Workload {
    let facts = choices_and_numbers(50);
    let mut random = Random::new(0xB);
    let rules = draw_rules(rules, advice, &facts, &mut random, true);
    Workload {
        name: "b",
        facts,
        rules,
    }
}

/// Ranges only: so many rules of 3–5 conditions over 50 numbers, no equality to find a rule by.
pub fn ranges_only(rules: usize) -> Workload {
    let facts: Vec<Fact> = (0..50)
        .map(|number| fact(&format!("fact_{number:04}"), Kind::Number(0, 100)))
        .collect();
    let mut random = Random::new(0xC);
    let rules = draw_rules(rules, rules, &facts, &mut random, false);
    Workload {
        name: "ranges",
        facts,
        rules,
    }
}

/// B, and one condition that all rules have: a yes-or-no fact, yes in half of the cases.
pub fn shared_condition(rules: usize) -> Workload {
    let mut workload = workload_b(rules, rules);
    let shared = workload.facts.len();
    workload.facts.push(fact("shared", Kind::YesNo));
    for rule in &mut workload.rules {
        rule.conditions.push(Condition {
            fact: shared,
            test: Test::Yes,
        });
    }
    workload.name = "shared";
    workload
}

/// Sparse: so many rules of 3–5 conditions over 5,000 facts, of which a case knows 20
/// (`Knowledge::Facts(20)`).
pub fn sparse(rules: usize) -> Workload {
    let facts = choices_and_numbers(5_000);
    let mut random = Random::new(0xD);
    let rules = draw_rules(rules, rules, &facts, &mut random, true);
    Workload {
        name: "sparse",
        facts,
        rules,
    }
}

fn fact(id: &str, kind: Kind) -> Fact {
    Fact {
        id: id.to_owned(),
        kind,
    }
}

fn choice(options: usize) -> Kind {
    Kind::Choice((0..options).map(|number| format!("option_{number:02}")).collect())
}

fn choices_and_numbers(count: usize) -> Vec<Fact> {
    (0..count)
        .map(|number| {
            let kind = if number % 2 == 0 {
                choice(100)
            } else {
                Kind::Number(0, 100)
            };
            fact(&format!("fact_{number:04}"), kind)
        })
        .collect()
}

fn draw_rules(
    count: usize,
    advice: usize,
    facts: &[Fact],
    random: &mut Random,
    with_choice: bool,
) -> Vec<Rule> {
    let is_choice = |place: &usize| {
        facts
            .get(*place)
            .is_some_and(|fact| matches!(fact.kind, Kind::Choice(_)))
    };
    (0..count)
        .map(|number| {
            let conditions = 3 + random.below(3);
            let mut chosen = random.distinct(conditions, facts.len());
            while with_choice && !chosen.iter().any(is_choice) {
                chosen = random.distinct(conditions, facts.len());
            }
            rule(number, number % advice.max(1), facts, &chosen, random)
        })
        .collect()
}

fn rule(number: usize, advice: usize, facts: &[Fact], chosen: &[usize], random: &mut Random) -> Rule {
    let conditions = chosen.iter().filter_map(|place| {
        let test = test(&facts.get(*place)?.kind, random);
        Some(Condition { fact: *place, test })
    });
    Rule {
        id: format!("rule_{number:06}"),
        conditions: conditions.collect(),
        advice: format!("advice_{advice:06}"),
    }
}

fn test(kind: &Kind, random: &mut Random) -> Test {
    match kind {
        Kind::YesNo => {
            if random.chance(0.5) {
                Test::Yes
            } else {
                Test::No
            }
        }
        // Of a choice with many options one is asked for; of one with few, sometimes two.
        Kind::Choice(options) if options.len() < 10 && random.chance(0.3) => {
            let mut listed = random.distinct(2, options.len());
            listed.sort_unstable();
            Test::OneOf(listed)
        }
        Kind::Choice(options) => Test::Is(random.below(options.len())),
        // No limit at an end of the range: that would always or never hold.
        Kind::Integer(from, to) => range(random, *from + 1, *to - 1, 1.0),
        Kind::Number(from, to) => range(random, *from * 10 + 1, *to * 10 - 1, 10.0),
    }
}

/// A comparison with limits between two whole numbers, divided.
fn range(random: &mut Random, from: i64, to: i64, divided_by: f64) -> Test {
    let mut draw =
        || (from + random.below(usize::try_from(to - from + 1).unwrap_or(0)) as i64) as f64 / divided_by;
    let (one, other) = (draw(), draw());
    match random.below(3) {
        0 => Test::AtLeast(one),
        1 => Test::AtMost(one),
        _ => Test::Between(one.min(other), one.max(other)),
    }
}
