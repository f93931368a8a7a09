//! Whether a list of advice stands in the order that the packs ask for.

use liniment::Verdict;

use crate::evaluate::{Item, Outcome};
use crate::model::{Base, RuleKind};

impl Base {
    /// The rule whose text and phase an item takes: the first by id, as rankings here name advice only.
    fn spokesman(&self, item: &Item) -> usize {
        item.rules
            .iter()
            .copied()
            .min_by_key(|rule| &self.rules[*rule].id)
            .unwrap_or(0)
    }

    /// Emergency, urgent, refer by a red flag, out of scope, then all else by phase; then rank and id.
    fn place<'a>(&self, id: &'a str, item: &Item) -> (usize, Option<usize>, usize, &'a str) {
        let by_red_flag = item
            .rules
            .iter()
            .any(|rule| matches!(self.rules[*rule].kind, RuleKind::RedFlag(_)));
        let class = match item.verdict {
            Verdict::Emergency => 0,
            Verdict::Urgent => 1,
            Verdict::Refer if by_red_flag => 2,
            Verdict::OutOfScope => 3,
            _ => 4,
        };
        let rank = self
            .ranking
            .iter()
            .position(|ranked| ranked == id)
            .unwrap_or(usize::MAX);
        let phase = if class < 4 {
            None
        } else {
            self.rules[self.spokesman(item)].phase
        };
        (class, phase, rank, id)
    }

    fn limited_by<'a>(&'a self, item: &'a Item) -> impl Iterator<Item = &'a String> {
        item.rules.iter().flat_map(|rule| &self.rules[*rule].limits)
    }

    /// What is wrong with the order of these ids, if anything.
    pub fn misplaced(&self, outcome: &Outcome, listed: &[String]) -> Option<String> {
        // Other ids than expected are the business of another comparison.
        if !listed.iter().all(|id| outcome.items.contains_key(id)) {
            return None;
        }
        let place = |id: &str| listed.iter().position(|other| other == id);
        let limits = |id: &String| {
            self.limited_by(&outcome.items[id])
                .any(|limited| place(limited).is_some())
        };
        let free: Vec<&String> = listed.iter().filter(|id| !limits(id)).collect();
        for pair in free.windows(2) {
            let (before, after) = (
                self.place(pair[0], &outcome.items[pair[0]]),
                self.place(pair[1], &outcome.items[pair[1]]),
            );
            if before > after {
                return Some(format!("`{}` stands before `{}`", pair[0], pair[1]));
            }
        }
        // Nothing climbs above a red flag or a scope.
        let ordinary = |id: &String| self.place(id, &outcome.items[id]).0 == 4;
        for id in listed.iter().filter(|id| ordinary(id)) {
            for limited in self
                .limited_by(&outcome.items[id])
                .filter(|limited| listed.contains(limited) && ordinary(limited))
            {
                if place(limited) < place(id) {
                    return Some(format!("`{id}` limits `{limited}` and stands after it"));
                }
            }
        }
        None
    }
}
