//! Proofs as nested lists.

use super::document::{Block, Span};
use super::{MOST, Writer};
use crate::evaluate::Truth;
use crate::explain::{Explanation, Proof, RuleProof};
use crate::words::fill;

/// Deeper conditions than this are left out.
const DEEPEST: usize = 12;

impl Writer<'_> {
    /// The proof of every rule that speaks of an advice id or cause.
    pub(super) fn proofs(&mut self, explanation: &Explanation) -> Vec<Block> {
        let mut blocks = Vec::new();
        if let Some(by) = &explanation.suppressed_by {
            blocks.push(Block::text(fill(self.words.silenced_by, &[by])));
        }
        for rule in explanation.rules.iter().take(MOST) {
            self.rule(rule, &mut blocks);
        }
        blocks
    }

    fn rule(&mut self, rule: &RuleProof, blocks: &mut Vec<Block>) {
        let words = self.words;
        let says = rule.says.map_or_else(
            || words.says_nothing.to_owned(),
            |verdict| fill(words.says, &[words.verdict(verdict)]),
        );
        blocks.push(Block::Paragraph(vec![
            Span::Id(rule.rule.clone()),
            Span::plain(" "),
            Span::Strong(says),
            Span::Faint(format!(" {}:{}", rule.place.file, rule.place.line)),
        ]));
        blocks.push(Block::text(format!("“{}”", rule.text)));
        for because in &rule.because {
            blocks.push(Block::text(fill(words.because, &[because])));
        }
        if !rule.gives_way_to.is_empty() {
            blocks.push(Block::text(fill(
                words.gives_way,
                &[&rule.gives_way_to.join(", ")],
            )));
        }
        if !rule.parts.is_empty() {
            let parts = rule.parts.iter().take(MOST).map(|part| self.part(part, 0));
            blocks.push(Block::list(parts.collect()));
        }
        if rule.inferred {
            blocks.push(Block::Paragraph(vec![Span::Faint(words.inferred.to_owned())]));
        }
        let mut sources = Vec::new();
        for cite in rule.cites.iter().take(MOST) {
            sources.push(vec![Block::Paragraph(self.citation(cite))]);
        }
        for cite in rule.dissent.iter().take(MOST) {
            let cite = self.citation(cite);
            let (before, after) = words.dissent.split_once("{}").unwrap_or((words.dissent, ""));
            let mut line = vec![Span::plain(before)];
            line.extend(cite);
            line.push(Span::plain(after));
            sources.push(vec![Block::Paragraph(line)]);
        }
        if !sources.is_empty() {
            blocks.push(Block::list(sources));
        }
    }

    // As deep as the conditions, no deeper than the limit.
    fn part(&self, proof: &Proof, depth: usize) -> Vec<Block> {
        let words = self.words;
        let word = match proof.truth {
            Truth::True => words.holds,
            Truth::False => words.fails,
            Truth::Unknown => words.unknown,
        };
        let role = proof.role.map(|role| format!("{}: ", words.role(role)));
        let mut line = vec![
            Span::Mark {
                truth: proof.truth,
                word,
                met: proof.met,
            },
            Span::plain(format!(" {}{}", role.unwrap_or_default(), proof.statement)),
        ];
        if let Some(fact) = &proof.fact {
            let value = if proof.value.is_null() {
                words.unknown.to_owned()
            } else {
                fill(words.it_is, &[&self.value(fact, &proof.value)])
            };
            line.push(Span::plain(format!(" ({value}")));
            if let Some(by) = &proof.misses_by {
                let by = self.value(fact, by);
                line.push(Span::plain(format!("; {}", fill(words.misses_by, &[&by]))));
            }
            line.push(Span::plain(")"));
        }
        if let Some(ask) = &proof.ask {
            line.push(Span::Faint(format!(" {ask}")));
        }
        let mut blocks = vec![Block::Paragraph(line)];
        if depth < DEEPEST && !proof.parts.is_empty() {
            let parts = proof.parts.iter().take(MOST);
            blocks.push(Block::list(
                parts.map(|part| self.part(part, depth + 1)).collect(),
            ));
        }
        blocks
    }
}
