//! The rule packs of Liniment, as text.
//!
//! A pack is a list of files: the name inside the pack's folder, and the text.

/// The files of one pack: names such as `pack.ron` or `cases/relief.ron`, and their texts.
pub type Files = &'static [(&'static str, &'static str)];

/// Embeds the named files of a folder; its cases only with the feature of that name.
macro_rules! embed {
    ($folder:literal, [$($file:literal),+ $(,)?], [$($case:literal),+ $(,)?]) => {
        &[
            $(
                #[cfg(feature = "cases")]
                ($case, include_str!(concat!("../", $folder, "/", $case))),
            )+
            $(($file, include_str!(concat!("../", $folder, "/", $file)))),+
        ]
    };
}

const CALF_CRAMPS: Files = embed!(
    "calf-cramps",
    [
        "about.ron",
        "de.ron",
        "definitions.ron",
        "facts.ron",
        "pack.ron",
        "prevention.ron",
        "properties.ron",
        "recovery.ron",
        "red_flag.ron",
        "relief.ron",
        "return.ron",
        "scope.ron",
        "sources.ron",
    ],
    [
        "cases/about.ron",
        "cases/boundaries.ron",
        "cases/partial.ron",
        "cases/prevention.ron",
        "cases/recovery.ron",
        "cases/relief.ron",
        "cases/return.ron",
        "cases/scenarios.ron",
        "cases/scope.ron",
    ]
);

const LEG_RED_FLAGS: Files = embed!(
    "leg-red-flags",
    [
        "cautions.ron",
        "de.ron",
        "facts.ron",
        "pack.ron",
        "properties.ron",
        "red_flags.ron",
        "sources.ron",
    ],
    [
        "cases/cautions.ron",
        "cases/emergencies.ron",
        "cases/urgent_and_refer.ron",
        "cases/with_calf_cramps.ron",
    ]
);

/// Calf cramps that come with exercise: causes, prevention, relief, recovery.
#[must_use]
pub fn calf_cramps() -> Files {
    CALF_CRAMPS
}

/// Signs that a painful or cramping leg needs help; stands alone or beside [`calf_cramps`].
#[must_use]
pub fn leg_red_flags() -> Files {
    LEG_RED_FLAGS
}

/// All packs, by the name of their folder.
#[must_use]
pub fn all() -> &'static [(&'static str, Files)] {
    &[("calf-cramps", CALF_CRAMPS), ("leg-red-flags", LEG_RED_FLAGS)]
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
