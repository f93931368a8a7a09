//! What reading one file needs to know, and what it found.

use hashbrown::HashMap;
use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use super::locate::{Kind, Node};
use super::spanned::{FileId, Span};
use super::well_formed;
use crate::diagnostic::codes::syntax;
use crate::diagnostic::{Code, Finding};
use crate::limits::Limits;
use crate::text::number::{self, shorten};

/// Fields whose strings are words for readers; all others are names.
const TEXTS: &[&str] = &[
    "text",
    "then_text",
    "because",
    "why",
    "says",
    "note",
    "title",
    "notice",
    "ask",
    "words",
    "labels",
    "address",
    "at",
    "eases",
    "steps",
    "untreated",
    "reasons",
    "phases",
    "variants",
];

/// Nobody mends more mistakes of one file at once, and a text can be made to have millions.
pub(crate) const MOST_FINDINGS: usize = 10_000;

/// What reading one file needs to know.
pub(super) struct Context<'t> {
    pub(super) text: &'t str,
    pub(super) file: FileId,
    pub(super) limits: &'t Limits,
    /// The values of the statement that is being read.
    pub(super) nodes: Vec<Node>,
    pub(super) findings: RefCell<Vec<Finding>>,
    pub(super) memory: RefCell<Memory>,
    /// The file has hidden characters.
    pub(super) suspicious: bool,
    /// The places of the first of them, as long as no string has reported them.
    pub(super) hidden: RefCell<Vec<u32>>,
    /// Enough is found: nothing more is reported.
    pub(super) full: Cell<bool>,
}

/// What was learnt while reading.
#[derive(Default)]
pub(super) struct Memory {
    /// Values of the statement that their type refused, with its reason: skipped when it is read again.
    pub(super) refused: HashMap<u32, String>,
}

/// Where a value stands, for messages: the field or name that it is the value of.
pub(super) type Slot<'t> = &'t str;

impl<'t> Context<'t> {
    pub(super) fn node(&self, number: u32) -> Option<&Node> {
        self.nodes.get(number as usize)
    }

    pub(super) fn slice(&self, start: u32, end: u32) -> &'t str {
        self.text.get(start as usize..end as usize).unwrap_or("")
    }

    /// The text of a node.
    pub(super) fn source(&self, node: &Node) -> &'t str {
        self.slice(node.start, node.end)
    }

    /// The name before the brackets; empty when there is none.
    pub(super) fn name(&self, node: &Node) -> &'t str {
        plain_word(self.slice(node.start, node.name_end))
    }

    pub(super) fn span(&self, node: &Node) -> Span {
        Span {
            file: self.file,
            start: node.start,
            end: node.end,
        }
    }

    /// What names a value: the name before its brackets, a bare word, or else its first bracket.
    pub(super) fn head(&self, node: &Node) -> Span {
        if node.kind == Kind::Word {
            return self.span(node);
        }
        let end = if node.name_end > node.start {
            node.name_end
        } else {
            node.end.min(node.start + 1)
        };
        Span {
            file: self.file,
            start: node.start,
            end,
        }
    }

    pub(super) fn report(&self, finding: Finding) {
        let mut findings = self.findings.borrow_mut();
        if findings.len() < MOST_FINDINGS {
            findings.push(finding);
        } else {
            self.full.set(true);
        }
    }

    pub(super) fn error(
        &self,
        code: &'static Code,
        message: impl Into<String>,
        span: Span,
        label: impl Into<String>,
    ) {
        self.report(Finding::new(code, message).at(span, label));
    }

    /// Another kind of value belongs here.
    pub(super) fn wrong_kind(&self, slot: Slot<'_>, expected: &str, node: &Node) {
        let found = self.describe(node);
        let message = if slot.is_empty() {
            format!("expected {expected}, found {found}")
        } else {
            format!("`{slot}` takes {expected}, not {found}")
        };
        let mut finding =
            Finding::new(&syntax::WRONG_KIND, message).at(self.span(node), format!("expected {expected}"));
        finding.help = self.kind_help(expected, node);
        self.report(finding);
    }

    fn kind_help(&self, expected: &str, node: &Node) -> Option<String> {
        let source = shorten(self.source(node));
        match node.kind {
            Kind::Word if expected.contains("string") => Some(format!("write it in quotes: `\"{source}\"`")),
            Kind::Number if expected == "a string" => Some(format!("write it in quotes: `\"{source}\"`")),
            _ if expected.starts_with("a list") && node.kind != Kind::Map => {
                Some(format!("write `[{source}]`"))
            }
            _ => None,
        }
    }

    /// A value in a few words.
    pub(super) fn describe(&self, node: &Node) -> String {
        match node.kind {
            Kind::Text | Kind::Escaped | Kind::Raw => "a string".to_owned(),
            Kind::Number => format!("the number `{}`", shorten(self.source(node))),
            Kind::Word => format!("the bare word `{}`", shorten(self.source(node))),
            Kind::Foreign => format!("`{}`", shorten(self.source(node))),
            Kind::List => "a list `[…]`".to_owned(),
            Kind::Map => "a map `{…}`".to_owned(),
            Kind::Tuple | Kind::Fields => format!("`{}(…)`", shorten(self.name(node))),
        }
    }

    /// The content of a string node; something is reported when it is none.
    pub(super) fn string(&self, slot: Slot<'_>, node: &Node) -> Cow<'t, str> {
        let text = match node.kind {
            Kind::Text => Cow::Borrowed(self.slice(node.start + 1, node.end.saturating_sub(1))),
            Kind::Escaped | Kind::Raw => self.unescaped(node),
            _ => {
                self.wrong_kind(slot, "a string", node);
                return Cow::Borrowed(if node.kind == Kind::Word {
                    self.source(node)
                } else {
                    ""
                });
            }
        };
        self.check_string(slot, node, &text);
        text
    }

    fn unescaped(&self, node: &Node) -> Cow<'t, str> {
        match well_formed::unescaped(self.source(node)) {
            Ok(text) => Cow::Owned(text),
            Err(why) => {
                self.error(
                    &syntax::NOT_RON,
                    format!("this string cannot be read: {why}"),
                    self.span(node),
                    "",
                );
                Cow::Borrowed("")
            }
        }
    }

    fn check_string(&self, slot: Slot<'_>, node: &Node, text: &str) {
        let most = self.limits.text_length;
        if text.len() > most && text.chars().nth(most).is_some() {
            let message = format!(
                "this text has {} characters; the limit `text_length` is {most}",
                text.chars().count()
            );
            self.report(limit(message, "text_length").at(self.span(node), "too long"));
        }
        let suspected = node.kind == Kind::Escaped || self.suspicious;
        if !suspected || !text.chars().any(is_hidden) {
            return;
        }
        self.hidden
            .borrow_mut()
            .retain(|place| !(node.start..node.end).contains(place));
        let letters: Vec<String> = text
            .chars()
            .filter(|&letter| is_hidden(letter))
            .take(5)
            .map(|letter| format!("U+{:04X}", letter as u32))
            .collect();
        let letters = letters.join(", ");
        if TEXTS.contains(&slot) {
            self.error(
                &syntax::HIDDEN_IN_TEXT,
                format!("this text has characters that cannot be seen: {letters}"),
                self.span(node),
                "in here",
            );
        } else {
            self.error(
                &syntax::HIDDEN_IN_NAME,
                format!("this name has characters that cannot be seen: {letters}"),
                self.span(node),
                "in here",
            );
        }
    }

    /// A number that is kept exactly; something is reported when it is none.
    pub(super) fn check_number(&self, node: &Node) -> bool {
        match number::decimal(self.source(node)) {
            Ok(_) => true,
            Err(message) => {
                let label = "expected a decimal number of at most 15 digits";
                self.error(&syntax::BAD_NUMBER, message, self.span(node), label);
                false
            }
        }
    }
}

/// A finding for a limit that was passed: `setting` is the name of the setter in [`Limits`].
pub(crate) fn limit(message: impl Into<String>, setting: &str) -> Finding {
    Finding::new(&syntax::LIMIT, message).help(format!(
        "limits can be set when the knowledge base is built: `Limits::default().{setting}(…)`"
    ))
}

/// A word without the mark of a raw name.
pub(super) fn plain_word(word: &str) -> &str {
    word.strip_prefix("r#").unwrap_or(word)
}

/// Controls, and the marks that turn the direction of writing round: a reader does not see what is there.
pub(crate) fn is_hidden(letter: char) -> bool {
    match letter {
        '\n' | '\r' | '\t' => false,
        '\u{61c}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{feff}' => true,
        _ => letter.is_control(),
    }
}

/// Messages begin small.
#[cfg(feature = "tools")]
pub(super) fn lowercase(message: &str) -> String {
    let mut letters = message.chars();
    match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// `a`, `b` and `c`, in backticks.
pub(super) fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    joined(names, "and")
}

/// Names in backticks, with this word before the last.
pub(super) fn joined<'a>(names: impl IntoIterator<Item = &'a str>, word: &str) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match names.split_last() {
        None => "nothing".to_owned(),
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} {word} {last}", others.join(", ")),
    }
}
