//! Columns of a chunk → what evaluation reads: bits, plain numbers, or small codes.

use std::borrow::Cow;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowDictionaryKeyType, ArrowPrimitiveType, DurationMicrosecondType, DurationMillisecondType,
    DurationNanosecondType, DurationSecondType, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type,
    Int64Type, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, PrimitiveArray};
use arrow_buffer::{ArrowNativeType, BooleanBuffer, NullBuffer};
use arrow_schema::{DataType, TimeUnit};
use liniment_planes::{Bits, Codes, Decoded, Ids};

use super::book::{Book, UNKNOWN};
use super::read::{Unit, Values, texts, values};
use crate::case::Known;
use crate::case::value::FactValue;
use crate::cells::Cells;
use crate::check::base::{Fact, FactKind};
use crate::error::Error;

/// How a column is read: settled by its type and its fact, once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Yes or no, as bits.
    Yes,
    /// Numbers of 64 bits.
    Floats,
    /// Whole numbers, or times in microseconds.
    Wholes,
    /// Codes of a [`Book`].
    Codes,
}

impl Form {
    pub(super) fn of(kind: &FactKind, data_type: &DataType) -> Form {
        use DataType as Type;
        match (kind, data_type) {
            (FactKind::YesNo, Type::Boolean) => Form::Yes,
            (
                FactKind::Number { .. },
                Type::Float64
                | Type::Float32
                | Type::Int8
                | Type::Int16
                | Type::Int32
                | Type::Int64
                | Type::UInt8
                | Type::UInt16
                | Type::UInt32,
            ) => Form::Floats,
            (
                FactKind::Integer { .. },
                Type::Int8
                | Type::Int16
                | Type::Int32
                | Type::Int64
                | Type::UInt8
                | Type::UInt16
                | Type::UInt32,
            ) => Form::Wholes,
            (FactKind::Duration { .. } | FactKind::Clock { .. }, Type::Duration(_)) => Form::Wholes,
            (FactKind::Clock { .. }, Type::Timestamp(..)) => Form::Wholes,
            _ => Form::Codes,
        }
    }
}

/// The bits of a buffer, from its first bit on.
fn bits(buffer: &BooleanBuffer) -> Bits {
    let chunks = buffer.bit_chunks();
    let mut words: Bits = chunks.iter().collect();
    if chunks.remainder_len() > 0 {
        words.push(chunks.remainder_bits());
    }
    words
}

fn known(nulls: Option<&NullBuffer>) -> Option<Bits> {
    nulls
        .filter(|nulls| nulls.null_count() > 0)
        .map(|nulls| bits(nulls.inner()))
}

/// Reads a column of a chunk.
pub(super) fn decode<'a>(
    form: Form,
    fact: &'a Fact,
    array: &'a dyn Array,
    now: Option<i64>,
    book: &mut Book,
    cells: &Cells,
    with_least: bool,
) -> Decoded<'a> {
    match form {
        Form::Yes => {
            let column = array.as_boolean();
            Decoded::Yes {
                yes: bits(column.values()),
                known: known(array.nulls()),
            }
        }
        Form::Floats => floats(array),
        Form::Wholes => wholes(array, now),
        Form::Codes => Decoded::Codes(codes(fact, array, now, book, cells, with_least)),
    }
}

fn floats(array: &dyn Array) -> Decoded<'_> {
    fn from<T: ArrowPrimitiveType>(array: &dyn Array, convert: impl Fn(T::Native) -> f64) -> Cow<'_, [f64]> {
        let column = array.as_primitive::<T>();
        Cow::Owned(column.values().iter().map(|value| convert(*value)).collect())
    }
    let values = match array.data_type() {
        DataType::Float64 => Cow::Borrowed(array.as_primitive::<Float64Type>().values().as_ref()),
        DataType::Float32 => from::<Float32Type>(array, f64::from),
        DataType::Int8 => from::<Int8Type>(array, f64::from),
        DataType::Int16 => from::<Int16Type>(array, f64::from),
        DataType::Int32 => from::<Int32Type>(array, f64::from),
        DataType::UInt8 => from::<UInt8Type>(array, f64::from),
        DataType::UInt16 => from::<UInt16Type>(array, f64::from),
        DataType::UInt32 => from::<UInt32Type>(array, f64::from),
        // The nearest number, as in a case.
        _ => from::<Int64Type>(array, |value| value as f64),
    };
    Decoded::Floats {
        values,
        known: known(array.nulls()),
    }
}

fn wholes(array: &dyn Array, now: Option<i64>) -> Decoded<'_> {
    fn from<T: ArrowPrimitiveType>(array: &dyn Array) -> Cow<'_, [i64]>
    where
        T::Native: Into<i64>,
    {
        let column = array.as_primitive::<T>();
        Cow::Owned(column.values().iter().map(|value| (*value).into()).collect())
    }
    fn times<T: ArrowPrimitiveType<Native = i64>>(array: &dyn Array, unit: Unit) -> Cow<'_, [i64]> {
        let column: &PrimitiveArray<T> = array.as_primitive();
        let values = column.values().iter();
        Cow::Owned(values.map(|value| unit.microseconds(*value)).collect())
    }
    fn since<T: ArrowPrimitiveType<Native = i64>>(
        array: &dyn Array,
        unit: Unit,
        now: Option<i64>,
    ) -> Cow<'_, [i64]> {
        let column: &PrimitiveArray<T> = array.as_primitive();
        let now = now.unwrap_or(0);
        let values = column.values().iter();
        Cow::Owned(
            values
                .map(|value| now.saturating_sub(unit.microseconds(*value)))
                .collect(),
        )
    }
    let values = match array.data_type() {
        DataType::Int8 => from::<Int8Type>(array),
        DataType::Int16 => from::<Int16Type>(array),
        DataType::Int32 => from::<Int32Type>(array),
        DataType::UInt8 => from::<UInt8Type>(array),
        DataType::UInt16 => from::<UInt16Type>(array),
        DataType::UInt32 => from::<UInt32Type>(array),
        DataType::Duration(TimeUnit::Second) => times::<DurationSecondType>(array, Unit::SECOND),
        DataType::Duration(TimeUnit::Millisecond) => {
            times::<DurationMillisecondType>(array, Unit::MILLISECOND)
        }
        DataType::Duration(TimeUnit::Microsecond) => {
            Cow::Borrowed(array.as_primitive::<DurationMicrosecondType>().values().as_ref())
        }
        DataType::Duration(TimeUnit::Nanosecond) => times::<DurationNanosecondType>(array, Unit::NANOSECOND),
        DataType::Timestamp(TimeUnit::Second, _) => since::<TimestampSecondType>(array, Unit::SECOND, now),
        DataType::Timestamp(TimeUnit::Millisecond, _) => {
            since::<TimestampMillisecondType>(array, Unit::MILLISECOND, now)
        }
        DataType::Timestamp(TimeUnit::Microsecond, _) => {
            since::<TimestampMicrosecondType>(array, Unit::MICROSECOND, now)
        }
        DataType::Timestamp(TimeUnit::Nanosecond, _) => {
            since::<TimestampNanosecondType>(array, Unit::NANOSECOND, now)
        }
        _ => Cow::Borrowed(array.as_primitive::<Int64Type>().values().as_ref()),
    };
    Decoded::Wholes {
        values,
        known: known(array.nulls()),
    }
}

fn codes<'a>(
    fact: &'a Fact,
    array: &'a dyn Array,
    now: Option<i64>,
    book: &mut Book,
    cells: &Cells,
    with_least: bool,
) -> Codes<'a> {
    if !with_least && let DataType::Dictionary(key, _) = array.data_type() {
        let entries = match key.as_ref() {
            DataType::Int8 => keyed::<Int8Type>(fact, array, now, book, cells),
            DataType::Int16 => keyed::<Int16Type>(fact, array, now, book, cells),
            DataType::Int32 => keyed::<Int32Type>(fact, array, now, book, cells),
            DataType::Int64 => keyed::<Int64Type>(fact, array, now, book, cells),
            DataType::UInt8 => keyed::<UInt8Type>(fact, array, now, book, cells),
            DataType::UInt16 => keyed::<UInt16Type>(fact, array, now, book, cells),
            DataType::UInt32 => keyed::<UInt32Type>(fact, array, now, book, cells),
            _ => keyed::<UInt64Type>(fact, array, now, book, cells),
        };
        if let Some(codes) = entries {
            return codes;
        }
    }
    let rows = array.len();
    let mut codes = Codes {
        ids: Ids::Wide(Vec::new()),
        bad: Vec::new(),
        least: with_least.then(|| Vec::with_capacity(rows)),
    };
    let Some(values) = values(fact, array, now) else {
        codes.ids = Ids::Wide(vec![UNKNOWN; rows]);
        return codes;
    };
    // How much of a clock has passed the code of a text does not tell.
    let wide = match array.data_type() {
        DataType::Utf8 if !with_least => of_texts(&mut codes, array.as_string::<i32>(), &values, book, cells),
        DataType::LargeUtf8 if !with_least => {
            of_texts(&mut codes, array.as_string::<i64>(), &values, book, cells)
        }
        DataType::Utf8View if !with_least => {
            of_texts(&mut codes, array.as_string_view(), &values, book, cells)
        }
        DataType::Dictionary(..) if !with_least && let Some(texts) = texts(array) => {
            of_texts(&mut codes, (0..rows).map(texts), &values, book, cells)
        }
        _ => (0..rows)
            .zip(0u32..)
            .map(|(row, place)| of_value(&mut codes, place, values(row), book, cells))
            .collect(),
    };
    codes.ids = narrow(wide, book.len());
    codes
}

/// The code of what a row states; the row is noted where its value is bad.
fn of_value(
    codes: &mut Codes<'_>,
    row: u32,
    value: Result<FactValue, Error>,
    book: &mut Book,
    cells: &Cells,
) -> u32 {
    let value = value.inspect_err(|_| codes.bad.push(row)).ok();
    if let Some(least) = &mut codes.least {
        let known = value.clone().map(Known);
        least.push(known.and_then(|known| known.bounds()).map(|(least, _)| least));
    }
    value.map_or(UNKNOWN, |value| book.code(cells, value))
}

/// The codes of texts. To read one is dear, and most stand in many rows.
fn of_texts<'t>(
    codes: &mut Codes<'_>,
    texts: impl IntoIterator<Item = Option<&'t str>>,
    values: &Values<'_>,
    book: &mut Book,
    cells: &Cells,
) -> Vec<u32> {
    let rows = texts.into_iter().enumerate().zip(0u32..);
    rows.map(|((row, text), place)| {
        let Some(text) = text else { return UNKNOWN };
        book.text(text).unwrap_or_else(|| {
            let bad = codes.bad.len();
            let code = of_value(codes, place, values(row), book, cells);
            if codes.bad.len() == bad {
                book.remember(text, code);
            }
            code
        })
    })
    .collect()
}

/// Codes as bytes, where they are few.
fn narrow<'a>(wide: Vec<u32>, codes: usize) -> Ids<'a> {
    if codes > 256 {
        return Ids::Wide(wide);
    }
    Ids::Small {
        ids: wide.iter().map(|code| u8::try_from(*code).unwrap_or(0)).collect(),
        codes: (0..u32::try_from(codes).unwrap_or(0)).collect(),
        known: None,
    }
}

/// A dictionary: its entries are read once. None when an entry is bad, so that its rows are found.
fn keyed<'a, K: ArrowDictionaryKeyType>(
    fact: &'a Fact,
    array: &'a dyn Array,
    now: Option<i64>,
    book: &mut Book,
    cells: &Cells,
) -> Option<Codes<'a>> {
    let column = array.as_dictionary::<K>();
    let entries = column.values();
    // A dictionary may be longer than the chunk that uses some of it.
    if entries.len() > array.len().max(256) {
        return None;
    }
    let values = values(fact, entries.as_ref(), now)?;
    let mut codes = Vec::with_capacity(entries.len());
    for entry in 0..entries.len() {
        codes.push(book.code(cells, values(entry).ok()?));
    }
    let keys = column.keys().values();
    let ids = if codes.len() <= 256 {
        // Keys of one byte are taken as they are: a valid one is below the number of entries.
        let ids: Cow<'a, [u8]> = match column.keys().data_type() {
            DataType::Int8 | DataType::UInt8 => Cow::Borrowed(keys.inner().as_slice()),
            _ => keys
                .iter()
                .map(|key| u8::try_from(key.as_usize()).unwrap_or(0))
                .collect(),
        };
        Ids::Small {
            ids: match ids {
                Cow::Borrowed(bytes) => Cow::Borrowed(bytes.get(..keys.len()).unwrap_or(bytes)),
                owned => owned,
            },
            codes,
            known: known(column.keys().nulls()),
        }
    } else {
        let wide = (0..array.len()).map(|row| {
            column
                .key(row)
                .and_then(|key| codes.get(key).copied())
                .unwrap_or(UNKNOWN)
        });
        Ids::Wide(wide.collect())
    };
    Some(Codes {
        ids,
        bad: Vec::new(),
        least: None,
    })
}
