//! Where the workspace is, and how its programs are started.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use serde_json::Value;

/// The root of the workspace, as it was when this program was built.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_path_buf()
}

/// `cargo …`, started in the root of the workspace.
pub(crate) fn cargo<I: AsRef<OsStr>>(arguments: impl IntoIterator<Item = I>) -> Command {
    // The cargo that started this program, so that `cargo +1.89 xtask test` tests with that one.
    program(
        std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()),
        arguments,
    )
}

/// The `liniment` command of the debug build, built when it is not.
pub(crate) fn liniment<I: AsRef<OsStr>>(arguments: impl IntoIterator<Item = I>) -> Result<Command, String> {
    static BUILT: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    let built = BUILT.get_or_init(|| build_as_tested("liniment")).clone()?;
    Ok(program(built, arguments))
}

/// A program of a package with integration tests, in the debug profile; answers where cargo put it. Built with all that is
/// tested, so that nothing is built once more after that: by itself it would have other features below it.
pub(crate) fn build_as_tested(program: &str) -> Result<PathBuf, String> {
    let mut command = cargo(["test", "--no-run", "--message-format", "json-render-diagnostics"]);
    command.args(TESTED).args(TARGETS).stderr(Stdio::inherit());
    messages(&output(command)?)
        .find_map(|message| {
            let text = |path: &str| message.pointer(path).and_then(Value::as_str);
            let is_it = text("/target/name") == Some(program)
                && text("/target/kind/0") == Some("bin")
                && message.pointer("/profile/test").and_then(Value::as_bool) == Some(false);
            text("/executable").filter(|_| is_it).map(PathBuf::from)
        })
        .ok_or_else(|| format!("cargo built no {program}"))
}

/// The packages that `cargo test` tests. A test program of the extension module would need a Python to link; its tests are
/// written in Python.
pub(crate) const TESTED: [&str; 3] = ["--workspace", "--exclude", "liniment-python"];

/// What of them `cargo test` tests, documentation apart.
pub(crate) const TARGETS: [&str; 4] = ["--lib", "--bins", "--tests", "--examples"];

/// Builds the `liniment` command in the release profile and answers where cargo put it.
pub(crate) fn build_released() -> Result<PathBuf, String> {
    built(cargo([
        "build",
        "--release",
        "--package",
        "liniment-cli",
        "--message-format",
        "json-render-diagnostics",
    ]))
}

/// Runs a build that reports in JSON, and answers where cargo put its program.
pub(crate) fn built(mut build: Command) -> Result<PathBuf, String> {
    build.stderr(Stdio::inherit());
    messages(&output(build)?)
        .filter_map(|message| {
            message
                .get("executable")
                .and_then(Value::as_str)
                .map(PathBuf::from)
        })
        .last()
        .ok_or_else(|| "cargo built no program".to_owned())
}

/// What a build that reports in JSON has said.
pub(crate) fn messages(said: &str) -> impl Iterator<Item = Value> {
    said.lines().filter_map(|line| serde_json::from_str(line).ok())
}

/// A program, started in the root of the workspace.
pub(crate) fn program<I: AsRef<OsStr>>(
    name: impl AsRef<OsStr>,
    arguments: impl IntoIterator<Item = I>,
) -> Command {
    let mut command = Command::new(name);
    command.args(arguments).current_dir(root()).stdin(Stdio::null());
    command
}

/// Works on each of a list at once; answers in its order.
pub(crate) fn at_once<T: Sync, R: Send>(
    list: &[T],
    work: impl Fn(&T) -> Result<R, String> + Sync,
) -> Result<Vec<R>, String> {
    std::thread::scope(|scope| {
        let work = &work;
        let threads: Vec<_> = list.iter().map(|one| scope.spawn(move || work(one))).collect();
        threads
            .into_iter()
            .map(|thread| {
                thread
                    .join()
                    .map_err(|_| "a thread did not come to its end".to_owned())?
            })
            .collect()
    })
}

/// Whether a program can be started and answers with success, its output unseen.
pub(crate) fn answers(mut command: Command) -> bool {
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}

/// Runs to the end with the output shown. Tells whether it succeeded.
pub(crate) fn succeeds(mut command: Command) -> Result<bool, String> {
    let status = command.status().map_err(|error| cannot_start(&command, &error))?;
    Ok(status.success())
}

/// Runs to the end; answers the standard output, or what went wrong.
pub(crate) fn output(command: Command) -> Result<String, String> {
    String::from_utf8(output_bytes(command)?).map_err(|error| error.to_string())
}

/// The same where the output need not be text.
pub(crate) fn output_bytes(mut command: Command) -> Result<Vec<u8>, String> {
    let output = command.output().map_err(|error| cannot_start(&command, &error))?;
    if output.status.success() {
        Ok(output.stdout)
    } else {
        Err(format!(
            "{} failed: {}",
            described(&command),
            String::from_utf8_lossy(&output.stderr).trim()
        ))
    }
}

/// Runs to the end; answers whether it succeeded, and the standard output.
pub(crate) fn said(mut command: Command) -> Result<(bool, String), String> {
    let output = command.output().map_err(|error| cannot_start(&command, &error))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    Ok((output.status.success(), text))
}

/// Runs to the end, handing on the standard output line by line while it is also shown.
pub(crate) fn lines(mut command: Command, mut line: impl FnMut(&str)) -> Result<bool, String> {
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| cannot_start(&command, &error))?;
    if let Some(stdout) = child.stdout.take() {
        let mut reader = BufReader::new(stdout);
        let mut bytes = Vec::new();
        // By bytes: a test may print what is not UTF-8.
        while reader
            .read_until(b'\n', &mut bytes)
            .map_err(|error| error.to_string())?
            > 0
        {
            let text = String::from_utf8_lossy(&bytes);
            print!("{text}");
            line(text.trim_end());
            bytes.clear();
        }
    }
    Ok(child.wait().map_err(|error| error.to_string())?.success())
}

fn described(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

fn cannot_start(command: &Command, error: &std::io::Error) -> String {
    format!("cannot start {}: {error}", described(command))
}
