//! Packs: how they build on each other.

super::declare! {}
