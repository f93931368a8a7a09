//! Rules and texts.

super::declare! {}
