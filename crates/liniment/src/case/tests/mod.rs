//! Cases as they are written: what is read, and how every wrong input is refused.

mod by_number;
mod fill;
mod messages;
mod random;
mod reports;
mod schema;

use std::sync::Arc;

use serde::Serialize;

use super::formats::{BYTES, from_json, from_json_bytes, from_ron, from_toml};
use super::read::{CaseInput, CaseValue};
use super::serialize::to_input;
use super::value::{FactValue, read_case};
use crate::check::base::{
    CheckedBase, Comparison, Condition, Definition, DefinitionBody, DefinitionIndex, Fact, FactIndex,
    FactKind, Limit, PackIndex, Scalar, Test,
};
use crate::error::Error;
use crate::parse::spanned::Span;

const HOUR: i64 = 3_600_000_000;

fn fact(id: &str, kind: FactKind) -> Fact {
    Fact {
        id: id.to_owned(),
        kind,
        ask: vec![Arc::from("…?")],
        labels: Vec::new(),
        ask_when: None,
        fixed: false,
        lasts: None,
        packs: vec![PackIndex(0)],
        span: Span::default(),
    }
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// One fact of each kind, and two definitions.
fn base() -> CheckedBase {
    let facts = vec![
        fact("clock", FactKind::Clock { runs_while: None }),
        fact(
            "clothing",
            FactKind::Several(names(&["compression", "restrictive", "thick"])),
        ),
        fact(
            "count",
            FactKind::Integer {
                from: Some(0),
                to: Some(10),
                unit: None,
            },
        ),
        fact(
            "force",
            FactKind::Scale(names(&["none", "mild", "moderate", "strong"])),
        ),
        fact("in_session", FactKind::YesNo),
        fact(
            "rest",
            FactKind::Duration {
                from: Some(0),
                to: Some(48 * HOUR),
            },
        ),
        fact(
            "setting",
            FactKind::Choice(names(&["at_night", "at_rest", "during_exercise"])),
        ),
        fact(
            "temperature",
            FactKind::Number {
                from: Some(30.0),
                to: Some(45.0),
                unit: Some("°C".to_owned()),
            },
        ),
        fact(
            "weight",
            FactKind::Number {
                from: None,
                to: None,
                unit: None,
            },
        ),
    ];
    let span = Span::default();
    let definition = |id: &str, condition| Definition {
        id: id.to_owned(),
        body: DefinitionBody::When(condition),
        inferred: false,
        cites: Vec::new(),
    };
    let hot = Condition::Fact {
        fact: FactIndex(7),
        test: Test::Compare(Comparison::AtLeast, Limit::Value(Scalar::Number(40.0))),
        span,
    };
    let session = Condition::Fact {
        fact: FactIndex(4),
        test: Test::YesNo(true),
        span,
    };
    let definitions = vec![
        definition("hot", hot),
        definition(
            "hot_session",
            Condition::All(
                vec![
                    session,
                    Condition::Defined {
                        definition: DefinitionIndex(0),
                        yes: true,
                        span,
                    },
                ],
                span,
            ),
        ),
    ];
    CheckedBase {
        languages: vec!["en".to_owned()],
        language: 0,
        packs: Vec::new(),
        facts,
        vagues: Vec::new(),
        definitions,
        sources: Vec::new(),
        causes: Vec::new(),
        rules: Vec::new(),
        advice: Vec::new(),
        phases: Vec::new(),
        stages: Vec::new(),
        groups: Vec::new(),
        ask_first: Vec::new(),
        properties: Vec::new(),
        files: Vec::new(),
    }
}

fn stated(json: &str) -> Result<FactValue, Error> {
    let mut values = read_case(&base(), &from_json(json)?)?;
    Ok(values.remove(0).1)
}

#[test]
fn every_kind_is_read() -> Result<(), Error> {
    for (json, value) in [
        (r#"{"in_session": true}"#, FactValue::YesNo(true)),
        (r#"{"in_session": null}"#, FactValue::Unknown),
        (r#"{"in_session": {"declined": true}}"#, FactValue::Declined),
        (r#"{"setting": "at_rest"}"#, FactValue::Option(1)),
        (r#"{"force": "strong"}"#, FactValue::Option(3)),
        (
            r#"{"force": {"from": "mild", "to": "strong"}}"#,
            FactValue::StepRange(1, 3),
        ),
        (
            r#"{"force": {"from": "mild", "to": "mild"}}"#,
            FactValue::Option(1),
        ),
        (
            r#"{"clothing": ["thick", "compression"]}"#,
            FactValue::Options {
                includes: vec![0, 2],
                excludes: vec![1],
            },
        ),
        (
            r#"{"clothing": []}"#,
            FactValue::Options {
                includes: vec![],
                excludes: vec![0, 1, 2],
            },
        ),
        (
            r#"{"clothing": {"includes": ["thick"]}}"#,
            FactValue::Options {
                includes: vec![2],
                excludes: vec![],
            },
        ),
        (
            r#"{"clothing": {"excludes": ["thick"], "includes": ["restrictive"]}}"#,
            FactValue::Options {
                includes: vec![1],
                excludes: vec![2],
            },
        ),
        (r#"{"count": 3}"#, FactValue::Integer(3)),
        (r#"{"count": 3.0}"#, FactValue::Integer(3)),
        (
            r#"{"count": {"from": 1}}"#,
            FactValue::Range(Some(Scalar::Integer(1)), None),
        ),
        (r#"{"temperature": 40}"#, FactValue::Number(40.0)),
        (r#"{"temperature": "40.5 °C"}"#, FactValue::Number(40.5)),
        (r#"{"temperature": "40.5°C"}"#, FactValue::Number(40.5)),
        (
            r#"{"temperature": {"from": 38, "to": "39 °C"}}"#,
            FactValue::Range(Some(Scalar::Number(38.0)), Some(Scalar::Number(39.0))),
        ),
        (
            r#"{"weight": 0.30000000000000004}"#,
            FactValue::Number(0.300_000_000_000_000_04),
        ),
        (
            r#"{"rest": "23h59min"}"#,
            FactValue::Duration(24 * HOUR - HOUR / 60),
        ),
        (r#"{"rest": "P1DT2H"}"#, FactValue::Duration(26 * HOUR)),
        (r#"{"clock": "3d"}"#, FactValue::Duration(72 * HOUR)),
        (r#"{"clock": "never"}"#, FactValue::Never),
        (
            r#"{"clock": {"to": "3d"}}"#,
            FactValue::Range(None, Some(Scalar::Duration(72 * HOUR))),
        ),
        (
            r#"{"setting": {"reports": [{"value": "at_rest", "source": "runner"}, {"value": "at_night", "source": "watch log"}]}}"#,
            FactValue::Reports(vec![
                (FactValue::Option(1), "runner".to_owned()),
                (FactValue::Option(0), "watch log".to_owned()),
            ]),
        ),
        (
            r#"{"clock": {"reports": [{"source": "runner", "value": {"from": "1d", "to": "3d"}}]}}"#,
            FactValue::Reports(vec![(
                FactValue::Range(
                    Some(Scalar::Duration(24 * HOUR)),
                    Some(Scalar::Duration(72 * HOUR)),
                ),
                "runner".to_owned(),
            )]),
        ),
    ] {
        assert_eq!(stated(json)?, value, "{json}");
    }
    assert_eq!(read_case(&base(), &from_json("{}")?)?, []);
    Ok(())
}

#[test]
fn bytes_that_are_not_utf8_are_named() {
    let error = from_json_bytes(b"{\"a\": \"\xff\"}")
        .err()
        .map(|error| error.to_string());
    assert_eq!(error.as_deref(), Some("byte 7: the text is not UTF-8"));
}

#[test]
fn too_many_bytes_are_not_read() {
    let text = " ".repeat(BYTES + 1);
    for read in [from_json, from_ron, from_toml] {
        assert_eq!(read(&text).err().map(|error| error.code()), Some("C0003"));
    }
}

#[test]
fn nesting_up_to_the_limit_is_read() -> Result<(), Error> {
    let lists = format!("{}1{}", "[".repeat(63), "]".repeat(63));
    from_json(&format!("{{\"a\": {lists}}}"))?;
    from_ron(&format!("(a: {lists})"))?;
    from_toml(&format!("a = {lists}"))?;
    from_json(&format!("{}1{}", "{\"a\":".repeat(64), "}".repeat(64)))?;
    from_ron(&format!("{}1{}", "{\"a\":".repeat(64), "}".repeat(64)))?;
    from_ron(&format!("{}1{}", "(a:".repeat(64), ")".repeat(64)))?;
    from_toml(&format!("{} = 1", vec!["a"; 64].join(".")))?;
    Ok(())
}

#[test]
fn the_formats_agree() -> Result<(), Error> {
    let json = from_json(
        r#"{"in_session": true, "clothing": ["thick"], "temperature": 40.5, "count": 3, "clock": {"from": "1d", "to": "3d"}}"#,
    )?;
    let ron_map = from_ron(
        r#"{"in_session": true, "clothing": ["thick"], "temperature": 40.5, "count": 3, "clock": {"from": "1d", "to": "3d"}}"#,
    )?;
    let ron_struct = from_ron(
        "#![enable(implicit_some)]\n(in_session: true, clothing: [r#\"thick\"#], temperature: 40.5, count: 3, clock: (from: \"1d\", to: \"3d\"),) // Only(this)",
    )?;
    let toml = from_toml(
        "in_session = true\nclothing = [\"thick\"]\ntemperature = 40.5\ncount = 3\nclock.from = \"1d\"\nclock.to = \"3d\"",
    )?;
    assert_eq!(json, ron_map);
    assert_eq!(json, ron_struct);
    let by_name = |mut input: CaseInput| {
        input.entries.sort_by(|(one, _), (other, _)| one.cmp(other));
        input.entries
    };
    assert_eq!(by_name(json), by_name(toml));
    assert_eq!(
        from_ron("(in_session: None)")?,
        from_json(r#"{"in_session": null}"#)?
    );
    assert_eq!(from_toml("# nothing is known")?, CaseInput::default());
    Ok(())
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Setting {
    AtNight,
}

#[derive(Serialize)]
struct Celsius(f32);

#[derive(Serialize)]
struct Runner<'a> {
    in_session: Option<bool>,
    setting: Setting,
    temperature: Celsius,
    clothing: Vec<&'a str>,
    clock: Option<&'a str>,
    count: u8,
}

#[test]
fn a_struct_is_a_case() -> Result<(), Error> {
    let runner = Runner {
        in_session: Some(true),
        setting: Setting::AtNight,
        temperature: Celsius(38.1),
        clothing: vec!["thick"],
        clock: None,
        count: 3,
    };
    let input = to_input(&runner)?;
    let same = from_json(
        r#"{"in_session": true, "setting": "at_night", "temperature": 38.1, "clothing": ["thick"], "clock": null, "count": 3}"#,
    )?;
    assert_eq!(input, same);
    assert_eq!(to_input(&input)?, input);
    assert_eq!(
        from_json(&serde_json::to_string(&input).unwrap_or_default())?,
        input
    );
    Ok(())
}

#[test]
fn what_no_case_can_hold_is_refused() {
    use std::collections::BTreeMap;
    use std::time::Duration;

    struct Bytes;
    impl Serialize for Bytes {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_bytes(b"x")
        }
    }
    struct Twice;
    impl Serialize for Twice {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_map([("a", 1), ("a", 2)])
        }
    }
    #[derive(Serialize)]
    struct Deep(Option<BTreeMap<String, Deep>>);
    let mut deep = Deep(None);
    for _ in 0..65 {
        deep = Deep(Some(BTreeMap::from([("a".to_owned(), deep)])));
    }
    fn one<T: Serialize>(value: T) -> BTreeMap<&'static str, T> {
        BTreeMap::from([("clock", value)])
    }
    fn refused<T: Serialize>(value: &T) -> String {
        to_input(value).map_or_else(|error| error.to_string(), |_| "accepted".to_owned())
    }
    let said = [
        refused(&one(Duration::from_secs(3))),
        refused(&one([Duration::ZERO])),
        refused(&one(u64::MAX)),
        refused(&one(i128::MIN)),
        refused(&one(f64::NAN)),
        refused(&one(f32::INFINITY)),
        refused(&one(Bytes)),
        refused(&Twice),
        refused(&BTreeMap::from([(1, true)])),
        refused(&BTreeMap::from([(Some(true), true)])),
        refused(&"text"),
        refused(&[1, 2]),
        refused(&None::<Runner<'_>>),
        refused(&toml::from_str::<toml::Table>("clock = 2026-11-23").unwrap_or_default()),
        refused(&deep),
    ];
    insta::with_settings!({prepend_module_to_snapshot => false, omit_expression => true}, { insta::assert_snapshot!("refused_values", said.join("\n")) });
}

#[test]
fn an_error_has_a_place_inside_the_fact() {
    let error = stated(
        r#"{"setting": {"reports": [{"value": "at_rest", "source": "runner"}, {"value": "at_nigth", "source": "log"}]}}"#,
    );
    let error = error.err();
    assert_eq!(
        error.as_ref().and_then(Error::place),
        Some("setting.reports[1].value")
    );
    assert_eq!(error.as_ref().and_then(Error::nearest), Some("at_night"));
}

#[test]
fn a_case_built_by_hand_states_each_fact_once() {
    let entry = |name: &str, value| (name.to_owned(), value);
    let code = |entries| {
        read_case(&base(), &CaseInput { entries })
            .err()
            .map(|error| error.code())
    };
    let twice = vec![
        entry("in_session", CaseValue::Bool(true)),
        entry("in_session", CaseValue::Bool(false)),
    ];
    assert_eq!(code(twice), Some("C0007"));
    assert_eq!(
        code(vec![entry("weight", CaseValue::Number(f64::NAN))]),
        Some("C0008")
    );
}
