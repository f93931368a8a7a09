//! The files as they are.

use super::Files;

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

pub(crate) const CALF_CRAMPS: Files = embed!(
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

pub(crate) const LEG_RED_FLAGS: Files = embed!(
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
