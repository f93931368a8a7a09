//! How each type of a checked base becomes bytes, and bytes become it.

use std::sync::Arc;

use super::bytes::{Reader, Writer};
use crate::citation::Citation;
use crate::parse::FileText;
use crate::parse::spanned::Span;
use crate::parse::syntax::{Certainty, Evidence, SourceKind, Standing, Strength};
use crate::text::hash;
use crate::verdict::Verdict;

/// What can be written and read again.
pub(crate) trait Stored {
    fn write(&self, writer: &mut Writer);
    fn read(reader: &mut Reader<'_>) -> Self;
}

/// Defines types, says how they are stored, and makes one number of all their names, fields and types.
macro_rules! stored {
    ($($(#[$attribute:meta])* pub(crate) $kind:ident $name:ident { $($body:tt)* })+) => {
        $(stored! { @$kind [$(#[$attribute])*] $name { $($body)* } })+

        /// Changes with the types above: what was stored as others were cannot be read.
        pub(crate) const LAYOUT: u64 = crate::compiled::layout(&[$($name::LAYOUT),+]);
    };
    (@struct [$($attributes:tt)*] $name:ident {
        $($(#[$field_attribute:meta])* pub(crate) $field:ident: $type:ty,)*
    }) => {
        $($attributes)*
        pub(crate) struct $name {
            $($(#[$field_attribute])* pub(crate) $field: $type,)*
        }

        impl $name {
            const LAYOUT: &str = concat!(stringify!($name), "{", $(stringify!($field), ":", stringify!($type), ",",)* "}");
        }

        impl crate::compiled::Stored for $name {
            fn write(&self, writer: &mut crate::compiled::Writer) {
                $(self.$field.write(writer);)*
            }

            fn read(reader: &mut crate::compiled::Reader<'_>) -> Self {
                Self { $($field: crate::compiled::Stored::read(reader),)* }
            }
        }
    };
    (@enum [$($attributes:tt)*] $name:ident {
        $(
            $(#[$variant_attribute:meta])*
            $variant:ident
                $(($first:ty $(, $second:ty)?))?
                $({ $($field:ident: $type:ty),+ $(,)? })?,
        )+
    }) => {
        $($attributes)*
        pub(crate) enum $name {
            $($(#[$variant_attribute])* $variant $(($first $(, $second)?))? $({ $($field: $type),+ })?,)+
        }

        impl $name {
            const LAYOUT: &str = concat!(stringify!($name), "{", $(
                stringify!($variant),
                $("(", stringify!($first), $(",", stringify!($second),)? ")",)?
                $("{", $(stringify!($field), ":", stringify!($type), ",",)+ "}",)?
                ",",
            )+ "}");
        }

        const _: () = {
            #[derive(Clone, Copy)]
            enum Variant {
                $($variant),+
            }

            impl crate::compiled::Stored for $name {
                fn write(&self, writer: &mut crate::compiled::Writer) {
                    match self {
                        $(Self::$variant
                            $((stored!(@named first $first) $(, stored!(@named second $second))?))?
                            $({ $($field),+ })? =>
                        {
                            writer.byte(Variant::$variant as u8);
                            $(
                                <$first as crate::compiled::Stored>::write(first, writer);
                                $(<$second as crate::compiled::Stored>::write(second, writer);)?
                            )?
                            $($($field.write(writer);)+)?
                        })+
                    }
                }

                fn read(reader: &mut crate::compiled::Reader<'_>) -> Self {
                    reader.enter();
                    let read = match reader.choice(&[$(Variant::$variant),+]) {
                        $(Variant::$variant => Self::$variant
                            $((
                                <$first as crate::compiled::Stored>::read(reader)
                                $(, <$second as crate::compiled::Stored>::read(reader))?
                            ))?
                            $({ $($field: crate::compiled::Stored::read(reader)),+ })?,)+
                    };
                    reader.leave();
                    read
                }
            }
        };
    };
    (@named $name:ident $type:ty) => { $name };
}
pub(crate) use stored;

/// One number of what types are made of. Compilers put blanks where they like.
pub(crate) const fn layout(types: &[&str]) -> u64 {
    let mut hash = hash::START;
    let mut types = types;
    while let Some((first, others)) = types.split_first() {
        types = others;
        let mut bytes = first.as_bytes();
        while let Some((byte, rest)) = bytes.split_first() {
            bytes = rest;
            if !byte.is_ascii_whitespace() {
                hash = hash::step(hash, *byte);
            }
        }
    }
    hash
}

/// Choices that are defined elsewhere: every one has a number, and all of them count for the layout.
macro_rules! choices {
    ($($name:ident { $($choice:ident),+ })+) => {
        /// As that of the base: what is chosen from there.
        pub(super) const CHOICES: u64 = layout(&[$(concat!(stringify!($name), $(",", stringify!($choice)),+)),+]);

        $(impl Stored for $name {
            fn write(&self, writer: &mut Writer) {
                enum Number {
                    $($choice),+
                }
                writer.byte(match self {
                    $($name::$choice => Number::$choice as u8,)+
                });
            }

            fn read(reader: &mut Reader<'_>) -> Self {
                reader.choice(&[$($name::$choice),+])
            }
        })+
    };
}

choices! {
    SourceKind { Article, Study, Review, Guideline, PatientInformation, Label, Opinion }
    Standing { Primary, Contributing }
    Certainty { Possible, Usual, Certain }
    Evidence { VeryLow, Low, Moderate, High }
    Strength { Conditional, Strong }
    Verdict {
        Emergency, Urgent, Refer, OutOfScope, Avoid, Defer, Recommend, Optional, Inferior, Ineffective, Inform
    }
}

impl Reader<'_> {
    /// One of these, by number; the first stands for what cannot be.
    pub(crate) fn choice<T: Copy, const COUNT: usize>(&mut self, known: &[T; COUNT]) -> T {
        const { assert!(COUNT > 0, "nothing to choose from") }
        let number = self.number_within(COUNT as u64 - 1) as usize;
        #[expect(
            clippy::indexing_slicing,
            reason = "no number is larger than the last of them"
        )]
        known[number]
    }
}

/// Whole numbers, by the one of the two ways that they fit.
macro_rules! numbers {
    ($($way:ident: $($number:ty),+;)+) => {$($(
        impl Stored for $number {
            fn write(&self, writer: &mut Writer) {
                writer.$way(*self as _);
            }

            fn read(reader: &mut Reader<'_>) -> Self {
                reader.$way().try_into().unwrap_or_else(|_| {
                    reader.fail();
                    0
                })
            }
        }
    )+)+};
}

numbers! {
    number: u16, u32, u64, usize;
    signed: i32, i64;
}

impl Stored for bool {
    fn write(&self, writer: &mut Writer) {
        writer.byte(u8::from(*self));
    }

    fn read(reader: &mut Reader<'_>) -> Self {
        reader.choice(&[false, true])
    }
}

/// Packs hold finite numbers alone.
impl Stored for f64 {
    fn write(&self, writer: &mut Writer) {
        writer.number(self.to_bits().swap_bytes());
    }

    fn read(reader: &mut Reader<'_>) -> Self {
        let number = f64::from_bits(reader.number().swap_bytes());
        if !number.is_finite() {
            reader.fail();
            return 0.0;
        }
        number
    }
}

impl Stored for Arc<str> {
    fn write(&self, writer: &mut Writer) {
        writer.text(self);
    }

    fn read(reader: &mut Reader<'_>) -> Self {
        reader.text()
    }
}

impl Stored for String {
    fn write(&self, writer: &mut Writer) {
        writer.text(self);
    }

    fn read(reader: &mut Reader<'_>) -> Self {
        String::from(&*reader.text())
    }
}

impl Stored for Span {
    fn write(&self, writer: &mut Writer) {
        writer.span(*self);
    }

    fn read(reader: &mut Reader<'_>) -> Self {
        reader.span()
    }
}

impl Stored for FileText {
    fn write(&self, writer: &mut Writer) {
        self.write(writer);
    }

    fn read(reader: &mut Reader<'_>) -> Self {
        Self::read(reader)
    }
}

impl Stored for Citation {
    fn write(&self, writer: &mut Writer) {
        let Self { source, at, claims } = self;
        source.write(writer);
        at.write(writer);
        claims.write(writer);
    }

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            source: Stored::read(reader),
            at: Stored::read(reader),
            claims: Stored::read(reader),
        }
    }
}

impl Stored for Arc<Citation> {
    fn write(&self, writer: &mut Writer) {
        (**self).write(writer);
    }

    fn read(reader: &mut Reader<'_>) -> Self {
        Arc::new(Stored::read(reader))
    }
}

impl<T: Stored> Stored for Box<T> {
    fn write(&self, writer: &mut Writer) {
        (**self).write(writer);
    }

    fn read(reader: &mut Reader<'_>) -> Self {
        Box::new(T::read(reader))
    }
}

impl<T: Stored> Stored for Option<T> {
    fn write(&self, writer: &mut Writer) {
        self.is_some().write(writer);
        if let Some(value) = self {
            value.write(writer);
        }
    }

    fn read(reader: &mut Reader<'_>) -> Self {
        bool::read(reader).then(|| T::read(reader))
    }
}

impl<T: Stored> Stored for Vec<T> {
    fn write(&self, writer: &mut Writer) {
        self.len().write(writer);
        for value in self {
            value.write(writer);
        }
    }

    fn read(reader: &mut Reader<'_>) -> Self {
        let count = reader.count();
        let mut list = Vec::with_capacity(reader.room::<T>(count));
        while list.len() < count && !reader.has_failed() {
            list.push(T::read(reader));
        }
        list
    }
}

impl<A: Stored, B: Stored> Stored for (A, B) {
    fn write(&self, writer: &mut Writer) {
        let (first, second) = self;
        first.write(writer);
        second.write(writer);
    }

    fn read(reader: &mut Reader<'_>) -> Self {
        (A::read(reader), B::read(reader))
    }
}
