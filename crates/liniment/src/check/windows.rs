//! Windows and doses that cannot be.

use std::cmp::Ordering;

use super::base::{Dose, Limit, Rule, RuleKind, Scalar, Window};
use super::context::Context;
use super::values::{compare, words};
use super::views::RuleView;
use crate::diagnostic::Finding;
use crate::diagnostic::codes::rules as codes;
use crate::parse::spanned::Span;

impl<'a> Context<'a> {
    pub(super) fn check_windows(&self, rules: &[Rule]) {
        for (rule, view) in rules.iter().zip(&self.statements.rules) {
            self.check_window(rule);
            if let (Some(dose), Some(written)) = (&rule.dose, view.dose) {
                self.check_dose(rule, view, dose, written);
            }
        }
    }

    /// The least and the most that a limit of time can mean.
    fn time(&self, limit: Limit) -> Option<(i64, i64)> {
        match self.ends(limit)? {
            (Scalar::Duration(from), Scalar::Duration(to)) => Some((from, to)),
            _ => None,
        }
    }

    fn check_window(&self, rule: &Rule) {
        if let Some(until) = &rule.until
            && self.time(until.limit).is_some_and(|(_, to)| to == 0)
        {
            let (message, help) = match rule.kind {
                RuleKind::Wait => (
                    "a wait of no time is over at once",
                    "leave the wait out, or give its real length",
                ),
                _ => (
                    "advice that ends at once is hardly ever said",
                    "leave `until` out, or give the real end",
                ),
            };
            self.report(
                Finding::new(&codes::WINDOW_IMPOSSIBLE, message.to_owned())
                    .at(until.span, "ends at once")
                    .help(help),
            );
            return;
        }
        let (Some(opens), Some(ends)) = (&rule.not_before, &rule.until) else {
            return;
        };
        if opens.fact != ends.fact {
            return;
        }
        // It is surely open from the upper end of the one, and over after the upper end of the other.
        let (Some((_, open)), Some((_, over))) = (self.time(opens.limit), self.time(ends.limit)) else {
            return;
        };
        if over <= open {
            self.report(
                Finding::new(
                    &codes::WINDOW_IMPOSSIBLE,
                    format!(
                        "`{}` is over after {} and opens after {}",
                        rule.id,
                        words(Scalar::Duration(over)),
                        words(Scalar::Duration(open))
                    ),
                )
                .at(ends.span, "over by then")
                .at(opens.span, "not open before")
                .help("`until` must lie after `not_before`; a vague quantity counts as its longer end"),
            );
        }
    }

    fn check_dose(
        &self,
        rule: &Rule,
        view: &RuleView<'a>,
        dose: &Dose,
        written: &crate::parse::syntax::Dose,
    ) {
        let part = |limit: Option<Limit>, written: &Option<crate::parse::syntax::Limit>| {
            let (from, to) = self.time(limit?)?;
            Some((from, to, written.as_ref()?.span))
        };
        let lasting = part(dose.lasting, &written.lasting);
        let every = part(dose.every, &written.every);
        let in_all = part(dose.in_all, &written.in_all);
        for (name, part) in [("lasting", lasting), ("every", every), ("for", in_all)] {
            if let Some((_, 0, span)) = part {
                self.report_dose(view, format!("`{name}` is no time at all"), &[(span, "nothing")]);
            }
        }
        if let (Some((least, _, one)), Some((_, most, other))) = (lasting, every)
            && most < least
        {
            self.report_dose(
                view,
                "it begins again before it is over".to_owned(),
                &[(other, "begins again so soon"), (one, "and lasts so long")],
            );
        }
        if let (Some((least, _, one)), Some((_, most, other))) = (lasting, in_all)
            && most < least
        {
            self.report_dose(
                view,
                "it lasts longer than it is done in all".to_owned(),
                &[(one, "lasts so long"), (other, "in all so long")],
            );
        }
        let Some((length, window)) = self.length_of_window(rule) else {
            return;
        };
        for part in [lasting, in_all] {
            if let Some((least, _, span)) = part
                && compare(Scalar::Duration(least), Scalar::Duration(length)) == Ordering::Greater
            {
                self.report_dose(
                    view,
                    format!(
                        "it takes longer than its window of {}",
                        words(Scalar::Duration(length))
                    ),
                    &[(span, "takes so long"), (window, "over by then")],
                );
            }
        }
    }

    /// How long a fix is open at most.
    fn length_of_window(&self, rule: &Rule) -> Option<(i64, Span)> {
        let until: &Window = rule.until.as_ref()?;
        let (_, over) = self.time(until.limit)?;
        let opens = rule.not_before.as_ref().filter(|opens| opens.fact == until.fact);
        let from = opens
            .and_then(|opens| self.time(opens.limit))
            .map_or(0, |(from, _)| from);
        Some((over.saturating_sub(from).max(0), until.span))
    }

    fn report_dose(&self, view: &RuleView<'a>, why: String, places: &[(Span, &str)]) {
        let mut finding = Finding::new(
            &codes::DOSE_IMPOSSIBLE,
            format!("the dose of `{}` cannot be taken: {why}", view.id.value),
        );
        for (span, label) in places {
            finding = finding.at(*span, *label);
        }
        self.report(finding.help(
            "`lasting` is the length of one time, `every` the time from one to the next, `for` the whole",
        ));
    }
}
