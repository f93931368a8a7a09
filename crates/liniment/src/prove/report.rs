//! What was asked, what came of it, and the findings.

use serde::Serialize;

use crate::case::Case;
use crate::diagnostic::{Code, Diagnostic, Finding, resolve};
use crate::knowledge_base::KnowledgeBase;
use crate::parse::spanned::Span;

/// What became of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ProofAnswer {
    /// It holds of every case.
    Proved,
    /// It does not hold; the finding shows a case, or says that there is none.
    Counterexample,
    /// The budget was used up before it was settled.
    Undecided,
}

/// One question and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Asked {
    /// What should hold.
    pub question: String,
    /// What became of it.
    pub answer: ProofAnswer,
}

/// How many questions there were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Counts {
    /// Questions proved.
    pub proved: usize,
    /// Questions that do not hold.
    pub counterexample: usize,
    /// Questions left open.
    pub undecided: usize,
}

/// What was proved of a knowledge base, and what was not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Proofs {
    format: u32,
    counts: Counts,
    questions: Vec<Asked>,
    diagnostics: Vec<Diagnostic>,
}

impl Proofs {
    /// What is wrong, and what could not be decided.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Every question, in the order in which it was asked.
    pub fn questions(&self) -> &[Asked] {
        &self.questions
    }

    /// How many questions had which answer.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// One JSON object: `format`, `counts`, `questions`, `diagnostics`.
    pub fn to_json(&self) -> String {
        // Strings, numbers and lists always have a JSON form.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Every question that is not proved, a line each, and the counts.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for asked in &self.questions {
            let answer = match asked.answer {
                ProofAnswer::Proved => continue,
                ProofAnswer::Counterexample => "does not hold",
                ProofAnswer::Undecided => "undecided",
            };
            text.push_str(&format!("{answer}: {}\n", asked.question));
        }
        let Counts {
            proved,
            counterexample,
            undecided,
        } = self.counts;
        text.push_str(&format!(
            "{proved} proved, {counterexample} with a counterexample, {undecided} undecided\n"
        ));
        text
    }
}

/// What has been asked so far.
#[derive(Default)]
pub(super) struct Record {
    questions: Vec<Asked>,
    findings: Vec<Finding>,
}

impl Record {
    pub(super) fn proved(&mut self, question: String) {
        self.questions.push(Asked {
            question,
            answer: ProofAnswer::Proved,
        });
    }

    pub(super) fn fails(&mut self, question: String, finding: Finding) {
        self.questions.push(Asked {
            question,
            answer: ProofAnswer::Counterexample,
        });
        self.findings.push(finding);
    }

    pub(super) fn undecided(&mut self, question: String, span: Option<Span>) {
        let mut finding = Finding::new(
            &crate::diagnostic::codes::proofs::UNDECIDED,
            format!("it could not be decided whether {question}"),
        );
        if let Some(span) = span {
            finding = finding.at(span, "asked because of this");
        }
        self.findings
            .push(finding.help("allow more steps, or make the conditions simpler"));
        self.questions.push(Asked {
            question,
            answer: ProofAnswer::Undecided,
        });
    }

    pub(super) fn finish(self, kb: &KnowledgeBase) -> Proofs {
        let count = |answer| {
            self.questions
                .iter()
                .filter(|asked| asked.answer == answer)
                .count()
        };
        let counts = Counts {
            proved: count(ProofAnswer::Proved),
            counterexample: count(ProofAnswer::Counterexample),
            undecided: count(ProofAnswer::Undecided),
        };
        let diagnostics = resolve(self.findings, &kb.base().files);
        Proofs {
            format: 1,
            counts,
            questions: self.questions,
            diagnostics,
        }
    }
}

/// A case as a statement for `cases/*.ron`; `asserts` are further fields, already written.
pub(super) fn test_case(code: &Code, case: &Case, asserts: &str) -> String {
    let shown = facts_of(case);
    let comma = if asserts.is_empty() { "" } else { ", " };
    format!(
        "TestCase(id: \"found_{}\", facts: {shown}{comma}{asserts})",
        code.code.to_lowercase()
    )
}

/// The facts of a case alone.
pub(super) fn facts_of(case: &Case) -> String {
    shown(&serde_json::from_str(&case.to_json()).unwrap_or_default())
}

/// JSON as an author would write it in RON.
pub(super) fn shown(value: &serde_json::Value) -> String {
    let mut shown = String::new();
    write_value(&mut shown, value);
    shown
}

/// JSON as RON with a space behind each comma. Values nest no deeper than reports do.
fn write_value(text: &mut String, value: &serde_json::Value) {
    match value {
        serde_json::Value::Array(parts) => {
            text.push('[');
            for (position, part) in parts.iter().enumerate() {
                if position > 0 {
                    text.push_str(", ");
                }
                write_value(text, part);
            }
            text.push(']');
        }
        serde_json::Value::Object(parts) => {
            text.push('{');
            for (position, (name, part)) in parts.iter().enumerate() {
                if position > 0 {
                    text.push_str(", ");
                }
                text.push_str(&format!("\"{name}\": "));
                write_value(text, part);
            }
            text.push('}');
        }
        other => text.push_str(&other.to_string()),
    }
}
