//! Which rules are True for a case and which are not False, as bits, without texts, proofs or questions.
//!
//! Conditions are taken apart into *terms*: tests of different variables, all of which must hold. With few
//! terms a case is the AND of one row of bits for each variable (`dense`); with many, terms are found by
//! their most telling test (`many`), and what can hold is whole rows again (`columns`). A condition that
//! has too many terms is left to `evaluate`. The truths are those of `evaluate`, exactly.

mod columns;
mod dense;
mod doors;
mod many;
mod raw;
mod terms;
#[cfg(test)]
mod tests;
mod verdicts;

use hashbrown::HashMap;
pub use liniment_planes::Instructions;

use crate::cells::Cells;
use crate::check::base::CheckedBase;
use crate::compact_sort::CompactSort;
use crate::compile::{NodeId, Nodes, Program};
use crate::error::Error;
use crate::evaluate::{Truth, Truths};
use columns::{Columns, Room};
use dense::Dense;
use doors::{Doors, codes_of_values};
use many::{Index, Known, Tests};
pub(crate) use raw::RawKind;
pub use raw::RawValue;
use terms::{Expander, Term, has_score};
pub(crate) use verdicts::with_room;

/// The rules that are live for a case, and those that can be: a bit for each rule, in the order of
/// [`KnowledgeBase::rule_ids`](crate::KnowledgeBase::rule_ids). Room that is used again for every case.
///
/// A rule is *live* when its condition, its reasons and its window are True, no scope closes it and nothing
/// forbids it; it is *possible* when none of these is False.
#[derive(Clone, Debug, Default)]
pub struct Masks {
    /// How many rules there are.
    rules: usize,
    /// A bit for each place: rules first.
    sure: Vec<u64>,
    possible: Vec<u64>,
    codes: Vec<u32>,
    room: Room,
}

impl Masks {
    /// Room for masks, empty.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many rules the masks are over.
    pub fn rules(&self) -> usize {
        self.rules
    }

    /// The rules that are live: bit 0 of the first word is the first rule.
    pub fn live(&self) -> &[u64] {
        self.sure.get(..self.rules.div_ceil(64)).unwrap_or(&[])
    }

    /// The rules that are live or could be.
    pub fn possible(&self) -> &[u64] {
        self.possible.get(..self.rules.div_ceil(64)).unwrap_or(&[])
    }

    /// Whether a rule is live: True, Unknown or False.
    pub fn truth(&self, rule: usize) -> Truth {
        self.truth_at(rule)
    }

    /// The truth of a place.
    pub(crate) fn truth_at(&self, place: usize) -> Truth {
        if columns::has(&self.sure, place) {
            Truth::True
        } else if columns::has(&self.possible, place) {
            Truth::Unknown
        } else {
            Truth::False
        }
    }
}

/// What is known of a case.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CaseView<'a> {
    pub(crate) codes: &'a [u32],
    pub(crate) possible: &'a [u64],
    pub(crate) several: bool,
}

/// A condition of several terms, and the terms of its negation where these are needed.
#[derive(Clone, Copy, Debug)]
struct Joined {
    place: u32,
    terms: (u32, u32),
    /// Without these it surely holds when one of its terms does.
    negated: Option<(u32, u32)>,
}

/// Conditions, ready to be evaluated all at once.
#[derive(Debug)]
pub(crate) struct Screen {
    instructions: Instructions,
    doors: Doors,
    /// How many rules: the first places are their `live`.
    rules: usize,
    /// The conditions by place, each the nodes of which any must hold; none where a place is not used.
    #[cfg(test)]
    roots: Vec<Vec<NodeId>>,
    /// By node: its place, or a number past all places.
    place_of: Vec<u32>,
    plan: verdicts::Plan,
    joined: Vec<Joined>,
    /// The places that are left to evaluation, and all nodes below them.
    hard: Vec<(u32, Vec<NodeId>)>,
    hard_nodes: Vec<NodeId>,
    engine: Engine,
}

#[derive(Debug)]
enum Engine {
    One(Dense<1>),
    Two(Dense<2>),
    Four(Dense<4>),
    Eight(Dense<8>),
    Many(Box<Many>),
}

#[derive(Debug)]
struct Many {
    tests: Tests,
    index: Index,
    columns: Columns,
    /// The place of each term past the last place.
    place_of_term: Vec<u32>,
    first_term: u32,
}

/// A condition of more terms is left to evaluation.
const MOST_TERMS: usize = 64;
/// Up to so many variables a row for each is faster than an index, and up to so many facts reading all of them than
/// looking for those that are known.
const MOST_ROWS: usize = 256;

impl Screen {
    /// Prepares the conditions of the rules' `live`, and others that may be asked for.
    pub(crate) fn new(base: &CheckedBase, program: &Program, instructions: Instructions) -> Self {
        Self::with_rows(base, program, instructions, MOST_ROWS)
    }

    /// The same, with rows of bits for so many variables at most.
    fn with_rows(
        base: &CheckedBase,
        program: &Program,
        instructions: Instructions,
        most_rows: usize,
    ) -> Self {
        let (cells, nodes) = (&program.cells, &program.nodes);
        let rules = program.rules.len();
        let mut roots: Vec<Vec<NodeId>> = program.rules.iter().map(|rule| vec![rule.live]).collect();
        let mut place_of: Vec<u32> = vec![u32::MAX; nodes.len()];
        let mut put = |node: NodeId, place: usize| match place_of.get_mut(node.index()) {
            Some(slot) if *slot == u32::MAX => *slot = u32::try_from(place).unwrap_or(u32::MAX),
            _ => {}
        };
        for (place, rule) in program.rules.iter().enumerate() {
            put(rule.live, place);
        }
        let mut others: Vec<NodeId> = program.rules.iter().flat_map(|rule| rule.roots()).collect();
        others.compact_sort();
        others.dedup();
        others.retain(|node| place_of.get(node.index()).is_some_and(|place| *place == u32::MAX));
        let ballots = verdicts::ballots(base, program);
        // The rules have words of their own.
        roots.resize(rules.next_multiple_of(64), Vec::new());
        for node in others {
            if let Some(slot) = place_of.get_mut(node.index()) {
                *slot = u32::try_from(roots.len()).unwrap_or(u32::MAX);
            }
            roots.push(vec![node]);
        }
        let mut joint = HashMap::new();
        for (advice, verdict, nodes) in ballots {
            // More could not be taken apart anyway.
            if nodes.len() <= MOST_TERMS {
                joint.insert((advice, verdict), u32::try_from(roots.len()).unwrap_or(u32::MAX));
                roots.push(nodes);
            }
        }

        let mut expander = Expander::new(cells, nodes, MOST_TERMS);
        let mut terms: Vec<Option<Term<'_>>> = vec![None; roots.len()];
        let mut joined = Vec::new();
        let mut hard = Vec::new();
        for (place, root) in roots.iter().enumerate() {
            if root.is_empty() {
                continue;
            }
            let place = u32::try_from(place).unwrap_or(u32::MAX);
            match conditions(&mut expander, nodes, root, program.boxes) {
                None => hard.push((place, root.clone())),
                Some((mut positive, None)) if positive.len() <= 1 => {
                    if let Some(slot) = terms.get_mut(place as usize) {
                        *slot = positive.pop();
                    }
                }
                Some((positive, negated)) => {
                    joined.push(Joined {
                        place,
                        terms: append(&mut terms, positive),
                        negated: negated.map(|negated| append(&mut terms, negated)),
                    });
                }
            }
        }
        // A joint condition that is not taken apart is left out: evaluation joins what is asked for.
        hard.retain(|(place, nodes)| {
            let single = nodes.len() == 1;
            if !single {
                joint.retain(|_, joint| joint != place);
                // Nobody asks for it.
                if let Some(root) = roots.get_mut(*place as usize) {
                    root.clear();
                }
            }
            single
        });
        let hard_roots: Vec<NodeId> = hard.iter().flat_map(|(_, nodes)| nodes.iter().copied()).collect();
        let find = |node: NodeId| {
            let place = place_of.get(node.index()).copied();
            place
                .filter(|place| *place != u32::MAX)
                .map(|place| place as usize)
        };
        let plan = verdicts::Plan::new(base, program, roots.len(), find, joint);
        Self {
            instructions: instructions.available(),
            doors: Doors::new(base, cells, base.facts.len() > most_rows),
            rules,
            engine: Engine::new(cells, &terms, &joined, roots.len(), most_rows),
            #[cfg(test)]
            roots,
            place_of,
            plan,
            joined,
            hard,
            hard_nodes: if hard_roots.is_empty() {
                Vec::new()
            } else {
                nodes.below(&hard_roots)
            },
        }
    }

    /// The place of a condition in the masks, when it has one.
    pub(crate) fn place_of(&self, node: NodeId) -> Option<usize> {
        let place = self.place_of.get(node.index()).copied();
        place
            .filter(|place| *place != u32::MAX)
            .map(|place| place as usize)
    }

    /// Evaluates all conditions for a case.
    pub(crate) fn of_case(&self, program: &Program, case: CaseView<'_>, masks: &mut Masks) {
        masks.rules = self.rules;
        let cells = &program.cells;
        let (codes, possible) = (case.codes, case.possible);
        match &self.engine {
            Engine::One(dense) => self.put(dense.of_case(self.instructions, cells, codes, possible), masks),
            Engine::Two(dense) => self.put(dense.of_case(self.instructions, cells, codes, possible), masks),
            Engine::Four(dense) => self.put(dense.of_case(self.instructions, cells, codes, possible), masks),
            Engine::Eight(dense) => self.put(dense.of_case(self.instructions, cells, codes, possible), masks),
            Engine::Many(many) => {
                let known = Known {
                    cells,
                    codes,
                    possible,
                    several: case.several,
                };
                self.put_many(many, known, masks);
            }
        }
        if !self.hard.is_empty() {
            self.put_hard(program, possible, masks);
        }
    }

    /// Evaluates all conditions for raw values, one for each fact.
    pub(crate) fn of_raw(
        &self,
        base: &CheckedBase,
        program: &Program,
        values: &[RawValue],
        masks: &mut Masks,
    ) -> Result<(), Error> {
        masks.rules = self.rules;
        if self.hard.is_empty() {
            let (with, doors) = (self.instructions, &self.doors);
            let fine = match &self.engine {
                Engine::One(dense) => self.put_raw(dense.of_raw(with, doors, values), masks),
                Engine::Two(dense) => self.put_raw(dense.of_raw(with, doors, values), masks),
                Engine::Four(dense) => self.put_raw(dense.of_raw(with, doors, values), masks),
                Engine::Eight(dense) => self.put_raw(dense.of_raw(with, doors, values), masks),
                Engine::Many(many) => {
                    let mut codes = std::mem::take(&mut masks.codes);
                    let several = self.codes(&program.cells, values, &mut codes);
                    if let Some(several) = several {
                        let known = Known {
                            cells: &program.cells,
                            codes: &codes,
                            possible: &[],
                            several,
                        };
                        self.put_many(many, known, masks);
                    }
                    masks.codes = codes;
                    several.is_some()
                }
            };
            if fine {
                return Ok(());
            }
        }
        // Written in another way, or wrong.
        let (codes, possible, several) = self.read(base, program, values)?;
        let case = CaseView {
            codes: &codes,
            possible: &possible,
            several,
        };
        self.of_case(program, case, masks);
        Ok(())
    }

    /// The rules that are live for a case, ascending by number when there are few terms.
    pub(crate) fn live_rules(
        &self,
        program: &Program,
        case: CaseView<'_>,
        masks: &mut Masks,
        rules: &mut Vec<u32>,
    ) {
        rules.clear();
        if self.lists_live(program, case, rules) {
            let end = u32::try_from(self.rules).unwrap_or(u32::MAX);
            rules.retain(|place| *place < end);
        } else {
            self.of_case(program, case, masks);
            rules.extend(crate::cells::bits(masks.live()));
        }
    }

    /// Lists the places that surely hold. False when there are few terms: then masks are faster.
    fn lists_live(&self, program: &Program, case: CaseView<'_>, places: &mut Vec<u32>) -> bool {
        match &self.engine {
            Engine::Many(many) if self.hard.is_empty() => {
                let known = Known {
                    cells: &program.cells,
                    codes: case.codes,
                    possible: case.possible,
                    several: case.several,
                };
                self.live_of_many(many, known, places);
                true
            }
            _ => false,
        }
    }

    /// The rules that are live for raw values.
    pub(crate) fn live_rules_of_raw(
        &self,
        base: &CheckedBase,
        program: &Program,
        values: &[RawValue],
        masks: &mut Masks,
        rules: &mut Vec<u32>,
    ) -> Result<(), Error> {
        let mut codes = std::mem::take(&mut masks.codes);
        let several = self.codes(&program.cells, values, &mut codes);
        match several {
            Some(several) if self.hard.is_empty() => {
                let case = CaseView {
                    codes: &codes,
                    possible: &[],
                    several,
                };
                self.live_rules(program, case, masks, rules);
            }
            _ => {
                let (codes, possible, several) = self.read(base, program, values)?;
                let case = CaseView {
                    codes: &codes,
                    possible: &possible,
                    several,
                };
                self.live_rules(program, case, masks, rules);
            }
        }
        masks.codes = codes;
        Ok(())
    }

    fn live_of_many(&self, many: &Many, known: Known<'_>, places: &mut Vec<u32>) {
        let mut joined = false;
        many.index
            .each_sure(self.instructions, &many.tests, known, &mut |term| {
                if term < many.first_term {
                    places.push(term);
                } else if let Some(place) = many.place_of(term) {
                    joined = true;
                    places.push(place);
                }
            });
        for condition in &self.joined {
            if let Some(negated) = condition.negated
                && many.surely(condition.terms, negated, known)
            {
                places.push(condition.place);
            }
        }
        if joined {
            places.sort_unstable();
            places.dedup();
        }
    }

    /// The code of each variable; whether several cells of one are possible. None when a value is not as its
    /// fact's usually is.
    fn codes(&self, cells: &Cells, values: &[RawValue], codes: &mut Vec<u32>) -> Option<bool> {
        codes.clear();
        codes.extend_from_slice(&cells.unknown_codes);
        codes_of_values(self.instructions, &self.doors, values, codes)
    }

    /// Reads raw values one by one, as a case would.
    fn read(
        &self,
        base: &CheckedBase,
        program: &Program,
        values: &[RawValue],
    ) -> Result<(Vec<u32>, Vec<u64>, bool), Error> {
        let cells = &program.cells;
        let mut codes = cells.unknown_codes.clone();
        let mut possible = cells.unknown.clone();
        let mut several = 0;
        for (slot, value) in self.doors.read(base, values)?.into_iter().enumerate() {
            let fact = crate::check::base::FactIndex::new(slot);
            several += crate::case::Known(value).write(cells, fact, &mut possible, &mut codes);
        }
        Ok((codes, possible, several > 0))
    }

    fn put_raw<const W: usize>(&self, words: Option<dense::Words<W>>, masks: &mut Masks) -> bool {
        match words {
            Some(words) => {
                self.put(words, masks);
                true
            }
            None => false,
        }
    }

    #[inline(always)]
    fn put<const W: usize>(&self, (mut sure, mut possible): dense::Words<W>, masks: &mut Masks) {
        self.join(&mut sure, &mut possible);
        // Room is made once.
        masks.sure.resize(W, 0);
        masks.possible.resize(W, 0);
        masks.sure.copy_from_slice(&sure);
        masks.possible.copy_from_slice(&possible);
    }

    fn put_many(&self, many: &Many, known: Known<'_>, masks: &mut Masks) {
        let Masks {
            sure, possible, room, ..
        } = masks;
        many.columns
            .write(self.instructions, &many.tests, known, possible, room);
        sure.clear();
        sure.resize(possible.len(), 0);
        many.index
            .each_sure(self.instructions, &many.tests, known, &mut |term| {
                columns::set(sure, term as usize);
            });
        self.join(sure, possible);
    }

    /// The conditions of several terms.
    #[inline(always)]
    fn join(&self, sure: &mut [u64], possible: &mut [u64]) {
        for joined in &self.joined {
            let place = joined.place as usize;
            if !any_between(possible, joined.terms) {
                continue;
            }
            columns::set(possible, place);
            let surely = any_between(sure, joined.terms)
                || joined
                    .negated
                    .is_some_and(|negated| !any_between(possible, negated));
            if surely {
                columns::set(sure, place);
            }
        }
    }

    fn put_hard(&self, program: &Program, possible: &[u64], masks: &mut Masks) {
        let truths = Truths::some(
            &program.cells,
            &program.nodes,
            program.boxes,
            possible,
            &self.hard_nodes,
        );
        for (place, nodes) in &self.hard {
            let truth = truths.any(&mut nodes.iter().copied());
            if truth == Truth::True {
                columns::set(&mut masks.sure, *place as usize);
            }
            if truth != Truth::False {
                columns::set(&mut masks.possible, *place as usize);
            }
        }
    }
}

impl Engine {
    fn new(
        cells: &Cells,
        terms: &[Option<Term<'_>>],
        joined: &[Joined],
        places: usize,
        most_rows: usize,
    ) -> Self {
        if cells.variables.len() <= most_rows {
            match terms.len().div_ceil(64) {
                0 | 1 => return Engine::One(Dense::new(cells, terms)),
                2 => return Engine::Two(Dense::new(cells, terms)),
                3 | 4 => return Engine::Four(Dense::new(cells, terms)),
                5..=8 => return Engine::Eight(Dense::new(cells, terms)),
                _ => {}
            }
        }
        let tests = Tests::new(cells, terms);
        let mut place_of_term = vec![u32::MAX; terms.len() - places];
        // What surely holds where its negation cannot is not looked for by its terms.
        let mut listed: Vec<bool> = terms.iter().map(Option::is_some).collect();
        for joined in joined {
            for (from, to) in std::iter::once(joined.terms).chain(joined.negated) {
                for term in from as usize..to as usize {
                    if let Some(place) = place_of_term.get_mut(term - places) {
                        *place = joined.place;
                    }
                    if let (Some(slot), Some(_)) = (listed.get_mut(term), joined.negated) {
                        *slot = false;
                    }
                }
            }
        }
        let listed = (0u32..).zip(listed).filter(|(_, listed)| *listed);
        Engine::Many(Box::new(Many {
            index: Index::new(cells, &tests, listed.map(|(term, _)| term)),
            columns: Columns::new(cells, terms),
            tests,
            place_of_term,
            first_term: u32::try_from(places).unwrap_or(u32::MAX),
        }))
    }
}

impl Many {
    fn place_of(&self, term: u32) -> Option<u32> {
        let past = term.checked_sub(self.first_term)?;
        self.place_of_term.get(past as usize).copied()
    }

    /// Whether one of the terms surely holds, or one can and none of the negation can.
    fn surely(&self, (from, to): (u32, u32), negated: (u32, u32), known: Known<'_>) -> bool {
        let mut some = false;
        for term in from..to {
            let (sure, possible) = self.tests.term(term, known);
            if sure {
                return true;
            }
            some |= possible;
        }
        some && !(negated.0..negated.1).any(|term| self.tests.term(term, known).1)
    }
}

type TermsAndNegation<'a> = (Vec<Term<'a>>, Option<Vec<Term<'a>>>);

/// The terms of a condition, and of its negation where they are needed to tell that it surely holds. None
/// when there are too many, or when evaluation may stop before it knows.
fn conditions<'a>(
    expander: &mut Expander<'a>,
    nodes: &Nodes,
    root: &[NodeId],
    boxes: usize,
) -> Option<TermsAndNegation<'a>> {
    if !expander.is_exact(root, boxes) {
        return None;
    }
    let positive = expander.any(root, true)?;
    // One term surely holds when its tests do. Where no variable stands twice, one term of several surely
    // holds when all of them together do; with a score, or a variable that stands twice, it may not.
    let plain = match root {
        [node] => !nodes.repeats(*node) && !has_score(nodes, *node),
        _ => false,
    };
    if positive.len() <= 1 || plain {
        return Some((positive, None));
    }
    let negated = expander.any(root, false)?;
    Some((positive, Some(negated)))
}

/// Adds terms to a list; answers the first place and the one after the last.
fn append<'a>(terms: &mut Vec<Option<Term<'a>>>, more: Vec<Term<'a>>) -> (u32, u32) {
    let from = u32::try_from(terms.len()).unwrap_or(u32::MAX);
    terms.extend(more.into_iter().map(Some));
    (from, u32::try_from(terms.len()).unwrap_or(u32::MAX))
}

/// Whether a bit is set from one place up to, and without, another.
#[inline(always)]
fn any_between(words: &[u64], (from, to): (u32, u32)) -> bool {
    let (first, last) = ((from / 64) as usize, (to.saturating_sub(1) / 64) as usize);
    if from >= to {
        return false;
    }
    let low = u64::MAX << (from % 64);
    let high = u64::MAX >> (63 - (to - 1) % 64);
    (first..=last).any(|index| {
        let mut word = words.get(index).copied().unwrap_or(0);
        if index == first {
            word &= low;
        }
        if index == last {
            word &= high;
        }
        word != 0
    })
}
