//! The plan: the advice as all clocks move forward together.

mod picture;

use serde::Serialize;

#[cfg(feature = "tools")]
pub(crate) use picture::colour;

use crate::advice::{Advice, Elapsed, OpensAt};
use crate::case::Case;
use crate::case::value::FactValue;
use crate::check::base::{FactIndex, FactKind, Scalar};
use crate::error::Error;
use crate::evaluate::{Truth, Truths};
use crate::knowledge_base::KnowledgeBase;
use crate::questions::is_unknown;
use crate::text::json;
use crate::verdict::Verdict;
use crate::words::{Words, fill};

/// The advice as time passes: intervals in which nothing changes.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Plan {
    format: u32,
    lang: String,
    /// The clock that the times are counted on when it is unknown; otherwise they are counted from now.
    pub relative_to: Option<String>,
    /// How far the plan looks.
    pub horizon: Elapsed,
    /// The time until anything changes, if it does before the horizon.
    pub next_change: Option<Elapsed>,
    /// The clocks that move.
    pub moving: Vec<String>,
    /// The stated facts that are taken to stay as they are.
    pub held: Vec<String>,
    /// The stated facts whose answer expires, and when.
    pub expiring: Vec<Expiry>,
    /// The intervals, from now to the horizon.
    pub intervals: Vec<Interval>,
    /// The staged plans, each step of which waits until the one before it is comfortable.
    pub stages: Vec<StagePlan>,
}

/// An answer that expires.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Expiry {
    /// The fact.
    pub fact: String,
    /// When it becomes unknown.
    pub at: Elapsed,
}

/// A stretch of time in which nothing changes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Interval {
    /// When it begins.
    pub from: Elapsed,
    /// When the next begins; none for the last.
    pub to: Option<Elapsed>,
    /// The limits that are reached or passed where it begins.
    pub reached: Vec<OpensAt>,
    /// What differs from the interval before.
    pub changes: Vec<Change>,
    /// The advice, in order.
    pub advice: Vec<PlannedItem>,
}

/// A verdict that changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The advice id.
    pub id: String,
    /// The verdict before; none when there was none.
    pub was: Option<Verdict>,
    /// The verdict from now on; none when it ends.
    pub now: Option<Verdict>,
    /// Said to the reader.
    pub text: String,
}

/// One advice of an interval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlannedItem {
    /// The advice id.
    pub id: String,
    /// Its verdict.
    pub verdict: Verdict,
    /// Its phase.
    pub phase: Option<String>,
    /// A clock stands between the ends of a vague limit.
    pub nearly: bool,
    /// Said to the reader.
    pub text: String,
}

/// A staged plan in time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StagePlan {
    /// The staged plan.
    pub id: String,
    /// When its present step opens; none when it does not before the horizon.
    pub from: Option<Elapsed>,
    /// The step that is open then.
    pub step: Option<String>,
    /// The fact that the next step waits for.
    pub waits_for: String,
    /// Every step, in order.
    pub steps: Vec<Step>,
}

/// A step of a staged plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// The advice id.
    pub id: String,
    /// Said to the reader.
    pub text: String,
}

impl Plan {
    /// The canonical JSON.
    pub fn to_json(&self) -> String {
        json::to_json(self)
    }
    /// The language of its texts.
    pub fn lang(&self) -> &str {
        &self.lang
    }
    /// What is worth showing of an interval: everything of the first, of the others what is new or now stands
    /// between the ends of a vague limit, or no longer does.
    pub fn shown(&self, interval: usize) -> impl Iterator<Item = &PlannedItem> {
        let before = interval
            .checked_sub(1)
            .and_then(|before| self.intervals.get(before));
        let items = self.intervals.get(interval).into_iter();
        items.flat_map(|interval| &interval.advice).filter(move |item| {
            before.is_none_or(|before| {
                !before.advice.iter().any(|other| {
                    other.id == item.id && other.verdict == item.verdict && other.nearly == item.nearly
                })
            })
        })
    }

    /// When an interval begins, in words: `Now`, `In 4 h`, `When time_since_release is 24 h`.
    pub fn heading(&self, interval: usize, words: &Words) -> String {
        let from = self
            .intervals
            .get(interval)
            .map(|interval| words.moment(interval.from));
        let from = from.unwrap_or_default();
        match &self.relative_to {
            None if interval == 0 => words.moment_now.to_owned(),
            None => fill(words.moment_in, &[&from]),
            Some(clock) => fill(words.moment_clock, &[clock, &from]),
        }
    }

    /// Why an interval begins, in words: which clock reaches which limit. Empty for the first.
    pub fn reasons(&self, interval: usize, words: &Words) -> Vec<String> {
        let reached = self
            .intervals
            .get(interval)
            .map_or(&[][..], |interval| &interval.reached);
        let reached = reached
            .iter()
            .map(|reached| fill(words.reaches, &[&reached.fact, &words.moment(reached.limit)]));
        let from = self.intervals.get(interval).map(|interval| interval.from);
        let expired = self
            .expiring
            .iter()
            .filter(|expiry| interval > 0 && Some(expiry.at) == from)
            .map(|expiry| fill(words.expired, &[&expiry.fact]));
        let mut reasons: Vec<String> = Vec::new();
        for reason in reached.chain(expired) {
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
        reasons
    }
}

impl StagePlan {
    /// When it opens, in words.
    pub fn heading(&self, words: &Words) -> String {
        match self.from {
            Some(from) if from.microseconds() == 0 => words.stages_now.to_owned(),
            Some(from) => fill(words.stages_in, &[&words.moment(from)]),
            None => words.stages_later.to_owned(),
        }
    }
}

/// More intervals than this are not worth reading; the plan ends there.
const MOST_INTERVALS: usize = 1_000;

/// A clock that can be moved: what is known of it, by key.
#[derive(Clone, Copy, Debug)]
struct Moving {
    fact: FactIndex,
    least: i64,
    greatest: i64,
}

struct Planner<'a> {
    kb: &'a KnowledgeBase,
    case: Case,
    clocks: Vec<Moving>,
    expiring: Vec<(FactIndex, i64)>,
    now: i64,
}

/// Moves all clocks forward together and writes down what changes.
pub(crate) fn plan(kb: &KnowledgeBase, case: &Case, horizon: Elapsed) -> Result<Plan, Error> {
    let base = kb.base();
    let horizon = horizon.microseconds().max(0);
    let mut planner = Planner {
        kb,
        case: case.clone(),
        clocks: Vec::new(),
        expiring: Vec::new(),
        now: 0,
    };
    let relative_to = planner.find_clocks();
    planner.find_expiring();
    let moving: Vec<FactIndex> = planner.running().map(|clock| clock.fact).collect();
    let id = |fact: FactIndex| {
        base.facts
            .get(fact.index())
            .map(|fact| fact.id.clone())
            .unwrap_or_default()
    };
    let expiring: Vec<Expiry> = planner
        .expiring
        .iter()
        .filter(|(_, at)| *at <= horizon)
        .map(|(fact, at)| Expiry {
            fact: id(*fact),
            at: Elapsed::from_microseconds(*at),
        })
        .collect();
    let held = (0..base.facts.len())
        .map(FactIndex::new)
        .filter(|fact| {
            !moving.contains(fact) && !planner.expiring.iter().any(|(expiring, _)| expiring == fact)
        })
        .filter(|fact| {
            case.known()
                .get(fact.index())
                .is_some_and(|known| !matches!(known.0, FactValue::Unknown | FactValue::Declined))
        })
        .map(id)
        .collect();

    let mut intervals: Vec<Interval> = Vec::new();
    let mut reached = Vec::new();
    loop {
        let advice = kb.advise_without_questions(&planner.case)?;
        let items = planned(&advice);
        if intervals.last().is_none_or(|last| !same(&last.advice, &items)) {
            let from = Elapsed::from_microseconds(planner.now);
            let changes = intervals
                .last()
                .map(|last| changes(&last.advice, &items))
                .unwrap_or_default();
            if let Some(last) = intervals.last_mut() {
                last.to = Some(from);
            }
            intervals.push(Interval {
                from,
                to: None,
                reached: std::mem::take(&mut reached),
                changes,
                advice: items,
            });
        }
        reached.clear();
        match planner.next_moment() {
            Some(next) if next <= horizon && intervals.len() < MOST_INTERVALS => {
                reached = planner.move_to(next)
            }
            _ => break,
        }
    }
    let stages = stages(kb, &intervals);
    Ok(Plan {
        format: 1,
        lang: kb.lang().to_owned(),
        relative_to: relative_to.map(id),
        horizon: Elapsed::from_microseconds(horizon),
        next_change: intervals.get(1).map(|interval| interval.from),
        moving: moving.into_iter().map(id).collect(),
        held,
        expiring,
        intervals,
        stages,
    })
}

impl Planner<'_> {
    /// Finds the clocks that can move. One that is unknown is counted from zero, and so are the times.
    fn find_clocks(&mut self) -> Option<FactIndex> {
        let mut relative_to = None;
        for (position, fact) in self.kb.base().facts.iter().enumerate() {
            if !matches!(fact.kind, FactKind::Clock { .. }) {
                continue;
            }
            let index = FactIndex::new(position);
            let bounds = self.case.known().get(position).and_then(|known| known.bounds());
            match bounds {
                Some((least, greatest)) if least < i64::MAX => self.clocks.push(Moving {
                    fact: index,
                    least,
                    greatest,
                }),
                Some(_) => {}
                None if relative_to.is_none()
                    && self.runs(index)
                    && is_unknown(&self.kb.program().cells, self.case.possible(), index) =>
                {
                    relative_to = Some(index);
                    self.clocks.push(Moving {
                        fact: index,
                        least: 0,
                        greatest: 0,
                    });
                    self.case.put(index, FactValue::Duration(0));
                }
                None => {}
            }
        }
        relative_to
    }

    fn find_expiring(&mut self) {
        for (position, (fact, known)) in self.kb.base().facts.iter().zip(self.case.known()).enumerate() {
            if let Some(lasts) = fact.lasts
                && !matches!(known.0, FactValue::Unknown | FactValue::Declined)
            {
                self.expiring.push((FactIndex::new(position), lasts));
            }
        }
    }

    fn runs(&self, clock: FactIndex) -> bool {
        let program = self.kb.program();
        program
            .runs_while
            .get(clock.index())
            .copied()
            .flatten()
            .is_none_or(|node| Truths::new(program, self.case.possible()).of(node) == Truth::True)
    }

    fn running(&self) -> impl Iterator<Item = &Moving> {
        self.clocks.iter().filter(|clock| self.runs(clock.fact))
    }

    /// The next moment at which a clock enters or leaves a cell, or an answer expires.
    fn next_moment(&self) -> Option<i64> {
        let cells = &self.kb.program().cells;
        let crossings = self.running().flat_map(|clock| {
            let cuts = cells
                .ordered(clock.fact)
                .map(|ordered| ordered.cuts())
                .unwrap_or_default();
            cuts.iter().flat_map(move |cut| {
                [
                    cut.saturating_sub(clock.greatest),
                    cut.saturating_sub(clock.least),
                ]
            })
        });
        let crossings = crossings
            .filter(|step| *step > 0)
            .map(|step| self.now.saturating_add(step));
        let expiries = self
            .expiring
            .iter()
            .map(|(_, at)| *at)
            .filter(|at| *at > self.now);
        crossings.chain(expiries).min()
    }

    /// Moves every running clock, forgets what has expired, and tells which limits were reached.
    fn move_to(&mut self, next: i64) -> Vec<OpensAt> {
        let step = next.saturating_sub(self.now);
        let running: Vec<FactIndex> = self.running().map(|clock| clock.fact).collect();
        let mut reached = Vec::new();
        let cells = &self.kb.program().cells;
        for clock in self
            .clocks
            .iter_mut()
            .filter(|clock| running.contains(&clock.fact))
        {
            clock.least = clock.least.saturating_add(step);
            clock.greatest = clock.greatest.saturating_add(step);
            let cuts = cells
                .ordered(clock.fact)
                .map(|ordered| ordered.cuts())
                .unwrap_or_default();
            for cut in cuts
                .iter()
                .filter(|cut| **cut == clock.least || **cut == clock.greatest)
            {
                let fact = self
                    .kb
                    .base()
                    .facts
                    .get(clock.fact.index())
                    .map(|fact| fact.id.clone())
                    .unwrap_or_default();
                reached.push(OpensAt {
                    fact,
                    limit: Elapsed::from_microseconds(*cut),
                });
            }
            let value = if clock.least == clock.greatest {
                FactValue::Duration(clock.least)
            } else {
                FactValue::Range(
                    Some(Scalar::Duration(clock.least)),
                    Some(Scalar::Duration(clock.greatest)),
                )
            };
            self.case.put(clock.fact, value);
        }
        for (fact, _) in self.expiring.iter().filter(|(_, at)| *at == next) {
            self.case.put(*fact, FactValue::Unknown);
        }
        self.now = next;
        reached
    }
}

fn planned(advice: &Advice) -> Vec<PlannedItem> {
    let items = advice.items().iter();
    items
        .map(|item| PlannedItem {
            id: item.id.clone(),
            verdict: item.verdict,
            phase: item.phase.clone(),
            nearly: item.nearly,
            text: item.text.clone(),
        })
        .collect()
}

fn same(one: &[PlannedItem], other: &[PlannedItem]) -> bool {
    one.len() == other.len()
        && one.iter().zip(other).all(|(one, other)| {
            one.id == other.id && one.verdict == other.verdict && one.nearly == other.nearly
        })
}

fn changes(before: &[PlannedItem], after: &[PlannedItem]) -> Vec<Change> {
    let verdict =
        |items: &[PlannedItem], id: &str| items.iter().find(|item| item.id == id).map(|item| item.verdict);
    let begun = after.iter().filter_map(|item| {
        let was = verdict(before, &item.id);
        (was != Some(item.verdict)).then(|| Change {
            id: item.id.clone(),
            was,
            now: Some(item.verdict),
            text: item.text.clone(),
        })
    });
    let ended = before
        .iter()
        .filter(|item| verdict(after, &item.id).is_none())
        .map(|item| Change {
            id: item.id.clone(),
            was: Some(item.verdict),
            now: None,
            text: item.text.clone(),
        });
    begun.chain(ended).collect()
}

/// The staged plans of which some step opens, or waits to.
fn stages(kb: &KnowledgeBase, intervals: &[Interval]) -> Vec<StagePlan> {
    let base = kb.base();
    let mut plans = Vec::new();
    for plan in &base.stages {
        let step_of = |rule: &crate::check::base::RuleIndex| {
            let rule = base.rules.get(rule.index())?;
            Some((
                base.advice.get(rule.advice.index())?.id.clone(),
                kb.say(&rule.text),
            ))
        };
        let steps: Vec<Step> = plan
            .steps
            .iter()
            .filter_map(step_of)
            .map(|(id, text)| Step { id, text })
            .collect();
        let waiting = plan
            .after
            .and_then(|after| base.rules.get(after.index()))
            .and_then(|rule| base.advice.get(rule.advice.index()))
            .is_some_and(|advice| {
                intervals
                    .iter()
                    .any(|interval| interval.advice.iter().any(|item| item.id == advice.id))
            });
        let open = intervals.iter().find_map(|interval| {
            let item = interval
                .advice
                .iter()
                .find(|item| steps.iter().any(|step| step.id == item.id))?;
            Some((interval.from, item.id.clone()))
        });
        if open.is_some() || waiting {
            let (from, step) = open.map_or((None, None), |(from, step)| (Some(from), Some(step)));
            let waits_for = base
                .facts
                .get(plan.comfortable.index())
                .map(|fact| fact.id.clone())
                .unwrap_or_default();
            plans.push(StagePlan {
                id: plan.id.clone(),
                from,
                step,
                waits_for,
                steps,
            });
        }
    }
    plans
}
