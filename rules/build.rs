//! With the feature `packed`, writes each pack's texts as one compressed file, and a list of their names and lengths.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    #[cfg(feature = "packed")]
    packed::write()?;
    Ok(())
}

#[cfg(feature = "packed")]
mod packed {
    use std::error::Error;
    use std::fs;
    use std::path::{Path, PathBuf};

    use miniz_oxide::deflate::compress_to_vec;

    /// The smallest that it can do.
    const BEST: u8 = 10;

    pub(super) fn write() -> Result<(), Box<dyn Error>> {
        let into = PathBuf::from(std::env::var("OUT_DIR")?);
        let cases = std::env::var_os("CARGO_FEATURE_CASES").is_some();
        for pack in ["calf-cramps", "leg-red-flags"] {
            println!("cargo::rerun-if-changed={pack}");
            let mut files = ron_files(Path::new(pack), "")?;
            if cases {
                files.extend(ron_files(&Path::new(pack).join("cases"), "cases/")?);
            }
            files.sort();
            let (mut texts, mut list) = (String::new(), String::new());
            for (name, path) in files {
                let text = fs::read_to_string(path)?;
                list += &format!("({name:?}, {}), ", text.len());
                texts += &text;
            }
            fs::write(into.join(pack), compress_to_vec(texts.as_bytes(), BEST))?;
            fs::write(into.join(format!("{pack}.rs")), format!("&[{list}]"))?;
        }
        Ok(())
    }

    /// The `.ron` files of a folder, each with its name.
    fn ron_files(folder: &Path, prefix: &str) -> Result<Vec<(String, PathBuf)>, Box<dyn Error>> {
        let mut found = Vec::new();
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if let (Some(name), true) = (
                path.file_name().and_then(|name| name.to_str()),
                path.extension().is_some_and(|ending| ending == "ron"),
            ) {
                found.push((format!("{prefix}{name}"), path.clone()));
            }
        }
        Ok(found)
    }
}
