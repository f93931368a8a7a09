//! Packs: how they build on each other.

super::declare! {
    /// One pack loaded twice.
    PACK_TWICE = "L0401", Error, "one pack loaded twice", "";
    /// A pack that is needed and not loaded.
    MISSING_PACK = "L0402", Error, "a pack that is needed and not loaded", "";
    /// A version that does not fit.
    VERSION_CONFLICT = "L0403", Error, "a version that does not fit", "";
    /// Something that is not a version.
    BAD_VERSION = "L0404", Error, "something that is not a version", "";
    /// Packs that extend each other in a circle.
    EXTENDS_CYCLE = "L0405", Error, "packs that extend each other in a circle", "";
    /// A version of the pack language that is not known.
    SCHEMA_UNSUPPORTED = "L0406", Error, "a version of the pack language that is not known", "";
    /// A language that is badly written or named twice.
    BAD_LANGUAGE = "L0407", Error, "a language that is badly written or named twice", "";
    /// A pack id that is not written as pack ids are.
    MALFORMED_PACK_ID = "L0408", Error, "a pack id that is not written as pack ids are", "";
    /// A phase with two titles.
    PHASE_DIFFERS = "L0409", Error, "a phase with two titles", "";
    /// More than a limit allows.
    LIMIT_PASSED = "L0410", Error, "more than a limit allows", "";
    /// A text longer than the limit.
    TEXT_TOO_LONG = "L0411", Error, "a text longer than the limit", "";
}
