//! Facts stated by number: no name is looked up, and nothing is allocated for a value that fits.

use std::hint::select_unpredictable;

use super::Case;
use super::known::Plain;
use super::read::CaseValue;
use super::value::{FactValue, read_fact, wrong_kind};
use crate::advice::Elapsed;
use crate::cells::number_key;
use crate::check::base::{FactIndex, FactKind};
use crate::compact_sort::CompactSort;
use crate::error::{Error, Kind, quoted};
use crate::knowledge_base::{FactId, OptionId};
use crate::screen::{RawKind, RawValue};

impl Case {
    /// States a yes-or-no fact, by number.
    ///
    /// # Errors
    /// When the fact is another knowledge base's or of another kind.
    pub fn set_bool(&mut self, fact: FactId, value: bool) -> Result<&mut Self, Error> {
        self.state(fact, value, |kind| Plain::of_bool(kind, value))
    }

    /// States a choice or scale, by number.
    ///
    /// # Errors
    /// When the option is another knowledge base's, or of a fact that takes several.
    pub fn set_option(&mut self, option: OptionId) -> Result<&mut Self, Error> {
        let found = self.kb.own_fact(option.fact)?;
        match &found.kind {
            FactKind::Choice(_) | FactKind::Scale(_) => {
                self.put_plain(option.fact.index, Plain::Option(option.option));
                Ok(self)
            }
            _ => Err(wrong_kind(found)),
        }
    }

    /// States a number, in the fact's unit, by number of the fact.
    ///
    /// # Errors
    /// When the fact is another knowledge base's or of another kind, or the value is not finite or out of its range.
    pub fn set_number(&mut self, fact: FactId, value: f64) -> Result<&mut Self, Error> {
        self.state(fact, value, |kind| Plain::of_number(kind, value))
    }

    /// States a whole number, in the fact's unit, by number of the fact.
    ///
    /// # Errors
    /// When the fact is another knowledge base's or of another kind, or the value is out of its range.
    pub fn set_integer(&mut self, fact: FactId, value: i64) -> Result<&mut Self, Error> {
        self.state(fact, value, |kind| Plain::of_integer(kind, value))
    }

    /// States a duration or clock, by number.
    ///
    /// # Errors
    /// When the fact is another knowledge base's or of another kind, or the time is negative or out of its range.
    pub fn set_elapsed(&mut self, fact: FactId, elapsed: Elapsed) -> Result<&mut Self, Error> {
        let time = elapsed.microseconds();
        self.state(fact, elapsed, |kind| match kind {
            FactKind::Duration { from, to } if time >= 0 && within(&time, from, to) => {
                Some(Plain::Duration(time))
            }
            FactKind::Clock { .. } if time >= 0 => Some(Plain::Duration(time)),
            _ => None,
        })
    }

    /// States what is known of the fact at a place (see [`FactId::index`]), where that is nothing, or one value of
    /// its kind and range: the fastest way. Answers false, and nothing changes, where it is anything else: the other
    /// methods take it, or say what is wrong with it.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let (kb, _) = liniment::KnowledgeBase::builder().pack(liniment_rules::calf_cramps()).build()?;
    /// use liniment::RawValue;
    /// let in_session = kb.fact("in_session")?.index();
    /// let mut case = kb.case();
    /// assert!(case.set_raw(in_session, RawValue::yes_no(true)));
    /// assert!(!case.set_raw(in_session, RawValue::number(0.5)));
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn set_raw(&mut self, place: usize, value: RawValue) -> bool {
        let cells = &self.kb.shared.program.cells;
        let (Some(slot), Some(known)) = (cells.slots.get(place), self.known.get_mut(place)) else {
            return false;
        };
        let (Some(code), Some(word)) = (
            self.codes.get_mut(slot.variable as usize),
            self.possible.get_mut(slot.word as usize),
        ) else {
            return false;
        };
        let Some(kind) = slot.kind.filter(|kind| *kind == value.kind || value.is_unknown()) else {
            return false;
        };
        // Whether a fact is known cannot be foreseen, and a jump that was not foreseen takes longer than the rest:
        // what is known and what is not go the same way, and are told apart by what is written in the end.
        let unknown = value.is_unknown();
        let bits = select_unpredictable(unknown, 0, value.bits);
        let one_of_the_cells = bits < u64::from(slot.cells);
        // Where a hidden limit cuts what is left into several cells, the other methods know which.
        let in_range = |key: i64| {
            let key = select_unpredictable(unknown, slot.least, key);
            let ordered = cells.ordered(FactIndex::new(place));
            let cell = ordered.map_or(u32::MAX, |ordered| ordered.code_of(key));
            let fits = (slot.least <= key) & (key <= slot.greatest) & (cell < slot.cells);
            fits.then_some(cell)
        };
        let cell = match kind {
            RawKind::YesNo if one_of_the_cells => {
                known.set_yes_no_unless(unknown, bits != 0);
                bits as u32
            }
            RawKind::Option if one_of_the_cells => {
                known.set_option_unless(unknown, bits as u16);
                bits as u32
            }
            RawKind::Number => {
                let number = f64::from_bits(bits);
                match in_range(number_key(number)) {
                    Some(cell) if number.is_finite() => {
                        // No minus zero: it would print differently from zero.
                        known.set_number_unless(unknown, number + 0.0);
                        cell
                    }
                    _ => return false,
                }
            }
            RawKind::Integer => match in_range(bits.cast_signed()) {
                Some(cell) => {
                    known.set_integer_unless(unknown, bits.cast_signed());
                    cell
                }
                None => return false,
            },
            RawKind::Elapsed => match in_range(bits.cast_signed()) {
                Some(cell) => {
                    known.set_duration_unless(unknown, bits.cast_signed());
                    cell
                }
                None => return false,
            },
            _ => return false,
        };
        self.several -= i32::from((*code >= slot.cells) & (*code != slot.all));
        *code = select_unpredictable(unknown, slot.all, cell);
        *word = select_unpredictable(unknown, slot.every, 1 << (cell % 64));
        true
    }

    /// States a fact that takes several options, by number: which of its options, by place, it has and which
    /// it has not; nothing is known of the others.
    ///
    /// # Errors
    /// When the fact is another knowledge base's or of another kind, has no option at a place, or an option
    /// stands on both sides or twice.
    pub fn set_several(
        &mut self,
        fact: FactId,
        includes: impl Iterator<Item = usize> + Clone,
        excludes: impl Iterator<Item = usize> + Clone,
    ) -> Result<&mut Self, Error> {
        let found = self.kb.own_fact(fact)?;
        let FactKind::Several(options) = &found.kind else {
            return Err(wrong_kind(found));
        };
        let first_excluded = includes.clone().count();
        let all = includes.clone().chain(excludes.clone());
        for (position, index) in all.clone().enumerate() {
            let Some(option) = options.get(index) else {
                return Err(Error::no_number("option", index, options.len()).at(found.id.as_str()));
            };
            if let Some(earlier) = all.clone().take(position).position(|other| other == index) {
                let kind = if (earlier < first_excluded) == (position < first_excluded) {
                    Kind::OptionTwice(quoted(option))
                } else {
                    Kind::Overlap(quoted(option))
                };
                return Err(Error::new(kind).at(found.id.as_str()).found_text(option));
            }
        }
        if all.clone().next().is_none() {
            self.put(fact.index, FactValue::Unknown);
            return Ok(self);
        }
        // What the case already holds is filled anew, so that nothing is allocated.
        let slot = self.known.get_mut(fact.index.index());
        let value = match slot.map(|known| std::mem::replace(&mut known.0, FactValue::Unknown)) {
            Some(FactValue::Options { includes, excludes }) => (includes, excludes),
            _ => (Vec::new(), Vec::new()),
        };
        let value = FactValue::Options {
            includes: sorted(value.0, includes),
            excludes: sorted(value.1, excludes),
        };
        self.put(fact.index, value);
        Ok(self)
    }

    /// States what `fits` makes of a fact's kind; what does not fit is read as if it were written, which
    /// settles what is wrong with it.
    #[inline(always)]
    fn state(
        &mut self,
        fact: FactId,
        value: impl Into<CaseValue>,
        fits: impl FnOnce(&FactKind) -> Option<Plain>,
    ) -> Result<&mut Self, Error> {
        let found = self.kb.own_fact(fact)?;
        match fits(&found.kind) {
            Some(value) => self.put_plain(fact.index, value),
            None => {
                let value = read_fact(found, &value.into())?;
                self.put(fact.index, value);
            }
        }
        Ok(self)
    }
}

/// Values where a fact of this kind takes them.
impl Plain {
    #[inline(always)]
    pub(super) fn of_bool(kind: &FactKind, value: bool) -> Option<Self> {
        matches!(kind, FactKind::YesNo).then_some(Plain::YesNo(value))
    }

    #[inline(always)]
    pub(super) fn of_number(kind: &FactKind, value: f64) -> Option<Self> {
        match kind {
            FactKind::Number { from, to, .. } if value.is_finite() && within(&value, from, to) => {
                // No minus zero: it would print differently from zero.
                Some(Plain::Number(value + 0.0))
            }
            _ => None,
        }
    }

    #[inline(always)]
    pub(super) fn of_integer(kind: &FactKind, value: i64) -> Option<Self> {
        match kind {
            FactKind::Integer { from, to, .. } if within(&value, from, to) => Some(Plain::Integer(value)),
            _ => None,
        }
    }
}

fn within<T: PartialOrd>(value: &T, from: &Option<T>, to: &Option<T>) -> bool {
    from.as_ref().is_none_or(|from| from <= value) && to.as_ref().is_none_or(|to| value <= to)
}

/// The numbers of options, sorted, in the place of what stood there.
fn sorted(mut numbers: Vec<u16>, chosen: impl Iterator<Item = usize>) -> Vec<u16> {
    numbers.clear();
    numbers.extend(chosen.filter_map(|index| u16::try_from(index).ok()));
    numbers.compact_sort();
    numbers
}
