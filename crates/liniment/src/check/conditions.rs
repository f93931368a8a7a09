//! Conditions: names looked up, tests fitted to what they test.

use super::base::{Comparison, Condition, DefinitionIndex, FactIndex, FactKind, PackIndex, Test};
use super::context::Context;
use super::names::Missing;
use super::values::list;
use crate::compact_sort::CompactSort;
use crate::diagnostic::Finding;
use crate::diagnostic::codes::{names as name_codes, types as codes};
use crate::parse::spanned::{Span, Spanned};
use crate::parse::syntax::{self, LimitKind, Name};
use crate::text::number;
use crate::verdict::Verdict;

use super::base::AdviceIndex;

/// Where a condition stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Rule,
    /// Advice ids may be tested too.
    Property,
}

impl<'a> Context<'a> {
    /// A condition of a rule, a fact or a definition; `None` after a finding.
    pub(super) fn condition(&self, pack: PackIndex, condition: &syntax::Condition) -> Option<Condition> {
        self.condition_in(pack, condition, Place::Rule)
    }

    /// The same where it may be left out.
    pub(super) fn optional_condition(
        &self,
        pack: PackIndex,
        condition: Option<&syntax::Condition>,
    ) -> Option<Condition> {
        condition.and_then(|condition| self.condition(pack, condition))
    }

    pub(super) fn condition_in(
        &self,
        pack: PackIndex,
        condition: &syntax::Condition,
        place: Place,
    ) -> Option<Condition> {
        let rows: Vec<Option<Condition>> = condition
            .rows
            .iter()
            .map(|row| self.row(pack, row, place))
            .collect();
        let mut rows: Vec<Condition> = rows.into_iter().collect::<Option<_>>()?;
        match (rows.len(), rows.pop()) {
            (1, Some(row)) => Some(row),
            (_, last) => {
                rows.extend(last);
                Some(Condition::Any(rows, condition.span))
            }
        }
    }

    fn row(&self, pack: PackIndex, row: &syntax::Row, place: Place) -> Option<Condition> {
        let entries: Vec<Option<Condition>> = row
            .entries
            .iter()
            .map(|entry| self.entry(pack, entry, place))
            .collect();
        Some(Condition::All(
            entries.into_iter().collect::<Option<_>>()?,
            row.span,
        ))
    }

    fn entry(&self, pack: PackIndex, entry: &syntax::RowEntry, place: Place) -> Option<Condition> {
        let span = Span {
            end: entry.test.span.end.max(entry.name.span.end),
            ..entry.name.span
        };
        match &entry.test.value {
            syntax::Test::Gives(_) | syntax::Test::GivesNothing if place == Place::Rule => {
                self.report(
                    Finding::new(&codes::GIVES_IN_RULE, "a rule cannot ask what the advice is".to_owned())
                        .at(entry.test.span, "only properties such as `Never` test advice")
                        .help("test the facts that the advice depends on; a `beside` says that advice goes with other advice"),
                );
                None
            }
            syntax::Test::Gives(verdicts) => {
                let advice = self.find(&self.names.advice, pack, &entry.name, Missing::MayBeAbsent);
                let verdicts: Vec<Option<Verdict>> = verdicts.iter().map(|name| self.verdict(name)).collect();
                let mut verdicts: Vec<Verdict> = verdicts.into_iter().collect::<Option<_>>()?;
                verdicts.compact_sort();
                verdicts.dedup();
                Some(Condition::Gives {
                    advice: AdviceIndex::new(advice?),
                    verdicts,
                    span,
                })
            }
            syntax::Test::GivesNothing => {
                let advice = self.find(&self.names.advice, pack, &entry.name, Missing::MayBeAbsent)?;
                Some(Condition::Gives {
                    advice: AdviceIndex::new(advice),
                    verdicts: Vec::new(),
                    span,
                })
            }
            test => {
                let tables = [&self.names.facts, &self.names.definitions];
                let (which, number) = self.find_in(&tables, pack, &entry.name, Missing::Error)?;
                if which == 0 {
                    if place == Place::Rule {
                        self.names.facts.mark_used(number);
                    }
                    let test = self.test(pack, number, test, entry.test.span)?;
                    return Some(Condition::Fact {
                        fact: FactIndex::new(number),
                        test,
                        span,
                    });
                }
                if place == Place::Rule {
                    self.names.definitions.mark_used(number);
                }
                self.definition_test(number, test, entry.test.span, span)
            }
        }
    }

    pub(super) fn verdict(&self, name: &Name) -> Option<Verdict> {
        let found = Verdict::from_name(&name.value);
        if found.is_none() {
            let known = Verdict::ALL.map(Verdict::name);
            let near = crate::text::nearest::nearest(&name.value, known);
            self.report(
                Finding::new(
                    &name_codes::UNKNOWN_VERDICT,
                    format!("there is no verdict `{}`", name.value),
                )
                .at(name.span, "not a verdict")
                .help(format!("the verdicts are {}", list(&known)))
                .nearest(near),
            );
        }
        found
    }

    /// A test of a fact, or a finding.
    fn test(&self, pack: PackIndex, fact: usize, test: &syntax::Test, span: Span) -> Option<Test> {
        let kind = self.kinds.get(fact)?;
        let compare = |comparison, limit| Some(Test::Compare(comparison, self.limit(pack, fact, limit)?));
        let ordered = !matches!(kind, FactKind::YesNo | FactKind::Choice(_) | FactKind::Several(_));
        match (test, kind) {
            (syntax::Test::Yes, FactKind::YesNo) => Some(Test::YesNo(true)),
            (syntax::Test::No, FactKind::YesNo) => Some(Test::YesNo(false)),
            (syntax::Test::Is(name), FactKind::Choice(options) | FactKind::Scale(options)) => Some(
                Test::OneOf(vec![self.option(fact, options, &name.value, name.span)?]),
            ),
            (syntax::Test::OneOf(names), FactKind::Choice(options) | FactKind::Scale(options)) => {
                self.options(fact, options, names).map(Test::OneOf)
            }
            (syntax::Test::NoneOf(names), FactKind::Choice(options) | FactKind::Scale(options)) => {
                self.options(fact, options, names).map(Test::NoneOf)
            }
            (syntax::Test::NoneOf(names), FactKind::Several(options)) => {
                self.options(fact, options, names).map(Test::NoOption)
            }
            (syntax::Test::Includes(names), FactKind::Several(options)) => {
                self.options(fact, options, names).map(Test::Includes)
            }
            (syntax::Test::Only(names), FactKind::Several(options)) => {
                self.options(fact, options, names).map(Test::Only)
            }
            (syntax::Test::Exactly(names), FactKind::Several(options)) => {
                self.options(fact, options, names).map(Test::Exactly)
            }
            (syntax::Test::AnyOf(names), FactKind::Several(options)) => {
                self.options(fact, options, names).map(Test::AnyOf)
            }
            (syntax::Test::AtLeast(limit), _) if ordered => compare(Comparison::AtLeast, limit),
            (syntax::Test::MoreThan(limit), _) if ordered => compare(Comparison::MoreThan, limit),
            (syntax::Test::AtMost(limit), _) if ordered => compare(Comparison::AtMost, limit),
            (syntax::Test::LessThan(limit), _) if ordered => compare(Comparison::LessThan, limit),
            (syntax::Test::Between(low, high), _) if ordered => {
                let (low, high) = (
                    compare(Comparison::AtLeast, low),
                    compare(Comparison::AtMost, high),
                );
                Some(Test::All(vec![low?, high?]))
            }
            (syntax::Test::All(tests), _) => {
                let tests: Vec<Option<Test>> = tests
                    .iter()
                    .map(|test| self.test(pack, fact, &test.value, test.span))
                    .collect();
                tests.into_iter().collect::<Option<_>>().map(Test::All)
            }
            _ => self.report_misfit(fact, kind, test, span),
        }
    }

    /// Option numbers, sorted, each once.
    fn options(&self, fact: usize, options: &[String], names: &[Name]) -> Option<Vec<u16>> {
        self.check_repeats(names);
        let numbers: Vec<Option<u16>> = names
            .iter()
            .map(|name| self.option(fact, options, &name.value, name.span))
            .collect();
        let mut numbers: Vec<u16> = numbers.into_iter().collect::<Option<_>>()?;
        numbers.compact_sort();
        numbers.dedup();
        Some(numbers)
    }

    fn report_misfit<T>(&self, fact: usize, kind: &FactKind, test: &syntax::Test, span: Span) -> Option<T> {
        let (noun, tests) = match kind {
            FactKind::YesNo => ("a yes-or-no fact", "`Yes` and `No`"),
            FactKind::Choice(_) => ("a choice", "`Is`, `OneOf` and `NoneOf`"),
            FactKind::Scale(_) => (
                "a scale",
                "`Is`, `OneOf`, `NoneOf`, `AtLeast`, `MoreThan`, `AtMost`, `LessThan`, `Between` and `All`",
            ),
            FactKind::Several(_) => (
                "a several-fact",
                "`Includes`, `Only`, `Exactly`, `AnyOf`, `NoneOf` and `All`",
            ),
            FactKind::Integer { .. } | FactKind::Number { .. } => (
                "a number",
                "`AtLeast`, `MoreThan`, `AtMost`, `LessThan`, `Between` and `All`",
            ),
            FactKind::Duration { .. } => (
                "a duration",
                "`AtLeast`, `MoreThan`, `AtMost`, `LessThan`, `Between` and `All`",
            ),
            FactKind::Clock { .. } => (
                "a clock",
                "`AtLeast`, `MoreThan`, `AtMost`, `LessThan`, `Between` and `All`",
            ),
        };
        let name = self.names.facts.id(fact);
        self.report(
            Finding::new(
                &codes::TEST_MISFIT,
                format!("`{}` does not fit `{name}`, which is {noun}", test_name(test)),
            )
            .at(span, format!("expected one of {tests}"))
            .at(self.names.facts.span(fact), "declared here")
            .help(format!("{noun} is tested with {tests}")),
        );
        None
    }

    /// A test of a definition: yes, no, or what a score must be.
    fn definition_test(
        &self,
        number: usize,
        test: &syntax::Test,
        span: Span,
        whole: Span,
    ) -> Option<Condition> {
        let definition = DefinitionIndex::new(number);
        if self.is_score(number) {
            let (from, to) = self.sums(number, test, span)?;
            return Some(Condition::Scored {
                definition,
                from,
                to,
                span: whole,
            });
        }
        match test {
            syntax::Test::Yes => Some(Condition::Defined {
                definition,
                yes: true,
                span: whole,
            }),
            syntax::Test::No => Some(Condition::Defined {
                definition,
                yes: false,
                span: whole,
            }),
            _ => self.report_definition_misfit(number, test, span, "is yes or no", "`Yes` and `No`"),
        }
    }

    pub(super) fn is_score(&self, number: usize) -> bool {
        self.statements
            .definitions
            .get(number)
            .is_some_and(|definition| !definition.score.is_empty())
    }

    fn report_definition_misfit<T>(
        &self,
        number: usize,
        test: &syntax::Test,
        span: Span,
        noun: &str,
        tests: &str,
    ) -> Option<T> {
        let name = self.names.definitions.id(number);
        self.report(
            Finding::new(
                &codes::TEST_MISFIT,
                format!("`{}` does not fit `{name}`, which {noun}", test_name(test)),
            )
            .at(span, format!("expected one of {tests}"))
            .at(self.names.definitions.span(number), "defined here")
            .help(format!("it is tested with {tests}")),
        );
        None
    }

    /// The sums, from and to, that a test of a score asks for.
    fn sums(&self, number: usize, test: &syntax::Test, span: Span) -> Option<(i64, i64)> {
        match test {
            syntax::Test::AtLeast(limit) => Some((self.points(limit)?, i64::MAX)),
            syntax::Test::MoreThan(limit) => Some((self.points(limit)?.saturating_add(1), i64::MAX)),
            syntax::Test::AtMost(limit) => Some((i64::MIN, self.points(limit)?)),
            syntax::Test::LessThan(limit) => Some((i64::MIN, self.points(limit)?.saturating_sub(1))),
            syntax::Test::Between(low, high) => {
                let (low, high) = (self.points(low), self.points(high));
                Some((low?, high?))
            }
            syntax::Test::All(tests) => {
                tests
                    .iter()
                    .try_fold((i64::MIN, i64::MAX), |(from, to), test: &Spanned<_>| {
                        let (low, high) = self.sums(number, &test.value, test.span)?;
                        Some((from.max(low), to.min(high)))
                    })
            }
            _ => self.report_definition_misfit(
                number,
                test,
                span,
                "is a score",
                "`AtLeast`, `MoreThan`, `AtMost`, `LessThan`, `Between` and `All`",
            ),
        }
    }

    fn points(&self, limit: &syntax::Limit) -> Option<i64> {
        let result = match &limit.value {
            LimitKind::Number(text) => number::integer(text),
            LimitKind::Text(text) | LimitKind::Vague(text) => Err(format!("`{text}` is not a whole number")),
        };
        match result {
            Ok(points) => Some(points),
            Err(reason) => {
                self.report(
                    Finding::new(&codes::UNREADABLE_VALUE, reason)
                        .at(limit.span, "expected a whole number such as `3`")
                        .help("a score is a sum of whole points"),
                );
                None
            }
        }
    }
}

/// A test as it is written.
fn test_name(test: &syntax::Test) -> &'static str {
    match test {
        syntax::Test::Yes => "Yes",
        syntax::Test::No => "No",
        syntax::Test::Is(_) => "Is",
        syntax::Test::OneOf(_) => "OneOf",
        syntax::Test::AtLeast(_) => "AtLeast",
        syntax::Test::MoreThan(_) => "MoreThan",
        syntax::Test::AtMost(_) => "AtMost",
        syntax::Test::LessThan(_) => "LessThan",
        syntax::Test::Between(..) => "Between",
        syntax::Test::All(_) => "All",
        syntax::Test::Includes(_) => "Includes",
        syntax::Test::Only(_) => "Only",
        syntax::Test::Exactly(_) => "Exactly",
        syntax::Test::AnyOf(_) => "AnyOf",
        syntax::Test::NoneOf(_) => "NoneOf",
        syntax::Test::Gives(_) => "Gives",
        syntax::Test::GivesNothing => "GivesNothing",
    }
}
