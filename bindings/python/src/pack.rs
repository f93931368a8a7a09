//! Packs as text.

use std::path::PathBuf;

use pyo3::prelude::*;
use pyo3::types::PyType;

use crate::errors;
use crate::hints::Reduced;

/// The text of one pack: built in, a folder, or texts in memory.
#[pyclass(frozen, name = "Pack", module = "liniment._core")]
pub(crate) struct Pack {
    pub(crate) source: liniment::Source,
    built_in: Option<&'static str>,
}

#[pymethods]
impl Pack {
    /// A built-in pack.
    #[staticmethod]
    fn built_in(name: &str) -> PyResult<Self> {
        let found = liniment_rules::all().iter().find(|(known, _)| *known == name);
        match found {
            Some((known, files)) => Ok(Self {
                source: liniment::Source::from(*files),
                built_in: Some(known),
            }),
            None => {
                let error = liniment::Error::unknown_pack(name, &Self::built_in_names());
                Err(errors::of_call(&error))
            }
        }
    }

    /// The names of the built-in packs.
    #[staticmethod]
    fn built_in_names() -> Vec<&'static str> {
        liniment_rules::all().iter().map(|(name, _)| *name).collect()
    }

    /// The `*.ron` files of a folder and of its `cases` folder.
    #[staticmethod]
    fn folder(path: PathBuf) -> PyResult<Self> {
        if !path.is_dir() {
            let name = path.to_string_lossy();
            let error = liniment::Error::neither_pack_nor_folder(&name, &Self::built_in_names());
            return Err(errors::of_call(&error));
        }
        match liniment::Source::folder(path) {
            Ok(source) => Ok(Self {
                source,
                built_in: None,
            }),
            Err(error) => Err(errors::of_folder(&error)),
        }
    }

    /// Texts in memory: names such as `pack.ron` or `cases/relief.ron`, and their texts.
    #[staticmethod]
    #[pyo3(signature = (files: "list[tuple[str, str]]", label: "str | None" = None))]
    fn files(files: Vec<(String, String)>, label: Option<&str>) -> Self {
        let source = liniment::Source::files(files);
        Self {
            source: match label {
                Some(label) => source.shown_in(label),
                None => source,
            },
            built_in: None,
        }
    }

    /// The name of a built-in pack.
    #[getter]
    fn name(&self) -> Option<&'static str> {
        self.built_in
    }

    /// The files: names within the pack, and their texts.
    fn texts(&self) -> Vec<(&str, &str)> {
        self.source.texts().collect()
    }

    /// The folder before the names of the files in messages and explanations.
    #[getter]
    fn label(&self) -> &str {
        self.source.label()
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Reduced<'py>> {
        let class = PyType::new::<Self>(py);
        let reduced = match self.built_in {
            Some(name) => (class.getattr("built_in")?, (name,)).into_pyobject(py)?,
            None => (class.getattr("files")?, (self.texts(), self.label())).into_pyobject(py)?,
        };
        Ok(Reduced(reduced.into_any()))
    }
}
