//! One explanation as a page.

use super::document::{Block, Document, Span};
use super::{MOST, Writer};
use crate::case::Case;
use crate::counterfactual::{Way, WaysAnswer};
use crate::error::Error;
use crate::explain::Explained;
use crate::knowledge_base::KnowledgeBase;
use crate::verdict::Verdict;
use crate::words::fill;

pub(super) fn document(
    kb: &KnowledgeBase,
    case: &Case,
    id: &str,
    wanted: Option<Verdict>,
) -> Result<Document, Error> {
    let explanation = kb.explain(case, id)?;
    let mut writer = Writer::new(kb, case);
    let words = writer.words;
    let mut blocks = Vec::new();
    let mut card = Vec::new();
    match (explanation.verdict, explanation.listed) {
        (Some(verdict), _) => card.push(Block::Paragraph(vec![Span::Verdict(
            verdict,
            words.verdict(verdict).to_owned(),
        )])),
        (None, true) => card.push(Block::text(words.given)),
        (None, false) => card.push(Block::text(words.not_given)),
    }
    let giving = explanation
        .rules
        .iter()
        .find(|rule| explanation.verdict.is_some() && rule.says == explanation.verdict);
    let text = giving
        .map(|rule| rule.text.clone())
        .or_else(|| writer.text_of(id))
        .or_else(|| explanation.rules.first().map(|rule| rule.text.clone()));
    card.extend(text.map(|text| Block::Paragraph(vec![Span::Strong(text)])));
    blocks.push(Block::Card {
        verdict: explanation.verdict,
        body: card,
    });
    blocks.push(Block::Heading(2, words.why.to_owned()));
    let proofs = writer.proofs(&explanation);
    blocks.extend(proofs);
    if explanation.kind == Explained::Advice {
        writer.ways(id, wanted, &mut blocks)?;
        writer.suffices(id, &mut blocks)?;
    }
    writer.known(&mut blocks);
    writer.sources(&mut blocks);
    writer.notice(&mut blocks);
    let title = fill(words.explain_title, &[id]);
    Ok(writer.document(title, blocks))
}

impl Writer<'_> {
    fn ways(&self, id: &str, wanted: Option<Verdict>, blocks: &mut Vec<Block>) -> Result<(), Error> {
        let words = self.words;
        let wanted = match wanted {
            Some(wanted) => wanted,
            None => self.kb.main_verdict(id)?,
        };
        let ways = self.kb.ways_to(self.case, id, wanted)?;
        if ways.answer == WaysAnswer::GivenAlready {
            return Ok(());
        }
        blocks.push(Block::Heading(2, fill(words.ways, &[words.verdict(wanted)])));
        match ways.answer {
            WaysAnswer::Impossible => blocks.push(Block::text(words.ways_impossible)),
            WaysAnswer::Undecided => blocks.push(Block::text(words.ways_undecided)),
            _ => {}
        }
        let lines = ways.ways.iter().map(|way| vec![Block::Paragraph(self.way(way))]);
        let lines: Vec<Vec<Block>> = lines.take(MOST).collect();
        if !lines.is_empty() {
            blocks.push(Block::list(lines));
        }
        Ok(())
    }

    fn way(&self, way: &Way) -> Vec<Span> {
        let mut line = Vec::new();
        for (number, change) in way.changes.iter().enumerate() {
            if number > 0 {
                line.push(Span::plain("; "));
            }
            line.push(Span::plain(self.asked(&change.fact)));
            line.push(Span::Strong(self.value(&change.fact, &change.now)));
            line.push(Span::Faint(format!(
                " ({}) ",
                self.value(&change.fact, &change.was)
            )));
            line.push(Span::Id(change.fact.clone()));
        }
        line
    }

    /// The question that asks for a fact, with the space before its answer.
    fn asked(&self, fact: &str) -> String {
        let found = self.kb.fact(fact).ok();
        let fact = found.and_then(|found| self.kb.base().facts.get(found.index.index()));
        fact.map_or_else(String::new, |fact| format!("{} ", self.kb.say(&fact.ask)))
    }

    fn suffices(&self, id: &str, blocks: &mut Vec<Block>) -> Result<(), Error> {
        let words = self.words;
        let suffices = self.kb.suffices(self.case, id)?;
        blocks.push(Block::Heading(2, words.suffices.to_owned()));
        if suffices.facts.is_empty() {
            blocks.push(Block::text(words.suffices_nothing));
            return Ok(());
        }
        blocks.push(Block::text(words.whatever_else));
        let facts = suffices.facts.iter().map(|fact| {
            let base = self.kb.base();
            let value = self.kb.fact(fact).ok().and_then(|found| {
                let index = found.index.index();
                let known = self.case.known().get(index)?;
                Some(known.0.to_json(base.facts.get(index)?))
            });
            vec![Block::Paragraph(vec![
                Span::plain(self.asked(fact)),
                Span::Strong(self.value(fact, &value.unwrap_or_default())),
                Span::plain(" "),
                Span::Id(fact.clone()),
            ])]
        });
        blocks.push(self.bounded(facts.collect()));
        Ok(())
    }
}
