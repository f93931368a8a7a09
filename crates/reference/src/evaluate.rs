//! What the packs say of a case, straight from the words of the semantics: a condition is true when
//! every completion makes it true, false when none does, unknown otherwise.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use liniment::Verdict;

use crate::model::{
    Base, Body, Case, Condition, Kind, Limit, Rule, RuleKind, Stated, Subject, Suppresses, Test, Value,
};
use crate::values::{Possible, World};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    True,
    False,
    Unknown,
}

use Truth::{False, True, Unknown};

/// What is said of one advice id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub verdict: Verdict,
    /// The rules that say so.
    pub rules: Vec<usize>,
    pub subject_to: BTreeSet<String>,
    pub needs: BTreeSet<String>,
    pub nearly: bool,
    /// In microseconds.
    pub opens_in: Option<i64>,
    pub instead: BTreeSet<String>,
}

/// Everything that is said of one case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    pub items: BTreeMap<String, Item>,
    pub suppressed: BTreeMap<String, (Verdict, BTreeSet<String>)>,
    pub causes: BTreeSet<String>,
    /// Advice ids on which several verdicts met, with all of them.
    pub conflicts: BTreeMap<String, BTreeSet<Verdict>>,
}

impl Outcome {
    pub fn verdicts(&self) -> BTreeMap<String, Verdict> {
        self.items
            .iter()
            .map(|(id, item)| (id.clone(), item.verdict))
            .collect()
    }
}

/// How far the window of a fix is along.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Window {
    Open,
    /// Between the ends of a vague limit.
    Nearly,
    Over,
}

/// The truth of what is met in some completions and not in others.
fn truth_of(mut met: impl Iterator<Item = bool>) -> Truth {
    match met.next() {
        Some(first) if !met.all(|other| other == first) => Unknown,
        Some(true) => True,
        _ => False,
    }
}

/// A condition in one completion.
pub fn holds(base: &Base, condition: &Condition, world: &World) -> bool {
    condition.iter().any(|row| row_holds(base, row, world))
}

fn row_holds(base: &Base, row: &[(Subject, Test)], world: &World) -> bool {
    row.iter().all(|(subject, test)| match subject {
        Subject::Fact(fact) => test_holds(test, world.values[*fact], world),
        Subject::Definition(definition) => match &base.definitions[*definition].body {
            Body::When(condition) => test_holds(test, Value::YesNo(holds(base, condition, world)), world),
            Body::Count { at_least, of } => {
                let count = of
                    .iter()
                    .filter(|condition| holds(base, condition, world))
                    .count();
                test_holds(test, Value::YesNo(count >= *at_least), world)
            }
            Body::Score(points) => {
                let sum = points
                    .iter()
                    .filter(|(_, condition)| holds(base, condition, world))
                    .map(|(points, _)| points)
                    .sum();
                test_holds(test, Value::Ordered(sum), world)
            }
        },
    })
}

fn test_holds(test: &Test, value: Value, world: &World) -> bool {
    let limit = |limit: &Limit| match limit {
        Limit::Value(value) => *value,
        Limit::Vague(vague) => world.hidden[*vague],
    };
    let set = |options: &[usize]| options.iter().fold(0_u32, |set, option| set | 1 << option);
    match (test, value) {
        (Test::All(tests), _) => tests.iter().all(|test| test_holds(test, value, world)),
        (Test::Yes, Value::YesNo(yes)) => yes,
        (Test::No, Value::YesNo(yes)) => !yes,
        (Test::Is(option), Value::Option(value)) => value == *option,
        (Test::OneOf(options), Value::Option(value)) => options.contains(&value),
        (Test::NoneOf(options), Value::Option(value)) => !options.contains(&value),
        (Test::NoneOf(options), Value::Several(value)) => value & set(options) == 0,
        (Test::Includes(options), Value::Several(value)) => value & set(options) == set(options),
        (Test::Only(options), Value::Several(value)) => value & !set(options) == 0,
        (Test::Exactly(options), Value::Several(value)) => value == set(options),
        (Test::AnyOf(options), Value::Several(value)) => value & set(options) != 0,
        (_, Value::Option(step)) => test_holds(test, Value::Ordered(i64::try_from(step).unwrap_or(0)), world),
        (Test::AtLeast(least), Value::Ordered(value)) => value >= limit(least),
        (Test::MoreThan(least), Value::Ordered(value)) => value > limit(least),
        (Test::AtMost(most), Value::Ordered(value)) => value <= limit(most),
        (Test::LessThan(most), Value::Ordered(value)) => value < limit(most),
        (Test::Between(least, most), Value::Ordered(value)) => limit(least) <= value && value <= limit(most),
        (test, value) => panic!("the test {test:?} does not fit the value {value:?}"),
    }
}

/// A case under judgement: the packs, and every completion of what is known.
pub struct Judge<'a> {
    base: &'a Base,
    worlds: &'a [World],
    /// The rules that close a scope, with the phases they close.
    scopes: Vec<(usize, &'a Rule, &'a [usize])>,
    /// The truth of each rule's `never_when` and `unless` over all completions: every completion asks for
    /// it, and to count it anew each time would take the square of their number.
    never_when: Vec<Truth>,
    unless: Vec<Truth>,
    /// What each rule gives in each completion, once somebody has asked.
    given: Vec<OnceCell<Vec<Option<Verdict>>>>,
}

impl<'a> Judge<'a> {
    pub fn new(base: &'a Base, worlds: &'a [World]) -> Judge<'a> {
        let scopes = (base.rules.iter().enumerate()).filter_map(|(number, rule)| match &rule.kind {
            RuleKind::Scope { closes } => Some((number, rule, closes.as_slice())),
            _ => None,
        });
        let mut judge = Judge {
            base,
            worlds,
            scopes: scopes.collect(),
            never_when: Vec::new(),
            unless: Vec::new(),
            given: vec![OnceCell::new(); base.rules.len()],
        };
        let truths = |of: fn(&Rule) -> Option<&Condition>| {
            let rules = base.rules.iter();
            rules.map(|rule| judge.condition(of(rule), false)).collect()
        };
        let never_when = truths(|rule| rule.never_when.as_ref());
        let unless = truths(|rule| rule.unless.as_ref());
        (judge.never_when, judge.unless) = (never_when, unless);
        judge
    }

    fn truth(&self, in_world: impl Fn(&World) -> bool) -> Truth {
        truth_of(self.worlds.iter().map(in_world))
    }

    pub fn condition(&self, condition: Option<&Condition>, left_out: bool) -> Truth {
        self.truth(|world| self.meets(condition, left_out, world))
    }

    fn meets(&self, condition: Option<&Condition>, left_out: bool, world: &World) -> bool {
        condition.map_or(left_out, |condition| holds(self.base, condition, world))
    }

    /// Whether no scope closes what belongs to this pack and phase.
    fn in_scope(&self, pack: usize, phase: Option<usize>, outside: &[usize], world: &World) -> bool {
        !self.scopes.iter().any(|(number, scope, closes)| {
            let closed = closes.is_empty() || phase.is_some_and(|phase| closes.contains(&phase));
            scope.pack == pack
                && closed
                && !outside.contains(number)
                && self.meets(scope.when.as_ref(), true, world)
        })
    }

    /// Scope, `when` and, but for red flags, any of the reasons.
    fn applies(&self, rule: &Rule, world: &World) -> bool {
        let always_in_scope = matches!(rule.kind, RuleKind::RedFlag(_) | RuleKind::Scope { .. });
        (always_in_scope || self.in_scope(rule.pack, rule.phase, &rule.outside, world))
            && self.meets(rule.when.as_ref(), true, world)
            && (rule.reasons.is_empty()
                || matches!(rule.kind, RuleKind::RedFlag(_))
                || rule.reasons.iter().any(|reason| holds(self.base, reason, world)))
    }

    /// The value of a clock in one completion.
    fn clock(world: &World, fact: usize) -> i64 {
        if let Value::Ordered(value) = world.values[fact] {
            value
        } else {
            panic!("a clock without a time")
        }
    }

    /// The ends of a limit; the same twice when it is exact.
    fn ends(&self, limit: Limit) -> (i64, i64) {
        match limit {
            Limit::Value(value) => (value, value),
            Limit::Vague(vague) => (self.base.vagues[vague].from, self.base.vagues[vague].to),
        }
    }

    /// The window of a fix.
    fn window(&self, rule: &Rule, world: &World) -> Window {
        let (RuleKind::Fix { .. }, Some((fact, limit))) = (&rule.kind, rule.until) else {
            return Window::Open;
        };
        let (clock, (lower, upper)) = (Self::clock(world, fact), self.ends(limit));
        if clock <= lower {
            Window::Open
        } else if clock <= upper {
            Window::Nearly
        } else {
            Window::Over
        }
    }

    /// The clock that a rule waits for: `not_before` of a fix, `until` of a wait.
    fn waits_for(rule: &Rule) -> Option<(usize, Limit)> {
        if rule.kind == RuleKind::Wait {
            rule.until
        } else {
            rule.not_before
        }
    }

    fn reached(&self, window: Option<(usize, Limit)>, world: &World) -> bool {
        window.is_none_or(|(fact, limit)| Self::clock(world, fact) >= self.ends(limit).1)
    }

    /// A clock that surely reached its limit, and nothing that shuts it.
    fn own_gate(&self, rule: &Rule, world: &World) -> bool {
        if rule.kind == RuleKind::Wait && rule.until.is_none() && rule.shut_while.is_none() {
            return false;
        }
        self.reached(Self::waits_for(rule), world) && !self.meets(rule.shut_while.as_ref(), false, world)
    }

    fn gate(&self, number: usize, world: &World) -> bool {
        let rule = &self.base.rules[number];
        let plan = if self.step(number).is_some() {
            self.base.stages.as_ref().and_then(|stages| stages.after)
        } else {
            None
        };
        self.own_gate(rule, world) && plan.is_none_or(|wait| self.own_gate(&self.base.rules[wait], world))
    }

    /// Which step of the plan a rule is, from 0.
    fn step(&self, number: usize) -> Option<usize> {
        self.base
            .stages
            .as_ref()?
            .steps
            .iter()
            .position(|step| *step == number)
    }

    /// The step that is open now, from 0.
    fn current_step(&self) -> Option<usize> {
        let stages = self.base.stages.as_ref()?;
        let at: BTreeSet<Value> = self.worlds.iter().map(|world| world.values[stages.at]).collect();
        let stage = match at.first() {
            Some(Value::Option(stage)) if at.len() == 1 => *stage,
            _ => 0,
        };
        let comfortable = self.truth(|world| world.values[stages.comfortable] == Value::YesNo(true)) == True;
        Some(match stage {
            0 => 0,
            _ if comfortable => (stage + 1).min(stages.steps.len()) - 1,
            _ => stage - 1,
        })
    }

    /// Whether a rule may speak or wait at a gate: a fix with one, or a wait. Steps of a plan never defer.
    fn is_gated(&self, number: usize) -> bool {
        let rule = &self.base.rules[number];
        match rule.kind {
            RuleKind::Wait => true,
            RuleKind::Fix { .. } => {
                self.step(number).is_none() && (rule.not_before.is_some() || rule.shut_while.is_some())
            }
            _ => false,
        }
    }

    /// `except` and `shown_unless`.
    fn exception(&self, rule: &Rule) -> Truth {
        self.truth(|world| {
            self.meets(rule.except.as_ref(), false, world)
                || self.meets(rule.shown_unless.as_ref(), false, world)
        })
    }

    /// Silent whatever else holds: an exception, an `unless` without `then`, another step's turn.
    fn silent(&self, number: usize) -> bool {
        let rule = &self.base.rules[number];
        self.exception(rule) == True
            || (self.unless[number] == True && rule.then.is_none())
            || self
                .step(number)
                .is_some_and(|step| self.current_step() != Some(step))
    }

    /// Not withheld by `never_when`.
    fn allowed(&self, number: usize, world: &World) -> bool {
        let rule = &self.base.rules[number];
        if rule.never_when_unknown_stands {
            self.never_when[number] != True
        } else {
            !self.meets(rule.never_when.as_ref(), false, world)
        }
    }

    /// The verdict, other than `defer`, that a rule gives in one completion.
    fn gives(&self, number: usize, world: &World) -> Option<Verdict> {
        let rule = &self.base.rules[number];
        if rule.kind == RuleKind::Wait
            || !self.applies(rule, world)
            || !self.allowed(number, world)
            || !self.gate(number, world)
        {
            return None;
        }
        let softened = match rule.then {
            Some(optional) if self.unless[number] == True => Some(if optional {
                Verdict::Optional
            } else {
                Verdict::Recommend
            }),
            _ => None,
        };
        match self.window(rule, world) {
            Window::Open => Some(softened.unwrap_or(rule.verdict())),
            Window::Nearly => Some(Verdict::Optional),
            Window::Over => None,
        }
    }

    /// The same in each completion.
    fn given(&self, number: usize) -> &[Option<Verdict>] {
        self.given[number].get_or_init(|| {
            let worlds = self.worlds.iter();
            worlds.map(|world| self.gives(number, world)).collect()
        })
    }

    /// Whether a rule gives a verdict.
    fn gives_verdict(&self, number: usize, verdict: Verdict) -> Truth {
        truth_of(self.given(number).iter().map(|given| *given == Some(verdict)))
    }

    /// Everything but the gate of a gated rule.
    fn would_defer(&self, number: usize, world: &World) -> bool {
        let rule = &self.base.rules[number];
        self.is_gated(number)
            && self.applies(rule, world)
            && self.allowed(number, world)
            && self.window(rule, world) != Window::Over
    }

    fn is_shut(&self, number: usize, world: &World) -> bool {
        self.would_defer(number, world) && !self.gate(number, world)
    }

    /// What a rule would say if it were the only one.
    fn says_alone(&self, number: usize) -> Option<Verdict> {
        if self.silent(number) {
            return None;
        }
        if self.truth(|world| self.would_defer(number, world)) == True
            && self.truth(|world| self.is_shut(number, world)) != False
        {
            return Some(Verdict::Defer);
        }
        Verdict::ALL
            .into_iter()
            .find(|verdict| self.gives_verdict(number, *verdict) == True)
    }

    /// Whether a rule speaks by itself: surely, surely not, or perhaps. It does so surely, too, where which
    /// verdict it gives is open.
    fn live(&self, number: usize) -> Truth {
        if self.silent(number) {
            return False;
        }
        if self.says_alone(number).is_some() {
            return True;
        }
        let given = self.given(number).iter().zip(self.worlds);
        truth_of(given.map(|(given, world)| given.is_some() || self.is_shut(number, world)))
    }

    /// Whether a rule acts on others: it speaks by itself, and gives way to none that acts. While it may
    /// still have to give way it stands, and acts.
    fn acts(&self, number: usize) -> Truth {
        if self.dropped(number) {
            False
        } else {
            self.live(number)
        }
    }

    /// The rules that a rule gives way to.
    fn overriders(&self, number: usize) -> BTreeSet<usize> {
        let rules = self.base.rules.iter().enumerate();
        let by_others = rules
            .filter(|(_, other)| other.overrides.contains(&number))
            .map(|(other, _)| other);
        by_others
            .chain(self.base.rules[number].yields_to.iter().copied())
            .collect()
    }

    fn dropped(&self, number: usize) -> bool {
        self.overriders(number)
            .into_iter()
            .any(|other| self.acts(other) == True)
    }

    /// The advice ids that a suppressor names; none when it silences everything.
    fn named_by(&self, suppresses: &Suppresses) -> Option<BTreeSet<String>> {
        match suppresses {
            Suppresses::Everything => None,
            Suppresses::Only(ids) => Some(ids.iter().cloned().collect()),
            Suppresses::Phases(phases) => {
                let of_phases = self
                    .base
                    .rules
                    .iter()
                    .filter(|rule| rule.phase.is_some_and(|phase| phases.contains(&phase)));
                Some(of_phases.map(|rule| rule.advice.clone()).collect())
            }
        }
    }

    /// Whether a suppressor silences this verdict of this id. It never silences its own advice.
    fn silences(&self, suppressor: &Rule, id: &str, verdict: Verdict) -> bool {
        let Some(suppresses) = &suppressor.suppresses else {
            return false;
        };
        verdict != Verdict::Emergency
            && suppressor.advice != id
            && self.named_by(suppresses).is_none_or(|ids| ids.contains(id))
    }

    /// Everything said, rules with `beside` last.
    pub fn outcome(&self) -> Outcome {
        let rules = 0..self.base.rules.len();
        let alone: Vec<usize> = rules
            .clone()
            .filter(|number| self.base.rules[*number].beside.is_empty())
            .collect();
        let first = self.said_by(&alone);
        let stands = |id: &String| {
            first
                .items
                .get(id)
                .is_some_and(|item| matches!(item.verdict, Verdict::Recommend | Verdict::Optional))
        };
        let all: Vec<usize> = rules
            .filter(|number| alone.contains(number) || self.base.rules[*number].beside.iter().any(stands))
            .collect();
        let mut outcome = self.said_by(&all);
        let open: BTreeSet<String> = (outcome.items.iter())
            .filter(|(_, item)| matches!(item.verdict, Verdict::Recommend | Verdict::Optional))
            .map(|(id, _)| id.clone())
            .collect();
        for item in outcome.items.values_mut() {
            item.instead.retain(|id| open.contains(id));
        }
        outcome
    }

    fn said_by(&self, rules: &[usize]) -> Outcome {
        let mut outcome = Outcome::default();
        let speaking: Vec<usize> = rules
            .iter()
            .copied()
            .filter(|number| !self.silent(*number) && !self.dropped(*number))
            .collect();
        let ids: BTreeSet<&String> = speaking
            .iter()
            .map(|number| &self.base.rules[*number].advice)
            .collect();
        for id in ids {
            let of_id: Vec<usize> = speaking
                .iter()
                .copied()
                .filter(|number| &self.base.rules[*number].advice == id)
                .collect();
            let verdicts = self.verdicts_of(&of_id);
            if verdicts.len() > 1 {
                outcome
                    .conflicts
                    .insert(id.clone(), verdicts.iter().copied().collect());
            }
            if let Some(verdict) = verdicts.into_iter().min_by_key(|verdict| caution(*verdict)) {
                outcome.items.insert(id.clone(), self.item(verdict, &of_id));
            }
        }
        self.suppress(rules, &mut outcome);
        let everything =
            |number: &usize| matches!(self.base.rules[*number].suppresses, Some(Suppresses::Everything));
        if !rules
            .iter()
            .any(|number| everything(number) && self.acts(*number) == True)
        {
            outcome.causes = self.causes();
        }
        outcome
    }

    /// Every verdict that the rules of one advice id give together.
    fn verdicts_of(&self, rules: &[usize]) -> Vec<Verdict> {
        let given: Vec<&[Option<Verdict>]> = rules.iter().map(|rule| self.given(*rule)).collect();
        let mut verdicts: Vec<Verdict> = (Verdict::ALL.into_iter())
            .filter(|verdict| {
                let some_rule = |world| given.iter().any(|given| given[world] == Some(*verdict));
                truth_of((0..self.worlds.len()).map(some_rule)) == True
            })
            .collect();
        // A rule that is merely possible behind a shut gate does not defer what is surely open.
        let shut = rules
            .iter()
            .copied()
            .filter(|rule| self.truth(|world| self.is_shut(*rule, world)) != False);
        let shut: Vec<usize> = shut.collect();
        if self.truth(|world| shut.iter().any(|rule| self.would_defer(*rule, world))) == True {
            verdicts.push(Verdict::Defer);
        }
        verdicts
    }

    /// The rules behind a verdict: those that surely say it, or, when it takes several, those that may.
    fn behind(&self, verdict: Verdict, rules: &[usize]) -> Vec<usize> {
        let say = |number: usize| {
            if verdict == Verdict::Defer {
                let shut = self.truth(|world| self.is_shut(number, world));
                if shut == Unknown && self.truth(|world| self.would_defer(number, world)) == True {
                    True
                } else {
                    shut
                }
            } else {
                self.gives_verdict(number, verdict)
            }
        };
        let surely: Vec<usize> = rules
            .iter()
            .copied()
            .filter(|number| say(*number) == True)
            .collect();
        if surely.is_empty() {
            rules
                .iter()
                .copied()
                .filter(|number| say(*number) == Unknown)
                .collect()
        } else {
            surely
        }
    }

    fn item(&self, verdict: Verdict, of_id: &[usize]) -> Item {
        let rules = self.behind(verdict, of_id);
        let mut item = Item {
            verdict,
            rules: rules.clone(),
            subject_to: BTreeSet::new(),
            needs: BTreeSet::new(),
            nearly: true,
            opens_in: None,
            instead: BTreeSet::new(),
        };
        for number in &rules {
            let rule = &self.base.rules[*number];
            let unknown_stands = rule.never_when_unknown_stands && self.never_when[*number] == Unknown;
            if self.exception(rule) == Unknown || self.unless[*number] == Unknown || unknown_stands {
                item.subject_to.insert(rule.id.clone());
            }
            let perhaps = self
                .overriders(*number)
                .into_iter()
                .filter(|other| self.acts(*other) == Unknown);
            item.subject_to
                .extend(perhaps.map(|other| self.base.rules[other].id.clone()));
            item.instead.extend(rule.instead.iter().cloned());
            if verdict == Verdict::Defer {
                item.needs.extend(self.needs(rule));
                item.nearly &= self.truth(|world| self.between_ends(Self::waits_for(rule), world)) == True;
            } else {
                item.nearly &= self.truth(|world| self.window(rule, world) == Window::Nearly) == True;
            }
        }
        if verdict == Verdict::Defer {
            let remaining: Option<Vec<i64>> = rules
                .iter()
                .map(|number| self.remaining(&self.base.rules[*number]))
                .collect();
            item.opens_in = remaining.and_then(|remaining| remaining.into_iter().max());
        }
        item
    }

    /// From the lower end of a vague gate up to, but not with, its upper end.
    fn between_ends(&self, window: Option<(usize, Limit)>, world: &World) -> bool {
        window.is_some_and(|(fact, limit)| {
            let (lower, upper) = self.ends(limit);
            (lower..upper).contains(&Self::clock(world, fact))
        })
    }

    /// The unknown facts of those parts of a gate that are unknown, when the gate is.
    fn needs(&self, rule: &Rule) -> BTreeSet<String> {
        if self.truth(|world| self.own_gate(rule, world)) == False {
            return BTreeSet::new();
        }
        let mut facts = BTreeSet::new();
        if let Some((clock, _)) = Self::waits_for(rule)
            && self.truth(|world| self.reached(Self::waits_for(rule), world)) == Unknown
        {
            facts.insert(clock);
        }
        if self.condition(rule.shut_while.as_ref(), false) == Unknown {
            facts.extend(
                rule.shut_while
                    .iter()
                    .flat_map(|condition| self.open_facts(condition)),
            );
        }
        let unknown = facts.into_iter().filter(|fact| {
            self.worlds.iter().any(|world| {
                let (value, first) = (world.values[*fact], self.worlds[0].values[*fact]);
                self.base.tells_apart(*fact, value, first)
            })
        });
        unknown.map(|fact| self.base.facts[fact].id.clone()).collect()
    }

    /// The facts of those tests of a condition that are unknown; rows and entries already decided add none.
    fn open_facts(&self, condition: &Condition) -> BTreeSet<usize> {
        let base = self.base;
        let rows = condition
            .iter()
            .filter(|row| self.truth(|world| row_holds(base, row, world)) == Unknown);
        let entries = rows
            .flatten()
            .filter(|entry| self.truth(|world| row_holds(base, &[(*entry).clone()], world)) == Unknown);
        let below: Vec<BTreeSet<usize>> = entries
            .map(|(subject, _)| match subject {
                Subject::Fact(fact) => BTreeSet::from([*fact]),
                Subject::Definition(definition) => match &base.definitions[*definition].body {
                    Body::When(condition) => self.open_facts(condition),
                    Body::Count { of, .. } => of
                        .iter()
                        .flat_map(|condition| self.open_facts(condition))
                        .collect(),
                    Body::Score(points) => points
                        .iter()
                        .flat_map(|(_, condition)| self.open_facts(condition))
                        .collect(),
                },
            })
            .collect();
        below.into_iter().flatten().collect()
    }

    /// The time until the gate is surely open, at the latest.
    fn remaining(&self, rule: &Rule) -> Option<i64> {
        let (fact, limit) = Self::waits_for(rule)?;
        let Kind::Clock { runs_while } = &self.base.facts[fact].kind else {
            return None;
        };
        let runs = self.condition(runs_while.as_ref(), true) == True;
        let shut = self.condition(rule.shut_while.as_ref(), false) != False;
        let least = self.worlds.iter().map(|world| Self::clock(world, fact)).min()?;
        (runs && !shut && self.clock_is_stated(fact)).then(|| self.ends(limit).1 - least)
    }

    /// Whether anything is known of a clock: unknown, it may be 0 and it may be never.
    fn clock_is_stated(&self, fact: usize) -> bool {
        let any = |value: i64| self.worlds.iter().any(|world| Self::clock(world, fact) == value);
        !(any(0) && any(crate::model::NEVER))
    }

    fn suppress(&self, rules: &[usize], outcome: &mut Outcome) {
        let suppressors: Vec<usize> = rules
            .iter()
            .copied()
            .filter(|number| self.base.rules[*number].suppresses.is_some())
            .collect();
        for (id, mut item) in std::mem::take(&mut outcome.items) {
            let of_id = suppressors
                .iter()
                .copied()
                .filter(|number| self.silences(&self.base.rules[*number], &id, item.verdict));
            let of_id: Vec<usize> = of_id.collect();
            let acting: BTreeSet<String> = of_id
                .iter()
                .filter(|number| self.acts(**number) == True)
                .map(|number| self.base.rules[*number].id.clone())
                .collect();
            if acting.is_empty() {
                let perhaps = of_id.into_iter().filter(|number| self.acts(*number) == Unknown);
                item.subject_to
                    .extend(perhaps.map(|number| self.base.rules[number].id.clone()));
                outcome.items.insert(id, item);
            } else {
                outcome.suppressed.insert(id, (item.verdict, acting));
            }
        }
    }

    fn causes(&self) -> BTreeSet<String> {
        let named = self.base.causes.iter().filter(|cause| {
            let applies = |world: &World| {
                self.in_scope(cause.pack, cause.phase, &cause.outside, world)
                    && self.meets(cause.when.as_ref(), true, world)
            };
            self.truth(applies) == True && self.condition(cause.except.as_ref(), false) != True
        });
        named.map(|cause| cause.id.clone()).collect()
    }
}

/// The earlier stands when several verdicts are left on one advice id.
fn caution(verdict: Verdict) -> usize {
    use Verdict::{
        Avoid, Defer, Emergency, Ineffective, Inferior, Inform, Optional, OutOfScope, Recommend, Refer,
        Urgent,
    };
    let order = [
        Emergency,
        Urgent,
        Refer,
        OutOfScope,
        Avoid,
        Defer,
        Ineffective,
        Inferior,
        Optional,
        Recommend,
        Inform,
    ];
    order
        .iter()
        .position(|other| *other == verdict)
        .unwrap_or(order.len())
}

/// What the packs say of a case.
pub fn outcome(base: &Base, possible: &Possible) -> Outcome {
    let worlds = base.worlds(possible);
    Judge::new(base, &worlds).outcome()
}

/// The facts whose reports differ.
pub fn disputed(base: &Base, case: &Case) -> BTreeSet<String> {
    let differ = |stated: &Stated| match stated {
        Stated::Reports(reports) => reports.iter().any(|(value, _)| *value != reports[0].0),
        _ => false,
    };
    base.facts
        .iter()
        .zip(case)
        .filter(|(_, stated)| differ(stated))
        .map(|(fact, _)| fact.id.clone())
        .collect()
}
