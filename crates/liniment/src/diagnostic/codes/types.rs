//! Types and values: tests, limits, conditions.

super::declare! {
    /// A test that does not fit what it tests.
    TEST_MISFIT = "L0201", Error, "a test that does not fit what it tests", r#"Each kind of fact has its own tests. A yes-or-no fact takes `Yes` and `No`. A choice takes `Is`, `OneOf` and `NoneOf`. A scale takes these, and comparisons with its steps. A several-fact takes `Includes`, `Only`, `Exactly`, `AnyOf` and `NoneOf`. Numbers, durations and clocks take `AtLeast`, `MoreThan`, `AtMost`, `LessThan` and `Between`. A score is compared with whole numbers.

The mistake:

```ron
Fact(id: "cramp", kind: YesNo, ask: "…"),
Fix(id: "walk", when: {"cramp": AtMost(1)}, …),
```

Mended:

```ron
Fix(id: "walk", when: {"cramp": No}, …),
```
"#;

    /// A unit that does not fit.
    WRONG_UNIT = "L0202", Error, "a unit that does not fit", r#"A limit is written with another unit than the fact is measured in. Nothing is converted: a factor that is wrong by a little is hard to see, and advice may depend on it.

The mistake:

```ron
Fact(id: "temperature", kind: Number(unit: "°C"), ask: "…"),
RedFlag(id: "heat_stroke", when: {"temperature": AtLeast("104 °F")}, …),
```

Mended:

```ron
RedFlag(id: "heat_stroke", when: {"temperature": AtLeast("40 °C")}, …),
```
"#;

    /// A limit outside the range of the fact.
    OUTSIDE_RANGE = "L0203", Error, "a limit outside the range of the fact", r#"The fact declares which values it can take, and the limit lies outside. No case can ever get there, so either the limit or the range is wrong.

The mistake:

```ron
Fact(id: "pain", kind: Integer(from: 0, to: 10), ask: "…"),
Fix(id: "rest", when: {"pain": AtLeast(50)}, …),
```

Mended:

```ron
Fix(id: "rest", when: {"pain": AtLeast(5)}, …),
```
"#;

    /// A value that cannot be read.
    UNREADABLE_VALUE = "L0204", Error, "a value that cannot be read", r#"A value is not of the sort that belongs here. Lengths of time are texts with a unit: `"24h"`, `"3d"`, `"23h59min"`, `"PT24H"`. Whole numbers have no fraction, decimal numbers have at most 15 digits that count, and the limits of a scale are its steps.

The mistake:

```ron
not_before: ("since_cramp", 24),
```

Mended:

```ron
not_before: ("since_cramp", "24h"),
```
"#;

    /// A range that runs backwards.
    BACKWARDS = "L0205", Error, "a range that runs backwards", r#"A range runs from a larger value to a smaller one, so nothing lies in it. The two ends have probably changed places.

The mistake:

```ron
Vague(id: "few_minutes", words: "a few minutes", from: "5min", to: "2min"),
```

Mended:

```ron
Vague(id: "few_minutes", words: "a few minutes", from: "2min", to: "5min"),
```
"#;

    /// A vague quantity that does not fit.
    VAGUE_MISFIT = "L0206", Error, "a vague quantity that does not fit", r#"A vague quantity measures something else than is needed here: a length of time against a number, a number with another unit, or one quantity for whole and for decimal numbers. A vague quantity is one hidden value; what it is compared with must be measured alike.

The mistake:

```ron
Vague(id: "short_time", words: "a short time", from: "2min", to: "5min"),
Fix(id: "rest", when: {"pain": AtLeast(Vague("short_time"))}, …),
```

Mended:

```ron
Vague(id: "strong_pain", words: "strong", from: 6, to: 8),
Fix(id: "rest", when: {"pain": AtLeast(Vague("strong_pain"))}, …),
```
"#;

    /// Too few options to choose from.
    TOO_FEW_OPTIONS = "L0207", Error, "too few options to choose from", r#"A choice or a scale needs at least two options, and a several-fact at least one. With fewer there is nothing to answer.

The mistake:

```ron
Fact(id: "place", kind: Choice(["calf"]), ask: "Is it in the calf?"),
```

Mended:

```ron
Fact(id: "calf", kind: YesNo, ask: "Is it in the calf?"),
```
"#;

    /// A definition that does not say in one way what it is.
    DEFINITION_FORM = "L0208", Error, "a definition that does not say in one way what it is", r#"A definition says in exactly one of three ways what it is: `when` (yes when the condition holds), `at_least` with `of` (yes when so many of the conditions hold), or `score` (the sum of the points of what holds). This one has none of them, or several.

The mistake:

```ron
Define(id: "acute", when: {"cramp": Yes}, at_least: 1, of: [{"pain": AtLeast(5)}]),
```

Mended:

```ron
Define(id: "acute", when: [{"cramp": Yes}, {"pain": AtLeast(5)}]),
```
"#;

    /// A count that can never be met.
    COUNT_IMPOSSIBLE = "L0209", Error, "a count that can never be met", r#"A definition asks for more conditions than it lists, and so is never yes; or for none, and so is always yes. Neither can be meant.

The mistake:

```ron
Define(id: "injured", at_least: 3, of: [{"swelling": Yes}, {"bruise": Yes}]),
```

Mended:

```ron
Define(id: "injured", at_least: 2, of: [{"swelling": Yes}, {"bruise": Yes}]),
```
"#;

    /// Advice tested outside a property.
    GIVES_IN_RULE = "L0210", Error, "advice tested outside a property", r#"`Gives` and `GivesNothing` ask what the advice is. Only properties (`Never`, `Always`, `Implies`, `Expect`) may ask that. If rules could, advice would depend on advice, and the order in which rules are looked at would matter.

The mistake:

```ron
Note(id: "slowly", when: {"stretch": Gives(["recommend"])}, …),
```

Mended:

```ron
Note(id: "slowly", beside: ["stretch"], …),
```
"#;

    /// A test that nothing passes.
    TEST_IMPOSSIBLE = "L0211", Error, "a test that nothing passes", r#"No value of the fact passes this test. A range that runs backwards, tests that exclude each other, or a list without options are the usual reasons. The rule could never be said.

The mistake:

```ron
when: {"pain": Between(8, 3)},
```

Mended:

```ron
when: {"pain": Between(3, 8)},
```
"#;

    /// A test that everything passes.
    TEST_CERTAIN = "L0212", Warning, "a test that everything passes", r#"Every value of the fact passes this test, so the fact is asked for nothing: a number compared with the end of its own range, or a list of all options. Probably the limit was meant to be stricter.

The mistake:

```ron
Fact(id: "pain", kind: Integer(from: 0, to: 10), ask: "…"),
Fix(id: "rest", when: {"pain": AtLeast(0)}, …),
```

Mended:

```ron
Fix(id: "rest", when: {"pain": AtLeast(1)}, …),
```
"#;

    /// A condition that no case meets.
    NEVER_TRUE = "L0213", Error, "a condition that no case meets", r#"Each test of this condition could hold alone, but not all of them together; often one of them hides in a definition. This was found by trying every combination that the tests can tell apart, so it is certain.

The mistake:

```ron
Define(id: "calm", when: {"cramp": No}),
Fix(id: "hold", when: {"cramp": Yes, "calm": Yes}, …),
```

Mended:

```ron
Fix(id: "hold", when: {"cramp": Yes, "calm": No}, …),
```
"#;

    /// A condition that every case meets.
    ALWAYS_TRUE = "L0214", Warning, "a condition that every case meets", r#"Whatever the case, this condition holds, so it says nothing: an empty row, or rows that together leave nothing out. A rule that shall always be said within scope simply leaves `when` out.

The mistake:

```ron
Fix(id: "drink", when: [{"cramp": Yes}, {"cramp": No}], …),
```

Mended:

```ron
Fix(id: "drink", …),
```
"#;

    /// A score that cannot reach what is asked of it.
    SCORE_UNREACHED = "L0215", Error, "a score that cannot reach what is asked of it", r#"The points of a score, added up, never come to what the test asks for. Points below zero count when the smallest sum is worked out.

The mistake:

```ron
Define(id: "risk", score: [Points(2, {"swelling": Yes}), Points(1, {"bruise": Yes})]),
Fix(id: "rest", when: {"risk": AtLeast(4)}, …),
```

Mended:

```ron
Fix(id: "rest", when: {"risk": AtLeast(3)}, …),
```
"#;

    /// A condition too intricate to be decided in full.
    TOO_MANY_BOXES = "L0216", Warning, "a condition too intricate to be decided in full", r#"While a fact is unknown, a condition that tests it in several places is decided by trying what the fact could be. That is exact as long as the combinations are few. Here they are more than the limit `boxes`, or two facts are compared with one and the same vague quantity. Advice is then never wrong, but may be held back as unknown where a cleverer look could tell.

The mistake:

```ron
when: [{"a": Yes, "b": Yes, "c": Yes, …}, {"a": No, "b": No, "c": No, …}],
```

Mended:

```ron
when: {"a": Yes, "b": Yes, "c": Yes, …},
```

Test each fact once where that can be done, or raise the limit when the knowledge base is built.
"#;
}
