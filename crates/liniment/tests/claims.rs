//! Every claim of the article is cited by some statement of the calf-cramp pack. Prints the claim-to-rule
//! table (`cargo test -p liniment --test claims -- --nocapture`).

use std::collections::{BTreeMap, BTreeSet};

/// The claims, `C01` to `C100`.
const CLAIMS: usize = 100;
/// Claims left out on purpose, each with its reason. None is.
const LEFT_OUT: [(&str, &str); 0] = [];

/// The quoted strings of a piece of RON.
fn strings(text: &str) -> impl Iterator<Item = &str> {
    text.split('"').skip(1).step_by(2)
}

#[test]
fn every_claim_is_cited() {
    let mut cited: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let rules = liniment_rules::calf_cramps()
        .iter()
        .filter(|(name, _)| !name.starts_with("cases/"));
    for (_, text) in rules {
        let mut statement = "";
        let mut rest = *text;
        // The id of the statement, then the claims of its citations.
        while let Some(position) = [rest.find("id: \""), rest.find("claims: [")]
            .into_iter()
            .flatten()
            .min()
        {
            let (_, from) = rest.split_at(position);
            if from.starts_with("id: ") {
                statement = strings(from).next().unwrap_or_default();
                rest = from.get(5..).unwrap_or_default();
            } else {
                let (list, after) = from.split_once(']').unwrap_or((from, ""));
                for claim in strings(list) {
                    cited
                        .entry(claim.to_owned())
                        .or_default()
                        .insert(statement.to_owned());
                }
                rest = after;
            }
        }
    }
    let mut missing = Vec::new();
    for number in 1..=CLAIMS {
        let claim = format!("C{number:02}");
        let left_out = LEFT_OUT.iter().find(|(left_out, _)| *left_out == claim);
        match (cited.get(&claim), left_out) {
            (Some(statements), None) => println!(
                "{claim}  {}",
                statements.iter().cloned().collect::<Vec<_>>().join(", ")
            ),
            (None, Some((_, reason))) => println!("{claim}  left out: {reason}"),
            (Some(_), Some(_)) => missing.push(format!("{claim} is cited and left out")),
            (None, None) => missing.push(claim),
        }
    }
    assert!(missing.is_empty(), "not cited: {}", missing.join(", "));
    let unknown: Vec<&String> = cited
        .keys()
        .filter(|claim| !(1..=CLAIMS).any(|number| format!("C{number:02}") == **claim))
        .collect();
    assert!(unknown.is_empty(), "no such claims: {unknown:?}");
}
