//! `schema/result.json`: what every answer of the library looks like.

use super::Generated;
use crate::workspace::{liniment, output};

pub(super) fn file() -> Result<Vec<Generated>, String> {
    let content = output(liniment(["schema", "--result"])?)?;
    Ok(vec![Generated {
        path: "schema/result.json".into(),
        content: content.into(),
    }])
}
