//! Limits: how large a pack may be.

use crate::error::Error;

/// How large packs may be. Whatever passes a limit is an error that names it, its value and its setting.
///
/// ```
/// let limits = liniment::Limits::default().depth(32).rules(1_000);
/// assert_eq!(limits.depth, 32);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Bytes of text, all files of a pack together.
    pub bytes: u64,
    /// Brackets within brackets, and definitions on top of definitions.
    pub depth: usize,
    /// Rules of all packs together; causes, definitions, groups, plans and promises count too.
    pub rules: usize,
    /// Facts of all packs together; vague quantities count too, and what two packs declare counts twice.
    pub facts: usize,
    /// Options of one fact.
    pub options: usize,
    /// Boxes that one condition may be taken apart into before evaluation settles for less exactness.
    pub boxes: usize,
    /// Characters of one text.
    pub text_length: usize,
    /// Packs that one pack extends or names.
    pub extensions: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 128 * 1024 * 1024,
            depth: 64,
            rules: 200_000,
            facts: 20_000,
            options: 1_000,
            boxes: 256,
            text_length: 10_000,
            extensions: 1_000,
        }
    }
}

/// One setter per limit, and all of them by name.
macro_rules! setters {
    ($($(#[$doc:meta])* $name:ident: $type:ty),+ $(,)?) => {
        impl Limits {
            /// The names of all limits.
            pub const NAMES: &[&str] = &[$(stringify!($name)),+];

            /// Sets the limit of this name; a value beyond what the machine can count stands for the most
            /// that it can.
            ///
            /// # Errors
            /// When there is no such limit; the error names the nearest.
            pub fn set(&mut self, name: &str, value: u64) -> Result<(), Error> {
                match name {
                    $(stringify!($name) => self.$name = <$type>::try_from(value).unwrap_or(<$type>::MAX),)+
                    _ => return Err(Error::unknown_limit(name, Self::NAMES)),
                }
                Ok(())
            }

            $(
                $(#[$doc])*
                #[must_use]
                pub fn $name(mut self, $name: $type) -> Self {
                    self.$name = $name;
                    self
                }
            )+
        }
    };
}

setters! {
    /// Sets how many bytes of text a pack may have. Positions are 32-bit: one file never passes 4 GiB.
    bytes: u64,
    /// Sets how deep brackets may stand within brackets, and definitions on top of definitions. Never more
    /// than 128, whatever is set here.
    depth: usize,
    /// Sets how many rules there may be.
    rules: usize,
    /// Sets how many facts there may be.
    facts: usize,
    /// Sets how many options a fact may have.
    options: usize,
    /// Sets how many boxes a condition may be taken apart into.
    boxes: usize,
    /// Sets how many characters a text may have.
    text_length: usize,
    /// Sets how many packs a pack may extend or name.
    extensions: usize,
}

#[cfg(test)]
mod tests {
    use super::Limits;

    #[test]
    fn every_limit_has_a_name() {
        for name in Limits::NAMES {
            let mut limits = Limits::default();
            assert!(limits.set(name, 7).is_ok());
            assert!(
                format!("{limits:?}").contains(&format!("{name}: 7")),
                "{limits:?}"
            );
        }
        let refused = Limits::default().set("rule", 7).err();
        assert_eq!(
            refused.as_ref().map(|error| (error.code(), error.nearest())),
            Some(("C0108", Some("rules")))
        );
    }
}
