//! Rules and texts.

super::declare! {
    /// A rule without a citation.
    UNCITED = "L0301", Warning, "a rule without a citation", r#"A rule, cause or plan says nothing of where it comes from. Advice that names its source can be looked up and put right; advice that does not has to be believed. When no source says it and you inferred it yourself, say so with `inferred: true`.

The mistake:

```ron
Fix(id: "walk", phase: "relief", text: "Walk a little."),
```

Mended:

```ron
Fix(id: "walk", phase: "relief", text: "Walk a little.", cites: [Cite(source: "leaflet", at: "page 2")]),
```
"#;

    /// A dissenting source that does not say what it says.
    DISSENT_UNSAID = "L0302", Error, "a dissenting source that does not say what it says", r#"`dissent` lists sources that see it otherwise. Each must say, in your own words, what it says instead; a bare reference does not tell a reader what the disagreement is about.

The mistake:

```ron
dissent: [Cite(source: "review", at: "section 3")],
```

Mended:

```ron
dissent: [Cite(source: "review", at: "section 3", says: "Stretching before running made no difference.")],
```
"#;

    /// A cause that nothing acts on.
    CAUSE_UNTREATED = "L0303", Warning, "a cause that nothing acts on", r#"A cause is named to the reader, and nothing in the loaded packs acts on it. The reader will ask what to do about it: either a fix acts on it, or the cause says why nothing does.

The mistake:

```ron
Cause(id: "age", standing: Contributing, text: "It gets more common with age.", …),
```

Mended:

```ron
Cause(id: "age", standing: Contributing, text: "It gets more common with age.", untreated: "Nobody gets younger.", …),
```
"#;

    /// A cause said to be untreated that a fix acts on.
    CAUSE_TREATED = "L0304", Warning, "a cause said to be untreated that a fix acts on", r#"The cause says that nothing acts on it (`untreated`), but a fix of the loaded packs names it in `acts_on`. One of the two is out of date.

The mistake:

```ron
Cause(id: "heat", untreated: "The weather is what it is.", …),
Fix(id: "shade", acts_on: ["heat"], …),
```

Mended:

```ron
Cause(id: "heat", …),
Fix(id: "shade", acts_on: ["heat"], …),
```
"#;

    /// A non-fix that does not say why.
    NON_FIX_UNREASONED = "L0305", Warning, "a non-fix that does not say why", r#"A non-fix tells people that something they may believe in does not help. Without a reason it is only one opinion against another. Give it a `because`, or `reasons` with their own conditions.

The mistake:

```ron
NonFix(id: "spray", verdict: Ineffective, text: "Leave the spray.", …),
```

Mended:

```ron
NonFix(id: "spray", verdict: Ineffective, because: "It cools the skin and does not reach the muscle.", text: "Leave the spray.", …),
```
"#;

    /// A window on something that is not a length of time.
    WINDOW_FACT = "L0306", Error, "a window on something that is not a length of time", r#"`not_before` and `until` open and shut advice as time passes, so they need a clock or a duration. A number, a scale or a yes-or-no fact belongs into `when`, or into `shut_while`.

The mistake:

```ron
Fix(id: "walk", not_before: ("pain", 3), …),
```

Mended:

```ron
Fix(id: "walk", when: {"pain": AtMost(3)}, …),
```
"#;

    /// A window that never opens.
    WINDOW_IMPOSSIBLE = "L0307", Error, "a window that never opens", r#"The advice is over before, or just when, it opens; or a window ends at once. It would never be said. A vague quantity counts as its longer end: only then is a gate surely open.

The mistake:

```ron
Fix(id: "ice", not_before: ("since_cramp", "2d"), until: ("since_cramp", "24h"), …),
```

Mended:

```ron
Fix(id: "ice", not_before: ("since_cramp", "24h"), until: ("since_cramp", "2d"), …),
```
"#;

    /// A dose that cannot be taken.
    DOSE_IMPOSSIBLE = "L0308", Error, "a dose that cannot be taken", r#"The parts of a dose contradict each other: it begins again before one time is over, one time is longer than the whole, or the whole is longer than the window in which the advice stands. `lasting` is the length of one time, `every` the time from one to the next, `for` the whole.

The mistake:

```ron
dose: (lasting: "20min", every: "10min"),
```

Mended:

```ron
dose: (lasting: "10min", every: "2h"),
```
"#;

    /// A second verdict without its condition.
    THEN_WITHOUT_UNLESS = "L0309", Error, "a second verdict without its condition", r#"`then` is the verdict of a non-fix when its `unless` holds, and `then_text` its words. Here the condition, or the verdict, is missing, so this is never said.

The mistake:

```ron
NonFix(id: "spray", verdict: Ineffective, then: Optional, …),
```

Mended:

```ron
NonFix(id: "spray", verdict: Ineffective, unless: {"heat": Yes}, then: Optional, then_text: "It may cool you.", …),
```
"#;

    /// A rule that silences or limits its own advice.
    SPEAKS_OF_ITSELF = "L0310", Error, "a rule that silences or limits its own advice", r#"A rule silences or limits its own advice id. What silences itself is never heard, and nothing can stand before itself. Between rules of one advice id, `overrides` and `yields_to` say which of them stands.

The mistake:

```ron
NonFix(id: "no_massage", advice: "massage", suppresses: ["massage"], …),
```

Mended:

```ron
NonFix(id: "no_massage", advice: "massage", overrides: ["massage_gently"], …),
```
"#;

    /// Something less than an emergency that silences everything.
    SILENCES_ALL = "L0311", Error, "something less than an emergency that silences everything", r#"`suppresses: Everything` leaves nothing but emergencies. Only an emergency is worth that: for anything less, people still need the other advice, and a flag that is raised too easily would take it all away.

The mistake:

```ron
RedFlag(id: "clot", level: Urgent, suppresses: Everything, …),
```

Mended:

```ron
RedFlag(id: "clot", level: Urgent, suppresses: ["massage", "stretch"], …),
```
"#;

    /// A rule that silences nothing.
    SILENCES_NOTHING = "L0312", Warning, "a rule that silences nothing", r#"A rule has a `suppresses` that has no effect: an empty list, phases without advice, or only emergencies, which are never silenced. Something was probably meant that is not written.

The mistake:

```ron
RedFlag(id: "clot", suppresses: [], …),
```

Mended:

```ron
RedFlag(id: "clot", suppresses: ["massage"], …),
```
"#;

    /// An alternative that is nothing to do.
    NO_ALTERNATIVE = "L0313", Error, "an alternative that is nothing to do", r#"`instead` and `than` tell the reader what to do in place of what does not help. They must name advice that some rule can recommend: that of a `Fix`, of a non-fix that is softened by `then`, or of a `Note` that refers. A thing to avoid is no alternative.

The mistake:

```ron
NonFix(id: "spray", instead: ["hard_rub"], …),
NonFix(id: "hard_rub", verdict: Avoid, …),
```

Mended:

```ron
NonFix(id: "spray", instead: ["stretch"], …),
Fix(id: "stretch", …),
```
"#;

    /// Advice said beside advice that is itself said beside other advice.
    BESIDE_BESIDE = "L0314", Error, "advice said beside advice that is itself said beside other advice", r#"`beside` means: say this only where that advice is given. It is settled last, when all other advice is known. So it cannot lean on advice that is itself waiting to be settled last.

The mistake:

```ron
Note(id: "slowly", beside: ["stretch"], …),
Note(id: "how_slowly", beside: ["slowly"], …),
```

Mended:

```ron
Note(id: "slowly", beside: ["stretch"], …),
Note(id: "how_slowly", beside: ["stretch"], …),
```
"#;

    /// A group that can never be complete.
    GROUP_COUNT = "L0315", Error, "a group that can never be complete", r#"A group asks for more members than it has, and so is never shown; or for none, and so would be shown to everybody. A staged plan counts as one member.

The mistake:

```ron
Group(id: "recovery", at_least: 3, of: ["ice", "massage"], …),
```

Mended:

```ron
Group(id: "recovery", at_least: 2, of: ["ice", "massage"], …),
```
"#;

    /// A staged plan on the wrong kind of fact.
    STAGE_FACT = "L0316", Error, "a staged plan on the wrong kind of fact", r#"A staged plan needs two facts: `at`, a scale that says which step one is on, and `comfortable`, a yes-or-no fact that says whether that step is easy. One of them is of another kind.

The mistake:

```ron
Fact(id: "step", kind: Choice(["none", "walk", "run"]), ask: "…"),
Stages(id: "plan", at: "step", …),
```

Mended:

```ron
Fact(id: "step", kind: Scale(["none", "walk", "run"]), ask: "…"),
```
"#;

    /// A staged plan whose scale has the wrong number of steps.
    STAGE_COUNT = "L0317", Error, "a staged plan whose scale has the wrong number of steps", r#"The scale of a staged plan has one step more than the plan: its first step means that nothing is begun, and each of the others stands for one step of the plan, in the same order.

The mistake:

```ron
Fact(id: "step", kind: Scale(["walk", "run"]), ask: "…"),
Stages(id: "plan", at: "step", steps: ["walk", "run"], …),
```

Mended:

```ron
Fact(id: "step", kind: Scale(["none", "walk", "run"]), ask: "…"),
```
"#;

    /// A fix that is a step twice.
    STEP_TAKEN = "L0318", Error, "a fix that is a step twice", r#"One fix is a step of two plans, or twice a step of one. A fix that is a step speaks only when its turn has come, and it cannot wait for two turns.

The mistake:

```ron
Stages(id: "plan", steps: ["walk", "walk"], …),
```

Mended:

```ron
Stages(id: "plan", steps: ["walk_slowly", "walk_faster"], …),
```
"#;

    /// A scope of another pack.
    FOREIGN_SCOPE = "L0319", Error, "a scope of another pack", r#"`outside` says that a scope does not close this rule. Scopes close only rules of their own pack, so naming a scope of another pack changes nothing.

The mistake:

```ron
// leg-basics has Scope(id: "not_covered", …); this is leg-extras
Fix(id: "rub", outside: ["not_covered"], …),
```

Mended:

```ron
Fix(id: "rub", …),
```
"#;

    /// An exception that does the work of a gate.
    STRICTER_EXCEPTION = "L0320", Error, "an exception that does the work of a gate", r#"An exception takes a fix back while a clock has not yet got somewhere. That is the work of a gate. An exception acts only when it is surely True: while nobody knows how much time has passed, the fix would be recommended. A gate opens only when the time has surely passed, and until then it says that one must wait, and for how long.

The mistake:

```ron
Fix(id: "rolling", except: {"since_cramp": LessThan("24h")}, …),
```

Mended:

```ron
Fix(id: "rolling", not_before: ("since_cramp", "24h"), …),
```
"#;

    /// An override that makes advice stricter for a time.
    STRICTER_OVERRIDE = "L0321", Error, "an override that makes advice stricter for a time", r#"A rule overrides another of the same advice id in order to be stricter for a time: it waits longer, or it forbids until a clock gets somewhere. An override acts only when the stronger rule surely applies; while that is unknown, the laxer rule would stand. Two gates need no override: as long as one of them is shut, one has to wait.

The mistake:

```ron
Wait(id: "run_soon", advice: "run", until: ("since_cramp", "5min"), …),
Wait(id: "run_later", advice: "run", when: {"pain": Yes}, until: ("since_cramp", "3d"), overrides: ["run_soon"], …),
```

Mended:

```ron
Wait(id: "run_later", advice: "run", when: {"pain": Yes}, until: ("since_cramp", "3d"), …),
```
"#;

    /// Two verdicts on one advice id.
    COLLISION = "L0322", Error, "two verdicts on one advice id", r#"There is a case in which two rules give one advice id two different verdicts, and nothing says which of them stands. The message shows such a case; it can be pasted into the pack's own test cases. A fix behind a gate also says `defer` while the gate is shut, so two fixes with different gates can collide as well.

A reader who is told to do a thing and to leave it loses trust in both.

The mistake:

```ron
Fix(id: "stretch", when: {"cramp": Yes}, …),
NonFix(id: "no_stretch", advice: "stretch", verdict: Avoid, when: {"swelling": Yes}, …),
```

Mended:

```ron
NonFix(id: "no_stretch", advice: "stretch", verdict: Avoid, when: {"swelling": Yes}, overrides: ["stretch"], …),
```

Or make the two conditions exclude each other: `when: {"cramp": Yes, "swelling": No}`.
"#;

    /// Two verdicts that may meet.
    COLLISION_UNDECIDED = "L0323", Warning, "two verdicts that may meet", r#"Rules on one advice id give different verdicts, and whether they can ever meet could not be decided with reasonable effort. It may be fine. Should they meet, the more careful verdict stands and the conflict is reported with the advice.

The mistake:

```ron
Fix(id: "hold", when: {"risk": Between(11, 13)}, …),          // a score of very many parts
Fix(id: "hold_loosely", advice: "hold", verdict: Optional, when: {"risk": Between(12, 14)}, …),
```

Mended:

```ron
Fix(id: "hold_loosely", advice: "hold", verdict: Optional, yields_to: ["hold"], …),
```
"#;

    /// A rule that is never said.
    UNREACHABLE_RULE = "L0324", Warning, "a rule that is never said", r#"The rule can never be said: whenever its `when` holds, one of its reasons is missing, an exception holds, or a scope of its pack is closed. A rule that stands outside a scope says so with `outside`.

The mistake:

```ron
Scope(id: "not_covered", when: {"swelling": Yes}, closes: Everything, …),
Fix(id: "cool", when: {"swelling": Yes}, …),
```

Mended:

```ron
Fix(id: "cool", when: {"swelling": Yes}, outside: ["not_covered"], …),
```
"#;

    /// An exception that never matters.
    IDLE_EXCEPTION = "L0325", Warning, "an exception that never matters", r#"An `except`, `unless`, `never_when` or `shut_while` can never hold when its rule applies, so it never does anything. Perhaps it tests the wrong fact, or the rule has been narrowed since.

The mistake:

```ron
Fix(id: "cool", when: {"cramp": Yes}, except: {"cramp": No, "swelling": Yes}, …),
```

Mended:

```ron
Fix(id: "cool", when: {"cramp": Yes}, except: {"swelling": Yes}, …),
```
"#;

    /// A text that is not translated.
    TRANSLATION_MISSING = "L0326", Error, "a text that is not translated", r#"The pack declares that it is translated into a language, and a text is missing in it. Readers would suddenly meet another language in the middle of their advice. The message lists everything that is missing.

The mistake:

```ron
// pack.ron: translations: ["de"]
Fix(id: "stretch", text: "Stretch.", because: "It lets go sooner.", …),
Translation(lang: "de", of: "stretch", text: "Dehnen."),
```

Mended:

```ron
Translation(lang: "de", of: "stretch", text: "Dehnen.", because: "So löst er sich eher."),
```
"#;

    /// A translation of something that is not there.
    TRANSLATION_MISFIT = "L0327", Error, "a translation of something that is not there", r#"A translation gives words for a part that its original does not have: a `because` where there is none, an option that does not exist, a question for a rule. Perhaps the original was changed since.

The mistake:

```ron
Fix(id: "stretch", text: "Stretch.", …),
Translation(lang: "de", of: "stretch", text: "Dehnen.", because: "Es hilft."),
```

Mended:

```ron
Translation(lang: "de", of: "stretch", text: "Dehnen."),
```
"#;

    /// A translation with more parts than its original.
    TRANSLATION_COUNT = "L0328", Error, "a translation with more parts than its original", r#"A translation lists more steps, reasons, variants or things eased than its original. They are matched by their place, one by one, so one too many means that something is out of step.

The mistake:

```ron
Fix(id: "stretch", steps: ["Sit.", "Pull."], …),
Translation(lang: "de", of: "stretch", steps: ["Setzen.", "Ziehen.", "Halten."]),
```

Mended:

```ron
Translation(lang: "de", of: "stretch", steps: ["Setzen.", "Ziehen."]),
```
"#;

    /// A translation into a language that is not declared.
    TRANSLATION_LANGUAGE = "L0329", Error, "a translation into a language that is not declared", r#"A translation is written in a language that the pack does not declare. Only declared languages are checked for completeness and offered to readers, so declare it in `pack.ron`.

The mistake:

```ron
Translation(lang: "fr", of: "stretch", text: "Étirez."),
```

Mended:

```ron
// pack.ron
translations: ["de", "fr"],
```
"#;

    /// One text translated in two ways.
    TRANSLATED_TWICE = "L0330", Error, "one text translated in two ways", r#"Two translations give the same text of the same statement in the same language, and not the same words. Only one of them can be shown.

The mistake:

```ron
Translation(lang: "de", of: "stretch", text: "Dehnen."),
Translation(lang: "de", of: "stretch", text: "Strecken."),
```

Mended:

```ron
Translation(lang: "de", of: "stretch", text: "Dehnen."),
```
"#;

    /// A comparison that the verdict does not make.
    THAN_WITHOUT_INFERIOR = "L0331", Warning, "a comparison that the verdict does not make", r#"`than` names what works better, and belongs to `verdict: Inferior`. A thing that does not work, or does harm, is not compared with another; what to do in its place stands in `instead`.

The mistake:

```ron
NonFix(id: "spray", verdict: Ineffective, than: ["stretch"], …),
```

Mended:

```ron
NonFix(id: "spray", verdict: Ineffective, instead: ["stretch"], …),
```
"#;
}
