//! What a column says of a fact, value by value: the plain way, by which every faster one is judged.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowDictionaryKeyType, ArrowPrimitiveType, DurationMicrosecondType, DurationMillisecondType,
    DurationNanosecondType, DurationSecondType, Float16Type, Float32Type, Float64Type, Int8Type, Int16Type,
    Int32Type, Int64Type, IntervalDayTimeType, IntervalMonthDayNanoType, TimestampMicrosecondType,
    TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType, UInt8Type, UInt16Type,
    UInt32Type, UInt64Type,
};
use arrow_array::{Array, GenericListArray, OffsetSizeTrait};
use arrow_schema::{DataType, IntervalUnit, TimeUnit};

use crate::case::read::CaseValue;
use crate::case::value::{FactValue, checked_scalar, read_fact};
use crate::check::base::{Fact, FactKind, Scalar};
use crate::error::{Error, Kind};
use crate::text::duration;

/// What a column says of a fact in a row.
pub(super) type Values<'a> = Box<dyn Fn(usize) -> Result<FactValue, Error> + 'a>;

const MICROSECONDS_A_DAY: i64 = 86_400_000_000;

/// Reads a column for a fact; none when its type cannot state such a fact.
pub(super) fn values<'a>(fact: &'a Fact, array: &'a dyn Array, now: Option<i64>) -> Option<Values<'a>> {
    let number = matches!(fact.kind, FactKind::Integer { .. } | FactKind::Number { .. });
    let time = matches!(fact.kind, FactKind::Duration { .. } | FactKind::Clock { .. });
    let clock = matches!(fact.kind, FactKind::Clock { .. });
    let stated: Values<'a> = match array.data_type() {
        DataType::Null => return Some(Box::new(|_| Ok(FactValue::Unknown))),
        DataType::Boolean if matches!(fact.kind, FactKind::YesNo) => {
            let array = array.as_boolean();
            Box::new(move |row| Ok(FactValue::YesNo(array.value(row))))
        }
        DataType::Int8 if number => whole::<Int8Type>(fact, array),
        DataType::Int16 if number => whole::<Int16Type>(fact, array),
        DataType::Int32 if number => whole::<Int32Type>(fact, array),
        DataType::Int64 if number => whole::<Int64Type>(fact, array),
        DataType::UInt8 if number => whole::<UInt8Type>(fact, array),
        DataType::UInt16 if number => whole::<UInt16Type>(fact, array),
        DataType::UInt32 if number => whole::<UInt32Type>(fact, array),
        DataType::UInt64 if number => {
            let array = array.as_primitive::<UInt64Type>();
            Box::new(move |row| {
                let value = array.value(row);
                let value = i64::try_from(value).map_or(CaseValue::Number(value as f64), CaseValue::Integer);
                read_fact(fact, &value)
            })
        }
        DataType::Float16 if number => {
            let array = array.as_primitive::<Float16Type>();
            Box::new(move |row| read_fact(fact, &CaseValue::Number(array.value(row).to_f64())))
        }
        DataType::Float32 if number => {
            let array = array.as_primitive::<Float32Type>();
            Box::new(move |row| read_fact(fact, &CaseValue::Number(f64::from(array.value(row)))))
        }
        DataType::Float64 if number => {
            let array = array.as_primitive::<Float64Type>();
            Box::new(move |row| read_fact(fact, &CaseValue::Number(array.value(row))))
        }
        DataType::Decimal32(..) if number => {
            let array = array.as_primitive::<arrow_array::types::Decimal32Type>();
            Box::new(move |row| read_fact(fact, &written_number(&array.value_as_string(row))))
        }
        DataType::Decimal64(..) if number => {
            let array = array.as_primitive::<arrow_array::types::Decimal64Type>();
            Box::new(move |row| read_fact(fact, &written_number(&array.value_as_string(row))))
        }
        DataType::Decimal128(..) if number => {
            let array = array.as_primitive::<arrow_array::types::Decimal128Type>();
            Box::new(move |row| read_fact(fact, &written_number(&array.value_as_string(row))))
        }
        DataType::Decimal256(..) if number => {
            let array = array.as_primitive::<arrow_array::types::Decimal256Type>();
            Box::new(move |row| read_fact(fact, &written_number(&array.value_as_string(row))))
        }
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => {
            let texts = texts(array)?;
            Box::new(move |row| read_fact(fact, &written(fact, texts(row).unwrap_or_default())))
        }
        DataType::Dictionary(key, _) => match key.as_ref() {
            DataType::Int8 => dictionary::<Int8Type>(fact, array, now)?,
            DataType::Int16 => dictionary::<Int16Type>(fact, array, now)?,
            DataType::Int32 => dictionary::<Int32Type>(fact, array, now)?,
            DataType::Int64 => dictionary::<Int64Type>(fact, array, now)?,
            DataType::UInt8 => dictionary::<UInt8Type>(fact, array, now)?,
            DataType::UInt16 => dictionary::<UInt16Type>(fact, array, now)?,
            DataType::UInt32 => dictionary::<UInt32Type>(fact, array, now)?,
            DataType::UInt64 => dictionary::<UInt64Type>(fact, array, now)?,
            _ => return None,
        },
        DataType::List(_) if matches!(fact.kind, FactKind::Several(_)) => list(fact, array.as_list::<i32>())?,
        DataType::LargeList(_) if matches!(fact.kind, FactKind::Several(_)) => {
            list(fact, array.as_list::<i64>())?
        }
        DataType::FixedSizeList(..) if matches!(fact.kind, FactKind::Several(_)) => {
            let array = array.as_fixed_size_list();
            let texts = texts(array.values().as_ref())?;
            Box::new(move |row| {
                let first = usize::try_from(array.value_offset(row)).unwrap_or(0);
                let length = usize::try_from(array.value_length()).unwrap_or(0);
                read_fact(fact, &listed(&texts, first..first + length))
            })
        }
        DataType::Duration(unit) if time => match unit {
            TimeUnit::Second => elapsed::<DurationSecondType>(fact, array, Unit::SECOND),
            TimeUnit::Millisecond => elapsed::<DurationMillisecondType>(fact, array, Unit::MILLISECOND),
            TimeUnit::Microsecond => elapsed::<DurationMicrosecondType>(fact, array, Unit::MICROSECOND),
            TimeUnit::Nanosecond => elapsed::<DurationNanosecondType>(fact, array, Unit::NANOSECOND),
        },
        DataType::Interval(IntervalUnit::DayTime) if time => {
            let array = array.as_primitive::<IntervalDayTimeType>();
            Box::new(move |row| {
                let value = array.value(row);
                let days = i64::from(value.days).saturating_mul(MICROSECONDS_A_DAY);
                duration_of(fact, days.saturating_add(i64::from(value.milliseconds) * 1_000))
            })
        }
        DataType::Interval(IntervalUnit::MonthDayNano) if time => {
            let array = array.as_primitive::<IntervalMonthDayNanoType>();
            Box::new(move |row| {
                let value = array.value(row);
                if value.months != 0 {
                    let why = format!("`{} months` has no fixed length; give days", value.months);
                    return Err(Error::new(Kind::NotADuration(why)).at(fact.id.as_str()));
                }
                let days = i64::from(value.days).saturating_mul(MICROSECONDS_A_DAY);
                duration_of(fact, days.saturating_add(value.nanoseconds.div_euclid(1_000)))
            })
        }
        DataType::Timestamp(unit, _) if clock => {
            let now = now?;
            match unit {
                TimeUnit::Second => since::<TimestampSecondType>(fact, array, Unit::SECOND, now),
                TimeUnit::Millisecond => {
                    since::<TimestampMillisecondType>(fact, array, Unit::MILLISECOND, now)
                }
                TimeUnit::Microsecond => {
                    since::<TimestampMicrosecondType>(fact, array, Unit::MICROSECOND, now)
                }
                TimeUnit::Nanosecond => since::<TimestampNanosecondType>(fact, array, Unit::NANOSECOND, now),
            }
        }
        _ => return None,
    };
    Some(Box::new(move |row| {
        if array.is_null(row) {
            Ok(FactValue::Unknown)
        } else {
            stated(row)
        }
    }))
}

/// How a column's unit stands to microseconds.
#[derive(Clone, Copy)]
pub(super) enum Unit {
    Times(i64),
    Part(i64),
}

impl Unit {
    pub(super) const SECOND: Unit = Unit::Times(1_000_000);
    pub(super) const MILLISECOND: Unit = Unit::Times(1_000);
    pub(super) const MICROSECOND: Unit = Unit::Times(1);
    pub(super) const NANOSECOND: Unit = Unit::Part(1_000);

    pub(super) fn microseconds(self, value: i64) -> i64 {
        match self {
            Unit::Times(times) => value.saturating_mul(times),
            Unit::Part(part) => value.div_euclid(part),
        }
    }
}

fn whole<'a, T: ArrowPrimitiveType>(fact: &'a Fact, array: &'a dyn Array) -> Values<'a>
where
    T::Native: Into<i64>,
{
    let array = array.as_primitive::<T>();
    Box::new(move |row| read_fact(fact, &CaseValue::Integer(array.value(row).into())))
}

fn duration_of(fact: &Fact, microseconds: i64) -> Result<FactValue, Error> {
    checked_scalar(fact, Scalar::Duration(microseconds))
}

fn elapsed<'a, T: ArrowPrimitiveType<Native = i64>>(
    fact: &'a Fact,
    array: &'a dyn Array,
    unit: Unit,
) -> Values<'a> {
    let array = array.as_primitive::<T>();
    Box::new(move |row| duration_of(fact, unit.microseconds(array.value(row))))
}

fn since<'a, T: ArrowPrimitiveType<Native = i64>>(
    fact: &'a Fact,
    array: &'a dyn Array,
    unit: Unit,
    now: i64,
) -> Values<'a> {
    let array = array.as_primitive::<T>();
    Box::new(move |row| {
        let since = now.saturating_sub(unit.microseconds(array.value(row)));
        if since < 0 {
            let found = format!(
                "the moment is {} after now",
                duration::words(since.saturating_neg())
            );
            return Err(Error::new(Kind::AfterNow(found)).at(fact.id.as_str()));
        }
        duration_of(fact, since)
    })
}

fn dictionary<'a, K: ArrowDictionaryKeyType>(
    fact: &'a Fact,
    array: &'a dyn Array,
    now: Option<i64>,
) -> Option<Values<'a>> {
    let array = array.as_dictionary::<K>();
    let entries = values(fact, array.values().as_ref(), now)?;
    Some(Box::new(move |row| match array.key(row) {
        Some(key) => entries(key),
        None => Ok(FactValue::Unknown),
    }))
}

fn list<'a, O: OffsetSizeTrait>(fact: &'a Fact, array: &'a GenericListArray<O>) -> Option<Values<'a>> {
    let texts = texts(array.values().as_ref())?;
    Some(Box::new(move |row| {
        let offsets = array.value_offsets();
        let at = |position: usize| offsets.get(position).map_or(0, |offset| offset.as_usize());
        read_fact(fact, &listed(&texts, at(row)..at(row + 1)))
    }))
}

fn listed(texts: &Texts<'_>, range: std::ops::Range<usize>) -> CaseValue {
    CaseValue::List(
        range
            .map(|position| texts(position).map_or(CaseValue::Null, CaseValue::from))
            .collect(),
    )
}

/// A column of texts: the text of a row, none where it is null.
pub(super) type Texts<'a> = Box<dyn Fn(usize) -> Option<&'a str> + 'a>;

pub(super) fn texts<'a>(array: &'a dyn Array) -> Option<Texts<'a>> {
    fn keyed<'a, K: ArrowDictionaryKeyType>(array: &'a dyn Array) -> Option<Texts<'a>> {
        let array = array.as_dictionary::<K>();
        let entries = texts(array.values().as_ref())?;
        Some(Box::new(move |row| entries(array.key(row)?)))
    }
    let texts: Texts<'a> = match array.data_type() {
        DataType::Null => Box::new(|_| None),
        DataType::Utf8 => {
            let array = array.as_string::<i32>();
            Box::new(move |row| array.is_valid(row).then(|| array.value(row)))
        }
        DataType::LargeUtf8 => {
            let array = array.as_string::<i64>();
            Box::new(move |row| array.is_valid(row).then(|| array.value(row)))
        }
        DataType::Utf8View => {
            let array = array.as_string_view();
            Box::new(move |row| array.is_valid(row).then(|| array.value(row)))
        }
        DataType::Dictionary(key, _) => match key.as_ref() {
            DataType::Int8 => keyed::<Int8Type>(array)?,
            DataType::Int16 => keyed::<Int16Type>(array)?,
            DataType::Int32 => keyed::<Int32Type>(array)?,
            DataType::Int64 => keyed::<Int64Type>(array)?,
            DataType::UInt8 => keyed::<UInt8Type>(array)?,
            DataType::UInt16 => keyed::<UInt16Type>(array)?,
            DataType::UInt32 => keyed::<UInt32Type>(array)?,
            DataType::UInt64 => keyed::<UInt64Type>(array)?,
            _ => return None,
        },
        _ => return None,
    };
    Some(texts)
}

/// A text as a case would write the value: a column of texts, as of a CSV file, has no other way to say
/// yes, a number or a list.
fn written(fact: &Fact, text: &str) -> CaseValue {
    match &fact.kind {
        FactKind::YesNo => match text {
            "true" => CaseValue::Bool(true),
            "false" => CaseValue::Bool(false),
            _ => CaseValue::from(text),
        },
        FactKind::Integer { .. } | FactKind::Number { .. } => written_number(text),
        FactKind::Several(_) => CaseValue::List(
            text.split(';')
                .filter(|option| !option.is_empty())
                .map(CaseValue::from)
                .collect(),
        ),
        _ => CaseValue::from(text),
    }
}

fn written_number(text: &str) -> CaseValue {
    // `12.00` is whole, however large.
    let whole = match text.split_once('.') {
        Some((whole, fraction)) if fraction.bytes().all(|digit| digit == b'0') => whole,
        _ => text,
    };
    whole
        .parse()
        .map(CaseValue::Integer)
        .or_else(|_| text.parse().map(CaseValue::Number))
        .unwrap_or_else(|_| CaseValue::from(text))
}
