//! Names: ids given twice, ids that nothing has, names that nothing uses, names that run in circles.

super::declare! {
    /// A fact or definition that no pack declares.
    UNKNOWN_FACT = "L0101", Error, "a fact or definition that no pack declares", r#"A condition, a window or a plan names a fact or a definition that no loaded pack declares. Most often it is a slip of the keyboard; the message proposes the nearest name.

A name that nothing declares cannot be asked and is never known, so the rule would stay silent for ever. That is why it is an error even when the pack could do without this rule.

The mistake:

```ron
Fact(id: "cramp_state", kind: YesNo, ask: "Do you have a cramp?"),
Fix(id: "stretch", when: {"cramp_stat": Yes}, …),
```

Mended:

```ron
Fix(id: "stretch", when: {"cramp_state": Yes}, …),
```
"#;

    /// An option that the fact does not have.
    UNKNOWN_OPTION = "L0102", Error, "an option that the fact does not have", r#"A test, or a label, names an option that the fact does not have. The options are those that stand in its `kind`.

An option that cannot be chosen never holds, so a rule that waits for it is never said.

The mistake:

```ron
Fact(id: "force", kind: Scale(["mild", "strong"]), ask: "…"),
Fix(id: "ease_off", when: {"force": Is("stong")}, …),
```

Mended:

```ron
Fix(id: "ease_off", when: {"force": Is("strong")}, …),
```
"#;

    /// A rule that no pack declares.
    UNKNOWN_RULE = "L0103", Error, "a rule that no pack declares", r#"A list that names rules (`overrides`, `yields_to`, `outside`, the `steps` of a plan, its `after`) names one that no loaded pack has. These lists take the `id` of a rule, not its advice id.

Precedence that points nowhere does nothing, and two rules that were meant to be settled would speak at once. A pack that names another in `with`, which is not loaded now, may name rules of that pack: those are left out silently.

The mistake:

```ron
Fix(id: "massage", overrides: ["strech"], …),
```

Mended:

```ron
Fix(id: "massage", overrides: ["stretch"], …),
```
"#;

    /// An advice id that no rule speaks about.
    UNKNOWN_ADVICE = "L0104", Error, "an advice id that no rule speaks about", r#"A list that names advice (`instead`, `limits`, `suppresses`, `beside`, `ranking`, a group, a property) names an advice id that no rule of the loaded packs speaks about. The advice id of a rule is its `advice`, or its own `id` when that is left out.

A red flag that silences a name nobody has silences nothing, which can do harm.

The mistake:

```ron
RedFlag(id: "clot", suppresses: ["massages"], …),
```

Mended:

```ron
RedFlag(id: "clot", suppresses: ["massage"], …),
```
"#;

    /// A phase that no manifest declares.
    UNKNOWN_PHASE = "L0105", Error, "a phase that no manifest declares", r#"A rule belongs to a phase, or a scope closes one, that no `pack.ron` declares. Phases give advice its order and its headings, so each has to be listed there first.

The mistake:

```ron
// pack.ron: phases: [Phase(id: "relief", title: "While it lasts")]
Fix(id: "stretch", phase: "releif", …),
```

Mended:

```ron
Fix(id: "stretch", phase: "relief", …),
```
"#;

    /// A source that no pack declares.
    UNKNOWN_SOURCE = "L0106", Error, "a source that no pack declares", r#"A citation names a source that no loaded pack declares. Every source is declared once, with its title and the day it was read; citations then point at it and say where in it.

A reader who follows a citation to nowhere has reason to doubt all of them.

The mistake:

```ron
Source(id: "leaflet", kind: PatientInformation, …),
Fix(id: "stretch", cites: [Cite(source: "leaflets", at: "page 2")], …),
```

Mended:

```ron
Fix(id: "stretch", cites: [Cite(source: "leaflet", at: "page 2")], …),
```
"#;

    /// A cause that no pack declares.
    UNKNOWN_CAUSE = "L0107", Error, "a cause that no pack declares", r#"A fix says that it acts on a cause which no loaded pack declares. Causes are statements of their own, written `Cause(…)`; a fix need not name any.

The link from a cause to what helps against it would be lost.

The mistake:

```ron
Cause(id: "fatigue", …),
Fix(id: "rest", acts_on: ["fatique"], …),
```

Mended:

```ron
Fix(id: "rest", acts_on: ["fatigue"], …),
```
"#;

    /// A vague quantity that no pack declares.
    UNKNOWN_VAGUE = "L0108", Error, "a vague quantity that no pack declares", r#"`Vague("…")` stands where a limit is expected and names a vague quantity that no loaded pack declares. A vague quantity needs a statement with its words and the two ends between which it may lie.

The mistake:

```ron
Fix(id: "walk", not_before: ("since_cramp", Vague("few_minutes")), …),
```

Mended:

```ron
Vague(id: "few_minutes", words: "a few minutes", from: "2min", to: "5min"),
Fix(id: "walk", not_before: ("since_cramp", Vague("few_minutes")), …),
```
"#;

    /// A verdict that does not exist.
    UNKNOWN_VERDICT = "L0109", Error, "a verdict that does not exist", r#"A property names a verdict that does not exist. The verdicts are `emergency`, `urgent`, `refer`, `out_of_scope`, `avoid`, `defer`, `recommend`, `optional`, `inferior`, `ineffective` and `inform`.

A promise about a verdict that is never given would always seem kept.

The mistake:

```ron
Never({"stretch": Gives(["recommended"]), "cramp": No}),
```

Mended:

```ron
Never({"stretch": Gives(["recommend"]), "cramp": No}),
```
"#;

    /// A name of a pack that this pack may not see.
    NOT_VISIBLE = "L0110", Error, "a name of a pack that this pack may not see", r#"The name exists, but in another pack, and this pack has not said that it builds on that one. A pack sees its own names, those of packs that it `extends` (and what these extend), and those of packs that it names in `with`.

This keeps packs apart: nobody comes to depend on a pack without knowing it, and the version that is needed is written down.

The mistake:

```ron
// pack.ron of leg-extras: nothing about leg-basics
Fix(id: "rub", when: {"cramp": Yes}, …),   // a fact of leg-basics
```

Mended:

```ron
// pack.ron of leg-extras
extends: {"leg-basics": "^1"},
```

Use `extends` when the pack is needed, and `with` when the names only matter where both packs happen to be loaded.
"#;

    /// One id declared twice.
    DUPLICATE_ID = "L0111", Error, "one id declared twice", r#"Two statements give themselves the same id. Facts and definitions share their ids, and so do rules, causes, staged plans and groups; sources, vague quantities and advice ids have their own.

If two rules had one id, nobody could say which of them is meant by `overrides` or by an explanation. To let several rules speak about one piece of advice, give each an id and both the same `advice`.

The mistake:

```ron
Fix(id: "strength", phase: "prevention", …),
Fix(id: "strength", phase: "recovery", …),
```

Mended:

```ron
Fix(id: "strength_prevent", advice: "strength", phase: "prevention", …),
Fix(id: "strength_resume", advice: "strength", phase: "recovery", …),
```
"#;

    /// Two packs declare one id differently.
    DECLARED_DIFFERENTLY = "L0112", Error, "two packs declare one id differently", r#"Two packs declare the same fact, definition, vague quantity or source, and the two declarations are not alike. Packs may share a fact: then both must say the same of its kind, question, labels, `ask_when`, `fixed` and `lasts`, word for word.

Otherwise a case would mean one thing to one pack and another thing to the other.

The mistake:

```ron
// one pack
Fact(id: "cramp", kind: YesNo, ask: "Do you have a cramp?"),
// the other pack
Fact(id: "cramp", kind: YesNo, ask: "Is there a cramp?"),
```

Mended:

```ron
// in both packs
Fact(id: "cramp", kind: YesNo, ask: "Do you have a cramp?"),
```

If the two mean different things, give one of them another id.
"#;

    /// One option declared twice.
    DUPLICATE_OPTION = "L0113", Error, "one option declared twice", r#"A fact lists the same option twice. Each option stands once; in a scale its place is its order, so a step cannot have two places.

The mistake:

```ron
Fact(id: "place", kind: Choice(["calf", "foot", "calf"]), ask: "Where is it?"),
```

Mended:

```ron
Fact(id: "place", kind: Choice(["calf", "foot", "thigh"]), ask: "Where is it?"),
```
"#;

    /// An id that is not written as ids are.
    MALFORMED_ID = "L0114", Error, "an id that is not written as ids are", r#"Ids have one shape: small letters and digits, words joined by `_`. This holds for facts, options, rules, advice ids, sources, phases and all other names that a pack gives.

Ids are typed by hand in many places and become names in other programs, so there should be only one way to write each.

The mistake:

```ron
Fix(id: "Walk-Slowly", …),
```

Mended:

```ron
Fix(id: "walk_slowly", …),
```
"#;

    /// A name of the wrong kind.
    WRONG_KIND = "L0115", Error, "a name of the wrong kind", r#"The name exists but stands for something else than is needed here: the `after` of a plan must be a wait, its `steps` must be fixes, `outside` takes scopes, and `ask_first` takes facts, not definitions.

The mistake:

```ron
Wait(id: "return", …),
Stages(id: "return_plan", steps: ["return", "walk"], …),
```

Mended:

```ron
Stages(id: "return_plan", after: "return", steps: ["walk", "run"], …),
```
"#;

    /// One name twice in a list.
    NAMED_TWICE = "L0116", Warning, "one name twice in a list", r#"A list names the same thing twice. It changes nothing, except in a ranking, where nobody can tell which of the two places is meant. Most often another name was intended.

The mistake:

```ron
ranking: ["stretch", "walk", "stretch"],
```

Mended:

```ron
ranking: ["stretch", "walk"],
```
"#;

    /// A fact that nothing uses.
    UNUSED_FACT = "L0117", Warning, "a fact that nothing uses", r#"No rule of the loaded packs depends on this fact: it stands in no condition, window or plan. It would be a question whose answer changes nothing.

This is judged over all packs that are loaded together. A fact that only a property or `ask_first` names counts as unused.

The mistake:

```ron
Fact(id: "weather", kind: YesNo, ask: "Is it hot?"),   // and nothing tests it
```

Mended:

```ron
Fact(id: "weather", kind: YesNo, ask: "Is it hot?"),
Fix(id: "shade", when: {"weather": Yes}, …),
```
"#;

    /// A definition that nothing uses.
    UNUSED_DEFINITION = "L0118", Warning, "a definition that nothing uses", r#"Nothing in the loaded packs tests this definition, so it has no effect. Perhaps a rule repeats its condition in full where it should name it.

The mistake:

```ron
Define(id: "acute", when: {"cramp": Yes}),
Fix(id: "hold", when: {"cramp": Yes}, …),
```

Mended:

```ron
Define(id: "acute", when: {"cramp": Yes}),
Fix(id: "hold", when: {"acute": Yes}, …),
```
"#;

    /// A vague quantity that nothing uses.
    UNUSED_VAGUE = "L0119", Warning, "a vague quantity that nothing uses", r#"A vague quantity is declared, and no limit, window or dose refers to it. Perhaps an exact limit was written where the vague one was meant.

The mistake:

```ron
Vague(id: "few_minutes", words: "a few minutes", from: "2min", to: "5min"),
Wait(id: "running", until: ("since_cramp", "5min"), …),
```

Mended:

```ron
Wait(id: "running", until: ("since_cramp", Vague("few_minutes")), …),
```
"#;

    /// A source that nothing cites.
    UNUSED_SOURCE = "L0120", Warning, "a source that nothing cites", r#"A source is declared and nothing in the loaded packs cites it. A list of sources should show what the advice rests on, not what was read besides.

The mistake:

```ron
Source(id: "study", kind: Study, title: "…", reviewed: "2026-01-01"),   // and no Cite names it
```

Mended:

```ron
Fix(id: "walk", cites: [Cite(source: "study", at: "table 2")], …),
```
"#;

    /// Definitions that lead back to themselves.
    DEFINITION_CYCLE = "L0121", Error, "definitions that lead back to themselves", r#"Definitions need each other in a circle: to know the first one has to know the second, and the other way round. The message shows the circle as a path, and each step of it in the text.

Nothing in such a circle could ever be decided.

The mistake:

```ron
Define(id: "acute", when: {"recent": Yes}),
Define(id: "recent", when: {"acute": Yes}),
```

Mended:

```ron
Define(id: "acute", when: {"recent": Yes}),
Define(id: "recent", when: {"since_cramp": LessThan("1h")}),
```
"#;

    /// Clocks that wait for each other.
    CLOCK_CYCLE = "L0122", Error, "clocks that wait for each other", r#"A clock may run only while something holds (`runs_while`). Here that depends, directly or through other clocks and definitions, on the clock itself.

Whether time passes for it could then not be said, and no plan over time could be made.

The mistake:

```ron
Fact(id: "rest", kind: Clock(runs_while: {"rest": LessThan("1h")}), ask: "…"),
```

Mended:

```ron
Fact(id: "rest", kind: Clock(runs_while: {"lying_down": Yes}), ask: "…"),
```
"#;

    /// Rules that override each other in a circle.
    OVERRIDE_CYCLE = "L0123", Error, "rules that override each other in a circle", r#"Rules give way to each other in a circle. `overrides` names the rules that give way to this one, and `yields_to` those that this one gives way to; the two may be written on either side.

In a circle none of the rules could stand, or all of them.

The mistake:

```ron
Fix(id: "hold", overrides: ["rub"], …),
Fix(id: "rub", overrides: ["hold"], …),
```

Mended:

```ron
Fix(id: "hold", overrides: ["rub"], …),
Fix(id: "rub", …),
```
"#;

    /// Advice that limits itself in a circle.
    LIMITS_CYCLE = "L0124", Error, "advice that limits itself in a circle", r#"Advice stands just before what it limits. Here each of several pieces of advice limits the next, in a circle, so that no order of them is right.

The mistake:

```ron
NonFix(id: "strong_stretch", limits: ["hard_rub"], …),
NonFix(id: "hard_rub", limits: ["strong_stretch"], …),
```

Mended:

```ron
NonFix(id: "strong_stretch", limits: ["stretch"], …),
NonFix(id: "hard_rub", limits: ["rub"], …),
```
"#;

    /// Questions that wait for each other.
    ASKING_CYCLE = "L0125", Warning, "questions that wait for each other", r#"`ask_when` says that a question is asked only when something else is known. Here questions wait for each other in a circle: as long as nobody volunteers an answer, none of them is ever asked.

The mistake:

```ron
Fact(id: "spray", ask_when: {"heat": Yes}, …),
Fact(id: "heat", ask_when: {"spray": Yes}, …),
```

Mended:

```ron
Fact(id: "spray", ask_when: {"heat": Yes}, …),
Fact(id: "heat", …),
```
"#;

    /// A phase without advice.
    UNUSED_PHASE = "L0126", Warning, "a phase without advice", r#"The manifest declares a phase, and no rule of the loaded packs gives advice in it. Its heading would never be seen.

The mistake:

```ron
phases: [Phase(id: "relief", title: "…"), Phase(id: "after", title: "…")],   // no rule has phase: "after"
```

Mended:

```ron
Fix(id: "rest", phase: "after", …),
```
"#;
}
