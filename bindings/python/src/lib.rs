//! The extension module of the Python package: `liniment._core`.
//!
//! It is thin. Text and numbers go in and out; what they mean to a Python reader (classes, pictures,
//! frames in kind) is made in the package around it.

mod case;
mod column;
mod convert;
mod engine;
mod errors;
mod frame;
mod hints;
mod interview;
mod pack;
mod verdicts;

use pyo3::prelude::*;

/// What the package is built on: packs, cases and answers as the library has them.
#[pymodule]
mod _core {
    use pyo3::prelude::*;

    #[pymodule_export]
    use crate::case::Case;
    #[pymodule_export]
    use crate::column::{Column, frame_of_columns};
    #[pymodule_export]
    use crate::engine::{Engine, check_packs};
    #[pymodule_export]
    use crate::frame::{Frame, Rows};
    #[pymodule_export]
    use crate::interview::InterviewState;
    #[pymodule_export]
    use crate::pack::Pack;
    #[pymodule_export]
    use crate::verdicts::Verdicts;

    /// The version of the library.
    #[pyfunction]
    fn version() -> &'static str {
        env!("CARGO_PKG_VERSION")
    }

    /// The JSON Schema of every answer.
    #[pyfunction]
    fn result_schema() -> &'static str {
        liniment::schema::result()
    }

    /// Diagnostic codes as (code, severity, title, page).
    #[pyfunction]
    fn diagnostic_codes() -> Vec<(&'static str, &'static str, &'static str, &'static str)> {
        crate::errors::diagnostic_codes()
    }

    /// The length of time in ISO 8601, as every answer writes it.
    #[pyfunction]
    fn iso_duration(microseconds: i64) -> String {
        liniment::Elapsed::from_microseconds(microseconds).iso()
    }

    /// The length of time in words: `23 h 59 min`.
    #[pyfunction]
    fn duration_words(microseconds: i64) -> String {
        liniment::Elapsed::from_microseconds(microseconds).to_string()
    }

    /// A length of time such as `24h`, `3d` or `PT24H`, in microseconds.
    #[pyfunction]
    fn parse_duration(text: &str) -> PyResult<i64> {
        crate::convert::horizon(text)
    }
}
