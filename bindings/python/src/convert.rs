//! Values of Python as values of a case.

use std::collections::BTreeMap;

use liniment::case::read::CaseValue;
use liniment::{Elapsed, KnowledgeBase, Limits};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{
    PyBool, PyDelta, PyDeltaAccess, PyDict, PyFloat, PyFrozenSet, PyInt, PyList, PySet, PyString, PyTuple,
};

use crate::case::Case;
use crate::errors;

/// Deeper than the library accepts: what lies below need not be read to be refused.
const DEPTH: usize = 70;

/// A case from a mapping, a record or another case, and from keywords, which go before.
pub(crate) fn case(
    kb: &KnowledgeBase,
    given: Option<&Bound<'_, PyAny>>,
    now: Option<&Bound<'_, PyAny>>,
    facts: Option<&Bound<'_, PyDict>>,
) -> PyResult<liniment::Case> {
    if let Some(Ok(given)) = given.map(|given| given.cast::<Case>()) {
        let mut case = given.get().case.clone();
        state(&mut case, None, now, facts)?;
        return Ok(case);
    }
    let mut case = kb.case();
    state(&mut case, given, now, facts)?;
    Ok(case)
}

/// States facts from a mapping or record, then from keywords.
pub(crate) fn state(
    case: &mut liniment::Case,
    given: Option<&Bound<'_, PyAny>>,
    now: Option<&Bound<'_, PyAny>>,
    facts: Option<&Bound<'_, PyDict>>,
) -> PyResult<()> {
    each(given, now, facts, |name, value| {
        case.set(name, value).map_err(|error| errors::of_call(&error))?;
        Ok(())
    })
}

/// The facts of a mapping or record and of keywords as they are written, not yet looked up.
pub(crate) fn written(
    given: Option<&Bound<'_, PyAny>>,
    now: Option<&Bound<'_, PyAny>>,
    facts: Option<&Bound<'_, PyDict>>,
) -> PyResult<BTreeMap<String, CaseValue>> {
    let mut written = BTreeMap::new();
    each(given, now, facts, |name, value| {
        written.insert(name.to_owned(), value);
        Ok(())
    })?;
    Ok(written)
}

fn each(
    given: Option<&Bound<'_, PyAny>>,
    now: Option<&Bound<'_, PyAny>>,
    facts: Option<&Bound<'_, PyDict>>,
    mut use_fact: impl FnMut(&str, CaseValue) -> PyResult<()>,
) -> PyResult<()> {
    let reader = Reader { now };
    if let Some(given) = given.filter(|given| !given.is_none()) {
        match given.cast_exact::<PyDict>() {
            Ok(given) => reader.entries(given, &mut use_fact)?,
            Err(_) => {
                let helpers = given.py().import("liniment._values")?;
                let entries = helpers.call_method1("entries", (given,))?;
                reader.entries(entries.cast::<PyDict>()?, &mut use_fact)?;
            }
        }
    }
    match facts {
        Some(facts) => reader.entries(facts, &mut use_fact),
        None => Ok(()),
    }
}

struct Reader<'a, 'py> {
    now: Option<&'a Bound<'py, PyAny>>,
}

impl<'py> Reader<'_, 'py> {
    fn entries(
        &self,
        entries: &Bound<'py, PyDict>,
        use_fact: &mut impl FnMut(&str, CaseValue) -> PyResult<()>,
    ) -> PyResult<()> {
        for (name, value) in entries {
            let Ok(name) = name.cast::<PyString>() else {
                let found = name.repr()?.to_string();
                return Err(errors::of_value(
                    "C0006",
                    "",
                    &found,
                    &format!("a fact is named by a text, found {found}"),
                ));
            };
            let name = text(name, "")?;
            use_fact(name, self.value(&value, name, 0)?)?;
        }
        Ok(())
    }

    /// A value at a place of the case.
    fn value(&self, value: &Bound<'py, PyAny>, place: &str, depth: usize) -> PyResult<CaseValue> {
        if value.is_none() || depth > DEPTH {
            return Ok(CaseValue::Null);
        }
        if let Ok(value) = value.cast_exact::<PyBool>() {
            return Ok(CaseValue::Bool(value.is_true()));
        }
        if let Ok(value) = value.cast_exact::<PyString>() {
            return Ok(CaseValue::Text(text(value, place)?.to_owned()));
        }
        if let Ok(value) = value.cast_exact::<PyInt>() {
            return self.whole(value, place);
        }
        if let Ok(value) = value.cast_exact::<PyFloat>() {
            return Ok(CaseValue::Number(value.extract()?));
        }
        if let Ok(value) = value.cast_exact::<PyDelta>() {
            return Ok(CaseValue::Text(elapsed(value)));
        }
        if let Ok(values) = value.cast_exact::<PyList>() {
            return self.list(values.iter(), place, depth);
        }
        if let Ok(values) = value.cast_exact::<PyTuple>() {
            return self.list(values.iter(), place, depth);
        }
        if let Ok(values) = value.cast_exact::<PySet>() {
            return self.set(values.iter(), place, depth);
        }
        if let Ok(values) = value.cast_exact::<PyFrozenSet>() {
            return self.set(values.iter(), place, depth);
        }
        if let Ok(entries) = value.cast_exact::<PyDict>() {
            return self.object(entries, place, depth);
        }
        // Everything else is made plain by the package, in Python.
        let helpers = value.py().import("liniment._values")?;
        let plain = helpers.call_method1("plain", (value, place, self.now))?;
        self.value(&plain, place, depth + 1)
    }

    fn list(
        &self,
        values: impl Iterator<Item = Bound<'py, PyAny>>,
        place: &str,
        depth: usize,
    ) -> PyResult<CaseValue> {
        let values = values
            .enumerate()
            .map(|(index, value)| self.value(&value, &format!("{place}[{index}]"), depth + 1));
        Ok(CaseValue::List(values.collect::<PyResult<_>>()?))
    }

    /// A set has no order of its own: sorted, so that an error is the same at every run.
    fn set(
        &self,
        values: impl Iterator<Item = Bound<'py, PyAny>>,
        place: &str,
        depth: usize,
    ) -> PyResult<CaseValue> {
        let mut list = self.list(values, place, depth)?;
        if let CaseValue::List(values) = &mut list {
            values.sort_by_cached_key(|value| format!("{value:?}"));
        }
        Ok(list)
    }

    fn object(&self, entries: &Bound<'py, PyDict>, place: &str, depth: usize) -> PyResult<CaseValue> {
        let mut object = Vec::with_capacity(entries.len());
        for (name, value) in entries {
            let Ok(name) = name.cast::<PyString>() else {
                let found = name.repr()?.to_string();
                return Err(errors::of_value(
                    "C0010",
                    place,
                    &found,
                    &format!("a key is a text, found {found}"),
                ));
            };
            let name = text(name, place)?;
            object.push((
                name.to_owned(),
                self.value(&value, &format!("{place}.{name}"), depth + 1)?,
            ));
        }
        Ok(CaseValue::Object(object))
    }

    fn whole(&self, value: &Bound<'py, PyInt>, place: &str) -> PyResult<CaseValue> {
        if let Ok(whole) = value.extract::<i64>() {
            return Ok(CaseValue::Integer(whole));
        }
        let digits = value.str().map_or_else(
            |_| "a whole number of very many digits".to_owned(),
            |digits| digits.to_string(),
        );
        let shown: String = digits.chars().take(60).collect();
        let cut = if shown.len() < digits.len() { "…" } else { "" };
        let what = format!("`{shown}{cut}` is beyond the whole numbers of 64 bits");
        Err(errors::of_value("C0009", place, &digits, &what))
    }
}

/// The characters of a text; not every text of Python can be written as UTF-8.
pub(crate) fn text<'a>(text: &'a Bound<'_, PyString>, place: &str) -> PyResult<&'a str> {
    text.to_str().map_err(|_| {
        let found = text.repr().map(|shown| shown.to_string()).unwrap_or_default();
        errors::of_value(
            "C0004",
            place,
            &found,
            "the text holds half of a character (a lone surrogate)",
        )
    })
}

/// A length of time as cases state it.
fn elapsed(delta: &Bound<'_, PyDelta>) -> String {
    let microseconds = (i128::from(delta.get_days()) * 86_400 + i128::from(delta.get_seconds())) * 1_000_000
        + i128::from(delta.get_microseconds());
    match i64::try_from(microseconds) {
        Ok(microseconds) if microseconds >= 0 => Elapsed::from_microseconds(microseconds).iso(),
        Ok(_) => format!(
            "-{}",
            Elapsed::from_microseconds(i64::try_from(-microseconds).unwrap_or(i64::MAX)).iso()
        ),
        Err(_) => format!("P{}D", delta.get_days()),
    }
}

/// A length of time written as text, in microseconds.
pub(crate) fn horizon(text: &str) -> PyResult<i64> {
    let read = Elapsed::parse(text);
    read.map(Elapsed::microseconds).map_err(PyValueError::new_err)
}

/// Limits by name.
pub(crate) fn limits(wanted: &BTreeMap<String, u64>) -> PyResult<Limits> {
    let mut limits = Limits::default();
    for (name, value) in wanted {
        let count = usize::try_from(*value).unwrap_or(usize::MAX);
        limits = match name.as_str() {
            "bytes" => limits.bytes(*value),
            "depth" => limits.depth(count),
            "rules" => limits.rules(count),
            "facts" => limits.facts(count),
            "options" => limits.options(count),
            "boxes" => limits.boxes(count),
            "text_length" => limits.text_length(count),
            "extensions" => limits.extensions(count),
            _ => {
                let message = format!(
                    "no limit `{name}`; there are bytes, depth, rules, facts, options, boxes, text_length, extensions"
                );
                return Err(PyValueError::new_err(message));
            }
        };
    }
    Ok(limits)
}
