//! Proofs against brute force, on random small packs: what is proved holds of every case that the reference
//! evaluator is given, and what is refuted is refuted by the case shown.
//!
//! Every run draws the same packs. `PROPTEST_CASES` (256 is one times) draws more, `PROPTEST_RNG_SEED` others.
#![cfg(feature = "prove")]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use liniment::prove::{ProofAnswer, Proofs};
use liniment::{KnowledgeBase, Source, Verdict};
use liniment_reference::evaluate::{Outcome, outcome};
use liniment_reference::generate::Trial;
use liniment_reference::model::{Base, Case, Kind, Stated, Value};
use liniment_reference::print::TimeStyle;
use liniment_reference::questions::questions;
use liniment_reference::strategy::trials;
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestCaseError, TestRunner};

const OPEN: [Verdict; 2] = [Verdict::Recommend, Verdict::Optional];
/// More complete cases than this are not tried one by one.
const MOST_COMPLETE: usize = 400;
const BUDGET: u64 = 1_000;

/// Promises about one pack; each kind once.
struct Promises {
    /// `Never`: this id with this verdict, and this yes-or-no fact when there is one.
    never: (String, Verdict, Option<usize>),
    /// `Implies`: whenever the first is open the second has a verdict.
    implies: (String, String),
    /// `OnceOpenStaysOpen`.
    stays_open: String,
    /// `ForgettingNeverOpens`.
    forgetting: Vec<String>,
    /// `Expect`: this yes-or-no fact.
    expect: Option<usize>,
}

impl Promises {
    fn of(base: &Base, seed: u64) -> Promises {
        let ids: Vec<String> = base.rules.iter().map(|rule| rule.advice.clone()).collect();
        let mut seed = seed;
        let mut below = |end: usize| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(seed >> 33).unwrap_or(0) % end.max(1)
        };
        let yes_no: Vec<usize> = (0..base.facts.len())
            .filter(|fact| matches!(base.facts[*fact].kind, Kind::YesNo))
            .collect();
        let rule = below(base.rules.len());
        Promises {
            never: (
                ids[rule].clone(),
                base.rules[rule].verdict(),
                (!yes_no.is_empty() && below(2) == 0).then(|| yes_no[below(yes_no.len())]),
            ),
            implies: (ids[below(ids.len())].clone(), ids[below(ids.len())].clone()),
            stays_open: ids[below(ids.len())].clone(),
            forgetting: vec![ids[below(ids.len())].clone()],
            expect: (!yes_no.is_empty()).then(|| yes_no[below(yes_no.len())]),
        }
    }

    fn text(&self, base: &Base) -> String {
        let row = |fact: Option<usize>| {
            fact.map_or_else(String::new, |fact| format!("\"{}\": Yes, ", base.facts[fact].id))
        };
        let (id, verdict, fact) = &self.never;
        let mut statements = vec![
            format!("Never({{{}\"{id}\": Gives([\"{verdict}\"])}})", row(*fact)),
            format!(
                "Implies({{\"{}\": Gives([\"recommend\", \"optional\"])}}, {{\"{}\": {}}})",
                self.implies.0,
                self.implies.1,
                any()
            ),
            format!("OnceOpenStaysOpen(\"{}\")", self.stays_open),
            format!("ForgettingNeverOpens([\"{}\"])", self.forgetting.join("\", \"")),
        ];
        statements.extend(
            self.expect
                .map(|fact| format!("Expect({{\"{}\": Yes}})", base.facts[fact].id)),
        );
        format!("[\n{}\n]", statements.join(",\n"))
    }
}

/// Any verdict at all.
fn any() -> String {
    let names: Vec<String> = Verdict::ALL
        .iter()
        .map(|verdict| format!("\"{verdict}\""))
        .collect();
    format!("Gives([{}])", names.join(", "))
}

fn is_yes(base: &Base, case: &Case, fact: usize) -> bool {
    base.possible(case)[fact] == [Value::YesNo(true)]
}

fn stands(said: &Outcome, id: &str) -> Option<Verdict> {
    let suppressed = || said.suppressed.get(id).map(|(verdict, _)| *verdict);
    said.items.get(id).map(|item| item.verdict).or_else(suppressed)
}

fn is_open(said: &Outcome, ids: &[String]) -> bool {
    ids.iter()
        .any(|id| stands(said, id).is_some_and(|verdict| OPEN.contains(&verdict)))
}

fn breaks_never(base: &Base, promises: &Promises, case: &Case, said: &Outcome) -> bool {
    let (id, verdict, fact) = &promises.never;
    fact.is_none_or(|fact| is_yes(base, case, fact))
        && said.items.get(id).is_some_and(|item| item.verdict == *verdict)
}

fn breaks_implies(promises: &Promises, said: &Outcome) -> bool {
    let (first, second) = &promises.implies;
    let open = said
        .items
        .get(first)
        .is_some_and(|item| OPEN.contains(&item.verdict));
    open && !said.items.contains_key(second)
}

fn breaks_expect(base: &Base, promises: &Promises, case: &Case, said: &Outcome) -> bool {
    promises.expect.is_some_and(|fact| is_yes(base, case, fact)) && said.items.is_empty()
}

fn build(base: &Base, promises: &Promises) -> Result<KnowledgeBase, TestCaseError> {
    let mut packs = base.files(None);
    if let Some(last) = packs.last_mut() {
        last.push(("promises.ron".to_owned(), promises.text(base)));
    }
    let builder = packs
        .into_iter()
        .fold(KnowledgeBase::builder(), |builder, files| {
            builder.pack(Source::files(files))
        });
    builder
        .build()
        .map(|(kb, _)| kb)
        .map_err(|_| TestCaseError::reject("the pack is refused"))
}

fn answer(proofs: &Proofs, question: &str) -> Option<ProofAnswer> {
    let asked = proofs
        .questions()
        .iter()
        .find(|asked| asked.question.starts_with(question));
    asked.map(|asked| asked.answer)
}

/// The facts of the case that a finding of this code and these words shows.
fn shown_case(kb: &KnowledgeBase, proofs: &Proofs, code: &str, message: &str) -> liniment::Case {
    let found = proofs
        .diagnostics()
        .iter()
        .find(|found| found.code == code && found.message.contains(message))
        .unwrap_or_else(|| panic!("no finding {code} {message}"));
    let witness = found.witness.as_deref().unwrap();
    let statement = witness.lines().last().unwrap();
    let from = statement.find("facts: ").unwrap() + "facts: ".len();
    let mut depth = 0;
    let end = statement[from..]
        .char_indices()
        .find_map(|(at, letter)| {
            match letter {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            (depth == 0).then_some(from + at + 1)
        })
        .unwrap();
    kb.case_from_ron(&statement[from..end]).unwrap()
}

fn listed(kb: &KnowledgeBase, case: &liniment::Case) -> BTreeMap<String, Verdict> {
    let advice = kb.advise(case).unwrap();
    advice
        .items()
        .iter()
        .map(|item| (item.id.clone(), item.verdict))
        .collect()
}

fn complete_cases(base: &Base) -> Vec<Case> {
    let nothing: Case = base.facts.iter().map(|_| Stated::Nothing).collect();
    let possible = base.possible(&nothing);
    let count: usize = possible.iter().map(Vec::len).product();
    if count > MOST_COMPLETE {
        return Vec::new();
    }
    let mut cases: Vec<Case> = vec![Vec::new()];
    for values in &possible {
        cases = cases
            .iter()
            .flat_map(|case| {
                values.iter().map(move |value| {
                    let mut case = case.clone();
                    case.push(Stated::Value(*value));
                    case
                })
            })
            .collect();
    }
    cases
}

/// The same case later: every clock that has a value has moved on.
fn later(base: &Base, case: &Case, by: i64) -> Case {
    let is_clock = |fact: usize| matches!(base.facts[fact].kind, Kind::Clock { .. });
    case.iter()
        .enumerate()
        .map(|(fact, stated)| match stated {
            Stated::Value(Value::Ordered(value)) if is_clock(fact) => {
                Stated::Value(Value::Ordered(value.saturating_add(by)))
            }
            other => other.clone(),
        })
        .collect()
}

fn for_all(count: u32, test: impl Fn(&Trial) -> Result<(), TestCaseError>) {
    let drawn = ProptestConfig::default();
    let rng_seed = if drawn.rng_seed == RngSeed::Random {
        RngSeed::Fixed(20_261_127)
    } else {
        drawn.rng_seed
    };
    let config = ProptestConfig {
        cases: count * drawn.cases / 256,
        failure_persistence: None,
        max_shrink_iters: 300,
        rng_seed,
        ..drawn
    };
    if let Err(error) = TestRunner::new(config).run(&trials(12), |trial| test(&trial)) {
        let message = error.to_string();
        panic!(
            "{}",
            message
                .split("\nminimal failing input")
                .next()
                .unwrap_or(&message)
        );
    }
}

fn shown(base: &Base, promises: &Promises, case: &Case) -> String {
    let files: Vec<String> = base
        .files(None)
        .into_iter()
        .flatten()
        .map(|(_, text)| text)
        .collect();
    format!(
        "{}\n{}\ncase: {}",
        files.join("\n"),
        promises.text(base),
        base.case_json(case, TimeStyle::Mixed, false)
    )
}

#[test]
fn promises_agree_with_brute_force() {
    let (decided, undecided) = (Cell::new(0usize), Cell::new(0usize));
    for_all(25, |trial| {
        let base = &trial.base;
        let promises = Promises::of(base, trial.seed);
        let kb = build(base, &promises)?;
        let proofs = kb.prove(BUDGET);
        decided.set(decided.get() + proofs.counts().proved + proofs.counts().counterexample);
        undecided.set(undecided.get() + proofs.counts().undecided);
        let cases: Vec<Case> = complete_cases(base)
            .into_iter()
            .chain(trial.cases.iter().cloned())
            .collect();
        let said: Vec<Outcome> = cases
            .iter()
            .map(|case| outcome(base, &base.possible(case)))
            .collect();
        let is_proved = |question: &str| answer(&proofs, question) == Some(ProofAnswer::Proved);
        for (case, said) in cases.iter().zip(&said) {
            let broken = [
                ("`Never` 1", breaks_never(base, &promises, case, said)),
                ("`Implies` 1", breaks_implies(&promises, said)),
                ("`Expect` 1", breaks_expect(base, &promises, case, said)),
            ];
            for (question, broken) in broken {
                prop_assert!(
                    !broken || !is_proved(question),
                    "{question} is called proved\n{}",
                    shown(base, &promises, case)
                );
            }
            for id in said.conflicts.keys() {
                let silenced = said.suppressed.contains_key(id);
                prop_assert!(
                    silenced || !is_proved(&format!("`{id}` never gets two verdicts at once")),
                    "{id} gets two verdicts\n{}",
                    shown(base, &promises, case)
                );
            }
        }
        let runs = base
            .facts
            .iter()
            .all(|fact| !matches!(fact.kind, Kind::Clock { runs_while: Some(_) }));
        let stays = std::slice::from_ref(&promises.stays_open);
        for (case, said) in cases.iter().zip(&said) {
            if runs && is_open(said, stays) && is_proved("`OnceOpenStaysOpen` 1") {
                for by in [
                    1,
                    90_000_000,
                    300_000_000,
                    86_400_000_000,
                    172_800_000_000,
                    345_600_000_000,
                ] {
                    let case = later(base, case, by);
                    let then = outcome(base, &base.possible(&case));
                    let shut =
                        stands(&then, &promises.stays_open).is_none_or(|verdict| verdict == Verdict::Defer);
                    prop_assert!(
                        !shut,
                        "`{}` shuts\n{}",
                        promises.stays_open,
                        shown(base, &promises, &case)
                    );
                }
            }
            if !is_open(said, &promises.forgetting) && is_proved("`ForgettingNeverOpens` 1") {
                for fact in 0..case.len() {
                    let mut less = case.clone();
                    less[fact] = Stated::Nothing;
                    let opens = is_open(&outcome(base, &base.possible(&less)), &promises.forgetting);
                    prop_assert!(
                        !opens,
                        "forgetting `{}` opens it\n{}",
                        base.facts[fact].id,
                        shown(base, &promises, case)
                    );
                }
            }
        }
        // What is refuted is refuted by the case shown.
        let refuted = |question: &str| answer(&proofs, question) == Some(ProofAnswer::Counterexample);
        if refuted("`Never` 1") {
            let said = listed(&kb, &shown_case(&kb, &proofs, "L0512", "`Never`"));
            prop_assert_eq!(said.get(&promises.never.0), Some(&promises.never.1));
        }
        if refuted("`Implies` 1") {
            let said = listed(&kb, &shown_case(&kb, &proofs, "L0512", "`Implies`"));
            prop_assert!(
                said.get(&promises.implies.0)
                    .is_some_and(|verdict| OPEN.contains(verdict))
            );
            prop_assert!(!said.contains_key(&promises.implies.1));
        }
        if refuted("`Expect` 1") {
            let said = listed(&kb, &shown_case(&kb, &proofs, "L0504", ""));
            prop_assert!(said.is_empty());
        }
        Ok(())
    });
    assert!(
        undecided.get() * 50 <= decided.get(),
        "{} undecided, {} decided",
        undecided.get(),
        decided.get()
    );
}

/// The facts that could still change a verdict by two different answers, `ask_when` apart.
fn two_answers_differ(base: &Base, case: &Case, fact: usize) -> bool {
    let possible = base.possible(case);
    let worlds: BTreeSet<Vec<Value>> = base
        .worlds(&possible)
        .into_iter()
        .map(|world| world.values)
        .collect();
    let mut by_others: BTreeMap<Vec<Value>, BTreeMap<String, Verdict>> = BTreeMap::new();
    worlds.into_iter().any(|values| {
        let said = outcome(base, &values.iter().map(|value| vec![*value]).collect()).verdicts();
        let mut others = values;
        others.remove(fact);
        by_others.entry(others).or_insert_with(|| said.clone()) != &said
    })
}

#[test]
fn what_matters_agrees_with_brute_force() {
    let interviews = Cell::new(0usize);
    for_all(25, |trial| {
        let base = &trial.base;
        let promises = Promises::of(base, trial.seed);
        let kb = build(base, &promises)?;
        let proofs = kb.prove(BUDGET);
        let complete = complete_cases(base);
        let said: Vec<Outcome> = complete
            .iter()
            .map(|case| outcome(base, &base.possible(case)))
            .collect();
        let all: Vec<(&Case, Outcome)> = complete
            .iter()
            .zip(said)
            .chain(
                trial
                    .cases
                    .iter()
                    .map(|case| (case, outcome(base, &base.possible(case)))),
            )
            .collect();
        // A rule that can never speak is behind no verdict.
        for rule in &base.rules {
            if answer(&proofs, &format!("`{}` speaks in some case", rule.id))
                == Some(ProofAnswer::Counterexample)
            {
                for (case, said) in &all {
                    let speaks = said.items.get(&rule.advice).is_some_and(|item| {
                        item.rules.iter().any(|number| base.rules[*number].id == rule.id)
                    });
                    prop_assert!(!speaks, "`{}` speaks\n{}", rule.id, shown(base, &promises, case));
                }
            }
        }
        // The answer to an idle fact changes no verdict and no cause, however little else is known.
        for (number, fact) in base.facts.iter().enumerate() {
            let question = format!("the answer to `{}` changes something", fact.id);
            if answer(&proofs, &question) != Some(ProofAnswer::Counterexample) {
                continue;
            }
            for (case, said) in &all {
                for value in &base.possible(&base.facts.iter().map(|_| Stated::Nothing).collect())[number] {
                    let mut other = (*case).clone();
                    other[number] = Stated::Value(*value);
                    let then = outcome(base, &base.possible(&other));
                    prop_assert!(
                        then.verdicts() == said.verdicts() && then.causes == said.causes,
                        "`{}` changes something\n{}",
                        fact.id,
                        shown(base, &promises, case)
                    );
                }
            }
        }
        // An interview does not end while two answers to some fact would give different verdicts.
        let asking: Vec<usize> = (0..base.facts.len())
            .filter(|fact| base.facts[*fact].ask_when.is_some())
            .collect();
        let in_time = asking.iter().all(|fact| {
            let question = format!("`{}` is asked wherever it matters", base.facts[*fact].id);
            // A fact on which nothing hangs is not asked about.
            answer(&proofs, &question).is_none_or(|answer| answer == ProofAnswer::Proved)
        });
        if in_time {
            for case in &trial.cases {
                let case: Case = case
                    .iter()
                    .map(|stated| match stated {
                        Stated::Declined => Stated::Nothing,
                        other => other.clone(),
                    })
                    .collect();
                if base.count_worlds(&base.possible(&case)) > 150 || !questions(base, &case).is_empty() {
                    continue;
                }
                for fact in &asking {
                    interviews.set(interviews.get() + 1);
                    prop_assert!(
                        !two_answers_differ(base, &case, *fact),
                        "`{}` is never asked\n{}",
                        base.facts[*fact].id,
                        shown(base, &promises, &case)
                    );
                }
            }
        }
        Ok(())
    });
    assert!(
        interviews.get() > 5,
        "only {} interviews were tried",
        interviews.get()
    );
}
