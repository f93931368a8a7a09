//! `cargo xtask bench --peers`: other engines beside Liniment, and the page of what came out.

use std::fs;
use std::path::{Path, PathBuf};

use crate::workspace::{cargo, output, program, root, succeeds};

/// The page, and the lines between which the tables stand.
const PAGE: &str = "docs/PERFORMANCE.md";
const BEGIN: &str = "<!-- written by `cargo xtask bench --peers` -->";
const END: &str = "<!-- end -->";

/// Builds and runs `benches/peers`, and writes its tables into the page.
pub(super) fn run(options: &str) -> Result<bool, String> {
    let python = environment()?;
    let build = cargo([
        "build",
        "--release",
        "--locked",
        "--manifest-path",
        "benches/peers/Cargo.toml",
        "--target-dir",
        "target/peers",
    ]);
    if !succeeds(build)? {
        return Err("benches/peers cannot be built".to_owned());
    }
    let mut command = program(root().join("target/peers/release/liniment-peers"), ["--python"]);
    command.arg(&python).args(options.split_whitespace());
    let tables = output(command)?;
    print!("{tables}");
    let asked = match options {
        "" => "cargo xtask bench --peers".to_owned(),
        options => format!("cargo xtask bench --peers --peer-options=\"{options}\""),
    };
    write(&format!("`{asked}`, with {}:\n\n{tables}", compiler()?))?;
    println!("wrote {PAGE}");
    Ok(true)
}

fn compiler() -> Result<String, String> {
    output(program("rustc", ["--version"])).map(|version| version.trim().to_owned())
}

/// The Python of a virtual environment with what `requirements.txt` lists; made anew when that has changed.
fn environment() -> Result<PathBuf, String> {
    let folder = root().join("target/peers/python");
    let required = read(&root().join("benches/peers/requirements.txt"))?;
    let made_of = folder.join("requirements.txt");
    let python = folder.join("bin/python");
    if fs::read_to_string(&made_of).is_ok_and(|made_of| made_of == required) {
        return Ok(python);
    }
    let mut create = program("python3", ["-m", "venv", "--clear"]);
    create.arg(&folder);
    output(create)?;
    output(program(
        &python,
        [
            "-m",
            "pip",
            "install",
            "--quiet",
            "--requirement",
            "benches/peers/requirements.txt",
        ],
    ))?;
    fs::write(&made_of, required).map_err(|error| format!("{}: {error}", made_of.display()))?;
    Ok(python)
}

/// Puts the tables between their lines in the page.
fn write(tables: &str) -> Result<(), String> {
    let path = root().join(PAGE);
    let page = read(&path)?;
    let (before, rest) = page
        .split_once(BEGIN)
        .ok_or(format!("{PAGE} has no line {BEGIN}"))?;
    let (_, after) = rest.split_once(END).ok_or(format!("{PAGE} has no line {END}"))?;
    let page = format!("{before}{BEGIN}\n\n{}\n\n{END}{after}", tables.trim_end());
    fs::write(&path, page).map_err(|error| format!("{PAGE}: {error}"))
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}
