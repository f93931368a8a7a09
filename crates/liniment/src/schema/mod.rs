//! JSON Schemas: of the cases a knowledge base takes, and of everything the library answers.

use serde_json::{Map, Value, json};

use crate::knowledge_base::{FactInfo, FactType, KnowledgeBase};

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The JSON Schema of everything that the library answers as JSON: advice, diagnostics, errors.
pub fn result() -> &'static str {
    include_str!("result.json")
}

impl KnowledgeBase {
    /// The JSON Schema of its cases: every fact with its question, its values, and the ways to state what
    /// is known only in part.
    pub fn case_schema(&self) -> String {
        let mut definitions = Map::new();
        definitions.insert("declined".to_owned(), declined());
        definitions.insert("duration".to_owned(), duration());
        let mut properties = Map::new();
        for fact in self.facts() {
            let name = format!("known_{}", fact.id);
            let known = json!({ "$ref": format!("#/$defs/{name}") });
            let ways = json!([known, { "type": "null" }, { "$ref": "#/$defs/declined" }, reports(&known)]);
            definitions.insert(name, json!({ "anyOf": values(&fact) }));
            properties.insert(fact.id, json!({ "description": fact.ask, "anyOf": ways }));
        }
        let packs: Vec<String> = self
            .packs()
            .into_iter()
            .map(|pack| format!("{} {}", pack.id, pack.version))
            .collect();
        let schema = json!({
            "$schema": DIALECT,
            "title": format!("A case for {}", packs.join(" and ")),
            "description": "What is known; a fact left out is unknown.",
            "type": "object",
            "properties": properties,
            "additionalProperties": false,
            "$defs": definitions,
        });
        // Every key is a string and every number finite, so that writing cannot fail.
        serde_json::to_string_pretty(&schema).unwrap_or_default()
    }
}

/// The ways to state a value, the whole one first.
fn values(fact: &FactInfo) -> Vec<Value> {
    match fact.kind {
        FactType::YesNo => vec![json!({ "type": "boolean" })],
        FactType::Choice => vec![option(fact)],
        FactType::Scale => vec![option(fact), range(&option(fact), true)],
        FactType::Several => vec![options(fact), in_part(fact)],
        FactType::Integer | FactType::Number => {
            let mut values = vec![number(fact)];
            values.extend(fact.unit.as_ref().map(|unit| with_unit(unit)));
            let end = if let [number] = values.as_slice() {
                number.clone()
            } else {
                json!({ "anyOf": values })
            };
            values.push(range(&end, false));
            values
        }
        FactType::Duration | FactType::Clock => {
            let length = json!({ "$ref": "#/$defs/duration" });
            let mut values = vec![length.clone()];
            if fact.kind == FactType::Clock {
                values.push(json!({ "const": "never", "title": "it has never happened" }));
            }
            values.push(range(&length, false));
            values
        }
    }
}

fn option(fact: &FactInfo) -> Value {
    let options = fact
        .options
        .iter()
        .map(|option| json!({ "const": option.id, "title": option.label }));
    json!({ "oneOf": options.collect::<Vec<_>>() })
}

fn options(fact: &FactInfo) -> Value {
    json!({ "type": "array", "items": option(fact), "uniqueItems": true })
}

fn in_part(fact: &FactInfo) -> Value {
    json!({
        "description": "Some are known to be there, some not to be; nothing is known of the others.",
        "type": "object",
        "properties": { "includes": options(fact), "excludes": options(fact) },
        "minProperties": 1,
        "additionalProperties": false,
    })
}

fn number(fact: &FactInfo) -> Value {
    let mut number = Map::new();
    let kind = if fact.kind == FactType::Integer {
        "integer"
    } else {
        "number"
    };
    number.insert("type".to_owned(), json!(kind));
    for (name, limit) in [("minimum", fact.from), ("maximum", fact.to)] {
        if let Some(limit) = limit {
            number.insert(name.to_owned(), whole_or_decimal(limit));
        }
    }
    Value::Object(number)
}

/// A limit as people write it: `30`, not `30.0`.
fn whole_or_decimal(limit: f64) -> Value {
    let text = limit.to_string();
    text.parse::<i64>()
        .map_or_else(|_| json!(limit), |whole| json!(whole))
}

fn with_unit(unit: &str) -> Value {
    json!({ "type": "string", "description": format!("with its unit, {unit}") })
}

/// Ends included; where one may be left out, the range is open there.
fn range(value: &Value, both: bool) -> Value {
    let mut range = json!({
        "description": "Somewhere from here to there, both included.",
        "type": "object",
        "properties": { "from": value, "to": value },
        "minProperties": 1,
        "additionalProperties": false,
    });
    if let (true, Some(range)) = (both, range.as_object_mut()) {
        range.insert("required".to_owned(), json!(["from", "to"]));
    }
    range
}

fn reports(known: &Value) -> Value {
    json!({
        "description": "What several sources say, for when they may disagree.",
        "type": "object",
        "properties": {
            "reports": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "properties": { "value": known, "source": { "type": "string" } },
                    "required": ["value", "source"],
                    "additionalProperties": false,
                },
            },
        },
        "required": ["reports"],
        "additionalProperties": false,
    })
}

fn declined() -> Value {
    json!({
        "description": "Unknown, and not to be asked again.",
        "type": "object",
        "properties": { "declined": { "const": true } },
        "required": ["declined"],
        "additionalProperties": false,
    })
}

fn duration() -> Value {
    json!({
        "description": "A length of time; a day is 24 hours.",
        "type": "string",
        "pattern": "^(P|[0-9])",
        "examples": ["24h", "3d", "23h59min", "90 min", "PT24H"],
    })
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::verdict::Verdict;

    #[test]
    fn the_result_schema_names_every_verdict() -> Result<(), serde_json::Error> {
        let schema: Value = serde_json::from_str(super::result())?;
        let named = schema.pointer("/$defs/verdict/enum").and_then(Value::as_array);
        let named: Vec<&str> = named.into_iter().flatten().filter_map(Value::as_str).collect();
        assert_eq!(named, Verdict::ALL.map(Verdict::name));
        Ok(())
    }
}
