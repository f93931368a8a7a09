//! The headers alone: as C99, C11 and C++17, with every warning, and included twice.

use super::programs::{WARNINGS, folder};
use crate::steps::Tally;
use crate::workspace::{program, succeeds};

pub(super) fn check() -> Result<Tally, String> {
    let mut tally = Tally::default();
    std::fs::create_dir_all(folder()).map_err(|error| error.to_string())?;
    let strict = [
        "-Wconversion",
        "-Wshadow",
        "-Wundef",
        "-fsyntax-only",
        "-Ibindings/c/include",
    ];
    for (compiler, standard, header, suffix) in [
        ("cc", "c99", "liniment.h", "c"),
        ("cc", "c11", "liniment.h", "c"),
        ("c++", "c++17", "liniment.h", "cpp"),
        ("c++", "c++20", "liniment.hpp", "cpp"),
        ("c++", "c++17", "liniment.hpp", "cpp"),
    ] {
        let source = folder().join(format!("header_{standard}_{}.{suffix}", header.replace('.', "_")));
        let text = format!(
            "#include \"{header}\"\n#include \"{header}\"\n\
             int main(void) {{ liniment_str text = LINIMENT_STR(\"x\"); return (int)text.len - 1; }}\n"
        );
        std::fs::write(&source, text).map_err(|error| error.to_string())?;
        let mut command = program(compiler, [format!("-std={standard}")]);
        command.args(WARNINGS).args(strict).arg(&source);
        let fine = succeeds(command)?;
        tally.count(fine, || format!("{header} is no clean {standard}"));
    }
    Ok(tally)
}
