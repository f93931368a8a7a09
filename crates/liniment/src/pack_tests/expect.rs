//! One case against its advice: every field of the case.

use std::collections::BTreeSet;

use super::report::Failure;
use crate::advice::{Advice, AdviceItem, Conflict};
use crate::case::Case;
use crate::compact_sort::distinct;
use crate::error::quoted;
use crate::evaluate::Truth;
use crate::explain::{Explained, Proof, place};
use crate::knowledge_base::KnowledgeBase;
use crate::parse::spanned::Span;
use crate::parse::syntax::TestCase;
use crate::text::duration;
use crate::verdict::Verdict;

/// How many lines of reasons a failure shows.
const REASONS: usize = 12;

/// What is not as the case says.
pub(super) fn judge(kb: &KnowledgeBase, case: &Case, test: &TestCase) -> Vec<Failure> {
    // Questions are a search of their own: only where the case speaks of them.
    let asks = !test.asks.is_empty() || !test.asks_not.is_empty() || test.asks_first.is_some();
    let advice = match if asks {
        kb.advise(case)
    } else {
        kb.advise_without_questions(case)
    } {
        Ok(advice) => advice,
        Err(error) => {
            let whole = test.facts.span;
            return vec![failure(
                kb,
                "facts",
                "",
                whole,
                "advice",
                &error.to_string(),
                Vec::new(),
            )];
        }
    };
    let mut judge = Judge {
        kb,
        case,
        advice: &advice,
        failures: Vec::new(),
    };
    judge.verdicts(test);
    judge.exactly(test);
    judge.order(test);
    judge.windows(test);
    judge.questions(test);
    judge.causes(test);
    judge.silenced(test);
    judge.cites(test);
    judge.failures
}

fn failure(
    kb: &KnowledgeBase,
    check: &'static str,
    subject: &str,
    span: Span,
    expected: &str,
    found: &str,
    why: Vec<String>,
) -> Failure {
    Failure {
        check,
        subject: subject.to_owned(),
        expected: expected.to_owned(),
        found: found.to_owned(),
        why,
        place: place(kb.base(), span),
    }
}

struct Judge<'a> {
    kb: &'a KnowledgeBase,
    case: &'a Case,
    advice: &'a Advice,
    failures: Vec<Failure>,
}

impl Judge<'_> {
    fn fail(&mut self, check: &'static str, subject: &str, span: Span, expected: &str, found: &str) {
        self.failures.push(failure(
            self.kb,
            check,
            subject,
            span,
            expected,
            found,
            Vec::new(),
        ));
    }

    /// A failure about one advice id or cause, with the rules that speak of it.
    fn fail_of(&mut self, check: &'static str, id: &str, span: Span, expected: &str, found: &str) {
        let why = self.why(id);
        self.failures
            .push(failure(self.kb, check, id, span, expected, found, why));
    }

    fn verdicts(&mut self, test: &TestCase) {
        for (id, wanted) in &test.must {
            if self.given(id) != Some(wanted.value.as_str()) {
                let found = self.found(id);
                self.fail_of("must", id, wanted.span, wanted, &found);
            }
        }
        for (id, unwanted) in &test.must_not {
            let given = self.given(id).map(str::to_owned);
            let hit = unwanted.iter().find(|verdict| {
                given.is_some()
                    && (verdict.value == "any" || given.as_deref() == Some(verdict.value.as_str()))
            });
            if let Some(verdict) = hit {
                let expected = if verdict.value == "any" {
                    "nothing".to_owned()
                } else {
                    format!("anything but {}", verdict.value)
                };
                let found = self.found(id);
                self.fail_of("must_not", id, verdict.span, &expected, &found);
            }
        }
        for (id, wanted) in &test.must {
            self.refuse_unknown_verdict("must", id, &wanted.value, wanted.span);
        }
        for (id, unwanted) in &test.must_not {
            for verdict in unwanted.iter().filter(|verdict| verdict.value != "any") {
                self.refuse_unknown_verdict("must_not", id, &verdict.value, verdict.span);
            }
        }
    }

    fn refuse_unknown_verdict(&mut self, check: &'static str, id: &str, verdict: &str, span: Span) {
        if Verdict::from_name(verdict).is_none() {
            self.fail(check, id, span, "a verdict", &quoted(verdict));
        }
    }

    fn exactly(&mut self, test: &TestCase) {
        let Some(wanted) = &test.exactly else { return };
        let given: Vec<(&str, &str)> = self
            .advice
            .items()
            .iter()
            .map(|item| (item.id.as_str(), item.verdict.name()))
            .collect();
        let wanted_pairs: Vec<(&str, &str)> = wanted
            .iter()
            .map(|(id, verdict)| (id.value.as_str(), verdict.value.as_str()))
            .collect();
        if given == wanted_pairs {
            return;
        }
        let listed = |pairs: &[(&str, &str)]| match pairs {
            [] => "no advice".to_owned(),
            pairs => pairs
                .iter()
                .map(|(id, verdict)| format!("{id} {verdict}"))
                .collect::<Vec<_>>()
                .join(", "),
        };
        // The first id on which the two lists part: one that came unasked, otherwise one that should have come.
        let parting = wanted_pairs
            .iter()
            .zip(&given)
            .position(|(one, other)| one != other)
            .unwrap_or(wanted_pairs.len().min(given.len()));
        let unasked = given.get(parting).filter(|pair| !wanted_pairs.contains(pair));
        let id = unasked
            .or(wanted_pairs.get(parting))
            .map_or("", |(id, _)| id)
            .to_owned();
        let span = wanted
            .get(parting)
            .or(wanted.last())
            .map_or(test.id.span, |(id, _)| id.span);
        let (expected, found) = (listed(&wanted_pairs), listed(&given));
        self.fail_of("exactly", &id, span, &expected, &found);
    }

    fn order(&mut self, test: &TestCase) {
        for ids in &test.order {
            for pair in ids.windows(2) {
                let [before, after] = pair else { continue };
                let place = |id: &str| self.advice.items().iter().position(|item| item.id == id);
                let found = match (place(before), place(after)) {
                    (Some(first), Some(second)) if first < second => continue,
                    (Some(_), Some(_)) => format!("{} after {}", before.value, after.value),
                    (None, _) => format!("{} is not listed", before.value),
                    (_, None) => format!("{} is not listed", after.value),
                };
                let expected = format!("{} before {}", before.value, after.value);
                self.fail("order", before, before.span, &expected, &found);
            }
        }
    }

    fn windows(&mut self, test: &TestCase) {
        for (id, wanted) in &test.opens_in {
            let wanted_time = if wanted.value == "unknown" {
                Ok(None)
            } else {
                duration::parse(wanted).map(Some)
            };
            let wanted_time = match wanted_time {
                Ok(time) => time,
                Err(why) => {
                    self.fail(
                        "opens_in",
                        id,
                        wanted.span,
                        "a length of time, or `unknown`",
                        &why,
                    );
                    continue;
                }
            };
            let given = self.advice.get(id).map(|item| (item.verdict, item.opens_in));
            let found = match given {
                Some((Verdict::Defer, time)) if time.map(|time| time.microseconds()) == wanted_time => {
                    continue;
                }
                Some((Verdict::Defer, Some(time))) => format!("defer, opening in {time}"),
                Some((Verdict::Defer, None)) => "defer, not known until when".to_owned(),
                _ => self.found(id),
            };
            let expected = match wanted_time {
                Some(time) => format!("defer, opening in {}", duration::words(time)),
                None => "defer, not known until when".to_owned(),
            };
            self.fail_of("opens_in", id, wanted.span, &expected, &found);
        }
        for id in &test.nearly {
            let found = match self.advice.get(id) {
                Some(item) if item.nearly => continue,
                Some(item) => format!("{}, not marked nearly", item.verdict),
                None => self.found(id),
            };
            self.fail_of("nearly", id, id.span, "advice marked nearly", &found);
        }
    }

    fn questions(&mut self, test: &TestCase) {
        let asked: Vec<&str> = self
            .advice
            .questions()
            .iter()
            .map(|question| question.fact.as_str())
            .collect();
        let all = if asked.is_empty() {
            "no questions".to_owned()
        } else {
            format!("questions: {}", asked.join(", "))
        };
        for fact in &test.asks {
            if !asked.contains(&fact.value.as_str()) {
                self.fail("asks", fact, fact.span, "it is asked", &all);
            }
        }
        for fact in &test.asks_not {
            if let Some(question) = self
                .advice
                .questions()
                .iter()
                .find(|question| question.fact == fact.value)
            {
                let found = format!("it is asked because of {}", question.because.join(", "));
                self.fail("asks_not", fact, fact.span, "it is not asked", &found);
            }
        }
        if let Some(fact) = &test.asks_first
            && asked.first() != Some(&fact.value.as_str())
        {
            self.fail("asks_first", fact, fact.span, "it is asked first", &all);
        }
    }

    fn causes(&mut self, test: &TestCase) {
        let named: Vec<&str> = self
            .advice
            .causes()
            .iter()
            .map(|cause| cause.id.as_str())
            .collect();
        let all = if named.is_empty() {
            "no causes".to_owned()
        } else {
            format!("causes: {}", named.join(", "))
        };
        for cause in &test.causes {
            if !named.contains(&cause.value.as_str()) {
                self.fail_of("causes", cause, cause.span, "it is named", &all);
            }
        }
        for cause in &test.causes_not {
            if named.contains(&cause.value.as_str()) {
                self.fail_of("causes_not", cause, cause.span, "it is not named", "it is named");
            }
        }
    }

    fn silenced(&mut self, test: &TestCase) {
        for fact in &test.conflicts {
            let shown = self.advice.conflicts().iter().any(
                |conflict| matches!(conflict, Conflict::Fact { fact: shown, .. } if *shown == fact.value),
            );
            if !shown {
                self.fail(
                    "conflicts",
                    fact,
                    fact.span,
                    "reports that disagree are shown",
                    "they are not",
                );
            }
        }
        for (id, by) in &test.suppressed {
            let found = match self
                .advice
                .suppressed()
                .iter()
                .find(|suppressed| suppressed.id == id.value)
            {
                Some(suppressed) if suppressed.by == by.value => continue,
                Some(suppressed) => format!("suppressed by {}", suppressed.by),
                None => self.found(id),
            };
            self.fail_of(
                "suppressed",
                id,
                by.span,
                &format!("suppressed by {}", by.value),
                &found,
            );
        }
    }

    fn cites(&mut self, test: &TestCase) {
        if test.cites.is_empty() {
            return;
        }
        let reached = self.claims();
        for claim in &test.cites {
            if !reached.contains(&claim.value) {
                let all = if reached.is_empty() {
                    "no claims".to_owned()
                } else {
                    format!(
                        "claims: {}",
                        reached.iter().cloned().collect::<Vec<_>>().join(", ")
                    )
                };
                self.fail("cites", claim, claim.span, "the explanation reaches it", &all);
            }
        }
    }

    /// Every claim that the advice, or an explanation of anything it speaks of, can show.
    fn claims(&self) -> BTreeSet<String> {
        let advice = self.advice;
        let cited = advice
            .items()
            .iter()
            .flat_map(|item| &item.cites)
            .chain(advice.causes().iter().flat_map(|cause| &cause.cites));
        let mut claims = BTreeSet::new();
        claims.extend(cited.flat_map(|cite| cite.claims.iter().cloned()));
        let ids = advice
            .items()
            .iter()
            .map(|item| item.id.as_str())
            .chain(advice.causes().iter().map(|cause| cause.id.as_str()))
            .chain(
                advice
                    .suppressed()
                    .iter()
                    .map(|suppressed| suppressed.id.as_str()),
            )
            .chain(
                advice
                    .questions()
                    .iter()
                    .flat_map(|question| question.because.iter().map(String::as_str)),
            );
        for id in distinct(ids) {
            let Ok(explanation) = self.kb.explain(self.case, id) else {
                continue;
            };
            for rule in &explanation.rules {
                claims.extend(
                    rule.cites
                        .iter()
                        .chain(&rule.dissent)
                        .flat_map(|cite| cite.claims.iter().cloned()),
                );
                rule.parts.iter().for_each(|part| claims_below(part, &mut claims));
            }
        }
        claims
    }

    fn given(&self, id: &str) -> Option<&str> {
        self.advice.get(id).map(|item: &AdviceItem| item.verdict.name())
    }

    /// What came of an advice id.
    fn found(&self, id: &str) -> String {
        if let Some(verdict) = self.given(id) {
            return verdict.to_owned();
        }
        match self
            .advice
            .suppressed()
            .iter()
            .find(|suppressed| suppressed.id == id)
        {
            Some(suppressed) => format!(
                "nothing; {} is suppressed by {}",
                suppressed.verdict, suppressed.by
            ),
            None => "nothing".to_owned(),
        }
    }

    /// The rules that speak of an id: what they rest on, or what keeps them from speaking.
    fn why(&self, id: &str) -> Vec<String> {
        let explanation = match self.kb.explain(self.case, id) {
            Ok(explanation) => explanation,
            Err(error) => return vec![error.to_string()],
        };
        let mut lines = Vec::new();
        for rule in &explanation.rules {
            let speaks = rule.says.is_some() || (explanation.kind == Explained::Cause && explanation.listed);
            match (rule.says, explanation.kind) {
                (Some(verdict), _) => lines.push(format!("{} says {verdict}", rule.rule)),
                (None, Explained::Advice) => lines.push(format!("{} says nothing", rule.rule)),
                (None, Explained::Cause) if speaks => lines.push(format!("{} is named", rule.rule)),
                (None, Explained::Cause) => lines.push(format!("{} is not named", rule.rule)),
            }
            for part in &rule.parts {
                // What shuts the gate is why a rule defers.
                let gate =
                    rule.says == Some(Verdict::Defer) && matches!(part.role, Some("gate" | "shut_while"));
                reasons(part, if gate { part.met } else { speaks }, part.role, &mut lines);
            }
            lines.extend(
                rule.gives_way_to
                    .iter()
                    .map(|other| format!("  it gives way to {other}")),
            );
        }
        if lines.len() > REASONS {
            let more = lines.len() - REASONS;
            lines.truncate(REASONS);
            lines.push(format!("and {more} more"));
        }
        lines
    }
}

fn claims_below(proof: &Proof, claims: &mut BTreeSet<String>) {
    claims.extend(proof.cites.iter().flat_map(|cite| cite.claims.iter().cloned()));
    proof.parts.iter().for_each(|part| claims_below(part, claims));
}

/// The tests of facts that are met (or not met), each with the part of the rule it belongs to.
fn reasons(proof: &Proof, met: bool, role: Option<&'static str>, lines: &mut Vec<String>) {
    if proof.met != met {
        return;
    }
    let below = lines.len();
    for part in &proof.parts {
        reasons(part, met, role, lines);
    }
    if lines.len() == below {
        let truth = match proof.truth {
            Truth::True => "true",
            Truth::False => "false",
            Truth::Unknown => "unknown",
        };
        lines.push(format!(
            "  {}: {} ({truth})",
            role.unwrap_or("part"),
            proof.statement
        ));
    }
}
