//! Packs → knowledge base: the stages one after the other.

use std::fmt;
use std::ops::ControlFlow;

use crate::check::check;
use crate::compile::Program;
use crate::diagnostic::{Diagnostic, Finding, PackError, Severity, resolve};
use crate::knowledge_base::KnowledgeBase;
use crate::limits::Limits;
use crate::parse::{Counts, FileText, ParsedPack, Source, parse};
use crate::progress::{Callback, Progress, Reporter, Stage};
use crate::screen::Instructions;

/// Collects packs, limits and a language, and builds a [`KnowledgeBase`].
#[derive(Default)]
pub struct Builder {
    packs: Vec<Source>,
    settings: Settings,
    progress: Option<Callback>,
}

/// How a knowledge base is built.
#[derive(Clone, Debug, Default)]
pub(crate) struct Settings {
    pub(crate) limits: Limits,
    pub(crate) language: Option<String>,
    pub(crate) instructions: Instructions,
}

impl fmt::Debug for Builder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Builder")
            .field("packs", &self.packs)
            .field("settings", &self.settings)
            .field("progress", &self.progress.is_some())
            .finish()
    }
}

impl Builder {
    /// Adds a pack: [`Source::folder`], [`Source::files`], or the files of a built-in pack.
    pub fn pack(mut self, pack: impl Into<Source>) -> Self {
        self.packs.push(pack.into());
        self
    }

    /// Sets the limits; the defaults are those of [`Limits`].
    pub fn limits(mut self, limits: Limits) -> Self {
        self.settings.limits = limits;
        self
    }

    /// Sets the language of the texts; the packs' own when left out.
    pub fn lang(mut self, language: impl Into<String>) -> Self {
        self.settings.language = Some(language.into());
        self
    }

    /// Sets the widest instructions that evaluation may use, for measuring; the widest that the machine has
    /// when left out.
    pub fn instructions(mut self, instructions: Instructions) -> Self {
        self.settings.instructions = instructions;
        self
    }

    /// Calls back while the knowledge base is built: at the start and end of each [`Stage`] and about a
    /// hundred times in between, always on the thread that builds. The stages come in order, each once;
    /// where packs have errors, the later ones are left out. [`ControlFlow::Break`] ends the building soon
    /// after, with a [`PackError`] of which [`is_stopped`](PackError::is_stopped) is true.
    ///
    /// ```
    /// use std::ops::ControlFlow;
    /// use liniment::KnowledgeBase;
    /// let builder = KnowledgeBase::builder()
    ///     .pack(liniment_rules::calf_cramps())
    ///     .progress(|progress| {
    ///         println!("{}: {} of {}", progress.stage, progress.done, progress.total);
    ///         ControlFlow::Continue(())
    ///     });
    /// assert!(builder.build().is_ok());
    /// ```
    pub fn progress(mut self, call: impl FnMut(Progress) -> ControlFlow<()> + Send + 'static) -> Self {
        self.progress = Some(Box::new(call));
        self
    }

    /// Parses, checks and compiles the packs.
    ///
    /// # Errors
    /// When a pack has an error; the [`PackError`] holds every diagnostic of all packs. The warnings of
    /// packs without errors come back beside the knowledge base.
    pub fn build(self) -> Result<(KnowledgeBase, Vec<Diagnostic>), PackError> {
        let progress = Reporter::new(self.progress);
        let reading = Reading::of(&self.packs, &self.settings.limits, &progress);
        let packs: Vec<&ParsedPack> = reading.packs.iter().flatten().collect();
        let parsed = Parsed {
            packs: &packs,
            files: &reading.files,
            findings: reading.findings,
        };
        assemble(self.packs, parsed, &self.settings, &progress)
    }
}

/// What was parsed of some packs.
pub(crate) struct Parsed<'p> {
    /// In the order of their sources; those with errors are left out.
    pub(crate) packs: &'p [&'p ParsedPack],
    /// The files that their places are in, by number.
    pub(crate) files: &'p [FileText],
    pub(crate) findings: Vec<Finding>,
}

/// Checks and compiles packs that were parsed.
pub(crate) fn assemble(
    sources: Vec<Source>,
    parsed: Parsed<'_>,
    settings: &Settings,
    progress: &Reporter,
) -> Result<(KnowledgeBase, Vec<Diagnostic>), PackError> {
    let Parsed {
        packs,
        files,
        mut findings,
    } = parsed;
    let base = if packs.len() == sources.len() && !progress.is_stopped() {
        check(packs, files, &settings.limits, progress, &mut findings)
    } else {
        None
    };
    let failed = findings
        .iter()
        .any(|finding| finding.code.severity == Severity::Error);
    let diagnostics = resolve(findings, files);
    if progress.is_stopped() {
        return Err(PackError::stopped(diagnostics, files.to_vec()));
    }
    let Some(base) = base.filter(|_| !failed) else {
        return Err(PackError::new(diagnostics, files.to_vec()));
    };
    let language = match &settings.language {
        None => base.language,
        Some(wanted) => match base.languages.iter().position(|language| language == wanted) {
            Some(language) => language,
            None => {
                return Err(PackError::language(
                    wanted,
                    &base.languages,
                    diagnostics,
                    files.to_vec(),
                ));
            }
        },
    };
    let program = Program::compile(&base, settings.limits.boxes, progress);
    if progress.is_stopped() {
        return Err(PackError::stopped(diagnostics, files.to_vec()));
    }
    let ids = packs.iter().map(|pack| pack.manifest.id.value.clone());
    let sources = ids.zip(sources).collect();
    let base = KnowledgeBase::new(sources, base, program, language, settings.instructions);
    Ok((base, diagnostics))
}

/// Packs as they were read, one after the other.
pub(crate) struct Reading {
    /// By pack; none for one with errors.
    pub(crate) packs: Vec<Option<ParsedPack>>,
    /// The files of all packs, by number.
    pub(crate) files: Vec<FileText>,
    pub(crate) findings: Vec<Finding>,
}

impl Reading {
    /// Reads packs. Limits hold for all of them together.
    pub(crate) fn of(sources: &[Source], limits: &Limits, progress: &Reporter) -> Self {
        let mut reading = Self {
            packs: Vec::with_capacity(sources.len()),
            files: Vec::new(),
            findings: Vec::new(),
        };
        let mut counts = Counts::default();
        progress.start(Stage::Parse, sources.iter().map(Source::bytes).sum());
        for source in sources {
            let first_file = u32::try_from(reading.files.len()).unwrap_or(u32::MAX);
            let findings = &mut reading.findings;
            let pack = parse(source, limits, first_file, &mut counts, progress, findings);
            reading.packs.push(pack);
            reading.files.extend(source.file_texts());
        }
        progress.finish();
        reading
    }
}
