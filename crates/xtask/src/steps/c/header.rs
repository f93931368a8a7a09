//! The headers alone: as C99, C11 and C++17, with every warning, and included twice; and what comments must say.

use super::programs::{WARNINGS, folder};
use crate::c_header::{Function, comment, functions};
use crate::steps::Tally;
use crate::workspace::{program, root, succeeds};

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
    let header = std::fs::read_to_string(root().join("bindings/c/include/liniment.h"))
        .map_err(|error| format!("liniment.h: {error}"))?;
    for function in functions(&header) {
        let missing = unsaid(&function, &comment(&header, &function.name));
        tally.count(missing.is_none(), || {
            format!("{} does not say {}", function.name, missing.unwrap_or_default())
        });
    }
    Ok(tally)
}

/// What the comment of a function should say of what the function gives, and does not.
fn unsaid(function: &Function, comment: &str) -> Option<&'static str> {
    let gives = |wanted: &dyn Fn(&str) -> bool| function.parameters.iter().any(|one| wanted(&one.kind));
    let lives = comment.contains("as long as") || comment.contains("for ever");
    let texts = ["liniment_str", "liniment_strs", "const char *"].contains(&function.returns.as_str());
    if comment.is_empty() {
        Some("anything")
    } else if texts && !lives {
        Some("how long its text lives")
    } else if gives(&|kind| FILLED_WITH_TEXTS.contains(&kind)) && !lives {
        Some("how long the texts live that it fills in")
    } else if gives(&|kind| kind == "liniment_text *" || kind.ends_with("**") && kind != "liniment_error **")
        && !comment.contains("yours to free")
        && !function.name.ends_with("_free")
    {
        Some("who frees what it gives")
    } else {
        None
    }
}

/// Structs that are filled for the caller, with texts in them.
const FILLED_WITH_TEXTS: &[&str] = &[
    "liniment_item *",
    "liniment_cause *",
    "liniment_question *",
    "liniment_conflict *",
    "liniment_suppressed *",
    "liniment_diagnostic *",
    "liniment_fact_info *",
    "liniment_option_info *",
    "liniment_pack_info *",
    "liniment_phase_info *",
    "liniment_source_info *",
];

#[cfg(test)]
mod tests {
    use super::unsaid;
    use crate::c_header::functions;

    #[test]
    fn what_is_given_is_told() {
        let header = "liniment_status liniment_a(const liniment_kb *kb, liniment_text *text);\n\
                      liniment_str liniment_b(void);\nliniment_status liniment_c(liniment_item *item);";
        for (function, told) in
            functions(header)
                .iter()
                .zip(["`text` is yours to free.", "Lives for ever.", "as long as"])
        {
            assert!(unsaid(function, "Does it.").is_some());
            assert!(unsaid(function, "").is_some());
            assert_eq!(unsaid(function, told), None);
        }
    }
}
