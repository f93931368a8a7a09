//! What can be said of one statement alone, once it is read: the shape of its ids, and limits.

use super::context::{Context, limit};
use super::spanned::Span;
use super::syntax::{FactKind, Manifest, Name, Statement, TestCase};
use crate::diagnostic::Finding;
use crate::diagnostic::codes::syntax;
use crate::text::number::shorten;

/// How many there are so far in the pack.
#[derive(Default)]
pub(super) struct Counts {
    facts: usize,
    rules: usize,
    /// A limit is passed: nothing more is read.
    pub(super) stop: bool,
}

/// What can be said of one statement alone.
pub(super) trait Inspect {
    fn inspect(&self, context: &Context<'_>, whole: Span, counts: &mut Counts);
}

impl Inspect for Manifest {
    fn inspect(&self, context: &Context<'_>, _: Span, _: &mut Counts) {
        if !has_shape(&self.id, '-') {
            let finding = Finding::new(
                &syntax::BAD_ID,
                format!("`{}` cannot be the id of a pack", shorten(&self.id)),
            )
            .at(self.id.span, "lower-case letters, digits and `-`");
            context.report(finding.help(format!(
                "write for example `\"{}\"`",
                reshaped(&self.id, '-')
            )));
        }
        for phase in &self.phases {
            id(context, &phase.id);
        }
        let named = self.extends.len() + self.with_packs.len();
        let most = context.limits.extensions;
        if named > most {
            let finding = limit(
                format!("the pack names {named} other packs; the limit `extensions` is {most}"),
                "extensions",
            );
            context.report(finding.at(self.id.span, "this pack"));
        }
    }
}

impl Inspect for TestCase {
    fn inspect(&self, context: &Context<'_>, _: Span, _: &mut Counts) {
        id(context, &self.id);
    }
}

impl Inspect for Statement {
    fn inspect(&self, context: &Context<'_>, whole: Span, counts: &mut Counts) {
        for name in self.declared() {
            id(context, name);
        }
        let (count, most, what) = match self {
            Statement::Fact(fact) => {
                options(context, &fact.kind);
                (&mut counts.facts, context.limits.facts, "facts")
            }
            Statement::Vague(_) => (&mut counts.facts, context.limits.facts, "facts"),
            Statement::Source(_) | Statement::Translation(_) => return,
            _ => (&mut counts.rules, context.limits.rules, "rules"),
        };
        *count += 1;
        if *count > most {
            counts.stop = true;
            let message =
                format!("the pack has more than {most} {what}; the limit `{what}` is {most}");
            context.report(limit(message, what).at(whole, "the first too many"));
        }
    }
}

fn options(context: &Context<'_>, kind: &super::spanned::Spanned<FactKind>) {
    let (FactKind::Choice(options) | FactKind::Scale(options) | FactKind::Several(options)) =
        &kind.value
    else {
        return;
    };
    let most = context.limits.options;
    if options.len() > most {
        let finding = limit(
            format!(
                "this fact has {} options; the limit `options` is {most}",
                options.len()
            ),
            "options",
        );
        return context.report(finding.at(kind.span, "too many"));
    }
    for option in options {
        id(context, option);
    }
}

/// Ids are snake_case: what is typed by hand in many places should have one way to be written.
fn id(context: &Context<'_>, name: &Name) {
    if has_shape(name, '_') {
        return;
    }
    let finding = Finding::new(
        &syntax::BAD_ID,
        format!("`{}` cannot be an id", shorten(name)),
    )
    .at(name.span, "lower-case letters, digits and `_`");
    let better = reshaped(name, '_');
    context.report(if better.is_empty() {
        finding
    } else {
        finding.help(format!("write for example `\"{better}\"`"))
    });
}

/// Words of lower-case letters and digits, joined by one mark.
fn has_shape(name: &str, joint: char) -> bool {
    name.split(joint).all(|word| {
        !word.is_empty()
            && word
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    })
}

/// The id that an author probably wanted.
fn reshaped(name: &str, joint: char) -> String {
    let mut better = String::new();
    let mut lower = false;
    for letter in name.chars().take(60) {
        if letter.is_ascii_alphanumeric() {
            // `HotConditions` is two words.
            if letter.is_ascii_uppercase() && lower {
                better.push(joint);
            }
            lower = !letter.is_ascii_uppercase();
            better.push(letter.to_ascii_lowercase());
        } else if !better.is_empty() && !better.ends_with(joint) {
            lower = false;
            better.push(joint);
        }
    }
    better.trim_end_matches(joint).to_owned()
}

#[cfg(test)]
mod tests {
    use super::{has_shape, reshaped};

    #[test]
    fn ids_have_one_shape() {
        for good in ["ice", "hot_conditions", "a1", "24h_wait"] {
            assert!(has_shape(good, '_'), "{good}");
        }
        for bad in [
            "",
            "Ice",
            "hot-conditions",
            "hot conditions",
            "_ice",
            "ice_",
            "a__b",
            "größe",
            "a\u{0}",
        ] {
            assert!(!has_shape(bad, '_'), "{bad}");
        }
        assert!(has_shape("calf-cramps", '-'));
    }

    #[test]
    fn a_better_id_is_proposed() {
        assert_eq!(reshaped("HotConditions", '_'), "hot_conditions");
        assert_eq!(reshaped("hot-conditions!", '_'), "hot_conditions");
        assert_eq!(reshaped("Calf Cramps", '-'), "calf-cramps");
    }
}
