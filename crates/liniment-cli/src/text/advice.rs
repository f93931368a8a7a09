//! An advice as a page.

use std::collections::BTreeMap;
use std::sync::Arc;

use anstyle::Style;
use liniment::{
    Advice, AdviceItem, CauseItem, Citation, Conflict, FactInfo, FactType, KnowledgeBase, Question,
    SourceInfo, Verdict,
};

use super::layout::{ALARM, HEADING, MARGINAL, PLAIN, Page, WARNING};
use liniment::words::{Words, fill, words};

/// How many questions are printed in full where `--why` is not given.
const QUESTIONS: usize = 5;
/// How many ids a list names where `--why` is not given.
const NAMES: usize = 4;

/// The page.
pub(crate) fn page(base: &KnowledgeBase, advice: &Advice, why: bool, width: usize, coloured: bool) -> String {
    let mut writer = Writer {
        page: Page::new(width, coloured),
        words: words(advice.lang()),
        facts: base
            .facts()
            .into_iter()
            .map(|fact| (fact.id.clone(), fact))
            .collect(),
        sources: base
            .sources()
            .into_iter()
            .map(|source| (source.id.clone(), source))
            .collect(),
        why,
    };
    writer.help(advice);
    writer.causes(advice.causes());
    writer.phases(base, advice.items());
    writer.after(advice);
    writer.notices(base);
    writer.page.finish()
}

/// A heading, its style, the style of its texts, and the items that belong there.
type Block = (&'static str, Style, Style, fn(&AdviceItem) -> bool);

/// Under which heading of its phase an item stands, in the order of the headings.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Now,
    Wait,
    Leave,
    Wasted,
    Ask,
    Know,
}

impl Part {
    const ALL: [Part; 6] = [
        Part::Now,
        Part::Wait,
        Part::Leave,
        Part::Wasted,
        Part::Ask,
        Part::Know,
    ];

    fn of(verdict: Verdict) -> Part {
        match verdict {
            Verdict::Recommend | Verdict::Optional => Part::Now,
            Verdict::Defer => Part::Wait,
            Verdict::Avoid => Part::Leave,
            Verdict::Inferior | Verdict::Ineffective => Part::Wasted,
            Verdict::Refer => Part::Ask,
            _ => Part::Know,
        }
    }

    fn heading(self, words: &Words) -> &'static str {
        match self {
            Part::Now => words.now,
            Part::Wait => words.wait,
            Part::Leave => words.leave,
            Part::Wasted => words.wasted,
            Part::Ask => words.ask,
            Part::Know => words.know,
        }
    }
}

/// Items that stand above all phases.
fn is_above(item: &AdviceItem) -> bool {
    is_help(item) || matches!(item.verdict, Verdict::Emergency | Verdict::OutOfScope)
}

fn is_help(item: &AdviceItem) -> bool {
    item.verdict == Verdict::Urgent || item.verdict == Verdict::Refer && item.phase.is_none()
}

/// The part of each item. What limits something that may be done, or done later, stays right before it.
fn parts(base: &KnowledgeBase, items: &[&AdviceItem]) -> Vec<Part> {
    let own = |item: &AdviceItem| Part::of(item.verdict);
    let part = |item: &&AdviceItem| {
        let limited = base.limits(item);
        let first = items.iter().find(|other| limited.contains(&other.id.as_str()));
        match first.map(|other| own(other)) {
            Some(part @ (Part::Now | Part::Wait)) if own(item) > part => part,
            _ => own(item),
        }
    };
    items.iter().map(part).collect()
}

struct Writer {
    page: Page,
    words: &'static Words,
    facts: BTreeMap<String, FactInfo>,
    sources: BTreeMap<String, SourceInfo>,
    why: bool,
}

impl Writer {
    /// Emergencies, other calls for help, and what is not covered.
    fn help(&mut self, advice: &Advice) {
        let blocks: [Block; 3] = [
            (self.words.emergency, ALARM, ALARM, |item| {
                item.verdict == Verdict::Emergency
            }),
            (self.words.help, ALARM, PLAIN, is_help),
            (self.words.out_of_scope, HEADING, PLAIN, |item| {
                item.verdict == Verdict::OutOfScope
            }),
        ];
        for (heading, style, text_style, belongs) in blocks {
            let items: Vec<&AdviceItem> = advice.items().iter().filter(|item| belongs(item)).collect();
            if !items.is_empty() {
                self.page.heading(heading, style);
            }
            for item in items {
                self.item("  ", item, text_style);
            }
        }
    }

    fn causes(&mut self, causes: &[CauseItem]) {
        if causes.is_empty() {
            return;
        }
        self.page.heading(self.words.causes, HEADING);
        for cause in causes {
            let standing = match cause.standing {
                "primary" => self.words.primary,
                _ => self.words.contributing,
            };
            let text = format!("{} ({standing})", cause.text);
            self.page.tagged("  • ", &text, &format!("[{}]", cause.id), PLAIN);
            if self.why {
                self.list("    ", self.words.acted_on_by, &cause.acted_on_by);
                self.cites("    ", &cause.cites);
            }
        }
    }

    fn phases(&mut self, base: &KnowledgeBase, items: &[AdviceItem]) {
        let general = (None, self.words.general.to_owned());
        let phases = base
            .phases()
            .into_iter()
            .map(|phase| (Some(phase.id), phase.title));
        for (id, title) in std::iter::once(general).chain(phases) {
            let of_phase = |item: &&AdviceItem| item.phase == id;
            let items: Vec<&AdviceItem> = items
                .iter()
                .filter(of_phase)
                .filter(|item| !is_above(item))
                .collect();
            if items.is_empty() {
                continue;
            }
            self.page.heading(&title, HEADING);
            let parts = parts(base, &items);
            for part in Part::ALL {
                let mut of_part = items
                    .iter()
                    .zip(&parts)
                    .filter(|(_, of)| **of == part)
                    .map(|(item, _)| item)
                    .peekable();
                let heading = part.heading(self.words);
                if of_part.peek().is_some() && heading != title {
                    self.page.paragraph("  ", heading, HEADING);
                }
                for item in of_part {
                    self.item("    ", item, PLAIN);
                }
            }
        }
        if items.is_empty() {
            self.page.paragraph("", self.words.nothing, PLAIN);
        }
    }

    fn item(&mut self, indent: &str, item: &AdviceItem, style: Style) {
        let words = self.words;
        let (mark, style) = match item.verdict {
            Verdict::Emergency | Verdict::Urgent => ("! ", style),
            Verdict::Avoid => ("! ", WARNING),
            _ => ("• ", style),
        };
        let text = match item.verdict {
            Verdict::Optional => format!("{} ({})", item.text, words.optional),
            _ => item.text.clone(),
        };
        self.page.tagged(
            &format!("{indent}{mark}"),
            &text,
            &format!("[{}]", item.id),
            style,
        );
        let indent = format!("{indent}  ");
        for (number, step) in item.steps.iter().enumerate() {
            self.page
                .paragraph(&format!("{indent}{}. ", number + 1), step, PLAIN);
        }
        if let Some(dose) = &item.dose {
            self.page
                .paragraph(&indent, &fill(words.dose, &[&words.dose(dose)]), PLAIN);
        }
        if let Some(opening) = words.opening(item) {
            self.page.paragraph(&indent, &opening, PLAIN);
        }
        let warns = Part::of(item.verdict) == Part::Leave || Part::of(item.verdict) == Part::Wasted;
        if self.why || warns {
            for because in &item.because {
                self.page
                    .paragraph(&indent, &fill(words.because, &[because]), PLAIN);
            }
        }
        self.list(&indent, words.instead, &item.instead);
        if self.why {
            let (own, others): (Vec<_>, Vec<_>) = item
                .subject_to
                .iter()
                .cloned()
                .partition(|rule| item.rules.contains(rule));
            if !own.is_empty() {
                self.page.paragraph(&indent, words.may_fall, MARGINAL);
            }
            self.list(&indent, words.subject_to, &others);
            self.list(&indent, words.rules, &item.rules);
            self.cites(&indent, &item.cites);
        }
    }

    /// A pattern filled with ids; nothing where there are none.
    fn list(&mut self, indent: &str, pattern: &str, ids: &[String]) {
        if !ids.is_empty() {
            let ids = self.names(ids);
            self.page.paragraph(indent, &fill(pattern, &[&ids]), MARGINAL);
        }
    }

    /// The first few of many ids; all of them with `--why`.
    fn names(&self, ids: &[String]) -> String {
        match ids.get(..NAMES) {
            Some(first) if !self.why && ids.len() > NAMES + 1 => fill(
                self.words.and_more,
                &[&first.join(", "), &(ids.len() - NAMES).to_string()],
            ),
            _ => ids.join(", "),
        }
    }

    /// Each source once, with the places in it.
    fn cites(&mut self, indent: &str, cites: &[Arc<Citation>]) {
        let mut sources: Vec<(&str, Vec<String>)> = Vec::new();
        for cite in cites {
            let claims = if cite.claims.is_empty() {
                String::new()
            } else {
                format!(" ({})", cite.claims.join(", "))
            };
            let place = format!("{}{claims}", cite.at);
            match sources.iter_mut().find(|(source, _)| *source == cite.source) {
                Some((_, places)) => places.push(place),
                None => sources.push((&cite.source, vec![place])),
            }
        }
        for (source, places) in sources {
            let title = match self.sources.get(source) {
                Some(SourceInfo {
                    title,
                    address: Some(address),
                    ..
                }) => format!("{title} <{address}>"),
                Some(SourceInfo { title, .. }) => title.clone(),
                None => source.to_owned(),
            };
            let text = format!("{title}; {}", places.join("; "));
            self.page
                .paragraph(indent, &fill(self.words.source, &[&text]), MARGINAL);
        }
    }

    /// Questions, conflicts, and what was left out.
    fn after(&mut self, advice: &Advice) {
        self.questions(advice.questions(), advice.questions_exact());
        let still_open = advice.items().iter().any(|item| !item.subject_to.is_empty());
        if still_open && !advice.questions().is_empty() {
            self.page.paragraph("  ", self.words.may_change, PLAIN);
        }
        if !advice.conflicts().is_empty() {
            self.page.heading(self.words.conflicts, HEADING);
            for conflict in advice.conflicts() {
                self.conflict(conflict);
            }
        }
        if !advice.suppressed().is_empty() {
            self.page.heading(self.words.suppressed, HEADING);
            for suppressed in advice.suppressed() {
                let verdict = self.words.verdict(suppressed.verdict);
                let values = [suppressed.id.as_str(), verdict, suppressed.by.as_str()];
                self.page
                    .paragraph("  • ", &fill(self.words.suppressed_by, &values), PLAIN);
            }
        }
    }

    fn questions(&mut self, questions: &[Question], exact: bool) {
        if questions.is_empty() {
            return;
        }
        self.page.heading(self.words.questions, HEADING);
        // One left over is asked rather than named.
        let shown = if self.why || questions.len() <= QUESTIONS + 1 {
            questions.len()
        } else {
            QUESTIONS
        };
        for (number, question) in questions.iter().take(shown).enumerate() {
            let lead = format!("  {}. ", number + 1);
            let indent = " ".repeat(lead.len());
            self.page
                .tagged(&lead, &question.ask, &format!("[{}]", question.fact), PLAIN);
            if let Some(answers) = self.facts.get(&question.fact).map(|fact| self.answers(fact)) {
                self.page
                    .paragraph(&indent, &fill(self.words.answers, &[&answers]), PLAIN);
            }
            self.list(&indent, self.words.decides, &question.because);
        }
        let rest: Vec<&str> = questions
            .iter()
            .skip(shown)
            .map(|question| question.fact.as_str())
            .collect();
        if !rest.is_empty() {
            self.page.paragraph(
                "  ",
                &fill(self.words.more_questions, &[&rest.join(", ")]),
                MARGINAL,
            );
        }
        if !exact {
            self.page.paragraph("  ", self.words.questions_inexact, PLAIN);
        }
    }

    /// What can be answered.
    fn answers(&self, fact: &FactInfo) -> String {
        let words = self.words;
        let options = || {
            let named = fact.options.iter().map(|option| match option.label == option.id {
                true => option.id.clone(),
                false => format!("{} ({})", option.id, option.label),
            });
            named.collect::<Vec<_>>().join(", ")
        };
        let unit = |text: &str| match &fact.unit {
            Some(unit) => format!("{text}, {unit}"),
            None => text.to_owned(),
        };
        match fact.kind {
            FactType::YesNo => words.yes_or_no.to_owned(),
            FactType::Choice | FactType::Scale => options(),
            FactType::Several => fill(words.any_of, &[&options()]),
            FactType::Integer => unit(words.whole_number),
            FactType::Number => unit(words.number),
            FactType::Duration => words.duration.to_owned(),
            FactType::Clock => words.clock.to_owned(),
            _ => String::new(),
        }
    }

    fn conflict(&mut self, conflict: &Conflict) {
        let (name, voices): (&str, Vec<String>) = match conflict {
            Conflict::Fact { fact, reports } => {
                let said = reports.iter().map(|report| {
                    let value = report
                        .value
                        .as_str()
                        .map_or_else(|| report.value.to_string(), str::to_owned);
                    format!("{value} ({})", report.source)
                });
                (fact, said.collect())
            }
            Conflict::Advice { advice, verdicts } => {
                let said = verdicts.iter().map(|voice| {
                    format!(
                        "{} ({})",
                        self.words.verdict(voice.verdict),
                        voice.rules.join(", ")
                    )
                });
                (advice, said.collect())
            }
            _ => return,
        };
        let text = format!("{name}: {}", voices.join(&format!(" {} ", self.words.or)));
        self.page.paragraph("  • ", &text, PLAIN);
    }

    /// What the packs want read before anything is done, each once.
    fn notices(&mut self, base: &KnowledgeBase) {
        let mut notices: Vec<String> = Vec::new();
        for notice in base.packs().into_iter().filter_map(|pack| pack.notice) {
            if !notices.contains(&notice) {
                notices.push(notice);
            }
        }
        if !notices.is_empty() {
            self.page.heading(self.words.notice, HEADING);
        }
        for notice in notices {
            self.page.paragraph("  ", &notice, PLAIN);
        }
    }
}

#[cfg(test)]
mod tests {
    use liniment::Verdict;

    use super::Part;

    #[test]
    fn every_verdict_has_its_words() {
        for language in ["en", "de"] {
            assert_eq!(super::words(language).verdicts.len(), Verdict::ALL.len());
        }
        assert!(Part::of(Verdict::Recommend) == Part::Now);
    }
}
