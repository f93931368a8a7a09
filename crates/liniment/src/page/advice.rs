//! The advice for a case as a page.

use super::document::{Block, Document, Span};
use super::{MOST, Writer};
use crate::advice::{Advice, AdviceItem, Conflict, Elapsed};
use crate::case::Case;
use crate::error::Error;
use crate::knowledge_base::KnowledgeBase;
use crate::plan::Plan;
use crate::verdict::Verdict;
use crate::words::{fill, length};

/// How far the plan looks: three weeks.
const HORIZON: Elapsed = Elapsed::from_microseconds(21 * 24 * 3_600_000_000);

/// `whole` also says why everything else is not advised, and lists the sources.
pub(super) fn document(kb: &KnowledgeBase, case: &Case, whole: bool) -> Result<Document, Error> {
    let advice = kb.advise(case)?;
    let mut writer = Writer::new(kb, case);
    let mut blocks: Vec<Block> = Vec::new();
    writer.items(&advice, &mut blocks)?;
    writer.causes(&advice, &mut blocks)?;
    writer.questions(&advice, &mut blocks);
    writer.plan(&kb.plan(case, HORIZON)?, &mut blocks);
    writer.conflicts(&advice, &mut blocks);
    if whole {
        writer.left_out(&advice, &mut blocks)?;
    }
    writer.known(&mut blocks);
    if whole {
        writer.sources(&mut blocks);
    }
    writer.notice(&mut blocks);
    let titles: Vec<String> = kb.packs().into_iter().map(|pack| pack.title).collect();
    let title = format!("{}: {}", writer.words.advice_title, titles.join(" · "));
    Ok(writer.document(title, blocks))
}

impl Writer<'_> {
    fn items(&mut self, advice: &Advice, blocks: &mut Vec<Block>) -> Result<(), Error> {
        let words = self.words;
        let phases = self.kb.phases();
        let flags: Vec<String> = self.kb.red_flags().into_iter().map(str::to_owned).collect();
        let mut last: Option<String> = None;
        for item in advice.items().iter().take(MOST) {
            let by_flag = || item.rules.iter().any(|rule| flags.contains(rule));
            let heading = match item.verdict {
                Verdict::Emergency => words.emergency.to_owned(),
                Verdict::Urgent => words.help.to_owned(),
                Verdict::Refer if by_flag() => words.help.to_owned(),
                Verdict::OutOfScope => words.out_of_scope.to_owned(),
                _ => phases
                    .iter()
                    .find(|phase| Some(&phase.id) == item.phase.as_ref())
                    .map_or_else(|| words.general.to_owned(), |phase| phase.title.clone()),
            };
            if last.as_ref() != Some(&heading) {
                blocks.push(Block::Heading(2, heading.clone()));
                last = Some(heading);
            }
            let body = self.item(item)?;
            blocks.push(Block::Card {
                verdict: Some(item.verdict),
                body,
            });
        }
        if advice.items().is_empty() {
            blocks.push(Block::text(words.nothing));
        }
        let more = advice.items().len().saturating_sub(MOST);
        if more > 0 {
            blocks.push(Block::text(fill(words.and_others, &[&more.to_string()])));
        }
        Ok(())
    }

    fn item(&mut self, item: &AdviceItem) -> Result<Vec<Block>, Error> {
        let words = self.words;
        let mut body = vec![
            Block::Paragraph(vec![Span::Verdict(
                item.verdict,
                words.verdict(item.verdict).to_owned(),
            )]),
            Block::Paragraph(vec![Span::Strong(item.text.clone())]),
        ];
        if !item.steps.is_empty() {
            let steps = item
                .steps
                .iter()
                .take(MOST)
                .map(|step| vec![Block::text(step.as_str())]);
            body.push(Block::List {
                numbered: true,
                items: steps.collect(),
            });
        }
        if let Some(dose) = &item.dose {
            body.push(Block::text(fill(words.dose, &[&words.dose(dose)])));
        }
        if let Some(opening) = words.opening(item) {
            body.push(Block::text(opening));
        }
        for because in item.because.iter().take(MOST) {
            body.push(Block::text(fill(words.because, &[because])));
        }
        if !item.instead.is_empty() {
            body.push(Block::text(fill(words.instead, &[&self.texts(&item.instead)])));
        }
        if !item.subject_to.is_empty() {
            body.push(Block::Paragraph(vec![Span::Faint(words.may_fall.to_owned())]));
        }
        let explanation = self.kb.explain(self.case, &item.id)?;
        let mut proofs = self.proofs(&explanation);
        if !item.subject_to.is_empty() {
            proofs.push(Block::Paragraph(vec![Span::Faint(fill(
                words.subject_to,
                &[&item.subject_to.join(", ")],
            ))]));
        }
        body.push(Block::Fold {
            summary: vec![
                Span::plain(words.why),
                Span::plain(" "),
                Span::Id(item.id.clone()),
            ],
            body: proofs,
        });
        Ok(body)
    }

    /// What some advice ids say to the reader.
    fn texts(&self, ids: &[String]) -> String {
        let texts = ids
            .iter()
            .map(|id| self.text_of(id).unwrap_or_else(|| id.clone()));
        texts.collect::<Vec<_>>().join(" ")
    }

    /// What the best ranked rule of an advice id says.
    pub(super) fn text_of(&self, id: &str) -> Option<String> {
        let base = self.kb.base();
        let entry = base.advice.get(self.kb.advice_id(id).ok()?.index())?;
        let rule = base.rules.get(entry.rules.first()?.index())?;
        Some(self.kb.say(&rule.text))
    }

    fn causes(&mut self, advice: &Advice, blocks: &mut Vec<Block>) -> Result<(), Error> {
        if advice.causes().is_empty() {
            return Ok(());
        }
        let words = self.words;
        blocks.push(Block::Heading(2, words.causes.to_owned()));
        for cause in advice.causes().iter().take(MOST) {
            let standing = match cause.standing {
                "primary" => words.primary,
                _ => words.contributing,
            };
            let mut body = vec![Block::Paragraph(vec![
                Span::plain(cause.text.as_str()),
                Span::Faint(format!(" ({standing})")),
            ])];
            if !cause.acted_on_by.is_empty() {
                let line = fill(words.acted_on_by, &[&cause.acted_on_by.join(", ")]);
                body.push(Block::Paragraph(vec![Span::Faint(line)]));
            }
            let explanation = self.kb.explain(self.case, &cause.id)?;
            let proofs = self.proofs(&explanation);
            body.push(Block::Fold {
                summary: vec![
                    Span::plain(words.why),
                    Span::plain(" "),
                    Span::Id(cause.id.clone()),
                ],
                body: proofs,
            });
            blocks.push(Block::Card { verdict: None, body });
        }
        Ok(())
    }

    fn questions(&self, advice: &Advice, blocks: &mut Vec<Block>) {
        if advice.questions().is_empty() {
            return;
        }
        let words = self.words;
        blocks.push(Block::Heading(2, words.questions.to_owned()));
        let items = advice.questions().iter().map(|question| {
            let mut line = Vec::new();
            if question.red_flag.is_some() {
                line.push(Span::Verdict(Verdict::Urgent, words.red_flag.to_owned()));
                line.push(Span::plain(" "));
            }
            line.push(Span::plain(format!("{} ", question.ask)));
            line.push(Span::Id(question.fact.clone()));
            line.push(Span::Faint(format!(
                " {}",
                fill(words.decides, &[&question.because.join(", ")])
            )));
            vec![Block::Paragraph(line)]
        });
        blocks.push(self.bounded(items.collect()));
        if !advice.questions_exact() {
            blocks.push(Block::text(words.questions_inexact));
        }
    }

    fn plan(&self, plan: &Plan, blocks: &mut Vec<Block>) {
        if plan.intervals.len() < 2 && plan.stages.is_empty() {
            return;
        }
        let words = self.words;
        blocks.push(Block::Heading(2, words.as_time_passes.to_owned()));
        let mut instead = Vec::new();
        for (number, interval) in plan.intervals.iter().enumerate() {
            let shown = plan.shown(number).map(|item| {
                vec![Block::Paragraph(vec![
                    Span::Verdict(item.verdict, words.verdict(item.verdict).to_owned()),
                    Span::plain(format!(" {}", item.text)),
                ])]
            });
            let ended = interval.changes.iter().filter(|change| change.now.is_none());
            let ended = ended.map(|change| vec![Block::text(format!("{}: {}", words.ends, change.text))]);
            instead.push(Block::Paragraph(vec![Span::Strong(plan.heading(number, words))]));
            instead.push(self.bounded(shown.chain(ended).collect()));
        }
        blocks.push(Block::Picture {
            svg: plan.to_svg(),
            instead,
        });
        for stages in &plan.stages {
            blocks.push(Block::Heading(3, stages.heading(words)));
            blocks.push(Block::Paragraph(vec![Span::Faint(fill(
                words.stages_wait,
                &[&stages.waits_for],
            ))]));
            let steps = stages.steps.iter().map(|step| {
                let here = stages.step.as_ref() == Some(&step.id);
                let mut line = vec![Span::plain(step.text.as_str())];
                if here {
                    line.push(Span::Strong(format!(" ← {}", words.stages_here)));
                }
                vec![Block::Paragraph(line)]
            });
            blocks.push(Block::List {
                numbered: true,
                items: steps.collect(),
            });
        }
        if !plan.expiring.is_empty() {
            let expiring = plan.expiring.iter().map(|expiry| {
                let at = length(expiry.at);
                vec![Block::text(fill(words.expires_in, &[&expiry.fact, &at]))]
            });
            blocks.push(Block::Heading(3, words.expiring.to_owned()));
            blocks.push(self.bounded(expiring.collect()));
        }
    }

    fn conflicts(&self, advice: &Advice, blocks: &mut Vec<Block>) {
        let words = self.words;
        let or = format!(" {} ", words.or);
        let conflicts: Vec<Vec<Block>> = advice
            .conflicts()
            .iter()
            .map(|conflict| {
                let (name, voices): (&str, Vec<String>) = match conflict {
                    Conflict::Fact { fact, reports } => {
                        let said = reports
                            .iter()
                            .map(|report| format!("{} ({})", self.value(fact, &report.value), report.source));
                        (fact, said.collect())
                    }
                    Conflict::Advice { advice, verdicts } => {
                        let said = verdicts.iter().map(|voice| {
                            format!("{} ({})", words.verdict(voice.verdict), voice.rules.join(", "))
                        });
                        (advice, said.collect())
                    }
                };
                vec![Block::Paragraph(vec![
                    Span::Id(name.to_owned()),
                    Span::plain(format!(" {}", voices.join(&or))),
                ])]
            })
            .collect();
        if !conflicts.is_empty() {
            blocks.push(Block::Heading(2, words.conflicts.to_owned()));
            blocks.push(self.bounded(conflicts));
        }
    }

    /// Everything that is not advised, and why not.
    fn left_out(&mut self, advice: &Advice, blocks: &mut Vec<Block>) -> Result<(), Error> {
        let rest: Vec<String> = self
            .kb
            .advice_ids()
            .into_iter()
            .filter(|id| advice.get(id).is_none())
            .map(str::to_owned)
            .collect();
        if rest.is_empty() {
            return Ok(());
        }
        let words = self.words;
        blocks.push(Block::Heading(2, words.why_not.to_owned()));
        for id in rest.iter().take(MOST) {
            let explanation = self.kb.explain(self.case, id)?;
            let mut body = self.proofs(&explanation);
            let suppressed = advice.suppressed().iter().find(|entry| entry.id == *id);
            if let Some(suppressed) = suppressed {
                let verdict = words.verdict(suppressed.verdict);
                let line = fill(words.suppressed_by, &[id, verdict, &suppressed.by]);
                body.insert(0, Block::text(line));
            }
            let text = self.text_of(id).unwrap_or_default();
            blocks.push(Block::Fold {
                summary: vec![Span::Id(id.clone()), Span::plain(format!(" {text}"))],
                body,
            });
        }
        let more = rest.len().saturating_sub(MOST);
        if more > 0 {
            blocks.push(Block::text(fill(words.and_others, &[&more.to_string()])));
        }
        Ok(())
    }
}
