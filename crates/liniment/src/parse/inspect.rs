//! What can be said of one statement alone, once it is read. The ids of facts and rules are looked at by `check`.

use super::context::{Context, limit};
use super::spanned::Span;
#[cfg(feature = "tools")]
use super::syntax::TestCase;
use super::syntax::{Manifest, Statement};
#[cfg(feature = "tools")]
use crate::diagnostic::Finding;
#[cfg(feature = "tools")]
use crate::diagnostic::codes::names;
#[cfg(feature = "tools")]
use crate::text::number::shorten;

/// How many there are so far, of all packs together.
#[derive(Default)]
pub(crate) struct Counts {
    packs: usize,
    facts: usize,
    rules: usize,
    /// A limit is passed: nothing more is read.
    pub(super) stop: bool,
}

impl Counts {
    /// Another pack is read.
    pub(super) fn next_pack(&mut self) {
        self.packs += 1;
    }
}

/// What can be said of one statement alone.
pub(super) trait Inspect {
    fn inspect(&self, context: &Context<'_>, whole: Span, counts: &mut Counts);
}

impl Inspect for Manifest {
    fn inspect(&self, context: &Context<'_>, _: Span, _: &mut Counts) {
        let named = self.extends.len() + self.with_packs.len();
        let most = context.limits.extensions;
        if named > most {
            let message = format!("the pack names {named} other packs; the limit `extensions` is {most}");
            context.report(limit(message, "extensions").at(self.id.span, "this pack"));
        }
    }
}

#[cfg(feature = "tools")]
impl Inspect for TestCase {
    fn inspect(&self, context: &Context<'_>, _: Span, _: &mut Counts) {
        let id = &self.id;
        let word = |word: &str| {
            !word.is_empty()
                && word
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        if !id.value.split('_').all(word) {
            let message = format!("`{}` cannot be the id of a test case", shorten(&id.value));
            let finding = Finding::new(&names::MALFORMED_ID, message)
                .at(id.span, "expected a name such as `ice_on_the_second_day`");
            context.report(finding.help("an id has only small letters, digits and `_`"));
        }
    }
}

impl Inspect for Statement {
    fn inspect(&self, context: &Context<'_>, whole: Span, counts: &mut Counts) {
        let packs = counts.packs;
        let (count, most, what) = match self {
            Statement::Fact(_) | Statement::Vague(_) => (&mut counts.facts, context.limits.facts, "facts"),
            Statement::Source(_) | Statement::Translation(_) => return,
            _ => (&mut counts.rules, context.limits.rules, "rules"),
        };
        *count += 1;
        if *count > most {
            counts.stop = true;
            let message = if packs > 1 {
                format!("the packs have more than {most} {what} together; the limit `{what}` is {most}")
            } else {
                format!("the pack has more than {most} {what}; the limit `{what}` is {most}")
            };
            context.report(limit(message, what).at(whole, "the first too many"));
        }
    }
}
