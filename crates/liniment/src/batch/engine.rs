//! How the output of a batch is decided: over many rows at once where that can be, else group by group.

use std::collections::HashMap;

use super::decode::Form;
use super::options::BatchOutput;
use super::planes::{Lower, Merged, Planes};
use crate::cells::Cells;
use crate::check::base::FactIndex;
use crate::compile::Program;

/// A way to decide many rows at once.
#[derive(Debug)]
pub(super) struct Engine {
    pub(super) planes: Planes,
}

/// By fact: its column, and how that is read.
pub(super) type Columns = HashMap<FactIndex, (usize, Form)>;

impl Engine {
    /// The planes of an output, if it can be decided so. The last plane is that of the rows to be evaluated
    /// alone.
    pub(super) fn new(
        program: &Program,
        columns: &Columns,
        order: &[FactIndex],
        output: BatchOutput,
    ) -> Option<Self> {
        match output {
            BatchOutput::Masks => Some(masks(program, columns, order)),
            _ => None,
        }
    }
}

/// The least and the greatest key of each column's fact.
pub(super) fn ranges(cells: &Cells, order: &[FactIndex]) -> Vec<Option<(i64, i64)>> {
    order
        .iter()
        .map(|fact| cells.ordered(*fact).map(|ordered| ordered.range()))
        .collect()
}

/// For each rule: where it is live, and where it is known whether it is.
fn masks(program: &Program, columns: &Columns, order: &[FactIndex]) -> Engine {
    let live: Vec<_> = program.rules.iter().map(|rule| rule.live).collect();
    let merged = Merged::new(&program.cells, &program.nodes, &live);
    let mut lower = Lower::new(&program.cells, columns);
    let mut wanted = Vec::with_capacity(2 * live.len() + 1);
    for node in live {
        let pair = lower.exact(&merged.nodes, merged.of(node));
        wanted.push(pair.surely);
        let settled = lower.settled(pair);
        wanted.push(settled);
    }
    wanted.push(lower.all_alone());
    Engine {
        planes: Planes::new(lower, wanted, ranges(&program.cells, order)),
    }
}
