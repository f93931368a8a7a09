//! When a rule speaks, and which verdict: as formulas of complete cases.

use super::base::{AdviceIndex, CheckedBase, DefinitionIndex, Rule, RuleIndex, RuleKind, Suppresses};
use super::circles::definitions_in;
use super::formula::{Formula, Node, Reading};
use crate::cells::Cells;
use crate::verdict::Verdict;

/// A base with its cells, ready to be asked when rules speak.
pub(super) struct Speech<'b> {
    pub(super) base: &'b CheckedBase,
    pub(super) cells: &'b Cells,
    /// By rule: the rules that override it.
    overriders: Vec<Vec<RuleIndex>>,
    /// The rules that silence everything.
    silencers_of_all: Vec<RuleIndex>,
    /// By advice id: the rules that silence it by name.
    silencers: Vec<Vec<RuleIndex>>,
    /// By rule: it, its scopes, plan and overriders were read without error.
    pub(super) sound: Vec<bool>,
}

/// A verdict with the condition under which the rule speaks it.
pub(super) struct Voice {
    pub(super) verdict: Verdict,
    pub(super) when: Node,
}

impl<'b> Speech<'b> {
    pub(super) fn new(
        base: &'b CheckedBase,
        cells: &'b Cells,
        clean: &[bool],
        broken: &hashbrown::HashSet<DefinitionIndex>,
    ) -> Self {
        let mut overriders = vec![Vec::new(); base.rules.len()];
        let mut silencers = vec![Vec::new(); base.advice.len()];
        let mut silencers_of_all = Vec::new();
        for (number, rule) in base.rules.iter().enumerate() {
            let index = RuleIndex::new(number);
            for weaker in &rule.overrides {
                if let Some(list) = overriders.get_mut(weaker.index()) {
                    list.push(index);
                }
            }
            match &rule.suppresses {
                Some(Suppresses::Everything) => silencers_of_all.push(index),
                Some(Suppresses::Advice(advice)) => {
                    for silenced in advice {
                        if let Some(list) = silencers.get_mut(silenced.index()) {
                            list.push(index);
                        }
                    }
                }
                None => {}
            }
        }
        let mut speech = Self {
            base,
            cells,
            overriders,
            silencers_of_all,
            silencers,
            sound: Vec::new(),
        };
        let readable: Vec<bool> = base
            .rules
            .iter()
            .zip(clean)
            .map(|(rule, clean)| *clean && (broken.is_empty() || !needs(rule, broken)))
            .collect();
        let is_clean = |index: &RuleIndex| readable.get(index.index()).copied().unwrap_or(false);
        speech.sound = base
            .rules
            .iter()
            .enumerate()
            .map(|(number, rule)| {
                let index = RuleIndex::new(number);
                let plan = rule.stage.and_then(|(stages, _)| base.stages.get(stages.index()));
                let plan_sound = plan.is_none_or(|plan| {
                    plan.at.index() < base.facts.len()
                        && plan.comfortable.index() < base.facts.len()
                        && plan.after.is_none_or(|after| is_clean(&after))
                });
                is_clean(&index)
                    && plan_sound
                    && rule
                        .closed_by
                        .iter()
                        .chain(speech.overriders_of(index))
                        .all(is_clean)
            })
            .collect();
        speech
    }

    pub(super) fn formula(&self) -> Formula<'b> {
        Formula::new(self.cells, &self.base.definitions)
    }

    pub(super) fn rule(&self, index: RuleIndex) -> Option<&'b Rule> {
        self.base.rules.get(index.index())
    }

    pub(super) fn is_sound(&self, index: RuleIndex) -> bool {
        self.sound.get(index.index()).copied().unwrap_or(false)
    }

    pub(super) fn overriders_of(&self, index: RuleIndex) -> &[RuleIndex] {
        self.overriders.get(index.index()).map_or(&[], Vec::as_slice)
    }

    /// The rules of other advice that may silence this advice.
    pub(super) fn silencers_of(&self, advice: AdviceIndex) -> impl Iterator<Item = RuleIndex> + '_ {
        let named = self.silencers.get(advice.index()).into_iter().flatten();
        named
            .chain(&self.silencers_of_all)
            .copied()
            .filter(move |index| self.rule(*index).is_some_and(|rule| rule.advice != advice))
    }

    /// Within scope, `when`, one of the reasons.
    pub(super) fn applies(&self, formula: &mut Formula<'b>, rule: &'b Rule, reading: Reading) -> Node {
        let mut parts = vec![formula.condition_or_true(rule.when.as_ref(), reading)];
        for scope in &rule.closed_by {
            if let Some(scope) = self.rule(*scope) {
                let covered = formula.condition_or_true(scope.when.as_ref(), reading.other());
                parts.push(formula.not(covered));
            }
        }
        if !rule.reasons.is_empty() && rule.kind != RuleKind::RedFlag {
            let reasons = rule
                .reasons
                .iter()
                .map(|reason| formula.condition(&reason.when, reading))
                .collect();
            parts.push(formula.any(reasons));
        }
        formula.all(parts)
    }

    /// Everything but its window and gate: nothing withdraws it either.
    fn ready(&self, formula: &mut Formula<'b>, rule: &'b Rule, reading: Reading) -> Node {
        let mut parts = vec![self.applies(formula, rule, reading)];
        if let Some(except) = &rule.except {
            let withdrawn = formula.condition(except, Reading::Surely);
            parts.push(formula.not(withdrawn));
        }
        if let Some(never) = &rule.never_when {
            let withholds = if rule.never_when_unknown_stands {
                Reading::Surely
            } else {
                reading.other()
            };
            let withheld = formula.condition(never, withholds);
            parts.push(formula.not(withheld));
        }
        if let Some(step) = self.present_step(formula, rule) {
            parts.push(step);
        }
        if !rule.beside.is_empty() {
            let mut listed = Vec::new();
            for advice in &rule.beside {
                for other in self
                    .base
                    .advice
                    .get(advice.index())
                    .into_iter()
                    .flat_map(|entry| &entry.rules)
                {
                    let Some(other) = self.rule(*other) else { continue };
                    if !other.beside.is_empty() {
                        // A mistake of its own, reported elsewhere; following it could go round in circles.
                        listed.push(formula.constant(true));
                        continue;
                    }
                    let voices = self.voices(formula, other, reading);
                    listed.extend(
                        voices
                            .into_iter()
                            .filter(|voice| matches!(voice.verdict, Verdict::Recommend | Verdict::Optional))
                            .map(|voice| voice.when),
                    );
                }
            }
            parts.push(formula.any(listed));
        }
        formula.all(parts)
    }

    /// For a step of a plan: it is the one whose turn it is.
    fn present_step(&self, formula: &mut Formula<'b>, rule: &Rule) -> Option<Node> {
        let (stages, step) = rule.stage?;
        let plan = self.base.stages.get(stages.index())?;
        let at = self.cells.variable_of(plan.at);
        let comfortable = self.cells.variable_of(plan.comfortable);
        let last = plan.steps.len().saturating_sub(1);
        let place = |cell: u32| cell as usize;
        let moving = formula.in_cells(at, |cell| place(cell).min(last) == step);
        let staying = formula.in_cells(at, |cell| place(cell).saturating_sub(1) == step);
        let easy = formula.in_cells(comfortable, |cell| cell == 1);
        let hard = formula.not(easy);
        let ahead = formula.all(vec![easy, moving]);
        let same = formula.all(vec![hard, staying]);
        Some(formula.any(vec![ahead, same]))
    }

    /// The gate of a fix or wait: its clock has reached the limit, and nothing keeps it shut.
    fn own_gate(&self, formula: &mut Formula<'b>, rule: &'b Rule, reading: Reading) -> Option<Node> {
        let window = match rule.kind {
            RuleKind::Fix => rule.not_before.as_ref(),
            RuleKind::Wait => rule.until.as_ref(),
            _ => None,
        };
        let mut parts = Vec::new();
        if let Some(window) = window {
            parts.push(formula.reached(window));
        }
        if let Some(shut) = &rule.shut_while {
            let shut = formula.condition(shut, reading.other());
            parts.push(formula.not(shut));
        }
        match (parts.is_empty(), rule.kind) {
            (true, RuleKind::Wait) => Some(formula.constant(false)),
            (true, _) => None,
            (false, _) => Some(formula.all(parts)),
        }
    }

    fn gate(&self, formula: &mut Formula<'b>, rule: &'b Rule, reading: Reading) -> Option<Node> {
        let own = self.own_gate(formula, rule, reading);
        let plan = rule
            .stage
            .and_then(|(stages, _)| self.base.stages.get(stages.index()));
        let after = plan
            .and_then(|plan| plan.after)
            .and_then(|after| self.rule(after));
        let after = after.and_then(|after| self.own_gate(formula, after, reading));
        match (own, after) {
            (Some(own), Some(after)) => Some(formula.all(vec![own, after])),
            (own, after) => own.or(after),
        }
    }

    /// The verdicts that a rule speaks, surely or perhaps, each with its condition; precedence is left aside.
    pub(super) fn voices(&self, formula: &mut Formula<'b>, rule: &'b Rule, reading: Reading) -> Vec<Voice> {
        let ready = self.ready(formula, rule, reading);
        match rule.kind {
            RuleKind::Fix => self.fix_voices(formula, rule, ready, reading),
            RuleKind::Wait => {
                let gate = self.gate(formula, rule, Reading::Surely);
                let when = match gate {
                    Some(gate) => {
                        let shut = formula.not(gate);
                        formula.all(vec![ready, shut])
                    }
                    None => ready,
                };
                vec![Voice {
                    verdict: Verdict::Defer,
                    when,
                }]
            }
            RuleKind::NonFix => {
                let Some(unless) = &rule.unless else {
                    return vec![Voice {
                        verdict: rule.verdict,
                        when: ready,
                    }];
                };
                let softened = formula.condition(unless, Reading::Surely);
                let not_softened = formula.not(softened);
                let mut voices = vec![Voice {
                    verdict: rule.verdict,
                    when: formula.all(vec![ready, not_softened]),
                }];
                if let Some(then) = rule.then {
                    voices.push(Voice {
                        verdict: then,
                        when: formula.all(vec![ready, softened]),
                    });
                }
                voices
            }
            RuleKind::RedFlag | RuleKind::Scope | RuleKind::Note => vec![Voice {
                verdict: rule.verdict,
                when: ready,
            }],
        }
    }

    fn fix_voices(
        &self,
        formula: &mut Formula<'b>,
        rule: &'b Rule,
        ready: Node,
        reading: Reading,
    ) -> Vec<Voice> {
        // Only a step of a plan says nothing at all behind its gate: for others, open or shut, it is the rule that speaks.
        let gate = self.gate(
            formula,
            rule,
            if rule.stage.is_some() {
                reading
            } else {
                Reading::Surely
            },
        );
        let within = rule.until.as_ref().map(|until| formula.within(until));
        let nearly = rule.until.as_ref().and_then(|until| formula.nearly_within(until));
        let mut voices = Vec::with_capacity(3);
        let spoken: Vec<Node> = [Some(ready), gate].into_iter().flatten().collect();
        let surely = spoken.iter().copied().chain(within).collect();
        voices.push(Voice {
            verdict: rule.verdict,
            when: formula.all(surely),
        });
        if let Some(nearly) = nearly {
            let when = spoken.iter().copied().chain([nearly]).collect();
            voices.push(Voice {
                verdict: Verdict::Optional,
                when: formula.all(when),
            });
        }
        // A step of a plan that is not open says nothing: the plan's wait does.
        if let (Some(gate), None) = (gate, rule.stage) {
            let shut = formula.not(gate);
            let mut parts = vec![ready, shut];
            let windows: Vec<Node> = within.into_iter().chain(nearly).collect();
            if !windows.is_empty() {
                parts.push(formula.any(windows));
            }
            voices.push(Voice {
                verdict: Verdict::Defer,
                when: formula.all(parts),
            });
        }
        voices
    }

    /// The rule says anything at all, and no rule that overrides it keeps it from that.
    pub(super) fn stands(&self, formula: &mut Formula<'b>, index: RuleIndex, reading: Reading) -> Node {
        let Some(rule) = self.rule(index) else {
            return formula.constant(false);
        };
        let voices = self
            .voices(formula, rule, reading)
            .into_iter()
            .map(|voice| voice.when)
            .collect();
        let says = formula.any(voices);
        let free = self.not_overridden(formula, index, reading);
        formula.all(vec![says, free])
    }

    /// No rule that overrides it stands: surely none does, or perhaps none. Overrides have no circles
    /// when this is asked.
    pub(super) fn not_overridden(
        &self,
        formula: &mut Formula<'b>,
        index: RuleIndex,
        reading: Reading,
    ) -> Node {
        let parts = self
            .overriders_of(index)
            .iter()
            .map(|stronger| {
                let stands = self.stands(formula, *stronger, reading.other());
                formula.not(stands)
            })
            .collect();
        formula.all(parts)
    }
}

/// Whether a rule depends on a definition that could not be read.
fn needs(rule: &Rule, broken: &hashbrown::HashSet<DefinitionIndex>) -> bool {
    let own = rule
        .when
        .iter()
        .chain(&rule.except)
        .chain(&rule.unless)
        .chain(&rule.shut_while)
        .chain(&rule.never_when);
    let mut found = false;
    for condition in own.chain(rule.reasons.iter().map(|reason| &reason.when)) {
        definitions_in(condition, &mut |definition, _| {
            found |= broken.contains(&definition)
        });
    }
    found
}
