//! Compact JSON, as `serde_json` writes it.
//!
//! A writer of our own because an advice is mostly short texts: `serde_json` looks at every letter by itself for
//! those to be escaped, a quarter of all that an advice costs. Here eight are looked at together. What does have
//! something to escape, and numbers with a fraction, are left to `serde_json`.

use std::fmt::{self, Write};

use serde::ser::{self, Serialize};

/// The JSON of a value whose maps have texts as keys; nothing where one has not.
pub(crate) fn to_json<T: Serialize + ?Sized>(value: &T) -> String {
    to_json_with_room(value, 128)
}

/// As [`to_json`]; room for so many bytes is made at first, so that they need not be moved while they grow.
pub(crate) fn to_json_with_room<T: Serialize + ?Sized>(value: &T, room: usize) -> String {
    let mut out = String::with_capacity(room);
    match value.serialize(Writer { out: &mut out }) {
        Ok(()) => out,
        Err(Unwritten) => String::new(),
    }
}

/// Some value has no JSON.
#[derive(Debug, thiserror::Error)]
#[error("this has no JSON")]
struct Unwritten;

impl ser::Error for Unwritten {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

/// Whether nothing of a text is escaped.
fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    match bytes.last_chunk() {
        Some(last) => bytes.as_chunks().0.iter().all(are_plain) && are_plain(last),
        None => !bytes.iter().any(|byte| matches!(byte, 0..b' ' | b'"' | b'\\')),
    }
}

/// Whether nothing of eight bytes is escaped.
fn are_plain(bytes: &[u8; 8]) -> bool {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let word = u64::from_le_bytes(*bytes);
    // What is taken away sets the top bit of a byte that is less; those from 128 have it already and do not count.
    // Only such a byte borrows from the next. A byte that equals another differs from it by less than one.
    let less = |word: u64, than: u8| word.wrapping_sub(EACH * u64::from(than));
    let equal = |byte: u8| less(word ^ (EACH * u64::from(byte)), 1);
    (less(word, b' ') | equal(b'"') | equal(b'\\')) & !word & (EACH << 7) == 0
}

/// Writes a text of which nothing is escaped.
fn quote(out: &mut String, text: &str) {
    out.push('"');
    out.push_str(text);
    out.push('"');
}

struct Writer<'a> {
    out: &'a mut String,
}

impl<'a> Writer<'a> {
    fn again(&mut self) -> Writer<'_> {
        Writer { out: self.out }
    }

    fn put(self, text: &str) -> Result<(), Unwritten> {
        self.out.push_str(text);
        Ok(())
    }

    fn show(self, value: impl fmt::Display) -> Result<(), Unwritten> {
        write!(self.out, "{value}").map_err(|_| Unwritten)
    }

    fn leave<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Unwritten> {
        self.put(&serde_json::to_string(value).map_err(|_| Unwritten)?)
    }

    /// A name of our own types, in which nothing is escaped.
    fn name(&mut self, name: &'static str) {
        quote(self.out, name);
    }

    fn list(self, open: char, close: &'static str) -> List<'a> {
        self.out.push(open);
        List {
            writer: self,
            is_first: true,
            close,
        }
    }

    /// The list of a variant, in an object that names it.
    fn variant(mut self, variant: &'static str, open: char, close: &'static str) -> List<'a> {
        self.out.push('{');
        self.name(variant);
        self.out.push(':');
        self.list(open, close)
    }
}

/// An array or object of which something may be written already.
struct List<'a> {
    writer: Writer<'a>,
    is_first: bool,
    close: &'static str,
}

impl List<'_> {
    fn part(&mut self) -> Writer<'_> {
        if !std::mem::replace(&mut self.is_first, false) {
            self.writer.out.push(',');
        }
        self.writer.again()
    }

    fn element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritten> {
        value.serialize(self.part())
    }

    fn field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Unwritten> {
        let writer = self.part();
        quote(writer.out, name);
        writer.out.push(':');
        value.serialize(writer)
    }

    fn close(self) -> Result<(), Unwritten> {
        self.writer.put(self.close)
    }
}

impl<'a> ser::Serializer for Writer<'a> {
    type Ok = ();
    type Error = Unwritten;
    type SerializeSeq = List<'a>;
    type SerializeTuple = List<'a>;
    type SerializeTupleStruct = List<'a>;
    type SerializeTupleVariant = List<'a>;
    type SerializeMap = List<'a>;
    type SerializeStruct = List<'a>;
    type SerializeStructVariant = List<'a>;

    fn serialize_bool(self, value: bool) -> Result<(), Unwritten> {
        self.put(if value { "true" } else { "false" })
    }
    fn serialize_i8(self, value: i8) -> Result<(), Unwritten> {
        self.show(value)
    }
    fn serialize_i16(self, value: i16) -> Result<(), Unwritten> {
        self.show(value)
    }
    fn serialize_i32(self, value: i32) -> Result<(), Unwritten> {
        self.show(value)
    }
    fn serialize_i64(self, value: i64) -> Result<(), Unwritten> {
        self.show(value)
    }
    fn serialize_u8(self, value: u8) -> Result<(), Unwritten> {
        self.show(value)
    }
    fn serialize_u16(self, value: u16) -> Result<(), Unwritten> {
        self.show(value)
    }
    fn serialize_u32(self, value: u32) -> Result<(), Unwritten> {
        self.show(value)
    }
    fn serialize_u64(self, value: u64) -> Result<(), Unwritten> {
        self.show(value)
    }
    fn serialize_f32(self, value: f32) -> Result<(), Unwritten> {
        self.leave(&value)
    }
    fn serialize_f64(self, value: f64) -> Result<(), Unwritten> {
        self.leave(&value)
    }
    fn serialize_char(self, value: char) -> Result<(), Unwritten> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }
    fn serialize_str(self, text: &str) -> Result<(), Unwritten> {
        if !is_plain(text) {
            return self.leave(text);
        }
        quote(self.out, text);
        Ok(())
    }
    fn collect_str<T: fmt::Display + ?Sized>(self, text: &T) -> Result<(), Unwritten> {
        let start = self.out.len() + 1;
        write!(self.out, "\"{text}\"").map_err(|_| Unwritten)?;
        let written = self.out.get(start..self.out.len() - 1).unwrap_or_default();
        if !is_plain(written) {
            let text = written.to_owned();
            self.out.truncate(start - 1);
            return self.leave(&text);
        }
        Ok(())
    }
    fn serialize_bytes(self, bytes: &[u8]) -> Result<(), Unwritten> {
        bytes.serialize(self)
    }
    fn serialize_none(self) -> Result<(), Unwritten> {
        self.put("null")
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Unwritten> {
        value.serialize(self)
    }
    fn serialize_unit(self) -> Result<(), Unwritten> {
        self.put("null")
    }
    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Unwritten> {
        self.put("null")
    }
    fn serialize_unit_variant(
        mut self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), Unwritten> {
        self.name(variant);
        Ok(())
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Unwritten> {
        value.serialize(self)
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Unwritten> {
        let mut object = self.list('{', "}");
        object.field(variant, value)?;
        object.close()
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<List<'a>, Unwritten> {
        Ok(self.list('[', "]"))
    }
    fn serialize_tuple(self, _: usize) -> Result<List<'a>, Unwritten> {
        Ok(self.list('[', "]"))
    }
    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<List<'a>, Unwritten> {
        Ok(self.list('[', "]"))
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<List<'a>, Unwritten> {
        Ok(self.variant(variant, '[', "]}"))
    }
    fn serialize_map(self, _: Option<usize>) -> Result<List<'a>, Unwritten> {
        Ok(self.list('{', "}"))
    }
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<List<'a>, Unwritten> {
        Ok(self.list('{', "}"))
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<List<'a>, Unwritten> {
        Ok(self.variant(variant, '{', "}}"))
    }
}

/// What has parts without names, and what has fields.
macro_rules! list {
    ($($trait:ident $method:ident($($name:ident)?) $write:ident),+ $(,)?) => {$(
        impl ser::$trait for List<'_> {
            type Ok = ();
            type Error = Unwritten;
            fn $method<T: Serialize + ?Sized>(
                &mut self,
                $($name: &'static str,)?
                value: &T,
            ) -> Result<(), Unwritten> {
                self.$write($($name,)? value)
            }
            fn end(self) -> Result<(), Unwritten> {
                self.close()
            }
        }
    )+};
}

list! {
    SerializeSeq serialize_element() element,
    SerializeTuple serialize_element() element,
    SerializeTupleStruct serialize_field() element,
    SerializeTupleVariant serialize_field() element,
    SerializeStruct serialize_field(name) field,
    SerializeStructVariant serialize_field(name) field,
}

impl ser::SerializeMap for List<'_> {
    type Ok = ();
    type Error = Unwritten;
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Unwritten> {
        let writer = self.part();
        let start = writer.out.len();
        key.serialize(Writer { out: writer.out })?;
        let is_text = writer.out.as_bytes().get(start) == Some(&b'"');
        is_text.then_some(()).ok_or(Unwritten)
    }
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritten> {
        self.writer.out.push(':');
        value.serialize(self.writer.again())
    }
    fn end(self) -> Result<(), Unwritten> {
        self.close()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use serde::Serialize;
    use serde_json::{Value, json};

    use super::{is_plain, to_json};

    #[derive(Serialize)]
    struct Unit;
    #[derive(Serialize)]
    struct Within(i8);
    #[derive(Serialize)]
    struct Pair(char, Option<u64>);
    #[derive(Serialize)]
    #[serde(rename_all = "snake_case")]
    enum Kinds {
        OneWord,
        Newtype(f64),
        Tuple(bool, f32),
        Struct { first: i16, second: u16 },
    }
    #[derive(Serialize)]
    struct All<'a> {
        unit: Unit,
        nothing: (),
        within: Within,
        pairs: Vec<Pair>,
        kinds: [Kinds; 5],
        empty: Kinds,
        bytes: &'a [u8],
        #[serde(rename = "for")]
        map: BTreeMap<&'a str, i64>,
        value: Value,
        whole: (u8, i32, u32),
    }

    fn by_serde_json<T: Serialize>(value: &T) -> String {
        serde_json::to_string(value).unwrap_or_default()
    }

    #[test]
    fn every_kind_is_written_as_by_serde_json() {
        let all = All {
            unit: Unit,
            nothing: (),
            within: Within(-8),
            pairs: vec![Pair('"', None), Pair('ü', Some(u64::MAX))],
            kinds: [
                Kinds::OneWord,
                Kinds::Newtype(0.1),
                Kinds::Newtype(f64::NAN),
                Kinds::Tuple(true, 1e30),
                Kinds::Struct { first: -1, second: 2 },
            ],
            empty: Kinds::Tuple(false, -0.0),
            bytes: b"ab",
            map: BTreeMap::from([("a\n", i64::MIN), ("b", 0)]),
            value: json!({"list": [], "object": {}, "deep": [{"x": [1, -2, 2.5, null, "\u{1}"]}]}),
            whole: (255, i32::MIN, u32::MAX),
        };
        assert_eq!(to_json(&all), by_serde_json(&all));
        assert!(!to_json(&all).is_empty());
    }

    #[test]
    fn only_texts_are_keys() {
        assert_eq!(to_json(&BTreeMap::from([(1, 2)])), "");
    }

    #[test]
    fn a_letter_to_be_escaped_is_found_everywhere() {
        for len in 0..40 {
            for at in 0..len {
                for byte in 0..128_u8 {
                    let letter = |place| if place == at { char::from(byte) } else { '\u{7f}' };
                    let text: String = (0..len).map(letter).collect();
                    let quoted = by_serde_json(&text);
                    assert_eq!(is_plain(&text), quoted.len() == len + 2, "{text:?}");
                    assert_eq!(to_json(&text), quoted);
                }
            }
        }
    }

    proptest! {
        #[test]
        fn texts_are_written_as_by_serde_json(text in "[a-zä€𝄞\"\\\\\u{0}-\u{20}]{0,40}|[a-zA-Z ß–]{0,90}") {
            prop_assert_eq!(to_json(&text), by_serde_json(&text));
        }
    }
}
