//! A knowledge base, as the package's `KnowledgeBase` builds on it.

use std::collections::BTreeMap;

use liniment::{Elapsed, KnowledgeBase, Limits, PageFormat, Verdict, pack_tests};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyString};

use crate::case::Case;
use crate::convert::{self, names::Names};
use crate::errors;
use crate::pack::Pack;
use crate::verdicts::Verdicts;

/// Packs, checked together and compiled. Never changes; may be used from several threads at once.
#[pyclass(frozen, subclass, module = "liniment._core")]
pub(crate) struct Engine {
    pub(crate) kb: KnowledgeBase,
    packs: Vec<Py<Pack>>,
    is_compiled: bool,
    limits: BTreeMap<String, u64>,
    warnings: String,
    advice_count: usize,
    names: Names,
}

#[pymethods]
impl Engine {
    #[new]
    #[pyo3(signature = (packs: "list[Pack]", lang: "str | None" = None, limits: "dict[str, int] | None" = None, compiled: "bytes | None" = None))]
    fn new(
        py: Python<'_>,
        packs: Vec<Py<Pack>>,
        lang: Option<&str>,
        limits: Option<BTreeMap<String, u64>>,
        compiled: Option<&[u8]>,
    ) -> PyResult<Self> {
        let limits = limits.unwrap_or_default();
        if let Some(bytes) = compiled {
            let kb = py
                .detach(|| KnowledgeBase::from_bytes(bytes))
                .map_err(|error| errors::of_call(&error))?;
            return Self::of(py, kb, lang, &[]).map(|engine| Self {
                is_compiled: true,
                ..engine
            });
        }
        let bounds = convert::limits(&limits)?;
        let texts: Vec<liniment::Source> = packs.iter().map(|pack| pack.get().source.clone()).collect();
        let built = py.detach(|| {
            let builder = KnowledgeBase::builder().limits(bounds);
            let packs = texts.into_iter().map(liniment::Source::without_cases);
            packs.fold(builder, |builder, pack| builder.pack(pack)).build()
        });
        let (kb, warnings) = built.map_err(|error| errors::of_packs(&error))?;
        Self::of(py, kb, lang, &warnings).map(|engine| Self {
            packs,
            limits,
            ..engine
        })
    }

    /// The knowledge base as bytes, for ``KnowledgeBase.from_bytes`` of the same version.
    fn to_bytes<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &py.detach(|| self.kb.to_bytes()))
    }

    /// Whether it was made from bytes: the texts of its packs, and their own cases, are not there.
    #[getter]
    fn is_compiled(&self) -> bool {
        self.is_compiled
    }

    /// The packs' text.
    #[getter]
    fn pack_texts(&self, py: Python<'_>) -> Vec<Py<Pack>> {
        self.packs.iter().map(|pack| pack.clone_ref(py)).collect()
    }

    /// The limits that were set.
    #[getter]
    fn limits(&self) -> BTreeMap<String, u64> {
        self.limits.clone()
    }

    /// The language of the texts.
    #[getter]
    fn lang(&self) -> &str {
        self.kb.lang()
    }

    /// The languages it can speak.
    #[getter]
    fn languages(&self) -> Vec<&str> {
        self.kb.languages().iter().map(String::as_str).collect()
    }

    /// The advice ids, sorted.
    #[getter]
    fn advice_ids(&self) -> Vec<&str> {
        self.kb.advice_ids()
    }

    /// The facts that a case can state, in canonical order.
    #[getter]
    fn fact_ids(&self) -> Vec<String> {
        self.kb.facts().into_iter().map(|fact| fact.id).collect()
    }

    /// The ids of the red flags, the most urgent first.
    #[getter]
    fn red_flags(&self) -> Vec<&str> {
        self.kb.red_flags()
    }

    /// How many rules there are, causes included.
    #[getter]
    fn rule_count(&self) -> usize {
        self.kb.rule_count()
    }

    /// A case: what is known, from a mapping, from keywords, or from both; keywords go before.
    #[pyo3(signature = (case: "object" = None, /, *, now: "object" = None, **facts: "object"))]
    fn case(
        slf: &Bound<'_, Self>,
        case: Option<&Bound<'_, PyAny>>,
        now: Option<&Bound<'_, PyAny>>,
        facts: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Case> {
        let read = convert::case(&slf.get().kb, case, now, facts)?;
        Ok(Case::new(slf, read))
    }

    /// A case from the text of a JSON object.
    #[pyo3(signature = (text: "str | bytes"))]
    fn case_from_json(slf: &Bound<'_, Self>, text: &Bound<'_, PyAny>) -> PyResult<Case> {
        let kb = &slf.get().kb;
        let read = match text.cast::<PyString>() {
            Ok(text) => kb.case_from_json(convert::text(text, "")?),
            Err(_) => kb.case_from_json_bytes(text.extract::<&[u8]>()?),
        };
        match read {
            Ok(read) => Ok(Case::new(slf, read)),
            Err(error) => Err(errors::of_call(&error)),
        }
    }

    /// The verdicts of a case, without texts.
    #[pyo3(signature = (case: "object" = None, /, *, now: "object" = None, **facts: "object"))]
    fn verdicts(
        slf: &Bound<'_, Self>,
        case: Option<&Bound<'_, PyAny>>,
        now: Option<&Bound<'_, PyAny>>,
        facts: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Verdicts> {
        let this = slf.get();
        let mut codes = vec![0; this.advice_count];
        let decide = |case: &liniment::Case, codes: &mut [u8]| {
            this.kb
                .verdict_codes(case, codes)
                .map_err(|error| errors::of_call(&error))
        };
        if let Some(Ok(case)) = case.map(|case| case.cast_exact::<Case>())
            && facts.is_none_or(|facts| facts.is_empty())
        {
            decide(&case.get().case, &mut codes)?;
            return Ok(Verdicts::new(slf, codes));
        }
        let mut read = match case.map(|case| case.cast_exact::<Case>()) {
            Some(Ok(case)) => case.get().case.clone(),
            _ => this.names.take(&this.kb),
        };
        let given = case.filter(|case| !case.is_exact_instance_of::<Case>());
        let outcome = convert::state_quickly(&this.names, &mut read, given, now, facts)
            .and_then(|()| decide(&read, &mut codes));
        this.names.give_back(read);
        outcome.map(|()| Verdicts::new(slf, codes))
    }

    /// The advice as JSON.
    fn advise_json(&self, py: Python<'_>, case: &Case) -> PyResult<String> {
        let answer = py.detach(|| self.kb.advise(&case.case).map(|advice| advice.to_json()));
        answer.map_err(|error| errors::of_call(&error))
    }

    /// The proof of what is said of an advice id or cause, as JSON.
    fn explain_json(&self, py: Python<'_>, case: &Case, id: &str) -> PyResult<String> {
        let answer = py.detach(|| {
            self.kb
                .explain(&case.case, id)
                .map(|explanation| explanation.to_json())
        });
        answer.map_err(|error| errors::of_call(&error))
    }

    /// The proof as indented text.
    fn explain_text(&self, py: Python<'_>, case: &Case, id: &str) -> PyResult<String> {
        let answer = py.detach(|| {
            self.kb
                .explain(&case.case, id)
                .map(|explanation| explanation.to_text())
        });
        answer.map_err(|error| errors::of_call(&error))
    }

    /// The advice over time up to a horizon in microseconds, as JSON.
    fn plan_json(&self, py: Python<'_>, case: &Case, horizon: i64) -> PyResult<String> {
        let horizon = Elapsed::from_microseconds(horizon);
        let answer = py.detach(|| self.kb.plan(&case.case, horizon).map(|plan| plan.to_json()));
        answer.map_err(|error| errors::of_call(&error))
    }

    /// The advice over time as a picture in SVG.
    fn plan_svg(&self, py: Python<'_>, case: &Case, horizon: i64) -> PyResult<String> {
        let horizon = Elapsed::from_microseconds(horizon);
        let answer = py.detach(|| self.kb.plan(&case.case, horizon).map(|plan| plan.to_svg()));
        answer.map_err(|error| errors::of_call(&error))
    }

    /// The advice as a page: `html`, `fragment` or `markdown`.
    fn advice_page(&self, py: Python<'_>, case: &Case, format: &str) -> PyResult<String> {
        let format = page_format(format)?;
        let answer = py.detach(|| self.kb.advice_page(&case.case, format));
        answer.map_err(|error| errors::of_call(&error))
    }

    /// An explanation as a page: `html`, `fragment` or `markdown`.
    fn explanation_page(&self, py: Python<'_>, case: &Case, id: &str, format: &str) -> PyResult<String> {
        let format = page_format(format)?;
        let answer = py.detach(|| self.kb.explanation_page(&case.case, id, None, format));
        answer.map_err(|error| errors::of_call(&error))
    }

    /// Causes and advice ids, and what ties them together, as JSON.
    fn graph_json(&self) -> String {
        self.kb.graph().to_json()
    }

    /// The same as a picture in SVG.
    fn graph_svg(&self) -> String {
        self.kb.graph().to_svg()
    }

    /// What some changes of facts would do, as JSON; `None` forgets a fact.
    #[pyo3(signature = (case: "Case", changes: "object" = None, now: "object" = None, facts: "dict[str, object] | None" = None))]
    fn what_if_json(
        &self,
        py: Python<'_>,
        case: &Case,
        changes: Option<&Bound<'_, PyAny>>,
        now: Option<&Bound<'_, PyAny>>,
        facts: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<String> {
        let changes = convert::written(changes, now, facts)?;
        let answer = py.detach(|| {
            self.kb
                .what_if(&case.case, &changes)
                .map(|answer| answer.to_json())
        });
        answer.map_err(|error| errors::of_call(&error))
    }

    /// The smallest changes that would give a verdict, as JSON.
    fn ways_to_json(&self, py: Python<'_>, case: &Case, id: &str, wanted: &str) -> PyResult<String> {
        let wanted = verdict(wanted)?;
        let answer = py.detach(|| self.kb.ways_to(&case.case, id, wanted).map(|ways| ways.to_json()));
        answer.map_err(|error| errors::of_call(&error))
    }

    /// The facts that already suffice for a verdict, as JSON.
    fn suffices_json(&self, py: Python<'_>, case: &Case, id: &str) -> PyResult<String> {
        let answer = py.detach(|| {
            self.kb
                .suffices(&case.case, id)
                .map(|suffices| suffices.to_json())
        });
        answer.map_err(|error| errors::of_call(&error))
    }

    /// What holds of every case, as JSON.
    fn prove_json(&self, py: Python<'_>, budget: u64) -> String {
        py.detach(|| self.kb.prove(budget).to_json())
    }

    /// What the packs' own cases found, as JSON.
    fn test_json(&self, py: Python<'_>) -> PyResult<String> {
        let texts: Vec<liniment::Source> = self.packs.iter().map(|pack| pack.get().source.clone()).collect();
        let limits = convert::limits(&self.limits)?;
        let report = py.detach(|| pack_tests::run(&texts, &limits).map(|report| report.to_json()));
        report.map_err(|error| errors::of_packs(&error))
    }

    /// The warnings of its packs, as JSON.
    fn warnings_json(&self) -> &str {
        &self.warnings
    }

    /// Packs, facts, phases and sources, as JSON.
    fn about_json(&self) -> String {
        let about = serde_json::json!({
            "packs": self.kb.packs(),
            "facts": self.kb.facts(),
            "phases": self.kb.phases(),
            "sources": self.kb.sources(),
        });
        about.to_string()
    }

    /// The JSON Schema of its cases.
    fn case_schema(&self) -> String {
        self.kb.case_schema()
    }
}

impl Engine {
    /// A knowledge base that speaks the language, without the texts of its packs.
    fn of(
        py: Python<'_>,
        kb: KnowledgeBase,
        lang: Option<&str>,
        warnings: &[liniment::diagnostic::Diagnostic],
    ) -> PyResult<Self> {
        let kb = match lang {
            Some(lang) => kb.in_language(lang).map_err(|error| errors::of_call(&error))?,
            None => kb,
        };
        Ok(Self {
            advice_count: kb.advice_ids().len(),
            names: Names::new(py, &kb).map_err(|error| errors::of_call(&error))?,
            kb,
            packs: Vec::new(),
            is_compiled: false,
            limits: BTreeMap::new(),
            warnings: liniment::diagnostic::to_json(warnings),
        })
    }
}

/// How a page is written, by name.
fn page_format(name: &str) -> PyResult<PageFormat> {
    match name {
        "html" => Ok(PageFormat::Html),
        "fragment" => Ok(PageFormat::HtmlFragment),
        "markdown" => Ok(PageFormat::Markdown),
        _ => Err(pyo3::exceptions::PyValueError::new_err(format!(
            "no format `{name}`; there are html, fragment, markdown"
        ))),
    }
}

/// A verdict by name.
fn verdict(name: &str) -> PyResult<Verdict> {
    Verdict::from_name(name).ok_or_else(|| {
        let names: Vec<&str> = Verdict::ALL.map(Verdict::name).to_vec();
        pyo3::exceptions::PyValueError::new_err(format!(
            "no verdict `{name}`; there are {}",
            names.join(", ")
        ))
    })
}

/// What is wrong with packs, as (JSON, rendering): errors, warnings, and with a budget proofs.
#[pyfunction]
#[pyo3(signature = (packs: "list[Pack]", limits: "dict[str, int] | None" = None, width: "int" = 100, colour: "bool" = false))]
pub(crate) fn check_packs(
    py: Python<'_>,
    packs: Vec<Py<Pack>>,
    limits: Option<BTreeMap<String, u64>>,
    width: usize,
    colour: bool,
) -> PyResult<(String, String)> {
    let bounds: Limits = convert::limits(&limits.unwrap_or_default())?;
    let texts: Vec<liniment::Source> = packs.iter().map(|pack| pack.get().source.clone()).collect();
    Ok(py.detach(|| {
        let builder = KnowledgeBase::builder().limits(bounds);
        let built = texts
            .iter()
            .cloned()
            .fold(builder, |builder, pack| builder.pack(pack))
            .build();
        let diagnostics = match built {
            Ok((_, warnings)) => warnings,
            Err(error) => error.diagnostics().to_vec(),
        };
        let rendering = liniment::diagnostic::render(&diagnostics, &texts, width, colour);
        (liniment::diagnostic::to_json(&diagnostics), rendering)
    }))
}
