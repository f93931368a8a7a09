//! From masks to the verdict of each advice id, without lists of rules, texts or reasons.
//!
//! An advice id whose rules only ever give one verdict, with no gate, exception, plan or rule that overrides
//! them, has that verdict when one place of the masks is True. The others are decided by the same steps as
//! in `evaluate`, one after the other, as far as any of their rules can speak.

use std::cell::{OnceCell, RefCell};

use hashbrown::HashMap;

use super::columns::{has, set};
use super::dense::Words;
use super::{CaseView, Engine, Masks, Screen};
use crate::cells::{Cells, bits};
use crate::check::base::{AdviceIndex, CheckedBase, RuleIndex, RuleKind, Suppresses};
use crate::compact_sort::CompactSort;
use crate::compile::{NodeId, Program};
use crate::evaluate::{
    Judge, Possible, RuleSet, Speaker, Truth, Truths, give_way, is_positive, silences, speaker, voices_of,
    waiting,
};
use crate::verdict::Verdict;

/// How the verdicts of a base are found from its masks.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// The places that alone decide an advice id.
    plain: Vec<u64>,
    /// By place: the advice id, and its verdict where the place is plain.
    plain_verdicts: Vec<(AdviceIndex, Verdict)>,
    /// The rules, by place, of the other advice ids.
    stepwise: Vec<u64>,
    /// Places where several conditions of one advice id and verdict count as one.
    joint: HashMap<(AdviceIndex, Verdict), u32>,
    /// The rules that silence others.
    suppressors: Vec<RuleIndex>,
    /// Some rules stand beside other advice.
    beside: bool,
    /// Every advice id is decided by a place alone, and nothing is silenced.
    all_plain: bool,
}

/// Room that is used again.
#[derive(Debug, Default)]
pub(crate) struct Room {
    pub(crate) masks: Masks,
    live: Vec<u32>,
    gone: RuleSet,
    advice: Vec<AdviceIndex>,
    heard: Vec<Speaker>,
    acting: Vec<RuleIndex>,
    settled: Vec<(AdviceIndex, Verdict)>,
    pub(crate) verdicts: Vec<(AdviceIndex, Verdict)>,
}

thread_local! {
    static ROOM: RefCell<Room> = RefCell::new(Room::default());
}

/// Lends the thread's room.
pub(crate) fn with_room<T>(work: impl FnOnce(&mut Room) -> T) -> T {
    ROOM.with(|room| match room.try_borrow_mut() {
        Ok(mut room) => work(&mut room),
        Err(_) => work(&mut Room::default()),
    })
}

/// The conditions of one advice id that may give it a verdict: those of each verdict count as one.
type Ballot = (AdviceIndex, Verdict, Vec<NodeId>);

/// The verdicts that several rules, or a rule in several ways, can give one advice id.
pub(super) fn ballots(base: &CheckedBase, program: &Program) -> Vec<Ballot> {
    let mut ballots = Vec::new();
    for (index, advice) in base.advice.iter().enumerate() {
        let index = AdviceIndex::new(index);
        if advice.rules.len() < 2 {
            continue;
        }
        let mut by_verdict: HashMap<Verdict, Vec<NodeId>> = HashMap::new();
        for rule in &advice.rules {
            let (Some(rule), Some(nodes)) = (base.rules.get(rule.index()), program.rules.get(rule.index()))
            else {
                continue;
            };
            for open in &nodes.open {
                for verdict in [Some(open.verdict), rule.then].into_iter().flatten() {
                    by_verdict.entry(verdict).or_default().push(open.node);
                }
            }
            if nodes.shut.is_some() {
                by_verdict.entry(Verdict::Defer).or_default().push(nodes.live);
            }
        }
        for (verdict, mut nodes) in by_verdict {
            nodes.compact_sort();
            nodes.dedup();
            if nodes.len() > 1 {
                ballots.push((index, verdict, nodes));
            }
        }
    }
    ballots.compact_sort_by_key(|(advice, verdict, _)| (*advice, *verdict));
    ballots
}

impl Plan {
    /// `place_of` tells the place of a node; `joint` holds the places of the ballots that have one.
    pub(super) fn new(
        base: &CheckedBase,
        program: &Program,
        places: usize,
        place_of: impl Fn(NodeId) -> Option<usize>,
        joint: HashMap<(AdviceIndex, Verdict), u32>,
    ) -> Self {
        let mut plan = Plan {
            plain: vec![0; places.div_ceil(64)],
            plain_verdicts: vec![(AdviceIndex::new(0), Verdict::Inform); places],
            stepwise: vec![0; base.rules.len().div_ceil(64)],
            joint,
            suppressors: (0..base.rules.len())
                .map(RuleIndex::new)
                .filter(|rule| {
                    base.rules
                        .get(rule.index())
                        .is_some_and(|rule| rule.suppresses.is_some())
                })
                .collect(),
            beside: base.rules.iter().any(|rule| !rule.beside.is_empty()),
            all_plain: false,
        };
        let mut overridden = RuleSet::default();
        overridden.clear(base.rules.len());
        base.rules
            .iter()
            .flat_map(|rule| &rule.overrides)
            .for_each(|lower| overridden.add(*lower));
        for (index, advice) in base.advice.iter().enumerate() {
            let index = AdviceIndex::new(index);
            let verdict = plain_verdict(base, program, &overridden, &advice.rules);
            let place = verdict.and_then(|verdict| match advice.rules.as_slice() {
                [rule] => place_of(program.rules.get(rule.index())?.live),
                _ => plan.joint.get(&(index, verdict)).map(|place| *place as usize),
            });
            match (verdict, place) {
                (Some(verdict), Some(place)) if !has(&plan.plain, place) => {
                    set(&mut plan.plain, place);
                    if let Some(slot) = plan.plain_verdicts.get_mut(place) {
                        *slot = (index, verdict);
                    }
                }
                // Two advice ids with the same condition share a place: the second goes by steps.
                _ => advice
                    .rules
                    .iter()
                    .for_each(|rule| set(&mut plan.stepwise, rule.index())),
            }
        }
        plan.all_plain = plan.suppressors.is_empty() && plan.stepwise.iter().all(|word| *word == 0);
        plan
    }

    /// Calls `sink` with the advice ids that places alone decide.
    #[inline(always)]
    fn each_plain(&self, sure: &[u64], mut sink: impl FnMut(AdviceIndex, Verdict)) {
        // Not the chunks of the verdicts beside them: to find how many there are takes a division.
        for (word, (sure, plain)) in sure.iter().zip(&self.plain).enumerate() {
            let mut left = sure & plain;
            while left != 0 {
                let place = word * 64 + left.trailing_zeros() as usize;
                if let Some((advice, verdict)) = self.plain_verdicts.get(place) {
                    sink(*advice, *verdict);
                }
                left &= left - 1;
            }
        }
    }
}

/// The one verdict that these rules of one advice id ever give, when one of their conditions alone decides it.
fn plain_verdict(
    base: &CheckedBase,
    program: &Program,
    overridden: &RuleSet,
    rules: &[RuleIndex],
) -> Option<Verdict> {
    let mut found = None;
    for index in rules {
        let rule = base.rules.get(index.index())?;
        let nodes = program.rules.get(index.index())?;
        let [open] = nodes.open.as_slice() else {
            return None;
        };
        let plain = rule.kind != RuleKind::Wait
            && open.node == nodes.live
            && nodes.shut.is_none()
            && nodes.except.is_none()
            && nodes.unless.is_none()
            && !(nodes.never.is_some() && rule.never_when_unknown_stands)
            && rule.stage.is_none()
            && rule.beside.is_empty()
            && !overridden.has(*index);
        if !plain || found.is_some_and(|found| found != open.verdict) {
            return None;
        }
        found = Some(open.verdict);
    }
    found
}

/// The truths of a case: from the masks, or from evaluation where they do not have them.
struct Screened<'a> {
    screen: &'a Screen,
    program: &'a Program,
    possible: &'a Possible,
    masks: &'a Masks,
    truths: OnceCell<Truths<'a>>,
}

impl Screened<'_> {
    fn truths(&self) -> &Truths<'_> {
        self.truths
            .get_or_init(|| Truths::new(self.program, self.possible))
    }
}

impl Judge for Screened<'_> {
    fn cells(&self) -> &Cells {
        &self.program.cells
    }

    fn possible(&self) -> &Possible {
        self.possible
    }

    fn of(&self, node: NodeId) -> Truth {
        match self.screen.place_of(node) {
            Some(place) => self.masks.truth_at(place),
            None => self.truths().of(node),
        }
    }

    fn surely_any(&self, nodes: &mut dyn Iterator<Item = NodeId>) -> bool {
        self.truths().any(nodes) == Truth::True
    }
}

impl Screened<'_> {
    /// Whether conditions that give one advice id one verdict surely do.
    fn given(
        &self,
        advice: AdviceIndex,
        verdict: Verdict,
        mut nodes: impl Iterator<Item = NodeId> + Clone,
    ) -> bool {
        let mut unknown = 0;
        for node in nodes.clone() {
            match self.of(node) {
                Truth::True => return true,
                Truth::Unknown => unknown += 1,
                Truth::False => {}
            }
        }
        // One that is Unknown alone decides nothing; and what all conditions of the verdict together do not
        // make sure, these of them do not.
        let joint = self.screen.plan.joint.get(&(advice, verdict));
        unknown > 1
            && joint.is_none_or(|place| self.masks.truth_at(*place as usize) == Truth::True)
            && self.surely_any(&mut nodes)
    }
}

impl Screen {
    /// Calls `sink` with the verdict of each advice id that has one, in no particular order.
    #[inline]
    pub(crate) fn verdicts(
        &self,
        base: &CheckedBase,
        program: &Program,
        case: CaseView<'_>,
        room: &mut Room,
        mut sink: impl FnMut(AdviceIndex, Verdict),
    ) {
        if !self.plan.all_plain {
            self.of_case(program, case, &mut room.masks);
            room.verdicts.clear();
            self.decide(base, program, case, room, false);
            if self.plan.beside {
                // What stands beside other advice comes last, when that advice is settled.
                std::mem::swap(&mut room.settled, &mut room.verdicts);
                room.verdicts.clear();
                self.decide(base, program, case, room, true);
            }
            room.verdicts
                .iter()
                .for_each(|(advice, verdict)| sink(*advice, *verdict));
            return;
        }
        room.live.clear();
        if self.lists_live(program, case, &mut room.live) {
            let plain = |place: &&u32| has(&self.plan.plain, **place as usize);
            for place in room.live.iter().filter(plain) {
                if let Some((advice, verdict)) = self.plan.plain_verdicts.get(*place as usize) {
                    sink(*advice, *verdict);
                }
            }
        } else {
            self.of_case(program, case, &mut room.masks);
            self.plan.each_plain(&room.masks.sure, sink);
        }
    }

    /// The same where no room is needed: with few terms, and every advice id decided by a place alone. False, and
    /// nothing is called, where it is.
    #[inline]
    pub(crate) fn plain_verdicts(
        &self,
        program: &Program,
        case: CaseView<'_>,
        sink: &mut impl FnMut(AdviceIndex, Verdict),
    ) -> bool {
        if !self.plan.all_plain || !self.hard.is_empty() {
            return false;
        }
        let (with, cells) = (self.instructions, &program.cells);
        let (codes, possible) = (case.codes, case.possible);
        match &self.engine {
            Engine::One(dense) => self.say(dense.of_case(with, cells, codes, possible), sink),
            Engine::Two(dense) => self.say(dense.of_case(with, cells, codes, possible), sink),
            Engine::Four(dense) => self.say(dense.of_case(with, cells, codes, possible), sink),
            Engine::Eight(dense) => self.say(dense.of_case(with, cells, codes, possible), sink),
            Engine::Many(_) => return false,
        }
        true
    }

    #[inline(always)]
    fn say<const W: usize>(
        &self,
        (mut sure, mut possible): Words<W>,
        sink: &mut impl FnMut(AdviceIndex, Verdict),
    ) {
        self.join(&mut sure, &mut possible);
        self.plan.each_plain(&sure, sink);
    }

    fn decide(
        &self,
        base: &CheckedBase,
        program: &Program,
        case: CaseView<'_>,
        room: &mut Room,
        with_beside: bool,
    ) {
        let Room {
            masks,
            gone,
            advice,
            heard,
            acting,
            settled,
            verdicts,
            ..
        } = room;
        let judge = Screened {
            screen: self,
            program,
            possible: case.possible,
            masks,
            truths: OnceCell::new(),
        };
        let listed = |rule: &crate::check::base::Rule| {
            with_beside
                && rule.beside.iter().any(|advice| {
                    settled
                        .binary_search_by_key(advice, |(advice, _)| *advice)
                        .ok()
                        .and_then(|place| settled.get(place))
                        .is_some_and(|(_, verdict)| is_positive(*verdict))
                })
        };
        let speaks = |rule: RuleIndex| {
            // A rule that cannot be live says nothing.
            has(&masks.possible, rule.index())
                .then(|| speaker(base, program, &judge, rule, &listed))
                .flatten()
        };
        let live = |rule: RuleIndex| speaks(rule).map_or(Truth::False, |speaker| speaker.live);
        gone.clear(base.rules.len());
        give_way(base, program, live, gone, |_, _| {});

        self.plan
            .each_plain(&masks.sure, |advice, verdict| verdicts.push((advice, verdict)));
        advice.clear();
        let words = masks.possible.iter().zip(&self.plan.stepwise).enumerate();
        for (index, (possible, stepwise)) in words {
            for place in bits(&[possible & stepwise]) {
                advice.extend(
                    base.rules
                        .get(index * 64 + place as usize)
                        .map(|rule| rule.advice),
                );
            }
        }
        advice.sort_unstable();
        advice.dedup();
        for index in advice.iter() {
            let Some(entry) = base.advice.get(index.index()) else {
                continue;
            };
            heard.clear();
            heard.extend(
                entry
                    .rules
                    .iter()
                    .filter(|rule| !gone.has(**rule))
                    .filter_map(|rule| speaks(*rule))
                    .filter(|speaker| !speaker.withdrawn),
            );
            verdicts.extend(verdict_of(&judge, *index, heard).map(|verdict| (*index, verdict)));
        }

        acting.clear();
        let stands = |rule: &&RuleIndex| !gone.has(**rule) && live(**rule) == Truth::True;
        acting.extend(self.plan.suppressors.iter().filter(stands));
        if acting.is_empty() {
            verdicts.sort_unstable();
            return;
        }
        verdicts.retain(|(advice, verdict)| {
            !acting.iter().any(|by| {
                let suppresses: Option<&Suppresses> = base
                    .rules
                    .get(by.index())
                    .and_then(|rule| rule.suppresses.as_ref());
                suppresses.is_some_and(|suppresses| silences(base, *by, suppresses, *advice, *verdict))
            })
        });
        verdicts.sort_unstable();
    }
}

/// The verdict that the rules that are heard give an advice id: of several the most cautious.
fn verdict_of(judge: &Screened<'_>, advice: AdviceIndex, heard: &[Speaker]) -> Option<Verdict> {
    let mut spoken = 0u16;
    for voice in heard.iter().flat_map(|speaker| speaker.voices.iter()) {
        spoken |= 1 << voice.verdict.code();
    }
    let given = |verdict: Verdict| {
        let voices = spoken >> verdict.code() & 1 == 1
            && judge.given(
                advice,
                verdict,
                voices_of(heard, verdict).map(|(_, voice)| voice.node),
            );
        voices
            || verdict == Verdict::Defer
                && judge.given(advice, verdict, waiting(judge, heard).map(|(_, live)| live))
    };
    Verdict::ALL
        .into_iter()
        .filter(|verdict| given(*verdict))
        .min_by_key(|verdict| verdict.caution())
}
