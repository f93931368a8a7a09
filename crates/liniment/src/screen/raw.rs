//! Values by number.

use crate::advice::Elapsed;
use crate::case::read::CaseValue;
use crate::text::duration;

/// What is known of one fact, as two numbers: for callers that have their facts in numbered places, such as
/// a device or a table.
///
/// The layout is that of a C struct: a byte for the kind, then 64 bits.
///
/// ```
/// use liniment::RawValue;
/// let facts = [RawValue::UNKNOWN, RawValue::yes_no(true), RawValue::option(2), RawValue::number(38.5)];
/// assert!(facts[0].is_unknown());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct RawValue {
    pub(crate) kind: RawKind,
    pub(crate) bits: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum RawKind {
    Unknown = 0,
    YesNo = 1,
    Option = 2,
    Options = 3,
    Number = 4,
    Integer = 5,
    Elapsed = 6,
    Never = 7,
}

impl RawValue {
    /// Nothing is known.
    pub const UNKNOWN: RawValue = RawValue {
        kind: RawKind::Unknown,
        bits: 0,
    };
    /// A clock that was never started.
    pub const NEVER: RawValue = RawValue {
        kind: RawKind::Never,
        bits: i64::MAX.cast_unsigned(),
    };

    /// Yes or no.
    pub const fn yes_no(yes: bool) -> Self {
        Self {
            kind: RawKind::YesNo,
            bits: yes as u64,
        }
    }

    /// The option of a choice or scale at this place of [`FactInfo::options`](crate::FactInfo::options),
    /// from 0.
    pub const fn option(place: u16) -> Self {
        Self {
            kind: RawKind::Option,
            bits: place as u64,
        }
    }

    /// Of a fact that takes several of at most 64 options: the bits of those it has, the first option the
    /// lowest. It has none of the others.
    pub const fn options(places: u64) -> Self {
        Self {
            kind: RawKind::Options,
            bits: places,
        }
    }

    /// A number, in the fact's unit.
    pub const fn number(value: f64) -> Self {
        Self {
            kind: RawKind::Number,
            bits: value.to_bits(),
        }
    }

    /// A whole number, in the fact's unit.
    pub const fn integer(value: i64) -> Self {
        Self {
            kind: RawKind::Integer,
            bits: value.cast_unsigned(),
        }
    }

    /// A length of time.
    pub const fn elapsed(time: Elapsed) -> Self {
        Self {
            kind: RawKind::Elapsed,
            bits: time.microseconds().cast_unsigned(),
        }
    }

    /// A value of the same kind with other bits: for callers whose values are bits beside a kind.
    pub const fn with_bits(self, bits: u64) -> Self {
        Self { bits, ..self }
    }

    /// Nothing is known.
    pub const fn is_unknown(self) -> bool {
        matches!(self.kind, RawKind::Unknown)
    }

    /// As it would stand in a case. Options are numbers there too, which no fact takes: the error says so.
    pub(super) fn written(self, options: &[String]) -> CaseValue {
        let name = |place: u64| {
            usize::try_from(place)
                .ok()
                .and_then(|place| options.get(place))
                .map_or(CaseValue::Number(place as f64), |name| {
                    CaseValue::Text(name.clone())
                })
        };
        match self.kind {
            RawKind::Unknown => CaseValue::Null,
            RawKind::YesNo => CaseValue::Bool(self.bits != 0),
            RawKind::Option => name(self.bits),
            RawKind::Options => {
                let places = (0..64).filter(|place| self.bits >> place & 1 == 1);
                CaseValue::List(places.map(name).collect())
            }
            RawKind::Number => CaseValue::Number(f64::from_bits(self.bits)),
            RawKind::Integer => CaseValue::Integer(self.bits.cast_signed()),
            RawKind::Elapsed => CaseValue::Text(duration::iso(self.bits.cast_signed())),
            RawKind::Never => CaseValue::Text("never".to_owned()),
        }
    }
}
