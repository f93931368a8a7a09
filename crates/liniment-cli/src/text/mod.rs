//! What people read: layout, and the command's own words in each language.

pub(crate) mod advice;
pub(crate) mod layout;
pub(crate) mod words;
