//! Rules and causes.

use hashbrown::HashMap;

use super::base::{
    AdviceIndex, Cause, CauseIndex, Condition, Dose, FactIndex, FactKind, PackIndex, PhaseIndex, Reason,
    Rule, RuleIndex, RuleKind, Suppresses, Variant, Window,
};
use super::context::Context;
use super::names::Missing;
use super::views::{RuleView, fix_verdict};
use crate::compact_sort::CompactSort;
use crate::diagnostic::Finding;
use crate::diagnostic::codes::{names as name_codes, rules as codes};
use crate::parse::spanned::{Span, Spanned};
use crate::parse::syntax::{self, Closes, IfUnknown, Name};

/// What one scope closes.
pub(super) enum Closing {
    Everything,
    Phases(Vec<PhaseIndex>),
}

/// The scopes of a pack with what each closes.
pub(super) type Scopes = HashMap<PackIndex, Vec<(RuleIndex, Closing)>>;

impl<'a> Context<'a> {
    pub(super) fn scopes(&self) -> Scopes {
        let mut scopes = Scopes::new();
        for (number, rule) in self.statements.rules.iter().enumerate() {
            let Some(closes) = rule.closes else { continue };
            let closing = match &closes.value {
                Closes::Everything => Closing::Everything,
                Closes::Phases(names) => {
                    self.check_repeats(names);
                    Closing::Phases(
                        names
                            .iter()
                            .filter_map(|name| self.phase(rule.pack, name))
                            .collect(),
                    )
                }
            };
            scopes
                .entry(rule.pack)
                .or_default()
                .push((RuleIndex::new(number), closing));
        }
        scopes
    }

    /// The place of a phase in the order of advice.
    pub(super) fn phase(&self, pack: PackIndex, name: &Name) -> Option<PhaseIndex> {
        let number = self.find(&self.names.phases, pack, name, Missing::Error)?;
        self.phase_places.get(number).copied()
    }

    fn closed_by(
        &self,
        scopes: &Scopes,
        pack: PackIndex,
        phase: Option<PhaseIndex>,
        outside: &[Name],
    ) -> Vec<RuleIndex> {
        let left_out: Vec<RuleIndex> = self.scopes_named(pack, outside);
        let closing = scopes
            .get(&pack)
            .into_iter()
            .flatten()
            .filter(|(scope, closing)| {
                let closes = match closing {
                    Closing::Everything => true,
                    Closing::Phases(phases) => phase.is_some_and(|phase| phases.contains(&phase)),
                };
                closes && !left_out.contains(scope)
            });
        closing.map(|(scope, _)| *scope).collect()
    }

    fn scopes_named(&self, pack: PackIndex, outside: &[Name]) -> Vec<RuleIndex> {
        self.check_repeats(outside);
        let found = outside.iter().filter_map(|name| {
            let number = self.find(&self.names.rules, pack, name, Missing::Error)?;
            let scope = self.statements.rules.get(number)?;
            if scope.kind != RuleKind::Scope {
                self.report_wrong_kind(name, scope, "a scope");
                return None;
            }
            if scope.pack != pack {
                self.report(
                    Finding::new(
                        &codes::FOREIGN_SCOPE,
                        format!(
                            "the scope `{}` is of another pack and closes nothing here",
                            name.value
                        ),
                    )
                    .at(name.span, "closes nothing in this pack")
                    .at(scope.id.span, "declared here")
                    .help("leave it out: a scope closes rules of its own pack only"),
                );
                return None;
            }
            Some(RuleIndex::new(number))
        });
        found.collect()
    }

    pub(super) fn report_wrong_kind(&self, name: &Name, rule: &RuleView<'a>, expected: &str) {
        self.report(
            Finding::new(
                &name_codes::WRONG_KIND,
                format!("`{}` is {}, not {expected}", name.value, kind_name(rule.kind)),
            )
            .at(name.span, format!("expected {expected}"))
            .at(rule.id.span, format!("{} of this id", kind_name(rule.kind)))
            .help(format!("name {expected} here")),
        );
    }

    pub(super) fn build_causes(&self, scopes: &Scopes) -> Vec<Cause> {
        let mut causes = Vec::with_capacity(self.names.causes.len());
        for (cause, declared) in self.statements.causes.iter().zip(&self.names.causes.declared) {
            let pack = declared.pack;
            let translated = self.translations.of(&cause.id.value);
            let phase = cause.phase.as_ref().and_then(|name| self.phase(pack, name));
            if cause.cites.is_empty() {
                self.report_uncited(&cause.id, "the cause", false);
            }
            causes.push(Cause {
                id: cause.id.value.clone(),
                standing: cause.standing,
                certainty: cause.certainty,
                when: self.optional_condition(pack, cause.when.as_ref()),
                except: self.optional_condition(pack, cause.except.as_ref()),
                text: self.words(&cause.text, translated, |words| words.text.as_ref()),
                untreated: cause
                    .untreated
                    .as_ref()
                    .map(|text| self.words(text, translated, |words| words.untreated.as_ref())),
                cites: self.cites(pack, &cause.cites),
                dissent: self.dissent(pack, &cause.dissent),
                evidence: cause.evidence,
                pack,
                closed_by: self.closed_by(scopes, pack, phase, &cause.outside),
                span: cause.id.span,
            });
        }
        causes
    }

    pub(super) fn report_uncited(&self, id: &Name, noun: &str, may_be_inferred: bool) {
        let help = if may_be_inferred {
            "add `cites: [Cite(source: \"…\", at: \"…\")]`, or `inferred: true` when no source says it"
        } else {
            "add `cites: [Cite(source: \"…\", at: \"…\")]`"
        };
        self.report(
            Finding::new(&codes::UNCITED, format!("{noun} `{}` cites no source", id.value))
                .at(id.span, "where does this come from?")
                .help(help),
        );
    }

    /// All rules, their precedence still as written, and which of them were read without error.
    pub(super) fn build_rules(&self, scopes: &Scopes) -> (Vec<Rule>, Vec<bool>) {
        let progress = self.progress;
        self.statements
            .rules
            .iter()
            .take_while(|_| !progress.is_stopped())
            .map(|view| {
                progress.advance(1);
                self.clean(|| self.build_rule(scopes, view))
            })
            .unzip()
    }

    fn build_rule(&self, scopes: &Scopes, view: &RuleView<'a>) -> Rule {
        let pack = view.pack;
        let translated = self.translations.of(&view.id.value);
        let phase = view.phase.and_then(|name| self.phase(pack, name));
        let cited =
            !view.cites.is_empty() || view.reasons.iter().any(|reason| !reason.value.cites.is_empty());
        if !cited && !view.inferred {
            self.report_uncited(view.id, kind_name(view.kind).trim_start_matches("a "), true);
        }
        let (beside, beside_absent) = self.beside(view);
        let mut when = self.optional_condition(pack, view.when);
        if beside_absent {
            // Beside advice that no loaded pack gives, it is never said.
            when = Some(Condition::Any(Vec::new(), view.id.span));
        }
        let scoped = matches!(
            view.kind,
            RuleKind::Fix | RuleKind::NonFix | RuleKind::Wait | RuleKind::Note
        );
        Rule {
            id: view.id.value.clone(),
            kind: view.kind,
            advice: AdviceIndex::new(self.names.advice.get(&view.advice().value).unwrap_or(usize::MAX)),
            verdict: view.verdict,
            phase,
            pack,
            when,
            except: self.withdrawn(view),
            unless: self.optional_condition(pack, view.unless),
            then: self.then(view),
            then_text: view
                .then_text
                .map(|text| self.words(text, translated, |words| words.then_text.as_ref())),
            not_before: view.not_before.and_then(|window| self.window(pack, window)),
            shut_while: self.optional_condition(pack, view.shut_while),
            until: view.until.and_then(|window| self.window(pack, window)),
            never_when: self.optional_condition(pack, view.never_when),
            never_when_unknown_stands: view.never_when_unknown == IfUnknown::Stand,
            reasons: self.reasons(view, translated),
            because: view
                .because
                .map(|text| self.words(text, translated, |words| words.because.as_ref())),
            dose: view.dose.and_then(|dose| self.dose(pack, dose)),
            steps: self.word_list(view.steps, translated, |words| &words.steps),
            variants: self.variants(view, translated),
            overrides: self.rules_named(pack, view.overrides),
            suppresses: view
                .suppresses
                .map(|suppresses| self.suppressed(view, suppresses)),
            limits: self.limited(view),
            closed_by: if scoped {
                self.closed_by(scopes, pack, phase, view.outside)
            } else {
                Vec::new()
            },
            beside,
            stage: None,
            text: self.words(view.text, translated, |words| words.text.as_ref()),
            not_yet: view
                .not_yet
                .map(|text| self.words(text, translated, |words| words.not_yet.as_ref())),
            eases: self.word_list(view.eases, translated, |words| &words.eases),
            acts_on: self
                .find_list(&self.names.causes, pack, view.acts_on, Missing::Error)
                .into_iter()
                .map(CauseIndex::new)
                .collect(),
            instead: self.alternatives(view, view.instead, "instead"),
            than: self.alternatives(view, view.than, "than"),
            cites: self.cites(pack, view.cites),
            dissent: self.dissent(pack, view.dissent),
            evidence: view.evidence,
            strength: view.strength,
            inferred: view.inferred,
            span: view.span,
        }
    }

    /// `except`, and a note's `shown_unless`, which withdraws it likewise.
    fn withdrawn(&self, view: &RuleView<'a>) -> Option<Condition> {
        let except = self.optional_condition(view.pack, view.except);
        let unless = self.optional_condition(view.pack, view.shown_unless);
        match (except, unless) {
            (Some(except), Some(unless)) => Some(Condition::Any(vec![except, unless], view.id.span)),
            (one, other) => one.or(other),
        }
    }

    fn then(&self, view: &RuleView<'a>) -> Option<crate::verdict::Verdict> {
        let place = view
            .then
            .map(|then| then.span)
            .or(view.then_text.map(|text| text.span));
        if let (Some(place), None) = (place, view.unless) {
            self.report(
                Finding::new(
                    &codes::THEN_WITHOUT_UNLESS,
                    format!("`{}` says what is said then, but not when", view.id.value),
                )
                .at(place, "`unless` is missing")
                .help("add `unless: {…}` with the condition, or leave this out"),
            );
        } else if let (Some(text), None) = (view.then_text, view.then) {
            self.report(
                Finding::new(
                    &codes::THEN_WITHOUT_UNLESS,
                    format!(
                        "`{}` has words for a verdict that it does not give",
                        view.id.value
                    ),
                )
                .at(text.span, "`then` is missing")
                .help("add `then: Optional` or `then: Recommend`, or leave this out"),
            );
        }
        view.then.map(|then| fix_verdict(then.value))
    }

    fn reasons(&self, view: &RuleView<'a>, translated: &[super::texts::Translated<'a>]) -> Vec<Reason> {
        let reasons = view.reasons.iter().enumerate().filter_map(|(number, reason)| {
            let why = self.words(&reason.value.why, translated, |words| words.reasons.get(number));
            let cites = self.cites(view.pack, &reason.value.cites);
            Some(Reason {
                when: self.condition(view.pack, &reason.value.when)?,
                why,
                cites,
            })
        });
        reasons.collect()
    }

    fn variants(&self, view: &RuleView<'a>, translated: &[super::texts::Translated<'a>]) -> Vec<Variant> {
        let mut seen: HashMap<&str, Span> = HashMap::new();
        let variants = view.variants.iter().enumerate().map(|(number, variant)| {
            let variant = &variant.value;
            if let Some(first) = seen.insert(&variant.id.value, variant.id.span) {
                self.report_duplicate(&variant.id.value, "a variant", variant.id.span, first);
            }
            let get = move |words: &'a syntax::Translation| words.variants.get(number);
            Variant {
                id: variant.id.value.clone(),
                when: self.optional_condition(view.pack, variant.when.as_ref()),
                text: variant
                    .text
                    .as_ref()
                    .map(|text| self.words(text, translated, |words| get(words)?.text.as_ref())),
                steps: self.word_list(&variant.steps, translated, |words| {
                    get(words).map_or(&[], |variant| variant.steps.as_slice())
                }),
                cites: self.cites(view.pack, &variant.cites),
            }
        });
        variants.collect()
    }

    fn window(&self, pack: PackIndex, window: &Spanned<syntax::Window>) -> Option<Window> {
        let syntax::Window(name, limit) = &window.value;
        let fact = self.find(&self.names.facts, pack, name, Missing::Error)?;
        self.names.facts.mark_used(fact);
        if !matches!(
            self.kinds.get(fact)?,
            FactKind::Clock { .. } | FactKind::Duration { .. }
        ) {
            self.report(
                Finding::new(&codes::WINDOW_FACT, format!("`{}` measures no time", name.value))
                    .at(name.span, "expected a clock or a duration")
                    .at(self.names.facts.span(fact), "declared here")
                    .help("a window opens and shuts as time passes; put other facts into `when` or `shut_while`"),
            );
            return None;
        }
        Some(Window {
            fact: FactIndex::new(fact),
            limit: self.limit(pack, fact, limit)?,
            span: window.span,
        })
    }

    fn dose(&self, pack: PackIndex, dose: &syntax::Dose) -> Option<Dose> {
        let read =
            |limit: &Option<syntax::Limit>| limit.as_ref().and_then(|limit| self.span_of_time(pack, limit));
        Some(Dose {
            lasting: read(&dose.lasting),
            every: read(&dose.every),
            in_all: read(&dose.in_all),
        })
    }

    /// Rules named in a list of precedence; those of a pack that is not loaded are left out.
    pub(super) fn rules_named(&self, pack: PackIndex, names: &[Name]) -> Vec<RuleIndex> {
        self.find_list(&self.names.rules, pack, names, Missing::MayBeAbsent)
            .into_iter()
            .map(RuleIndex::new)
            .collect()
    }

    pub(super) fn advice_named(&self, pack: PackIndex, names: &[Name]) -> Vec<AdviceIndex> {
        self.find_list(&self.names.advice, pack, names, Missing::MayBeAbsent)
            .into_iter()
            .map(AdviceIndex::new)
            .collect()
    }

    /// The advice beside which it is said, and whether none of that is loaded.
    fn beside(&self, view: &RuleView<'a>) -> (Vec<AdviceIndex>, bool) {
        let (found, clean) = self.clean(|| self.advice_named(view.pack, view.beside));
        let absent = found.is_empty() && clean && !view.beside.is_empty();
        (found, absent)
    }

    fn limited(&self, view: &RuleView<'a>) -> Vec<AdviceIndex> {
        let own = self.names.advice.get(&view.advice().value);
        if let Some(name) = view.limits.iter().find(|name| name.value == view.advice().value) {
            self.report(
                Finding::new(
                    &codes::SPEAKS_OF_ITSELF,
                    format!("`{}` limits its own advice", view.id.value),
                )
                .at(name.span, "this is its own advice id")
                .help("leave it out"),
            );
        }
        let mut limited = self.advice_named(view.pack, view.limits);
        limited.retain(|advice| Some(advice.index()) != own);
        limited
    }

    fn suppressed(&self, view: &RuleView<'a>, suppresses: &Spanned<syntax::Suppresses>) -> Suppresses {
        let own = self.names.advice.get(&view.advice().value);
        match &suppresses.value {
            syntax::Suppresses::Everything => {
                if view.verdict != crate::verdict::Verdict::Emergency {
                    self.report(
                        Finding::new(
                            &codes::SILENCES_ALL,
                            format!("`{}` is no emergency, and so may not silence everything", view.id.value),
                        )
                        .at(suppresses.span, "only an emergency may do this")
                        .help("name what must not be advised, as in `suppresses: [\"stretch\"]`, or raise the level"),
                    );
                }
                Suppresses::Everything
            }
            syntax::Suppresses::Only(names) => {
                if let Some(name) = names.iter().find(|name| name.value == view.advice().value) {
                    self.report(
                        Finding::new(
                            &codes::SPEAKS_OF_ITSELF,
                            format!("`{}` silences its own advice", view.id.value),
                        )
                        .at(name.span, "this is its own advice id")
                        .help("between rules of one advice id, `overrides` says which of them gives way"),
                    );
                }
                let (found, clean) = self.clean(|| self.advice_named(view.pack, names));
                if names.is_empty() && clean {
                    self.report_silences_nothing(view, suppresses.span);
                }
                Suppresses::Advice(found)
            }
            syntax::Suppresses::Phases(names) => {
                self.check_repeats(names);
                let (phases, clean) = self.clean(|| {
                    names
                        .iter()
                        .filter_map(|name| {
                            self.find(&self.names.phases, view.pack, name, Missing::MayBeAbsent)
                        })
                        .collect::<Vec<_>>()
                });
                let mut found: Vec<AdviceIndex> = phases
                    .iter()
                    .flat_map(|phase| self.advice_of_phase.get(*phase).into_iter().flatten())
                    .copied()
                    .filter(|advice| Some(advice.index()) != own)
                    .collect();
                found.compact_sort();
                found.dedup();
                let all_loaded = phases.len() == names.len();
                if found.is_empty() && clean && all_loaded {
                    self.report_silences_nothing(view, suppresses.span);
                }
                Suppresses::Advice(found)
            }
        }
    }

    pub(super) fn report_silences_nothing(&self, view: &RuleView<'a>, span: Span) {
        self.report(
            Finding::new(
                &codes::SILENCES_NOTHING,
                format!("`{}` silences nothing", view.id.value),
            )
            .at(span, "no advice of the loaded packs is meant by this")
            .help("name the advice that must not be given, or leave `suppresses` out"),
        );
    }

    /// Advice to take instead, or that works better: each must be something that one can do.
    fn alternatives(&self, view: &RuleView<'a>, names: &[Name], field: &str) -> Vec<AdviceIndex> {
        let found = self.advice_named(view.pack, names);
        for advice in &found {
            let Some(true) = self.not_advisable.get(advice.index()).copied() else {
                continue;
            };
            let id = self.names.advice.id(advice.index());
            let place = names
                .iter()
                .find(|name| name.value == id)
                .map_or(view.id.span, |name| name.span);
            self.report(
                Finding::new(
                    &codes::NO_ALTERNATIVE,
                    format!(
                        "`{id}` is nothing to do, so `{}` cannot name it in `{field}`",
                        view.id.value
                    ),
                )
                .at(place, "no fix gives this advice")
                .at(self.names.advice.span(advice.index()), "the advice is given here")
                .help(format!(
                    "`{field}` names advice of a `Fix`, or of a `Note` that refers"
                )),
            );
        }
        found
    }
}

/// A kind of rule in words.
pub(super) fn kind_name(kind: RuleKind) -> &'static str {
    match kind {
        RuleKind::Fix => "a fix",
        RuleKind::NonFix => "a non-fix",
        RuleKind::Wait => "a wait",
        RuleKind::RedFlag => "a red flag",
        RuleKind::Scope => "a scope",
        RuleKind::Note => "a note",
    }
}
