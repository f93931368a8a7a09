//! A case from a struct, field by field into its cells.
//!
//! What a case mostly is made of (truths, numbers, unit variants and text for options, `None`) is written
//! where it belongs at once. Anything else, and anything wrong, is read by way of a tree of values, which
//! settles what it means and what to say of it.

use serde::ser::{Impossible, Serialize, SerializeStruct, Serializer};

use super::known::{Known, Plain};
use super::serialize::{CaseSerializer, means_fields, to_input};
use super::value::{FactValue, read_case, read_fact};
use super::{Case, options_of};
use crate::KnowledgeBase;
use crate::cells::{Slot, number_key};
use crate::check::base::{FactIndex, FactKind};
use crate::error::Error;
use crate::screen::RawKind;

/// A field of the struct that a case was last filled from, in the order of the fields.
#[derive(Clone, Debug)]
pub(super) struct Field {
    name: &'static str,
    fact: FactIndex,
    slot: Slot,
    /// By the number of a variant: its name, and the option of that name.
    options: Vec<Option<(&'static str, u16)>>,
}

impl Case {
    /// Forgets everything and states what a value that serde can write says: a struct or map, fact to value.
    ///
    /// It means the same as [`KnowledgeBase::case_from`](crate::KnowledgeBase::case_from), with the room of a
    /// case that exists. Nothing is allocated for a struct whose fields are truths, numbers, unit variants and
    /// options of these, once the case has been filled from its type.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let (kb, _) = liniment::KnowledgeBase::builder().pack(liniment_rules::calf_cramps()).build()?;
    /// #[derive(serde::Serialize)]
    /// struct Runner { in_session: Option<bool>, hot_conditions: bool }
    ///
    /// let mut case = kb.case();
    /// for runner in [
    ///     Runner { in_session: None, hot_conditions: true },
    ///     Runner { in_session: Some(false), hot_conditions: false },
    /// ] {
    ///     case.fill(&runner)?;
    ///     let _ = kb.advise(&case)?;
    /// }
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// When a value is not of its fact's kind, or names no fact; nothing is known of the case then.
    pub fn fill<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<&mut Self, Error> {
        self.clear();
        let mut fields = std::mem::take(&mut self.fields);
        let filled = value.serialize(Filler {
            case: self,
            fields: &mut fields,
            next: 0,
        });
        self.fields = fields;
        if filled.is_err() {
            self.clear();
            let input = to_input(value)?;
            for (fact, value) in read_case(self.kb.base(), &input)? {
                self.put(fact, value);
            }
        }
        Ok(self)
    }
}

impl Field {
    /// The option that a unit variant names.
    #[inline]
    fn option_of_variant(&mut self, kb: &KnowledgeBase, number: u32, name: &'static str) -> Option<u16> {
        match self.options.get(number as usize) {
            Some(Some((met, option))) if std::ptr::eq(*met, name) => Some(*option),
            _ => self.learn_variant(kb, number, name),
        }
    }

    #[cold]
    fn learn_variant(&mut self, kb: &KnowledgeBase, number: u32, name: &'static str) -> Option<u16> {
        let fact = kb.shared.base.facts.get(self.fact.index())?;
        let (FactKind::Choice(options) | FactKind::Scale(options)) = &fact.kind else {
            return None;
        };
        let option = options.iter().position(|option| option == name)?;
        let option = u16::try_from(option).ok()?;
        // Variants are numbered from 0; a number that cannot be one of them is not remembered.
        if (number as usize) < options.len().max(256) {
            let length = self.options.len().max(number as usize + 1);
            self.options.resize(length, None);
            if let Some(slot) = self.options.get_mut(number as usize) {
                *slot = Some((name, option));
            }
        }
        Some(option)
    }
}

/// What is not written into the cells at once.
#[derive(Debug)]
struct Unusual;

impl std::fmt::Display for Unusual {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("a value of another form")
    }
}

impl std::error::Error for Unusual {}

impl serde::ser::Error for Unusual {
    fn custom<T: std::fmt::Display>(_: T) -> Self {
        Unusual
    }
}

/// Takes a struct.
struct Filler<'c> {
    case: &'c mut Case,
    /// Those of the case, apart from it meanwhile.
    fields: &'c mut Vec<Field>,
    /// The place of the next field.
    next: usize,
}

impl Filler<'_> {
    /// Whether the next field states a fact; looked up where another one stood there the last time. It does not when there
    /// is no such fact, or when an earlier field has this name too.
    #[inline]
    fn states(&mut self, name: &'static str) -> bool {
        match self.fields.get(self.next) {
            Some(field) if std::ptr::eq(field.name, name) => true,
            _ => self.learn_field(name).is_some(),
        }
    }

    #[cold]
    fn learn_field(&mut self, name: &'static str) -> Option<()> {
        self.fields.truncate(self.next);
        let twice = self.fields.iter().any(|field| field.name == name);
        let fact = self.case.kb.fact(name).ok().filter(|_| !twice)?.index;
        let cells = &self.case.kb.shared.program.cells;
        self.fields.push(Field {
            name,
            fact,
            slot: *cells.slots.get(fact.index())?,
            options: Vec::new(),
        });
        Some(())
    }
}

impl SerializeStruct for Filler<'_> {
    type Ok = ();
    type Error = Unusual;

    #[inline]
    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Unusual> {
        if !self.states(name) {
            return Err(Unusual);
        }
        let field = self.fields.get_mut(self.next).ok_or(Unusual)?;
        let fact = field.fact;
        self.next += 1;
        let direct = value.serialize(Direct {
            case: self.case,
            field,
        });
        match direct {
            Ok(()) => Ok(()),
            Err(Unusual) => {
                let found = self.case.kb.shared.base.facts.get(fact.index()).ok_or(Unusual)?;
                let written = value.serialize(CaseSerializer::of_fact()).map_err(|_| Unusual)?;
                let value = read_fact(found, &written).map_err(|_| Unusual)?;
                self.case.put(fact, value);
                Ok(())
            }
        }
    }

    #[inline]
    fn skip_field(&mut self, name: &'static str) -> Result<(), Unusual> {
        // A field that states nothing may have any name.
        if self.states(name) {
            self.next += 1;
        }
        Ok(())
    }

    #[inline]
    fn end(self) -> Result<(), Unusual> {
        Ok(())
    }
}

/// Takes the value of one field.
struct Direct<'c> {
    case: &'c mut Case,
    field: &'c mut Field,
}

impl Direct<'_> {
    #[inline(always)]
    fn kind(&self) -> Option<&FactKind> {
        let fact = self.case.kb.shared.base.facts.get(self.field.fact.index());
        fact.map(|fact| &fact.kind)
    }

    /// Whether values of this kind are stated in one word.
    #[inline(always)]
    fn takes(&self, kind: RawKind) -> bool {
        self.field.slot.kind == Some(kind)
    }

    /// The cell of a key, where it is the fact's and one cell.
    #[inline(always)]
    fn cell_of(&self, key: i64) -> Option<u32> {
        let slot = &self.field.slot;
        let cells = &self.case.kb.shared.program.cells;
        let cell = cells.ordered(self.field.fact)?.code_of(key);
        ((slot.least <= key) & (key <= slot.greatest) & (cell < slot.cells)).then_some(cell)
    }

    /// Writes the one cell that a value leaves, and the value. No other field is of this fact, and everything was
    /// forgotten before the first: of its variable every cell was possible until now. `put` writes the value in its place,
    /// since a value that is put together first and then moved waits for its parts.
    #[inline(always)]
    fn put_cell(self, cell: u32, put: impl FnOnce(&mut Known)) -> Result<(), Unusual> {
        let slot = &self.field.slot;
        let (Some(code), Some(word), Some(known)) = (
            self.case.codes.get_mut(slot.variable as usize),
            self.case.possible.get_mut(slot.word as usize),
            self.case.known.get_mut(self.field.fact.index()),
        ) else {
            return Err(Unusual);
        };
        *code = cell;
        *word = 1 << (cell % 64);
        put(known);
        Ok(())
    }

    #[inline(always)]
    fn number(self, value: f64) -> Result<(), Unusual> {
        if value.is_finite()
            && self.takes(RawKind::Number)
            && let Some(cell) = self.cell_of(number_key(value))
        {
            // No minus zero: it would print differently from zero.
            return self.put_cell(cell, |known| known.overwrite(FactValue::Number(value + 0.0)));
        }
        let value = self.kind().and_then(|kind| Plain::of_number(kind, value));
        self.put(value)
    }

    #[inline(always)]
    fn option(self, option: u16) -> Result<(), Unusual> {
        if self.takes(RawKind::Option) {
            self.put_cell(u32::from(option), |known| {
                known.overwrite(FactValue::Option(option))
            })
        } else {
            self.put(Some(Plain::Option(option)))
        }
    }

    /// The way of facts with more cells than a word has bits.
    #[inline(never)]
    fn put(self, value: Option<Plain>) -> Result<(), Unusual> {
        match value {
            Some(value) => {
                self.case.put_plain(self.field.fact, value);
                Ok(())
            }
            None => Err(Unusual),
        }
    }

    #[inline(always)]
    fn whole(self, value: i64) -> Result<(), Unusual> {
        if self.takes(RawKind::Integer)
            && let Some(cell) = self.cell_of(value)
        {
            return self.put_cell(cell, |known| known.overwrite(FactValue::Integer(value)));
        }
        match self.kind() {
            Some(kind @ FactKind::Integer { .. }) => {
                let value = Plain::of_integer(kind, value);
                self.put(value)
            }
            _ => self.number(value as f64),
        }
    }
}

/// The methods that refuse, of values that are no plain ones.
macro_rules! unusual {
    ($($method:ident $(<$t:ident>)? ($($type:ty),*) -> $ok:ty),+ $(,)?) => {$(
        fn $method $(<$t: Serialize + ?Sized>)? (self, $(_: $type),*) -> Result<$ok, Unusual> {
            Err(Unusual)
        }
    )+};
}

impl Serializer for Direct<'_> {
    type Ok = ();
    type Error = Unusual;
    type SerializeSeq = Impossible<(), Unusual>;
    type SerializeTuple = Impossible<(), Unusual>;
    type SerializeTupleStruct = Impossible<(), Unusual>;
    type SerializeTupleVariant = Impossible<(), Unusual>;
    type SerializeMap = Impossible<(), Unusual>;
    type SerializeStruct = Impossible<(), Unusual>;
    type SerializeStructVariant = Impossible<(), Unusual>;

    #[inline]
    fn serialize_bool(self, value: bool) -> Result<(), Unusual> {
        if !self.takes(RawKind::YesNo) {
            return Err(Unusual);
        }
        self.put_cell(u32::from(value), |known| known.overwrite(FactValue::YesNo(value)))
    }
    #[inline]
    fn serialize_i8(self, value: i8) -> Result<(), Unusual> {
        self.whole(i64::from(value))
    }
    #[inline]
    fn serialize_i16(self, value: i16) -> Result<(), Unusual> {
        self.whole(i64::from(value))
    }
    #[inline]
    fn serialize_i32(self, value: i32) -> Result<(), Unusual> {
        self.whole(i64::from(value))
    }
    #[inline]
    fn serialize_i64(self, value: i64) -> Result<(), Unusual> {
        self.whole(value)
    }
    #[inline]
    fn serialize_u8(self, value: u8) -> Result<(), Unusual> {
        self.whole(i64::from(value))
    }
    #[inline]
    fn serialize_u16(self, value: u16) -> Result<(), Unusual> {
        self.whole(i64::from(value))
    }
    #[inline]
    fn serialize_u32(self, value: u32) -> Result<(), Unusual> {
        self.whole(i64::from(value))
    }
    #[inline]
    fn serialize_u64(self, value: u64) -> Result<(), Unusual> {
        self.whole(i64::try_from(value).map_err(|_| Unusual)?)
    }
    #[inline]
    fn serialize_f64(self, value: f64) -> Result<(), Unusual> {
        self.number(value)
    }
    #[inline]
    fn serialize_str(self, value: &str) -> Result<(), Unusual> {
        let options = match self.kind() {
            Some(kind @ (FactKind::Choice(_) | FactKind::Scale(_))) => options_of(kind),
            _ => return Err(Unusual),
        };
        let option = options.iter().position(|option| option == value);
        let option = option.and_then(|option| u16::try_from(option).ok());
        self.option(option.ok_or(Unusual)?)
    }
    #[inline]
    fn serialize_none(self) -> Result<(), Unusual> {
        // Everything was forgotten before the first field.
        Ok(())
    }
    #[inline]
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Unusual> {
        value.serialize(self)
    }
    #[inline]
    fn serialize_unit(self) -> Result<(), Unusual> {
        Ok(())
    }
    #[inline]
    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Unusual> {
        Ok(())
    }
    #[inline]
    fn serialize_unit_variant(
        self,
        _: &'static str,
        number: u32,
        variant: &'static str,
    ) -> Result<(), Unusual> {
        let option = self.field.option_of_variant(&self.case.kb, number, variant);
        self.option(option.ok_or(Unusual)?)
    }
    #[inline]
    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Unusual> {
        value.serialize(self)
    }
    unusual! {
        serialize_f32(f32) -> (),
        serialize_char(char) -> (),
        serialize_bytes(&[u8]) -> (),
        serialize_newtype_variant<T>(&'static str, u32, &'static str, &T) -> (),
        serialize_seq(Option<usize>) -> Self::SerializeSeq,
        serialize_tuple(usize) -> Self::SerializeTuple,
        serialize_tuple_struct(&'static str, usize) -> Self::SerializeTupleStruct,
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Self::SerializeTupleVariant,
        serialize_map(Option<usize>) -> Self::SerializeMap,
        serialize_struct(&'static str, usize) -> Self::SerializeStruct,
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Self::SerializeStructVariant,
    }
}

impl<'c> Serializer for Filler<'c> {
    type Ok = ();
    type Error = Unusual;
    type SerializeSeq = Impossible<(), Unusual>;
    type SerializeTuple = Impossible<(), Unusual>;
    type SerializeTupleStruct = Impossible<(), Unusual>;
    type SerializeTupleVariant = Impossible<(), Unusual>;
    type SerializeMap = Impossible<(), Unusual>;
    type SerializeStruct = Filler<'c>;
    type SerializeStructVariant = Impossible<(), Unusual>;

    #[inline]
    fn serialize_struct(self, name: &'static str, fields: usize) -> Result<Self, Unusual> {
        if means_fields(name, fields) {
            Ok(self)
        } else {
            Err(Unusual)
        }
    }
    #[inline]
    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Unusual> {
        value.serialize(self)
    }
    unusual! {
        serialize_bool(bool) -> (),
        serialize_i8(i8) -> (),
        serialize_i16(i16) -> (),
        serialize_i32(i32) -> (),
        serialize_i64(i64) -> (),
        serialize_u8(u8) -> (),
        serialize_u16(u16) -> (),
        serialize_u32(u32) -> (),
        serialize_u64(u64) -> (),
        serialize_f32(f32) -> (),
        serialize_f64(f64) -> (),
        serialize_char(char) -> (),
        serialize_str(&str) -> (),
        serialize_bytes(&[u8]) -> (),
        serialize_none() -> (),
        serialize_some<T>(&T) -> (),
        serialize_unit() -> (),
        serialize_unit_struct(&'static str) -> (),
        serialize_unit_variant(&'static str, u32, &'static str) -> (),
        serialize_newtype_variant<T>(&'static str, u32, &'static str, &T) -> (),
        serialize_seq(Option<usize>) -> Self::SerializeSeq,
        serialize_tuple(usize) -> Self::SerializeTuple,
        serialize_tuple_struct(&'static str, usize) -> Self::SerializeTupleStruct,
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Self::SerializeTupleVariant,
        serialize_map(Option<usize>) -> Self::SerializeMap,
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Self::SerializeStructVariant,
    }
}
