//! Circles among definitions, clocks, overrides, limits and questions.

use super::base::{CheckedBase, Condition, DefinitionBody, DefinitionIndex, FactIndex, FactKind};
use super::context::Context;
use super::cycles;
use crate::compact_sort::CompactSort;
use crate::diagnostic::codes::names as codes;
use crate::diagnostic::{Code, Finding};
use crate::parse::spanned::Span;
use crate::parse::{DEEPEST, limit};

/// Circles shown of one kind.
const SHOWN: usize = 10;

/// Whether the definitions and overrides have no circle, so that whatever follows them ends.
pub(super) struct Straight {
    pub(super) definitions: bool,
    pub(super) overrides: bool,
}

pub(super) fn check(context: &Context<'_>, base: &CheckedBase) -> Straight {
    let definitions = definitions(context, base);
    if definitions {
        clocks(context, base);
    }
    limits(context, base);
    Straight {
        definitions,
        overrides: overrides(context, base),
    }
}

/// Reports circles; says whether there are none.
fn report<'b>(
    context: &Context<'_>,
    edges: &[Vec<usize>],
    code: &'static Code,
    what: &str,
    help: &str,
    id: impl Fn(usize) -> &'b str,
    place: impl Fn(usize, usize) -> (Span, &'static str),
) -> bool {
    let circles = cycles::find(edges);
    for circle in circles.iter().take(SHOWN) {
        let mut finding = Finding::new(code, format!("{what}: {}", cycles::path(circle, &id)));
        for (from, to) in cycles::steps(circle) {
            let (span, verb) = place(from, to);
            finding = finding.at(span, format!("`{}` {verb} `{}`", id(from), id(to)));
        }
        context.report(finding.help(help));
    }
    circles.is_empty()
}

fn definitions(context: &Context<'_>, base: &CheckedBase) -> bool {
    let used: Vec<Vec<(usize, Span)>> = base
        .definitions
        .iter()
        .map(|definition| definitions_in_body(&definition.body))
        .collect();
    let edges: Vec<Vec<usize>> = used
        .iter()
        .map(|list| list.iter().map(|(number, _)| *number).collect())
        .collect();
    let mut broken = context.broken_definitions.borrow_mut();
    for number in cycles::inside_out(&edges) {
        let needs_broken = edges.get(number).is_some_and(|list| {
            list.iter()
                .any(|other| broken.contains(&DefinitionIndex::new(*other)))
        });
        if needs_broken {
            broken.insert(DefinitionIndex::new(number));
        }
    }
    drop(broken);
    let straight = report(
        context,
        &edges,
        &codes::DEFINITION_CYCLE,
        "definitions lead back to themselves",
        "define one of them by facts alone",
        |number| {
            base.definitions
                .get(number)
                .map_or("", |definition| definition.id.as_str())
        },
        |from, to| {
            let found = used
                .get(from)
                .and_then(|list| list.iter().find(|(number, _)| *number == to));
            (found.map(|(_, span)| *span).unwrap_or_default(), "needs")
        },
    );
    straight && !too_deep(context, base, &edges)
}

/// Definitions on top of definitions are followed one within the other, as brackets are.
fn too_deep(context: &Context<'_>, base: &CheckedBase, edges: &[Vec<usize>]) -> bool {
    let most = context.limits.depth.min(DEEPEST);
    let mut depths = vec![0_usize; edges.len()];
    for number in cycles::inside_out(edges) {
        let below = edges.get(number).into_iter().flatten();
        let deepest = below.filter_map(|other| depths.get(*other)).max();
        let depth = deepest.map_or(1, |depth| depth + 1);
        if let Some(place) = depths.get_mut(number) {
            *place = depth;
        }
        if depth > most
            && let Some(definition) = base.definitions.get(number)
        {
            let id = &definition.id;
            let message =
                format!("`{id}` stands on top of {most} other definitions; the limit `depth` is {most}");
            let place = context.names.definitions.span(number);
            context.report(limit(message, "depth").at(place, "the first too many"));
            return true;
        }
    }
    false
}

fn definitions_in_body(body: &DefinitionBody) -> Vec<(usize, Span)> {
    let mut found = Vec::new();
    let mut visit = |index: DefinitionIndex, span| found.push((index.index(), span));
    match body {
        DefinitionBody::When(condition) => definitions_in(condition, &mut visit),
        DefinitionBody::Count { of, .. } => of
            .iter()
            .for_each(|condition| definitions_in(condition, &mut visit)),
        DefinitionBody::Score(points) => points
            .iter()
            .for_each(|(_, condition)| definitions_in(condition, &mut visit)),
    }
    found
}

/// Calls `visit` for each definition that a condition names.
pub(super) fn definitions_in(condition: &Condition, visit: &mut impl FnMut(DefinitionIndex, Span)) {
    match condition {
        Condition::Defined { definition, span, .. } | Condition::Scored { definition, span, .. } => {
            visit(*definition, *span)
        }
        Condition::All(parts, _) | Condition::Any(parts, _) => {
            parts.iter().for_each(|part| definitions_in(part, visit))
        }
        Condition::Fact { .. } | Condition::Gives { .. } => {}
    }
}

/// The facts that a condition depends on, through definitions too.
pub(super) fn facts_of(base: &CheckedBase, condition: &Condition) -> Vec<FactIndex> {
    let mut facts = Vec::new();
    let mut seen = vec![false; base.definitions.len()];
    let mut open: Vec<&Condition> = vec![condition];
    while let Some(next) = open.pop() {
        match next {
            Condition::Fact { fact, .. } => facts.push(*fact),
            Condition::All(parts, _) | Condition::Any(parts, _) => open.extend(parts),
            Condition::Defined { definition, .. } | Condition::Scored { definition, .. } => {
                let new = seen
                    .get_mut(definition.index())
                    .is_some_and(|flag| !std::mem::replace(flag, true));
                if let (true, Some(found)) = (new, base.definitions.get(definition.index())) {
                    match &found.body {
                        DefinitionBody::When(condition) => open.push(condition),
                        DefinitionBody::Count { of, .. } => open.extend(of),
                        DefinitionBody::Score(points) => {
                            open.extend(points.iter().map(|(_, condition)| condition))
                        }
                    }
                }
            }
            Condition::Gives { .. } => {}
        }
    }
    facts.compact_sort();
    facts.dedup();
    facts
}

/// A clock may run only while something holds; that must not depend on the clock itself. Nor may
/// questions wait for each other.
fn clocks(context: &Context<'_>, base: &CheckedBase) {
    let id = |number: usize| base.facts.get(number).map_or("", |fact| fact.id.as_str());
    let edges = |condition: fn(&super::base::Fact) -> Option<&Condition>| -> Vec<Vec<usize>> {
        base.facts
            .iter()
            .map(|fact| {
                condition(fact).map_or_else(Vec::new, |condition| {
                    facts_of(base, condition)
                        .into_iter()
                        .map(FactIndex::index)
                        .collect()
                })
            })
            .collect()
    };
    let runs = edges(|fact| match &fact.kind {
        FactKind::Clock { runs_while } => runs_while.as_deref(),
        _ => None,
    });
    let place = |from: usize, _| {
        (
            base.facts.get(from).map(|fact| fact.span).unwrap_or_default(),
            "runs depending on",
        )
    };
    let help = "let one of these clocks run always, or on a fact that is no clock among them";
    report(
        context,
        &runs,
        &codes::CLOCK_CYCLE,
        "clocks wait for each other",
        help,
        id,
        place,
    );

    let asked = edges(|fact| fact.ask_when.as_ref());
    let place = |from: usize, _| {
        (
            base.facts.get(from).map(|fact| fact.span).unwrap_or_default(),
            "is asked depending on",
        )
    };
    let help = "none of these questions is ever asked: leave `ask_when` out of one of them";
    report(
        context,
        &asked,
        &codes::ASKING_CYCLE,
        "questions wait for each other",
        help,
        id,
        place,
    );
}

fn overrides(context: &Context<'_>, base: &CheckedBase) -> bool {
    let edges: Vec<Vec<usize>> = base
        .rules
        .iter()
        .map(|rule| rule.overrides.iter().map(|weaker| weaker.index()).collect())
        .collect();
    report(
        context,
        &edges,
        &codes::OVERRIDE_CYCLE,
        "rules override each other in a circle",
        "decide which of them gives way, and take out the opposite `overrides` or `yields_to`",
        |number| base.rules.get(number).map_or("", |rule| rule.id.as_str()),
        |from, to| (context.precedence_span(from, to), "overrides"),
    )
}

fn limits(context: &Context<'_>, base: &CheckedBase) {
    let mut edges: Vec<Vec<usize>> = vec![Vec::new(); base.advice.len()];
    for rule in &base.rules {
        if let Some(list) = edges.get_mut(rule.advice.index()) {
            list.extend(rule.limits.iter().map(|limited| limited.index()));
        }
    }
    for list in &mut edges {
        list.compact_sort();
        list.dedup();
    }
    let rule_between = |from: usize, to: usize| {
        base.rules.iter().find(|rule| {
            rule.advice.index() == from && rule.limits.iter().any(|limited| limited.index() == to)
        })
    };
    report(
        context,
        &edges,
        &codes::LIMITS_CYCLE,
        "advice limits itself in a circle",
        "each stands before what it limits, which cannot be met in a circle: take one of the `limits` out",
        |number| base.advice.get(number).map_or("", |entry| entry.id.as_str()),
        |from, to| {
            (
                rule_between(from, to)
                    .map(|rule| context.place_of_rule(&rule.id))
                    .unwrap_or_default(),
                "limits",
            )
        },
    );
}

impl Context<'_> {
    /// Where it is written that one rule overrides another.
    fn precedence_span(&self, stronger: usize, weaker: usize) -> Span {
        let (Some(one), Some(other)) = (
            self.statements.rules.get(stronger),
            self.statements.rules.get(weaker),
        ) else {
            return Span::default();
        };
        let overrides = one.overrides.iter().find(|name| name.value == other.id.value);
        let yields = other.yields_to.iter().find(|name| name.value == one.id.value);
        overrides.or(yields).map_or(one.id.span, |name| name.span)
    }
}
