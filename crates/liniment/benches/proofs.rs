//! What proofs cost: `cargo bench -p liniment --bench proofs`.
//!
//! Contradictions are looked for when packs are checked: what they cost is the difference between building
//! rules that share advice ids and building the same rules, each with an id of its own.
#![expect(clippy::unwrap_used, reason = "a benchmark has nobody to report to")]

use liniment::prove::{BUDGET, diff};
use liniment::{Case, KnowledgeBase, Source, Verdict};

fn main() {
    divan::main();
}

fn calf() -> KnowledgeBase {
    KnowledgeBase::builder()
        .pack(liniment_rules::calf_cramps())
        .pack(liniment_rules::leg_red_flags())
        .build()
        .unwrap()
        .0
}

fn case(kb: &KnowledgeBase) -> Case {
    kb.case_from_json(
        r#"{"onset_setting":"during_exercise","muscles_affected":"calf_only","cramp_state":"released","in_session":false,"time_since_release":"20h"}"#,
    )
    .unwrap()
}

/// Everything that `check --prove` asks of both calf packs.
#[divan::bench(sample_count = 10)]
fn prove_both_packs(bencher: divan::Bencher) {
    let kb = calf();
    bencher.bench(|| kb.prove(BUDGET));
}

/// Both calf packs against themselves: the proof that nothing differs.
#[divan::bench(sample_count = 10)]
fn diff_of_equal_packs(bencher: divan::Bencher) {
    let (old, new) = (calf(), calf());
    bencher.bench(|| diff(&old, &new, BUDGET));
}

/// The smallest change of facts that opens a gate, and one of several facts.
#[divan::bench(args = ["massage_rolling", "return_run", "strength"])]
fn ways(bencher: divan::Bencher, id: &str) {
    let kb = calf();
    let case = case(&kb);
    bencher.bench(|| kb.ways_to(&case, id, Verdict::Recommend).unwrap());
}

/// The facts of the case that already suffice.
#[divan::bench]
fn suffices(bencher: divan::Bencher) {
    let kb = calf();
    let case = case(&kb);
    bencher.bench(|| kb.suffices(&case, "massage_rolling").unwrap());
}

/// 1,000 rules over 100 facts, five to an advice id.
#[divan::bench(args = [How::Rows, How::Definitions, How::Mixed], sample_count = 3)]
fn prove_1000_rules(bencher: divan::Bencher, how: How) {
    let kb = build(&generated(1_000, 5, how));
    bencher.bench(|| kb.prove(BUDGET));
}

/// 10,000 rules over 100 facts, ten to an advice id, half of them against the other half.
#[divan::bench(args = [1, 10], sample_count = 5)]
fn check_10000_rules_in_rows(bencher: divan::Bencher, to_an_id: usize) {
    let source = generated(10_000, to_an_id, How::Rows);
    bencher.bench(|| build(&source));
}

/// The same, where only a definition keeps the two halves apart.
#[divan::bench(args = [1, 10], sample_count = 5)]
fn check_10000_rules_through_definitions(bencher: divan::Bencher, to_an_id: usize) {
    let source = generated(10_000, to_an_id, How::Definitions);
    bencher.bench(|| build(&source));
}

fn build(source: &Source) -> KnowledgeBase {
    KnowledgeBase::builder().pack(source.clone()).build().unwrap().0
}

/// What keeps a fix and a non-fix of one advice id apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    /// A fact that both test.
    Rows,
    /// A score that both test.
    Definitions,
    /// As rows; every fourth rule has an exception, every seventh overrides one of another advice id, and red
    /// flags silence everything.
    Mixed,
}

/// Rules of three conditions over a hundred facts; of those of one advice id the even ones are fixes, the odd
/// ones non-fixes that never meet them.
fn generated(rules: usize, to_an_id: usize, how: How) -> Source {
    const FACTS: usize = 100;
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut below = |end: usize| {
        // Marsaglia's xorshift: the same rules every time.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap_or(0) % end
    };
    let mut text = String::from("[\n");
    for fact in 0..FACTS {
        let kind = match fact % 4 {
            0 | 1 => "YesNo",
            2 => "Choice([\"a\", \"b\", \"c\", \"d\"])",
            _ => "Integer(from: 0, to: 100)",
        };
        text.push_str(&format!("Fact(id: \"fact_{fact}\", kind: {kind}, ask: \"?\"),\n"));
    }
    if how == How::Definitions {
        for score in 0..FACTS / 4 {
            let points: Vec<String> = (0..3)
                .map(|part| format!("Points(1, {{\"fact_{}\": Yes}})", (score * 4 + part * 4) % FACTS))
                .collect();
            text.push_str(&format!(
                "Define(id: \"score_{score}\", score: [{}], inferred: true),\n",
                points.join(", ")
            ));
        }
    }
    for rule in 0..rules {
        let (id, odd) = (rule / to_an_id, rule % to_an_id % 2 == 1);
        let mut row = vec![match how {
            How::Rows | How::Mixed => format!("\"fact_{}\": {}", id % 25 * 4, if odd { "No" } else { "Yes" }),
            How::Definitions => format!(
                "\"score_{}\": {}",
                id % 25,
                if odd { "AtLeast(2)" } else { "AtMost(1)" }
            ),
        }];
        let first = below(24);
        for part in 0..2 {
            let fact = (first + part * 7) % 25 * 4 + 2 + part;
            let test = if fact % 4 == 2 {
                format!("Is(\"{}\")", ["a", "b", "c", "d"].get(below(4)).unwrap_or(&"a"))
            } else {
                format!("AtLeast({})", 1 + below(99))
            };
            row.push(format!("\"fact_{fact}\": {test}"));
        }
        let row = row.join(", ");
        let kind = if odd { "NonFix" } else { "Fix" };
        let verdict = if odd {
            "verdict: Avoid, because: \"B.\""
        } else {
            "eases: [\"it\"]"
        };
        let mut more = String::new();
        if how == How::Mixed && rule % 4 == 0 {
            more.push_str(&format!("except: {{\"fact_{}\": Yes}}, ", below(25) * 4 + 1));
        }
        if how == How::Mixed && rule % 7 == 0 && rule >= 30 {
            more.push_str(&format!("overrides: [\"rule_{}\"], ", rule - 30 + below(20)));
        }
        text.push_str(&format!(
            "{kind}(id: \"rule_{rule}\", advice: \"advice_{id}\", phase: \"now\", when: {{{row}}}, {verdict}, {more}text: \"T.\", inferred: true),\n"
        ));
    }
    for flag in 0..if how == How::Mixed { 5 } else { 0 } {
        text.push_str(&format!(
            "RedFlag(id: \"flag_{flag}\", level: Emergency, phase: \"now\", when: {{\"fact_{}\": Yes}}, suppresses: Everything, text: \"T.\", inferred: true),\n",
            flag * 4 + 1
        ));
    }
    text.push(']');
    Source::files([
        (
            "pack.ron",
            "Pack(id: \"generated\", version: \"1.0.0\", schema: 1, language: \"en\", title: \"G\", phases: [Phase(id: \"now\", title: \"Now\")])".to_owned(),
        ),
        ("rules.ron", text),
    ])
}
