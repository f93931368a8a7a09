//! Syntax and limits: what can be seen in one file alone.

super::declare! {
    /// The text is not well formed.
    NOT_RON = "L0001", Error, "the text is not well formed", r##"The text breaks the rules by which packs are written: a bracket, a comma, a colon or a quote is missing, or stands where none belongs.

The rest of the statement cannot be understood, so nothing of it is used. The other statements of the file are still read, and their mistakes are shown as well.

The mistake:

```ron
Note(id: "calm" phase: "relief", text: "It passes."),
```

Mended:

```ron
Note(id: "calm", phase: "relief", text: "It passes."),
```

Look at the marked place first, then just before it. When the place looks right, a bracket or a quote was probably opened earlier and never closed. Inside a text, a quote is written `\"` and a backslash `\\`.
"##;

    /// The file is not UTF-8 text.
    NOT_UTF8 = "L0002", Error, "the file is not UTF-8 text", r##"Packs are text in the encoding UTF-8. This file has bytes that no UTF-8 text has.

Letters such as `é` or `°` would be read wrongly, so the file is not read at all.

It happens when an older editor saves in another encoding, or when the file is no text. Open it in an editor, choose UTF-8 as the encoding, and save it again.
"##;

    /// The file starts with a byte-order mark.
    BYTE_ORDER_MARK = "L0003", Error, "the file starts with a byte-order mark", r##"The first character of the file is U+FEFF, which editors do not show. Some write it at the start of every file.

It is no part of the pack language, and two files that look alike would not be alike.

In the editor's save dialogue choose "UTF-8" rather than "UTF-8 with BOM".
"##;

    /// The file is not one list of statements.
    NOT_A_LIST = "L0004", Error, "the file is not one list of statements", r##"Apart from `pack.ron`, each file of a pack is one list: `[`, then statements with commas between them, then `]`.

Where the list begins and ends must be certain, or statements could be left out without anybody noticing.

The mistake:

```ron
// relief.ron
Note(id: "calm", phase: "relief", text: "It passes."),
Note(id: "rest", phase: "relief", text: "Rest helps."),
```

Mended:

```ron
// relief.ron
[
    Note(id: "calm", phase: "relief", text: "It passes."),
    Note(id: "rest", phase: "relief", text: "Rest helps."),
]
```

When the list seems complete, look for a `]` that is missing at the end, or for one too many in the middle.
"##;

    /// The file is empty.
    EMPTY_FILE = "L0005", Error, "the file is empty", r##"The file has no statements and not even the brackets of an empty list. Comments alone are empty too.

An empty file is more often an accident, such as a save that failed, than meant.

The mistake:

```ron
// relief.ron
// Nothing yet.
```

Mended:

```ron
// relief.ron
[
    // Nothing yet.
]
```

Or remove the file. `pack.ron` must hold one `Pack(…)`.
"##;

    /// The pack has no `pack.ron`.
    NO_MANIFEST = "L0006", Error, "the pack has no `pack.ron`", r##"Each pack has a file `pack.ron` that says what the pack is called, which version it is, and in which order its advice is given.

Without it nobody can tell what the other files belong to.

For example:

```ron
// pack.ron
Pack(id: "my-pack", version: "1.0.0", schema: 1, language: "en", title: "My pack")
```

If you have one, check that the right folder was named, and that the file is called exactly so.
"##;

    /// `pack.ron` is not one `Pack(…)`.
    MANIFEST_SHAPE = "L0007", Error, "`pack.ron` is not one `Pack(…)`", r##"The file `pack.ron` holds a single `Pack(…)`: no list around it, no second one, and no other statements.

A pack has one name and one order. Rules in this file would be passed over.

The mistake:

```ron
// pack.ron
[
    Pack(id: "my-pack", version: "1.0.0", schema: 1, language: "en", title: "My pack"),
]
```

Mended:

```ron
// pack.ron
Pack(id: "my-pack", version: "1.0.0", schema: 1, language: "en", title: "My pack")
```

Facts and rules stand in other files of the folder, each a list.
"##;

    /// A form of RON that packs do not use.
    FOREIGN_FORM = "L0008", Error, "a form of RON that packs do not use", r##"Packs are written in RON, but without its extensions, which a line such as `#![enable(…)]` switches on.

One way to write each thing keeps packs easy to read, for people and for tools.

The mistake:

```ron
// relief.ron
#![enable(implicit_some)]
[]
```

Mended:

```ron
// relief.ron
[]
```

Ranges such as `1..=5`, single letters such as `'x'` and bytes such as `b"x"` are not used either: write `Between(1, 5)`, or a string `"x"`.
"##;

    /// There is no statement of this name.
    UNKNOWN_STATEMENT = "L0009", Error, "there is no statement of this name", r##"Every entry of a pack file begins with what it is: `Fact`, `Fix`, `NonFix`, `Wait`, `RedFlag` and so on. This name is none of them.

What cannot be understood is never passed over in silence.

The mistake:

```ron
Nonfix(id: "spray", phase: "relief", verdict: Ineffective, text: "A spray does not reach it."),
```

Mended:

```ron
NonFix(id: "spray", phase: "relief", verdict: Ineffective, text: "A spray does not reach it."),
```

`Pack(…)` belongs in the file `pack.ron`, and `TestCase(…)` in a file of the folder `cases`.
"##;

    /// There is no field of this name.
    UNKNOWN_FIELD = "L0010", Error, "there is no field of this name", r##"This kind of entry has no such field. Mostly the name is misspelt, or the field belongs to another kind of entry.

A field that is passed over is dangerous: with `never_wen` for `never_when`, advice would be given that should be withheld.

The mistake:

```ron
Fix(id: "ice", phase: "recovery", never_wen: {"numb": Yes}, text: "Cool it."),
```

Mended:

```ron
Fix(id: "ice", phase: "recovery", never_when: {"numb": Yes}, text: "Cool it."),
```

The message lists the fields that there are.
"##;

    /// A field is written twice.
    DUPLICATE_FIELD = "L0011", Error, "a field is written twice", r##"One entry has the same field two times.

Only one of the two could count, and which one would be a guess.

The mistake:

```ron
Note(id: "calm", phase: "relief", text: "It passes.", text: "Breathe."),
```

Mended:

```ron
Note(id: "calm", phase: "relief", text: "It passes. Breathe."),
```

Several rows of a condition stand in one list: `when: [{…}, {…}]`.
"##;

    /// A name is written twice in one row or map.
    DUPLICATE_KEY = "L0012", Error, "a name is written twice in one row or map", r##"A row `{…}` or a map has the same name on the left two times.

Only one of the two could count, and which one would be a guess.

The mistake:

```ron
Never({"age": AtLeast(18), "age": LessThan(65)}),
```

Mended:

```ron
Never({"age": All([AtLeast(18), LessThan(65)])}),
```

`All` joins tests that must hold together. When either is enough, write two rows: `[{…}, {…}]`.
"##;

    /// A field is missing.
    MISSING_FIELD = "L0013", Error, "a field is missing", r##"This kind of entry needs a field that is not there.

A rule without its text or its phase could not be shown; a fact without its question could not be asked.

The mistake:

```ron
Fact(id: "age", kind: Integer),
```

Mended:

```ron
Fact(id: "age", kind: Integer, ask: "How old are you?"),
```
"##;

    /// This word is not one of those allowed here.
    UNKNOWN_WORD = "L0014", Error, "this word is not one of those allowed here", r##"In this place stands one of a few fixed words, and the one written is none of them.

Guessing what was meant could turn advice into its opposite.

The mistake:

```ron
Never({"numb": true}),
```

Mended:

```ron
Never({"numb": Yes}),
```

Capitals count: `Yes`, not `yes`. The message lists the words that are allowed.
"##;

    /// Another kind of value belongs here.
    WRONG_KIND = "L0015", Error, "another kind of value belongs here", r##"A value of one kind stands where another kind is needed: a number instead of a text, a list instead of a row.

Nothing is turned from one kind into another by guessing.

The mistake:

```ron
Never({"cramp": "active"}),
```

Mended:

```ron
Never({"cramp": Is("active")}),
```

On the right side of a row stands a test. Names and texts stand in quotes: `"ice"`. Numbers do not: `40`. Lists stand in `[…]`, rows in `{…}`, named fields in `(…)`.
"##;

    /// Too many or too few values.
    WRONG_COUNT = "L0016", Error, "too many or too few values", r##"Something has more values, or fewer, than it takes.

What is left out or left over cannot be guessed.

The mistake:

```ron
Never({"cramp": Is("active", "released")}),
```

Mended:

```ron
Never({"cramp": OneOf(["active", "released"])}),
```

`Between` takes two ends: `Between("1d", "3d")`. A window takes a clock and a limit: `until: ("time_since_release", "24h")`. `Yes` and `No` take nothing and have no brackets.
"##;

    /// `Some` and `None` are not used in packs.
    NEEDLESS_SOME = "L0017", Error, "`Some` and `None` are not used in packs", r##"RON can mark values that may be left out with `Some(…)` and `None`. Packs do not.

One way to write each thing keeps packs easy to read.

The mistake:

```ron
Note(id: "cold", advice: Some("ice"), phase: "relief", because: None, text: "Cool it."),
```

Mended:

```ron
Note(id: "cold", advice: "ice", phase: "relief", text: "Cool it."),
```
"##;

    /// A condition without rows.
    EMPTY_CONDITION = "L0018", Error, "a condition without rows", r##"The condition is an empty list. A list of rows holds when any one of its rows does; without rows it never holds.

A rule that never holds does nothing, and that is hardly what was meant.

The mistake:

```ron
Note(id: "calm", phase: "relief", when: [], text: "It passes."),
```

Mended:

```ron
Note(id: "calm", phase: "relief", text: "It passes."),
```

Leave the field out to say that there is no condition, or write at least one row.
"##;

    /// A number that cannot be kept exactly.
    BAD_NUMBER = "L0019", Error, "a number that cannot be kept exactly", r##"Numbers in packs are plain decimal numbers of at most 15 digits, such as `40`, `-2` or `37.5`; in some places only whole ones of a certain range. `NaN`, `inf`, `0xFF` and `1e400` are not used.

A number with more digits would be rounded, and a case exactly at the limit could fall on the wrong side. `NaN` is neither more nor less than anything.

The mistake:

```ron
Never({"temperature": AtLeast(37.500000000000001)}),
```

Mended:

```ron
Never({"temperature": AtLeast(37.5)}),
```
"##;

    /// A hidden character in a name.
    HIDDEN_IN_NAME = "L0021", Error, "a hidden character in a name", r##"A name has a character that is not seen: a control character, or a mark that turns the direction of writing round.

Two names that look alike would be different, and a rule could be about something else than what a reader sees.

The mistake:

```ron
Never({"nu\u{202e}mb": Yes}),
```

Mended:

```ron
Never({"numb": Yes}),
```

Delete the name and type it again by hand. Such characters come in when text is copied from a web page or a document.
"##;

    /// A hidden character in a text.
    HIDDEN_IN_TEXT = "L0022", Warning, "a hidden character in a text", r##"A text, a comment or the space between has a character that is not seen: a control character, or a mark that turns the direction of writing round.

It can make a text look different from what it says, on one screen and not on another.

The mistake:

```ron
Note(id: "calm", phase: "relief", text: "It\u{202e} passes."),
```

Mended:

```ron
Note(id: "calm", phase: "relief", text: "It passes."),
```

Type the marked place again by hand. If the text needs the mark because it mixes directions of writing, the warning can be passed over.
"##;

    /// A value that no case can have.
    BAD_CASE_VALUE = "L0023", Error, "a value that no case can have", r##"In a test case, the facts are written as in a case file. This value cannot be read as one.

A test that is read differently from how it looks proves nothing.

The mistake:

```ron
// cases/first.ron
[
    TestCase(id: "first", facts: ["numb"]),
]
```

Mended:

```ron
// cases/first.ron
[
    TestCase(id: "first", facts: {"numb": true, "cramp": "active", "age": 40, "since": {"from": "1d", "to": "3d"}, "pain": None}),
]
```

A fact that is not written is unknown, and so is one that is `None`.
"##;

    /// A limit is passed.
    LIMIT = "L0030", Error, "a limit is passed", r##"The pack is larger, or deeper, than the limits allow. The message says which limit it is, how large it is, and by which name it is set.

Limits keep a pack from an unknown source from using up the memory or the time of the program that reads it.

If the pack is meant to be so large, whoever builds the knowledge base can raise the limit: `Limits::default().rules(500_000)`. Otherwise look for a mistake: brackets that are never closed, or a list that a program wrote without end.

The limits are `bytes` (of all files of a pack), `depth` (of brackets within brackets, never more than 128), `rules`, `facts`, `options` (of one fact), `boxes` (of one condition), `text_length` (in characters) and `extensions` (packs that one pack names).
"##;
}
