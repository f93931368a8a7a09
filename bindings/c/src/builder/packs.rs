//! What a builder collects, and what is done with it.

use std::ffi::c_void;
use std::ops::ControlFlow;
use std::path::Path;

use liniment::{KnowledgeBase, Limits, Progress, Source, diagnostic};

use super::{File, LoadingStage, ProgressCallback};
use crate::builtin;
use crate::error::Failure;
use crate::guard::Outcome;
use crate::kb::Kb;
use crate::log;

impl LoadingStage {
    fn of(stage: liniment::Stage) -> Option<Self> {
        Some(match stage {
            liniment::Stage::Parse => Self::Parse,
            liniment::Stage::Check => Self::Check,
            liniment::Stage::Search => Self::Search,
            liniment::Stage::Compile => Self::Compile,
            _ => return None,
        })
    }
}

/// What the program gave to be called.
#[derive(Clone, Copy)]
pub(super) struct Listener {
    pub(super) callback: ProgressCallback,
    pub(super) user: *mut c_void,
}

// SAFETY: `user` is never followed here, and comes back only on the thread that builds.
unsafe impl Send for Listener {}

impl Listener {
    fn hear(self, progress: Progress) -> ControlFlow<()> {
        let (Some(callback), Some(stage)) = (self.callback, LoadingStage::of(progress.stage)) else {
            return ControlFlow::Continue(());
        };
        // SAFETY: the program gave this function for this purpose, with this `user`.
        match unsafe { callback(self.user, stage, progress.done, progress.total) } {
            true => ControlFlow::Continue(()),
            false => ControlFlow::Break(()),
        }
    }
}

/// Packs, limits, a language, and who hears of the progress.
#[derive(Default)]
pub(crate) struct Packs {
    packs: Vec<Source>,
    pub(super) limits: Limits,
    pub(super) language: Option<String>,
    pub(super) listener: Option<Listener>,
}

impl Packs {
    pub(crate) fn add_builtin(&mut self, name: &str) -> Outcome {
        self.packs.push(Source::from(builtin::find(name)?()));
        Ok(())
    }

    pub(crate) fn add_folder(&mut self, path: &str) -> Outcome {
        let folder = Source::folder_within(Path::new(path), &self.limits);
        self.packs.push(folder.map_err(liniment::Error::from)?);
        Ok(())
    }

    pub(crate) fn add_files(&mut self, files: &[File]) -> Outcome {
        let mut texts = Vec::with_capacity(files.len());
        for file in files {
            texts.push((file.name.name("files[].name")?, file.text.text("files[].text")?));
        }
        self.packs.push(Source::files(texts));
        Ok(())
    }

    /// Checks and compiles. The packs' own cases are not read: advice does not need them.
    pub(crate) fn build(&self) -> Result<Kb, Failure> {
        let mut builder = KnowledgeBase::builder().limits(self.limits.clone());
        for pack in &self.packs {
            builder = builder.pack(pack.clone().without_cases());
        }
        if let Some(language) = &self.language {
            builder = builder.lang(language);
        }
        if let Some(listener) = self.listener {
            builder = builder.progress(move |progress| listener.hear(progress));
        }
        let (kb, warnings) = builder.build()?;
        log::loaded(&warnings);
        Ok(Kb::new(kb, warnings))
    }

    /// Whether the packs can be used, and all that was found as JSON.
    pub(super) fn check(&self) -> (bool, String) {
        let mut packs = KnowledgeBase::builder().limits(self.limits.clone());
        for pack in &self.packs {
            packs = packs.pack(pack.clone());
        }
        match packs.build() {
            Ok((_, warnings)) => (true, diagnostic::to_json(&warnings)),
            Err(error) => (false, error.to_json()),
        }
    }

    /// Whether the packs' own cases pass, and the report as JSON.
    #[cfg(feature = "tools")]
    pub(super) fn test(&self) -> Result<(bool, String), Failure> {
        let report = liniment::pack_tests::run(&self.packs, &self.limits)?;
        Ok((report.passed(), report.to_json()))
    }
}
