//! Whether two packs declare the same: word for word, wherever it stands.

use crate::parse::syntax::{Cite, Condition, Define, Fact, FactKind, Name, Source, Test, Text, Vague};

pub(super) fn fact(left: &Fact, right: &Fact) -> bool {
    kind(&left.kind, &right.kind)
        && left.ask == right.ask
        && labels(&left.labels, &right.labels)
        && optional(left.ask_when.as_ref(), right.ask_when.as_ref())
        && left.fixed == right.fixed
        && left.lasts == right.lasts
}

fn labels(left: &[(Name, Text)], right: &[(Name, Text)]) -> bool {
    left.len() == right.len() && left.iter().all(|label| right.contains(label))
}

fn kind(left: &FactKind, right: &FactKind) -> bool {
    match (left, right) {
        (FactKind::YesNo, FactKind::YesNo) => true,
        (FactKind::Choice(left), FactKind::Choice(right))
        | (FactKind::Scale(left), FactKind::Scale(right))
        | (FactKind::Several(left), FactKind::Several(right)) => left == right,
        (FactKind::Integer(left), FactKind::Integer(right))
        | (FactKind::Number(left), FactKind::Number(right))
        | (FactKind::Duration(left), FactKind::Duration(right)) => {
            left.unit == right.unit && left.from == right.from && left.to == right.to
        }
        (FactKind::Clock(left), FactKind::Clock(right)) => {
            optional(left.runs_while.as_ref(), right.runs_while.as_ref())
        }
        _ => false,
    }
}

pub(super) fn vague(left: &Vague, right: &Vague) -> bool {
    left.words == right.words && left.from == right.from && left.to == right.to
}

pub(super) fn source(left: &Source, right: &Source) -> bool {
    left.kind == right.kind
        && left.title == right.title
        && left.address == right.address
        && left.reviewed == right.reviewed
        && left.note == right.note
}

pub(super) fn definition(left: &Define, right: &Define) -> bool {
    optional(left.when.as_ref(), right.when.as_ref())
        && left.at_least == right.at_least
        && all(&left.of, &right.of, condition)
        && all(&left.score, &right.score, |left, right| {
            left.value.0 == right.value.0 && condition(&left.value.1, &right.value.1)
        })
        && left.inferred == right.inferred
        && all(&left.cites, &right.cites, |left, right| {
            cite(&left.value, &right.value)
        })
}

fn cite(left: &Cite, right: &Cite) -> bool {
    left.source == right.source
        && left.at == right.at
        && left.claims == right.claims
        && left.says == right.says
}

fn all<T>(left: &[T], right: &[T], same: impl Fn(&T, &T) -> bool) -> bool {
    left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same(left, right))
}

fn optional(left: Option<&Condition>, right: Option<&Condition>) -> bool {
    match (left, right) {
        (Some(left), Some(right)) => condition(left, right),
        (None, None) => true,
        _ => false,
    }
}

fn condition(left: &Condition, right: &Condition) -> bool {
    all(&left.rows, &right.rows, |left, right| {
        all(&left.entries, &right.entries, |left, right| {
            left.name == right.name && test(&left.test, &right.test)
        })
    })
}

fn test(left: &Test, right: &Test) -> bool {
    match (left, right) {
        (Test::Yes, Test::Yes) | (Test::No, Test::No) | (Test::GivesNothing, Test::GivesNothing) => true,
        (Test::Is(left), Test::Is(right)) => left == right,
        (Test::OneOf(left), Test::OneOf(right))
        | (Test::Includes(left), Test::Includes(right))
        | (Test::Only(left), Test::Only(right))
        | (Test::Exactly(left), Test::Exactly(right))
        | (Test::AnyOf(left), Test::AnyOf(right))
        | (Test::NoneOf(left), Test::NoneOf(right))
        | (Test::Gives(left), Test::Gives(right)) => left == right,
        (Test::AtLeast(left), Test::AtLeast(right))
        | (Test::MoreThan(left), Test::MoreThan(right))
        | (Test::AtMost(left), Test::AtMost(right))
        | (Test::LessThan(left), Test::LessThan(right)) => left == right,
        (Test::Between(low, high), Test::Between(other_low, other_high)) => {
            low == other_low && high == other_high
        }
        (Test::All(left), Test::All(right)) => {
            all(left, right, |left, right| test(&left.value, &right.value))
        }
        _ => false,
    }
}
