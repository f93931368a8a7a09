//! RON text → `ParsedPack`.

pub mod spanned;
pub mod syntax;
