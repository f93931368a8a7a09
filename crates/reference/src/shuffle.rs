//! The same packs with every list whose order means nothing in another order.

use crate::model::{Base, Body, Condition, Kind, Rule, Suppresses, Test};
use crate::random::Random;

impl Base {
    /// The rows of conditions, the entries of rows, the options of tests, the parts of definitions, and the
    /// ids that rules name, each list shuffled. Reasons and alternatives keep their order, which is shown.
    pub fn shuffled(&self, seed: u64) -> Base {
        let mut random = Random::new(seed);
        let random = &mut random;
        let mut base = self.clone();
        for fact in &mut base.facts {
            condition(fact.ask_when.as_mut(), random);
            if let Kind::Clock { runs_while } = &mut fact.kind {
                condition(runs_while.as_mut(), random);
            }
        }
        for definition in &mut base.definitions {
            match &mut definition.body {
                Body::When(when) => condition(Some(when), random),
                Body::Count { of, .. } => {
                    of.iter_mut().for_each(|part| condition(Some(part), random));
                    mix(of, random);
                }
                Body::Score(points) => {
                    points
                        .iter_mut()
                        .for_each(|(_, part)| condition(Some(part), random));
                    mix(points, random);
                }
            }
        }
        for cause in &mut base.causes {
            condition(cause.when.as_mut(), random);
            condition(cause.except.as_mut(), random);
        }
        base.rules.iter_mut().for_each(|of| rule(of, random));
        base
    }
}

fn rule(rule: &mut Rule, random: &mut Random) {
    for part in [
        &mut rule.when,
        &mut rule.except,
        &mut rule.shown_unless,
        &mut rule.unless,
        &mut rule.shut_while,
        &mut rule.never_when,
    ] {
        condition(part.as_mut(), random);
    }
    for reason in &mut rule.reasons {
        condition(Some(reason), random);
    }
    mix(&mut rule.overrides, random);
    mix(&mut rule.yields_to, random);
    mix(&mut rule.outside, random);
    mix(&mut rule.limits, random);
    mix(&mut rule.beside, random);
    match &mut rule.suppresses {
        Some(Suppresses::Only(ids)) => mix(ids, random),
        Some(Suppresses::Phases(phases)) => mix(phases, random),
        Some(Suppresses::Everything) | None => {}
    }
}

fn condition(condition: Option<&mut Condition>, random: &mut Random) {
    let Some(rows) = condition else { return };
    for row in rows.iter_mut() {
        row.iter_mut().for_each(|(_, of)| test(of, random));
        mix(row, random);
    }
    mix(rows, random);
}

fn test(of: &mut Test, random: &mut Random) {
    match of {
        Test::OneOf(list)
        | Test::NoneOf(list)
        | Test::Includes(list)
        | Test::Only(list)
        | Test::Exactly(list)
        | Test::AnyOf(list) => mix(list, random),
        Test::All(tests) => {
            tests.iter_mut().for_each(|part| test(part, random));
            mix(tests, random);
        }
        _ => {}
    }
}

fn mix<T>(list: &mut [T], random: &mut Random) {
    for last in (1..list.len()).rev() {
        list.swap(last, random.below(last + 1));
    }
}
