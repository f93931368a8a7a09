//! Exceptions and overrides that do the work of a gate.
//!
//! Both act only when their condition is True: while the clock is unknown, the laxer advice would
//! stand. A gate opens only when it is surely reached.

use super::base::{CheckedBase, Comparison, Condition, FactKind, Rule, RuleKind, Scalar, Test, Window};
use super::context::Context;
use super::values::compare;
use crate::diagnostic::Finding;
use crate::diagnostic::codes::rules as codes;
use crate::parse::spanned::Span;
use crate::verdict::Verdict;

pub(super) fn check(context: &Context<'_>, base: &CheckedBase) {
    for rule in &base.rules {
        exception(context, base, rule);
        for weaker in &rule.overrides {
            if let Some(weaker) = base
                .rules
                .get(weaker.index())
                .filter(|weaker| weaker.advice == rule.advice)
            {
                precedence(context, base, rule, weaker);
            }
        }
    }
}

/// A fix that an exception takes back for as long as a clock has not got somewhere.
fn exception(context: &Context<'_>, base: &CheckedBase, rule: &Rule) {
    if rule.kind != RuleKind::Fix {
        return;
    }
    let Some(span) = rule.except.as_ref().and_then(|except| early(base, except)) else {
        return;
    };
    context.report(
        Finding::new(&codes::STRICTER_EXCEPTION, format!("the exception of `{}` does the work of a gate", rule.id))
            .at(span, "holds until the clock gets there")
            .at(context.place_of_rule(&rule.id), "while the clock is unknown, this stands")
            .help("write `not_before: (\"…\", \"…\")`: a gate stays shut until it is surely reached, and says that one must wait"),
    );
}

/// A rule that takes the place of a laxer one for a time.
fn precedence(context: &Context<'_>, base: &CheckedBase, rule: &Rule, weaker: &Rule) {
    if weaker.kind == RuleKind::Fix
        && rule.kind == RuleKind::NonFix
        && rule.verdict == Verdict::Avoid
        && let Some(span) = rule.when.as_ref().and_then(|when| early(base, when))
    {
        report(context, rule, weaker, span, "holds until the clock gets there");
        return;
    }
    let (Some(own), Some(other)) = (gate(rule), gate(weaker)) else {
        return;
    };
    if own.fact == other.fact && opens(context, own) > opens(context, other) {
        report(context, rule, weaker, own.span, "opens later");
    }
}

fn report(context: &Context<'_>, rule: &Rule, weaker: &Rule, span: Span, label: &str) {
    context.report(
        Finding::new(
            &codes::STRICTER_OVERRIDE,
            format!("`{}` overrides `{}` to be stricter for a time, which is the work of a gate", rule.id, weaker.id),
        )
        .at(span, label)
        .at(context.place_of_rule(&weaker.id), "while it is unknown whether the other applies, this stands")
        .help("give the rule that is overridden the later gate (`not_before`, `shut_while`, or `until` of a wait) and take the override out"),
    );
}

fn gate(rule: &Rule) -> Option<&Window> {
    match rule.kind {
        RuleKind::Fix => rule.not_before.as_ref(),
        RuleKind::Wait => rule.until.as_ref(),
        _ => None,
    }
}

/// When a gate is surely open.
fn opens(context: &Context<'_>, window: &Window) -> Option<i64> {
    match context.ends(window.limit)?.1 {
        Scalar::Duration(time) => Some(time),
        _ => None,
    }
}

/// A test in a condition that a clock passes early on, and later no more.
fn early(base: &CheckedBase, condition: &Condition) -> Option<Span> {
    match condition {
        Condition::Fact { fact, test, span } => {
            let clock = matches!(
                base.facts.get(fact.index()).map(|fact| &fact.kind),
                Some(FactKind::Clock { .. })
            );
            (clock && has_upper_end(test)).then_some(*span)
        }
        Condition::All(parts, _) | Condition::Any(parts, _) => {
            parts.iter().find_map(|part| early(base, part))
        }
        Condition::Defined { .. } | Condition::Scored { .. } | Condition::Gives { .. } => None,
    }
}

fn has_upper_end(test: &Test) -> bool {
    match test {
        Test::Compare(Comparison::AtMost | Comparison::LessThan, limit) => {
            // The most that a clock can be is no end.
            let greatest = Scalar::Duration(i64::MAX);
            !matches!(limit, super::base::Limit::Value(scalar) if compare(*scalar, greatest).is_ge())
        }
        Test::All(tests) => tests.iter().any(has_upper_end),
        _ => false,
    }
}
