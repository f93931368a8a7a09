//! `bindings/c/cmake/linimentConfigVersion.cmake`: which version is installed, for CMake.

use super::Generated;

const TEMPLATE: &str = include_str!("linimentConfigVersion.cmake.in");

pub(super) fn file() -> Result<Vec<Generated>, String> {
    Ok(vec![Generated {
        path: "bindings/c/cmake/linimentConfigVersion.cmake".into(),
        content: TEMPLATE.replace("@VERSION@", env!("CARGO_PKG_VERSION")).into(),
    }])
}
