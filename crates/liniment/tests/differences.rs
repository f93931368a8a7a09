//! Two versions of packs: what differs is shown with a case, what does not is proved equal.
//!
//! The versions are edited copies of the calf packs, and two small ones in `tests/packs/versions`. What is
//! said is kept in `tests/snapshots/differences`; `INSTA_UPDATE=always cargo test` writes it anew.
#![cfg(feature = "prove")]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use std::path::Path;

use liniment::prove::{BUDGET, Differences, diff};
use liniment::{KnowledgeBase, Source};

fn build(sources: Vec<Source>) -> KnowledgeBase {
    let builder = sources
        .into_iter()
        .fold(KnowledgeBase::builder(), |builder, source| builder.pack(source));
    builder
        .build()
        .unwrap_or_else(|error| panic!("{}", error.render(120, false)))
        .0
}

/// What is changed: a file, what stands there, what is put there.
type Edit = (&'static str, &'static str, &'static str);

/// The calf pack with changes.
fn calf(edits: &[Edit]) -> Source {
    let mut files: Vec<(String, String)> = liniment_rules::calf_cramps()
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
        .filter(|(name, _)| !name.starts_with("cases/"))
        .collect();
    for (file, was, now) in edits {
        let (_, text) = files.iter_mut().find(|(name, _)| name == file).unwrap();
        assert!(text.contains(was), "{file} has no {was}");
        *text = text.replacen(was, now, 1);
    }
    Source::files(files)
}

fn flags() -> Source {
    Source::from(liniment_rules::leg_red_flags())
}

/// Every case shown is one in which the two differ as it says.
fn replay(found: &Differences, old: &KnowledgeBase, new: &KnowledgeBase) {
    for difference in &found.differences {
        let verdict = |kb: &KnowledgeBase| {
            let case = kb
                .case_from_ron(&difference.case)
                .unwrap_or_else(|error| panic!("{}: {error}", difference.case));
            kb.advise(&case)
                .unwrap()
                .get(&difference.advice)
                .map(|item| item.verdict)
        };
        assert_eq!(verdict(old), difference.old, "{difference:?}");
        assert_eq!(verdict(new), difference.new, "{difference:?}");
        assert_ne!(difference.old, difference.new);
    }
}

fn compare(edits: &[Edit], together: bool) -> Differences {
    let with = |source: Source| {
        let mut sources = vec![source];
        sources.extend(together.then(flags));
        build(sources)
    };
    let (old, new) = (with(calf(&[])), with(calf(edits)));
    let found = diff(&old, &new, BUDGET);
    replay(&found, &old, &new);
    found
}

fn check(name: &str, found: &Differences) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_snapshot_path("snapshots/differences");
    let _bound = settings.bind_to_scope();
    insta::assert_snapshot!(name, found.to_text());
}

#[test]
fn nothing_differs_from_itself() {
    for together in [false, true] {
        let found = compare(&[], together);
        assert!(found.agree(), "{}", found.to_text());
    }
}

#[test]
fn what_is_only_written_otherwise_is_proved_equal() {
    let found = compare(
        &[
            // Another unit, and a definition spelled out.
            (
                "recovery.ron",
                r#"not_before: ("time_since_release", "24h")"#,
                r#"not_before: ("time_since_release", "1d")"#,
            ),
            (
                "relief.ron",
                r#""minutes_apply": Yes"#,
                r#""in_session": Yes, "post_cramp_pain": No"#,
            ),
        ],
        true,
    );
    assert!(found.agree(), "{}", found.to_text());
    check("equal", &found);
}

#[test]
fn a_limit_moved_by_a_minute() {
    let edit = (
        "recovery.ron",
        r#"not_before: ("time_since_release", "24h")"#,
        r#"not_before: ("time_since_release", "23h59min")"#,
    );
    check("limit_moved", &compare(&[edit], false));
}

#[test]
fn an_exception_left_out() {
    let edit = ("return.ron", r#"except: {"minutes_apply": Yes},"#, "");
    check("exception_left_out", &compare(&[edit], true));
}

#[test]
fn a_scope_narrowed() {
    let edit = (
        "scope.ron",
        r#"when: {"onset_setting": Is("at_rest")},"#,
        r#"when: {"onset_setting": Is("at_rest"), "cramp_state": NoneOf(["active"])},"#,
    );
    let found = compare(&[edit], false);
    assert!(!found.causes.is_empty(), "{}", found.to_text());
    check("scope_narrowed", &found);
}

#[test]
fn facts_options_and_rules_of_one_version_alone() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/packs/versions");
    let load = |name: &str| build(vec![Source::folder(folder.join(name)).unwrap()]);
    let (old, new) = (load("old"), load("new"));
    let found = diff(&old, &new, BUDGET);
    check("versions", &found);
    check_json(&found);
}

fn check_json(found: &Differences) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_snapshot_path("snapshots/differences");
    let _bound = settings.bind_to_scope();
    insta::assert_snapshot!("versions_json", found.to_json());
}

#[test]
fn what_is_not_decided_is_said() {
    let (old, new) = (
        build(vec![calf(&[])]),
        build(vec![calf(&[(
            "recovery.ron",
            r#"not_before: ("time_since_release", "24h")"#,
            r#"not_before: ("time_since_release", "23h59min")"#,
        )])]),
    );
    let found = diff(&old, &new, 0);
    assert!(!found.undecided.is_empty() && !found.agree());
    assert!(found.to_text().contains("undecided"));
}
