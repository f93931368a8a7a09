//! A value with the place in the text where it stands.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};

/// The file of a pack, numbered in the order in which the files were read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct FileId(pub u32);

/// A piece of a file: byte offsets, the end excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// The offset of the first byte.
    pub start: u32,
    /// The offset after the last byte.
    pub end: u32,
}

/// A value and its place.
#[derive(Clone, Copy, Debug, Default)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Joins a value and its place.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

impl<T> std::ops::Deref for Spanned<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

// Two values are equal when they say the same, wherever they stand.
impl<T: PartialEq> PartialEq for Spanned<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}
impl<T: Eq> Eq for Spanned<T> {}

// The pack deserializer answers a struct of this name with one entry: the place as a number, and the value.
pub(crate) const SPANNED: &str = "$liniment::Spanned";

impl Span {
    /// As one number: a key of one type, beside a value of its own, keeps what serde makes of each apart.
    pub(crate) fn packed(self) -> u128 {
        u128::from(self.file.0) << 64 | u128::from(self.start) << 32 | u128::from(self.end)
    }

    fn unpacked(packed: u128) -> Self {
        let part = |shift: u32| (packed >> shift) as u32;
        Span {
            file: FileId(part(64)),
            start: part(32),
            end: part(0),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Spanned<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct SpannedVisitor<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for SpannedVisitor<T> {
            type Value = Spanned<T>;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a value with its place")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let span = Span::unpacked(map.next_key()?.unwrap_or_default());
                Ok(Spanned {
                    value: map.next_value()?,
                    span,
                })
            }
        }
        deserializer.deserialize_struct(SPANNED, &[], SpannedVisitor(PhantomData))
    }
}
