//! What happens when the machine fails: no half results, no advice from half a pack, a message each time.
#![cfg(unix)]
#![expect(
    clippy::expect_used,
    reason = "a test that cannot start the command has failed"
)]

use std::fs::OpenOptions;
use std::io::Read;
use std::process::Stdio;

use crate::common::{command, folder, run, write};

const CASE: &str = "examples/mid-run-cramp.json";

#[test]
fn a_full_disk_is_an_error() {
    let Ok(full) = OpenOptions::new().write(true).open("/dev/full") else {
        return;
    };
    let mut command = command(&["advise", CASE]);
    let run = command
        .stdout(full)
        .stderr(Stdio::piped())
        .output()
        .expect("the command starts");
    let message = String::from_utf8_lossy(&run.stderr);
    assert_eq!(run.status.code(), Some(1), "{message}");
    assert!(message.starts_with("error: cannot write the result"), "{message}");
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let mut child = command(&["check", "--format", "json", "--prove"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    drop(child.stdout.take());
    let mut message = String::new();
    let mut stderr = child.stderr.take().expect("a pipe");
    stderr.read_to_string(&mut message).expect("text");
    let status = child.wait().expect("it ends");
    assert_eq!(status.code(), Some(0), "{message}");
    assert_eq!(message, "");
}

const MANIFEST: &str = r#"Pack(
    id: "one", version: "1.0.0", schema: 1, language: "en", title: "One",
    phases: [Phase(id: "care", title: "Care")],
)"#;

/// A pack that cannot be loaded gives no advice at all: not of its sound part, not of the packs beside
/// it, not of those built in.
#[test]
fn a_pack_that_fails_to_load_is_never_replaced() {
    let broken = folder("broken-beside");
    write(&broken, "pack.ron", MANIFEST);
    write(
        &broken,
        "rules.ron",
        r#"[
            Fact(id: "wet", kind: YesNo, ask: "Is it wet?"),
            Note(id: "dry_it", phase: "care", when: {"wet": Yes}, text: "Dry it.", inferred: true),
            Note(id: "broken", phase: "care", when: {"wett": Yes}, text: "Broken.", inferred: true),
        ]"#,
    );
    let broken = broken.to_string_lossy().into_owned();
    for packs in [
        vec!["--pack", &broken],
        vec!["--pack", &broken, "--pack", "leg-red-flags"],
        vec!["--pack", "leg-red-flags", "--pack", &broken],
        vec!["--pack", "leg-red-flags", "--pack", "no-such-pack"],
    ] {
        let arguments = [vec!["advise", "--set", "dark_urine=true"], packs].concat();
        run(&arguments).fault();
    }
}

#[test]
fn a_folder_that_cannot_be_read_is_an_error() {
    use std::os::unix::fs::PermissionsExt;
    let locked = folder("locked");
    write(&locked, "pack.ron", MANIFEST);
    write(&locked, "rules.ron", "[]");
    let set =
        |mode| std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(mode)).expect("it is ours");
    set(0o000);
    let readable = std::fs::read_dir(&locked).is_ok();
    let name = locked.to_string_lossy().into_owned();
    let run = run(&["check", &name]);
    set(0o755);
    // The superuser may read everything.
    if !readable {
        assert!(run.fault().contains(&name));
    }
}
