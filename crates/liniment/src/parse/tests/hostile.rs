//! Texts that are large, deep, broken or made to harm.

use std::time::{Duration, Instant};

use super::{found, found_with, read_with, source_of};
use crate::limits::Limits;
use crate::parse::Source;

#[test]
fn deep_nesting_is_refused_and_does_not_overflow() {
    for (open, close) in [
        ("[", "]"),
        ("(", ")"),
        ("{\"a\":", "}"),
        ("a(", ")"),
        ("a(b:", ")"),
        ("Never(", ")"),
        ("All([", "])"),
        ("/*", "*/"),
    ] {
        for closed in [true, false] {
            let end = if closed {
                close.repeat(100_000)
            } else {
                String::new()
            };
            let told = found(&format!("[Never({{\"a\": {}1{end}}})]", open.repeat(100_000)));
            assert!(!told.is_empty(), "{open}");
            assert!(told.len() < 10, "{open}: {}", told.len());
        }
    }
    let told = found(&format!("[Never({}1{})]", "[".repeat(100), "]".repeat(100))).join("\n");
    assert!(told.contains("the limit `depth` is 64"), "{told}");
}

#[test]
fn the_limit_of_depth_is_a_setting_with_an_end() {
    let deep = |depth: usize| format!("[Never({}{})]", "[".repeat(depth), "]".repeat(depth));
    let told =
        |depth: usize, limit: usize| found_with(&deep(depth), &Limits::default().depth(limit)).join("\n");
    assert!(told(10, 5).contains("`depth`"));
    assert!(!told(4, 5).contains("`depth`"));
    assert!(told(200, 1_000_000).contains("the limit `depth` is 128"));
    assert!(!told(100, 1_000_000).contains("`depth`"));
}

#[test]
fn long_lists_are_quick() {
    let start = Instant::now();
    let list = "\"a\",".repeat(1_000_000);
    let told = found(&format!(
        "[Fact(id: \"f\", kind: Choice([{list}]), ask: \"?\", nothing: [{}])]",
        "1,".repeat(4_000_000)
    ));
    assert_eq!(told.len(), 1, "{told:?}");
    let told = found(&format!("[{}]", "x,".repeat(100_000)));
    assert_eq!(told.len(), 10_001);
    assert!(
        told.last()
            .is_some_and(|last| last.contains("more than 10000 mistakes"))
    );
    let told = found(&format!("[Note(cites: [{}]), Nothing()]", "1,".repeat(100_000)));
    assert_eq!(told.len(), 10_001);
    // Far from a measurement: it fails when something is quadratic.
    assert!(start.elapsed() < Duration::from_secs(120));
}

#[test]
fn many_broken_statements_are_not_quadratic() {
    let start = Instant::now();
    let text = format!("[\n{}]", "    Fix(id: \"a\" phase: \"b\",\n".repeat(5_000));
    assert!(found(&text).len() >= 5_000);
    let row: String = (0..100_000)
        .map(|number| format!("\"f{number}\": Yes,"))
        .collect();
    assert!(found(&format!("[Never({{{row}}})]")).is_empty());
    let cites = "Cite(),".repeat(5_000);
    assert_eq!(
        found(&format!(
            "[Note(id: \"a\", phase: \"b\", text: \"c\", cites: [{cites}])]"
        ))
        .len(),
        5_000
    );
    assert!(start.elapsed() < Duration::from_secs(120));
}

#[test]
fn limits_are_named_with_value_and_setting() {
    let limits = Limits::default().text_length(10);
    assert_eq!(
        found_with("[Note(id: \"a\", phase: \"p\", text: \"ééééééééééé\")]", &limits),
        ["L0030 1:34 this text has 11 characters; the limit `text_length` is 10"]
    );
    assert!(found_with("[Note(id: \"a\", phase: \"p\", text: \"éééééééééé\")]", &limits).is_empty());
    let limits = Limits::default().rules(2);
    assert_eq!(
        found_with("[Never({}), Never({}), Never({}), Never({})]", &limits),
        ["L0030 1:24 the pack has more than 2 rules; the limit `rules` is 2"]
    );
    let fact = "Fact(id: \"a\", kind: YesNo, ask: \"?\"),";
    let limits = Limits::default().facts(1);
    assert_eq!(
        found_with(&format!("[{fact}{fact}]"), &limits),
        ["L0030 1:39 the pack has more than 1 facts; the limit `facts` is 1"]
    );
    let source = source_of("[]");
    let (pack, _, findings) = read_with(&source, &Limits::default().bytes(20));
    assert!(pack.is_none());
    let told: Vec<&str> = findings.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(told, ["the pack has 78 bytes; the limit `bytes` is 20"]);
    assert!(findings.iter().all(|finding| {
        finding
            .help
            .as_deref()
            .is_some_and(|help| help.contains("Limits::default().bytes("))
    }));
}

#[test]
fn folders_are_read_with_care() -> std::io::Result<()> {
    let folder = std::env::temp_dir().join(format!("liniment-parse-{}", std::process::id()));
    let inside = folder.join("mine");
    std::fs::create_dir_all(inside.join("cases"))?;
    std::fs::write(inside.join("pack.ron"), super::MANIFEST)?;
    std::fs::write(inside.join("b.ron"), b"[Note(id: \"a\xff\")]")?;
    std::fs::write(inside.join("notes.txt"), "not a pack file")?;
    std::fs::write(inside.join("cases/a.ron"), "[]")?;
    std::fs::write(folder.join("secret.ron"), "[Secret()]")?;
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(folder.join("secret.ron"), inside.join("link.ron"))?;
        std::os::unix::fs::symlink("/dev/zero", inside.join("cases/zero.ron"))?;
    }
    let source = Source::folder(&inside).map_err(std::io::Error::other)?;
    let names: Vec<&str> = source.names().collect();
    assert_eq!(names, ["mine/b.ron", "mine/cases/a.ron", "mine/pack.ron"]);
    let (_, _, findings) = read_with(&source, &Limits::default());
    let told: Vec<&str> = findings.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(told, ["the file is not UTF-8 text"]);
    let small =
        Source::folder_within(&inside, &Limits::default().bytes(10)).map_err(std::io::Error::other)?;
    let (_, _, findings) = read_with(&small, &Limits::default().bytes(10));
    assert!(
        findings
            .iter()
            .any(|finding| finding.message.contains("the limit `bytes` is 10"))
    );
    assert!(Source::folder(folder.join("nowhere")).is_err());
    std::fs::remove_dir_all(&folder)
}

#[test]
fn a_pack_that_changes_while_it_is_read_is_refused() -> std::io::Result<()> {
    let folder = std::env::temp_dir().join(format!("liniment-changing-{}", std::process::id()));
    let limits = Limits::default();
    std::fs::create_dir_all(folder.join("cases"))?;
    std::fs::write(folder.join("pack.ron"), super::MANIFEST)?;
    std::fs::write(folder.join("rules.ron"), "[]")?;
    let read = |meanwhile: &dyn Fn() -> std::io::Result<()>| {
        let mut done = Ok(());
        let source = Source::folder_unchanged(&folder, &limits, || done = meanwhile());
        done.map(|()| source.map_err(|error| error.to_string()))
    };
    assert!(read(&|| Ok(()))?.is_ok());
    let changes: [&dyn Fn() -> std::io::Result<()>; 4] = [
        &|| std::fs::write(folder.join("rules.ron"), "[ ]"),
        &|| std::fs::write(folder.join("more.ron"), "[]"),
        &|| std::fs::write(folder.join("cases/a.ron"), "[]"),
        &|| std::fs::remove_file(folder.join("more.ron")),
    ];
    for change in changes {
        let refused = read(change)?.err().unwrap_or_default();
        assert!(refused.contains("changed while"), "{refused}");
    }
    assert!(read(&|| std::fs::write(folder.join("notes.txt"), "not of the pack"))?.is_ok());
    std::fs::remove_dir_all(&folder)
}
