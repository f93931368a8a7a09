//! The limits used anywhere in a base.

use super::key_of;
use super::ordered::{LimitsUsed, Use};
use crate::check::base::{
    CheckedBase, Comparison, Condition, DefinitionBody, FactKind, Limit, PropertyKind, Test, VagueIndex,
    Window,
};
use crate::compact_sort::CompactSort;

/// Calls `visit` for every condition of the base.
pub(crate) fn conditions_of(base: &CheckedBase, mut visit: impl FnMut(&Condition)) {
    for fact in &base.facts {
        fact.ask_when.iter().for_each(&mut visit);
        if let FactKind::Clock {
            runs_while: Some(condition),
        } = &fact.kind
        {
            visit(condition);
        }
    }
    for definition in &base.definitions {
        match &definition.body {
            DefinitionBody::When(condition) => visit(condition),
            DefinitionBody::Count { of, .. } => of.iter().for_each(&mut visit),
            DefinitionBody::Score(points) => points.iter().for_each(|(_, condition)| visit(condition)),
        }
    }
    for cause in &base.causes {
        cause.when.iter().chain(&cause.except).for_each(&mut visit);
    }
    for rule in &base.rules {
        rule.when
            .iter()
            .chain(&rule.except)
            .chain(&rule.unless)
            .chain(&rule.shut_while)
            .chain(&rule.never_when)
            .for_each(&mut visit);
        rule.reasons
            .iter()
            .map(|reason| &reason.when)
            .for_each(&mut visit);
        rule.variants
            .iter()
            .filter_map(|variant| variant.when.as_ref())
            .for_each(&mut visit);
    }
    for property in &base.properties {
        match &property.kind {
            PropertyKind::Never(condition)
            | PropertyKind::Always(condition)
            | PropertyKind::Assume(condition)
            | PropertyKind::Expect(condition) => visit(condition),
            PropertyKind::Implies(first, second) => {
                visit(first);
                visit(second);
            }
            PropertyKind::OnceOpenStaysOpen(_) | PropertyKind::ForgettingNeverOpens(_) => {}
        }
    }
}

/// The limits used of each fact, by fact.
pub(super) fn limits_of(base: &CheckedBase) -> Vec<LimitsUsed> {
    let mut limits = vec![LimitsUsed::default(); base.facts.len()];
    conditions_of(base, |condition| collect(condition, &mut limits));
    for rule in &base.rules {
        for (window, use_) in rule
            .not_before
            .iter()
            .map(|window| (window, Use::Below))
            .chain(rule.until.iter().flat_map(until_uses(rule.kind)))
        {
            window_limit(window, use_, &mut limits);
        }
    }
    for used in &mut limits {
        for list in [&mut used.hidden, &mut used.ends] {
            list.compact_sort();
            list.dedup();
        }
        used.exact.compact_sort();
        used.exact.dedup();
    }
    limits
}

/// By fact: how many vague quantities that it is compared with overlap in one place. Each doubles the cells
/// there.
pub(crate) fn overlapping_quantities(base: &CheckedBase) -> Vec<usize> {
    let limits = limits_of(base);
    let most = limits.iter().map(|used| {
        let mut vagues: Vec<VagueIndex> = used.hidden.iter().map(|(vague, _)| *vague).collect();
        vagues.dedup();
        let ends: Vec<(i64, i64)> = vagues
            .iter()
            .filter_map(|vague| base.vagues.get(vague.index()))
            .map(|vague| (key_of(vague.from), key_of(vague.to)))
            .collect();
        let at = |place: i64| {
            ends.iter()
                .filter(|(from, to)| (*from..=*to).contains(&place))
                .count()
        };
        // Where the most overlap, one of them begins.
        ends.iter().map(|(from, _)| at(*from)).max().unwrap_or(0)
    });
    most.collect()
}

/// A wait is over at its limit; a fix lasts up to and with it.
fn until_uses(kind: crate::check::base::RuleKind) -> impl Fn(&Window) -> [(&Window, Use); 1] {
    let use_ = if kind == crate::check::base::RuleKind::Wait {
        Use::Below
    } else {
        Use::Above
    };
    move |window| [(window, use_)]
}

fn window_limit(window: &Window, use_: Use, limits: &mut [LimitsUsed]) {
    if let Some(used) = limits.get_mut(window.fact.index()) {
        match &window.limit {
            Limit::Value(scalar) => used.exact.push((key_of(*scalar), use_)),
            Limit::Vague(vague) => used.ends.push((*vague, use_)),
            Limit::Step(_) => {}
        }
    }
}

fn collect(condition: &Condition, limits: &mut [LimitsUsed]) {
    match condition {
        Condition::Fact { fact, test, .. } => {
            if let Some(used) = limits.get_mut(fact.index()) {
                collect_test(test, used);
            }
        }
        Condition::All(parts, _) | Condition::Any(parts, _) => {
            parts.iter().for_each(|part| collect(part, limits))
        }
        Condition::Defined { .. } | Condition::Scored { .. } | Condition::Gives { .. } => {}
    }
}

fn collect_test(test: &Test, used: &mut LimitsUsed) {
    match test {
        Test::Compare(comparison, limit) => {
            let use_ = match comparison {
                Comparison::AtLeast | Comparison::LessThan => Use::Below,
                Comparison::AtMost | Comparison::MoreThan => Use::Above,
            };
            match limit {
                Limit::Value(scalar) => used.exact.push((key_of(*scalar), use_)),
                Limit::Vague(vague) => used.hidden.push((*vague, use_)),
                Limit::Step(_) => {}
            }
        }
        Test::All(tests) => tests.iter().for_each(|test| collect_test(test, used)),
        _ => {}
    }
}
