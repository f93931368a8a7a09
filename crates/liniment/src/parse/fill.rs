//! What the types of `syntax` need so that they can be read, and `language!`, which gives it to them.
//!
//! A value is made first, as it is when nothing is written, and what is written is then read into it. So that what
//! reads structs and lists is compiled once and not for every type, it knows the places to be filled as `dyn Fill`.

use serde::Deserialize;

use super::deserialize::{Reader, Stop};
use super::spanned::Spanned;
use crate::case::read::CaseInput;

/// A place in which a value can be read.
pub(super) trait Fill {
    /// Reads what is written there. What cannot be read is reported, and stays as it was.
    fn fill(&mut self, reader: Reader<'_, '_>) -> Result<(), Stop>;
}

/// A field of a struct.
pub(super) struct Field {
    /// As it is written.
    pub(super) name: &'static str,
    /// It cannot be left out.
    pub(super) needed: bool,
}

/// Reads a value of its own.
pub(super) fn filled<T: Fill + Default>(reader: Reader<'_, '_>) -> Result<T, Stop> {
    let mut value = T::default();
    value.fill(reader)?;
    Ok(value)
}

impl Fill for String {
    fn fill(&mut self, reader: Reader<'_, '_>) -> Result<(), Stop> {
        *self = reader.text().into_owned();
        Ok(())
    }
}

impl Fill for bool {
    fn fill(&mut self, reader: Reader<'_, '_>) -> Result<(), Stop> {
        *self = reader.yes_or_no();
        Ok(())
    }
}

impl Fill for u32 {
    fn fill(&mut self, reader: Reader<'_, '_>) -> Result<(), Stop> {
        let value = reader.whole(0, i64::from(u32::MAX));
        *self = value.try_into().unwrap_or_default();
        Ok(())
    }
}

impl Fill for i32 {
    fn fill(&mut self, reader: Reader<'_, '_>) -> Result<(), Stop> {
        let value = reader.whole(i64::from(i32::MIN), i64::from(i32::MAX));
        *self = value.try_into().unwrap_or_default();
        Ok(())
    }
}

/// The values of a case are read as those of every other format.
impl Fill for CaseInput {
    fn fill(&mut self, reader: Reader<'_, '_>) -> Result<(), Stop> {
        *self = CaseInput::deserialize(reader)?;
        Ok(())
    }
}

impl<T: Fill> Fill for Box<T> {
    fn fill(&mut self, reader: Reader<'_, '_>) -> Result<(), Stop> {
        (**self).fill(reader)
    }
}

impl<T: Fill + Default> Fill for Option<T> {
    fn fill(&mut self, reader: Reader<'_, '_>) -> Result<(), Stop> {
        if reader.is_none() {
            return Ok(());
        }
        self.insert(T::default()).fill(reader)
    }
}

impl<T: Fill + Default> Fill for Vec<T> {
    fn fill(&mut self, reader: Reader<'_, '_>) -> Result<(), Stop> {
        reader.list().fill(self)
    }
}

impl<A: Fill, B: Fill> Fill for (A, B) {
    fn fill(&mut self, reader: Reader<'_, '_>) -> Result<(), Stop> {
        reader.tuple("", &mut [&mut self.0, &mut self.1])
    }
}

impl<T: Fill> Fill for Spanned<T> {
    fn fill(&mut self, reader: Reader<'_, '_>) -> Result<(), Stop> {
        reader.spanned(&mut self.span, &mut self.value)
    }
}

/// Defines a type of the language, and how it is read.
///
/// A field may be left out when something stands behind `=`: its value then. A field or struct that is written otherwise
/// than it is called here has that behind `as`. Nothing written is, of an enumeration, its first variant.
macro_rules! language {
    (
        $(#[$attribute:meta])*
        pub struct $name:ident $(as $written:literal)? {
            $(
                $(#[$field_attribute:meta])*
                pub $field:ident $(as $field_written:literal)?: $type:ty $(= $default:expr)?,
            )*
        }
    ) => {
        $(#[$attribute])*
        pub struct $name {
            $($(#[$field_attribute])* pub $field: $type,)*
        }

        impl Default for $name {
            fn default() -> Self {
                Self { $($field: language!(@default $($default)?),)* }
            }
        }

        impl crate::parse::fill::Fill for $name {
            fn fill(
                &mut self,
                reader: crate::parse::deserialize::Reader<'_, '_>,
            ) -> Result<(), crate::parse::deserialize::Stop> {
                const FIELDS: &[crate::parse::fill::Field] = &[
                    $(crate::parse::fill::Field {
                        name: language!(@written $field $($field_written)?),
                        needed: language!(@needed $($default)?),
                    },)*
                ];
                reader.structure(language!(@written $name $($written)?), FIELDS, &mut [$(&mut self.$field),*])
            }
        }
    };
    (
        $(#[$attribute:meta])*
        pub struct $name:ident(pub $first:ty, pub $second:ty);
    ) => {
        $(#[$attribute])*
        #[derive(Default)]
        pub struct $name(pub $first, pub $second);

        impl crate::parse::fill::Fill for $name {
            fn fill(
                &mut self,
                reader: crate::parse::deserialize::Reader<'_, '_>,
            ) -> Result<(), crate::parse::deserialize::Stop> {
                let Self(first, second) = self;
                reader.tuple(stringify!($name), &mut [first, second])
            }
        }
    };
    (
        $(#[$attribute:meta])*
        pub enum $name:ident {
            $(#[$first_attribute:meta])*
            $first:ident $(($($first_type:ty),+))?,
            $($(#[$variant_attribute:meta])* $variant:ident $(($($type:ty),+))?,)*
        }
    ) => {
        $(#[$attribute])*
        pub enum $name {
            $(#[$first_attribute])*
            $first $(($($first_type),+))?,
            $($(#[$variant_attribute])* $variant $(($($type),+))?,)*
        }

        impl Default for $name {
            fn default() -> Self {
                Self::$first $(($(<$first_type>::default()),+))?
            }
        }

        impl crate::parse::fill::Fill for $name {
            fn fill(
                &mut self,
                reader: crate::parse::deserialize::Reader<'_, '_>,
            ) -> Result<(), crate::parse::deserialize::Stop> {
                const VARIANTS: &[&str] = &[stringify!($first), $(stringify!($variant)),*];
                let (variant, reader) = reader.variant(stringify!($name), VARIANTS);
                *self = match variant {
                    $(stringify!($variant) => language!(@holds reader variant $variant $($($type),+)?),)*
                    _ => language!(@holds reader variant $first $($($first_type),+)?),
                };
                Ok(())
            }
        }
    };
    (@default) => { Default::default() };
    (@default $default:expr) => { $default };
    (@needed) => { true };
    (@needed $default:expr) => { false };
    (@written $name:ident) => { stringify!($name) };
    (@written $name:ident $written:literal) => { $written };
    (@holds $reader:ident $name:ident $variant:ident) => {{
        $reader.alone($name);
        Self::$variant
    }};
    (@holds $reader:ident $name:ident $variant:ident $type:ty) => {
        Self::$variant(crate::parse::fill::filled::<$type>($reader)?)
    };
    (@holds $reader:ident $name:ident $variant:ident $first:ty, $second:ty) => {{
        let (mut first, mut second) = (<$first>::default(), <$second>::default());
        $reader.tuple($name, &mut [&mut first, &mut second])?;
        Self::$variant(first, second)
    }};
}
pub(super) use language;
