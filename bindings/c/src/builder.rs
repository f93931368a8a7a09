//! Packs collected one by one, with limits and a language.

use std::ffi::{CStr, c_void};
use std::ops::ControlFlow;
use std::path::Path;

use liniment::{KnowledgeBase, Limits, Progress, Source, diagnostic};

use crate::error::{Error, Failure};
use crate::guard::{Handle, Outcome, Poison, enter_mut, enter_new, enter_text, free, hand_over};
use crate::kb::Kb;
use crate::log;
use crate::status::Status;
use crate::text::{Str, Text, list};

/// A file of a pack in memory: a name such as `pack.ron` or `cases/relief.ron`, and its text.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct File {
    /// Its name.
    pub name: Str,
    /// Its text.
    pub text: Str,
}

/// A stage of loading, in the order in which they come.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoadingStage {
    /// The text is read; counted in bytes.
    Parse = 1,
    /// Names and types are looked up; counted in statements.
    Check = 2,
    /// Cases are searched for that no rule should have; counted in rules and advice ids.
    Search = 3,
    /// Conditions are compiled; counted in rules.
    Compile = 4,
}

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

/// Hears how far loading has come: `done` of `total` of a stage, at its start, at its end, and about a
/// hundred times in between. `user` is as it was given to `liniment_builder_set_progress`. False ends the
/// loading soon after, with LINIMENT_STATUS_STOPPED.
///
/// It is called on the thread that builds. It may call any function of the library, but none with the
/// builder that is building. It must return, not jump or throw.
pub type ProgressCallback =
    Option<unsafe extern "C" fn(user: *mut c_void, stage: LoadingStage, done: u64, total: u64) -> bool>;

/// What the program gave to be called.
#[derive(Clone, Copy)]
struct Listener {
    callback: ProgressCallback,
    user: *mut c_void,
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

/// Collects packs, limits and a language for a knowledge base. One thread at a time.
#[derive(Default)]
pub struct Builder {
    packs: Vec<Source>,
    limits: Limits,
    language: Option<String>,
    listener: Option<Listener>,
    poison: Poison,
}

impl Handle for Builder {
    const NAME: &'static str = "builder";
    fn poison(&self) -> &Poison {
        &self.poison
    }
}

impl Builder {
    pub(crate) fn add_builtin(&mut self, name: &str) -> Outcome {
        match BUILTIN
            .iter()
            .find(|(known, _)| known.to_bytes() == name.as_bytes())
        {
            Some((_, files)) => {
                self.packs.push(Source::from(files()));
                Ok(())
            }
            None => {
                let names: Vec<&str> = BUILTIN
                    .iter()
                    .filter_map(|(name, _)| name.to_str().ok())
                    .collect();
                Err(liniment::Error::unknown_pack(name, &names).into())
            }
        }
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
}

/// A pack's name, and what gives its files.
type Builtin = (&'static CStr, fn() -> liniment_rules::Files);

/// The packs that are built in.
const BUILTIN: &[Builtin] = &[
    #[cfg(feature = "calf-cramps")]
    (c"calf-cramps", liniment_rules::calf_cramps),
    #[cfg(feature = "leg-red-flags")]
    (c"leg-red-flags", liniment_rules::leg_red_flags),
];

/// Adds built-in packs by name; all of them when none is named.
pub(crate) fn add_builtins(builder: &mut Builder, names: &[Str]) -> Outcome {
    if names.is_empty() {
        for (name, _) in BUILTIN {
            builder.add_builtin(name.to_str().unwrap_or_default())?;
        }
    }
    for name in names {
        builder.add_builtin(name.name("names[]")?)?;
    }
    Ok(())
}

/// How many packs are built in.
#[unsafe(no_mangle)]
pub extern "C" fn liniment_builtin_count() -> usize {
    BUILTIN.len()
}

/// The name of a built-in pack, from 0; absent past the last. Lives for ever.
#[unsafe(no_mangle)]
pub extern "C" fn liniment_builtin_name(index: usize) -> Str {
    BUILTIN.get(index).map_or(Str::ABSENT, |(name, _)| Str {
        data: name.as_ptr().cast(),
        len: name.count_bytes(),
    })
}

/// A new builder, to be freed with `liniment_builder_free`; NULL only when the library failed inside.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_builder_new() -> *mut Builder {
    let mut builder = std::ptr::null_mut();
    let out = Some(&mut builder);
    crate::guard::enter(None, || hand_over(out, Builder::default(), "builder"));
    builder
}

/// Frees a builder; NULL is fine. What it built lives on.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_builder_free(builder: *mut Builder) {
    // SAFETY: the header asks for a builder of this library, freed once.
    unsafe { free(builder) }
}

/// Adds a built-in pack.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_builder_add_builtin(
    builder: Option<&mut Builder>,
    name: Str,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_mut(builder, error, |builder| builder.add_builtin(name.name("name")?))
}

/// Adds the pack of a folder. The folder is read now.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_builder_add_folder(
    builder: Option<&mut Builder>,
    path: Str,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_mut(builder, error, |builder| builder.add_folder(path.name("path")?))
}

/// Adds a pack whose files are in memory.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_builder_add_files(
    builder: Option<&mut Builder>,
    files: *const File,
    count: usize,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_mut(builder, error, |builder| {
        builder.add_files(list(files, count, "files")?)
    })
}

/// Sets a limit by its name: `bytes`, `depth`, `rules`, `facts`, `options`, `boxes`, `text_length`,
/// `extensions`. Set `bytes` before adding folders that are larger.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_builder_set_limit(
    builder: Option<&mut Builder>,
    name: Str,
    value: u64,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_mut(builder, error, |builder| {
        builder.limits.set(name.name("name")?, value)?;
        Ok(())
    })
}

/// Sets the language of the texts, such as `de`; the packs' own when it is not set.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_builder_set_language(
    builder: Option<&mut Builder>,
    language: Str,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_mut(builder, error, |builder| {
        builder.language = Some(language.name("language")?.to_owned());
        Ok(())
    })
}

/// Sets what hears how far `liniment_builder_build` has come; NULL for `callback` ends that.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_builder_set_progress(
    builder: Option<&mut Builder>,
    callback: ProgressCallback,
    user: *mut c_void,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_mut(builder, error, |builder| {
        builder.listener = Some(Listener { callback, user });
        Ok(())
    })
}

/// Checks the packs together and compiles them; the builder can be used again. `*kb` is yours to free.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_builder_build(
    builder: Option<&Builder>,
    kb: Option<&mut *mut Kb>,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_new(builder, kb, "kb", error, Builder::build)
}

/// Checks the packs and reports everything that was found as JSON, `{"format":1,"diagnostics":[…]}`, their
/// own cases included in a library with tools. Answers LINIMENT_STATUS_OK even where the packs have errors: look at
/// `*usable`. `json` is yours to free.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_builder_check(
    builder: Option<&Builder>,
    usable: Option<&mut bool>,
    json: Option<&mut Text>,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_text(builder, json, "json", error, |builder| {
        let usable = usable.ok_or_else(|| Failure::null("usable"))?;
        let mut packs = KnowledgeBase::builder().limits(builder.limits.clone());
        for pack in &builder.packs {
            packs = packs.pack(pack.clone());
        }
        let (fine, report) = match packs.build() {
            Ok((_, warnings)) => (true, diagnostic::to_json(&warnings)),
            Err(error) => (false, error.to_json()),
        };
        *usable = fine;
        Ok(report)
    })
}

/// Runs the packs' own cases. `*passed` tells whether all passed; the report, with what no case tries, is
/// JSON; `json` is yours to free. LINIMENT_STATUS_UNSUPPORTED in a library without tools.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_builder_test(
    builder: Option<&Builder>,
    passed: Option<&mut bool>,
    json: Option<&mut Text>,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_text(builder, json, "json", error, |builder| {
        let passed = passed.ok_or_else(|| Failure::null("passed"))?;
        #[cfg(feature = "tools")]
        {
            let report = liniment::pack_tests::run(&builder.packs, &builder.limits)?;
            *passed = report.passed();
            Ok(report.to_json())
        }
        #[cfg(not(feature = "tools"))]
        {
            let _ = builder;
            *passed = false;
            Err(Failure::unsupported("the tests of packs"))
        }
    })
}
