//! What a case states of one fact: its written value, checked against the fact's type.

use std::collections::HashSet;
use std::fmt;

use super::read::{CaseInput, CaseValue, WHOLE_END, shown_number};
use crate::check::base::{CheckedBase, Condition, DefinitionBody, DefinitionIndex, Fact, FactIndex, FactKind, Scalar};
use crate::error::{Error, Kind, escaped, listed, quoted, shortened};
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
    Options { includes: Vec<u16>, excludes: Vec<u16> },
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
        let index = find_fact(base, name)?;
        let Some(fact) = base.facts.get(index.index()) else { continue };
        if !stated.insert(index) {
            return Err(Error::new(Kind::Twice(quoted(name))).at(name.as_str()).found_text(name));
        }
        values.push((index, read_fact(fact, value)?));
    }
    Ok(values)
}

/// The fact of this name.
fn find_fact(base: &CheckedBase, name: &str) -> Result<FactIndex, Error> {
    match base.facts.binary_search_by(|fact| fact.id.as_str().cmp(name)) {
        Ok(index) => Ok(FactIndex::new(index)),
        Err(_) => Err(unknown_fact(base, name)),
    }
}

/// Why there is no fact of this name: nothing is called so, or it is a definition.
pub(crate) fn unknown_fact(base: &CheckedBase, name: &str) -> Error {
    let error = if let Ok(index) = base.definitions.binary_search_by(|definition| definition.id.as_str().cmp(name)) {
        let facts = facts_behind(base, DefinitionIndex::new(index));
        Error::new(Kind::Derived { name: quoted(name), from: listed(&facts) }).allow(facts)
    } else {
        let near = nearest(name, base.facts.iter().map(|fact| fact.id.as_str()));
        Error::new(Kind::UnknownFact(quoted(name))).near(near)
    };
    error.at(shortened(name)).found_text(name)
}

/// The facts from which a definition follows, through other definitions too, by id.
fn facts_behind(base: &CheckedBase, definition: DefinitionIndex) -> Vec<String> {
    let mut facts = HashSet::new();
    let mut seen = HashSet::from([definition]);
    let mut definitions = vec![definition];
    while let Some(definition) = definitions.pop() {
        let Some(definition) = base.definitions.get(definition.index()) else { continue };
        let mut conditions: Vec<&Condition> = match &definition.body {
            DefinitionBody::When(condition) => vec![condition],
            DefinitionBody::Count { of, .. } => of.iter().collect(),
            DefinitionBody::Score(points) => points.iter().map(|(_, condition)| condition).collect(),
        };
        while let Some(condition) = conditions.pop() {
            match condition {
                Condition::Fact { fact, .. } => {
                    facts.insert(*fact);
                }
                Condition::Defined { definition, .. } | Condition::Scored { definition, .. } => {
                    if seen.insert(*definition) {
                        definitions.push(*definition);
                    }
                }
                Condition::All(parts, _) | Condition::Any(parts, _) => conditions.extend(parts),
                Condition::Gives { .. } => {}
            }
        }
    }
    let mut names: Vec<String> = facts.iter().filter_map(|fact| base.facts.get(fact.index())).map(|fact| fact.id.clone()).collect();
    names.sort();
    names
}

/// What a case states of this fact.
pub(crate) fn read_fact(fact: &Fact, value: &CaseValue) -> Result<FactValue, Error> {
    Reader { fact, in_report: false }.read(&Path::Fact(&fact.id), value)
}

/// What one source reports of this fact.
pub(crate) fn read_report(fact: &Fact, value: &CaseValue) -> Result<FactValue, Error> {
    Reader { fact, in_report: true }.read(&Path::Fact(&fact.id), value)
}

/// A value that was not written but computed.
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
    let reader = Reader { fact, in_report: false };
    let kind = Kind::WrongType { expected: reader.expected(), found: "an option".to_owned() };
    Error::new(kind).at(fact.id.as_str()).allow(reader.allowed())
}

/// Where in a case: a fact, and from there inwards.
#[derive(Clone, Copy)]
enum Path<'p> {
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

/// The ways to state a fact by an object.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    Range,
    Part,
    Reports,
    Declined,
}

const FORMS: [(&str, Form); 6] = [
    ("from", Form::Range),
    ("to", Form::Range),
    ("includes", Form::Part),
    ("excludes", Form::Part),
    ("reports", Form::Reports),
    ("declined", Form::Declined),
];

#[derive(Clone, Copy)]
struct Reader<'f> {
    fact: &'f Fact,
    in_report: bool,
}

impl<'f> Reader<'f> {
    fn read(self, path: &Path<'_>, value: &CaseValue) -> Result<FactValue, Error> {
        match value {
            CaseValue::Null if self.in_report => Err(self.error(path, Kind::BadReport("a report must state a value; leave it out when nothing is known"), value)),
            CaseValue::Null => Ok(FactValue::Unknown),
            CaseValue::Object(entries) => self.object(path, value, entries),
            single => self.single(path, single),
        }
    }

    fn error(self, path: &Path<'_>, kind: Kind, found: &CaseValue) -> Error {
        Error::new(kind).at(path.to_string()).found_text(&found.shown())
    }

    fn wrong_type(self, path: &Path<'_>, found: &CaseValue) -> Error {
        let kind = Kind::WrongType { expected: self.expected(), found: found.described() };
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
            FactKind::Duration { .. } => self.with_range(&format!("a length of time such as {}", duration::EXAMPLES), None),
            FactKind::Clock { .. } => format!("a length of time such as {}, or `\"never\"`", duration::EXAMPLES),
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
            FactKind::Choice(options) | FactKind::Scale(options) | FactKind::Several(options) => options.clone(),
            _ => self.range_words().into_iter().collect(),
        }
    }

    /// The fact's own limits in words, if it has any.
    fn range_words(self) -> Option<String> {
        let (from, to, unit) = match &self.fact.kind {
            FactKind::Integer { from, to, unit } => (from.map(|from| from.to_string()), to.map(|to| to.to_string()), unit.as_deref()),
            FactKind::Number { from, to, unit } => (from.map(|from| from.to_string()), to.map(|to| to.to_string()), unit.as_deref()),
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
            (FactKind::YesNo, CaseValue::Text(text)) => Err(self.wrong_type(path, value).near(meant_bool(text))),
            (FactKind::Choice(options) | FactKind::Scale(options), CaseValue::Text(_)) => Ok(FactValue::Option(self.option(path, options, value)?)),
            (FactKind::Several(options), CaseValue::List(names)) => {
                let includes = self.options(path, options, names)?;
                let excludes = (0..count(options)).filter(|option| includes.binary_search(option).is_err()).collect();
                Ok(FactValue::Options { includes, excludes })
            }
            (FactKind::Clock { .. }, CaseValue::Text(text)) if text == "never" => Ok(FactValue::Never),
            (FactKind::Integer { .. } | FactKind::Number { .. } | FactKind::Duration { .. } | FactKind::Clock { .. }, _) => {
                Ok(match self.scalar(path, value)? {
                    Scalar::Integer(value) => FactValue::Integer(value),
                    Scalar::Number(value) => FactValue::Number(value),
                    Scalar::Duration(value) => FactValue::Duration(value),
                })
            }
            _ => Err(self.wrong_type(path, value)),
        }
    }

    /// The number of an option named by text.
    fn option(self, path: &Path<'_>, options: &[String], value: &CaseValue) -> Result<u16, Error> {
        let CaseValue::Text(name) = value else {
            return Err(self.wrong_type(path, value));
        };
        let found = options.iter().position(|option| option == name).and_then(|position| u16::try_from(position).ok());
        found.ok_or_else(|| {
            let near = nearest(name, options.iter().map(String::as_str));
            self.error(path, Kind::UnknownOption(quoted(name)), value).allow(options).near(near)
        })
    }

    /// The numbers of options named one by one, sorted.
    fn options(self, path: &Path<'_>, options: &[String], names: &[CaseValue]) -> Result<Vec<u16>, Error> {
        let mut numbers = Vec::with_capacity(names.len().min(options.len()));
        for (index, name) in names.iter().enumerate() {
            let path = Path::Index(path, index);
            let CaseValue::Text(_) = name else {
                let kind = Kind::WrongType { expected: "one of its options".to_owned(), found: name.described() };
                return Err(self.error(&path, kind, name).allow(options));
            };
            let number = self.option(&path, options, name)?;
            match numbers.binary_search(&number) {
                Ok(_) => return Err(self.error(&path, Kind::OptionTwice(quoted(&name.shown())), name)),
                Err(place) => numbers.insert(place, number),
            }
        }
        Ok(numbers)
    }

    /// A value of an ordered fact other than a scale.
    fn scalar(self, path: &Path<'_>, value: &CaseValue) -> Result<Scalar, Error> {
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
                (Scalar::Integer(whole), from.map(Scalar::Integer), to.map(Scalar::Integer))
            }
            (FactKind::Number { from, to, unit }, _) => {
                let number = match value {
                    // The nearest number, as for thresholds.
                    CaseValue::Integer(whole) => *whole as f64,
                    CaseValue::Number(number) if !number.is_finite() => {
                        return Err(self.error(path, Kind::NotFinite(quoted(&shown_number(*number))), value));
                    }
                    // No minus zero: it would print differently from zero.
                    CaseValue::Number(number) => *number + 0.0,
                    CaseValue::Text(text) => {
                        let plain = self.without_unit(path, text, unit.as_deref(), value)?;
                        number::decimal(plain).map_err(|why| self.not_in_unit(path, why, value))?
                    }
                    _ => return Err(self.wrong_type(path, value)),
                };
                (Scalar::Number(number), from.map(Scalar::Number), to.map(Scalar::Number))
            }
            (FactKind::Duration { .. } | FactKind::Clock { .. }, CaseValue::Text(text)) => {
                let (from, to) = match &self.fact.kind {
                    FactKind::Duration { from, to } => (*from, *to),
                    _ => (None, None),
                };
                let length = duration::parse(text).map_err(|why| {
                    let kind = if text.trim_start().starts_with('-') { Kind::Negative(quoted(text)) } else { Kind::NotADuration(escaped(&why)) };
                    let never = if let FactKind::Clock { .. } = self.fact.kind { nearest(text, ["never"]) } else { None };
                    self.error(path, kind, value).allow(self.allowed()).near(never)
                })?;
                (Scalar::Duration(length), from.map(Scalar::Duration), to.map(Scalar::Duration))
            }
            _ => return Err(self.wrong_type(path, value)),
        };
        if from.is_some_and(|from| less(scalar, from)) || to.is_some_and(|to| less(to, scalar)) {
            let range = self.range_words().unwrap_or_default();
            let kind = Kind::OutOfRange { found: quoted(&value.shown()), range: range.clone() };
            return Err(self.error(path, kind, value).allow([range]));
        }
        Ok(scalar)
    }

    /// The number in a text such as `40 °C`.
    fn without_unit<'t>(self, path: &Path<'_>, text: &'t str, unit: Option<&str>, value: &CaseValue) -> Result<&'t str, Error> {
        let Some(unit) = unit else {
            return Err(self.wrong_type(path, value));
        };
        let trimmed = text.trim_matches(' ');
        match trimmed.strip_suffix(unit) {
            Some(plain) => Ok(plain.trim_end_matches(' ')),
            None if number::decimal(trimmed).is_ok() => Err(self.wrong_type(path, value)),
            None => Err(self.not_in_unit(path, format!("the text {} does not end in this unit", quoted(text)), value)),
        }
    }

    fn not_in_unit(self, path: &Path<'_>, why: String, value: &CaseValue) -> Error {
        let kind = Kind::NotInUnit { expected: self.expected(), why: escaped(&why) };
        self.error(path, kind, value).allow(self.allowed())
    }

    fn object(self, path: &Path<'_>, value: &CaseValue, entries: &[(String, CaseValue)]) -> Result<FactValue, Error> {
        let mut used: Option<(&str, Form)> = None;
        for (position, (name, _)) in entries.iter().enumerate() {
            let form = self.form(path, name, value)?;
            if entries.iter().take(position).any(|(earlier, _)| earlier == name) {
                return Err(self.error(path, Kind::Twice(quoted(name)), value));
            }
            match used {
                None => used = Some((name, form)),
                Some((first, other)) if other != form => {
                    return Err(self.error(path, Kind::Mixed { first: quoted(first), second: quoted(name) }, value));
                }
                Some(_) => {}
            }
        }
        let entry = |wanted: &str| entries.iter().find(|(name, _)| name == wanted).map(|(_, value)| value);
        match used {
            None => Err(self.wrong_type(path, value)),
            Some((_, Form::Range)) => self.range(path, value, entry("from"), entry("to")),
            Some((_, Form::Part)) => self.part(path, entry("includes"), entry("excludes")),
            Some((_, Form::Reports)) => self.reports(&Path::Key(path, "reports"), entry("reports").unwrap_or(value)),
            Some((_, Form::Declined)) => match entry("declined") {
                Some(CaseValue::Bool(true)) => Ok(FactValue::Declined),
                other => {
                    let found = other.unwrap_or(value);
                    Err(self.error(&Path::Key(path, "declined"), Kind::Declined(found.described()), found).allow(["true"]))
                }
            },
        }
    }

    /// The form to which a key belongs, if this fact can be stated so.
    fn form(self, path: &Path<'_>, name: &str, value: &CaseValue) -> Result<Form, Error> {
        let form = FORMS.iter().find(|(key, _)| *key == name).map(|(_, form)| *form);
        let problem = match form {
            Some(form) if self.has(form) => return Ok(form),
            Some(Form::Range) => Kind::NoOrder(self.kind_words()),
            Some(Form::Reports) => Kind::NestedReports,
            Some(Form::Declined) => Kind::BadReport("a report cannot be declined; leave it out"),
            Some(Form::Part) | None => Kind::UnknownKey(quoted(name)),
        };
        let keys: Vec<&str> = FORMS.iter().filter(|(_, form)| self.has(*form)).map(|(key, _)| *key).collect();
        let near = if form.is_none() { nearest(name, keys.iter().copied()) } else { None };
        Err(self.error(path, problem, value).found_text(name).allow(keys).near(near))
    }

    /// Whether this fact can be stated in this form, here.
    fn has(self, form: Form) -> bool {
        match form {
            Form::Range => !matches!(self.fact.kind, FactKind::YesNo | FactKind::Choice(_) | FactKind::Several(_)),
            Form::Part => matches!(self.fact.kind, FactKind::Several(_)),
            Form::Reports | Form::Declined => !self.in_report,
        }
    }

    fn kind_words(self) -> &'static str {
        match &self.fact.kind {
            FactKind::YesNo => "a yes-or-no fact",
            FactKind::Choice(_) => "a choice",
            FactKind::Several(_) => "a several-fact",
            FactKind::Scale(_) | FactKind::Integer { .. } | FactKind::Number { .. } | FactKind::Duration { .. } | FactKind::Clock { .. } => "an ordered fact",
        }
    }

    fn range(self, path: &Path<'_>, value: &CaseValue, from: Option<&CaseValue>, to: Option<&CaseValue>) -> Result<FactValue, Error> {
        let (from_path, to_path) = (Path::Key(path, "from"), Path::Key(path, "to"));
        let upside_down = |from: Option<&CaseValue>, to: Option<&CaseValue>| {
            let words = |end: Option<&CaseValue>| quoted(&end.map(CaseValue::shown).unwrap_or_default());
            self.error(path, Kind::UpsideDown { from: words(from), to: words(to) }, value)
        };
        if let FactKind::Scale(steps) = &self.fact.kind {
            let missing = |key| self.error(path, Kind::EndMissing(key), value).allow(["from", "to"]);
            let from_step = self.option(&from_path, steps, from.ok_or_else(|| missing("`from`"))?)?;
            let to_step = self.option(&to_path, steps, to.ok_or_else(|| missing("`to`"))?)?;
            return match from_step.cmp(&to_step) {
                std::cmp::Ordering::Less => Ok(FactValue::StepRange(from_step, to_step)),
                std::cmp::Ordering::Equal => Ok(FactValue::Option(from_step)),
                std::cmp::Ordering::Greater => Err(upside_down(from, to)),
            };
        }
        let lower = from.map(|from| self.scalar(&from_path, from)).transpose()?;
        let upper = to.map(|to| self.scalar(&to_path, to)).transpose()?;
        match (lower, upper) {
            (Some(lower), Some(upper)) if less(upper, lower) => Err(upside_down(from, to)),
            (Some(lower), Some(upper)) if !less(lower, upper) => Ok(match lower {
                Scalar::Integer(value) => FactValue::Integer(value),
                Scalar::Number(value) => FactValue::Number(value),
                Scalar::Duration(value) => FactValue::Duration(value),
            }),
            (lower, upper) => Ok(FactValue::Range(lower, upper)),
        }
    }

    fn part(self, path: &Path<'_>, includes: Option<&CaseValue>, excludes: Option<&CaseValue>) -> Result<FactValue, Error> {
        let FactKind::Several(options) = &self.fact.kind else {
            return Ok(FactValue::Unknown);
        };
        let list = |key: &'static str, value: Option<&CaseValue>| match value {
            None => Ok(Vec::new()),
            Some(CaseValue::List(names)) => self.options(&Path::Key(path, key), options, names),
            Some(other) => Err(self.wrong_type(&Path::Key(path, key), other)),
        };
        let includes = list("includes", includes)?;
        let excluded = list("excludes", excludes)?;
        if let Some(both) = excluded.iter().find(|option| includes.binary_search(option).is_ok()) {
            let name = options.get(usize::from(*both)).map_or("", String::as_str);
            return Err(Error::new(Kind::Overlap(quoted(name))).at(path.to_string()).found_text(name));
        }
        Ok(FactValue::Options { includes, excludes: excluded })
    }

    fn reports(self, path: &Path<'_>, value: &CaseValue) -> Result<FactValue, Error> {
        let CaseValue::List(reports) = value else {
            let kind = Kind::WrongType { expected: "a list of reports".to_owned(), found: value.described() };
            return Err(self.error(path, kind, value));
        };
        if reports.is_empty() {
            return Err(self.error(path, Kind::NoReports, value));
        }
        let inner = Reader { in_report: true, ..self };
        let read = reports.iter().enumerate().map(|(index, report)| inner.report(&Path::Index(path, index), report));
        Ok(FactValue::Reports(read.collect::<Result<_, _>>()?))
    }

    fn report(self, path: &Path<'_>, report: &CaseValue) -> Result<(FactValue, String), Error> {
        const KEYS: [&str; 2] = ["value", "source"];
        let bad = |words| self.error(path, Kind::BadReport(words), report).allow(KEYS);
        let CaseValue::Object(entries) = report else {
            return Err(bad("a report is an object with `value` and `source`"));
        };
        let mut value = None;
        let mut source = None;
        for (name, entry) in entries {
            let slot = match name.as_str() {
                "value" => &mut value,
                "source" => &mut source,
                _ => {
                    let error = self.error(path, Kind::UnknownKey(quoted(name)), report);
                    return Err(error.found_text(name).allow(KEYS).near(nearest(name, KEYS)));
                }
            };
            if slot.replace(entry).is_some() {
                return Err(self.error(path, Kind::Twice(quoted(name)), report));
            }
        }
        let value = value.ok_or_else(|| bad("the report lacks its `value`"))?;
        let source = source.ok_or_else(|| bad("the report lacks its `source`"))?;
        let source = match source {
            CaseValue::Text(source) if !source.trim().is_empty() => source.clone(),
            other => return Err(self.error(&Path::Key(path, "source"), Kind::BadReport("the `source` of a report is text that names who says it"), other)),
        };
        Ok((self.read(&Path::Key(path, "value"), value)?, source))
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
fn less(left: Scalar, right: Scalar) -> bool {
    match (left, right) {
        (Scalar::Integer(left), Scalar::Integer(right)) | (Scalar::Duration(left), Scalar::Duration(right)) => left < right,
        (Scalar::Number(left), Scalar::Number(right)) => left < right,
        _ => false,
    }
}
