//! An explanation as indented text.

use std::fmt::Write;

use super::{Explanation, Proof, RuleProof};
use crate::evaluate::Truth;

impl Explanation {
    /// The proof as text: a line a condition, indented; `+` holds, `-` does not, `?` is unknown.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        let said = match (&self.verdict, &self.suppressed_by, self.listed) {
            (Some(verdict), ..) => verdict.to_string(),
            (None, Some(by), _) => format!("silenced by {by}"),
            (None, None, true) => "named".to_owned(),
            (None, None, false) => "not given".to_owned(),
        };
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{}: {said}", self.id);
        for rule in &self.rules {
            rule.write(&mut text);
        }
        text
    }
}

impl RuleProof {
    fn write(&self, text: &mut String) {
        let says = self.says.map_or("says nothing", |verdict| verdict.name());
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
            let _ = writeln!(text, "    because: {because}");
        }
        if !self.gives_way_to.is_empty() {
            let _ = writeln!(text, "    gives way to {}", self.gives_way_to.join(", "));
        }
        for part in &self.parts {
            part.write(text, 2);
        }
        for cite in &self.cites {
            let claims = if cite.claims.is_empty() {
                String::new()
            } else {
                format!(" [{}]", cite.claims.join(" "))
            };
            let _ = writeln!(text, "    source: {}, {}{claims}", cite.title, cite.at);
        }
        for cite in &self.dissent {
            let says = cite.says.as_deref().unwrap_or_default();
            let _ = writeln!(text, "    sees it otherwise: {}, {}: {says}", cite.title, cite.at);
        }
    }
}

impl Proof {
    fn write(&self, text: &mut String, depth: usize) {
        let mark = match self.truth {
            Truth::True => '+',
            Truth::False => '-',
            Truth::Unknown => '?',
        };
        let role = self.role.map(|role| format!("{role}: ")).unwrap_or_default();
        let value = match (&self.fact, self.value.is_null()) {
            (None, _) => String::new(),
            (Some(_), true) => " (not known)".to_owned(),
            (Some(_), false) => format!(" (it is {})", plain(&self.value)),
        };
        let misses = self
            .misses_by
            .as_ref()
            .map(|by| format!(", misses by {}", plain(by)))
            .unwrap_or_default();
        let _ = writeln!(
            text,
            "{:indent$}{mark} {role}{}{value}{misses}",
            "",
            self.statement,
            indent = depth * 2
        );
        for part in &self.parts {
            part.write(text, depth + 1);
        }
    }
}

fn plain(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
