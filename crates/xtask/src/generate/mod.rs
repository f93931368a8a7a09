//! `cargo xtask generate`: files that are committed and written by a program.
//!
//! A generator is a function that answers paths and their contents; it writes nothing itself. A new one is
//! one line in [`GENERATORS`].

mod c_header;
mod cmake_version;
mod codes;
mod corpus;
mod python_stubs;
mod result_schema;
mod rules;

use std::path::PathBuf;

use crate::workspace::root;

/// Every generator.
const GENERATORS: &[Generator] = &[
    rules::compressed,
    rules::compiled,
    c_header::file,
    cmake_version::file,
    codes::page,
    result_schema::file,
    corpus::answers,
    python_stubs::file,
];

type Generator = fn() -> Result<Vec<Generated>, String>;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Write nothing; fail where a file differs
    #[arg(long)]
    check: bool,
}

/// A file as its generator wants it.
pub(crate) struct Generated {
    /// From the root of the workspace.
    pub(crate) path: PathBuf,
    pub(crate) content: Vec<u8>,
}

/// Runs every generator; one that fails is one error.
pub(crate) fn all() -> impl Iterator<Item = Result<Generated, String>> {
    GENERATORS.iter().flat_map(|generator| match generator() {
        Ok(files) => files.into_iter().map(Ok).collect(),
        Err(message) => vec![Err(message)],
    })
}

/// Writes or compares all files. False when a comparison found a difference.
pub(crate) fn run(arguments: &Arguments) -> Result<bool, String> {
    let mut fine = true;
    for file in all() {
        let file = file?;
        let Some(difference) = difference(&file)? else {
            continue;
        };
        if arguments.check {
            fine = false;
            println!("{difference}");
        } else {
            let path = root().join(&file.path);
            let folder = path.parent().unwrap_or(&path);
            std::fs::create_dir_all(folder)
                .and_then(|()| std::fs::write(&path, &file.content))
                .map_err(|error| format!("{}: {error}", file.path.display()))?;
            println!("wrote {}", file.path.display());
        }
    }
    Ok(fine)
}

/// What is wrong with the file on disk; nothing when it is as generated.
pub(crate) fn difference(file: &Generated) -> Result<Option<String>, String> {
    let path = file.path.display();
    let committed = match std::fs::read(root().join(&file.path)) {
        Ok(content) => content,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Ok(Some(format!(
                "{path} is missing; `cargo xtask generate` writes it"
            )));
        }
        Err(error) => return Err(format!("{path}: {error}")),
    };
    if committed == file.content {
        return Ok(None);
    }
    let (Ok(committed), Ok(content)) = (str::from_utf8(&committed), str::from_utf8(&file.content)) else {
        return Ok(Some(format!(
            "{path} is out of date; `cargo xtask generate` writes it"
        )));
    };
    // A checkout may have turned the line ends.
    let committed = committed.replace("\r\n", "\n");
    if committed == content {
        return Ok(None);
    }
    let (line, (old, new)) = lines(&committed)
        .zip(lines(content))
        .enumerate()
        .find(|(_, (old, new))| old != new)
        .unwrap_or((0, (None, None)));
    Ok(Some(format!(
        "{path} is out of date from line {}; `cargo xtask generate` writes it\n- {}\n+ {}",
        line + 1,
        old.unwrap_or("(the end)"),
        new.unwrap_or("(the end)")
    )))
}

/// The lines, then nothing for ever.
fn lines(text: &str) -> impl Iterator<Item = Option<&str>> {
    text.lines().map(Some).chain(std::iter::repeat(None))
}
