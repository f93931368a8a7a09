//! Rows that leave the same cells possible are one group: what is decided of one holds for all.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::book::UNKNOWN;
use super::decode::{Decoded, Ids};
use super::room::Bits;
use crate::cells::{Ordered, number_key};

/// Groups met so far, by the codes of their rows.
#[derive(Debug, Default)]
pub(super) struct Groups {
    /// The last group of each hash.
    last: HashMap<u64, u32, BuildHasherDefault<Identity>>,
    /// By group: the one of the same hash before it.
    before: Vec<Option<u32>>,
    /// The codes of each group, one after the other.
    codes: Vec<u32>,
}

/// The groups of some rows.
pub(super) struct Assigned {
    /// By row as listed: its group.
    pub(super) groups: Vec<u32>,
    /// The groups met for the first time, in order, each with a row of it.
    pub(super) new: Vec<u32>,
}

impl Groups {
    pub(super) fn len(&self) -> usize {
        self.before.len()
    }

    /// Groups rows by the codes of their columns. `rows` says which rows these are.
    pub(super) fn assign(&mut self, columns: &[Vec<u32>], rows: &[u32]) -> Assigned {
        let mut hashes = vec![0u64; rows.len()];
        for column in columns {
            for (hash, code) in hashes.iter_mut().zip(column) {
                *hash = (hash.rotate_left(23) ^ u64::from(*code)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            }
        }
        let mut assigned = Assigned {
            groups: Vec::with_capacity(rows.len()),
            new: Vec::new(),
        };
        let mut key: Vec<u32> = Vec::with_capacity(columns.len());
        for (place, (hash, row)) in hashes.iter().zip(rows).enumerate() {
            key.clear();
            key.extend(
                columns
                    .iter()
                    .map(|column| column.get(place).copied().unwrap_or(UNKNOWN)),
            );
            // The high bits are the best mixed.
            let hash = hash ^ (hash >> 32);
            let last = self.last.get(&hash).copied();
            let mut found = last;
            while let Some(group) = found {
                let start = group as usize * key.len();
                if self.codes.get(start..start + key.len()) == Some(key.as_slice()) {
                    break;
                }
                found = self.before.get(group as usize).copied().flatten();
            }
            let group = found.unwrap_or_else(|| {
                let group = u32::try_from(self.before.len()).unwrap_or(u32::MAX);
                self.before.push(last);
                self.last.insert(hash, group);
                self.codes.extend_from_slice(&key);
                assigned.new.push(*row);
                group
            });
            assigned.groups.push(group);
        }
        assigned
    }
}

/// Hashes that are well mixed already.
#[derive(Default)]
struct Identity(u64);

impl Hasher for Identity {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }
    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}

fn has(bits: Option<&Bits<'_>>, row: usize) -> bool {
    bits.is_none_or(|bits| bits.get(row / 64).is_some_and(|word| word >> (row % 64) & 1 == 1))
}

/// The codes of some rows of a column; a row with a value that its fact does not take counts as unknown, and
/// is added to `bad`.
pub(super) fn codes_of(
    column: &Decoded<'_>,
    ordered: Option<&Ordered>,
    rows: &[u32],
    bad: &mut Vec<u32>,
) -> Vec<u32> {
    let segment = |key: i64, fits: bool, row: u32, bad: &mut Vec<u32>| {
        if fits {
            ordered.map_or(1, |ordered| {
                u32::try_from(ordered.segment_of(key)).unwrap_or(0) + 1
            })
        } else {
            bad.push(row);
            UNKNOWN
        }
    };
    let (least, greatest) = ordered.map_or((i64::MIN, i64::MAX), Ordered::range);
    let listed = rows.iter().map(|row| (*row, *row as usize));
    match column {
        Decoded::Yes { yes, known } => listed
            .map(|(_, row)| match (has(known.as_ref(), row), has(Some(yes), row)) {
                (false, _) => UNKNOWN,
                (true, yes) => 1 + u32::from(yes),
            })
            .collect(),
        Decoded::Floats { values, known } => listed
            .map(|(place, row)| match values.get(row) {
                Some(value) if has(known.as_ref(), row) => {
                    let key = number_key(*value);
                    let fits = value.is_finite() && key >= least && key <= greatest;
                    segment(key, fits, place, bad)
                }
                _ => UNKNOWN,
            })
            .collect(),
        Decoded::Wholes { values, known } => listed
            .map(|(place, row)| match values.get(row) {
                Some(value) if has(known.as_ref(), row) => {
                    segment(*value, *value >= least && *value <= greatest, place, bad)
                }
                _ => UNKNOWN,
            })
            .collect(),
        Decoded::Codes(codes) => {
            bad.extend(codes.bad.iter().filter(|row| rows.binary_search(row).is_ok()));
            match &codes.ids {
                Ids::Small { ids, codes, known } => listed
                    .map(|(_, row)| match ids.get(row) {
                        Some(id) if has(known.as_ref(), row) => {
                            codes.get(usize::from(*id)).copied().unwrap_or(UNKNOWN)
                        }
                        _ => UNKNOWN,
                    })
                    .collect(),
                Ids::Wide(codes) => listed
                    .map(|(_, row)| codes.get(row).copied().unwrap_or(UNKNOWN))
                    .collect(),
            }
        }
    }
}
