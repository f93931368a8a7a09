//! The C library of Liniment.
//!
//! Every function is written out, so that the header can be made from them. The comments become the
//! header and speak to a C programmer. A pointer that may be NULL is an `Option` of a reference; texts and
//! lists come as pointer and length and are read in `text.rs` alone.
//!
//! No panic leaves a function: `guard.rs` turns it into a status and poisons the handle.
#![expect(
    unsafe_code,
    reason = "C hands over pointers; what the header asks of its callers is what makes them safe to follow"
)]
#![expect(
    clippy::missing_safety_doc,
    reason = "the documentation becomes the header: it states lifetime, threads and NULL in a C programmer's words"
)]

mod advice;
mod advice_view;
mod arena;
mod batch;
mod builder;
mod builtin;
mod case;
mod case_by_name;
mod diagnostic;
mod error;
mod guard;
mod interview;
mod kb;
mod kb_info;
mod log;
mod reasoning;
mod status;
#[cfg(test)]
mod tests;
mod text;
mod value;
mod version;

pub use advice::*;
pub use advice_view::*;
pub use batch::*;
pub use builder::*;
pub use builtin::*;
pub use case::*;
pub use case_by_name::*;
pub use diagnostic::*;
pub use error::*;
pub use interview::*;
pub use kb::*;
pub use kb_info::*;
pub use log::*;
pub use reasoning::*;
pub use status::*;
pub use text::*;
pub use value::*;
pub use version::*;
