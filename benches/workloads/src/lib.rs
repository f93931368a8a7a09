//! Generated packs and cases for measuring: the same for every engine, and the same every time.
//!
//! A [`Workload`] is facts, rules and a way to draw cases, in a form that any engine's own can be written
//! from; [`Workload::files`] writes them as a Liniment pack. [`Rule::truth`] is a plain scan, for checking
//! that engines agree.
//!
//! ```
//! use liniment_workloads::{Knowledge, Truth, workload_a};
//! let workload = workload_a();
//! let mut cases = workload.cases(7, Knowledge::Share(0.7));
//! let case = cases.next_case();
//! let said = workload.rules.iter().filter(|rule| rule.truth(&case) == Truth::True).count();
//! assert!(said <= 25);
//! ```

mod generate;
mod pack;
mod random;

pub use generate::{ranges_only, shared_condition, sparse, workload_a, workload_b};
pub use random::Random;

/// Facts, rules, and how cases are drawn.
#[derive(Clone, Debug)]
pub struct Workload {
    /// Its name: `a`, `b`, `ranges`, `shared`, `sparse`.
    pub name: &'static str,
    /// The facts, in the order of their ids.
    pub facts: Vec<Fact>,
    /// The rules, in the order of their ids. Each is a row: all its conditions together.
    pub rules: Vec<Rule>,
}

/// Something a case can state.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// Its id.
    pub id: String,
    /// What values it takes.
    pub kind: Kind,
}

/// What values a fact takes.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// Yes or no.
    YesNo,
    /// One of these options.
    Choice(Vec<String>),
    /// A whole number between two, both included.
    Integer(i64, i64),
    /// A number between two, both included, with one digit after the point.
    Number(i64, i64),
}

/// Conditions that must all hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Its id.
    pub id: String,
    /// The advice id it speaks about.
    pub advice: String,
    /// Each on another fact.
    pub conditions: Vec<Condition>,
}

/// What must hold of one fact.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// Its place in [`Workload::facts`].
    pub fact: usize,
    /// What must hold of it.
    pub test: Test,
}

/// What must hold of a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// It is yes.
    Yes,
    /// It is no.
    No,
    /// It is this option.
    Is(usize),
    /// It is one of these options.
    OneOf(Vec<usize>),
    /// It is this number or more.
    AtLeast(f64),
    /// It is this number or less.
    AtMost(f64),
    /// It lies between these numbers, both included.
    Between(f64, f64),
}

/// What a case states of one fact.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// Nothing.
    Unknown,
    /// Yes or no.
    YesNo(bool),
    /// The place of an option.
    Option(usize),
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(f64),
}

/// Whether something holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Truth {
    /// It does not.
    False,
    /// That depends on what is not known.
    Unknown,
    /// It does.
    True,
}

/// How much a case knows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Knowledge {
    /// Every fact.
    All,
    /// Each fact with this probability.
    Share(f64),
    /// So many facts, drawn anew for each case.
    Facts(usize),
}

/// Cases without end.
#[derive(Clone, Debug)]
pub struct Cases<'a> {
    facts: &'a [Fact],
    knowledge: Knowledge,
    random: Random,
}

impl Workload {
    /// Cases that the seed alone decides.
    pub fn cases(&self, seed: u64, knowledge: Knowledge) -> Cases<'_> {
        Cases {
            facts: &self.facts,
            knowledge,
            random: Random::new(seed),
        }
    }

    /// The pack, by file name: `pack.ron`, `facts.ron`, `rules.ron`, `sources.ron`.
    pub fn files(&self) -> Vec<(String, String)> {
        pack::files(self)
    }
}

impl Cases<'_> {
    /// The next case: a value for each fact, by its place in [`Workload::facts`].
    pub fn next_case(&mut self) -> Vec<Value> {
        let mut case = vec![Value::Unknown; self.facts.len()];
        self.fill(&mut case);
        case
    }

    /// Writes the next case over another one, so that ten million need no more room than one.
    pub fn fill(&mut self, case: &mut [Value]) {
        if let Knowledge::Facts(count) = self.knowledge {
            case.fill(Value::Unknown);
            for place in self.random.distinct(count, self.facts.len()) {
                if let (Some(fact), Some(value)) = (self.facts.get(place), case.get_mut(place)) {
                    *value = fact.kind.draw(&mut self.random);
                }
            }
            return;
        }
        for (fact, value) in self.facts.iter().zip(case) {
            let known = match self.knowledge {
                Knowledge::Share(share) => self.random.chance(share),
                _ => true,
            };
            *value = if known {
                fact.kind.draw(&mut self.random)
            } else {
                Value::Unknown
            };
        }
    }
}

impl Iterator for Cases<'_> {
    type Item = Vec<Value>;
    fn next(&mut self) -> Option<Vec<Value>> {
        Some(self.next_case())
    }
}

impl Kind {
    fn draw(&self, random: &mut Random) -> Value {
        let between = |random: &mut Random, from: i64, to: i64| {
            from + random.below(usize::try_from(to - from + 1).unwrap_or(0)) as i64
        };
        match self {
            Kind::YesNo => Value::YesNo(random.chance(0.5)),
            Kind::Choice(options) => Value::Option(random.below(options.len())),
            Kind::Integer(from, to) => Value::Integer(between(random, *from, *to)),
            Kind::Number(from, to) => Value::Number(between(random, from * 10, to * 10) as f64 / 10.0),
        }
    }
}

impl Rule {
    /// Whether all conditions hold.
    pub fn truth(&self, case: &[Value]) -> Truth {
        let truths = self.conditions.iter().map(|condition| {
            case.get(condition.fact)
                .map_or(Truth::Unknown, |value| condition.test.truth(*value))
        });
        truths.min().unwrap_or(Truth::True)
    }
}

impl Test {
    /// Whether it holds of a value.
    pub fn truth(&self, value: Value) -> Truth {
        let holds = match (self, value) {
            (_, Value::Unknown) => return Truth::Unknown,
            (Test::Yes, value) => value == Value::YesNo(true),
            (Test::No, value) => value == Value::YesNo(false),
            (Test::Is(option), value) => value == Value::Option(*option),
            (Test::OneOf(options), value) => options.iter().any(|option| value == Value::Option(*option)),
            (Test::AtLeast(limit), value) => value.number() >= *limit,
            (Test::AtMost(limit), value) => value.number() <= *limit,
            (Test::Between(from, to), value) => (*from..=*to).contains(&value.number()),
        };
        if holds { Truth::True } else { Truth::False }
    }
}

impl Value {
    /// The number it is; not a number when it is none.
    pub fn number(self) -> f64 {
        match self {
            Value::Integer(value) => value as f64,
            Value::Number(value) => value,
            _ => f64::NAN,
        }
    }
}
