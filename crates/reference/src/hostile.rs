//! Packs and cases made to use up time or memory, or to mislead whoever reads them.

use std::fmt::Write as _;
use std::iter::repeat_n;

use crate::print::File;

/// What becomes of a hostile text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Refused, with a diagnostic or message that has these words.
    Refused(&'static str),
    /// It is within the limits: loaded, and it answers the empty case.
    Answers,
}

/// A pack that harms, if anything does.
pub struct HostilePack {
    pub name: &'static str,
    /// How large it is when it is measured.
    pub size: usize,
    /// How large it is in tests, when it answers.
    pub tested: usize,
    pub files: fn(usize) -> Vec<File>,
    pub fate: Fate,
}

const MANIFEST: &str = r#"Pack(id: "hostile", version: "1.0.0", schema: 1, language: "en", title: "Hostile", phases: [Phase(id: "now", title: "Now")])"#;
const SOURCE: &str = r#"Source(id: "book", kind: Review, title: "The book", reviewed: "2026-11-23"),"#;
const CITES: &str = r#"cites: [Cite(source: "book", at: "page 1")]"#;

fn pack(statements: &str) -> Vec<File> {
    vec![
        ("pack.ron".to_owned(), MANIFEST.to_owned()),
        ("rules.ron".to_owned(), format!("[{SOURCE}\n{statements}]")),
    ]
}

fn note(id: impl std::fmt::Display, when: &str) -> String {
    format!(
        "Note(id: \"{id}\", phase: \"now\", when: {when}, text: \"Note.\", because: \"Because.\", {CITES}),\n"
    )
}

fn yes_no(id: impl std::fmt::Display) -> String {
    format!("Fact(id: \"{id}\", kind: YesNo, ask: \"Is it so?\"),\n")
}

/// A score of so many facts, and a note for each test of it.
fn scored(size: usize, points: fn(usize) -> usize, tests: &[&str]) -> Vec<File> {
    let facts: String = (0..size).map(|number| yes_no(format!("f{number}"))).collect();
    let points: String = (0..size).fold(String::new(), |mut text, number| {
        let _ = write!(text, "Points({}, {{\"f{number}\": Yes}}),", points(number));
        text
    });
    let notes = tests.iter().enumerate();
    let notes: String = notes
        .map(|(number, test)| note(format!("n{number}"), &format!("{{\"s\": {test}}}")))
        .collect();
    pack(&format!("{facts}Define(id: \"s\", score: [{points}]),\n{notes}"))
}

pub const PACKS: &[HostilePack] = &[
    HostilePack {
        name: "brackets within brackets",
        size: 100_000,
        tested: 2_000,
        files: |size| pack(&format!("Never({}{})", "[".repeat(size), "]".repeat(size))),
        fate: Fate::Refused("`depth`"),
    },
    HostilePack {
        name: "brackets never closed",
        size: 5_000_000,
        tested: 100_000,
        files: |size| pack(&"(".repeat(size)),
        fate: Fate::Refused("`depth`"),
    },
    HostilePack {
        name: "comments within comments",
        size: 1_000_000,
        tested: 20_000,
        files: |size| pack(&"/*".repeat(size)),
        fate: Fate::Refused(""),
    },
    HostilePack {
        name: "a list of many elements",
        size: 5_000_000,
        tested: 100_000,
        files: |size| {
            pack(&format!(
                "Fact(id: \"a\", kind: Choice([{}]), ask: \"?\")",
                "\"b\",".repeat(size)
            ))
        },
        fate: Fate::Refused("`options`"),
    },
    HostilePack {
        name: "a text that is too long",
        size: 50_000_000,
        tested: 1_000_000,
        files: |size| {
            pack(&format!(
                "Fact(id: \"a\", kind: YesNo, ask: \"{}\")",
                "b".repeat(size)
            ))
        },
        fate: Fate::Refused("`text_length`"),
    },
    HostilePack {
        name: "ids of a megabyte",
        size: 1_000_000,
        tested: 20_000,
        files: |size| {
            let id = "a".repeat(size);
            pack(&(yes_no(&id) + &note("b", &format!("{{\"{id}\": Yes}}"))))
        },
        fate: Fate::Refused("`text_length`"),
    },
    HostilePack {
        name: "more bytes than allowed",
        size: 130 * 1024 * 1024,
        tested: 130 * 1024 * 1024,
        files: |size| pack(&" ".repeat(size)),
        fate: Fate::Refused("`bytes`"),
    },
    HostilePack {
        name: "extensions",
        size: 10_000,
        tested: 200,
        files: |size| {
            let extended: String = (0..size).fold(String::new(), |mut text, number| {
                let _ = write!(text, "\"pack-{number}\": \"^1\",");
                text
            });
            vec![(
                "pack.ron".to_owned(),
                format!(
                    "Pack(id: \"hostile\", version: \"1.0.0\", schema: 1, language: \"en\", title: \"Hostile\", extends: {{{extended}}})"
                ),
            )]
        },
        fate: Fate::Refused("`extensions`"),
    },
    HostilePack {
        name: "facts",
        size: 25_000,
        tested: 500,
        files: |size| {
            pack(
                &(0..size)
                    .map(|number| yes_no(format!("f{number}")))
                    .collect::<String>(),
            )
        },
        fate: Fate::Refused("`facts`"),
    },
    HostilePack {
        name: "rules",
        size: 210_000,
        tested: 4_200,
        files: |size| {
            pack(
                &(yes_no("f")
                    + &(0..size)
                        .map(|number| note(format!("n{number}"), "{\"f\": Yes}"))
                        .collect::<String>()),
            )
        },
        fate: Fate::Refused("`rules`"),
    },
    HostilePack {
        name: "writing that runs backwards",
        size: 1,
        tested: 1,
        files: |_| pack("Fact(id: \"a\u{202e}b\", kind: YesNo, ask: \"Is it \u{2066}so?\")"),
        fate: Fate::Refused("cannot be seen"),
    },
    HostilePack {
        name: "a letter of another alphabet",
        size: 1,
        tested: 1,
        files: |_| pack(&(yes_no("calf") + &note("n", "{\"c\u{430}lf\": Yes}"))),
        fate: Fate::Refused("c\u{430}lf"),
    },
    HostilePack {
        name: "unfinished statements",
        size: 100_000,
        tested: 2_000,
        files: |size| pack(&"Fix(id: \"a\" phase: \"b\",\n".repeat(size)),
        fate: Fate::Refused(""),
    },
    HostilePack {
        name: "definitions that double at each step",
        size: 60,
        tested: 60,
        files: |size| {
            let mut text = yes_no("f0") + &yes_no("f1");
            text += "Define(id: \"d0\", when: [{\"f0\": Yes}, {\"f1\": Yes}]),\n";
            for number in 1..size {
                let before = number - 1;
                let _ = writeln!(
                    text,
                    "Define(id: \"d{number}\", when: [{{\"d{before}\": Yes, \"f0\": Yes}}, {{\"d{before}\": Yes, \"f1\": No}}]),"
                );
            }
            pack(&(text + &note("n", &format!("{{\"d{}\": Yes}}", size - 1))))
        },
        fate: Fate::Answers,
    },
    HostilePack {
        name: "a chain of definitions",
        size: 100_000,
        tested: 2_000,
        files: |size| {
            let mut text = yes_no("f") + "Define(id: \"d0\", when: {\"f\": Yes}),\n";
            for number in 1..size {
                let _ = writeln!(
                    text,
                    "Define(id: \"d{number}\", when: {{\"d{}\": Yes}}),",
                    number - 1
                );
            }
            pack(&(text + &note("n", &format!("{{\"d{}\": Yes}}", size - 1))))
        },
        fate: Fate::Refused("`depth`"),
    },
    HostilePack {
        name: "a chain of rules that override",
        size: 5_000,
        tested: 500,
        files: |size| {
            let mut text = yes_no("f");
            for number in 0..size {
                let overrides = match number {
                    0 => String::new(),
                    _ => format!("overrides: [\"n{}\"], limits: [\"n{0}\"],", number - 1),
                };
                let _ = writeln!(
                    text,
                    "Note(id: \"n{number}\", phase: \"now\", when: {{\"f\": Yes}}, {overrides} text: \"Note.\", because: \"Because.\", {CITES}),"
                );
            }
            pack(&text)
        },
        fate: Fate::Answers,
    },
    HostilePack {
        name: "a chain of questions",
        size: 15_000,
        tested: 300,
        files: |size| {
            let mut text = yes_no("f0");
            for number in 1..size {
                let _ = writeln!(
                    text,
                    "Fact(id: \"f{number}\", kind: YesNo, ask: \"Is it so?\", ask_when: {{\"f{}\": Yes}}),",
                    number - 1
                );
            }
            pack(&(text + &note("n", &format!("{{\"f{}\": Yes}}", size - 1))))
        },
        fate: Fate::Answers,
    },
    HostilePack {
        name: "rows that repeat their facts",
        size: 5_000,
        tested: 100,
        files: |size| {
            let facts: String = (0..40).map(|number| yes_no(format!("f{number}"))).collect();
            let rows: String = (0..size).fold(String::new(), |mut text, number| {
                let (one, two, three) = (number % 40, (number * 7 + 1) % 40, (number * 11 + 2) % 40);
                let yes = if number % 3 == 0 { "Yes" } else { "No" };
                if one != two && two != three && one != three {
                    let _ = write!(text, "{{\"f{one}\": {yes}, \"f{two}\": No, \"f{three}\": Yes}},");
                }
                text
            });
            pack(&(facts + &note("n", &format!("[{rows}]"))))
        },
        fate: Fate::Answers,
    },
    HostilePack {
        name: "a score of many points",
        size: 1_000,
        tested: 1_000,
        files: |size| scored(size, |number| number % 7 + 1, &["AtLeast(20)"]),
        fate: Fate::Answers,
    },
    HostilePack {
        name: "scores that must be one sum",
        size: 1_000,
        tested: 1_000,
        // The second is no sum of these points.
        files: |size| {
            scored(
                size,
                |number| number % 7 * 2 + 2,
                &["Between(20, 20)", "Between(21, 21)"],
            )
        },
        fate: Fate::Answers,
    },
    HostilePack {
        name: "limits on one fact",
        size: 50_000,
        tested: 10_000,
        files: |size| {
            let notes: String = (0..size)
                .map(|number| note(format!("n{number}"), &format!("{{\"f\": AtLeast({number})}}")))
                .collect();
            pack(&("Fact(id: \"f\", kind: Integer, ask: \"How many?\"),\n".to_owned() + &notes))
        },
        fate: Fate::Answers,
    },
    HostilePack {
        name: "hidden limits that overlap",
        size: 40,
        tested: 40,
        files: |size| {
            let mut text = "Fact(id: \"f\", kind: Integer, ask: \"How many?\"),\n".to_owned();
            for number in 0..size {
                let _ = writeln!(
                    text,
                    "Vague(id: \"v{number}\", words: \"some\", from: {number}, to: {}),",
                    1_000 + number
                );
                text += &note(
                    format!("n{number}"),
                    &format!("{{\"f\": AtLeast(Vague(\"v{number}\"))}}"),
                );
            }
            pack(&text)
        },
        fate: Fate::Refused("`boxes`"),
    },
    HostilePack {
        name: "rules of one advice id",
        size: 3_000,
        tested: 60,
        files: |size| {
            let mut text = String::new();
            for number in 0..size {
                let fact = number % 200;
                if number < 200 {
                    text += &yes_no(format!("f{fact}"));
                }
                let _ = writeln!(
                    text,
                    "Fix(id: \"x{number}\", advice: \"x\", phase: \"now\", when: {{\"f{fact}\": Yes}}, text: \"Do.\", because: \"Because.\", {CITES}),"
                );
            }
            pack(&text)
        },
        fate: Fate::Answers,
    },
    HostilePack {
        name: "a red flag that silences many, many times",
        size: 2_000,
        tested: 40,
        files: |size| {
            let ids = (0..size).fold(String::new(), |mut text, number| {
                let _ = write!(text, "\"n{number}\",");
                text
            });
            let mut text = yes_no("f") + &yes_no("g");
            for number in 0..size {
                text += &note(format!("n{number}"), "{\"f\": Yes}");
                let _ = writeln!(
                    text,
                    "RedFlag(id: \"r{number}\", level: Urgent, when: {{\"g\": Yes}}, suppresses: [{ids}], text: \"Go.\", because: \"Because.\", {CITES}),"
                );
            }
            pack(&text)
        },
        fate: Fate::Answers,
    },
    HostilePack {
        name: "options of a several-fact",
        size: 1_000,
        tested: 20,
        files: |size| {
            let options: String = (0..size).fold(String::new(), |mut text, number| {
                let _ = write!(text, "\"o{number}\",");
                text
            });
            let notes: String = (0..size)
                .map(|number| {
                    note(
                        format!("n{number}"),
                        &format!("{{\"f\": Includes([\"o{number}\"])}}"),
                    )
                })
                .collect();
            pack(&(format!("Fact(id: \"f\", kind: Several([{options}]), ask: \"Which?\"),\n") + &notes))
        },
        fate: Fate::Answers,
    },
    HostilePack {
        name: "questions that hang together",
        size: 400,
        tested: 20,
        files: |size| {
            let facts: String = (0..size).map(|number| yes_no(format!("f{number}"))).collect();
            let notes: String = (0..size)
                .map(|number| {
                    let (one, two) = ((number + 1) % size, (number * 3 + 1) % size);
                    let row = if one == two || one == number || two == number {
                        format!("{{\"f{number}\": Yes}}")
                    } else {
                        format!(
                            "[{{\"f{number}\": Yes, \"f{one}\": No}}, {{\"f{one}\": Yes, \"f{two}\": No}}]"
                        )
                    };
                    note(format!("n{number}"), &row)
                })
                .collect();
            pack(&(facts + &notes))
        },
        fate: Fate::Answers,
    },
];

/// A text of a case that harms, if anything does.
pub struct HostileCase {
    pub name: &'static str,
    /// How large it is when it is measured.
    pub size: usize,
    /// How large it is in tests.
    pub tested: usize,
    pub text: fn(usize) -> String,
    /// Words of the message that refuses it.
    pub refused: &'static str,
}

pub const CASES: &[HostileCase] = &[
    HostileCase {
        name: "lists within lists",
        size: 8_000_000,
        tested: 160_000,
        text: |size| format!("{{\"goals\": {}{}}}", "[".repeat(size), "]".repeat(size)),
        refused: "deep",
    },
    HostileCase {
        name: "objects within objects",
        size: 2_000_000,
        tested: 40_000,
        text: |size| format!("{{\"goals\": {}1", "{\"a\":".repeat(size)),
        refused: "deep",
    },
    HostileCase {
        name: "one fact many times",
        size: 500_000,
        tested: 10_000,
        text: |size| {
            let entries: Vec<&str> = repeat_n("\"goals\": [\"prevent\"]", size).collect();
            format!("{{{}}}", entries.join(","))
        },
        refused: "twice",
    },
    HostileCase {
        name: "many unknown facts",
        size: 800_000,
        tested: 16_000,
        text: |size| {
            let entries: Vec<String> = (0..size).map(|number| format!("\"f{number}\":1")).collect();
            format!("{{{}}}", entries.join(","))
        },
        refused: "f0",
    },
    HostileCase {
        name: "a string of many megabytes",
        size: 15_000_000,
        tested: 300_000,
        text: |size| format!("{{\"cramp_state\": \"{}\"}}", "a".repeat(size)),
        refused: "cramp_state",
    },
    HostileCase {
        name: "a long list",
        size: 5_000_000,
        tested: 100_000,
        text: |size| format!("{{\"goals\": [{}1]}}", "1,".repeat(size)),
        refused: "goals",
    },
    HostileCase {
        name: "many reports",
        size: 300_000,
        tested: 6_000,
        text: |size| {
            let report = r#"{"value":"active","source":"a"},"#;
            format!("{{\"cramp_state\": {{\"reports\": [{}1]}}}}", report.repeat(size))
        },
        refused: "cramp_state",
    },
    HostileCase {
        name: "a text of a gigabyte",
        size: 1 << 30,
        tested: 20 * 1024 * 1024,
        text: |size| " ".repeat(size),
        refused: "bytes",
    },
];
