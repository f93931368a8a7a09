//! The places for words: what a statement has, and what a translation fills.

use super::base::PackIndex;
use super::views::RuleView;
use crate::parse::spanned::Span;
use crate::parse::syntax::{Cause, Text, Translation};

/// A place for words: `because`, the third of `steps`, the label of an option.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Slot<'s> {
    pub(super) field: &'static str,
    pub(super) number: Option<usize>,
    pub(super) option: Option<&'s str>,
    /// Within a variant, its field.
    pub(super) part: Option<&'static str>,
    pub(super) inner: Option<usize>,
}

impl<'s> Slot<'s> {
    pub(super) fn one(field: &'static str) -> Self {
        Self {
            field,
            number: None,
            option: None,
            part: None,
            inner: None,
        }
    }
    pub(super) fn nth(field: &'static str, number: usize) -> Self {
        Self {
            number: Some(number),
            ..Self::one(field)
        }
    }
    pub(super) fn list(field: &'static str, count: usize) -> impl Iterator<Item = Slot<'s>> {
        (0..count).map(move |number| Slot::nth(field, number))
    }
}

impl std::fmt::Display for Slot<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.number, self.option, self.part) {
            (Some(number), _, None) => write!(formatter, "number {} of `{}`", number + 1, self.field),
            (Some(number), _, Some(part)) => match self.inner {
                Some(inner) => write!(
                    formatter,
                    "number {} of `{part}` in number {} of `{}`",
                    inner + 1,
                    number + 1,
                    self.field
                ),
                None => write!(formatter, "`{part}` in number {} of `{}`", number + 1, self.field),
            },
            (None, Some(option), _) => write!(formatter, "`{option}` in `{}`", self.field),
            (None, None, _) => write!(formatter, "`{}`", self.field),
        }
    }
}

/// Something with words.
pub(super) struct Subject<'a> {
    pub(super) id: &'a str,
    pub(super) span: Span,
    pub(super) pack: PackIndex,
    pub(super) slots: Vec<Slot<'a>>,
    /// Labels that a translation may add.
    pub(super) options: Vec<Slot<'a>>,
}

impl<'a> Subject<'a> {
    pub(super) fn new(id: &'a str, span: Span, pack: PackIndex, slots: Vec<Slot<'a>>) -> Self {
        Self {
            id,
            span,
            pack,
            slots,
            options: Vec::new(),
        }
    }
    pub(super) fn may_have(&self) -> impl Iterator<Item = Slot<'a>> + '_ {
        self.slots.iter().chain(&self.options).copied()
    }
}

pub(super) fn rule_subject<'a>(rule: &RuleView<'a>) -> Subject<'a> {
    let mut slots = vec![Slot::one("text")];
    slots.extend(rule.not_yet.map(|_| Slot::one("not_yet")));
    slots.extend(rule.then_text.map(|_| Slot::one("then_text")));
    slots.extend(rule.because.map(|_| Slot::one("because")));
    slots.extend(Slot::list("reasons", rule.reasons.len()));
    slots.extend(Slot::list("steps", rule.steps.len()));
    slots.extend(Slot::list("eases", rule.eases.len()));
    for (number, variant) in rule.variants.iter().enumerate() {
        let slot = Slot::nth("variants", number);
        slots.extend(variant.value.text.as_ref().map(|_| Slot {
            part: Some("text"),
            ..slot
        }));
        slots.extend((0..variant.value.steps.len()).map(|inner| Slot {
            part: Some("steps"),
            inner: Some(inner),
            ..slot
        }));
    }
    Subject::new(&rule.id.value, rule.id.span, rule.pack, slots)
}

pub(super) fn cause_subject<'a>(cause: &'a Cause, pack: PackIndex) -> Subject<'a> {
    let mut slots = vec![Slot::one("text")];
    slots.extend(cause.untreated.as_ref().map(|_| Slot::one("untreated")));
    Subject::new(&cause.id.value, cause.id.span, pack, slots)
}

/// The slots that a translation fills.
pub(super) fn given(words: &Translation) -> Vec<(Slot<'_>, &Text)> {
    let mut slots: Vec<(Slot<'_>, &Text)> = Vec::new();
    let single = [
        ("ask", &words.ask),
        ("words", &words.words),
        ("text", &words.text),
        ("not_yet", &words.not_yet),
        ("then_text", &words.then_text),
        ("because", &words.because),
        ("untreated", &words.untreated),
        ("title", &words.title),
        ("notice", &words.notice),
    ];
    slots.extend(
        single
            .into_iter()
            .filter_map(|(field, text)| Some((Slot::one(field), text.as_ref()?))),
    );
    for (field, texts) in [
        ("reasons", &words.reasons),
        ("steps", &words.steps),
        ("eases", &words.eases),
    ] {
        slots.extend(
            texts
                .iter()
                .enumerate()
                .map(|(number, text)| (Slot::nth(field, number), text)),
        );
    }
    for (field, texts) in [("labels", &words.labels), ("phases", &words.phases)] {
        slots.extend(texts.iter().map(|(option, text)| {
            (
                Slot {
                    option: Some(&option.value),
                    ..Slot::one(field)
                },
                text,
            )
        }));
    }
    for (number, variant) in words.variants.iter().enumerate() {
        let slot = Slot::nth("variants", number);
        slots.extend(variant.text.as_ref().map(|text| {
            (
                Slot {
                    part: Some("text"),
                    ..slot
                },
                text,
            )
        }));
        let steps = variant.steps.iter().enumerate();
        slots.extend(steps.map(|(inner, text)| {
            (
                Slot {
                    part: Some("steps"),
                    inner: Some(inner),
                    ..slot
                },
                text,
            )
        }));
    }
    slots
}
