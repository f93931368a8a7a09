//! Whether some answer to one question would change one verdict, under some completion of the other facts.
//!
//! A depth-first search over the facts that the verdict rests on: first those that keep the question
//! open, then the rest. A branch is left as soon as nothing open depends on the question any more.

use hashbrown::HashSet;

use super::above::Above;
use super::is_unknown;
use super::values::Values;
use crate::advice::Assembly;
use crate::cells::{CellSet, VariableIndex};
use crate::check::base::{AdviceIndex, CheckedBase, FactIndex, RuleIndex};
use crate::compact_sort::CompactSort;
use crate::compile::{Focus, FocusNodes, Node, NodeId, Program, Root};
use crate::evaluate::{Possible, Truth, Truths, verdict_of, words_of};
use crate::verdict::Verdict;

/// How many steps a completion that served the question before may take, and how many of its answers are tried.
const STEPS_AS_BEFORE: usize = 32;
const ANSWERS_AS_BEFORE: usize = 4;

/// What an answer can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    Changes,
    ChangesNothing,
}

/// The search for one advice id; it serves every question that may bear on it.
pub(super) struct Change<'a> {
    base: &'a CheckedBase,
    program: &'a Program,
    /// What is known, and what silences the advice answered so that it does not, as far as the advice
    /// itself does not hang on those answers.
    possible: Vec<u64>,
    focus: &'a Focus,
    stage_facts: &'a [FactIndex],
    advice: AdviceIndex,
    /// The nodes that decide what the advice's own rules say.
    core: Vec<&'a Root>,
    /// The nodes that decide what silences it, as far as they are still open.
    suppressors: Vec<&'a Root>,
    /// The steps of staged plans among the advice's own rules: where each has something to say.
    steps: Vec<NodeId>,
    /// What is still open of all of them and everything below, children before parents.
    nodes: Vec<NodeId>,
    /// The truths of all nodes that no answer can change any more.
    settled: Vec<Truth>,
    rules: &'a [RuleIndex],
    /// By variable, worked out when first needed.
    values: Vec<Option<Values>>,
    above: Above,
    fact: FactIndex,
    left: usize,
    /// The last completion under which an answer changed the verdict, and the fact that was asked for.
    shown: Option<(FactIndex, Vec<u64>)>,
}

impl<'a> Change<'a> {
    /// For questions about facts of the advice's own rules, and about `others`.
    pub(super) fn new(assembly: &Assembly<'a>, advice: AdviceIndex, others: &[FactIndex]) -> Option<Self> {
        let (base, program) = (assembly.base, assembly.program);
        let focus = program.focuses.get(advice.index())?;
        let found = focus.nodes(base, program);
        let mut change = Self {
            base,
            program,
            possible: assembly.truths.possible.to_vec(),
            focus,
            stage_facts: &found.stage_facts,
            advice,
            core: found
                .core
                .iter()
                .filter(|root| assembly.truths.kleene(root.node) == Truth::Unknown)
                .collect(),
            suppressors: found
                .suppressors
                .iter()
                .filter(|root| assembly.truths.kleene(root.node) == Truth::Unknown)
                .collect(),
            steps: found
                .core
                .iter()
                .filter(|root| root.staged)
                .map(|root| root.live)
                .collect(),
            nodes: found.nodes.clone(),
            settled: vec![Truth::Unknown; program.nodes.len()],
            rules: &found.rules,
            values: vec![None; program.cells.variables.len()],
            above: Above::default(),
            fact: FactIndex::new(0),
            left: 0,
            shown: None,
        };
        change.quieten(found, others);
        Some(change)
    }

    /// Answers the facts, but for `others`, that only what silences the advice hangs on, so that it does not.
    /// Whatever changes the advice while it is silenced changes it too, or more, while it is not.
    fn quieten(&mut self, found: &FocusNodes, others: &[FactIndex]) {
        let own: HashSet<FactIndex> = found
            .core
            .iter()
            .flat_map(|root| &root.literals)
            .map(|(_, fact)| *fact)
            .chain(found.stage_facts.iter().copied())
            .chain(others.iter().copied())
            .collect();
        let foreign = |root: &Root| root.literals.iter().all(|(_, fact)| !own.contains(fact));
        let mut facts: Vec<FactIndex> = self
            .suppressors
            .iter()
            .filter(|root| foreign(root))
            .flat_map(|root| &root.literals)
            .map(|(_, fact)| *fact)
            .collect();
        facts.compact_sort();
        facts.dedup();
        let mut possible = self.possible.clone();
        facts.retain(|fact| is_unknown(&self.program.cells, &self.possible, *fact));
        for fact in facts {
            // The first value that lets nothing more speak: as a rule "no", or none of the options.
            for variable in self.program.cells.variables_of(fact) {
                let values = self.values_of(variable);
                if let Some(first) = values.nth_or_last(0) {
                    values.put(&mut possible, first);
                }
            }
        }
        let truths = Truths::some(
            &self.program.cells,
            &self.program.nodes,
            self.program.boxes,
            &possible,
            &found.nodes,
        );
        let still_open: Vec<&'a Root> = self
            .suppressors
            .iter()
            .copied()
            .filter(|root| truths.kleene(root.node) != Truth::False)
            .collect();
        let quiet = still_open.iter().all(|root| !foreign(root));
        drop(truths);
        if quiet {
            self.possible = possible;
            self.suppressors = still_open;
        }
        self.settled = self.evaluated(&self.possible);
        self.nodes
            .retain(|node| self.settled.get(node.index()) == Some(&Truth::Unknown));
        self.above = Above::of(&self.program.nodes, &self.nodes);
    }

    /// Whether some answer changes the verdict; none when that was not decided within the budget.
    pub(super) fn possible(&mut self, fact: FactIndex, budget: usize) -> Option<Answer> {
        self.fact = fact;
        if self.changes_as_before() {
            return Some(Answer::Changes);
        }
        self.left = budget;
        let possible = self.possible.clone();
        let kleene = self.evaluated(&possible);
        self.search(&possible, kleene)
    }

    /// Whether the completion that showed it of another question shows it of this one too, once that other
    /// question is answered. What many facts decide alike is then not searched through for each of them.
    fn changes_as_before(&mut self) -> bool {
        let Some((before, completed)) = self.shown.clone() else {
            return false;
        };
        let cells = &self.program.cells;
        let answers: Vec<Values> = cells
            .variables_of(before)
            .map(|variable| self.values_of(variable))
            .collect();
        let most = answers.iter().map(Values::count).max().unwrap_or(0);
        let mut candidate = completed;
        for variable in cells.variables_of(self.fact) {
            let words = words_of(cells, &self.possible, variable);
            if let Some(found) = cells.variable(variable) {
                put(&mut candidate, found.first_word as usize, words);
            }
        }
        (0..most.min(ANSWERS_AS_BEFORE)).any(|number| {
            for values in &answers {
                if let Some(value) = values.nth_or_last(number) {
                    values.put(&mut candidate, value);
                }
            }
            self.left = STEPS_AS_BEFORE;
            let kleene = self.evaluated(&candidate);
            self.search(&candidate, kleene) == Some(Answer::Changes)
        })
    }

    /// Kleene's truths of all nodes.
    fn evaluated(&self, possible: &Possible) -> Vec<Truth> {
        self.reevaluated(possible, &self.settled, &self.nodes)
    }

    /// The same, where only the possible cells of one variable are others than they were.
    fn narrowed(&mut self, possible: &Possible, before: &[Truth], variable: VariableIndex) -> Vec<Truth> {
        let nodes = self.above.variable(variable);
        self.reevaluated(possible, before, &nodes)
    }

    fn reevaluated(&self, possible: &Possible, before: &[Truth], nodes: &[NodeId]) -> Vec<Truth> {
        let program = self.program;
        let before = before.to_vec();
        Truths::after(
            &program.cells,
            &program.nodes,
            program.boxes,
            possible,
            before,
            nodes,
        )
        .into_kleene()
    }

    /// What is known of all nodes is known already.
    fn truths<'b>(&self, possible: &'b Possible, kleene: Vec<Truth>) -> Truths<'b>
    where
        'a: 'b,
    {
        let program = self.program;
        Truths::after(
            &program.cells,
            &program.nodes,
            program.boxes,
            possible,
            kleene,
            &[],
        )
    }

    // As deep as there are unknown facts, each once.
    fn search(&mut self, possible: &Possible, kleene: Vec<Truth>) -> Option<Answer> {
        self.left = self.left.checked_sub(1)?;
        let truths = self.truths(possible, kleene);
        let next = {
            let speaks = |root: &Root| truths.kleene(root.live) != Truth::False;
            let a_step_speaks =
                |truths: &Truths<'_>| self.steps.iter().any(|live| truths.kleene(*live) != Truth::False);
            let by_stage = self.stage_facts.contains(&self.fact) && a_step_speaks(&truths);
            let depends = |root: &&Root| {
                truths.kleene(root.node) == Truth::Unknown
                    && speaks(root)
                    && root.literals.iter().any(|(literal, fact)| {
                        *fact == self.fact && truths.kleene(*literal) == Truth::Unknown
                    })
            };
            let core: Vec<&Root> = self.core.iter().copied().filter(depends).collect();
            let suppressors: Vec<&Root> = self.suppressors.iter().copied().filter(depends).collect();
            if core.is_empty() && suppressors.is_empty() && !by_stage {
                return Some(Answer::ChangesNothing);
            }
            let (program, asked) = (self.program, self.fact);
            let other = |roots: &[&Root]| {
                roots
                    .iter()
                    .flat_map(|root| &root.literals)
                    .map(|(literal, fact)| (*literal, *fact))
                    .find_map(|(literal, fact)| {
                        let open = fact != asked
                            && truths.kleene(literal) == Truth::Unknown
                            && is_unknown(truths.cells, possible, fact);
                        match program.nodes.get(literal) {
                            Node::Literal(literal) if open => Some(literal.variable),
                            _ => None,
                        }
                    })
            };
            let unknown = |roots: &[&'a Root]| -> Vec<&Root> {
                roots
                    .iter()
                    .copied()
                    .filter(|root| truths.kleene(root.node) == Truth::Unknown && speaks(root))
                    .collect()
            };
            let in_core = other(&core)
                .or_else(|| {
                    let staged = a_step_speaks(&truths);
                    let open = self.stage_facts.iter().copied().find(|fact| {
                        staged && *fact != self.fact && is_unknown(truths.cells, possible, *fact)
                    });
                    open.map(|fact| truths.cells.variable_of(fact))
                })
                .or_else(|| other(&unknown(&self.core)));
            match in_core {
                Some(variable) => Some(variable),
                None => {
                    // The rest can only silence the verdict: it must differ by itself, or be silenced by the answer.
                    if suppressors.is_empty() && !self.differs(&truths, &self.focus.core)? {
                        return Some(Answer::ChangesNothing);
                    }
                    other(&suppressors).or_else(|| other(&unknown(&self.suppressors)))
                }
            }
        };
        let Some(variable) = next else {
            let differs = self.differs(&truths, self.rules)?;
            return Some(if differs {
                self.shown = Some((self.fact, possible.to_vec()));
                Answer::Changes
            } else {
                Answer::ChangesNothing
            });
        };
        let kleene = truths.into_kleene();
        let values = self.values_of(variable);
        let mut completed = possible.to_vec();
        let mut decided = true;
        for value in values.iter() {
            values.put(&mut completed, value);
            let narrowed = self.narrowed(&completed, &kleene, variable);
            match self.search(&completed, narrowed) {
                Some(Answer::Changes) => return Some(Answer::Changes),
                Some(Answer::ChangesNothing) => {}
                None if self.left == 0 => return None,
                None => decided = false,
            }
        }
        decided.then_some(Answer::ChangesNothing)
    }

    fn verdict(&self, truths: &Truths<'_>, rules: &[RuleIndex]) -> Option<Verdict> {
        verdict_of(self.base, self.program, truths, self.advice, rules)
    }

    /// Whether some answer gives another verdict than what is known now, by the given rules; none when that
    /// was not decided within the budget.
    fn differs(&mut self, truths: &Truths<'_>, rules: &[RuleIndex]) -> Option<bool> {
        let now = self.verdict(truths, rules);
        let open: Vec<VariableIndex> = self
            .program
            .cells
            .variables_of(self.fact)
            .filter(|variable| self.tells_apart(*variable))
            .collect();
        let mut answered = truths.possible.to_vec();
        self.some_answer(&mut answered, truths.all_kleene(), rules, now, &open)
    }

    /// Whether the verdict can tell values of a variable apart at all.
    fn tells_apart(&mut self, variable: VariableIndex) -> bool {
        self.values_of(variable).count() > 1
    }

    // As deep as the fact has options.
    fn some_answer(
        &mut self,
        answered: &mut Vec<u64>,
        kleene: &[Truth],
        rules: &[RuleIndex],
        now: Option<Verdict>,
        open: &[VariableIndex],
    ) -> Option<bool> {
        let Some((variable, rest)) = open.split_first() else {
            return Some(self.verdict(&self.truths(answered, kleene.to_vec()), rules) != now);
        };
        self.left = self.left.checked_sub(1)?;
        let values = self.values_of(*variable);
        let before = answered.clone();
        for value in values.iter() {
            values.put(answered, value);
            let kleene = self.narrowed(answered, kleene, *variable);
            // Options that no longer matter need not be tried.
            let rest = if rest.is_empty() || self.still_open(&kleene) {
                rest
            } else {
                &[]
            };
            if self.some_answer(answered, &kleene, rules, now, rest)? {
                return Some(true);
            }
        }
        answered.copy_from_slice(&before);
        Some(false)
    }

    /// Whether anything still hangs on the fact that is asked for.
    fn still_open(&self, kleene: &[Truth]) -> bool {
        let unknown = |node: NodeId| kleene.get(node.index()) == Some(&Truth::Unknown);
        self.core.iter().chain(&self.suppressors).any(|root| {
            unknown(root.node)
                && root
                    .literals
                    .iter()
                    .any(|(literal, fact)| *fact == self.fact && unknown(*literal))
        })
    }

    /// The values of a variable that the verdict can tell apart.
    fn values_of(&mut self, variable: VariableIndex) -> Values {
        if let Some(Some(known)) = self.values.get(variable.index()) {
            return known.clone();
        }
        let cells = &self.program.cells;
        let words = words_of(cells, &self.possible, variable);
        let (first_word, fact) = cells
            .variable(variable)
            .map_or((0, None), |found| (found.first_word as usize, Some(found.fact)));
        let ordered = fact.and_then(|fact| cells.ordered(fact));
        let in_a_plan = fact.is_some_and(|fact| self.stage_facts.contains(&fact));
        let literals: Vec<&CellSet> = self
            .nodes
            .iter()
            .filter_map(|node| match self.program.nodes.get(*node) {
                Node::Literal(literal) if literal.variable == variable => Some(&literal.holds_in),
                _ => None,
            })
            .collect();
        let literals = (!in_a_plan).then_some(literals.as_slice());
        let values = Values::of(first_word, words, ordered, literals);
        if let Some(slot) = self.values.get_mut(variable.index()) {
            *slot = Some(values.clone());
        }
        values
    }
}

fn put(possible: &mut [u64], first: usize, words: &[u64]) {
    if let Some(slots) = possible.get_mut(first..first + words.len()) {
        slots.copy_from_slice(words);
    }
}
