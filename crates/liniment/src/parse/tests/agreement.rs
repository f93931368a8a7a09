//! The locator and RON agree, whatever the text.

use super::read_with;
use crate::diagnostic::resolve;
use crate::limits::Limits;
use crate::parse::Source;
use crate::parse::agreement::{agrees, ron_accepts};
use crate::parse::locate::locate;
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop, prop_assert, prop_oneof, proptest};

const SAMPLE: &str = r##"Fix(
        id: "massage", phase: "recovery", // a comment, with "quotes" and ( brackets
        when: [{"clothing": AnyOf(["thick", "compression"]), "t": Between("1d", 3.5)}, {"b": Yes, "n": AtLeast(-0x1F)}],
        not_before: ("time", "24h"), until: ("time", Vague("several_days")), /* a /* nested */ comment */
        text: "gr\u{f6}\"\\ße", because: r#"raw "text" \"#, dose: (lasting: "10min", for: 1_000.5e-3), inferred: true,
        cites: [Cite(source: "article", at: "p. 1", claims: []), Cite ( source : "b" , )], r#type: b'x', x: 'y', y: 1..=5, z: (), w: Some(None),
    )"##;

/// Pieces that are put into texts: whatever could confuse.
const PIECES: &[&str] = &[
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    "\"",
    "'",
    "'''",
    "\\",
    "//",
    "/*",
    "*/",
    "\n",
    " ",
    "r#\"",
    "\"#",
    "r\"",
    "b\"",
    "br#\"",
    "b'",
    "..",
    "..=",
    "1",
    "-",
    "+",
    ".",
    "1.5",
    "1e",
    "0x",
    "_",
    "a",
    "é",
    "\u{85}",
    "\u{200e}",
    "\u{2028}",
    "\u{feff}",
    "\0",
    "Some(",
    "None",
    "true",
    "inf",
    "NaN",
    "r#a",
    "a:",
    "(a:",
    "\"k\":",
    "#",
    "()",
    "1u8",
    "NaNf32",
    "true(",
    "a b",
    "\u{300}",
    "99999999999999999999",
    "007",
    "1.",
    ".5",
    "\\u{0}",
    "\\x41",
    "5..",
    "inf..1",
];

/// A change to a text.
#[derive(Clone, Debug)]
enum Change {
    Insert(prop::sample::Index, &'static str),
    Remove(prop::sample::Index, usize),
    Copy(prop::sample::Index, usize, prop::sample::Index),
    Letter(prop::sample::Index, char),
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let index = any::<prop::sample::Index>;
    let one = prop_oneof![
        (index(), prop::sample::select(PIECES)).prop_map(|(at, piece)| Change::Insert(at, piece)),
        (index(), 1..12_usize).prop_map(|(at, length)| Change::Remove(at, length)),
        (index(), 1..30_usize, index()).prop_map(|(from, length, to)| Change::Copy(from, length, to)),
        (index(), any::<char>()).prop_map(|(at, letter)| Change::Letter(at, letter)),
    ];
    prop::collection::vec(one, 0..5)
}

fn change(text: &str, changes: &[Change]) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    for change in changes {
        let length = letters.len();
        match change {
            Change::Insert(at, piece) => {
                let at = at.index(length + 1);
                letters.splice(at..at, piece.chars());
            }
            Change::Remove(at, count) => {
                let at = at.index(length + 1);
                letters.drain(at..(at + count).min(length));
            }
            Change::Copy(from, count, to) => {
                let from = from.index(length + 1);
                let piece: Vec<char> = letters.iter().skip(from).take(*count).copied().collect();
                let to = to.index(length + 1);
                letters.splice(to..to, piece);
            }
            Change::Letter(at, letter) => {
                let at = at.index(length + 1);
                letters.splice(at..(at + 1).min(length), [*letter]);
            }
        }
    }
    letters.into_iter().collect()
}

/// Texts made of pieces alone.
fn heaps() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..14).prop_map(|pieces| pieces.concat())
}

/// Well-formed values of the plain sort, and nearly well-formed ones.
fn values() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("\"a\"".to_owned()),
        Just("Yes".to_owned()),
        Just("1.5".to_owned()),
        Just("-12".to_owned()),
        Just("true".to_owned()),
        Just("\"a\\\"b\"".to_owned()),
        Just("'x'".to_owned()),
        Just("inf".to_owned()),
        Just("0.0".to_owned()),
        Just("Some".to_owned()),
        Just("rb".to_owned()),
        Just("b_1".to_owned()),
        Just("123456789.123456789".to_owned()),
        Just("-0".to_owned()),
        Just("00".to_owned()),
        Just("\"\\n\"".to_owned()),
        Just("\"\n\"".to_owned()),
        Just("\"\0\"".to_owned()),
    ];
    leaf.prop_recursive(5, 40, 4, |inner| {
        let list = prop::collection::vec(inner.clone(), 0..4);
        let space = || prop::sample::select(&["", " ", "\n", "/* ( */", "// )\n", "\u{85}"][..]);
        let name =
            || prop::sample::select(&["", "Fix", "a", "true", "Some", "infinite", "r", "b", "None"][..]);
        let end = || prop::sample::select(&["", ",", ", "][..]);
        prop_oneof![
            (list.clone(), end()).prop_map(|(list, end)| format!("[{}{end}]", list.join(","))),
            (list.clone(), end(), name(), space()).prop_map(|(list, end, name, space)| format!(
                "{name}{space}({space}{}{end})",
                list.join(", ")
            )),
            (
                list.clone(),
                end(),
                name(),
                space(),
                prop::sample::select(&["k", "true", "Some", "inf"][..])
            )
                .prop_map(|(list, end, name, space, key)| {
                    let fields: Vec<String> = list
                        .iter()
                        .enumerate()
                        .map(|(number, value)| format!("{key}{number}{space}:{space}{value}"))
                        .collect();
                    format!("{name}({}{end})", fields.join(","))
                }),
            (list.clone(), list, end()).prop_map(|(keys, values, end)| {
                let entries: Vec<String> = keys
                    .iter()
                    .zip(&values)
                    .map(|(key, value)| format!("{key}: {value}"))
                    .collect();
                format!("{{{}{end}}}", entries.join(","))
            }),
        ]
    })
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        changes().prop_map(|changes| change(SAMPLE, &changes)),
        (values(), changes()).prop_map(|(text, changes)| change(&text, &changes)),
        values(),
        heaps(),
        any::<String>(),
    ]
}

#[test]
fn samples_agree() {
    for text in [
        SAMPLE,
        "'''",
        "1..=5",
        "inf..=5",
        "..b\'x\'",
        "b\'x\'..=b\'y\'",
        "b\'x\'..",
        "r#a",
        "(a)",
        "(a,)",
        "(a:1,)",
        "a ()",
        "()",
        "{}",
        "[]",
        "b'\\''",
        "'\\\\'",
        "\"\\\\\"",
        "+5",
        "-.5e+1",
        "1.5e_-3",
        "1e5",
        "/**/ 1 //",
    ] {
        assert_eq!(agrees(text), Ok(()), "{text}");
        assert!(ron_accepts(text), "{text}");
    }
    let mut nodes = Vec::new();
    let plain = r#"Fix(id: "a", when: {"b": AtLeast(1.5)}, fixed: true, inferred: true, text: "say \"x\"", /* c */ cites: [Cite(at: "1",)])"#;
    assert!(
        locate(plain, 0, 64, &mut nodes).is_ok_and(|located| located.plain && located.end == plain.len())
    );
}

/// A library without RON reads them.
#[test]
fn the_packs_of_the_project_are_plain() {
    for (pack, files) in liniment_rules::all() {
        for (name, text) in files.iter().filter(|(name, _)| !name.starts_with("cases/")) {
            let located = locate(text, 0, 64, &mut Vec::new());
            assert!(located.is_ok_and(|located| located.plain), "{pack}/{name}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn locator_and_ron_agree(text in texts()) {
        prop_assert!(agrees(&text).is_ok(), "{:?}: {:?}", agrees(&text), text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn any_pack_is_read_or_refused(pieces in prop::collection::vec(texts(), 0..4), changes in changes()) {
        let text = change(&format!("[\n    {}\n]", pieces.join(",\n    ")), &changes);
        let source = Source::files([("pack.ron", super::MANIFEST), ("rules.ron", text.as_str()), ("cases/a.ron", text.as_str())]);
        let (_, files, findings) = read_with(&source, &Limits::default());
        for finding in &findings {
            prop_assert!(!finding.message.contains('\n'), "{}", finding.message);
            for (span, _) in &finding.labels {
                let file = files.get(span.file.0 as usize).and_then(|file| file.text()).unwrap_or_default();
                prop_assert!(file.get(span.start as usize..span.end as usize).is_some() || span.end as usize > file.len(), "{:?}", finding);
            }
        }
        let diagnostics = resolve(findings, &files);
        let _ = crate::diagnostic::render(&diagnostics, &[source], 80, true);
    }
}
