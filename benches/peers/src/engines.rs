//! What every engine is asked to do, and how its answers are compared.

pub(crate) mod a_tree;
pub(crate) mod cel;
pub(crate) mod liniment;
pub(crate) mod scan;
pub(crate) mod zen;

use liniment_workloads::{Value, Workload};

/// The rules that hold, case by case: the number of the case, the number of the rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Answers(pub(crate) Vec<(u32, u32)>);

impl Answers {
    pub(crate) fn add(&mut self, case: usize, rule: usize) {
        self.0.push((case as u32, rule as u32));
    }
}

/// An engine that has loaded a workload and prepared cases.
pub(crate) trait Engine {
    /// From inputs in the engine's own form, made beforehand.
    fn prepared(&mut self, answers: &mut Answers);

    /// From rows of plain values, which the engine's inputs are made of each time; an engine whose inputs are
    /// those rows has nothing else to show.
    fn from_rows(&mut self, answers: &mut Answers);
}

/// Loads a workload into an engine and makes its inputs.
pub(crate) type Load = for<'w> fn(&'w Workload, &'w [Vec<Value>]) -> Box<dyn Engine + 'w>;

/// Engines of this process.
pub(crate) const ENGINES: &[(&str, Load)] = &[
    ("plain scan", scan::load),
    ("Liniment", liniment::load),
    ("A-Tree", a_tree::load),
    ("ZEN expressions", zen::load),
    ("CEL", cel::load),
];

/// An expression of conditions, in the words of an engine.
pub(crate) fn expression(
    workload: &Workload,
    rule: &liniment_workloads::Rule,
    and: &str,
    word: impl Fn(&liniment_workloads::Fact, &liniment_workloads::Test) -> String,
) -> String {
    let words: Vec<String> = rule
        .conditions
        .iter()
        .map(|condition| word(&workload.facts[condition.fact], &condition.test))
        .collect();
    words.join(and)
}

/// The name of an option.
pub(crate) fn option(fact: &liniment_workloads::Fact, place: usize) -> &str {
    match &fact.kind {
        liniment_workloads::Kind::Choice(options) => &options[place],
        _ => "",
    }
}
