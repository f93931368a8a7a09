//! Verdicts → `Advice`: texts, reasons, windows and citations.

use std::sync::Arc;

use super::order::ordered;
use super::waits::{ClockWait, Waits};
use super::{
    Advice, AdviceItem, Amount, CauseItem, Conflict, ConflictingVerdict, Dose, Elapsed, OpensAt, PackVersion,
    Report, Suppressed,
};
use crate::case::Known;
use crate::cells::key_of;
use crate::check::base::{
    AdviceIndex, Cause, CauseIndex, CheckedBase, Cite, FactIndex, FactKind, Limit, Rule, RuleIndex, RuleKind,
    Window, Words,
};
use crate::citation::Citation;
use crate::compact_sort::{CompactSort, distinct};
use crate::compile::{Node, NodeId, Program};
use crate::evaluate::{Item, Outcome, Truth, Truths, is_positive};
use crate::parse::syntax::{Certainty, Standing};
use crate::questions;
use crate::verdict::Verdict;

/// Everything the result is put together from.
pub(crate) struct Assembly<'a> {
    pub(crate) base: &'a CheckedBase,
    pub(crate) program: &'a Program,
    pub(crate) truths: &'a Truths<'a>,
    pub(crate) known: &'a [Known],
    pub(crate) language: usize,
}

/// What each item of the result waits for, in its order; nothing for those that are not deferred.
#[cfg(feature = "arrow")]
pub(crate) fn waits_of(assembly: &Assembly<'_>, outcome: &Outcome) -> Vec<Waits> {
    ordered(assembly.base, outcome.items.iter())
        .iter()
        .map(|item| match item.verdict {
            Verdict::Defer => assembly.waits(item),
            _ => Waits::default(),
        })
        .collect()
}

/// Puts the result together; the questions only when they are wanted.
pub(crate) fn assemble(assembly: &Assembly<'_>, outcome: &Outcome, with_questions: bool) -> Advice {
    let base = assembly.base;
    let items = ordered(base, outcome.items.iter());
    let mut advice: Vec<AdviceItem> = items.iter().map(|item| assembly.item(item, &items)).collect();
    assembly.add_groups(&items, &mut advice);
    let questions = if with_questions {
        questions::questions(assembly, outcome)
    } else {
        questions::Questions {
            list: Vec::new(),
            exact: false,
        }
    };
    let mut suppressed: Vec<Suppressed> =
        ordered(base, outcome.suppressed.iter().map(|suppressed| &suppressed.item))
            .iter()
            .filter_map(|item| {
                outcome
                    .suppressed
                    .iter()
                    .find(|suppressed| suppressed.item.advice == item.advice)
            })
            .map(|suppressed| Suppressed {
                id: assembly.advice_id(suppressed.item.advice),
                verdict: suppressed.item.verdict,
                by: assembly.rule_id(suppressed.by),
            })
            .collect();
    suppressed.dedup();
    Advice {
        format: 1,
        lang: base.languages.get(assembly.language).cloned().unwrap_or_default(),
        packs: base
            .packs
            .iter()
            .map(|pack| PackVersion {
                id: pack.id.clone(),
                version: pack.version.clone(),
            })
            .collect(),
        advice,
        causes: assembly.causes(outcome, &items),
        questions: questions.list,
        questions_exact: questions.exact,
        conflicts: assembly.conflicts(outcome),
        suppressed,
    }
}

impl Assembly<'_> {
    pub(crate) fn words(&self, words: &Words) -> String {
        words
            .get(self.language)
            .or_else(|| words.first())
            .map(|words| words.as_ref().to_owned())
            .unwrap_or_default()
    }

    pub(crate) fn advice_id(&self, advice: AdviceIndex) -> String {
        self.base
            .advice
            .get(advice.index())
            .map(|advice| advice.id.clone())
            .unwrap_or_default()
    }

    pub(crate) fn rule_id(&self, rule: RuleIndex) -> String {
        self.base
            .rules
            .get(rule.index())
            .map(|rule| rule.id.clone())
            .unwrap_or_default()
    }

    pub(crate) fn fact_id(&self, fact: FactIndex) -> String {
        self.base
            .facts
            .get(fact.index())
            .map(|fact| fact.id.clone())
            .unwrap_or_default()
    }

    fn rules_of<'b>(&'b self, item: &'b Item) -> impl Iterator<Item = (RuleIndex, &'b Rule)> + 'b {
        item.rules
            .iter()
            .filter_map(|index| self.base.rules.get(index.index()).map(|rule| (*index, rule)))
    }

    /// What a rule says when it gives this verdict.
    pub(crate) fn text_of(&self, index: RuleIndex, rule: &Rule, verdict: Verdict) -> String {
        match (verdict, &rule.not_yet, &rule.then_text) {
            (Verdict::Defer, Some(not_yet), _) if rule.kind == RuleKind::Fix => self.words(not_yet),
            (_, _, Some(then_text)) if is_softened(rule, verdict) => self.words(then_text),
            (Verdict::Defer, ..) => self.words(&rule.text),
            _ => self
                .variant(index, rule)
                .and_then(|variant| variant.text.as_ref())
                .map_or_else(|| self.words(&rule.text), |text| self.words(text)),
        }
    }

    fn item(&self, item: &Item, all: &[&Item]) -> AdviceItem {
        let first = self.rules_of(item).next();
        let variant = first
            .and_then(|(index, rule)| self.variant(index, rule))
            .filter(|_| item.verdict != Verdict::Defer);
        let text = first.map_or_else(String::new, |(index, rule)| {
            self.text_of(index, rule, item.verdict)
        });
        let steps = first.map_or(&[][..], |(_, rule)| match variant {
            Some(variant) if !variant.steps.is_empty() => &variant.steps,
            _ => &rule.steps,
        });
        let cited = self.rules_of(item).map(|(_, rule)| rule.cites.len());
        let mut cites = Vec::with_capacity(cited.sum());
        let said = self
            .rules_of(item)
            .map(|(_, rule)| usize::from(rule.because.is_some()) + rule.reasons.len());
        let mut because = Vec::with_capacity(said.sum());
        for (index, rule) in self.rules_of(item) {
            if !is_softened(rule, item.verdict) {
                because.extend(rule.because.iter().map(|because| self.words(because)));
            }
            cites.extend(places(&rule.cites));
            for reason in self.reasons(index, rule) {
                because.push(self.words(&reason.why));
                cites.extend(places(&reason.cites));
            }
            if let Some(variant) = self.variant(index, rule) {
                cites.extend(places(&variant.cites));
            }
            if let Some((plan, _)) = rule.stage {
                let plan = self.base.stages.get(plan.index());
                cites.extend(plan.into_iter().flat_map(|plan| places(&plan.cites)));
            }
        }
        keep_first_of_each(&mut because);
        keep_first_of_each(&mut cites);
        let deferred = item.verdict == Verdict::Defer;
        let (opens_in, opens_at) = if deferred { self.opens(item) } else { (None, None) };
        let mut instead: Vec<String> = self
            .rules_of(item)
            .flat_map(|(_, rule)| &rule.instead)
            .filter(|advice| {
                all.iter()
                    .any(|other| other.advice == **advice && is_positive(other.verdict))
            })
            .map(|advice| self.advice_id(*advice))
            .collect();
        instead.compact_sort();
        instead.dedup();
        let mut rules: Vec<String> = item.rules.iter().map(|rule| self.rule_id(*rule)).collect();
        rules.compact_sort();
        let mut subject_to: Vec<String> = item.subject_to.iter().map(|rule| self.rule_id(*rule)).collect();
        subject_to.compact_sort();
        AdviceItem {
            id: self.advice_id(item.advice),
            verdict: item.verdict,
            phase: first
                .and_then(|(_, rule)| rule.phase)
                .and_then(|phase| self.base.phases.get(phase.index()))
                .map(|phase| phase.id.clone()),
            text,
            because,
            opens_in,
            opens_at,
            nearly: item.nearly,
            needs: if deferred { self.needs(item) } else { Vec::new() },
            subject_to,
            instead,
            dose: first
                .filter(|_| is_positive(item.verdict))
                .and_then(|(_, rule)| rule.dose.as_ref())
                .map(|dose| self.dose(dose)),
            steps: if deferred {
                Vec::new()
            } else {
                steps.iter().map(|step| self.words(step)).collect()
            },
            rules,
            cites,
        }
    }

    /// The reasons that hold; those that may, when only together they surely do.
    fn reasons<'b>(&'b self, index: RuleIndex, rule: &'b Rule) -> Vec<&'b crate::check::base::Reason> {
        let nodes: &[NodeId] = self
            .program
            .rules
            .get(index.index())
            .map_or(&[], |program| &program.reasons);
        let with = |wanted: fn(Truth) -> bool| -> Vec<_> {
            rule.reasons
                .iter()
                .zip(nodes)
                .filter(|(_, node)| wanted(self.truths.of(**node)))
                .map(|(reason, _)| reason)
                .collect()
        };
        let surely = with(|truth| truth == Truth::True);
        if surely.is_empty() && rule.kind != RuleKind::RedFlag {
            with(|truth| truth != Truth::False)
        } else {
            surely
        }
    }

    pub(crate) fn variant<'b>(
        &'b self,
        index: RuleIndex,
        rule: &'b Rule,
    ) -> Option<&'b crate::check::base::Variant> {
        let nodes: &[NodeId] = self
            .program
            .rules
            .get(index.index())
            .map_or(&[], |program| &program.variants);
        rule.variants
            .iter()
            .zip(nodes)
            .find(|(_, node)| self.truths.of(**node) == Truth::True)
            .map(|(variant, _)| variant)
    }

    fn dose(&self, dose: &crate::check::base::Dose) -> Dose {
        let amount = |limit: &Option<Limit>| limit.as_ref().and_then(|limit| self.amount(limit));
        Dose {
            lasting: amount(&dose.lasting),
            every: amount(&dose.every),
            in_all: amount(&dose.in_all),
        }
    }

    fn amount(&self, limit: &Limit) -> Option<Amount> {
        match limit {
            Limit::Step(_) => None,
            Limit::Value(value) => {
                let exact = Elapsed::from_microseconds(key_of(*value));
                Some(Amount {
                    words: None,
                    from: exact,
                    to: exact,
                })
            }
            Limit::Vague(vague) => self.base.vagues.get(vague.index()).map(|vague| Amount {
                words: Some(self.words(&vague.words)),
                from: Elapsed::from_microseconds(key_of(vague.from)),
                to: Elapsed::from_microseconds(key_of(vague.to)),
            }),
        }
    }

    /// The gate's window of a rule that defers.
    fn gate_window<'b>(&'b self, rule: &'b Rule) -> Option<&'b Window> {
        match rule.kind {
            RuleKind::Wait => rule.until.as_ref(),
            _ => rule.not_before.as_ref(),
        }
    }

    /// What a deferred item waits for.
    pub(crate) fn waits(&self, item: &Item) -> Waits {
        let mut waits = Waits::default();
        for (index, rule) in self.rules_of(item) {
            let Some(window) = self.gate_window(rule) else {
                waits.endless = true;
                continue;
            };
            if let Some(ordered) = self.program.cells.ordered(window.fact) {
                waits.clocks.push(ClockWait {
                    clock: window.fact,
                    limit: ordered.limit_keys(&window.limit).1,
                    runs: self.runs(index, window.fact),
                });
            }
        }
        waits
    }

    /// The time until a deferred item is surely open, and the clock and limit that open it.
    fn opens(&self, item: &Item) -> (Option<Elapsed>, Option<OpensAt>) {
        let least = |clock: FactIndex| Some(self.known.get(clock.index())?.bounds()?.0);
        self.waits(item).opens(self.base, least)
    }

    /// Whether a clock runs, and nothing but its limit keeps the gate shut.
    fn runs(&self, rule: RuleIndex, clock: FactIndex) -> bool {
        let program = self.program;
        let shut = program
            .rules
            .get(rule.index())
            .and_then(|rule| rule.shut_while)
            .map_or(Truth::False, |shut| self.truths.of(shut));
        let runs = program
            .runs_while
            .get(clock.index())
            .copied()
            .flatten()
            .map_or(Truth::True, |runs| self.truths.of(runs));
        let is_clock = matches!(
            self.base.facts.get(clock.index()).map(|fact| &fact.kind),
            Some(FactKind::Clock { .. })
        );
        is_clock && shut == Truth::False && runs == Truth::True
    }

    /// The unknown facts that keep the gates Unknown: what already holds, or fails, needs nothing more.
    fn needs(&self, item: &Item) -> Vec<String> {
        let nodes = &self.program.nodes;
        let mut open: Vec<NodeId> = item
            .rules
            .iter()
            .filter_map(|rule| self.program.rules.get(rule.index()).and_then(|rule| rule.gate))
            .collect();
        let mut seen = hashbrown::HashSet::new();
        let mut facts = Vec::new();
        while let Some(node) = open.pop() {
            if !seen.insert(node) || self.truths.of(node) != Truth::Unknown {
                continue;
            }
            let made = nodes.get(node);
            if let Node::Literal(_) = made {
                facts.extend(self.program.fact_of(node));
            }
            made.each_child(|child| open.push(child));
        }
        let possible = self.truths.possible;
        let unknown = distinct(facts)
            .into_iter()
            .filter(|fact| questions::is_unknown(self.truths.cells, possible, *fact));
        distinct(unknown.map(|fact| self.fact_id(fact)))
    }

    fn causes(&self, outcome: &Outcome, items: &[&Item]) -> Vec<CauseItem> {
        if outcome.silenced_by.is_some() {
            return Vec::new();
        }
        let program = self.program;
        let mut causes: Vec<(CauseIndex, &Cause)> = self
            .base
            .causes
            .iter()
            .zip(&program.causes)
            .enumerate()
            .filter(|(_, (_, nodes))| {
                self.truths.of(nodes.live) == Truth::True
                    && nodes
                        .except
                        .is_none_or(|except| self.truths.of(except) != Truth::True)
            })
            .map(|(index, (cause, _))| (CauseIndex::new(index), cause))
            .collect();
        causes.compact_sort_by_key(|(index, cause)| (cause.standing != Standing::Primary, *index));
        causes
            .into_iter()
            .map(|(index, cause)| {
                let mut acted_on_by: Vec<String> = items
                    .iter()
                    .filter(|item| is_positive(item.verdict) || item.verdict == Verdict::Defer)
                    .filter(|item| self.rules_of(item).any(|(_, rule)| rule.acts_on.contains(&index)))
                    .map(|item| self.advice_id(item.advice))
                    .collect();
                acted_on_by.compact_sort();
                CauseItem {
                    id: cause.id.clone(),
                    standing: match cause.standing {
                        Standing::Primary => "primary",
                        Standing::Contributing => "contributing",
                    },
                    certainty: cause.certainty.map(|certainty| match certainty {
                        Certainty::Possible => "possible",
                        Certainty::Usual => "usual",
                        Certainty::Certain => "certain",
                    }),
                    text: self.words(&cause.text),
                    acted_on_by,
                    cites: places(&cause.cites).collect(),
                }
            })
            .collect()
    }

    fn conflicts(&self, outcome: &Outcome) -> Vec<Conflict> {
        let facts = self
            .base
            .facts
            .iter()
            .zip(self.known)
            .filter_map(|(fact, known)| {
                let reports = known.differing_reports()?;
                let reports = reports
                    .iter()
                    .map(|(value, source)| Report {
                        value: value.to_json(fact),
                        source: source.clone(),
                    })
                    .collect();
                Some(Conflict::Fact {
                    fact: fact.id.clone(),
                    reports,
                })
            });
        let verdicts = outcome.conflicts.iter().map(|conflict| Conflict::Advice {
            advice: self.advice_id(conflict.advice),
            verdicts: conflict
                .verdicts
                .iter()
                .map(|(verdict, rules)| {
                    let mut rules: Vec<String> = rules.iter().map(|rule| self.rule_id(*rule)).collect();
                    rules.compact_sort();
                    ConflictingVerdict {
                        verdict: *verdict,
                        rules,
                    }
                })
                .collect(),
        });
        facts.chain(verdicts).collect()
    }

    /// A group's words join the reasons of its first member that is listed, its citations those of all.
    fn add_groups(&self, items: &[&Item], advice: &mut [AdviceItem]) {
        for group in &self.base.groups {
            let counts = |item: &Item| is_positive(item.verdict) || item.verdict == Verdict::Defer;
            let listed = group
                .of
                .iter()
                .filter(|member| {
                    items
                        .iter()
                        .any(|item| counts(item) && member.contains(&item.advice))
                })
                .count();
            if listed < group.at_least as usize {
                continue;
            }
            let mut first = true;
            for (item, shown) in items.iter().zip(advice.iter_mut()) {
                if !counts(item) || !group.of.iter().any(|member| member.contains(&item.advice)) {
                    continue;
                }
                if first {
                    shown.because.push(self.words(&group.text));
                    first = false;
                }
                shown.cites.extend(places(&group.cites));
                keep_first_of_each(&mut shown.cites);
            }
        }
    }
}

fn places(cites: &[Cite]) -> impl Iterator<Item = Arc<Citation>> {
    cites.iter().map(|cite| Arc::clone(&cite.shown))
}

/// Keeps the first of equal entries.
fn keep_first_of_each<T: PartialEq>(list: &mut Vec<T>) {
    let mut kept = 0;
    for at in 0..list.len() {
        let (before, entry) = (list.get(..kept).unwrap_or(&[]), list.get(at));
        if entry.is_some_and(|entry| !before.contains(entry)) {
            list.swap(kept, at);
            kept += 1;
        }
    }
    list.truncate(kept);
}

/// Whether an exception lets a non-fix say something milder.
fn is_softened(rule: &Rule, verdict: Verdict) -> bool {
    rule.kind == RuleKind::NonFix && rule.verdict != verdict
}
