//! What a case knows of one fact, and the cells that leaves possible.

use serde_json::Value;

use super::value::FactValue;
use crate::cells::{Cells, Ordered, SOME_CELLS, Variable, key_of, number_key};
use crate::check::base::{Fact, FactIndex, FactKind, Scalar};
use crate::text::duration;

/// What a case knows of one fact.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Known(pub(crate) FactValue);

/// Methods that put a value, or that nothing is known, in the place of what is known: without a jump, since nobody can
/// foresee which it is.
macro_rules! plain_unless {
    ($($name:ident: $variant:ident($type:ty)),+ $(,)?) => {$(
        #[inline(always)]
        pub(super) fn $name(&mut self, unknown: bool, value: $type) {
            self.drop_lists();
            self.overwrite(if unknown {
                FactValue::Unknown
            } else {
                FactValue::$variant(value)
            });
        }
    )+};
}

impl Known {
    pub(crate) fn is_declined(&self) -> bool {
        self.0 == FactValue::Declined
    }

    /// The least and the greatest key of an ordered fact, as far as they are known.
    pub(crate) fn bounds(&self) -> Option<(i64, i64)> {
        let mut joined: Option<(i64, i64)> = None;
        each_stretch(&self.0, &mut |low, high| {
            joined = Some(joined.map_or((low, high), |(least, most)| (least.min(low), most.max(high))));
        });
        joined
    }

    /// The stretches of keys that an ordered fact may have, each from and to a key; none when nothing is
    /// known of it.
    pub(crate) fn stretches(&self) -> Vec<(i64, i64)> {
        let mut found = Vec::new();
        each_stretch(&self.0, &mut |least, greatest| found.push((least, greatest)));
        found
    }

    /// The reports, when they differ.
    pub(crate) fn differing_reports(&self) -> Option<&[(FactValue, String)]> {
        match &self.0 {
            FactValue::Reports(reports) => {
                let first = reports.first().map(|(value, _)| value);
                reports
                    .iter()
                    .any(|(value, _)| Some(value) != first)
                    .then_some(reports.as_slice())
            }
            _ => None,
        }
    }

    /// Puts a plain value in the place of what is known.
    #[inline(always)]
    pub(super) fn set_plain(&mut self, value: Plain) {
        // Each kind by itself: a value that is put together first and then moved waits for its parts.
        match value {
            Plain::YesNo(yes) => self.set_yes_no_unless(false, yes),
            Plain::Option(chosen) => self.set_option_unless(false, chosen),
            Plain::Integer(value) => self.set_integer_unless(false, value),
            Plain::Number(value) => self.set_number_unless(false, value),
            Plain::Duration(value) => self.set_duration_unless(false, value),
        }
    }

    /// Nothing is known any more.
    #[inline(always)]
    pub(super) fn forget(&mut self) {
        self.drop_lists();
        self.overwrite(FactValue::Unknown);
    }

    /// The same where no list can have been known.
    #[inline(always)]
    pub(super) fn forget_plain(&mut self) {
        self.overwrite(FactValue::Unknown);
    }

    /// Nothing is known any more, and nobody is to be asked.
    #[inline(always)]
    pub(super) fn decline(&mut self) {
        self.drop_lists();
        self.overwrite(FactValue::Declined);
    }

    plain_unless! {
        set_yes_no_unless: YesNo(bool),
        set_option_unless: Option(u16),
        set_integer_unless: Integer(i64),
        set_number_unless: Number(f64),
        set_duration_unless: Duration(i64),
    }

    /// Frees what only some values hold.
    #[inline(always)]
    fn drop_lists(&mut self) {
        if let FactValue::Options { .. } | FactValue::Reports(_) = self.0 {
            self.0 = FactValue::Unknown;
        }
    }

    /// Puts a value where nothing is left to be dropped: asking whether there is takes time.
    #[inline(always)]
    pub(super) fn overwrite(&mut self, value: FactValue) {
        std::mem::forget(std::mem::replace(&mut self.0, value));
    }

    /// Writes the possible cells of a fact into the words of a case, and their codes. Answers by how many
    /// the variables change of which several cells, but not all, are possible.
    pub(crate) fn write(
        &self,
        cells: &Cells,
        fact: FactIndex,
        possible: &mut [u64],
        codes: &mut [u32],
    ) -> i32 {
        let mut change = 0;
        for index in cells.variables_of(fact) {
            let (Some(variable), Some(slot)) = (cells.variable(index), codes.get_mut(index.index())) else {
                continue;
            };
            let Some(words) = words_of(variable, possible) else {
                continue;
            };
            change -= i32::from(variable.is_several(*slot));
            *slot = code(&self.0, variable, cells.ordered(fact));
            change += i32::from(variable.is_several(*slot));
            words.fill(0);
            if *slot != SOME_CELLS {
                let (first, next) = cells.cells_of(variable, *slot);
                allow_between(words, first, next);
                continue;
            }
            allow_in_words(&self.0, variable, cells.ordered(fact), words);
        }
        change
    }
}

/// A value of a fact that is one variable, not a range.
#[derive(Clone, Copy, Debug)]
pub(super) enum Plain {
    YesNo(bool),
    Option(u16),
    Integer(i64),
    Number(f64),
    /// In microseconds.
    Duration(i64),
}

impl Plain {
    /// The code of the one cell that it leaves, or of the cells that a hidden limit cuts its segment into.
    #[inline(always)]
    pub(super) fn code(self, ordered: Option<&Ordered>) -> Option<u32> {
        match self {
            Plain::YesNo(yes) => Some(u32::from(yes)),
            Plain::Option(chosen) => Some(u32::from(chosen)),
            Plain::Integer(value) | Plain::Duration(value) => Some(ordered?.code_of(value)),
            Plain::Number(value) => Some(ordered?.code_of(number_key(value))),
        }
    }
}

impl From<Plain> for FactValue {
    #[inline(always)]
    fn from(plain: Plain) -> Self {
        match plain {
            Plain::YesNo(yes) => FactValue::YesNo(yes),
            Plain::Option(chosen) => FactValue::Option(chosen),
            Plain::Integer(value) => FactValue::Integer(value),
            Plain::Number(value) => FactValue::Number(value),
            Plain::Duration(value) => FactValue::Duration(value),
        }
    }
}

/// Makes possible what one more report says, beside what those before it said.
pub(super) fn allow_also(report: &FactValue, cells: &Cells, fact: FactIndex, possible: &mut [u64]) {
    for index in cells.variables_of(fact) {
        if let Some(variable) = cells.variable(index)
            && let Some(words) = words_of(variable, possible)
        {
            allow_in_words(report, variable, cells.ordered(fact), words);
        }
    }
}

fn words_of<'a>(variable: &Variable, possible: &'a mut [u64]) -> Option<&'a mut [u64]> {
    let first = variable.first_word as usize;
    possible.get_mut(first..first + variable.words as usize)
}

/// Sets the bits of all cells that a value leaves possible.
fn allow_in_words(value: &FactValue, variable: &Variable, ordered: Option<&Ordered>, words: &mut [u64]) {
    let mut allow = |cell: u32| {
        if let Some(word) = words.get_mut((cell / 64) as usize) {
            *word |= 1 << (cell % 64);
        }
    };
    allow_cells(value, variable.option, variable.cells, ordered, &mut allow);
}

/// Sets the bits from one cell up to, and without, another.
fn allow_between(words: &mut [u64], first: u32, next: u32) {
    if next == first + 1 {
        if let Some(word) = words.get_mut((first / 64) as usize) {
            *word = 1 << (first % 64);
        }
        return;
    }
    for (position, word) in words.iter_mut().enumerate() {
        let start = u32::try_from(position * 64).unwrap_or(u32::MAX);
        let (low, high) = (first.max(start), next.min(start + 64));
        if low < high {
            *word = (u64::MAX >> (64 - (high - low))) << (low - start);
        }
    }
}

/// The code of what a value leaves possible of a variable.
fn code(value: &FactValue, variable: &Variable, ordered: Option<&Ordered>) -> u32 {
    let key = |key: i64| ordered.map_or(SOME_CELLS, |ordered| ordered.code_of(key));
    match value {
        FactValue::Unknown | FactValue::Declined => variable.all,
        FactValue::YesNo(yes) => u32::from(*yes),
        FactValue::Option(chosen) => u32::from(*chosen),
        FactValue::Options { includes, excludes } => match variable.option {
            Some(option) if includes.binary_search(&option).is_ok() => 1,
            Some(option) if excludes.binary_search(&option).is_ok() => 0,
            _ => variable.all,
        },
        FactValue::Integer(value) | FactValue::Duration(value) => key(*value),
        FactValue::Number(value) => key(number_key(*value)),
        FactValue::Never => key(i64::MAX),
        FactValue::Range(..) | FactValue::StepRange(..) | FactValue::Reports(_) => SOME_CELLS,
    }
}

fn each_stretch(value: &FactValue, take: &mut impl FnMut(i64, i64)) {
    match value {
        FactValue::Integer(value) | FactValue::Duration(value) => take(*value, *value),
        FactValue::Number(value) => take(number_key(*value), number_key(*value)),
        FactValue::Never => take(i64::MAX, i64::MAX),
        FactValue::Range(from, to) => {
            let open = match to {
                // No time is shorter than none.
                Some(Scalar::Duration(_)) | None => 0,
                Some(Scalar::Integer(_)) => i64::MIN,
                Some(Scalar::Number(_)) => number_key(f64::NEG_INFINITY),
            };
            let end = match from {
                Some(Scalar::Number(_)) => number_key(f64::INFINITY),
                _ => i64::MAX,
            };
            take(from.map_or(open, key_of), to.map_or(end, key_of));
        }
        FactValue::Reports(reports) => reports.iter().for_each(|(value, _)| each_stretch(value, take)),
        _ => {}
    }
}

/// Calls `allow` for every cell of one variable that the value leaves possible.
fn allow_cells(
    value: &FactValue,
    option: Option<u16>,
    count: u32,
    ordered: Option<&Ordered>,
    allow: &mut impl FnMut(u32),
) {
    let mut segments = |from: i64, to: i64| {
        if let Some(ordered) = ordered {
            for segment in ordered.segment_of(from)..=ordered.segment_of(to) {
                let (first, next) = ordered.cells_of_segment(segment);
                (first..next).for_each(&mut *allow);
            }
        }
    };
    match value {
        FactValue::Unknown | FactValue::Declined => (0..count).for_each(allow),
        FactValue::YesNo(yes) => allow(u32::from(*yes)),
        FactValue::Option(chosen) => allow(u32::from(*chosen)),
        FactValue::StepRange(from, to) => (u32::from(*from)..=u32::from(*to)).for_each(allow),
        FactValue::Options { includes, excludes } => {
            let listed = |list: &[u16]| option.is_some_and(|option| list.contains(&option));
            if !listed(includes) {
                allow(0);
            }
            if !listed(excludes) {
                allow(1);
            }
        }
        FactValue::Integer(value) | FactValue::Duration(value) => segments(*value, *value),
        FactValue::Number(value) => segments(number_key(*value), number_key(*value)),
        FactValue::Never => segments(i64::MAX, i64::MAX),
        FactValue::Range(from, to) => segments(from.map_or(i64::MIN, key_of), to.map_or(i64::MAX, key_of)),
        // What any of the reports leaves possible. Reports do not nest.
        FactValue::Reports(reports) => reports
            .iter()
            .filter(|(value, _)| !matches!(value, FactValue::Reports(_)))
            .for_each(|(value, _)| {
                allow_cells(value, option, count, ordered, &mut *allow);
            }),
    }
}

impl FactValue {
    /// The value as it stands in the result: options by name, durations in ISO 8601.
    pub(crate) fn to_json(&self, fact: &Fact) -> Value {
        let option = |option: &u16| {
            options_of(&fact.kind)
                .get(*option as usize)
                .map_or(Value::Null, |name| Value::from(name.as_str()))
        };
        let scalar = |scalar: &Scalar| match scalar {
            Scalar::Integer(value) => Value::from(*value),
            Scalar::Number(value) => Value::from(*value),
            Scalar::Duration(value) => Value::from(duration::iso(*value)),
        };
        let object = |entries: Vec<(&str, Value)>| {
            let mut object = serde_json::Map::new();
            object.extend(entries.into_iter().map(|(key, value)| (key.to_owned(), value)));
            Value::Object(object)
        };
        match self {
            FactValue::Unknown => Value::Null,
            FactValue::Declined => object(vec![("declined", Value::from(true))]),
            FactValue::YesNo(yes) => Value::from(*yes),
            FactValue::Option(chosen) => option(chosen),
            FactValue::Options { includes, excludes } => {
                let known = includes.len() + excludes.len() == options_of(&fact.kind).len();
                let includes = Value::Array(includes.iter().map(option).collect());
                if known {
                    includes
                } else {
                    object(vec![
                        ("includes", includes),
                        ("excludes", Value::Array(excludes.iter().map(option).collect())),
                    ])
                }
            }
            FactValue::Integer(value) => Value::from(*value),
            FactValue::Number(value) => Value::from(*value),
            FactValue::Duration(value) => Value::from(duration::iso(*value)),
            FactValue::Never => Value::from("never"),
            FactValue::Range(from, to) => object(
                [("from", from), ("to", to)]
                    .into_iter()
                    .filter_map(|(key, end)| end.as_ref().map(|end| (key, scalar(end))))
                    .collect(),
            ),
            FactValue::StepRange(from, to) => object(vec![("from", option(from)), ("to", option(to))]),
            FactValue::Reports(reports) => {
                let reports = reports.iter().map(|(value, source)| {
                    object(vec![
                        ("value", value.to_json(fact)),
                        ("source", Value::from(source.as_str())),
                    ])
                });
                object(vec![("reports", Value::Array(reports.collect()))])
            }
        }
    }
}

/// The option names of a choice, scale or several-fact; `no` and `yes` of a yes-or-no fact.
pub(crate) fn options_of(kind: &FactKind) -> &[String] {
    match kind {
        FactKind::Choice(options) | FactKind::Scale(options) | FactKind::Several(options) => options,
        _ => &[],
    }
}
