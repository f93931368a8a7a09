//! A struct field by field, beside the same struct by way of a tree of values.

use proptest::prelude::*;
use serde::ser::{Error as _, SerializeMap, SerializeStruct, Serializer};

use super::super::Case;
use super::*;
use crate::knowledge_base::KnowledgeBase;

const NAMES: [&str; 11] = [
    "clock",
    "clothing",
    "count",
    "force",
    "in_session",
    "rest",
    "setting",
    "temperature",
    "weight",
    // No facts.
    "hot",
    "nothing",
];
const VARIANTS: [&str; 7] = [
    "at_night",
    "at_rest",
    "during_exercise",
    "mild",
    "never",
    "24h",
    "thick",
];

/// A value in any of the forms that serde has.
#[derive(Clone, Debug)]
enum Form {
    Bool(bool),
    Small(i8),
    Whole(i64),
    Large(u64),
    Huge(i128),
    Number(f64),
    Short(f32),
    Text(&'static str),
    Letter(char),
    Bytes,
    None,
    Some(Box<Form>),
    Unit,
    UnitStruct,
    /// Of any number, as it is of an enum whose variants are spelt in their own way.
    Variant(u32, &'static str),
    Newtype(Box<Form>),
    NewtypeVariant(Box<Form>),
    List(Vec<Form>),
    Range(Box<Form>, Box<Form>),
    Refused,
}

impl Serialize for Form {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Form::Bool(value) => serializer.serialize_bool(*value),
            Form::Small(value) => serializer.serialize_i8(*value),
            Form::Whole(value) => serializer.serialize_i64(*value),
            Form::Large(value) => serializer.serialize_u64(*value),
            Form::Huge(value) => serializer.serialize_i128(*value),
            Form::Number(value) => serializer.serialize_f64(*value),
            Form::Short(value) => serializer.serialize_f32(*value),
            Form::Text(value) => serializer.serialize_str(value),
            Form::Letter(value) => serializer.serialize_char(*value),
            Form::Bytes => serializer.serialize_bytes(b"bytes"),
            Form::None => serializer.serialize_none(),
            Form::Some(value) => serializer.serialize_some(value),
            Form::Unit => serializer.serialize_unit(),
            Form::UnitStruct => serializer.serialize_unit_struct("Nothing"),
            Form::Variant(number, name) => serializer.serialize_unit_variant("Choice", *number, name),
            Form::Newtype(value) => serializer.serialize_newtype_struct("Wrapped", value),
            Form::NewtypeVariant(value) => serializer.serialize_newtype_variant("Choice", 0, "from", value),
            Form::List(values) => serializer.collect_seq(values),
            Form::Range(from, to) => {
                let mut map = serializer.serialize_map(None)?;
                map.serialize_entry("from", from)?;
                map.serialize_entry("to", to)?;
                map.end()
            }
            Form::Refused => Err(S::Error::custom("not today")),
        }
    }
}

/// A struct with these fields; those without a value are skipped.
#[derive(Clone, Debug)]
struct Record(Vec<(&'static str, Option<Form>)>);

impl Serialize for Record {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Record", self.0.len())?;
        for (name, value) in &self.0 {
            match value {
                Some(value) => fields.serialize_field(name, value)?,
                None => fields.skip_field(name)?,
            }
        }
        fields.end()
    }
}

fn form() -> impl Strategy<Value = Form> {
    let text = || prop::sample::select(&VARIANTS[..]);
    let leaf = prop_oneof![
        4 => any::<bool>().prop_map(Form::Bool),
        2 => (-1i8..12).prop_map(Form::Small),
        2 => prop_oneof![0..50i64, any::<i64>()].prop_map(Form::Whole),
        1 => prop_oneof![0..50u64, any::<u64>()].prop_map(Form::Large),
        1 => (0..50i128).prop_map(Form::Huge),
        4 => prop_oneof![29.0..46.0, any::<f64>(), Just(f64::NAN), Just(-0.0), Just(3.0)].prop_map(Form::Number),
        1 => prop_oneof![29.0..46.0f32, Just(f32::INFINITY)].prop_map(Form::Short),
        3 => text().prop_map(Form::Text),
        1 => any::<char>().prop_map(Form::Letter),
        1 => Just(Form::Bytes),
        4 => Just(Form::None),
        1 => Just(Form::Unit),
        1 => Just(Form::UnitStruct),
        6 => (0..4u32, text()).prop_map(|(number, name)| Form::Variant(number, name)),
        1 => (any::<u32>(), text()).prop_map(|(number, name)| Form::Variant(number, name)),
        1 => Just(Form::Refused),
    ];
    leaf.prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            4 => inner.clone().prop_map(|value| Form::Some(Box::new(value))),
            1 => inner.clone().prop_map(|value| Form::Newtype(Box::new(value))),
            1 => inner.clone().prop_map(|value| Form::NewtypeVariant(Box::new(value))),
            1 => prop::collection::vec(inner.clone(), 0..3).prop_map(Form::List),
            1 => (inner.clone(), inner).prop_map(|(from, to)| Form::Range(Box::new(from), Box::new(to))),
        ]
    })
}

/// What suits the fact of this name, mostly.
fn suitable(name: &'static str) -> BoxedStrategy<Form> {
    let usual = match name {
        "in_session" => any::<bool>().prop_map(Form::Bool).boxed(),
        "count" => (0..=10i64).prop_map(Form::Whole).boxed(),
        "temperature" | "weight" => (30.0..=45.0).prop_map(Form::Number).boxed(),
        "setting" => prop::sample::select(vec![(0, "at_night"), (1, "at_rest"), (2, "during_exercise")])
            .prop_map(|(number, name)| Form::Variant(number, name))
            .boxed(),
        "force" => Just(Form::Variant(1, "mild")).boxed(),
        "clothing" => Just(Form::List(vec![Form::Text("thick")])).boxed(),
        _ => Just(Form::Text("24h")).boxed(),
    };
    let some = usual.clone().prop_map(|value| Form::Some(Box::new(value)));
    prop_oneof![6 => usual, 2 => some, 1 => Just(Form::None), 1 => form()].boxed()
}

fn record() -> impl Strategy<Value = Record> {
    let field = prop::sample::select(&NAMES[..])
        .prop_flat_map(|name| (Just(name), prop::option::weighted(0.9, suitable(name))));
    let any_fields = prop::collection::vec(field, 0..6);
    let each_once = prop::sample::subsequence(&NAMES[..9], 0..=9).prop_flat_map(|names| {
        names
            .into_iter()
            .map(|name| (Just(name), prop::option::weighted(0.9, suitable(name))))
            .collect::<Vec<_>>()
    });
    prop_oneof![1 => any_fields, 3 => each_once].prop_map(Record)
}

/// The case by way of a tree of values.
fn by_way_of_a_tree(kb: &KnowledgeBase, record: &Record) -> Result<Case, Error> {
    kb.case_from_input(&to_input(record)?)
}

pub(super) fn same(kb: &KnowledgeBase, filled: &Case, expected: &Case) -> Result<(), TestCaseError> {
    prop_assert_eq!(filled.known(), expected.known());
    prop_assert_eq!(filled.codes(), expected.codes());
    prop_assert_eq!(filled.possible(), expected.possible());
    prop_assert_eq!(filled.has_several(), expected.has_several());
    prop_assert_eq!(filled.base_number(), kb.case().base_number());
    Ok(())
}

proptest! {
    /// One case filled again and again from structs of different types, right and wrong.
    #[test]
    fn a_struct_field_by_field_is_the_struct_as_a_whole(records in prop::collection::vec(record(), 1..6)) {
        let kb = schema::kb().map_err(TestCaseError::fail)?;
        let mut case = kb.case();
        // Each twice: what was learned of its fields is used the second time.
        for record in records.iter().flat_map(|record| [record, record]) {
            match (case.fill(record).map(|_| ()), by_way_of_a_tree(&kb, record)) {
                (Ok(()), Ok(expected)) => same(&kb, &case, &expected)?,
                (Err(error), Err(expected)) => {
                    prop_assert_eq!(error.to_json(), expected.to_json());
                    same(&kb, &case, &kb.case())?;
                }
                (filled, expected) => prop_assert!(false, "{record:?}: {filled:?} but {expected:?}"),
            }
        }
    }
}

/// What was learned of the fields of one struct is not held against another.
#[test]
fn other_fields_are_learned_anew() -> Result<(), Box<dyn std::error::Error>> {
    let kb = schema::kb()?;
    let record = Record(vec![
        ("count", Some(Form::Whole(3))),
        ("weight", Some(Form::Small(70))),
    ]);
    let mut case = kb.case();
    case.fill(&record)?;
    assert_eq!(case.to_json(), r#"{"count":3,"weight":70.0}"#);
    case.fill(&Record(vec![("weight", Some(Form::Whole(71)))]))?;
    assert_eq!(case.to_json(), r#"{"weight":71.0}"#);
    let twice = Record(vec![
        ("count", Some(Form::Whole(3))),
        ("count", Some(Form::Whole(4))),
    ]);
    assert!(case.fill(&twice).is_err());
    assert_eq!(case.to_json(), "{}");
    Ok(())
}
