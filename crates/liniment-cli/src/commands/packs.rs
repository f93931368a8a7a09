//! `liniment packs`: what is built in.

use std::process::ExitCode;

use liniment::KnowledgeBase;
use serde::Serialize;

use crate::output::{Done, Failure, Format, Output};
use crate::packs::{PackOptions, build};
use crate::text::layout::Page;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    packs: PackOptions,
    /// How to give the list
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Serialize)]
struct List {
    format: u32,
    packs: Vec<Pack>,
}

#[derive(Serialize)]
struct Pack {
    id: String,
    version: String,
    title: String,
    languages: Vec<String>,
    rules: usize,
    facts: usize,
    hash: String,
}

pub(crate) fn run(arguments: &Arguments, output: &mut Output) -> Done {
    output.answer_in(arguments.format);
    let mut packs = Vec::new();
    // Each by itself, so that the numbers are its own.
    for source in arguments.packs.sources()? {
        packs.extend(described(&build(vec![source], None, output)?));
    }
    match arguments.format {
        Format::Json => {
            let list = List { format: 1, packs };
            output.line(&serde_json::to_string(&list).map_err(Failure::unexpected)?);
        }
        Format::Text => {
            let head = ["pack", "version", "languages", "rules", "facts", "hash", "title"]
                .map(str::to_owned)
                .to_vec();
            let rows = packs.into_iter().map(|pack| {
                let languages = pack.languages.join(", ");
                vec![
                    pack.id,
                    pack.version,
                    languages,
                    pack.rules.to_string(),
                    pack.facts.to_string(),
                    pack.hash,
                    pack.title,
                ]
            });
            let rows: Vec<Vec<String>> = std::iter::once(head).chain(rows).collect();
            let mut page = Page::new(output.width(), output.is_coloured());
            page.table("", &[false, false, false, true, true, false, false], &rows);
            output.text(&page.finish());
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn described(base: &KnowledgeBase) -> Vec<Pack> {
    base.packs()
        .into_iter()
        .map(|pack| Pack {
            id: pack.id,
            version: pack.version,
            title: pack.title,
            languages: pack.languages,
            rules: base.rule_count(),
            facts: base.facts().len(),
            hash: pack.hash,
        })
        .collect()
}
