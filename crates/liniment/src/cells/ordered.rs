//! The cuts of an ordered fact.

use crate::check::base::{CheckedBase, Comparison, Limit, Scalar, VagueIndex};
use crate::compact_sort::CompactSort;

/// A value of an ordered fact as a whole number that keeps the order: durations in microseconds,
/// integers as they are, numbers by the bits of their f64.
pub(crate) fn key_of(scalar: Scalar) -> i64 {
    match scalar {
        Scalar::Integer(value) | Scalar::Duration(value) => value,
        Scalar::Number(value) => number_key(value),
    }
}

/// The key of a number: the next larger f64 has the next larger key. Minus zero has that of zero.
pub(crate) fn number_key(value: f64) -> i64 {
    let bits = value.to_bits().cast_signed();
    if bits < 0 { i64::MIN - bits } else { bits }
}

/// The number of a key.
pub(crate) fn value_of_key(key: i64) -> f64 {
    let bits = if key < 0 { i64::MIN - key } else { key };
    f64::from_bits(bits.cast_unsigned())
}

/// How a limit is used; decides where it cuts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Use {
    /// `≥` or `<`: cuts just below the limit.
    Below,
    /// `≤` or `>`: cuts just above it.
    Above,
}

/// The limits used of one fact.
#[derive(Clone, Debug, Default)]
pub(crate) struct LimitsUsed {
    /// Exact limits, by key.
    pub(crate) exact: Vec<(i64, Use)>,
    /// Vague limits in conditions: the hidden quantity matters.
    pub(crate) hidden: Vec<(VagueIndex, Use)>,
    /// Vague limits of windows: only their ends matter.
    pub(crate) ends: Vec<(VagueIndex, Use)>,
}

/// How a value stands to a hidden quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Below,
    At,
    Past,
}

/// One cell: a segment, and how its values stand to each hidden quantity.
#[derive(Clone, Debug)]
struct Cell {
    segment: u32,
    sides: Vec<Side>,
}

/// The ends of a vague quantity, by key.
#[derive(Clone, Copy, Debug)]
struct Ends {
    vague: VagueIndex,
    from: i64,
    to: i64,
}

/// The cuts of an ordered fact, and its cells.
#[derive(Clone, Debug)]
pub(crate) struct Ordered {
    /// The first key of each segment but the first, ascending.
    cuts: Vec<i64>,
    least: i64,
    greatest: i64,
    /// In order of segments.
    cells: Vec<Cell>,
    /// The first cell of each segment, and the number of cells.
    first_cell: Vec<u32>,
    /// The code of each segment: its only cell, or a number past all cells.
    codes: Vec<u32>,
    /// As bits, the first cell of each segment that has several, and the cell behind its last.
    apart: Vec<u64>,
    /// The hidden quantities, in the order of `Cell::sides`.
    hidden: Vec<VagueIndex>,
    ends: Vec<Ends>,
}

impl Ordered {
    pub(crate) fn cut(
        used: &LimitsUsed,
        base: &CheckedBase,
        least: Option<i64>,
        greatest: Option<i64>,
    ) -> Self {
        let least = least.unwrap_or(i64::MIN);
        let greatest = greatest.unwrap_or(i64::MAX);
        let ends: Vec<Ends> = {
            let mut named: Vec<VagueIndex> = used
                .hidden
                .iter()
                .chain(&used.ends)
                .map(|(vague, _)| *vague)
                .collect();
            named.compact_sort();
            named.dedup();
            named
                .into_iter()
                .filter_map(|vague| {
                    base.vagues.get(vague.index()).map(|found| Ends {
                        vague,
                        from: key_of(found.from),
                        to: key_of(found.to),
                    })
                })
                .collect()
        };
        Self::of(used, ends, least, greatest)
    }

    fn of(used: &LimitsUsed, ends: Vec<Ends>, least: i64, greatest: i64) -> Self {
        let at = |key: i64, use_: Use| match use_ {
            Use::Below => Some(key),
            Use::Above => key.checked_add(1),
        };
        let mut cuts: Vec<i64> = used
            .exact
            .iter()
            .filter_map(|(key, use_)| at(*key, *use_))
            .collect();
        for (vague, use_) in used.hidden.iter().chain(&used.ends) {
            if let Some(ends) = ends.iter().find(|ends| ends.vague == *vague) {
                cuts.extend(at(ends.from, *use_));
                cuts.extend(at(ends.to, *use_));
            }
        }
        // A cut outside the range cuts nothing off.
        cuts.retain(|cut| *cut > least && *cut <= greatest);
        cuts.compact_sort();
        cuts.dedup();

        let mut hidden: Vec<VagueIndex> = used.hidden.iter().map(|(vague, _)| *vague).collect();
        hidden.compact_sort();
        hidden.dedup();
        let mut cells = Vec::new();
        let mut first_cell = Vec::with_capacity(cuts.len() + 2);
        for segment in 0..=cuts.len() {
            first_cell.push(u32::try_from(cells.len()).unwrap_or(u32::MAX));
            let low = segment
                .checked_sub(1)
                .and_then(|before| cuts.get(before))
                .copied()
                .unwrap_or(least);
            let high = cuts.get(segment).map_or(greatest, |next| next - 1);
            let mut ways: Vec<Vec<Side>> = vec![Vec::new()];
            for vague in &hidden {
                let sides = ends
                    .iter()
                    .find(|ends| ends.vague == *vague)
                    .map_or_else(Vec::new, |ends| {
                        let uses = |use_: Use| {
                            used.hidden
                                .iter()
                                .any(|(used, how)| used == vague && *how == use_)
                        };
                        possible_sides(low, high, *ends, uses(Use::Below), uses(Use::Above))
                    });
                ways = ways
                    .iter()
                    .flat_map(|way| {
                        sides
                            .iter()
                            .map(|side| way.iter().copied().chain([*side]).collect())
                    })
                    .collect();
            }
            cells.extend(ways.into_iter().map(|sides| Cell {
                segment: u32::try_from(segment).unwrap_or(u32::MAX),
                sides,
            }));
        }
        first_cell.push(u32::try_from(cells.len()).unwrap_or(u32::MAX));
        let mut next_code = u32::try_from(cells.len()).unwrap_or(u32::MAX);
        let codes = first_cell
            .windows(2)
            .map(|ends| match ends {
                [first, next] if next - first == 1 => *first,
                _ => {
                    next_code += 1;
                    next_code - 1
                }
            })
            .collect();
        let mut apart = vec![0_u64; cells.len().div_ceil(64)];
        for (first, next) in first_cell.iter().zip(first_cell.iter().skip(1)) {
            for cell in [*first, *next].into_iter().filter(|_| next - first > 1) {
                if let Some(word) = apart.get_mut((cell / 64) as usize) {
                    *word |= 1 << (cell % 64);
                }
            }
        }
        Self {
            cuts,
            least,
            greatest,
            cells,
            first_cell,
            codes,
            apart,
            hidden,
            ends,
        }
    }

    /// As bits, where segments of several cells begin, and where what follows them does.
    pub(crate) fn apart(&self) -> &[u64] {
        &self.apart
    }

    /// The code of each segment: its only cell, or, when it has several, a number past all cells.
    pub(crate) fn codes(&self) -> &[u32] {
        &self.codes
    }

    /// The code of the segment of a key.
    pub(crate) fn code_of(&self, key: i64) -> u32 {
        self.codes.get(self.segment_of(key)).copied().unwrap_or(0)
    }

    /// The smallest and the largest key that a case may state.
    pub(crate) fn range(&self) -> (i64, i64) {
        (self.least, self.greatest)
    }

    pub(crate) fn cell_count(&self) -> usize {
        self.cells.len()
    }

    /// The first key of each segment but the first.
    pub(crate) fn cuts(&self) -> &[i64] {
        &self.cuts
    }

    /// The segment of a key.
    pub(crate) fn segment_of(&self, key: i64) -> usize {
        self.cuts.partition_point(|cut| *cut <= key)
    }

    /// The segment of a cell.
    pub(crate) fn segment_of_cell(&self, cell: u32) -> usize {
        self.cells
            .get(cell as usize)
            .map_or(0, |cell| cell.segment as usize)
    }

    /// The cells of a segment: the first, and the one after the last.
    pub(crate) fn cells_of_segment(&self, segment: usize) -> (u32, u32) {
        let first = self.first_cell.get(segment).copied().unwrap_or(0);
        (first, self.first_cell.get(segment + 1).copied().unwrap_or(first))
    }

    /// The smallest and the largest key of a segment.
    pub(crate) fn bounds_of_segment(&self, segment: usize) -> (i64, i64) {
        let low = segment
            .checked_sub(1)
            .and_then(|before| self.cuts.get(before))
            .copied()
            .unwrap_or(self.least);
        (low, self.cuts.get(segment).map_or(self.greatest, |next| next - 1))
    }

    fn ends(&self, vague: VagueIndex) -> (i64, i64) {
        self.ends
            .iter()
            .find(|ends| ends.vague == vague)
            .map_or((i64::MIN, i64::MAX), |ends| (ends.from, ends.to))
    }

    /// Where a comparison with an exact value holds: the first cell, and the one after the last.
    pub(crate) fn holding(&self, comparison: Comparison, value: Scalar) -> (u32, u32) {
        let key = key_of(value);
        let all = self.cells_of_segments(self.cuts.len() + 1);
        match comparison {
            Comparison::AtLeast => (self.first_at_least(key), all),
            Comparison::MoreThan => (
                key.checked_add(1).map_or(all, |next| self.first_at_least(next)),
                all,
            ),
            Comparison::AtMost => (0, self.after_at_most(key)),
            Comparison::LessThan => (
                0,
                key.checked_sub(1).map_or(0, |before| self.after_at_most(before)),
            ),
        }
    }

    /// The first cell all of whose values are at least so much.
    fn first_at_least(&self, key: i64) -> u32 {
        if self.least >= key {
            return 0;
        }
        self.cells_of_segments(self.cuts.partition_point(|cut| *cut < key) + 1)
    }

    /// The cell after the last all of whose values are at most so much.
    fn after_at_most(&self, key: i64) -> u32 {
        let segments = if self.greatest <= key {
            self.cuts.len() + 1
        } else {
            // A cut lies above the least value, so there is a value before it.
            self.cuts.partition_point(|cut| *cut - 1 <= key)
        };
        self.cells_of_segments(segments)
    }

    /// How many cells the first so many segments have.
    fn cells_of_segments(&self, segments: usize) -> u32 {
        self.first_cell
            .get(segments)
            .or(self.first_cell.last())
            .copied()
            .unwrap_or(0)
    }

    /// Whether a comparison with a vague quantity holds in a cell.
    pub(crate) fn holds(&self, cell: u32, comparison: Comparison, vague: VagueIndex) -> bool {
        let side = self
            .hidden
            .iter()
            .position(|hidden| *hidden == vague)
            .and_then(|position| {
                self.cells
                    .get(cell as usize)
                    .and_then(|cell| cell.sides.get(position))
            })
            .copied();
        match comparison {
            Comparison::AtLeast => matches!(side, Some(Side::At | Side::Past)),
            Comparison::MoreThan => matches!(side, Some(Side::Past)),
            Comparison::AtMost => matches!(side, Some(Side::Below | Side::At)),
            Comparison::LessThan => matches!(side, Some(Side::Below)),
        }
    }

    /// The lower and the upper key of a limit.
    pub(crate) fn limit_keys(&self, limit: &Limit) -> (i64, i64) {
        match limit {
            Limit::Value(scalar) => (key_of(*scalar), key_of(*scalar)),
            Limit::Vague(vague) => self.ends(*vague),
            Limit::Step(_) => (i64::MAX, i64::MAX),
        }
    }

    /// The cells in which the limit is surely reached: the first, and the one after the last.
    pub(crate) fn reached(&self, limit: &Limit) -> (u32, u32) {
        let (_, to) = self.limit_keys(limit);
        (
            self.first_at_least(to),
            self.cells_of_segments(self.cuts.len() + 1),
        )
    }

    /// The cells that lie from the lower end of the limit on and before the upper.
    pub(crate) fn nearly_reached(&self, limit: &Limit) -> (u32, u32) {
        let (from, to) = self.limit_keys(limit);
        let after = to.checked_sub(1).map_or(0, |before| self.after_at_most(before));
        (self.first_at_least(from), after)
    }

    /// The cells in which the limit is surely not passed.
    pub(crate) fn within(&self, limit: &Limit) -> (u32, u32) {
        (0, self.after_at_most(self.limit_keys(limit).0))
    }

    /// The cells that lie past the lower end of the limit and not past the upper.
    pub(crate) fn nearly_within(&self, limit: &Limit) -> (u32, u32) {
        let (from, to) = self.limit_keys(limit);
        let all = self.cells_of_segments(self.cuts.len() + 1);
        let first = from.checked_add(1).map_or(all, |next| self.first_at_least(next));
        (first, self.after_at_most(to))
    }
}

/// The ways in which the values from `low` to `high` may stand to a hidden quantity between its ends,
/// as far as the comparisons used can tell them apart.
fn possible_sides(low: i64, high: i64, ends: Ends, below_used: bool, above_used: bool) -> Vec<Side> {
    let below = low < ends.to;
    let at = low <= ends.to && high >= ends.from;
    let past = high > ends.from;
    let mut sides = Vec::with_capacity(3);
    // Without `≤` and `>` nothing tells "at" from "past"; without `≥` and `<` nothing tells it from "below".
    match (below_used, above_used) {
        (true, true) => {
            sides.extend(below.then_some(Side::Below));
            sides.extend(at.then_some(Side::At));
            sides.extend(past.then_some(Side::Past));
        }
        (true, false) => {
            sides.extend(below.then_some(Side::Below));
            sides.extend((at || past).then_some(Side::Past));
        }
        _ => {
            sides.extend((below || at).then_some(Side::Below));
            sides.extend(past.then_some(Side::Past));
        }
    }
    sides
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What each cell's least and greatest value say, cell by cell.
    #[test]
    fn ranges_of_cells_are_those_whose_values_fit() {
        use Comparison::{AtLeast, AtMost, LessThan, MoreThan};
        let lists: [&[(i64, Use)]; 4] = [
            &[],
            &[(5, Use::Below)],
            &[(0, Use::Above), (5, Use::Below), (5, Use::Above)],
            &[
                (3, Use::Below),
                (7, Use::Above),
                (10, Use::Below),
                (10, Use::Above),
            ],
        ];
        for (exact, (least, greatest)) in lists
            .into_iter()
            .flat_map(|list| [(0, 10), (i64::MIN, i64::MAX), (5, 5)].map(|ends| (list, ends)))
        {
            let used = LimitsUsed {
                exact: exact.to_vec(),
                ..LimitsUsed::default()
            };
            let ordered = Ordered::of(&used, Vec::new(), least, greatest);
            let count = u32::try_from(ordered.cell_count()).unwrap_or(0);
            let fitting = |fits: &dyn Fn(i64, i64) -> bool| -> Vec<u32> {
                (0..count)
                    .filter(|cell| {
                        let (low, high) = ordered.bounds_of_segment(ordered.segment_of_cell(*cell));
                        fits(low, high)
                    })
                    .collect()
            };
            for key in [i64::MIN, -1, 0, 1, 3, 4, 5, 6, 7, 8, 10, 11, i64::MAX] {
                let limit = Limit::Value(Scalar::Integer(key));
                let ranges = [
                    (
                        ordered.holding(AtLeast, Scalar::Integer(key)),
                        fitting(&|low, _| low >= key),
                    ),
                    (
                        ordered.holding(MoreThan, Scalar::Integer(key)),
                        fitting(&|low, _| low > key),
                    ),
                    (
                        ordered.holding(AtMost, Scalar::Integer(key)),
                        fitting(&|_, high| high <= key),
                    ),
                    (
                        ordered.holding(LessThan, Scalar::Integer(key)),
                        fitting(&|_, high| high < key),
                    ),
                    (ordered.reached(&limit), fitting(&|low, _| low >= key)),
                    (ordered.within(&limit), fitting(&|_, high| high <= key)),
                ];
                for ((first, after), expected) in ranges {
                    assert_eq!(
                        (first..after).collect::<Vec<u32>>(),
                        expected,
                        "{key} in {exact:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn keys_of_numbers_keep_their_order() {
        let values = [
            f64::MIN,
            -1.5,
            -1.0,
            -f64::MIN_POSITIVE,
            0.0,
            f64::MIN_POSITIVE,
            1.0,
            1.0f64.next_up(),
            f64::MAX,
        ];
        let keys: Vec<i64> = values.iter().map(|value| number_key(*value)).collect();
        assert!(keys.is_sorted());
        assert_eq!(number_key(-0.0), number_key(0.0));
        assert_eq!(number_key(1.0) + 1, number_key(1.0f64.next_up()));
        for value in values {
            assert_eq!(value_of_key(number_key(value)), value);
        }
    }
}
