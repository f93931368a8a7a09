//! The schema of cases and the reader of cases, side by side.

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::Value;

use super::random::input;
use crate::knowledge_base::KnowledgeBase;
use crate::parse::Source;

const MANIFEST: &str = r#"Pack(id: "kinds", version: "1.0.0", schema: 1, language: "en", title: "One fact of each kind", phases: [Phase(id: "now", title: "Now")])"#;

const RULES: &str = r#"
[
    Source(id: "book", kind: Opinion, title: "A book", reviewed: "2026-11-23"),
    Fact(id: "clock", kind: Clock, ask: "…?"),
    Fact(id: "clothing", kind: Several(["compression", "restrictive", "thick"]), ask: "…?"),
    Fact(id: "count", kind: Integer(from: 0, to: 10), ask: "…?"),
    Fact(id: "force", kind: Scale(["none", "mild", "moderate", "strong"]), ask: "…?"),
    Fact(id: "in_session", kind: YesNo, ask: "…?"),
    Fact(id: "rest", kind: Duration, ask: "…?"),
    Fact(id: "setting", kind: Choice(["at_night", "at_rest", "during_exercise"]), ask: "…?"),
    Fact(id: "temperature", kind: Number(unit: "°C", from: 30, to: 45), ask: "…?"),
    Fact(id: "weight", kind: Number, ask: "…?"),
    Define(id: "hot", when: {"temperature": AtLeast(40)}),
    Note(id: "note", phase: "now", when: [
        {"clock": AtLeast("1d"), "clothing": Includes(["thick"]), "count": AtLeast(3), "force": AtLeast("mild"), "in_session": Yes},
        {"rest": AtLeast("1h"), "setting": Is("at_rest"), "hot": Yes, "weight": AtLeast(70)},
    ], text: "…", cites: [Cite(source: "book", at: "page 1")]),
]
"#;

pub(super) fn kb() -> Result<KnowledgeBase, String> {
    let pack = Source::files([("pack.ron", MANIFEST), ("kinds.ron", RULES)]);
    KnowledgeBase::builder()
        .pack(pack)
        .build()
        .map(|(kb, _)| kb)
        .map_err(|error| format!("{error:?}"))
}

/// Whether a value meets a schema, as far as the keywords used here go.
fn meets(root: &Value, schema: &Value, value: &Value) -> bool {
    let each = |list: &Value, holds: &dyn Fn(&Value) -> bool| {
        list.as_array().is_some_and(|list| list.iter().all(holds))
    };
    let count = |list: &Value| {
        list.as_array().map_or(0, |list| {
            list.iter().filter(|inner| meets(root, inner, value)).count()
        })
    };
    let Some(keywords) = schema.as_object() else {
        return schema == &Value::Bool(true);
    };
    keywords.iter().all(|(keyword, wanted)| match keyword.as_str() {
        "$ref" => {
            let target = wanted
                .as_str()
                .and_then(|name| root.pointer(name.trim_start_matches('#')));
            target.is_some_and(|target| meets(root, target, value))
        }
        "anyOf" => count(wanted) > 0,
        "oneOf" => count(wanted) == 1,
        "const" => wanted == value,
        "type" => match wanted.as_str() {
            Some("object") => value.is_object(),
            Some("array") => value.is_array(),
            Some("string") => value.is_string(),
            Some("boolean") => value.is_boolean(),
            Some("null") => value.is_null(),
            Some("integer") => value.as_f64().is_some_and(|number| number.fract() == 0.0),
            Some("number") => value.is_number(),
            _ => false,
        },
        "properties" => value.as_object().is_none_or(|entries| {
            entries
                .iter()
                .all(|(name, inner)| wanted.get(name).is_none_or(|wanted| meets(root, wanted, inner)))
        }),
        "additionalProperties" => value.as_object().is_none_or(|entries| {
            entries.keys().all(|name| {
                schema
                    .pointer("/properties")
                    .is_some_and(|properties| properties.get(name).is_some())
            })
        }),
        "required" => each(wanted, &|name| {
            name.as_str().is_some_and(|name| value.get(name).is_some())
        }),
        "minProperties" => value
            .as_object()
            .is_none_or(|entries| Some(entries.len() as u64) >= wanted.as_u64()),
        "items" => value
            .as_array()
            .is_none_or(|list| list.iter().all(|inner| meets(root, wanted, inner))),
        "minItems" => value
            .as_array()
            .is_none_or(|list| Some(list.len() as u64) >= wanted.as_u64()),
        "uniqueItems" => value.as_array().is_none_or(|list| {
            list.iter()
                .enumerate()
                .all(|(at, inner)| !list.iter().take(at).any(|other| other == inner))
        }),
        "minimum" => value
            .as_f64()
            .is_none_or(|number| Some(number) >= wanted.as_f64()),
        "maximum" => value
            .as_f64()
            .is_none_or(|number| Some(number) <= wanted.as_f64()),
        "pattern" => value
            .as_str()
            .is_none_or(|text| text.starts_with(|first: char| first == 'P' || first.is_ascii_digit())),
        "$schema" | "$defs" | "$id" | "title" | "description" | "examples" => true,
        other => unknown(other),
    })
}

/// A keyword that this test does not know fails it.
fn unknown(keyword: &str) -> bool {
    assert_eq!(
        keyword, "",
        "the schema uses a keyword that this test does not know"
    );
    false
}

fn schema_of(kb: &KnowledgeBase) -> Value {
    serde_json::from_str(&kb.case_schema()).unwrap_or_default()
}

#[test]
fn the_schema_refuses_what_the_reader_refuses() -> Result<(), String> {
    let kb = kb()?;
    let schema = schema_of(&kb);
    for text in [
        r#"[]"#,
        r#"{"in_sesion": true}"#,
        r#"{"hot": true}"#,
        r#"{"in_session": "yes"}"#,
        r#"{"in_session": {}}"#,
        r#"{"in_session": {"declined": false}}"#,
        r#"{"in_session": {"from": false, "to": true}}"#,
        r#"{"setting": "at_nigth"}"#,
        r#"{"setting": ["at_night"]}"#,
        r#"{"force": {"from": "mild"}}"#,
        r#"{"clothing": "thick"}"#,
        r#"{"clothing": ["thick", "thick"]}"#,
        r#"{"clothing": {"include": ["thick"]}}"#,
        r#"{"count": 11}"#,
        r#"{"count": 2.5}"#,
        r#"{"count": "3"}"#,
        r#"{"temperature": 20}"#,
        r#"{"rest": 24}"#,
        r#"{"rest": "never"}"#,
        r#"{"clock": "-3h"}"#,
        r#"{"clock": {"from": "1d", "until": "3d"}}"#,
        r#"{"setting": {"reports": []}}"#,
        r#"{"setting": {"reports": [{"value": "at_night"}]}}"#,
        r#"{"setting": {"reports": [{"value": null, "source": "runner"}]}}"#,
        r#"{"setting": {"reports": [{"value": {"reports": []}, "source": "runner"}]}}"#,
    ] {
        let value: Value = serde_json::from_str(text).unwrap_or_default();
        assert!(kb.case_from_json(text).is_err(), "{text}");
        assert!(!meets(&schema, &schema, &value), "{text}");
    }
    Ok(())
}

#[test]
fn the_schema_takes_what_the_reader_takes() -> Result<(), String> {
    let kb = kb()?;
    let schema = schema_of(&kb);
    let inputs = prop::collection::vec(input(), 4);
    let taken = TestRunner::default().run(&inputs, |inputs| {
        // A whole random case is seldom right: its facts one by one are right more often.
        for (name, value) in inputs.into_iter().flat_map(|input| input.entries) {
            let one = serde_json::json!({ name: value });
            if kb.case_from_json(&one.to_string()).is_ok() {
                prop_assert!(meets(&schema, &schema, &one), "{}", one);
            }
        }
        Ok(())
    });
    taken.map_err(|error| error.to_string())
}
