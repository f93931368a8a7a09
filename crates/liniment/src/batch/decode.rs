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
use arrow_buffer::{ArrowNativeType, NullBuffer};
use arrow_schema::{DataType, TimeUnit};

use super::book::{Book, UNKNOWN};
use super::read::{Unit, Values, texts, values};
use super::room::{Bits, Rooms};
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

/// A column of a chunk.
#[derive(Debug)]
pub(super) enum Decoded<'a> {
    Yes {
        yes: Bits<'a>,
        known: Option<Bits<'a>>,
    },
    Floats {
        values: Cow<'a, [f64]>,
        known: Option<Bits<'a>>,
    },
    Wholes {
        values: Cow<'a, [i64]>,
        known: Option<Bits<'a>>,
    },
    Codes(Codes<'a>),
}

/// Codes of a book, by row.
#[derive(Debug)]
pub(super) struct Codes<'a> {
    pub(super) ids: Ids<'a>,
    /// The rows whose value the fact does not take, ascending; they are coded as unknown.
    pub(super) bad: Vec<u32>,
    /// Of a clock: how much of it has surely passed, by row; only where that is asked for.
    pub(super) least: Option<Vec<Option<i64>>>,
}

#[derive(Debug)]
pub(super) enum Ids<'a> {
    /// Small numbers, the code of each, and which rows are not null.
    Small {
        ids: Cow<'a, [u8]>,
        codes: Vec<u32>,
        known: Option<Bits<'a>>,
    },
    /// The codes themselves.
    Wide(Vec<u32>),
}

fn known<'a>(nulls: Option<&'a NullBuffer>, rooms: &Rooms) -> Option<Bits<'a>> {
    nulls
        .filter(|nulls| nulls.null_count() > 0)
        .map(|nulls| rooms.bits(nulls.inner()))
}

/// What the columns of a batch are read with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading<'r> {
    pub(super) cells: &'r Cells,
    pub(super) now: Option<i64>,
    pub(super) rooms: &'r Rooms,
}

/// Reads a column of a chunk.
pub(super) fn decode<'a>(
    form: Form,
    fact: &'a Fact,
    array: &'a dyn Array,
    reading: Reading<'_>,
    book: &mut Book,
    with_least: bool,
) -> Decoded<'a> {
    match form {
        Form::Yes => {
            let column = array.as_boolean();
            Decoded::Yes {
                yes: reading.rooms.bits(column.values()),
                known: known(array.nulls(), reading.rooms),
            }
        }
        Form::Floats => floats(array, reading.rooms),
        Form::Wholes => wholes(array, reading.now, reading.rooms),
        Form::Codes => Decoded::Codes(codes(fact, array, reading, book, with_least)),
    }
}

fn floats<'a>(array: &'a dyn Array, rooms: &Rooms) -> Decoded<'a> {
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
        known: known(array.nulls(), rooms),
    }
}

fn wholes<'a>(array: &'a dyn Array, now: Option<i64>, rooms: &Rooms) -> Decoded<'a> {
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
        known: known(array.nulls(), rooms),
    }
}

fn codes<'a>(
    fact: &'a Fact,
    array: &'a dyn Array,
    reading: Reading<'_>,
    book: &mut Book,
    with_least: bool,
) -> Codes<'a> {
    let Reading { cells, now, .. } = reading;
    if !with_least && let DataType::Dictionary(key, _) = array.data_type() {
        let entries = match key.as_ref() {
            DataType::Int8 => keyed::<Int8Type>(fact, array, reading, book),
            DataType::Int16 => keyed::<Int16Type>(fact, array, reading, book),
            DataType::Int32 => keyed::<Int32Type>(fact, array, reading, book),
            DataType::Int64 => keyed::<Int64Type>(fact, array, reading, book),
            DataType::UInt8 => keyed::<UInt8Type>(fact, array, reading, book),
            DataType::UInt16 => keyed::<UInt16Type>(fact, array, reading, book),
            DataType::UInt32 => keyed::<UInt32Type>(fact, array, reading, book),
            _ => keyed::<UInt64Type>(fact, array, reading, book),
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
        DataType::Utf8 if !with_least => codes.of_texts(array.as_string::<i32>(), &values, book, cells),
        DataType::LargeUtf8 if !with_least => codes.of_texts(array.as_string::<i64>(), &values, book, cells),
        DataType::Utf8View if !with_least => codes.of_texts(array.as_string_view(), &values, book, cells),
        DataType::Dictionary(..) if !with_least && let Some(texts) = texts(array) => {
            codes.of_texts((0..rows).map(texts), &values, book, cells)
        }
        _ => (0..rows)
            .zip(0u32..)
            .map(|(row, place)| codes.of_value(place, values(row), book, cells))
            .collect(),
    };
    codes.ids = narrow(wide, book.len());
    codes
}

impl Codes<'_> {
    /// The code of what a row states; the row is noted where its value is bad.
    fn of_value(&mut self, row: u32, value: Result<FactValue, Error>, book: &mut Book, cells: &Cells) -> u32 {
        let value = value.inspect_err(|_| self.bad.push(row)).ok();
        if let Some(least) = &mut self.least {
            let known = value.clone().map(Known);
            least.push(known.and_then(|known| known.bounds()).map(|(least, _)| least));
        }
        value.map_or(UNKNOWN, |value| book.code(cells, value))
    }

    /// The codes of texts. To read one is dear, and most stand in many rows.
    fn of_texts<'t>(
        &mut self,
        texts: impl IntoIterator<Item = Option<&'t str>>,
        values: &Values<'_>,
        book: &mut Book,
        cells: &Cells,
    ) -> Vec<u32> {
        let rows = texts.into_iter().enumerate().zip(0u32..);
        rows.map(|((row, text), place)| {
            let Some(text) = text else { return UNKNOWN };
            book.text(text).unwrap_or_else(|| {
                let bad = self.bad.len();
                let code = self.of_value(place, values(row), book, cells);
                if self.bad.len() == bad {
                    book.remember(text, code);
                }
                code
            })
        })
        .collect()
    }
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
    reading: Reading<'_>,
    book: &mut Book,
) -> Option<Codes<'a>> {
    let column = array.as_dictionary::<K>();
    let entries = column.values();
    // A dictionary may be longer than the chunk that uses some of it.
    if entries.len() > array.len().max(256) {
        return None;
    }
    let values = values(fact, entries.as_ref(), reading.now)?;
    let mut codes = Vec::with_capacity(entries.len());
    for entry in 0..entries.len() {
        codes.push(book.code(reading.cells, values(entry).ok()?));
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
            known: known(column.keys().nulls(), reading.rooms),
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
