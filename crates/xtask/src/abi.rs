//! `cargo xtask abi`: the binary interface of the C library, as C programs are compiled against it.
//!
//! What a program is compiled against is the header. A library of empty functions, made from it, tells a
//! debugger all of its types and none of Rust's; libabigail reads it, keeps what `--headers-dir` declares, and
//! compares it with the baseline that is committed. That the library has the header's functions is seen by
//! linking, that the header is the library's by generating it.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use crate::c_header::{enumerations, functions};
use crate::workspace::{output, program, root, said, succeeds};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Programs that were compiled before still work, although something they use has changed: a struct that
    /// begins with its size has grown at its end, for example
    #[arg(long)]
    compatible: bool,
}

/// How the present interface differs from the baseline.
pub(crate) enum Difference {
    Nothing,
    /// Only what is new. The report of abidiff.
    Additions(String),
    /// Something was changed or removed. The report of abidiff.
    Changes(String),
}

fn baseline() -> PathBuf {
    root().join("bindings/c/abi/liniment.abi")
}

/// From the root of the workspace.
const FOLDER: &str = "target/c-abi";

/// Accepts the interface as it is.
pub(crate) fn run(arguments: &Arguments) -> Result<bool, String> {
    let present = present()?;
    if baseline().exists() {
        match difference(&baseline(), &present)? {
            Difference::Nothing => {
                println!("the binary interface is that of the baseline");
                return Ok(true);
            }
            Difference::Additions(report) => println!("{report}"),
            Difference::Changes(report) => {
                println!("{report}");
                let versions = (version(&baseline())?, version(&present)?);
                if versions.0 == versions.1 && !arguments.compatible {
                    return Err(format!(
                        "what programs were compiled against has changed: make `ABI_VERSION` in \
                         bindings/c/src/version.rs {}, run `cargo xtask generate` and this again; or pass \
                         `--compatible` where they still work",
                        versions.1 + 1
                    ));
                }
            }
        }
    }
    fs::copy(&present, baseline()).map_err(|error| format!("{}: {error}", baseline().display()))?;
    println!("accepted; commit {}", baseline().display());
    Ok(true)
}

/// Compares the present interface with the baseline.
pub(crate) fn compare() -> Result<Difference, String> {
    difference(&baseline(), &present()?)
}

/// Compares the present interface with that of the same header after a change.
pub(crate) fn compare_changed(name: &str, change: impl FnOnce(&str) -> String) -> Result<Difference, String> {
    let text = header()?;
    let changed = change(&text);
    if changed == text {
        return Err(format!(
            "there is nothing to be changed in the header for `{name}`"
        ));
    }
    let folder = format!("{FOLDER}/{name}");
    fs::create_dir_all(root().join(&folder)).map_err(|error| error.to_string())?;
    fs::write(root().join(&folder).join("liniment.h"), &changed).map_err(|error| error.to_string())?;
    difference(&present()?, &described(&folder, &folder, &changed)?)
}

fn header() -> Result<String, String> {
    let header = root().join("bindings/c/include/liniment.h");
    fs::read_to_string(&header).map_err(|error| format!("liniment.h: {error}"))
}

/// The present interface as libabigail writes it.
fn present() -> Result<PathBuf, String> {
    described(FOLDER, "bindings/c/include", &header()?)
}

/// The interface of a header, which is in the folder `include`, as libabigail writes it into another.
fn described(folder: &str, include: &str, text: &str) -> Result<PathBuf, String> {
    let source = format!("{folder}/interface.c");
    let folder = root().join(folder);
    fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let library = folder.join("interface.so");
    let written = folder.join("liniment.abi");
    fs::write(folder.join("interface.c"), empty_library(text)).map_err(|error| error.to_string())?;
    let mut compile = program(
        "cc",
        [
            "-std=c11",
            "-g",
            "-O0",
            "-shared",
            "-fPIC",
            &format!("-I{include}"),
            "-o",
        ],
    );
    compile
        .arg(&library)
        .arg(source)
        .arg(format!("-fdebug-prefix-map={}=.", root().display()));
    if !succeeds(compile)? {
        return Err("the functions of the header cannot be written out".to_owned());
    }
    let mut read = program(
        "abidw",
        [
            "--headers-dir",
            include,
            "--drop-private-types",
            "--no-show-locs",
            "--no-corpus-path",
            "--no-comp-dir-path",
            "--type-id-style",
            "hash",
            "--out-file",
        ],
    );
    read.arg(&written).arg(&library);
    output(read)?;
    // libabigail makes the path of the source absolute again.
    let text = fs::read_to_string(&written).map_err(|error| format!("{}: {error}", written.display()))?;
    let anywhere = text.replace(&format!("{}/", root().display()), "");
    fs::write(&written, anywhere).map_err(|error| format!("{}: {error}", written.display()))?;
    Ok(written)
}

/// Every function of the header, empty, and one for each enumeration, so that its numbers are compared too.
fn empty_library(header: &str) -> String {
    let mut source = "#include \"liniment.h\"\n\
                      enum interface_version { INTERFACE_VERSION = LINIMENT_ABI_VERSION };\n\
                      void interface_version(enum interface_version version) { (void)version; }\n"
        .to_owned();
    for function in functions(header) {
        let _ = writeln!(source, "{} {{ __builtin_trap(); }}", function.prototype());
    }
    for name in enumerations(header) {
        let _ = writeln!(source, "void uses_{name}(enum {name} number) {{ (void)number; }}");
    }
    source
}

fn difference(before: &Path, after: &Path) -> Result<Difference, String> {
    // A number added to an enumeration breaks no program, so that abidiff hides it unless it is asked.
    let mut everything = program("abidiff", ["--no-show-locs", "--harmless"]);
    everything.arg(before).arg(after);
    let (fine, report) = said(everything)?;
    if fine {
        return Ok(Difference::Nothing);
    }
    let mut changes = program("abidiff", ["--no-show-locs", "--no-added-syms"]);
    changes.arg(before).arg(after);
    Ok(match said(changes)?.0 {
        true => Difference::Additions(report),
        false => Difference::Changes(report),
    })
}

/// The number of the interface that a file of libabigail describes.
fn version(file: &Path) -> Result<u32, String> {
    let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    text.split_once("name='INTERFACE_VERSION' value='")
        .and_then(|(_, rest)| rest.split_once('\''))
        .and_then(|(number, _)| number.parse().ok())
        .ok_or_else(|| format!("{} tells no version of the interface", file.display()))
}
