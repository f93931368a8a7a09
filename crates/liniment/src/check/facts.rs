//! Facts, vague quantities and definitions.

use hashbrown::HashMap;
use std::cell::Cell;
use std::cmp::Ordering;

use super::base::{
    Definition, DefinitionBody, DefinitionIndex, Fact, FactKind, PackIndex, Scalar, Vague, Words,
};
use super::context::Context;
use super::values::{Measure, READABLE, VagueType, compare, split_unit, words};
use crate::diagnostic::Finding;
use crate::diagnostic::codes::{names as name_codes, types as codes};
use crate::parse::spanned::Span;
use crate::parse::syntax::{self, LimitKind, Name};
use crate::text::{duration, number};

/// What the ends of a range are, from and to, after findings about them.
type Ends = (Option<Scalar>, Option<Scalar>);

impl<'a> Context<'a> {
    /// The kinds of all facts; clocks without the condition under which they run.
    pub(super) fn settle_kinds(&self) -> Vec<FactKind> {
        self.statements.facts.iter().map(|fact| self.kind(fact)).collect()
    }

    fn kind(&self, fact: &syntax::Fact) -> FactKind {
        let whole = |scalar| {
            if let Some(Scalar::Integer(value) | Scalar::Duration(value)) = scalar {
                Some(value)
            } else {
                None
            }
        };
        let decimal = |scalar| {
            if let Some(Scalar::Number(value)) = scalar {
                Some(value)
            } else {
                None
            }
        };
        match &fact.kind.value {
            syntax::FactKind::YesNo => FactKind::YesNo,
            syntax::FactKind::Choice(options) => FactKind::Choice(self.declared_options(fact, options, 2)),
            syntax::FactKind::Scale(options) => FactKind::Scale(self.declared_options(fact, options, 2)),
            syntax::FactKind::Several(options) => FactKind::Several(self.declared_options(fact, options, 1)),
            syntax::FactKind::Integer(range) => {
                let unit = range.unit.as_ref().map(|unit| unit.value.clone());
                let (from, to) = self.declared_range(
                    Measure::Whole(unit.as_deref()),
                    range.from.as_ref(),
                    range.to.as_ref(),
                );
                FactKind::Integer {
                    from: whole(from),
                    to: whole(to),
                    unit,
                }
            }
            syntax::FactKind::Number(range) => {
                let unit = range.unit.as_ref().map(|unit| unit.value.clone());
                let (from, to) = self.declared_range(
                    Measure::Decimal(unit.as_deref()),
                    range.from.as_ref(),
                    range.to.as_ref(),
                );
                FactKind::Number {
                    from: decimal(from),
                    to: decimal(to),
                    unit,
                }
            }
            syntax::FactKind::Duration(range) => {
                if let Some(unit) = &range.unit {
                    self.report(
                        Finding::new(&codes::WRONG_UNIT, "a duration has no unit of its own".to_owned())
                            .at(unit.span, "leave this out")
                            .help(format!("each value says its unit, as in {}", duration::EXAMPLES)),
                    );
                }
                let (from, to) = self.declared_range(Measure::Time, range.from.as_ref(), range.to.as_ref());
                FactKind::Duration {
                    from: whole(from),
                    to: whole(to),
                }
            }
            syntax::FactKind::Clock(_) => FactKind::Clock { runs_while: None },
        }
    }

    fn declared_options(&self, fact: &syntax::Fact, options: &[Name], least: usize) -> Vec<String> {
        let mut seen: HashMap<&str, Span> = HashMap::with_capacity(options.len());
        let mut kept = Vec::with_capacity(options.len());
        // Of a fact with too many options nothing more is said than that.
        let too_many = options.len() > self.limits.options;
        for option in options {
            if let Some(first) = seen.get(option.value.as_str()) {
                if too_many {
                    continue;
                }
                self.report(
                    Finding::new(
                        &name_codes::DUPLICATE_OPTION,
                        format!("`{}` has the option `{}` twice", fact.id.value, option.value),
                    )
                    .at(option.span, "again")
                    .at(*first, "first here")
                    .help("leave one of the two out, or give it another name"),
                );
            } else {
                seen.insert(&option.value, option.span);
                kept.push(option.value.clone());
            }
        }
        if kept.len() < least {
            let expected = if least == 1 {
                "at least one option"
            } else {
                "at least two options"
            };
            self.report(
                Finding::new(
                    &codes::TOO_FEW_OPTIONS,
                    format!("`{}` has too few options to choose from", fact.id.value),
                )
                .at(fact.kind.span, format!("expected {expected}"))
                .help("for something that is or is not so, use `YesNo`"),
            );
        }
        for (option, _) in &fact.labels {
            if !seen.contains_key(option.value.as_str()) {
                let near = crate::text::nearest::nearest(&option.value, kept.iter().map(String::as_str));
                self.report(
                    Finding::new(
                        &name_codes::UNKNOWN_OPTION,
                        format!("`{}` has no option `{}`", fact.id.value, option.value),
                    )
                    .at(option.span, "not one of its options")
                    .at(fact.kind.span, "the options")
                    .help("each label names one option of the fact")
                    .nearest(near),
                );
            }
        }
        kept
    }

    fn declared_range(
        &self,
        measure: Measure<'_>,
        from: Option<&syntax::Limit>,
        to: Option<&syntax::Limit>,
    ) -> Ends {
        let low = from.and_then(|limit| self.scalar(measure, limit));
        let high = to.and_then(|limit| self.scalar(measure, limit));
        if let (Some(low), Some(high), Some(from), Some(to)) = (low, high, from, to)
            && compare(low, high) == Ordering::Greater
        {
            self.report_backwards(low, high, from.span, to.span);
        }
        (low, high)
    }

    fn report_backwards(&self, low: Scalar, high: Scalar, from: Span, to: Span) {
        self.report(
            Finding::new(
                &codes::BACKWARDS,
                format!(
                    "the range runs backwards: {} is more than {}",
                    words(low),
                    words(high)
                ),
            )
            .at(from, "`from`")
            .at(to, "`to`")
            .help("put the smaller value into `from` and the larger into `to`"),
        );
    }

    pub(super) fn settle_vagues(&self) -> Vec<VagueType> {
        self.statements
            .vagues
            .iter()
            .map(|vague| self.vague_type(vague))
            .collect()
    }

    fn vague_type(&self, vague: &syntax::Vague) -> VagueType {
        let blank = |ends, unit| VagueType {
            ends,
            unit,
            on_whole: Cell::new(false),
            on_decimal: Cell::new(false),
        };
        let (Some(from), Some(to)) = (self.vague_end(&vague.from), self.vague_end(&vague.to)) else {
            return blank(None, None);
        };
        let unit = from.1.clone();
        let alike =
            matches!(from.0, Scalar::Duration(_)) == matches!(to.0, Scalar::Duration(_)) && from.1 == to.1;
        if !alike {
            self.report(
                Finding::new(
                    &codes::VAGUE_MISFIT,
                    format!("the two ends of `{}` do not measure the same", vague.id.value),
                )
                .at(vague.from.span, "`from`")
                .at(vague.to.span, "`to`")
                .help("write both as lengths of time, or both as numbers with the same unit"),
            );
            return blank(None, None);
        }
        let (low, high) = match (from.0, to.0) {
            #[expect(clippy::cast_precision_loss, reason = "at most 15 digits, which an f64 holds")]
            (Scalar::Integer(low), high @ Scalar::Number(_)) => (Scalar::Number(low as f64), high),
            #[expect(clippy::cast_precision_loss, reason = "at most 15 digits, which an f64 holds")]
            (low @ Scalar::Number(_), Scalar::Integer(high)) => (low, Scalar::Number(high as f64)),
            ends => ends,
        };
        if compare(low, high) == Ordering::Greater {
            self.report_backwards(low, high, vague.from.span, vague.to.span);
        }
        blank(Some((low, high)), unit)
    }

    fn vague_end(&self, limit: &syntax::Limit) -> Option<(Scalar, Option<String>)> {
        let read = |text: &str| {
            number::integer(text)
                .map(Scalar::Integer)
                .or_else(|_| number::decimal(text).map(Scalar::Number))
        };
        let result = match &limit.value {
            LimitKind::Number(text) => read(text).map(|scalar| (scalar, None)),
            LimitKind::Text(text) => match duration::parse(text) {
                Ok(time) => Ok((Scalar::Duration(time), None)),
                Err(reason) => match split_unit(text) {
                    (amount, Some(unit)) => read(amount)
                        .map(|scalar| (scalar, Some(unit.to_owned())))
                        .map_err(|_| reason),
                    _ => Err(reason),
                },
            },
            LimitKind::Vague(name) => Err(format!("the vague quantity `{name}` cannot bound another")),
        };
        match result {
            Ok(end) => Some(end),
            Err(reason) => {
                self.report(
                    Finding::new(&codes::UNREADABLE_VALUE, reason)
                        .at(
                            limit.span,
                            format!(
                                "expected a number, or a length of time such as {}",
                                duration::EXAMPLES
                            ),
                        )
                        .help(READABLE),
                );
                None
            }
        }
    }

    /// The vague quantities. Whole ends become decimal where decimal facts are compared with them.
    pub(super) fn build_vagues(&self) -> Vec<Vague> {
        let built = self
            .statements
            .vagues
            .iter()
            .zip(&self.vagues)
            .map(|(vague, typed)| {
                if typed.on_whole.get() && typed.on_decimal.get() {
                    self.report(
                        Finding::new(
                            &codes::VAGUE_MISFIT,
                            format!(
                                "`{}` is used for a whole number and for a decimal number",
                                vague.id.value
                            ),
                        )
                        .at(vague.id.span, "used for both")
                        .help("declare one vague quantity for each"),
                    );
                }
                let decimal = |scalar| match scalar {
                    #[expect(clippy::cast_precision_loss, reason = "at most 15 digits, which an f64 holds")]
                    Scalar::Integer(value) if typed.on_decimal.get() => Scalar::Number(value as f64),
                    scalar => scalar,
                };
                let (from, to) = typed.ends.unwrap_or((Scalar::Integer(0), Scalar::Integer(0)));
                let translated = self.translations.of(&vague.id.value);
                Vague {
                    words: self.words(&vague.words, translated, |words| words.words.as_ref()),
                    from: decimal(from),
                    to: decimal(to),
                }
            });
        built.collect()
    }

    pub(super) fn build_facts(&self) -> Vec<Fact> {
        let mut facts = Vec::with_capacity(self.names.facts.len());
        for (number, statement) in self.statements.facts.iter().enumerate() {
            let (Some(declared), Some(kind)) =
                (self.names.facts.declared.get(number), self.kinds.get(number))
            else {
                continue;
            };
            let pack = declared.pack;
            let translated = self.translations.of(&statement.id.value);
            let kind = match &statement.kind.value {
                syntax::FactKind::Clock(range) => FactKind::Clock {
                    runs_while: self
                        .optional_condition(pack, range.runs_while.as_ref())
                        .map(Box::new),
                },
                _ => kind.clone(),
            };
            let labels: Vec<Words> = match &kind {
                FactKind::Choice(options) | FactKind::Scale(options) | FactKind::Several(options) => options
                    .iter()
                    .map(|option| self.label(statement, option, translated))
                    .collect(),
                _ => {
                    self.check_no_labels(statement);
                    Vec::new()
                }
            };
            facts.push(Fact {
                id: statement.id.value.clone(),
                kind,
                ask: self.words(&statement.ask, translated, |words| words.ask.as_ref()),
                labels,
                ask_when: self.optional_condition(pack, statement.ask_when.as_ref()),
                fixed: statement.fixed,
                lasts: statement.lasts.as_ref().and_then(|lasts| self.length(lasts)),
                packs: declared.packs().collect(),
                span: statement.id.span,
            });
        }
        facts
    }

    /// The words for an option; without any, its own name, readable.
    fn label(
        &self,
        fact: &'a syntax::Fact,
        option: &str,
        translated: &[super::texts::Translated<'a>],
    ) -> Words {
        let own = fact
            .labels
            .iter()
            .find(|(name, _)| name.value == option)
            .map(|(_, text)| text);
        let plain = syntax::Text::new(option.replace('_', " "), fact.id.span);
        self.words(own.unwrap_or(&plain), translated, |words| {
            words
                .labels
                .iter()
                .find(|(name, _)| name.value == option)
                .map(|(_, text)| text)
        })
    }

    fn check_no_labels(&self, fact: &syntax::Fact) {
        if let Some((option, _)) = fact.labels.first() {
            self.report(
                Finding::new(
                    &name_codes::UNKNOWN_OPTION,
                    format!("`{}` has no options to label", fact.id.value),
                )
                .at(option.span, "not one of its options")
                .at(fact.kind.span, "this kind of fact has no options")
                .help("leave `labels` out"),
            );
        }
    }

    /// A length of time in a text of its own.
    fn length(&self, text: &syntax::Text) -> Option<i64> {
        match duration::parse(&text.value) {
            Ok(0) => {
                self.report(
                    Finding::new(
                        &codes::UNREADABLE_VALUE,
                        "an answer cannot last no time at all".to_owned(),
                    )
                    .at(text.span, "expected more than nothing")
                    .help("leave `lasts` out when the answer lasts"),
                );
                None
            }
            Ok(length) => Some(length),
            Err(reason) => {
                self.report(
                    Finding::new(&codes::UNREADABLE_VALUE, reason)
                        .at(
                            text.span,
                            format!("expected a length of time such as {}", duration::EXAMPLES),
                        )
                        .help(READABLE),
                );
                None
            }
        }
    }

    pub(super) fn build_definitions(&self) -> Vec<Definition> {
        let mut definitions = Vec::with_capacity(self.names.definitions.len());
        for (number, define) in self.statements.definitions.iter().enumerate() {
            let Some(declared) = self.names.definitions.declared.get(number) else {
                continue;
            };
            let body = self.definition_body(declared.pack, define);
            if body.is_none() {
                self.broken_definitions
                    .borrow_mut()
                    .insert(DefinitionIndex::new(number));
            }
            definitions.push(Definition {
                id: define.id.value.clone(),
                // An empty list of rows stands for what could not be read: there are errors then.
                body: body.unwrap_or(DefinitionBody::Count {
                    at_least: 1,
                    of: Vec::new(),
                }),
                inferred: define.inferred,
                cites: self.cites(declared.pack, &define.cites),
            });
        }
        definitions
    }

    fn definition_body(&self, pack: PackIndex, define: &syntax::Define) -> Option<DefinitionBody> {
        let counted = define.at_least.is_some() || !define.of.is_empty();
        let forms = [define.when.is_some(), counted, !define.score.is_empty()];
        if forms.iter().filter(|form| **form).count() != 1 {
            self.report(
                Finding::new(&codes::DEFINITION_FORM, format!("`{}` does not say in one way what it is", define.id.value))
                    .at(define.id.span, "expected one of `when`, `at_least` with `of`, and `score`")
                    .help("write `when: {…}`, or `at_least: 2, of: [{…}, {…}, {…}]`, or `score: [Points(2, {…}), …]`"),
            );
            return None;
        }
        if let Some(when) = &define.when {
            return self.condition(pack, when).map(DefinitionBody::When);
        }
        if counted {
            let of: Vec<_> = define
                .of
                .iter()
                .map(|condition| self.condition(pack, condition))
                .collect();
            let count = define.of.len();
            let Some(at_least) = &define.at_least else {
                self.report(
                    Finding::new(
                        &codes::DEFINITION_FORM,
                        format!(
                            "`{}` does not say how many of its conditions it needs",
                            define.id.value
                        ),
                    )
                    .at(define.id.span, "expected `at_least` beside `of`")
                    .help("write `at_least: 1` when any one of them is enough"),
                );
                return None;
            };
            if at_least.value == 0 || at_least.value as usize > count {
                self.report(
                    Finding::new(
                        &codes::COUNT_IMPOSSIBLE,
                        format!(
                            "`{}` asks for {} of {count} conditions",
                            define.id.value, at_least.value
                        ),
                    )
                    .at(
                        at_least.span,
                        if count == 0 {
                            "`of` lists none".to_owned()
                        } else {
                            format!("expected 1 to {count}")
                        },
                    )
                    .help("ask for at least one, and for no more than `of` lists"),
                );
                return None;
            }
            return Some(DefinitionBody::Count {
                at_least: at_least.value,
                of: of.into_iter().collect::<Option<_>>()?,
            });
        }
        let score: Vec<_> = define
            .score
            .iter()
            .map(|points| Some((points.value.0.value, self.condition(pack, &points.value.1)?)))
            .collect();
        score
            .into_iter()
            .collect::<Option<_>>()
            .map(DefinitionBody::Score)
    }
}
