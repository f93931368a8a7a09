//! Packs that take little room: their texts are compressed, and unpacked when they are first asked for.

use std::sync::OnceLock;

use crate::Files;

/// A pack as the build script wrote it.
struct Packed {
    /// By file: its name, and how long its text is.
    names: &'static [(&'static str, usize)],
    /// The texts, one behind the other.
    bytes: &'static [u8],
    texts: OnceLock<String>,
    files: OnceLock<Vec<(&'static str, &'static str)>>,
}

/// The pack of this name.
macro_rules! packed {
    ($pack:literal) => {
        Packed {
            names: include!(concat!(env!("OUT_DIR"), "/", $pack, ".rs")),
            bytes: include_bytes!(concat!(env!("OUT_DIR"), "/", $pack)),
            texts: OnceLock::new(),
            files: OnceLock::new(),
        }
    };
}

pub(crate) fn calf_cramps() -> Files {
    static PACK: Packed = packed!("calf-cramps");
    PACK.files()
}

pub(crate) fn leg_red_flags() -> Files {
    static PACK: Packed = packed!("leg-red-flags");
    PACK.files()
}

impl Packed {
    fn files(&'static self) -> Files {
        self.files.get_or_init(|| {
            let mut rest = self.texts.get_or_init(|| self.unpack()).as_str();
            let files = self.names.iter().filter_map(|(name, len)| {
                let (text, after) = rest.split_at_checked(*len)?;
                rest = after;
                Some((*name, text))
            });
            files.collect()
        })
    }

    fn unpack(&self) -> String {
        let len = self.names.iter().map(|(_, len)| len).sum();
        // A pack that cannot be unpacked has no files, and is refused as such.
        miniz_oxide::inflate::decompress_to_vec_with_limit(self.bytes, len)
            .ok()
            .and_then(|texts| String::from_utf8(texts).ok())
            .unwrap_or_default()
    }
}
