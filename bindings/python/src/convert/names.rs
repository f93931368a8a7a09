//! The quick way from names to numbers: by the address of a text that Python has interned.
//!
//! Names of facts and options that stand in a program are interned, so that each has one address for as long
//! as somebody holds it; the table holds it. A text at another address is looked up by what it says.

use std::sync::Mutex;

use liniment::{Case, Elapsed, FactId, FactType, KnowledgeBase, OptionId};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDelta, PyDeltaAccess, PyDict, PyFloat, PyInt, PyString};

/// The names of a knowledge base.
pub(crate) struct Names {
    facts: Vec<Fact>,
    table: Table,
    /// Keeps the interned texts where they are.
    _held: Vec<Py<PyString>>,
    /// A case to fill anew.
    spare: Mutex<Option<Case>>,
}

struct Fact {
    id: FactId,
    kind: FactType,
    options: Vec<OptionId>,
}

impl Names {
    pub(crate) fn new(py: Python<'_>, kb: &KnowledgeBase) -> Result<Self, liniment::Error> {
        let mut facts = Vec::new();
        let mut held = Vec::new();
        let mut entries = Vec::new();
        let mut hold = |name: &str| {
            let text = PyString::intern(py, name);
            let address = text.as_ptr() as usize;
            held.push(text.unbind());
            address
        };
        for (number, fact) in kb.facts().into_iter().enumerate() {
            let id = kb.fact(&fact.id)?;
            entries.push((hold(&fact.id), NAME, number));
            let mut options = Vec::new();
            for (place, option) in fact.options.iter().enumerate() {
                options.push(kb.option(id, &option.id)?);
                entries.push((hold(&option.id), number, place));
            }
            facts.push(Fact {
                id,
                kind: fact.kind,
                options,
            });
        }
        Ok(Self {
            facts,
            table: Table::new(&entries),
            _held: held,
            spare: Mutex::new(None),
        })
    }

    /// A case of which nothing is known; one that was given back, when there is one.
    pub(crate) fn take(&self, kb: &KnowledgeBase) -> Case {
        // Never waits: another thread may hold it, then a new one is made.
        let spare = self.spare.try_lock().ok().and_then(|mut spare| spare.take());
        match spare {
            Some(mut case) => {
                case.clear();
                case
            }
            None => kb.case(),
        }
    }

    /// Gives a case back, to be filled anew.
    pub(crate) fn give_back(&self, case: Case) {
        if let Ok(mut spare) = self.spare.try_lock() {
            *spare = Some(case);
        }
    }

    /// States what can be stated quickly; hands everything else to `slowly`.
    pub(crate) fn state<'py>(
        &self,
        case: &mut Case,
        entries: &Bound<'py, PyDict>,
        mut slowly: impl FnMut(&mut Case, &Bound<'py, PyAny>, &Bound<'py, PyAny>) -> PyResult<()>,
    ) -> PyResult<()> {
        for (name, value) in entries {
            if !self.quickly(case, &name, &value) {
                slowly(case, &name, &value)?;
            }
        }
        Ok(())
    }

    /// Whether it was stated. What is wrong with a value is told on the slow way.
    fn quickly(&self, case: &mut Case, name: &Bound<'_, PyAny>, value: &Bound<'_, PyAny>) -> bool {
        let Some(number) = self.table.find(name.as_ptr() as usize, NAME) else {
            return false;
        };
        let Some(fact) = self.facts.get(number) else {
            return false;
        };
        match fact.kind {
            FactType::YesNo => value
                .cast_exact::<PyBool>()
                .is_ok_and(|value| case.set_bool(fact.id, value.is_true()).is_ok()),
            FactType::Choice | FactType::Scale => self
                .table
                .find(value.as_ptr() as usize, number)
                .and_then(|place| fact.options.get(place))
                .is_some_and(|option| case.set_option(*option).is_ok()),
            FactType::Integer => value
                .cast_exact::<PyInt>()
                .ok()
                .and_then(|value| value.extract().ok())
                .is_some_and(|value| case.set_integer(fact.id, value).is_ok()),
            FactType::Number => {
                if let Ok(value) = value.cast_exact::<PyFloat>() {
                    value
                        .extract()
                        .is_ok_and(|value| case.set_number(fact.id, value).is_ok())
                } else {
                    // The nearest number, as where it is written.
                    value
                        .cast_exact::<PyInt>()
                        .ok()
                        .and_then(|value| value.extract::<i64>().ok())
                        .is_some_and(|value| case.set_number(fact.id, value as f64).is_ok())
                }
            }
            FactType::Duration | FactType::Clock => value.cast_exact::<PyDelta>().is_ok_and(|value| {
                // Longer than 270 years is for the slow way.
                let days = i64::from(value.get_days());
                (0..100_000).contains(&days) && {
                    let seconds = days * 86_400 + i64::from(value.get_seconds());
                    let elapsed =
                        Elapsed::from_microseconds(seconds * 1_000_000 + i64::from(value.get_microseconds()));
                    case.set_elapsed(fact.id, elapsed).is_ok()
                }
            }),
            _ => false,
        }
    }
}

/// Stands for "the name of a fact" where an option has the number of its fact.
const NAME: usize = usize::MAX;

/// Addresses with what they mean, found by linear probing.
struct Table {
    slots: Vec<Option<(usize, usize, usize)>>,
    mask: usize,
}

impl Table {
    fn new(entries: &[(usize, usize, usize)]) -> Self {
        let size = (entries.len() * 2 + 1).next_power_of_two();
        let mut table = Self {
            slots: vec![None; size],
            mask: size - 1,
        };
        for entry in entries {
            let mut at = table.start(entry.0, entry.1);
            // More than half of the slots stay free.
            while let Some(slot) = table.slots.get_mut(at) {
                if slot.is_none() {
                    *slot = Some(*entry);
                    break;
                }
                at = (at + 1) & table.mask;
            }
        }
        table
    }

    fn start(&self, address: usize, of: usize) -> usize {
        // Objects stand at multiples of 16.
        ((address >> 4) ^ of.wrapping_mul(0x9E37_79B9)).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 17 & self.mask
    }

    fn find(&self, address: usize, of: usize) -> Option<usize> {
        let mut at = self.start(address, of);
        while let Some(Some((found, meant, number))) = self.slots.get(at) {
            if *found == address && *meant == of {
                return Some(*number);
            }
            at = (at + 1) & self.mask;
        }
        None
    }
}
