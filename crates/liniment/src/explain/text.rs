//! An explanation as indented text.

use std::fmt::Write;

use serde_json::Value;

use super::{Explanation, Proof, RuleProof};
use crate::evaluate::Truth;
use crate::text::duration;
use crate::words::{Words, fill, words};

impl Explanation {
    /// The proof as text: a line a condition, indented; `+` holds, `-` does not, `?` is unknown, and an arrow
    /// behind it marks what stands in the way. What silences, overrides or closes it follows with its own
    /// proof.
    pub fn to_text(&self) -> String {
        let words = words(&self.lang);
        let mut text = String::new();
        let said = match (&self.verdict, &self.suppressed_by, self.listed) {
            (Some(verdict), ..) => words.verdict(*verdict).to_owned(),
            (None, Some(by), _) => fill(words.silenced_by, &[by]),
            (None, None, true) => words.given.to_owned(),
            (None, None, false) => words.not_given.to_owned(),
        };
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{}: {said}", self.id);
        for rule in &self.rules {
            rule.write(&mut text, words);
        }
        if !self.against.is_empty() {
            let _ = writeln!(text, "\n  {}:", words.against_it);
        }
        for rule in &self.against {
            rule.write(&mut text, words);
        }
        text
    }
}

impl RuleProof {
    fn write(&self, text: &mut String, words: &Words) {
        let says = self
            .says
            .map_or(words.says_nothing, |verdict| words.verdict(verdict));
        let _ = writeln!(
            text,
            "\n  {} {} ({}:{}): {says}",
            self.kind.replace('_', "-"),
            self.rule,
            self.place.file,
            self.place.line
        );
        let _ = writeln!(text, "    “{}”", self.text);
        for because in &self.because {
            let _ = writeln!(text, "    {}", fill(words.because, &[because]));
        }
        if !self.gives_way_to.is_empty() {
            let line = fill(words.gives_way, &[&self.gives_way_to.join(", ")]);
            let _ = writeln!(text, "    {line}");
        }
        for part in &self.parts {
            part.write(text, words, 2, true);
        }
        for cite in &self.cites {
            let claims = if cite.claims.is_empty() {
                String::new()
            } else {
                format!(" [{}]", cite.claims.join(" "))
            };
            let place = format!("{}, {}{claims}", cite.title, cite.at);
            let _ = writeln!(text, "    {}", fill(words.source, &[&place]));
        }
        for cite in &self.dissent {
            let says = cite.says.as_deref().unwrap_or_default();
            let place = format!("{}, {}: {says}", cite.title, cite.at);
            let _ = writeln!(text, "    {}", fill(words.dissent, &[&place]));
        }
    }
}

impl Proof {
    /// `may_stop` when what it is part of stands in the way.
    fn write(&self, text: &mut String, words: &Words, depth: usize, may_stop: bool) {
        let in_the_way = may_stop && !self.met;
        let mark = match self.truth {
            Truth::True => '+',
            Truth::False => '-',
            Truth::Unknown => '?',
        };
        let role = self
            .role
            .map(|role| format!("{}: ", words.role(role)))
            .unwrap_or_default();
        let value = match (&self.fact, self.value.is_null()) {
            (None, true) => String::new(),
            (Some(_), true) => format!(" ({})", words.unknown),
            (_, false) => format!(" ({})", fill(words.it_is, &[&plain(&self.value)])),
        };
        let misses = self
            .misses_by
            .as_ref()
            .map(|by| format!(", {}", fill(words.misses_by, &[&plain(by)])))
            .unwrap_or_default();
        let _ = writeln!(
            text,
            "{:indent$}{mark} {role}{}{value}{misses}{}",
            "",
            self.statement,
            if in_the_way { "  ←" } else { "" },
            indent = depth * 2
        );
        for part in &self.parts {
            part.write(text, words, depth + 1, in_the_way);
        }
    }
}

/// A value as one would say it: `20 h`, `yes`, `recover, prevent`.
fn plain(value: &Value) -> String {
    match value {
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::String(text) if text.starts_with("PT") => {
            duration::parse(text).map_or_else(|_| text.clone(), duration::words)
        }
        Value::String(text) => text.clone(),
        Value::Array(parts) if parts.is_empty() => "none".to_owned(),
        Value::Array(parts) => {
            let parts: Vec<String> = parts.iter().map(plain).collect();
            parts.join(", ")
        }
        Value::Object(parts) => match (parts.get("from"), parts.get("to"), parts.get("reports")) {
            (Some(from), Some(to), _) => format!("{} to {}", plain(from), plain(to)),
            (Some(from), None, _) => format!("from {}", plain(from)),
            (None, Some(to), _) => format!("up to {}", plain(to)),
            (_, _, Some(Value::Array(reports))) => {
                let reports: Vec<String> = reports
                    .iter()
                    .filter_map(|report| report.get("value").map(plain))
                    .collect();
                format!("reported as {}", reports.join(" and as "))
            }
            _ => value.to_string(),
        },
        other => other.to_string(),
    }
}
