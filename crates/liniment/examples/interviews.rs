//! How many questions an interview takes until nothing can change any more, on both built-in packs together
//! and random full cases, against asking in the order of the manifest: what it asks first, then every other
//! fact by id.
//!
//! `cargo run --release -p liniment --example interviews -- 200`
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "an example has nobody to report to"
)]

use liniment::case::read::CaseValue;
use liniment::{FactInfo, FactType, KnowledgeBase};

/// Numbers that look random and are the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % end.max(1)
    }

    fn one_in(&mut self, often: u64) -> bool {
        self.below(often) == 0
    }
}

const LENGTHS: [&str; 12] = [
    "0s", "1min", "5min", "10min", "11min", "1h", "20h", "24h", "3d", "7d", "14d", "60d",
];

/// A value; yes and each of several options once in so many.
fn value(fact: &FactInfo, random: &mut Random, yes: u64) -> CaseValue {
    let pick = |random: &mut Random| {
        let number = random.below(fact.options.len() as u64);
        fact.options.get(number as usize).map(|option| option.id.clone())
    };
    match fact.kind {
        FactType::YesNo => CaseValue::from(random.one_in(yes)),
        FactType::Several => {
            let options = fact.options.iter().filter(|_| random.one_in(yes));
            CaseValue::List(
                options
                    .map(|option| CaseValue::from(option.id.as_str()))
                    .collect(),
            )
        }
        FactType::Choice | FactType::Scale => CaseValue::from(pick(random).unwrap_or_default()),
        FactType::Integer | FactType::Number => {
            let (from, to) = (fact.from.unwrap_or(0.0), fact.to.unwrap_or(100.0));
            CaseValue::Integer((from + (to - from) * random.below(1000) as f64 / 1000.0) as i64)
        }
        FactType::Clock if random.one_in(8) => CaseValue::from("never"),
        _ => CaseValue::from(LENGTHS[random.below(LENGTHS.len() as u64) as usize]),
    }
}

fn main() {
    let cases: usize = std::env::args()
        .nth(1)
        .map_or(100, |count| count.parse().unwrap());
    let (kb, _) = KnowledgeBase::builder()
        .pack(liniment_rules::calf_cramps())
        .pack(liniment_rules::leg_red_flags())
        .build()
        .unwrap();
    let facts = kb.facts();
    let mut order = kb.asks_first();
    let rest: Vec<&str> = facts
        .iter()
        .map(|fact| fact.id.as_str())
        .filter(|fact| !order.contains(fact))
        .collect();
    order.extend(rest);
    println!("{} facts, {cases} cases each", facts.len());
    println!(
        "{:<34} {:>8} {:>8} {:>8}",
        "questions until nothing can change", "least", "median", "most"
    );
    for (name, yes) in [("yes as often as no", 2), ("yes once in ten", 10)] {
        let mut random = Random(0x9e37_79b9_7f4a_7c15);
        let (mut asked, mut in_order) = (Vec::new(), Vec::new());
        for _ in 0..cases {
            let answers: Vec<(&str, CaseValue)> = facts
                .iter()
                .map(|fact| (fact.id.as_str(), value(fact, &mut random, yes)))
                .collect();
            let answer = |fact: &str| answers.iter().find(|(id, _)| *id == fact).unwrap().1.clone();

            let mut interview = kb.interview(kb.case()).unwrap();
            while let Some(question) = interview.question() {
                let value = answer(&question.fact);
                interview.answer(value).unwrap();
            }
            asked.push(interview.answered());

            let mut case = kb.case();
            let mut count = 0;
            for fact in &order {
                if kb.advise(&case).unwrap().questions().is_empty() {
                    break;
                }
                case.set(*fact, answer(fact)).unwrap();
                count += 1;
            }
            in_order.push(count);
        }
        for (way, mut counts) in [("interview", asked), ("order of the manifest", in_order)] {
            counts.sort_unstable();
            println!(
                "{:<34} {:>8} {:>8} {:>8}",
                format!("{name}, {way}"),
                counts.first().unwrap(),
                counts[counts.len() / 2],
                counts.last().unwrap()
            );
        }
    }
}
