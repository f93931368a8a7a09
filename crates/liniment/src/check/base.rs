//! `CheckedBase`: all packs together, every name looked up, every type settled.
//!
//! Lists are sorted by id, so that nothing depends on the order of files, rules or facts. Indexes are
//! positions in these lists.

use std::sync::Arc;

use crate::citation::Citation;
use crate::compiled::{Reader, Stored, Writer, stored};
use crate::parse::FileText;
use crate::parse::spanned::Span;
use crate::parse::syntax::{Certainty, Evidence, SourceKind, Standing, Strength};
use crate::verdict::Verdict;

/// Defines the index types of the lists of a base, each with its list.
macro_rules! indexes {
    ($($(#[$doc:meta])* $name:ident: $list:ident),+ $(,)?) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub(crate) struct $name(pub(crate) u32);
            impl $name {
                pub(crate) fn new(index: usize) -> Self {
                    // Limits keep every list far below 2^32.
                    Self(u32::try_from(index).unwrap_or(u32::MAX))
                }
                pub(crate) fn index(self) -> usize {
                    self.0 as usize
                }
            }
            impl Stored for $name {
                fn write(&self, writer: &mut Writer) {
                    self.0.write(writer);
                }
                fn read(reader: &mut Reader<'_>) -> Self {
                    Self(reader.index(IndexedList::$name as usize))
                }
            }
        )+

        #[expect(clippy::enum_variant_names, reason = "they are the names of the types")]
        enum IndexedList {
            $($name),+
        }

        /// How many lists numbers lead into.
        pub(crate) const INDEXED_LISTS: usize = [$(IndexedList::$name as usize),+].len();

        impl CheckedBase {
            /// How long each of the lists is that numbers lead into.
            pub(crate) fn indexed_lists(&self) -> [usize; INDEXED_LISTS] {
                [$(self.$list.len()),+]
            }
        }
    };
}

indexes! {
    /// A pack.
    PackIndex: packs,
    /// A fact.
    FactIndex: facts,
    /// A vague quantity.
    VagueIndex: vagues,
    /// A definition.
    DefinitionIndex: definitions,
    /// A source.
    SourceIndex: sources,
    /// A cause.
    CauseIndex: causes,
    /// A rule.
    RuleIndex: rules,
    /// An advice id.
    AdviceIndex: advice,
    /// A phase.
    PhaseIndex: phases,
    /// A staged plan.
    StagesIndex: stages,
}

/// Words in every language of the base, by language number; the pack's own language where a
/// translation is missing.
pub(crate) type Words = Vec<Arc<str>>;

stored! {
    /// All packs together, checked. Only `check` builds one, or reads what was stored of one.
    #[derive(Debug)]
    pub(crate) struct CheckedBase {
        /// The languages, sorted; the first packs' own language is `language`.
        pub(crate) languages: Vec<String>,
        /// The number of the language that the packs are written in.
        pub(crate) language: usize,
        /// In canonical order: a pack after those it extends or names, otherwise by id.
        pub(crate) packs: Vec<Pack>,
        /// By id.
        pub(crate) facts: Vec<Fact>,
        /// By id.
        pub(crate) vagues: Vec<Vague>,
        /// By id.
        pub(crate) definitions: Vec<Definition>,
        /// By id.
        pub(crate) sources: Vec<Source>,
        /// By id.
        pub(crate) causes: Vec<Cause>,
        /// By id: fixes, non-fixes, waits, red flags, scopes and notes.
        pub(crate) rules: Vec<Rule>,
        /// By id.
        pub(crate) advice: Vec<AdviceEntry>,
        /// In the order in which their advice is given.
        pub(crate) phases: Vec<Phase>,
        /// By id.
        pub(crate) stages: Vec<Stages>,
        /// By id.
        pub(crate) groups: Vec<Group>,
        /// Facts to ask first, in order.
        pub(crate) ask_first: Vec<FactIndex>,
        /// What the packs promise of themselves.
        pub(crate) properties: Vec<Property>,
        /// The files, for places in explanations: their names, by file number.
        pub(crate) files: Vec<FileText>,
    }

    #[derive(Debug)]
    pub(crate) struct Pack {
        pub(crate) id: String,
        pub(crate) version: String,
        pub(crate) title: Words,
        pub(crate) notice: Option<Words>,
        pub(crate) languages: Vec<String>,
    }

    #[derive(Debug)]
    pub(crate) struct Fact {
        pub(crate) id: String,
        pub(crate) kind: FactKind,
        pub(crate) ask: Words,
        /// One per option, for choices, scales and several-facts.
        pub(crate) labels: Vec<Words>,
        pub(crate) ask_when: Option<Condition>,
        pub(crate) fixed: bool,
        /// How long an answer lasts, in microseconds.
        pub(crate) lasts: Option<i64>,
        /// The packs that declare it.
        pub(crate) packs: Vec<PackIndex>,
        pub(crate) span: Span,
    }

    #[derive(Debug, Clone, PartialEq)]
    pub(crate) enum FactKind {
        YesNo,
        Choice(Vec<String>),
        Scale(Vec<String>),
        Several(Vec<String>),
        Integer {
            from: Option<i64>,
            to: Option<i64>,
            unit: Option<String>,
        },
        Number {
            from: Option<f64>,
            to: Option<f64>,
            unit: Option<String>,
        },
        /// In microseconds.
        Duration {
            from: Option<i64>,
            to: Option<i64>,
        },
        /// In microseconds; `Some` while it runs only under a condition.
        Clock {
            runs_while: Option<Box<Condition>>,
        },
    }

    #[derive(Debug)]
    pub(crate) struct Vague {
        pub(crate) words: Words,
        pub(crate) from: Scalar,
        pub(crate) to: Scalar,
    }

    /// A value of an ordered fact.
    #[derive(Clone, Copy, Debug, PartialEq)]
    pub(crate) enum Scalar {
        Integer(i64),
        Number(f64),
        /// In microseconds.
        Duration(i64),
    }

    #[derive(Debug)]
    pub(crate) struct Definition {
        pub(crate) id: String,
        pub(crate) body: DefinitionBody,
        pub(crate) inferred: bool,
        pub(crate) cites: Vec<Cite>,
    }

    #[derive(Debug)]
    pub(crate) enum DefinitionBody {
        /// Yes when the condition is True.
        When(Condition),
        /// Yes when at least so many are True.
        Count { at_least: u32, of: Vec<Condition> },
        /// The sum of the points whose condition is True.
        Score(Vec<(i32, Condition)>),
    }

    /// A condition with its names looked up.
    #[derive(Clone, Debug, PartialEq)]
    pub(crate) enum Condition {
        /// A test of one fact.
        Fact { fact: FactIndex, test: Test, span: Span },
        /// A yes-or-no definition is yes (or no).
        Defined {
            definition: DefinitionIndex,
            yes: bool,
            span: Span,
        },
        /// A score lies between two sums, both included.
        Scored {
            definition: DefinitionIndex,
            from: i64,
            to: i64,
            span: Span,
        },
        /// All of them (a row; an empty row is True).
        All(Vec<Condition>, Span),
        /// Any of them (a list of rows; an empty list is False).
        Any(Vec<Condition>, Span),
        /// In properties: an advice id has one of these verdicts; no verdict when the list is empty.
        Gives {
            advice: AdviceIndex,
            verdicts: Vec<Verdict>,
            span: Span,
        },
    }

    /// A test of one fact, its values by number.
    #[derive(Clone, Debug, PartialEq)]
    pub(crate) enum Test {
        /// A yes-or-no fact is this.
        YesNo(bool),
        /// A choice or scale is one of these options (sorted numbers).
        OneOf(Vec<u16>),
        /// A choice or scale is none of these options (sorted numbers).
        NoneOf(Vec<u16>),
        /// An ordered fact (scale included) compares so with the limit.
        Compare(Comparison, Limit),
        /// A several-fact has all of these.
        Includes(Vec<u16>),
        /// A several-fact has none but these.
        Only(Vec<u16>),
        /// A several-fact has these and no others.
        Exactly(Vec<u16>),
        /// A several-fact has one of these.
        AnyOf(Vec<u16>),
        /// A several-fact has none of these.
        NoOption(Vec<u16>),
        /// All of these tests. `Between` becomes two.
        All(Vec<Test>),
    }

    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub(crate) enum Comparison {
        AtLeast,
        MoreThan,
        AtMost,
        LessThan,
    }

    #[derive(Clone, Copy, Debug, PartialEq)]
    pub(crate) enum Limit {
        /// A step of a scale.
        Step(u16),
        /// A value.
        Value(Scalar),
        /// A vague quantity.
        Vague(VagueIndex),
    }

    #[derive(Debug)]
    pub(crate) struct Source {
        pub(crate) id: String,
        pub(crate) kind: SourceKind,
        pub(crate) title: String,
        pub(crate) address: Option<String>,
        pub(crate) reviewed: String,
        pub(crate) note: Option<String>,
    }

    #[derive(Debug, Clone)]
    pub(crate) struct Cite {
        pub(crate) source: SourceIndex,
        /// As advice shows it.
        pub(crate) shown: Arc<Citation>,
        pub(crate) says: Option<String>,
    }

    #[derive(Debug)]
    pub(crate) struct Cause {
        pub(crate) id: String,
        pub(crate) standing: Standing,
        pub(crate) certainty: Option<Certainty>,
        pub(crate) when: Option<Condition>,
        pub(crate) except: Option<Condition>,
        pub(crate) text: Words,
        pub(crate) untreated: Option<Words>,
        pub(crate) cites: Vec<Cite>,
        pub(crate) dissent: Vec<Cite>,
        pub(crate) evidence: Option<Evidence>,
        pub(crate) pack: PackIndex,
        /// The scopes that close it.
        pub(crate) closed_by: Vec<RuleIndex>,
        pub(crate) span: Span,
    }

    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub(crate) enum RuleKind {
        Fix,
        NonFix,
        Wait,
        RedFlag,
        Scope,
        Note,
    }

    /// A rule. Fields that its kind does not have are empty.
    #[derive(Debug)]
    pub(crate) struct Rule {
        pub(crate) id: String,
        pub(crate) kind: RuleKind,
        pub(crate) advice: AdviceIndex,
        /// A wait's is `defer`, a scope's `out_of_scope`, a red flag's its level.
        pub(crate) verdict: Verdict,
        pub(crate) phase: Option<PhaseIndex>,
        pub(crate) pack: PackIndex,
        /// True when left out.
        pub(crate) when: Option<Condition>,
        /// `except`, and a note's `shown_unless`: withdrawn when True.
        pub(crate) except: Option<Condition>,
        /// A non-fix's `unless`.
        pub(crate) unless: Option<Condition>,
        /// The verdict when `unless` is True; none when left out.
        pub(crate) then: Option<Verdict>,
        pub(crate) then_text: Option<Words>,
        /// The gate of a fix.
        pub(crate) not_before: Option<Window>,
        /// Shuts the gate of a fix or wait.
        pub(crate) shut_while: Option<Condition>,
        /// The end of a fix's window, or of a wait.
        pub(crate) until: Option<Window>,
        pub(crate) never_when: Option<Condition>,
        /// A fix stands while its `never_when` is Unknown.
        pub(crate) never_when_unknown_stands: bool,
        pub(crate) reasons: Vec<Reason>,
        pub(crate) because: Option<Words>,
        pub(crate) dose: Option<Dose>,
        pub(crate) steps: Vec<Words>,
        pub(crate) variants: Vec<Variant>,
        /// The rules that give way to this one: its `overrides`, and those that yield to it. Without cycles.
        pub(crate) overrides: Vec<RuleIndex>,
        pub(crate) suppresses: Option<Suppresses>,
        pub(crate) limits: Vec<AdviceIndex>,
        /// The scopes that close it. Always empty for red flags and scopes.
        pub(crate) closed_by: Vec<RuleIndex>,
        pub(crate) beside: Vec<AdviceIndex>,
        /// The staged plan whose step this fix is, and which step, from 0.
        pub(crate) stage: Option<(StagesIndex, usize)>,
        pub(crate) text: Words,
        /// Said instead of the text while the gate is shut.
        pub(crate) not_yet: Option<Words>,
        pub(crate) eases: Vec<Words>,
        pub(crate) acts_on: Vec<CauseIndex>,
        pub(crate) instead: Vec<AdviceIndex>,
        pub(crate) than: Vec<AdviceIndex>,
        pub(crate) cites: Vec<Cite>,
        pub(crate) dissent: Vec<Cite>,
        pub(crate) evidence: Option<Evidence>,
        pub(crate) strength: Option<Strength>,
        pub(crate) inferred: bool,
        /// The whole statement.
        pub(crate) span: Span,
    }

    /// A clock (or duration) and a limit.
    #[derive(Clone, Debug, PartialEq)]
    pub(crate) struct Window {
        pub(crate) fact: FactIndex,
        pub(crate) limit: Limit,
        pub(crate) span: Span,
    }

    #[derive(Debug)]
    pub(crate) struct Reason {
        pub(crate) when: Condition,
        pub(crate) why: Words,
        pub(crate) cites: Vec<Cite>,
    }

    #[derive(Debug)]
    pub(crate) struct Variant {
        pub(crate) id: String,
        pub(crate) when: Option<Condition>,
        pub(crate) text: Option<Words>,
        pub(crate) steps: Vec<Words>,
        pub(crate) cites: Vec<Cite>,
    }

    #[derive(Debug, Clone)]
    pub(crate) struct Dose {
        pub(crate) lasting: Option<Limit>,
        pub(crate) every: Option<Limit>,
        pub(crate) in_all: Option<Limit>,
    }

    #[derive(Debug, Clone, PartialEq)]
    pub(crate) enum Suppresses {
        /// All but emergencies.
        Everything,
        /// These, sorted; phases are already put into advice ids.
        Advice(Vec<AdviceIndex>),
    }

    #[derive(Debug)]
    pub(crate) struct AdviceEntry {
        pub(crate) id: String,
        /// The rules that speak about it, best ranked first (then by id).
        pub(crate) rules: Vec<RuleIndex>,
        /// Its place in the manifests' ranking; those not named come last.
        pub(crate) rank: u32,
    }

    #[derive(Debug)]
    pub(crate) struct Phase {
        pub(crate) id: String,
        pub(crate) title: Words,
    }

    #[derive(Debug)]
    pub(crate) struct Stages {
        pub(crate) id: String,
        pub(crate) at: FactIndex,
        pub(crate) comfortable: FactIndex,
        /// The wait that must be over.
        pub(crate) after: Option<RuleIndex>,
        /// The fixes that are its steps, in order.
        pub(crate) steps: Vec<RuleIndex>,
        pub(crate) inferred: bool,
        pub(crate) cites: Vec<Cite>,
        pub(crate) span: Span,
    }

    #[derive(Debug)]
    pub(crate) struct Group {
        pub(crate) at_least: u32,
        /// Each member is one advice id, or all the steps of a staged plan.
        pub(crate) of: Vec<Vec<AdviceIndex>>,
        pub(crate) text: Words,
        pub(crate) cites: Vec<Cite>,
    }

    /// What a pack promises of itself.
    #[derive(Debug)]
    pub(crate) struct Property {
        pub(crate) kind: PropertyKind,
        pub(crate) pack: PackIndex,
        pub(crate) span: Span,
    }

    #[derive(Debug)]
    pub(crate) enum PropertyKind {
        Never(Condition),
        Always(Condition),
        Implies(Condition, Condition),
        OnceOpenStaysOpen(AdviceIndex),
        /// These ids count together.
        ForgettingNeverOpens(Vec<AdviceIndex>),
        Assume(Condition),
        Expect(Condition),
    }
}
