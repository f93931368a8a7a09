//! How large the shared library is.

use super::Tally;

pub(super) fn check() -> Result<Tally, String> {
    Ok(Tally::default())
}
