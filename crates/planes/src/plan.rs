//! What is prepared once of the steps, for all chunks.

use crate::{Ends, Placed, Slot, Step};

/// Steps over blocks, and what is known of them before there are rows.
#[derive(Debug)]
pub struct Plan {
    pub(crate) steps: Vec<Placed>,
    pub(crate) wanted: Vec<Slot>,
    /// By column: what its fact takes.
    pub(crate) ends: Vec<Option<Ends>>,
    /// How many blocks have a place.
    pub(crate) places: usize,
    /// By column: whether its whole numbers are cut to 16 bits.
    pub(crate) short: Vec<bool>,
    pub(crate) rankings: Vec<Ranking>,
    /// The same steps, with ranks instead of comparisons where there are rankings.
    pub(crate) ranked: Vec<Placed>,
}

/// Limits of one column, few enough for ranks of [`BITS`] bits.
#[derive(Debug)]
pub(crate) struct Ranking {
    pub(crate) column: usize,
    pub(crate) limits: Limits,
}

#[derive(Debug)]
pub(crate) enum Limits {
    Floats(Ladder<f64>),
    Wholes(Ladder<i64>),
}

/// The bits of a rank.
pub(crate) const BITS: usize = 4;

/// How many limits ranks of so many bits tell apart.
const LIMITS: usize = (1 << BITS) - 1;

/// From so many limits on, ranks take less time than a comparison for each.
const WORTH_RANKS: usize = 4;

/// Limits in ascending order, each where a search by halves looks for it: the limit to compare with next is found by
/// the answers so far, the first of them as the lowest bit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ladder<T> {
    /// Where there are no more than seven, the first comparison is left out: its answer is no.
    pub(crate) with_first: bool,
    pub(crate) first: T,
    pub(crate) second: [T; 2],
    pub(crate) third: [T; 8],
    pub(crate) fourth: [T; 8],
}

impl<T: Copy> Ladder<T> {
    /// `greatest` stands where there are no more limits: where it is met, so is all that is missing, and nothing asks for
    /// that.
    pub(crate) fn new(limits: &[T], greatest: T) -> Self {
        let at = |place: usize| limits.get(place).copied().unwrap_or(greatest);
        let met = |answers: usize, bit: usize| answers >> bit & 1;
        Self {
            with_first: limits.len() > LIMITS / 2,
            first: at(7),
            second: [at(3), at(11)],
            third: std::array::from_fn(|answers| at(met(answers, 0) * 8 + met(answers, 1) * 4 + 1)),
            fourth: std::array::from_fn(|answers| {
                at(met(answers, 0) * 8 + met(answers, 1) * 4 + met(answers, 2) * 2)
            }),
        }
    }
}

impl Plan {
    /// `wanted` are the planes that are given; `ends` what the fact of each column takes.
    #[must_use]
    pub fn new(steps: Vec<Placed>, wanted: Vec<Slot>, ends: Vec<Option<Ends>>) -> Self {
        let places = steps.iter().map(|placed| placed.into.index() + 1).max();
        let columns = ends.len();
        let mut plan = Self {
            short: (0..columns).map(|column| short(&steps, &ends, column)).collect(),
            ranked: steps.clone(),
            rankings: Vec::new(),
            places: places.unwrap_or(0),
            steps,
            wanted,
            ends,
        };
        for column in 0..columns {
            let floats = plan.limits(|step| match step {
                Step::AtLeastFloat(of, least) if *of == column => {
                    Some(f64::from_bits(*least)).filter(|least| !least.is_nan())
                }
                _ => None,
            });
            plan.rank(column, floats, f64::total_cmp, Limits::Floats);
            if plan.short.get(column) != Some(&true) {
                let wholes = plan.limits(|step| match step {
                    Step::AtLeastWhole(of, least) if *of == column => Some(*least),
                    _ => None,
                });
                plan.rank(column, wholes, i64::cmp, Limits::Wholes);
            }
        }
        plan
    }

    /// How many planes are given.
    #[must_use]
    pub fn wanted(&self) -> usize {
        self.wanted.len()
    }

    /// The steps that compare with a limit, and the limits.
    fn limits<T>(&self, limit: impl Fn(&Step) -> Option<T>) -> Vec<(usize, T)> {
        let steps = self.steps.iter().enumerate();
        steps
            .filter_map(|(number, placed)| Some((number, limit(&placed.step)?)))
            .collect()
    }

    /// Ranks for the limits of a column, in groups that are no larger than ranks can tell apart.
    fn rank<T: Copy>(
        &mut self,
        column: usize,
        mut limits: Vec<(usize, T)>,
        order: impl Fn(&T, &T) -> std::cmp::Ordering,
        kind: impl Fn(Ladder<T>) -> Limits,
    ) {
        limits.sort_by(|(_, one), (_, other)| order(one, other));
        for group in limits.chunks(LIMITS) {
            let values: Vec<T> = group.iter().map(|(_, limit)| *limit).collect();
            let (Some(greatest), true) = (values.last(), values.len() >= WORTH_RANKS) else {
                continue;
            };
            for ((step, _), least) in group.iter().zip(1..) {
                if let Some(placed) = self.ranked.get_mut(*step) {
                    let ranking = self.rankings.len();
                    placed.step = Step::Ranked { ranking, least };
                }
            }
            self.rankings.push(Ranking {
                column,
                limits: kind(Ladder::new(&values, *greatest)),
            });
        }
    }
}

/// Whether whole numbers can be cut to 16 bits for all that they are compared with: no limit is at the ends, where
/// numbers beyond gather.
fn short(steps: &[Placed], ends: &[Option<Ends>], column: usize) -> bool {
    let within = ends.get(column).copied().flatten();
    let ends = within.map(|ends| [ends.of_wholes.0, ends.of_wholes.1]);
    let ends = ends
        .into_iter()
        .flatten()
        .filter(|end| ![i64::MIN, i64::MAX].contains(end));
    let limits = steps.iter().filter_map(|placed| match &placed.step {
        Step::AtLeastWhole(of, least) if *of == column => Some(*least),
        _ => None,
    });
    let mut count = 0;
    let fit = ends.chain(limits).all(|limit| {
        count += 1;
        i16::try_from(limit).is_ok_and(|limit| ![i16::MIN, i16::MAX].contains(&limit))
    });
    // To cut them takes as long as one comparison.
    fit && count > 1
}

#[cfg(test)]
#[expect(clippy::indexing_slicing, reason = "tests")]
mod tests {
    use super::*;
    use crate::{Column, Input, Instructions, Outputs, ROWS, run};

    /// Many limits, in no order, of numbers and of whole numbers that are too large to be cut: every set of instructions
    /// says of each what is so.
    #[test]
    fn limits_are_met_as_they_should_be() {
        const LIMITS: usize = 40;
        let rows = ROWS + 100;
        let floats: Vec<f64> = (0..rows).map(|row| (row * 7919 % 1009) as f64 / 10.0).collect();
        let wholes: Vec<i64> = (0..rows as i64).map(|row| row * 7919 % 1009 * 100_000).collect();
        let float = |number: usize| (number * 31 % 101) as f64 + 0.5;
        let whole = |number: usize| (number as i64 * 31 % 101) * 1_000_000;
        let mut steps = Vec::new();
        for number in 0..LIMITS {
            steps.push(Step::AtLeastFloat(0, float(number).to_bits()));
            steps.push(Step::AtLeastWhole(1, whole(number)));
        }
        let slots = || (0..2 * LIMITS as u32).map(Slot);
        let placed = steps.into_iter().zip(slots());
        let placed = placed.map(|(step, into)| Placed { step, into }).collect();
        let plan = Plan::new(placed, slots().collect(), vec![None, None]);
        let groups: Vec<usize> = plan.rankings.iter().map(|ranking| ranking.column).collect();
        assert_eq!(groups, [0, 0, 0, 1, 1, 1]);
        let columns = [
            Column::Floats {
                values: &floats,
                known: None,
            },
            Column::Wholes {
                values: &wholes,
                known: None,
            },
        ];
        let input = Input {
            plan: &plan,
            columns: &columns,
            rows,
            tables: Vec::new(),
        };
        for instructions in [Instructions::Portable, Instructions::Avx2, Instructions::Avx512] {
            let mut planes = vec![vec![0; rows.div_ceil(64)]; 2 * LIMITS];
            let mut outputs = Outputs {
                wanted: planes.iter_mut().map(Vec::as_mut_slice).collect(),
                bad: Vec::new(),
            };
            run(instructions, &input, 0..rows.div_ceil(ROWS), &mut outputs);
            for (number, planes) in planes.chunks(2).enumerate() {
                for row in 0..rows {
                    let met = [floats[row] >= float(number), wholes[row] >= whole(number)];
                    for (plane, met) in planes.iter().zip(met) {
                        assert_eq!(
                            plane[row / 64] >> (row % 64) & 1 == 1,
                            met,
                            "limit {number} in row {row}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn few_limits_are_compared_one_by_one() {
        let step = |number: usize| Placed {
            step: Step::AtLeastFloat(0, (number as f64).to_bits()),
            into: Slot(number as u32),
        };
        let few = Plan::new((1..WORTH_RANKS).map(step).collect(), Vec::new(), vec![None]);
        assert!(few.rankings.is_empty());
        assert_eq!(few.ranked, few.steps);
        let enough = Plan::new((1..=WORTH_RANKS).map(step).collect(), Vec::new(), vec![None]);
        let ranked = enough.ranked.iter().map(|placed| placed.step.clone());
        assert!(ranked.eq((1..=4).map(|least| Step::Ranked { ranking: 0, least })));
    }
}
