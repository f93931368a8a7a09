//! What only tests inside the library can reach.
