//! How the output of a batch is decided for many rows at once, where it can be.

use hashbrown::HashMap;

use super::decode::Form;
use super::options::BatchOutput;
use super::planes::{Lower, Merged, Planes};
use super::verdicts;
use crate::cells::Cells;
use crate::check::base::{CheckedBase, FactIndex};
use crate::compile::{NodeId, Program};
use crate::verdict::Verdict;

/// A way to decide many rows at once.
#[derive(Debug)]
pub(super) struct Engine {
    /// The last plane is that of the rows to be evaluated alone.
    pub(super) planes: Planes,
    pub(super) gives: Gives,
}

/// What the planes before the last are.
#[derive(Debug)]
pub(super) enum Gives {
    /// For each rule two: where it is live, and where it is known whether it is.
    Masks,
    /// For each advice id one for each of these verdicts: where it is given.
    Verdicts(Vec<Vec<Verdict>>),
}

/// By fact: its column, and how that is read.
pub(super) type Columns = HashMap<FactIndex, (usize, Form)>;

impl Engine {
    /// The planes of an output, if it can be decided so.
    pub(super) fn new(
        base: &CheckedBase,
        program: &Program,
        columns: &Columns,
        order: &[FactIndex],
        output: BatchOutput,
    ) -> Option<Self> {
        let roots: Vec<NodeId> = match output {
            BatchOutput::Masks => program.rules.iter().map(|rule| rule.live).collect(),
            BatchOutput::Verdicts => program.rules.iter().flat_map(|rule| rule.roots()).collect(),
            _ => return None,
        };
        let merged = Merged::new(&program.cells, &program.nodes, &roots);
        let mut lower = Lower::new(&program.cells, columns);
        let (mut wanted, gives) = match output {
            BatchOutput::Masks => {
                let mut wanted = Vec::with_capacity(2 * roots.len() + 1);
                for node in roots {
                    let pair = lower.exact(&merged.nodes, merged.of(node));
                    wanted.push(pair.surely);
                    wanted.push(lower.settled(pair));
                }
                (wanted, Gives::Masks)
            }
            _ => {
                let (wanted, given) = verdicts::lower(base, program, &merged, &mut lower);
                (wanted, Gives::Verdicts(given))
            }
        };
        wanted.push(lower.all_alone());
        Some(Engine {
            planes: Planes::new(lower, wanted, ranges(&program.cells, order)),
            gives,
        })
    }
}

/// The least and the greatest key of each column's fact.
fn ranges(cells: &Cells, order: &[FactIndex]) -> Vec<Option<(i64, i64)>> {
    order
        .iter()
        .map(|fact| cells.ordered(*fact).map(|ordered| ordered.range()))
        .collect()
}
