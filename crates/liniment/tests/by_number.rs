//! Facts stated by number say what facts stated by name say, and are refused for the same reasons.

use liniment::{Case, Elapsed, Error, KnowledgeBase, Source};

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn base() -> Result<KnowledgeBase, Box<dyn std::error::Error>> {
    let facts = r#"[
        Fact(id: "awake", kind: YesNo, ask: "Awake?"),
        Fact(id: "clothing", kind: Several(["thick", "tight", "wet"]), ask: "What is worn?"),
        Fact(id: "colour", kind: Choice(["red", "blue"]), ask: "Which colour?"),
        Fact(id: "degrees", kind: Number(from: 30.0, to: 45.0, unit: "°C"), ask: "How warm?"),
        Fact(id: "ran", kind: Clock, ask: "How long ago?"),
        Fact(id: "steps", kind: Integer(from: 0, to: 9), ask: "How many?"),
    ]"#;
    let pack = Source::files([
        (
            "pack.ron",
            r#"Pack(id: "kinds", version: "1.0.0", schema: 1, language: "en", title: "Kinds")"#,
        ),
        ("facts.ron", facts),
    ]);
    Ok(KnowledgeBase::builder().pack(pack).build()?.0)
}

#[test]
fn the_same_as_by_name() -> Outcome {
    let kb = base()?;
    let mut case = kb.case();
    case.set_bool(kb.fact("awake")?, false)?
        .set_several(kb.fact("clothing")?, [2, 0].into_iter(), [1].into_iter())?
        .set_option(kb.option(kb.fact("colour")?, "blue")?)?
        .set_number(kb.fact("degrees")?, 40.5)?
        .set_elapsed(kb.fact("ran")?, Elapsed::parse("3h")?)?
        .set_integer(kb.fact("steps")?, 9)?;
    assert_eq!(
        case.to_json(),
        r#"{"awake":false,"clothing":["thick","wet"],"colour":"blue","degrees":40.5,"ran":"PT3H","steps":9}"#
    );
    let by_name = kb.case_from_json(&case.to_json())?;
    assert_eq!(by_name.to_json(), case.to_json());

    let clothing = kb.fact("clothing")?;
    case.set_several(clothing, [1].into_iter(), std::iter::empty())?;
    assert!(
        case.to_json()
            .contains(r#""clothing":{"excludes":[],"includes":["tight"]}"#)
    );
    case.set_several(clothing, std::iter::empty(), std::iter::empty())?;
    assert!(!case.to_json().contains("clothing"));
    Ok(())
}

#[test]
fn places_are_turned_into_numbers_and_back() -> Outcome {
    let kb = base()?;
    for (index, fact) in kb.facts().iter().enumerate() {
        let number = kb.fact_at(index)?;
        assert_eq!((kb.fact(&fact.id)?, number.index()), (number, index));
        for (place, option) in fact.options.iter().enumerate() {
            assert_eq!(kb.option_at(number, place)?, kb.option(number, &option.id)?);
            assert_eq!(kb.option(number, &option.id)?.index(), place);
            assert_eq!(kb.option_name(kb.option_at(number, place)?)?, option.id);
        }
    }
    let (calf, _) = KnowledgeBase::builder()
        .pack(liniment_rules::calf_cramps())
        .build()?;
    for (index, name) in calf.advice_ids().iter().enumerate() {
        assert_eq!(calf.advice_id_at(index)?, calf.advice_id(name)?);
    }
    Ok(())
}

#[test]
fn what_does_not_fit_is_refused_and_changes_nothing() -> Outcome {
    let kb = base()?;
    let other = base()?;
    let number = |name: &str| kb.fact(name);
    let mut case = kb.case_from_json(r#"{"clothing":["wet"],"degrees":40}"#)?;
    let before = case.to_json();
    let mut refused = |set: &dyn Fn(&mut Case) -> Result<(), Error>| {
        let code = set(&mut case).err().map(|error| error.code());
        assert_eq!(case.to_json(), before);
        code.unwrap_or("accepted")
    };
    let [awake, clothing, colour, degrees, ran, steps] = [
        number("awake")?,
        number("clothing")?,
        number("colour")?,
        number("degrees")?,
        number("ran")?,
        number("steps")?,
    ];
    assert_eq!(refused(&|case| case.set_bool(steps, true).map(|_| ())), "C0201");
    assert_eq!(refused(&|case| case.set_integer(awake, 1).map(|_| ())), "C0201");
    assert_eq!(refused(&|case| case.set_integer(steps, 10).map(|_| ())), "C0202");
    assert_eq!(
        refused(&|case| case.set_number(degrees, f64::NAN).map(|_| ())),
        "C0008"
    );
    assert_eq!(
        refused(&|case| case.set_number(degrees, 29.9).map(|_| ())),
        "C0202"
    );
    let negative = Elapsed::from_microseconds(-1);
    assert_eq!(
        refused(&|case| case.set_elapsed(ran, negative).map(|_| ())),
        "C0204"
    );
    assert_eq!(
        refused(&|case| case.set_elapsed(colour, negative).map(|_| ())),
        "C0103"
    );
    assert_eq!(
        refused(&|case| case.set_bool(other.fact("awake")?, true).map(|_| ())),
        "C0301"
    );
    let none = || std::iter::empty::<usize>();
    let several = |case: &mut Case, includes: &[usize], excludes: &[usize]| {
        let (includes, excludes) = (includes.iter().copied(), excludes.iter().copied());
        case.set_several(clothing, includes, excludes).map(|_| ())
    };
    assert_eq!(refused(&|case| several(case, &[3], &[])), "C0305");
    assert_eq!(refused(&|case| several(case, &[1, 1], &[])), "C0213");
    assert_eq!(refused(&|case| several(case, &[0, 1], &[1])), "C0214");
    assert_eq!(
        refused(&|case| case.set_several(awake, none(), none()).map(|_| ())),
        "C0201"
    );
    assert_eq!(kb.fact_at(6).err().map(|error| error.code()), Some("C0305"));
    assert_eq!(
        kb.option_at(colour, 2).err().map(|error| error.code()),
        Some("C0305")
    );
    Ok(())
}

#[test]
fn a_hash_tells_texts_apart_and_nothing_else() -> Outcome {
    let pack = |text: &str| {
        Source::files([
            (
                "pack.ron",
                r#"Pack(id: "one", version: "1.0.0", schema: 1, language: "en", title: "One")"#,
            ),
            ("facts.ron", text),
            ("cases/none.ron", "[]"),
        ])
    };
    let build = |source: Source| -> Result<KnowledgeBase, Box<dyn std::error::Error>> {
        Ok(KnowledgeBase::builder().pack(source).build()?.0)
    };
    let one = build(pack("[]"))?;
    assert_eq!(build(pack("[]").without_cases())?.hash(), one.hash());
    assert_ne!(build(pack("[ ]"))?.hash(), one.hash());
    let both = |first: liniment_rules::Files, second: liniment_rules::Files| {
        let builder = KnowledgeBase::builder().pack(first).pack(second);
        builder.build().map(|(kb, _)| kb)
    };
    let (calf, flags) = (liniment_rules::calf_cramps(), liniment_rules::leg_red_flags());
    assert_eq!(both(calf, flags)?.hash(), both(flags, calf)?.hash());
    let hash = Source::from(calf).hash();
    let packs = both(calf, flags)?.packs();
    assert!(packs.iter().any(|pack| pack.hash == format!("{hash:016x}")));
    Ok(())
}
