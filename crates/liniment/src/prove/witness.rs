//! A case that shows something, written as a statement for `cases/*.ron`.

use serde_json::Value;

use super::claim::Replay;
use super::claim::World;
use crate::case::Case;
use crate::check::base::{AdviceIndex, CheckedBase, FactKind};
use crate::text::duration;
use crate::verdict::Verdict;

/// A case with what is said there, and what should be.
pub(super) struct Witness {
    name: String,
    facts: String,
    remarks: Vec<String>,
    checks: Vec<String>,
}

impl Witness {
    pub(super) fn new(name: String, base: &CheckedBase, case: &Case) -> Self {
        Self {
            name,
            facts: facts_of(base, case),
            remarks: Vec::new(),
            checks: Vec::new(),
        }
    }

    /// A line above the case, for its reader.
    pub(super) fn remark(mut self, line: impl Into<String>) -> Self {
        self.remarks.push(line.into());
        self
    }

    pub(super) fn remarks(self, lines: impl IntoIterator<Item = String>) -> Self {
        lines.into_iter().fold(self, Self::remark)
    }

    /// What should be so: a field of the statement, `must: {"rest": "recommend"}`.
    pub(super) fn check(mut self, field: impl Into<String>) -> Self {
        self.checks
            .extend(Some(field.into()).filter(|field| !field.is_empty()));
        self
    }

    /// The statement, with the remarks as comments.
    pub(super) fn written(&self) -> String {
        let mut text = String::new();
        for line in &self.remarks {
            text.push_str(&format!("// {line}\n"));
        }
        text.push_str(&format!("TestCase(id: \"{}\", facts: {}", self.name, self.facts));
        for check in &self.checks {
            text.push_str(&format!(", {check}"));
        }
        text.push(')');
        text
    }
}

/// What the evaluator says there of some advice ids, a line each: `massage: defer, by massage_wait`.
pub(super) fn said(world: &World<'_>, case: &Case, advice: &[AdviceIndex]) -> Vec<String> {
    let base = world.base();
    let outcome = Replay::of(world, case).outcome();
    let rule = |index: crate::check::base::RuleIndex| {
        base.rules.get(index.index()).map_or("", |rule| rule.id.as_str())
    };
    let mut lines = Vec::new();
    for advice in advice {
        let id = id_of(base, *advice);
        let rules = |item: &crate::evaluate::Item| {
            let names: Vec<&str> = item.rules.iter().map(|index| rule(*index)).collect();
            match names.as_slice() {
                [only] if *only == id => String::new(),
                _ => format!(", by {}", names.join(" and ")),
            }
        };
        let item = outcome.items.iter().find(|item| item.advice == *advice);
        let silenced = outcome
            .suppressed
            .iter()
            .find(|silenced| silenced.item.advice == *advice);
        lines.push(match (item, silenced) {
            (Some(item), _) => format!("{id}: {}{}", item.verdict, rules(item)),
            (None, Some(silenced)) => format!(
                "{id}: {}{}, but silenced by {}",
                silenced.item.verdict,
                rules(&silenced.item),
                rule(silenced.by)
            ),
            (None, None) => format!("{id}: nothing"),
        });
    }
    lines
}

/// What the evaluator says there at all, a line each; at most so many lines.
pub(super) fn all_said(world: &World<'_>, case: &Case, most: usize) -> Vec<String> {
    let outcome = Replay::of(world, case).outcome();
    let listed: Vec<AdviceIndex> = outcome.items.iter().map(|item| item.advice).collect();
    if listed.is_empty() {
        return vec!["nothing is said".to_owned()];
    }
    let mut lines = said(world, case, listed.get(..most).unwrap_or(&listed));
    if listed.len() > most {
        lines.push(format!("and {} more", listed.len() - most));
    }
    lines
}

pub(super) fn id_of(base: &CheckedBase, advice: AdviceIndex) -> &str {
    base.advice
        .get(advice.index())
        .map_or("", |advice| advice.id.as_str())
}

/// `must_not: {"a": ["defer"]}`.
pub(super) fn must_not(base: &CheckedBase, forbidden: &[(AdviceIndex, Vec<Verdict>)]) -> String {
    let parts: Vec<String> = forbidden
        .iter()
        .map(|(advice, verdicts)| {
            let verdicts: Vec<String> = verdicts.iter().map(|verdict| format!("\"{verdict}\"")).collect();
            format!("\"{}\": [{}]", id_of(base, *advice), verdicts.join(", "))
        })
        .collect();
    format!("must_not: {{{}}}", parts.join(", "))
}

/// The facts of a case as an author writes them: `{"since": "3d", "sore": true}`.
pub(super) fn facts_of(base: &CheckedBase, case: &Case) -> String {
    shown(&Value::Object(stated(base, case)))
}

/// What a case states, by fact.
pub(super) fn stated(base: &CheckedBase, case: &Case) -> serde_json::Map<String, Value> {
    let mut facts = serde_json::Map::new();
    for (fact, known) in base.facts.iter().zip(case.known()) {
        let value = known.0.to_json(fact);
        if value.is_null() {
            continue;
        }
        let is_time = matches!(fact.kind, FactKind::Duration { .. } | FactKind::Clock { .. });
        facts.insert(
            fact.id.clone(),
            if is_time { in_plain_units(value) } else { value },
        );
    }
    facts
}

/// Lengths of time as an author writes them: `3d`, `23h59min`.
fn in_plain_units(value: Value) -> Value {
    match value {
        Value::String(text) if text.starts_with("PT") => {
            let plain = duration::parse(&text).map(|length| duration::words(length).replace(' ', ""));
            Value::String(plain.unwrap_or(text))
        }
        Value::Array(parts) => Value::Array(parts.into_iter().map(in_plain_units).collect()),
        Value::Object(mut parts) => {
            for part in parts.values_mut() {
                *part = in_plain_units(part.take());
            }
            Value::Object(parts)
        }
        other => other,
    }
}

/// JSON as an author would write it in RON.
pub(super) fn shown(value: &Value) -> String {
    let mut shown = String::new();
    write_value(&mut shown, value);
    shown
}

/// JSON as RON with a space behind each comma. Values nest no deeper than reports do.
fn write_value(text: &mut String, value: &Value) {
    match value {
        Value::Array(parts) => {
            text.push('[');
            for (position, part) in parts.iter().enumerate() {
                if position > 0 {
                    text.push_str(", ");
                }
                write_value(text, part);
            }
            text.push(']');
        }
        Value::Object(parts) => {
            text.push('{');
            for (position, (name, part)) in parts.iter().enumerate() {
                if position > 0 {
                    text.push_str(", ");
                }
                text.push_str(&format!("\"{name}\": "));
                write_value(text, part);
            }
            text.push('}');
        }
        other => text.push_str(&other.to_string()),
    }
}
