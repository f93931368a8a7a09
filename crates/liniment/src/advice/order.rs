//! The order of advice.

use crate::check::base::{AdviceIndex, CheckedBase, RuleKind};
use crate::compact_sort::CompactSort;
use crate::evaluate::Item;
use crate::verdict::Verdict;

/// Emergencies, urgent matters, referrals by red flags, what is out of scope; then by phase and rank. What
/// limits other advice stands just before it.
pub(crate) fn ordered<'i>(base: &CheckedBase, items: impl Iterator<Item = &'i Item>) -> Vec<&'i Item> {
    let key = |item: &Item| {
        let tier = tier(base, item);
        let phase = if tier == LAST_TIER {
            phase_of(base, item)
        } else {
            0
        };
        let rank = base
            .advice
            .get(item.advice.index())
            .map_or(u32::MAX, |advice| advice.rank);
        (tier, phase, rank, item.advice)
    };
    let mut items: Vec<_> = items.map(|item| (key(item), item)).collect();
    items.compact_sort_by_key(|(key, _)| *key);
    let items: Vec<&Item> = items.iter().map(|(_, item)| *item).collect();
    // For each item, those that limit it, in their own order.
    let mut limiters: Vec<Vec<usize>> = vec![Vec::new(); items.len()];
    let mut limits_something = vec![false; items.len()];
    for (index, item) in items.iter().enumerate() {
        if tier(base, item) < LAST_TIER {
            continue;
        }
        for limited in limited_by(base, item) {
            let target = items
                .iter()
                .position(|other| other.advice == limited && tier(base, other) == LAST_TIER);
            if let Some(target) = target.filter(|target| *target != index)
                && let (Some(list), Some(limits)) =
                    (limiters.get_mut(target), limits_something.get_mut(index))
                && !list.contains(&index)
            {
                list.push(index);
                *limits = true;
            }
        }
    }
    if !limits_something.contains(&true) {
        return items;
    }
    let mut placed = vec![false; items.len()];
    let mut order = Vec::with_capacity(items.len());
    let mut stack = Vec::new();
    for (index, limits) in limits_something.iter().enumerate() {
        if !limits {
            stack.push((index, false));
            place(&mut stack, &limiters, &mut placed, &mut order);
        }
    }
    // Advice that limits itself in a circle stays in its own order.
    for index in 0..items.len() {
        stack.push((index, false));
        place(&mut stack, &limiters, &mut placed, &mut order);
    }
    order
        .into_iter()
        .filter_map(|index| items.get(index).copied())
        .collect()
}

/// Places what is on the stack after everything that limits it. A stack of its own, for long chains.
fn place(
    stack: &mut Vec<(usize, bool)>,
    limiters: &[Vec<usize>],
    placed: &mut [bool],
    order: &mut Vec<usize>,
) {
    while let Some((index, limiters_done)) = stack.pop() {
        if limiters_done {
            order.push(index);
            continue;
        }
        match placed.get_mut(index) {
            Some(slot) if !*slot => *slot = true,
            _ => continue,
        }
        stack.push((index, true));
        let limiters = limiters.get(index).map_or(&[][..], Vec::as_slice);
        stack.extend(limiters.iter().rev().map(|limiter| (*limiter, false)));
    }
}

const LAST_TIER: u8 = 4;

fn tier(base: &CheckedBase, item: &Item) -> u8 {
    let by_red_flag = || {
        item.rules.iter().any(|rule| {
            base.rules
                .get(rule.index())
                .is_some_and(|rule| rule.kind == RuleKind::RedFlag)
        })
    };
    match item.verdict {
        Verdict::Emergency => 0,
        Verdict::Urgent => 1,
        Verdict::Refer if by_red_flag() => 2,
        Verdict::OutOfScope => 3,
        _ => LAST_TIER,
    }
}

/// The place of an item's phase, those without one first.
fn phase_of(base: &CheckedBase, item: &Item) -> u32 {
    item.rules
        .first()
        .and_then(|rule| base.rules.get(rule.index()))
        .and_then(|rule| rule.phase)
        .map_or(0, |phase| phase.0 + 1)
}

fn limited_by<'a>(base: &'a CheckedBase, item: &'a Item) -> impl Iterator<Item = AdviceIndex> + 'a {
    item.rules
        .iter()
        .filter_map(|rule| base.rules.get(rule.index()))
        .flat_map(|rule| rule.limits.iter().copied())
}
