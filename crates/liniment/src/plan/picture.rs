//! The plan as a picture: a time line to be read from top to bottom on a narrow screen.

use std::fmt::Write;

use super::{Interval, Plan, PlannedItem};
use crate::advice::Elapsed;
use crate::verdict::Verdict;

/// The width of the picture.
const WIDTH: usize = 360;
/// How many characters of text fit into a line.
const COLUMNS: usize = 46;
/// The height of a line of text.
const LINE: usize = 16;
/// More items of one interval are counted, not drawn.
const MOST_ITEMS: usize = 24;

impl Plan {
    /// The plan as an SVG picture: self-contained, in light and dark.
    pub fn to_svg(&self) -> String {
        let mut body = String::new();
        let mut y = 24;
        for (number, interval) in self.intervals.iter().enumerate() {
            y = self.draw(&mut body, interval, number, y);
        }
        // Writing to a string cannot fail.
        let mut svg = String::new();
        let _ = write!(
            svg,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\" role=\"img\" \
             font-family=\"system-ui, sans-serif\"><style>text{{font-size:12px;fill:#1a1a1a}}.when{{font-weight:bold;font-size:13px}}.tail{{fill:#666}}\
             .back{{fill:#fff}}.axis{{stroke:#999;stroke-width:2}}@media(prefers-color-scheme:dark){{text{{fill:#eee}}.tail{{fill:#aaa}}.back{{fill:#16181c}}}}</style>\
             <rect class=\"back\" width=\"{WIDTH}\" height=\"{height}\"/><line class=\"axis\" x1=\"14\" y1=\"18\" x2=\"14\" y2=\"{end}\"/>{body}</svg>",
            height = y + 8,
            end = y.saturating_sub(8),
        );
        svg
    }

    fn draw(&self, body: &mut String, interval: &Interval, number: usize, mut y: usize) -> usize {
        let when = match (number, &self.relative_to) {
            (0, None) => "now".to_owned(),
            (_, None) => format!("in {}", moment(interval.from)),
            (_, Some(clock)) => format!("{clock} = {}", moment(interval.from)),
        };
        let _ = write!(
            body,
            "<circle cx=\"14\" cy=\"{}\" r=\"5\" fill=\"#888\"/><text class=\"when\" x=\"28\" y=\"{y}\">{}</text>",
            y - 4,
            escape(&when)
        );
        y += LINE + 4;
        // The first interval shows everything, the others what is new in them.
        let shown: Vec<&PlannedItem> = interval
            .advice
            .iter()
            .filter(|item| number == 0 || interval.changes.iter().any(|change| change.id == item.id))
            .collect();
        for item in shown.iter().take(MOST_ITEMS) {
            let _ = write!(
                body,
                "<rect x=\"28\" y=\"{}\" width=\"8\" height=\"8\" rx=\"2\" fill=\"{}\"/>",
                y - 9,
                colour(item.verdict)
            );
            let nearly = if item.nearly { " (nearly)" } else { "" };
            let _ = write!(
                body,
                "<text class=\"tail\" x=\"42\" y=\"{y}\">{}{nearly}</text>",
                escape(&item.verdict.name().replace('_', " "))
            );
            y += LINE;
            for line in wrapped(&item.text) {
                let _ = write!(body, "<text x=\"42\" y=\"{y}\">{}</text>", escape(&line));
                y += LINE;
            }
            y += 4;
        }
        if shown.len() > MOST_ITEMS {
            let _ = write!(
                body,
                "<text class=\"tail\" x=\"42\" y=\"{y}\">+{}</text>",
                shown.len() - MOST_ITEMS
            );
            y += LINE;
        }
        for ended in interval.changes.iter().filter(|change| change.now.is_none()) {
            let _ = write!(
                body,
                "<text class=\"tail\" x=\"42\" y=\"{y}\">ends: {}</text>",
                escape(&ended.id)
            );
            y += LINE;
        }
        y + 10
    }
}

/// A moment; one microsecond past a full second is "just after" it.
pub(crate) fn moment(from: Elapsed) -> String {
    let microseconds = from.microseconds();
    if microseconds % 1_000_000 == 1 {
        format!("just over {}", Elapsed::from_microseconds(microseconds - 1))
    } else {
        from.to_string()
    }
}

pub(crate) fn colour(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Emergency | Verdict::Urgent => "#c62828",
        Verdict::Avoid => "#e65100",
        Verdict::Defer => "#f9a825",
        Verdict::Recommend => "#2e7d32",
        Verdict::Optional => "#66a86a",
        Verdict::Inferior | Verdict::Ineffective => "#8d6e63",
        Verdict::Refer | Verdict::OutOfScope | Verdict::Inform => "#1565c0",
    }
}

fn wrapped(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= COLUMNS => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            control if control.is_control() => escaped.push('\u{fffd}'),
            other => escaped.push(other),
        }
    }
    escaped
}
