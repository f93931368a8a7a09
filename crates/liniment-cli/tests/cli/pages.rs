//! The pages that people read, with a small pack of the tests' own, so that they stay as they are when
//! the built-in packs change.

use crate::common::run_with;

const SORE: &str = r#"{"sore": true, "since": "1h", "cream": "considering", "wears": ["tight", "old"], "water": "warm",
    "place": {"reports": [{"value": "foot", "source": "walker"}, {"value": "foot", "source": "friend"}]}}"#;

const NUMB: &str = r#"{"sore": true, "since": {"from": "3d", "to": "80h"}, "numb": true,
    "place": {"reports": [{"value": "foot", "source": "walker"}, {"value": "hand", "source": "watch"}]}}"#;

#[track_caller]
fn page(case: &str, options: &[&str]) -> String {
    let pack = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli/feet");
    run_with(
        &[&["advise", "-", "--pack", pack], options].concat(),
        case.as_bytes(),
    )
    .fine()
}

#[test]
fn the_pack_of_these_tests_has_no_findings() {
    let pack = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli/feet");
    assert_eq!(
        crate::common::run(&["check", pack]).fine(),
        "no findings in 1 pack\n"
    );
}

#[test]
fn every_part_of_a_page() {
    insta::assert_snapshot!("page", page(SORE, &[]));
    insta::assert_snapshot!("page_in_german", page(SORE, &["--lang", "de"]));
}

#[test]
fn a_page_with_why() {
    insta::assert_snapshot!("page_with_why", page(SORE, &["--why"]));
}

#[test]
fn a_page_with_a_conflict_and_what_it_leaves_open() {
    insta::assert_snapshot!("page_with_a_conflict", page(NUMB, &[]));
}

#[test]
fn what_is_nearly_over_and_what_is_open() {
    let case = r#"{"sore": true, "since": "3d", "numb": false, "place": "foot"}"#;
    insta::assert_snapshot!("page_nearly_over", page(case, &[]));
}

#[test]
fn an_emergency_in_colour() {
    let case = r#"{"sore": true, "since": "1h", "numb": true, "cold": true}"#;
    insta::assert_snapshot!(
        "emergency_in_colour",
        page(case, &["--color", "always"])
            .escape_debug()
            .to_string()
            .replace("\\n", "\n")
    );
    insta::assert_snapshot!("emergency_in_german", page(case, &["--lang", "de"]));
}

#[test]
fn out_of_scope_and_nothing_known() {
    insta::assert_snapshot!("out_of_scope", page(r#"{"place": "hand", "sore": true}"#, &[]));
    insta::assert_snapshot!("nothing_known", page("{}", &[]));
}
