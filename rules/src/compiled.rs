//! The packs as `liniment compile` writes them, for `KnowledgeBase::from_bytes` of the library of the same version.
//! `cargo xtask generate` makes them; the packs' own tests and the texts of their files are not in them.

/// [`calf_cramps`](crate::calf_cramps).
pub const CALF_CRAMPS: &[u8] = include_bytes!("../compiled/calf-cramps.liniment");

/// [`leg_red_flags`](crate::leg_red_flags).
pub const LEG_RED_FLAGS: &[u8] = include_bytes!("../compiled/leg-red-flags.liniment");

/// All packs, checked together.
pub const ALL: &[u8] = include_bytes!("../compiled/all.liniment");
