//! Circuits in a SAT solver: gates that fold constants, equal gates once.

use std::cell::Cell;

use batsat::{Callbacks, ClauseKind, Lit, Solver, SolverInterface, SolverOpts, lbool};
use hashbrown::HashMap;

use super::scene::Rail;
use crate::compact_sort::CompactSort;

/// Counts the work of one search and stops it at the budget. The same on every machine.
#[derive(Default)]
struct Meter {
    left: Cell<u64>,
}

/// A conflict takes as much work as so many decisions.
const CONFLICT: u64 = 1_000;

impl Callbacks for Meter {
    fn on_new_clause(&mut self, _: &[Lit], _: ClauseKind) {
        self.left.set(self.left.get().saturating_sub(CONFLICT));
    }

    fn stop(&self) -> bool {
        let left = self.left.get();
        self.left.set(left.saturating_sub(1));
        left == 0
    }
}

/// What a search found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// Something that satisfies it; its values can be read until the next clause or search.
    Model,
    Nothing,
    /// The budget was used up.
    Undecided,
}

/// What a condition is made of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Form {
    Constant(bool),
    /// The unknowns of a variable, and the cells in which the literal holds.
    Literal(Vec<Lit>, Vec<u32>),
    Not(u32),
    All(Vec<u32>),
    Any(Vec<u32>),
    Score(i64, i64, Vec<(i64, u32)>),
}

/// The solver and its gates.
pub(super) struct Gates {
    solver: Solver<Meter>,
    truth: Lit,
    known: HashMap<Vec<Lit>, Lit>,
    /// Numbers of conditions by what they are made of, over all cases asked about.
    forms: HashMap<Form, u32>,
    /// Free rails by the number of their condition: what is the same condition of the same unknowns in two
    /// cases is the same.
    free: HashMap<u32, Rail>,
    /// "Any of these", by when each counts and the number of its condition.
    joins: HashMap<Vec<(Lit, u32)>, Lit>,
    /// New gates are never guessed at: what they are made of decides them.
    pub(super) follows: bool,
}

impl Gates {
    pub(super) fn new() -> Self {
        let mut solver = Solver::new(SolverOpts::default(), Meter::default());
        let truth = Lit::new(solver.new_var_default(), true);
        solver.add_clause_reuse(&mut vec![truth]);
        Self {
            solver,
            truth,
            known: HashMap::new(),
            forms: HashMap::new(),
            free: HashMap::new(),
            joins: HashMap::new(),
            follows: false,
        }
    }

    pub(super) fn constant(&self, value: bool) -> Lit {
        if value { self.truth } else { !self.truth }
    }

    pub(super) fn fresh(&mut self) -> Lit {
        Lit::new(self.solver.new_var_default(), true)
    }

    /// At least one of these holds.
    pub(super) fn clause(&mut self, parts: &[Lit]) {
        if !parts.contains(&self.truth) {
            let mut parts = parts.to_vec();
            self.solver.add_clause_reuse(&mut parts);
        }
    }

    /// The first holds only if the second does.
    pub(super) fn implies(&mut self, first: Lit, second: Lit) {
        self.clause(&[!first, second]);
    }

    pub(super) fn and(&mut self, parts: impl IntoIterator<Item = Lit>) -> Lit {
        let mut parts: Vec<Lit> = parts.into_iter().filter(|part| *part != self.truth).collect();
        parts.compact_sort();
        parts.dedup();
        // A literal and its negation are neighbours.
        let contrary = parts
            .windows(2)
            .any(|pair| matches!(pair, [one, other] if *one == !*other));
        if contrary || parts.contains(&!self.truth) {
            return !self.truth;
        }
        match parts.as_slice() {
            [] => return self.truth,
            [one] => return *one,
            _ => {}
        }
        if let Some(known) = self.known.get(&parts) {
            return *known;
        }
        let gate = Lit::new(self.solver.new_var(lbool::UNDEF, !self.follows), true);
        for part in &parts {
            self.solver.add_clause_reuse(&mut vec![!gate, *part]);
        }
        let mut all: Vec<Lit> = parts.iter().map(|part| !*part).collect();
        all.push(gate);
        self.solver.add_clause_reuse(&mut all);
        self.known.insert(parts, gate);
        gate
    }

    pub(super) fn or(&mut self, parts: impl IntoIterator<Item = Lit>) -> Lit {
        let parts: Vec<Lit> = parts.into_iter().map(|part| !part).collect();
        !self.and(parts)
    }

    /// The two differ.
    pub(super) fn differ(&mut self, one: Lit, other: Lit) -> Lit {
        if one == other {
            return self.constant(false);
        }
        let first = self.and([one, !other]);
        let second = self.and([!one, other]);
        self.or([first, second])
    }

    /// The number of a condition.
    pub(super) fn number_of(&mut self, form: Form) -> u32 {
        let next = u32::try_from(self.forms.len()).unwrap_or(u32::MAX);
        *self.forms.entry(form).or_insert(next)
    }

    /// The free rail of a condition, if there is one already.
    pub(super) fn free_rail(&self, number: u32) -> Option<Rail> {
        self.free.get(&number).copied()
    }

    pub(super) fn set_free_rail(&mut self, number: u32, rail: Rail) {
        self.free.insert(number, rail);
    }

    /// Whether "any of these" is True: one literal for the same parts, new if need be.
    pub(super) fn join(&mut self, mut parts: Vec<(Lit, u32)>) -> Lit {
        parts.compact_sort();
        if let Some(known) = self.joins.get(&parts) {
            return *known;
        }
        let sure = self.fresh();
        self.joins.insert(parts, sure);
        sure
    }

    /// Looks for something that satisfies every clause and these.
    pub(super) fn search(&mut self, assumptions: &[Lit], budget: u64) -> Found {
        self.solver.cb_mut().left.set(budget.saturating_mul(CONFLICT));
        let answer = self.solver.solve_limited(assumptions);
        if answer == lbool::TRUE {
            Found::Model
        } else if answer == lbool::FALSE {
            Found::Nothing
        } else {
            Found::Undecided
        }
    }

    /// After a search that found nothing: the assumptions that together cannot hold.
    pub(super) fn core(&self, assumptions: &[Lit]) -> Vec<Lit> {
        // The solver names the negations of those that failed.
        assumptions
            .iter()
            .copied()
            .filter(|part| {
                self.solver.unsat_core_contains_lit(*part) || self.solver.unsat_core_contains_lit(!*part)
            })
            .collect()
    }

    /// After a search that found a model: whether it holds there.
    pub(super) fn holds(&self, part: Lit) -> bool {
        self.solver.value_lit(part) == lbool::TRUE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gates_fold_and_are_shared() {
        let mut gates = Gates::new();
        let (one, two) = (gates.fresh(), gates.fresh());
        assert_eq!(gates.and([one, two]), gates.and([two, one, gates.constant(true)]));
        assert_eq!(gates.and([one, !one]), gates.constant(false));
        assert_eq!(gates.or([one, gates.constant(false)]), one);
        let differ = gates.differ(one, two);
        assert_eq!(gates.search(&[differ, one, two], 1_000), Found::Nothing);
        assert_eq!(gates.search(&[differ, one], 1_000), Found::Model);
        assert!(!gates.holds(two));
        let both = gates.and([one, two]);
        let three = gates.fresh();
        assert_eq!(gates.search(&[three, both, !one], 1_000), Found::Nothing);
        let core = gates.core(&[three, both, !one]);
        assert!(core.contains(&both) && core.contains(&!one) && !core.contains(&three));
    }
}
