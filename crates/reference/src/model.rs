//! A pack and a case as plain data. Facts, rules and the like are named by their position in the lists.

use liniment::Verdict;

/// A pack, or several packs loaded together.
#[derive(Clone, Debug, Default)]
pub struct Base {
    pub packs: Vec<Pack>,
    pub facts: Vec<Fact>,
    pub vagues: Vec<Vague>,
    pub definitions: Vec<Definition>,
    pub causes: Vec<Cause>,
    pub rules: Vec<Rule>,
    pub stages: Option<Stages>,
    /// How many phases there are: `phase_0`, `phase_1`, … in this order.
    pub phases: usize,
    /// Advice ids, first to last.
    pub ranking: Vec<String>,
    pub ask_first: Vec<usize>,
}

/// One pack: its rules name it.
#[derive(Clone, Debug)]
pub struct Pack {
    pub id: String,
}

#[derive(Clone, Debug)]
pub struct Fact {
    pub id: String,
    pub kind: Kind,
    pub ask_when: Option<Condition>,
}

/// Every ordered value is a whole number of its smallest step: 1, 1/100, or a microsecond.
#[derive(Clone, Debug)]
pub enum Kind {
    YesNo,
    Choice(usize),
    Scale(usize),
    Several(usize),
    Integer {
        from: Option<i64>,
        to: Option<i64>,
    },
    /// In hundredths.
    Number {
        from: Option<i64>,
        to: Option<i64>,
    },
    Duration {
        from: Option<i64>,
        to: Option<i64>,
    },
    Clock {
        runs_while: Option<Condition>,
    },
}

impl Kind {
    /// How many options it has.
    pub fn options(&self) -> usize {
        match self {
            Kind::Choice(options) | Kind::Scale(options) | Kind::Several(options) => *options,
            _ => 0,
        }
    }

    pub fn is_time(&self) -> bool {
        matches!(self, Kind::Duration { .. } | Kind::Clock { .. })
    }
}

/// The value of a clock that was never started: past every limit.
pub const NEVER: i64 = i64::MAX;

/// A value of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    YesNo(bool),
    /// An option of a choice, or a step of a scale.
    Option(usize),
    /// The options of a several-fact, as bits.
    Several(u32),
    /// A number or a time.
    Ordered(i64),
}

/// A quantity given in words: a hidden limit somewhere from one end to the other, both included.
#[derive(Clone, Debug)]
pub struct Vague {
    pub id: String,
    /// The kind of fact it is compared with.
    pub kind: Kind,
    pub from: i64,
    pub to: i64,
}

#[derive(Clone, Debug)]
pub struct Definition {
    pub id: String,
    pub body: Body,
}

#[derive(Clone, Debug)]
pub enum Body {
    When(Condition),
    Count { at_least: usize, of: Vec<Condition> },
    Score(Vec<(i64, Condition)>),
}

/// Rows, any of which is enough.
pub type Condition = Vec<Row>;
/// Tests, all of which must hold.
pub type Row = Vec<(Subject, Test)>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    Fact(usize),
    Definition(usize),
}

#[derive(Clone, Debug)]
pub enum Test {
    Yes,
    No,
    Is(usize),
    OneOf(Vec<usize>),
    NoneOf(Vec<usize>),
    AtLeast(Limit),
    MoreThan(Limit),
    AtMost(Limit),
    LessThan(Limit),
    Between(Limit, Limit),
    All(Vec<Test>),
    Includes(Vec<usize>),
    Only(Vec<usize>),
    Exactly(Vec<usize>),
    AnyOf(Vec<usize>),
}

#[derive(Clone, Copy, Debug)]
pub enum Limit {
    /// A value, or the number of a step.
    Value(i64),
    Vague(usize),
}

#[derive(Clone, Debug)]
pub struct Cause {
    pub id: String,
    pub pack: usize,
    pub phase: Option<usize>,
    pub when: Option<Condition>,
    pub except: Option<Condition>,
    /// Scopes that do not close it.
    pub outside: Vec<usize>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum RuleKind {
    Fix {
        optional: bool,
    },
    NonFix(Verdict),
    Wait,
    RedFlag(Verdict),
    /// With the phases it closes; everything, when there are none.
    Scope {
        closes: Vec<usize>,
    },
    Note {
        refer: bool,
    },
}

/// A rule. Fields that its kind does not have are empty.
#[derive(Clone, Debug)]
pub struct Rule {
    pub id: String,
    pub advice: String,
    pub pack: usize,
    pub kind: RuleKind,
    pub phase: Option<usize>,
    pub when: Option<Condition>,
    pub except: Option<Condition>,
    pub shown_unless: Option<Condition>,
    pub unless: Option<Condition>,
    /// What is said when `unless` holds: `Some(true)` is optional, `Some(false)` recommend.
    pub then: Option<bool>,
    pub not_before: Option<(usize, Limit)>,
    pub shut_while: Option<Condition>,
    pub until: Option<(usize, Limit)>,
    pub never_when: Option<Condition>,
    pub never_when_unknown_stands: bool,
    pub reasons: Vec<Condition>,
    pub overrides: Vec<usize>,
    pub yields_to: Vec<usize>,
    pub suppresses: Option<Suppresses>,
    pub limits: Vec<String>,
    pub outside: Vec<usize>,
    pub beside: Vec<String>,
    pub instead: Vec<String>,
}

impl Rule {
    /// A rule that says nothing yet.
    pub fn new(id: &str, kind: RuleKind) -> Rule {
        Rule {
            id: id.to_owned(),
            advice: id.to_owned(),
            pack: 0,
            kind,
            phase: None,
            when: None,
            except: None,
            shown_unless: None,
            unless: None,
            then: None,
            not_before: None,
            shut_while: None,
            until: None,
            never_when: None,
            never_when_unknown_stands: false,
            reasons: Vec::new(),
            overrides: Vec::new(),
            yields_to: Vec::new(),
            suppresses: None,
            limits: Vec::new(),
            outside: Vec::new(),
            beside: Vec::new(),
            instead: Vec::new(),
        }
    }

    /// What it says when nothing stands in its way.
    pub fn verdict(&self) -> Verdict {
        match &self.kind {
            RuleKind::Fix { optional: false } => Verdict::Recommend,
            RuleKind::Fix { optional: true } => Verdict::Optional,
            RuleKind::NonFix(verdict) | RuleKind::RedFlag(verdict) => *verdict,
            RuleKind::Wait => Verdict::Defer,
            RuleKind::Scope { .. } => Verdict::OutOfScope,
            RuleKind::Note { refer: false } => Verdict::Inform,
            RuleKind::Note { refer: true } => Verdict::Refer,
        }
    }
}

#[derive(Clone, Debug)]
pub enum Suppresses {
    Everything,
    Only(Vec<String>),
    Phases(Vec<usize>),
}

#[derive(Clone, Debug)]
pub struct Stages {
    pub id: String,
    /// A scale with one step more than there are steps here.
    pub at: usize,
    pub comfortable: usize,
    pub after: Option<usize>,
    pub steps: Vec<usize>,
}

/// What a case states of one fact.
#[derive(Clone, Debug, PartialEq)]
pub enum Stated {
    Nothing,
    Null,
    Declined,
    Value(Value),
    /// Both ends included.
    Range(Option<i64>, Option<i64>),
    /// A several-fact in part.
    Partly {
        includes: u32,
        excludes: u32,
    },
    /// Values and who reported them.
    Reports(Vec<(Value, String)>),
}

/// What a case states, fact by fact.
pub type Case = Vec<Stated>;

pub fn option_name(number: usize) -> String {
    format!("option_{number}")
}

pub fn phase_name(number: usize) -> String {
    format!("phase_{number}")
}
