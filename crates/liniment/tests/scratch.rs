//! Scratch.
#[test]
fn scratch() {
    let pack = std::fs::read_to_string("/tmp/s/pack.ron").unwrap();
    let rules = std::fs::read_to_string("/tmp/s/rules.ron").unwrap();
    let kb = liniment::KnowledgeBase::builder().pack(liniment::Source::files([("pack.ron", pack), ("rules.ron", rules)])).build();
    let kb = match kb { Ok((kb, _)) => kb, Err(e) => { println!("{e}"); return; } };
    for case in std::fs::read_to_string("/tmp/s/cases").unwrap().lines() {
        let a = kb.advise(&kb.case_from_json(case).unwrap()).unwrap();
        println!("{case}");
        for i in a.items() { println!("   {} {} rules {:?} subject {:?} needs {:?} nearly {} opens {:?} instead {:?}", i.id, i.verdict, i.rules, i.subject_to, i.needs, i.nearly, i.opens_in.map(|o| o.iso()), i.instead); }
        println!("   sup {:?}\n   q {:?} {}\n   conf {:?}", a.suppressed(), a.questions().iter().map(|q| &q.fact).collect::<Vec<_>>(), a.questions_exact(), a.conflicts());
    }
}
