//! Cases as they are written: what is read, and how every wrong input is refused.

use std::sync::Arc;

use serde::Serialize;

use super::formats::{BYTES, from_json, from_json_bytes, from_ron, from_toml};
use super::read::{CaseInput, CaseValue};
use super::serialize::to_input;
use super::value::{FactValue, read_case};
use crate::check::base::{CheckedBase, Comparison, Condition, Definition, DefinitionBody, DefinitionIndex, Fact, FactIndex, FactKind, Limit, PackIndex, Scalar, Test};
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
        fact("clothing", FactKind::Several(names(&["compression", "restrictive", "thick"]))),
        fact("count", FactKind::Integer { from: Some(0), to: Some(10), unit: None }),
        fact("force", FactKind::Scale(names(&["none", "mild", "moderate", "strong"]))),
        fact("in_session", FactKind::YesNo),
        fact("rest", FactKind::Duration { from: Some(0), to: Some(48 * HOUR) }),
        fact("setting", FactKind::Choice(names(&["at_night", "at_rest", "during_exercise"]))),
        fact("temperature", FactKind::Number { from: Some(30.0), to: Some(45.0), unit: Some("°C".to_owned()) }),
        fact("weight", FactKind::Number { from: None, to: None, unit: None }),
    ];
    let span = Span::default();
    let definition = |id: &str, condition| Definition { id: id.to_owned(), body: DefinitionBody::When(condition), inferred: false, cites: Vec::new(), pack: PackIndex(0), span };
    let hot = Condition::Fact { fact: FactIndex(7), test: Test::Compare(Comparison::AtLeast, Limit::Value(Scalar::Number(40.0))), span };
    let session = Condition::Fact { fact: FactIndex(4), test: Test::YesNo(true), span };
    let definitions = vec![
        definition("hot", hot),
        definition("hot_session", Condition::All(vec![session, Condition::Defined { definition: DefinitionIndex(0), yes: true, span }], span)),
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
        (r#"{"force": {"from": "mild", "to": "strong"}}"#, FactValue::StepRange(1, 3)),
        (r#"{"force": {"from": "mild", "to": "mild"}}"#, FactValue::Option(1)),
        (r#"{"clothing": ["thick", "compression"]}"#, FactValue::Options { includes: vec![0, 2], excludes: vec![1] }),
        (r#"{"clothing": []}"#, FactValue::Options { includes: vec![], excludes: vec![0, 1, 2] }),
        (r#"{"clothing": {"includes": ["thick"]}}"#, FactValue::Options { includes: vec![2], excludes: vec![] }),
        (r#"{"clothing": {"excludes": ["thick"], "includes": ["restrictive"]}}"#, FactValue::Options { includes: vec![1], excludes: vec![2] }),
        (r#"{"count": 3}"#, FactValue::Integer(3)),
        (r#"{"count": 3.0}"#, FactValue::Integer(3)),
        (r#"{"count": {"from": 1}}"#, FactValue::Range(Some(Scalar::Integer(1)), None)),
        (r#"{"temperature": 40}"#, FactValue::Number(40.0)),
        (r#"{"temperature": "40.5 °C"}"#, FactValue::Number(40.5)),
        (r#"{"temperature": "40.5°C"}"#, FactValue::Number(40.5)),
        (r#"{"temperature": {"from": 38, "to": "39 °C"}}"#, FactValue::Range(Some(Scalar::Number(38.0)), Some(Scalar::Number(39.0)))),
        (r#"{"weight": 0.30000000000000004}"#, FactValue::Number(0.300_000_000_000_000_04)),
        (r#"{"rest": "23h59min"}"#, FactValue::Duration(24 * HOUR - HOUR / 60)),
        (r#"{"rest": "P1DT2H"}"#, FactValue::Duration(26 * HOUR)),
        (r#"{"clock": "3d"}"#, FactValue::Duration(72 * HOUR)),
        (r#"{"clock": "never"}"#, FactValue::Never),
        (r#"{"clock": {"to": "3d"}}"#, FactValue::Range(None, Some(Scalar::Duration(72 * HOUR)))),
        (
            r#"{"setting": {"reports": [{"value": "at_rest", "source": "runner"}, {"value": "at_night", "source": "watch log"}]}}"#,
            FactValue::Reports(vec![(FactValue::Option(1), "runner".to_owned()), (FactValue::Option(0), "watch log".to_owned())]),
        ),
        (
            r#"{"clock": {"reports": [{"source": "runner", "value": {"from": "1d", "to": "3d"}}]}}"#,
            FactValue::Reports(vec![(FactValue::Range(Some(Scalar::Duration(24 * HOUR)), Some(Scalar::Duration(72 * HOUR))), "runner".to_owned())]),
        ),
    ] {
        assert_eq!(stated(json)?, value, "{json}");
    }
    assert_eq!(read_case(&base(), &from_json("{}")?)?, []);
    Ok(())
}

/// Everything that can be wrong, with the whole answer to it.
#[test]
fn messages() {
    let mut page = String::new();
    let mut section = |title: &str, read: &dyn Fn(&str) -> Result<(), Error>, texts: &[&str]| {
        page.push_str(&format!("## {title}\n\n"));
        for text in texts {
            let shown = if text.chars().count() > 110 { format!("{}… ({} bytes)", text.chars().take(40).collect::<String>(), text.len()) } else { text.escape_debug().to_string() };
            match read(text) {
                Ok(()) => page.push_str(&format!("{shown}\n  accepted\n")),
                Err(error) => {
                    page.push_str(&format!("{shown}\n  {} {error}\n", error.code()));
                    let parts = [("place", error.place()), ("found", error.found()), ("nearest", error.nearest())];
                    let parts: Vec<String> = parts.into_iter().filter_map(|(name, part)| part.map(|part| format!("{name} {part}"))).collect();
                    page.push_str(&format!("  {}", parts.join(" | ")));
                    if !error.allowed().is_empty() {
                        page.push_str(&format!(" | allowed {}", error.allowed().join(", ")));
                    }
                    page.push('\n');
                }
            }
        }
        page.push('\n');
    };
    let base = base();
    section(
        "Facts",
        &|text| read_case(&base, &from_json(text)?).map(drop),
        &[
            r#"{"in_sesion": true}"#,
            r#"{"something_else": true}"#,
            r#"{"": true}"#,
            r#"{"a\n\u202eb": true}"#,
            r#"{"hot": true}"#,
            r#"{"hot_session": true}"#,
            r#"{"in_session": "yes"}"#,
            r#"{"in_session": "perhaps"}"#,
            r#"{"in_session": 1}"#,
            r#"{"in_session": [true]}"#,
            r#"{"in_session": {}}"#,
            r#"{"in_session": {"from": false, "to": true}}"#,
            r#"{"in_session": {"declined": false}}"#,
            r#"{"in_session": {"declined": "true"}}"#,
            r#"{"in_session": {"declinde": true}}"#,
            r#"{"in_session": {"includes": ["a"]}}"#,
            r#"{"in_session": {"declined": true, "reports": []}}"#,
            r#"{"setting": "at_nigth"}"#,
            r#"{"setting": "somewhere"}"#,
            r#"{"setting": "At_Night"}"#,
            r#"{"setting": true}"#,
            r#"{"setting": ["at_night"]}"#,
            r#"{"setting": {"from": "at_night", "to": "at_rest"}}"#,
            r#"{"force": 2}"#,
            r#"{"force": "strnog"}"#,
            r#"{"force": {"from": "strong", "to": "mild"}}"#,
            r#"{"force": {"from": "mild"}}"#,
            r#"{"force": {"from": null, "to": "mild"}}"#,
            r#"{"force": {"from": "mild", "to": "stron"}}"#,
            r#"{"clothing": "thick"}"#,
            r#"{"clothing": ["thick", "thik"]}"#,
            r#"{"clothing": ["thick", "thick"]}"#,
            r#"{"clothing": ["thick", null]}"#,
            r#"{"clothing": {"includes": ["thick"], "excludes": ["thick", "restrictive"]}}"#,
            r#"{"clothing": {"includes": "thick"}}"#,
            r#"{"clothing": {"include": ["thick"]}}"#,
            r#"{"clothing": {"includes": ["thick"], "from": "thick"}}"#,
            r#"{"count": "3"}"#,
            r#"{"count": 2.5}"#,
            r#"{"count": 11}"#,
            r#"{"count": -1}"#,
            r#"{"count": true}"#,
            r#"{"count": {"from": 4, "to": 2}}"#,
            r#"{"count": {"from": 4, "to": 12}}"#,
            r#"{"temperature": "hot"}"#,
            r#"{"temperature": "40"}"#,
            r#"{"temperature": "104 °F"}"#,
            r#"{"temperature": "warm °C"}"#,
            r#"{"temperature": 20.5}"#,
            r#"{"temperature": {"from": 39.0, "to": 38.5}}"#,
            r#"{"weight": "70 kg"}"#,
            r#"{"rest": 24}"#,
            r#"{"rest": "24"}"#,
            r#"{"rest": "a while"}"#,
            r#"{"rest": "-2h"}"#,
            r#"{"rest": "3 months"}"#,
            r#"{"rest": "3d"}"#,
            r#"{"rest": "never"}"#,
            r#"{"rest": {"from": "never"}}"#,
            r#"{"clock": 24}"#,
            r#"{"clock": "nevr"}"#,
            r#"{"clock": "5 weekends"}"#,
            r#"{"clock": {"from": "3d", "to": "1d"}}"#,
            r#"{"clock": {"from": "1d", "until": "3d"}}"#,
            r#"{"clock": {"from": {"from": "1d"}}}"#,
            r#"{"clock": {"secs": 3, "nanos": 0}}"#,
            r#"{"setting": {"reports": []}}"#,
            r#"{"setting": {"reports": "at_night"}}"#,
            r#"{"setting": {"reports": ["at_night"]}}"#,
            r#"{"setting": {"reports": [{"value": "at_night"}]}}"#,
            r#"{"setting": {"reports": [{"source": "runner"}]}}"#,
            r#"{"setting": {"reports": [{"value": "at_night", "source": " "}]}}"#,
            r#"{"setting": {"reports": [{"value": "at_night", "source": 3}]}}"#,
            r#"{"setting": {"reports": [{"value": null, "source": "runner"}]}}"#,
            r#"{"setting": {"reports": [{"value": "at_nigth", "source": "runner"}]}}"#,
            r#"{"setting": {"reports": [{"value": "at_night", "sorce": "runner"}]}}"#,
            r#"{"setting": {"reports": [{"value": {"reports": []}, "source": "runner"}]}}"#,
            r#"{"setting": {"reports": [{"value": {"declined": true}, "source": "runner"}]}}"#,
        ],
    );
    let deep_list = format!("{{\"a\": {}", "[".repeat(100_000));
    let deep_object = "{\"a\":".repeat(100_000);
    let just_too_deep = format!("{{\"a\": {}1{}}}", "[".repeat(64), "]".repeat(64));
    section(
        "JSON",
        &|text| from_json(text).map(drop),
        &[
            "",
            " \n",
            "\u{feff}{}",
            "[]",
            "true",
            "\"in_session\"",
            "{",
            r#"{"in_session": tru"#,
            r#"{"in_session": "tr"#,
            r#"{"in_session": nul}"#,
            "{\n  \"in_session\": true,\n  \"in_session\": false\n}",
            r#"{"clock": {"from": "1d", "from": "2d"}}"#,
            r#"{"a": [1, {"b": {"ü": 1, "ü": 2}}]}"#,
            r#"{"in_session": true,}"#,
            r#"{"in_session": true} {}"#,
            r#"{in_session: true}"#,
            r#"{'in_session': true}"#,
            r#"{"ä": yes}"#,
            r#"{"temperature": NaN}"#,
            r#"{"temperature": -Infinity}"#,
            r#"{"temperature": 1e400}"#,
            r#"{"count": 9223372036854775808}"#,
            r#"{"count": -9223372036854775809}"#,
            r#"{"count": 99999999999999999999999}"#,
            r#"{"count": 1e30}"#,
            r#"{"count": 01}"#,
            "{\"a\": \"b\nc\"}",
            &deep_list,
            &deep_object,
            &just_too_deep,
        ],
    );
    section(
        "RON",
        &|text| from_ron(text).map(drop),
        &[
            "",
            "// nothing",
            "[]",
            "()",
            "{",
            "(in_session: true",
            r#"{"in_session": true, "in_session": false}"#,
            "(in_session: true, in_session: false)",
            "(in_session: Some(true))",
            "(in_session: Yes)",
            "(setting: at_night)",
            r#"(clothing: Only("thick"))"#,
            r#"(clock: Vague("few_minutes"))"#,
            r#"Case(in_session: true)"#,
            "(temperature: NaN)",
            "(temperature: -inf)",
            "(temperature: 1e400)",
            "(count: 9223372036854775808)",
            "(count: 99999999999999999999999)",
            "(count: b'x')",
            "(count: b\"x\")",
            "(in_session: ())",
            "{1: true}",
            "{in_session: true}",
            "(in_session = true)",
            "(in_session: true) x",
            "(setting: \"at_night",
            "}",
            "{\"a\": [1, \"b\": 2}",
            &format!("{}1", "/*".repeat(100_000)),
            &format!("(a: {}", "[".repeat(100_000)),
            &format!("{}1", "(a:".repeat(100_000)),
            &format!("(a: {}", "Some(".repeat(100_000)),
            &format!("(a: {}1{})", "[".repeat(64), "]".repeat(64)),
        ],
    );
    section(
        "TOML",
        &|text| from_toml(text).map(drop),
        &[
            "",
            "in_session",
            "in_session =",
            "in_session = yes",
            "clothing = [\"thick\"",
            "in_session = true\nin_session = false",
            "[clock]\nfrom = \"1d\"\n[clock]\nto = \"2d\"",
            "clock = 2026-11-23",
            "clock = 07:32:00",
            "[clock]\nfrom = 2026-11-23T07:32:00Z",
            "temperature = nan",
            "temperature = -inf",
            "count = 9223372036854775808",
            "setting = \"at_night",
            &format!("a = {}", "[".repeat(100_000)),
            &format!("{} = 1", vec!["a"; 100_000].join(".")),
            &format!("{}", "[a]\n".repeat(3)),
            &format!("a = {}1{}", "[".repeat(64), "]".repeat(64)),
        ],
    );
    insta::with_settings!({prepend_module_to_snapshot => false, omit_expression => true}, { insta::assert_snapshot!("messages", page) });
}

#[test]
fn bytes_that_are_not_utf8_are_named() {
    let error = from_json_bytes(b"{\"a\": \"\xff\"}").err().map(|error| error.to_string());
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
    let json = from_json(r#"{"in_session": true, "clothing": ["thick"], "temperature": 40.5, "count": 3, "clock": {"from": "1d", "to": "3d"}}"#)?;
    let ron_map = from_ron(r#"{"in_session": true, "clothing": ["thick"], "temperature": 40.5, "count": 3, "clock": {"from": "1d", "to": "3d"}}"#)?;
    let ron_struct = from_ron("#![enable(implicit_some)]\n(in_session: true, clothing: [r#\"thick\"#], temperature: 40.5, count: 3, clock: (from: \"1d\", to: \"3d\"),) // Only(this)")?;
    let toml = from_toml("in_session = true\nclothing = [\"thick\"]\ntemperature = 40.5\ncount = 3\nclock.from = \"1d\"\nclock.to = \"3d\"")?;
    assert_eq!(json, ron_map);
    assert_eq!(json, ron_struct);
    let by_name = |mut input: CaseInput| {
        input.entries.sort_by(|(one, _), (other, _)| one.cmp(other));
        input.entries
    };
    assert_eq!(by_name(json), by_name(toml));
    assert_eq!(from_ron("(in_session: None)")?, from_json(r#"{"in_session": null}"#)?);
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
    let runner = Runner { in_session: Some(true), setting: Setting::AtNight, temperature: Celsius(38.1), clothing: vec!["thick"], clock: None, count: 3 };
    let input = to_input(&runner)?;
    let same = from_json(r#"{"in_session": true, "setting": "at_night", "temperature": 38.1, "clothing": ["thick"], "clock": null, "count": 3}"#)?;
    assert_eq!(input, same);
    assert_eq!(to_input(&input)?, input);
    assert_eq!(from_json(&serde_json::to_string(&input).unwrap_or_default())?, input);
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
    struct Deep(Option<Box<BTreeMap<String, Deep>>>);
    let mut deep = Deep(None);
    for _ in 0..65 {
        deep = Deep(Some(Box::new(BTreeMap::from([("a".to_owned(), deep)]))));
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
    let error = stated(r#"{"setting": {"reports": [{"value": "at_rest", "source": "runner"}, {"value": "at_nigth", "source": "log"}]}}"#);
    let error = error.err();
    assert_eq!(error.as_ref().and_then(Error::place), Some("setting.reports[1].value"));
    assert_eq!(error.as_ref().and_then(Error::nearest), Some("at_night"));
}

#[test]
fn a_case_built_by_hand_states_each_fact_once() {
    let input = CaseInput { entries: vec![("in_session".to_owned(), CaseValue::Bool(true)), ("in_session".to_owned(), CaseValue::Bool(false))] };
    assert_eq!(read_case(&base(), &input).err().map(|error| error.code()), Some("C0007"));
    let input = CaseInput { entries: vec![("weight".to_owned(), CaseValue::Number(f64::NAN))] };
    assert_eq!(read_case(&base(), &input).err().map(|error| error.code()), Some("C0008"));
}

mod random {
    use proptest::prelude::*;

    use super::*;
    use crate::text::duration;

    fn value() -> impl Strategy<Value = CaseValue> {
        let leaf = prop_oneof![
            Just(CaseValue::Null),
            any::<bool>().prop_map(CaseValue::Bool),
            any::<i64>().prop_map(CaseValue::Integer),
            any::<f64>().prop_filter("finite", |number| number.is_finite() && number.fract() != 0.0).prop_map(CaseValue::Number),
            prop_oneof!["at_night", "thick", "mild", "never", "3d", "40 °C", "-1h", ".*"].prop_map(CaseValue::Text),
        ];
        leaf.prop_recursive(5, 40, 6, |inner| {
            let name = prop_oneof!["from", "to", "includes", "excludes", "reports", "declined", "value", "source", ".{0,3}"];
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(CaseValue::List),
                prop::collection::btree_map(name, inner, 0..4).prop_map(|entries| CaseValue::Object(entries.into_iter().collect())),
            ]
        })
    }

    fn input() -> impl Strategy<Value = CaseInput> {
        let name = prop_oneof!["clock", "clothing", "count", "force", "in_session", "rest", "setting", "temperature", "weight", "hot", ".{0,5}"];
        prop::collection::btree_map(name, value(), 0..5).prop_map(|entries| CaseInput { entries: entries.into_iter().collect() })
    }

    proptest! {
        #[test]
        fn durations_come_back(microseconds in 0..i64::MAX) {
            let json = format!(r#"{{"clock": "{}"}}"#, duration::iso(microseconds));
            prop_assert_eq!(stated(&json).ok(), Some(FactValue::Duration(microseconds)));
        }

        #[test]
        fn an_input_comes_back_from_every_format(input in input()) {
            let json = serde_json::to_string(&input).unwrap_or_default();
            prop_assert_eq!(from_json(&json).ok(), Some(input.clone()));
            let ron = ron::to_string(&input).unwrap_or_default();
            prop_assert_eq!(from_ron(&ron).ok(), Some(input.clone()));
            prop_assert_eq!(to_input(&input).ok(), Some(input.clone()));
        }

        #[test]
        fn any_input_is_read_or_refused_in_one_line(input in input()) {
            if let Err(error) = read_case(&base(), &input) {
                let message = error.to_string();
                prop_assert!(!message.contains('\n'));
                prop_assert!(!error.to_json().contains('\n'));
            }
        }

        #[test]
        fn any_text_is_read_or_refused(text in ".{0,60}") {
            for read in [from_json, from_ron, from_toml] {
                if let Err(error) = read(&text) {
                    prop_assert!(!error.to_string().contains('\n'), "{}", error);
                }
            }
        }

        #[test]
        fn text_like_a_case_is_read_or_refused(text in r#"[{}\[\]():,"'/*#!rb=a01.eE+\- \n\\]{0,40}"#) {
            for read in [from_json, from_ron, from_toml] {
                if let Err(error) = read(&text) {
                    prop_assert!(!error.to_string().contains('\n'), "{}", error);
                }
            }
        }

        #[test]
        fn a_case_cut_short_is_refused(input in input(), cut in 0.0..1.0) {
            let json = serde_json::to_string(&input).unwrap_or_default();
            let mut end = (json.len() as f64 * cut) as usize;
            while !json.is_char_boundary(end) {
                end -= 1;
            }
            let error = from_json(json.get(..end).unwrap_or_default()).err();
            prop_assert_eq!(error.map(|error| error.code()), Some("C0002"));
        }
    }
}
