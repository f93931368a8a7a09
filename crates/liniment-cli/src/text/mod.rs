//! What people read: layout, and what is laid out.

pub(crate) mod advice;
pub(crate) mod layout;
pub(crate) mod values;
