//! The workload's own scan over all rules: the answer that all others must give.

use liniment_workloads::{Truth, Value, Workload};

use super::{Answers, Engine};

struct Scan<'w> {
    workload: &'w Workload,
    cases: &'w [Vec<Value>],
}

pub(crate) fn load<'w>(workload: &'w Workload, cases: &'w [Vec<Value>]) -> Box<dyn Engine + 'w> {
    Box::new(Scan { workload, cases })
}

impl Engine for Scan<'_> {
    fn prepared(&mut self, answers: &mut Answers) {
        for (number, case) in self.cases.iter().enumerate() {
            for (place, rule) in self.workload.rules.iter().enumerate() {
                if rule.truth(case) == Truth::True {
                    answers.add(number, place);
                }
            }
        }
    }

    fn from_rows(&mut self, answers: &mut Answers) {
        self.prepared(answers);
    }
}
