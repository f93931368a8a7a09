//! All statements of all packs → one table of names per kind.

use hashbrown::HashMap;
use std::cell::Cell;

use super::base::PackIndex;
use super::context::{PackView, Statements, Tables};
use super::names::{Declared, Kind, Names};
use super::same;
use super::views::RuleView;
use crate::compact_sort::CompactSort;
use crate::diagnostic::Finding;
use crate::diagnostic::codes::{names as codes, packs as pack_codes};
use crate::parse::spanned::Span;
use crate::parse::syntax::{self, Statement};

/// One declaration.
struct Entry<'a, T> {
    id: &'a str,
    item: T,
    declared: Declared,
}

/// The declarations of one kind so far.
struct Bucket<'a, T> {
    noun: &'static str,
    entries: Vec<Entry<'a, T>>,
    index: HashMap<&'a str, usize>,
}

impl<'a, T> Bucket<'a, T> {
    fn new(noun: &'static str) -> Self {
        Self {
            noun,
            entries: Vec::new(),
            index: HashMap::new(),
        }
    }

    /// Adds a declaration; one that another pack has made alike is merged, any other is a finding.
    fn add(
        &mut self,
        id: &'a syntax::Name,
        pack: PackIndex,
        item: T,
        alike: impl Fn(&T, &T) -> bool,
        findings: &mut Vec<Finding>,
    ) {
        let Some(entry) = self
            .index
            .get(id.value.as_str())
            .and_then(|number| self.entries.get_mut(*number))
        else {
            self.index.insert(&id.value, self.entries.len());
            let declared = Declared {
                pack,
                also: Vec::new(),
                span: id.span,
                used: Cell::new(false),
            };
            self.entries.push(Entry {
                id: &id.value,
                item,
                declared,
            });
            return;
        };
        if entry.declared.packs().any(|other| other == pack) {
            findings.push(duplicate(&id.value, self.noun, id.span, entry.declared.span));
        } else if alike(&entry.item, &item) {
            entry.declared.also.push(pack);
        } else {
            // Both packs may go on to use it: that is not a further mistake.
            entry.declared.also.push(pack);
            findings.push(
                Finding::new(
                    &codes::DECLARED_DIFFERENTLY,
                    format!("two packs declare `{}`, and not alike", id.value),
                )
                .at(id.span, format!("{} of this id", self.noun))
                .at(entry.declared.span, "declared otherwise here")
                .help("make both word for word the same, or give one of them another id"),
            );
        }
    }

    fn finish(mut self, unknown: &'static crate::diagnostic::Code) -> (Names<'a>, Vec<T>) {
        self.entries.compact_sort_by(|left, right| left.id.cmp(right.id));
        let mut items = Vec::with_capacity(self.entries.len());
        let mut names = Vec::with_capacity(self.entries.len());
        for entry in self.entries {
            items.push(entry.item);
            names.push((entry.id, entry.declared));
        }
        (
            Names::new(
                Kind {
                    noun: self.noun,
                    unknown,
                },
                names,
            ),
            items,
        )
    }
}

fn duplicate(id: &str, noun: &str, again: Span, first: Span) -> Finding {
    Finding::new(&codes::DUPLICATE_ID, format!("the id `{id}` is declared twice"))
        .at(again, format!("{noun} of this id again"))
        .at(first, "first declared here")
        .help("give one of the two another id")
}

/// Every statement by kind; `canonical` order of packs.
pub(super) fn collect<'a>(
    packs: &[PackView<'a>],
    findings: &mut Vec<Finding>,
) -> (Tables<'a>, Statements<'a>, Vec<PhaseView<'a>>) {
    let mut facts = Bucket::new("a fact");
    let mut definitions = Bucket::new("a definition");
    let mut vagues = Bucket::new("a vague quantity");
    let mut sources = Bucket::new("a source");
    let mut rules: Bucket<'a, RuleView<'a>> = Bucket::new("a rule");
    let mut causes = Bucket::new("a cause");
    let mut stages = Bucket::new("a staged plan");
    let mut groups = Bucket::new("a group");
    // Facts and definitions share their ids, and so do rules, causes, staged plans and groups.
    let mut values: HashMap<&str, (Span, &'static str)> = HashMap::new();
    let mut statements: HashMap<&str, (Span, &'static str)> = HashMap::new();
    for (number, view) in packs.iter().enumerate() {
        let pack = PackIndex::new(number);
        for (statement, span) in &view.statements {
            match *statement {
                Statement::Fact(fact) => {
                    if clash(&mut values, &fact.id, "a fact", findings) {
                        facts.add(
                            &fact.id,
                            pack,
                            fact,
                            |left, right| same::fact(left, right),
                            findings,
                        );
                    }
                }
                Statement::Define(define) => {
                    if clash(&mut values, &define.id, "a definition", findings) {
                        definitions.add(
                            &define.id,
                            pack,
                            define,
                            |left, right| same::definition(left, right),
                            findings,
                        );
                    }
                }
                Statement::Vague(vague) => vagues.add(
                    &vague.id,
                    pack,
                    vague,
                    |left, right| same::vague(left, right),
                    findings,
                ),
                Statement::Source(source) => sources.add(
                    &source.id,
                    pack,
                    source,
                    |left, right| same::source(left, right),
                    findings,
                ),
                Statement::Cause(cause) => {
                    if clash(&mut statements, &cause.id, "a cause", findings) {
                        causes.add(&cause.id, pack, cause, |_, _| false, findings);
                    }
                }
                Statement::Stages(plan) => {
                    if clash(&mut statements, &plan.id, "a staged plan", findings) {
                        stages.add(&plan.id, pack, plan, |_, _| false, findings);
                    }
                }
                Statement::Group(group) => {
                    if clash(&mut statements, &group.id, "a group", findings) {
                        groups.add(&group.id, pack, group, |_, _| false, findings);
                    }
                }
                statement => {
                    if let Some(view) = RuleView::of(statement, pack, *span)
                        && clash(&mut statements, view.id, "a rule", findings)
                    {
                        rules.add(view.id, pack, view, |_, _| false, findings);
                    }
                }
            }
        }
    }
    let (facts, fact_items) = facts.finish(&codes::UNKNOWN_FACT);
    let (definitions, definition_items) = definitions.finish(&codes::UNKNOWN_FACT);
    let (vagues, vague_items) = vagues.finish(&codes::UNKNOWN_VAGUE);
    let (sources, source_items) = sources.finish(&codes::UNKNOWN_SOURCE);
    let (rules, rule_items) = rules.finish(&codes::UNKNOWN_RULE);
    let (causes, cause_items) = causes.finish(&codes::UNKNOWN_CAUSE);
    let (stages, stage_items) = stages.finish(&codes::UNKNOWN_RULE);
    let (groups, group_items) = groups.finish(&codes::UNKNOWN_RULE);
    let advice = advice(&rule_items);
    let (phases, phase_views) = phases(packs, findings);
    (
        Tables {
            facts,
            definitions,
            vagues,
            sources,
            rules,
            causes,
            stages,
            groups,
            advice,
            phases,
        },
        Statements {
            facts: fact_items,
            definitions: definition_items,
            vagues: vague_items,
            sources: source_items,
            rules: rule_items,
            causes: cause_items,
            stages: stage_items,
            groups: group_items,
        },
        phase_views,
    )
}

/// Whether the id is free for this kind; otherwise a finding.
fn clash<'a>(
    taken: &mut HashMap<&'a str, (Span, &'static str)>,
    id: &'a syntax::Name,
    noun: &'static str,
    findings: &mut Vec<Finding>,
) -> bool {
    match taken.get(id.value.as_str()) {
        Some((first, other)) if *other != noun => {
            findings.push(duplicate(&id.value, noun, id.span, *first));
            false
        }
        Some(_) => true,
        None => {
            taken.insert(&id.value, (id.span, noun));
            true
        }
    }
}

/// The advice ids: those that rules speak about.
fn advice<'a>(rules: &[RuleView<'a>]) -> Names<'a> {
    let mut index: HashMap<&'a str, usize> = HashMap::new();
    let mut entries: Vec<(&'a str, Declared)> = Vec::new();
    for rule in rules {
        let name = rule.advice();
        match index
            .get(name.value.as_str())
            .and_then(|number| entries.get_mut(*number))
        {
            Some((_, declared)) => {
                if declared.packs().all(|pack| pack != rule.pack) {
                    declared.also.push(rule.pack);
                }
            }
            None => {
                index.insert(&name.value, entries.len());
                let declared = Declared {
                    pack: rule.pack,
                    also: Vec::new(),
                    span: name.span,
                    used: Cell::new(false),
                };
                entries.push((&name.value, declared));
            }
        }
    }
    Names::new(
        Kind {
            noun: "an advice id",
            unknown: &codes::UNKNOWN_ADVICE,
        },
        entries,
    )
}

/// A phase, and its place in the order of advice.
pub(super) struct PhaseView<'a> {
    pub(super) id: &'a str,
    pub(super) title: &'a syntax::Text,
    pub(super) pack: PackIndex,
}

/// The phases of all packs, one manifest after the other; the table is by id, the list in order.
fn phases<'a>(packs: &[PackView<'a>], findings: &mut Vec<Finding>) -> (Names<'a>, Vec<PhaseView<'a>>) {
    let mut order: Vec<PhaseView<'a>> = Vec::new();
    let mut entries: Vec<(&'a str, Declared)> = Vec::new();
    for (number, view) in packs.iter().enumerate() {
        let pack = PackIndex::new(number);
        for phase in &view.manifest.phases {
            let id = &phase.value.id;
            let known = order
                .iter()
                .zip(&mut entries)
                .find(|(known, _)| known.id == id.value);
            let Some((known, (_, declared))) = known else {
                order.push(PhaseView {
                    id: &id.value,
                    title: &phase.value.title,
                    pack,
                });
                entries.push((
                    &id.value,
                    Declared {
                        pack,
                        also: Vec::new(),
                        span: id.span,
                        used: Cell::new(false),
                    },
                ));
                continue;
            };
            if declared.packs().any(|other| other == pack) {
                findings.push(duplicate(&id.value, "a phase", id.span, declared.span));
            } else if known.title == &phase.value.title {
                declared.also.push(pack);
            } else {
                declared.also.push(pack);
                findings.push(
                    Finding::new(
                        &pack_codes::PHASE_DIFFERS,
                        format!("two packs give the phase `{}` different titles", id.value),
                    )
                    .at(phase.value.title.span, "one title")
                    .at(known.title.span, "the other title")
                    .help("give both the same title, or give one of the phases another id"),
                );
            }
        }
    }
    (
        Names::new(
            Kind {
                noun: "a phase",
                unknown: &codes::UNKNOWN_PHASE,
            },
            entries,
        ),
        order,
    )
}
