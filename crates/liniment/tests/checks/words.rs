//! Every text of a pack is translated, each once, and nothing else.

use liniment::Source;

use super::findings;

/// A text of a statement: with and without it, its translation with and without it, and its name.
struct Text {
    original: [&'static str; 2],
    translated: [&'static str; 2],
    name: &'static str,
}

/// A statement of the id `one`, without its texts, and these.
struct Subject {
    kind: &'static str,
    texts: &'static [Text],
}

const fn text(original: [&'static str; 2], translated: [&'static str; 2], name: &'static str) -> Text {
    Text {
        original,
        translated,
        name,
    }
}

/// A text that is always there.
const TEXT: Text = text([r#"text: "T""#, ""], [r#"text: "Ü""#, ""], "`text`");
const BECAUSE: Text = text([r#"because: "T""#, ""], [r#"because: "Ü""#, ""], "`because`");
const REASONS: Text = text(
    [
        r#"reasons: [Reason(when: {"f": Yes}, why: "W"), Reason(when: {"f": No}, why: "W")]"#,
        r#"reasons: [Reason(when: {"f": Yes}, why: "W")]"#,
    ],
    [r#"reasons: ["Ü", "Ü"]"#, r#"reasons: ["Ü"]"#],
    "number 2 of `reasons`",
);
const STEPS: Text = text(
    [r#"steps: ["S", "T"]"#, r#"steps: ["S"]"#],
    [r#"steps: ["Ü", "Ü"]"#, r#"steps: ["Ü"]"#],
    "number 2 of `steps`",
);

const SUBJECTS: &[Subject] = &[
    Subject {
        kind: r#"Fix(id: "one", phase: "p", inferred: true, "#,
        texts: &[
            TEXT,
            BECAUSE,
            REASONS,
            STEPS,
            text([r#"not_yet: "T""#, ""], [r#"not_yet: "Ü""#, ""], "`not_yet`"),
            text(
                [r#"eases: ["S", "T"]"#, r#"eases: ["S"]"#],
                [r#"eases: ["Ü", "Ü"]"#, r#"eases: ["Ü"]"#],
                "number 2 of `eases`",
            ),
            text(
                [
                    r#"variants: [Variant(id: "v", text: "T"), Variant(id: "w", text: "T")]"#,
                    r#"variants: [Variant(id: "v", text: "T")]"#,
                ],
                [
                    r#"variants: [(text: "Ü"), (text: "Ü")]"#,
                    r#"variants: [(text: "Ü")]"#,
                ],
                "`text` in number 2 of `variants`",
            ),
        ],
    },
    Subject {
        kind: r#"Fix(id: "one", phase: "p", inferred: true, "#,
        texts: &[
            TEXT,
            text(
                [
                    r#"variants: [Variant(id: "v", steps: ["S", "T", "U"])]"#,
                    r#"variants: [Variant(id: "v", steps: ["S", "T"])]"#,
                ],
                [
                    r#"variants: [(steps: ["Ü", "Ü", "Ü"])]"#,
                    r#"variants: [(steps: ["Ü", "Ü"])]"#,
                ],
                "number 3 of `steps` in number 1 of `variants`",
            ),
        ],
    },
    Subject {
        kind: r#"NonFix(id: "one", phase: "p", verdict: Avoid, unless: {"f": Yes}, then: Optional, inferred: true, "#,
        texts: &[
            TEXT,
            BECAUSE,
            REASONS,
            text(
                [r#"then_text: "T""#, ""],
                [r#"then_text: "Ü""#, ""],
                "`then_text`",
            ),
        ],
    },
    Subject {
        kind: r#"Wait(id: "one", phase: "p", inferred: true, "#,
        texts: &[TEXT, BECAUSE, REASONS],
    },
    Subject {
        kind: r#"RedFlag(id: "one", level: Refer, when: {"f": Yes}, inferred: true, "#,
        texts: &[TEXT, BECAUSE, REASONS, STEPS],
    },
    Subject {
        kind: r#"Scope(id: "one", closes: Everything, when: {"f": Yes}, inferred: true, "#,
        texts: &[TEXT, BECAUSE],
    },
    Subject {
        kind: r#"Note(id: "one", phase: "p", inferred: true, "#,
        texts: &[TEXT, BECAUSE, REASONS],
    },
    Subject {
        kind: r#"Cause(id: "one", standing: Primary, "#,
        texts: &[
            TEXT,
            text(
                [r#"untreated: "T""#, ""],
                [r#"untreated: "Ü""#, ""],
                "`untreated`",
            ),
        ],
    },
    Subject {
        kind: r#"Group(id: "one", at_least: 1, of: ["two"], "#,
        texts: &[TEXT],
    },
    Subject {
        kind: r#"Vague(id: "one", from: 1, to: 2, "#,
        texts: &[text([r#"words: "W""#, ""], [r#"words: "Ü""#, ""], "`words`")],
    },
    Subject {
        kind: r#"Fact(id: "one", kind: Choice(["x", "y"]), "#,
        texts: &[
            text([r#"ask: "Q""#, ""], [r#"ask: "Ü""#, ""], "`ask`"),
            text(
                [r#"labels: {"x": "X", "y": "Y"}"#, r#"labels: {"x": "X"}"#],
                [r#"labels: {"x": "Ü", "y": "Ü"}"#, r#"labels: {"x": "Ü"}"#],
                "`y` in `labels`",
            ),
        ],
    },
];

/// What is said of translations, code by code.
fn said(manifest: &str, statements: &str) -> Vec<(&'static str, String)> {
    let manifest = format!(
        "Pack(id: \"pack\", version: \"1.0.0\", schema: 1, language: \"en\", translations: [\"de\"], {manifest})"
    );
    let common = r#"Fact(id: "f", kind: YesNo, ask: "?"), Translation(lang: "de", of: "f", ask: "?"),
        Fix(id: "two", phase: "p", text: "T", inferred: true), Translation(lang: "de", of: "two", text: "T"),"#;
    let files = [
        ("pack.ron", manifest),
        ("rules.ron", format!("[{common}{statements}]")),
    ];
    findings([Source::files(files.map(|(name, text)| (name.to_owned(), text)))])
        .into_iter()
        .filter(|found| ("L0326".."L0331").contains(&found.code))
        .map(|found| (found.code, found.message))
        .collect()
}

const MANIFEST: &str = r#"title: "T", phases: [Phase(id: "p", title: "P")]"#;
const OF_MANIFEST: &str = r#"Translation(lang: "de", of: "pack", title: "T", phases: {"p": "P"}),"#;

/// A statement and its translation, with one text other than the rest: with it, or without it.
fn both(subject: &Subject, at: usize, original: usize, translated: usize) -> String {
    let fields = |of: fn(&Text) -> [&'static str; 2], which: usize| {
        let fields = subject.texts.iter().enumerate().map(|(place, text)| {
            let [with, without] = of(text);
            if place == at && which == 1 { without } else { with }
        });
        fields
            .filter(|field| !field.is_empty())
            .collect::<Vec<_>>()
            .join(", ")
    };
    format!(
        r#"{OF_MANIFEST} {}{}), Translation(lang: "de", of: "one", {}),"#,
        subject.kind,
        fields(|text| text.original, original),
        fields(|text| text.translated, translated),
    )
}

#[test]
fn every_text_is_translated_and_nothing_else() {
    for subject in SUBJECTS {
        for (at, text) in subject.texts.iter().enumerate() {
            let name = text.name;
            let kind = subject.kind;
            assert_eq!(said(MANIFEST, &both(subject, at, 0, 0)), [], "{kind}");
            // The translation lacks it.
            let lacking = (
                "L0326",
                format!("`one` is not fully translated into `de`: {name} missing"),
            );
            assert_eq!(said(MANIFEST, &both(subject, at, 0, 1)), [lacking], "{kind}");
            // The original lacks it; what is always there cannot be left out, and any option may be given a label.
            if [TEXT.name, "`ask`", "`words`", "`y` in `labels`"].contains(&name) {
                continue;
            }
            let more = if name.contains("number") {
                (
                    "L0328",
                    format!("the translation of `one` has {name}, the original has not"),
                )
            } else {
                (
                    "L0327",
                    format!("the translation of `one` gives {name}, the original does not"),
                )
            };
            assert_eq!(said(MANIFEST, &both(subject, at, 1, 0)), [more], "{kind}");
            assert_eq!(said(MANIFEST, &both(subject, at, 1, 1)), [], "{kind}");
        }
    }
}

#[test]
fn a_text_is_translated_in_one_way() {
    for subject in SUBJECTS {
        for (at, text) in subject.texts.iter().enumerate() {
            let again = |words: &str| {
                let again = text.translated[0].replace('Ü', words);
                both(subject, at, 0, 0) + &format!(r#"Translation(lang: "de", of: "one", {again}),"#)
            };
            assert_eq!(said(MANIFEST, &again("Ü")), [], "{}", text.name);
            let twice = said(MANIFEST, &again("Ö"));
            let expected = format!("{} of `one` is translated into `de` in two ways", text.name);
            assert!(twice.contains(&("L0330", expected)), "{twice:?}");
            assert!(twice.iter().all(|(code, _)| *code == "L0330"), "{twice:?}");
        }
    }
}

#[test]
fn packs_are_translated_too() {
    let manifest =
        r#"title: "T", notice: "N", phases: [Phase(id: "p", title: "P"), Phase(id: "q", title: "Q")]"#;
    let of = |fields: &str| {
        said(
            manifest,
            &format!(r#"Translation(lang: "de", of: "pack", {fields}),"#),
        )
    };
    let missing = |names: &str| {
        vec![(
            "L0326",
            format!("`pack` is not fully translated into `de`: {names} missing"),
        )]
    };
    assert_eq!(of(r#"title: "Ü", notice: "Ü", phases: {"p": "Ü", "q": "Ü"}"#), []);
    assert_eq!(
        of(r#"notice: "Ü", phases: {"p": "Ü", "q": "Ü"}"#),
        missing("`title`")
    );
    assert_eq!(
        of(r#"title: "Ü", phases: {"p": "Ü", "q": "Ü"}"#),
        missing("`notice`")
    );
    assert_eq!(
        of(r#"title: "Ü", notice: "Ü", phases: {"p": "Ü"}"#),
        missing("`q` in `phases`")
    );
    assert_eq!(
        of(""),
        missing("`title`, `notice`, `p` in `phases` and `q` in `phases`")
    );
    assert_eq!(
        of(r#"title: "Ü", notice: "Ü", phases: {"p": "Ü", "q": "Ü", "r": "Ü"}"#),
        [(
            "L0327",
            "the translation of `pack` gives `r` in `phases`, the original does not".to_owned()
        )]
    );
    assert_eq!(
        said(
            MANIFEST,
            &format!(r#"{OF_MANIFEST} Translation(lang: "fr", of: "two", text: "T"),"#)
        ),
        [(
            "L0329",
            "the pack `pack` declares no translation into `fr`".to_owned()
        )]
    );
    // What has no words.
    let source = r#"Source(id: "book", kind: Article, title: "T", reviewed: "2026-01-01"),
        Translation(lang: "de", of: "book", text: "T"),"#;
    assert_eq!(said(MANIFEST, &format!("{OF_MANIFEST}{source}")), []);
}
