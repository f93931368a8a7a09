//! What later stages rely on, asked of a base that was read: without it they might never end, or take bits of one fact for
//! those of another.

use crate::cells::{conditions_of, key_of, overlapping_quantities};
use crate::check::base::{
    CheckedBase, Condition, DefinitionBody, Fact, FactKind, Limit, Scalar, Test, Vague, Window,
};
use crate::compile::Program;
use crate::parse::DEEPEST;

/// How deep conditions stand within conditions: an exception, its rows, their entries, and some to spare.
const NESTED: usize = 8;

/// Whether a base can be compiled.
pub(super) fn base(base: &CheckedBase, boxes: usize) -> bool {
    let mut sound = base.language < base.languages.len()
        && base.facts.iter().all(fact)
        && base.vagues.iter().all(vague)
        && base
            .rules
            .iter()
            .flat_map(|rule| rule.not_before.iter().chain(&rule.until))
            .all(|found| window(base, found));
    conditions_of(base, |found| sound &= condition(base, found, NESTED));
    sound && !definitions_are_deep(base) && !quantities_overlap(base, boxes)
}

/// Whether rules override rules without circles: each is then in its place.
pub(super) fn precedence(base: &CheckedBase, program: &Program) -> bool {
    let overriding = base.rules.iter().filter(|rule| !rule.overrides.is_empty());
    overriding.count() == program.precedence.len()
}

fn fact(fact: &Fact) -> bool {
    match &fact.kind {
        FactKind::Choice(options) | FactKind::Scale(options) | FactKind::Several(options) => {
            u16::try_from(options.len()).is_ok()
        }
        FactKind::Integer { from, to, .. } | FactKind::Duration { from, to } => in_order(*from, *to),
        FactKind::Number { from, to, .. } => in_order(*from, *to),
        FactKind::YesNo | FactKind::Clock { .. } => true,
    }
}

fn in_order<T: PartialOrd>(from: Option<T>, to: Option<T>) -> bool {
    from.zip(to).is_none_or(|(from, to)| from <= to)
}

fn vague(vague: &Vague) -> bool {
    std::mem::discriminant(&vague.from) == std::mem::discriminant(&vague.to)
        && key_of(vague.from) <= key_of(vague.to)
}

/// Whether a fact is compared with something of its kind.
fn takes(base: &CheckedBase, fact: &FactKind, limit: Limit) -> bool {
    match (fact, limit) {
        (FactKind::Scale(options), Limit::Step(step)) => usize::from(step) < options.len(),
        (FactKind::Integer { .. }, Limit::Value(Scalar::Integer(_)))
        | (FactKind::Number { .. }, Limit::Value(Scalar::Number(_)))
        | (FactKind::Duration { .. } | FactKind::Clock { .. }, Limit::Value(Scalar::Duration(_))) => true,
        (_, Limit::Vague(vague)) => base
            .vagues
            .get(vague.index())
            .is_some_and(|vague| takes(base, fact, Limit::Value(vague.from))),
        _ => false,
    }
}

fn window(base: &CheckedBase, window: &Window) -> bool {
    let fact = base.facts.get(window.fact.index());
    fact.is_some_and(|fact| takes(base, &fact.kind, window.limit))
}

fn condition(base: &CheckedBase, found: &Condition, levels: usize) -> bool {
    match found {
        Condition::Fact {
            fact, test: found, ..
        } => base
            .facts
            .get(fact.index())
            .is_some_and(|fact| test(base, &fact.kind, found)),
        Condition::All(parts, _) | Condition::Any(parts, _) => {
            levels > 0 && parts.iter().all(|part| condition(base, part, levels - 1))
        }
        Condition::Defined { .. } | Condition::Scored { .. } | Condition::Gives { .. } => true,
    }
}

fn test(base: &CheckedBase, fact: &FactKind, found: &Test) -> bool {
    let of = |options: &[String], numbers: &[u16]| {
        numbers.iter().all(|number| usize::from(*number) < options.len())
    };
    match (found, fact) {
        (Test::YesNo(_), FactKind::YesNo) => true,
        (
            Test::OneOf(numbers) | Test::NoneOf(numbers),
            FactKind::Choice(options) | FactKind::Scale(options),
        )
        | (
            Test::Includes(numbers)
            | Test::Only(numbers)
            | Test::Exactly(numbers)
            | Test::AnyOf(numbers)
            | Test::NoOption(numbers),
            FactKind::Several(options),
        ) => of(options, numbers),
        (Test::Compare(_, limit), _) => takes(base, fact, *limit),
        (Test::All(tests), _) => tests.iter().all(|part| test(base, fact, part)),
        _ => false,
    }
}

/// Definitions are put in one within the other: in circles they would never end. Each stands above what it names; where
/// that does not come to rest soon, it never would.
fn definitions_are_deep(base: &CheckedBase) -> bool {
    let mut edges = Vec::new();
    for (number, definition) in base.definitions.iter().enumerate() {
        let mut visit = |condition: &Condition| named(condition, &mut |below| edges.push((number, below)));
        match &definition.body {
            DefinitionBody::When(condition) => visit(condition),
            DefinitionBody::Count { of, .. } => of.iter().for_each(visit),
            DefinitionBody::Score(points) => points.iter().for_each(|(_, condition)| visit(condition)),
        }
    }
    let mut heights = vec![0_usize; base.definitions.len()];
    loop {
        let mut rests = true;
        for (above, below) in &edges {
            let height = heights.get(*below).map_or(0, |height| height + 1);
            if height >= DEEPEST {
                return true;
            }
            if let Some(found) = heights.get_mut(*above).filter(|found| **found < height) {
                *found = height;
                rests = false;
            }
        }
        if rests {
            return false;
        }
    }
}

/// The definitions that a condition names.
fn named(condition: &Condition, visit: &mut impl FnMut(usize)) {
    match condition {
        Condition::Defined { definition, .. } | Condition::Scored { definition, .. } => {
            visit(definition.index())
        }
        Condition::All(parts, _) | Condition::Any(parts, _) => {
            parts.iter().for_each(|part| named(part, visit))
        }
        Condition::Fact { .. } | Condition::Gives { .. } => {}
    }
}

/// Quantities that overlap double the cells of their fact, each of them.
fn quantities_overlap(base: &CheckedBase, boxes: usize) -> bool {
    overlapping_quantities(base)
        .into_iter()
        .any(|count| count >= usize::BITS as usize || 1 << count > boxes.max(2))
}
