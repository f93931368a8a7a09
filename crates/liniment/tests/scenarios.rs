//! The scenarios of `tests/scenarios`: cases with what must and must not be said, and in which order.
//!
//! `id:verdict` is advice, `?fact` a question, `!fact` reports that are shown to differ; `a<b` in `order`
//! means that a comes before b. `cites` must be reachable from the advice and causes, or from the rules
//! named in questions, conflicts and suppressed.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use std::collections::BTreeSet;
use std::path::Path;

use liniment::{Advice, Case, Conflict, KnowledgeBase};
use serde::Deserialize;
use serde_json::{Map, Value};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scenario {
    id: String,
    title: String,
    packs: Vec<String>,
    facts: Map<String, Value>,
    must: Vec<String>,
    must_not: Vec<String>,
    order: Vec<String>,
    cites: BTreeSet<String>,
}

fn scenarios() -> Vec<Scenario> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/scenarios");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("the folder of scenarios")
        .map(|entry| entry.expect("a file").path())
        .collect();
    files.sort();
    files
        .iter()
        .map(|file| {
            let text = std::fs::read_to_string(file).expect("a readable file");
            serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
        })
        .collect()
}

fn load(packs: &[String]) -> KnowledgeBase {
    let mut builder = KnowledgeBase::builder();
    for pack in packs {
        let (_, files) = liniment_rules::all()
            .iter()
            .find(|(name, _)| name == pack)
            .unwrap_or_else(|| panic!("no pack `{pack}`"));
        builder = builder.pack(*files);
    }
    builder.build().unwrap_or_else(|error| panic!("{error}")).0
}

/// Whether a statement such as `ice:recommend`, `?spray` or `!onset_setting` holds of the advice.
fn holds(advice: &Advice, statement: &str) -> bool {
    let disputed = |name: &str| {
        advice
            .conflicts()
            .iter()
            .any(|conflict| matches!(conflict, Conflict::Fact { fact, .. } if fact == name))
    };
    if let Some(fact) = statement.strip_prefix('?') {
        advice.questions().iter().any(|question| question.fact == fact)
    } else if let Some(fact) = statement.strip_prefix('!') {
        disputed(fact)
    } else if let Some((id, verdict)) = statement.split_once(':') {
        advice.get(id).is_some_and(|item| item.verdict.name() == verdict)
    } else {
        panic!("`{statement}` is no statement")
    }
}

/// Where something stands: questions come before all advice.
fn place(advice: &Advice, name: &str) -> Option<(bool, usize)> {
    match name.strip_prefix('?') {
        Some(fact) => advice
            .questions()
            .iter()
            .position(|question| question.fact == fact)
            .map(|place| (false, place)),
        None => advice
            .items()
            .iter()
            .position(|item| item.id == name)
            .map(|place| (true, place)),
    }
}

/// The claims that a reader can reach from the advice.
fn reachable(kb: &KnowledgeBase, case: &Case, advice: &Advice) -> BTreeSet<String> {
    let mut named: BTreeSet<&str> = advice
        .questions()
        .iter()
        .flat_map(|question| &question.because)
        .map(String::as_str)
        .collect();
    named.extend(
        advice
            .suppressed()
            .iter()
            .flat_map(|suppressed| [suppressed.id.as_str(), suppressed.by.as_str()]),
    );
    for conflict in advice.conflicts() {
        if let Conflict::Advice { verdicts, .. } = conflict {
            named.extend(
                verdicts
                    .iter()
                    .flat_map(|verdict| &verdict.rules)
                    .map(String::as_str),
            );
        }
    }
    let items = advice.items().iter().flat_map(|item| &item.cites);
    let causes = advice.causes().iter().flat_map(|cause| &cause.cites);
    let mut claims: BTreeSet<String> = items.chain(causes).flat_map(|cite| cite.claims.clone()).collect();
    for id in kb.advice_ids() {
        let explanation = kb
            .explain(case, id)
            .unwrap_or_else(|error| panic!("{id}: {error}"));
        for rule in explanation
            .rules
            .iter()
            .filter(|rule| named.contains(rule.rule.as_str()) || named.contains(id))
        {
            claims.extend(rule.cites.iter().flat_map(|cite| cite.claims.clone()));
        }
    }
    claims
}

#[test]
fn every_scenario_holds() {
    let scenarios = scenarios();
    assert!(scenarios.len() >= 24, "only {} scenarios", scenarios.len());
    let mut faults = Vec::new();
    for scenario in scenarios {
        let kb = load(&scenario.packs);
        let case = kb
            .case_from(&scenario.facts)
            .unwrap_or_else(|error| panic!("{}: {error}", scenario.id));
        let advice = kb
            .advise(&case)
            .unwrap_or_else(|error| panic!("{}: {error}", scenario.id));
        let mut fault = |what: String| faults.push(format!("{} ({}): {what}", scenario.id, scenario.title));
        for statement in scenario
            .must
            .iter()
            .filter(|statement| !holds(&advice, statement))
        {
            fault(format!("`{statement}` is missing"));
        }
        for statement in scenario
            .must_not
            .iter()
            .filter(|statement| holds(&advice, statement))
        {
            fault(format!("`{statement}` must not be said"));
        }
        for order in &scenario.order {
            let (first, second) = order
                .split_once('<')
                .unwrap_or_else(|| panic!("`{order}` is no order"));
            match (place(&advice, first), place(&advice, second)) {
                (Some(before), Some(after)) if before < after => {}
                places => fault(format!("`{order}` does not hold: {places:?}")),
            }
        }
        let claims = reachable(&kb, &case, &advice);
        let missing: Vec<&String> = scenario.cites.difference(&claims).collect();
        if !missing.is_empty() {
            fault(format!("cannot reach {missing:?}"));
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}
