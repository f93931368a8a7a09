//! What the steps over the blocks of a chunk read.

use std::ops::Range;

use liniment_planes::{Column, Ends, Input, Instructions, Outputs, Plan, Slot, Table};

use super::lower::{CodedLiteral, Lower};
use crate::batch::book::Book;
use crate::batch::decode::{Codes, Decoded, Ids};
use crate::cells::value_of_key;

/// Steps, and which of their planes are wanted.
#[derive(Debug)]
pub(in super::super) struct Planes {
    plan: Plan,
    literals: Vec<CodedLiteral>,
}

/// Numbers are compared one by one up to so many; past that each row is looked up.
const LISTED: usize = 8;

impl Planes {
    /// `wanted` are the planes that are given, in this order; `ranges` by column the least and the greatest key that its fact takes.
    pub(in super::super) fn new(
        lower: Lower<'_>,
        mut wanted: Vec<Slot>,
        ranges: Vec<Option<(i64, i64)>>,
    ) -> Self {
        let (steps, literals) = lower.finish(&mut wanted);
        let ends = |(least, greatest): (i64, i64)| Ends {
            of_wholes: (least, greatest),
            of_floats: (
                if least == i64::MIN {
                    f64::MIN
                } else {
                    value_of_key(least)
                },
                if greatest == i64::MAX {
                    f64::MAX
                } else {
                    value_of_key(greatest)
                },
            ),
        };
        let ends = ranges.into_iter().map(|range| range.map(ends)).collect();
        Self {
            plan: Plan::new(steps, wanted, ends),
            literals,
        }
    }

    /// How many planes are given.
    pub(in super::super) fn wanted(&self) -> usize {
        self.plan.wanted()
    }

    /// Fills the planes of these blocks of a chunk. `outputs` starts at the first of them.
    pub(in super::super) fn run(
        &self,
        instructions: Instructions,
        columns: &[Decoded<'_>],
        books: &[Book],
        rows: usize,
        blocks: Range<usize>,
        outputs: &mut Outputs<'_>,
    ) {
        let tables = self
            .literals
            .iter()
            .map(|literal| [true, false].map(|surely| table(literal, columns, books, surely)))
            .collect();
        let views: Vec<Column<'_>> = columns.iter().map(view).collect();
        let input = Input {
            plan: &self.plan,
            columns: &views,
            rows,
            tables,
        };
        liniment_planes::run(instructions, &input, blocks, outputs);
    }
}

/// What the loops see of a column.
fn view<'a>(column: &'a Decoded<'_>) -> Column<'a> {
    match column {
        Decoded::Yes { yes, known } => Column::Yes {
            yes,
            known: known.as_deref(),
        },
        Decoded::Floats { values, known } => Column::Floats {
            values,
            known: known.as_deref(),
        },
        Decoded::Wholes { values, known } => Column::Wholes {
            values,
            known: known.as_deref(),
        },
        Decoded::Codes(codes) => match &codes.ids {
            Ids::Small { ids, known, .. } => Column::Small {
                ids,
                known: known.as_deref(),
            },
            Ids::Wide(codes) => Column::Wide(codes),
        },
    }
}

fn table(literal: &CodedLiteral, columns: &[Decoded<'_>], books: &[Book], surely: bool) -> Table {
    let Some(book) = books.get(literal.column) else {
        return Table::Listed {
            ids: Vec::new(),
            or_unknown: !surely,
        };
    };
    let holds: Vec<bool> = book
        .possible()
        .map(|possible| {
            let words = possible.get(literal.words.clone()).unwrap_or(&[]);
            let (mut inside, mut outside) = (false, false);
            for (possible, holds) in words.iter().zip(literal.holds_in.words()) {
                inside |= possible & holds != 0;
                outside |= possible & !holds != 0;
            }
            inside && !(surely && outside)
        })
        .collect();
    match columns.get(literal.column) {
        Some(Decoded::Codes(Codes {
            ids: Ids::Small { codes, .. },
            ..
        })) => {
            let by_id: Vec<bool> = codes
                .iter()
                .map(|code| holds.get(*code as usize).copied().unwrap_or(false))
                .collect();
            let ids: Vec<u8> = by_id
                .iter()
                .zip(0u8..=u8::MAX)
                .filter(|(holds, _)| **holds)
                .map(|(_, id)| id)
                .collect();
            if ids.len() <= LISTED {
                Table::Listed {
                    ids,
                    or_unknown: !surely,
                }
            } else {
                let mut by_id = by_id;
                by_id.resize(256, false);
                Table::ByCode {
                    holds: by_id,
                    or_unknown: !surely,
                }
            }
        }
        _ => Table::ByCode {
            holds,
            or_unknown: !surely,
        },
    }
}
