//! Every code, declared once.
//!
//! `L0001`–`L0099` syntax and limits, `L0100`s names, `L0200`s types and values, `L0300`s rules and texts,
//! `L0400`s packs, `L0500`s proofs.

pub(crate) mod names;
pub(crate) mod packs;
pub(crate) mod proofs;
pub(crate) mod rules;
pub(crate) mod syntax;
pub(crate) mod types;

use super::Code;
use crate::compact_sort::CompactSort;

/// Declares codes: `NAME = "L0102", Error, "title", "page";` and the list `CODES` of them all.
macro_rules! declare {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $severity:ident, $title:literal, $page:literal;)*) => {
        $(
            $(#[$doc])*
            pub(crate) static $name: $crate::diagnostic::Code = $crate::diagnostic::Code {
                code: $code,
                severity: $crate::diagnostic::Severity::$severity,
                title: $title,
                page: if cfg!(feature = "code-pages") { $page } else { "" },
            };
        )*
        /// Every code of this file, by number.
        pub(super) static CODES: &[&$crate::diagnostic::Code] = &[$(&$name),*];
    };
}
pub(crate) use declare;

/// Every code, by number.
pub(crate) fn all() -> Vec<&'static Code> {
    let mut all: Vec<&'static Code> = [
        syntax::CODES,
        names::CODES,
        types::CODES,
        rules::CODES,
        packs::CODES,
        proofs::CODES,
    ]
    .into_iter()
    .flatten()
    .copied()
    .collect();
    all.compact_sort_by_key(|code| code.code);
    all
}

#[cfg(test)]
mod tests;
