//! The engines of `peers.py`: a process that is asked line by line, so that its turns come between ours.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use liniment_workloads::{Value, Workload};
use serde_json::{Value as Json, json};

use crate::engines::zen::{object, word};
use crate::engines::{Answers, expression};

pub(crate) struct Python {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    folder: PathBuf,
}

impl Python {
    /// Starts the interpreter of a virtual environment.
    pub(crate) fn start(interpreter: &Path, folder: &Path) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers.py");
        std::fs::create_dir_all(folder).expect("a folder to write into");
        let mut process = Command::new(interpreter)
            .arg(script)
            .arg(folder)
            .env("POLARS_MAX_THREADS", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the Python of the virtual environment");
        let input = process.stdin.take().expect("its input");
        let output = BufReader::new(process.stdout.take().expect("its output"));
        Self {
            process,
            input,
            output,
            folder: folder.to_owned(),
        }
    }

    fn ask(&mut self, question: &Json) -> Json {
        writeln!(self.input, "{question}").expect("Python to listen");
        let mut line = String::new();
        self.output.read_line(&mut line).expect("Python to answer");
        serde_json::from_str(&line).unwrap_or_else(|_| panic!("Python gave up on {question}"))
    }

    /// The engines that it has.
    pub(crate) fn versions(&mut self) -> Json {
        self.ask(&json!({"do": "versions"}))
    }

    /// Hands over a workload: its rules in words, and rows as JSON objects.
    pub(crate) fn load(&mut self, engine: &str, workload: &Workload, rows: &[Vec<Value>]) -> f64 {
        let path = self.folder.join("workload.json");
        let facts: Vec<Json> = workload
            .facts
            .iter()
            .map(|fact| {
                let kind = match fact.kind {
                    liniment_workloads::Kind::YesNo => "bool",
                    liniment_workloads::Kind::Choice(_) => "choice",
                    liniment_workloads::Kind::Integer(..) => "integer",
                    liniment_workloads::Kind::Number(..) => "number",
                };
                json!({"id": fact.id, "kind": kind})
            })
            .collect();
        let rules: Vec<Json> = workload
            .rules
            .iter()
            .map(|rule| {
                let tests: Vec<Json> = rule
                    .conditions
                    .iter()
                    .map(|condition| test(workload, condition))
                    .collect();
                json!({"expression": expression(workload, rule, " and ", word), "tests": tests})
            })
            .collect();
        let cases: Vec<Json> = rows.iter().map(|row| object(workload, row)).collect();
        let text = json!({"facts": facts, "rules": rules, "cases": cases}).to_string();
        std::fs::write(&path, text).expect("a file for Python");
        self.ask(&json!({"do": "load", "engine": engine}))["seconds"]
            .as_f64()
            .unwrap_or(f64::NAN)
    }

    /// One turn: the seconds it took.
    pub(crate) fn run(&mut self, engine: &str) -> f64 {
        self.ask(&json!({"do": "run", "engine": engine}))["seconds"]
            .as_f64()
            .unwrap_or(f64::NAN)
    }

    /// What the engine said in its last turn.
    pub(crate) fn answers(&mut self, engine: &str) -> Answers {
        self.ask(&json!({"do": "answers", "engine": engine}));
        let bytes = std::fs::read(self.folder.join("answers.bin")).expect("the answers of Python");
        let numbers: Vec<u32> = bytes
            .chunks_exact(4)
            .map(|bytes| u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
            .collect();
        Answers(numbers.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect())
    }
}

impl Drop for Python {
    fn drop(&mut self) {
        let _ = writeln!(self.input, "{}", json!({"do": "end"}));
        let _ = self.process.wait();
    }
}

fn test(workload: &Workload, condition: &liniment_workloads::Condition) -> Json {
    use crate::engines::option;
    use liniment_workloads::Test;
    let fact = &workload.facts[condition.fact];
    let (kind, values) = match &condition.test {
        Test::Yes => ("is", json!([true])),
        Test::No => ("is", json!([false])),
        Test::Is(place) => ("is", json!([option(fact, *place)])),
        Test::OneOf(places) => {
            let options: Vec<&str> = places.iter().map(|place| option(fact, *place)).collect();
            ("in", json!(options))
        }
        Test::AtLeast(limit) => ("from", json!([limit])),
        Test::AtMost(limit) => ("to", json!([limit])),
        Test::Between(from, to) => ("between", json!([from, to])),
    };
    json!({"fact": fact.id, "test": kind, "values": values})
}
