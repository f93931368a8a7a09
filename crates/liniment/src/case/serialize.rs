//! A case from any serializable struct or map.
//!
//! A serializer of our own, because a detour over JSON would turn NaN into `null` and a whole number
//! beyond 64 bits into a float.

use std::fmt;

use serde::ser::{
    Error as _, Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant,
    SerializeTuple, SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

use super::read::{CaseInput, CaseValue, DEPTH, Names, TOML_DATETIME_STRUCT, into_case, push_step};
use crate::error::{Error, Kind, quoted, shortened};

const WRITE_DURATION: &str = "write it as text, such as \"24h\"";

/// A case from a struct whose fields are facts, or from a map with facts as its keys.
///
/// `None` is unknown; a variant without data is text; a newtype is what it holds.
pub(crate) fn to_input<T: Serialize + ?Sized>(value: &T) -> Result<CaseInput, Error> {
    let value = value
        .serialize(CaseSerializer { depth: 0 })
        .map_err(Refused::into_error)?;
    let found = value.shown();
    into_case(value).map_err(|kind| Error::new(kind).found_text(&found))
}

/// Why a value was refused, and where.
#[derive(Debug)]
pub(super) struct Refused {
    kind: Kind,
    found: Option<String>,
    /// From the inside out.
    path: Vec<String>,
}

impl Refused {
    fn new(kind: Kind) -> Self {
        Self {
            kind,
            found: None,
            path: Vec::new(),
        }
    }

    fn found(mut self, found: impl Into<String>) -> Self {
        self.found = Some(found.into());
        self
    }

    fn within(mut self, step: impl Into<String>) -> Self {
        self.path.push(step.into());
        self
    }

    fn no_value(what: &str, instead: &'static str) -> Self {
        Self::new(Kind::NoValue {
            what: what.to_owned(),
            instead,
        })
    }

    fn into_error(self) -> Error {
        let mut error = Error::new(self.kind);
        if !self.path.is_empty() {
            let mut path = String::new();
            for step in self.path.iter().rev() {
                push_step(&mut path, &shortened(step));
            }
            error = error.at(path);
        }
        match &self.found {
            Some(found) => error.found_text(found),
            None => error,
        }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(formatter)
    }
}

impl std::error::Error for Refused {}

impl serde::ser::Error for Refused {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(Kind::Serialize(shortened(&message.to_string())))
    }
}

/// Whether the fields of a struct of this name are facts; those that stand for a time are none.
pub(super) fn means_fields(name: &str, fields: usize) -> bool {
    !(name == "Duration" && fields == 2 || name == TOML_DATETIME_STRUCT)
}

/// `depth` counts the objects and lists around the value.
#[derive(Clone, Copy)]
pub(super) struct CaseSerializer {
    depth: usize,
}

impl CaseSerializer {
    /// Of the value of one fact: the case is around it.
    pub(super) fn of_fact() -> Self {
        Self { depth: 1 }
    }

    fn inner(self) -> Result<Self, Refused> {
        if self.depth >= DEPTH {
            Err(Refused::new(Kind::TooDeep(DEPTH)))
        } else {
            Ok(Self {
                depth: self.depth + 1,
            })
        }
    }

    fn whole<N: fmt::Display + Copy + TryInto<i64>>(self, value: N) -> Result<CaseValue, Refused> {
        value.try_into().map(CaseValue::Integer).map_err(|_| {
            let found = value.to_string();
            Refused::new(Kind::WholeTooLarge(quoted(&found))).found(found)
        })
    }

    fn finite(self, value: f64) -> Result<CaseValue, Refused> {
        if value.is_finite() {
            return Ok(CaseValue::Number(value));
        }
        let found = value.to_string();
        Err(Refused::new(Kind::NotFinite(quoted(&found))).found(found))
    }

    fn list(self, variant: Option<&'static str>) -> Result<ListBuilder, Refused> {
        let around = if variant.is_some() { self.inner()? } else { self };
        Ok(ListBuilder {
            values: Vec::new(),
            inner: around.inner()?,
            variant,
        })
    }

    fn object(self, variant: Option<&'static str>) -> Result<ObjectBuilder, Refused> {
        let around = if variant.is_some() { self.inner()? } else { self };
        Ok(ObjectBuilder {
            entries: Vec::new(),
            names: Names::default(),
            inner: around.inner()?,
            name: None,
            variant,
            refuse: None,
        })
    }
}

impl Serializer for CaseSerializer {
    type Ok = CaseValue;
    type Error = Refused;
    type SerializeSeq = ListBuilder;
    type SerializeTuple = ListBuilder;
    type SerializeTupleStruct = ListBuilder;
    type SerializeTupleVariant = ListBuilder;
    type SerializeMap = ObjectBuilder;
    type SerializeStruct = ObjectBuilder;
    type SerializeStructVariant = ObjectBuilder;

    fn serialize_bool(self, value: bool) -> Result<CaseValue, Refused> {
        Ok(CaseValue::Bool(value))
    }
    fn serialize_i8(self, value: i8) -> Result<CaseValue, Refused> {
        self.whole(value)
    }
    fn serialize_i16(self, value: i16) -> Result<CaseValue, Refused> {
        self.whole(value)
    }
    fn serialize_i32(self, value: i32) -> Result<CaseValue, Refused> {
        self.whole(value)
    }
    fn serialize_i64(self, value: i64) -> Result<CaseValue, Refused> {
        self.whole(value)
    }
    fn serialize_i128(self, value: i128) -> Result<CaseValue, Refused> {
        self.whole(value)
    }
    fn serialize_u8(self, value: u8) -> Result<CaseValue, Refused> {
        self.whole(value)
    }
    fn serialize_u16(self, value: u16) -> Result<CaseValue, Refused> {
        self.whole(value)
    }
    fn serialize_u32(self, value: u32) -> Result<CaseValue, Refused> {
        self.whole(value)
    }
    fn serialize_u64(self, value: u64) -> Result<CaseValue, Refused> {
        self.whole(value)
    }
    fn serialize_u128(self, value: u128) -> Result<CaseValue, Refused> {
        self.whole(value)
    }
    fn serialize_f32(self, value: f32) -> Result<CaseValue, Refused> {
        // 38.1 as an f32 means 38.1, not the number nearest to it that an f32 can hold.
        self.finite(value.to_string().parse().unwrap_or_else(|_| f64::from(value)))
    }
    fn serialize_f64(self, value: f64) -> Result<CaseValue, Refused> {
        self.finite(value)
    }
    fn serialize_char(self, value: char) -> Result<CaseValue, Refused> {
        Ok(CaseValue::Text(value.to_string()))
    }
    fn serialize_str(self, value: &str) -> Result<CaseValue, Refused> {
        Ok(CaseValue::Text(value.to_owned()))
    }
    fn serialize_bytes(self, _: &[u8]) -> Result<CaseValue, Refused> {
        Err(Refused::no_value("a string of bytes", "write text"))
    }
    fn serialize_none(self) -> Result<CaseValue, Refused> {
        Ok(CaseValue::Null)
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<CaseValue, Refused> {
        value.serialize(self)
    }
    fn serialize_unit(self) -> Result<CaseValue, Refused> {
        Ok(CaseValue::Null)
    }
    fn serialize_unit_struct(self, _: &'static str) -> Result<CaseValue, Refused> {
        Ok(CaseValue::Null)
    }
    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<CaseValue, Refused> {
        Ok(CaseValue::Text(variant.to_owned()))
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<CaseValue, Refused> {
        value.serialize(self)
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<CaseValue, Refused> {
        let value = value
            .serialize(self.inner()?)
            .map_err(|refused| refused.within(variant))?;
        Ok(CaseValue::Object(vec![(variant.to_owned(), value)]))
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<ListBuilder, Refused> {
        self.list(None)
    }
    fn serialize_tuple(self, _: usize) -> Result<ListBuilder, Refused> {
        self.list(None)
    }
    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<ListBuilder, Refused> {
        self.list(None)
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<ListBuilder, Refused> {
        self.list(Some(variant))
    }
    fn serialize_map(self, _: Option<usize>) -> Result<ObjectBuilder, Refused> {
        self.object(None)
    }
    fn serialize_struct(self, name: &'static str, fields: usize) -> Result<ObjectBuilder, Refused> {
        let mut object = self.object(None)?;
        object.refuse = match name {
            "Duration" if fields == 2 => Some(Special::Duration),
            TOML_DATETIME_STRUCT => {
                return Err(Refused::no_value(
                    "a date or time",
                    "write how long ago it was, such as \"24h\"",
                ));
            }
            _ => None,
        };
        Ok(object)
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<ObjectBuilder, Refused> {
        self.object(Some(variant))
    }
}

pub(super) struct ListBuilder {
    values: Vec<CaseValue>,
    inner: CaseSerializer,
    variant: Option<&'static str>,
}

impl ListBuilder {
    fn push<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        let value = value
            .serialize(self.inner)
            .map_err(|refused| refused.within(format!("[{}]", self.values.len())))?;
        self.values.push(value);
        Ok(())
    }

    fn done(self) -> CaseValue {
        in_variant(self.variant, CaseValue::List(self.values))
    }
}

fn in_variant(variant: Option<&'static str>, value: CaseValue) -> CaseValue {
    match variant {
        Some(variant) => CaseValue::Object(vec![(variant.to_owned(), value)]),
        None => value,
    }
}

macro_rules! list_builder {
    ($($trait:ident $method:ident),+) => {$(
        impl $trait for ListBuilder {
            type Ok = CaseValue;
            type Error = Refused;
            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
                self.push(value)
            }
            fn end(self) -> Result<CaseValue, Refused> {
                Ok(self.done())
            }
        }
    )+};
}
list_builder!(SerializeSeq serialize_element, SerializeTuple serialize_element, SerializeTupleStruct serialize_field, SerializeTupleVariant serialize_field);

/// A struct that may be one of the standard library's, known by its name and its fields.
#[derive(Clone, Copy)]
enum Special {
    Duration,
}

pub(super) struct ObjectBuilder {
    entries: Vec<(String, CaseValue)>,
    inner: CaseSerializer,
    names: Names,
    /// A key that waits for its value.
    name: Option<String>,
    variant: Option<&'static str>,
    refuse: Option<Special>,
}

impl ObjectBuilder {
    fn push<T: Serialize + ?Sized>(&mut self, name: String, value: &T) -> Result<(), Refused> {
        if self.names.met(&self.entries, &name) {
            return Err(Refused::new(Kind::Twice(quoted(&name))).found(name));
        }
        match value.serialize(self.inner) {
            Ok(value) => self.entries.push((name, value)),
            Err(refused) => return Err(refused.within(name)),
        }
        Ok(())
    }

    fn done(self) -> Result<CaseValue, Refused> {
        if let Some(Special::Duration) = self.refuse
            && self
                .entries
                .iter()
                .all(|(name, _)| matches!(name.as_str(), "secs" | "nanos"))
        {
            return Err(Refused::no_value("a duration as a struct", WRITE_DURATION));
        }
        Ok(in_variant(self.variant, CaseValue::Object(self.entries)))
    }
}

impl SerializeMap for ObjectBuilder {
    type Ok = CaseValue;
    type Error = Refused;
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Refused> {
        self.name = Some(key.serialize(NameSerializer)?);
        Ok(())
    }
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        let name = self
            .name
            .take()
            .ok_or_else(|| Refused::custom("a value came before its name"))?;
        self.push(name, value)
    }
    fn end(self) -> Result<CaseValue, Refused> {
        self.done()
    }
}

impl SerializeStruct for ObjectBuilder {
    type Ok = CaseValue;
    type Error = Refused;
    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), Refused> {
        self.push(key.to_owned(), value)
    }
    fn end(self) -> Result<CaseValue, Refused> {
        self.done()
    }
}

impl SerializeStructVariant for ObjectBuilder {
    type Ok = CaseValue;
    type Error = Refused;
    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), Refused> {
        self.push(key.to_owned(), value)
    }
    fn end(self) -> Result<CaseValue, Refused> {
        self.done()
    }
}

/// The name of an entry: text, or a variant without data.
struct NameSerializer;

impl NameSerializer {
    fn refuse<T>() -> Result<T, Refused> {
        Err(Refused::no_value("a name that is not text", "name facts by text"))
    }
}

macro_rules! refuse_names {
    ($($method:ident($($type:ty),*)),+ $(,)?) => {$(
        fn $method(self, $(_: $type),*) -> Result<String, Refused> {
            Self::refuse()
        }
    )+};
}

macro_rules! refuse_compounds {
    ($($method:ident($($type:ty),*) -> $compound:ident),+ $(,)?) => {$(
        fn $method(self, $(_: $type),*) -> Result<Self::$compound, Refused> {
            Self::refuse()
        }
    )+};
}

impl Serializer for NameSerializer {
    type Ok = String;
    type Error = Refused;
    type SerializeSeq = Impossible<String, Refused>;
    type SerializeTuple = Impossible<String, Refused>;
    type SerializeTupleStruct = Impossible<String, Refused>;
    type SerializeTupleVariant = Impossible<String, Refused>;
    type SerializeMap = Impossible<String, Refused>;
    type SerializeStruct = Impossible<String, Refused>;
    type SerializeStructVariant = Impossible<String, Refused>;

    fn serialize_str(self, name: &str) -> Result<String, Refused> {
        Ok(name.to_owned())
    }
    fn serialize_char(self, name: char) -> Result<String, Refused> {
        Ok(name.to_string())
    }
    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<String, Refused> {
        Ok(variant.to_owned())
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<String, Refused> {
        value.serialize(self)
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<String, Refused> {
        value.serialize(self)
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<String, Refused> {
        Self::refuse()
    }
    refuse_names! {
        serialize_bool(bool), serialize_i8(i8), serialize_i16(i16), serialize_i32(i32), serialize_i64(i64), serialize_i128(i128),
        serialize_u8(u8), serialize_u16(u16), serialize_u32(u32), serialize_u64(u64), serialize_u128(u128), serialize_f32(f32), serialize_f64(f64),
        serialize_bytes(&[u8]), serialize_none(), serialize_unit(), serialize_unit_struct(&'static str),
    }
    refuse_compounds! {
        serialize_seq(Option<usize>) -> SerializeSeq,
        serialize_tuple(usize) -> SerializeTuple,
        serialize_tuple_struct(&'static str, usize) -> SerializeTupleStruct,
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> SerializeTupleVariant,
        serialize_map(Option<usize>) -> SerializeMap,
        serialize_struct(&'static str, usize) -> SerializeStruct,
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> SerializeStructVariant,
    }
}
