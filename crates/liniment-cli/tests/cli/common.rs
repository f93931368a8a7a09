//! Runs the command as a user would.

#![expect(
    clippy::expect_used,
    reason = "a test that cannot start the command has failed"
)]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// What came of a run.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Run {
    fn of(output: Output) -> Run {
        Run {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).expect("the output is UTF-8"),
            err: String::from_utf8(output.stderr).expect("the messages are UTF-8"),
        }
    }

    /// The output of a run in which all was well.
    #[track_caller]
    pub(crate) fn fine(self) -> String {
        assert_eq!(self.code, Some(0), "{}", self.err);
        assert_eq!(self.err, "");
        self.out
    }

    /// The message of a run that found a pack or case at fault: one error, and nothing else.
    #[track_caller]
    pub(crate) fn fault(self) -> String {
        self.refused(1)
    }

    /// The message of a run that was called wrongly.
    #[track_caller]
    pub(crate) fn usage(self) -> String {
        self.refused(2)
    }

    #[track_caller]
    fn refused(self, code: i32) -> String {
        assert_eq!(self.code, Some(code), "{}{}", self.out, self.err);
        assert_eq!(self.out, "");
        assert!(self.err.starts_with("error"), "{}", self.err);
        assert!(!self.err.contains("panicked"), "{}", self.err);
        self.err
    }
}

/// The command with these arguments, started in the root of the repository.
pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_liniment"));
    command.args(arguments).current_dir(root()).stdin(Stdio::null());
    command
}

/// Runs the command.
pub(crate) fn run(arguments: &[&str]) -> Run {
    Run::of(command(arguments).output().expect("the command starts"))
}

/// Runs the command with this on its standard input.
pub(crate) fn run_with(arguments: &[&str], input: &[u8]) -> Run {
    let mut command = command(arguments);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("the command starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    // The command may have refused before it has read everything.
    drop(stdin.write_all(input));
    drop(stdin);
    Run::of(child.wait_with_output().expect("the command ends"))
}

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A folder for the files of one test, empty.
pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.exists() {
        std::fs::remove_dir_all(&folder).expect("the folder can be emptied");
    }
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    folder
}

/// Writes a file below a folder and answers its path.
pub(crate) fn write(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> String {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
    std::fs::write(&path, content).expect("the file can be written");
    path.to_str().expect("a path in UTF-8").to_owned()
}
