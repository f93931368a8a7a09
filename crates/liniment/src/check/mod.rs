//! All parsed packs together → `CheckedBase`.

pub(crate) mod base;
