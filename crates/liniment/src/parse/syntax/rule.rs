//! Rules: causes, fixes, non-fixes, waits, stages, red flags, scopes, notes, groups.

use super::{Cite, Condition, Evidence, Limit, Name, Strength, Text};
use crate::parse::fill::language;
use crate::parse::spanned::Spanned;

language! {
    /// Why it happens.
    #[derive(Clone, Debug)]
    pub struct Cause {
        /// Its id.
        pub id: Name,
        /// The cause itself, or something that makes it easier.
        pub standing: Standing,
        /// How sure the source is of it.
        pub certainty: Option<Certainty> = None,
        /// When it is named; always within scope when left out.
        pub when: Option<Condition> = None,
        /// Withdrawn when this is True.
        pub except: Option<Condition> = None,
        /// Said to the reader.
        pub text: Text,
        /// Why no fix acts on it; asked for when none does.
        pub untreated: Option<Text> = None,
        /// Where it comes from.
        pub cites: Vec<Spanned<Cite>> = Vec::new(),
        /// Sources that see it otherwise.
        pub dissent: Vec<Spanned<Cite>> = Vec::new(),
        /// How certain the evidence is.
        pub evidence: Option<Evidence> = None,
        /// The phase whose closing by a scope closes it too; every scope that closes everything closes it anyway.
        pub phase: Option<Name> = None,
        /// Scopes that do not close it.
        pub outside: Vec<Name> = Vec::new(),
    }
}

language! {
    /// Primary or contributing.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Standing {
        /// The cause itself.
        Primary,
        /// Makes it easier to happen.
        Contributing,
    }
}

language! {
    /// A certainty word: how the source puts it.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Certainty {
        /// It may be.
        Possible,
        /// Usually.
        Usual,
        /// Always.
        Certain,
    }
}

language! {
    /// A clock and a limit: `("time_since_release", "24h")`.
    #[derive(Clone, Debug)]
    pub struct Window(pub Name, pub Limit);
}

language! {
    /// One of the reasons of a rule; shown when it holds.
    #[derive(Clone, Debug)]
    pub struct Reason {
        /// When it holds.
        pub when: Condition,
        /// Said to the reader.
        pub why: Text,
        /// Where it comes from.
        pub cites: Vec<Spanned<Cite>> = Vec::new(),
    }
}

language! {
    /// One way to carry out a fix; the first whose condition is True is shown.
    #[derive(Clone, Debug)]
    pub struct Variant {
        /// Its id.
        pub id: Name,
        /// When it applies; always, when left out.
        pub when: Option<Condition> = None,
        /// Shown instead of the fix's text.
        pub text: Option<Text> = None,
        /// Shown instead of the fix's steps.
        pub steps: Vec<Text> = Vec::new(),
        /// Where it comes from.
        pub cites: Vec<Spanned<Cite>> = Vec::new(),
    }
}

language! {
    /// How much, how often, how long.
    #[derive(Clone, Debug)]
    pub struct Dose {
        /// How long each time.
        pub lasting: Option<Span> = None,
        /// How often.
        pub every: Option<Span> = None,
        /// For how long in all.
        pub in_all as "for": Option<Span> = None,
    }
}

/// A length of time, exact or vague.
pub type Span = Limit;

language! {
    /// The verdict of a fix.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum FixVerdict {
        /// Do it.
        Recommend,
        /// It can help; the choice is free.
        Optional,
    }
}

language! {
    /// What an Unknown contraindication does.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum IfUnknown {
        /// The advice is withheld.
        Withhold,
        /// The advice stands, subject to it.
        Stand,
    }
}

language! {
    /// What helps.
    #[derive(Clone, Debug)]
    pub struct Fix {
        /// The id of the rule.
        pub id: Name,
        /// The advice it speaks about; the rule's id when left out.
        pub advice: Option<Name> = None,
        /// Its phase.
        pub phase: Name,
        /// Recommend, or optional.
        pub verdict: FixVerdict = FixVerdict::Recommend,
        /// The causes it acts on.
        pub acts_on: Vec<Name> = Vec::new(),
        /// What it eases, in words.
        pub eases: Vec<Text> = Vec::new(),
        /// When it helps; always within scope when left out.
        pub when: Option<Condition> = None,
        /// Withdrawn when this is True.
        pub except: Option<Condition> = None,
        /// Shut until the clock reaches the limit: `("time_since_release", "24h")`.
        pub not_before: Option<Spanned<Window>> = None,
        /// Shut while this is not False.
        pub shut_while: Option<Condition> = None,
        /// Over when the clock has passed the limit.
        pub until: Option<Spanned<Window>> = None,
        /// Withheld when this is True.
        pub never_when: Option<Condition> = None,
        /// And when it is Unknown?
        pub never_when_unknown: IfUnknown = IfUnknown::Withhold,
        /// The reasons; at least one must hold, and those that hold are shown.
        pub reasons: Vec<Spanned<Reason>> = Vec::new(),
        /// Why it helps.
        pub because: Option<Text> = None,
        /// How much, how often, how long.
        pub dose: Option<Dose> = None,
        /// How to do it, step by step.
        pub steps: Vec<Text> = Vec::new(),
        /// Ways to do it, best first.
        pub variants: Vec<Spanned<Variant>> = Vec::new(),
        /// Rules that give way to this one.
        pub overrides: Vec<Name> = Vec::new(),
        /// Rules this one gives way to.
        pub yields_to: Vec<Name> = Vec::new(),
        /// Advice that it silences.
        pub suppresses: Option<Spanned<Suppresses>> = None,
        /// Advice that it limits: it stands just before it.
        pub limits: Vec<Name> = Vec::new(),
        /// Scopes that do not close it.
        pub outside: Vec<Name> = Vec::new(),
        /// Said to the reader instead of `text` while the gate is shut.
        pub not_yet: Option<Text> = None,
        /// Said to the reader.
        pub text: Text,
        /// Marks what the author inferred and no source says.
        pub inferred: bool = false,
        /// Where it comes from.
        pub cites: Vec<Spanned<Cite>> = Vec::new(),
        /// Sources that see it otherwise.
        pub dissent: Vec<Spanned<Cite>> = Vec::new(),
        /// How certain the evidence is.
        pub evidence: Option<Evidence> = None,
        /// How strongly it is recommended.
        pub strength: Option<Strength> = None,
    }
}

language! {
    /// The verdict of a non-fix.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum NonFixVerdict {
        /// It does not work.
        Ineffective,
        /// It works less well than something else.
        Inferior,
        /// It does harm.
        Avoid,
    }
}

language! {
    /// What does not help, helps less, or does harm.
    #[derive(Clone, Debug)]
    pub struct NonFix {
        /// The id of the rule.
        pub id: Name,
        /// The advice it speaks about; the rule's id when left out.
        pub advice: Option<Name> = None,
        /// Its phase.
        pub phase: Name,
        /// Ineffective, inferior, or avoid.
        pub verdict: NonFixVerdict,
        /// When it is said; always within scope when left out.
        pub when: Option<Condition> = None,
        /// Withdrawn when this is True.
        pub except: Option<Condition> = None,
        /// Softened to `then` when this is True.
        pub unless: Option<Condition> = None,
        /// The verdict when `unless` is True; nothing when left out.
        pub then: Option<Spanned<FixVerdict>> = None,
        /// What is said when `unless` is True.
        pub then_text: Option<Text> = None,
        /// Why it does not help.
        pub because: Option<Text> = None,
        /// The reasons; at least one must hold, and those that hold are shown.
        pub reasons: Vec<Spanned<Reason>> = Vec::new(),
        /// Said only when one of these advice ids is now recommended or optional.
        pub beside: Vec<Name> = Vec::new(),
        /// What works better, for an inferior verdict.
        pub than: Vec<Name> = Vec::new(),
        /// What to do instead.
        pub instead: Vec<Name> = Vec::new(),
        /// Advice that it limits: it stands just before it.
        pub limits: Vec<Name> = Vec::new(),
        /// Rules that give way to this one.
        pub overrides: Vec<Name> = Vec::new(),
        /// Rules this one gives way to.
        pub yields_to: Vec<Name> = Vec::new(),
        /// Advice that it silences.
        pub suppresses: Option<Spanned<Suppresses>> = None,
        /// Scopes that do not close it.
        pub outside: Vec<Name> = Vec::new(),
        /// Said to the reader.
        pub text: Text,
        /// Marks what the author inferred and no source says.
        pub inferred: bool = false,
        /// Where it comes from.
        pub cites: Vec<Spanned<Cite>> = Vec::new(),
        /// Sources that see it otherwise.
        pub dissent: Vec<Spanned<Cite>> = Vec::new(),
        /// How certain the evidence is.
        pub evidence: Option<Evidence> = None,
        /// How strongly it is advised against.
        pub strength: Option<Strength> = None,
    }
}

language! {
    /// What must wait: says `defer` until its window opens, and nothing after.
    #[derive(Clone, Debug)]
    pub struct Wait {
        /// The id of the rule.
        pub id: Name,
        /// The advice it speaks about; the rule's id when left out.
        pub advice: Option<Name> = None,
        /// Its phase.
        pub phase: Name,
        /// When it is said; always within scope when left out.
        pub when: Option<Condition> = None,
        /// Withdrawn when this is True.
        pub except: Option<Condition> = None,
        /// Over when the clock surely reaches the limit.
        pub until: Option<Spanned<Window>> = None,
        /// Not over while this is not False.
        pub shut_while: Option<Condition> = None,
        /// Why to wait.
        pub because: Option<Text> = None,
        /// The reasons; at least one must hold, and those that hold are shown.
        pub reasons: Vec<Spanned<Reason>> = Vec::new(),
        /// What to do meanwhile.
        pub instead: Vec<Name> = Vec::new(),
        /// Rules that give way to this one.
        pub overrides: Vec<Name> = Vec::new(),
        /// Rules this one gives way to.
        pub yields_to: Vec<Name> = Vec::new(),
        /// Advice that it limits: it stands just before it.
        pub limits: Vec<Name> = Vec::new(),
        /// Scopes that do not close it.
        pub outside: Vec<Name> = Vec::new(),
        /// Said to the reader.
        pub text: Text,
        /// Marks what the author inferred and no source says.
        pub inferred: bool = false,
        /// Where it comes from.
        pub cites: Vec<Spanned<Cite>> = Vec::new(),
        /// Sources that see it otherwise.
        pub dissent: Vec<Spanned<Cite>> = Vec::new(),
        /// How certain the evidence is.
        pub evidence: Option<Evidence> = None,
        /// How strongly it is advised.
        pub strength: Option<Strength> = None,
    }
}

language! {
    /// A plan in steps.
    ///
    /// The scale `at` has one step more than `steps`: its first step means "not started", and its others
    /// stand for `steps` one by one.
    #[derive(Clone, Debug)]
    pub struct Stages {
        /// Its id.
        pub id: Name,
        /// The scale that says which step one is on.
        pub at: Name,
        /// The yes-or-no fact that says whether that step is comfortable.
        pub comfortable: Name,
        /// The wait that must be over first.
        pub after: Option<Name> = None,
        /// The fixes that are its steps, in order.
        pub steps: Vec<Name>,
        /// Marks what the author inferred and no source says.
        pub inferred: bool = false,
        /// Where it comes from.
        pub cites: Vec<Spanned<Cite>> = Vec::new(),
    }
}

language! {
    /// How urgent a red flag is.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
    pub enum Level {
        /// Call for help now.
        Emergency,
        /// The same day.
        Urgent,
        /// Ask someone qualified.
        Refer,
    }
}

language! {
    /// What a rule silences.
    #[derive(Clone, Debug)]
    pub enum Suppresses {
        /// All but emergencies.
        Everything,
        /// These advice ids.
        Only(Vec<Name>),
        /// All advice of these phases.
        Phases(Vec<Name>),
    }
}

language! {
    /// A call for help.
    #[derive(Clone, Debug)]
    pub struct RedFlag {
        /// The id of the rule.
        pub id: Name,
        /// The advice it speaks about; the rule's id when left out.
        pub advice: Option<Name> = None,
        /// How urgent it is.
        pub level: Level,
        /// Its phase, when the advice of a phase should stand with it; otherwise none.
        pub phase: Option<Name> = None,
        /// When it is raised.
        pub when: Condition,
        /// Withdrawn when this is True.
        pub except: Option<Condition> = None,
        /// What it silences.
        pub suppresses: Option<Spanned<Suppresses>> = None,
        /// Advice that it limits: it stands just before it.
        pub limits: Vec<Name> = Vec::new(),
        /// Why it is raised.
        pub because: Option<Text> = None,
        /// Reasons; those that hold are shown.
        pub reasons: Vec<Spanned<Reason>> = Vec::new(),
        /// What to do until help comes.
        pub steps: Vec<Text> = Vec::new(),
        /// Said to the reader.
        pub text: Text,
        /// Marks what the author inferred and no source says.
        pub inferred: bool = false,
        /// Where it comes from.
        pub cites: Vec<Spanned<Cite>> = Vec::new(),
        /// Sources that see it otherwise.
        pub dissent: Vec<Spanned<Cite>> = Vec::new(),
        /// How certain the evidence is.
        pub evidence: Option<Evidence> = None,
        /// How strongly it is advised.
        pub strength: Option<Strength> = None,
    }
}

language! {
    /// What a scope closes.
    #[derive(Clone, Debug)]
    pub enum Closes {
        /// Every fix, non-fix, wait, cause and note of the pack.
        Everything,
        /// Those of these phases.
        Phases(Vec<Name>),
    }
}

language! {
    /// What the pack does not cover.
    #[derive(Clone, Debug)]
    pub struct Scope {
        /// The id of the rule.
        pub id: Name,
        /// The advice it speaks about; the rule's id when left out.
        pub advice: Option<Name> = None,
        /// Its phase, if it has one.
        pub phase: Option<Name> = None,
        /// When the case is not covered.
        pub when: Condition,
        /// What that closes.
        pub closes: Spanned<Closes>,
        /// Why.
        pub because: Option<Text> = None,
        /// Said to the reader.
        pub text: Text,
        /// Marks what the author inferred and no source says.
        pub inferred: bool = false,
        /// Where it comes from.
        pub cites: Vec<Spanned<Cite>> = Vec::new(),
        /// Sources that see it otherwise.
        pub dissent: Vec<Spanned<Cite>> = Vec::new(),
    }
}

language! {
    /// The verdict of a note.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum NoteVerdict {
        /// It only informs.
        Inform,
        /// It names someone to ask or something to read.
        Refer,
    }
}

language! {
    /// What only informs.
    #[derive(Clone, Debug)]
    pub struct Note {
        /// The id of the rule.
        pub id: Name,
        /// The advice it speaks about; the rule's id when left out.
        pub advice: Option<Name> = None,
        /// Its phase.
        pub phase: Name,
        /// Inform, or refer.
        pub verdict: NoteVerdict = NoteVerdict::Inform,
        /// When it is said; always within scope when left out.
        pub when: Option<Condition> = None,
        /// Withdrawn when this is True.
        pub except: Option<Condition> = None,
        /// Shown unless this is True, while it is Unknown too.
        pub shown_unless: Option<Condition> = None,
        /// Said only when one of these advice ids is now recommended or optional.
        pub beside: Vec<Name> = Vec::new(),
        /// Why.
        pub because: Option<Text> = None,
        /// Reasons; at least one must hold, and those that hold are shown.
        pub reasons: Vec<Spanned<Reason>> = Vec::new(),
        /// Advice that it limits: it stands just before it.
        pub limits: Vec<Name> = Vec::new(),
        /// Rules that give way to this one.
        pub overrides: Vec<Name> = Vec::new(),
        /// Rules this one gives way to.
        pub yields_to: Vec<Name> = Vec::new(),
        /// Scopes that do not close it.
        pub outside: Vec<Name> = Vec::new(),
        /// Said to the reader.
        pub text: Text,
        /// Marks what the author inferred and no source says.
        pub inferred: bool = false,
        /// Where it comes from.
        pub cites: Vec<Spanned<Cite>> = Vec::new(),
        /// Sources that see it otherwise.
        pub dissent: Vec<Spanned<Cite>> = Vec::new(),
        /// How certain the evidence is.
        pub evidence: Option<Evidence> = None,
        /// How strongly it is advised.
        pub strength: Option<Strength> = None,
    }
}

language! {
    /// Several measures that belong together; informational.
    ///
    /// Its text joins the reasons of the first of its members that the advice lists, and its citations
    /// those of every member listed, when at least `at_least` of them are listed.
    #[derive(Clone, Debug)]
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
        pub cites: Vec<Spanned<Cite>> = Vec::new(),
    }
}
