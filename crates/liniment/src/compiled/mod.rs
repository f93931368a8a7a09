//! Knowledge bases as bytes: `CheckedBase` → bytes → `CheckedBase`, for programs that need not read packs.
//!
//! What is stored is what `check` gave; `Program` is made of it at every load, so that evaluation cannot differ. Bytes from
//! anywhere end in an error or in a base that cannot harm: lengths, numbers and nesting are looked at while they are read,
//! and what later stages rely on in `sound.rs`. That the packs were good advice is what the file says, no more.

mod bytes;
mod sound;
mod stored;

pub(crate) use bytes::{Reader, Writer};
pub(crate) use stored::{Stored, layout, stored};

use crate::check::base::{self, CheckedBase};
use crate::compile::Program;
use crate::error::{Error, Kind};
use crate::knowledge_base::KnowledgeBase;
use crate::progress::Reporter;
use crate::text::hash;

/// What every compiled knowledge base begins with.
const MAGIC: &[u8; 8] = b"\x89lini\r\n\x1a";

/// The way in which types become bytes: a new number when `bytes.rs` or `stored.rs` change what they write.
const ENCODING: &str = "1";

/// What the bytes mean. Nothing is read that was written by another version, or from other types.
const MEANING: u64 =
    layout(&[ENCODING, env!("CARGO_PKG_VERSION")]) ^ base::LAYOUT ^ stored::CHOICES.rotate_left(1);

/// The magic, the meaning, the checksum.
const HEADER: usize = 24;

/// What a compiled knowledge base may ask for with the limit `boxes`: it is not read by a person first, and evaluation
/// takes that many steps where a condition needs them.
const MOST_BOXES: usize = 1 << 20;

impl KnowledgeBase {
    /// The knowledge base as bytes, for [`KnowledgeBase::from_bytes`] of the same version of Liniment: loading them takes
    /// no packs, and none of the code that reads and checks packs. The texts of the packs, their own cases and the
    /// instructions for evaluation are not in them; the language, the hash and the places in explanations are.
    ///
    /// The same packs give the same bytes on every machine.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use liniment::KnowledgeBase;
    /// let (kb, _) = KnowledgeBase::builder().pack(liniment_rules::calf_cramps()).build()?;
    /// let bytes = kb.to_bytes();
    /// let loaded = KnowledgeBase::from_bytes(&bytes)?;
    /// assert_eq!(loaded.hash(), kb.hash());
    /// assert_eq!(loaded.advise(&loaded.case())?.to_json(), kb.advise(&kb.case())?.to_json());
    /// # Ok(()) }
    /// ```
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        self.base().indexed_lists().to_vec().write(&mut writer);
        self.base().write(&mut writer);
        self.hashes().to_vec().write(&mut writer);
        self.language().write(&mut writer);
        self.program().boxes.write(&mut writer);
        let content = writer.written();
        let mut bytes = MAGIC.to_vec();
        bytes.extend(MEANING.to_le_bytes());
        bytes.extend(hash::add(hash::START, content).to_le_bytes());
        bytes.extend(content);
        bytes
    }

    /// The knowledge base that [`KnowledgeBase::to_bytes`] or `liniment compile` made bytes of.
    ///
    /// Whatever the bytes are, this ends, and what comes back can be used; but it advises what the file says. Take files
    /// only from those whose packs you would take: large ones take as much memory and time as their packs would.
    ///
    /// # Errors
    /// When the bytes are no compiled knowledge base, were compiled by another version of Liniment, are damaged, or ask for
    /// more than 1,048,576 [`boxes`](crate::Limits::boxes).
    ///
    /// # Example
    /// ```
    /// let error = liniment::KnowledgeBase::from_bytes(b"Pack(id: \"tea\")").unwrap_err();
    /// assert_eq!(error.code(), "C0501");
    /// ```
    pub fn from_bytes(bytes: &[u8]) -> Result<KnowledgeBase, Error> {
        let content = content(bytes)?;
        let (base, rest) = read(content).ok_or_else(damaged)?;
        let program = Program::compile(&base, rest.boxes, &Reporter::default());
        if !sound::precedence(&base, &program) {
            return Err(damaged());
        }
        Ok(KnowledgeBase::of_compiled(
            rest.hashes,
            base,
            program,
            rest.language,
        ))
    }
}

/// What is stored beside the base.
struct Rest {
    hashes: Vec<u64>,
    language: usize,
    boxes: usize,
}

/// What follows the header, when that is right.
fn content(bytes: &[u8]) -> Result<&[u8], Error> {
    let number = |from: usize| {
        let bytes = bytes.get(from..from + 8)?;
        Some(u64::from_le_bytes(bytes.try_into().ok()?))
    };
    if !bytes.starts_with(MAGIC) {
        return Err(Error::new(Kind::NotCompiled));
    }
    if number(8).is_some_and(|meaning| meaning != MEANING) {
        return Err(Error::new(Kind::OtherVersion(env!("CARGO_PKG_VERSION"))));
    }
    bytes
        .get(HEADER..)
        .filter(|content| number(16) == Some(hash::add(hash::START, content)))
        .ok_or_else(damaged)
}

fn read(content: &[u8]) -> Option<(CheckedBase, Rest)> {
    let mut reader = Reader::new(content);
    reader.lists = Vec::read(&mut reader).try_into().ok()?;
    let base = CheckedBase::read(&mut reader);
    let rest = Rest {
        hashes: Vec::read(&mut reader),
        language: usize::read(&mut reader),
        boxes: usize::read(&mut reader),
    };
    let whole = !reader.has_failed()
        && reader.is_empty()
        && base.indexed_lists() == reader.lists
        && rest.hashes.len() == base.packs.len()
        && rest.language < base.languages.len()
        && rest.boxes <= MOST_BOXES;
    (whole && sound::base(&base, rest.boxes)).then_some((base, rest))
}

fn damaged() -> Error {
    Error::new(Kind::Damaged)
}
