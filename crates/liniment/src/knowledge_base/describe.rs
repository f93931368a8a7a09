//! What a knowledge base consists of: its packs, facts, phases, sources and rules.

use serde::Serialize;

use super::KnowledgeBase;
use crate::advice::AdviceItem;
use crate::check::base::{Fact, FactKind, RuleKind};

/// A pack of a knowledge base.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PackInfo {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// Its title.
    pub title: String,
    /// What a reader must know before acting on its advice.
    pub notice: Option<String>,
    /// Its languages, its own first.
    pub languages: Vec<String>,
    /// The hash of its text, 16 hexadecimal digits; see [`KnowledgeBase::hash`].
    pub hash: String,
}

/// What values a fact takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FactType {
    /// Yes or no.
    YesNo,
    /// One of its options.
    Choice,
    /// One of its options, in order.
    Scale,
    /// Any number of its options.
    Several,
    /// A whole number.
    Integer,
    /// A decimal number.
    Number,
    /// A length of time.
    Duration,
    /// A length of time that grows by itself.
    Clock,
}

/// An option of a fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OptionInfo {
    /// Its id.
    pub id: String,
    /// Words for it.
    pub label: String,
}

/// A fact of a knowledge base.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct FactInfo {
    /// Its id.
    pub id: String,
    /// What values it takes.
    pub kind: FactType,
    /// The question that asks for it.
    pub ask: String,
    /// Its options, if it has any.
    pub options: Vec<OptionInfo>,
    /// The unit of a number.
    pub unit: Option<String>,
    /// The smallest value, durations in microseconds.
    pub from: Option<f64>,
    /// The largest value, durations in microseconds.
    pub to: Option<f64>,
    /// Nobody can change it.
    pub fixed: bool,
    /// The packs that declare it.
    pub packs: Vec<String>,
}

/// A phase of a knowledge base.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PhaseInfo {
    /// Its id.
    pub id: String,
    /// Its heading.
    pub title: String,
}

/// A source of a knowledge base.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SourceInfo {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Where it can be read.
    pub address: Option<String>,
    /// The day it was last read for the pack.
    pub reviewed: String,
    /// Anything a reader should know of it.
    pub note: Option<String>,
}

impl KnowledgeBase {
    /// The packs, in canonical order.
    pub fn packs(&self) -> Vec<PackInfo> {
        let packs = self.base().packs.iter().zip(self.hashes());
        packs
            .map(|(pack, hash)| PackInfo {
                id: pack.id.clone(),
                version: pack.version.clone(),
                title: self.say(&pack.title),
                notice: pack.notice.as_ref().map(|notice| self.say(notice)),
                languages: pack.languages.clone(),
                hash: format!("{hash:016x}"),
            })
            .collect()
    }

    /// The facts, by id.
    pub fn facts(&self) -> Vec<FactInfo> {
        self.base()
            .facts
            .iter()
            .map(|fact| self.fact_info(fact))
            .collect()
    }

    pub(crate) fn fact_info(&self, fact: &Fact) -> FactInfo {
        let (kind, options, unit, from, to) = match &fact.kind {
            FactKind::YesNo => (FactType::YesNo, &[][..], None, None, None),
            FactKind::Choice(options) => (FactType::Choice, options.as_slice(), None, None, None),
            FactKind::Scale(options) => (FactType::Scale, options.as_slice(), None, None, None),
            FactKind::Several(options) => (FactType::Several, options.as_slice(), None, None, None),
            FactKind::Integer { from, to, unit } => (
                FactType::Integer,
                &[][..],
                unit.clone(),
                from.map(|value| value as f64),
                to.map(|value| value as f64),
            ),
            FactKind::Number { from, to, unit } => (FactType::Number, &[][..], unit.clone(), *from, *to),
            FactKind::Duration { from, to } => (
                FactType::Duration,
                &[][..],
                None,
                from.map(|value| value as f64),
                to.map(|value| value as f64),
            ),
            FactKind::Clock { .. } => (FactType::Clock, &[][..], None, Some(0.0), None),
        };
        FactInfo {
            id: fact.id.clone(),
            kind,
            ask: self.say(&fact.ask),
            options: options
                .iter()
                .zip(&fact.labels)
                .map(|(id, label)| OptionInfo {
                    id: id.clone(),
                    label: self.say(label),
                })
                .collect(),
            unit,
            from,
            to,
            fixed: fact.fixed,
            packs: fact
                .packs
                .iter()
                .filter_map(|pack| self.base().packs.get(pack.index()))
                .map(|pack| pack.id.clone())
                .collect(),
        }
    }

    /// The advice ids, sorted.
    pub fn advice_ids(&self) -> Vec<&str> {
        self.base()
            .advice
            .iter()
            .map(|advice| advice.id.as_str())
            .collect()
    }

    /// The phases, in the order in which their advice is given.
    pub fn phases(&self) -> Vec<PhaseInfo> {
        self.base()
            .phases
            .iter()
            .map(|phase| PhaseInfo {
                id: phase.id.clone(),
                title: self.say(&phase.title),
            })
            .collect()
    }

    /// The sources, by id.
    pub fn sources(&self) -> Vec<SourceInfo> {
        let sources = self.base().sources.iter();
        sources
            .map(|source| SourceInfo {
                id: source.id.clone(),
                title: source.title.clone(),
                address: source.address.clone(),
                reviewed: source.reviewed.clone(),
                note: source.note.clone(),
            })
            .collect()
    }

    /// The ids of the rules, sorted: fixes, non-fixes, waits, red flags, scopes and notes.
    pub fn rule_ids(&self) -> Vec<&str> {
        self.base().rules.iter().map(|rule| rule.id.as_str()).collect()
    }

    /// How many rules it has, causes included.
    pub fn rule_count(&self) -> usize {
        self.base().rules.len() + self.base().causes.len()
    }

    /// The ids of its red flags, the most urgent first.
    pub fn red_flags(&self) -> Vec<&str> {
        let mut flags: Vec<_> = self
            .base()
            .rules
            .iter()
            .filter(|rule| rule.kind == RuleKind::RedFlag)
            .map(|rule| (rule.verdict, rule.id.as_str()))
            .collect();
        flags.sort_unstable();
        flags.into_iter().map(|(_, id)| id).collect()
    }

    /// The facts that the manifests ask for first, in order.
    pub fn asks_first(&self) -> Vec<&str> {
        let facts = self.base().ask_first.iter();
        facts
            .filter_map(|fact| self.base().facts.get(fact.index()))
            .map(|fact| fact.id.as_str())
            .collect()
    }

    /// The advice ids that a piece of advice limits: it stands before the first of them.
    pub fn limits(&self, item: &AdviceItem) -> Vec<&str> {
        let rules = self
            .base()
            .rules
            .iter()
            .filter(|rule| item.rules.contains(&rule.id));
        let limited = rules
            .flat_map(|rule| &rule.limits)
            .filter_map(|advice| self.base().advice.get(advice.index()));
        limited.map(|advice| advice.id.as_str()).collect()
    }
}
