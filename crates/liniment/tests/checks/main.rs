//! What the checks say of packs, table by table: each compares everything of one kind with a slow and obvious way.
#![expect(clippy::unwrap_used, reason = "a test that cannot read its data fails")]

mod between;
mod certain;
mod misfits;
mod packs;
mod same;
mod stricter;
mod witness;
mod words;

use liniment::diagnostic::Diagnostic;
use liniment::{KnowledgeBase, Limits, Source};

/// A pack of these statements, one phase `p`.
fn pack(id: &str, statements: &str) -> Source {
    let manifest = format!(
        "Pack(id: \"{id}\", version: \"1.0.0\", schema: 1, language: \"en\", title: \"T\", \
         phases: [Phase(id: \"p\", title: \"P\")])"
    );
    let files = [("pack.ron", manifest), ("rules.ron", format!("[{statements}]"))];
    Source::files(files.map(|(name, text)| (name.to_owned(), text)))
}

/// What is said of packs that are loaded together.
fn findings(packs: impl IntoIterator<Item = Source>) -> Vec<Diagnostic> {
    findings_within(packs, Limits::default())
}

fn findings_within(packs: impl IntoIterator<Item = Source>, limits: Limits) -> Vec<Diagnostic> {
    let mut builder = KnowledgeBase::builder().limits(limits);
    for pack in packs {
        builder = builder.pack(pack);
    }
    builder.build().map_or_else(
        |error| error.diagnostics().to_vec(),
        |(_, diagnostics)| diagnostics,
    )
}
