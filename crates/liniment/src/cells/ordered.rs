//! The cuts of an ordered fact.

use crate::check::base::{CheckedBase, Comparison, Limit, Scalar, VagueIndex};

/// A value of an ordered fact as a whole number that keeps the order: durations in microseconds,
/// integers as they are, numbers by the bits of their f64.
pub(crate) fn key_of(scalar: Scalar) -> i64 {
    match scalar {
        Scalar::Integer(value) | Scalar::Duration(value) => value,
        Scalar::Number(value) => number_key(value),
    }
}

/// The key of a number: the next larger f64 has the next larger key. Minus zero counts as zero.
pub(crate) fn number_key(value: f64) -> i64 {
    let value = if value == 0.0 { 0.0 } else { value };
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
            named.sort_unstable();
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
        cuts.sort_unstable();
        cuts.dedup();

        let mut hidden: Vec<VagueIndex> = used.hidden.iter().map(|(vague, _)| *vague).collect();
        hidden.sort_unstable();
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
        Self {
            cuts,
            least,
            greatest,
            cells,
            first_cell,
            codes,
            hidden,
            ends,
        }
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

    fn bounds(&self, cell: u32) -> (i64, i64) {
        self.bounds_of_segment(self.segment_of_cell(cell))
    }

    fn ends(&self, vague: VagueIndex) -> (i64, i64) {
        self.ends
            .iter()
            .find(|ends| ends.vague == vague)
            .map_or((i64::MIN, i64::MAX), |ends| (ends.from, ends.to))
    }

    /// Whether a comparison holds in a cell.
    pub(crate) fn holds(&self, cell: u32, comparison: Comparison, limit: &Limit) -> bool {
        let (low, high) = self.bounds(cell);
        match limit {
            Limit::Step(_) => false,
            Limit::Value(scalar) => {
                let key = key_of(*scalar);
                match comparison {
                    Comparison::AtLeast => low >= key,
                    Comparison::MoreThan => low > key,
                    Comparison::AtMost => high <= key,
                    Comparison::LessThan => high < key,
                }
            }
            Limit::Vague(vague) => {
                let side = self
                    .hidden
                    .iter()
                    .position(|hidden| hidden == vague)
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

    pub(crate) fn reached(&self, cell: u32, limit: &Limit) -> bool {
        self.bounds(cell).0 >= self.limit_keys(limit).1
    }

    pub(crate) fn nearly_reached(&self, cell: u32, limit: &Limit) -> bool {
        let (from, to) = self.limit_keys(limit);
        let (low, high) = self.bounds(cell);
        low >= from && high < to
    }

    pub(crate) fn within(&self, cell: u32, limit: &Limit) -> bool {
        self.bounds(cell).1 <= self.limit_keys(limit).0
    }

    pub(crate) fn nearly_within(&self, cell: u32, limit: &Limit) -> bool {
        let (from, to) = self.limit_keys(limit);
        let (low, high) = self.bounds(cell);
        low > from && high <= to
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
