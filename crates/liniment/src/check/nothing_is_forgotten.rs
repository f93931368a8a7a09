//! Every field of every statement reaches the checked base: without it, or with another value, the base is another.

use super::against_evaluation::read;
use super::base::CheckedBase;

const MANIFEST: &str = r#"Pack(id: "fields", version: "1.0.0", schema: 1, language: "en", title: "F", translations: ["de"],
    phases: [Phase(id: "p", title: "P"), Phase(id: "q", title: "Q")])"#;

/// What the statements below name.
const COMMON: &str = r#"
    Fact(id: "yes", kind: YesNo, ask: "?"), Fact(id: "other", kind: YesNo, ask: "?"),
    Fact(id: "mode", kind: Choice(["x", "y", "z"]), ask: "?"), Fact(id: "count", kind: Integer(), ask: "?"),
    Fact(id: "time", kind: Clock, ask: "?"),
    Fact(id: "level", kind: Scale(["none", "one", "two"]), ask: "?"),
    Fact(id: "shape", kind: Scale(["none", "one", "two"]), ask: "?"),
    Vague(id: "while", words: "a while", from: "1h", to: "2h"),
    Source(id: "book", kind: Article, title: "B", reviewed: "2026-01-01"),
    Source(id: "paper", kind: Study, title: "P", reviewed: "2026-01-01"),
    Define(id: "sum", score: [Points(1, {"yes": Yes}), Points(1, {"other": Yes})]),
    Cause(id: "strain", standing: Primary, text: "C", cites: [Cite(source: "book", at: "1")]),
    Fix(id: "weaker", advice: "shared", phase: "p", text: "T", inferred: true),
    Fix(id: "stronger", advice: "shared", phase: "p", text: "T", inferred: true),
    Fix(id: "better", phase: "p", text: "T", inferred: true), Fix(id: "rest", phase: "q", text: "T", inferred: true),
    Wait(id: "pause", phase: "p", until: ("time", "1h"), text: "T", inferred: true),
    Scope(id: "scope", when: {"mode": Is("z")}, closes: Phases(["p", "q"]), text: "S", inferred: true),
"#;

/// The beginning of a statement, and its fields: each as it is written, and how else it may be written or left out.
type Statement = (&'static str, &'static [(&'static str, &'static [&'static str])]);

const CITES: &str = r#"cites: [Cite(source: "book", at: "1", claims: ["C1"], says: "S")]"#;
const OTHER_CITES: &str = r#"cites: [Cite(source: "paper", at: "1", claims: ["C1"], says: "S")]"#;

const STATEMENTS: &[Statement] = &[
    (
        r#"Fix(id: "rule", "#,
        &[
            (r#"phase: "p""#, &[r#"phase: "q""#]),
            (r#"text: "T""#, &[r#"text: "U""#]),
            (r#"advice: "shared""#, &[""]),
            ("verdict: Optional", &[""]),
            (r#"acts_on: ["strain"]"#, &[""]),
            (r#"eases: ["E"]"#, &[""]),
            (r#"when: {"yes": Yes}"#, &[""]),
            (r#"except: {"other": Yes}"#, &[""]),
            (r#"not_before: ("time", "1h")"#, &[""]),
            (r#"shut_while: {"mode": Is("x")}"#, &[""]),
            (r#"until: ("time", "3h")"#, &[""]),
            (r#"never_when: {"mode": Is("y")}"#, &[""]),
            ("never_when_unknown: Stand", &[""]),
            (r#"reasons: [Reason(when: {"other": No}, why: "W")]"#, &[""]),
            (r#"because: "B""#, &[""]),
            (r#"dose: Dose(lasting: "10min", every: "1h", for: "2h")"#, &[""]),
            (r#"steps: ["one"]"#, &[""]),
            (r#"variants: [Variant(id: "v", text: "V")]"#, &[""]),
            (r#"overrides: ["weaker"]"#, &[""]),
            (r#"yields_to: ["stronger"]"#, &[""]),
            (r#"suppresses: ["better"]"#, &[""]),
            (r#"limits: ["rest"]"#, &[""]),
            (r#"outside: ["scope"]"#, &[""]),
            (r#"not_yet: "N""#, &[""]),
            ("inferred: true", &[""]),
            (CITES, &[OTHER_CITES, ""]),
            (r#"dissent: [Cite(source: "paper", at: "2", says: "D")]"#, &[""]),
            ("evidence: High", &["evidence: Low"]),
            ("strength: Strong", &["strength: Conditional"]),
        ],
    ),
    (
        r#"NonFix(id: "rule", "#,
        &[
            (r#"phase: "p""#, &[r#"phase: "q""#]),
            (r#"text: "T""#, &[r#"text: "U""#]),
            ("verdict: Avoid", &["verdict: Inferior", "verdict: Ineffective"]),
            (r#"advice: "shared""#, &[""]),
            (r#"when: {"yes": Yes}"#, &[""]),
            (r#"except: {"other": Yes}"#, &[""]),
            (r#"unless: {"mode": Is("x")}"#, &[""]),
            ("then: Optional", &["then: Recommend"]),
            (r#"then_text: "N""#, &[""]),
            (r#"because: "B""#, &[""]),
            (r#"reasons: [Reason(when: {"other": No}, why: "W")]"#, &[""]),
            (r#"beside: ["better"]"#, &[""]),
            (r#"than: ["better"]"#, &[""]),
            (r#"instead: ["better"]"#, &[""]),
            (r#"limits: ["rest"]"#, &[""]),
            (r#"overrides: ["weaker"]"#, &[""]),
            (r#"yields_to: ["stronger"]"#, &[""]),
            (r#"suppresses: ["better"]"#, &[""]),
            (r#"outside: ["scope"]"#, &[""]),
            ("inferred: true", &[""]),
            (CITES, &[OTHER_CITES, ""]),
            (r#"dissent: [Cite(source: "paper", at: "2", says: "D")]"#, &[""]),
            ("evidence: High", &[""]),
            ("strength: Strong", &[""]),
        ],
    ),
    (
        r#"Wait(id: "rule", "#,
        &[
            (r#"phase: "p""#, &[r#"phase: "q""#]),
            (r#"text: "T""#, &[r#"text: "U""#]),
            (r#"advice: "shared""#, &[""]),
            (r#"when: {"yes": Yes}"#, &[""]),
            (r#"except: {"other": Yes}"#, &[""]),
            (r#"until: ("time", "3h")"#, &[r#"until: ("time", "4h")"#]),
            (r#"shut_while: {"mode": Is("x")}"#, &[""]),
            (r#"because: "B""#, &[""]),
            (r#"reasons: [Reason(when: {"other": No}, why: "W")]"#, &[""]),
            (r#"instead: ["better"]"#, &[""]),
            (r#"overrides: ["weaker"]"#, &[""]),
            (r#"yields_to: ["stronger"]"#, &[""]),
            (r#"limits: ["rest"]"#, &[""]),
            (r#"outside: ["scope"]"#, &[""]),
            ("inferred: true", &[""]),
            (CITES, &[OTHER_CITES, ""]),
            (r#"dissent: [Cite(source: "paper", at: "2", says: "D")]"#, &[""]),
            ("evidence: High", &[""]),
            ("strength: Strong", &[""]),
        ],
    ),
    (
        r#"RedFlag(id: "rule", "#,
        &[
            (r#"text: "T""#, &[r#"text: "U""#]),
            ("level: Emergency", &["level: Urgent", "level: Refer"]),
            (r#"when: {"yes": Yes}"#, &[r#"when: {"yes": No}"#]),
            (r#"advice: "shared""#, &[""]),
            (r#"phase: "p""#, &[r#"phase: "q""#]),
            (r#"except: {"other": Yes}"#, &[""]),
            (
                "suppresses: Everything",
                &[r#"suppresses: ["better"]"#, r#"suppresses: Phases(["q"])"#],
            ),
            (r#"limits: ["rest"]"#, &[""]),
            (r#"because: "B""#, &[""]),
            (r#"reasons: [Reason(when: {"other": No}, why: "W")]"#, &[""]),
            (r#"steps: ["one"]"#, &[""]),
            ("inferred: true", &[""]),
            (CITES, &[OTHER_CITES, ""]),
            (r#"dissent: [Cite(source: "paper", at: "2", says: "D")]"#, &[""]),
            ("evidence: High", &[""]),
            ("strength: Strong", &[""]),
        ],
    ),
    (
        r#"Scope(id: "rule", "#,
        &[
            (r#"text: "T""#, &[r#"text: "U""#]),
            (r#"when: {"yes": Yes}"#, &[r#"when: {"yes": No}"#]),
            ("closes: Everything", &[r#"closes: Phases(["q"])"#]),
            (r#"advice: "shared""#, &[""]),
            (r#"phase: "p""#, &[r#"phase: "q""#]),
            (r#"because: "B""#, &[""]),
            ("inferred: true", &[""]),
            (CITES, &[OTHER_CITES, ""]),
            (r#"dissent: [Cite(source: "paper", at: "2", says: "D")]"#, &[""]),
        ],
    ),
    (
        r#"Note(id: "rule", "#,
        &[
            (r#"phase: "p""#, &[r#"phase: "q""#]),
            (r#"text: "T""#, &[r#"text: "U""#]),
            ("verdict: Refer", &[""]),
            (r#"advice: "shared""#, &[""]),
            (r#"when: {"yes": Yes}"#, &[""]),
            (r#"except: {"other": Yes}"#, &[""]),
            (r#"shown_unless: {"mode": Is("x")}"#, &[""]),
            (r#"beside: ["better"]"#, &[""]),
            (r#"because: "B""#, &[""]),
            (r#"reasons: [Reason(when: {"other": No}, why: "W")]"#, &[""]),
            (r#"limits: ["rest"]"#, &[""]),
            (r#"overrides: ["weaker"]"#, &[""]),
            (r#"yields_to: ["stronger"]"#, &[""]),
            (r#"outside: ["scope"]"#, &[""]),
            ("inferred: true", &[""]),
            (CITES, &[OTHER_CITES, ""]),
            (r#"dissent: [Cite(source: "paper", at: "2", says: "D")]"#, &[""]),
            ("evidence: High", &[""]),
            ("strength: Strong", &[""]),
        ],
    ),
    (
        r#"Cause(id: "rule", phase: "p", "#,
        &[
            (r#"text: "T""#, &[r#"text: "U""#]),
            ("standing: Primary", &["standing: Contributing"]),
            ("certainty: Usual", &["certainty: Certain"]),
            (r#"when: {"yes": Yes}"#, &[""]),
            (r#"except: {"other": Yes}"#, &[""]),
            (r#"untreated: "U""#, &[""]),
            (CITES, &[OTHER_CITES, ""]),
            (r#"dissent: [Cite(source: "paper", at: "2", says: "D")]"#, &[""]),
            ("evidence: High", &[""]),
            (r#"outside: ["scope"]"#, &[""]),
        ],
    ),
    (
        r#"Cause(id: "rule", standing: Primary, text: "T", "#,
        &[(r#"phase: "p""#, &[""])],
    ),
    (
        r#"Stages(id: "rule", "#,
        &[
            (r#"at: "level""#, &[r#"at: "shape""#]),
            (r#"comfortable: "yes""#, &[r#"comfortable: "other""#]),
            (
                r#"steps: ["weaker", "better"]"#,
                &[r#"steps: ["better", "weaker"]"#],
            ),
            (r#"after: "pause""#, &[""]),
            ("inferred: true", &[""]),
            (CITES, &[OTHER_CITES, ""]),
        ],
    ),
    (
        r#"Group(id: "rule", "#,
        &[
            ("at_least: 1", &["at_least: 2"]),
            (r#"of: ["better", "rest"]"#, &[r#"of: ["better", "shared"]"#]),
            (r#"text: "T""#, &[r#"text: "U""#]),
            (CITES, &[OTHER_CITES, ""]),
        ],
    ),
    (
        r#"Source(id: "rule", "#,
        &[
            ("kind: Article", &["kind: Study"]),
            (r#"title: "T""#, &[r#"title: "U""#]),
            (r#"address: "https://example.org""#, &[""]),
            (r#"reviewed: "2026-01-01""#, &[r#"reviewed: "2026-01-02""#]),
            (r#"note: "N""#, &[""]),
        ],
    ),
    (
        r#"Vague(id: "rule", "#,
        &[
            (r#"words: "W""#, &[r#"words: "V""#]),
            ("from: 2", &["from: 3"]),
            ("to: 5", &["to: 6"]),
        ],
    ),
    (
        r#"Define(id: "rule", at_least: 1, "#,
        &[
            (
                r#"of: [{"yes": Yes}, {"other": Yes}]"#,
                &[r#"of: [{"yes": Yes}, {"other": No}]"#],
            ),
            ("inferred: true", &[""]),
            (CITES, &[OTHER_CITES, ""]),
        ],
    ),
    (
        r#"Define(id: "rule", "#,
        &[(
            r#"score: [Points(1, {"yes": Yes})]"#,
            &[r#"score: [Points(2, {"yes": Yes})]"#],
        )],
    ),
    (
        r#"Fact(id: "rule", kind: Choice(["x", "y"]), "#,
        &[
            (r#"ask: "Q""#, &[r#"ask: "R""#]),
            (r#"labels: {"y": "L"}"#, &[r#"labels: {"x": "L"}"#]),
            (r#"ask_when: {"yes": Yes}"#, &[""]),
            ("fixed: true", &[""]),
            (r#"lasts: "1h""#, &[r#"lasts: "2h""#]),
        ],
    ),
    (
        r#"Fact(id: "rule", ask: "Q", "#,
        &[(
            r#"kind: Integer(unit: "g", from: 1, to: 9)"#,
            &[
                r#"kind: Integer(unit: "kg", from: 1, to: 9)"#,
                r#"kind: Integer(unit: "g", from: 2, to: 9)"#,
                r#"kind: Integer(unit: "g", from: 1, to: 8)"#,
            ],
        )],
    ),
    (
        r#"Fact(id: "rule", ask: "Q", "#,
        &[(
            r#"kind: Number(unit: "g", from: 1, to: 9)"#,
            &[
                r#"kind: Number(unit: "kg", from: 1, to: 9)"#,
                r#"kind: Number(unit: "g", from: 2, to: 9)"#,
                r#"kind: Number(unit: "g", from: 1, to: 8)"#,
            ],
        )],
    ),
    (
        r#"Fact(id: "rule", ask: "Q", "#,
        &[(
            r#"kind: Duration(from: "1h", to: "9h")"#,
            &[
                r#"kind: Duration(from: "2h", to: "9h")"#,
                r#"kind: Duration(from: "1h", to: "8h")"#,
            ],
        )],
    ),
    (
        r#"Fact(id: "rule", ask: "Q", "#,
        &[(r#"kind: Clock(runs_while: {"yes": Yes})"#, &["kind: Clock"])],
    ),
    ("Never(", &[(r#"{"yes": Yes}"#, &[r#"{"yes": No}"#])]),
    ("Always(", &[(r#"{"yes": Yes}"#, &[r#"{"yes": No}"#])]),
    ("Assume(", &[(r#"{"yes": Yes}"#, &[r#"{"yes": No}"#])]),
    ("Expect(", &[(r#"{"yes": Yes}"#, &[r#"{"yes": No}"#])]),
    (
        "Implies(",
        &[
            (r#"{"yes": Yes}"#, &[r#"{"yes": No}"#]),
            (
                r#"{"better": Gives(["recommend"])}"#,
                &[
                    r#"{"better": Gives(["avoid"])}"#,
                    r#"{"better": GivesNothing}"#,
                    r#"{"rest": Gives(["recommend"])}"#,
                ],
            ),
        ],
    ),
    ("OnceOpenStaysOpen(", &[(r#""better""#, &[r#""rest""#])]),
    (
        "ForgettingNeverOpens(",
        &[(r#"["better"]"#, &[r#"["rest"]"#, r#"["better", "rest"]"#])],
    ),
    (
        r#"Translation(lang: "de", of: "weaker", "#,
        &[(r#"text: "Ü""#, &[""])],
    ),
    (
        r#"Translation(lang: "de", of: "mode", "#,
        &[
            (r#"ask: "Ü""#, &[""]),
            (r#"labels: {"x": "X", "y": "Y", "z": "Z"}"#, &[""]),
        ],
    ),
    (
        r#"Translation(lang: "de", of: "while", "#,
        &[(r#"words: "Ü""#, &[""])],
    ),
    (
        r#"Translation(lang: "de", of: "fields", "#,
        &[
            (r#"title: "Ü""#, &[""]),
            (r#"phases: {"p": "Ü", "q": "Ö"}"#, &[""]),
        ],
    ),
    (
        r#"Fix(id: "said", phase: "p", text: "T", because: "B", not_yet: "N", steps: ["one", "two"], eases: ["E"],
            reasons: [Reason(when: {"yes": Yes}, why: "W"), Reason(when: {"yes": No}, why: "V")],
            variants: [Variant(id: "v", text: "V", steps: ["one"]), Variant(id: "w", text: "W", steps: ["one"])],
            inferred: true), Translation(lang: "de", of: "said", "#,
        &[
            (r#"text: "Ü""#, &[""]),
            (r#"because: "Ü""#, &[""]),
            (r#"not_yet: "Ü""#, &[""]),
            (r#"steps: ["Ü", "Ö"]"#, &[r#"steps: ["Ü", "Ä"]"#, ""]),
            (r#"eases: ["Ü"]"#, &[""]),
            (r#"reasons: ["Ü", "Ö"]"#, &[r#"reasons: ["Ü", "Ä"]"#]),
            (
                r#"variants: [(text: "Ü", steps: ["Ö"]), (text: "Ü", steps: ["Ö"])]"#,
                &[
                    r#"variants: [(text: "Ü", steps: ["Ö"]), (text: "Ü", steps: ["Ä"])]"#,
                    r#"variants: [(text: "Ü", steps: ["Ö"]), (text: "Ä", steps: ["Ö"])]"#,
                ],
            ),
        ],
    ),
    (
        r#"NonFix(id: "said", phase: "p", verdict: Avoid, text: "T", because: "B", unless: {"yes": Yes}, then: Optional,
            then_text: "N", inferred: true), Translation(lang: "de", of: "said", "#,
        &[(r#"then_text: "Ü""#, &[""])],
    ),
    (
        r#"Cause(id: "said", standing: Primary, text: "T", untreated: "U"), Translation(lang: "de", of: "said", "#,
        &[(r#"untreated: "Ü""#, &[""])],
    ),
    (
        r#"Fix(id: "rule", phase: "p", text: "T", inferred: true, "#,
        &[
            (
                r#"variants: [Variant(id: "v", text: "V", when: {"yes": Yes}, steps: ["S"], cites: [Cite(source: "book", at: "1")])]"#,
                &[
                    r#"variants: [Variant(id: "w", text: "V", when: {"yes": Yes}, steps: ["S"], cites: [Cite(source: "book", at: "1")])]"#,
                    r#"variants: [Variant(id: "v", text: "W", when: {"yes": Yes}, steps: ["S"], cites: [Cite(source: "book", at: "1")])]"#,
                    r#"variants: [Variant(id: "v", text: "V", when: {"yes": No }, steps: ["S"], cites: [Cite(source: "book", at: "1")])]"#,
                    r#"variants: [Variant(id: "v", text: "V", when: {"yes": Yes}, steps: ["T"], cites: [Cite(source: "book", at: "1")])]"#,
                    r#"variants: [Variant(id: "v", text: "V", when: {"yes": Yes}, steps: ["S"], cites: [Cite(source: "book", at: "2")])]"#,
                ],
            ),
            (
                r#"reasons: [Reason(when: {"yes": Yes}, why: "W", cites: [Cite(source: "book", at: "1")])]"#,
                &[
                    r#"reasons: [Reason(when: {"yes": No }, why: "W", cites: [Cite(source: "book", at: "1")])]"#,
                    r#"reasons: [Reason(when: {"yes": Yes}, why: "V", cites: [Cite(source: "book", at: "1")])]"#,
                    r#"reasons: [Reason(when: {"yes": Yes}, why: "W", cites: [Cite(source: "book", at: "2")])]"#,
                ],
            ),
            (
                r#"dose: Dose(lasting: "10min", every: "1h", for: "2h")"#,
                &[
                    r#"dose: Dose(lasting: "20min", every: "1h", for: "2h")"#,
                    r#"dose: Dose(lasting: "10min", every: "2h", for: "2h")"#,
                    r#"dose: Dose(lasting: "10min", every: "1h", for: "3h")"#,
                    r#"dose: Dose(lasting: "10min", every: Vague("while"))"#,
                ],
            ),
            (
                CITES,
                &[
                    r#"cites: [Cite(source: "book", at: "2", claims: ["C1"], says: "S")]"#,
                    r#"cites: [Cite(source: "book", at: "1", claims: ["C2"], says: "S")]"#,
                    r#"cites: [Cite(source: "book", at: "1", claims: ["C1"], says: "T")]"#,
                ],
            ),
        ],
    ),
];

fn base(statement: &str) -> CheckedBase {
    read(MANIFEST, &format!("[{COMMON}{statement}]")).0
}

#[test]
fn every_field_arrives() {
    for (start, fields) in STATEMENTS {
        // Places are part of the base: so that nothing else differs, however it is written takes the same room.
        let written = |changed: Option<(usize, &str)>| {
            let mut text = (*start).to_owned();
            for (number, (field, others)) in fields.iter().enumerate() {
                let value = match changed {
                    Some((changed, other)) if changed == number => other,
                    _ => field,
                };
                let comma = if value.is_empty() { ' ' } else { ',' };
                let room = others
                    .iter()
                    .map(|other| other.len())
                    .max()
                    .unwrap_or(0)
                    .max(field.len());
                text += value;
                text.push(comma);
                text.extend(std::iter::repeat_n(' ', room - value.len()));
            }
            text + ")"
        };
        let whole = format!("{:?}", base(&written(None)));
        for (number, (field, others)) in fields.iter().enumerate() {
            for other in *others {
                let without = format!("{:?}", base(&written(Some((number, other)))));
                assert!(whole != without, "{start}… with `{other}` for `{field}`");
            }
        }
    }
}
