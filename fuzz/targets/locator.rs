//! The locator against RON: what RON takes is located, and what the locator calls plain, RON takes.
#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Corpus::Reject;
    };
    #[cfg(fuzzing)]
    if let Err(difference) = liniment::fuzzing::locator_agrees(text) {
        panic!("{difference}: {text:?}");
    }
    let _ = text;
    Corpus::Keep
});
