//! The names of facts in a case.

use std::collections::HashSet;

use crate::check::base::{CheckedBase, Condition, DefinitionBody, DefinitionIndex};
use crate::compact_sort::CompactSort;
use crate::error::{Error, Kind, listed, quoted, shortened};
use crate::text::nearest::nearest;

/// Why there is no fact of this name: nothing is called so, or it is a definition.
pub(crate) fn unknown_fact(base: &CheckedBase, name: &str) -> Error {
    let error = if let Ok(index) = base
        .definitions
        .binary_search_by(|definition| definition.id.as_str().cmp(name))
    {
        let facts = facts_behind(base, DefinitionIndex::new(index));
        Error::new(Kind::Derived {
            name: quoted(name),
            from: listed(&facts),
        })
        .allow(facts)
    } else {
        let near = nearest(name, base.facts.iter().map(|fact| fact.id.as_str()));
        Error::new(Kind::UnknownFact(quoted(name))).near(near)
    };
    error.at(shortened(name)).found_text(name)
}

/// The facts from which a definition follows, through other definitions too, by id.
fn facts_behind(base: &CheckedBase, definition: DefinitionIndex) -> Vec<String> {
    let mut facts = HashSet::new();
    let mut seen = HashSet::from([definition]);
    let mut definitions = vec![definition];
    while let Some(definition) = definitions.pop() {
        let Some(definition) = base.definitions.get(definition.index()) else {
            continue;
        };
        let mut conditions: Vec<&Condition> = match &definition.body {
            DefinitionBody::When(condition) => vec![condition],
            DefinitionBody::Count { of, .. } => of.iter().collect(),
            DefinitionBody::Score(points) => points.iter().map(|(_, condition)| condition).collect(),
        };
        while let Some(condition) = conditions.pop() {
            match condition {
                Condition::Fact { fact, .. } => {
                    facts.insert(*fact);
                }
                Condition::Defined { definition, .. } | Condition::Scored { definition, .. } => {
                    if seen.insert(*definition) {
                        definitions.push(*definition);
                    }
                }
                Condition::All(parts, _) | Condition::Any(parts, _) => conditions.extend(parts),
                Condition::Gives { .. } => {}
            }
        }
    }
    let mut names: Vec<String> = facts
        .iter()
        .filter_map(|fact| base.facts.get(fact.index()))
        .map(|fact| fact.id.clone())
        .collect();
    names.compact_sort();
    names
}
