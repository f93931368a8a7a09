//! `bindings/c/include/liniment.h`: the header of the C library, made from its functions by cbindgen.

use super::Generated;
use crate::workspace::{cargo, output};

pub(super) fn file() -> Result<Vec<Generated>, String> {
    let content = output(cargo(["run", "--quiet", "--package", "liniment-c-header"]))?;
    Ok(vec![Generated {
        path: "bindings/c/include/liniment.h".into(),
        content: content.into(),
    }])
}
