//! One view of all kinds of rules: fields that a kind does not have are empty.

use super::base::{PackIndex, RuleKind};
use crate::parse::spanned::{Span, Spanned};
use crate::parse::syntax::{
    Cite, Closes, Condition, Dose, Evidence, FixVerdict, IfUnknown, Level, Name, NonFixVerdict, NoteVerdict,
    Reason, Statement, Strength, Suppresses, Text, Variant, Window,
};
use crate::verdict::Verdict;

/// A fix, non-fix, wait, red flag, scope or note as it was written.
pub(super) struct RuleView<'a> {
    pub(super) pack: PackIndex,
    pub(super) span: Span,
    pub(super) kind: RuleKind,
    pub(super) id: &'a Name,
    pub(super) advice: Option<&'a Name>,
    pub(super) phase: Option<&'a Name>,
    pub(super) verdict: Verdict,
    pub(super) when: Option<&'a Condition>,
    pub(super) except: Option<&'a Condition>,
    pub(super) shown_unless: Option<&'a Condition>,
    pub(super) unless: Option<&'a Condition>,
    pub(super) then: Option<&'a Spanned<FixVerdict>>,
    pub(super) then_text: Option<&'a Text>,
    pub(super) not_before: Option<&'a Spanned<Window>>,
    pub(super) shut_while: Option<&'a Condition>,
    pub(super) until: Option<&'a Spanned<Window>>,
    pub(super) never_when: Option<&'a Condition>,
    pub(super) never_when_unknown: IfUnknown,
    pub(super) reasons: &'a [Spanned<Reason>],
    pub(super) because: Option<&'a Text>,
    pub(super) dose: Option<&'a Dose>,
    pub(super) steps: &'a [Text],
    pub(super) variants: &'a [Spanned<Variant>],
    pub(super) overrides: &'a [Name],
    pub(super) yields_to: &'a [Name],
    pub(super) suppresses: Option<&'a Spanned<Suppresses>>,
    pub(super) limits: &'a [Name],
    pub(super) outside: &'a [Name],
    pub(super) beside: &'a [Name],
    pub(super) instead: &'a [Name],
    pub(super) than: &'a [Name],
    pub(super) acts_on: &'a [Name],
    pub(super) eases: &'a [Text],
    pub(super) not_yet: Option<&'a Text>,
    pub(super) text: &'a Text,
    pub(super) inferred: bool,
    pub(super) cites: &'a [Spanned<Cite>],
    pub(super) dissent: &'a [Spanned<Cite>],
    pub(super) evidence: Option<Evidence>,
    pub(super) strength: Option<Strength>,
    pub(super) closes: Option<&'a Spanned<Closes>>,
}

/// The verdict of a fix, or of a non-fix whose `unless` holds.
pub(super) fn fix_verdict(verdict: FixVerdict) -> Verdict {
    match verdict {
        FixVerdict::Recommend => Verdict::Recommend,
        FixVerdict::Optional => Verdict::Optional,
    }
}

impl<'a> RuleView<'a> {
    /// The advice id that it speaks about.
    pub(super) fn advice(&self) -> &'a Name {
        self.advice.unwrap_or(self.id)
    }

    fn blank(
        pack: PackIndex,
        span: Span,
        kind: RuleKind,
        verdict: Verdict,
        id: &'a Name,
        text: &'a Text,
    ) -> Self {
        Self {
            pack,
            span,
            kind,
            id,
            advice: None,
            phase: None,
            verdict,
            when: None,
            except: None,
            shown_unless: None,
            unless: None,
            then: None,
            then_text: None,
            not_before: None,
            shut_while: None,
            until: None,
            never_when: None,
            never_when_unknown: IfUnknown::Withhold,
            reasons: &[],
            because: None,
            dose: None,
            steps: &[],
            variants: &[],
            overrides: &[],
            yields_to: &[],
            suppresses: None,
            limits: &[],
            outside: &[],
            beside: &[],
            instead: &[],
            than: &[],
            acts_on: &[],
            eases: &[],
            not_yet: None,
            text,
            inferred: false,
            cites: &[],
            dissent: &[],
            evidence: None,
            strength: None,
            closes: None,
        }
    }

    /// The rule that a statement is, if it is one.
    pub(super) fn of(statement: &'a Statement, pack: PackIndex, span: Span) -> Option<Self> {
        Some(match statement {
            Statement::Fix(fix) => Self {
                advice: fix.advice.as_ref(),
                phase: Some(&fix.phase),
                when: fix.when.as_ref(),
                except: fix.except.as_ref(),
                not_before: fix.not_before.as_ref(),
                shut_while: fix.shut_while.as_ref(),
                until: fix.until.as_ref(),
                never_when: fix.never_when.as_ref(),
                never_when_unknown: fix.never_when_unknown,
                reasons: &fix.reasons,
                because: fix.because.as_ref(),
                dose: fix.dose.as_ref(),
                steps: &fix.steps,
                variants: &fix.variants,
                overrides: &fix.overrides,
                yields_to: &fix.yields_to,
                suppresses: fix.suppresses.as_ref(),
                limits: &fix.limits,
                outside: &fix.outside,
                acts_on: &fix.acts_on,
                eases: &fix.eases,
                not_yet: fix.not_yet.as_ref(),
                inferred: fix.inferred,
                cites: &fix.cites,
                dissent: &fix.dissent,
                evidence: fix.evidence,
                strength: fix.strength,
                ..Self::blank(
                    pack,
                    span,
                    RuleKind::Fix,
                    fix_verdict(fix.verdict),
                    &fix.id,
                    &fix.text,
                )
            },
            Statement::NonFix(non_fix) => {
                let verdict = match non_fix.verdict {
                    NonFixVerdict::Ineffective => Verdict::Ineffective,
                    NonFixVerdict::Inferior => Verdict::Inferior,
                    NonFixVerdict::Avoid => Verdict::Avoid,
                };
                Self {
                    advice: non_fix.advice.as_ref(),
                    phase: Some(&non_fix.phase),
                    when: non_fix.when.as_ref(),
                    except: non_fix.except.as_ref(),
                    unless: non_fix.unless.as_ref(),
                    then: non_fix.then.as_ref(),
                    then_text: non_fix.then_text.as_ref(),
                    because: non_fix.because.as_ref(),
                    reasons: &non_fix.reasons,
                    beside: &non_fix.beside,
                    than: &non_fix.than,
                    instead: &non_fix.instead,
                    limits: &non_fix.limits,
                    overrides: &non_fix.overrides,
                    yields_to: &non_fix.yields_to,
                    suppresses: non_fix.suppresses.as_ref(),
                    outside: &non_fix.outside,
                    inferred: non_fix.inferred,
                    cites: &non_fix.cites,
                    dissent: &non_fix.dissent,
                    evidence: non_fix.evidence,
                    strength: non_fix.strength,
                    ..Self::blank(pack, span, RuleKind::NonFix, verdict, &non_fix.id, &non_fix.text)
                }
            }
            Statement::Wait(wait) => Self {
                advice: wait.advice.as_ref(),
                phase: Some(&wait.phase),
                when: wait.when.as_ref(),
                except: wait.except.as_ref(),
                until: wait.until.as_ref(),
                shut_while: wait.shut_while.as_ref(),
                because: wait.because.as_ref(),
                reasons: &wait.reasons,
                instead: &wait.instead,
                overrides: &wait.overrides,
                yields_to: &wait.yields_to,
                limits: &wait.limits,
                outside: &wait.outside,
                inferred: wait.inferred,
                cites: &wait.cites,
                dissent: &wait.dissent,
                evidence: wait.evidence,
                strength: wait.strength,
                ..Self::blank(pack, span, RuleKind::Wait, Verdict::Defer, &wait.id, &wait.text)
            },
            Statement::RedFlag(flag) => {
                let verdict = match flag.level {
                    Level::Emergency => Verdict::Emergency,
                    Level::Urgent => Verdict::Urgent,
                    Level::Refer => Verdict::Refer,
                };
                Self {
                    advice: flag.advice.as_ref(),
                    phase: flag.phase.as_ref(),
                    when: Some(&flag.when),
                    except: flag.except.as_ref(),
                    suppresses: flag.suppresses.as_ref(),
                    limits: &flag.limits,
                    because: flag.because.as_ref(),
                    reasons: &flag.reasons,
                    steps: &flag.steps,
                    inferred: flag.inferred,
                    cites: &flag.cites,
                    dissent: &flag.dissent,
                    evidence: flag.evidence,
                    strength: flag.strength,
                    ..Self::blank(pack, span, RuleKind::RedFlag, verdict, &flag.id, &flag.text)
                }
            }
            Statement::Scope(scope) => Self {
                advice: scope.advice.as_ref(),
                phase: scope.phase.as_ref(),
                when: Some(&scope.when),
                closes: Some(&scope.closes),
                because: scope.because.as_ref(),
                inferred: scope.inferred,
                cites: &scope.cites,
                dissent: &scope.dissent,
                ..Self::blank(
                    pack,
                    span,
                    RuleKind::Scope,
                    Verdict::OutOfScope,
                    &scope.id,
                    &scope.text,
                )
            },
            Statement::Note(note) => {
                let verdict = match note.verdict {
                    NoteVerdict::Inform => Verdict::Inform,
                    NoteVerdict::Refer => Verdict::Refer,
                };
                Self {
                    advice: note.advice.as_ref(),
                    phase: Some(&note.phase),
                    when: note.when.as_ref(),
                    except: note.except.as_ref(),
                    shown_unless: note.shown_unless.as_ref(),
                    beside: &note.beside,
                    because: note.because.as_ref(),
                    reasons: &note.reasons,
                    limits: &note.limits,
                    overrides: &note.overrides,
                    yields_to: &note.yields_to,
                    outside: &note.outside,
                    inferred: note.inferred,
                    cites: &note.cites,
                    dissent: &note.dissent,
                    evidence: note.evidence,
                    strength: note.strength,
                    ..Self::blank(pack, span, RuleKind::Note, verdict, &note.id, &note.text)
                }
            }
            _ => return None,
        })
    }
}
