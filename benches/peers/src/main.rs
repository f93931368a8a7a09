//! Liniment beside other engines, on the same workloads in one run.
//!
//! Every engine loads a workload and is asked the same cases, turn by turn: one engine after the other, then
//! all of them again, so that whatever else the machine does falls on all alike. Times are of the processor,
//! on one thread; each figure is the median of the turns. All answers are compared with a plain scan over the
//! rules, every one, and a difference ends the run. The result is a page of tables in Markdown.
//!
//! `liniment-peers [--turns N] [--rules N,N,…] [--rows N] [--python INTERPRETER]`; started by
//! `cargo xtask bench --peers`.

mod batch;
mod engines;
mod machine;
mod python;
mod table;

use std::path::PathBuf;

use cpu_time::ProcessTime;
use liniment_workloads::{Knowledge, Value, Workload, workload_a, workload_b};

use batch::Rows;
use engines::{Answers, ENGINES, Engine};
use python::Python;
use table::{Line, Table};

/// What is asked for.
struct Arguments {
    turns: usize,
    rules: Vec<usize>,
    rows: usize,
    python: Option<PathBuf>,
}

fn main() {
    let arguments = arguments();
    let mut python = arguments.python.as_ref().map(|interpreter| {
        let folder = std::env::temp_dir().join(format!("liniment-peers-{}", std::process::id()));
        Python::start(interpreter, &folder)
    });
    println!("{}\n", machine::described());
    println!("One core reads {:.1} GB/s.\n", machine::read_bandwidth());
    if let Some(python) = &mut python {
        println!("Python side: {}\n", python.versions());
    }
    // One case, 25 rules, 70 % of the facts known.
    let workload = workload_a();
    let cases: Vec<Vec<Value>> = workload.cases(7, Knowledge::Share(0.7)).take(2_000).collect();
    let title = "A: one case, 25 rules over 10 facts, 30 % unknown".to_owned();
    singly(title, &workload, &cases, &arguments, &mut python);
    // The same over many rows, 5 % unknown.
    let rows: Vec<Vec<Value>> = workload
        .cases(11, Knowledge::Share(0.95))
        .take(arguments.rows)
        .collect();
    in_rows(&workload, &rows, &arguments, &mut python);
    // Many rules.
    for rules in &arguments.rules {
        let workload = workload_b(*rules, *rules);
        let count = (20_000_000 / rules / 50).clamp(20, 500);
        for (words, knowledge) in [
            ("all facts known", Knowledge::All),
            ("half of the facts unknown", Knowledge::Share(0.5)),
        ] {
            let cases: Vec<Vec<Value>> = workload.cases(13, knowledge).take(count).collect();
            let title = format!("B: one case, {rules} rules over 50 facts, {words}");
            singly(title, &workload, &cases, &arguments, &mut python);
        }
    }
}

fn arguments() -> Arguments {
    let mut found = Arguments {
        turns: 7,
        rules: vec![100, 1_000, 10_000, 100_000],
        rows: 1_000_000,
        python: None,
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let value = words.next().unwrap_or_default();
        let number = || value.parse().unwrap_or_else(|_| panic!("{word} takes a number"));
        match word.as_str() {
            "--turns" => found.turns = number(),
            "--rows" => found.rows = number(),
            "--rules" => {
                found.rules = value
                    .split(',')
                    .map(|count| count.parse().unwrap_or_else(|_| panic!("{word} takes numbers")))
                    .collect();
            }
            "--python" => found.python = Some(value.into()),
            _ => panic!("there is no option {word}"),
        }
    }
    found
}

/// One engine among those that take turns.
enum Peer<'w> {
    Here(Box<dyn Engine + 'w>),
    Python(&'static str),
}

/// Case by case.
fn singly(
    title: String,
    workload: &Workload,
    cases: &[Vec<Value>],
    arguments: &Arguments,
    python: &mut Option<Python>,
) {
    let mut lines: Vec<Line> = Vec::new();
    let mut peers: Vec<Peer<'_>> = Vec::new();
    for (name, load) in ENGINES {
        let start = ProcessTime::now();
        peers.push(Peer::Here(load(workload, cases)));
        lines.push(Line::new(name, start.elapsed().as_secs_f64()));
    }
    // Asked one after the other, tens of thousands of expressions take minutes from Python.
    if let Some(python) = python {
        for name in ["ZEN table, Python", "ZEN expressions, Python"] {
            if name.contains("table") || workload.rules.len() <= 1_000 {
                let seconds = python.load(name, workload, cases);
                peers.push(Peer::Python(name));
                lines.push(Line::new(name, seconds));
            }
        }
    }
    let mut expected: Option<Answers> = None;
    for _ in 0..arguments.turns {
        for (peer, line) in peers.iter_mut().zip(&mut lines) {
            let mut said = Answers::default();
            match peer {
                Peer::Here(engine) => {
                    let start = ProcessTime::now();
                    engine.prepared(&mut said);
                    line.prepared
                        .push(start.elapsed().as_secs_f64() / cases.len() as f64);
                    let mut again = Answers::default();
                    let start = ProcessTime::now();
                    engine.from_rows(&mut again);
                    line.from_rows
                        .push(start.elapsed().as_secs_f64() / cases.len() as f64);
                    compare(line.name, &mut again, &mut expected);
                }
                Peer::Python(name) => {
                    if let Some(python) = python {
                        line.from_rows.push(python.run(name) / cases.len() as f64);
                        said = python.answers(name);
                    }
                }
            }
            compare(line.name, &mut said, &mut expected);
        }
    }
    Table {
        title,
        lines,
        of: "case",
    }
    .print();
}

/// All rows at once.
fn in_rows(workload: &Workload, rows: &[Vec<Value>], arguments: &Arguments, python: &mut Option<Python>) {
    let title = format!(
        "A in a batch: {} rows, 5 % unknown, one thread, True and not-False of every rule",
        rows.len()
    );
    let mut lines: Vec<Line> = Vec::new();
    let start = ProcessTime::now();
    let own = Rows::new(workload, rows);
    lines.push(Line::new("Liniment, batch", start.elapsed().as_secs_f64()));
    let scan = ENGINES[0].1;
    let mut expected = Answers::default();
    scan(workload, rows).prepared(&mut expected);
    let mut expected = Some(expected);
    let mut others = Vec::new();
    if let Some(python) = python {
        for name in ["Polars", "DuckDB"] {
            lines.push(Line::new(name, python.load(name, workload, rows)));
            others.push(name);
        }
    }
    for _ in 0..arguments.turns {
        let start = ProcessTime::now();
        let masks = own.run();
        lines[0]
            .prepared
            .push(start.elapsed().as_secs_f64() / rows.len() as f64);
        compare(lines[0].name, &mut Rows::answers(&masks), &mut expected);
        for (name, line) in others.iter().zip(lines.iter_mut().skip(1)) {
            if let Some(python) = python {
                line.prepared.push(python.run(name) / rows.len() as f64);
                compare(name, &mut python.answers(name), &mut expected);
            }
        }
    }
    Table {
        title,
        lines,
        of: "row",
    }
    .print();
}

/// Every answer must be that of the first engine, the plain scan.
fn compare(name: &str, said: &mut Answers, expected: &mut Option<Answers>) {
    said.0.sort_unstable();
    match expected {
        None => *expected = Some(said.clone()),
        Some(expected) => assert!(
            expected == said,
            "{name} answers otherwise: {} against {} rules that hold; the first difference is at {:?}",
            said.0.len(),
            expected.0.len(),
            said.0.iter().zip(&expected.0).find(|(one, other)| one != other)
        ),
    }
}
