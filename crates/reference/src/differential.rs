//! One random pack with its cases, asked in every way there is.

use std::fmt;

use liniment::{FactInfo, FactType, KnowledgeBase};
use serde_json::{Map, Value as Json, json};

use crate::at_once::{instructions_agree, narrower, rows_agree};
use crate::compare::{advise, agreement, build, build_for, shown};
use crate::frames::CaseJson;
use crate::generate::Trial;
use crate::print::{TIME_STYLES, TimeStyle};
use crate::random::Random;

/// What was compared.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Packs that the engine took.
    pub packs: u64,
    /// Packs that it refused, in every order alike.
    pub refused: u64,
    /// Pairs of a pack and a case on which engine and reference agreed.
    pub pairs: u64,
    /// Rows of frames on which a batch said what the case gets alone.
    pub rows: u64,
    /// Cases whose verdicts were compared between the languages of the built-in packs.
    pub languages: u64,
    pub differences: u64,
}

impl fmt::Display for Tally {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "{} packs ({} more refused), {} pairs of pack and case, {} rows of frames, {} cases in two languages: \
             {} differences",
            self.packs, self.refused, self.pairs, self.rows, self.languages, self.differences
        )
    }
}

/// The pack of this number, with so many cases: engine against reference, before and after shuffling
/// packs, files, statements, facts and the lists in them, with times written in every way, with every set of
/// instructions, and as rows of a frame.
pub fn one_pack(seed: u64, number: u64, cases: usize, tally: &mut Tally) -> Result<(), String> {
    let trial = Trial::of_number(seed, number, cases);
    let base = &trial.base;
    let mixed = base.shuffled(trial.seed);
    let (kb, shuffled) = match (build(base, None), build(&mixed, Some(trial.seed))) {
        (Ok(kb), Ok(shuffled)) => (kb, shuffled),
        (Err(_), Err(_)) => {
            tally.refused += 1;
            return Ok(());
        }
        (Err(error), Ok(_)) | (Ok(_), Err(error)) => {
            return Err(format!("refused in one order of statements only: {error}"));
        }
    };
    tally.packs += 1;
    for case in &trial.cases {
        let (advice, _) = agreement(&kb, base, case)?;
        let expected = advice.to_json();
        if advise(&shuffled, &mixed, case).to_json() != expected {
            return Err(format!("the order of statements matters\n{}", shown(base, case)));
        }
        let style = TIME_STYLES[usize::try_from(tally.pairs % 4).unwrap_or(0)];
        let backwards = base.case_json(case, style, true);
        let again = kb
            .case_from_json(&backwards)
            .and_then(|case| kb.advise(&case))
            .map_err(|error| error.to_string())?;
        if again.to_json() != expected {
            return Err(format!("another way to write the case matters: {backwards}"));
        }
        tally.pairs += 1;
    }
    let as_json = |case| serde_json::from_str(&base.case_json(case, TimeStyle::Mixed, false));
    let cases: Result<Vec<CaseJson>, _> = trial.cases.iter().map(as_json).collect();
    let cases = cases.map_err(|error| error.to_string())?;
    let mut kbs = vec![kb];
    for instructions in narrower() {
        kbs.push(build_for(base, None, instructions)?);
    }
    let mut alike = instructions_agree(&kbs, &cases);
    for kb in &kbs {
        alike = alike.and_then(|()| {
            tally.rows += rows_agree(kb, &cases)?;
            Ok(())
        });
    }
    alike.map_err(|difference| match trial.cases.first() {
        Some(case) => format!("{difference}\n{}", shown(base, case)),
        None => difference,
    })
}

/// Random cases of the built-in packs: but for their words, both languages say the same.
pub fn built_in_languages(seed: u64, cases: usize, tally: &mut Tally) -> Result<(), String> {
    let (kb, _) = KnowledgeBase::builder()
        .pack(liniment_rules::calf_cramps())
        .pack(liniment_rules::leg_red_flags())
        .build()
        .map_err(|error| error.to_string())?;
    let mut random = Random::new(seed);
    let facts = kb.facts();
    for _ in 0..cases {
        let case = case_of_facts(&facts, &mut random).to_string();
        let mut answers = Vec::new();
        for language in kb.languages() {
            let kb = kb.in_language(language).map_err(|error| error.to_string())?;
            let advice = kb.case_from_json(&case).and_then(|case| kb.advise(&case));
            let advice = advice.map_err(|error| format!("{case}: {error}"))?;
            let mut answer: Json =
                serde_json::from_str(&advice.to_json()).map_err(|error| error.to_string())?;
            without_words(&mut answer);
            answers.push(answer);
        }
        if answers.len() < 2 || answers.windows(2).any(|pair| pair[0] != pair[1]) {
            return Err(format!("{case}\n{answers:#?}"));
        }
        tally.languages += 1;
    }
    Ok(())
}

/// What stands in a result for people to read, rather than for programs.
const WORDS: [&str; 8] = [
    "lang", "text", "because", "ask", "steps", "dose", "label", "title",
];

/// Blanks all words; how many there are still counts.
fn without_words(json: &mut Json) {
    fn blank(json: &mut Json) {
        match json {
            Json::String(text) => text.clear(),
            Json::Array(list) => list.iter_mut().for_each(blank),
            Json::Object(fields) => fields.values_mut().for_each(blank),
            _ => {}
        }
    }
    match json {
        Json::Array(list) => list.iter_mut().for_each(without_words),
        Json::Object(fields) => {
            for (name, value) in fields {
                // The reasons of a question are ids.
                if WORDS.contains(&name.as_str()) {
                    blank(value);
                } else {
                    without_words(value);
                }
            }
        }
        _ => {}
    }
}

/// A case of any knowledge base: half of its facts left open, the others known, in part, or disputed.
pub fn case_of_facts(facts: &[FactInfo], random: &mut Random) -> Json {
    let mut case = Map::new();
    for fact in facts {
        let stated = match random.below(10) {
            0..=3 => continue,
            4 => json!({ "declined": true }),
            5 => {
                let (one, other) = (value(fact, random), value(fact, random));
                json!({ "reports": [{ "value": one, "source": "a" }, { "value": other, "source": "b" }] })
            }
            _ => value(fact, random),
        };
        case.insert(fact.id.clone(), stated);
    }
    Json::Object(case)
}

/// Times at which packs tend to change their minds, and others.
const TIMES: [&str; 12] = [
    "0s", "90s", "2min", "5min", "10min", "3h", "23h59min", "24h", "30h", "72h", "14d", "60d",
];

fn value(fact: &FactInfo, random: &mut Random) -> Json {
    match fact.kind {
        FactType::YesNo => json!(random.below(2) == 0),
        FactType::Choice | FactType::Scale => json!(fact.options[random.below(fact.options.len())].id),
        FactType::Several => {
            let chosen = fact.options.iter().filter(|_| random.below(3) == 0);
            json!(chosen.map(|option| option.id.as_str()).collect::<Vec<_>>())
        }
        FactType::Integer => json!(random.below(12)),
        FactType::Number => {
            let (from, to) = (fact.from.unwrap_or(0.0), fact.to.unwrap_or(100.0));
            let tenth = f64::from(u32::try_from(random.below(11)).unwrap_or(0)) / 10.0;
            json!(from + (to - from) * tenth)
        }
        FactType::Clock if random.below(12) == 0 => json!("never"),
        _ => json!(TIMES[random.below(TIMES.len())]),
    }
}
