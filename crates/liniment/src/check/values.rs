//! Limits as they are written → values of a fact.

use std::cell::Cell;
use std::cmp::Ordering;

use super::base::{FactKind, Limit, PackIndex, Scalar, VagueIndex};
use super::context::Context;
use super::names::Missing;
use crate::diagnostic::Finding;
use crate::diagnostic::codes::{names as name_codes, types as codes};
use crate::parse::spanned::Span;
use crate::parse::syntax::{self, LimitKind};
use crate::text::{duration, number};

/// How values are written, for messages.
pub(super) const READABLE: &str =
    "a length of time is a text with its units; a number has at most 15 digits that count";

/// What a vague quantity measures.
pub(super) struct VagueType {
    /// Both ends; whole numbers stay whole until a decimal fact is compared with them.
    pub(super) ends: Option<(Scalar, Scalar)>,
    pub(super) unit: Option<String>,
    pub(super) on_whole: Cell<bool>,
    pub(super) on_decimal: Cell<bool>,
}

/// What a number or duration is measured in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure<'u> {
    Whole(Option<&'u str>),
    Decimal(Option<&'u str>),
    Time,
}

impl<'u> Measure<'u> {
    pub(super) fn of(kind: &'u FactKind) -> Option<Self> {
        match kind {
            FactKind::Integer { unit, .. } => Some(Measure::Whole(unit.as_deref())),
            FactKind::Number { unit, .. } => Some(Measure::Decimal(unit.as_deref())),
            FactKind::Duration { .. } | FactKind::Clock { .. } => Some(Measure::Time),
            FactKind::YesNo | FactKind::Choice(_) | FactKind::Scale(_) | FactKind::Several(_) => None,
        }
    }

    /// What may be written, for messages.
    fn expected(self) -> String {
        match self {
            Measure::Whole(None) => "expected a whole number such as `3`".to_owned(),
            Measure::Decimal(None) => "expected a number such as `37.5`".to_owned(),
            Measure::Whole(Some(unit)) => format!("expected a whole number such as `3` or `\"3 {unit}\"`"),
            Measure::Decimal(Some(unit)) => format!("expected a number such as `37.5` or `\"37.5 {unit}\"`"),
            Measure::Time => format!("expected a length of time such as {}", duration::EXAMPLES),
        }
    }
}

/// Which of two values of one fact is the smaller.
pub(super) fn compare(left: Scalar, right: Scalar) -> Ordering {
    fn float(scalar: Scalar) -> f64 {
        match scalar {
            #[expect(
                clippy::cast_precision_loss,
                reason = "whole and decimal numbers are compared only after an error"
            )]
            Scalar::Integer(value) | Scalar::Duration(value) => value as f64,
            Scalar::Number(value) => value,
        }
    }
    match (left, right) {
        (Scalar::Integer(left), Scalar::Integer(right))
        | (Scalar::Duration(left), Scalar::Duration(right)) => left.cmp(&right),
        _ => float(left).total_cmp(&float(right)),
    }
}

/// A value in words, for messages.
pub(super) fn words(scalar: Scalar) -> String {
    match scalar {
        Scalar::Integer(value) => value.to_string(),
        Scalar::Number(value) => value.to_string(),
        Scalar::Duration(value) => duration::words(value),
    }
}

impl<'a> Context<'a> {
    /// A value of this measure, or a finding.
    pub(super) fn scalar(&self, measure: Measure<'_>, limit: &syntax::Limit) -> Option<Scalar> {
        let result = match (&limit.value, measure) {
            (LimitKind::Number(text), Measure::Whole(_)) => number::integer(text).map(Scalar::Integer),
            (LimitKind::Number(text), Measure::Decimal(_)) => number::decimal(text).map(Scalar::Number),
            (LimitKind::Number(text), Measure::Time) => Err(format!("`{text}` has no unit of time")),
            (LimitKind::Text(text), Measure::Time) => duration::parse(text).map(Scalar::Duration),
            (LimitKind::Text(text), Measure::Whole(unit) | Measure::Decimal(unit)) => {
                let (amount, written) = split_unit(text);
                if let Some(written) = written
                    && Some(written) != unit
                {
                    return self.report_unit(measure, limit.span, written, unit);
                }
                match measure {
                    Measure::Whole(_) => number::integer(amount).map(Scalar::Integer),
                    _ => number::decimal(amount).map(Scalar::Number),
                }
            }
            (LimitKind::Vague(name), _) => Err(format!("the vague quantity `{name}` cannot stand here")),
        };
        match result {
            Ok(scalar) => Some(scalar),
            Err(reason) => {
                self.report(
                    Finding::new(&codes::UNREADABLE_VALUE, reason)
                        .at(limit.span, measure.expected())
                        .help(READABLE),
                );
                None
            }
        }
    }

    fn report_unit(
        &self,
        measure: Measure<'_>,
        span: Span,
        written: &str,
        unit: Option<&str>,
    ) -> Option<Scalar> {
        let message = match unit {
            Some(unit) => format!("the unit `{written}` does not fit: the fact is measured in `{unit}`"),
            None => format!("the unit `{written}` does not fit: the fact has no unit"),
        };
        self.report(
            Finding::new(&codes::WRONG_UNIT, message)
                .at(span, measure.expected())
                .help("nothing is converted: write the limit in the unit that the fact declares"),
        );
        None
    }

    /// A limit that a fact is compared with, or a finding.
    pub(super) fn limit(&self, pack: PackIndex, fact: usize, limit: &syntax::Limit) -> Option<Limit> {
        let kind = self.kinds.get(fact)?;
        if let FactKind::Scale(steps) = kind {
            return self.step(fact, steps, limit).map(Limit::Step);
        }
        let measure = Measure::of(kind)?;
        if let LimitKind::Vague(name) = &limit.value {
            let name = syntax::Name::new(name.clone(), limit.span);
            let number = self.find(&self.names.vagues, pack, &name, Missing::Error)?;
            self.names.vagues.mark_used(number);
            self.fit_vague(fact, measure, number, limit.span)?;
            return Some(Limit::Vague(VagueIndex::new(number)));
        }
        let scalar = self.scalar(measure, limit)?;
        self.check_range(fact, scalar, scalar, limit.span)?;
        Some(Limit::Value(scalar))
    }

    fn step(&self, fact: usize, steps: &[String], limit: &syntax::Limit) -> Option<u16> {
        if let LimitKind::Text(step) = &limit.value {
            return self.option(fact, steps, step, limit.span);
        }
        self.report(
            Finding::new(
                &codes::UNREADABLE_VALUE,
                format!(
                    "`{}` is a scale: its limits are its steps",
                    self.names.facts.id(fact)
                ),
            )
            .at(limit.span, format!("expected one of {}", list(steps)))
            .at(self.names.facts.span(fact), "declared here")
            .help("write the step as a text, as in `AtLeast(\"strong\")`"),
        );
        None
    }

    /// The number of an option, or a finding.
    pub(super) fn option(&self, fact: usize, options: &[String], option: &str, span: Span) -> Option<u16> {
        if let Some(number) = options.iter().position(|known| known == option) {
            return u16::try_from(number).ok();
        }
        let near = crate::text::nearest::nearest(option, options.iter().map(String::as_str));
        let help = match near {
            Some(near) => format!("did you mean `{near}`? the options are {}", list(options)),
            None => format!("the options are {}", list(options)),
        };
        self.report(
            Finding::new(
                &name_codes::UNKNOWN_OPTION,
                format!("`{}` has no option `{option}`", self.names.facts.id(fact)),
            )
            .at(span, "not one of its options")
            .at(self.names.facts.span(fact), "declared here")
            .help(help)
            .nearest(near),
        );
        None
    }

    fn fit_vague(&self, fact: usize, measure: Measure<'_>, number: usize, span: Span) -> Option<()> {
        let vague = self.vagues.get(number)?;
        let (from, to) = vague.ends?;
        let fits = match (measure, from) {
            (Measure::Time, Scalar::Duration(_)) => true,
            (Measure::Whole(unit), Scalar::Integer(_)) => {
                vague.unit.is_none() || vague.unit.as_deref() == unit
            }
            (Measure::Decimal(unit), Scalar::Integer(_) | Scalar::Number(_)) => {
                vague.unit.is_none() || vague.unit.as_deref() == unit
            }
            _ => false,
        };
        if !fits {
            self.report(
                Finding::new(
                    &codes::VAGUE_MISFIT,
                    format!(
                        "the vague quantity `{}` does not measure what `{}` measures",
                        self.names.vagues.id(number),
                        self.names.facts.id(fact)
                    ),
                )
                .at(span, measure.expected())
                .at(
                    self.names.vagues.span(number),
                    format!("from {} to {}", words(from), words(to)),
                )
                .at(self.names.facts.span(fact), "the fact is declared here")
                .help("declare a vague quantity that is measured as the fact is"),
            );
            return None;
        }
        match measure {
            Measure::Whole(_) => vague.on_whole.set(true),
            Measure::Decimal(_) => vague.on_decimal.set(true),
            Measure::Time => {}
        }
        self.check_range(fact, from, to, span)
    }

    /// Says that a limit is none that the fact can take.
    fn check_range(&self, fact: usize, low: Scalar, high: Scalar, span: Span) -> Option<()> {
        let (from, to) = range(self.kinds.get(fact)?);
        let below = from.is_some_and(|from| compare(low, from) == Ordering::Less);
        let above = to.is_some_and(|to| compare(high, to) == Ordering::Greater);
        if !below && !above {
            return Some(());
        }
        let value = if below { low } else { high };
        let allowed = match (from, to) {
            (Some(from), Some(to)) => format!("from {} to {}", words(from), words(to)),
            (Some(from), None) => format!("from {} on", words(from)),
            (None, Some(to)) => format!("up to {}", words(to)),
            (None, None) => String::new(),
        };
        self.report(
            Finding::new(
                &codes::OUTSIDE_RANGE,
                format!(
                    "`{}` never is {}: it goes {allowed}",
                    self.names.facts.id(fact),
                    words(value)
                ),
            )
            .at(span, format!("expected a value {allowed}"))
            .at(self.names.facts.span(fact), "its range is declared here")
            .help("correct the limit, or widen the range of the fact"),
        );
        None
    }

    /// A length of time, exact or vague, that is no limit of a fact.
    pub(super) fn span_of_time(&self, pack: PackIndex, limit: &syntax::Limit) -> Option<Limit> {
        let LimitKind::Vague(name) = &limit.value else {
            return self.scalar(Measure::Time, limit).map(Limit::Value);
        };
        let name = syntax::Name::new(name.clone(), limit.span);
        let number = self.find(&self.names.vagues, pack, &name, Missing::Error)?;
        self.names.vagues.mark_used(number);
        let (from, to) = self.vagues.get(number)?.ends?;
        if let Scalar::Duration(_) = from {
            return Some(Limit::Vague(VagueIndex::new(number)));
        }
        self.report(
            Finding::new(
                &codes::VAGUE_MISFIT,
                format!("the vague quantity `{}` is no length of time", name.value),
            )
            .at(limit.span, Measure::Time.expected())
            .at(
                self.names.vagues.span(number),
                format!("from {} to {}", words(from), words(to)),
            )
            .help("declare one whose ends are lengths of time"),
        );
        None
    }

    /// The least and the most that a limit can mean.
    pub(super) fn ends(&self, limit: Limit) -> Option<(Scalar, Scalar)> {
        match limit {
            Limit::Value(scalar) => Some((scalar, scalar)),
            Limit::Vague(vague) => self.vagues.get(vague.index())?.ends,
            Limit::Step(_) => None,
        }
    }
}

/// The least and the most value of a fact.
pub(super) fn range(kind: &FactKind) -> (Option<Scalar>, Option<Scalar>) {
    match kind {
        FactKind::Integer { from, to, .. } => (from.map(Scalar::Integer), to.map(Scalar::Integer)),
        FactKind::Number { from, to, .. } => (from.map(Scalar::Number), to.map(Scalar::Number)),
        FactKind::Duration { from, to } => (
            Some(Scalar::Duration(from.unwrap_or(0))),
            to.map(Scalar::Duration),
        ),
        FactKind::Clock { .. } => (Some(Scalar::Duration(0)), None),
        FactKind::YesNo | FactKind::Choice(_) | FactKind::Scale(_) | FactKind::Several(_) => (None, None),
    }
}

/// `"40 °C"` → `40` and `°C`.
pub(super) fn split_unit(text: &str) -> (&str, Option<&str>) {
    let trimmed = text.trim();
    let end = trimmed
        .char_indices()
        .find(|(_, letter)| !(letter.is_ascii_digit() || matches!(letter, '.' | '-' | '+' | '_')))
        .map_or(trimmed.len(), |(place, _)| place);
    let (amount, unit) = trimmed.split_at_checked(end).unwrap_or((trimmed, ""));
    let unit = unit.trim();
    (amount, (!unit.is_empty()).then_some(unit))
}

/// `` `a`, `b` or `c` ``, not too many.
pub(super) fn list<S: AsRef<str>>(options: &[S]) -> String {
    const SHOWN: usize = 12;
    let mut shown: Vec<String> = options
        .iter()
        .take(SHOWN)
        .map(|option| format!("`{}`", option.as_ref()))
        .collect();
    if options.len() > SHOWN {
        shown.push(format!("{} more", options.len() - SHOWN));
    }
    match shown.pop() {
        Some(last) if !shown.is_empty() => format!("{} and {last}", shown.join(", ")),
        Some(last) => last,
        None => "none".to_owned(),
    }
}
