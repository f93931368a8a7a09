//! Wrapped lines, headings and lists of at most so many columns.

use anstyle::{AnsiColor, Style};
use textwrap::{Options, WordSeparator, WordSplitter};

use crate::output::shown;

/// Of headings.
pub(crate) const HEADING: Style = Style::new().bold();
/// Of what must not be missed.
pub(crate) const ALARM: Style = AnsiColor::Red.on_default().bold();
/// Of warnings.
pub(crate) const WARNING: Style = AnsiColor::Yellow.on_default();
/// Of ids and other marginal things.
pub(crate) const MARGINAL: Style = Style::new().dimmed();
/// Of running text.
pub(crate) const PLAIN: Style = Style::new();

/// A page in the making.
pub(crate) struct Page {
    text: String,
    width: usize,
    coloured: bool,
}

impl Page {
    pub(crate) fn new(width: usize, coloured: bool) -> Page {
        Page {
            text: String::new(),
            width,
            coloured,
        }
    }

    /// The page, with a line end after its last line.
    pub(crate) fn finish(self) -> String {
        self.text
    }

    /// A heading, with an empty line before it unless it is the first line.
    pub(crate) fn heading(&mut self, text: &str, style: Style) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.paragraph("", text, style);
    }

    /// A paragraph that begins with `lead`; its other lines are indented as far.
    pub(crate) fn paragraph(&mut self, lead: &str, text: &str, style: Style) {
        self.tagged(lead, text, "", style);
    }

    /// A paragraph that ends in a marginal tag.
    pub(crate) fn tagged(&mut self, lead: &str, text: &str, tag: &str, style: Style) {
        let rest = " ".repeat(textwrap::core::display_width(lead));
        // Only at spaces, so that addresses stay whole.
        let options = Options::new(self.width)
            .initial_indent(lead)
            .subsequent_indent(&rest)
            .word_separator(WordSeparator::AsciiSpace)
            .word_splitter(WordSplitter::NoHyphenation)
            .break_words(false);
        // Whatever the author's line breaks, and nothing that commands the terminal.
        let mut words: Vec<&str> = text.split_ascii_whitespace().collect();
        words.extend((!tag.is_empty()).then_some(tag));
        let text = shown(&words.join(" "));
        let lines = textwrap::wrap(&text, &options);
        let lines: Vec<String> = lines.iter().map(|line| line.replace('\u{a0}', " ")).collect();
        let tag = shown(tag);
        for (number, line) in lines.iter().enumerate() {
            let (before, tag) = match line.strip_suffix(tag.as_str()) {
                Some(before) if number + 1 == lines.len() => (before, tag.as_str()),
                _ => (line.as_str(), ""),
            };
            let words = before.trim();
            let (indent, rest) = before.split_at(before.len() - before.trim_start().len());
            self.text.push_str(indent);
            self.styled(words, style);
            self.text.push_str(rest.strip_prefix(words).unwrap_or_default());
            self.styled(tag, MARGINAL);
            self.text.push('\n');
        }
    }

    /// Lines that are indented already; a longer one goes on under its first word.
    pub(crate) fn lines(&mut self, text: &str) {
        for line in text.lines() {
            let words = line.trim_start();
            let (indent, _) = line.split_at(line.len() - words.len());
            if words.is_empty() {
                self.text.push('\n');
            } else {
                self.paragraph(indent, words, PLAIN);
            }
        }
    }

    /// A table: every column as wide as its widest cell, numbers (by `right`) to the right.
    pub(crate) fn table(&mut self, indent: &str, right: &[bool], rows: &[Vec<String>]) {
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            cells
                .map(|cell| textwrap::core::display_width(cell))
                .max()
                .unwrap_or(0)
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        for row in rows {
            let mut line = indent.to_owned();
            for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
                let fill = " ".repeat(width.saturating_sub(textwrap::core::display_width(cell)));
                let (left, right) = if right.get(column).is_some_and(|right| *right) {
                    (fill.as_str(), "")
                } else {
                    ("", fill.as_str())
                };
                line.push_str(&format!("{left}{}{right}  ", shown(cell)));
            }
            self.text.push_str(line.trim_end());
            self.text.push('\n');
        }
    }

    fn styled(&mut self, text: &str, style: Style) {
        if self.coloured && !text.is_empty() && style != PLAIN {
            self.text.push_str(&format!("{style}{text}{style:#}"));
        } else {
            self.text.push_str(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ALARM, PLAIN, Page};

    #[test]
    fn wraps_under_the_lead_and_keeps_the_tag_last() {
        let mut page = Page::new(24, false);
        page.tagged(
            "  • ",
            "Hold the stretch until\na few seconds after",
            "[stretch]",
            PLAIN,
        );
        let text = page.finish();
        assert_eq!(
            text,
            "  • Hold the stretch\n    until a few seconds\n    after [stretch]\n"
        );
    }

    #[test]
    fn styles_words_but_not_the_indent() {
        let mut page = Page::new(20, true);
        page.paragraph("  ", "Call now, and then wait", ALARM);
        for line in page.finish().lines() {
            assert!(line.starts_with("  \u{1b}["), "{line:?}");
            assert!(line.ends_with("\u{1b}[0m"), "{line:?}");
        }
    }

    #[test]
    fn control_characters_never_reach_the_terminal() {
        let mut page = Page::new(60, false);
        page.paragraph("", "a\u{1b}[2Jb", PLAIN);
        assert_eq!(page.finish(), "a\\u{1b}[2Jb\n");
    }

    #[test]
    fn numbers_stand_right() {
        let mut page = Page::new(60, false);
        page.table(
            " ",
            &[false, true],
            &[vec!["a".into(), "10".into()], vec!["bcd".into(), "9".into()]],
        );
        assert_eq!(page.finish(), " a    10\n bcd   9\n");
    }
}
