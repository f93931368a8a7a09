//! Errors of the library as the exceptions of `liniment.errors`.

use liniment::diagnostic::{PackError, Severity};
use pyo3::exceptions::PyOSError;
use pyo3::prelude::*;

/// Classes written in Python: they pickle, and a reader finds their attributes.
mod classes {
    pyo3::import_exception!(liniment.errors, CaseError);
    pyo3::import_exception!(liniment.errors, PackError);
    pyo3::import_exception!(liniment.errors, UnknownNameError);
}

/// How wide the excerpts are that an exception carries.
pub(crate) const WIDTH: usize = 100;

/// What is wrong with a case, or a name that is not there.
pub(crate) fn of_call(error: &liniment::Error) -> PyErr {
    let parts = (
        error.message().to_owned(),
        error.code(),
        error.place().map(str::to_owned),
        error.found().map(str::to_owned),
        error.allowed().to_vec(),
        error.nearest().map(str::to_owned),
    );
    match error.code() {
        // Advice ids, causes, languages, packs.
        "C0105" | "C0106" | "C0107" => classes::UnknownNameError::new_err(parts),
        // Bytes that are no compiled packs.
        code if code.starts_with("C05") => {
            let nothing = liniment::diagnostic::to_json(&[]);
            classes::PackError::new_err((error.message().to_owned(), nothing, ""))
        }
        _ => classes::CaseError::new_err(parts),
    }
}

/// A fault of a case that only Python can have.
pub(crate) fn of_value(code: &'static str, place: &str, found: &str, what: &str) -> PyErr {
    let none: Option<String> = None;
    let message = if place.is_empty() {
        what.to_owned()
    } else {
        format!("`{place}`: {what}")
    };
    let place = (!place.is_empty()).then(|| place.to_owned());
    classes::CaseError::new_err((message, code, place, found.to_owned(), Vec::<String>::new(), none))
}

/// A folder that cannot be read.
pub(crate) fn of_folder(error: &liniment::parse::SourceError) -> PyErr {
    PyOSError::new_err(error.to_string())
}

/// Packs with errors.
pub(crate) fn of_packs(error: &PackError) -> PyErr {
    classes::PackError::new_err((
        error.to_string(),
        liniment::diagnostic::to_json(error.diagnostics()),
        error.render(WIDTH, false),
    ))
}

/// Every code with its page.
pub(crate) fn diagnostic_codes() -> Vec<(&'static str, &'static str, &'static str, &'static str)> {
    let codes = liniment::diagnostic::codes().into_iter();
    codes
        .map(|code| {
            let severity = match code.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Note => "note",
            };
            (code.code, severity, code.title, code.page)
        })
        .collect()
}
