//! `--pack`: built-in packs by name, others by folder.

use std::path::Path;

use liniment::{Builder, KnowledgeBase, Source};

use crate::output::{Failure, Output};
use crate::progress;

/// Which packs to load.
#[derive(clap::Args)]
pub(crate) struct PackOptions {
    /// A built-in pack by name, or the folder of a pack; may be repeated; replaces the built-in packs
    #[arg(long = "pack", value_name = "PACK")]
    packs: Vec<String>,
}

impl PackOptions {
    /// The packs' text.
    pub(crate) fn sources(&self) -> Result<Vec<Source>, Failure> {
        sources(&self.packs)
    }

    /// The packs, checked and compiled, speaking `lang` where it is given.
    pub(crate) fn load(&self, lang: Option<&str>, output: &Output) -> Result<KnowledgeBase, Failure> {
        let sources = self.sources()?.into_iter().map(Source::without_cases).collect();
        build(sources, lang, output)
    }
}

/// The text of these packs, or of the built-in ones when none is named.
pub(crate) fn sources(names: &[String]) -> Result<Vec<Source>, Failure> {
    if names.is_empty() {
        return Ok(liniment_rules::all()
            .iter()
            .map(|(_, files)| Source::from(*files))
            .collect());
    }
    names.iter().map(|name| source(name)).collect()
}

/// Checks and compiles packs.
pub(crate) fn build(
    sources: Vec<Source>,
    lang: Option<&str>,
    output: &Output,
) -> Result<KnowledgeBase, Failure> {
    let mut builder = sources
        .iter()
        .cloned()
        .fold(KnowledgeBase::builder(), Builder::pack);
    if let Some(lang) = lang {
        builder = builder.lang(lang);
    }
    progress::shown(builder)
        .build()
        .map(|(base, _)| base)
        .map_err(|error| Failure::packs(&error, &sources, output))
}

fn source(name: &str) -> Result<Source, Failure> {
    if let Some((_, files)) = liniment_rules::all()
        .iter()
        .find(|(built_in, _)| *built_in == name)
    {
        return Ok(Source::from(*files));
    }
    let folder = Path::new(name);
    if !folder.is_dir() {
        let names: Vec<&str> = liniment_rules::all().iter().map(|(name, _)| *name).collect();
        let found = if folder.exists() {
            "it is not a folder"
        } else {
            "no such folder is there"
        };
        let message = format!(
            "no pack; {found}, and the built-in packs are {}",
            names.join(", ")
        );
        return Err(Failure::fault("C0107", name, message));
    }
    Source::folder(folder).map_err(|error| Failure::fault("C0302", name, error))
}
