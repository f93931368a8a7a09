//! Types and values.

super::declare! {
    /// A test that does not fit what it tests.
    TEST_MISFIT = "L0201", Error, "a test that does not fit what it tests", "";
    /// A unit that does not fit.
    WRONG_UNIT = "L0202", Error, "a unit that does not fit", "";
    /// A limit outside the range of the fact.
    OUTSIDE_RANGE = "L0203", Error, "a limit outside the range of the fact", "";
    /// A value that cannot be read.
    UNREADABLE_VALUE = "L0204", Error, "a value that cannot be read", "";
    /// A range that runs backwards.
    BACKWARDS = "L0205", Error, "a range that runs backwards", "";
    /// A vague quantity that does not fit.
    VAGUE_MISFIT = "L0206", Error, "a vague quantity that does not fit", "";
    /// Too few options to choose from.
    TOO_FEW_OPTIONS = "L0207", Error, "too few options to choose from", "";
    /// A definition that does not say in one way what it is.
    DEFINITION_FORM = "L0208", Error, "a definition that does not say in one way what it is", "";
    /// A count that can never be met.
    COUNT_IMPOSSIBLE = "L0209", Error, "a count that can never be met", "";
    /// Advice tested outside a property.
    GIVES_IN_RULE = "L0210", Error, "advice tested outside a property", "";
    /// A test that nothing passes.
    TEST_IMPOSSIBLE = "L0211", Error, "a test that nothing passes", "";
    /// A test that everything passes.
    TEST_CERTAIN = "L0212", Warning, "a test that everything passes", "";
    /// A condition that no case meets.
    NEVER_TRUE = "L0213", Error, "a condition that no case meets", "";
    /// A condition that every case meets.
    ALWAYS_TRUE = "L0214", Warning, "a condition that every case meets", "";
    /// A score that cannot reach what is asked of it.
    SCORE_UNREACHED = "L0215", Error, "a score that cannot reach what is asked of it", "";
    /// A condition too intricate to be decided in full.
    TOO_MANY_BOXES = "L0216", Warning, "a condition too intricate to be decided in full", "";
}
