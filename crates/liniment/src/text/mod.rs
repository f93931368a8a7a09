//! Small readers and writers of text: durations, JSON, numbers, nearest names.

pub(crate) mod duration;
pub(crate) mod hash;
pub(crate) mod json;
pub(crate) mod markup;
pub(crate) mod nearest;
pub(crate) mod number;
pub(crate) mod small_letters;
