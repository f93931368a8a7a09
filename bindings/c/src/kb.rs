//! Knowledge bases: loading, languages, names and numbers.

use std::sync::{Arc, OnceLock};

use liniment::KnowledgeBase;
#[cfg(feature = "tools")]
use liniment::Language;
use liniment::diagnostic as core;

use crate::builder::File;
#[cfg(feature = "read-packs")]
use crate::builder::Packs;
use crate::builtin;
use crate::error::{Error, Failure};
use crate::guard::{
    Handle, Outcome, Poison, answer, enter_made, enter_new, enter_on, enter_text, free, only_with,
};
use crate::kb_info::View;
#[cfg(feature = "tools")]
use crate::reasoning::Output;
use crate::status::Status;
#[cfg(feature = "read-packs")]
use crate::text::give_bytes;
use crate::text::{Bytes, Str, Text, list, needed, no_bytes};

/// Packs that were checked together and compiled.
///
/// It never changes. Any number of threads may use it at once, without locks. What was made from it (cases,
/// advice) keeps what it needs alive: free them in any order. Texts that are handed out of it live as long
/// as this handle.
pub struct Kb {
    pub(crate) kb: KnowledgeBase,
    warnings: Arc<[core::Diagnostic]>,
    view: OnceLock<View>,
    poison: Poison,
}

impl Handle for Kb {
    const NAME: &'static str = "kb";
    fn poison(&self) -> &Poison {
        &self.poison
    }
}

impl Kb {
    pub(crate) fn new(kb: KnowledgeBase, warnings: impl Into<Arc<[core::Diagnostic]>>) -> Self {
        Self {
            kb,
            warnings: warnings.into(),
            view: OnceLock::new(),
            poison: Poison::default(),
        }
    }

    /// Its facts, packs and so on as C reads them; made when they are first asked for.
    pub(crate) fn view(&self) -> &View {
        self.view.get_or_init(|| View::new(&self.kb, &self.warnings))
    }
}

/// Loads built-in packs by name, or all of them when `count` is 0. A library that does not read packs has each alone,
/// and all together. `*kb` is yours to free with `liniment_kb_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_kb_builtin(
    names: *const Str,
    count: usize,
    kb: Option<&mut *mut Kb>,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_made(kb, "kb", error, || {
        let mut named = Vec::with_capacity(count.min(16));
        if count > 0 {
            for name in list(names, count, "names")? {
                named.push(name.name("names[]")?);
            }
        } else {
            named.extend(builtin::names());
        }
        of_builtins(&named)
    })
}

/// Loads the pack of a folder. `*kb` is yours to free with `liniment_kb_free`. LINIMENT_STATUS_UNSUPPORTED in a library
/// that does not read packs.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_kb_from_folder(
    path: Str,
    kb: Option<&mut *mut Kb>,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_made(kb, "kb", error, || {
        let path = path.name("path")?;
        only_with!("read-packs", "reading packs", (path), {
            of_packs(|packs| packs.add_folder(path))
        })
    })
}

/// Loads a pack whose files are in memory. `*kb` is yours to free with `liniment_kb_free`. LINIMENT_STATUS_UNSUPPORTED in a
/// library that does not read packs.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_kb_from_text(
    files: *const File,
    count: usize,
    kb: Option<&mut *mut Kb>,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_made(kb, "kb", error, || {
        let files = list(files, count, "files")?;
        only_with!("read-packs", "reading packs", (files), {
            of_packs(|packs| packs.add_files(files))
        })
    })
}

/// Loads what `liniment_kb_to_bytes` or `liniment compile` made of packs; no pack is read. The library copies what it
/// keeps. Take files only from those whose packs you would take. `*kb` is yours to free with `liniment_kb_free`.
/// LINIMENT_STATUS_INVALID_PACK when the bytes are something else, were made by another version of the library, or are
/// damaged: compile the packs again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_kb_from_bytes(
    data: *const u8,
    len: usize,
    kb: Option<&mut *mut Kb>,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_made(kb, "kb", error, || {
        if data.is_null() {
            return Err(Failure::null("data"));
        }
        let bytes = list(data, len, "data")?;
        Ok(Kb::new(KnowledgeBase::from_bytes(bytes)?, []))
    })
}

/// The knowledge base as bytes, for `liniment_kb_from_bytes` of the same version of the library; `bytes` is yours to
/// free with `liniment_bytes_free`. LINIMENT_STATUS_UNSUPPORTED in a library that does not read packs.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_kb_to_bytes(
    kb: Option<&Kb>,
    mut bytes: Option<&mut Bytes>,
    error: Option<&mut *mut Error>,
) -> Status {
    no_bytes(&mut bytes);
    enter_on(kb, error, |kb| {
        needed(bytes.as_ref(), "bytes")?;
        only_with!("read-packs", "compiling packs", (kb), {
            give_bytes(bytes, kb.kb.to_bytes(), "bytes")
        })
    })
}

/// A knowledge base of packs that are collected first.
#[cfg(feature = "read-packs")]
fn of_packs(add: impl FnOnce(&mut Packs) -> Outcome) -> Result<Kb, Failure> {
    let mut packs = Packs::default();
    add(&mut packs)?;
    packs.build()
}

#[cfg(feature = "read-packs")]
fn of_builtins(names: &[&str]) -> Result<Kb, Failure> {
    of_packs(|packs| names.iter().try_for_each(|name| packs.add_builtin(name)))
}

#[cfg(not(feature = "read-packs"))]
fn of_builtins(names: &[&str]) -> Result<Kb, Failure> {
    Ok(Kb::new(builtin::compiled(names)?, []))
}

/// Frees a knowledge base; NULL is fine. Cases and advice made from it stay usable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_kb_free(kb: *mut Kb) {
    // SAFETY: the header asks for a knowledge base of this library, freed once.
    unsafe { free(kb) }
}

/// The same knowledge base with its texts in another language, such as `de`; it shares all but the texts.
/// `*other` is yours to free.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_kb_in_language(
    kb: Option<&Kb>,
    language: Str,
    other: Option<&mut *mut Kb>,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_new(kb, other, "other", error, |kb| {
        let speaking = kb.kb.in_language(language.name("language")?)?;
        Ok(Kb::new(speaking, Arc::clone(&kb.warnings)))
    })
}

/// A number made of the packs' texts: another text, another number. 0 for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_kb_hash(kb: Option<&Kb>) -> u64 {
    answer(kb, 0, |kb| kb.kb.hash())
}

/// Answers LINIMENT_STATUS_PACK_CHANGED when the packs are not those of this hash. Headers made by
/// `liniment codegen` call it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_kb_expect(
    kb: Option<&Kb>,
    hash: u64,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_on(kb, error, |kb| {
        let found = kb.kb.hash();
        if found == hash {
            Ok(())
        } else {
            Err(Failure::changed(hash, found))
        }
    })
}

/// The number of a fact, for the functions that take one. Numbers count from 0 and hold for knowledge bases
/// of the same hash.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_kb_fact(
    kb: Option<&Kb>,
    name: Str,
    fact: Option<&mut u32>,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_on(kb, error, |kb| {
        needed(fact.as_ref(), "fact")?;
        number(fact, "fact", kb.kb.fact(name.name("name")?)?.index())
    })
}

/// The number of an option of a fact, from 0 as the pack lists them.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_kb_option(
    kb: Option<&Kb>,
    fact: u32,
    name: Str,
    option: Option<&mut u32>,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_on(kb, error, |kb| {
        needed(option.as_ref(), "option")?;
        let name = name.name("name")?;
        let fact = kb.kb.fact_at(fact as usize)?;
        number(option, "option", kb.kb.option(fact, name)?.index())
    })
}

/// The number of an advice id: its place among the codes of `liniment_verdicts`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_kb_advice_id(
    kb: Option<&Kb>,
    name: Str,
    advice: Option<&mut u32>,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_on(kb, error, |kb| {
        needed(advice.as_ref(), "advice")?;
        number(advice, "advice", kb.kb.advice_id(name.name("name")?)?.index())
    })
}

fn number(out: Option<&mut u32>, what: &'static str, index: usize) -> Outcome {
    let out = out.ok_or_else(|| Failure::null(what))?;
    *out = u32::try_from(index).unwrap_or(u32::MAX);
    Ok(())
}

/// The JSON Schema of the cases of this knowledge base; `schema` is yours to free. LINIMENT_STATUS_UNSUPPORTED
/// in a library without tools.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_kb_case_schema(
    kb: Option<&Kb>,
    schema: Option<&mut Text>,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_text(kb, schema, "schema", error, |kb| {
        only_with!("tools", "schemas", (kb), { Ok(kb.kb.case_schema()) })
    })
}

/// The packs as source text of another language: what `liniment codegen` writes. `language` is its name,
/// `c`. All names begin with `prefix`: small letters, digits and `_`; with the ids of the packs where it is
/// absent. `source` is yours to free. LINIMENT_STATUS_UNSUPPORTED in a library without tools.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_kb_codegen(
    kb: Option<&Kb>,
    language: Str,
    prefix: Str,
    source: Option<&mut Text>,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_text(kb, source, "source", error, |kb| {
        only_with!("tools", "codegen", (kb, language, prefix), {
            codegen(kb, language, prefix)
        })
    })
}

/// What hangs on what: facts, rules, causes and advice ids with their relations. `output` is
/// LINIMENT_OUTPUT_JSON or LINIMENT_OUTPUT_SVG; `text` is yours to free. LINIMENT_STATUS_UNSUPPORTED in a
/// library without tools.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn liniment_kb_graph(
    kb: Option<&Kb>,
    output: i32,
    text: Option<&mut Text>,
    error: Option<&mut *mut Error>,
) -> Status {
    enter_text(kb, text, "text", error, |kb| {
        only_with!("tools", "the graph", (kb, output), { graph(kb, output) })
    })
}

#[cfg(feature = "tools")]
fn codegen(kb: &Kb, language: Str, prefix: Str) -> Result<String, Failure> {
    let name = language.name("language")?;
    let language = Language::from_name(name).ok_or_else(|| {
        let known = Language::ALL.map(|language| format!("`{}`", language.name()));
        Failure::argument(format!(
            "`language` is `{}`; there are {}",
            name.escape_debug(),
            known.join(", ")
        ))
    })?;
    let prefix = match prefix.data.is_null() {
        true => None,
        false => Some(prefix.name("prefix")?),
    };
    Ok(kb.kb.codegen(language, prefix)?)
}

#[cfg(feature = "tools")]
fn graph(kb: &Kb, output: i32) -> Result<String, Failure> {
    let graph = kb.kb.graph();
    match Output::of(output, &[Output::Json, Output::Svg])? {
        Output::Svg => Ok(graph.to_svg()),
        _ => Ok(graph.to_json()),
    }
}
