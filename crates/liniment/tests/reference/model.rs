//! A pack and a case as plain data. Facts, rules and the like are named by their position in the lists.

use liniment::Verdict;

/// A pack, or several packs loaded together.
#[derive(Clone, Debug, Default)]
pub(crate) struct Base {
    pub(crate) packs: Vec<Pack>,
    pub(crate) facts: Vec<Fact>,
    pub(crate) vagues: Vec<Vague>,
    pub(crate) definitions: Vec<Definition>,
    pub(crate) causes: Vec<Cause>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) stages: Option<Stages>,
    /// How many phases there are: `phase_0`, `phase_1`, … in this order.
    pub(crate) phases: usize,
    /// Advice ids, first to last.
    pub(crate) ranking: Vec<String>,
    pub(crate) ask_first: Vec<usize>,
}

/// One pack: its rules name it.
#[derive(Clone, Debug)]
pub(crate) struct Pack {
    pub(crate) id: String,
}

#[derive(Clone, Debug)]
pub(crate) struct Fact {
    pub(crate) id: String,
    pub(crate) kind: Kind,
    pub(crate) ask_when: Option<Condition>,
}

/// Every ordered value is a whole number of its smallest step: 1, 1/100, or a microsecond.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
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
    pub(crate) fn options(&self) -> usize {
        match self {
            Kind::Choice(options) | Kind::Scale(options) | Kind::Several(options) => *options,
            _ => 0,
        }
    }

    pub(crate) fn is_time(&self) -> bool {
        matches!(self, Kind::Duration { .. } | Kind::Clock { .. })
    }
}

/// The value of a clock that was never started: past every limit.
pub(crate) const NEVER: i64 = i64::MAX;

/// A value of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Value {
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
pub(crate) struct Vague {
    pub(crate) id: String,
    /// The kind of fact it is compared with.
    pub(crate) kind: Kind,
    pub(crate) from: i64,
    pub(crate) to: i64,
}

#[derive(Clone, Debug)]
pub(crate) struct Definition {
    pub(crate) id: String,
    pub(crate) body: Body,
}

#[derive(Clone, Debug)]
pub(crate) enum Body {
    When(Condition),
    Count { at_least: usize, of: Vec<Condition> },
    Score(Vec<(i64, Condition)>),
}

/// Rows, any of which is enough.
pub(crate) type Condition = Vec<Row>;
/// Tests, all of which must hold.
pub(crate) type Row = Vec<(Subject, Test)>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    Fact(usize),
    Definition(usize),
}

#[derive(Clone, Debug)]
pub(crate) enum Test {
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
pub(crate) enum Limit {
    /// A value, or the number of a step.
    Value(i64),
    Vague(usize),
}

#[derive(Clone, Debug)]
pub(crate) struct Cause {
    pub(crate) id: String,
    pub(crate) pack: usize,
    pub(crate) phase: Option<usize>,
    pub(crate) when: Option<Condition>,
    pub(crate) except: Option<Condition>,
    /// Scopes that do not close it.
    pub(crate) outside: Vec<usize>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum RuleKind {
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
pub(crate) struct Rule {
    pub(crate) id: String,
    pub(crate) advice: String,
    pub(crate) pack: usize,
    pub(crate) kind: RuleKind,
    pub(crate) phase: Option<usize>,
    pub(crate) when: Option<Condition>,
    pub(crate) except: Option<Condition>,
    pub(crate) shown_unless: Option<Condition>,
    pub(crate) unless: Option<Condition>,
    /// What is said when `unless` holds: `Some(true)` is optional, `Some(false)` recommend.
    pub(crate) then: Option<bool>,
    pub(crate) not_before: Option<(usize, Limit)>,
    pub(crate) shut_while: Option<Condition>,
    pub(crate) until: Option<(usize, Limit)>,
    pub(crate) never_when: Option<Condition>,
    pub(crate) never_when_unknown_stands: bool,
    pub(crate) reasons: Vec<Condition>,
    pub(crate) overrides: Vec<usize>,
    pub(crate) yields_to: Vec<usize>,
    pub(crate) suppresses: Option<Suppresses>,
    pub(crate) limits: Vec<String>,
    pub(crate) outside: Vec<usize>,
    pub(crate) beside: Vec<String>,
    pub(crate) instead: Vec<String>,
}

impl Rule {
    /// A rule that says nothing yet.
    pub(crate) fn new(id: &str, kind: RuleKind) -> Rule {
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
    pub(crate) fn verdict(&self) -> Verdict {
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
pub(crate) enum Suppresses {
    Everything,
    Only(Vec<String>),
    Phases(Vec<usize>),
}

#[derive(Clone, Debug)]
pub(crate) struct Stages {
    pub(crate) id: String,
    /// A scale with one step more than there are steps here.
    pub(crate) at: usize,
    pub(crate) comfortable: usize,
    pub(crate) after: Option<usize>,
    pub(crate) steps: Vec<usize>,
}

/// What a case states of one fact.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Stated {
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
pub(crate) type Case = Vec<Stated>;

pub(crate) fn option_name(number: usize) -> String {
    format!("option_{number}")
}

pub(crate) fn phase_name(number: usize) -> String {
    format!("phase_{number}")
}
