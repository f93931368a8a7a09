//! Names: ids given twice, ids that nothing has.

super::declare! {
    /// A fact or definition that no pack declares.
    UNKNOWN_FACT = "L0101", Error, "a fact or definition that no pack declares", "";
    /// An option that the fact does not have.
    UNKNOWN_OPTION = "L0102", Error, "an option that the fact does not have", "";
    /// A rule that no pack declares.
    UNKNOWN_RULE = "L0103", Error, "a rule that no pack declares", "";
    /// An advice id that no rule speaks about.
    UNKNOWN_ADVICE = "L0104", Error, "an advice id that no rule speaks about", "";
    /// A phase that no manifest declares.
    UNKNOWN_PHASE = "L0105", Error, "a phase that no manifest declares", "";
    /// A source that no pack declares.
    UNKNOWN_SOURCE = "L0106", Error, "a source that no pack declares", "";
    /// A cause that no pack declares.
    UNKNOWN_CAUSE = "L0107", Error, "a cause that no pack declares", "";
    /// A vague quantity that no pack declares.
    UNKNOWN_VAGUE = "L0108", Error, "a vague quantity that no pack declares", "";
    /// A verdict that does not exist.
    UNKNOWN_VERDICT = "L0109", Error, "a verdict that does not exist", "";
    /// A name of a pack that this pack may not see.
    NOT_VISIBLE = "L0110", Error, "a name of a pack that this pack may not see", "";
    /// One id declared twice.
    DUPLICATE_ID = "L0111", Error, "one id declared twice", "";
    /// Two packs declare one id differently.
    DECLARED_DIFFERENTLY = "L0112", Error, "two packs declare one id differently", "";
    /// One option declared twice.
    DUPLICATE_OPTION = "L0113", Error, "one option declared twice", "";
    /// An id that is not written as ids are.
    MALFORMED_ID = "L0114", Error, "an id that is not written as ids are", "";
    /// A name of the wrong kind.
    WRONG_KIND = "L0115", Error, "a name of the wrong kind", "";
    /// One name twice in a list.
    NAMED_TWICE = "L0116", Warning, "one name twice in a list", "";
    /// A fact that nothing uses.
    UNUSED_FACT = "L0117", Warning, "a fact that nothing uses", "";
    /// A definition that nothing uses.
    UNUSED_DEFINITION = "L0118", Warning, "a definition that nothing uses", "";
    /// A vague quantity that nothing uses.
    UNUSED_VAGUE = "L0119", Warning, "a vague quantity that nothing uses", "";
    /// A source that nothing cites.
    UNUSED_SOURCE = "L0120", Warning, "a source that nothing cites", "";
    /// Definitions that lead back to themselves.
    DEFINITION_CYCLE = "L0121", Error, "definitions that lead back to themselves", "";
    /// Clocks that wait for each other.
    CLOCK_CYCLE = "L0122", Error, "clocks that wait for each other", "";
    /// Rules that override each other in a circle.
    OVERRIDE_CYCLE = "L0123", Error, "rules that override each other in a circle", "";
    /// Advice that limits itself in a circle.
    LIMITS_CYCLE = "L0124", Error, "advice that limits itself in a circle", "";
    /// Questions that wait for each other.
    ASKING_CYCLE = "L0125", Warning, "questions that wait for each other", "";
    /// A phase without advice.
    UNUSED_PHASE = "L0126", Warning, "a phase without advice", "";
}
