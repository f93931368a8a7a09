//! Cases: what is known of one person or thing at one moment.

mod by_number;
mod fill;
pub(crate) mod formats;
mod forms;
mod known;
pub(crate) mod names;
pub mod read;
pub(crate) mod serialize;
#[cfg(test)]
mod tests;
mod tokens;
pub(crate) mod value;

pub(crate) use known::{Known, options_of};
use known::{Plain, allow_also};
use read::CaseValue;
use value::{FactValue, read_fact, read_report};

use crate::advice::Elapsed;
use crate::check::base::FactIndex;
use crate::error::Error;
use crate::knowledge_base::{FactId, KnowledgeBase};

/// What is known of one person or thing at one moment.
///
/// Every fact starts unknown. A case belongs to the knowledge base that made it.
#[derive(Clone, Debug)]
pub struct Case {
    kb: KnowledgeBase,
    known: Vec<Known>,
    /// The possible cells of each variable, as bits.
    possible: Vec<u64>,
    /// The same by variable as a code, where there is one.
    codes: Vec<u32>,
    /// Of how many variables several cells, but not all, are possible.
    several: i32,
    /// Whether anything that is known may hold a list.
    has_lists: bool,
    /// Of the struct that it was last filled from.
    fields: Vec<fill::Field>,
}

/// A fact, by name or by the number that [`KnowledgeBase::fact`] gave.
pub trait FactKey {
    /// Looks the fact up in a knowledge base.
    ///
    /// # Errors
    /// When it has no such fact.
    fn find(&self, kb: &KnowledgeBase) -> Result<FactId, Error>;
}

impl FactKey for FactId {
    fn find(&self, kb: &KnowledgeBase) -> Result<FactId, Error> {
        kb.own_fact(*self).map(|_| *self)
    }
}

impl<S: AsRef<str> + ?Sized> FactKey for &S {
    fn find(&self, kb: &KnowledgeBase) -> Result<FactId, Error> {
        kb.fact((*self).as_ref())
    }
}

impl Case {
    pub(crate) fn new(kb: &KnowledgeBase) -> Self {
        let cells = &kb.program().cells;
        Case {
            kb: kb.clone(),
            known: vec![Known(FactValue::Unknown); kb.base().facts.len()],
            possible: cells.unknown.clone(),
            codes: cells.unknown_codes.clone(),
            several: 0,
            has_lists: false,
            fields: Vec::new(),
        }
    }

    pub(crate) fn base_number(&self) -> u64 {
        self.kb.shared.number
    }

    pub(crate) fn possible(&self) -> &[u64] {
        &self.possible
    }

    /// What is known of each variable, as a code.
    pub(crate) fn codes(&self) -> &[u32] {
        &self.codes
    }

    /// Whether of some variable several cells, but not all, are possible.
    pub(crate) fn has_several(&self) -> bool {
        self.several > 0
    }

    pub(crate) fn known(&self) -> &[Known] {
        &self.known
    }

    pub(crate) fn put(&mut self, fact: FactIndex, value: FactValue) {
        self.has_lists |= matches!(value, FactValue::Options { .. } | FactValue::Reports(_));
        let known = Known(value);
        self.several += known.write(
            &self.kb.shared.program.cells,
            fact,
            &mut self.possible,
            &mut self.codes,
        );
        if let Some(slot) = self.known.get_mut(fact.index()) {
            *slot = known;
        }
    }

    /// The short way for what is stated most: one value of a fact that is one variable.
    #[inline(always)]
    fn put_plain(&mut self, fact: FactIndex, value: Plain) {
        match self.put_cell(fact, value) {
            Some(()) => {
                if let Some(slot) = self.known.get_mut(fact.index()) {
                    slot.set_plain(value);
                }
            }
            None => self.put_cells(fact, value),
        }
    }

    #[cold]
    fn put_cells(&mut self, fact: FactIndex, value: Plain) {
        self.put(fact, value.into());
    }

    /// Writes the one cell that a value leaves of a fact. None when it leaves several.
    #[inline(always)]
    fn put_cell(&mut self, fact: FactIndex, value: Plain) -> Option<()> {
        let cells = &self.kb.shared.program.cells;
        let cell = value.code(cells.ordered(fact))?;
        let index = cells.variable_of(fact);
        let variable = cells.variable(index)?;
        if cell >= variable.cells {
            return None;
        }
        let code = self.codes.get_mut(index.index())?;
        self.several -= i32::from(variable.is_several(*code));
        *code = cell;
        let first = variable.first_word as usize;
        if variable.words > 1 {
            let words = self.possible.get_mut(first..first + variable.words as usize)?;
            words.fill(0);
        }
        *self.possible.get_mut(first + (cell / 64) as usize)? = 1 << (cell % 64);
        Some(())
    }

    /// The short way for what leaves every cell of a fact possible: unknown or declined.
    #[inline(always)]
    fn open(&mut self, fact: FactIndex, forget: impl FnOnce(&mut Known)) {
        let cells = &self.kb.shared.program.cells;
        for index in cells.variables_of(fact) {
            let (Some(variable), Some(code)) = (cells.variable(index), self.codes.get_mut(index.index()))
            else {
                continue;
            };
            self.several -= i32::from(variable.is_several(*code));
            *code = variable.all;
            let first = variable.first_word as usize;
            for word in first..first + variable.words as usize {
                if let (Some(slot), Some(all)) = (self.possible.get_mut(word), cells.unknown.get(word)) {
                    *slot = *all;
                }
            }
        }
        if let Some(slot) = self.known.get_mut(fact.index()) {
            forget(slot);
        }
    }

    /// States a fact: `true`, `"calf_only"`, `"23h59min"`, `40.2`, a list of options.
    ///
    /// # Errors
    /// When there is no such fact, or the value is not of its kind; the error says what is allowed.
    pub fn set(&mut self, fact: impl FactKey, value: impl Into<CaseValue>) -> Result<&mut Self, Error> {
        let fact = fact.find(&self.kb)?;
        let value = match self.kb.shared.base.facts.get(fact.index.index()) {
            Some(found) => read_fact(found, &value.into())?,
            None => return Err(Error::foreign()),
        };
        self.put(fact.index, value);
        Ok(self)
    }

    /// States that a fact lies between two values, both included.
    ///
    /// # Errors
    /// When the fact has no order, or an end is not of its kind.
    pub fn set_range(
        &mut self,
        fact: impl FactKey,
        from: impl Into<CaseValue>,
        to: impl Into<CaseValue>,
    ) -> Result<&mut Self, Error> {
        self.set(
            fact,
            CaseValue::Object(vec![("from".into(), from.into()), ("to".into(), to.into())]),
        )
    }

    /// Adds what one source reports of a fact; where reports differ the fact stays unknown among them.
    ///
    /// # Errors
    /// When there is no such fact, or the value is not of its kind.
    pub fn report(
        &mut self,
        fact: impl FactKey,
        value: impl Into<CaseValue>,
        source: impl Into<String>,
    ) -> Result<&mut Self, Error> {
        let fact = fact.find(&self.kb)?;
        let value = match self.kb.shared.base.facts.get(fact.index.index()) {
            Some(found) => read_report(found, &value.into())?,
            None => return Err(Error::foreign()),
        };
        let source = source.into();
        match self.known.get_mut(fact.index.index()) {
            // Only what it adds: so that many reports take no longer, each, than a few.
            Some(Known(FactValue::Reports(reports))) => {
                let cells = &self.kb.shared.program.cells;
                allow_also(&value, cells, fact.index, &mut self.possible);
                reports.push((value, source));
            }
            _ => self.put(fact.index, FactValue::Reports(vec![(value, source)])),
        }
        Ok(self)
    }

    /// States that the answer was declined: unknown, and not asked again.
    ///
    /// # Errors
    /// When there is no such fact.
    pub fn decline(&mut self, fact: impl FactKey) -> Result<&mut Self, Error> {
        let fact = fact.find(&self.kb)?;
        self.open(fact.index, Known::decline);
        Ok(self)
    }

    /// Forgets a fact.
    ///
    /// # Errors
    /// When there is no such fact.
    pub fn unset(&mut self, fact: impl FactKey) -> Result<&mut Self, Error> {
        let fact = fact.find(&self.kb)?;
        self.open(fact.index, Known::forget);
        Ok(self)
    }

    /// Forgets everything.
    pub fn clear(&mut self) -> &mut Self {
        let cells = &self.kb.shared.program.cells;
        if std::mem::take(&mut self.has_lists) {
            self.known.iter_mut().for_each(Known::forget);
        } else {
            self.known.iter_mut().for_each(Known::forget_plain);
        }
        self.possible.copy_from_slice(&cells.unknown);
        self.codes.copy_from_slice(&cells.unknown_codes);
        self.several = 0;
        self
    }

    /// The facts that are stated, as a JSON object in the order of their ids.
    pub fn to_json(&self) -> String {
        let stated = self
            .kb
            .base()
            .facts
            .iter()
            .zip(&self.known)
            .filter(|(_, known)| known.0 != FactValue::Unknown);
        // Not collected: that would bring a sort of its own.
        let mut object = serde_json::Map::new();
        object.extend(stated.map(|(fact, known)| (fact.id.clone(), known.0.to_json(fact))));
        serde_json::Value::Object(object).to_string()
    }
}

impl From<bool> for CaseValue {
    fn from(value: bool) -> Self {
        CaseValue::Bool(value)
    }
}
impl From<&str> for CaseValue {
    fn from(value: &str) -> Self {
        CaseValue::Text(value.to_owned())
    }
}
impl From<String> for CaseValue {
    fn from(value: String) -> Self {
        CaseValue::Text(value)
    }
}
impl From<i64> for CaseValue {
    fn from(value: i64) -> Self {
        CaseValue::Integer(value)
    }
}
impl From<i32> for CaseValue {
    fn from(value: i32) -> Self {
        CaseValue::Integer(i64::from(value))
    }
}
impl From<f64> for CaseValue {
    fn from(value: f64) -> Self {
        CaseValue::Number(value)
    }
}
impl From<Elapsed> for CaseValue {
    fn from(value: Elapsed) -> Self {
        CaseValue::Text(value.iso())
    }
}
impl<T: Into<CaseValue>> From<Vec<T>> for CaseValue {
    fn from(values: Vec<T>) -> Self {
        CaseValue::List(values.into_iter().map(Into::into).collect())
    }
}
impl<T: Into<CaseValue>, const N: usize> From<[T; N]> for CaseValue {
    fn from(values: [T; N]) -> Self {
        CaseValue::List(values.into_iter().map(Into::into).collect())
    }
}
impl<T: Into<CaseValue>> From<Option<T>> for CaseValue {
    fn from(value: Option<T>) -> Self {
        value.map_or(CaseValue::Null, Into::into)
    }
}
