//! Which rules of one advice id could meet at all: a cheap sieve before anything is searched.

use std::collections::BTreeMap;

use hashbrown::HashSet;

use super::base::{Condition, Rule};
use super::speaks::Speech;
use crate::cells::Literals;
use crate::compact_sort::CompactSort;

/// So few rules are compared one with another.
const FEW: usize = 24;

/// What a rule surely needs of single variables: enough to tell most pairs apart at once.
pub(super) struct Outline {
    /// Sorted by variable: the cells in which the rule can speak.
    needs: Vec<(u32, Box<[u64]>)>,
}

impl Outline {
    pub(super) fn of(speech: &Speech<'_>, rule: &Rule) -> Self {
        let mut needs: Vec<(u32, Box<[u64]>)> = Vec::new();
        if let Some(when) = &rule.when {
            gather(speech, when, &mut needs);
        }
        needs.compact_sort_by_key(|(variable, _)| *variable);
        Self { needs }
    }

    fn need(&self, variable: u32) -> Option<&[u64]> {
        let place = self
            .needs
            .binary_search_by_key(&variable, |(variable, _)| *variable)
            .ok()?;
        self.needs.get(place).map(|(_, cells)| &**cells)
    }

    /// No case can meet both.
    fn is_apart_from(&self, other: &Outline) -> bool {
        let (mut left, mut right) = (self.needs.iter().peekable(), other.needs.iter().peekable());
        while let (Some((one, cells)), Some((two, others))) = (left.peek(), right.peek()) {
            match one.cmp(two) {
                std::cmp::Ordering::Less => {
                    left.next();
                }
                std::cmp::Ordering::Greater => {
                    right.next();
                }
                std::cmp::Ordering::Equal => {
                    if cells
                        .iter()
                        .zip(others.iter())
                        .all(|(one, other)| one & other == 0)
                    {
                        return true;
                    }
                    left.next();
                    right.next();
                }
            }
        }
        false
    }
}

fn gather(speech: &Speech<'_>, condition: &Condition, needs: &mut Vec<(u32, Box<[u64]>)>) {
    match condition {
        Condition::All(parts, _) => parts.iter().for_each(|part| gather(speech, part, needs)),
        Condition::Fact { fact, test, .. } => {
            for group in speech.cells.literals(*fact, test) {
                let Literals::All(literals) = group else { continue };
                for literal in literals {
                    // One need per variable is enough to tell rules apart.
                    if needs.iter().all(|(variable, _)| *variable != literal.variable.0) {
                        needs.push((literal.variable.0, literal.holds_in.words().into()));
                    }
                }
            }
        }
        _ => {}
    }
}

/// Calls `visit` once with each pair (the smaller number first) that the sieve does not hold back,
/// until it answers `false`.
pub(super) fn each_pair(outlines: &[Outline], visit: &mut impl FnMut(usize, usize) -> bool) {
    let mut seen = HashSet::new();
    let mut going = true;
    let mut open: Vec<Vec<usize>> = vec![(0..outlines.len()).collect()];
    while let Some(rules) = open.pop() {
        if !going {
            return;
        }
        let parts = if rules.len() > FEW {
            split(outlines, &rules)
        } else {
            None
        };
        if let Some(mut parts) = parts {
            parts.reverse();
            open.append(&mut parts);
            continue;
        }
        for (place, first) in rules.iter().enumerate() {
            for second in rules.iter().skip(place + 1) {
                let apart = outlines
                    .get(*first)
                    .zip(outlines.get(*second))
                    .is_none_or(|(left, right)| left.is_apart_from(right));
                if !apart && going && seen.insert((*first, *second)) {
                    going = visit(*first, *second);
                }
            }
            if !going {
                return;
            }
        }
    }
}

/// Rules sorted into the cells of the variable that most of them need; none when that does not help.
fn split(outlines: &[Outline], rules: &[usize]) -> Option<Vec<Vec<usize>>> {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for outline in rules.iter().filter_map(|rule| outlines.get(*rule)) {
        for (variable, _) in &outline.needs {
            *counts.entry(*variable).or_default() += 1;
        }
    }
    // A few of the variables needed most often; a variable on which all agree tells nothing apart.
    let mut candidates: Vec<(usize, u32)> = counts
        .into_iter()
        .map(|(variable, count)| (count, variable))
        .collect();
    candidates.compact_sort_by(|left, right| right.cmp(left));
    let pairs = |count: usize| count.saturating_mul(count);
    let best = candidates
        .into_iter()
        .take(8)
        .map(|(_, variable)| by_cell(outlines, rules, variable))
        .min_by_key(|parts| {
            parts
                .iter()
                .map(|part| pairs(part.len()))
                .fold(0usize, usize::saturating_add)
        })?;
    let cost = best
        .iter()
        .map(|part| pairs(part.len()))
        .fold(0usize, usize::saturating_add);
    (cost < pairs(rules.len()) / 4 * 3).then_some(best)
}

/// For each cell of a variable, the rules that can speak in it; equal lists once.
fn by_cell(outlines: &[Outline], rules: &[usize], variable: u32) -> Vec<Vec<usize>> {
    let words = rules
        .iter()
        .filter_map(|rule| outlines.get(*rule)?.need(variable))
        .map(<[u64]>::len)
        .max()
        .unwrap_or(0);
    let mut lists: Vec<Vec<usize>> = vec![Vec::new(); words * 64];
    for rule in rules {
        match outlines.get(*rule).and_then(|outline| outline.need(variable)) {
            None => lists.iter_mut().for_each(|list| list.push(*rule)),
            Some(set) => {
                for (list, cell) in lists.iter_mut().zip(0usize..) {
                    if set
                        .get(cell / 64)
                        .is_some_and(|word| word >> (cell % 64) & 1 == 1)
                    {
                        list.push(*rule);
                    }
                }
            }
        }
    }
    lists.compact_sort();
    lists.dedup();
    lists.retain(|list| list.len() > 1);
    lists
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(needs: &[(u32, u64)]) -> Outline {
        Outline {
            needs: needs
                .iter()
                .map(|(variable, cells)| (*variable, Box::from([*cells])))
                .collect(),
        }
    }

    #[test]
    fn the_sieve_holds_back_only_what_is_apart() {
        let mut random = 7u64;
        let mut next = |below: u64| {
            random = random
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (random >> 33) % below
        };
        let narrow: Vec<Outline> = (0..200)
            .map(|_| {
                let first = u32::try_from(next(3)).unwrap_or(0);
                outline(&[
                    (first, 1 << next(4)),
                    (first + 1, 1 + next(15)),
                    (7, 1 << next(8)),
                ])
            })
            .collect();
        // Each is kept out of one cell alone, or out of none.
        let wide: Vec<Outline> = (0..100)
            .map(|_| outline(&[(1, !(1 << next(80).min(63))), (2, !0), (3, 1 + next(3))]))
            .collect();
        // So few that they are compared one with another, and one more.
        let few = |count: usize| -> Vec<Outline> {
            (0..count)
                .map(|number| outline(&[(1, 1 << (number % 5))]))
                .collect()
        };
        for outlines in [narrow, wide, few(FEW), few(FEW + 1), few(0), few(1)] {
            holds_back_only_what_is_apart(&outlines);
        }
    }

    /// Rules that no case can meet together are those that need cells of one variable, and none the same.
    fn holds_back_only_what_is_apart(outlines: &[Outline]) {
        let apart = |left: &Outline, right: &Outline| {
            left.needs.iter().any(|(one, cells)| {
                right.needs.iter().any(|(other, others)| {
                    one == other
                        && cells
                            .iter()
                            .zip(others.iter())
                            .all(|(one, other)| one & other == 0)
                })
            })
        };
        let mut visited = Vec::new();
        each_pair(outlines, &mut |first, second| {
            visited.push((first, second));
            true
        });
        visited.compact_sort();
        let mut expected = Vec::new();
        for (first, left) in outlines.iter().enumerate() {
            for (second, right) in outlines.iter().enumerate().skip(first + 1) {
                if !apart(left, right) {
                    expected.push((first, second));
                }
            }
        }
        assert_eq!(visited, expected);
    }
}
