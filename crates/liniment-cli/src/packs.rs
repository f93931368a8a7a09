//! `--pack`: built-in packs by name, others by folder, or compiled; `--limit`: how large they may be.

use std::path::Path;

use liniment::{Builder, KnowledgeBase, Limits, Source};

use crate::output::{Failure, Output};
use crate::progress;

/// Which packs to load.
#[derive(clap::Args)]
pub(crate) struct PackOptions {
    /// A built-in pack by name, or the folder of a pack; may be repeated; replaces the built-in packs. Where packs are
    /// not looked at one by one, also what `liniment compile` wrote, alone
    #[arg(long = "pack", value_name = "PACK")]
    packs: Vec<String>,
    #[command(flatten)]
    limits: LimitOptions,
}

/// How large packs may be.
#[derive(clap::Args)]
pub(crate) struct LimitOptions {
    /// Set a limit of packs: bytes, depth, rules, facts, options, boxes, text_length or extensions; may be
    /// repeated
    #[arg(long = "limit", value_name = "NAME=NUMBER", value_parser = limit)]
    limits: Vec<(String, u64)>,
}

impl LimitOptions {
    /// The limits.
    pub(crate) fn get(&self) -> Limits {
        let mut limits = Limits::default();
        for (name, value) in &self.limits {
            // What has no such name was refused when the arguments were read.
            let _ = limits.set(name, *value);
        }
        limits
    }
}

fn limit(text: &str) -> Result<(String, u64), String> {
    let (name, value) = text.split_once('=').ok_or("a limit is written name=number")?;
    let value = value
        .parse()
        .map_err(|_| format!("`{value}` is not a whole number"))?;
    Limits::default()
        .set(name, value)
        .map_err(|error| error.to_string())?;
    Ok((name.to_owned(), value))
}

impl PackOptions {
    /// The packs' text.
    pub(crate) fn sources(&self) -> Result<Vec<Source>, Failure> {
        sources(&self.packs, &self.limits.get())
    }

    /// Checks and compiles one pack by itself.
    pub(crate) fn load_alone(&self, source: Source, output: &Output) -> Result<KnowledgeBase, Failure> {
        build(vec![source], self.limits.get(), None, output)
    }

    /// The packs, checked and compiled, speaking `lang` where it is given.
    pub(crate) fn load(&self, lang: Option<&str>, output: &Output) -> Result<KnowledgeBase, Failure> {
        if let [name] = self.packs.as_slice()
            && Path::new(name).is_file()
            && !is_built_in(name)
        {
            return compiled(name, lang);
        }
        let sources = self.sources()?.into_iter().map(Source::without_cases).collect();
        build(sources, self.limits.get(), lang, output)
    }
}

/// The text of these packs, or of the built-in ones when none is named.
pub(crate) fn sources(names: &[String], limits: &Limits) -> Result<Vec<Source>, Failure> {
    if names.is_empty() {
        return Ok(liniment_rules::all()
            .iter()
            .map(|(_, files)| Source::from(*files))
            .collect());
    }
    names.iter().map(|name| source(name, limits)).collect()
}

/// Checks and compiles packs.
pub(crate) fn build(
    sources: Vec<Source>,
    limits: Limits,
    lang: Option<&str>,
    output: &Output,
) -> Result<KnowledgeBase, Failure> {
    let mut builder = sources
        .iter()
        .cloned()
        .fold(KnowledgeBase::builder().limits(limits), Builder::pack);
    if let Some(lang) = lang {
        builder = builder.lang(lang);
    }
    progress::shown(builder)
        .build()
        .map(|(base, _)| base)
        .map_err(|error| Failure::packs(&error, &sources, output))
}

/// A file that `liniment compile` wrote.
fn compiled(name: &str, lang: Option<&str>) -> Result<KnowledgeBase, Failure> {
    let bytes = std::fs::read(name).map_err(|error| Failure::fault("C0302", name, error))?;
    let base = KnowledgeBase::from_bytes(&bytes).map_err(|error| {
        let hint = match error.code() {
            "C0501" => " (a pack is a folder with `pack.ron` in it)",
            _ => "",
        };
        Failure::case(&error, Some(name)).with_hint(hint)
    })?;
    match lang {
        Some(lang) => Ok(base.in_language(lang)?),
        None => Ok(base),
    }
}

fn is_built_in(name: &str) -> bool {
    liniment_rules::all()
        .iter()
        .any(|(built_in, _)| *built_in == name)
}

fn source(name: &str, limits: &Limits) -> Result<Source, Failure> {
    if let Some((_, files)) = liniment_rules::all()
        .iter()
        .find(|(built_in, _)| *built_in == name)
    {
        return Ok(Source::from(*files));
    }
    let folder = Path::new(name);
    if !folder.is_dir() {
        let names: Vec<&str> = liniment_rules::all().iter().map(|(name, _)| *name).collect();
        let error = liniment::Error::neither_pack_nor_folder(name, &names);
        let hint = match folder.is_file() {
            true => {
                " (it is a file: a pack is a folder, and a file of `liniment compile` stands alone, for advice)"
            }
            false => "",
        };
        return Err(Failure::case(&error, None).with_hint(hint));
    }
    Source::folder_within(folder, limits).map_err(|error| Failure::fault("C0302", name, error))
}
