//! The packs under `tests/packs`, folder by folder.
#![expect(clippy::unwrap_used, reason = "a test that cannot read its data fails")]

use std::fs;
use std::path::{Path, PathBuf};

use liniment::{Builder, KnowledgeBase, Source};

/// Wide enough that messages are not broken.
pub(crate) const WIDTH: usize = 120;

pub(crate) fn packs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/packs")
}

pub(crate) fn folders(of: &Path) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir(of)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders
}

/// The packs of a folder: itself, or each folder in it.
pub(crate) fn sources(folder: &Path) -> Vec<Source> {
    if folder.join("pack.ron").exists() {
        return vec![Source::folder(folder).unwrap()];
    }
    folders(folder)
        .iter()
        .map(|pack| Source::folder(pack).unwrap())
        .collect()
}

pub(crate) fn name(folder: &Path) -> String {
    folder.file_name().unwrap().to_string_lossy().into_owned()
}

/// All of these packs, to be built.
pub(crate) fn together(sources: &[Source]) -> Builder {
    sources.iter().fold(KnowledgeBase::builder(), |builder, source| {
        builder.pack(source.clone())
    })
}

/// Snapshots in this folder, named as the packs.
pub(crate) fn snapshots(folder: &str) -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_snapshot_path(folder);
    settings
}
