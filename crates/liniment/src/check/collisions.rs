//! Verdicts that meet on one advice id although nothing says which of them stands.

use super::base::{AdviceEntry, AdviceIndex, Condition, PropertyKind, Rule, RuleIndex, Suppresses};
use super::context::Context;
use super::formula::{Formula, Node, Reading};
use super::pairs::{Outline, each_pair};
use super::search::{Answer, search};
use super::speaks::Speech;
use super::witness::witness;
use crate::compact_sort::CompactSort;
use crate::diagnostic::Finding;
use crate::diagnostic::codes::rules as codes;
use crate::verdict::Verdict;

/// Steps of one search.
const STEPS: u64 = 20_000;
/// Steps for all pairs of one advice id.
const STEPS_OF_ADVICE: u64 = 2_000_000;
/// Pairs of one advice id that are shown.
const SHOWN: usize = 8;

/// What became of a pair of rules.
enum Pair {
    Apart,
    Meet {
        verdicts: (Verdict, Verdict),
        case: String,
    },
    Undecided,
}

/// Looks at every advice id on which rules of two verdicts speak.
pub(super) fn check<'b>(context: &Context<'_>, speech: &Speech<'b>, formula: &mut Formula<'b>) {
    let assumptions = assumptions(speech);
    for (number, entry) in speech.base.advice.iter().enumerate() {
        if context.progress.is_stopped() {
            return;
        }
        context.progress.advance(1);
        if may_differ(speech, entry) {
            check_advice(
                context,
                speech,
                formula,
                AdviceIndex::new(number),
                entry,
                &assumptions,
            );
        }
    }
}

/// What every real case meets.
fn assumptions<'b>(speech: &Speech<'b>) -> Vec<&'b Condition> {
    let assumed = speech
        .base
        .properties
        .iter()
        .filter_map(|property| match &property.kind {
            PropertyKind::Assume(condition) => Some(condition),
            _ => None,
        });
    assumed.collect()
}

/// The verdicts that a rule can speak.
fn verdicts(rule: &Rule) -> Vec<Verdict> {
    let mut verdicts = vec![rule.verdict];
    verdicts.extend(rule.then);
    if rule.kind == super::base::RuleKind::Fix {
        if rule.stage.is_none() && (rule.not_before.is_some() || rule.shut_while.is_some()) {
            verdicts.push(Verdict::Defer);
        }
        if rule
            .until
            .as_ref()
            .is_some_and(|until| matches!(until.limit, super::base::Limit::Vague(_)))
        {
            verdicts.push(Verdict::Optional);
        }
    }
    verdicts.compact_sort();
    verdicts.dedup();
    verdicts
}

fn may_differ(speech: &Speech<'_>, entry: &AdviceEntry) -> bool {
    if entry.rules.len() < 2 {
        return false;
    }
    let mut all: Vec<Verdict> = entry
        .rules
        .iter()
        .filter_map(|rule| speech.rule(*rule))
        .flat_map(verdicts)
        .collect();
    all.compact_sort();
    all.dedup();
    all.len() > 1
}

fn check_advice<'b>(
    context: &Context<'_>,
    speech: &Speech<'b>,
    formula: &mut Formula<'b>,
    advice: AdviceIndex,
    entry: &AdviceEntry,
    assumptions: &[&'b Condition],
) {
    let rules: Vec<(RuleIndex, &'b Rule, Vec<Verdict>)> = entry
        .rules
        .iter()
        .filter(|index| speech.is_sound(**index))
        .filter_map(|index| speech.rule(*index).map(|rule| (*index, rule, verdicts(rule))))
        .collect();
    let outlines: Vec<Outline> = rules
        .iter()
        .map(|(_, rule, _)| Outline::of(speech, rule))
        .collect();
    let mut budget = STEPS_OF_ADVICE;
    let mut met = 0;
    let mut undecided: Vec<(&Rule, &Rule)> = Vec::new();
    each_pair(&outlines, &mut |first, second| {
        let (Some((left, left_rule, left_verdicts)), Some((right, right_rule, right_verdicts))) =
            (rules.get(first), rules.get(second))
        else {
            return true;
        };
        // With one and the same verdict each, nothing can differ.
        let same = left_verdicts.len() == 1 && left_verdicts == right_verdicts;
        if same || is_settled(left_rule, right_rule) || is_settled(right_rule, left_rule) {
            return true;
        }
        let pair = match budget {
            0 => Pair::Undecided,
            _ => decide(
                speech,
                formula,
                advice,
                (*left, left_rule),
                (*right, right_rule),
                assumptions,
                &mut budget,
            ),
        };
        match pair {
            Pair::Apart => {}
            Pair::Undecided => undecided.push((left_rule, right_rule)),
            Pair::Meet { verdicts, case } => {
                met += 1;
                report(
                    context,
                    entry,
                    (left_rule, right_rule),
                    verdicts,
                    case,
                    met == SHOWN,
                );
            }
        }
        met < SHOWN
    });
    if let Some((left, right)) = undecided.first() {
        context.report(
            Finding::new(
                &codes::COLLISION_UNDECIDED,
                format!("it could not be decided whether rules on `{}` give two verdicts at once (pairs of rules: {})", entry.id, undecided.len()),
            )
            .at(context.place_of_rule(&left.id), format!("`{}` and `{}` are one such pair", left.id, right.id))
            .at(context.place_of_rule(&right.id), "the other rule")
            .help("make the conditions simpler, or write `overrides` in the rule that shall stand"),
        );
    }
}

/// A rule that silences everything leaves nothing of the other to collide with.
fn is_settled(rule: &Rule, other: &Rule) -> bool {
    matches!(rule.suppresses, Some(Suppresses::Everything)) && other.verdict != Verdict::Emergency
}

fn decide<'b>(
    speech: &Speech<'b>,
    formula: &mut Formula<'b>,
    advice: AdviceIndex,
    (left, left_rule): (RuleIndex, &'b Rule),
    (right, right_rule): (RuleIndex, &'b Rule),
    assumptions: &[&'b Condition],
    budget: &mut u64,
) -> Pair {
    formula.begin();
    let left_voices = speech.voices(formula, left_rule, Reading::Surely);
    let right_voices = speech.voices(formula, right_rule, Reading::Surely);
    // What the two rules themselves depend on is what the witness shows.
    let voices = left_voices.iter().chain(&right_voices);
    let shown = formula.variables(&voices.map(|voice| voice.when).collect::<Vec<Node>>());
    let mut undecided = false;
    for one in &left_voices {
        for other in right_voices.iter().filter(|other| other.verdict != one.verdict) {
            let both = formula.all(vec![one.when, other.when]);
            match ask(formula, both, budget) {
                Answer::None => continue,
                Answer::Undecided => {
                    undecided = true;
                    continue;
                }
                Answer::Found(_) => {}
            }
            // They do meet; perhaps precedence settles it.
            // A rule is dropped only by one that surely stands.
            let free = [left, right].map(|index| speech.not_overridden(formula, index, Reading::Perhaps));
            let mut parts = vec![both];
            parts.extend(free);
            for condition in assumptions {
                parts.push(formula.condition(condition, Reading::Perhaps));
            }
            let standing = formula.all(parts.clone());
            match ask(formula, standing, budget) {
                Answer::None => continue,
                Answer::Undecided => {
                    undecided = true;
                    continue;
                }
                Answer::Found(_) => {}
            }
            for silencer in speech.silencers_of(advice) {
                let acts = speech.stands(formula, silencer, Reading::Surely);
                parts.push(formula.not(acts));
            }
            let heard = formula.all(parts);
            match ask(formula, heard, budget) {
                Answer::None => {}
                Answer::Undecided => undecided = true,
                Answer::Found(case) => {
                    let case = witness(speech, &case, &shown);
                    return Pair::Meet {
                        verdicts: (one.verdict, other.verdict),
                        case,
                    };
                }
            }
        }
    }
    if undecided { Pair::Undecided } else { Pair::Apart }
}

fn ask(formula: &mut Formula<'_>, node: Node, budget: &mut u64) -> Answer {
    let mut steps = STEPS.min(*budget);
    let given = steps;
    let answer = search(formula, node, &mut steps);
    *budget -= given - steps;
    answer
}

fn report(
    context: &Context<'_>,
    entry: &AdviceEntry,
    (left, right): (&Rule, &Rule),
    (one, other): (Verdict, Verdict),
    case: String,
    last: bool,
) {
    let more = if last {
        "; further pairs of this advice id are not shown"
    } else {
        ""
    };
    context.report(
        Finding::new(&codes::COLLISION, format!("`{}` can get the verdicts `{one}` and `{other}` at once", entry.id))
            .at(context.place_of_rule(&left.id), format!("`{}` says `{one}`", left.id))
            .at(context.place_of_rule(&right.id), format!("`{}` says `{other}`", right.id))
            .help(format!(
                "say which one stands: `overrides: [\"{}\"]` in `{}` or the other way round, or make the conditions exclude each other{more}",
                right.id, left.id
            ))
            .witness(case),
    );
}
