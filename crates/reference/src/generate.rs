//! Random small packs and cases, made from lists of numbers that somebody draws: a property test, which
//! also shrinks them, a fuzzer, or a seed.
//! The number 0 always makes the simplest choice.

use liniment::Verdict;

use crate::model::{
    Base, Body, Case, Cause, Condition, Definition, Fact, Kind, Limit, NEVER, Pack, Row, Rule, RuleKind,
    Stages, Stated, Subject, Suppresses, Test, Vague, Value,
};
use crate::random::Random;

const SECOND: i64 = 1_000_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Lists of numbers for packs and for cases are shorter than this; past their end, 0 is drawn.
pub const MOST_PACK_NUMBERS: usize = 500;
pub const MOST_CASE_NUMBERS: usize = 60;

/// Cases with more completions than this have facts filled in until they have not.
const MOST_WORLDS: usize = 1_500;

/// Numbers drawn one after the other; 0 when they run out.
struct Choices<'a> {
    numbers: &'a [u16],
    next: usize,
}

impl Choices<'_> {
    fn below(&mut self, end: usize) -> usize {
        let number = self.numbers.get(self.next).copied().unwrap_or(0);
        self.next += 1;
        usize::from(number) % end.max(1)
    }

    fn between(&mut self, from: usize, to: usize) -> usize {
        from + self.below(to + 1 - from)
    }

    /// True for so many in a hundred.
    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) >= 100 - percent
    }

    fn pick<T: Clone>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())].clone()
    }

    /// A non-empty choice of some of the numbers below `end`, in order.
    fn some(&mut self, end: usize) -> Vec<usize> {
        let first = self.below(end);
        (0..end)
            .filter(|number| *number == first || self.chance(30))
            .collect()
    }
}

/// A pack and some cases for it.
#[derive(Clone, Debug)]
pub struct Trial {
    pub base: Base,
    pub cases: Vec<Case>,
    /// Shuffles files, statements and facts.
    pub seed: u64,
}

impl Trial {
    /// The pack and the cases that these numbers stand for.
    pub fn of_numbers(pack: &[u16], cases: &[Vec<u16>], seed: u64) -> Trial {
        let base = base(&mut Choices {
            numbers: pack,
            next: 0,
        });
        let cases = cases
            .iter()
            .map(|numbers| case_of_numbers(&base, numbers))
            .collect();
        Trial { base, cases, seed }
    }

    /// The pack of this number among those that a seed draws, with so many random cases.
    pub fn of_number(seed: u64, number: u64, cases: usize) -> Trial {
        Trial::of_seed(Random::new(seed).next_number() ^ number, cases)
    }

    /// A random pack with so many random cases.
    pub fn of_seed(seed: u64, cases: usize) -> Trial {
        let mut random = Random::new(seed);
        let length = random.below(MOST_PACK_NUMBERS);
        let pack = random.numbers(length);
        let cases: Vec<Vec<u16>> = (0..cases)
            .map(|_| {
                let length = random.below(MOST_CASE_NUMBERS);
                random.numbers(length)
            })
            .collect();
        Trial::of_numbers(&pack, &cases, seed)
    }
}

/// The case of this pack that these numbers stand for.
pub fn case_of_numbers(base: &Base, numbers: &[u16]) -> Case {
    case(base, &mut Choices { numbers, next: 0 })
}

fn base(choices: &mut Choices) -> Base {
    let mut base = Base {
        packs: vec![Pack {
            id: "first".to_owned(),
        }],
        phases: choices.between(1, 3),
        ..Base::default()
    };
    for number in 0..choices.between(2, 6) {
        let kind = kind(choices);
        base.facts.push(Fact {
            id: format!("fact_{number}"),
            kind,
            ask_when: None,
        });
    }
    vagues(&mut base, choices);
    for number in 0..choices.below(3) {
        let body = definition(&base, choices);
        base.definitions.push(Definition {
            id: format!("known_{number}"),
            body,
        });
    }
    plain_facts_last(&mut base, choices);
    if choices.chance(25) {
        base.packs.push(Pack {
            id: "second".to_owned(),
        });
    }
    for number in 0..choices.between(1, 8) {
        let rule = rule(&base, number, choices);
        base.rules.push(rule);
    }
    if choices.chance(15) {
        stages(&mut base, choices);
    }
    for number in 0..choices.below(3) {
        let cause = cause(&base, number, choices);
        base.causes.push(cause);
    }
    relations(&mut base, choices);
    base
}

fn kind(choices: &mut Choices) -> Kind {
    match choices.below(12) {
        0..=2 => Kind::YesNo,
        3 => Kind::Choice(choices.between(2, 4)),
        4 => Kind::Scale(choices.between(2, 4)),
        5 => Kind::Several(choices.between(1, 3)),
        6 if choices.chance(50) => Kind::Integer {
            from: Some(0),
            to: Some(5),
        },
        6 => Kind::Integer { from: None, to: None },
        7 if choices.chance(50) => Kind::Number {
            from: Some(3_000),
            to: Some(4_500),
        },
        7 => Kind::Number { from: None, to: None },
        8 if choices.chance(30) => Kind::Duration { from: None, to: None },
        _ => Kind::Clock { runs_while: None },
    }
}

/// The limits that a fact is compared with: few, so that rules meet at them.
fn limits(kind: &Kind) -> Vec<i64> {
    match kind {
        Kind::Integer { .. } => vec![1, 2, 3, 4],
        Kind::Number { .. } => vec![3_600, 3_800, 4_000],
        Kind::Duration { .. } | Kind::Clock { .. } => vec![DAY, 5 * MINUTE, 3 * DAY, 90 * SECOND],
        Kind::Scale(steps) => (1..i64::try_from(*steps).unwrap_or(1)).collect(),
        _ => Vec::new(),
    }
}

/// Sometimes a vague quantity, of one fact's kind: two facts compared with one hidden limit would be
/// compared with one another.
fn vagues(base: &mut Base, choices: &mut Choices) {
    for fact in 0..base.facts.len() {
        let kind = base.facts[fact].kind.clone();
        let (from, to) = match kind {
            Kind::Integer { .. } => (2, 4),
            Kind::Number { .. } => (3_700, 3_900),
            Kind::Duration { .. } | Kind::Clock { .. } => (2 * MINUTE, 2 * DAY),
            _ => continue,
        };
        if base.vagues.len() < 2 && choices.chance(40) {
            base.vagues.push(Vague {
                id: format!("vague_{fact}"),
                kind,
                from,
                to,
            });
        }
    }
}

/// `ask_when` and `runs_while`, over the facts that come before.
fn plain_facts_last(base: &mut Base, choices: &mut Choices) {
    for fact in 1..base.facts.len() {
        if choices.chance(12) {
            let before = choices.below(fact);
            let test = test(base, before, choices);
            base.facts[fact].ask_when = Some(vec![vec![(Subject::Fact(before), test)]]);
        }
        if let Kind::Clock { .. } = base.facts[fact].kind
            && choices.chance(25)
        {
            let before = choices.below(fact);
            let test = test(base, before, choices);
            base.facts[fact].kind = Kind::Clock {
                runs_while: Some(vec![vec![(Subject::Fact(before), test)]]),
            };
        }
    }
}

/// The vague quantity made for this fact, if there is one.
fn vague_of(base: &Base, fact: usize) -> Option<usize> {
    base.vagues
        .iter()
        .position(|vague| vague.id == format!("vague_{fact}"))
}

fn limit(base: &Base, fact: usize, choices: &mut Choices) -> Limit {
    match vague_of(base, fact) {
        Some(vague) if choices.chance(40) => Limit::Vague(vague),
        _ => Limit::Value(choices.pick(&limits(&base.facts[fact].kind))),
    }
}

fn test(base: &Base, fact: usize, choices: &mut Choices) -> Test {
    let options = base.facts[fact].kind.options();
    match &base.facts[fact].kind {
        Kind::YesNo if choices.chance(35) => Test::No,
        Kind::YesNo => Test::Yes,
        Kind::Choice(_) => match choices.below(4) {
            0 | 1 => Test::Is(choices.below(options)),
            2 => Test::OneOf(choices.some(options)),
            _ => Test::NoneOf(choices.some(options)),
        },
        Kind::Several(_) => match choices.below(6) {
            0 | 1 => Test::Includes(choices.some(options)),
            2 => Test::AnyOf(choices.some(options)),
            3 => Test::NoneOf(choices.some(options)),
            4 => Test::Only(choices.some(options)),
            _ => Test::Exactly(choices.some(options)),
        },
        Kind::Scale(_) if choices.chance(30) => Test::OneOf(choices.some(options)),
        _ => match choices.below(8) {
            0 | 1 => Test::AtLeast(limit(base, fact, choices)),
            2 => Test::MoreThan(limit(base, fact, choices)),
            3 => Test::AtMost(limit(base, fact, choices)),
            4 => Test::LessThan(limit(base, fact, choices)),
            5 => {
                let mut ends = [
                    choices.pick(&limits(&base.facts[fact].kind)),
                    choices.pick(&limits(&base.facts[fact].kind)),
                ];
                ends.sort_unstable();
                Test::Between(Limit::Value(ends[0]), Limit::Value(ends[1]))
            }
            6 => {
                let least = limit(base, fact, choices);
                let most = limits(&base.facts[fact].kind).into_iter().max().unwrap_or(0);
                Test::All(vec![Test::AtLeast(least), Test::AtMost(Limit::Value(most))])
            }
            _ => Test::AtLeast(limit(base, fact, choices)),
        },
    }
}

fn row(base: &Base, choices: &mut Choices) -> Row {
    let mut row: Row = Vec::new();
    for _ in 0..if choices.chance(35) { 2 } else { 1 } {
        let (subject, test) = match choices.below(5) {
            4 if !base.definitions.is_empty() => {
                let definition = choices.below(base.definitions.len());
                let test = match &base.definitions[definition].body {
                    Body::Score(_) if choices.chance(30) => Test::LessThan(Limit::Value(2)),
                    Body::Score(_) => Test::AtLeast(Limit::Value(2)),
                    _ if choices.chance(30) => Test::No,
                    _ => Test::Yes,
                };
                (Subject::Definition(definition), test)
            }
            _ => {
                let fact = choices.below(base.facts.len());
                (Subject::Fact(fact), test(base, fact, choices))
            }
        };
        if row.iter().all(|(other, _)| *other != subject) {
            row.push((subject, test));
        }
    }
    row
}

fn condition(base: &Base, choices: &mut Choices) -> Condition {
    let rows = if choices.chance(25) { 2 } else { 1 };
    (0..rows).map(|_| row(base, choices)).collect()
}

fn perhaps(base: &Base, percent: usize, choices: &mut Choices) -> Option<Condition> {
    choices.chance(percent).then(|| condition(base, choices))
}

fn definition(base: &Base, choices: &mut Choices) -> Body {
    match choices.below(4) {
        0 | 1 => Body::When(condition(base, choices)),
        2 => Body::Count {
            at_least: 2,
            of: one_each(base, choices),
        },
        _ => Body::Score(
            one_each(base, choices)
                .into_iter()
                .map(|condition| (i64::try_from(choices.between(1, 2)).unwrap_or(1), condition))
                .collect(),
        ),
    }
}

/// Two or three conditions, each of another fact.
fn one_each(base: &Base, choices: &mut Choices) -> Vec<Condition> {
    let count = choices.between(2, 3).min(base.facts.len());
    let first = choices.below(base.facts.len());
    (0..count)
        .map(|number| {
            let fact = (first + number) % base.facts.len();
            vec![vec![(Subject::Fact(fact), test(base, fact, choices))]]
        })
        .collect()
}

fn time_window(base: &Base, choices: &mut Choices) -> Option<(usize, Limit)> {
    let clocks: Vec<usize> = (0..base.facts.len())
        .filter(|fact| matches!(base.facts[*fact].kind, Kind::Clock { .. }))
        .collect();
    if clocks.is_empty() {
        return None;
    }
    let clock = choices.pick(&clocks);
    Some((clock, limit(base, clock, choices)))
}

fn rule(base: &Base, number: usize, choices: &mut Choices) -> Rule {
    let kind = match choices.below(20) {
        0..=7 => RuleKind::Fix {
            optional: choices.chance(30),
        },
        8..=11 => RuleKind::NonFix(choices.pick(&[Verdict::Ineffective, Verdict::Inferior, Verdict::Avoid])),
        12..=13 => RuleKind::Wait,
        14..=15 => RuleKind::RedFlag(choices.pick(&[Verdict::Refer, Verdict::Urgent, Verdict::Emergency])),
        16 => RuleKind::Scope {
            closes: if choices.chance(50) {
                vec![choices.below(base.phases)]
            } else {
                Vec::new()
            },
        },
        _ => RuleKind::Note {
            refer: choices.chance(40),
        },
    };
    let mut rule = Rule::new(&format!("rule_{number}"), kind);
    rule.pack = choices.below(base.packs.len());
    let speaks_freely = matches!(rule.kind, RuleKind::RedFlag(_) | RuleKind::Scope { .. });
    if !speaks_freely || choices.chance(10) {
        rule.phase = Some(choices.below(base.phases));
    }
    rule.when = if speaks_freely {
        Some(condition(base, choices))
    } else {
        perhaps(base, 65, choices)
    };
    if !matches!(rule.kind, RuleKind::Scope { .. }) {
        rule.except = perhaps(base, 15, choices);
        let reasons = if choices.chance(20) {
            choices.between(1, 2)
        } else {
            0
        };
        rule.reasons = (0..reasons).map(|_| condition(base, choices)).collect();
    }
    match rule.kind {
        RuleKind::Fix { .. } => {
            if choices.chance(50) {
                rule.not_before = time_window(base, choices);
            }
            if choices.chance(35) {
                rule.until = time_window(base, choices);
            }
            rule.shut_while = perhaps(base, 20, choices);
            rule.never_when = perhaps(base, 25, choices);
            rule.never_when_unknown_stands = rule.never_when.is_some() && choices.chance(50);
        }
        RuleKind::NonFix(_) => {
            rule.unless = perhaps(base, 35, choices);
            if rule.unless.is_some() && choices.chance(60) {
                rule.then = Some(choices.chance(50));
            }
        }
        RuleKind::Wait => {
            if choices.chance(80) {
                rule.until = time_window(base, choices);
            }
            rule.shut_while = perhaps(base, 30, choices);
        }
        RuleKind::Note { .. } => rule.shown_unless = perhaps(base, 25, choices),
        RuleKind::RedFlag(_) | RuleKind::Scope { .. } => {}
    }
    share_advice(base, &mut rule, choices);
    rule
}

/// Sometimes a rule speaks about the advice of an earlier one; the later then gives way, or goes first.
fn share_advice(base: &Base, rule: &mut Rule, choices: &mut Choices) {
    let shares = |rule: &Rule| {
        matches!(
            rule.kind,
            RuleKind::Fix { .. } | RuleKind::NonFix(_) | RuleKind::Wait
        )
    };
    // Packs name only what comes before them.
    let in_reach = |id: &String| {
        base.rules
            .iter()
            .all(|other| other.advice != *id || other.pack <= rule.pack)
    };
    let others: Vec<usize> = (0..base.rules.len())
        .filter(|other| shares(&base.rules[*other]) && in_reach(&base.rules[*other].advice))
        .collect();
    if !shares(rule) || others.is_empty() || !choices.chance(35) {
        return;
    }
    let other = choices.pick(&others);
    rule.advice.clone_from(&base.rules[other].advice);
    let siblings = (0..base.rules.len()).filter(|sibling| base.rules[*sibling].advice == rule.advice);
    if siblings
        .clone()
        .all(|sibling| base.rules[sibling].kind == rule.kind)
        && choices.chance(60)
    {
        // They say the same: none has to give way.
    } else if choices.chance(50) {
        rule.overrides = siblings.collect();
    } else {
        rule.yields_to = siblings.collect();
    }
}

fn cause(base: &Base, number: usize, choices: &mut Choices) -> Cause {
    Cause {
        id: format!("cause_{number}"),
        pack: choices.below(base.packs.len()),
        phase: choices.chance(50).then(|| choices.below(base.phases)),
        when: perhaps(base, 80, choices),
        except: perhaps(base, 20, choices),
        outside: Vec::new(),
    }
}

/// A staged plan: its facts, its steps, and a wait before it.
fn stages(base: &mut Base, choices: &mut Choices) {
    let count = choices.between(1, 3);
    let at = base.facts.len();
    base.facts.push(Fact {
        id: "at_step".to_owned(),
        kind: Kind::Scale(count + 1),
        ask_when: None,
    });
    base.facts.push(Fact {
        id: "step_comfortable".to_owned(),
        kind: Kind::YesNo,
        ask_when: None,
    });
    let phase = Some(choices.below(base.phases));
    let after = choices
        .chance(70)
        .then(|| time_window(base, choices))
        .flatten()
        .map(|until| {
            let mut wait = Rule::new("plan_wait", RuleKind::Wait);
            wait.phase = phase;
            wait.when = perhaps(base, 80, choices);
            wait.until = Some(until);
            wait.shut_while = perhaps(base, 20, choices);
            base.rules.push(wait);
            base.rules.len() - 1
        });
    let when = perhaps(base, 80, choices);
    let steps = (0..count)
        .map(|number| {
            let mut step = Rule::new(&format!("step_{number}"), RuleKind::Fix { optional: false });
            step.phase = phase;
            step.when.clone_from(&when);
            base.rules.push(step);
            base.rules.len() - 1
        })
        .collect();
    base.stages = Some(Stages {
        id: "plan".to_owned(),
        at,
        comfortable: at + 1,
        after,
        steps,
    });
}

/// Neither a red flag nor a scope.
fn is_plain(rule: &Rule) -> bool {
    !matches!(rule.kind, RuleKind::RedFlag(_) | RuleKind::Scope { .. })
}

/// What rules say of one another: suppression, scope, order, company.
fn relations(base: &mut Base, choices: &mut Choices) {
    let advice: Vec<String> = base.rules.iter().map(|rule| rule.advice.clone()).collect();
    let in_plan: Vec<usize> = base
        .stages
        .iter()
        .flat_map(|stages| stages.steps.clone())
        .collect();
    let scopes: Vec<usize> = (0..base.rules.len())
        .filter(|rule| matches!(base.rules[*rule].kind, RuleKind::Scope { .. }))
        .collect();
    for number in 0..base.rules.len() {
        let rule = base.rules[number].clone();
        let in_reach = base
            .rules
            .iter()
            .filter(|other| other.pack <= rule.pack && other.advice != rule.advice);
        let others: Vec<String> = in_reach.map(|other| other.advice.clone()).collect();
        let some_others = |choices: &mut Choices| {
            let mut ids: Vec<String> = choices
                .some(others.len())
                .into_iter()
                .map(|other| others[other].clone())
                .collect();
            ids.sort();
            ids.dedup();
            ids
        };
        let silences = match rule.kind {
            RuleKind::RedFlag(_) => 60,
            RuleKind::Fix { .. } | RuleKind::NonFix(_) => 12,
            _ => 0,
        };
        if !others.is_empty() && !in_plan.contains(&number) && choices.chance(silences) {
            base.rules[number].suppresses = Some(match choices.below(3) {
                0 if rule.kind == RuleKind::RedFlag(Verdict::Emergency) => Suppresses::Everything,
                1 => Suppresses::Phases(vec![choices.below(base.phases)]),
                _ => Suppresses::Only(some_others(choices)),
            });
        }
        if !others.is_empty() && !matches!(rule.kind, RuleKind::Scope { .. }) && choices.chance(12) {
            // One way only, so that nothing limits what limits it.
            base.rules[number].limits = some_others(choices)
                .into_iter()
                .filter(|id| *id < rule.advice)
                .collect();
        }
        let later: Vec<usize> = (0..number)
            .filter(|other| base.rules[*other].pack <= rule.pack && is_plain(&base.rules[*other]))
            .collect();
        if is_plain(&rule)
            && !in_plan.contains(&number)
            && rule.overrides.is_empty()
            && !later.is_empty()
            && choices.chance(12)
        {
            let other = choices.pick(&later);
            base.rules[number].overrides = vec![other];
        }
        if is_plain(&rule) && choices.chance(20) {
            base.rules[number].outside = scopes
                .iter()
                .copied()
                .filter(|scope| base.rules[*scope].pack == rule.pack)
                .collect();
        }
        let alone = advice.iter().filter(|id| **id == rule.advice).count() == 1;
        let may_accompany = base.rules[number].overrides.is_empty()
            && match rule.kind {
                RuleKind::NonFix(_) => rule.then.is_none(),
                RuleKind::Note { .. } => true,
                _ => false,
            };
        let fixes: Vec<String> = (base.rules.iter())
            .filter(|other| {
                other.advice != rule.advice
                    && matches!(other.kind, RuleKind::Fix { .. })
                    && other.pack <= rule.pack
            })
            .map(|other| other.advice.clone())
            .collect();
        if alone && may_accompany && !fixes.is_empty() && choices.chance(25) {
            base.rules[number].beside = vec![choices.pick(&fixes)];
        }
        if matches!(rule.kind, RuleKind::NonFix(_)) && !fixes.is_empty() && choices.chance(40) {
            base.rules[number].instead = vec![choices.pick(&fixes)];
        }
    }
    if choices.chance(40) && base.rules.iter().any(|rule| rule.pack == 0) {
        let mut ranking: Vec<String> = base
            .rules
            .iter()
            .filter(|rule| rule.pack == 0)
            .map(|rule| rule.advice.clone())
            .collect();
        ranking.sort();
        ranking.dedup();
        if choices.chance(50) {
            ranking.reverse();
        }
        ranking.truncate(choices.between(1, ranking.len()));
        base.ranking = ranking;
    }
    if choices.chance(20) {
        base.ask_first = vec![choices.below(base.facts.len())];
    }
}

/// A value of a fact, often one at which some rule changes its mind, or next to it.
fn value(base: &Base, fact: usize, choices: &mut Choices) -> Value {
    let kind = &base.facts[fact].kind;
    match kind {
        Kind::YesNo => Value::YesNo(!choices.chance(50)),
        Kind::Choice(options) | Kind::Scale(options) => Value::Option(choices.below(*options)),
        Kind::Several(options) => Value::Several(u32::try_from(choices.below(1 << options)).unwrap_or(0)),
        _ => {
            let (least, most) = base.span(fact);
            let thresholds = base.thresholds(fact);
            if matches!(kind, Kind::Clock { .. }) && choices.chance(8) {
                return Value::Ordered(NEVER);
            }
            let value = match choices.below(3) {
                _ if thresholds.is_empty() => least,
                0 => choices.pick(&thresholds),
                1 => choices.pick(&thresholds) + choices.pick(&[-1, 1]),
                _ => {
                    let threshold = choices.pick(&thresholds);
                    threshold - (threshold - least) / 2
                }
            };
            Value::Ordered(value.clamp(least, most))
        }
    }
}

fn stated(base: &Base, fact: usize, choices: &mut Choices) -> Stated {
    let kind = &base.facts[fact].kind;
    let ordered = |value: Value| match value {
        Value::Ordered(value) if value != NEVER => Some(value),
        Value::Option(step) if matches!(kind, Kind::Scale(_)) => i64::try_from(step).ok(),
        _ => None,
    };
    match choices.below(20) {
        0..=4 => Stated::Nothing,
        5..=12 => Stated::Value(value(base, fact, choices)),
        13 => Stated::Declined,
        14 => Stated::Null,
        15 | 16 => {
            let (one, other) = (value(base, fact, choices), value(base, fact, choices));
            let sources = ["runner", "watch"].map(str::to_owned);
            Stated::Reports([one, other].into_iter().zip(sources).collect())
        }
        _ => match kind {
            Kind::Several(options) => {
                let includes = u32::try_from(choices.below(1 << options)).unwrap_or(0);
                let excludes = u32::try_from(choices.below(1 << options)).unwrap_or(0) & !includes;
                Stated::Partly { includes, excludes }
            }
            _ => match (
                ordered(value(base, fact, choices)),
                ordered(value(base, fact, choices)),
            ) {
                (Some(one), Some(other)) if choices.chance(15) && !matches!(kind, Kind::Scale(_)) => {
                    Stated::Range(Some(one.min(other)), None)
                }
                (Some(one), Some(other)) => Stated::Range(Some(one.min(other)), Some(one.max(other))),
                _ => Stated::Value(value(base, fact, choices)),
            },
        },
    }
}

fn case(base: &Base, choices: &mut Choices) -> Case {
    let mut case: Case = (0..base.facts.len())
        .map(|fact| stated(base, fact, choices))
        .collect();
    for fact in 0..case.len() {
        if base.count_worlds(&base.possible(&case)) <= MOST_WORLDS {
            break;
        }
        case[fact] = Stated::Value(value(base, fact, choices));
    }
    case
}
