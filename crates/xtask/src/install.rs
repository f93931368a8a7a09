//! `cargo xtask install --prefix DIR`: the C library where other programs find it.
//!
//! `bindings/c/Cargo.toml` tells cargo-c what it needs to know, too.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::workspace::{cargo, messages, output, root};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Where to: headers go to DIR/include, the rest to DIR/lib
    #[arg(long, value_name = "DIR")]
    prefix: PathBuf,
    /// The features of the library: arrow, prove, reasons, tools, read-packs, calf-cramps, leg-red-flags; all of them when
    /// left out
    #[arg(long, value_delimiter = ',', value_name = "FEATURE")]
    features: Option<Vec<String>>,
    /// How to build: release, device (small), or dev
    #[arg(long, default_value = "release")]
    profile: String,
}

/// What the linker needs beside the static library, as `rustc --print native-static-libs` says for Linux.
const PRIVATE_LIBRARIES: &str = "-lgcc_s -lutil -lrt -lpthread -lm -ldl -lc";

/// For what is built small. Where a register holds the frame, the tables for unwinding need not follow every push:
/// 0.1 MB less, and no slower. Profiles cannot say it.
const FRAME_POINTERS: &str = "-Cforce-frame-pointers=yes";

/// For what is built small: functions that became the same machine code are one, for devices 14 kilobytes less. LLVM's
/// linker can do that, which Rust brings and uses on x86-64 Linux since 1.90; elsewhere the linker may be another, and
/// the library is that much larger.
const ONE_OF_LIKE_FUNCTIONS: &str = "-Clink-arg=-Wl,--icf=all";

/// Builds and installs.
pub(crate) fn run(arguments: &Arguments) -> Result<bool, String> {
    let prefix = std::path::absolute(&arguments.prefix).map_err(|error| error.to_string())?;
    install(&prefix, &arguments.profile, arguments.features.as_deref())?;
    println!("installed into {}", prefix.display());
    Ok(true)
}

/// Installs into a folder, which need not exist.
pub(crate) fn install(prefix: &Path, profile: &str, features: Option<&[String]>) -> Result<(), String> {
    let library = prefix.join("lib");
    let include = prefix.join("include");
    let config = library.join("cmake/liniment");
    let pkg_config = library.join("pkgconfig");
    for folder in [&include, &config, &pkg_config] {
        fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    for header in ["liniment.h", "liniment.hpp"] {
        copy(
            &root().join("bindings/c/include").join(header),
            &include.join(header),
        )?;
    }
    let version = version()?;
    let so_version = so_version()?;
    let real = format!("libliniment.so.{version}");
    copy(&build("cdylib", profile, features, None)?, &library.join(&real))?;
    link(&real, &library.join(format!("libliniment.so.{so_version}")))?;
    link(
        &format!("libliniment.so.{so_version}"),
        &library.join("libliniment.so"),
    )?;
    copy(
        &build("staticlib", profile, features, None)?,
        &library.join("libliniment.a"),
    )?;
    write(&pkg_config.join("liniment.pc"), &pc(&version))?;
    let cmake = root().join("bindings/c/cmake");
    for file in ["linimentConfig.cmake", "linimentConfigVersion.cmake"] {
        copy(&cmake.join(file), &config.join(file))?;
    }
    Ok(())
}

/// Builds the library as one crate type and answers where it is. Only the shared library may be optimised as
/// a whole: two static libraries of that kind cannot be linked into one program.
///
/// `target` is where it is built; the target folder of the workspace when left out.
pub(crate) fn build(
    kind: &str,
    profile: &str,
    features: Option<&[String]>,
    target: Option<&Path>,
) -> Result<PathBuf, String> {
    let mut command = cargo([
        "rustc",
        "--package",
        "liniment-c",
        "--lib",
        "--crate-type",
        kind,
        "--profile",
        profile,
        "--message-format",
        "json-render-diagnostics",
    ]);
    if let Some(target) = target {
        command.arg("--target-dir").arg(target);
    }
    if let Some(features) = features {
        command.args(["--no-default-features", "--features", &features.join(",")]);
    }
    let mut flags = Vec::new();
    if ["shared", "device"].contains(&profile) {
        flags.push(FRAME_POINTERS);
    }
    if ["shared", "device"].contains(&profile) && kind == "cdylib" && links_with_llvm()? {
        flags.push(ONE_OF_LIKE_FUNCTIONS);
    }
    if !flags.is_empty() {
        let flags = Value::from(flags);
        command.args(["--config", &format!("build.rustflags={flags}")]);
    }
    if kind == "staticlib" {
        command.args(["--config", &format!("profile.{profile}.lto=false")]);
    }
    command.stderr(std::process::Stdio::inherit());
    let ending = if kind == "cdylib" { ".so" } else { ".a" };
    library_in(&output(command)?, ending).ok_or_else(|| format!("cargo built no {kind}"))
}

/// Whether Rust links with the linker that it brings, unless it is told otherwise.
fn links_with_llvm() -> Result<bool, String> {
    // `cargo 1.95.0 (…)`
    let said = output(cargo(["--version"]))?;
    let minor = said.split('.').nth(1).and_then(|minor| minor.parse::<u32>().ok());
    Ok(cfg!(all(
        target_os = "linux",
        target_env = "gnu",
        target_arch = "x86_64"
    )) && minor >= Some(90))
}

/// Where a build that reports in JSON has put the C library whose name ends so.
pub(crate) fn library_in(said: &str, ending: &str) -> Option<PathBuf> {
    messages(said)
        .filter(|message| message.pointer("/target/name").and_then(Value::as_str) == Some("liniment_c"))
        .filter_map(|message| message.get("filenames").and_then(Value::as_array).cloned())
        .flatten()
        .filter_map(|name| name.as_str().map(PathBuf::from))
        .find(|path| path.to_string_lossy().ends_with(ending))
}

/// The version of the workspace.
pub(crate) fn version() -> Result<String, String> {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).map_err(|error| error.to_string())?;
    manifest
        .lines()
        .find_map(|line| line.strip_prefix("version = \"")?.strip_suffix('"'))
        .map(str::to_owned)
        .ok_or_else(|| "the workspace has no version".to_owned())
}

/// The version in the name of the shared library: `0.MINOR` until 1.0, then `MAJOR`.
pub(crate) fn so_version() -> Result<String, String> {
    let version = version()?;
    let mut parts = version.split('.');
    match (parts.next(), parts.next()) {
        (Some("0"), Some(minor)) => Ok(format!("0.{minor}")),
        (Some(major), _) => Ok(major.to_owned()),
        _ => Err(format!("`{version}` is no version")),
    }
}

fn copy(from: &Path, to: &Path) -> Result<(), String> {
    let _ = fs::remove_file(to);
    fs::copy(from, to).map_err(|error| format!("{}: {error}", from.display()))?;
    Ok(())
}

fn link(to: &str, at: &Path) -> Result<(), String> {
    let _ = fs::remove_file(at);
    symlink(to, at).map_err(|error| format!("{}: {error}", at.display()))
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}

/// Relative to where the file stands, so that the folder can be moved.
fn pc(version: &str) -> String {
    format!(
        "prefix=${{pcfiledir}}/../..\n\
         includedir=${{prefix}}/include\n\
         libdir=${{prefix}}/lib\n\n\
         Name: liniment\n\
         Description: Advice from rule packs: causes, fixes and non-fixes, ordered, dated, cited and explained\n\
         Version: {version}\n\
         Cflags: -I${{includedir}}\n\
         Libs: -L${{libdir}} -lliniment\n\
         Libs.private: {PRIVATE_LIBRARIES}\n"
    )
}
