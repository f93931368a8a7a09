//! Liniment: `verdicts` of a case.

use liniment::{AdviceId, Case, FactId, KnowledgeBase, OptionId, Source, Verdict};
use liniment_workloads::{Kind, Value, Workload};

use super::{Answers, Engine};

struct Engined<'w> {
    base: KnowledgeBase,
    /// By fact of the workload: its number, and its options'.
    facts: Vec<(FactId, Vec<OptionId>)>,
    cases: Vec<Case>,
    rows: &'w [Vec<Value>],
    buffer: Vec<(AdviceId, Verdict)>,
    case: Case,
}

pub(crate) fn base(workload: &Workload) -> KnowledgeBase {
    let built = KnowledgeBase::builder()
        .pack(Source::files(workload.files()))
        .build();
    built.expect("the generated pack has no error").0
}

pub(crate) fn load<'w>(workload: &'w Workload, rows: &'w [Vec<Value>]) -> Box<dyn Engine + 'w> {
    let base = base(workload);
    let facts: Vec<(FactId, Vec<OptionId>)> = workload
        .facts
        .iter()
        .map(|fact| {
            let id = base.fact(&fact.id).expect("a fact of the pack");
            let options = match &fact.kind {
                Kind::Choice(options) => options
                    .iter()
                    .map(|option| base.option(id, option).expect("an option of the fact"))
                    .collect(),
                _ => Vec::new(),
            };
            (id, options)
        })
        .collect();
    let cases = rows
        .iter()
        .map(|row| {
            let mut case = base.case();
            fill(&facts, row, &mut case);
            case
        })
        .collect();
    Box::new(Engined {
        case: base.case(),
        base,
        facts,
        cases,
        rows,
        buffer: Vec::new(),
    })
}

fn fill(facts: &[(FactId, Vec<OptionId>)], row: &[Value], case: &mut Case) {
    for ((fact, options), value) in facts.iter().zip(row) {
        let stated = match value {
            Value::Unknown => case.unset(*fact),
            Value::YesNo(value) => case.set_bool(*fact, *value),
            Value::Option(place) => case.set_option(options[*place]),
            Value::Integer(value) => case.set_integer(*fact, *value),
            Value::Number(value) => case.set_number(*fact, *value),
        };
        stated.expect("a value of the fact");
    }
}

impl Engined<'_> {
    fn ask(&mut self, number: usize, case: &Case, answers: &mut Answers) {
        let verdicts = self.base.verdicts(case, &mut self.buffer);
        for (advice, _) in verdicts.expect("a case of this knowledge base") {
            // Each rule has an advice id of its own, in the same order.
            answers.add(number, advice.index());
        }
    }
}

impl Engine for Engined<'_> {
    fn prepared(&mut self, answers: &mut Answers) {
        let cases = std::mem::take(&mut self.cases);
        for (number, case) in cases.iter().enumerate() {
            self.ask(number, case, answers);
        }
        self.cases = cases;
    }

    fn from_rows(&mut self, answers: &mut Answers) {
        let mut case = self.case.clone();
        for (number, row) in self.rows.iter().enumerate() {
            fill(&self.facts, row, &mut case);
            self.ask(number, &case, answers);
        }
    }
}
