//! Workloads are what they are said to be, and stay the same.

use liniment_workloads::{
    Kind, Knowledge, Truth, Value, Workload, ranges_only, shared_condition, sparse, workload_a, workload_b,
};

/// How many of a hundred cases' rules are True, and how many not False.
fn counts(workload: &Workload, knowledge: Knowledge) -> (usize, usize) {
    let cases = workload.cases(1, knowledge).take(100);
    let truths = cases.flat_map(|case| {
        let truths: Vec<Truth> = workload.rules.iter().map(|rule| rule.truth(&case)).collect();
        truths
    });
    truths.fold((0, 0), |(sure, possible), truth| {
        (
            sure + usize::from(truth == Truth::True),
            possible + usize::from(truth != Truth::False),
        )
    })
}

#[test]
fn a_is_25_rules_over_ten_facts() {
    let workload = workload_a();
    let facts_of =
        |wanted: fn(&Kind) -> bool| workload.facts.iter().filter(|fact| wanted(&fact.kind)).count();
    assert_eq!(workload.rules.len(), 25);
    assert_eq!(facts_of(|kind| matches!(kind, Kind::Number(..))), 2);
    assert_eq!(facts_of(|kind| matches!(kind, Kind::Integer(..))), 1);
    assert_eq!(facts_of(|kind| matches!(kind, Kind::Choice(_))), 1);
    assert_eq!(facts_of(|kind| matches!(kind, Kind::YesNo)), 6);
    assert!(
        workload
            .rules
            .iter()
            .all(|rule| (2..=4).contains(&rule.conditions.len()))
    );
}

#[test]
fn rules_of_b_test_a_choice_and_different_facts() {
    let workload = workload_b(1_000, 100);
    for rule in &workload.rules {
        let mut facts: Vec<usize> = rule.conditions.iter().map(|condition| condition.fact).collect();
        facts.sort_unstable();
        facts.dedup();
        assert_eq!(facts.len(), rule.conditions.len());
        assert!((3..=5).contains(&facts.len()));
        assert!(
            facts
                .iter()
                .filter_map(|fact| workload.facts.get(*fact))
                .any(|fact| matches!(fact.kind, Kind::Choice(_)))
        );
    }
    let mut advice: Vec<&str> = workload.rules.iter().map(|rule| rule.advice.as_str()).collect();
    advice.sort_unstable();
    advice.dedup();
    assert_eq!(advice.len(), 100);
}

#[test]
fn cases_know_as_much_as_asked() {
    let workload = sparse(10);
    let known = |case: Vec<Value>| case.iter().filter(|value| **value != Value::Unknown).count();
    assert_eq!(
        workload.cases(1, Knowledge::Facts(20)).next().map(known),
        Some(20)
    );
    assert_eq!(workload.cases(1, Knowledge::All).next().map(known), Some(5_000));
    let half = workload.cases(1, Knowledge::Share(0.5)).next().map_or(0, known);
    assert!((2_300..2_700).contains(&half), "{half}");
}

/// A change of any of these numbers makes new figures incomparable with old ones.
#[test]
fn the_workloads_stay_the_same() {
    let found = [
        counts(&workload_a(), Knowledge::Share(0.7)),
        counts(&workload_b(1_000, 1_000), Knowledge::All),
        counts(&workload_b(1_000, 1_000), Knowledge::Share(0.5)),
        counts(&ranges_only(1_000), Knowledge::All),
        counts(&shared_condition(1_000), Knowledge::All),
        counts(&sparse(1_000), Knowledge::Facts(20)),
    ];
    assert_eq!(
        found,
        [
            (158, 753),
            (43, 43),
            (6, 13443),
            (4444, 4444),
            (34, 34),
            (0, 98769)
        ]
    );
}
