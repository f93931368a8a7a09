//! C and C++ programs compiled against the library as `cargo build` makes it.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::workspace::{cargo, program, root, succeeds};

/// Where programs and links to the library are put.
pub(super) fn folder() -> PathBuf {
    root().join("target/c-tests")
}

/// Every warning is an error.
pub(super) const WARNINGS: &[&str] = &["-Wall", "-Wextra", "-pedantic", "-Werror"];

/// Builds the library of the debug profile under the name that programs link with.
pub(super) fn library() -> Result<(), String> {
    if !succeeds(cargo(["build", "--package", "liniment-c"]))? {
        return Err("the library does not build".to_owned());
    }
    link_in(&folder(), &root().join("target/debug/libliniment_c.so"))
}

/// Puts links to a library into a folder, under the names that programs link with.
pub(super) fn link_in(folder: &Path, library: &Path) -> Result<(), String> {
    std::fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    for name in [
        "libliniment.so",
        &format!("libliniment.so.{}", crate::install::so_version()?),
    ] {
        let link = folder.join(name);
        let _ = std::fs::remove_file(&link);
        std::os::unix::fs::symlink(library, &link).map_err(|error| format!("{}: {error}", link.display()))?;
    }
    Ok(())
}

/// Compiles a program of one file; C99, or C++17 when the file is C++.
pub(super) fn compile(source: &Path, name: &str, options: &[&str]) -> Result<PathBuf, String> {
    compile_with(&folder(), source, name, options)
}

/// The same with the library whose links are in a folder; the program is put there too.
pub(super) fn compile_with(
    folder: &Path,
    source: &Path,
    name: &str,
    options: &[&str],
) -> Result<PathBuf, String> {
    let built = folder.join(name);
    let cpp = source.extension().is_some_and(|extension| extension == "cpp");
    let mut command = if cpp {
        program("c++", ["-std=c++17"])
    } else {
        program("cc", ["-std=c99"])
    };
    command
        .args(WARNINGS)
        .args(["-g", "-Ibindings/c/include", "-Ibindings/c/tests"])
        .args(options)
        .arg(source)
        .arg("-o")
        .arg(&built)
        .arg("-L")
        .arg(folder)
        .args(["-lliniment", "-lpthread"])
        .arg(format!("-Wl,-rpath,{}", folder.display()));
    if succeeds(command)? {
        Ok(built)
    } else {
        Err(format!("{} does not compile", source.display()))
    }
}

/// A program in `bindings/c/tests`.
pub(super) fn test_source(name: &str) -> PathBuf {
    root().join("bindings/c/tests").join(name)
}

/// A program that was compiled, ready to start.
pub(super) fn start(built: &Path, arguments: &[&str]) -> Command {
    program(built, arguments)
}
