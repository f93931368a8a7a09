//! Scores over planes: the least and the most that the points of a row can sum to, in binary, a plane for each
//! digit.

use liniment_planes::Slot;

use super::lower::{Lower, Pair};

/// Scores with larger sums are summed row by row.
const MOST: i64 = 1 << 20;

/// A sum that is never negative: the lowest digit first.
#[derive(Clone, Debug, Default)]
struct Sum(Vec<Slot>);

impl Lower<'_> {
    /// Where the sum of the points of the terms that hold lies between two numbers, both included.
    pub(super) fn score(&mut self, from: i64, to: i64, terms: &[(i64, Pair)]) -> Pair {
        let size = terms.iter().fold(0i64, |size, (points, _)| {
            size.saturating_add(points.saturating_abs())
        });
        if size > MOST {
            let all = self.constant(true);
            self.alone(all);
            return Pair {
                surely: self.constant(false),
                perhaps: all,
            };
        }
        // Points below zero count from the start, and are taken back where their term does not hold.
        let start: i64 = terms.iter().map(|(points, _)| (*points).min(0)).sum();
        let (mut least, mut most) = (Sum::default(), Sum::default());
        for (points, term) in terms {
            let (in_least, in_most) = if *points >= 0 {
                (term.surely, term.perhaps)
            } else {
                (self.not(term.perhaps), self.not(term.surely))
            };
            self.add(&mut least, points.unsigned_abs(), in_least);
            self.add(&mut most, points.unsigned_abs(), in_most);
        }
        let (from, past) = (
            from.saturating_sub(start),
            to.saturating_sub(start).saturating_add(1),
        );
        let least_from = self.at_least(&least, from);
        let least_past = self.at_least(&least, past);
        let most_from = self.at_least(&most, from);
        let most_past = self.at_least(&most, past);
        let pair = Pair {
            surely: self.without(least_from, most_past),
            perhaps: self.without(most_from, least_past),
        };
        // With points other than one not every sum between the two need be possible.
        if terms.iter().any(|(points, _)| points.unsigned_abs() != 1) {
            let open = self.without(pair.perhaps, pair.surely);
            self.alone(open);
        }
        pair
    }

    /// Adds points where a plane is.
    fn add(&mut self, sum: &mut Sum, points: u64, slot: Slot) {
        for digit in (0..64usize).filter(|digit| points >> digit & 1 == 1) {
            let none = self.constant(false);
            let mut carry = slot;
            for place in digit.. {
                if carry == none {
                    break;
                }
                if sum.0.len() <= place {
                    sum.0.resize(place + 1, none);
                }
                if let Some(found) = sum.0.get_mut(place) {
                    let both = self.every(vec![*found, carry]);
                    *found = self.one_of(*found, carry);
                    carry = both;
                }
            }
        }
    }

    /// Where a sum is at least so much.
    fn at_least(&mut self, sum: &Sum, least: i64) -> Slot {
        let Some(least) = u64::try_from(least).ok().filter(|least| *least > 0) else {
            return self.constant(true);
        };
        if least >= 1 << sum.0.len() {
            return self.constant(false);
        }
        let mut reached = self.constant(true);
        for (digit, slot) in sum.0.iter().enumerate() {
            reached = if least >> digit & 1 == 1 {
                self.every(vec![*slot, reached])
            } else {
                self.any(vec![*slot, reached])
            };
        }
        reached
    }
}
