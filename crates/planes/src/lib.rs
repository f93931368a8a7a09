//! The loops of Liniment that are compiled for speed where the rest is compiled small: rules over many rows at once,
//! steps over blocks of bits. What these planes mean, and how rules become steps, is said in the library `liniment`,
//! of which this is a part; it promises nothing to anybody else.

mod ahead;
mod compare;
mod instructions;
mod plan;
mod run;
mod spread;

pub use instructions::Instructions;
pub use plan::Plan;
pub use run::run;
pub use spread::{count, spread};

/// A column of a chunk. Bits stand 64 to a word, the first row lowest; where there are none of what is known, no row
/// is null.
#[derive(Clone, Copy, Debug)]
pub enum Column<'a> {
    /// Yes and no.
    Yes {
        /// Where it is yes.
        yes: &'a [u64],
        /// Where it is not null.
        known: Option<&'a [u64]>,
    },
    /// Numbers.
    Floats {
        /// By row.
        values: &'a [f64],
        /// Where it is not null.
        known: Option<&'a [u64]>,
    },
    /// Whole numbers, or times in microseconds.
    Wholes {
        /// By row.
        values: &'a [i64],
        /// Where it is not null.
        known: Option<&'a [u64]>,
    },
    /// Small numbers that stand for codes.
    Small {
        /// By row.
        ids: &'a [u8],
        /// Where it is not null.
        known: Option<&'a [u64]>,
    },
    /// The codes themselves.
    Wide(&'a [u32]),
}

/// The rows of a block, and its words.
pub const WORDS: usize = 8;
/// See [`WORDS`].
pub const ROWS: usize = WORDS * 64;

/// A block of one plane.
pub type Block = [u64; WORDS];

/// How a block of a plane comes about. Slots are those of earlier steps.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// Nowhere.
    None,
    /// Everywhere.
    All,
    /// Where the column has a value that its fact takes.
    Known(usize),
    /// Where a column of yes and no is yes.
    Yes(usize),
    /// Where a column's value is at least so much: the bits of an f64.
    AtLeastFloat(usize, u64),
    /// The same of whole numbers.
    AtLeastWhole(usize, i64),
    /// Where a coded column surely, or perhaps, meets a literal.
    Coded {
        /// The column.
        column: usize,
        /// Which literal.
        literal: usize,
        /// Surely, or perhaps.
        surely: bool,
    },
    /// Where a column's value meets so many limits of a ranking of a [`Plan`], which alone makes such steps.
    Ranked {
        /// Which ranking.
        ranking: usize,
        /// So many.
        least: u8,
    },
    /// Where an odd number of them is.
    Odd(Vec<Slot>),
    /// Where both are.
    Both([Slot; 2]),
    /// Where either is.
    Either([Slot; 2]),
    /// Where all are.
    Every(Vec<Slot>),
    /// Where any is.
    Any(Vec<Slot>),
    /// Where it is not.
    Not(Slot),
    /// Where the first is and the second is not.
    Without([Slot; 2]),
    /// Where the first is or the second is not.
    OrNot([Slot; 2]),
}

impl Step {
    /// The blocks that it reads.
    pub fn slots_mut(&mut self) -> &mut [Slot] {
        match self {
            Step::None
            | Step::All
            | Step::Known(_)
            | Step::Yes(_)
            | Step::AtLeastFloat(..)
            | Step::AtLeastWhole(..)
            | Step::Ranked { .. }
            | Step::Coded { .. } => &mut [],
            Step::Not(slot) => std::slice::from_mut(slot),
            Step::Both(slots) | Step::Either(slots) | Step::Without(slots) | Step::OrNot(slots) => slots,
            Step::Odd(slots) | Step::Every(slots) | Step::Any(slots) => slots,
        }
    }
}

/// A step, and where its block is written. It may be where one stands that the step reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The step.
    pub step: Step,
    /// The place.
    pub into: Slot,
}

/// The place of a step's block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Slot(pub u32);

impl Slot {
    /// As the place in a list.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The least and the greatest value that a fact takes.
#[derive(Clone, Copy, Debug)]
pub struct Ends {
    /// Of whole numbers.
    pub of_wholes: (i64, i64),
    /// Of numbers.
    pub of_floats: (f64, f64),
}

/// A literal of a coded column: how each of the column's small numbers stands to it.
#[derive(Debug)]
pub enum Table {
    /// Where one of these numbers stands.
    Listed {
        /// The numbers.
        ids: Vec<u8>,
        /// Whether rows that are null count too.
        or_unknown: bool,
    },
    /// By number, or by code.
    ByCode {
        /// Whether it holds.
        holds: Vec<bool>,
        /// Whether rows that are null count too.
        or_unknown: bool,
    },
}

/// What the steps read.
#[derive(Debug)]
pub struct Input<'a> {
    /// The steps.
    pub plan: &'a Plan,
    /// The columns of the chunk.
    pub columns: &'a [Column<'a>],
    /// How many rows there are.
    pub rows: usize,
    /// By literal: where it surely holds, and where it can.
    pub tables: Vec<[Table; 2]>,
}

/// The planes of some blocks: the words of each, and of each column the rows with a value that its fact does
/// not take.
#[derive(Debug)]
pub struct Outputs<'o> {
    /// The planes that were asked for.
    pub wanted: Vec<&'o mut [u64]>,
    /// By column: where a value is not its fact's.
    pub bad: Vec<&'o mut [u64]>,
}
