//! [`ParsedPack`]s → [`base::CheckedBase`]: names, types, texts, precedence, collisions; all packs together.
//!
//! Every finding is collected; a base comes out only when none of them is an error.

#[cfg(test)]
mod against_evaluation;
pub(crate) mod base;
#[cfg(test)]
mod certain_against_evaluation;
mod circles;
mod collect;
mod collisions;
mod conditions;
mod context;
mod cycles;
mod facts;
mod formula;
mod ids;
mod links;
mod names;
#[cfg(test)]
mod nothing_is_forgotten;
mod packs;
mod pairs;
mod reach;
mod rules;
mod same;
mod search;
mod slots;
mod sources;
mod speaks;
mod stricter;
mod tests_of_facts;
mod texts;
mod translations;
mod usage;
mod values;
mod views;
mod windows;
mod witness;

use std::cell::{Cell, RefCell};

use base::{AdviceIndex, CheckedBase, Phase, PhaseIndex, RuleKind};
use context::Context;
use speaks::Speech;

use crate::cells::{Cells, overlapping_quantities};
use crate::compact_sort::CompactSort;
use crate::diagnostic::{Finding, Severity};
use crate::limits::Limits;
use crate::parse::{FileText, ParsedPack, limit};
use crate::progress::{Reporter, Stage};
use crate::verdict::Verdict;

/// Checks all packs together; `files` are those that their places are in, by number. Answers nothing when an
/// error was found, or nobody wants to go on.
pub(crate) fn check(
    parsed: &[&ParsedPack],
    files: &[FileText],
    limits: &Limits,
    progress: &Reporter,
    findings: &mut Vec<Finding>,
) -> Option<CheckedBase> {
    let before = findings
        .iter()
        .filter(|finding| finding.code.severity == Severity::Error)
        .count();
    let statements: usize = parsed.iter().map(|pack| pack.statements.len()).sum();
    progress.start(Stage::Check, statements as u64);
    let inputs = parsed
        .iter()
        .map(|pack| packs::Input {
            manifest: &pack.manifest,
            statements: pack
                .statements
                .iter()
                .map(|statement| (&statement.value, statement.span))
                .collect(),
        })
        .collect();
    let context = prepare(inputs, limits, progress, findings);
    let mut base = build(&context);
    base.files = files.to_vec();
    findings.append(&mut context.findings.borrow_mut());
    let after = findings
        .iter()
        .filter(|finding| finding.code.severity == Severity::Error)
        .count();
    (before == after && !progress.is_stopped()).then_some(base)
}

/// Everything that later parts look things up in.
fn prepare<'a>(
    inputs: Vec<packs::Input<'a>>,
    limits: &'a Limits,
    progress: &'a Reporter,
    findings: &mut Vec<Finding>,
) -> Context<'a> {
    let packs = packs::arrange(inputs, findings);
    let (languages, language) = texts::languages(&packs);
    let translations = texts::translations(&packs, &languages);
    let (names, statements, phase_order) = collect::collect(&packs, findings);
    let place = |id: &str| {
        PhaseIndex::new(
            phase_order
                .iter()
                .position(|phase| phase.id == id)
                .unwrap_or(usize::MAX),
        )
    };
    let phase_places = names.phases.ids.iter().map(|id| place(id)).collect();
    let mut advice_of_phase = vec![Vec::new(); names.phases.len()];
    let mut not_advisable = vec![true; names.advice.len()];
    for rule in &statements.rules {
        let Some(advice) = names.advice.get(&rule.advice().value) else {
            continue;
        };
        let advisable = match rule.kind {
            RuleKind::Fix => true,
            RuleKind::NonFix => rule.then.is_some(),
            RuleKind::Note => rule.verdict == Verdict::Refer,
            RuleKind::Wait | RuleKind::RedFlag | RuleKind::Scope => false,
        };
        if advisable && let Some(flag) = not_advisable.get_mut(advice) {
            *flag = false;
        }
        let phase = rule.phase.and_then(|phase| names.phases.get(&phase.value));
        if let Some(list) = phase.and_then(|phase| advice_of_phase.get_mut(phase)) {
            list.push(AdviceIndex::new(advice));
        }
    }
    let mut context = Context {
        limits,
        progress,
        packs,
        languages,
        language,
        names,
        statements,
        phase_order,
        phase_places,
        advice_of_phase,
        not_advisable,
        kinds: Vec::new(),
        vagues: Vec::new(),
        translations,
        findings: RefCell::new(Vec::new()),
        errors: Cell::new(0),
        full: Cell::new(false),
        searches: Cell::new(0),
        broken_definitions: RefCell::default(),
    };
    context.kinds = context.settle_kinds();
    context.vagues = context.settle_vagues();
    context
}

fn build(context: &Context<'_>) -> CheckedBase {
    ids::check(context);
    let facts = context.build_facts();
    let definitions = context.build_definitions();
    let sources = context.sources();
    let scopes = context.scopes();
    let causes = context.build_causes(&scopes);
    let (mut rules, clean) = context.build_rules(&scopes);
    context.mirror(&mut rules);
    let stages = context.build_stages(&mut rules);
    let groups = context.build_groups(&rules, &stages);
    let advice = context.build_advice(&rules);
    let ask_first = context.build_ask_first();
    let properties = context.build_properties();
    let packs = build_packs(context);
    let phases = build_phases(context);
    // Last, when it is known what the vague quantities are compared with.
    let vagues = context.build_vagues();
    context.check_translations();
    let base = CheckedBase {
        languages: context
            .languages
            .iter()
            .map(|language| (*language).to_owned())
            .collect(),
        language: context.language,
        packs,
        facts,
        vagues,
        definitions,
        sources,
        causes,
        rules,
        advice,
        phases,
        stages,
        groups,
        ask_first,
        properties,
        files: Vec::new(),
    };
    analyse(context, &base, &clean);
    base
}

/// What can only be judged when everything is put together.
fn analyse(context: &Context<'_>, base: &CheckedBase, clean: &[bool]) {
    context.check_windows(&base.rules);
    usage::check(context, base);
    stricter::check(context, base);
    let straight = circles::check(context, base);
    if !straight.definitions || !straight.overrides {
        return;
    }
    if too_many_quantities(context, base) {
        return;
    }
    let progress = context.progress;
    progress.finish();
    let questions = base.rules.len() + base.advice.len();
    progress.start(Stage::Search, questions as u64);
    let cells = Cells::cut(base);
    let speech = Speech::new(base, &cells, clean, &context.broken_definitions.borrow());
    let mut formula = speech.formula();
    reach::check(context, &speech, &mut formula);
    collisions::check(context, &speech, &mut formula);
    progress.finish();
}

/// Vague quantities that overlap on one fact: every one of them doubles the cells that it is cut into.
fn too_many_quantities(context: &Context<'_>, base: &CheckedBase) -> bool {
    let most = context.limits.boxes;
    let mut found = false;
    for (fact, count) in base.facts.iter().zip(overlapping_quantities(base)) {
        let ways = u32::try_from(count)
            .ok()
            .and_then(|count| 1_usize.checked_shl(count));
        if ways.is_none_or(|ways| ways > most.max(2)) {
            let place = context.names.facts.get(&fact.id);
            let place = place
                .map(|number| context.names.facts.span(number))
                .unwrap_or_default();
            let message = format!(
                "`{}` is compared with {count} vague quantities that overlap; the limit `boxes` of {most} \
                 combinations is passed",
                fact.id
            );
            context.report(limit(message, "boxes").at(place, "this fact"));
            found = true;
        }
    }
    found
}

fn build_packs(context: &Context<'_>) -> Vec<base::Pack> {
    let packs = context.packs.iter().map(|view| {
        let manifest = view.manifest;
        let translated = context.translations.of(&manifest.id.value);
        let own = std::iter::once(&manifest.language);
        let mut languages: Vec<String> = own
            .chain(&manifest.translations)
            .map(|language| language.value.clone())
            .collect();
        // Its own comes first.
        if let Some((_, translations)) = languages.split_first_mut() {
            translations.compact_sort();
        }
        base::Pack {
            id: manifest.id.value.clone(),
            version: manifest.version.value.clone(),
            title: context.words(&manifest.title, translated, |words| words.title.as_ref()),
            notice: manifest
                .notice
                .as_ref()
                .map(|notice| context.words(notice, translated, |words| words.notice.as_ref())),
            languages,
        }
    });
    packs.collect()
}

fn build_phases(context: &Context<'_>) -> Vec<Phase> {
    let phases = context.phase_order.iter().map(|phase| {
        let translated = context.translations.of(context.pack_id(phase.pack));
        let title = context.words(phase.title, translated, |words| {
            words
                .phases
                .iter()
                .find(|(id, _)| id.value == phase.id)
                .map(|(_, title)| title)
        });
        Phase {
            id: phase.id.to_owned(),
            title,
        }
    });
    phases.collect()
}

/// What tests elsewhere use, too.
#[cfg(test)]
pub(crate) mod tests {
    pub(crate) use super::against_evaluation::{MANIFEST, Random, read};
}
