//! Every message about a wrong case, in one page.

use super::{base, from_json, from_ron, from_toml, read_case};
use crate::error::Error;

/// Everything that can be wrong, with the whole answer to it.
#[test]
fn messages() {
    let mut page = String::new();
    let mut section = |title: &str, read: &dyn Fn(&str) -> Result<(), Error>, texts: &[&str]| {
        page.push_str(&format!("## {title}\n\n"));
        for text in texts {
            let shown = if text.chars().count() > 110 {
                format!(
                    "{}… ({} bytes)",
                    text.chars().take(40).collect::<String>(),
                    text.len()
                )
            } else {
                text.escape_debug().to_string()
            };
            match read(text) {
                Ok(()) => page.push_str(&format!("{shown}\n  accepted\n")),
                Err(error) => {
                    page.push_str(&format!("{shown}\n  {} {error}\n", error.code()));
                    let parts = [
                        ("place", error.place()),
                        ("found", error.found()),
                        ("nearest", error.nearest()),
                    ];
                    let parts: Vec<String> = parts
                        .into_iter()
                        .filter_map(|(name, part)| part.map(|part| format!("{name} {part}")))
                        .collect();
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
            &"[a]\n".repeat(3),
            &format!("a = {}1{}", "[".repeat(64), "]".repeat(64)),
        ],
    );
    insta::with_settings!({prepend_module_to_snapshot => false, omit_expression => true}, { insta::assert_snapshot!("messages", page) });
}
