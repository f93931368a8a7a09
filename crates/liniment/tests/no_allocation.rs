//! Verdicts and masks allocate nothing once the first case has made room for them.
//!
//! A test binary of its own: its allocator counts.
#![expect(
    unsafe_code,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "an allocator is unsafe by nature, and a test may stop at the first surprise"
)]

#[path = "../benches/support/record.rs"]
mod record;

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use liniment::{Case, KnowledgeBase, Masks, RawValue, Source, Truth};
use liniment_workloads::{Knowledge, Value, Workload, workload_a, workload_b};

struct Counting;

thread_local! {
    static ALLOCATIONS: Cell<u64> = const { Cell::new(0) };
}

// SAFETY: everything is handed on to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.with(|count| count.set(count.get() + 1));
        // SAFETY: as the caller promised.
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: as the caller promised.
        unsafe { System.dealloc(pointer, layout) }
    }
    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        ALLOCATIONS.with(|count| count.set(count.get() + 1));
        // SAFETY: as the caller promised.
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// How often this thread allocates during the work.
fn allocations(work: impl FnOnce()) -> u64 {
    let before = ALLOCATIONS.with(Cell::get);
    work();
    ALLOCATIONS.with(Cell::get) - before
}

#[test]
fn the_counter_counts() {
    assert_ne!(allocations(|| drop(std::hint::black_box(vec![1u8]))), 0);
}

fn kb_of(workload: &Workload) -> KnowledgeBase {
    let source = Source::files(workload.files());
    KnowledgeBase::builder().pack(source).build().unwrap().0
}

/// States a row by number; other values than these do not occur in the workloads.
fn state(kb: &KnowledgeBase, case: &mut Case, row: &[Value]) {
    // The facts of a workload stand in the order of their ids but for workload A.
    for (index, value) in row.iter().enumerate() {
        let fact = kb.fact_at(index).unwrap();
        match value {
            Value::Unknown => case.unset(fact).unwrap(),
            Value::YesNo(yes) => case.set_bool(fact, *yes).unwrap(),
            Value::Option(place) => case.set_option(kb.option_at(fact, *place).unwrap()).unwrap(),
            Value::Integer(number) => case.set_integer(fact, *number).unwrap(),
            Value::Number(number) => case.set_number(fact, *number).unwrap(),
        };
    }
}

fn raw(row: &[Value]) -> Vec<RawValue> {
    row.iter()
        .map(|value| match value {
            Value::Unknown => RawValue::UNKNOWN,
            Value::YesNo(yes) => RawValue::yes_no(*yes),
            Value::Option(place) => RawValue::option(u16::try_from(*place).unwrap()),
            Value::Integer(number) => RawValue::integer(*number),
            Value::Number(number) => RawValue::number(*number),
        })
        .collect()
}

/// The rows with their values in the order of the facts' ids.
fn rows(kb: &KnowledgeBase, workload: &Workload, knowledge: Knowledge) -> Vec<Vec<Value>> {
    let places: Vec<usize> = kb
        .facts()
        .iter()
        .map(|info| workload.facts.iter().position(|fact| fact.id == info.id).unwrap())
        .collect();
    let in_order = |row: Vec<Value>| places.iter().map(|place| row[*place]).collect();
    workload.cases(3, knowledge).take(200).map(in_order).collect()
}

fn nothing_is_allocated(workload: &Workload, knowledge: Knowledge) {
    let kb = kb_of(workload);
    let rows = rows(&kb, workload, knowledge);
    let raw: Vec<Vec<RawValue>> = rows.iter().map(|row| raw(row)).collect();
    let mut case = kb.case();
    let mut buffer = Vec::with_capacity(kb.advice_ids().len());
    let mut codes = vec![0; kb.advice_ids().len()];
    let mut masks = Masks::new();
    let mut live = Vec::with_capacity(kb.rule_ids().len());
    let mut work = || {
        for (row, raw) in rows.iter().zip(&raw) {
            case.clear();
            state(&kb, &mut case, row);
            kb.verdicts(&case, &mut buffer).unwrap();
            kb.verdict_codes(&case, &mut codes).unwrap();
            kb.masks(&case, &mut masks).unwrap();
            kb.masks_of(raw, &mut masks).unwrap();
            kb.live_rules(&case, &mut masks, &mut live).unwrap();
            kb.live_rules_of(raw, &mut masks, &mut live).unwrap();
        }
    };
    // All cases once, so that every room is as large as it gets.
    work();
    assert_eq!(allocations(&mut work), 0);
}

#[test]
fn of_few_rules() {
    nothing_is_allocated(&workload_a(), Knowledge::Share(0.7));
}

#[test]
fn of_many_rules() {
    nothing_is_allocated(&workload_b(1_000, 1_000), Knowledge::Share(0.5));
    nothing_is_allocated(&workload_b(1_000, 1_000), Knowledge::All);
}

/// A case filled from structs of one type, again and again.
#[test]
fn of_structs() {
    let workload = workload_a();
    let kb = kb_of(&workload);
    let rows: Vec<Vec<Value>> = workload.cases(3, Knowledge::Share(0.7)).take(200).collect();
    let records = record::records(&rows);
    let mut case = kb.case();
    let mut codes = vec![0; kb.advice_ids().len()];
    let mut work = || {
        for record in &records {
            case.fill(record).unwrap();
            kb.verdict_codes(&case, &mut codes).unwrap();
        }
    };
    work();
    assert_eq!(allocations(&mut work), 0);
}

/// With gates, exceptions, plans, scopes and red flags.
#[test]
fn of_the_built_in_packs() {
    let (kb, _) = KnowledgeBase::builder()
        .pack(liniment_rules::calf_cramps())
        .pack(liniment_rules::leg_red_flags())
        .build()
        .unwrap();
    let cases = [
        r#"{}"#,
        r#"{"onset_setting": "during_exercise", "muscles_affected": "calf_only", "cramp_state": "released",
            "in_session": false, "time_since_release": "20h"}"#,
        r#"{"onset_setting": "during_exercise", "muscles_affected": "all_muscles"}"#,
        r#"{"goals": ["prevent"], "hot_conditions": true, "onset_setting": "during_exercise",
            "muscles_affected": "calf_only", "time_since_release": {"from": "1d", "to": "20d"}}"#,
    ];
    let cases = cases.map(|text| kb.case_from_json(text).unwrap());
    let mut buffer = Vec::with_capacity(kb.advice_ids().len());
    let mut codes = vec![0; kb.advice_ids().len()];
    let mut work = || {
        for case in &cases {
            kb.verdicts(case, &mut buffer).unwrap();
            kb.verdict_codes(case, &mut codes).unwrap();
        }
    };
    work();
    assert_eq!(allocations(&mut work), 0);
}

/// The masks of the workloads are those of a plain scan.
#[test]
fn the_masks_are_those_of_a_plain_scan() {
    for (workload, knowledge) in [
        (workload_a(), Knowledge::Share(0.7)),
        (workload_b(1_500, 1_500), Knowledge::Share(0.5)),
        (workload_b(1_500, 1_500), Knowledge::All),
        (liniment_workloads::ranges_only(1_000), Knowledge::Share(0.9)),
        (liniment_workloads::shared_condition(1_000), Knowledge::All),
        (liniment_workloads::sparse(1_000), Knowledge::Facts(20)),
    ] {
        let kb = kb_of(&workload);
        let mut in_order = workload.clone();
        // Rules name facts by their place in the workload.
        let places: Vec<usize> = workload
            .facts
            .iter()
            .map(|fact| kb.fact(&fact.id).unwrap().index())
            .collect();
        for condition in in_order.rules.iter_mut().flat_map(|rule| &mut rule.conditions) {
            condition.fact = places[condition.fact];
        }
        let (mut masks, mut live) = (Masks::new(), Vec::new());
        for row in rows(&kb, &workload, knowledge).into_iter().take(100) {
            kb.masks_of(&raw(&row), &mut masks).unwrap();
            kb.live_rules_of(&raw(&row), &mut Masks::new(), &mut live)
                .unwrap();
            live.sort_unstable();
            let mut expected_live = Vec::new();
            for (number, rule) in in_order.rules.iter().enumerate() {
                let expected = match rule.truth(&row) {
                    liniment_workloads::Truth::False => Truth::False,
                    liniment_workloads::Truth::Unknown => Truth::Unknown,
                    liniment_workloads::Truth::True => Truth::True,
                };
                assert_eq!(masks.truth(number), expected, "{} {}", workload.name, rule.id);
                if expected == Truth::True {
                    expected_live.push(u32::try_from(number).unwrap());
                }
            }
            assert_eq!(live, expected_live, "{}", workload.name);
        }
    }
}
