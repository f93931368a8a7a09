//! What nothing uses, what nothing acts on, and what is left unsaid; judged over all packs together.

use super::base::{AdviceIndex, CheckedBase, RuleKind, Suppresses};
use super::context::Context;
use super::names::Names;
use crate::diagnostic::codes::{names as name_codes, rules as codes};
use crate::diagnostic::{Code, Finding};
use crate::verdict::Verdict;

pub(super) fn check(context: &Context<'_>, base: &CheckedBase) {
    unused(
        context,
        &context.names.facts,
        &name_codes::UNUSED_FACT,
        "no rule depends on the fact",
        "use it in a condition, or leave it out",
    );
    let defined = "no rule depends on the definition";
    unused(
        context,
        &context.names.definitions,
        &name_codes::UNUSED_DEFINITION,
        defined,
        "use it in a condition, or leave it out",
    );
    let vague = "nothing is measured by the vague quantity";
    unused(
        context,
        &context.names.vagues,
        &name_codes::UNUSED_VAGUE,
        vague,
        "write `Vague(\"…\")` where it is meant, or leave it out",
    );
    unused(
        context,
        &context.names.sources,
        &name_codes::UNUSED_SOURCE,
        "nothing cites the source",
        "cite it where it is relied on, or leave it out",
    );
    phases(context);
    causes(context, base);
    words(context, base);
    silence(context, base);
    beside(context, base);
}

fn unused(context: &Context<'_>, names: &Names<'_>, code: &'static Code, message: &str, help: &str) {
    for (id, declared) in names.ids.iter().zip(&names.declared) {
        if !declared.used.get() {
            context.report(
                Finding::new(code, format!("{message} `{id}`"))
                    .at(declared.span, "declared here, never used")
                    .help(help),
            );
        }
    }
}

fn phases(context: &Context<'_>) {
    for (number, (id, declared)) in context
        .names
        .phases
        .ids
        .iter()
        .zip(&context.names.phases.declared)
        .enumerate()
    {
        if context.advice_of_phase.get(number).is_some_and(Vec::is_empty) {
            context.report(
                Finding::new(
                    &name_codes::UNUSED_PHASE,
                    format!("no advice is given in the phase `{id}`"),
                )
                .at(declared.span, "no rule is of this phase")
                .help("leave the phase out, or name it in the rules that belong to it"),
            );
        }
    }
}

fn causes(context: &Context<'_>, base: &CheckedBase) {
    let mut acted_on: Vec<Option<usize>> = vec![None; base.causes.len()];
    for (number, rule) in base.rules.iter().enumerate() {
        for cause in &rule.acts_on {
            if let Some(slot) = acted_on.get_mut(cause.index()) {
                slot.get_or_insert(number);
            }
        }
    }
    for ((cause, statement), acted_on) in base.causes.iter().zip(&context.statements.causes).zip(acted_on) {
        match (acted_on, &statement.untreated) {
            (None, None) => context.report(
                Finding::new(
                    &codes::CAUSE_UNTREATED,
                    format!("nothing acts on the cause `{}`", cause.id),
                )
                .at(cause.span, "no fix names it in `acts_on`")
                .help("name it in the `acts_on` of a fix, or say why nothing does: `untreated: \"…\"`"),
            ),
            (Some(fix), Some(untreated)) => {
                let fix = base.rules.get(fix);
                context.report(
                    Finding::new(
                        &codes::CAUSE_TREATED,
                        format!(
                            "the cause `{}` is said to be untreated, but a fix acts on it",
                            cause.id
                        ),
                    )
                    .at(untreated.span, "says that nothing acts on it")
                    .at(
                        fix.map(|fix| context.place_of_rule(&fix.id)).unwrap_or_default(),
                        "acts on it",
                    )
                    .help("leave `untreated` out, or take the cause out of `acts_on`"),
                );
            }
            _ => {}
        }
    }
}

/// What a reader would ask and the rule does not answer.
fn words(context: &Context<'_>, base: &CheckedBase) {
    for (rule, view) in base.rules.iter().zip(&context.statements.rules) {
        if rule.kind != RuleKind::NonFix {
            continue;
        }
        if view.because.is_none() && view.reasons.is_empty() {
            context.report(
                Finding::new(
                    &codes::NON_FIX_UNREASONED,
                    format!("`{}` does not say why it does not help", rule.id),
                )
                .at(view.id.span, "expected `because` or `reasons`")
                .help("add `because: \"…\"`: without a reason nobody believes it"),
            );
        }
        if let (Some(than), true) = (view.than.first(), rule.verdict != Verdict::Inferior) {
            context.report(
                Finding::new(
                    &codes::THAN_WITHOUT_INFERIOR,
                    format!(
                        "`{}` is not inferior, so it is not compared with anything",
                        rule.id
                    ),
                )
                .at(than.span, "`than` belongs to `verdict: Inferior`")
                .help("name it in `instead`"),
            );
        }
    }
}

/// Emergencies are never silenced; a rule that names nothing else silences nothing.
fn silence(context: &Context<'_>, base: &CheckedBase) {
    let only_emergencies = |advice: &AdviceIndex| {
        base.advice.get(advice.index()).is_some_and(|entry| {
            entry.rules.iter().all(|rule| {
                base.rules
                    .get(rule.index())
                    .is_some_and(|rule| rule.verdict == Verdict::Emergency)
            })
        })
    };
    for (rule, view) in base.rules.iter().zip(&context.statements.rules) {
        if let (Some(Suppresses::Advice(advice)), Some(written)) = (&rule.suppresses, view.suppresses)
            && !advice.is_empty()
            && advice.iter().all(only_emergencies)
        {
            context.report_silences_nothing(view, written.span);
        }
    }
}

/// What is said beside other advice is settled last, so it cannot itself be what something stands beside.
fn beside(context: &Context<'_>, base: &CheckedBase) {
    for (rule, view) in base.rules.iter().zip(&context.statements.rules) {
        for advice in &rule.beside {
            let Some(entry) = base.advice.get(advice.index()) else {
                continue;
            };
            let other = entry
                .rules
                .first()
                .and_then(|first| base.rules.get(first.index()));
            let all = entry.rules.iter().all(|other| {
                base.rules
                    .get(other.index())
                    .is_some_and(|other| !other.beside.is_empty())
            });
            if let (true, Some(other)) = (all, other) {
                let place = view
                    .beside
                    .iter()
                    .find(|name| name.value == entry.id)
                    .map_or(view.id.span, |name| name.span);
                context.report(
                    Finding::new(
                        &codes::BESIDE_BESIDE,
                        format!(
                            "`{}` is said beside `{}`, which is itself said beside other advice",
                            rule.id, entry.id
                        ),
                    )
                    .at(place, "this depends on other advice")
                    .at(context.place_of_rule(&other.id), "said beside other advice")
                    .help("name the advice that both stand beside"),
                );
            }
        }
    }
}
