//! Variants: the word or name that is written, and what stands in its brackets.

use super::context::{joined, listed, plain_word};
use super::deserialize::{Content, Reader};
use super::locate::{Kind, Node};
use crate::diagnostic::Finding;
use crate::diagnostic::codes::syntax;
use crate::text::nearest::nearest;
use crate::text::number;

impl<'c, 't> Reader<'c, 't> {
    /// The variant that is written, and what reads what it holds.
    pub(super) fn variant(
        self,
        name: &str,
        variants: &'static [&'static str],
    ) -> (&'static str, Reader<'c, 't>) {
        let (variant, content) = self.written_variant(name, variants);
        let slot = if matches!(content, Content::Inside(_) | Content::Alone(_)) {
            variant
        } else {
            self.slot
        };
        (
            variant,
            Reader {
                slot,
                ..self.with(content)
            },
        )
    }

    fn written_variant(&self, name: &str, variants: &'static [&'static str]) -> (&'static str, Content) {
        let stand_in = (variants.first().copied().unwrap_or_default(), Content::StandIn);
        let Some((number, node)) = self.node() else {
            return stand_in;
        };
        match (name, node.kind) {
            ("LimitKind", _) => return self.limit(number, node).unwrap_or(stand_in),
            ("Suppresses", Kind::List) => return ("Only", Content::Node(number)),
            _ => {}
        }
        let (written, content) = match node.kind {
            Kind::Word => (plain_word(self.context.source(node)), Content::Alone(number)),
            Kind::Tuple | Kind::Fields if node.name_end > node.start => {
                (self.context.name(node), Content::Inside(number))
            }
            _ => {
                self.not_a_variant(name, variants, node);
                return stand_in;
            }
        };
        if let Some(variant) = variants.iter().copied().find(|variant| *variant == written) {
            return (variant, content);
        }
        self.unknown_variant(name, variants, node, written);
        stand_in
    }

    fn limit(&self, number: u32, node: &Node) -> Option<(&'static str, Content)> {
        match node.kind {
            Kind::Text | Kind::Escaped | Kind::Raw => return Some(("Text", Content::Node(number))),
            Kind::Number => {
                return self
                    .context
                    .check_number(node)
                    .then_some(("Number", Content::Written(number)));
            }
            Kind::Word if matches!(self.context.source(node), "NaN" | "inf") => {
                self.context.check_number(node);
                return None;
            }
            Kind::Tuple if self.context.name(node) == "Vague" => {
                return Some(("Vague", Content::Inside(number)));
            }
            _ => self
                .context
                .wrong_kind(self.slot, "a string, a number or `Vague(\"…\")`", node),
        }
        None
    }

    /// A variant that holds nothing.
    pub(super) fn alone(&self, variant: &str) {
        let context = self.context;
        let Content::Inside(number) = self.content else {
            return;
        };
        if let Some(node) = context.node(number) {
            let message = format!("`{variant}` stands alone, without brackets");
            let label = format!("write `{variant}`");
            context.error(&syntax::WRONG_COUNT, message, context.span(node), label);
        }
    }

    /// Something that cannot be a variant at all.
    fn not_a_variant(&self, name: &str, variants: &[&str], node: &Node) {
        let context = self.context;
        let source = number::shorten(context.source(node));
        let text = source.trim_matches('"');
        let help = match (name, node.kind) {
            ("Test", Kind::Text) => Some(format!("write for example `Is({source})` or `AtLeast({source})`")),
            ("Test", Kind::Number) => Some(format!(
                "write for example `AtLeast({source})` or `Between({source}, …)`"
            )),
            ("Test", Kind::List) => Some(format!(
                "write for example `OneOf({source})` or `Includes({source})`"
            )),
            (_, Kind::Text) => nearest(text, variants.iter().copied())
                .map(|variant| format!("write it without quotes: `{variant}`")),
            _ => None,
        };
        let expected = match name {
            "Test" => "a test such as `Yes` or `Is(\"…\")`".to_owned(),
            "Statement" => "a statement such as `Fix(…)`".to_owned(),
            _ => one_of(variants),
        };
        let found = context.describe(node);
        let message = if self.slot.is_empty() {
            format!("expected {expected}, found {found}")
        } else {
            format!("`{}` takes {expected}, not {found}", self.slot)
        };
        let mut finding = Finding::new(&syntax::WRONG_KIND, message).at(context.span(node), "");
        finding.help = help;
        context.report(finding);
    }

    fn unknown_variant(&self, name: &str, variants: &'static [&'static str], node: &Node, written: &str) {
        let context = self.context;
        let guess = match (name, written) {
            ("Test", "true") => Some("Yes"),
            ("Test", "false") => Some("No"),
            // What they are for is said in the help.
            ("Statement", "Pack" | "TestCase") => None,
            _ => nearest(written, variants.iter().copied()),
        };
        let shown = number::shorten(written);
        let (code, message) = match name {
            "Statement" => (
                &syntax::UNKNOWN_STATEMENT,
                format!("there is no statement `{shown}`"),
            ),
            "Test" => (&syntax::UNKNOWN_WORD, format!("there is no test `{shown}`")),
            _ if self.slot.is_empty() => (&syntax::UNKNOWN_WORD, format!("`{shown}` is not allowed here")),
            _ => (
                &syntax::UNKNOWN_WORD,
                format!("`{}` cannot be `{shown}`", self.slot),
            ),
        };
        let label = guess
            .map(|guess| format!("did you mean `{guess}`?"))
            .unwrap_or_default();
        let mut finding = Finding::new(code, message)
            .at(context.head(node), label)
            .nearest(guess);
        finding.help = Some(match (name, written) {
            ("Statement", "Pack") => "`Pack(…)` belongs in the file `pack.ron`, once".to_owned(),
            ("Statement", "TestCase") => "test cases belong in files of the folder `cases`".to_owned(),
            _ => format!("allowed are {}", listed(variants.iter().copied())),
        });
        context.report(finding);
    }
}

fn one_of(variants: &[&str]) -> String {
    match variants {
        [one] => format!("`{one}`"),
        _ => format!("one of {}", joined(variants.iter().copied(), "or")),
    }
}
