//! Workloads as knowledge bases, cases and raw values.

use liniment::{Case, FactId, Instructions, KnowledgeBase, OptionId, RawValue, Source};
use liniment_workloads::{Kind, Knowledge, Value, Workload};

/// So many different cases, so that nothing is predicted.
pub(crate) const CASES: usize = 1024;

pub(crate) fn build(workload: &Workload, instructions: Instructions) -> KnowledgeBase {
    KnowledgeBase::builder()
        .pack(Source::files(workload.files()))
        .instructions(instructions)
        .build()
        .unwrap()
        .0
}

/// Sets the values of a case by number.
pub(crate) struct Handles {
    facts: Vec<FactId>,
    options: Vec<Vec<OptionId>>,
}

impl Handles {
    pub(crate) fn new(kb: &KnowledgeBase, workload: &Workload) -> Self {
        let facts: Vec<FactId> = workload
            .facts
            .iter()
            .map(|fact| kb.fact(&fact.id).unwrap())
            .collect();
        let options = workload
            .facts
            .iter()
            .zip(&facts)
            .map(|(fact, id)| match &fact.kind {
                Kind::Choice(options) => options
                    .iter()
                    .map(|option| kb.option(*id, option).unwrap())
                    .collect(),
                _ => Vec::new(),
            });
        Self {
            options: options.collect(),
            facts,
        }
    }

    #[inline]
    pub(crate) fn fill(&self, case: &mut Case, values: &[Value]) {
        for ((fact, options), value) in self.facts.iter().zip(&self.options).zip(values) {
            match value {
                Value::Unknown => {}
                Value::YesNo(yes) => {
                    case.set_bool(*fact, *yes).unwrap();
                }
                Value::Option(place) => {
                    case.set_option(options[*place]).unwrap();
                }
                Value::Integer(number) => {
                    case.set_integer(*fact, *number).unwrap();
                }
                Value::Number(number) => {
                    case.set_number(*fact, *number).unwrap();
                }
            }
        }
    }
}

pub(crate) fn rows(workload: &Workload, knowledge: Knowledge) -> Vec<Vec<Value>> {
    workload.cases(7, knowledge).take(CASES).collect()
}

pub(crate) fn cases(kb: &KnowledgeBase, workload: &Workload, rows: &[Vec<Value>]) -> Vec<Case> {
    let handles = Handles::new(kb, workload);
    rows.iter()
        .map(|row| {
            let mut case = kb.case();
            handles.fill(&mut case, row);
            case
        })
        .collect()
}

/// The rows as raw values, in the order of the facts of the knowledge base.
pub(crate) fn raw(kb: &KnowledgeBase, workload: &Workload, rows: &[Vec<Value>]) -> Vec<Vec<RawValue>> {
    let places: Vec<usize> = kb
        .facts()
        .iter()
        .map(|info| workload.facts.iter().position(|fact| fact.id == info.id).unwrap())
        .collect();
    let value = |value: &Value| match value {
        Value::Unknown => RawValue::UNKNOWN,
        Value::YesNo(yes) => RawValue::yes_no(*yes),
        Value::Option(place) => RawValue::option(u16::try_from(*place).unwrap()),
        Value::Integer(number) => RawValue::integer(*number),
        Value::Number(number) => RawValue::number(*number),
    };
    rows.iter()
        .map(|row| places.iter().map(|place| value(&row[*place])).collect())
        .collect()
}
