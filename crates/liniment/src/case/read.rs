//! A case as it was written: a small value tree, before any fact is looked up.
//!
//! One visitor reads it from every format. Where serde's formats would let something pass (a name
//! given twice, NaN, a variant's name), it is refused here.

use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::error::{Kind, quoted};
use crate::text::number;

/// How deep objects and lists may nest, the case itself included.
pub(crate) const DEPTH: usize = 64;

/// From here on names of one object are looked up in a set rather than one by one.
const MANY: usize = 24;

/// The name under which toml hands over dates and times.
pub(crate) const TOML_DATETIME: &str = "$__toml_private_datetime";
/// The name of the struct as which toml serializes them.
pub(crate) const TOML_DATETIME_STRUCT: &str = "$__toml_private_Datetime";

/// A case as it was written: names and values, in order, each name once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CaseInput {
    /// The entries.
    pub entries: Vec<(String, CaseValue)>,
}

/// A value as it was written.
#[derive(Clone, Debug, PartialEq)]
pub enum CaseValue {
    /// `null`, or nothing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction or beyond the whole numbers' range.
    Number(f64),
    /// A string.
    Text(String),
    /// A list.
    List(Vec<CaseValue>),
    /// An object; each name once.
    Object(Vec<(String, CaseValue)>),
}

impl CaseValue {
    /// What it is and how it was written, for messages: "the text `yes`".
    pub(crate) fn described(&self) -> String {
        let shown = self.shown();
        match self {
            CaseValue::Null | CaseValue::Bool(_) => quoted(&shown),
            CaseValue::Integer(_) | CaseValue::Number(_) => {
                format!("the number {}", quoted(&shown))
            }
            CaseValue::Text(_) => format!("the text {}", quoted(&shown)),
            CaseValue::List(_) => format!("the list {}", quoted(&shown)),
            CaseValue::Object(_) => format!("the object {}", quoted(&shown)),
        }
    }

    /// How it was written, as JSON (a text without its quotes); cut off where a message would cut it.
    pub(crate) fn shown(&self) -> String {
        if let CaseValue::Text(text) = self {
            return text.clone();
        }
        let mut out = String::new();
        self.show(&mut out);
        out
    }

    fn show(&self, out: &mut String) {
        // Messages show 60 characters: a little more than that is enough to see that there is more.
        const ENOUGH: usize = 320;
        if out.len() > ENOUGH {
            return;
        }
        match self {
            CaseValue::Null => out.push_str("null"),
            CaseValue::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            CaseValue::Integer(value) => out.push_str(&value.to_string()),
            CaseValue::Number(value) => out.push_str(&number::decorated(*value)),
            CaseValue::Text(text) => {
                out.push('"');
                out.extend(text.chars().take(ENOUGH));
                out.push('"');
            }
            CaseValue::List(values) => {
                out.push('[');
                for (index, value) in values.iter().enumerate().take(ENOUGH) {
                    if index > 0 {
                        out.push(',');
                    }
                    value.show(out);
                }
                out.push(']');
            }
            CaseValue::Object(entries) => {
                out.push('{');
                for (index, (name, value)) in entries.iter().enumerate().take(ENOUGH) {
                    if index > 0 {
                        out.push(',');
                    }
                    out.push('"');
                    out.extend(name.chars().take(ENOUGH));
                    out.push_str("\":");
                    value.show(out);
                }
                out.push('}');
            }
        }
    }
}

/// What the visitor notes besides the value: why it refused, and where.
#[derive(Default)]
pub(crate) struct Notes {
    problem: RefCell<Option<Problem>>,
    /// A number was met that may be a whole number too large for 64 bits.
    large: Cell<bool>,
    /// In RON `()` and a bare name both arrive as a unit; neither is a value of a case.
    unit_refused: bool,
}

/// Why a value was refused.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    pub(crate) kind: Kind,
    pub(crate) found: Option<String>,
    /// From the inside out.
    path: Vec<String>,
}

impl Problem {
    /// The path to it: `time_since_release.from`; empty for the case itself.
    pub(crate) fn path(&self) -> String {
        let mut path = String::new();
        for step in self.path.iter().rev() {
            push_step(&mut path, step);
        }
        path
    }
}

/// Adds a name or `[index]` to a path.
pub(crate) fn push_step(path: &mut String, step: &str) {
    if !path.is_empty() && !step.starts_with('[') {
        path.push('.');
    }
    path.push_str(step);
}

impl Notes {
    #[cfg(feature = "tools")]
    pub(crate) fn refusing_unit() -> Self {
        Self {
            unit_refused: true,
            ..Self::default()
        }
    }

    pub(crate) fn take_problem(&self) -> Option<Problem> {
        self.problem.borrow_mut().take()
    }

    pub(crate) fn met_large(&self) -> bool {
        self.large.get()
    }

    /// Notes why, and gives the error that stops the format's reader.
    fn refuse<E: serde::de::Error>(&self, kind: Kind, found: Option<String>) -> E {
        let error = E::custom(&kind);
        let mut problem = self.problem.borrow_mut();
        if problem.is_none() {
            *problem = Some(Problem {
                kind,
                found,
                path: Vec::new(),
            });
        }
        error
    }

    /// A step outwards, while an error is on its way.
    fn within<E>(&self, error: E, step: impl FnOnce() -> String) -> E {
        if let Some(problem) = self.problem.borrow_mut().as_mut() {
            problem.path.push(step());
        }
        error
    }
}

/// Reads one value; `depth` counts the objects and lists around it.
#[derive(Clone, Copy)]
pub(crate) struct ValueSeed<'n> {
    notes: &'n Notes,
    depth: usize,
}

impl<'n> ValueSeed<'n> {
    pub(crate) fn new(notes: &'n Notes) -> Self {
        Self { notes, depth: 0 }
    }

    fn inner<E: serde::de::Error>(self) -> Result<Self, E> {
        if self.depth >= DEPTH {
            return Err(self.notes.refuse(Kind::TooDeep(DEPTH), None));
        }
        Ok(Self {
            depth: self.depth + 1,
            ..self
        })
    }
}

impl<'de> DeserializeSeed<'de> for ValueSeed<'_> {
    type Value = CaseValue;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<CaseValue, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ValueSeed<'_> {
    type Value = CaseValue;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value of a case")
    }

    fn visit_bool<E>(self, value: bool) -> Result<CaseValue, E> {
        Ok(CaseValue::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<CaseValue, E> {
        Ok(CaseValue::Integer(value))
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<CaseValue, E> {
        i64::try_from(value)
            .map(CaseValue::Integer)
            .map_err(|_| self.too_large(&value.to_string()))
    }

    fn visit_i128<E: serde::de::Error>(self, value: i128) -> Result<CaseValue, E> {
        i64::try_from(value)
            .map(CaseValue::Integer)
            .map_err(|_| self.too_large(&value.to_string()))
    }

    fn visit_u128<E: serde::de::Error>(self, value: u128) -> Result<CaseValue, E> {
        i64::try_from(value)
            .map(CaseValue::Integer)
            .map_err(|_| self.too_large(&value.to_string()))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<CaseValue, E> {
        if !value.is_finite() {
            let found = number::plain(value);
            return Err(self.notes.refuse(Kind::NotFinite(quoted(&found)), Some(found)));
        }
        if value.abs() >= WHOLE_END {
            self.notes.large.set(true);
        }
        Ok(CaseValue::Number(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<CaseValue, E> {
        Ok(CaseValue::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<CaseValue, E> {
        Ok(CaseValue::Text(value))
    }

    fn visit_bytes<E: serde::de::Error>(self, _: &[u8]) -> Result<CaseValue, E> {
        Err(self.no_value("a string of bytes", "write text"))
    }

    fn visit_none<E>(self) -> Result<CaseValue, E> {
        Ok(CaseValue::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, _: D) -> Result<CaseValue, D::Error> {
        Err(self.no_value("`Some(…)`", "write the value alone"))
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<CaseValue, E> {
        if self.notes.unit_refused {
            return Err(self.no_value(
                "a bare name or `()`",
                "write text in quotes, `true` or `false`, or `None` when it is unknown",
            ));
        }
        Ok(CaseValue::Null)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, _: D) -> Result<CaseValue, D::Error> {
        Err(self.no_value("a named value such as `Name(…)`", "write the value alone"))
    }

    fn visit_enum<A: serde::de::EnumAccess<'de>>(self, _: A) -> Result<CaseValue, A::Error> {
        Err(self.no_value(
            "a bare name or `Name(…)`",
            "write text in quotes, or the value alone",
        ))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<CaseValue, A::Error> {
        let seed = self.inner()?;
        let mut values = Vec::new();
        loop {
            match list.next_element_seed(seed) {
                Ok(Some(value)) => values.push(value),
                Ok(None) => return Ok(CaseValue::List(values)),
                Err(error) => {
                    return Err(self.notes.within(error, || format!("[{}]", values.len())));
                }
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<CaseValue, A::Error> {
        let seed = self.inner()?;
        let mut entries: Vec<(String, CaseValue)> = Vec::new();
        let mut names = Names::default();
        while let Some(name) = map.next_key_seed(NameSeed)? {
            if name == TOML_DATETIME {
                return Err(self.no_value(
                    "a date or time",
                    "write how long ago it was, a duration such as \"24h\"",
                ));
            }
            if names.met(&entries, &name) {
                return Err(self.notes.refuse(Kind::Twice(quoted(&name)), Some(name)));
            }
            match map.next_value_seed(seed) {
                Ok(value) => entries.push((name, value)),
                Err(error) => return Err(self.notes.within(error, || name)),
            }
        }
        Ok(CaseValue::Object(entries))
    }
}

/// The names of one object so far; kept apart only once there are many.
#[derive(Default)]
pub(crate) struct Names(HashSet<String>);

impl Names {
    /// Whether one of the entries has this name already. Each name is asked for once, before its entry
    /// is added.
    pub(crate) fn met(&mut self, entries: &[(String, CaseValue)], name: &str) -> bool {
        if entries.len() < MANY {
            return entries.iter().any(|(earlier, _)| earlier == name);
        }
        if self.0.is_empty() {
            self.0.extend(entries.iter().map(|(earlier, _)| earlier.clone()));
        }
        !self.0.insert(name.to_owned())
    }
}

/// 2^63, the first number that no whole number of 64 bits reaches.
pub(crate) const WHOLE_END: f64 = 9_223_372_036_854_775_808.0;

impl ValueSeed<'_> {
    fn no_value<E: serde::de::Error>(self, what: &str, instead: &'static str) -> E {
        self.notes.refuse(
            Kind::NoValue {
                what: what.to_owned(),
                instead,
            },
            None,
        )
    }

    fn too_large<E: serde::de::Error>(self, found: &str) -> E {
        self.notes
            .refuse(Kind::WholeTooLarge(quoted(found)), Some(found.to_owned()))
    }
}

/// Reads the name of an entry: text, and nothing else.
struct NameSeed;

impl<'de> DeserializeSeed<'de> for NameSeed {
    type Value = String;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for NameSeed {
    type Value = String;
    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a name")
    }
    fn visit_str<E>(self, name: &str) -> Result<String, E> {
        Ok(name.to_owned())
    }
    fn visit_string<E>(self, name: String) -> Result<String, E> {
        Ok(name)
    }
}

/// Reads a value as an object of facts.
pub(crate) fn into_case(value: CaseValue) -> Result<CaseInput, Kind> {
    match value {
        CaseValue::Object(entries) => Ok(CaseInput { entries }),
        other => Err(Kind::NotAnObject(other.described())),
    }
}

impl<'de> Deserialize<'de> for CaseValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        ValueSeed::new(&Notes::default()).deserialize(deserializer)
    }
}

impl<'de> Deserialize<'de> for CaseInput {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        into_case(CaseValue::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

impl Serialize for CaseValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            CaseValue::Null => serializer.serialize_none(),
            CaseValue::Bool(value) => serializer.serialize_bool(*value),
            CaseValue::Integer(value) => serializer.serialize_i64(*value),
            CaseValue::Number(value) => serializer.serialize_f64(*value),
            CaseValue::Text(text) => serializer.serialize_str(text),
            CaseValue::List(values) => serializer.collect_seq(values),
            CaseValue::Object(entries) => serialize_entries(entries, serializer),
        }
    }
}

impl Serialize for CaseInput {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_entries(&self.entries, serializer)
    }
}

fn serialize_entries<S: Serializer>(
    entries: &[(String, CaseValue)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(entries.len()))?;
    for (name, value) in entries {
        map.serialize_entry(name, value)?;
    }
    map.end()
}
