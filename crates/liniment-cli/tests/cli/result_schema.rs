//! What the command answers as JSON is what `schema/result.json` says, keys in the same order.

use serde_json::Value;

use crate::common::{root, run, run_with};

/// JSON with the keys of its objects in order.
enum Json {
    Plain(Value),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl<'de> serde::Deserialize<'de> for Json {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Json, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Json;
            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("JSON")
            }
            fn visit_unit<E>(self) -> Result<Json, E> {
                Ok(Json::Plain(Value::Null))
            }
            fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
                Ok(Json::Plain(value.into()))
            }
            fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
                Ok(Json::Plain(value.into()))
            }
            fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
                Ok(Json::Plain(value.into()))
            }
            fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
                Ok(Json::Plain(value.into()))
            }
            fn visit_str<E>(self, value: &str) -> Result<Json, E> {
                Ok(Json::Plain(value.into()))
            }
            fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut list: A) -> Result<Json, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = list.next_element()? {
                    items.push(item);
                }
                Ok(Json::List(items))
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Json::Object(entries))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

impl Json {
    fn get(&self, key: &str) -> Option<&Json> {
        match self {
            Json::Object(entries) => entries
                .iter()
                .find(|(name, _)| name == key)
                .map(|(_, value)| value),
            _ => None,
        }
    }

    fn list(&self) -> &[Json] {
        match self {
            Json::List(items) => items,
            _ => &[],
        }
    }

    fn words(&self) -> Vec<&str> {
        match self {
            Json::List(items) => items.iter().flat_map(Json::words).collect(),
            Json::Plain(Value::String(text)) => vec![text],
            _ => Vec::new(),
        }
    }
}

/// What is wrong with a value: the words of the schema that the project's own file uses.
fn wrong(root: &Json, schema: &Json, value: &Json, at: &str) -> Option<String> {
    if let Some(Json::Plain(Value::String(reference))) = schema.get("$ref") {
        let mut steps = reference.trim_start_matches("#/").split('/');
        let found = steps.try_fold(root, |place, step| place.get(step));
        return match found {
            Some(schema) => wrong(root, schema, value, at),
            None => Some(format!("the schema lacks {reference}")),
        };
    }
    if let Some(ways) = schema.get("oneOf") {
        let faults: Vec<String> = ways
            .list()
            .iter()
            .filter_map(|way| wrong(root, way, value, at))
            .collect();
        let fitting = ways.list().len() - faults.len();
        return (fitting != 1).then(|| format!("{at}: {fitting} ways fit; {}", faults.join("; ")));
    }
    let plain = match value {
        Json::Plain(plain) => Some(plain),
        _ => None,
    };
    if let Some(Json::Plain(wanted)) = schema.get("const")
        && plain != Some(wanted)
    {
        return Some(format!("{at}: not {wanted}"));
    }
    if let Some(wanted) = schema.get("enum") {
        let fits = wanted
            .list()
            .iter()
            .any(|one| matches!((one, plain), (Json::Plain(one), Some(plain)) if one == plain));
        return (!fits).then(|| format!("{at}: {plain:?} is none of {:?}", wanted.words()));
    }
    let kinds = schema.get("type").map(Json::words).unwrap_or_default();
    let kind: &[&str] = match value {
        Json::Object(_) => &["object"],
        Json::List(_) => &["array"],
        Json::Plain(Value::Null) => &["null"],
        Json::Plain(Value::Bool(_)) => &["boolean"],
        Json::Plain(Value::Number(number)) if number.is_f64() => &["number"],
        Json::Plain(Value::Number(_)) => &["number", "integer"],
        Json::Plain(_) => &["string"],
    };
    if !kinds.is_empty() && !kind.iter().any(|kind| kinds.contains(kind)) {
        return Some(format!("{at}: {kind:?} is none of {kinds:?}"));
    }
    match value {
        Json::List(items) => items
            .iter()
            .enumerate()
            .find_map(|(number, item)| wrong(root, schema.get("items")?, item, &format!("{at}[{number}]"))),
        Json::Object(entries) => {
            let Some(Json::Object(properties)) = schema.get("properties") else {
                return None;
            };
            let names: Vec<&String> = entries.iter().map(|(name, _)| name).collect();
            let wanted: Vec<&String> = properties.iter().map(|(name, _)| name).collect();
            if names != wanted {
                return Some(format!("{at}: the keys are {names:?}, not {wanted:?}"));
            }
            let required = schema.get("required").map(Json::words).unwrap_or_default();
            if required != wanted {
                return Some(format!(
                    "{at}: the schema does not require {wanted:?}, but {required:?}"
                ));
            }
            let mut pairs = entries.iter().zip(properties);
            pairs.find_map(|((name, value), (_, schema))| wrong(root, schema, value, &format!("{at}.{name}")))
        }
        Json::Plain(_) => None,
    }
}

/// Holds a text to a definition of the schema, and to the schema as a whole.
#[track_caller]
pub(crate) fn conforms(definition: &str, text: &str) {
    let schema = std::fs::read_to_string(root().join("schema/result.json")).unwrap_or_default();
    let parse = |text: &str| {
        serde_json::from_str::<Json>(text).unwrap_or_else(|error| unreachable!("{error}: {text}"))
    };
    let (schema, value) = (parse(&schema), parse(text));
    let of_it = schema
        .get("$defs")
        .and_then(|definitions| definitions.get(definition));
    let of_it = of_it.unwrap_or_else(|| unreachable!("the schema lacks {definition}"));
    assert_eq!(wrong(&schema, of_it, &value, definition), None, "{text}");
    assert_eq!(wrong(&schema, &schema, &value, "result"), None, "{text}");
}

#[test]
fn advice() {
    for name in ["mid-run-cramp", "day-four", "night-cramp"] {
        conforms(
            "advice",
            &run(&["advise", &format!("examples/{name}.json"), "--format", "json"]).fine(),
        );
    }
    let case = r#"{"cramp_state": "active", "muscles_affected": "all_muscles", "onset_setting": {"reports": [
        {"value": "during_exercise", "source": "runner"}, {"value": "at_night", "source": "watch log"}]}}"#;
    conforms(
        "advice",
        &run_with(&["advise", "-", "--format", "json"], case.as_bytes()).fine(),
    );
}

#[test]
fn explanations() {
    for id in [
        "massage_rolling",
        "return",
        "return_flat_walk",
        "spray",
        "nsaid",
        "all_muscles",
        "ice",
        "heat",
    ] {
        conforms(
            "explanation",
            &run(&["explain", id, "examples/day-four.json", "--format", "json"]).fine(),
        );
    }
}

#[test]
fn what_would_change_and_what_suffices() {
    let case = "examples/day-four.json";
    for id in ["massage_rolling", "return", "strength", "all_muscles"] {
        for part in ["ways", "suffices"] {
            let arguments = ["explain", id, case, "--format", "json", "--part", part];
            conforms(part, &run(&arguments).fine());
        }
    }
    let arguments = ["advise", case, "--format", "json", "--what-if"];
    for change in ["time_since_release=15d", "cramp_state=active", "goals=null"] {
        conforms("what_if", &run(&[&arguments[..], &[change]].concat()).fine());
    }
}

#[test]
fn plans() {
    for more in [
        "time_since_release=4d",
        "time_since_release=1h",
        "time_since_release=null",
    ] {
        let arguments = [
            "plan",
            "examples/day-four.json",
            "--format",
            "json",
            "--set",
            more,
        ];
        conforms("plan", &run(&arguments).fine());
    }
}

#[test]
fn diagnostics() {
    conforms("diagnostics", &run(&["check", "--format", "json"]).fine());
    let run = run(&["check", "--format", "json", "rules"]);
    assert_eq!(run.code, Some(1));
    conforms("diagnostics", &run.out);
}

#[test]
fn proofs() {
    conforms("proofs", &run(&["check", "--prove", "--format", "json"]).fine());
    for fault in ["forgetting_opens", "covered"] {
        let pack = format!("tests/packs/faults/{fault}");
        conforms(
            "proofs",
            &run(&["check", "--prove", "--format", "json", &pack]).out,
        );
    }
    let (old, new) = ("tests/packs/versions/old", "tests/packs/versions/new");
    for (old, new) in [(old, new), (old, old)] {
        conforms(
            "differences",
            &run(&["check", "--diff", old, new, "--format", "json"]).fine(),
        );
    }
    let pack = "tests/packs/drivetrain";
    let arguments = ["test", "--mutate", "--sample", "6", "--format", "json", pack];
    conforms("mutations", &run(&arguments).fine());
}

#[test]
fn errors() {
    for case in [r#"{"cramp_stat": "active"}"#, "{", r#"{"goals": "relieve"}"#] {
        let run = run_with(&["advise", "-", "--format", "json"], case.as_bytes());
        conforms("error", &run.out);
    }
    conforms(
        "error",
        &run(&["advise", "no-such-case.json", "--format", "json"]).out,
    );
    conforms(
        "error",
        &run(&[
            "advise",
            "--set",
            "in_session=true",
            "--pack",
            "none",
            "--format",
            "json",
        ])
        .out,
    );
}
