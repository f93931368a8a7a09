//! `rules/compressed/` and `rules/compiled/`: the packs as the C library has them built in.

use std::fs;
use std::path::Path;

use super::Generated;
use crate::workspace::{liniment, output_bytes, root};

const PACKS: &[&str] = &["calf-cramps", "leg-red-flags"];

/// The slowest and smallest of the levels.
const LEVEL: u8 = 10;

pub(super) fn compressed() -> Result<Vec<Generated>, String> {
    let mut files = Vec::new();
    for pack in PACKS {
        for (folder, ending) in [("", "deflate"), ("cases/", "cases.deflate")] {
            files.push(Generated {
                path: format!("rules/compressed/{pack}.{ending}").into(),
                content: part(&root().join("rules").join(pack), folder)?,
            });
        }
    }
    Ok(files)
}

pub(super) fn compiled() -> Result<Vec<Generated>, String> {
    let alone = PACKS.iter().map(|pack| (*pack, std::slice::from_ref(pack)));
    let files = alone.chain([("all", PACKS)]).map(|(name, packs)| {
        let mut command = liniment(["compile", "--out", "-"])?;
        command.args(packs);
        Ok(Generated {
            path: format!("rules/compiled/{name}.liniment").into(),
            content: output_bytes(command)?,
        })
    });
    files.collect()
}

/// The names and texts of one folder of a pack, sorted by name, with a zero byte behind each.
fn part(pack: &Path, folder: &str) -> Result<Vec<u8>, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", pack.join(folder).display());
    let mut names = Vec::new();
    for entry in fs::read_dir(pack.join(folder)).map_err(failed)? {
        let name = entry.map_err(failed)?.file_name();
        names.extend(
            name.to_str()
                .filter(|name| name.ends_with(".ron"))
                .map(str::to_owned),
        );
    }
    names.sort();
    let mut content = String::new();
    for name in names {
        let text = fs::read_to_string(pack.join(folder).join(&name)).map_err(failed)?;
        // A checkout may have turned the line ends.
        let text = text.replace("\r\n", "\n");
        content += &format!("{folder}{name}\0{text}\0");
    }
    Ok(miniz_oxide::deflate::compress_to_vec(content.as_bytes(), LEVEL))
}
