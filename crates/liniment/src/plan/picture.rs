//! The plan as a picture: a time line to be read from top to bottom on a narrow screen.

use std::fmt::Write;

use super::{Interval, Plan, PlannedItem, StagePlan};
use crate::text::markup::escaped;
use crate::verdict::Verdict;
use crate::words::{Words, fill, length, words};

/// The width of the picture.
const WIDTH: usize = 360;
/// What stays free at the right.
const MARGIN: usize = 8;
/// The largest size of the letters.
const LETTER: usize = 14;
/// The height of a line of text.
const LINE: usize = 17;
/// More items of one interval are counted, not drawn.
const MOST_ITEMS: usize = 24;
/// More intervals than this are counted, not drawn.
const MOST_DRAWN: usize = 60;

const STYLE: &str = ".plan-text{font-size:13px;fill:#1c1b1a}.plan-when{font-weight:bold;font-size:14px}\
.plan-tail{font-size:12px;fill:#5f5b57}.plan-back{fill:#fff}.plan-axis{stroke:#8f8a85;stroke-width:2}\
.plan-band{fill:#f9a825;opacity:.45}@media(prefers-color-scheme:dark){.plan-text{fill:#ece9e6}\
.plan-tail{fill:#a9a49f}.plan-back{fill:#161514}}";

/// The picture in the making.
struct Picture {
    body: String,
    /// Where the next line stands.
    y: usize,
    words: &'static Words,
}

impl Plan {
    /// The plan as an SVG picture: self-contained, in light and dark. Bands mark the times in which a clock
    /// stands between the ends of a vague limit.
    pub fn to_svg(&self) -> String {
        let words = words(&self.lang);
        let mut picture = Picture {
            body: String::new(),
            y: 24,
            words,
        };
        if let Some(clock) = &self.relative_to {
            picture.lines(8, "plan-tail", &fill(words.relative, &[clock]), usize::MAX);
            picture.y += 8;
        }
        for (number, interval) in self.intervals.iter().enumerate().take(MOST_DRAWN) {
            picture.interval(self, number, interval);
        }
        if self.intervals.len() > MOST_DRAWN {
            let more = (self.intervals.len() - MOST_DRAWN).to_string();
            picture.lines(28, "plan-tail", &fill(words.and_others, &[&more]), 1);
        }
        for stages in &self.stages {
            picture.stages(stages);
        }
        if !self.expiring.is_empty() {
            picture.heading(words.expiring);
            for expiry in self.expiring.iter().take(MOST_ITEMS) {
                let line = fill(words.expires_in, &[&expiry.fact, &length(expiry.at)]);
                picture.lines(28, "plan-tail", &line, 2);
            }
        }
        if !self.held.is_empty() {
            picture.heading(words.held);
            picture.lines(28, "plan-tail", &self.held.join(", "), 12);
        }
        let height = picture.y + 4;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\" \
             role=\"img\" aria-label=\"{}\" font-family=\"system-ui,sans-serif\"><style>{STYLE}</style>\
             <rect class=\"plan-back\" width=\"{WIDTH}\" height=\"{height}\"/>{}</svg>",
            escaped(words.as_time_passes),
            picture.body
        )
    }
}

impl Picture {
    fn interval(&mut self, plan: &Plan, number: usize, interval: &Interval) {
        let begins = self.y;
        let at = std::mem::take(&mut self.body);
        self.lines(28, "plan-text plan-when", &plan.heading(number, self.words), 3);
        for reason in plan.reasons(number, self.words) {
            self.lines(28, "plan-tail", &reason, 2);
        }
        self.y += 3;
        let shown: Vec<&PlannedItem> = plan.shown(number).collect();
        for item in shown.iter().take(MOST_ITEMS) {
            self.item(item);
        }
        if shown.len() > MOST_ITEMS {
            let more = (shown.len() - MOST_ITEMS).to_string();
            self.lines(42, "plan-tail", &fill(self.words.and_others, &[&more]), 1);
        }
        let ended = interval.changes.iter().filter(|change| change.now.is_none());
        for change in ended.take(MOST_ITEMS) {
            let line = format!("{}: {}", self.words.ends, change.text);
            self.lines(42, "plan-tail", &line, 3);
        }
        self.y += 12;
        // Under the words: the axis of this interval, and a band where something is nearly open or over.
        let (top, length) = (begins.saturating_sub(4), self.y.saturating_sub(begins));
        let words = std::mem::replace(&mut self.body, at);
        if interval.advice.iter().any(|item| item.nearly) {
            self.write(format_args!(
                "<rect class=\"plan-band\" x=\"9\" y=\"{top}\" width=\"10\" height=\"{length}\"/>"
            ));
        }
        self.write(format_args!(
            "<line class=\"plan-axis\" x1=\"14\" y1=\"{top}\" x2=\"14\" y2=\"{}\"/>\
             <circle cx=\"14\" cy=\"{top}\" r=\"5\" fill=\"#8f8a85\"/>",
            top + length
        ));
        self.body.push_str(&words);
    }

    fn item(&mut self, item: &PlannedItem) {
        let y = self.y - 9;
        self.write(format_args!(
            "<rect x=\"28\" y=\"{y}\" width=\"9\" height=\"9\" rx=\"2\" fill=\"{}\"/>",
            colour(item.verdict)
        ));
        let verdict = self.words.verdict(item.verdict);
        let line = if item.nearly {
            format!("{verdict}, {}", self.words.nearly)
        } else {
            verdict.to_owned()
        };
        self.lines(42, "plan-tail", &line, 1);
        self.lines(42, "plan-text", &item.text, 8);
        self.y += 4;
    }

    fn stages(&mut self, stages: &StagePlan) {
        self.heading(&stages.heading(self.words));
        let wait = fill(self.words.stages_wait, &[&stages.waits_for]);
        self.lines(28, "plan-tail", &wait, 4);
        self.y += 4;
        for (number, step) in stages.steps.iter().enumerate().take(MOST_ITEMS) {
            let here = stages.step.as_ref() == Some(&step.id);
            let y = self.y;
            let (fill, ink) = if here {
                ("#2e7d32", "#fff")
            } else {
                ("none", "#8f8a85")
            };
            self.write(format_args!(
                "<circle cx=\"34\" cy=\"{0}\" r=\"9\" fill=\"{fill}\" stroke=\"#8f8a85\"/>\
                 <text x=\"34\" y=\"{1}\" font-size=\"11\" text-anchor=\"middle\" fill=\"{ink}\">{2}</text>",
                y - 4,
                y,
                number + 1
            ));
            self.lines(50, "plan-text", &step.text, 4);
            self.y += 5;
        }
        self.y += 6;
    }

    fn heading(&mut self, text: &str) {
        self.y += 6;
        self.lines(28, "plan-text plan-when", text, 3);
    }

    /// Lines of text from a column on; what goes beyond the most lines is left out.
    fn lines(&mut self, x: usize, class: &str, text: &str, most: usize) {
        // In hundredths of the size of the letters.
        let size = if class.contains("plan-when") {
            LETTER + 1
        } else {
            LETTER - 1
        };
        let lines = wrapped(text, WIDTH.saturating_sub(x + MARGIN) * 100 / size);
        let cut = lines.len() > most;
        for (number, line) in lines.iter().take(most).enumerate() {
            let (y, more) = (self.y, if cut && number + 1 == most { "…" } else { "" });
            self.write(format_args!(
                "<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{}{more}</text>",
                escaped(line)
            ));
            self.y += LINE;
        }
    }

    fn write(&mut self, what: std::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.body.write_fmt(what);
    }
}

pub(crate) fn colour(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Emergency | Verdict::Urgent => "#d32f2f",
        Verdict::Avoid => "#ef6c00",
        Verdict::Defer => "#f9a825",
        Verdict::Recommend => "#2e7d32",
        Verdict::Optional => "#66a86a",
        Verdict::Inferior | Verdict::Ineffective => "#8d6e63",
        Verdict::Refer | Verdict::OutOfScope | Verdict::Inform => "#1976d2",
    }
}

/// Lines of at most this width, broken at spaces, and within words that are longer.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut room = 0;
    for word in text.split_whitespace() {
        let needed: usize = word.chars().map(letter_width).sum();
        match lines.last_mut() {
            Some(line) if needed + SPACE <= room => {
                line.push(' ');
                line.push_str(word);
                room -= needed + SPACE;
                continue;
            }
            _ => lines.push(String::new()),
        }
        room = width;
        for letter in word.chars() {
            let needed = letter_width(letter);
            if needed > room && lines.last().is_some_and(|line| !line.is_empty()) {
                lines.push(String::new());
                room = width;
            }
            room = room.saturating_sub(needed);
            if let Some(line) = lines.last_mut() {
                line.push(letter);
            }
        }
    }
    lines
}

const SPACE: usize = 32;

/// About how wide a letter is, in hundredths of its size: in the wider of the usual fonts, as nobody knows
/// which one will be there.
fn letter_width(letter: char) -> usize {
    match letter {
        'i' | 'j' | 'l' | '\'' | '|' => 28,
        '.' | ',' | ':' | ';' | '!' | 'I' | ' ' => SPACE,
        'f' | 'r' | 't' | '(' | ')' | '[' | ']' | '-' | '/' => 41,
        'm' | 'M' | 'W' | 'Q' | '–' | '—' | '…' => 98,
        'w' | 'O' | 'G' | 'D' | 'N' | 'H' | 'U' | 'Ü' | 'Ö' | '≥' | '≤' => 80,
        'A'..='Z' | 'Ä' | '_' => 70,
        // Latin, then Greek and Cyrillic and the like, then scripts of square letters.
        '\0'..'\u{250}' => 63,
        '\u{250}'..'\u{1100}' => 80,
        _ => 100,
    }
}
