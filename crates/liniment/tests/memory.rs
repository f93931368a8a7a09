//! Packs that are loaded and dropped leave nothing behind. Alone in its program: memory is that of all tests.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use liniment::{KnowledgeBase, Source};

#[test]
fn a_thousand_packs_leave_nothing_behind() {
    fn resident() -> usize {
        let status = std::fs::read_to_string("/proc/self/status").unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    }
    let load = |number: usize| {
        let rules = format!(
            r#"[Fact(id: "f{number}", kind: YesNo, ask: "Is it so?"),
                Note(id: "n", phase: "now", when: {{"f{number}": Yes}}, text: "{}", inferred: true)]"#,
            "word ".repeat(1_000)
        );
        let pack = Source::files([
            (
                "pack.ron",
                r#"Pack(id: "one", version: "1.0.0", schema: 1, language: "en", title: "One",
                    phases: [Phase(id: "now", title: "Now")])"#,
            ),
            ("rules.ron", rules.as_str()),
        ]);
        let (kb, _) = KnowledgeBase::builder().pack(pack).build().unwrap();
        let case = kb.case_from_json(&format!(r#"{{"f{number}": true}}"#)).unwrap();
        assert_eq!(kb.advise(&case).unwrap().items().len(), 1);
    };
    (0..200).for_each(load);
    let before = resident();
    (200..1_200).for_each(load);
    let after = resident();
    // A pack of these takes more than 10 KiB: a thousand of them would show.
    assert!(after < before + 4 * 1024, "{before} KiB, then {after} KiB");
}
