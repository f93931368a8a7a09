//! Whether the engine says what the reference says.

use std::collections::BTreeSet;

use liniment::{Advice, Conflict, Instructions, KnowledgeBase, Source, Verdict};

use crate::evaluate::{self, Outcome};
use crate::model::{Base, Case};
use crate::print::TimeStyle;

/// The packs as the engine loads them; `shuffle` decides the order of packs, files and statements.
pub fn build(base: &Base, shuffle: Option<u64>) -> Result<KnowledgeBase, String> {
    build_for(base, shuffle, Instructions::best())
}

/// The packs as the engine loads them, evaluated with no wider instructions than these.
pub fn build_for(
    base: &Base,
    shuffle: Option<u64>,
    instructions: Instructions,
) -> Result<KnowledgeBase, String> {
    let mut builder = KnowledgeBase::builder().instructions(instructions);
    let mut packs = base.files(shuffle);
    if shuffle.is_some() {
        packs.reverse();
    }
    for files in packs {
        builder = builder.pack(Source::files(files));
    }
    builder
        .build()
        .map(|(kb, _)| kb)
        .map_err(|error| error.to_string())
}

/// What the engine says of a case, which goes to it as JSON.
pub fn advise(kb: &KnowledgeBase, base: &Base, case: &Case) -> Advice {
    let json = base.case_json(case, TimeStyle::Mixed, false);
    let case = kb
        .case_from_json(&json)
        .unwrap_or_else(|error| panic!("{json}: {error}"));
    kb.advise(&case).expect("a case of its own base")
}

/// The pack and the case in words, for a failing comparison.
pub fn shown(base: &Base, case: &Case) -> String {
    let files: Vec<String> = base
        .files(None)
        .into_iter()
        .flatten()
        .map(|(name, text)| format!("{name}: {text}"))
        .collect();
    format!(
        "{}\ncase: {}",
        files.join("\n"),
        base.case_json(case, TimeStyle::Mixed, false)
    )
}

fn in_order(ids: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let ids: BTreeSet<String> = ids.into_iter().map(|id| id.as_ref().to_owned()).collect();
    format!("{ids:?}")
}

/// Everything that the reference says of a case, a line each.
fn expected(base: &Base, case: &Case, outcome: &Outcome) -> BTreeSet<String> {
    let mut lines = BTreeSet::new();
    for (id, item) in &outcome.items {
        lines.insert(format!(
            "{id}: {} by {}",
            item.verdict,
            in_order(item.rules.iter().map(|rule| &base.rules[*rule].id))
        ));
        lines.insert(format!("{id}: subject to {}", in_order(&item.subject_to)));
        lines.insert(format!(
            "{id}: nearly {}, opens in {:?}, needs {}",
            item.nearly,
            item.opens_in,
            in_order(&item.needs)
        ));
        lines.insert(format!("{id}: instead {}", in_order(&item.instead)));
    }
    lines.extend(
        outcome
            .suppressed
            .iter()
            .map(|(id, (verdict, _))| format!("suppressed: {id} {verdict}")),
    );
    lines.extend(outcome.causes.iter().map(|cause| format!("cause: {cause}")));
    lines.extend(
        evaluate::disputed(base, case)
            .iter()
            .map(|fact| format!("conflict: {fact}")),
    );
    lines.extend(outcome.conflicts.iter().map(|(id, verdicts)| {
        format!(
            "conflict: {id} {}",
            in_order(verdicts.iter().map(|verdict| verdict.name()))
        )
    }));
    lines
}

/// Everything that the engine says of a case, a line each.
fn got(advice: &Advice) -> BTreeSet<String> {
    let mut lines = BTreeSet::new();
    for item in advice.items() {
        let id = &item.id;
        lines.insert(format!("{id}: {} by {}", item.verdict, in_order(&item.rules)));
        lines.insert(format!("{id}: subject to {}", in_order(&item.subject_to)));
        let opens_in = item.opens_in.map(liniment::Elapsed::microseconds);
        lines.insert(format!(
            "{id}: nearly {}, opens in {opens_in:?}, needs {}",
            item.nearly,
            in_order(&item.needs)
        ));
        lines.insert(format!("{id}: instead {}", in_order(&item.instead)));
    }
    lines.extend(
        advice
            .suppressed()
            .iter()
            .map(|suppressed| format!("suppressed: {} {}", suppressed.id, suppressed.verdict)),
    );
    lines.extend(advice.causes().iter().map(|cause| format!("cause: {}", cause.id)));
    lines.extend(advice.conflicts().iter().map(|conflict| match conflict {
        Conflict::Fact { fact, .. } => format!("conflict: {fact}"),
        Conflict::Advice { advice, verdicts } => format!(
            "conflict: {advice} {}",
            in_order(verdicts.iter().map(|verdict| verdict.verdict.name()))
        ),
        other => format!("conflict: {other:?}"),
    }));
    lines
}

/// What the engine says of a case; an error tells what differs from the reference. All ways to ask for
/// verdicts must agree, too.
pub fn agreement(kb: &KnowledgeBase, base: &Base, case: &Case) -> Result<(Advice, Outcome), String> {
    let outcome = evaluate::outcome(base, &base.possible(case));
    let json = base.case_json(case, TimeStyle::Mixed, false);
    let read = kb
        .case_from_json(&json)
        .map_err(|error| format!("{json}: {error}"))?;
    let advice = kb.advise(&read).map_err(|error| error.to_string())?;
    let (expected, got) = (expected(base, case, &outcome), got(&advice));
    if expected != got {
        let (missing, surplus): (Vec<_>, Vec<_>) = (
            expected.difference(&got).collect(),
            got.difference(&expected).collect(),
        );
        return Err(format!(
            "expected {missing:#?}\ngot {surplus:#?}\n{}",
            shown(base, case)
        ));
    }
    for suppressed in advice.suppressed() {
        let (_, acting) = &outcome.suppressed[&suppressed.id];
        if !acting.contains(&suppressed.by) {
            return Err(format!(
                "{acting:?} silence `{}`, not `{}`\n{}",
                suppressed.id,
                suppressed.by,
                shown(base, case)
            ));
        }
    }
    let listed: Vec<String> = advice.items().iter().map(|item| item.id.clone()).collect();
    if let Some(misplaced) = base.misplaced(&outcome, &listed) {
        return Err(format!("{misplaced}\n{listed:?}\n{}", shown(base, case)));
    }
    if let Some(difference) = other_ways_differ(kb, &read, &advice)? {
        return Err(format!("{difference}\n{}", shown(base, case)));
    }
    Ok((advice, outcome))
}

/// Verdicts without texts, by id and as numbers, beside the whole advice.
fn other_ways_differ(
    kb: &KnowledgeBase,
    case: &liniment::Case,
    advice: &Advice,
) -> Result<Option<String>, String> {
    let said = |error: liniment::Error| error.to_string();
    let ids = kb.advice_ids();
    let mut expected: Vec<(usize, Verdict)> = Vec::new();
    for item in advice.items() {
        expected.push((kb.advice_id(&item.id).map_err(said)?.index(), item.verdict));
    }
    expected.sort_unstable();
    let mut buffer = Vec::new();
    let mut verdicts: Vec<(usize, Verdict)> = kb
        .verdicts(case, &mut buffer)
        .map_err(said)?
        .iter()
        .map(|(id, verdict)| (id.index(), *verdict))
        .collect();
    verdicts.sort_unstable();
    if verdicts != expected {
        return Ok(Some(format!(
            "`verdicts` says {verdicts:?}, `advise` {expected:?}"
        )));
    }
    let mut codes = vec![0; ids.len()];
    kb.verdict_codes(case, &mut codes).map_err(said)?;
    let mut expected_codes = vec![0; ids.len()];
    for (id, verdict) in expected {
        expected_codes[id] = verdict.code();
    }
    Ok((codes != expected_codes)
        .then(|| format!("`verdict_codes` says {codes:?}, `advise` {expected_codes:?}")))
}
