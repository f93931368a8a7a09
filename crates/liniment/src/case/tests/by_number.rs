//! The fastest way to state a fact beside the usual ways.

use proptest::prelude::*;

use super::super::Case;
use super::*;
use crate::advice::Elapsed;
use crate::screen::RawValue;

/// What is stated next: of a fact, by its place, in one of the ways there are.
#[derive(Clone, Debug)]
enum Step {
    Raw(usize, Plain),
    Several(bool),
    Range,
    Report(i64),
    Declined(usize),
}

#[derive(Clone, Copy, Debug)]
enum Plain {
    Unknown,
    YesNo(bool),
    Option(u16),
    Number(f64),
    Integer(i64),
    Elapsed(i64),
    Never,
    Options(u64),
}

impl Plain {
    fn raw(self) -> RawValue {
        match self {
            Plain::Unknown => RawValue::UNKNOWN,
            Plain::YesNo(yes) => RawValue::yes_no(yes),
            Plain::Option(option) => RawValue::option(option),
            Plain::Number(number) => RawValue::number(number),
            Plain::Integer(whole) => RawValue::integer(whole),
            Plain::Elapsed(time) => RawValue::elapsed(Elapsed::from_microseconds(time)),
            Plain::Never => RawValue::NEVER,
            Plain::Options(bits) => RawValue::options(bits),
        }
    }

    /// The same by the usual ways.
    fn set(self, case: &mut Case, place: usize) -> Result<(), Error> {
        let fact = case.kb.fact_at(place)?;
        match self {
            Plain::Unknown => case.unset(fact)?,
            Plain::YesNo(yes) => case.set_bool(fact, yes)?,
            Plain::Option(option) => {
                let option = case.kb.option_at(fact, option.into())?;
                case.set_option(option)?
            }
            Plain::Number(number) => case.set_number(fact, number)?,
            Plain::Integer(whole) => case.set_integer(fact, whole)?,
            Plain::Elapsed(time) => case.set_elapsed(fact, Elapsed::from_microseconds(time))?,
            Plain::Never => case.set(fact, "never")?,
            Plain::Options(bits) => {
                let places = (0..3).filter(move |place| bits >> place & 1 == 1);
                let others = (0..3).filter(move |place| bits >> place & 1 == 0);
                case.set_several(fact, places, others)?
            }
        };
        Ok(())
    }
}

const NUMBERS: [f64; 11] = [
    -0.0,
    0.0,
    29.9,
    30.0,
    39.9,
    40.0,
    45.0,
    45.1,
    70.0,
    f64::NAN,
    f64::INFINITY,
];
const WHOLE: [i64; 8] = [i64::MIN, -1, 0, 2, 3, 10, 11, i64::MAX];
const TIMES: [i64; 5] = [-1, 0, HOUR, 24 * HOUR, i64::MAX];

fn plain() -> impl Strategy<Value = Plain> {
    prop_oneof![
        Just(Plain::Unknown),
        any::<bool>().prop_map(Plain::YesNo),
        (0u16..6).prop_map(Plain::Option),
        prop::sample::select(&NUMBERS[..]).prop_map(Plain::Number),
        prop::sample::select(&WHOLE[..]).prop_map(Plain::Integer),
        prop::sample::select(&TIMES[..]).prop_map(Plain::Elapsed),
        Just(Plain::Never),
        (0u64..9).prop_map(Plain::Options),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        // One past the last fact too.
        8 => (0usize..10, plain()).prop_map(|(place, value)| Step::Raw(place, value)),
        1 => any::<bool>().prop_map(Step::Several),
        1 => Just(Step::Range),
        1 => (0i64..5).prop_map(Step::Report),
        1 => (0usize..9).prop_map(Step::Declined),
    ]
}

fn take(case: &mut Case, step: &Step) -> Result<(), Error> {
    match step {
        Step::Raw(place, value) => value.set(case, *place)?,
        Step::Several(thick) => {
            case.set("clothing", if *thick { vec!["thick"] } else { Vec::new() })?;
        }
        Step::Range => {
            case.set_range("count", 1, 4)?;
        }
        Step::Report(count) => {
            case.report("count", *count, "somebody")?;
        }
        Step::Declined(place) => {
            let fact = case.kb.fact_at(*place)?;
            case.decline(fact)?;
        }
    }
    Ok(())
}

proptest! {
    /// It leaves what the usual way leaves, or nothing changes.
    #[test]
    fn the_fastest_way_leaves_what_the_usual_way_leaves(steps in prop::collection::vec(step(), 1..30)) {
        let kb = schema::kb().map_err(TestCaseError::fail)?;
        let (mut case, mut expected) = (kb.case(), kb.case());
        for step in &steps {
            let taken = take(&mut expected, step);
            let fast = match step {
                Step::Raw(place, value) => case.set_raw(*place, value.raw()),
                _ => false,
            };
            if fast {
                prop_assert!(taken.is_ok(), "{step:?} is refused otherwise");
            } else {
                // What was not taken has changed nothing, so that it can be stated another way.
                prop_assert_eq!(take(&mut case, step).is_ok(), taken.is_ok());
            }
            fill::same(&kb, &case, &expected)?;
        }
    }
}

/// Values of a fact's own kind are taken.
#[test]
fn the_fastest_way_takes_what_is_plain() -> Result<(), Box<dyn std::error::Error>> {
    let kb = schema::kb()?;
    let mut case = kb.case();
    for (name, value) in [
        ("clock", Plain::Elapsed(HOUR)),
        ("count", Plain::Integer(3)),
        ("force", Plain::Option(3)),
        ("in_session", Plain::YesNo(true)),
        ("rest", Plain::Elapsed(0)),
        ("setting", Plain::Option(2)),
        ("temperature", Plain::Number(40.0)),
        ("weight", Plain::Number(-0.0)),
    ] {
        let place = kb.fact(name)?.index();
        assert!(case.set_raw(place, value.raw()), "{name}");
        assert!(case.set_raw(place, RawValue::UNKNOWN), "{name}");
        assert!(case.set_raw(place, value.raw()), "{name}");
    }
    assert_eq!(
        case.to_json(),
        r#"{"clock":"PT1H","count":3,"force":"strong","in_session":true,"rest":"PT0S","setting":"during_exercise","temperature":40.0,"weight":0.0}"#
    );
    Ok(())
}
