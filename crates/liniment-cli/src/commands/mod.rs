//! The subcommands, one file each.

pub(crate) mod advise;
pub(crate) mod ask;
#[cfg(feature = "batch")]
pub(crate) mod batch;
pub(crate) mod check;
pub(crate) mod codegen;
pub(crate) mod compile;
pub(crate) mod completions;
pub(crate) mod explain;
pub(crate) mod explain_code;
pub(crate) mod man;
pub(crate) mod packs;
pub(crate) mod plan;
pub(crate) mod schema;
pub(crate) mod test;
