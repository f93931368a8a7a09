//! `bindings/python/python/liniment/_core.pyi`: the types of the extension module, from the module itself.

use std::path::Path;

use super::Generated;
use crate::python::{Environment, PACKAGE, PYTHON};
use crate::workspace::{output, root};

/// Nothing where there is no Python: the module cannot be described then.
pub(super) fn file() -> Result<Vec<Generated>, String> {
    if !PYTHON.is_installed() {
        println!("the stubs are left out: {} is not installed", PYTHON.name);
        return Ok(Vec::new());
    }
    let environment = Environment::of("test")?;
    let folder = root().join("target/python/stubs");
    let mut command = environment.program(
        "maturin",
        [
            "generate-stubs",
            "--quiet",
            "--locked",
            "--features",
            "stubs",
            "--out",
        ],
    );
    command.arg(&folder);
    output(command)?;
    let made = folder.join("liniment/_core.pyi");
    let content = std::fs::read_to_string(&made).map_err(|error| format!("{}: {error}", made.display()))?;
    Ok(vec![Generated {
        path: Path::new(PACKAGE).join("python/liniment/_core.pyi"),
        content: format!("# Written by `cargo xtask generate` from the extension module.\n{content}").into(),
    }])
}
