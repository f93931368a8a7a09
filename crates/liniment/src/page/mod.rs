//! Pages: the advice for a case, or one explanation, as one self-contained file.

mod advice;
mod document;
mod explanation;
mod html;
mod markdown;
mod proof;
#[cfg(test)]
mod tests;

use document::{Block, Document, Span};

use crate::case::Case;
use crate::error::Error;
use crate::explain::SourceCitation;
use crate::knowledge_base::{FactInfo, KnowledgeBase, SourceInfo};
use crate::verdict::Verdict;
use crate::words::{Words, fill, words};

/// How a page is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PageFormat {
    /// HTML: one file with its style and pictures in it, without scripts, that loads nothing.
    Html,
    /// The same as a piece of HTML for a page that is there already, such as a notebook: its style stays
    /// within it, and what is too long scrolls.
    HtmlFragment,
    /// Markdown, with `<details>` for what is folded.
    Markdown,
}

/// More entries of one list than this are counted rather than written.
const MOST: usize = 200;

impl KnowledgeBase {
    /// The advice for a case as a page: every piece with its proof to fold out, why the rest is not advised,
    /// the plan as a picture, causes, questions, what is known, sources, and the packs' notices. A fragment is
    /// to stay small: why the rest is not advised is left out, and sources stand in the proofs only.
    /// Everything that comes from packs and case is escaped.
    ///
    /// # Errors
    /// When the case belongs to another knowledge base.
    pub fn advice_page(&self, case: &Case, format: PageFormat) -> Result<String, Error> {
        self.own_case(case)?;
        let document = advice::document(self, case, format != PageFormat::HtmlFragment)?;
        Ok(written(&document, format))
    }

    /// The explanation of an advice id or cause as a page: its proof, for an advice id what would lead to
    /// `wanted` (its best ranked rule's verdict when left out) and which facts already suffice, what is
    /// known, sources, and the packs' notices.
    ///
    /// # Errors
    /// When the case belongs to another knowledge base, or there is no such advice id or cause.
    pub fn explanation_page(
        &self,
        case: &Case,
        id: &str,
        wanted: Option<Verdict>,
        format: PageFormat,
    ) -> Result<String, Error> {
        self.own_case(case)?;
        let document = explanation::document(self, case, id, wanted)?;
        Ok(written(&document, format))
    }
}

fn written(document: &Document, format: PageFormat) -> String {
    match format {
        PageFormat::Html => html::write(document),
        PageFormat::HtmlFragment => html::write_fragment(document),
        PageFormat::Markdown => markdown::write(document),
    }
}

/// What every page needs to know.
struct Writer<'a> {
    kb: &'a KnowledgeBase,
    case: &'a Case,
    words: &'static Words,
    facts: Vec<FactInfo>,
    sources: Vec<SourceInfo>,
    /// The sources that were cited, by id.
    cited: Vec<String>,
}

impl<'a> Writer<'a> {
    fn new(kb: &'a KnowledgeBase, case: &'a Case) -> Self {
        Self {
            kb,
            case,
            words: words(kb.lang()),
            facts: kb.facts(),
            sources: kb.sources(),
            cited: Vec::new(),
        }
    }

    fn fact(&self, id: &str) -> Option<&FactInfo> {
        self.facts.iter().find(|fact| fact.id == id)
    }

    /// A value of a fact in words.
    fn value(&self, fact: &str, value: &serde_json::Value) -> String {
        match self.fact(fact) {
            Some(fact) => self.words.value(fact, value),
            None => value.to_string(),
        }
    }

    /// One citation in a line; the address stands with the source at the end of the page.
    fn citation(&mut self, cite: &SourceCitation) -> Vec<Span> {
        if !self.cited.contains(&cite.source) {
            self.cited.push(cite.source.clone());
        }
        let title = match &cite.address {
            Some(address) => Span::Link {
                words: cite.title.clone(),
                address: address.clone(),
            },
            None => Span::plain(cite.title.as_str()),
        };
        let claims = if cite.claims.is_empty() {
            String::new()
        } else {
            format!(" ({})", cite.claims.join(", "))
        };
        let says = cite.says.as_ref().map(|says| format!(" “{says}”"));
        vec![
            title,
            Span::Faint(format!("; {}{claims}", cite.at)),
            Span::plain(says.unwrap_or_default()),
        ]
    }

    /// What is known of the case.
    fn known(&self, blocks: &mut Vec<Block>) {
        let known: Vec<Vec<Block>> = self
            .kb
            .base()
            .facts
            .iter()
            .zip(self.case.known())
            .filter_map(|(fact, known)| {
                let value = known.0.to_json(fact);
                (!value.is_null()).then(|| {
                    vec![Block::Paragraph(vec![
                        Span::plain(format!("{} ", self.kb.say(&fact.ask))),
                        Span::Strong(self.value(&fact.id, &value)),
                        Span::plain(" "),
                        Span::Id(fact.id.clone()),
                    ])]
                })
            })
            .collect();
        if !known.is_empty() {
            blocks.push(Block::Heading(2, self.words.known.to_owned()));
            blocks.push(self.bounded(known));
        }
    }

    /// The sources that were cited.
    fn sources(&self, blocks: &mut Vec<Block>) {
        let cited: Vec<Vec<Block>> = self
            .sources
            .iter()
            .filter(|source| self.cited.contains(&source.id))
            .map(|source| {
                let title = match &source.address {
                    Some(address) => Span::Link {
                        words: source.title.clone(),
                        address: address.clone(),
                    },
                    None => Span::plain(source.title.as_str()),
                };
                let reviewed = fill(self.words.reviewed, &[&source.reviewed]);
                let note = source.note.as_ref().map(|note| format!("; {note}"));
                vec![Block::Paragraph(vec![
                    title,
                    Span::Faint(format!(", {reviewed}{}", note.unwrap_or_default())),
                ])]
            })
            .collect();
        if !cited.is_empty() {
            blocks.push(Block::Heading(2, self.words.sources.to_owned()));
            blocks.push(self.bounded(cited));
        }
    }

    /// What the packs want read.
    fn notice(&self, blocks: &mut Vec<Block>) {
        blocks.push(Block::Heading(2, self.words.notice.to_owned()));
        blocks.extend(self.notices().into_iter().map(Block::Notice));
        let packs = self.kb.packs();
        let packs: Vec<String> = packs
            .iter()
            .map(|pack| format!("{} {}", pack.title, pack.version))
            .collect();
        blocks.push(Block::Paragraph(vec![Span::Faint(fill(
            self.words.made_by,
            &[&packs.join(", ")],
        ))]));
    }

    fn notices(&self) -> Vec<String> {
        let mut notices: Vec<String> = Vec::new();
        for notice in self.kb.packs().into_iter().filter_map(|pack| pack.notice) {
            if !notices.contains(&notice) {
                notices.push(notice);
            }
        }
        notices
    }

    fn bounded(&self, mut items: Vec<Vec<Block>>) -> Block {
        let more = items.len().saturating_sub(MOST);
        if more > 0 {
            items.truncate(MOST);
            items.push(vec![Block::text(fill(
                self.words.and_others,
                &[&more.to_string()],
            ))]);
        }
        Block::list(items)
    }

    fn document(&self, title: String, blocks: Vec<Block>) -> Document {
        Document {
            language: self.kb.lang().to_owned(),
            title,
            blocks,
        }
    }
}
