use std::collections::HashSet;

use super::{all, syntax};
use crate::limits::Limits;
use crate::parse::{Counts, Source, parse};
use crate::progress::Reporter;

#[test]
fn codes_are_numbered_once_and_in_order() {
    let codes = all();
    let numbers: HashSet<&str> = codes.iter().map(|code| code.code).collect();
    assert_eq!(numbers.len(), codes.len());
    assert!(
        codes
            .windows(2)
            .all(|pair| pair.first().map(|code| code.code) < pair.last().map(|code| code.code))
    );
    for code in codes {
        let digits = code.code.strip_prefix('L').unwrap_or_default();
        assert!(
            digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit()),
            "{}",
            code.code
        );
    }
}

#[test]
fn titles_begin_small_and_pages_are_whole() {
    for code in all() {
        assert!(!code.title.starts_with(char::is_uppercase), "{}", code.code);
        assert!(!code.title.ends_with('.'), "{}", code.code);
        assert_eq!(code.page.matches('`').count() % 2, 0, "{}", code.code);
    }
    for code in syntax::CODES {
        assert!(code.page.split("\n\n").count() >= 3, "{}", code.code);
    }
}

/// The codes found in a piece of RON from a page; a comment on its first line names its file.
fn found_in(piece: &str) -> Vec<&'static str> {
    let named = piece
        .lines()
        .next()
        .and_then(|line| line.strip_prefix("// "))
        .filter(|name| name.ends_with(".ron"));
    let (name, text) = match named {
        Some(name) => (name, piece.to_owned()),
        None => ("rules.ron", format!("[\n{piece}\n]")),
    };
    let manifest = r#"Pack(id: "my-pack", version: "1.0.0", schema: 1, language: "en", title: "Mine")"#;
    let mut files = vec![(name, text)];
    if name != "pack.ron" {
        files.push(("pack.ron", manifest.to_owned()));
    }
    let mut findings = Vec::new();
    let (mut counts, progress) = (Counts::default(), Reporter::default());
    let source = Source::files(files);
    parse(
        &source,
        &Limits::default(),
        0,
        &mut counts,
        &progress,
        &mut findings,
    );
    findings.iter().map(|finding| finding.code.code).collect()
}

#[test]
fn the_examples_of_the_syntax_pages_are_what_they_say() {
    let mut tried = 0;
    for code in syntax::CODES {
        let mut pieces = code
            .page
            .split("```ron\n")
            .skip(1)
            .filter_map(|piece| piece.split("```").next());
        if code.page.contains("The mistake:") {
            let found = pieces.next().map(found_in).unwrap_or_default();
            assert!(
                !found.is_empty() && found.iter().all(|found| *found == code.code),
                "{}: {found:?}",
                code.code
            );
            tried += 1;
        }
        for mended in pieces {
            assert_eq!(found_in(mended), Vec::<&str>::new(), "{}", code.code);
        }
    }
    assert!(tried > 15);
}
