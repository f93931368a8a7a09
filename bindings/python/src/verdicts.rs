//! The verdicts of a case, by number until somebody asks for names.

use liniment::{KnowledgeBase, Verdict};
use pyo3::exceptions::PyKeyError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBytes, PyDict, PyTuple, PyType};

use crate::engine::Engine;
use crate::hints::{Names, OfPackage, Reduced, VerdictMember};

/// The verdicts of a case: a mapping from the advice ids that have one to their verdicts.
#[pyclass(frozen, mapping, module = "liniment._core")]
pub(crate) struct Verdicts {
    engine: Py<Engine>,
    codes: Vec<u8>,
}

/// The members of `liniment.Verdict`, by number.
fn members(py: Python<'_>) -> PyResult<&Bound<'_, PyTuple>> {
    static MEMBERS: PyOnceLock<Py<PyTuple>> = PyOnceLock::new();
    let members = MEMBERS.get_or_try_init(py, || {
        let class = py.import("liniment.verdict")?.getattr("Verdict")?;
        let members = Verdict::ALL
            .iter()
            .map(|verdict| class.call1((verdict.name(),)))
            .collect::<PyResult<Vec<_>>>()?;
        PyTuple::new(py, members).map(Bound::unbind)
    })?;
    Ok(members.bind(py))
}

/// The member of `liniment.Verdict`.
fn member(py: Python<'_>, code: u8) -> PyResult<Option<VerdictMember<'_>>> {
    match usize::from(code).checked_sub(1) {
        Some(position) => members(py)?
            .get_item(position)
            .map(|member| Some(VerdictMember(member))),
        None => Ok(None),
    }
}

impl Verdicts {
    pub(crate) fn new(engine: &Bound<'_, Engine>, codes: Vec<u8>) -> Self {
        Self {
            engine: engine.clone().unbind(),
            codes,
        }
    }

    fn base(&self) -> &KnowledgeBase {
        &self.engine.get().kb
    }

    fn code(&self, id: &str) -> u8 {
        let position = self.base().advice_id(id).ok().map(liniment::AdviceId::index);
        position
            .and_then(|position| self.codes.get(position))
            .copied()
            .unwrap_or(0)
    }

    fn given(&self) -> impl Iterator<Item = (&str, u8)> {
        let ids = self.base().advice_ids().into_iter();
        ids.zip(self.codes.iter().copied()).filter(|(_, code)| *code != 0)
    }
}

#[pymethods]
impl Verdicts {
    /// A number for each advice id in the order of `KnowledgeBase.advice_ids`: 0 for none, else
    /// `Verdict.code`.
    #[getter]
    fn codes<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &self.codes)
    }

    /// The knowledge base that gave them.
    #[getter]
    fn kb<'py>(&self, py: Python<'py>) -> OfPackage<'py> {
        OfPackage(self.engine.bind(py).clone().into_any())
    }

    fn __getitem__<'py>(&self, py: Python<'py>, id: &str) -> PyResult<VerdictMember<'py>> {
        member(py, self.code(id))?.ok_or_else(|| PyKeyError::new_err(id.to_owned()))
    }

    /// The verdict of an advice id, or the default when it has none.
    #[pyo3(signature = (id, default: "Verdict | None" = None, /))]
    fn get<'py>(
        &self,
        py: Python<'py>,
        id: &str,
        default: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Option<VerdictMember<'py>>> {
        Ok(member(py, self.code(id))?.or(default.map(VerdictMember)))
    }

    fn __contains__(&self, id: &Bound<'_, PyAny>) -> bool {
        id.extract::<&str>().is_ok_and(|id| self.code(id) != 0)
    }

    fn __len__(&self) -> usize {
        self.codes.iter().filter(|code| **code != 0).count()
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Names<'py>> {
        Ok(Names(PyTuple::new(py, self.keys())?.try_iter()?.into_any()))
    }

    /// The advice ids that have a verdict, sorted.
    fn keys(&self) -> Vec<&str> {
        self.given().map(|(id, _)| id).collect()
    }

    /// Their verdicts.
    fn values<'py>(&self, py: Python<'py>) -> PyResult<Vec<VerdictMember<'py>>> {
        self.given()
            .filter_map(|(_, code)| member(py, code).transpose())
            .collect()
    }

    /// Advice ids and verdicts.
    fn items<'py>(&self, py: Python<'py>) -> PyResult<Vec<(&str, VerdictMember<'py>)>> {
        self.given()
            .filter_map(|(id, code)| {
                member(py, code)
                    .transpose()
                    .map(|found| found.map(|found| (id, found)))
            })
            .collect()
    }

    /// Advice id to verdict.
    #[pyo3(signature = () -> "dict[str, Verdict]")]
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let verdicts = PyDict::new(py);
        for (id, verdict) in self.items(py)? {
            verdicts.set_item(id, verdict)?;
        }
        Ok(verdicts)
    }

    fn __eq__(&self, py: Python<'_>, other: &Bound<'_, PyAny>) -> PyResult<bool> {
        match other.cast::<Verdicts>() {
            Ok(other) => Ok(self.given().eq(other.get().given())),
            Err(_) if other.is_instance_of::<PyDict>() => self.to_dict(py)?.eq(other),
            Err(_) => Ok(false),
        }
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<isize> {
        PyTuple::new(py, self.given().collect::<Vec<_>>())?.hash()
    }

    fn __repr__(&self) -> String {
        let shown: Vec<String> = self
            .given()
            .filter_map(|(id, code)| Verdict::from_code(code).map(|verdict| format!("{id}: {verdict}")))
            .collect();
        format!("<Verdicts {}>", shown.join(", "))
    }

    #[classmethod]
    #[pyo3(signature = (kb: "Engine", codes: "bytes"))]
    fn _restore(_class: &Bound<'_, PyType>, kb: &Bound<'_, Engine>, codes: Vec<u8>) -> Self {
        Self::new(kb, codes)
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Reduced<'py>> {
        let restore = PyType::new::<Self>(py).getattr("_restore")?;
        let parts = (self.engine.clone_ref(py), self.codes(py));
        Ok(Reduced((restore, parts).into_pyobject(py)?.into_any()))
    }
}
