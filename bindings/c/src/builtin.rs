//! The packs that are built in: as texts, or compiled in a library that does not read packs.

use std::ffi::CStr;

#[cfg(not(feature = "read-packs"))]
use liniment::KnowledgeBase;

use crate::error::Failure;
use crate::text::Str;

/// What is built in of a pack: a function that gives its files, or the compiled pack.
#[cfg(feature = "read-packs")]
type Content = fn() -> liniment_rules::Files;
#[cfg(not(feature = "read-packs"))]
type Content = &'static [u8];

/// By name.
const BUILTIN: &[(&CStr, Content)] = &[
    #[cfg(all(feature = "calf-cramps", feature = "read-packs"))]
    (c"calf-cramps", liniment_rules::calf_cramps),
    #[cfg(all(feature = "calf-cramps", not(feature = "read-packs")))]
    (c"calf-cramps", liniment_rules::compiled::CALF_CRAMPS),
    #[cfg(all(feature = "leg-red-flags", feature = "read-packs"))]
    (c"leg-red-flags", liniment_rules::leg_red_flags),
    #[cfg(all(feature = "leg-red-flags", not(feature = "read-packs")))]
    (c"leg-red-flags", liniment_rules::compiled::LEG_RED_FLAGS),
];

/// The names of all packs that are built in.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    BUILTIN.iter().filter_map(|(name, _)| name.to_str().ok())
}

/// What is built in of the pack of this name.
pub(crate) fn find(name: &str) -> Result<Content, Failure> {
    match BUILTIN
        .iter()
        .find(|(known, _)| known.to_bytes() == name.as_bytes())
    {
        Some((_, content)) => Ok(*content),
        None => {
            let names: Vec<&str> = names().collect();
            Err(liniment::Error::unknown_pack(name, &names).into())
        }
    }
}

/// Packs that were checked together and compiled: one, or all of them.
#[cfg(not(feature = "read-packs"))]
pub(crate) fn compiled(names: &[&str]) -> Result<KnowledgeBase, Failure> {
    let mut found = Vec::with_capacity(names.len());
    for name in names {
        found.push(find(name)?);
    }
    let all = BUILTIN
        .iter()
        .all(|(name, _)| names.iter().any(|named| named.as_bytes() == name.to_bytes()));
    let bytes = match found.as_slice() {
        [one] => *one,
        #[cfg(all(feature = "calf-cramps", feature = "leg-red-flags"))]
        [_, _] if all => liniment_rules::compiled::ALL,
        _ => {
            let _ = all;
            return Err(Failure::argument(
                "a library that does not read packs has each of its own once, alone or together with all others".to_owned(),
            ));
        }
    };
    Ok(KnowledgeBase::from_bytes(bytes)?)
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
