//! Proofs: what was found by trying all cases.

super::declare! {}
