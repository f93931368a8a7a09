//! CEL: each rule compiled, executed one after the other.

use std::sync::Arc;

use cel::{Context, Env, Program, Value as CelValue};
use liniment_workloads::{Fact, Kind, Test, Value, Workload};

use super::{Answers, Engine, expression, option};

struct Programs<'w> {
    workload: &'w Workload,
    env: Arc<Env>,
    rules: Vec<Program>,
    contexts: Vec<Context<'static, 'static>>,
    rows: &'w [Vec<Value>],
}

pub(crate) fn load<'w>(workload: &'w Workload, rows: &'w [Vec<Value>]) -> Box<dyn Engine + 'w> {
    let rules = workload
        .rules
        .iter()
        .map(|rule| {
            let text = expression(workload, rule, " && ", word);
            Program::compile(&text).unwrap_or_else(|error| panic!("CEL does not read `{text}`: {error}"))
        })
        .collect();
    let env = Arc::new(Env::stdlib());
    Box::new(Programs {
        workload,
        rules,
        contexts: rows.iter().map(|row| context(&env, workload, row)).collect(),
        env,
        rows,
    })
}

/// A comparison with null is an error, so that it is asked first.
fn word(fact: &Fact, test: &Test) -> String {
    let id = &fact.id;
    let number = |limit: &f64| match fact.kind {
        Kind::Integer(..) => format!("{limit}"),
        _ => format!("{limit:.1}"),
    };
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
        Test::AtLeast(limit) => format!("{id} != null && {id} >= {}", number(limit)),
        Test::AtMost(limit) => format!("{id} != null && {id} <= {}", number(limit)),
        Test::Between(from, to) => {
            format!(
                "{id} != null && {id} >= {} && {id} <= {}",
                number(from),
                number(to)
            )
        }
    }
}

fn context(env: &Arc<Env>, workload: &Workload, row: &[Value]) -> Context<'static, 'static> {
    let mut context = Context::with_env(Arc::clone(env));
    for (fact, value) in workload.facts.iter().zip(row) {
        let value = match value {
            Value::Unknown => CelValue::Null,
            Value::YesNo(value) => CelValue::Bool(*value),
            Value::Option(place) => CelValue::from(option(fact, *place)),
            Value::Integer(value) => CelValue::Int(*value),
            Value::Number(value) => CelValue::Float(*value),
        };
        context.add_variable_from_value(fact.id.as_str(), value);
    }
    context
}

fn ask(rules: &[Program], number: usize, context: &Context<'_, '_>, answers: &mut Answers) {
    for (place, rule) in rules.iter().enumerate() {
        match rule.execute(context) {
            Ok(CelValue::Bool(true)) => answers.add(number, place),
            Ok(_) => {}
            Err(error) => panic!("CEL: {error}"),
        }
    }
}

impl Engine for Programs<'_> {
    fn prepared(&mut self, answers: &mut Answers) {
        for (number, context) in self.contexts.iter().enumerate() {
            ask(&self.rules, number, context, answers);
        }
    }

    fn from_rows(&mut self, answers: &mut Answers) {
        for (number, row) in self.rows.iter().enumerate() {
            ask(&self.rules, number, &context(&self.env, self.workload, row), answers);
        }
    }
}
