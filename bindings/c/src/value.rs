//! A value of a fact, by numbers.

use liniment::case::read::CaseValue;
use liniment::{Case, Elapsed, KnowledgeBase, RawValue};

use crate::error::Failure;
use crate::guard::Outcome;

/// What a `liniment_value` holds.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nothing is known.
    Unknown = 0,
    /// Nothing is known, and it is not to be asked again.
    Declined = 1,
    /// Yes (`as.whole` is not 0) or no.
    Bool = 2,
    /// The option of this number, in `as.whole`.
    Option = 3,
    /// The whole number `as.whole`.
    Integer = 4,
    /// The number `as.number`, in the fact's unit.
    Number = 5,
    /// The length of time `as.whole`, in microseconds.
    DurationUs = 6,
    /// A clock that was never started.
    Never = 7,
    /// Of a fact that takes several options: those it has, as bits in `as.bits`, and those it has not, in
    /// `excludes`; bit 0 is option 0. For facts of up to 64 options.
    Several = 8,
}

/// What a value holds, by its kind.
#[repr(C)]
#[derive(Clone, Copy)]
pub union Content {
    /// Of bool, option, integer and duration.
    pub whole: i64,
    /// Of a number.
    pub number: f64,
    /// Of several.
    pub bits: u64,
}

/// A fact and its value, by numbers. The functions `liniment_bool()` to `liniment_several()` at the end of
/// this header make one.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Value {
    /// The number of the fact.
    pub fact: u32,
    /// A `liniment_kind`.
    pub kind: u32,
    /// What it holds.
    pub r#as: Content,
    /// The options that are not there, for LINIMENT_KIND_SEVERAL; otherwise 0.
    pub excludes: u64,
}

const UNKNOWN: u32 = Kind::Unknown as u32;
const DECLINED: u32 = Kind::Declined as u32;
const BOOL: u32 = Kind::Bool as u32;
const OPTION: u32 = Kind::Option as u32;
const INTEGER: u32 = Kind::Integer as u32;
const NUMBER: u32 = Kind::Number as u32;
const DURATION_US: u32 = Kind::DurationUs as u32;
const NEVER: u32 = Kind::Never as u32;
const SEVERAL: u32 = Kind::Several as u32;

impl Value {
    fn whole(&self) -> i64 {
        // SAFETY: all fields are eight bytes of which every pattern is a value, and the header asks for a
        // value that was filled.
        unsafe { self.r#as.whole }
    }

    fn number(&self) -> f64 {
        // SAFETY: as above.
        unsafe { self.r#as.number }
    }

    fn bits(&self) -> u64 {
        // SAFETY: as above.
        unsafe { self.r#as.bits }
    }

    fn option(&self) -> usize {
        usize::try_from(self.whole()).unwrap_or(usize::MAX)
    }

    fn unknown_kind(&self) -> Failure {
        Failure::argument(format!(
            "a value's `kind` is {}; there are {UNKNOWN} to {SEVERAL}, LINIMENT_KIND_…",
            self.kind
        ))
    }

    /// States it in a case. Nothing is allocated for a value that fits its fact.
    #[inline(always)]
    pub(crate) fn state(&self, kb: &KnowledgeBase, case: &mut Case) -> Outcome {
        match self.raw() {
            Some(raw) if case.set_raw(self.fact as usize, raw) => Ok(()),
            _ => self.state_unusual(kb, case),
        }
    }

    /// Nothing, or one value, as the library's fast way takes it. Kinds are looked up, not jumped by: which one it is
    /// cannot be foreseen.
    #[inline]
    fn raw(&self) -> Option<RawValue> {
        const KINDS: [Option<RawValue>; DURATION_US as usize + 1] = [
            Some(RawValue::UNKNOWN),
            None,
            Some(RawValue::yes_no(false)),
            Some(RawValue::option(0)),
            Some(RawValue::integer(0)),
            Some(RawValue::number(0.0)),
            Some(RawValue::elapsed(Elapsed::from_microseconds(0))),
        ];
        let kind = KINDS.get(self.kind as usize).copied().flatten()?;
        let yes_no = u64::from(self.whole() != 0);
        Some(kind.with_bits(if self.kind == BOOL { yes_no } else { self.bits() }))
    }

    /// States what is not stated the fast way, or says what is wrong with it.
    #[inline(never)]
    fn state_unusual(&self, kb: &KnowledgeBase, case: &mut Case) -> Outcome {
        let fact = kb.fact_at(self.fact as usize)?;
        match self.kind {
            UNKNOWN => case.unset(fact)?,
            DECLINED => case.decline(fact)?,
            BOOL => case.set_bool(fact, self.whole() != 0)?,
            OPTION => case.set_option(kb.option_at(fact, self.option())?)?,
            INTEGER => case.set_integer(fact, self.whole())?,
            NUMBER => case.set_number(fact, self.number())?,
            DURATION_US => case.set_elapsed(fact, Elapsed::from_microseconds(self.whole()))?,
            NEVER => case.set(fact, "never")?,
            SEVERAL => case.set_several(fact, places(self.bits()), places(self.excludes))?,
            _ => return Err(self.unknown_kind()),
        };
        Ok(())
    }

    /// The value as a case would write it.
    pub(crate) fn written(&self, kb: &KnowledgeBase) -> Result<CaseValue, Failure> {
        let fact = kb.fact_at(self.fact as usize)?;
        let name = |option: usize| -> Result<CaseValue, Failure> {
            Ok(kb.option_name(kb.option_at(fact, option)?)?.into())
        };
        let names = |bits: u64| -> Result<CaseValue, Failure> {
            Ok(CaseValue::List(places(bits).map(name).collect::<Result<_, _>>()?))
        };
        Ok(match self.kind {
            UNKNOWN => CaseValue::Null,
            DECLINED => CaseValue::Object(vec![("declined".to_owned(), true.into())]),
            BOOL => (self.whole() != 0).into(),
            OPTION => name(self.option())?,
            INTEGER => self.whole().into(),
            NUMBER => self.number().into(),
            DURATION_US => Elapsed::from_microseconds(self.whole()).into(),
            NEVER => "never".into(),
            SEVERAL => CaseValue::Object(vec![
                ("includes".to_owned(), names(self.bits())?),
                ("excludes".to_owned(), names(self.excludes)?),
            ]),
            _ => return Err(self.unknown_kind()),
        })
    }
}

/// The places of the bits that are set.
fn places(bits: u64) -> impl Iterator<Item = usize> + Clone {
    (0..64).filter(move |place| bits >> place & 1 == 1)
}
