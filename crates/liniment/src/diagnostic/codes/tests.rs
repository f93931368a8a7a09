use std::collections::HashSet;

use super::all;

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
fn titles_begin_small_and_pages_have_paragraphs() {
    for code in all() {
        let first = code.title.chars().next();
        assert!(
            first.is_some_and(|letter| !letter.is_uppercase() || code.title.starts_with('`')),
            "{}",
            code.code
        );
        assert!(!code.title.ends_with('.'), "{}", code.code);
        for paragraph in code.page.split("\n\n") {
            assert!(
                !paragraph.contains('\n') && !paragraph.contains("  "),
                "{}: {paragraph}",
                code.code
            );
            assert_eq!(
                paragraph.matches('`').count() % 2,
                0,
                "{}: {paragraph}",
                code.code
            );
        }
    }
}

#[test]
fn syntax_pages_say_why_and_how() {
    for code in super::syntax::CODES {
        assert!(code.page.split("\n\n").count() >= 3, "{}", code.code);
    }
}
