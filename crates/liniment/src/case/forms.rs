//! Facts stated by an object: ranges, several-facts in part, reports, declined answers.

use super::read::CaseValue;
use super::value::{FactValue, Path, Reader, less, of_scalar};
use crate::check::base::FactKind;
use crate::error::{Error, Kind, quoted};
use crate::text::nearest::nearest;

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

impl Reader<'_> {
    pub(super) fn object(
        self,
        path: &Path<'_>,
        value: &CaseValue,
        entries: &[(String, CaseValue)],
    ) -> Result<FactValue, Error> {
        let mut used: Option<(&str, Form)> = None;
        for (position, (name, _)) in entries.iter().enumerate() {
            let form = self.form(path, name, value)?;
            if entries.iter().take(position).any(|(earlier, _)| earlier == name) {
                return Err(self.error(path, Kind::Twice(quoted(name)), value));
            }
            match used {
                None => used = Some((name, form)),
                Some((first, other)) if other != form => {
                    return Err(self.error(
                        path,
                        Kind::Mixed {
                            first: quoted(first),
                            second: quoted(name),
                        },
                        value,
                    ));
                }
                Some(_) => {}
            }
        }
        let entry = |wanted: &str| {
            entries
                .iter()
                .find(|(name, _)| name == wanted)
                .map(|(_, value)| value)
        };
        match used {
            None => Err(self.wrong_type(path, value)),
            Some((_, Form::Range)) => self.range(path, value, entry("from"), entry("to")),
            Some((_, Form::Part)) => self.part(path, entry("includes"), entry("excludes")),
            Some((_, Form::Reports)) => {
                self.reports(&Path::Key(path, "reports"), entry("reports").unwrap_or(value))
            }
            Some((_, Form::Declined)) => match entry("declined") {
                Some(CaseValue::Bool(true)) => Ok(FactValue::Declined),
                other => {
                    let found = other.unwrap_or(value);
                    Err(self
                        .error(
                            &Path::Key(path, "declined"),
                            Kind::Declined(found.described()),
                            found,
                        )
                        .allow(["true"]))
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
        let keys: Vec<&str> = FORMS
            .iter()
            .filter(|(_, form)| self.has(*form))
            .map(|(key, _)| *key)
            .collect();
        let near = if form.is_none() {
            nearest(name, keys.iter().copied())
        } else {
            None
        };
        Err(self
            .error(path, problem, value)
            .found_text(name)
            .allow(keys)
            .near(near))
    }

    /// Whether this fact can be stated in this form, here.
    fn has(self, form: Form) -> bool {
        match form {
            Form::Range => !matches!(
                self.fact.kind,
                FactKind::YesNo | FactKind::Choice(_) | FactKind::Several(_)
            ),
            Form::Part => matches!(self.fact.kind, FactKind::Several(_)),
            Form::Reports | Form::Declined => !self.in_report,
        }
    }

    fn kind_words(self) -> &'static str {
        match &self.fact.kind {
            FactKind::YesNo => "a yes-or-no fact",
            FactKind::Choice(_) => "a choice",
            FactKind::Several(_) => "a several-fact",
            FactKind::Scale(_)
            | FactKind::Integer { .. }
            | FactKind::Number { .. }
            | FactKind::Duration { .. }
            | FactKind::Clock { .. } => "an ordered fact",
        }
    }

    fn range(
        self,
        path: &Path<'_>,
        value: &CaseValue,
        from: Option<&CaseValue>,
        to: Option<&CaseValue>,
    ) -> Result<FactValue, Error> {
        let (from_path, to_path) = (Path::Key(path, "from"), Path::Key(path, "to"));
        let upside_down = |from: Option<&CaseValue>, to: Option<&CaseValue>| {
            let words = |end: Option<&CaseValue>| quoted(&end.map(CaseValue::shown).unwrap_or_default());
            self.error(
                path,
                Kind::UpsideDown {
                    from: words(from),
                    to: words(to),
                },
                value,
            )
        };
        if let FactKind::Scale(steps) = &self.fact.kind {
            let missing = |key| {
                self.error(path, Kind::EndMissing(key), value)
                    .allow(["from", "to"])
            };
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
            (Some(lower), Some(upper)) if !less(lower, upper) => Ok(of_scalar(lower)),
            (lower, upper) => Ok(FactValue::Range(lower, upper)),
        }
    }

    fn part(
        self,
        path: &Path<'_>,
        includes: Option<&CaseValue>,
        excludes: Option<&CaseValue>,
    ) -> Result<FactValue, Error> {
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
        if let Some(both) = excluded
            .iter()
            .find(|option| includes.binary_search(option).is_ok())
        {
            let name = options.get(usize::from(*both)).map_or("", String::as_str);
            return Err(Error::new(Kind::Overlap(quoted(name)))
                .at(path.to_string())
                .found_text(name));
        }
        Ok(FactValue::Options {
            includes,
            excludes: excluded,
        })
    }

    fn reports(self, path: &Path<'_>, value: &CaseValue) -> Result<FactValue, Error> {
        let CaseValue::List(reports) = value else {
            let kind = Kind::WrongType {
                expected: "a list of reports".to_owned(),
                found: value.described(),
            };
            return Err(self.error(path, kind, value));
        };
        if reports.is_empty() {
            return Err(self.error(path, Kind::NoReports, value));
        }
        let inner = Reader {
            in_report: true,
            ..self
        };
        let read = reports
            .iter()
            .enumerate()
            .map(|(index, report)| inner.report(&Path::Index(path, index), report));
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
            other => {
                return Err(self.error(
                    &Path::Key(path, "source"),
                    Kind::BadReport("the `source` of a report is text that names who says it"),
                    other,
                ));
            }
        };
        Ok((self.read(&Path::Key(path, "value"), value)?, source))
    }
}
