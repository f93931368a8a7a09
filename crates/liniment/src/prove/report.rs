//! What was asked, what came of it, and the findings.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::diagnostic::{Code, Diagnostic, Finding, resolve};
use crate::knowledge_base::KnowledgeBase;
use crate::parse::spanned::Span;
use crate::text::json;

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

    /// The same with what the check said before in front of the findings.
    pub fn after(mut self, mut checked: Vec<Diagnostic>) -> Self {
        checked.append(&mut self.diagnostics);
        self.diagnostics = checked;
        self
    }

    /// One JSON object: `format`, `counts`, `questions`, `diagnostics`.
    pub fn to_json(&self) -> String {
        json::to_json(self)
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
    /// How many cases were named after each code.
    named: BTreeMap<&'static str, usize>,
}

impl Record {
    /// A name for the next case that shows a fault of this code: `found_l0512`, `found_l0512_2`.
    pub(super) fn name(&mut self, code: &Code) -> String {
        let number = self.named.entry(code.code).or_default();
        *number += 1;
        let code = code.code.to_lowercase();
        match *number {
            1 => format!("found_{code}"),
            number => format!("found_{code}_{number}"),
        }
    }

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

    /// The first question that is not proved.
    pub(super) fn first_open(&self) -> Option<String> {
        let open = self
            .questions
            .iter()
            .find(|asked| asked.answer != ProofAnswer::Proved);
        open.map(|asked| asked.question.clone())
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
