//! Conditions that hold never or always, rules that are never said, exceptions that never matter, and
//! conditions too intricate to be decided in full.

use super::base::{CheckedBase, Condition, DefinitionBody, FactKind, Rule, RuleIndex};
use super::circles::{definitions_in, facts_of};
use super::context::Context;
use super::formula::{Formula, Reading, vagues_of};
use super::search::{Answer, search};
use super::speaks::Speech;
use super::tests_of_facts::{Certainty, certainty};
use crate::compact_sort::CompactSort;
use crate::diagnostic::Finding;
use crate::diagnostic::codes::{rules as rule_codes, types as codes};
use crate::parse::spanned::Span;

/// Steps of one search; what takes more is left alone.
const STEPS: u64 = 4_000;

pub(super) fn check<'b>(context: &Context<'_>, speech: &Speech<'b>, formula: &mut Formula<'b>) {
    let base = speech.base;
    let mut reach = Reach {
        context,
        speech,
        formula,
    };
    for fact in &base.facts {
        fact.ask_when
            .iter()
            .for_each(|condition| reach.condition(condition));
        if let FactKind::Clock {
            runs_while: Some(condition),
        } = &fact.kind
        {
            reach.condition(condition);
        }
    }
    for definition in &base.definitions {
        match &definition.body {
            DefinitionBody::When(condition) => reach.condition(condition),
            DefinitionBody::Count { of, .. } => of.iter().for_each(|condition| reach.condition(condition)),
            DefinitionBody::Score(points) => points
                .iter()
                .for_each(|(_, condition)| reach.condition(condition)),
        }
    }
    for cause in &base.causes {
        cause
            .when
            .iter()
            .chain(&cause.except)
            .for_each(|condition| reach.condition(condition));
    }
    for (number, rule) in base.rules.iter().enumerate() {
        if context.progress.is_stopped() {
            return;
        }
        reach.rule(RuleIndex::new(number), rule);
        context.progress.advance(1);
    }
}

struct Reach<'r, 'b> {
    context: &'r Context<'r>,
    speech: &'r Speech<'b>,
    formula: &'r mut Formula<'b>,
}

impl<'b> Reach<'_, 'b> {
    fn base(&self) -> &'b CheckedBase {
        self.speech.base
    }

    fn rule(&mut self, index: RuleIndex, rule: &'b Rule) {
        let before = self.context.findings_count();
        let own = rule
            .when
            .iter()
            .chain(&rule.except)
            .chain(&rule.unless)
            .chain(&rule.shut_while)
            .chain(&rule.never_when);
        let further = rule.reasons.iter().map(|reason| &reason.when);
        let variants = rule.variants.iter().filter_map(|variant| variant.when.as_ref());
        // A rule beside advice that is not loaded has an empty condition, and no fault.
        let absent =
            |condition: &&Condition| !matches!(condition, Condition::Any(rows, _) if rows.is_empty());
        own.chain(further)
            .chain(variants)
            .filter(absent)
            .for_each(|condition| self.condition(condition));
        let faultless = self.context.findings_count() == before;
        let silent = matches!(&rule.when, Some(Condition::Any(rows, _)) if rows.is_empty());
        if faultless && !silent && self.speech.is_sound(index) {
            self.reachable(rule);
        }
        if self.speech.is_sound(index) {
            self.boxes(rule);
        }
    }

    /// Whether some complete case meets a formula; not known counts as yes.
    fn possible(&mut self, node: super::formula::Node) -> bool {
        let mut budget = STEPS;
        search(self.formula, node, &mut budget) != Answer::None
    }

    /// Reports the smallest parts of a condition that hold never or always.
    fn condition(&mut self, condition: &'b Condition) {
        match self.part(condition) {
            Certainty::Depends | Certainty::Said => {}
            Certainty::Never => self.report_never(condition),
            Certainty::Always => self.report_always(condition),
        }
    }

    /// What is certain of a part without anything smaller being at fault; smaller faults are reported here.
    fn part(&mut self, condition: &'b Condition) -> Certainty {
        match condition {
            Condition::Fact { fact, test, span } => {
                let found = certainty(self.base(), self.speech.cells, *fact, test);
                match found {
                    Certainty::Never => self.report_test(
                        &codes::TEST_IMPOSSIBLE,
                        "nothing passes this test",
                        *span,
                        fact.index(),
                    ),
                    Certainty::Always => self.report_test(
                        &codes::TEST_CERTAIN,
                        "everything passes this test",
                        *span,
                        fact.index(),
                    ),
                    Certainty::Depends | Certainty::Said => return Certainty::Depends,
                }
                Certainty::Said
            }
            Condition::Scored {
                definition,
                from,
                to,
                span,
            } => {
                let (low, high) = sums(self.base(), definition.index());
                let id = self
                    .base()
                    .definitions
                    .get(definition.index())
                    .map_or("", |definition| definition.id.as_str());
                if *from > *to || *from > high || *to < low {
                    self.context.report(
                        Finding::new(
                            &codes::SCORE_UNREACHED,
                            format!("the score `{id}` never is what is asked of it"),
                        )
                        .at(*span, format!("it goes from {low} to {high}"))
                        .at(
                            self.context.names.definitions.span(definition.index()),
                            "defined here",
                        )
                        .help("correct the limit, or the points"),
                    );
                    return Certainty::Said;
                }
                if *from <= low && *to >= high {
                    self.context.report(
                        Finding::new(
                            &codes::TEST_CERTAIN,
                            format!("the score `{id}` always is what is asked of it"),
                        )
                        .at(*span, format!("it goes from {low} to {high}"))
                        .help("leave the test out, or correct its limit"),
                    );
                    return Certainty::Said;
                }
                Certainty::Depends
            }
            Condition::All(parts, span) => {
                if parts.is_empty() {
                    self.context.report(
                        Finding::new(&codes::ALWAYS_TRUE, "a row without tests holds always".to_owned())
                            .at(*span, "nothing is asked here")
                            .help("leave the condition out when it shall always hold"),
                    );
                    return Certainty::Said;
                }
                let said = parts
                    .iter()
                    .filter(|part| self.part(part) == Certainty::Said)
                    .count();
                if said > 0 {
                    return Certainty::Said;
                }
                // Tests of single facts, each fact once: some case passes them all, and some fails.
                if parts.iter().all(|part| matches!(part, Condition::Fact { .. })) {
                    Certainty::Depends
                } else {
                    self.whole(condition)
                }
            }
            Condition::Any(rows, _) => {
                let mut all_never = true;
                let mut said = false;
                for row in rows {
                    match self.part(row) {
                        Certainty::Never => {
                            self.report_never(row);
                            said = true;
                        }
                        Certainty::Said => said = true,
                        Certainty::Always => {
                            self.report_always(row);
                            said = true;
                            all_never = false;
                        }
                        Certainty::Depends => all_never = false,
                    }
                }
                if said || all_never {
                    Certainty::Said
                } else {
                    self.whole(condition)
                }
            }
            Condition::Defined { .. } => self.whole(condition),
            Condition::Gives { .. } => Certainty::Depends,
        }
    }

    /// Searches for a case that meets a condition, and for one that does not.
    fn whole(&mut self, condition: &'b Condition) -> Certainty {
        let mut broken = false;
        definitions_in(condition, &mut |definition, _| {
            broken |= self.context.broken_definitions.borrow().contains(&definition);
        });
        if broken {
            return Certainty::Depends;
        }
        self.formula.begin();
        let met = self.formula.condition(condition, Reading::Surely);
        if !self.possible(met) {
            return Certainty::Never;
        }
        let perhaps = self.formula.condition(condition, Reading::Perhaps);
        let unmet = self.formula.not(perhaps);
        if self.possible(unmet) {
            Certainty::Depends
        } else {
            Certainty::Always
        }
    }

    fn report_test(&self, code: &'static crate::diagnostic::Code, message: &str, span: Span, fact: usize) {
        let id = self.context.names.facts.id(fact);
        self.context.report(
            Finding::new(code, format!("{message}: whatever `{id}` is"))
                .at(span, "the same for every value")
                .at(self.context.names.facts.span(fact), "declared here")
                .help("correct the test, or leave it out"),
        );
    }

    fn report_never(&self, condition: &Condition) {
        self.context.report(
            Finding::new(&codes::NEVER_TRUE, "no case meets this condition: its parts exclude each other".to_owned())
                .at(condition.span(), "never holds")
                .help("facts that cannot go together are tested in one row; look into the definitions it names, too"),
        );
    }

    fn report_always(&self, condition: &Condition) {
        self.context.report(
            Finding::new(&codes::ALWAYS_TRUE, "every case meets this condition".to_owned())
                .at(condition.span(), "always holds")
                .help("leave it out, or correct it"),
        );
    }

    /// Whether the rule is ever said, and whether what withdraws it ever does.
    fn reachable(&mut self, rule: &'b Rule) {
        let guarded = !rule.closed_by.is_empty()
            || rule.except.is_some()
            || rule.never_when.is_some()
            || rule.unless.is_some()
            || !rule.reasons.is_empty()
            || !rule.beside.is_empty()
            || rule.shut_while.is_some();
        if !guarded {
            return;
        }
        self.formula.begin();
        let voices = self
            .speech
            .voices(self.formula, rule, Reading::Surely)
            .into_iter()
            .map(|voice| voice.when)
            .collect();
        let says = self.formula.any(voices);
        if !self.possible(says) {
            self.context.report(
                Finding::new(
                    &rule_codes::UNREACHABLE_RULE,
                    format!("`{}` is never said", rule.id),
                )
                .at(
                    self.context.place_of_rule(&rule.id),
                    "whenever it would apply, something keeps it silent",
                )
                .help("compare its `when` with its reasons, its exceptions and the scopes of its pack"),
            );
            return;
        }
        let applies = self.speech.applies(self.formula, rule, Reading::Surely);
        let guards = [
            ("except", &rule.except),
            ("unless", &rule.unless),
            ("never_when", &rule.never_when),
            ("shut_while", &rule.shut_while),
        ];
        for (field, condition) in guards {
            let Some(condition) = condition else { continue };
            if rule
                .when
                .as_ref()
                .is_some_and(|when| self.are_apart(when, condition))
                && rule.closed_by.is_empty()
            {
                continue;
            }
            let holds = self.formula.condition(condition, Reading::Surely);
            let both = self.formula.all(vec![applies, holds]);
            if !self.possible(both) {
                self.context.report(
                    Finding::new(
                        &rule_codes::IDLE_EXCEPTION,
                        format!("the `{field}` of `{}` never holds when the rule applies", rule.id),
                    )
                    .at(condition.span(), "never matters")
                    .help("leave it out, or correct it"),
                );
            }
        }
    }

    /// Whether two conditions have no fact in common.
    fn are_apart(&self, left: &Condition, right: &Condition) -> bool {
        let facts = facts_of(self.base(), left);
        facts_of(self.base(), right)
            .iter()
            .all(|fact| facts.binary_search(fact).is_err())
    }

    /// Warns of conditions whose facts repeat so often that evaluation may settle for Unknown.
    fn boxes(&mut self, rule: &'b Rule) {
        let scopes = rule
            .closed_by
            .iter()
            .filter_map(|scope| self.speech.rule(*scope)?.when.as_ref());
        let parts: Vec<&Condition> = rule
            .when
            .iter()
            .chain(scopes)
            .chain(rule.reasons.iter().map(|reason| &reason.when))
            .collect();
        self.one_vague_for_two(rule, &parts);
        if parts.len() == 1 && parts.iter().all(|condition| is_plain(condition)) {
            return;
        }
        self.formula.begin();
        let applies = self.speech.applies(self.formula, rule, Reading::Surely);
        let combinations = self.formula.combinations(applies);
        let most = self.context.limits.boxes;
        if combinations > most {
            self.context.report(
                Finding::new(
                    &codes::TOO_MANY_BOXES,
                    format!(
                        "`{}` may be reported as unknown although it could be known",
                        rule.id
                    ),
                )
                .at(
                    self.context.place_of_rule(&rule.id),
                    format!(
                        "the facts tested more than once have {} combinations, the limit is {most}",
                        shown(combinations)
                    ),
                )
                .help("test each fact once where that can be done, or raise the limit `boxes`"),
            );
        }
    }

    /// Two facts against one hidden limit: what is known of the one says something of the other.
    fn one_vague_for_two(&self, rule: &Rule, parts: &[&Condition]) {
        let mut tested: Vec<(super::base::VagueIndex, super::base::FactIndex)> = Vec::new();
        parts
            .iter()
            .for_each(|condition| vague_tests(condition, &mut tested));
        tested.compact_sort();
        tested.dedup();
        let twice = tested
            .iter()
            .zip(tested.iter().skip(1))
            .find(|((one, _), (other, _))| one == other);
        if let Some(((vague, first), (_, second))) = twice {
            let id = |fact: &super::base::FactIndex| self.context.names.facts.id(fact.index());
            self.context.report(
                Finding::new(
                    &codes::TOO_MANY_BOXES,
                    format!(
                        "`{}` may be reported as unknown although it could be known",
                        rule.id
                    ),
                )
                .at(
                    self.context.place_of_rule(&rule.id),
                    format!(
                        "`{}` and `{}` are compared with one vague quantity",
                        id(first),
                        id(second)
                    ),
                )
                .at(
                    self.context.names.vagues.span(vague.index()),
                    "the vague quantity",
                )
                .help("compare only one fact with a vague quantity in one condition"),
            );
        }
    }
}

fn shown(combinations: usize) -> String {
    if combinations == usize::MAX {
        "countless".to_owned()
    } else {
        combinations.to_string()
    }
}

/// One row of tests of facts: no fact occurs twice.
fn is_plain(condition: &Condition) -> bool {
    match condition {
        Condition::Fact { .. } => true,
        Condition::All(parts, _) => parts.iter().all(|part| matches!(part, Condition::Fact { .. })),
        _ => false,
    }
}

fn vague_tests(condition: &Condition, tested: &mut Vec<(super::base::VagueIndex, super::base::FactIndex)>) {
    match condition {
        Condition::Fact { fact, test, .. } => vagues_of(test, &mut |vague| tested.push((vague, *fact))),
        Condition::All(parts, _) | Condition::Any(parts, _) => {
            parts.iter().for_each(|part| vague_tests(part, tested))
        }
        Condition::Defined { .. } | Condition::Scored { .. } | Condition::Gives { .. } => {}
    }
}

/// The least and the most that a score can be.
fn sums(base: &CheckedBase, definition: usize) -> (i64, i64) {
    match base
        .definitions
        .get(definition)
        .map(|definition| &definition.body)
    {
        Some(DefinitionBody::Score(points)) => points.iter().fold((0, 0), |(low, high), (points, _)| {
            (low + i64::from(*points).min(0), high + i64::from(*points).max(0))
        }),
        _ => (0, 0),
    }
}

impl Condition {
    /// Where it stands.
    pub(crate) fn span(&self) -> Span {
        match self {
            Condition::Fact { span, .. }
            | Condition::Defined { span, .. }
            | Condition::Scored { span, .. }
            | Condition::All(_, span)
            | Condition::Any(_, span)
            | Condition::Gives { span, .. } => *span,
        }
    }
}
