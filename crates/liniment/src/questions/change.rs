//! Whether some answer to one question would change one verdict, under some completion of the other facts.
//!
//! A depth-first search over the facts that the verdict rests on: first those that keep the question
//! open, then the rest. A branch is left as soon as nothing open depends on the question any more.

use hashbrown::{HashMap, HashSet};

use super::{cells_in, is_unknown};
use crate::advice::Assembly;
use crate::cells::VariableIndex;
use crate::check::base::{AdviceIndex, CheckedBase, FactIndex, RuleIndex};
use crate::compile::{Focus, FocusNodes, Node, NodeId, Program, Root};
use crate::evaluate::{Possible, Truth, Truths, verdict_of, words_of};

/// What an answer can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    Changes,
    ChangesNothing,
}

/// The words that one value of a fact leaves in a case.
type Value = Vec<(usize, Vec<u64>)>;

/// More values of one fact than this are not tried one by one.
const MOST_VALUES: usize = 128;

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
    /// All of them with everything below, children before parents.
    nodes: Vec<NodeId>,
    rules: &'a [RuleIndex],
    values: HashMap<FactIndex, Option<Vec<Value>>>,
    fact: FactIndex,
    answers: Vec<Value>,
    left: usize,
}

impl<'a> Change<'a> {
    pub(super) fn new(assembly: &Assembly<'a>, advice: AdviceIndex) -> Option<Self> {
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
            rules: &found.rules,
            values: HashMap::new(),
            fact: FactIndex::new(0),
            answers: Vec::new(),
            left: 0,
        };
        change.quieten(found);
        Some(change)
    }

    /// Answers the facts that only what silences the advice hangs on, so that it does not. Whatever changes
    /// the advice while it is silenced changes it too, or more, while it is not.
    fn quieten(&mut self, found: &FocusNodes) {
        let own: HashSet<FactIndex> = found
            .core
            .iter()
            .flat_map(|root| &root.literals)
            .map(|(_, fact)| *fact)
            .chain(found.stage_facts.iter().copied())
            .collect();
        let foreign = |root: &Root| root.literals.iter().all(|(_, fact)| !own.contains(fact));
        let mut facts: Vec<FactIndex> = self
            .suppressors
            .iter()
            .filter(|root| foreign(root))
            .flat_map(|root| &root.literals)
            .map(|(_, fact)| *fact)
            .collect();
        facts.sort_unstable();
        facts.dedup();
        let mut possible = self.possible.clone();
        facts.retain(|fact| is_unknown(&self.program.cells, &self.possible, *fact));
        for fact in facts {
            // The first value that lets nothing more speak: as a rule "no", or none of the options.
            if let Some(value) = self
                .values_of_once(fact)
                .and_then(|values| values.into_iter().next())
            {
                put(&mut possible, &value);
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
    }

    /// Whether some answer changes the verdict; none when that was not decided within the budget.
    pub(super) fn possible(&mut self, fact: FactIndex, budget: usize) -> Option<Answer> {
        self.left = budget;
        self.fact = fact;
        self.answers = self.values_of_once(fact)?;
        let possible = self.possible.clone();
        self.search(&possible)
    }

    fn truths<'b>(&self, possible: &'b Possible) -> Truths<'b>
    where
        'a: 'b,
    {
        Truths::some(
            &self.program.cells,
            &self.program.nodes,
            self.program.boxes,
            possible,
            &self.nodes,
        )
    }

    // As deep as there are unknown facts, each once.
    fn search(&mut self, possible: &Possible) -> Option<Answer> {
        self.left = self.left.checked_sub(1)?;
        let next = {
            let truths = self.truths(possible);
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
            let other = |roots: &[&Root]| {
                roots
                    .iter()
                    .flat_map(|root| &root.literals)
                    .map(|(literal, fact)| (*literal, *fact))
                    .find_map(|(literal, fact)| {
                        let open = fact != self.fact
                            && truths.kleene(literal) == Truth::Unknown
                            && is_unknown(truths.cells, possible, fact);
                        open.then_some(fact)
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
                    self.stage_facts.iter().copied().find(|fact| {
                        staged && *fact != self.fact && is_unknown(truths.cells, possible, *fact)
                    })
                })
                .or_else(|| other(&unknown(&self.core)));
            match in_core {
                Some(fact) => Some(fact),
                None => {
                    // The rest can only silence the verdict: it must differ by itself, or be silenced by the answer.
                    if suppressors.is_empty() && !self.differs(possible, &self.focus.core) {
                        return Some(Answer::ChangesNothing);
                    }
                    other(&suppressors).or_else(|| other(&unknown(&self.suppressors)))
                }
            }
        };
        let Some(fact) = next else {
            let differs = self.differs(possible, self.rules);
            return Some(if differs {
                Answer::Changes
            } else {
                Answer::ChangesNothing
            });
        };
        let values = self.values_of_once(fact)?;
        let mut decided = true;
        for value in &values {
            let mut completed = possible.to_vec();
            put(&mut completed, value);
            match self.search(&completed) {
                Some(Answer::Changes) => return Some(Answer::Changes),
                Some(Answer::ChangesNothing) => {}
                None if self.left == 0 => return None,
                None => decided = false,
            }
        }
        decided.then_some(Answer::ChangesNothing)
    }

    /// Whether some answer gives another verdict than what is known now, by the given rules.
    fn differs(&self, possible: &Possible, rules: &[RuleIndex]) -> bool {
        let verdict = |possible: &Possible| {
            verdict_of(
                self.base,
                self.program,
                &self.truths(possible),
                self.advice,
                rules,
            )
        };
        let now = verdict(possible);
        self.answers.iter().any(|answer| {
            let mut answered = possible.to_vec();
            put(&mut answered, answer);
            verdict(&answered) != now
        })
    }

    fn values_of_once(&mut self, fact: FactIndex) -> Option<Vec<Value>> {
        if let Some(known) = self.values.get(&fact) {
            return known.clone();
        }
        let values = self.values_of(fact);
        self.values.insert(fact, values.clone());
        values
    }

    /// The values of a fact that the verdict can tell apart.
    fn values_of(&self, fact: FactIndex) -> Option<Vec<Value>> {
        let cells = &self.program.cells;
        let stage = self.stage_facts.contains(&fact);
        let mut values: Vec<Value> = vec![Vec::new()];
        for variable in cells.variables_of(fact) {
            let Some(found) = cells.variable(variable) else {
                continue;
            };
            let used = stage || self.nodes.iter().any(|node| matches!(self.program.nodes.get(*node), Node::Literal(literal) if literal.variable == variable));
            if !used {
                continue;
            }
            let groups = self.groups(fact, variable, stage);
            if values.len() * groups.len() > MOST_VALUES {
                return None;
            }
            values = values
                .iter()
                .flat_map(|value| {
                    groups.iter().map(move |group| {
                        value
                            .iter()
                            .cloned()
                            .chain([(found.first_word as usize, group.clone())])
                            .collect()
                    })
                })
                .collect();
        }
        Some(values)
    }

    /// The possible cells of a variable, one group for each value that some literal tells from the others.
    fn groups(&self, fact: FactIndex, variable: VariableIndex, stage: bool) -> Vec<Vec<u64>> {
        let cells = &self.program.cells;
        let words = words_of(cells, &self.possible, variable);
        let literals: Vec<NodeId> = self.nodes
            .iter()
            .copied()
            .filter(|node| matches!(self.program.nodes.get(*node), Node::Literal(literal) if literal.variable == variable))
            .collect();
        // A value of an ordered fact leaves every cell of its segment possible.
        let mut values: Vec<Vec<u32>> = Vec::new();
        let mut last_segment = None;
        for cell in cells_in(words) {
            let segment = cells.ordered(fact).map(|ordered| ordered.segment_of_cell(cell));
            match values.last_mut() {
                Some(value) if segment.is_some() && segment == last_segment => value.push(cell),
                _ => values.push(vec![cell]),
            }
            last_segment = segment;
        }
        let mut groups: Vec<Vec<u64>> = Vec::new();
        let mut seen: Vec<Vec<bool>> = Vec::new();
        for value in values {
            let signature: Vec<bool> = literals
                .iter()
                .flat_map(|node| {
                    value.iter().map(|cell| matches!(self.program.nodes.get(*node), Node::Literal(literal) if literal.holds_in.contains(*cell))).collect::<Vec<bool>>()
                })
                .collect();
            // Values that nothing tells apart need one of them tried.
            if !stage && seen.contains(&signature) {
                continue;
            }
            seen.push(signature);
            let mut group = vec![0u64; words.len()];
            for cell in value {
                if let Some(word) = group.get_mut((cell / 64) as usize) {
                    *word |= 1 << (cell % 64);
                }
            }
            groups.push(group);
        }
        groups
    }
}

fn put(possible: &mut [u64], value: &Value) {
    for (first, words) in value {
        if let Some(slots) = possible.get_mut(*first..*first + words.len()) {
            slots.copy_from_slice(words);
        }
    }
}
