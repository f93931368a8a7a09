//! Packs collected one by one, with limits and a language.

#[cfg(feature = "read-packs")]
mod packs;

use std::ffi::c_void;

#[cfg(feature = "read-packs")]
pub(crate) use packs::Packs;

use crate::error::{Error, Failure};
use crate::guard::{Handle, Poison, enter_mut, enter_new, enter_text, free, hand_over, only_with};
use crate::kb::Kb;
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

/// Hears how far loading has come: `done` of `total` of a stage, at its start, at its end, and about a
/// hundred times in between. `user` is as it was given to `liniment_builder_set_progress`. False ends the
/// loading soon after, with LINIMENT_STATUS_STOPPED.
///
/// It is called on the thread that builds. It may call any function of the library, but none with the
/// builder that is building. It must return, not jump or throw.
pub type ProgressCallback =
    Option<unsafe extern "C" fn(user: *mut c_void, stage: LoadingStage, done: u64, total: u64) -> bool>;

/// Collects packs, limits and a language for a knowledge base. One thread at a time. In a library that does not read
/// packs, its functions answer LINIMENT_STATUS_UNSUPPORTED.
#[derive(Default)]
pub struct Builder {
    #[cfg(feature = "read-packs")]
    packs: Packs,
    poison: Poison,
}

impl Handle for Builder {
    const NAME: &'static str = "builder";
    fn poison(&self) -> &Poison {
        &self.poison
    }
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
    enter_mut(builder, error, |builder| {
        let name = name.name("name")?;
        only_with!("read-packs", "reading packs", (builder, name), {
            builder.packs.add_builtin(name)
        })
    })
}

/// Adds the pack of a folder. The folder is read now.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_builder_add_folder(
    builder: Option<&mut Builder>,
    path: Str,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_mut(builder, error, |builder| {
        let path = path.name("path")?;
        only_with!("read-packs", "reading packs", (builder, path), {
            builder.packs.add_folder(path)
        })
    })
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
        let files = list(files, count, "files")?;
        only_with!("read-packs", "reading packs", (builder, files), {
            builder.packs.add_files(files)
        })
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
        let name = name.name("name")?;
        only_with!("read-packs", "reading packs", (builder, name, value), {
            Ok(builder.packs.limits.set(name, value)?)
        })
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
        let language = language.name("language")?;
        only_with!("read-packs", "reading packs", (builder, language), {
            builder.packs.language = Some(language.to_owned());
            Ok(())
        })
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
        only_with!("read-packs", "reading packs", (builder, callback, user), {
            builder.packs.listener = Some(packs::Listener { callback, user });
            Ok(())
        })
    })
}

/// Checks the packs together and compiles them; the builder can be used again. `*kb` is yours to free.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_builder_build(
    builder: Option<&Builder>,
    kb: Option<&mut *mut Kb>,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_new(builder, kb, "kb", error, |builder| {
        only_with!("read-packs", "reading packs", (builder), {
            builder.packs.build()
        })
    })
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
        only_with!("read-packs", "reading packs", (builder, usable), {
            let (fine, report) = builder.packs.check();
            *usable = fine;
            Ok(report)
        })
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
        *passed = false;
        only_with!("tools", "the tests of packs", (builder, passed), {
            let (fine, report) = builder.packs.test()?;
            *passed = fine;
            Ok(report)
        })
    })
}
