//! Proofs: what was found by trying all cases.

super::declare! {
    /// A rule that can never speak.
    NEVER_SPEAKS = "L0501", Warning, "a rule that can never speak", r#"All cases were tried, partial ones included, and none lets this rule speak: its conditions exclude each other through definitions or scores, a scope closes it whenever they hold, or another rule overrides it each time. Its author surely meant somebody to hear it.

The mistake:

```ron
Define(id: "sore", when: {"pain": Yes}),
Scope(id: "torn", when: {"pain": Yes}, closes: Everything, …),
Fix(id: "ice", when: {"sore": Yes}, …),   // closed whenever it is met
```

Mended:

```ron
Scope(id: "torn", when: {"pain": Yes, "bruise": Yes}, closes: Everything, …),
Fix(id: "ice", when: {"sore": Yes}, …),
```
"#;

    /// A rule whose verdict others always give.
    COVERED = "L0502", Warning, "a rule whose verdict others always give", r#"Wherever this rule gives its verdict, a rule of the same advice id that stands before it gives the same, or one of several together does. Rules of one advice id and one verdict count as one condition, and the first lends its text, so this one changes nothing; it adds no reason and acts on no cause either. It may have been meant to be wider, or to say something else.

The mistake:

```ron
Fix(id: "rest_tired", advice: "rest", when: {"tired": Yes}, …),
Fix(id: "rest_tired_and_sore", advice: "rest", when: {"tired": Yes, "sore": Yes}, …),
```

Mended:

```ron
Fix(id: "rest", when: [{"tired": Yes}, {"sore": Yes}], …),
```
"#;

    /// Two verdicts at once.
    VERDICTS_MEET = "L0503", Error, "two verdicts at once", r#"In the case shown, rules give one advice id two verdicts, and nothing declares which of them stands. Definitions, scores, windows and partial knowledge were all followed. The more cautious one would stand, by chance of the conditions and not because the pack says so.

The mistake:

```ron
Fix(id: "walk", when: {"pain_score": AtMost(3)}, …),
NonFix(id: "walk_avoid", advice: "walk", verdict: Avoid, when: {"swelling": Yes}, …),
```

Mended:

```ron
NonFix(id: "walk_avoid", advice: "walk", verdict: Avoid, when: {"swelling": Yes}, overrides: ["walk"], …),
```
"#;

    /// No advice where some is expected.
    SILENCE = "L0504", Error, "no advice where some is expected", r#"The pack says with `Expect` in which cases silence is a fault. In the case shown everything is known, the row is met, and nothing at all is advised.

The mistake:

```ron
Expect({"cramp_state": Is("active")}),
Fix(id: "stretch", when: {"cramp_state": Is("active"), "outdoors": No}, …),
```

Mended:

```ron
Fix(id: "stretch", when: {"cramp_state": Is("active")}, …),
```
"#;

    /// An emergency that can be masked.
    EMERGENCY_MASKED = "L0505", Error, "an emergency that can be masked", r#"In the case shown the conditions of an emergency hold, and still no emergency is listed, because something overrides it or a more cautious rule of its own advice id stands in its place. Nothing but another emergency may do that.

The mistake:

```ron
Note(id: "faint_note", when: {"dizzy": Yes}, overrides: ["faint"], …),
RedFlag(id: "faint", level: Emergency, when: {"fainted": Yes}, …),
```

Mended:

```ron
Note(id: "faint_note", when: {"dizzy": Yes, "fainted": No}, …),
RedFlag(id: "faint", level: Emergency, when: {"fainted": Yes}, …),
```
"#;

    /// An emergency that leaves other advice standing.
    EMERGENCY_LEAVES = "L0506", Error, "an emergency that leaves other advice standing", r#"An emergency declares that it silences other advice, its conditions hold in the case shown, and some of that advice is listed all the same: a rule that overrides the emergency does not silence as much.

The mistake:

```ron
RedFlag(id: "collapse", level: Emergency, when: {"collapsed": Yes}, suppresses: Everything, …),
RedFlag(id: "heat", level: Emergency, when: {"hot": Yes}, overrides: ["collapse"], …),
```

Mended:

```ron
RedFlag(id: "heat", level: Emergency, when: {"hot": Yes}, overrides: ["collapse"], suppresses: Everything, …),
```
"#;

    /// A step before the one that comes first.
    STEP_EARLY = "L0507", Error, "a step before the one that comes first", r#"A staged plan opens its next step only when the present one is comfortable. In the case shown the advice of a later step is open although the step before it is not: another rule speaks about the same advice id.

The mistake:

```ron
Stages(id: "plan", at: "stage", comfortable: "easy", steps: ["walk", "run"], …),
Fix(id: "run_anyway", advice: "run", when: {"impatient": Yes}, …),
```

Mended:

```ron
Fix(id: "run_plan_note", advice: "run_note", when: {"impatient": Yes}, …),
```
"#;

    /// An exception or precedence that can never matter.
    IDLE = "L0508", Warning, "an exception or precedence that can never matter", r#"All cases were tried, and in none does this exception, `unless`, override or suppression change anything: whenever it is met, the rule it bears on would be silent anyway.

The mistake:

```ron
Fix(id: "stretch", when: {"sore": No}, except: {"pain_score": AtLeast(5)}, …),   // the score is 0 unless sore
```

Mended:

```ron
Fix(id: "stretch", except: {"pain_score": AtLeast(5)}, …),
```
"#;

    /// A vague limit that is never nearly reached.
    BAND_UNMET = "L0509", Warning, "a vague limit that is never nearly reached", r#"A vague limit has a lower and an upper end, and a case between the two is marked as nearly there. No case of this rule lies between them, so the vague limit behaves as an exact one. Usually a condition on the same clock cuts the time between the ends away.

The mistake:

```ron
Fix(id: "ice", when: {"since": AtMost("1d")}, until: ("since", Vague("several_days")), …),
```

Mended:

```ron
Fix(id: "ice", until: ("since", Vague("several_days")), …),
```
"#;

    /// A fact whose answer never changes anything.
    FACT_IDLE = "L0510", Warning, "a fact whose answer never changes anything", r#"Two complete cases that differ in this fact alone always get the same verdicts from the same rules, with the same reasons, notes and causes. The question would be asked in vain.

The mistake:

```ron
Fact(id: "colour", kind: YesNo, ask: "Is it red?"),
Fix(id: "rest", when: [{"colour": Yes}, {"colour": No}], …),
```

Mended:

```ron
Fix(id: "rest", …),
```
"#;

    /// A fact that is not asked although it matters.
    NOT_ASKED = "L0511", Warning, "a fact that is not asked although it matters", r#"`ask_when` keeps a question back while its condition is not met. In the case shown everything that decides this is known, the question is not asked, and its answer would still change the advice: the interview ends too early.

The mistake:

```ron
Fact(id: "temperature", kind: Number(unit: "°C"), ask: "How warm are you?", ask_when: {"hot_day": Yes}),
RedFlag(id: "fever", when: {"temperature": AtLeast(39)}, …),
```

Mended:

```ron
Fact(id: "temperature", kind: Number(unit: "°C"), ask: "How warm are you?"),
RedFlag(id: "fever", when: {"temperature": AtLeast(39)}, …),
```
"#;

    /// A promise that does not hold.
    PROPERTY_FAILS = "L0512", Error, "a promise that does not hold", r#"A pack promises with `Never`, `Always` or `Implies` what holds of every case that its `Assume` rows leave possible. The case shown breaks the promise; it may be partial, and a row over facts then means that the row is surely met.

The mistake:

```ron
Never({"swelling": Yes, "massage": Gives(["recommend"])}),
Fix(id: "massage", when: {"sore": Yes}, …),
```

Mended:

```ron
Fix(id: "massage", when: {"sore": Yes}, never_when: {"swelling": Yes}, …),
```
"#;

    /// An advice that time shuts again.
    TIME_CLOSES = "L0513", Error, "an advice that time shuts again", r#"With `OnceOpenStaysOpen` a pack promises that an advice id, once recommended or optional, is not shut by time alone. In the two cases shown all clocks that run have moved forward by the same time, everything else is the same, and the advice is deferred or gone.

The mistake:

```ron
OnceOpenStaysOpen("massage"),
Fix(id: "massage", not_before: ("since", "24h"), until: ("since", "3d"), …),
```

Mended:

```ron
OnceOpenStaysOpen("massage"),
Fix(id: "massage", not_before: ("since", "24h"), …),
```
"#;

    /// Knowing less opens an advice.
    FORGETTING_OPENS = "L0514", Error, "knowing less opens an advice", r#"With `ForgettingNeverOpens` a pack promises that none of these advice ids becomes recommended or optional by knowing less. In the two cases shown the second leaves more open than the first, and opens what the first keeps shut. An exception acts only when it is surely met; a gate opens only when it is surely open.

The mistake:

```ron
ForgettingNeverOpens(["massage"]),
Fix(id: "massage", when: {"sore": Yes}, except: {"cramp_now": Yes}, …),
```

Mended:

```ron
ForgettingNeverOpens(["massage"]),
Fix(id: "massage", when: {"sore": Yes}, shut_while: {"cramp_now": Yes}, …),
```
"#;

    /// A question that was not decided.
    UNDECIDED = "L0515", Note, "a question that was not decided", r#"A proof was not finished within the steps that one question may take, or no case that was found could be confirmed. It is neither proved nor refuted. More steps may settle it; simpler conditions surely help.

The mistake:

```ron
liniment check --prove --budget 10
```

Mended:

```ron
liniment check --prove
```
"#;

    /// A gate that never opens.
    NEVER_OPENS = "L0516", Warning, "a gate that never opens", r#"The rule says to wait, and there is no case in which it still speaks once its gate is open: its conditions and its gate exclude each other, through definitions or scores, or something overrides or closes it by then. Whoever hears it waits for ever.

The mistake:

```ron
Define(id: "fresh", when: {"time_since_release": AtMost("12h")}),
Fix(id: "massage", when: {"fresh": Yes}, not_before: ("time_since_release", "24h"), …),
```

Mended:

```ron
Fix(id: "massage", when: {"cramp_state": Is("released")}, not_before: ("time_since_release", "24h"), …),
```
"#;
}
