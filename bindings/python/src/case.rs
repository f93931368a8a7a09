//! A case that belongs to a knowledge base.

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyType};

use crate::convert;
use crate::engine::Engine;
use crate::errors;
use crate::hints::{JsonObject, OfPackage, Reduced};

/// What is known of one person or thing at one moment. Never changes; `replace` makes another one.
#[pyclass(frozen, module = "liniment._core")]
pub(crate) struct Case {
    pub(crate) case: liniment::Case,
    engine: Py<Engine>,
}

impl Case {
    pub(crate) fn new(engine: &Bound<'_, Engine>, case: liniment::Case) -> Self {
        Self {
            case,
            engine: engine.clone().unbind(),
        }
    }
}

#[pymethods]
impl Case {
    /// The knowledge base that it belongs to.
    #[getter]
    fn kb<'py>(&self, py: Python<'py>) -> OfPackage<'py> {
        OfPackage(self.engine.bind(py).clone().into_any())
    }

    /// Another case, in which these facts are as given; `None` forgets a fact.
    #[pyo3(signature = (changes: "object" = None, /, *, now: "object" = None, **facts: "object"))]
    fn replace(
        &self,
        py: Python<'_>,
        changes: Option<&Bound<'_, PyAny>>,
        now: Option<&Bound<'_, PyAny>>,
        facts: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Self> {
        let mut case = self.case.clone();
        convert::state(&mut case, changes, now, facts)?;
        Ok(Self {
            case,
            engine: self.engine.clone_ref(py),
        })
    }

    /// What is stated, as a JSON object in the order of the facts' ids.
    fn to_json(&self) -> String {
        self.case.to_json()
    }

    /// What is stated: fact to value, as JSON has it.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<JsonObject<'py>> {
        py.import("json")?
            .call_method1("loads", (self.case.to_json(),))
            .map(JsonObject)
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        match other.cast::<Case>() {
            Ok(other) => self.case.to_json() == other.get().case.to_json(),
            Err(_) => false,
        }
    }

    fn __hash__<'py>(&self, py: Python<'py>) -> PyResult<isize> {
        self.case.to_json().into_pyobject(py)?.hash()
    }

    fn __repr__(&self) -> String {
        format!("<Case {}>", self.case.to_json())
    }

    fn __copy__(slf: &Bound<'_, Self>) -> Py<Self> {
        slf.clone().unbind()
    }

    #[pyo3(signature = (_memo: "object"))]
    fn __deepcopy__(slf: &Bound<'_, Self>, _memo: &Bound<'_, PyAny>) -> Py<Self> {
        slf.clone().unbind()
    }

    #[classmethod]
    fn _restore(_class: &Bound<'_, PyType>, kb: &Bound<'_, Engine>, json: &str) -> PyResult<Self> {
        match kb.get().kb.case_from_json(json) {
            Ok(case) => Ok(Self::new(kb, case)),
            Err(error) => Err(errors::of_call(&error)),
        }
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Reduced<'py>> {
        let restore = PyType::new::<Self>(py).getattr("_restore")?;
        let parts = (self.engine.clone_ref(py), self.case.to_json());
        Ok(Reduced((restore, parts).into_pyobject(py)?.into_any()))
    }
}
