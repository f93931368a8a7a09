//! The knowledge base as a graph: causes and advice ids, and what ties them together.

mod picture;

use serde::Serialize;

use crate::check::base::{AdviceIndex, CheckedBase, Rule, RuleKind, Suppresses};
use crate::compact_sort::CompactSort;
use crate::knowledge_base::KnowledgeBase;
use crate::text::json;
use crate::verdict::Verdict;

/// Causes and advice ids, and what ties them together; made by [`KnowledgeBase::graph`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Graph {
    format: u32,
    lang: String,
    /// Causes by id, then advice ids by phase and rank.
    pub nodes: Vec<GraphNode>,
    /// By the places of their ends among the nodes.
    pub edges: Vec<GraphEdge>,
}

/// A cause or an advice id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct GraphNode {
    /// Its id.
    pub id: String,
    /// What it is.
    pub kind: GraphNodeKind,
    /// The verdicts that rules may give; none for a cause.
    pub verdicts: Vec<Verdict>,
    /// The heading of its phase, if it has one.
    pub phase: Option<String>,
    /// What its best ranked rule, or the cause, says to the reader.
    pub text: String,
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum GraphNodeKind {
    /// A cause.
    Cause,
    /// An advice id.
    Advice,
}

/// A tie between two nodes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[non_exhaustive]
pub struct GraphEdge {
    /// The place of the node where it begins.
    pub from: usize,
    /// The place of the node where it ends.
    pub to: usize,
    /// What it means.
    pub relation: GraphRelation,
}

/// What a tie between two nodes means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum GraphRelation {
    /// The advice acts on the cause.
    ActsOn,
    /// The other advice is what to do instead.
    Instead,
    /// The other advice works better.
    Than,
    /// It limits the other advice.
    Limits,
    /// The other advice gives way to it.
    Overrides,
    /// It silences the other advice.
    Silences,
}

impl KnowledgeBase {
    /// The knowledge base as a graph of causes and advice ids.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let (kb, _) = liniment::KnowledgeBase::builder().pack(liniment_rules::calf_cramps()).build()?;
    /// let graph = kb.graph();
    /// assert!(graph.nodes.iter().any(|node| node.id == "stretch"));
    /// assert!(graph.to_svg().starts_with("<svg"));
    /// # Ok(()) }
    /// ```
    pub fn graph(&self) -> Graph {
        let base = self.base();
        let order = advice_in_order(base);
        let causes = base.causes.len();
        let mut places = vec![0; base.advice.len()];
        for (place, advice) in order.iter().enumerate() {
            if let Some(slot) = places.get_mut(advice.index()) {
                *slot = causes + place;
            }
        }
        let mut nodes: Vec<GraphNode> = base
            .causes
            .iter()
            .map(|cause| GraphNode {
                id: cause.id.clone(),
                kind: GraphNodeKind::Cause,
                verdicts: Vec::new(),
                phase: None,
                text: self.say(&cause.text),
            })
            .collect();
        nodes.extend(order.iter().filter_map(|advice| self.advice_node(*advice)));
        let mut edges: Vec<GraphEdge> = base
            .rules
            .iter()
            .flat_map(|rule| ties(base, rule, &places))
            .collect();
        edges.compact_sort();
        edges.dedup();
        Graph {
            format: 1,
            lang: self.lang().to_owned(),
            nodes,
            edges,
        }
    }

    fn advice_node(&self, advice: AdviceIndex) -> Option<GraphNode> {
        let base = self.base();
        let entry = base.advice.get(advice.index())?;
        let rules: Vec<&Rule> = entry
            .rules
            .iter()
            .filter_map(|rule| base.rules.get(rule.index()))
            .collect();
        let mut verdicts: Vec<Verdict> = rules
            .iter()
            .flat_map(|rule| [Some(rule.verdict), rule.then, gated(rule)])
            .flatten()
            .collect();
        verdicts.compact_sort();
        verdicts.dedup();
        let best = rules.first();
        let phase = best
            .and_then(|rule| rule.phase)
            .and_then(|phase| base.phases.get(phase.index()));
        Some(GraphNode {
            id: entry.id.clone(),
            kind: GraphNodeKind::Advice,
            verdicts,
            phase: phase.map(|phase| self.say(&phase.title)),
            text: best.map(|rule| self.say(&rule.text)).unwrap_or_default(),
        })
    }
}

impl Graph {
    /// The canonical JSON.
    pub fn to_json(&self) -> String {
        json::to_json(self)
    }

    /// The language of its texts.
    pub fn lang(&self) -> &str {
        &self.lang
    }
}

/// A fix behind a gate, and one that is a step of a staged plan, may have to wait.
fn gated(rule: &Rule) -> Option<Verdict> {
    let waits = rule.kind == RuleKind::Fix
        && (rule.not_before.is_some() || rule.shut_while.is_some() || rule.stage.is_some());
    waits.then_some(Verdict::Defer)
}

/// The advice ids by phase, rank and id.
fn advice_in_order(base: &CheckedBase) -> Vec<AdviceIndex> {
    let mut order: Vec<_> = base
        .advice
        .iter()
        .enumerate()
        .map(|(position, entry)| {
            let rules = entry.rules.iter().filter_map(|rule| base.rules.get(rule.index()));
            let phase = rules
                .filter_map(|rule| rule.phase)
                .map(|phase| phase.index())
                .min();
            (
                (phase.is_none(), phase, entry.rank, &entry.id),
                AdviceIndex::new(position),
            )
        })
        .collect();
    order.compact_sort_by_key(|(place, _)| *place);
    order.into_iter().map(|(_, advice)| advice).collect()
}

/// What ties a rule's advice id to others. "Everything" is no tie: it would hide all others.
fn ties(base: &CheckedBase, rule: &Rule, places: &[usize]) -> Vec<GraphEdge> {
    let place = |advice: &AdviceIndex| places.get(advice.index()).copied();
    let Some(from) = place(&rule.advice) else {
        return Vec::new();
    };
    let advice_of = |other: &crate::check::base::RuleIndex| {
        base.rules
            .get(other.index())
            .and_then(|other| place(&other.advice))
    };
    let silenced: &[AdviceIndex] = match &rule.suppresses {
        Some(Suppresses::Advice(advice)) => advice,
        Some(Suppresses::Everything) | None => &[],
    };
    let to = |targets: &[AdviceIndex], relation: GraphRelation| -> Vec<(usize, GraphRelation)> {
        targets
            .iter()
            .filter_map(place)
            .map(|place| (place, relation))
            .collect()
    };
    let mut found = to(&rule.instead, GraphRelation::Instead);
    found.extend(to(&rule.than, GraphRelation::Than));
    found.extend(to(&rule.limits, GraphRelation::Limits));
    found.extend(to(silenced, GraphRelation::Silences));
    found.extend(
        rule.overrides
            .iter()
            .filter_map(advice_of)
            .map(|place| (place, GraphRelation::Overrides)),
    );
    found.extend(
        rule.acts_on
            .iter()
            .map(|cause| (cause.index(), GraphRelation::ActsOn)),
    );
    found
        .into_iter()
        .filter(|(to, _)| *to != from)
        .map(|(to, relation)| GraphEdge { from, to, relation })
        .collect()
}
