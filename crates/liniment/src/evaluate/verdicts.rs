//! What the knowledge base says of each advice id.

use hashbrown::HashMap;

use crate::check::base::{AdviceIndex, CheckedBase, Rule, RuleIndex, Suppresses};
use crate::compact_sort::CompactSort;
use crate::compile::{NodeId, Program};
use crate::evaluate::speak::{Judge, Speaker, Speakers, Voice, all_speakers, some_speakers};
use crate::evaluate::{Truth, Truths};
use crate::verdict::Verdict;

/// One verdict that is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    pub(crate) advice: AdviceIndex,
    pub(crate) verdict: Verdict,
    /// The rules that say so, best ranked first.
    pub(crate) rules: Vec<RuleIndex>,
    /// The rules that could still change it, sorted.
    pub(crate) subject_to: Vec<RuleIndex>,
    /// A clock stands between the ends of a vague limit.
    pub(crate) nearly: bool,
}

/// A verdict that would be given, but for a rule that silences it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SuppressedItem {
    pub(crate) item: Item,
    pub(crate) by: RuleIndex,
}

/// Several verdicts met on one advice id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct VerdictConflict {
    pub(crate) advice: AdviceIndex,
    pub(crate) verdicts: Vec<(Verdict, Vec<RuleIndex>)>,
}

/// Everything that is decided before any text is looked up.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outcome {
    /// By advice id.
    pub(crate) items: Vec<Item>,
    pub(crate) suppressed: Vec<SuppressedItem>,
    pub(crate) conflicts: Vec<VerdictConflict>,
    pub(crate) speakers: Speakers,
    /// The rule that silences everything, causes too.
    pub(crate) silenced_by: Option<RuleIndex>,
}

/// Decides every verdict for a case.
pub(crate) fn outcome(base: &CheckedBase, program: &Program, truths: &Truths<'_>) -> Outcome {
    let advice = (0..base.advice.len()).map(AdviceIndex::new);
    settle(base, program, truths, advice, all_speakers(base, program, truths))
}

/// Decides one advice id alone, with what it rests on; the same as the whole outcome says of it.
pub(crate) fn outcome_of(
    base: &CheckedBase,
    program: &Program,
    truths: &Truths<'_>,
    advice: AdviceIndex,
    rules: &[RuleIndex],
) -> Outcome {
    let Some(focus) = program.focuses.get(advice.index()) else {
        return Outcome::default();
    };
    let advice = focus.advice.iter().copied();
    settle(
        base,
        program,
        truths,
        advice,
        some_speakers(base, program, truths, rules),
    )
}

/// Decides some advice ids. What stands beside other advice comes last, when that advice is settled.
fn settle(
    base: &CheckedBase,
    program: &Program,
    truths: &Truths<'_>,
    advice: impl Iterator<Item = AdviceIndex> + Clone,
    mut speakers: Speakers,
) -> Outcome {
    let with_beside = |speaker: &Speaker| {
        let rule = base.rules.get(speaker.rule.index())?;
        (!rule.beside.is_empty()).then_some((speaker.rule, rule))
    };
    let last: Vec<(RuleIndex, &Rule)> = speakers.iter().filter_map(with_beside).collect();
    if !last.is_empty() {
        let settled_first = advice
            .clone()
            .filter(|advice| last.iter().any(|(_, rule)| rule.beside.contains(advice)));
        let mut first = decide(base, program, truths, settled_first, speakers);
        speakers = std::mem::take(&mut first.speakers);
        for (index, _) in last.iter().filter(|(_, rule)| stands_beside(rule, &first)) {
            speakers.let_speak(base, program, truths, *index);
        }
    }
    decide(base, program, truths, advice, speakers)
}

/// Decides the verdict of one advice id alone.
pub(crate) fn verdict_of(
    base: &CheckedBase,
    program: &Program,
    truths: &Truths<'_>,
    advice: AdviceIndex,
    rules: &[RuleIndex],
) -> Option<Verdict> {
    outcome_of(base, program, truths, advice, rules)
        .items
        .iter()
        .find(|item| item.advice == advice)
        .map(|item| item.verdict)
}

fn stands_beside(rule: &Rule, settled: &Outcome) -> bool {
    rule.beside.iter().any(|advice| {
        settled
            .items
            .iter()
            .any(|item| item.advice == *advice && is_positive(item.verdict))
    })
}

/// Recommended or optional.
pub(crate) fn is_positive(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Recommend | Verdict::Optional)
}

fn decide(
    base: &CheckedBase,
    program: &Program,
    truths: &Truths<'_>,
    advice: impl Iterator<Item = AdviceIndex>,
    speakers: Speakers,
) -> Outcome {
    let overridden = overridden(base, program, &speakers);
    let mut items = Vec::new();
    let mut conflicts = Vec::new();
    // Room for what is said of one advice id.
    let (mut heard, mut given) = (Vec::new(), Vec::new());
    for advice_index in advice {
        let Some(advice) = base.advice.get(advice_index.index()) else {
            continue;
        };
        let rules = advice.rules.iter();
        let speaking = rules
            .filter(|rule| !overridden.gone.has(**rule))
            .filter_map(|rule| speakers.get(*rule))
            .filter(|speaker| !speaker.withdrawn && may_be_heard(truths, speaker));
        heard.clear();
        heard.extend(speaking);
        if heard.is_empty() {
            continue;
        }
        given.clear();
        verdicts_of(program, truths, &heard, &mut given);
        given.compact_sort_by_key(|(verdict, ..)| verdict.caution());
        if given.len() > 1 {
            let verdicts = given
                .iter()
                .map(|(verdict, rules, _)| (*verdict, rules.clone()))
                .collect();
            conflicts.push(VerdictConflict {
                advice: advice_index,
                verdicts,
            });
        }
        if let Some((verdict, rules, nearly)) = given.drain(..).next() {
            let mut subject_to: Vec<RuleIndex> = Vec::new();
            for rule in &rules {
                if speakers
                    .get(*rule)
                    .is_some_and(|speaker| speaker.own_exception_open)
                {
                    subject_to.push(*rule);
                }
                subject_to.extend(overridden.perhaps.get(rule).into_iter().flatten());
            }
            items.push(Item {
                advice: advice_index,
                verdict,
                rules,
                subject_to,
                nearly,
            });
        }
    }
    suppress(base, &overridden, speakers, items, conflicts)
}

/// Whether any condition of a rule may hold: the others change nothing, whatever is asked of them together.
fn may_be_heard(truths: &Truths<'_>, speaker: &Speaker) -> bool {
    let voices = speaker.voices.iter().map(|voice| voice.node);
    voices
        .chain(speaker.gated.map(|(live, _)| live))
        .any(|node| truths.kleene(node) != Truth::False)
}

/// A verdict, the rules that give it, and whether a clock stands between the ends of a vague limit.
type Given = (Verdict, Vec<RuleIndex>, bool);

/// The verdicts of one advice id: each verdict's rules count as one condition.
fn verdicts_of(program: &Program, truths: &Truths<'_>, heard: &[Speaker], given: &mut Vec<Given>) {
    let spoken = heard
        .iter()
        .flat_map(|speaker| speaker.voices.iter())
        .fold(0u16, |spoken, voice| spoken | 1 << voice.verdict.code());
    let spoken = |verdict: &Verdict| spoken >> verdict.code() & 1 == 1;
    for verdict in Verdict::ALL.into_iter().filter(spoken) {
        let voices = voices_of(heard, verdict).map(|(rule, voice)| (rule, voice.node, voice.nearly));
        if truths.surely_any(&mut voices.clone().map(|(_, node, _)| node)) {
            let (mut rules, nearly) = saying(truths, voices);
            rules.dedup();
            given.push((verdict, rules, nearly));
        }
    }
    let waiting = waiting(truths, heard);
    if truths.surely_any(&mut waiting.clone().map(|(_, live)| live)) {
        let waiting = waiting.map(|(rule, live)| (rule, live, nearly_open(program, truths, rule)));
        let (rules, nearly) = saying(truths, waiting);
        given.push((Verdict::Defer, rules, nearly));
    }
}

/// The voices of one verdict among those that are heard.
pub(crate) fn voices_of(
    heard: &[Speaker],
    verdict: Verdict,
) -> impl Iterator<Item = (RuleIndex, Voice)> + Clone + '_ {
    heard
        .iter()
        .flat_map(|speaker| speaker.voices.iter().map(|voice| (speaker.rule, *voice)))
        .filter(move |(_, voice)| voice.verdict == verdict)
}

/// The rules behind a gate that may be shut, each with the node that says whether it is live. A gate that is
/// surely open leaves it to the rule's verdict.
pub(crate) fn waiting<'a>(
    judge: &'a impl Judge,
    heard: &'a [Speaker],
) -> impl Iterator<Item = (RuleIndex, NodeId)> + Clone + 'a {
    heard
        .iter()
        .filter_map(|speaker| speaker.gated.map(|(live, shut)| (speaker.rule, live, shut)))
        .filter(|(.., shut)| judge.of(*shut) != Truth::False)
        .map(|(rule, live, _)| (rule, live))
}

/// Those that surely say it, and whether all of them only nearly do; all that may, when only together they surely do.
fn saying(
    truths: &Truths<'_>,
    voices: impl Iterator<Item = (RuleIndex, NodeId, bool)> + Clone,
) -> (Vec<RuleIndex>, bool) {
    let (mut rules, mut nearly) = (Vec::new(), true);
    let mut left = voices.clone();
    while let Some((rule, ..)) = left.clone().next() {
        // Voices of one rule stand together.
        let of_rule = left.clone().take_while(move |(other, ..)| *other == rule);
        let before = rules.len();
        add_those(truths, of_rule.clone(), Truth::True, (&mut rules, &mut nearly));
        // A rule may say it for two reasons, as within its window and near its end, of which one surely holds.
        let count = of_rule.clone().count();
        if rules.len() == before
            && count > 1
            && truths.surely_any(&mut of_rule.clone().map(|(_, node, _)| node))
        {
            add_those(truths, of_rule, Truth::Unknown, (&mut rules, &mut nearly));
        }
        left.nth(count - 1);
    }
    if rules.is_empty() {
        add_those(truths, voices, Truth::Unknown, (&mut rules, &mut nearly));
    }
    (rules, nearly)
}

/// Adds the rules of these voices that hold at least so surely.
fn add_those(
    truths: &Truths<'_>,
    voices: impl Iterator<Item = (RuleIndex, NodeId, bool)>,
    least: Truth,
    (rules, nearly): (&mut Vec<RuleIndex>, &mut bool),
) {
    for (rule, _, voice_nearly) in voices.filter(|(_, node, _)| truths.of(*node) >= least) {
        rules.push(rule);
        *nearly &= voice_nearly;
    }
}

fn nearly_open(program: &Program, truths: &Truths<'_>, rule: RuleIndex) -> bool {
    program
        .rules
        .get(rule.index())
        .and_then(|program| program.nearly)
        .is_some_and(|nearly| truths.of(nearly) == Truth::True)
}

/// A set of rules.
#[derive(Clone, Debug, Default)]
pub(crate) struct RuleSet {
    words: Vec<u64>,
}

impl RuleSet {
    /// Takes all rules out, of so many.
    pub(crate) fn clear(&mut self, rules: usize) {
        self.words.clear();
        self.words.resize(rules.div_ceil(64), 0);
    }

    pub(crate) fn has(&self, rule: RuleIndex) -> bool {
        self.words
            .get(rule.index() / 64)
            .is_some_and(|word| word >> (rule.index() % 64) & 1 == 1)
    }

    pub(crate) fn add(&mut self, rule: RuleIndex) {
        if let Some(word) = self.words.get_mut(rule.index() / 64) {
            *word |= 1 << (rule.index() % 64);
        }
    }
}

/// A rule gives way when a rule that overrides it surely speaks and has not given way itself. One that may
/// still have to give way stands meanwhile, and acts. `live` tells of a rule whether it speaks; `perhaps` is
/// told of rules that may have to give way, and to which.
pub(crate) fn give_way(
    base: &CheckedBase,
    program: &Program,
    live: impl Fn(RuleIndex) -> Truth,
    gone: &mut RuleSet,
    mut perhaps: impl FnMut(RuleIndex, RuleIndex),
) {
    for rule in &program.precedence {
        let live = if gone.has(*rule) {
            Truth::False
        } else {
            live(*rule)
        };
        let lower = base
            .rules
            .get(rule.index())
            .map_or(&[][..], |rule| &rule.overrides);
        for lower in lower.iter().filter(|_| live != Truth::False) {
            if live == Truth::True {
                gone.add(*lower);
            } else {
                perhaps(*lower, *rule);
            }
        }
    }
}

/// What precedence does to rules.
#[derive(Default)]
struct Overridden {
    /// Those that give way.
    gone: RuleSet,
    /// Those that may have to, and to which. Those that are gone may stand here too.
    perhaps: HashMap<RuleIndex, Vec<RuleIndex>>,
}

fn overridden(base: &CheckedBase, program: &Program, speakers: &Speakers) -> Overridden {
    let mut overridden = Overridden::default();
    overridden.gone.clear(base.rules.len());
    let perhaps = &mut overridden.perhaps;
    give_way(
        base,
        program,
        |rule| speakers.get(rule).map_or(Truth::False, |speaker| speaker.live),
        &mut overridden.gone,
        |lower, by| perhaps.entry(lower).or_default().push(by),
    );
    overridden
}

/// Whether a rule takes away a verdict of an advice id.
pub(crate) fn silences(
    base: &CheckedBase,
    by: RuleIndex,
    suppresses: &Suppresses,
    advice: AdviceIndex,
    verdict: Verdict,
) -> bool {
    verdict != Verdict::Emergency
        && base
            .rules
            .get(by.index())
            .is_none_or(|rule| rule.advice != advice)
        && match suppresses {
            Suppresses::Everything => true,
            Suppresses::Advice(silenced) => silenced.contains(&advice),
        }
}

/// Takes away what is silenced, and marks what could still be.
fn suppress(
    base: &CheckedBase,
    overridden: &Overridden,
    speakers: Speakers,
    items: Vec<Item>,
    conflicts: Vec<VerdictConflict>,
) -> Outcome {
    let mut acting: Vec<(RuleIndex, &Suppresses)> = Vec::new();
    let mut possible: Vec<(RuleIndex, &Suppresses)> = Vec::new();
    for speaker in speakers.iter() {
        if let Some(suppresses) = base
            .rules
            .get(speaker.rule.index())
            .and_then(|rule| rule.suppresses.as_ref())
        {
            let live = if overridden.gone.has(speaker.rule) {
                Truth::False
            } else {
                speaker.live
            };
            match live {
                Truth::True => acting.push((speaker.rule, suppresses)),
                Truth::Unknown => possible.push((speaker.rule, suppresses)),
                Truth::False => {}
            }
        }
    }
    acting.compact_sort_by_key(|(rule, _)| order_of_rule(base, *rule));
    let silences = |suppresses: &Suppresses, by: RuleIndex, item: &Item| {
        silences(base, by, suppresses, item.advice, item.verdict)
    };
    let mut outcome = Outcome {
        conflicts,
        silenced_by: acting
            .iter()
            .find(|(_, suppresses)| matches!(suppresses, Suppresses::Everything))
            .map(|(rule, _)| *rule),
        ..Outcome::default()
    };
    for mut item in items {
        for (by, suppresses) in &possible {
            if silences(suppresses, *by, &item) {
                item.subject_to.push(*by);
            }
        }
        item.subject_to.compact_sort();
        item.subject_to.dedup();
        match acting
            .iter()
            .find(|(by, suppresses)| silences(suppresses, *by, &item))
        {
            Some((by, _)) => outcome.suppressed.push(SuppressedItem { item, by: *by }),
            None => outcome.items.push(item),
        }
    }
    outcome.speakers = speakers;
    outcome
}

/// The place of a rule's advice in the order of advice.
fn order_of_rule(base: &CheckedBase, rule: RuleIndex) -> (Verdict, u32, RuleIndex) {
    base.rules
        .get(rule.index())
        .map_or((Verdict::Inform, u32::MAX, rule), |found| {
            (
                found.verdict,
                base.advice
                    .get(found.advice.index())
                    .map_or(u32::MAX, |advice| advice.rank),
                rule,
            )
        })
}
