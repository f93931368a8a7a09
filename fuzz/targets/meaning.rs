//! Random packs and cases through check, compile, evaluate and prove, against the reference evaluator.
#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use liniment_reference::compare::{advise, agreement, build};
use liniment_reference::generate::Trial;

/// Steps that one question of a proof may take.
const BUDGET: u64 = 50;

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let (numbers, _) = bytes.as_chunks::<2>();
    let numbers: Vec<u16> = numbers.iter().map(|pair| u16::from_le_bytes(*pair)).collect();
    // The first number tells how many of the others the pack takes.
    let Some((first, numbers)) = numbers.split_first() else {
        return Corpus::Reject;
    };
    let (pack, rest) = numbers.split_at(usize::from(*first).min(numbers.len()));
    let cases: Vec<Vec<u16>> = rest.chunks(60).take(4).map(<[u16]>::to_vec).collect();
    let trial = Trial::of_numbers(pack, &cases, u64::from(*first));
    let Ok(kb) = build(&trial.base, None) else {
        return Corpus::Keep;
    };
    let shuffled = build(&trial.base, Some(trial.seed)).expect("accepted in another order, too");
    for case in &trial.cases {
        match agreement(&kb, &trial.base, case) {
            Err(difference) => panic!("{difference}"),
            Ok((advice, _)) => assert_eq!(
                advice.to_json(),
                advise(&shuffled, &trial.base, case).to_json(),
                "the order of statements matters"
            ),
        }
    }
    kb.prove(BUDGET).to_text();
    Corpus::Keep
});
