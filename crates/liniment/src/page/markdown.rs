//! A page as Markdown.

use super::document::{Block, Document, Span, is_web};
use crate::evaluate::Truth;
use crate::text::markup::{escaped as as_html, one_line};

pub(super) fn write(document: &Document) -> String {
    let mut page = format!("# {}\n\n", escaped(&document.title));
    blocks(&mut page, &document.blocks, "");
    // One line end, whatever stood last.
    page.truncate(page.trim_end().len());
    page.push('\n');
    page
}

// As deep as the document, which its builder bounds.
fn blocks(page: &mut String, list: &[Block], indent: &str) {
    for block in list {
        match block {
            Block::Heading(level, text) => {
                page.push_str(&format!(
                    "{} {}\n\n",
                    "#".repeat(usize::from(*level)),
                    escaped(text)
                ));
            }
            Block::Paragraph(spans) => page.push_str(&format!("{indent}{}\n\n", line(spans))),
            Block::List { numbered, items } => {
                for (number, item) in items.iter().enumerate() {
                    let mark = if *numbered {
                        format!("{}. ", number + 1)
                    } else {
                        "- ".to_owned()
                    };
                    let deeper = format!("{indent}{}", " ".repeat(mark.len()));
                    let mut inner = String::new();
                    blocks(&mut inner, item, &deeper);
                    // The first line stands behind the mark, and a short list stays close together.
                    let inner = inner.trim_end();
                    page.push_str(&format!(
                        "{indent}{mark}{}\n",
                        inner.strip_prefix(&deeper).unwrap_or(inner).replace("\n\n", "\n")
                    ));
                }
                page.push('\n');
            }
            Block::Fold { summary, body } => {
                page.push_str(&format!(
                    "{indent}<details><summary>{}</summary>\n\n",
                    as_entities(&plain(summary))
                ));
                blocks(page, body, indent);
                page.push_str(&format!("{indent}</details>\n\n"));
            }
            Block::Card { body, .. } => blocks(page, body, indent),
            Block::Picture { instead, .. } => blocks(page, instead, indent),
            Block::Notice(text) => page.push_str(&format!("{indent}> {}\n\n", escaped(text))),
        }
    }
}

fn line(spans: &[Span]) -> String {
    let mut text = String::new();
    for span in spans {
        match span {
            Span::Plain(words) | Span::Faint(words) => text.push_str(&escaped(words)),
            Span::Strong(words) | Span::Verdict(_, words) => {
                text.push_str(&format!("**{}**", escaped(words.trim())));
            }
            Span::Id(id) => text.push_str(&format!("`{}`", one_line(id).replace('`', "'"))),
            Span::Mark { truth, .. } => text.push_str(mark(*truth)),
            Span::Link { words, address } if is_web(address) => {
                text.push_str(&format!("[{}](<{address}>)", escaped(words)));
            }
            Span::Link { words, address } => {
                text.push_str(&format!("{} ({})", escaped(words), escaped(address)));
            }
        }
    }
    text
}

fn plain(spans: &[Span]) -> String {
    let words = spans.iter().map(|span| match span {
        Span::Plain(words) | Span::Faint(words) | Span::Strong(words) | Span::Verdict(_, words) => {
            words.as_str()
        }
        Span::Id(id) => id.as_str(),
        Span::Mark { truth, .. } => mark(*truth),
        Span::Link { words, .. } => words.as_str(),
    });
    words.collect()
}

/// Text within an element: what Markdown could take for its own is written as entities.
fn as_entities(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in as_html(text).chars() {
        match letter {
            '[' | ']' | '*' | '_' | '`' | '\\' | '~' | '!' => {
                escaped.push_str(&format!("&#{};", u32::from(letter)));
            }
            other => escaped.push(other),
        }
    }
    escaped
}

fn mark(truth: Truth) -> &'static str {
    match truth {
        Truth::True => "✓",
        Truth::False => "✗",
        Truth::Unknown => "?",
    }
}

/// Text that is nothing but text.
fn escaped(text: &str) -> String {
    let line = one_line(text);
    let mut escaped = String::with_capacity(line.len());
    for (position, letter) in line.trim().char_indices() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '{' | '}' | '|' | '~' | '#' | '!' | '$' => {
                escaped.push('\\');
                escaped.push(letter);
            }
            // What begins a list, a quotation or a rule.
            '-' | '+' | '=' | '>' if position == 0 => {
                escaped.push('\\');
                escaped.push(letter);
            }
            '.' | ')' if position > 0 && escaped.chars().all(|letter| letter.is_ascii_digit()) => {
                escaped.push('\\');
                escaped.push(letter);
            }
            other => escaped.push(other),
        }
    }
    // Spaces at the ends join the spans of a line.
    let begins = if line.starts_with(' ') { " " } else { "" };
    let ends = if line.len() > 1 && line.ends_with(' ') {
        " "
    } else {
        ""
    };
    format!("{begins}{escaped}{ends}")
}
