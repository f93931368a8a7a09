//! Where the text of a pack comes from.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read};
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use super::file_text::FileText;
use super::locate;
use crate::compact_sort::CompactSort;
use crate::limits::Limits;
use crate::text::hash;

/// The text of a pack: a folder of files, or texts in memory.
///
/// ```
/// use liniment::Source;
/// let source = Source::files([("pack.ron", "Pack(id: \"mine\", …)"), ("relief.ron", "[]")]);
/// assert_eq!(source.names().collect::<Vec<_>>(), ["pack.ron", "relief.ron"]);
/// ```
#[derive(Clone, Debug)]
pub struct Source {
    pub(crate) files: Vec<SourceFile>,
    /// The size of all files when a limit kept them from being read.
    pub(crate) too_large: Option<u64>,
}

/// One file of a source.
#[derive(Clone, Debug)]
pub(crate) struct SourceFile {
    /// Its name within the pack, `cases/relief.ron`.
    pub(crate) name: Arc<str>,
    /// Its name for readers, `calf-cramps/cases/relief.ron`.
    pub(crate) shown: Arc<str>,
    /// Its text; what is not UTF-8 stands there as U+FFFD.
    pub(crate) text: SharedText,
    /// Where its bytes stop being UTF-8.
    pub(crate) not_utf8: Option<usize>,
}

/// A text that is cheap to share: built in, or counted.
#[derive(Clone, Debug)]
pub(crate) enum SharedText {
    /// Part of the program.
    Static(&'static str),
    /// Read at run time.
    Shared(Arc<str>),
}

impl Deref for SharedText {
    type Target = str;
    fn deref(&self) -> &str {
        match self {
            SharedText::Static(text) => text,
            SharedText::Shared(text) => text,
        }
    }
}

impl From<&str> for SharedText {
    fn from(text: &str) -> Self {
        SharedText::Shared(text.into())
    }
}

/// A folder that could not be read.
#[derive(Debug, thiserror::Error)]
#[error("`{}` cannot be read: {error}", .path.display())]
pub struct SourceError {
    path: PathBuf,
    error: io::Error,
}

impl SourceError {
    /// The file or folder.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Source {
    /// The `*.ron` files of a folder and of its `cases` folder, sorted by name.
    ///
    /// Links that lead out of the folder are not followed. Larger folders than the default limit are not
    /// read; see [`Source::folder_within`].
    ///
    /// # Errors
    /// When the folder or one of the files cannot be read.
    pub fn folder(path: impl AsRef<Path>) -> Result<Source, SourceError> {
        Source::folder_within(path, &Limits::default())
    }

    /// Like [`Source::folder`], with a limit of its own on the bytes read.
    ///
    /// # Errors
    /// When the folder or one of the files cannot be read, or when one of them changed meanwhile: half of
    /// an old pack with half of a new one would be neither.
    pub fn folder_within(path: impl AsRef<Path>, limits: &Limits) -> Result<Source, SourceError> {
        Source::folder_unchanged(path.as_ref(), limits, || ())
    }

    /// Reads a folder and looks again whether it is still what it was; `meanwhile` runs in between.
    pub(super) fn folder_unchanged(
        root: &Path,
        limits: &Limits,
        meanwhile: impl FnOnce(),
    ) -> Result<Source, SourceError> {
        let real = fs::canonicalize(root).map_err(|error| SourceError {
            path: root.to_owned(),
            error,
        })?;
        let label = real
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        let found = list_all(&real)?;
        let mut total: u64 = found.iter().map(|file| file.bytes).sum();
        if total > limits.bytes {
            return Ok(Source {
                files: Vec::new(),
                too_large: Some(total),
            });
        }
        let mut files = Vec::with_capacity(found.len());
        total = 0;
        for file in &found {
            let bytes = read_at_most(&file.path, limits.bytes.saturating_sub(total))?;
            total += bytes.len() as u64;
            // A file may have grown since it was measured.
            if total > limits.bytes {
                return Ok(Source {
                    files: Vec::new(),
                    too_large: Some(total),
                });
            }
            let shown = format!("{label}/{}", file.name);
            files.push(SourceFile::from_bytes(file.name.clone(), shown, bytes));
        }
        meanwhile();
        if list_all(&real)? != found {
            return Err(SourceError {
                path: root.to_owned(),
                error: io::Error::other("a file changed while the pack was read; read it again"),
            });
        }
        Ok(Source {
            files,
            too_large: None,
        })
    }

    /// Texts in memory: names such as `pack.ron` or `cases/relief.ron`, and their texts.
    pub fn files(files: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>) -> Source {
        let files = files.into_iter().map(|(name, text)| {
            (
                Cow::Owned(name.into()),
                SharedText::Shared(Arc::from(text.into())),
            )
        });
        Source::in_memory(files.collect())
    }

    fn in_memory(mut files: Vec<(Cow<'static, str>, SharedText)>) -> Source {
        files.compact_sort_by(|(one, _), (other, _)| one.cmp(other));
        // Readers tell files of several packs apart by the pack's id.
        let label = files
            .iter()
            .find(|(name, _)| name == "pack.ron")
            .and_then(|(_, text)| locate::first_string(text, "id"))
            .map(|id| format!("{id}/"))
            .unwrap_or_default();
        let files = files
            .into_iter()
            .map(|(name, text)| SourceFile {
                shown: format!("{label}{name}").into(),
                name: name.into(),
                text,
                not_utf8: None,
            })
            .collect();
        Source {
            files,
            too_large: None,
        }
    }

    /// The pack without its own tests, `cases/*.ron`: all that advice needs, and quicker to read.
    pub fn without_cases(mut self) -> Self {
        self.files.retain(|file| !file.name.starts_with("cases/"));
        self
    }

    /// A number made of the names and texts of its files, the pack's own tests left out: another text,
    /// another number. It tells versions of a pack apart; it does not protect from forgery.
    pub fn hash(&self) -> u64 {
        let files = self.files.iter().filter(|file| !file.name.starts_with("cases/"));
        files.fold(hash::START, |hash, file| {
            let named = hash::add(hash, file.name.as_bytes());
            hash::add(named, file.text.as_bytes())
        })
    }

    /// The names of its files, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|file| &*file.shown)
    }

    /// The file and line of a piece of text, and the text.
    #[cfg(feature = "prove")]
    pub(crate) fn piece(&self, file: usize, piece: std::ops::Range<usize>) -> (String, usize, String) {
        let Some(found) = self.files.get(file) else {
            return Default::default();
        };
        let before = found.text.get(..piece.start).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let was = found.text.get(piece).unwrap_or_default();
        (found.shown.to_string(), line, was.to_owned())
    }

    /// The pack with a piece of one file replaced.
    #[cfg(feature = "prove")]
    pub(crate) fn changed(&self, file: usize, piece: std::ops::Range<usize>, by: &str) -> Source {
        let mut changed = self.clone();
        if let Some(found) = changed.files.get_mut(file) {
            let mut text = found.text.to_string();
            if text.get(piece.clone()).is_some() {
                text.replace_range(piece, by);
                found.text = SharedText::Shared(Arc::from(text));
            }
        }
        changed
    }

    /// The files, in order: the name within the pack, `cases/relief.ron`, and the text.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|file| (&*file.name, &*file.text))
    }

    /// What readers see before the names of the files: the folder, or the pack's id for texts in memory.
    pub fn label(&self) -> &str {
        let label = self
            .files
            .first()
            .and_then(|file| file.shown.strip_suffix(&*file.name));
        label.map_or("", |label| label.trim_end_matches('/'))
    }

    /// The same files, shown to readers as if they were in a folder of this name.
    pub fn shown_in(mut self, label: &str) -> Self {
        for file in &mut self.files {
            file.shown = match label {
                "" => Arc::clone(&file.name),
                _ => format!("{label}/{}", file.name).into(),
            };
        }
        self
    }

    /// The files for messages, in the order in which `parse` numbers them.
    pub(crate) fn file_texts(&self) -> Vec<FileText> {
        self.files
            .iter()
            .map(|file| FileText::new(Arc::clone(&file.shown), file.text.clone()))
            .collect()
    }

    /// The bytes of all files together.
    pub(crate) fn bytes(&self) -> u64 {
        self.too_large
            .unwrap_or_else(|| self.files.iter().map(|file| file.text.len() as u64).sum())
    }
}

impl From<&'static [(&'static str, &'static str)]> for Source {
    fn from(files: &'static [(&'static str, &'static str)]) -> Self {
        Source::in_memory(
            files
                .iter()
                .map(|&(name, text)| (Cow::Borrowed(name), SharedText::Static(text)))
                .collect(),
        )
    }
}

impl SourceFile {
    fn from_bytes(name: String, shown: String, bytes: Vec<u8>) -> Self {
        let (text, not_utf8) = match String::from_utf8(bytes) {
            Ok(text) => (text, None),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                (String::from_utf8_lossy(error.as_bytes()).into_owned(), Some(at))
            }
        };
        SourceFile {
            name: name.into(),
            shown: shown.into(),
            text: SharedText::Shared(text.into()),
            not_utf8,
        }
    }
}

/// A file that was found, not yet read.
#[derive(PartialEq, Eq)]
struct Found {
    name: String,
    path: PathBuf,
    bytes: u64,
    modified: Option<SystemTime>,
}

/// The `*.ron` files of a pack's folder, sorted by name.
fn list_all(real: &Path) -> Result<Vec<Found>, SourceError> {
    let mut found = list(real, real, "")?;
    let cases = real.join("cases");
    if cases.is_dir() {
        found.extend(list(&cases, real, "cases/")?);
    }
    found.compact_sort_by(|one, other| one.name.cmp(&other.name));
    Ok(found)
}

/// The `*.ron` files directly in a folder.
fn list(folder: &Path, root: &Path, prefix: &str) -> Result<Vec<Found>, SourceError> {
    let fail = |error| SourceError {
        path: folder.to_owned(),
        error,
    };
    let mut found = Vec::new();
    if !inside(folder, root) {
        return Ok(found);
    }
    for entry in fs::read_dir(folder).map_err(fail)? {
        let path = entry.map_err(fail)?.path();
        if path.extension() != Some(OsStr::new("ron")) || !inside(&path, root) {
            continue;
        }
        let data = fs::metadata(&path).map_err(|error| SourceError {
            path: path.clone(),
            error,
        })?;
        if !data.is_file() {
            continue;
        }
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        found.push(Found {
            name: format!("{prefix}{name}"),
            path,
            bytes: data.len(),
            modified: data.modified().ok(),
        });
    }
    Ok(found)
}

/// Whether a path, links followed, stays in the folder.
fn inside(path: &Path, root: &Path) -> bool {
    fs::canonicalize(path).is_ok_and(|real| real.starts_with(root))
}

/// The bytes of a file; one more than allowed when it has more.
fn read_at_most(path: &Path, most: u64) -> Result<Vec<u8>, SourceError> {
    let fail = |error| SourceError {
        path: path.to_owned(),
        error,
    };
    let mut bytes = Vec::new();
    fs::File::open(path)
        .map_err(fail)?
        .take(most.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(fail)?;
    Ok(bytes)
}
