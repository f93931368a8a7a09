//! What a case states of one fact: its written value, checked against the fact's type.

use std::collections::HashSet;
use std::fmt;

use super::names::unknown_fact;
use super::read::{CaseInput, CaseValue, WHOLE_END};
use crate::check::base::{CheckedBase, Fact, FactIndex, FactKind, Scalar};
use crate::error::{Error, Kind, escaped, quoted};
use crate::text::{duration, nearest::nearest, number};

/// What a case states of a fact. Options and steps by number.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum FactValue {
    /// Nothing.
    Unknown,
    /// Nothing, and nobody wants to be asked again.
    Declined,
    YesNo(bool),
    /// One option of a choice, one step of a scale.
    Option(u16),
    /// Of a several-fact: what it has and what it has not, both sorted. After a full list every other
    /// option is excluded.
    Options {
        includes: Vec<u16>,
        excludes: Vec<u16>,
    },
    Integer(i64),
    Number(f64),
    /// In microseconds.
    Duration(i64),
    /// A clock that was never started.
    Never,
    /// Between two values, both included; an end left out is open. Never two equal ends.
    Range(Option<Scalar>, Option<Scalar>),
    /// Between two steps of a scale, both included, the first lower than the second.
    StepRange(u16, u16),
    /// What several sources say; at least one.
    Reports(Vec<(FactValue, String)>),
}

/// A case read against a base: each fact stated, once.
pub(crate) fn read_case(base: &CheckedBase, input: &CaseInput) -> Result<Vec<(FactIndex, FactValue)>, Error> {
    let mut stated = HashSet::with_capacity(input.entries.len());
    let mut values = Vec::with_capacity(input.entries.len());
    for (name, value) in &input.entries {
        let position = base.facts.binary_search_by(|fact| fact.id.as_str().cmp(name));
        let Some((index, fact)) = position
            .ok()
            .and_then(|index| base.facts.get(index).map(|fact| (FactIndex::new(index), fact)))
        else {
            return Err(unknown_fact(base, name));
        };
        if !stated.insert(index) {
            let twice = Error::new(Kind::Twice(quoted(name)));
            return Err(twice.at(name.as_str()).found_text(name));
        }
        values.push((index, read_fact(fact, value)?));
    }
    Ok(values)
}

/// What a case states of this fact.
pub(crate) fn read_fact(fact: &Fact, value: &CaseValue) -> Result<FactValue, Error> {
    Reader {
        fact,
        in_report: false,
    }
    .read(&Path::Fact(&fact.id), value)
}

/// What one source reports of this fact.
pub(crate) fn read_report(fact: &Fact, value: &CaseValue) -> Result<FactValue, Error> {
    Reader {
        fact,
        in_report: true,
    }
    .read(&Path::Fact(&fact.id), value)
}

/// A value that was not written but computed.
#[cfg(feature = "arrow")]
pub(crate) fn checked_scalar(fact: &Fact, value: Scalar) -> Result<FactValue, Error> {
    let written = match value {
        Scalar::Integer(value) => CaseValue::Integer(value),
        Scalar::Number(value) => CaseValue::Number(value),
        Scalar::Duration(value) => CaseValue::Text(duration::iso(value)),
    };
    read_fact(fact, &written)
}

/// An option given by number to a fact that takes no single option.
pub(crate) fn wrong_kind(fact: &Fact) -> Error {
    let reader = Reader {
        fact,
        in_report: false,
    };
    let kind = Kind::WrongType {
        expected: reader.expected(),
        found: "an option".to_owned(),
    };
    Error::new(kind).at(fact.id.as_str()).allow(reader.allowed())
}

/// Where in a case: a fact, and from there inwards.
#[derive(Clone, Copy)]
pub(super) enum Path<'p> {
    Fact(&'p str),
    Key(&'p Path<'p>, &'p str),
    Index(&'p Path<'p>, usize),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Path::Fact(id) => formatter.write_str(id),
            Path::Key(outer, key) => write!(formatter, "{outer}.{key}"),
            Path::Index(outer, index) => write!(formatter, "{outer}[{index}]"),
        }
    }
}

#[derive(Clone, Copy)]
pub(super) struct Reader<'f> {
    pub(super) fact: &'f Fact,
    pub(super) in_report: bool,
}

impl Reader<'_> {
    pub(super) fn read(self, path: &Path<'_>, value: &CaseValue) -> Result<FactValue, Error> {
        match value {
            CaseValue::Null if self.in_report => Err(self.error(
                path,
                Kind::BadReport("a report must state a value; leave it out when nothing is known"),
                value,
            )),
            CaseValue::Null => Ok(FactValue::Unknown),
            CaseValue::Object(entries) => self.object(path, value, entries),
            single => self.single(path, single),
        }
    }

    pub(super) fn error(self, path: &Path<'_>, kind: Kind, found: &CaseValue) -> Error {
        Error::new(kind).at(path.to_string()).found_text(&found.shown())
    }

    pub(super) fn wrong_type(self, path: &Path<'_>, found: &CaseValue) -> Error {
        let kind = Kind::WrongType {
            expected: self.expected(),
            found: found.described(),
        };
        self.error(path, kind, found).allow(self.allowed())
    }

    /// What a value of this fact looks like.
    fn expected(self) -> String {
        match &self.fact.kind {
            FactKind::YesNo => "`true` or `false`".to_owned(),
            FactKind::Choice(_) => "one of its options".to_owned(),
            FactKind::Scale(_) => "one of its steps".to_owned(),
            FactKind::Several(_) => "a list of its options".to_owned(),
            FactKind::Integer { unit, .. } => self.with_range("a whole number", unit.as_deref()),
            FactKind::Number { unit, .. } => self.with_range("a number", unit.as_deref()),
            FactKind::Duration { .. } => {
                self.with_range(&format!("a length of time such as {}", duration::EXAMPLES), None)
            }
            FactKind::Clock { .. } => {
                format!("a length of time such as {}, or `\"never\"`", duration::EXAMPLES)
            }
        }
    }

    fn with_range(self, what: &str, unit: Option<&str>) -> String {
        match (self.range_words(), unit) {
            (Some(range), _) => format!("{what}, {range}"),
            (None, Some(unit)) => format!("{what} in {unit}"),
            (None, None) => what.to_owned(),
        }
    }

    /// What could stand there, as far as it can be listed.
    fn allowed(self) -> Vec<String> {
        match &self.fact.kind {
            FactKind::YesNo => vec!["true".to_owned(), "false".to_owned()],
            FactKind::Choice(options) | FactKind::Scale(options) | FactKind::Several(options) => {
                options.clone()
            }
            _ => self.range_words().into_iter().collect(),
        }
    }

    /// The fact's own limits in words, if it has any.
    fn range_words(self) -> Option<String> {
        let (from, to, unit) = match &self.fact.kind {
            FactKind::Integer { from, to, unit } => (
                from.map(|from| from.to_string()),
                to.map(|to| to.to_string()),
                unit.as_deref(),
            ),
            FactKind::Number { from, to, unit } => {
                (from.map(number::plain), to.map(number::plain), unit.as_deref())
            }
            FactKind::Duration { from, to } => (from.map(duration::words), to.map(duration::words), None),
            _ => (None, None, None),
        };
        let words = match (from, to) {
            (Some(from), Some(to)) => format!("{from} to {to}"),
            (Some(from), None) => format!("at least {from}"),
            (None, Some(to)) => format!("at most {to}"),
            (None, None) => return None,
        };
        Some(unit.map_or_else(|| words.clone(), |unit| format!("{words} {unit}")))
    }

    fn single(self, path: &Path<'_>, value: &CaseValue) -> Result<FactValue, Error> {
        match (&self.fact.kind, value) {
            (FactKind::YesNo, CaseValue::Bool(yes)) => Ok(FactValue::YesNo(*yes)),
            (FactKind::YesNo, CaseValue::Text(text)) => {
                Err(self.wrong_type(path, value).near(meant_bool(text)))
            }
            (FactKind::Choice(options) | FactKind::Scale(options), CaseValue::Text(_)) => {
                Ok(FactValue::Option(self.option(path, options, value)?))
            }
            (FactKind::Several(options), CaseValue::List(names)) => {
                let includes = self.options(path, options, names)?;
                let excludes = (0..count(options))
                    .filter(|option| includes.binary_search(option).is_err())
                    .collect();
                Ok(FactValue::Options { includes, excludes })
            }
            (FactKind::Clock { .. }, CaseValue::Text(text)) if text == "never" => Ok(FactValue::Never),
            (
                FactKind::Integer { .. }
                | FactKind::Number { .. }
                | FactKind::Duration { .. }
                | FactKind::Clock { .. },
                _,
            ) => self.scalar(path, value).map(of_scalar),
            _ => Err(self.wrong_type(path, value)),
        }
    }

    /// The number of an option named by text.
    pub(super) fn option(self, path: &Path<'_>, options: &[String], value: &CaseValue) -> Result<u16, Error> {
        let CaseValue::Text(name) = value else {
            return Err(self.wrong_type(path, value));
        };
        let found = options
            .iter()
            .position(|option| option == name)
            .and_then(|position| u16::try_from(position).ok());
        found.ok_or_else(|| {
            let near = nearest(name, options.iter().map(String::as_str));
            self.error(path, Kind::UnknownOption(quoted(name)), value)
                .allow(options)
                .near(near)
        })
    }

    /// The numbers of options named one by one, sorted.
    pub(super) fn options(
        self,
        path: &Path<'_>,
        options: &[String],
        names: &[CaseValue],
    ) -> Result<Vec<u16>, Error> {
        let mut numbers = Vec::with_capacity(names.len().min(options.len()));
        for (index, name) in names.iter().enumerate() {
            let path = Path::Index(path, index);
            let CaseValue::Text(_) = name else {
                let kind = Kind::WrongType {
                    expected: "one of its options".to_owned(),
                    found: name.described(),
                };
                return Err(self.error(&path, kind, name).allow(options));
            };
            let number = self.option(&path, options, name)?;
            match numbers.binary_search(&number) {
                Ok(_) => {
                    return Err(self.error(&path, Kind::OptionTwice(quoted(&name.shown())), name));
                }
                Err(place) => numbers.insert(place, number),
            }
        }
        Ok(numbers)
    }

    /// A value of an ordered fact other than a scale.
    pub(super) fn scalar(self, path: &Path<'_>, value: &CaseValue) -> Result<Scalar, Error> {
        let (scalar, from, to) = match (&self.fact.kind, value) {
            (FactKind::Integer { from, to, unit }, _) => {
                let whole = match value {
                    CaseValue::Integer(whole) => Some(*whole),
                    CaseValue::Number(number) => as_whole(*number),
                    CaseValue::Text(text) => {
                        let plain = self.without_unit(path, text, unit.as_deref(), value)?;
                        Some(number::integer(plain).map_err(|why| self.not_in_unit(path, why, value))?)
                    }
                    _ => None,
                };
                let whole = whole.ok_or_else(|| self.wrong_type(path, value))?;
                (
                    Scalar::Integer(whole),
                    from.map(Scalar::Integer),
                    to.map(Scalar::Integer),
                )
            }
            (FactKind::Number { from, to, unit }, _) => {
                let number = match value {
                    // The nearest number, as for thresholds.
                    CaseValue::Integer(whole) => *whole as f64,
                    CaseValue::Number(number) if !number.is_finite() => {
                        return Err(self.error(
                            path,
                            Kind::NotFinite(quoted(&number::decorated(*number))),
                            value,
                        ));
                    }
                    // No minus zero: it would print differently from zero.
                    CaseValue::Number(number) => *number + 0.0,
                    CaseValue::Text(text) => {
                        let plain = self.without_unit(path, text, unit.as_deref(), value)?;
                        number::decimal(plain).map_err(|why| self.not_in_unit(path, why, value))?
                    }
                    _ => return Err(self.wrong_type(path, value)),
                };
                (
                    Scalar::Number(number),
                    from.map(Scalar::Number),
                    to.map(Scalar::Number),
                )
            }
            (FactKind::Duration { .. } | FactKind::Clock { .. }, CaseValue::Text(text)) => {
                let (from, to) = match &self.fact.kind {
                    FactKind::Duration { from, to } => (*from, *to),
                    _ => (None, None),
                };
                let length = duration::parse(text).map_err(|why| {
                    let kind = if text.trim_start().starts_with('-') {
                        Kind::Negative(quoted(text))
                    } else {
                        Kind::NotADuration(escaped(&why))
                    };
                    let never = if let FactKind::Clock { .. } = self.fact.kind {
                        nearest(text, ["never"])
                    } else {
                        None
                    };
                    self.error(path, kind, value).allow(self.allowed()).near(never)
                })?;
                (
                    Scalar::Duration(length),
                    from.map(Scalar::Duration),
                    to.map(Scalar::Duration),
                )
            }
            _ => return Err(self.wrong_type(path, value)),
        };
        if from.is_some_and(|from| less(scalar, from)) || to.is_some_and(|to| less(to, scalar)) {
            let range = self.range_words().unwrap_or_default();
            let kind = Kind::OutOfRange {
                found: quoted(&value.shown()),
                range: range.clone(),
            };
            return Err(self.error(path, kind, value).allow([range]));
        }
        Ok(scalar)
    }

    /// The number in a text such as `40 °C`.
    fn without_unit<'t>(
        self,
        path: &Path<'_>,
        text: &'t str,
        unit: Option<&str>,
        value: &CaseValue,
    ) -> Result<&'t str, Error> {
        let Some(unit) = unit else {
            return Err(self.wrong_type(path, value));
        };
        let trimmed = text.trim_matches(' ');
        match trimmed.strip_suffix(unit) {
            Some(plain) => Ok(plain.trim_end_matches(' ')),
            None if number::decimal(trimmed).is_ok() => Err(self.wrong_type(path, value)),
            None => Err(self.not_in_unit(
                path,
                format!("the text {} does not end in this unit", quoted(text)),
                value,
            )),
        }
    }

    fn not_in_unit(self, path: &Path<'_>, why: String, value: &CaseValue) -> Error {
        let kind = Kind::NotInUnit {
            expected: self.expected(),
            why: escaped(&why),
        };
        self.error(path, kind, value).allow(self.allowed())
    }
}

/// A value of an ordered fact.
pub(super) fn of_scalar(scalar: Scalar) -> FactValue {
    match scalar {
        Scalar::Integer(value) => FactValue::Integer(value),
        Scalar::Number(value) => FactValue::Number(value),
        Scalar::Duration(value) => FactValue::Duration(value),
    }
}

/// What someone who wrote this probably meant.
fn meant_bool(text: &str) -> Option<&'static str> {
    match text.trim().to_ascii_lowercase().as_str() {
        "yes" | "y" | "true" | "on" | "1" => Some("true"),
        "no" | "n" | "false" | "off" | "0" => Some("false"),
        _ => None,
    }
}

/// A number without a fraction is whole, however it was written.
fn as_whole(number: f64) -> Option<i64> {
    // Outside ±2^53 a number stands for its neighbours too.
    (number.fract() == 0.0 && number.abs() <= WHOLE_END / 1024.0).then_some(number as i64)
}

fn count(options: &[String]) -> u16 {
    u16::try_from(options.len()).unwrap_or(u16::MAX)
}

/// Whether one value of a fact lies below another of the same fact.
pub(super) fn less(left: Scalar, right: Scalar) -> bool {
    match (left, right) {
        (Scalar::Integer(left), Scalar::Integer(right))
        | (Scalar::Duration(left), Scalar::Duration(right)) => left < right,
        (Scalar::Number(left), Scalar::Number(right)) => left < right,
        _ => false,
    }
}
