//! Reports that come one by one leave what they leave together.

use proptest::prelude::*;
use serde_json::json;

use super::{fill, schema};

/// What may be said of a fact of each kind.
const SAID: [(&str, &[&str]); 7] = [
    (
        "clock",
        &[
            r#""0s""#,
            r#""1h""#,
            r#"{"from": "1h", "to": "2d"}"#,
            r#""never""#,
        ],
    ),
    (
        "clothing",
        &[
            r#"["thick"]"#,
            "[]",
            r#"{"includes": ["compression"]}"#,
            r#"{"excludes": ["thick"]}"#,
        ],
    ),
    ("count", &["0", "3", r#"{"from": 2, "to": 5}"#, r#"{"from": 9}"#]),
    ("force", &[r#""strong""#, r#""mild""#]),
    ("in_session", &["true", "false"]),
    ("setting", &[r#""at_night""#, r#""during_exercise""#]),
    ("weight", &["70.5", "45", r#"{"to": 80}"#]),
];

proptest! {
    #[test]
    fn reports_one_by_one_are_reports_at_once(
        fact in prop::sample::select(&SAID[..]),
        chosen in prop::collection::vec(any::<prop::sample::Index>(), 1..8),
        stated_before in any::<bool>(),
    ) {
        let kb = schema::kb().map_err(TestCaseError::fail)?;
        let (id, values) = fact;
        let mut case = kb.case();
        let mut reports = Vec::new();
        let read = |text: &str| serde_json::from_str::<serde_json::Value>(text);
        for (place, index) in chosen.iter().enumerate() {
            let value = read(index.get::<&str>(values)).map_err(|error| TestCaseError::fail(error.to_string()))?;
            let written = crate::case::serialize::to_input(&json!({ id: value.clone() }))?;
            let Some((_, value_of_case)) = written.entries.into_iter().next() else {
                return Err(TestCaseError::fail("nothing was written"));
            };
            if place == 0 && stated_before {
                case.set(id, value_of_case.clone())?;
            }
            let source = format!("source {place}");
            case.report(id, value_of_case, source.as_str())?;
            reports.push(json!({"value": value, "source": source}));
        }
        let expected = kb.case_from_json(&json!({ id: { "reports": reports } }).to_string())?;
        fill::same(&kb, &case, &expected)?;
    }
}

/// Each takes as long as the first, and nothing of those before it is written again.
#[test]
fn a_hundred_thousand_reports_are_taken() -> Result<(), Box<dyn std::error::Error>> {
    let kb = schema::kb()?;
    let mut case = kb.case();
    for number in 0..100_000_i64 {
        case.report("count", number % 11, format!("source {number}"))?;
    }
    assert_eq!(case.to_json().matches("source ").count(), 100_000);
    Ok(())
}
