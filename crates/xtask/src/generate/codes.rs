//! `docs/CODES.md`: the page of every diagnostic.

use super::Generated;
use crate::workspace::{liniment, output};

pub(super) fn page() -> Result<Vec<Generated>, String> {
    let content = output(liniment(["explain-code", "--all", "--format", "md"])?)?;
    Ok(vec![Generated {
        path: "docs/CODES.md".into(),
        content: content.into(),
    }])
}
