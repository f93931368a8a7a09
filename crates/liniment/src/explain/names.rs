//! Sources, places and the words for what a rule is.

use super::{Place, SourceCitation};
use crate::check::base::{CheckedBase, Cite, PackIndex, RuleKind};
use crate::parse::spanned::Span;
use crate::parse::syntax::{Evidence, SourceKind};

pub(super) fn citations(base: &CheckedBase, cites: &[Cite]) -> Vec<SourceCitation> {
    cites
        .iter()
        .filter_map(|cite| {
            let source = base.sources.get(cite.source.index())?;
            Some(SourceCitation {
                source: source.id.clone(),
                kind: source_word(source.kind),
                title: source.title.clone(),
                address: source.address.clone(),
                at: cite.shown.at.clone(),
                claims: cite.shown.claims.clone(),
                says: cite.says.clone(),
            })
        })
        .collect()
}

/// Where something stands in a pack.
pub(crate) fn place(base: &CheckedBase, span: Span) -> Place {
    let file = base.files.get(span.file.0 as usize);
    Place {
        file: file.map(|file| file.name.to_string()).unwrap_or_default(),
        line: file.map_or(1, |file| file.line_of(span.start as usize)),
    }
}

pub(super) fn pack_id(base: &CheckedBase, pack: PackIndex) -> String {
    base.packs
        .get(pack.index())
        .map(|pack| pack.id.clone())
        .unwrap_or_default()
}

pub(super) fn kind_word(kind: RuleKind) -> &'static str {
    match kind {
        RuleKind::Fix => "fix",
        RuleKind::NonFix => "non_fix",
        RuleKind::Wait => "wait",
        RuleKind::RedFlag => "red_flag",
        RuleKind::Scope => "scope",
        RuleKind::Note => "note",
    }
}

pub(super) fn evidence_word(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::VeryLow => "very_low",
        Evidence::Low => "low",
        Evidence::Moderate => "moderate",
        Evidence::High => "high",
    }
}

pub(crate) fn source_word(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::Article => "article",
        SourceKind::Study => "study",
        SourceKind::Review => "review",
        SourceKind::Guideline => "guideline",
        SourceKind::PatientInformation => "patient_information",
        SourceKind::Label => "label",
        SourceKind::Opinion => "opinion",
    }
}
