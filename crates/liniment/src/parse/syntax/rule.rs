//! Rules: causes, fixes, non-fixes, waits, stages, red flags, scopes, notes, groups.

use serde::Deserialize;

use super::{Cite, Condition, Evidence, Limit, Name, Strength, Text};
use crate::parse::spanned::Spanned;

/// Why it happens.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cause {
    /// Its id.
    pub id: Name,
    /// The cause itself, or something that makes it easier.
    pub standing: Standing,
    /// How sure the source is of it.
    #[serde(default)]
    pub certainty: Option<Certainty>,
    /// When it is named; always within scope when left out.
    #[serde(default)]
    pub when: Option<Condition>,
    /// Withdrawn when this is True.
    #[serde(default)]
    pub except: Option<Condition>,
    /// Said to the reader.
    pub text: Text,
    /// Why no fix acts on it; asked for when none does.
    #[serde(default)]
    pub untreated: Option<Text>,
    /// Where it comes from.
    #[serde(default)]
    pub cites: Vec<Spanned<Cite>>,
    /// Sources that see it otherwise.
    #[serde(default)]
    pub dissent: Vec<Spanned<Cite>>,
    /// How certain the evidence is.
    #[serde(default)]
    pub evidence: Option<Evidence>,
    /// The phase whose closing by a scope closes it too; every scope that closes everything closes it anyway.
    #[serde(default)]
    pub phase: Option<Name>,
    /// Scopes that do not close it.
    #[serde(default)]
    pub outside: Vec<Name>,
}

/// Primary or contributing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Standing {
    /// The cause itself.
    Primary,
    /// Makes it easier to happen.
    Contributing,
}

/// A certainty word: how the source puts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Certainty {
    /// It may be.
    Possible,
    /// Usually.
    Usual,
    /// Always.
    Certain,
}

/// A clock and a limit: `("time_since_release", "24h")`.
#[derive(Clone, Debug, Deserialize)]
pub struct Window(pub Name, pub Limit);

/// One of the reasons of a rule; shown when it holds.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// When it holds.
    pub when: Condition,
    /// Said to the reader.
    pub why: Text,
    /// Where it comes from.
    #[serde(default)]
    pub cites: Vec<Spanned<Cite>>,
}

/// One way to carry out a fix; the first whose condition is True is shown.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variant {
    /// Its id.
    pub id: Name,
    /// When it applies; always, when left out.
    #[serde(default)]
    pub when: Option<Condition>,
    /// Shown instead of the fix's text.
    #[serde(default)]
    pub text: Option<Text>,
    /// Shown instead of the fix's steps.
    #[serde(default)]
    pub steps: Vec<Text>,
    /// Where it comes from.
    #[serde(default)]
    pub cites: Vec<Spanned<Cite>>,
}

/// How much, how often, how long.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Dose {
    /// How long each time.
    pub lasting: Option<Span>,
    /// How often.
    pub every: Option<Span>,
    /// For how long in all.
    #[serde(rename = "for")]
    pub in_all: Option<Span>,
}

/// A length of time, exact or vague.
pub type Span = Limit;

/// The verdict of a fix.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum FixVerdict {
    /// Do it.
    #[default]
    Recommend,
    /// It can help; the choice is free.
    Optional,
}

/// What an Unknown contraindication does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum IfUnknown {
    /// The advice is withheld.
    #[default]
    Withhold,
    /// The advice stands, subject to it.
    Stand,
}

/// What helps.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fix {
    /// The id of the rule.
    pub id: Name,
    /// The advice it speaks about; the rule's id when left out.
    #[serde(default)]
    pub advice: Option<Name>,
    /// Its phase.
    pub phase: Name,
    /// Recommend, or optional.
    #[serde(default)]
    pub verdict: FixVerdict,
    /// The causes it acts on.
    #[serde(default)]
    pub acts_on: Vec<Name>,
    /// What it eases, in words.
    #[serde(default)]
    pub eases: Vec<Text>,
    /// When it helps; always within scope when left out.
    #[serde(default)]
    pub when: Option<Condition>,
    /// Withdrawn when this is True.
    #[serde(default)]
    pub except: Option<Condition>,
    /// Shut until the clock reaches the limit: `("time_since_release", "24h")`.
    #[serde(default)]
    pub not_before: Option<Spanned<Window>>,
    /// Shut while this is not False.
    #[serde(default)]
    pub shut_while: Option<Condition>,
    /// Over when the clock has passed the limit.
    #[serde(default)]
    pub until: Option<Spanned<Window>>,
    /// Withheld when this is True.
    #[serde(default)]
    pub never_when: Option<Condition>,
    /// And when it is Unknown?
    #[serde(default)]
    pub never_when_unknown: IfUnknown,
    /// The reasons; at least one must hold, and those that hold are shown.
    #[serde(default)]
    pub reasons: Vec<Spanned<Reason>>,
    /// Why it helps.
    #[serde(default)]
    pub because: Option<Text>,
    /// How much, how often, how long.
    #[serde(default)]
    pub dose: Option<Dose>,
    /// How to do it, step by step.
    #[serde(default)]
    pub steps: Vec<Text>,
    /// Ways to do it, best first.
    #[serde(default)]
    pub variants: Vec<Spanned<Variant>>,
    /// Rules that give way to this one.
    #[serde(default)]
    pub overrides: Vec<Name>,
    /// Rules this one gives way to.
    #[serde(default)]
    pub yields_to: Vec<Name>,
    /// Advice that it silences.
    #[serde(default)]
    pub suppresses: Option<Spanned<Suppresses>>,
    /// Advice that it limits: it stands just before it.
    #[serde(default)]
    pub limits: Vec<Name>,
    /// Scopes that do not close it.
    #[serde(default)]
    pub outside: Vec<Name>,
    /// Said to the reader instead of `text` while the gate is shut.
    #[serde(default)]
    pub not_yet: Option<Text>,
    /// Said to the reader.
    pub text: Text,
    /// Marks what the author inferred and no source says.
    #[serde(default)]
    pub inferred: bool,
    /// Where it comes from.
    #[serde(default)]
    pub cites: Vec<Spanned<Cite>>,
    /// Sources that see it otherwise.
    #[serde(default)]
    pub dissent: Vec<Spanned<Cite>>,
    /// How certain the evidence is.
    #[serde(default)]
    pub evidence: Option<Evidence>,
    /// How strongly it is recommended.
    #[serde(default)]
    pub strength: Option<Strength>,
}

/// The verdict of a non-fix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum NonFixVerdict {
    /// It does not work.
    Ineffective,
    /// It works less well than something else.
    Inferior,
    /// It does harm.
    Avoid,
}

/// What does not help, helps less, or does harm.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NonFix {
    /// The id of the rule.
    pub id: Name,
    /// The advice it speaks about; the rule's id when left out.
    #[serde(default)]
    pub advice: Option<Name>,
    /// Its phase.
    pub phase: Name,
    /// Ineffective, inferior, or avoid.
    pub verdict: NonFixVerdict,
    /// When it is said; always within scope when left out.
    #[serde(default)]
    pub when: Option<Condition>,
    /// Withdrawn when this is True.
    #[serde(default)]
    pub except: Option<Condition>,
    /// Softened to `then` when this is True.
    #[serde(default)]
    pub unless: Option<Condition>,
    /// The verdict when `unless` is True; nothing when left out.
    #[serde(default)]
    pub then: Option<Spanned<FixVerdict>>,
    /// What is said when `unless` is True.
    #[serde(default)]
    pub then_text: Option<Text>,
    /// Why it does not help.
    #[serde(default)]
    pub because: Option<Text>,
    /// The reasons; at least one must hold, and those that hold are shown.
    #[serde(default)]
    pub reasons: Vec<Spanned<Reason>>,
    /// Said only when one of these advice ids is now recommended or optional.
    #[serde(default)]
    pub beside: Vec<Name>,
    /// What works better, for an inferior verdict.
    #[serde(default)]
    pub than: Vec<Name>,
    /// What to do instead.
    #[serde(default)]
    pub instead: Vec<Name>,
    /// Advice that it limits: it stands just before it.
    #[serde(default)]
    pub limits: Vec<Name>,
    /// Rules that give way to this one.
    #[serde(default)]
    pub overrides: Vec<Name>,
    /// Rules this one gives way to.
    #[serde(default)]
    pub yields_to: Vec<Name>,
    /// Advice that it silences.
    #[serde(default)]
    pub suppresses: Option<Spanned<Suppresses>>,
    /// Scopes that do not close it.
    #[serde(default)]
    pub outside: Vec<Name>,
    /// Said to the reader.
    pub text: Text,
    /// Marks what the author inferred and no source says.
    #[serde(default)]
    pub inferred: bool,
    /// Where it comes from.
    #[serde(default)]
    pub cites: Vec<Spanned<Cite>>,
    /// Sources that see it otherwise.
    #[serde(default)]
    pub dissent: Vec<Spanned<Cite>>,
    /// How certain the evidence is.
    #[serde(default)]
    pub evidence: Option<Evidence>,
    /// How strongly it is advised against.
    #[serde(default)]
    pub strength: Option<Strength>,
}

/// What must wait: says `defer` until its window opens, and nothing after.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wait {
    /// The id of the rule.
    pub id: Name,
    /// The advice it speaks about; the rule's id when left out.
    #[serde(default)]
    pub advice: Option<Name>,
    /// Its phase.
    pub phase: Name,
    /// When it is said; always within scope when left out.
    #[serde(default)]
    pub when: Option<Condition>,
    /// Withdrawn when this is True.
    #[serde(default)]
    pub except: Option<Condition>,
    /// Over when the clock surely reaches the limit.
    #[serde(default)]
    pub until: Option<Spanned<Window>>,
    /// Not over while this is not False.
    #[serde(default)]
    pub shut_while: Option<Condition>,
    /// Why to wait.
    #[serde(default)]
    pub because: Option<Text>,
    /// The reasons; at least one must hold, and those that hold are shown.
    #[serde(default)]
    pub reasons: Vec<Spanned<Reason>>,
    /// What to do meanwhile.
    #[serde(default)]
    pub instead: Vec<Name>,
    /// Rules that give way to this one.
    #[serde(default)]
    pub overrides: Vec<Name>,
    /// Rules this one gives way to.
    #[serde(default)]
    pub yields_to: Vec<Name>,
    /// Advice that it limits: it stands just before it.
    #[serde(default)]
    pub limits: Vec<Name>,
    /// Scopes that do not close it.
    #[serde(default)]
    pub outside: Vec<Name>,
    /// Said to the reader.
    pub text: Text,
    /// Marks what the author inferred and no source says.
    #[serde(default)]
    pub inferred: bool,
    /// Where it comes from.
    #[serde(default)]
    pub cites: Vec<Spanned<Cite>>,
    /// Sources that see it otherwise.
    #[serde(default)]
    pub dissent: Vec<Spanned<Cite>>,
    /// How certain the evidence is.
    #[serde(default)]
    pub evidence: Option<Evidence>,
    /// How strongly it is advised.
    #[serde(default)]
    pub strength: Option<Strength>,
}

/// A plan in steps.
///
/// The scale `at` has one step more than `steps`: its first step means "not started", and its others
/// stand for `steps` one by one.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stages {
    /// Its id.
    pub id: Name,
    /// The scale that says which step one is on.
    pub at: Name,
    /// The yes-or-no fact that says whether that step is comfortable.
    pub comfortable: Name,
    /// The wait that must be over first.
    #[serde(default)]
    pub after: Option<Name>,
    /// The fixes that are its steps, in order.
    pub steps: Vec<Name>,
    /// Marks what the author inferred and no source says.
    #[serde(default)]
    pub inferred: bool,
    /// Where it comes from.
    #[serde(default)]
    pub cites: Vec<Spanned<Cite>>,
}

/// How urgent a red flag is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub enum Level {
    /// Call for help now.
    Emergency,
    /// The same day.
    Urgent,
    /// Ask someone qualified.
    Refer,
}

/// What a rule silences.
#[derive(Clone, Debug, Deserialize)]
pub enum Suppresses {
    /// All but emergencies.
    Everything,
    /// These advice ids.
    Only(Vec<Name>),
    /// All advice of these phases.
    Phases(Vec<Name>),
}

/// A call for help.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RedFlag {
    /// The id of the rule.
    pub id: Name,
    /// The advice it speaks about; the rule's id when left out.
    #[serde(default)]
    pub advice: Option<Name>,
    /// How urgent it is.
    pub level: Level,
    /// Its phase, when the advice of a phase should stand with it; otherwise none.
    #[serde(default)]
    pub phase: Option<Name>,
    /// When it is raised.
    pub when: Condition,
    /// Withdrawn when this is True.
    #[serde(default)]
    pub except: Option<Condition>,
    /// What it silences.
    #[serde(default)]
    pub suppresses: Option<Spanned<Suppresses>>,
    /// Advice that it limits: it stands just before it.
    #[serde(default)]
    pub limits: Vec<Name>,
    /// Why it is raised.
    #[serde(default)]
    pub because: Option<Text>,
    /// Reasons; those that hold are shown.
    #[serde(default)]
    pub reasons: Vec<Spanned<Reason>>,
    /// What to do until help comes.
    #[serde(default)]
    pub steps: Vec<Text>,
    /// Said to the reader.
    pub text: Text,
    /// Marks what the author inferred and no source says.
    #[serde(default)]
    pub inferred: bool,
    /// Where it comes from.
    #[serde(default)]
    pub cites: Vec<Spanned<Cite>>,
    /// Sources that see it otherwise.
    #[serde(default)]
    pub dissent: Vec<Spanned<Cite>>,
    /// How certain the evidence is.
    #[serde(default)]
    pub evidence: Option<Evidence>,
    /// How strongly it is advised.
    #[serde(default)]
    pub strength: Option<Strength>,
}

/// What a scope closes.
#[derive(Clone, Debug, Deserialize)]
pub enum Closes {
    /// Every fix, non-fix, wait, cause and note of the pack.
    Everything,
    /// Those of these phases.
    Phases(Vec<Name>),
}

/// What the pack does not cover.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// The id of the rule.
    pub id: Name,
    /// The advice it speaks about; the rule's id when left out.
    #[serde(default)]
    pub advice: Option<Name>,
    /// Its phase, if it has one.
    #[serde(default)]
    pub phase: Option<Name>,
    /// When the case is not covered.
    pub when: Condition,
    /// What that closes.
    pub closes: Spanned<Closes>,
    /// Why.
    #[serde(default)]
    pub because: Option<Text>,
    /// Said to the reader.
    pub text: Text,
    /// Marks what the author inferred and no source says.
    #[serde(default)]
    pub inferred: bool,
    /// Where it comes from.
    #[serde(default)]
    pub cites: Vec<Spanned<Cite>>,
    /// Sources that see it otherwise.
    #[serde(default)]
    pub dissent: Vec<Spanned<Cite>>,
}

/// The verdict of a note.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum NoteVerdict {
    /// It only informs.
    #[default]
    Inform,
    /// It names someone to ask or something to read.
    Refer,
}

/// What only informs.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// The id of the rule.
    pub id: Name,
    /// The advice it speaks about; the rule's id when left out.
    #[serde(default)]
    pub advice: Option<Name>,
    /// Its phase.
    pub phase: Name,
    /// Inform, or refer.
    #[serde(default)]
    pub verdict: NoteVerdict,
    /// When it is said; always within scope when left out.
    #[serde(default)]
    pub when: Option<Condition>,
    /// Withdrawn when this is True.
    #[serde(default)]
    pub except: Option<Condition>,
    /// Shown unless this is True, while it is Unknown too.
    #[serde(default)]
    pub shown_unless: Option<Condition>,
    /// Said only when one of these advice ids is now recommended or optional.
    #[serde(default)]
    pub beside: Vec<Name>,
    /// Why.
    #[serde(default)]
    pub because: Option<Text>,
    /// Reasons; at least one must hold, and those that hold are shown.
    #[serde(default)]
    pub reasons: Vec<Spanned<Reason>>,
    /// Advice that it limits: it stands just before it.
    #[serde(default)]
    pub limits: Vec<Name>,
    /// Rules that give way to this one.
    #[serde(default)]
    pub overrides: Vec<Name>,
    /// Rules this one gives way to.
    #[serde(default)]
    pub yields_to: Vec<Name>,
    /// Scopes that do not close it.
    #[serde(default)]
    pub outside: Vec<Name>,
    /// Said to the reader.
    pub text: Text,
    /// Marks what the author inferred and no source says.
    #[serde(default)]
    pub inferred: bool,
    /// Where it comes from.
    #[serde(default)]
    pub cites: Vec<Spanned<Cite>>,
    /// Sources that see it otherwise.
    #[serde(default)]
    pub dissent: Vec<Spanned<Cite>>,
    /// How certain the evidence is.
    #[serde(default)]
    pub evidence: Option<Evidence>,
    /// How strongly it is advised.
    #[serde(default)]
    pub strength: Option<Strength>,
}

/// Several measures that belong together; informational.
///
/// Its text joins the reasons of the first of its members that the advice lists, and its citations
/// those of every member listed, when at least `at_least` of them are listed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Its id.
    pub id: Name,
    /// How many of them make the group.
    pub at_least: Spanned<u32>,
    /// The advice ids of its members; a `Stages` id stands for all of its steps as one.
    pub of: Vec<Name>,
    /// Said to the reader.
    pub text: Text,
    /// Where it comes from.
    #[serde(default)]
    pub cites: Vec<Spanned<Cite>>,
}
