//! The circuits against the evaluator, and the built-in packs.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]

use std::time::Instant;

use batsat::Lit;
use proptest::prelude::*;

use super::BUDGET;
use super::claim::{Claim, Replay, World};
use super::gates::Found;
use super::scene::{Scene, segment_count};
use super::search::Prover;
use super::values::value_of;
use crate::cells::VariableIndex;
use crate::check::base::{AdviceIndex, FactIndex, RuleIndex};
use crate::knowledge_base::KnowledgeBase;
use crate::verdict::Verdict;

fn calf() -> KnowledgeBase {
    KnowledgeBase::builder()
        .pack(liniment_rules::calf_cramps())
        .build()
        .unwrap_or_else(|error| panic!("{error}"))
        .0
}

fn both() -> KnowledgeBase {
    let builder = KnowledgeBase::builder()
        .pack(liniment_rules::calf_cramps())
        .pack(liniment_rules::leg_red_flags());
    builder.build().unwrap_or_else(|error| panic!("{error}")).0
}

fn flags() -> KnowledgeBase {
    KnowledgeBase::builder()
        .pack(liniment_rules::leg_red_flags())
        .build()
        .unwrap_or_else(|error| panic!("{error}"))
        .0
}

fn assert_clean(kb: &KnowledgeBase) {
    let begin = Instant::now();
    let proofs = kb.prove(BUDGET);
    let lines: Vec<String> = proofs
        .diagnostics()
        .iter()
        .map(|found| {
            format!(
                "{} {}\n    {}\n    {}",
                found.code,
                found.message,
                found.help.clone().unwrap_or_default(),
                found.witness.clone().unwrap_or_default()
            )
        })
        .collect();
    println!(
        "{:?} {:?}\n{}",
        begin.elapsed(),
        proofs.counts(),
        lines.join("\n")
    );
    assert!(proofs.diagnostics().is_empty(), "{}", lines.join("\n"));
}

#[test]
fn the_calf_pack_proves_clean() {
    assert_clean(&calf());
}

#[test]
fn the_red_flags_prove_clean() {
    assert_clean(&flags());
}

#[test]
fn both_packs_prove_clean() {
    assert_clean(&both());
}

/// Every claim of a case, and whether the evaluator says so.
fn claims(kb: &KnowledgeBase, replay: &Replay<'_>) -> Vec<(Claim, bool)> {
    let mut claims = Vec::new();
    for advice in (0..kb.base().advice.len()).map(AdviceIndex::new) {
        for verdict in Verdict::ALL {
            claims.push(Claim::Listed(advice, vec![verdict]));
            claims.push(Claim::Stands(advice, vec![verdict]));
            claims.push(Claim::Given(advice, verdict));
        }
    }
    for rule in (0..kb.base().rules.len()).map(RuleIndex::new) {
        claims.push(Claim::Live(rule));
        claims.push(Claim::Acts(rule));
    }
    claims
        .into_iter()
        .map(|claim| (claim.clone(), replay.is(&claim)))
        .collect()
}

/// The circuits allow what the evaluator says of a random case; of a complete one, nothing else.
fn agrees(
    prover: &mut Prover<'_>,
    kb: &KnowledgeBase,
    draws: &[u8],
    complete: bool,
) -> Result<(), TestCaseError> {
    let cells = &kb.program().cells;
    let mut draws = draws.iter().copied().cycle();
    let mut draw = || usize::from(draws.next().unwrap_or(0));
    let chosen: Vec<Vec<bool>> = (0..cells.variables.len())
        .map(|position| {
            let count = segment_count(cells, VariableIndex(u32::try_from(position).unwrap()));
            let known = draw() % count;
            let partial = !complete && draw() % 3 == 0;
            (0..count)
                .map(|segment| segment == known || partial && draw() % 3 > 0)
                .collect()
        })
        .collect();
    let mut case = kb.case();
    for (position, fact) in kb.base().facts.iter().enumerate() {
        let index = FactIndex::new(position);
        let possible: Vec<Vec<bool>> = cells
            .variables_of(index)
            .map(|variable| chosen[variable.index()].clone())
            .collect();
        case.put(index, value_of(cells, index, fact, &possible));
    }
    let fixed: Vec<Lit> = prover.scenes[0]
        .segments
        .iter()
        .flatten()
        .zip(chosen.iter().flatten())
        .map(|(lit, possible)| if *possible { *lit } else { !*lit })
        .collect();
    let said = {
        let replay = Replay::of(&prover.worlds[0], &case);
        // Part by part it says what it says of everything at once.
        let whole = replay.outcome();
        for advice in (0..kb.base().advice.len()).map(AdviceIndex::new) {
            let listed = whole.items.iter().find(|item| item.advice == advice);
            prop_assert_eq!(replay.listed(advice), listed.map(|item| item.verdict));
        }
        claims(kb, &replay)
    };
    let lits: Vec<Lit> = said
        .iter()
        .map(|(claim, so)| {
            if *so {
                prover.put(0, claim)
            } else {
                !prover.put(0, claim)
            }
        })
        .collect();
    let allowed: Vec<Lit> = fixed.iter().copied().chain(lits.iter().copied()).collect();
    if prover.gates.search(&allowed, BUDGET) != Found::Model {
        let wrong: Vec<&(Claim, bool)> = said
            .iter()
            .zip(&lits)
            .filter(|(_, lit)| {
                let one: Vec<Lit> = fixed.iter().copied().chain([**lit]).collect();
                prover.gates.search(&one, BUDGET) != Found::Model
            })
            .map(|(said, _)| said)
            .collect();
        return Err(TestCaseError::fail(format!(
            "the circuits forbid {wrong:?} in {}",
            case.to_json()
        )));
    }
    if complete {
        let other = prover.gates.and(lits.iter().copied());
        let otherwise: Vec<Lit> = fixed.iter().copied().chain([!other]).collect();
        prop_assert_eq!(
            prover.gates.search(&otherwise, BUDGET),
            Found::Nothing,
            "the circuits allow something else in {}",
            case.to_json()
        );
    }
    Ok(())
}

#[test]
fn circuits_say_what_the_evaluator_says() {
    for kb in [calf(), both()] {
        let mut prover = Prover::new(vec![World::new(&kb)], BUDGET);
        let scene = Scene::new(&mut prover.gates, 0, &kb.program().cells);
        prover.add_scene(scene);
        let prover = std::cell::RefCell::new(prover);
        let config = ProptestConfig {
            cases: 60,
            failure_persistence: None,
            max_shrink_iters: 0,
            ..ProptestConfig::default()
        };
        let strategy = (proptest::collection::vec(any::<u8>(), 64..256), any::<bool>());
        let outcome = proptest::test_runner::TestRunner::new(config).run(&strategy, |(draws, complete)| {
            agrees(&mut prover.borrow_mut(), &kb, &draws, complete)
        });
        if let Err(error) = outcome {
            panic!("{error}");
        }
    }
}
