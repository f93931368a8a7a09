//! Packs: how they build on each other.

super::declare! {
    /// One pack loaded twice.
    PACK_TWICE = "L0401", Error, "one pack loaded twice", r#"Two packs that are loaded together have the same id. Perhaps one pack was named twice, or a copy was changed and kept its id. Ids tell packs apart in results and in `extends`.

The mistake:

```ron
liniment check --pack legs --pack copy-of-legs   # both say id: "legs"
```

Mended:

```ron
Pack(id: "legs-at-home", …)
```
"#;

    /// A pack that is needed and not loaded.
    MISSING_PACK = "L0402", Error, "a pack that is needed and not loaded", r#"A pack extends another, which is not loaded. What it takes from there would be missing. If the other pack is not needed but only named where it happens to be loaded too, put it into `with`.

The mistake:

```ron
extends: {"leg-basics": "^1"},   // and leg-basics is not loaded
```

Mended:

```ron
with: {"leg-basics": "^1"},
```
"#;

    /// A version that does not fit.
    VERSION_CONFLICT = "L0403", Error, "a version that does not fit", r#"A pack says which versions of another it was written for, and the loaded one is none of them. A new major version may have renamed facts or changed what they mean.

The mistake:

```ron
extends: {"leg-basics": "^2"},   // version 1.4.0 is loaded
```

Mended:

```ron
extends: {"leg-basics": "^1"},
```
"#;

    /// Something that is not a version.
    BAD_VERSION = "L0404", Error, "something that is not a version", r#"Versions have three numbers, as in `1.0.0`. What a pack needs of another is written as `^1` (any 1.x), `~1.2` (any 1.2.x), `=1.2.3`, or ranges joined by commas.

The mistake:

```ron
version: "one",
extends: {"leg-basics": "1 or 2"},
```

Mended:

```ron
version: "1.0.0",
extends: {"leg-basics": ">=1, <3"},
```
"#;

    /// Packs that extend each other in a circle.
    EXTENDS_CYCLE = "L0405", Error, "packs that extend each other in a circle", r#"Packs extend each other in a circle, or a pack names itself. What a pack extends comes before it, which cannot be so for both. Packs that only name each other's facts and advice may do so both ways with `with`.

The mistake:

```ron
// leg-basics
extends: {"leg-extras": "^1"},
// leg-extras
extends: {"leg-basics": "^1"},
```

Mended:

```ron
// leg-basics
with: {"leg-extras": "^1"},
// leg-extras
extends: {"leg-basics": "^1"},
```
"#;

    /// A version of the pack language that is not known.
    SCHEMA_UNSUPPORTED = "L0406", Error, "a version of the pack language that is not known", r#"`schema` is the version of the pack language in which a pack is written. This release reads version 1 only; guessing at another could change what the pack means.

The mistake:

```ron
Pack(id: "legs", schema: 2, …)
```

Mended:

```ron
Pack(id: "legs", schema: 1, …)
```
"#;

    /// A language that is badly written or named twice.
    BAD_LANGUAGE = "L0407", Error, "a language that is badly written or named twice", r#"A language is written as a short tag: `en`, `de`, `pt-BR`. `language` is the one in which the pack is written, and `translations` lists the others, each once.

The mistake:

```ron
language: "English", translations: ["de", "de"],
```

Mended:

```ron
language: "en", translations: ["de"],
```
"#;

    /// A pack id that is not written as pack ids are.
    MALFORMED_PACK_ID = "L0408", Error, "a pack id that is not written as pack ids are", r#"The id of a pack has small letters and digits, words joined by `-`. It is used on the command line and as the name of a folder.

The mistake:

```ron
Pack(id: "Leg_Cramps", …)
```

Mended:

```ron
Pack(id: "leg-cramps", …)
```
"#;

    /// A phase with two titles.
    PHASE_DIFFERS = "L0409", Error, "a phase with two titles", r#"Two packs declare the same phase with different titles. Packs may share a phase, and then its advice stands together under one heading, which must be the same in both.

The mistake:

```ron
// one pack
phases: [Phase(id: "relief", title: "While it lasts")],
// the other pack
phases: [Phase(id: "relief", title: "During a cramp")],
```

Mended:

```ron
// in both packs
phases: [Phase(id: "relief", title: "While it lasts")],
```
"#;
}
