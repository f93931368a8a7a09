//! Every pack in `tests/packs/bad` says what is wrong with it, and every pack in `tests/packs/good` says nothing.
//!
//! A folder is one pack, or holds several that are loaded together. The full text of what a bad pack
//! says is kept in `tests/snapshots`; `INSTA_UPDATE=always cargo test` writes it anew.
#![expect(clippy::unwrap_used, reason = "a test that cannot read its data fails")]

mod pack_folders;

use std::collections::BTreeSet;

use liniment::diagnostic::{Diagnostic, codes, render};
use liniment::{KnowledgeBase, Limits, Source};
use pack_folders::{WIDTH, folders, name, packs, snapshots, sources, together};

/// Everything that is said of packs, and whether they can be used.
fn judge(sources: &[Source]) -> (Vec<Diagnostic>, bool) {
    match together(sources).build() {
        Ok((_, diagnostics)) => (diagnostics, true),
        Err(error) => (error.diagnostics().to_vec(), false),
    }
}

#[test]
fn bad_packs_say_what_is_wrong() {
    let _bound = snapshots("snapshots").bind_to_scope();
    let mut seen = BTreeSet::new();
    for folder in folders(&packs().join("bad")) {
        let sources = sources(&folder);
        let (diagnostics, usable) = judge(&sources);
        let said: BTreeSet<&str> = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
        assert_eq!(
            said.len(),
            1,
            "{} should show one mistake: {}",
            name(&folder),
            render(&diagnostics, &sources, WIDTH, false)
        );
        assert!(
            diagnostics.iter().all(|diagnostic| diagnostic.help.is_some()),
            "{} helps nobody",
            name(&folder)
        );
        seen.extend(said);
        let outcome = if usable {
            "The pack can be used."
        } else {
            "The pack cannot be used."
        };
        insta::assert_snapshot!(
            name(&folder),
            format!(
                "{}\n{outcome}",
                render(&diagnostics, &sources, WIDTH, false).trim_end()
            )
        );
    }
    let unseen: Vec<&str> = codes()
        .iter()
        .map(|code| code.code)
        .filter(|code| is_of_check(code) && !seen.contains(code))
        .collect();
    assert!(unseen.is_empty(), "no bad pack shows {unseen:?}");
}

/// Whether a code is about names, types, rules or packs, rather than about one file alone.
fn is_of_check(code: &str) -> bool {
    ("L0100".."L0500").contains(&code)
}

#[test]
fn good_packs_say_nothing() {
    for folder in folders(&packs().join("good")) {
        let sources = sources(&folder);
        let (diagnostics, usable) = judge(&sources);
        assert!(
            usable && diagnostics.is_empty(),
            "{}: {}",
            name(&folder),
            render(&diagnostics, &sources, WIDTH, false)
        );
    }
}

#[test]
fn every_code_has_its_page() {
    let mut before = "";
    for code in codes() {
        assert!(code.code > before, "{} stands twice or out of order", code.code);
        before = code.code;
        if is_of_check(code.code) {
            assert!(
                code.page.len() > 200 && code.page.contains("```ron"),
                "{} needs a page with an example",
                code.code
            );
        }
    }
}

#[test]
fn limits_hold_for_all_packs_together() {
    let pack = |id: &str| {
        let manifest = format!(
            "Pack(id: \"{id}\", version: \"1.0.0\", schema: 1, language: \"en\", title: \"T\", phases: [Phase(id: \"p\", title: \"P\")])"
        );
        let rules = format!(
            "[Fact(id: \"fact_of_{id}\", kind: Several([\"one\", \"two\", \"three\"]), ask: \"?\"), \
              Note(id: \"note_of_{id}\", phase: \"p\", when: {{\"fact_of_{id}\": Includes([\"one\"])}}, text: \"T\", inferred: true)]"
        );
        Source::files([("pack.ron".to_owned(), manifest), ("rules.ron".to_owned(), rules)])
    };
    let build = |limits: Limits| {
        let built = KnowledgeBase::builder()
            .pack(pack("a"))
            .pack(pack("b"))
            .limits(limits)
            .build();
        built.map(|_| ()).map_err(|error| {
            error
                .diagnostics()
                .iter()
                .map(|diagnostic| diagnostic.message.clone())
                .collect::<Vec<_>>()
        })
    };
    assert_eq!(build(Limits::default().rules(2).facts(2).options(3)), Ok(()));
    assert_eq!(
        build(Limits::default().rules(1)).unwrap_err(),
        ["the packs have more than 1 rules together; the limit `rules` is 1"]
    );
    assert_eq!(
        build(Limits::default().facts(1)).unwrap_err(),
        ["the packs have more than 1 facts together; the limit `facts` is 1"]
    );
    assert_eq!(build(Limits::default().options(2)).unwrap_err().len(), 2);
}

#[test]
fn progress_comes_stage_by_stage_and_can_be_stopped() {
    use liniment::{Progress, Stage};
    use std::ops::ControlFlow;
    use std::sync::mpsc::channel;

    let build = |until: Option<Stage>| {
        let (sender, receiver) = channel();
        let built = KnowledgeBase::builder()
            .pack(liniment_rules::calf_cramps())
            .pack(liniment_rules::leg_red_flags())
            .progress(move |progress: Progress| {
                sender.send(progress).unwrap();
                if until == Some(progress.stage) {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            })
            .build();
        (built, receiver.try_iter().collect::<Vec<Progress>>())
    };
    let (built, calls) = build(None);
    assert!(built.is_ok());
    assert!(calls.is_sorted_by_key(|progress| (progress.stage, progress.done)));
    for stage in Stage::ALL {
        let of_stage: Vec<&Progress> = calls.iter().filter(|progress| progress.stage == stage).collect();
        let (first, last) = (of_stage.first().unwrap(), of_stage.last().unwrap());
        assert_eq!(first.done, 0);
        assert_eq!(last.done, last.total);
        assert!(first.total > 0 && of_stage.len() <= 102, "{of_stage:?}");
    }
    for stage in Stage::ALL {
        let (built, calls) = build(Some(stage));
        let error = built.unwrap_err();
        assert!(error.is_stopped());
        assert_eq!(
            error.to_string(),
            "the building of the knowledge base was stopped"
        );
        // Nobody is called again.
        assert_eq!(calls.iter().filter(|progress| progress.stage >= stage).count(), 1);
    }
}

/// For authors of packs in other places: `PACKS=one:two cargo test -p liniment --test diagnostics other -- --nocapture`.
#[test]
fn other_packs_are_shown() {
    let Ok(paths) = std::env::var("PACKS") else { return };
    let sources: Vec<Source> = paths
        .split(':')
        .map(|path| Source::folder(path).unwrap())
        .collect();
    let (diagnostics, usable) = judge(&sources);
    println!(
        "{}\nusable: {usable}",
        render(&diagnostics, &sources, WIDTH, false)
    );
}
