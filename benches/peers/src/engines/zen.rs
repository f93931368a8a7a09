//! ZEN's expression language: each rule compiled to its bytecode, run one after the other.

use liniment_workloads::{Fact, Test, Value, Workload};
use serde_json::{Map, Value as Json, json};
use zen_expression::expression::Standard;
use zen_expression::variable::Variable;
use zen_expression::vm::VM;
use zen_expression::{Expression, compile_expression};

use super::{Answers, Engine, expression, option};

struct Expressions<'w> {
    workload: &'w Workload,
    rules: Vec<Expression<Standard>>,
    contexts: Vec<Variable>,
    rows: &'w [Vec<Value>],
    machine: VM,
}

pub(crate) fn load<'w>(workload: &'w Workload, rows: &'w [Vec<Value>]) -> Box<dyn Engine + 'w> {
    let rules = workload
        .rules
        .iter()
        .map(|rule| {
            let text = expression(workload, rule, " and ", word);
            compile_expression(&text).unwrap_or_else(|error| panic!("ZEN does not read `{text}`: {error}"))
        })
        .collect();
    let mut loaded = Expressions {
        workload,
        rules,
        contexts: Vec::new(),
        rows,
        machine: VM::new(),
    };
    loaded.contexts = rows.iter().map(|row| loaded.context(row)).collect();
    Box::new(loaded)
}

/// A comparison with null is an error, so that it is asked first.
pub(crate) fn word(fact: &Fact, test: &Test) -> String {
    let id = &fact.id;
    match test {
        Test::Yes => format!("{id} == true"),
        Test::No => format!("{id} == false"),
        Test::Is(place) => format!("{id} == '{}'", option(fact, *place)),
        Test::OneOf(places) => {
            let options: Vec<String> = places
                .iter()
                .map(|place| format!("'{}'", option(fact, *place)))
                .collect();
            format!("{id} in [{}]", options.join(", "))
        }
        Test::AtLeast(limit) => format!("{id} != null and {id} >= {limit}"),
        Test::AtMost(limit) => format!("{id} != null and {id} <= {limit}"),
        Test::Between(from, to) => format!("{id} != null and {id} >= {from} and {id} <= {to}"),
    }
}

/// A row as a JSON object, null where nothing is known.
pub(crate) fn object(workload: &Workload, row: &[Value]) -> Json {
    let entries = workload.facts.iter().zip(row).map(|(fact, value)| {
        let value = match value {
            Value::Unknown => Json::Null,
            Value::YesNo(value) => json!(value),
            Value::Option(place) => json!(option(fact, *place)),
            Value::Integer(value) => json!(value),
            Value::Number(value) => json!(value),
        };
        (fact.id.clone(), value)
    });
    Json::Object(entries.collect::<Map<String, Json>>())
}

impl Expressions<'_> {
    fn context(&self, row: &[Value]) -> Variable {
        Variable::from(object(self.workload, row))
    }

    fn ask(&mut self, number: usize, context: &Variable, answers: &mut Answers) {
        for (place, rule) in self.rules.iter().enumerate() {
            let said = rule.evaluate_with(context.clone(), &mut self.machine);
            if said.expect("an expression that can be evaluated").as_bool() == Some(true) {
                answers.add(number, place);
            }
        }
    }
}

impl Engine for Expressions<'_> {
    fn prepared(&mut self, answers: &mut Answers) {
        let contexts = std::mem::take(&mut self.contexts);
        for (number, context) in contexts.iter().enumerate() {
            self.ask(number, context, answers);
        }
        self.contexts = contexts;
    }

    fn from_rows(&mut self, answers: &mut Answers) {
        for (number, row) in self.rows.iter().enumerate() {
            let context = self.context(row);
            self.ask(number, &context, answers);
        }
    }
}
