//! The public name for the whole: packs, checked and compiled.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use serde::Serialize;

use crate::advice::{Advice, AdviceItem, Assembly, Elapsed, assemble};
use crate::builder::Builder;
use crate::case::read::CaseInput;
use crate::case::value::read_case;
use crate::case::{Case, formats, serialize};
use crate::check::base::{AdviceIndex, CauseIndex, CheckedBase, FactIndex, FactKind, RuleKind};
use crate::compact_sort::CompactSort;
use crate::compile::Program;
use crate::counterfactual::{Suffices, Ways, WhatIf, suffices, ways_to, what_if};
use crate::error::Error;
use crate::evaluate::{Truths, outcome};
use crate::explain::{Explanation, Subject, explain};
use crate::parse::Source;
use crate::plan::{Plan, plan};
use crate::screen::{CaseView, Instructions, Masks, RawValue, Screen, with_room};
use crate::text::hash;
use crate::text::nearest::nearest;
use crate::verdict::Verdict;

/// One or more packs, checked together and compiled.
///
/// It never changes, is shared between threads, and is cheap to clone.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let (kb, _) = liniment::KnowledgeBase::builder().pack(liniment_rules::calf_cramps()).build()?;
/// let mut case = kb.case();
/// case.set("onset_setting", "during_exercise")?;
/// case.set("muscles_affected", "calf_only")?;
/// case.set("cramp_state", "active")?;
/// let advice = kb.advise(&case)?;
/// assert_eq!(advice.get("stretch").map(|item| item.verdict), Some(liniment::Verdict::Recommend));
/// # Ok(()) }
/// ```
#[derive(Clone, Debug)]
pub struct KnowledgeBase {
    pub(crate) shared: Arc<Shared>,
    language: usize,
}

#[derive(Debug)]
pub(crate) struct Shared {
    /// Tells the ids and cases of one knowledge base from those of another.
    pub(crate) number: u64,
    /// The text of each pack, in the order of the packs.
    sources: Vec<Source>,
    /// The hash of each pack's text, once somebody has asked.
    hashes: OnceLock<Vec<u64>>,
    pub(crate) base: CheckedBase,
    pub(crate) program: Program,
    instructions: Instructions,
    /// Prepared when it is first needed: advice with texts needs none.
    screen: OnceLock<Screen>,
}

impl Shared {
    pub(crate) fn screen(&self) -> &Screen {
        self.screen
            .get_or_init(|| Screen::new(&self.base, &self.program, self.instructions))
    }
}

/// A pack of a knowledge base.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PackInfo {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// Its title.
    pub title: String,
    /// What a reader must know before acting on its advice.
    pub notice: Option<String>,
    /// Its languages, its own first.
    pub languages: Vec<String>,
    /// The hash of its text, 16 hexadecimal digits; see [`KnowledgeBase::hash`].
    pub hash: String,
}

/// What values a fact takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FactType {
    /// Yes or no.
    YesNo,
    /// One of its options.
    Choice,
    /// One of its options, in order.
    Scale,
    /// Any number of its options.
    Several,
    /// A whole number.
    Integer,
    /// A decimal number.
    Number,
    /// A length of time.
    Duration,
    /// A length of time that grows by itself.
    Clock,
}

/// An option of a fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OptionInfo {
    /// Its id.
    pub id: String,
    /// Words for it.
    pub label: String,
}

/// A fact of a knowledge base.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct FactInfo {
    /// Its id.
    pub id: String,
    /// What values it takes.
    pub kind: FactType,
    /// The question that asks for it.
    pub ask: String,
    /// Its options, if it has any.
    pub options: Vec<OptionInfo>,
    /// The unit of a number.
    pub unit: Option<String>,
    /// The smallest value, durations in microseconds.
    pub from: Option<f64>,
    /// The largest value, durations in microseconds.
    pub to: Option<f64>,
    /// Nobody can change it.
    pub fixed: bool,
    /// The packs that declare it.
    pub packs: Vec<String>,
}

/// A phase of a knowledge base.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PhaseInfo {
    /// Its id.
    pub id: String,
    /// Its heading.
    pub title: String,
}

/// A source of a knowledge base.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SourceInfo {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Where it can be read.
    pub address: Option<String>,
    /// The day it was last read for the pack.
    pub reviewed: String,
    /// Anything a reader should know of it.
    pub note: Option<String>,
}

/// The number of a fact in one knowledge base; looking it up once spares the name at every use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FactId {
    pub(crate) base: u64,
    pub(crate) index: FactIndex,
}

/// The number of an advice id in one knowledge base.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AdviceId {
    pub(crate) base: u64,
    pub(crate) index: AdviceIndex,
}

impl AdviceId {
    /// Its place among the advice ids of its knowledge base, from 0, by name.
    pub fn index(self) -> usize {
        self.index.index()
    }
}

/// The number of an option of a fact in one knowledge base.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OptionId {
    pub(crate) fact: FactId,
    pub(crate) option: u16,
}

impl KnowledgeBase {
    /// Starts collecting packs.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// A knowledge base of packs: the id and text of each, in any order, and what became of them.
    pub(crate) fn new(
        mut sources: Vec<(String, Source)>,
        base: CheckedBase,
        program: Program,
        language: usize,
        instructions: Instructions,
    ) -> Self {
        static NUMBER: AtomicU64 = AtomicU64::new(1);
        sources.compact_sort_by_key(|(id, _)| base.packs.iter().position(|pack| pack.id == *id));
        Self {
            shared: Arc::new(Shared {
                number: NUMBER.fetch_add(1, Ordering::Relaxed),
                sources: sources.into_iter().map(|(_, source)| source).collect(),
                hashes: OnceLock::new(),
                base,
                program,
                instructions,
                screen: OnceLock::new(),
            }),
            language,
        }
    }

    pub(crate) fn base(&self) -> &CheckedBase {
        &self.shared.base
    }

    pub(crate) fn program(&self) -> &Program {
        &self.shared.program
    }

    /// The widest instructions that evaluation may use, and that the machine has.
    #[cfg(feature = "arrow")]
    pub(crate) fn instructions(&self) -> Instructions {
        self.shared.instructions.available()
    }

    pub(crate) fn say(&self, words: &crate::check::base::Words) -> String {
        words
            .get(self.language)
            .map(|words| words.to_string())
            .unwrap_or_default()
    }

    /// The language of its texts.
    pub fn lang(&self) -> &str {
        self.base()
            .languages
            .get(self.language)
            .map_or("", String::as_str)
    }

    /// The languages it can speak.
    pub fn languages(&self) -> &[String] {
        &self.base().languages
    }

    /// The same knowledge base with its texts in another language.
    ///
    /// # Errors
    /// When it does not speak that language.
    pub fn in_language(&self, language: &str) -> Result<KnowledgeBase, Error> {
        match self.base().languages.iter().position(|known| known == language) {
            Some(position) => Ok(KnowledgeBase {
                shared: Arc::clone(&self.shared),
                language: position,
            }),
            None => Err(Error::unknown_language(language, &self.base().languages)),
        }
    }

    /// The packs, in canonical order.
    pub fn packs(&self) -> Vec<PackInfo> {
        let packs = self.base().packs.iter().zip(self.hashes());
        packs
            .map(|(pack, hash)| PackInfo {
                id: pack.id.clone(),
                version: pack.version.clone(),
                title: self.say(&pack.title),
                notice: pack.notice.as_ref().map(|notice| self.say(notice)),
                languages: pack.languages.clone(),
                hash: format!("{hash:016x}"),
            })
            .collect()
    }

    /// A number made of the texts of all its packs: another text, another number. Programs that were made
    /// for certain packs compare it when they load them. The packs' own tests, and the order in which the
    /// packs were given, do not count.
    pub fn hash(&self) -> u64 {
        let hashes = self.hashes().iter();
        hashes.fold(hash::START, |whole, pack| hash::add(whole, &pack.to_le_bytes()))
    }

    fn hashes(&self) -> &[u64] {
        self.shared
            .hashes
            .get_or_init(|| self.shared.sources.iter().map(Source::hash).collect())
    }

    /// The facts, by id.
    pub fn facts(&self) -> Vec<FactInfo> {
        self.base()
            .facts
            .iter()
            .map(|fact| self.fact_info(fact))
            .collect()
    }

    pub(crate) fn fact_info(&self, fact: &crate::check::base::Fact) -> FactInfo {
        let (kind, options, unit, from, to) = match &fact.kind {
            FactKind::YesNo => (FactType::YesNo, &[][..], None, None, None),
            FactKind::Choice(options) => (FactType::Choice, options.as_slice(), None, None, None),
            FactKind::Scale(options) => (FactType::Scale, options.as_slice(), None, None, None),
            FactKind::Several(options) => (FactType::Several, options.as_slice(), None, None, None),
            FactKind::Integer { from, to, unit } => (
                FactType::Integer,
                &[][..],
                unit.clone(),
                from.map(|value| value as f64),
                to.map(|value| value as f64),
            ),
            FactKind::Number { from, to, unit } => (FactType::Number, &[][..], unit.clone(), *from, *to),
            FactKind::Duration { from, to } => (
                FactType::Duration,
                &[][..],
                None,
                from.map(|value| value as f64),
                to.map(|value| value as f64),
            ),
            FactKind::Clock { .. } => (FactType::Clock, &[][..], None, Some(0.0), None),
        };
        FactInfo {
            id: fact.id.clone(),
            kind,
            ask: self.say(&fact.ask),
            options: options
                .iter()
                .zip(&fact.labels)
                .map(|(id, label)| OptionInfo {
                    id: id.clone(),
                    label: self.say(label),
                })
                .collect(),
            unit,
            from,
            to,
            fixed: fact.fixed,
            packs: fact
                .packs
                .iter()
                .filter_map(|pack| self.base().packs.get(pack.index()))
                .map(|pack| pack.id.clone())
                .collect(),
        }
    }

    /// The advice ids, sorted.
    pub fn advice_ids(&self) -> Vec<&str> {
        self.base()
            .advice
            .iter()
            .map(|advice| advice.id.as_str())
            .collect()
    }

    /// The phases, in the order in which their advice is given.
    pub fn phases(&self) -> Vec<PhaseInfo> {
        self.base()
            .phases
            .iter()
            .map(|phase| PhaseInfo {
                id: phase.id.clone(),
                title: self.say(&phase.title),
            })
            .collect()
    }

    /// The sources, by id.
    pub fn sources(&self) -> Vec<SourceInfo> {
        let sources = self.base().sources.iter();
        sources
            .map(|source| SourceInfo {
                id: source.id.clone(),
                title: source.title.clone(),
                address: source.address.clone(),
                reviewed: source.reviewed.clone(),
                note: source.note.clone(),
            })
            .collect()
    }

    /// The ids of the rules, sorted: fixes, non-fixes, waits, red flags, scopes and notes.
    pub fn rule_ids(&self) -> Vec<&str> {
        self.base().rules.iter().map(|rule| rule.id.as_str()).collect()
    }

    /// How many rules it has, causes included.
    pub fn rule_count(&self) -> usize {
        self.base().rules.len() + self.base().causes.len()
    }

    /// The ids of its red flags, the most urgent first.
    pub fn red_flags(&self) -> Vec<&str> {
        let mut flags: Vec<_> = self
            .base()
            .rules
            .iter()
            .filter(|rule| rule.kind == RuleKind::RedFlag)
            .map(|rule| (rule.verdict, rule.id.as_str()))
            .collect();
        flags.compact_sort();
        flags.into_iter().map(|(_, id)| id).collect()
    }

    /// The facts that the manifests ask for first, in order.
    pub fn asks_first(&self) -> Vec<&str> {
        let facts = self.base().ask_first.iter();
        facts
            .filter_map(|fact| self.base().facts.get(fact.index()))
            .map(|fact| fact.id.as_str())
            .collect()
    }

    /// The advice ids that a piece of advice limits: it stands before the first of them.
    pub fn limits(&self, item: &AdviceItem) -> Vec<&str> {
        let rules = self
            .base()
            .rules
            .iter()
            .filter(|rule| item.rules.contains(&rule.id));
        let limited = rules
            .flat_map(|rule| &rule.limits)
            .filter_map(|advice| self.base().advice.get(advice.index()));
        limited.map(|advice| advice.id.as_str()).collect()
    }

    /// The number of a fact.
    ///
    /// # Errors
    /// When there is no such fact; the error names the nearest.
    pub fn fact(&self, name: &str) -> Result<FactId, Error> {
        match self
            .base()
            .facts
            .binary_search_by(|fact| fact.id.as_str().cmp(name))
        {
            Ok(position) => Ok(FactId {
                base: self.shared.number,
                index: FactIndex::new(position),
            }),
            Err(_) => Err(Error::unknown_fact(self.base(), name)),
        }
    }

    /// The number of an option of a fact.
    ///
    /// # Errors
    /// When the fact is another knowledge base's, or has no such option; the error names the nearest.
    pub fn option(&self, fact: FactId, name: &str) -> Result<OptionId, Error> {
        let found = self.own_fact(fact)?;
        let options = crate::case::options_of(&found.kind);
        match options
            .iter()
            .position(|option| option == name)
            .and_then(|position| u16::try_from(position).ok())
        {
            Some(option) => Ok(OptionId { fact, option }),
            None => Err(Error::unknown_option(&found.id, name, options)),
        }
    }

    /// The number of an advice id.
    ///
    /// # Errors
    /// When there is no such advice id; the error names the nearest.
    pub fn advice_id(&self, name: &str) -> Result<AdviceId, Error> {
        match self
            .base()
            .advice
            .binary_search_by(|advice| advice.id.as_str().cmp(name))
        {
            Ok(position) => Ok(AdviceId {
                base: self.shared.number,
                index: AdviceIndex::new(position),
            }),
            Err(_) => {
                let ids: Vec<&str> = self.advice_ids();
                let nearest = nearest(name, ids.iter().copied());
                Err(Error::unknown_advice(name, nearest))
            }
        }
    }

    pub(crate) fn own_fact(&self, fact: FactId) -> Result<&crate::check::base::Fact, Error> {
        match self.base().facts.get(fact.index.index()) {
            Some(found) if fact.base == self.shared.number => Ok(found),
            _ => Err(Error::foreign()),
        }
    }

    pub(crate) fn own_case(&self, case: &Case) -> Result<(), Error> {
        if case.base_number() == self.shared.number {
            Ok(())
        } else {
            Err(Error::foreign())
        }
    }

    /// A case of which nothing is known yet.
    pub fn case(&self) -> Case {
        Case::new(self)
    }

    /// A case from any value that serde can write: a struct or map, fact to value.
    ///
    /// # Errors
    /// When a value is not of its fact's kind, or names no fact.
    pub fn case_from<T: Serialize + ?Sized>(&self, value: &T) -> Result<Case, Error> {
        self.case_from_input(&serialize::to_input(value)?)
    }

    /// A case from a JSON object.
    ///
    /// # Errors
    /// When the text is no JSON object, or a value is not of its fact's kind.
    pub fn case_from_json(&self, text: &str) -> Result<Case, Error> {
        self.case_from_input(&formats::from_json(text)?)
    }

    /// A case from the bytes of a JSON object.
    ///
    /// # Errors
    /// As [`case_from_json`](Self::case_from_json), and when the bytes are not UTF-8.
    pub fn case_from_json_bytes(&self, bytes: &[u8]) -> Result<Case, Error> {
        self.case_from_input(&formats::from_json_bytes(bytes)?)
    }

    /// A case from a RON map or struct.
    ///
    /// # Errors
    /// When the text is no RON map or struct, or a value is not of its fact's kind.
    pub fn case_from_ron(&self, text: &str) -> Result<Case, Error> {
        self.case_from_input(&formats::from_ron(text)?)
    }

    /// A case from a TOML table.
    ///
    /// # Errors
    /// When the text is no TOML, or a value is not of its fact's kind.
    #[cfg(feature = "tools")]
    pub fn case_from_toml(&self, text: &str) -> Result<Case, Error> {
        self.case_from_input(&formats::from_toml(text)?)
    }

    pub(crate) fn case_from_input(&self, input: &CaseInput) -> Result<Case, Error> {
        let mut case = self.case();
        for (fact, value) in read_case(self.base(), input)? {
            case.put(fact, value);
        }
        Ok(case)
    }

    /// The advice for a case.
    ///
    /// # Errors
    /// When the case belongs to another knowledge base.
    pub fn advise(&self, case: &Case) -> Result<Advice, Error> {
        self.advise_with(case, true)
    }

    /// The advice for a case, its `questions` left empty.
    pub(crate) fn advise_without_questions(&self, case: &Case) -> Result<Advice, Error> {
        self.advise_with(case, false)
    }

    fn advise_with(&self, case: &Case, questions: bool) -> Result<Advice, Error> {
        self.own_case(case)?;
        let truths = Truths::new(self.program(), case.possible());
        let outcome = outcome(self.base(), self.program(), &truths);
        let assembly = Assembly {
            base: self.base(),
            program: self.program(),
            truths: &truths,
            known: case.known(),
            language: self.language,
        };
        Ok(assemble(&assembly, &outcome, questions))
    }

    /// The advice for a case, with what each item waits for.
    #[cfg(feature = "arrow")]
    pub(crate) fn advise_waiting(&self, case: &Case, questions: bool) -> (Advice, Vec<crate::advice::Waits>) {
        let truths = Truths::new(self.program(), case.possible());
        let outcome = outcome(self.base(), self.program(), &truths);
        let assembly = Assembly {
            base: self.base(),
            program: self.program(),
            truths: &truths,
            known: case.known(),
            language: self.language,
        };
        let waits = crate::advice::waits_of(&assembly, &outcome);
        (assemble(&assembly, &outcome, questions), waits)
    }

    /// The verdicts for a case in the order of the advice, without texts.
    #[cfg(feature = "arrow")]
    pub(crate) fn verdicts_in_order(&self, case: &Case) -> Vec<(&str, Verdict)> {
        let truths = Truths::new(self.program(), case.possible());
        let outcome = outcome(self.base(), self.program(), &truths);
        crate::advice::ordered(self.base(), outcome.items)
            .iter()
            .filter_map(|item| {
                let advice = self.base().advice.get(item.advice.index())?;
                Some((advice.id.as_str(), item.verdict))
            })
            .collect()
    }

    /// The advice as all clocks move forward together, up to the horizon.
    ///
    /// # Errors
    /// When the case belongs to another knowledge base.
    pub fn plan(&self, case: &Case, horizon: Elapsed) -> Result<Plan, Error> {
        self.own_case(case)?;
        plan(self, case, horizon)
    }

    /// The verdicts for a case, by advice id, without texts: fills `buffer`.
    ///
    /// # Errors
    /// When the case belongs to another knowledge base.
    pub fn verdicts<'a>(
        &self,
        case: &Case,
        buffer: &'a mut Vec<(AdviceId, Verdict)>,
    ) -> Result<&'a [(AdviceId, Verdict)], Error> {
        self.own_case(case)?;
        buffer.clear();
        with_room(|room| {
            let screen = self.shared.screen();
            screen.verdicts(self.base(), self.program(), view(case), room, |index, verdict| {
                let base = self.shared.number;
                buffer.push((AdviceId { base, index }, verdict));
            });
        });
        if !buffer.is_sorted() {
            buffer.sort_unstable();
        }
        Ok(buffer)
    }

    /// The verdicts for a case as numbers, one for each advice id in the order of their ids: 0 for none,
    /// else [`Verdict::code`].
    ///
    /// # Errors
    /// When the case belongs to another knowledge base, or there are not as many numbers as advice ids.
    pub fn verdict_codes(&self, case: &Case, codes: &mut [u8]) -> Result<(), Error> {
        self.own_case(case)?;
        if codes.len() != self.base().advice.len() {
            return Err(Error::length(self.base().advice.len(), codes.len()));
        }
        codes.fill(0);
        with_room(|room| {
            let screen = self.shared.screen();
            screen.verdicts(
                self.base(),
                self.program(),
                view(case),
                room,
                |advice, verdict| {
                    if let Some(code) = codes.get_mut(advice.index()) {
                        *code = verdict.code();
                    }
                },
            );
        });
        Ok(())
    }

    /// The rules that are live for a case, and those that can be.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let (kb, _) = liniment::KnowledgeBase::builder().pack(liniment_rules::calf_cramps()).build()?;
    /// let mut case = kb.case();
    /// case.set("goals", ["prevent"])?.set("hot_conditions", true)?;
    /// let mut masks = liniment::Masks::new();
    /// kb.masks(&case, &mut masks)?;
    /// let reduce_heat = kb.rule_ids().iter().position(|id| *id == "reduce_heat").ok_or("no such rule")?;
    /// assert_eq!(masks.truth(reduce_heat), liniment::Truth::Unknown);
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// When the case belongs to another knowledge base.
    pub fn masks(&self, case: &Case, masks: &mut Masks) -> Result<(), Error> {
        self.own_case(case)?;
        self.shared.screen().of_case(self.program(), view(case), masks);
        Ok(())
    }

    /// The rules that are live for what is known of each fact, and those that can be. The values stand in
    /// the order of [`facts`](Self::facts), one for each.
    ///
    /// # Errors
    /// When there are not as many values as facts, or a value is not of its fact's kind or range.
    pub fn masks_of(&self, values: &[RawValue], masks: &mut Masks) -> Result<(), Error> {
        self.shared
            .screen()
            .of_raw(self.base(), self.program(), values, masks)
    }

    /// The numbers of the rules that are live for a case, in the order of [`rule_ids`](Self::rule_ids), in no
    /// particular order; faster than masks when there are many rules. `masks` is room that is used again.
    ///
    /// # Errors
    /// When the case belongs to another knowledge base.
    pub fn live_rules(&self, case: &Case, masks: &mut Masks, rules: &mut Vec<u32>) -> Result<(), Error> {
        self.own_case(case)?;
        self.shared
            .screen()
            .live_rules(self.program(), view(case), masks, rules);
        Ok(())
    }

    /// The numbers of the rules that are live for what is known of each fact; see
    /// [`masks_of`](Self::masks_of) and [`live_rules`](Self::live_rules).
    ///
    /// # Errors
    /// As [`masks_of`](Self::masks_of).
    pub fn live_rules_of(
        &self,
        values: &[RawValue],
        masks: &mut Masks,
        rules: &mut Vec<u32>,
    ) -> Result<(), Error> {
        self.shared
            .screen()
            .live_rules_of_raw(self.base(), self.program(), values, masks, rules)
    }

    /// The proof of what is said of an advice id or cause, or of why nothing is.
    ///
    /// An advice id goes before a cause of the same name.
    ///
    /// # Errors
    /// When the case belongs to another knowledge base, or there is no such advice id or cause.
    pub fn explain(&self, case: &Case, id: &str) -> Result<Explanation, Error> {
        self.own_case(case)?;
        let subject = match (
            self.advice_id(id),
            self.base()
                .causes
                .binary_search_by(|cause| cause.id.as_str().cmp(id)),
        ) {
            (Ok(advice), _) => Subject::Advice(advice.index),
            (_, Ok(cause)) => Subject::Cause(CauseIndex::new(cause)),
            _ => {
                let causes = self.base().causes.iter().map(|cause| cause.id.as_str());
                return Err(Error::unknown_advice(
                    id,
                    nearest(id, self.advice_ids().into_iter().chain(causes)),
                ));
            }
        };
        let truths = Truths::new(self.program(), case.possible());
        let outcome = outcome(self.base(), self.program(), &truths);
        let assembly = Assembly {
            base: self.base(),
            program: self.program(),
            truths: &truths,
            known: case.known(),
            language: self.language,
        };
        Ok(explain(&assembly, &outcome, subject))
    }

    /// What some changes of facts would do: which verdicts change, appear or vanish, and why. The changes
    /// are a struct or map, fact to value; null forgets a fact.
    ///
    /// # Errors
    /// When the case belongs to another knowledge base, or a change is not of its fact's kind.
    pub fn what_if<T: Serialize + ?Sized>(&self, case: &Case, changes: &T) -> Result<WhatIf, Error> {
        self.own_case(case)?;
        what_if(self, case, &serialize::to_input(changes)?)
    }

    /// The smallest changes of facts that would give an advice id a verdict: fewest facts, then the shortest
    /// distance (steps of a scale, amounts of a number or time, one for a choice). Facts that nobody can
    /// change stay, and clocks only move forward. Every way listed was tried.
    ///
    /// # Errors
    /// When the case belongs to another knowledge base, or there is no such advice id.
    pub fn ways_to(&self, case: &Case, id: &str, wanted: Verdict) -> Result<Ways, Error> {
        self.own_case(case)?;
        ways_to(self, case, self.advice_id(id)?.index, wanted)
    }

    /// The verdict that the best ranked rule of an advice id gives when it speaks: what a reader would want
    /// of it, as a rule.
    ///
    /// # Errors
    /// When there is no such advice id.
    pub fn main_verdict(&self, id: &str) -> Result<Verdict, Error> {
        let entry = self.base().advice.get(self.advice_id(id)?.index());
        let rules = entry.map_or(&[][..], |entry| &entry.rules);
        let rules = || {
            rules
                .iter()
                .filter_map(|rule| self.base().rules.get(rule.index()))
        };
        // A wait only says: not yet.
        let speaks = rules().find(|rule| rule.kind != RuleKind::Wait);
        Ok(speaks
            .or_else(|| rules().next())
            .map_or(Verdict::Inform, |rule| rule.verdict))
    }

    /// The smallest set of the case's facts that already suffices for the verdict of an advice id.
    ///
    /// # Errors
    /// When the case belongs to another knowledge base, or there is no such advice id.
    pub fn suffices(&self, case: &Case, id: &str) -> Result<Suffices, Error> {
        self.own_case(case)?;
        Ok(suffices(self, case, self.advice_id(id)?.index))
    }
}

/// What evaluation needs of a case.
fn view(case: &Case) -> CaseView<'_> {
    CaseView {
        codes: case.codes(),
        possible: case.possible(),
        several: case.has_several(),
    }
}
