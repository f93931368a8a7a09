//! The rule packs of Liniment, as text.
//!
//! A pack is a list of files: the name inside the pack's folder, and the text.

use std::sync::OnceLock;

#[cfg(feature = "compiled")]
pub mod compiled;
#[cfg(feature = "compressed")]
mod compressed;
#[cfg(any(test, not(feature = "compressed")))]
mod plain;

/// The files of one pack: names such as `pack.ron` or `cases/relief.ron`, and their texts.
pub type Files = &'static [(&'static str, &'static str)];

/// Calf cramps that come with exercise: causes, prevention, relief, recovery.
#[must_use]
pub fn calf_cramps() -> Files {
    #[cfg(feature = "compressed")]
    return compressed::CALF_CRAMPS.files();
    #[cfg(not(feature = "compressed"))]
    plain::CALF_CRAMPS
}

/// Signs that a painful or cramping leg needs help; stands alone or beside [`calf_cramps`].
#[must_use]
pub fn leg_red_flags() -> Files {
    #[cfg(feature = "compressed")]
    return compressed::LEG_RED_FLAGS.files();
    #[cfg(not(feature = "compressed"))]
    plain::LEG_RED_FLAGS
}

/// All packs, by the name of their folder.
#[must_use]
pub fn all() -> &'static [(&'static str, Files)] {
    static ALL: OnceLock<[(&str, Files); 2]> = OnceLock::new();
    ALL.get_or_init(|| [("calf-cramps", calf_cramps()), ("leg-red-flags", leg_red_flags())])
}

#[cfg(all(test, feature = "cases"))]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::io;
    use std::path::Path;

    /// The `.ron` files of a folder, and of the folders in it, by their names from the first folder on.
    fn ron_files(folder: &Path, prefix: &str, found: &mut BTreeSet<String>) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                ron_files(&entry.path(), &format!("{name}/"), found)?;
            } else if name.ends_with(".ron") {
                found.insert(name);
            }
        }
        Ok(())
    }

    #[test]
    fn every_file_of_every_pack_is_embedded() -> io::Result<()> {
        for (pack, files) in super::all() {
            let mut on_disk = BTreeSet::new();
            ron_files(
                &Path::new(env!("CARGO_MANIFEST_DIR")).join(pack),
                "",
                &mut on_disk,
            )?;
            let embedded: BTreeSet<String> = files.iter().map(|(name, _)| (*name).to_owned()).collect();
            assert_eq!(embedded, on_disk, "the files of `{pack}`");
            assert_eq!(
                embedded.len(),
                files.len(),
                "a file of `{pack}` is embedded twice"
            );
        }
        Ok(())
    }

    #[cfg(feature = "compressed")]
    #[test]
    fn compressed_they_are_the_same() {
        assert_eq!(super::calf_cramps(), super::plain::CALF_CRAMPS);
        assert_eq!(super::leg_red_flags(), super::plain::LEG_RED_FLAGS);
    }

    #[test]
    fn every_claim_of_the_article_is_cited() {
        let text: String = super::calf_cramps()
            .iter()
            .filter(|(name, _)| !name.contains('/'))
            .map(|(_, text)| *text)
            .collect();
        let missing: Vec<String> = (1..=100)
            .map(|number| format!("\"C{number:02}\""))
            .filter(|claim| !text.contains(claim))
            .collect();
        assert!(missing.is_empty(), "not cited: {missing:?}");
    }
}
