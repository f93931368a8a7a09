//! Cases at random.

use proptest::prelude::*;

use super::*;
use crate::text::duration;

fn value() -> impl Strategy<Value = CaseValue> {
    let leaf = prop_oneof![
        Just(CaseValue::Null),
        any::<bool>().prop_map(CaseValue::Bool),
        any::<i64>().prop_map(CaseValue::Integer),
        any::<f64>()
            .prop_filter("finite", |number| number.is_finite() && number.fract() != 0.0)
            .prop_map(CaseValue::Number),
        prop_oneof!["at_night", "thick", "mild", "never", "3d", "40 °C", "-1h", ".*"]
            .prop_map(CaseValue::Text),
    ];
    leaf.prop_recursive(5, 40, 6, |inner| {
        let name = prop_oneof![
            "from", "to", "includes", "excludes", "reports", "declined", "value", "source", ".{0,3}"
        ];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(CaseValue::List),
            prop::collection::btree_map(name, inner, 0..4)
                .prop_map(|entries| CaseValue::Object(entries.into_iter().collect())),
        ]
    })
}

pub(super) fn input() -> impl Strategy<Value = CaseInput> {
    let name = prop_oneof![
        "clock",
        "clothing",
        "count",
        "force",
        "in_session",
        "rest",
        "setting",
        "temperature",
        "weight",
        "hot",
        ".{0,5}"
    ];
    prop::collection::btree_map(name, value(), 0..5).prop_map(|entries| CaseInput {
        entries: entries.into_iter().collect(),
    })
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
