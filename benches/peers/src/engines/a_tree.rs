//! A-Tree: all expressions in one tree, searched with an event.

use a_tree::{ATree, AttributeDefinition, Event};
use liniment_workloads::{Fact, Kind, Test, Value, Workload};

use super::{Answers, Engine, expression, option};

struct Tree<'w> {
    workload: &'w Workload,
    tree: ATree<u64>,
    events: Vec<Event>,
    rows: &'w [Vec<Value>],
}

pub(crate) fn load<'w>(workload: &'w Workload, rows: &'w [Vec<Value>]) -> Box<dyn Engine + 'w> {
    let attributes: Vec<AttributeDefinition> = workload
        .facts
        .iter()
        .map(|fact| match fact.kind {
            Kind::YesNo => AttributeDefinition::boolean(&fact.id),
            Kind::Choice(_) => AttributeDefinition::string(&fact.id),
            Kind::Integer(..) => AttributeDefinition::integer(&fact.id),
            Kind::Number(..) => AttributeDefinition::float(&fact.id),
        })
        .collect();
    let mut tree = ATree::new(&attributes).expect("attributes with different names");
    for (number, rule) in workload.rules.iter().enumerate() {
        let text = expression(workload, rule, " and ", word);
        if let Err(error) = tree.insert(&(number as u64), &text) {
            panic!("A-Tree does not read `{text}`: {error}");
        }
    }
    let mut loaded = Tree {
        workload,
        tree,
        events: Vec::new(),
        rows,
    };
    loaded.events = rows.iter().map(|row| loaded.event(row)).collect();
    Box::new(loaded)
}

fn word(fact: &Fact, test: &Test) -> String {
    let id = &fact.id;
    // An integer is compared with an integer, a float with a float.
    let number = |limit: &f64| match fact.kind {
        Kind::Integer(..) => format!("{limit}"),
        _ => format!("{limit:.1}"),
    };
    match test {
        Test::Yes => id.clone(),
        Test::No => format!("(not {id})"),
        Test::Is(place) => format!("{id} = \"{}\"", option(fact, *place)),
        Test::OneOf(places) => {
            let options: Vec<String> = places
                .iter()
                .map(|place| format!("\"{}\"", option(fact, *place)))
                .collect();
            format!("{id} in [{}]", options.join(", "))
        }
        Test::AtLeast(limit) => format!("{id} >= {}", number(limit)),
        Test::AtMost(limit) => format!("{id} <= {}", number(limit)),
        Test::Between(from, to) => format!("{id} >= {} and {id} <= {}", number(from), number(to)),
    }
}

impl Tree<'_> {
    fn event(&self, row: &[Value]) -> Event {
        let mut event = self.tree.make_event();
        for (fact, value) in self.workload.facts.iter().zip(row) {
            let id = &fact.id;
            let stated = match value {
                Value::Unknown => event.with_undefined(id),
                Value::YesNo(value) => event.with_boolean(id, *value),
                Value::Option(place) => event.with_string(id, option(fact, *place)),
                Value::Integer(value) => event.with_integer(id, *value),
                Value::Number(value) => event.with_float(id, (value * 10.0).round() as i64, 1),
            };
            stated.expect("an attribute of the tree");
        }
        event.build().expect("an event")
    }

    fn ask(&self, number: usize, event: &Event, answers: &mut Answers) {
        let report = self.tree.search(event).expect("an event of this tree");
        for rule in report.matches() {
            answers.add(number, **rule as usize);
        }
    }
}

impl Engine for Tree<'_> {
    fn prepared(&mut self, answers: &mut Answers) {
        for (number, event) in self.events.iter().enumerate() {
            self.ask(number, event, answers);
        }
    }

    fn from_rows(&mut self, answers: &mut Answers) {
        for (number, row) in self.rows.iter().enumerate() {
            self.ask(number, &self.event(row), answers);
        }
    }
}
