//! The rule packs of Liniment, as text.
