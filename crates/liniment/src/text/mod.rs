//! Small readers and writers of text: durations, numbers, nearest names.

pub(crate) mod duration;
pub(crate) mod hash;
pub(crate) mod markup;
pub(crate) mod nearest;
pub(crate) mod number;
