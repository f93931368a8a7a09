//! A workload as the text of a pack.

use std::fmt::Write;

use crate::{Fact, Kind, Rule, Test, Workload};

pub(crate) fn files(workload: &Workload) -> Vec<(String, String)> {
    let file = |name: &str, text: String| (name.to_owned(), text);
    vec![
        file("pack.ron", manifest(workload)),
        file("facts.ron", list(workload.facts.iter().map(fact))),
        file(
            "rules.ron",
            list(workload.rules.iter().map(|found| rule(workload, found))),
        ),
        file("sources.ron", source()),
    ]
}

fn manifest(workload: &Workload) -> String {
    format!(
        "Pack(\n    id: \"workload-{}\",\n    version: \"1.0.0\",\n    schema: 1,\n    language: \"en\",\n    \
         title: \"A generated workload\",\n    phases: [Phase(id: \"all\", title: \"All advice\")],\n)\n",
        workload.name
    )
}

fn source() -> String {
    list(std::iter::once(
        "Source(id: \"generated\", kind: Study, title: \"Drawn at random\", reviewed: \"2026-11-01\")"
            .to_owned(),
    ))
}

fn list(statements: impl Iterator<Item = String>) -> String {
    let mut text = String::from("[\n");
    for statement in statements {
        text.push_str("    ");
        text.push_str(&statement);
        text.push_str(",\n");
    }
    text.push_str("]\n");
    text
}

fn fact(fact: &Fact) -> String {
    let kind = match &fact.kind {
        Kind::YesNo => "YesNo".to_owned(),
        Kind::Choice(options) => format!("Choice([{}])", quoted(options.iter())),
        Kind::Integer(from, to) => format!("Integer(from: {from}, to: {to})"),
        Kind::Number(from, to) => format!("Number(from: {from}, to: {to}, unit: \"%\")"),
    };
    format!(
        "Fact(id: \"{id}\", kind: {kind}, ask: \"What is {id}?\")",
        id = fact.id
    )
}

fn rule(workload: &Workload, rule: &Rule) -> String {
    let mut row = String::new();
    for condition in &rule.conditions {
        let Some(fact) = workload.facts.get(condition.fact) else {
            continue;
        };
        if !row.is_empty() {
            row.push_str(", ");
        }
        // Writing to a string cannot fail.
        let _ = write!(row, "\"{}\": {}", fact.id, test(&condition.test, &fact.kind));
    }
    format!(
        "Fix(id: \"{id}\", advice: \"{advice}\", phase: \"all\", when: {{{row}}}, text: \"What {id} advises.\", \
         cites: [Cite(source: \"generated\", at: \"{id}\")])",
        id = rule.id,
        advice = rule.advice,
    )
}

fn test(test: &Test, kind: &Kind) -> String {
    let option = |place: &usize| match kind {
        Kind::Choice(options) => options.get(*place).cloned().unwrap_or_default(),
        _ => String::new(),
    };
    match test {
        Test::Yes => "Yes".to_owned(),
        Test::No => "No".to_owned(),
        Test::Is(place) => format!("Is(\"{}\")", option(place)),
        Test::OneOf(places) => {
            let options: Vec<String> = places.iter().map(option).collect();
            format!("OneOf([{}])", quoted(options.iter()))
        }
        Test::AtLeast(limit) => format!("AtLeast({limit})"),
        Test::AtMost(limit) => format!("AtMost({limit})"),
        Test::Between(from, to) => format!("Between({from}, {to})"),
    }
}

fn quoted<'a>(words: impl Iterator<Item = &'a String>) -> String {
    let words: Vec<String> = words.map(|word| format!("\"{word}\"")).collect();
    words.join(", ")
}
