//! Many terms: each is found by its most telling test, and the others are tried only then.
//!
//! A term whose most telling test takes few of a variable's cells is listed under each of these cells;
//! otherwise under its variable, with the cells as a range that is compared with many at a step. A case
//! looks into the lists of the cells that it knows.

use liniment_planes::{Instructions, per_instructions};

use super::terms::Term;
use crate::cells::{CellSet, Cells, SOME_CELLS, Variable, VariableIndex};
use crate::compact_sort::CompactSort;
use crate::evaluate::words_of;

/// A test of a variable: its cells from `low` to `low + span`, or, when `span` is [`IN_SET`], those of the
/// set with the number `low`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Test {
    pub(super) variable: u32,
    low: u32,
    span: u32,
}

const IN_SET: u32 = u32::MAX;

/// What is known of a case: the code of each variable, and the words for those that have no code.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known<'a> {
    pub(super) cells: &'a Cells,
    pub(super) codes: &'a [u32],
    pub(super) possible: &'a [u64],
    /// Of some variable several cells are possible, but not all.
    pub(super) several: bool,
}

/// The tests of all terms.
#[derive(Debug, Default)]
pub(super) struct Tests {
    /// Where the tests of each term start, and the end.
    starts: Vec<u32>,
    /// The most telling test of a term first.
    list: Vec<Test>,
    sets: Vec<CellSet>,
}

/// The lists under one variable.
#[derive(Debug)]
struct Entrance {
    variable: u32,
    cells: u32,
    all: u32,
    /// Where the entries of each cell start, and the end.
    buckets: Vec<u32>,
    /// The entries that are ranges, and where their own `low` and `span` stand.
    ranges: (u32, u32),
    first_range: u32,
}

/// Entries of all lists, in columns: a term and its second test.
#[derive(Debug, Default)]
struct Entries {
    term: Vec<u32>,
    variable: Vec<u32>,
    low: Vec<u32>,
    span: Vec<u32>,
}

/// Finds the terms that surely hold.
#[derive(Debug)]
pub(super) struct Index {
    entrances: Vec<Entrance>,
    entries: Entries,
    range_low: Vec<u32>,
    range_span: Vec<u32>,
    /// The terms without tests.
    always: Vec<u32>,
}

/// A most telling test is listed under its cells when it has no more than so many.
const MOST_BUCKETS: u32 = 4;

impl Tests {
    /// The tests of terms; a place without a term has none.
    pub(super) fn new(cells: &Cells, terms: &[Option<Term<'_>>]) -> Self {
        let mut tests = Tests::default();
        for term in terms {
            tests.starts.push(tests.next());
            let mut sorted: Vec<(u64, VariableIndex, &CellSet)> = term
                .iter()
                .flat_map(|term| &term.tests)
                .map(|(variable, set)| {
                    let count = cells.variable(*variable).map_or(1, |variable| variable.cells);
                    // The share of the cells, in millionths.
                    let share = u64::from(set.len()) * 1_000_000 / u64::from(count.max(1));
                    (share, *variable, set.as_ref())
                })
                .collect();
            sorted.compact_sort_by_key(|(share, variable, _)| (*share, *variable));
            for (_, variable, set) in sorted {
                let test = tests.test(variable, set);
                tests.list.push(test);
            }
        }
        tests.starts.push(tests.next());
        tests
    }

    fn next(&self) -> u32 {
        u32::try_from(self.list.len()).unwrap_or(u32::MAX)
    }

    fn test(&mut self, variable: VariableIndex, set: &CellSet) -> Test {
        let (low, high) = set.ends().unwrap_or((0, 0));
        if high - low + 1 == set.len() {
            return Test {
                variable: variable.0,
                low,
                span: high - low,
            };
        }
        let number = u32::try_from(self.sets.len()).unwrap_or(u32::MAX);
        self.sets.push(set.clone());
        Test {
            variable: variable.0,
            low: number,
            span: IN_SET,
        }
    }

    pub(super) fn of(&self, term: u32) -> &[Test] {
        match self.starts.get(term as usize..term as usize + 2) {
            Some([from, to]) => self.list.get(*from as usize..*to as usize).unwrap_or(&[]),
            _ => &[],
        }
    }

    fn set(&self, test: Test) -> Option<&CellSet> {
        self.sets.get(test.low as usize)
    }

    /// Whether a test holds in a cell.
    #[inline(always)]
    fn holds(&self, test: Test, cell: u32) -> bool {
        if test.span == IN_SET {
            self.set(test).is_some_and(|set| set.contains(cell))
        } else {
            cell.wrapping_sub(test.low) <= test.span
        }
    }

    /// Whether a test surely holds, and whether it can.
    fn of_known(&self, test: Test, known: Known<'_>) -> (bool, bool) {
        let index = VariableIndex(test.variable);
        let (Some(variable), Some(code)) = (known.cells.variable(index), known.codes.get(index.index()))
        else {
            return (false, true);
        };
        let (mut sure, mut possible) = (true, false);
        let mut cell = |cell: u32| {
            let holds = self.holds(test, cell);
            sure &= holds;
            possible |= holds;
        };
        if *code == SOME_CELLS {
            crate::cells::bits(words_of(known.cells, known.possible, index)).for_each(&mut cell);
        } else if *code == variable.all {
            return (false, true);
        } else {
            let (first, next) = known.cells.cells_of(variable, *code);
            (first..next).for_each(&mut cell);
        }
        (sure, possible)
    }

    /// Whether a test can hold.
    #[inline(always)]
    pub(super) fn can(&self, test: Test, cells: u32, code: u32, known: Known<'_>) -> bool {
        if code < cells {
            self.holds(test, code)
        } else {
            self.of_known(test, known).1
        }
    }

    /// Whether a term surely holds, and whether it can.
    pub(super) fn term(&self, term: u32, known: Known<'_>) -> (bool, bool) {
        let tests = self.of(term).iter();
        tests.fold((true, true), |(sure, possible), test| {
            let (this_sure, this_possible) = self.of_known(*test, known);
            (sure && this_sure, possible && this_possible)
        })
    }
}

impl Index {
    /// Lists these terms.
    pub(super) fn new(cells: &Cells, tests: &Tests, terms: impl Iterator<Item = u32>) -> Self {
        // By variable: the terms of each cell, and the ranges.
        let mut buckets: Vec<Vec<(u32, u32)>> = vec![Vec::new(); cells.variables.len()];
        let mut ranges: Vec<Vec<u32>> = vec![Vec::new(); cells.variables.len()];
        let mut index = Index {
            entrances: Vec::new(),
            entries: Entries::default(),
            range_low: Vec::new(),
            range_span: Vec::new(),
            always: Vec::new(),
        };
        for term in terms {
            let Some(first) = tests.of(term).first() else {
                index.always.push(term);
                continue;
            };
            let listed: Vec<u32> = match tests.set(*first).filter(|_| first.span == IN_SET) {
                // A set that is no range must be listed by its cells, however many.
                Some(set) => set.iter().collect(),
                None if first.span < MOST_BUCKETS => (first.low..=first.low + first.span).collect(),
                None => Vec::new(),
            };
            if listed.is_empty() {
                ranges
                    .get_mut(first.variable as usize)
                    .into_iter()
                    .for_each(|list| list.push(term));
            }
            if let Some(list) = buckets.get_mut(first.variable as usize) {
                list.extend(listed.into_iter().map(|cell| (cell, term)));
            }
        }
        for ((number, variable), (mut buckets, ranges)) in cells
            .variables
            .iter()
            .enumerate()
            .zip(buckets.into_iter().zip(ranges))
        {
            if buckets.is_empty() && ranges.is_empty() {
                continue;
            }
            buckets.compact_sort();
            index.add_entrance(tests, number, variable, &buckets, &ranges);
        }
        index
    }

    fn add_entrance(
        &mut self,
        tests: &Tests,
        number: usize,
        variable: &Variable,
        buckets: &[(u32, u32)],
        ranges: &[u32],
    ) {
        let next = |index: &Index| u32::try_from(index.entries.term.len()).unwrap_or(u32::MAX);
        let mut starts = Vec::new();
        if !buckets.is_empty() {
            let mut rest = buckets.iter().peekable();
            for cell in 0..variable.cells {
                starts.push(next(self));
                while let Some((_, term)) = rest.next_if(|(at, _)| *at == cell) {
                    self.add_entry(tests, *term);
                }
            }
            starts.push(next(self));
        }
        let first_range = u32::try_from(self.range_low.len()).unwrap_or(u32::MAX);
        let from = next(self);
        for term in ranges {
            let Some(test) = tests.of(*term).first() else {
                continue;
            };
            self.range_low.push(test.low);
            self.range_span.push(test.span);
            self.add_entry(tests, *term);
        }
        self.entrances.push(Entrance {
            variable: u32::try_from(number).unwrap_or(u32::MAX),
            cells: variable.cells,
            all: variable.all,
            buckets: starts,
            ranges: (from, next(self)),
            first_range,
        });
    }

    fn add_entry(&mut self, tests: &Tests, term: u32) {
        let tests = tests.of(term);
        self.entries.term.push(term);
        // A term without a second test has its first one again.
        let second = tests.get(1).or(tests.first()).copied().unwrap_or(Test {
            variable: 0,
            low: 0,
            span: IN_SET,
        });
        self.entries.variable.push(second.variable);
        // What is in a set is looked at later.
        self.entries
            .low
            .push(if second.span == IN_SET { 0 } else { second.low });
        self.entries.span.push(second.span);
    }

    /// Calls `sink` with each listed term that surely holds, each once.
    pub(super) fn each_sure(
        &self,
        instructions: Instructions,
        tests: &Tests,
        known: Known<'_>,
        sink: &mut dyn FnMut(u32),
    ) {
        self.always.iter().for_each(|term| sink(*term));
        lists_of_known_cells(instructions, self, tests, known.codes, sink);
        if known.several {
            self.each_sure_of_several_cells(tests, known, sink);
        }
    }

    /// The lists of the variables of which one cell is known.
    #[inline(always)]
    fn of_known_cells(&self, tests: &Tests, codes: &[u32], sink: &mut dyn FnMut(u32)) {
        for entrance in &self.entrances {
            let code = codes
                .get(entrance.variable as usize)
                .copied()
                .unwrap_or(entrance.all);
            if code >= entrance.cells {
                continue;
            }
            if let Some([from, to]) = entrance.buckets.get(code as usize..code as usize + 2) {
                self.of_bucket(tests, codes, *from, *to, sink);
            }
            self.of_ranges(tests, codes, entrance, code, sink);
        }
    }

    #[inline(always)]
    fn of_bucket(&self, tests: &Tests, codes: &[u32], from: u32, to: u32, sink: &mut dyn FnMut(u32)) {
        let list = from as usize..to as usize;
        let (Some(variables), Some(lows), Some(spans), Some(terms)) = (
            self.entries.variable.get(list.clone()),
            self.entries.low.get(list.clone()),
            self.entries.span.get(list.clone()),
            self.entries.term.get(list),
        ) else {
            return;
        };
        let chunks = variables.chunks(64).zip(lows.chunks(64)).zip(spans.chunks(64));
        for (((variables, lows), spans), terms) in chunks.zip(terms.chunks(64)) {
            let mut left = 0u64;
            for (place, ((variable, low), span)) in variables.iter().zip(lows).zip(spans).enumerate() {
                let code = codes.get(*variable as usize).copied().unwrap_or(0);
                left |= u64::from(code.wrapping_sub(*low) <= *span) << place;
            }
            self.rest(tests, codes, left, terms, sink);
        }
    }

    #[inline(always)]
    fn of_ranges(
        &self,
        tests: &Tests,
        codes: &[u32],
        entrance: &Entrance,
        code: u32,
        sink: &mut dyn FnMut(u32),
    ) {
        let (from, to) = entrance.ranges;
        let first = entrance.first_range as usize;
        let own = first..first + (to - from) as usize;
        let (Some(lows), Some(spans), Some(terms)) = (
            self.range_low.get(own.clone()),
            self.range_span.get(own),
            self.entries.term.get(from as usize..to as usize),
        ) else {
            return;
        };
        for ((lows, spans), terms) in lows.chunks(64).zip(spans.chunks(64)).zip(terms.chunks(64)) {
            let mut left = 0u64;
            for (place, (low, span)) in lows.iter().zip(spans).enumerate() {
                left |= u64::from(code.wrapping_sub(*low) <= *span) << place;
            }
            self.rest(tests, codes, left, terms, sink);
        }
    }

    /// The other tests of the terms that are left.
    #[inline(always)]
    fn rest(&self, tests: &Tests, codes: &[u32], mut left: u64, terms: &[u32], sink: &mut dyn FnMut(u32)) {
        while left != 0 {
            let place = left.trailing_zeros() as usize;
            left &= left - 1;
            let Some(term) = terms.get(place) else { return };
            let holds = tests.of(*term).iter().skip(1).all(|test| {
                // A code that stands for several cells is past them all: no range has it, and no set.
                let code = codes.get(test.variable as usize).copied().unwrap_or(u32::MAX);
                tests.holds(*test, code)
            });
            if holds {
                sink(*term);
            }
        }
    }

    /// All lists once more, for what several cells have in common.
    fn each_sure_of_several_cells(&self, tests: &Tests, known: Known<'_>, sink: &mut dyn FnMut(u32)) {
        let singly = |variable: u32| {
            let variable = VariableIndex(variable);
            match (known.cells.variable(variable), known.codes.get(variable.index())) {
                (Some(variable), Some(code)) => *code < variable.cells,
                _ => false,
            }
        };
        let mut look = |term: u32| {
            // Those that rest on single cells alone have been found.
            let found = tests.of(term).iter().all(|test| singly(test.variable));
            if !found && tests.term(term, known).0 {
                sink(term);
            }
        };
        for entrance in &self.entrances {
            let index = VariableIndex(entrance.variable);
            let (Some(variable), Some(code)) = (known.cells.variable(index), known.codes.get(index.index()))
            else {
                continue;
            };
            if *code == entrance.all {
                continue;
            }
            // A test that all possible cells pass is passed by the first of them.
            let first = if *code == SOME_CELLS {
                crate::cells::bits(words_of(known.cells, known.possible, index)).next()
            } else {
                Some(known.cells.cells_of(variable, *code).0)
            };
            let Some(first) = first.map(|first| first as usize) else {
                continue;
            };
            let bucket = match entrance.buckets.get(first..first + 2) {
                Some([from, to]) => *from..*to,
                _ => 0..0,
            };
            for entry in bucket.chain(entrance.ranges.0..entrance.ranges.1) {
                if let Some(term) = self.entries.term.get(entry as usize) {
                    look(*term);
                }
            }
        }
    }
}

per_instructions! {
    fn lists_of_known_cells (index: &Index, tests: &Tests, codes: &[u32], sink: &mut dyn FnMut(u32)) = Index::of_known_cells;
}
