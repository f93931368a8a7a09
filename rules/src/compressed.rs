//! The files, compressed by `cargo xtask generate` and made text when they are first asked for.

use std::sync::OnceLock;

use super::Files;

/// A pack: DEFLATE streams of names and texts by turns, a zero byte behind each.
pub(crate) struct Pack {
    parts: &'static [&'static [u8]],
    text: OnceLock<String>,
    files: OnceLock<Vec<(&'static str, &'static str)>>,
}

/// The compressed parts of a pack; its cases only with the feature of that name.
macro_rules! pack {
    ($name:literal) => {
        Pack {
            parts: &[
                #[cfg(feature = "cases")]
                include_bytes!(concat!("../compressed/", $name, ".cases.deflate")),
                include_bytes!(concat!("../compressed/", $name, ".deflate")),
            ],
            text: OnceLock::new(),
            files: OnceLock::new(),
        }
    };
}

pub(crate) static CALF_CRAMPS: Pack = pack!("calf-cramps");
pub(crate) static LEG_RED_FLAGS: Pack = pack!("leg-red-flags");

impl Pack {
    pub(crate) fn files(&'static self) -> Files {
        self.files.get_or_init(|| {
            let mut pieces = self.text.get_or_init(|| self.text()).split_terminator('\0');
            std::iter::from_fn(|| pieces.next().zip(pieces.next())).collect()
        })
    }

    /// Nothing stands for what cannot be made text: a pack without files is refused.
    fn text(&self) -> String {
        let parts = self.parts.iter();
        let texts = parts.filter_map(|part| miniz_oxide::inflate::decompress_to_vec(part).ok());
        texts.filter_map(|text| String::from_utf8(text).ok()).collect()
    }
}
