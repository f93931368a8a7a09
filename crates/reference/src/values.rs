//! Which values a case leaves possible, and every completion of it.

use crate::model::{Base, Body, Case, Condition, Kind, Limit, NEVER, RuleKind, Stated, Subject, Test, Value};

/// One completion: a value for every fact, and a place for every hidden limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct World {
    pub values: Vec<Value>,
    pub hidden: Vec<i64>,
}

/// The possible values of each fact.
pub type Possible = Vec<Vec<Value>>;

impl Base {
    /// Every condition written anywhere in the packs.
    fn conditions(&self) -> Vec<&Condition> {
        let mut found: Vec<&Condition> = Vec::new();
        for fact in &self.facts {
            found.extend(&fact.ask_when);
            if let Kind::Clock {
                runs_while: Some(condition),
            } = &fact.kind
            {
                found.push(condition);
            }
        }
        for definition in &self.definitions {
            match &definition.body {
                Body::When(condition) => found.push(condition),
                Body::Count { of, .. } => found.extend(of),
                Body::Score(points) => found.extend(points.iter().map(|(_, condition)| condition)),
            }
        }
        for cause in &self.causes {
            found.extend(cause.when.iter().chain(&cause.except));
        }
        for rule in &self.rules {
            found.extend(
                rule.when
                    .iter()
                    .chain(&rule.except)
                    .chain(&rule.shown_unless)
                    .chain(&rule.unless),
            );
            found.extend(
                rule.shut_while
                    .iter()
                    .chain(&rule.never_when)
                    .chain(&rule.reasons),
            );
        }
        found
    }

    /// Every limit that the packs compare this fact with.
    fn limits_of(&self, fact: usize) -> Vec<Limit> {
        fn collect(test: &Test, found: &mut Vec<Limit>) {
            match test {
                Test::AtLeast(limit)
                | Test::MoreThan(limit)
                | Test::AtMost(limit)
                | Test::LessThan(limit) => found.push(*limit),
                Test::Between(from, to) => found.extend([*from, *to]),
                Test::All(tests) => tests.iter().for_each(|test| collect(test, found)),
                _ => {}
            }
        }
        let mut found = Vec::new();
        for (subject, test) in self.conditions().into_iter().flatten().flatten() {
            if *subject == Subject::Fact(fact) {
                collect(test, &mut found);
            }
        }
        let windows = self
            .rules
            .iter()
            .flat_map(|rule| rule.not_before.iter().chain(&rule.until));
        found.extend(
            windows
                .filter(|(clock, _)| *clock == fact)
                .map(|(_, limit)| *limit),
        );
        found
    }

    /// Whether anything in the packs can tell two values of a fact apart. Between the ends of a vague
    /// quantity nothing can: where the hidden limit lies is not known, so neither value settles anything.
    pub fn tells_apart(&self, fact: usize, one: Value, other: Value) -> bool {
        let (Value::Ordered(one), Value::Ordered(other)) = (one, other) else {
            return one != other;
        };
        let tests = self.conditions().into_iter().flatten().flatten();
        let mut tests = tests.filter(|(subject, _)| *subject == Subject::Fact(fact));
        let mut windows = self.rules.iter().flat_map(|rule| {
            let gate = rule.not_before.iter().map(|window| (window, false));
            // A wait is over at its limit; a fix lasts up to and with it.
            let lasts = !matches!(rule.kind, RuleKind::Wait);
            gate.chain(rule.until.iter().map(move |window| (window, lasts)))
        });
        tests.any(|(_, test)| self.chances(test, one) != self.chances(test, other))
            || windows.any(|((clock, limit), with_limit)| {
                let (lower, upper) = self.limit_ends(*limit);
                let side = |value: i64, end: i64| value > end || (value == end && !with_limit);
                *clock == fact
                    && (side(one, lower) != side(other, lower) || side(one, upper) != side(other, upper))
            })
    }

    /// For each comparison of a test: whether it can be true of a value, and whether it can be false.
    fn chances(&self, test: &Test, value: i64) -> Vec<(bool, bool)> {
        let at_least = |limit: &Limit| {
            let (lower, upper) = self.limit_ends(*limit);
            (value >= lower, value < upper)
        };
        let more_than = |limit: &Limit| {
            let (lower, upper) = self.limit_ends(*limit);
            (value > lower, value <= upper)
        };
        match test {
            Test::AtLeast(limit) | Test::LessThan(limit) => vec![at_least(limit)],
            Test::MoreThan(limit) | Test::AtMost(limit) => vec![more_than(limit)],
            Test::Between(from, to) => vec![at_least(from), more_than(to)],
            Test::All(tests) => tests.iter().flat_map(|test| self.chances(test, value)).collect(),
            _ => Vec::new(),
        }
    }

    fn limit_ends(&self, limit: Limit) -> (i64, i64) {
        match limit {
            Limit::Value(value) => (value, value),
            Limit::Vague(vague) => (self.vagues[vague].from, self.vagues[vague].to),
        }
    }

    /// The values at which some rule may change its mind about this fact.
    pub fn thresholds(&self, fact: usize) -> Vec<i64> {
        let mut found: Vec<i64> = (self.limits_of(fact).into_iter())
            .flat_map(|limit| match limit {
                Limit::Value(value) => [value, value],
                Limit::Vague(vague) => [self.vagues[vague].from, self.vagues[vague].to],
            })
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The least and the greatest value that an ordered fact can take, for our purpose.
    pub fn span(&self, fact: usize) -> (i64, i64) {
        let thresholds = self.thresholds(fact);
        let (least, most) = (
            thresholds.first().copied().unwrap_or(0),
            thresholds.last().copied().unwrap_or(0),
        );
        let beyond = 1_000;
        match &self.facts[fact].kind {
            Kind::Integer { from, to } | Kind::Number { from, to } => {
                (from.unwrap_or(least - beyond), to.unwrap_or(most + beyond))
            }
            Kind::Duration { from, to } => (from.unwrap_or(0), to.unwrap_or(most + beyond)),
            Kind::Clock { .. } => (0, most + beyond),
            kind => (0, i64::try_from(kind.options()).unwrap_or(1) - 1),
        }
    }

    /// A value for everything that can be told apart between two ends, both included.
    fn between(&self, fact: usize, from: i64, to: i64) -> Vec<i64> {
        if let Kind::Integer { .. } | Kind::Scale(_) = self.facts[fact].kind
            && to - from <= 12
        {
            return (from..=to).collect();
        }
        let inside = self
            .thresholds(fact)
            .into_iter()
            .filter(|threshold| (from..=to).contains(threshold));
        with_middles(inside.chain([from, to]).collect())
    }

    /// Which values a case leaves possible.
    pub fn possible(&self, case: &Case) -> Possible {
        (0..self.facts.len())
            .map(|fact| self.possible_values(fact, &case[fact]))
            .collect()
    }

    fn possible_values(&self, fact: usize, stated: &Stated) -> Vec<Value> {
        let kind = &self.facts[fact].kind;
        let ordered = |values: Vec<i64>| -> Vec<Value> {
            match kind {
                Kind::Scale(_) => values
                    .into_iter()
                    .map(|step| Value::Option(usize::try_from(step).unwrap_or(0)))
                    .collect(),
                _ => values.into_iter().map(Value::Ordered).collect(),
            }
        };
        let (least, most) = self.span(fact);
        match stated {
            Stated::Value(value) => vec![*value],
            Stated::Range(from, to) => ordered(self.between(
                fact,
                from.unwrap_or(least),
                to.unwrap_or(most.max(from.unwrap_or(most))),
            )),
            Stated::Reports(reports) => {
                possible_by_reports(kind, reports.iter().map(|(value, _)| *value).collect())
            }
            Stated::Partly { includes, excludes } => subsets(kind.options())
                .filter(|set| set & includes == *includes && set & excludes == 0)
                .map(Value::Several)
                .collect(),
            Stated::Nothing | Stated::Null | Stated::Declined => match kind {
                Kind::YesNo => vec![Value::YesNo(true), Value::YesNo(false)],
                Kind::Choice(options) | Kind::Scale(options) => (0..*options).map(Value::Option).collect(),
                Kind::Several(options) => subsets(*options).map(Value::Several).collect(),
                Kind::Clock { .. } => {
                    let mut values = ordered(self.between(fact, least, most));
                    values.push(Value::Ordered(NEVER));
                    values
                }
                _ => ordered(self.between(fact, least, most)),
            },
        }
    }

    /// Where each hidden limit may lie, told apart from every possible value of the facts compared with it.
    fn hidden(&self, possible: &Possible) -> Vec<Vec<i64>> {
        (0..self.vagues.len())
            .map(|vague| {
                let (from, to) = (self.vagues[vague].from, self.vagues[vague].to);
                let compared = (0..self.facts.len()).filter(|fact| {
                    self.limits_of(*fact)
                        .iter()
                        .any(|limit| matches!(limit, Limit::Vague(other) if *other == vague))
                });
                let values = compared
                    .flat_map(|fact| &possible[fact])
                    .filter_map(|value| match value {
                        Value::Ordered(value) if (from..=to).contains(value) => Some(*value),
                        _ => None,
                    });
                with_middles(values.chain([from, to]).collect())
            })
            .collect()
    }

    /// Every completion, none left out.
    pub fn worlds(&self, possible: &Possible) -> Vec<World> {
        let hidden = self.hidden(possible);
        let mut worlds = vec![World {
            values: Vec::new(),
            hidden: Vec::new(),
        }];
        for values in possible {
            worlds = worlds
                .iter()
                .flat_map(|world| values.iter().map(move |value| world.with_value(*value)))
                .collect();
        }
        for limits in &hidden {
            worlds = worlds
                .iter()
                .flat_map(|world| limits.iter().map(move |limit| world.with_hidden(*limit)))
                .collect();
        }
        worlds
    }

    /// How many completions there are, to keep clear of cases with too many.
    pub fn count_worlds(&self, possible: &Possible) -> usize {
        let hidden = self.hidden(possible);
        let facts: usize = possible.iter().map(Vec::len).product();
        facts * hidden.iter().map(Vec::len).product::<usize>()
    }
}

impl World {
    fn with_value(&self, value: Value) -> World {
        let mut world = self.clone();
        world.values.push(value);
        world
    }

    fn with_hidden(&self, limit: i64) -> World {
        let mut world = self.clone();
        world.hidden.push(limit);
        world
    }
}

fn subsets(options: usize) -> impl Iterator<Item = u32> {
    0..(1_u32 << options)
}

/// Reports leave what was reported possible; of a several-fact, option by option.
fn possible_by_reports(kind: &Kind, mut values: Vec<Value>) -> Vec<Value> {
    if let Kind::Several(options) = kind {
        let sets: Vec<u32> = values
            .iter()
            .filter_map(|value| {
                if let Value::Several(set) = value {
                    Some(*set)
                } else {
                    None
                }
            })
            .collect();
        let all = sets.iter().fold(u32::MAX, |all, set| all & set);
        let any = sets.iter().fold(0, |any, set| any | set);
        return subsets(*options)
            .filter(|set| set & all == all && set & !any == 0)
            .map(Value::Several)
            .collect();
    }
    values.sort_unstable();
    values.dedup();
    values
}

/// The points in order, and one between every two neighbours where there is room.
fn with_middles(mut points: Vec<i64>) -> Vec<i64> {
    points.sort_unstable();
    points.dedup();
    let middles: Vec<i64> = points
        .windows(2)
        .map(|pair| pair[0] + (pair[1] - pair[0]) / 2)
        .collect();
    points.extend(middles);
    points.sort_unstable();
    points.dedup();
    points
}
