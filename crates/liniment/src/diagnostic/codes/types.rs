//! Types and values.

super::declare! {}
