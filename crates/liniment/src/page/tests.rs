#![expect(clippy::unwrap_used, reason = "a test may fail")]

use crate::{KnowledgeBase, PageFormat, Source};

const HOSTILE: &str =
    r#"<script>alert(1)</script> & "quotes" 'single' `tick` [link](javascript:alert(2)) *x* _y_"#;

/// A pack each of whose texts tries to be more than text.
fn hostile() -> KnowledgeBase {
    let text = HOSTILE.replace('"', "\\\"");
    let rules = format!(
        r#"[
    Source(id: "bad", kind: Review, title: "{text}", address: "javascript:alert(3)", reviewed: "2026-11-01"),
    Fact(id: "wet", kind: YesNo, ask: "{text}"),
    Fact(id: "kind", kind: Choice(["one", "two"]), ask: "{text}", labels: {{"one": "{text}"}}),
    Fact(id: "time", kind: Clock, ask: "{text}"),
    Cause(id: "rain", standing: Primary, when: {{"wet": Yes}}, text: "{text}", cites: [Cite(source: "bad", at: "{text}", says: "{text}")]),
    Fix(id: "dry", phase: "care", acts_on: ["rain"], when: {{"wet": Yes}}, not_before: ("time", "1h"), text: "{text}", steps: ["{text}"], because: "{text}", cites: [Cite(source: "bad", at: "{text}")]),
    Fix(id: "choose", phase: "care", acts_on: ["rain"], when: {{"kind": Is("two")}}, text: "{text}", cites: [Cite(source: "bad", at: "{text}")]),
]"#
    );
    let manifest = format!(
        r#"Pack(id: "bad", version: "1.0.0", schema: 1, language: "en", title: "{text}", notice: "{text}",
            phases: [Phase(id: "care", title: "{text}")])"#
    );
    let source = Source::files([("pack.ron", manifest.as_str()), ("rules.ron", rules.as_str())]);
    KnowledgeBase::builder().pack(source).build().unwrap().0
}

fn pages(kb: &KnowledgeBase, case: &str, format: PageFormat) -> Vec<String> {
    let case = kb.case_from_json(case).unwrap();
    let mut pages = vec![kb.advice_page(&case, format).unwrap()];
    for id in kb.advice_ids() {
        pages.push(kb.explanation_page(&case, id, None, format).unwrap());
    }
    pages
}

const CASE: &str = r#"{"wet": true, "time": "10min", "kind": {"reports": [
    {"value": "one", "source": "<img src=x onerror=alert(4)>"}, {"value": "two", "source": "\u001b[2J\u202e"}]}}"#;

#[test]
fn what_packs_and_cases_say_stays_text_in_html() {
    let kb = hostile();
    for page in pages(&kb, CASE, PageFormat::Html) {
        for wrong in [
            "<script",
            "<img",
            "href=\"javascript",
            "\u{1b}",
            "\u{202e}",
            "src=",
        ] {
            let at = page.to_lowercase().replace("&lt;img src=", "").find(wrong);
            assert_eq!(at, None, "{wrong}");
        }
        assert!(page.contains("&lt;script&gt;alert(1)"));
        assert_eq!(opened(&page), Vec::<String>::new());
    }
}

/// The elements that are left open, or closed without having been opened.
fn opened(page: &str) -> Vec<String> {
    let mut open: Vec<String> = Vec::new();
    for tag in page.split('<').skip(1) {
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '!')
            .collect();
        let alone = tag.split('>').next().unwrap_or_default().ends_with('/');
        if name == "!doctype" || name == "meta" || alone {
            continue;
        }
        if tag.starts_with('/') {
            if open.pop().as_ref() != Some(&name) {
                open.push(format!("/{name}"));
                return open;
            }
        } else {
            open.push(name);
        }
    }
    open
}

#[test]
fn what_packs_and_cases_say_stays_text_in_markdown() {
    let kb = hostile();
    for page in pages(&kb, CASE, PageFormat::Markdown) {
        assert!(!page.contains("<script"), "{page}");
        assert!(!page.contains("<img"), "{page}");
        assert!(!page.contains("[link]("), "{page}");
        assert!(!page.contains("*x*"), "{page}");
        assert!(!page.contains("(<javascript"), "{page}");
        assert!(!page.contains('\u{1b}'), "{page}");
    }
}

#[test]
fn a_long_list_is_counted_rather_than_written() {
    let rules: Vec<String> = (0..700)
        .map(|number| {
            format!(r#"Note(id: "n{number}", phase: "care", when: {{"wet": Yes}}, text: "N {number}.", inferred: true),"#)
        })
        .collect();
    let rules = format!(
        r#"[Fact(id: "wet", kind: YesNo, ask: "Is it wet?"), {}]"#,
        rules.concat()
    );
    let source = Source::files([
        (
            "pack.ron",
            r#"Pack(id: "many", version: "1.0.0", schema: 1, language: "en", title: "Many",
                phases: [Phase(id: "care", title: "Care")])"#,
        ),
        ("rules.ron", rules.as_str()),
    ]);
    let kb = KnowledgeBase::builder().pack(source).build().unwrap().0;
    for case in [r#"{"wet": true}"#, "{}"] {
        let page = kb
            .advice_page(&kb.case_from_json(case).unwrap(), PageFormat::Html)
            .unwrap();
        assert!(page.contains("and 500 more"), "{}", page.len());
        assert!(page.len() < 400_000, "{}", page.len());
    }
}

/// A small pack in two languages, with a clock and a cause.
fn small(language: &str) -> KnowledgeBase {
    let source = Source::files([
        (
            "pack.ron",
            r#"Pack(id: "feet", version: "1.0.0", schema: 1, language: "en", title: "Feet",
                translations: ["de"], notice: "This informs; it does not diagnose.",
                phases: [Phase(id: "care", title: "Looking after it")])"#,
        ),
        (
            "rules.ron",
            r#"[
    Source(id: "leaflet", kind: PatientInformation, title: "Blisters & feet", address: "https://example.org/feet?a=1&b=2", reviewed: "2026-11-01"),
    Fact(id: "blister", kind: Choice(["closed", "open"]), ask: "What does it look like?", labels: {"closed": "It is closed"}),
    Fact(id: "since", kind: Clock, ask: "How long ago was that?"),
    Fact(id: "fever", kind: YesNo, ask: "Do you have a fever?"),
    Cause(id: "rubbing", standing: Primary, text: "Something rubs.", cites: [Cite(source: "leaflet", at: "cause")]),
    RedFlag(id: "infection", level: Urgent, when: {"fever": Yes}, text: "See a doctor.", cites: [Cite(source: "leaflet", at: "signs")]),
    NonFix(id: "lance", phase: "care", verdict: Avoid, when: {"blister": Is("closed")}, text: "Do not prick it.", because: "Skin protects.", instead: ["plaster"], cites: [Cite(source: "leaflet", at: "aid")]),
    Fix(id: "plaster", phase: "care", acts_on: ["rubbing"], text: "Put a plaster on.", cites: [Cite(source: "leaflet", at: "aid")]),
    Fix(id: "walk", phase: "care", acts_on: ["rubbing"], when: {"blister": Is("closed")}, not_before: ("since", "2d"), text: "Walk again.", cites: [Cite(source: "leaflet", at: "aid")]),
]"#,
        ),
        (
            "de.ron",
            r#"[
    Translation(lang: "de", of: "feet", title: "Füße", notice: "Das informiert; es ist keine Diagnose.", phases: {"care": "Pflege"}),
    Translation(lang: "de", of: "blister", ask: "Wie sieht sie aus?", labels: {"closed": "Sie ist zu"}),
    Translation(lang: "de", of: "since", ask: "Wie lange ist das her?"),
    Translation(lang: "de", of: "fever", ask: "Hast du Fieber?"),
    Translation(lang: "de", of: "rubbing", text: "Etwas reibt."),
    Translation(lang: "de", of: "infection", text: "Geh zum Arzt."),
    Translation(lang: "de", of: "lance", text: "Nicht aufstechen.", because: "Die Haut schützt."),
    Translation(lang: "de", of: "plaster", text: "Klebe ein Pflaster darauf."),
    Translation(lang: "de", of: "walk", text: "Geh wieder."),
]"#,
        ),
    ]);
    let builder = KnowledgeBase::builder().pack(source).lang(language);
    builder.build().unwrap().0
}

const SMALL: &str = r#"{"blister": "closed", "since": "1d"}"#;

#[test]
fn the_advice_as_html() {
    let kb = small("en");
    let page = kb
        .advice_page(&kb.case_from_json(SMALL).unwrap(), PageFormat::Html)
        .unwrap();
    let (_, body) = page.split_once("</style></head>").unwrap();
    insta::assert_snapshot!(body);
}

#[test]
fn the_advice_as_markdown() {
    let kb = small("en");
    let page = kb
        .advice_page(&kb.case_from_json(SMALL).unwrap(), PageFormat::Markdown)
        .unwrap();
    insta::assert_snapshot!(page);
}

#[test]
fn the_advice_in_german() {
    let kb = small("de");
    let page = kb
        .advice_page(&kb.case_from_json(SMALL).unwrap(), PageFormat::Markdown)
        .unwrap();
    assert!(page.starts_with("# Rat: Füße\n"), "{page}");
    assert!(page.contains("Was hier nicht geraten wird"), "{page}");
    assert!(page.contains("Möglich in 24"), "{page}");
}

#[test]
fn an_explanation_as_markdown() {
    let kb = small("en");
    let page = kb
        .explanation_page(
            &kb.case_from_json(SMALL).unwrap(),
            "walk",
            None,
            PageFormat::Markdown,
        )
        .unwrap();
    insta::assert_snapshot!(page);
}
