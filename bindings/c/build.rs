//! Names the shared library: `libliniment.so.MAJOR.MINOR`, and from 1.0 on `libliniment.so.MAJOR`.
//!
//! For cargo-c, which names it by itself, it writes the file in which CMake finds the version.

use std::path::Path;

const VERSION_FILE: &str = "cmake/linimentConfigVersion.cmake.in";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={VERSION_FILE}");
    let variable = |name: &str| std::env::var(name).unwrap_or_default();
    if std::env::var_os("CARGO_FEATURE_CAPI").is_some() {
        let file = Path::new(&variable("OUT_DIR")).join("linimentConfigVersion.cmake");
        let written = std::fs::read_to_string(VERSION_FILE)
            .map(|template| template.replace("@VERSION@", &variable("CARGO_PKG_VERSION")))
            .and_then(|text| std::fs::write(file, text));
        if let Err(error) = written {
            println!("cargo::error={VERSION_FILE}: {error}");
        }
        return;
    }
    let linux = ["linux", "android", "freebsd", "netbsd", "openbsd"]
        .contains(&variable("CARGO_CFG_TARGET_OS").as_str());
    if !linux {
        return;
    }
    let version = match variable("CARGO_PKG_VERSION_MAJOR").as_str() {
        "0" => format!("0.{}", variable("CARGO_PKG_VERSION_MINOR")),
        major => major.to_owned(),
    };
    println!("cargo::rustc-cdylib-link-arg=-Wl,-soname,libliniment.so.{version}");
}
