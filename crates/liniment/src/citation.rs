//! Citations, as packs make them and advice shows them.

use serde::Serialize;

/// A place in a source.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Citation {
    /// The source.
    pub source: String,
    /// Where in it.
    pub at: String,
    /// The numbered claims that are meant.
    pub claims: Vec<String>,
}
