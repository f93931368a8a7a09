//! What holds between rules: precedence, staged plans, groups, ranking, properties.

use hashbrown::HashMap;

use super::base::{
    AdviceEntry, AdviceIndex, FactIndex, FactKind, Group, PackIndex, Property, PropertyKind, Rule, RuleIndex,
    RuleKind, Stages, StagesIndex,
};
use super::conditions::Place;
use super::context::Context;
use super::names::Missing;
use super::rules::kind_name;
use crate::compact_sort::CompactSort;
use crate::diagnostic::Finding;
use crate::diagnostic::codes::{names as name_codes, rules as codes};
use crate::parse::spanned::Span;
use crate::parse::syntax::{self, Name, Statement};

impl<'a> Context<'a> {
    /// Mirrors `yields_to` into the `overrides` of the other rule.
    pub(super) fn mirror(&self, rules: &mut [Rule]) {
        let mut mirrored: Vec<(RuleIndex, RuleIndex)> = Vec::new();
        for (number, view) in self.statements.rules.iter().enumerate() {
            for stronger in self.rules_named(view.pack, view.yields_to) {
                mirrored.push((stronger, RuleIndex::new(number)));
            }
        }
        for (stronger, weaker) in mirrored {
            if let Some(rule) = rules.get_mut(stronger.index()) {
                rule.overrides.push(weaker);
            }
        }
        for rule in rules {
            rule.overrides.compact_sort();
            rule.overrides.dedup();
        }
    }

    /// Staged plans; their steps learn which step they are.
    pub(super) fn build_stages(&self, rules: &mut [Rule]) -> Vec<Stages> {
        let mut plans = Vec::with_capacity(self.names.stages.len());
        let mut taken: HashMap<RuleIndex, Span> = HashMap::new();
        for (number, plan) in self.statements.stages.iter().enumerate() {
            let pack = self
                .names
                .stages
                .declared
                .get(number)
                .map_or(PackIndex(0), |declared| declared.pack);
            if plan.cites.is_empty() && !plan.inferred {
                self.report_uncited(&plan.id, "the staged plan", true);
            }
            let steps: Vec<RuleIndex> = plan
                .steps
                .iter()
                .filter_map(|name| self.step_rule(pack, name))
                .collect();
            for (name, step) in plan.steps.iter().zip(&steps) {
                if let Some(first) = taken.insert(*step, name.span) {
                    self.report(
                        Finding::new(&codes::STEP_TAKEN, format!("`{}` is a step twice", name.value))
                            .at(name.span, "a step again")
                            .at(first, "already a step here")
                            .help("a fix is one step of one plan: write a fix of its own for each step"),
                    );
                }
            }
            for (place, step) in steps.iter().enumerate() {
                if let Some(rule) = rules.get_mut(step.index()) {
                    rule.stage = Some((StagesIndex::new(number), place));
                }
            }
            let at = self.stage_fact(
                pack,
                &plan.at,
                |kind| matches!(kind, FactKind::Scale(_)),
                "a scale",
            );
            let comfortable = self.stage_fact(
                pack,
                &plan.comfortable,
                |kind| matches!(kind, FactKind::YesNo),
                "a yes-or-no fact",
            );
            if let Some(at) = at {
                self.check_scale(plan, at);
            }
            let after = plan
                .after
                .as_ref()
                .and_then(|name| self.rule_of_kind(pack, name, RuleKind::Wait));
            let missing = FactIndex::new(usize::MAX);
            plans.push(Stages {
                id: plan.id.value.clone(),
                at: at.map_or(missing, FactIndex::new),
                comfortable: comfortable.map_or(missing, FactIndex::new),
                after,
                steps,
                inferred: plan.inferred,
                cites: self.cites(pack, &plan.cites),
                span: plan.id.span,
            });
        }
        plans
    }

    fn step_rule(&self, pack: PackIndex, name: &Name) -> Option<RuleIndex> {
        self.rule_of_kind(pack, name, RuleKind::Fix)
    }

    fn rule_of_kind(&self, pack: PackIndex, name: &Name, kind: RuleKind) -> Option<RuleIndex> {
        let number = self.find(&self.names.rules, pack, name, Missing::Error)?;
        let rule = self.statements.rules.get(number)?;
        if rule.kind != kind {
            self.report_wrong_kind(name, rule, kind_name(kind));
            return None;
        }
        Some(RuleIndex::new(number))
    }

    fn stage_fact(
        &self,
        pack: PackIndex,
        name: &Name,
        fits: impl Fn(&FactKind) -> bool,
        expected: &str,
    ) -> Option<usize> {
        let fact = self.find(&self.names.facts, pack, name, Missing::Error)?;
        self.names.facts.mark_used(fact);
        if self.kinds.get(fact).is_some_and(fits) {
            return Some(fact);
        }
        self.report(
            Finding::new(&codes::STAGE_FACT, format!("`{}` is not {expected}", name.value))
                .at(name.span, format!("expected {expected}"))
                .at(self.names.facts.span(fact), "declared here")
                .help("`at` is a scale of steps, `comfortable` a yes-or-no fact"),
        );
        None
    }

    fn check_scale(&self, plan: &syntax::Stages, at: usize) {
        let Some(FactKind::Scale(steps)) = self.kinds.get(at) else {
            return;
        };
        if steps.len() == plan.steps.len() + 1 {
            return;
        }
        self.report(
            Finding::new(
                &codes::STAGE_COUNT,
                format!("`{}` has {} steps, and its scale `{}` has {}", plan.id.value, plan.steps.len(), plan.at.value, steps.len()),
            )
            .at(plan.at.span, format!("expected a scale of {} steps", plan.steps.len() + 1))
            .at(self.names.facts.span(at), "the scale is declared here")
            .help("the first step of the scale means that nothing is begun; each other one stands for one step of the plan"),
        );
    }

    pub(super) fn build_groups(&self, rules: &[Rule], stages: &[Stages]) -> Vec<Group> {
        let mut groups = Vec::with_capacity(self.names.groups.len());
        for (group, declared) in self.statements.groups.iter().zip(&self.names.groups.declared) {
            let pack = declared.pack;
            self.check_repeats(&group.of);
            let of: Vec<Vec<AdviceIndex>> = group
                .of
                .iter()
                .filter_map(|name| self.member(pack, name, rules, stages))
                .collect();
            let count = group.of.len();
            if group.at_least.value == 0 || group.at_least.value as usize > count {
                self.report(
                    Finding::new(
                        &codes::GROUP_COUNT,
                        format!(
                            "the group `{}` asks for {} of {count} members",
                            group.id.value, group.at_least.value
                        ),
                    )
                    .at(
                        group.at_least.span,
                        if count == 0 {
                            "it has no members".to_owned()
                        } else {
                            format!("expected 1 to {count}")
                        },
                    )
                    .help("ask for at least one, and for no more than `of` lists"),
                );
            }
            let translated = self.translations.of(&group.id.value);
            groups.push(Group {
                at_least: group.at_least.value,
                of,
                text: self.words(&group.text, translated, |words| words.text.as_ref()),
                cites: self.cites(pack, &group.cites),
            });
        }
        groups
    }

    /// A member of a group: one advice id, or all steps of a plan.
    fn member(
        &self,
        pack: PackIndex,
        name: &Name,
        rules: &[Rule],
        stages: &[Stages],
    ) -> Option<Vec<AdviceIndex>> {
        let (which, number) = self.find_in(
            &[&self.names.advice, &self.names.stages],
            pack,
            name,
            Missing::Error,
        )?;
        if which == 0 {
            return Some(vec![AdviceIndex::new(number)]);
        }
        let steps = &stages.get(number)?.steps;
        let mut advice: Vec<AdviceIndex> = steps
            .iter()
            .filter_map(|step| Some(rules.get(step.index())?.advice))
            .collect();
        advice.compact_sort();
        advice.dedup();
        Some(advice)
    }

    /// The advice ids with their rules and their rank.
    pub(super) fn build_advice(&self, rules: &[Rule]) -> Vec<AdviceEntry> {
        let ranks = self.ranks();
        let rank = |id: &str| ranks.get(id).copied().unwrap_or(u32::MAX);
        let mut advice: Vec<AdviceEntry> = self
            .names
            .advice
            .ids
            .iter()
            .map(|id| AdviceEntry {
                id: (*id).to_owned(),
                rules: Vec::new(),
                rank: rank(id),
            })
            .collect();
        for (number, rule) in rules.iter().enumerate() {
            if let Some(entry) = advice.get_mut(rule.advice.index()) {
                entry.rules.push(RuleIndex::new(number));
            }
        }
        for entry in &mut advice {
            let by_rank =
                |index: &RuleIndex| rules.get(index.index()).map_or(u32::MAX, |rule| rank(&rule.id));
            entry.rules.compact_sort_by_key(|index| (by_rank(index), *index));
            // Where only its rules are ranked, the advice stands where the first of them does.
            if entry.rank == u32::MAX {
                entry.rank = entry.rules.first().map_or(u32::MAX, by_rank);
            }
        }
        advice
    }

    /// Places in the ranking: one manifest after the other, a name where it first stands.
    fn ranks(&self) -> HashMap<&'a str, u32> {
        let mut ranks: HashMap<&'a str, u32> = HashMap::new();
        for (number, view) in self.packs.iter().enumerate() {
            let pack = PackIndex::new(number);
            self.check_repeats(&view.manifest.ranking);
            for name in &view.manifest.ranking {
                if self
                    .find_in(
                        &[&self.names.advice, &self.names.rules],
                        pack,
                        name,
                        Missing::MayBeAbsent,
                    )
                    .is_some()
                {
                    let next = u32::try_from(ranks.len()).unwrap_or(u32::MAX);
                    ranks.entry(&name.value).or_insert(next);
                }
            }
        }
        ranks
    }

    pub(super) fn build_ask_first(&self) -> Vec<FactIndex> {
        let mut order: Vec<FactIndex> = Vec::new();
        for (number, view) in self.packs.iter().enumerate() {
            let pack = PackIndex::new(number);
            self.check_repeats(&view.manifest.ask_first);
            for name in &view.manifest.ask_first {
                let Some((which, fact)) = self.find_in(
                    &[&self.names.facts, &self.names.definitions],
                    pack,
                    name,
                    Missing::MayBeAbsent,
                ) else {
                    continue;
                };
                if which == 1 {
                    self.report(
                        Finding::new(
                            &name_codes::WRONG_KIND,
                            format!("`{}` is a definition, and nobody can be asked for it", name.value),
                        )
                        .at(name.span, "expected a fact")
                        .at(self.names.definitions.span(fact), "defined here")
                        .help("name the facts that it follows from"),
                    );
                } else if !order.contains(&FactIndex::new(fact)) {
                    order.push(FactIndex::new(fact));
                }
            }
        }
        order
    }

    /// The properties; those that speak of advice of a pack that is not loaded are left out.
    pub(super) fn build_properties(&self) -> Vec<Property> {
        let mut properties = Vec::new();
        for (number, view) in self.packs.iter().enumerate() {
            let pack = PackIndex::new(number);
            for (statement, span) in &view.statements {
                if let Some(kind) = self.property(pack, statement) {
                    properties.push(Property {
                        kind,
                        pack,
                        span: *span,
                    });
                }
            }
        }
        properties
    }

    fn property(&self, pack: PackIndex, statement: &Statement) -> Option<PropertyKind> {
        let condition = |condition| self.condition_in(pack, condition, Place::Property);
        match statement {
            Statement::Never(never) => condition(never).map(PropertyKind::Never),
            Statement::Always(always) => condition(always).map(PropertyKind::Always),
            Statement::Assume(assumed) => condition(assumed).map(PropertyKind::Assume),
            Statement::Expect(expected) => condition(expected).map(PropertyKind::Expect),
            Statement::Implies(implication) => {
                let (first, second) = (condition(&implication.0), condition(&implication.1));
                Some(PropertyKind::Implies(first?, second?))
            }
            Statement::OnceOpenStaysOpen(name) => {
                let advice = self.find(&self.names.advice, pack, name, Missing::MayBeAbsent)?;
                Some(PropertyKind::OnceOpenStaysOpen(AdviceIndex::new(advice)))
            }
            Statement::ForgettingNeverOpens(names) => {
                let advice = self.advice_named(pack, names);
                (!advice.is_empty()).then_some(PropertyKind::ForgettingNeverOpens(advice))
            }
            _ => None,
        }
    }
}
