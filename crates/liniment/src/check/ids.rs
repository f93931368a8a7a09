//! The shape of ids, and how many options a fact may have.

use super::context::Context;
use crate::diagnostic::codes::{names as codes, packs as pack_codes};
use crate::diagnostic::{Code, Finding};
use crate::parse::limit;
use crate::parse::syntax::{FactKind, Name, Statement};
use crate::text::number::shorten;

/// Looks at every id that is declared, whether or not something else is wrong with it.
pub(super) fn check(context: &Context<'_>) {
    for view in &context.packs {
        let id = &view.manifest.id;
        shape(
            context,
            id,
            '-',
            &pack_codes::MALFORMED_PACK_ID,
            "cannot be the id of a pack",
        );
        view.manifest
            .phases
            .iter()
            .for_each(|phase| snake(context, &phase.value.id));
        for (statement, _) in &view.statements {
            let Some((id, advice)) = declared(statement) else {
                continue;
            };
            snake(context, id);
            if let Some(advice) = advice {
                snake(context, advice);
            }
            match statement {
                Statement::Fact(fact) => options(context, &fact.kind.value, fact.kind.span),
                Statement::Fix(fix) => fix
                    .variants
                    .iter()
                    .for_each(|variant| snake(context, &variant.value.id)),
                _ => {}
            }
        }
    }
}

/// The id that a statement gives, and the advice id that it names.
fn declared(statement: &Statement) -> Option<(&Name, Option<&Name>)> {
    Some(match statement {
        Statement::Fact(fact) => (&fact.id, None),
        Statement::Vague(vague) => (&vague.id, None),
        Statement::Define(define) => (&define.id, None),
        Statement::Source(source) => (&source.id, None),
        Statement::Cause(cause) => (&cause.id, None),
        Statement::Stages(plan) => (&plan.id, None),
        Statement::Group(group) => (&group.id, None),
        Statement::Fix(rule) => (&rule.id, rule.advice.as_ref()),
        Statement::NonFix(rule) => (&rule.id, rule.advice.as_ref()),
        Statement::Wait(rule) => (&rule.id, rule.advice.as_ref()),
        Statement::RedFlag(rule) => (&rule.id, rule.advice.as_ref()),
        Statement::Scope(rule) => (&rule.id, rule.advice.as_ref()),
        Statement::Note(rule) => (&rule.id, rule.advice.as_ref()),
        Statement::Translation(_)
        | Statement::Never(_)
        | Statement::Always(_)
        | Statement::Implies(_)
        | Statement::OnceOpenStaysOpen(_)
        | Statement::ForgettingNeverOpens(_)
        | Statement::Assume(_)
        | Statement::Expect(_) => return None,
    })
}

fn options(context: &Context<'_>, kind: &FactKind, span: crate::parse::spanned::Span) {
    let (FactKind::Choice(options) | FactKind::Scale(options) | FactKind::Several(options)) = kind else {
        return;
    };
    let most = context.limits.options;
    if options.len() > most {
        let message = format!(
            "this fact has {} options; the limit `options` is {most}",
            options.len()
        );
        context.report(limit(message, "options").at(span, "too many"));
        return;
    }
    options.iter().for_each(|option| snake(context, option));
}

fn snake(context: &Context<'_>, name: &Name) {
    shape(context, name, '_', &codes::MALFORMED_ID, "cannot be an id");
}

/// Ids have one way to be written: words of small letters and digits, joined by one mark.
fn shape(context: &Context<'_>, name: &Name, joint: char, code: &'static Code, message: &str) {
    let word = |word: &str| {
        !word.is_empty()
            && word
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    if name.value.split(joint).all(word) {
        return;
    }
    let better = reshaped(&name.value, joint);
    let finding = Finding::new(code, format!("`{}` {message}", shorten(&name.value)))
        .at(name.span, format!("expected small letters, digits and `{joint}`"));
    let help = if better.is_empty() {
        "write a plain name".to_owned()
    } else {
        format!("write for example `\"{better}\"`")
    };
    context.report(finding.help(help));
}

/// The same name in the right shape.
fn reshaped(name: &str, joint: char) -> String {
    let mut better = String::new();
    let mut after_small = false;
    for letter in name.chars().take(60) {
        if letter.is_ascii_uppercase() && after_small {
            better.push(joint);
        }
        after_small = letter.is_ascii_lowercase() || letter.is_ascii_digit();
        better.push(if letter.is_ascii_alphanumeric() {
            letter.to_ascii_lowercase()
        } else {
            joint
        });
    }
    better
        .split(joint)
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(&joint.to_string())
}
