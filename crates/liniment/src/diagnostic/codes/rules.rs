//! Rules and texts.

super::declare! {
    /// A rule without a citation.
    UNCITED = "L0301", Warning, "a rule without a citation", "";
    /// A dissenting source that does not say what it says.
    DISSENT_UNSAID = "L0302", Error, "a dissenting source that does not say what it says", "";
    /// A cause that nothing acts on.
    CAUSE_UNTREATED = "L0303", Warning, "a cause that nothing acts on", "";
    /// A cause said to be untreated that a fix acts on.
    CAUSE_TREATED = "L0304", Warning, "a cause said to be untreated that a fix acts on", "";
    /// A non-fix that does not say why.
    NON_FIX_UNREASONED = "L0305", Warning, "a non-fix that does not say why", "";
    /// A window on something that is not a length of time.
    WINDOW_FACT = "L0306", Error, "a window on something that is not a length of time", "";
    /// A window that never opens.
    WINDOW_IMPOSSIBLE = "L0307", Error, "a window that never opens", "";
    /// A dose that cannot be taken.
    DOSE_IMPOSSIBLE = "L0308", Error, "a dose that cannot be taken", "";
    /// A second verdict without its condition.
    THEN_WITHOUT_UNLESS = "L0309", Error, "a second verdict without its condition", "";
    /// A rule that silences or limits its own advice.
    SPEAKS_OF_ITSELF = "L0310", Error, "a rule that silences or limits its own advice", "";
    /// Something less than an emergency that silences everything.
    SILENCES_ALL = "L0311", Error, "something less than an emergency that silences everything", "";
    /// A rule that silences nothing.
    SILENCES_NOTHING = "L0312", Warning, "a rule that silences nothing", "";
    /// An alternative that is nothing to do.
    NO_ALTERNATIVE = "L0313", Error, "an alternative that is nothing to do", "";
    /// Advice said beside advice that is itself said beside other advice.
    BESIDE_BESIDE = "L0314", Error, "advice said beside advice that is itself said beside other advice", "";
    /// A group that can never be complete.
    GROUP_COUNT = "L0315", Error, "a group that can never be complete", "";
    /// A staged plan on the wrong kind of fact.
    STAGE_FACT = "L0316", Error, "a staged plan on the wrong kind of fact", "";
    /// A staged plan whose scale has the wrong number of steps.
    STAGE_COUNT = "L0317", Error, "a staged plan whose scale has the wrong number of steps", "";
    /// A fix that is a step twice.
    STEP_TAKEN = "L0318", Error, "a fix that is a step twice", "";
    /// A scope of another pack.
    FOREIGN_SCOPE = "L0319", Error, "a scope of another pack", "";
    /// An exception that does the work of a gate.
    STRICTER_EXCEPTION = "L0320", Error, "an exception that does the work of a gate", "";
    /// An override that makes advice stricter for a time.
    STRICTER_OVERRIDE = "L0321", Error, "an override that makes advice stricter for a time", "";
    /// Two verdicts on one advice id.
    COLLISION = "L0322", Error, "two verdicts on one advice id", "";
    /// Two verdicts that may meet.
    COLLISION_UNDECIDED = "L0323", Warning, "two verdicts that may meet", "";
    /// A rule that is never said.
    UNREACHABLE_RULE = "L0324", Warning, "a rule that is never said", "";
    /// An exception that never matters.
    IDLE_EXCEPTION = "L0325", Warning, "an exception that never matters", "";
    /// A text that is not translated.
    TRANSLATION_MISSING = "L0326", Error, "a text that is not translated", "";
    /// A translation of something that is not there.
    TRANSLATION_MISFIT = "L0327", Error, "a translation of something that is not there", "";
    /// A translation with more parts than its original.
    TRANSLATION_COUNT = "L0328", Error, "a translation with more parts than its original", "";
    /// A translation into a language that is not declared.
    TRANSLATION_LANGUAGE = "L0329", Error, "a translation into a language that is not declared", "";
    /// One text translated twice.
    TRANSLATED_TWICE = "L0330", Error, "one text translated twice", "";
    /// A comparison that the verdict does not make.
    THAN_WITHOUT_INFERIOR = "L0331", Warning, "a comparison that the verdict does not make", "";
}
