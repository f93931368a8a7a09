//! Sources and citations.

use std::sync::Arc;

use super::base::{Cite, PackIndex, Source, SourceIndex};
use super::context::Context;
use super::names::Missing;
use crate::citation::Citation;
use crate::diagnostic::Finding;
use crate::diagnostic::codes::rules as codes;
use crate::parse::spanned::Spanned;
use crate::parse::syntax;

impl<'a> Context<'a> {
    pub(super) fn sources(&self) -> Vec<Source> {
        self.statements
            .sources
            .iter()
            .map(|source| Source {
                id: source.id.value.clone(),
                kind: source.kind,
                title: source.title.value.clone(),
                address: source.address.as_ref().map(|address| address.value.clone()),
                reviewed: source.reviewed.value.clone(),
                note: source.note.as_ref().map(|note| note.value.clone()),
            })
            .collect()
    }

    pub(super) fn cites(&self, pack: PackIndex, cites: &[Spanned<syntax::Cite>]) -> Vec<Cite> {
        cites
            .iter()
            .filter_map(|cite| {
                let source = self.find(&self.names.sources, pack, &cite.value.source, Missing::Error)?;
                self.names.sources.mark_used(source);
                let claims = cite.value.claims.iter();
                Some(Cite {
                    source: SourceIndex::new(source),
                    shown: Arc::new(Citation {
                        source: self.statements.sources.get(source)?.id.value.clone(),
                        at: cite.value.at.value.clone(),
                        claims: claims.map(|claim| claim.value.clone()).collect(),
                    }),
                    says: cite.value.says.as_ref().map(|says| says.value.clone()),
                })
            })
            .collect()
    }

    /// Sources that see it otherwise; each must say what it says.
    pub(super) fn dissent(&self, pack: PackIndex, cites: &[Spanned<syntax::Cite>]) -> Vec<Cite> {
        for cite in cites {
            if cite.value.says.is_none() {
                self.report(
                    Finding::new(
                        &codes::DISSENT_UNSAID,
                        format!(
                            "the dissent of `{}` does not say what it says",
                            cite.value.source.value
                        ),
                    )
                    .at(cite.span, "expected `says`")
                    .help("add `says: \"…\"` with what this source says instead, in your own words"),
                );
            }
        }
        self.cites(pack, cites)
    }
}
