//! A page before it is written: what it says, not how that is marked up.

use crate::evaluate::Truth;
use crate::verdict::Verdict;

/// A page.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) language: String,
    pub(super) title: String,
    pub(super) blocks: Vec<Block>,
}

/// A part of a page.
#[derive(Clone, Debug)]
pub(super) enum Block {
    /// A heading, from level 2 on.
    Heading(u8, String),
    Paragraph(Vec<Span>),
    List {
        numbered: bool,
        items: Vec<Vec<Block>>,
    },
    /// Something that can be folded out.
    Fold {
        summary: Vec<Span>,
        body: Vec<Block>,
    },
    /// A piece of advice, marked by its verdict.
    Card {
        verdict: Option<Verdict>,
        body: Vec<Block>,
    },
    /// A picture, and what stands for it where none can be drawn.
    Picture {
        svg: String,
        instead: Vec<Block>,
    },
    /// What must be read before anything is done.
    Notice(String),
}

/// Words within a line.
#[derive(Clone, Debug)]
pub(super) enum Span {
    Plain(String),
    Strong(String),
    /// Marginal words.
    Faint(String),
    /// An id.
    Id(String),
    /// A verdict in words.
    Verdict(Verdict, String),
    /// Whether a condition holds, the word for that, and whether that is what the rule needs.
    Mark {
        truth: Truth,
        word: &'static str,
        met: bool,
    },
    /// A link; only what begins with http or https becomes one.
    Link {
        words: String,
        address: String,
    },
}

impl Block {
    pub(super) fn text(text: impl Into<String>) -> Block {
        Block::Paragraph(vec![Span::Plain(text.into())])
    }

    pub(super) fn list(items: Vec<Vec<Block>>) -> Block {
        Block::List {
            numbered: false,
            items,
        }
    }
}

impl Span {
    pub(super) fn plain(text: impl Into<String>) -> Span {
        Span::Plain(text.into())
    }
}

/// Whether an address may become a link.
pub(super) fn is_web(address: &str) -> bool {
    let lower = address.to_ascii_lowercase();
    (lower.starts_with("https://") || lower.starts_with("http://"))
        && !address
            .chars()
            .any(|letter| letter.is_whitespace() || letter.is_control() || "<>\"'`".contains(letter))
}
